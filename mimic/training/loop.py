"""The training loop: plain PyTorch, resumable, dev metrics over the whole knowledge base."""

from __future__ import annotations

import dataclasses
import signal
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager, suppress
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import torch

from mimic.config import Preset
from mimic.data.layout import data_fingerprint
from mimic.errors import InputError, reason_of
from mimic.io.files import only_writer
from mimic.io.terminal import Report, Terminated
from mimic.linking.calibrate import FITTED, fit_temperature
from mimic.linking.nil import Observed, fit_rule
from mimic.metrics import summary
from mimic.model.mimic import ModelCard, load_model, save_model, versions
from mimic.training.batches import batches, picture_batches
from mimic.training.mining import Globals, globals_of, mine
from mimic.training.optimizer import share_of_peak
from mimic.training.run import STATE, Run, restore_run, start_run, store_run
from mimic.training.step import (
    Losses,
    descend,
    mention_batch,
    mention_step,
    picture_step,
    step_seed,
)
from mimic.training.validation import (
    by_label,
    dev_queries,
    dev_ranks,
    dev_rows,
    dev_scores,
    entity_side,
)
from mimic.training.workers import Workers, join_workers, leave_team

#: Seconds of training after which the state is saved in the middle of an epoch.
SAVE_EVERY = 600
#: In the model folder while a run goes on: one at a time.
LOCK = ".train.lock"


def train(
    preset: Preset,
    data: Path,
    out: Path,
    device: torch.device,
    report: Report,
    resume: bool = False,
    command: str = "",
) -> dict[str, Any]:
    """Trains a model, keeps the best by dev MRR in `out`, and returns its dev metrics.

    The state is saved at the start, after every epoch, every ten minutes, and, when Ctrl-C or
    SIGTERM asks for the end, after the present step; `resume` goes on from there to the same
    result as an uninterrupted run on the same machine. Under `torchrun` every process calls it
    with the same arguments; the first one reports, evaluates and saves.

    Raises:
        InputError: the data cannot be used, the folder holds an unfinished run and `resume` is
            not set, there is nothing to resume, or another process trains there.
    """
    torch.set_flush_denormal(True)  # gradients of sure answers are that small, and then slow
    workers, device = join_workers(device)
    try:
        with _only_run(out, resume, workers):
            tell = report if workers.leads else lambda line: None
            run = start_run(preset, data, out, device, tell, workers, resume)
            return _train(run, resume, command)
    finally:
        leave_team()


@contextmanager
def _only_run(out: Path, resume: bool, workers: Workers) -> Iterator[None]:
    """Keeps the folder for this run; where it may not begin, all its processes say so."""
    with ExitStack() as stack:
        problem = ""
        if workers.leads:
            try:
                if not out.is_dir():
                    _check_place(out, resume)  # before a folder is made for nothing
                out.mkdir(parents=True, exist_ok=True)
                stack.enter_context(only_writer(out, out / LOCK))
                _check_place(out, resume)
            except InputError as error:
                problem = str(error)
            except OSError as error:
                problem = f"{out}: nothing can be written there ({reason_of(error)})"
        if problem := workers.from_leader(problem):
            raise InputError(problem)
        yield


def _check_place(out: Path, resume: bool) -> None:
    if (out / STATE).is_file() and not resume:
        raise InputError(f"{out}: holds an unfinished run; add --resume, or give another folder")
    if (out / "config.json").is_file() and not resume:
        raise InputError(f"{out}: holds a trained model; give another folder, or remove it first")
    if resume and not (out / STATE).is_file():
        raise InputError(f"{out}: no unfinished run there to resume")


def _train(run: Run, resume: bool, command: str) -> dict[str, Any]:
    if resume:
        restore_run(run)
    else:
        _store(run)  # so that there is something to resume before the first model is saved
    _learn(run, command)
    metrics = _finish(run, _card(run, command)) if run.workers.leads else {}
    metrics = run.workers.from_leader(metrics)
    if run.workers.leads:
        (run.out / STATE).unlink()
    return metrics


def _learn(run: Run, command: str) -> None:
    """Trains and checks until the epochs are over, or dev has not gained for a while."""
    state, config = run.state, run.preset.train
    entities: Globals | None = None
    with _Interrupt() as interrupt:
        while state.epoch < run.epochs and state.stale < config.patience:
            if not _epoch(run, interrupt, entities):
                _store(run)
                raise interrupt.reason
            state.epoch, state.step, entities = state.epoch + 1, 0, None
            done = state.epoch - config.picture_epochs
            if done > 0 and (done % config.check_every == 0 or state.epoch == run.epochs):
                entities = _check(run, _card(run, command))
            _store(run)
    if not state.history:  # no epochs over mentions: the model is the one to begin with
        _check(run, _card(run, command))


def _epoch(run: Run, interrupt: _Interrupt, entities: Globals | None) -> bool:
    """Trains to the end of the epoch; False when interrupted before it."""
    config, state = run.preset.train, run.state
    clock = time.monotonic() - state.seconds
    pictures = state.epoch < config.picture_epochs
    length = config.picture_epochs if pictures else config.epochs
    done = state.epoch if pictures else state.epoch - config.picture_epochs
    if run.workers.any(interrupt.asked, run.model.device):
        return False
    if not pictures and config.hard_negatives and state.step == 0 and done % config.mine_every == 0:
        state.negatives = mine(run, entities)
    state.seconds = began = last_store = time.monotonic() - clock
    run.model.train()
    steps = _steps(run, pictures)
    losses: list[np.ndarray] = []
    with ThreadPoolExecutor(1) as ahead:  # pictures of the next step while this one computes
        first = state.step
        upcoming = ahead.submit(steps[first])
        for state.step in range(first, len(steps)):
            if run.workers.any(interrupt.asked, run.model.device):
                return False
            if state.seconds - last_store > SAVE_EVERY:
                last_store = state.seconds
                _store(run)
            step = upcoming.result()
            if state.step + 1 < len(steps):
                upcoming = ahead.submit(steps[state.step + 1])
            loss, parts = step()
            share = share_of_peak((done + state.step / len(steps)) / length, config.warmup)
            descend(run, loss, share, pictures)
            losses.append(np.array([loss.item(), *parts]))
            state.seconds = time.monotonic() - clock
            if len(losses) % 10 == 0 or state.step + 1 == len(steps):
                left = (length - done) * len(steps) - state.step - 1
                _tell(run, losses, share, left, state.seconds - began, pictures)
    return True


def _steps(run: Run, pictures: bool) -> list[Callable[[], Callable[[], Losses]]]:
    """The steps of this epoch, each made in two: what no weight decides, then the rest."""
    config, epoch = run.preset.train, run.state.epoch
    if pictures:
        order = picture_batches(len(run.data.entities.pictures.place), config, epoch)
    else:
        order = batches(run.data.splits["train"], config, epoch, run.data.rows)

    def make(number: int) -> Callable[[], Losses]:
        rows = torch.from_numpy(np.asarray(order[number]))
        seed = step_seed(config.seed, epoch, number)
        if pictures:
            return partial(picture_step, run, rows, seed)
        return partial(mention_step, run, mention_batch(run, rows, seed))

    return [partial(make, number) for number in range(len(order))]


def _tell(
    run: Run, losses: list[np.ndarray], share: float, left: int, seconds: float, pictures: bool
) -> None:
    """Reports the mean of the epoch, and logs that of the last steps."""
    config, state = run.preset.train, run.state
    size = config.picture_batch if pictures else min(config.batch, len(run.data.rows))
    speed = len(losses) / seconds
    what = "pictures" if pictures else "mentions"
    run.report(
        f"epoch {state.epoch + 1}/{run.epochs} step {state.step + 1} {_words(losses, pictures)}, "
        f"{speed * size:.0f} {what}/s, {left / speed / 60:.0f} min left of this phase"
    )
    recent = np.mean(losses[-10:], 0)
    values = dict(zip(("loss", "total", "tglu", "vdlu", "cmfu"), recent.tolist(), strict=False))
    run.log.add(
        epoch=state.epoch + 1,
        step=state.step + 1,
        seconds=state.seconds,
        rate=share * (config.picture_rate if pictures else config.rate),
        per_second=speed * size,
        **values,
    )


def _words(losses: list[np.ndarray], pictures: bool) -> str:
    mean = np.mean(losses, 0)
    if pictures:
        return f"loss {mean[0]:.3f}"
    names = ("total", "tglu", "vdlu", "cmfu")
    parts = ", ".join(f"{name} {value:.3f}" for name, value in zip(names, mean[1:], strict=True))
    return f"loss {mean[0]:.3f} ({parts})"


def _check(run: Run, card: ModelCard) -> Globals | None:
    """Ranks dev and keeps the model when it is the best so far.

    Returns what the next search for hard negatives can use, where this process knows it.
    """
    state, entities = run.state, None
    if run.workers.leads:
        side = entity_side(run)
        rows = dev_rows(run)
        ranks = dev_ranks(run, side, rows)
        metrics = summary(ranks)
        state.history.append({"epoch": state.epoch, **metrics})
        run.report(
            f"dev: H@1 {metrics['hits@1']:.2f} MRR {metrics['mrr']:.2f} on {len(rows)} mentions"
            f"{by_label(run, rows, ranks)}"
        )
        dev = {f"dev_{name}": metrics[name] for name in ("hits@1", "hits@10", "mrr")}
        run.log.add(epoch=state.epoch, seconds=state.seconds, **dev)
        state.stale += 1
        if metrics["mrr"] > state.best:
            state.best, state.stale = metrics["mrr"], 0
            save_model(run.model, run.out, card, run.processor.tokenizer)
        entities = globals_of(side) if run.workers.size == 1 else None
    progress = (state.best, state.stale, state.history)
    state.best, state.stale, state.history = run.workers.from_leader(progress)
    return entities


def _store(run: Run) -> None:
    if run.workers.leads:
        store_run(run)


def _finish(run: Run, card: ModelCard) -> dict[str, Any]:
    """The best model's metrics on all of dev, and the temperature and NIL threshold that fit."""
    run.model, stored = load_model(run.out, run.model.device)
    side = entity_side(run)
    metrics = summary(dev_ranks(run, side, dev_rows(run)))
    some = dev_rows(run, FITTED)
    temperature = fit_temperature([dev_scores(run, side, some)])
    observed = Observed(len(some), temperature)
    for query, gold in dev_queries(run, side, some):
        observed.add(query, gold)
    training = {**card.training, "dev": metrics, "history": run.state.history}
    nil = None
    with suppress(InputError):  # of a few mentions, or of a model that has learnt nothing
        nil = fit_rule([observed]).record()
    card = dataclasses.replace(stored, temperature=temperature, training=training, nil=nil)
    save_model(run.model, run.out, card, run.processor.tokenizer)
    return {**metrics, "temperature": temperature, "minutes": run.state.seconds / 60}


def _card(run: Run, command: str) -> ModelCard:
    return ModelCard(
        training={
            "command": command,
            "data": data_fingerprint(run.data.kb.folder),
            "labels": dict(Counter(filter(None, run.data.splits["train"].groups))),
            "config": dataclasses.asdict(run.preset.train),
            "epochs_done": run.state.epoch,
            "minutes": round(run.state.seconds / 60, 1),
            "device": run.model.device.type,
            "threads": torch.get_num_threads(),
            "processes": run.workers.size,
        },
        versions=versions(),
    )


class _Interrupt:
    """Turns the first Ctrl-C or SIGTERM into a wish that the loop grants between two steps."""

    reason: type[KeyboardInterrupt] = KeyboardInterrupt

    def __init__(self) -> None:
        self.asked = False

    def __enter__(self) -> _Interrupt:
        asked = (signal.SIGINT, signal.SIGTERM)
        self._before = {number: signal.signal(number, self._ask) for number in asked}
        return self

    def __exit__(self, *_: object) -> None:
        for number, before in self._before.items():
            signal.signal(number, before)

    def _ask(self, number: int, _: object) -> None:
        self.reason = Terminated if number == signal.SIGTERM else KeyboardInterrupt
        if self.asked:
            raise self.reason
        self.asked = True

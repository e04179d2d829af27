"""The training loop: plain PyTorch, resumable, dev metrics over the whole knowledge base."""

from __future__ import annotations

import dataclasses
import itertools
import signal
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager, suppress
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor

from mimic.config import Preset
from mimic.errors import InputError, reason_of
from mimic.io.files import only_writer
from mimic.io.terminal import Report, Terminated
from mimic.linking.calibrate import FITTED, fit_temperature
from mimic.linking.nil import Observed, fit_rule
from mimic.metrics import mean_of, summary
from mimic.model.mimic import ModelCard, Side, load_model, save_model, versions
from mimic.training.batches import mixed_batches, picture_batches
from mimic.training.mining import Globals, globals_of, mine
from mimic.training.optimizer import share_of_peak
from mimic.training.run import (
    STATE,
    TEXT_STATE,
    Run,
    restore_run,
    start_run,
    store_run,
)
from mimic.training.run_data import DataShare, RunData, fingerprints
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
    data: Path | Sequence[DataShare],
    out: Path,
    device: torch.device,
    report: Report,
    resume: bool = False,
    command: str = "",
) -> dict[str, Any]:
    """Trains a model, keeps the best by dev MRR in `out`, and returns its dev metrics.

    Of several data folders each has its own negatives and its own dev metrics; the best model is
    that of the highest mean MRR.

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
    unfinished = (out / STATE).is_file() or (out / TEXT_STATE).is_file()
    if unfinished and not resume:
        raise InputError(f"{out}: holds an unfinished run; add --resume, or give another folder")
    if (out / "config.json").is_file() and not resume:
        raise InputError(f"{out}: holds a trained model; give another folder, or remove it first")
    if resume and not unfinished:
        raise InputError(f"{out}: no unfinished run there to resume")


def _train(run: Run, resume: bool, command: str) -> dict[str, Any]:
    if resume and (run.out / STATE).is_file():
        restore_run(run)
    else:
        _store(run)  # so that there is something to resume before the first model is saved
    _learn(run, command)
    metrics = _finish(run, _card(run, command)) if run.workers.leads else {}
    metrics = run.workers.from_leader(metrics)
    if run.workers.leads:
        (run.out / STATE).unlink()
        (run.out / TEXT_STATE).unlink(missing_ok=True)
    return metrics


def _learn(run: Run, command: str) -> None:
    """Trains and checks until the epochs are over, or dev has not gained for a while."""
    state, config = run.state, run.preset.train
    entities: list[Globals] | None = None
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


def _epoch(run: Run, interrupt: _Interrupt, entities: list[Globals] | None) -> bool:
    """Trains to the end of the epoch; False when interrupted before it."""
    config, state = run.preset.train, run.state
    clock = time.monotonic() - state.seconds
    pictures = state.epoch < config.picture_epochs
    length = config.picture_epochs if pictures else config.epochs
    done = state.epoch if pictures else state.epoch - config.picture_epochs
    if run.workers.any(interrupt.asked, run.model.device):
        return False
    if not pictures and config.hard_negatives and state.step == 0 and done % config.mine_every == 0:
        known = entities or itertools.repeat(None)
        state.negatives = [mine(run, d, e) for d, e in zip(run.data, known, strict=False)]
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
    order: list[tuple[int, np.ndarray]]
    if pictures:
        order = [(0, n) for n in picture_batches(len(run.data[0].classes), config, epoch)]
    else:
        order = mixed_batches(
            [(data.splits["train"], data.rows, data.source.weight) for data in run.data],
            config,
            epoch,
        )

    def make(number: int) -> Callable[[], Losses]:
        folder, some = order[number]
        rows, seed = torch.from_numpy(np.asarray(some)), step_seed(config.seed, epoch, number)
        if pictures:
            return partial(picture_step, run, rows, seed)
        return partial(mention_step, run, mention_batch(run, folder, rows, seed))

    return [partial(make, number) for number in range(len(order))]


def _tell(
    run: Run, losses: list[np.ndarray], share: float, left: int, seconds: float, pictures: bool
) -> None:
    """Reports the mean of the epoch, and logs that of the last steps."""
    config, state = run.preset.train, run.state
    most = max(len(data.rows) for data in run.data)
    size = config.picture_batch if pictures else min(config.batch, most)
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


def _check(run: Run, card: ModelCard) -> list[Globals] | None:
    """Ranks dev of every folder and keeps the model when it is the best so far.

    Returns what the next search for hard negatives can use, where this process knows it.
    """
    state, entities = run.state, list[Globals]()
    if run.workers.leads:
        checked = []
        for data in run.data:
            side, rows = entity_side(run, data), dev_rows(data)
            ranks = dev_ranks(run, data, side, rows)
            checked.append(summary(ranks))
            run.report(
                f"dev: H@1 {checked[-1]['hits@1']:.2f} MRR {checked[-1]['mrr']:.2f} on "
                f"{len(rows)} mentions{by_label(data, rows, ranks)}"
            )
            entities.append(globals_of(side))
        metrics = mean_of(checked)
        state.history.append({"epoch": state.epoch, **metrics})
        dev = {f"dev_{name}": metrics[name] for name in ("hits@1", "hits@10", "mrr")}
        run.log.add(epoch=state.epoch, seconds=state.seconds, **dev)
        state.stale += 1
        if metrics["mrr"] > state.best:
            state.best, state.stale = metrics["mrr"], 0
            save_model(run.model, run.out, card, run.processor.tokenizer)
    progress = (state.best, state.stale, state.history)
    state.best, state.stale, state.history = run.workers.from_leader(progress)
    return entities if run.workers.size == 1 else None


def _store(run: Run) -> None:
    if run.workers.leads:
        store_run(run)


def _finish(run: Run, card: ModelCard) -> dict[str, Any]:
    """The best model's metrics on all of dev, and the temperature and NIL threshold that fit."""
    run.model, stored = load_model(run.out, run.model.device)
    sides = [entity_side(run, data) for data in run.data]
    checked = [
        summary(dev_ranks(run, data, side, dev_rows(data)))
        for data, side in zip(run.data, sides, strict=True)
    ]
    some = [dev_rows(data, FITTED) for data in run.data]
    asked = list(zip(run.data, sides, some, strict=True))
    temperature = fit_temperature([dev_scores(run, *one) for one in asked])
    folders = {str(data.kb.folder): one for data, one in zip(run.data, checked, strict=True)}
    dev = checked[0] if len(checked) == 1 else folders
    training = {**card.training, "dev": dev, "history": run.state.history}
    nil = None
    with suppress(InputError):  # of a few mentions, or of a model that has learnt nothing
        nil = fit_rule([_observe(run, temperature, *one) for one in asked]).record()
    card = dataclasses.replace(stored, temperature=temperature, training=training, nil=nil)
    save_model(run.model, run.out, card, run.processor.tokenizer)
    more = {"by_data": folders} if len(folders) > 1 else {}
    minutes = run.state.seconds / 60
    return {**mean_of(checked), **more, "temperature": temperature, "minutes": minutes}


def _observe(run: Run, temperature: float, data: RunData, side: Side, rows: Tensor) -> Observed:
    """How sure the answers about these mentions of dev are."""
    observed = Observed(len(rows), temperature)
    for query, gold in dev_queries(run, data, side, rows):
        observed.add(query, gold)
    return observed


def _card(run: Run, command: str) -> ModelCard:
    return ModelCard(
        training={
            "command": command,
            "data": fingerprints(run.data),
            "labels": dict(Counter(g for d in run.data for g in d.splits["train"].groups if g)),
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

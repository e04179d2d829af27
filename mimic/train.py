"""The training loop: plain PyTorch, resumable, dev metrics over the whole knowledge base."""

from __future__ import annotations

import dataclasses
import math
import signal
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor

from mimic.config import Preset, TrainConfig
from mimic.data import Split, data_fingerprint
from mimic.errors import InputError
from mimic.fast_units import FastUnits
from mimic.metrics import ranks, summary
from mimic.model import ModelCard, load_model, save_model, versions
from mimic.nil import fit, observe
from mimic.prepared import Report
from mimic.query import Query
from mimic.run import STATE, Run, restore_run, start_run, store_run
from mimic.units import unit_consistent_loss


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

    Ctrl-C saves the state after the present step; `resume` goes on from there to the same result
    as an uninterrupted run on the same machine.

    Raises:
        InputError: the data cannot be used, the folder holds an unfinished run and `resume` is
            not set, or there is nothing to resume.
    """
    if (out / STATE).is_file() and not resume:
        raise InputError(f"{out}: holds an unfinished run; add --resume, or give another folder")
    if resume and not (out / STATE).is_file():
        raise InputError(f"{out}: no unfinished run there to resume")
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise InputError(f"{out}: no folder can be made there ({error.strerror})") from None
    run = start_run(preset, data, out, device, report)
    if resume:
        restore_run(run)
    with _Interrupt() as interrupt:
        while run.epoch < run.epochs and run.stale < preset.train.patience:
            if not _epoch(run, interrupt):
                store_run(run)
                raise KeyboardInterrupt
            run.epoch, run.step = run.epoch + 1, 0
            done = run.epoch - preset.train.picture_epochs
            if done > 0 and (done % preset.train.check_every == 0 or run.epoch == run.epochs):
                _check(run, _card(run, data, command))
            store_run(run)
    metrics = _finish(run, _card(run, data, command))
    (out / STATE).unlink()
    return metrics


def fit_temperature(scores: Tensor, gold: Tensor) -> float:
    """The T that makes softmax(score / T) most likely on the given mentions, within 1 %."""
    grid = torch.logspace(-1, 3, 1000, dtype=torch.float64)
    scores = scores.double()
    losses = [torch.nn.functional.cross_entropy(scores / t, gold).item() for t in grid[::20]]
    near = max(0, int(np.argmin(losses)) * 20 - 20)
    fine = grid[near : near + 41 : 2]
    losses = [torch.nn.functional.cross_entropy(scores / t, gold).item() for t in fine]
    return float(fine[int(np.argmin(losses))])


def batches(split: Split, config: TrainConfig, epoch: int) -> list[np.ndarray]:
    """The batches of one epoch: rows of mentions with an answer, the same for the same seed.

    With `same_name` they are drawn in groups that share a surface form, so that the negatives
    of a batch hold the entities that are hard to tell apart.
    """
    rng = np.random.default_rng([config.seed, epoch])
    rows = rng.permutation([i for i, gold in enumerate(split.gold) if gold >= 0])
    if config.same_name > 1:
        by_name: dict[str, list[int]] = {}
        for row in rows:
            by_name.setdefault(split.mentions[row].surface, []).append(int(row))
        groups = [
            group[i : i + config.same_name]
            for group in by_name.values()
            for i in range(0, len(group), config.same_name)
        ]
        rows = np.concatenate([groups[i] for i in rng.permutation(len(groups))])
    count = max(1, len(rows) // config.batch)
    return [rows[i * config.batch : (i + 1) * config.batch] for i in range(count)]


def _epoch(run: Run, interrupt: _Interrupt) -> bool:
    """Trains to the end of the epoch; False when interrupted before it."""
    config, began = run.preset.train, time.monotonic()
    pictures = run.epoch < config.picture_epochs
    order = _picture_batches(run) if pictures else batches(run.splits["train"], config, run.epoch)
    phase = (0, config.picture_epochs) if pictures else (config.picture_epochs, config.epochs)
    run.model.train()
    losses: list[np.ndarray] = []
    first = run.step
    for run.step in range(first, len(order)):
        if interrupt.asked:
            run.seconds += time.monotonic() - began
            return False
        rows = torch.from_numpy(np.asarray(order[run.step]))
        generator = _seeded(config.seed, run.epoch, run.step)
        loss, parts = (_picture_loss if pictures else _mention_loss)(run, rows, generator)
        progress = (run.epoch - phase[0] + run.step / len(order)) / phase[1]
        _descend(run, loss, _schedule(progress, config.warmup), pictures)
        losses.append(np.array([loss.item(), *parts]))
        if len(losses) % 10 == 0 or run.step + 1 == len(order):
            rate = len(losses) * len(rows) / (time.monotonic() - began)
            left = (phase[1] + phase[0] - run.epoch) * len(order) - run.step - 1
            run.report(
                f"epoch {run.epoch + 1}/{run.epochs} step {run.step + 1}/{len(order)} "
                f"{_shown(losses, pictures)}, {rate:.0f} {'pictures' if pictures else 'mentions'}"
                f"/s, {left * len(rows) / rate / 60:.0f} min left of this phase"
            )
    run.seconds += time.monotonic() - began
    return True


def _shown(losses: list[np.ndarray], pictures: bool) -> str:
    mean = np.mean(losses, 0)
    if pictures:
        return f"loss {mean[0]:.3f}"
    names = ("total", "tglu", "vdlu", "cmfu")
    parts = ", ".join(f"{name} {value:.3f}" for name, value in zip(names, mean[1:], strict=True))
    return f"loss {mean[0]:.3f} ({parts})"


def _seeded(seed: int, epoch: int, step: int) -> torch.Generator:
    """The random stream of one step: the same after a resume."""
    number = int(np.random.SeedSequence([seed, epoch, step]).generate_state(1)[0])
    torch.manual_seed(number)  # any dropout
    return torch.Generator().manual_seed(number)


def _picture_batches(run: Run) -> list[np.ndarray]:
    rng = np.random.default_rng([run.preset.train.seed, run.epoch])
    order = rng.permutation(int(run.entities.count.sum()))
    batch = run.preset.train.picture_batch
    count = max(1, len(order) // batch)
    return np.array_split(order[: count * batch], count)


def _picture_loss(
    run: Run, numbers: Tensor, generator: torch.Generator
) -> tuple[Tensor, list[float]]:
    strength, device = run.preset.train.augment, run.model.device
    pixels = run.entities.numbered(numbers, run.processor, strength, generator)
    owner = torch.repeat_interleave(torch.arange(len(run.entities)), run.entities.count)[numbers]
    features = run.model.encoder.image(pixels.to(device))
    return run.heads.loss(features, run.classes[owner].to(device)), []


def _mention_loss(run: Run, rows: Tensor, generator: torch.Generator) -> tuple[Tensor, list[float]]:
    config, device = run.preset.train, run.model.device
    gold = torch.tensor([run.splits["train"].gold[int(r)] for r in rows])
    if config.mask_repeated:
        gold, target = gold.unique(return_inverse=True)
    else:
        target = torch.arange(len(rows))
    with torch.autocast(device.type, torch.bfloat16, enabled=device.type == "cuda"):
        sides = []
        for prepared, picked in ((run.mentions["train"], rows), (run.entities, gold)):
            pixels = prepared.pixels(picked, run.processor, config.augment, generator)
            sides.append(
                prepared.features(run.model, picked, pixels, config.word_dropout, generator)
            )
        scores = run.model(*sides)
    loss, parts = unit_consistent_loss(scores, config.unit_weight, target.to(device))
    return loss, parts.tolist()


def _descend(run: Run, loss: Tensor, rate: float, pictures: bool) -> None:
    if not torch.isfinite(loss):
        raise InputError(
            f"the loss is {loss.item()} in epoch {run.epoch + 1}, step {run.step + 1}: "
            "lower the learning rate"
        )
    for group in run.optimizer.param_groups:
        group["lr"] = rate * (run.preset.train.picture_rate if pictures else group["peak"])
    run.optimizer.zero_grad(set_to_none=True)
    loss.backward()
    if run.preset.train.clip_norm:
        torch.nn.utils.clip_grad_norm_(run.model.parameters(), run.preset.train.clip_norm)
    run.optimizer.step()


def _schedule(progress: float, warmup: float) -> float:
    if warmup == 0:
        return 1.0
    if progress < warmup:
        return progress / warmup
    return 0.5 * (1 + math.cos(math.pi * (progress - warmup) / (1 - warmup)))


def _dev_scores(run: Run) -> tuple[Tensor, Tensor]:
    queries, gold = _dev_queries(run)
    return torch.cat([query.scores()["score"].cpu() for query in queries]), gold


@torch.inference_mode()
def _dev_queries(run: Run) -> tuple[Iterator[Query], Tensor]:
    """What is known of all dev mentions with an answer, 64 at a time, and the answers."""
    run.model.eval()
    side: list[Any] = []
    for rows in torch.arange(len(run.entities)).split(256):
        pixels = run.entities.pixels(rows, run.processor)
        side.append(run.model.entity_side(run.entities.features(run.model, rows, pixels)))
    joined = {u: {n: torch.cat([s[u][n] for s in side]) for n in side[0][u]} for u in side[0]}
    units = FastUnits(run.model)
    block = units.stored(joined)
    dev, gold = run.mentions["dev"], torch.tensor(run.splits["dev"].gold)

    def query(rows: Tensor) -> Query:
        features = dev.features(run.model, rows, dev.pixels(rows, run.processor))
        return Query(units, run.model.mention_side(features), [block])

    answered = (gold >= 0).nonzero()[:, 0].split(64)
    return map(torch.inference_mode()(query), answered), gold[gold >= 0]


def _check(run: Run, card: ModelCard) -> None:
    scores, gold = _dev_scores(run)
    found = ranks(scores, gold).numpy()
    metrics = summary(found)
    groups = np.array(run.splits["dev"].groups)[np.array(run.splits["dev"].gold) >= 0]
    by_group = {g: float((found[groups == g] == 1).mean() * 100) for g in sorted(set(groups)) if g}
    run.history.append({"epoch": run.epoch, **metrics})
    shown = ", ".join(f"{g} {v:.1f}" for g, v in by_group.items())
    run.report(f"dev: H@1 {metrics['hits@1']:.2f} MRR {metrics['mrr']:.2f}  H@1 by group: {shown}")
    run.stale += 1
    if metrics["mrr"] > run.best:
        run.best, run.stale = metrics["mrr"], 0
        save_model(run.model, run.out, card, run.processor.tokenizer)


def _finish(run: Run, card: ModelCard) -> dict[str, Any]:
    run.model, stored = load_model(run.out, run.model.device)
    scores, gold = _dev_scores(run)
    temperature = fit_temperature(scores, gold)
    metrics = summary(ranks(scores, gold).numpy())
    queries, gold = _dev_queries(run)
    rule = fit(*observe(queries, gold, temperature)) if len(gold) > 1 else None
    card = dataclasses.replace(
        stored,
        temperature=temperature,
        training={**card.training, "dev": metrics},
        nil=None if rule is None else rule.record(),
    )
    save_model(run.model, run.out, card, run.processor.tokenizer)
    return {**metrics, "temperature": temperature, "minutes": run.seconds / 60}


def _card(run: Run, data: Path, command: str) -> ModelCard:
    return ModelCard(
        training={
            "command": command,
            "data": data_fingerprint(data),
            "config": dataclasses.asdict(run.preset.train),
            "epochs_done": run.epoch,
            "minutes": round(run.seconds / 60, 1),
            "device": run.model.device.type,
            "threads": torch.get_num_threads(),
        },
        versions=versions(),
    )


class _Interrupt:
    """Turns the first Ctrl-C into a wish that the loop grants between two steps."""

    def __init__(self) -> None:
        self.asked = False

    def __enter__(self) -> _Interrupt:
        self._before = signal.signal(signal.SIGINT, self._ask)
        return self

    def __exit__(self, *_: object) -> None:
        signal.signal(signal.SIGINT, self._before)

    def _ask(self, *_: object) -> None:
        if self.asked:
            raise KeyboardInterrupt
        self.asked = True

"""Does the short training runs, from features that are computed once for all commands."""

from __future__ import annotations

import platform
import time
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from functools import cached_property
from pathlib import Path
from typing import Any

import torch

from analysis.measures.runs import Setting, add_run, find_run, of_model, read_runs
from analysis.measures.split_scores import mean_of
from analysis.measures.systems import ranked
from mimic.config import TrainConfig
from mimic.data.layout import Split, data_fingerprint, read_kb, read_split
from mimic.errors import InputError
from mimic.io.terminal import Report
from mimic.linking.linker import EntityLinker, default_cache
from mimic.metrics import summary
from mimic.model.mimic import Mimic, versions
from mimic.schema import UNITS
from mimic.training.concat_baseline import Concat
from mimic.training.frozen_features import Frozen, freeze
from mimic.training.frozen_file import FILE, kept, key_of
from mimic.training.retrain import SHORT, retrain, short, train_concat, unit_scores

#: Wordings of a train mention that are read: the sentence and two of its paraphrases.
WORDINGS = 3
#: With a part of the train split, there are at most so many times as many epochs.
MOST_EPOCHS = 4


class Retraining:
    """One base model and data folder; what the fixed encoders say is kept for all runs.

    Args:
        split: what is measured.
        epochs: of the short schedule; default `SHORT`'s.
        cache: folder of the file that keeps it for other commands; default: the user's.

    Raises:
        InputError: a split is missing, or the model's text model is not fixed.
    """

    def __init__(
        self,
        linker: EntityLinker,
        data: Path,
        split: str,
        report: Report,
        epochs: int | None = None,
        cache: Path | None = None,
    ) -> None:
        self.linker, self.report = linker, report
        self.file = (cache or default_cache()) / FILE
        self.epochs = SHORT.epochs if epochs is None else epochs
        if self.epochs < 1:
            raise InputError(f"--epochs is {self.epochs}; it must be at least 1")
        kb = read_kb(data)
        self.train, self.test = (read_split(data, name, kb) for name in ("train", split))
        for some in (self.train, self.test):
            if max(some.gold, default=-1) < 0:
                raise InputError(f"{data}: no mention of {some.name} has its answer there")
        model, found = linker.index.model, data_fingerprint(data)
        self.stamp: dict[str, Any] = {"model": model, "data": found, "split": split}
        self.prepare_minutes = 0.0

    @cached_property
    def features(self) -> tuple[Frozen, Frozen, Frozen]:
        """Of the train mentions, of the measured ones and of the entities."""
        began, entities = time.monotonic(), list(self.linker.index.entities)
        pictures = [m.image for some in (self.train, self.test) for m in some.mentions]
        pictures += [e.image for e in entities]
        key = key_of((*self.stamp.values(), WORDINGS, versions()), pictures)

        def read() -> dict[str, Frozen]:
            return {
                "train": self._frozen(self.train, WORDINGS),
                "measured": self._frozen(self.test, 1),
                "entities": freeze(
                    self.linker.model,
                    self.linker.processor,
                    [e.name for e in entities],
                    [(e.description,) for e in entities],
                    [e.image for e in entities],
                    self.report,
                ),
            }

        found = kept(self.file, key, read, self.report)
        self.prepare_minutes = (time.monotonic() - began) / 60
        return found["train"], found["measured"], found["entities"]

    def run(self, settings: Sequence[Setting], file: Path, command: str) -> int:
        """Trains what is not yet in the file, one after the other, and adds each as it is done.

        Returns:
            How many were trained.

        Raises:
            InputError: the file has runs of another schedule, which must not be mixed.
        """
        done = 0
        for row in of_model(read_runs(file), self.stamp).itertuples():
            wanted = self.config(Setting(fraction=float(row.fraction))).epochs
            if int(row.epochs) != wanted:
                raise InputError(
                    f"{file}: has runs of {row.epochs} epochs where these would have {wanted}: "
                    "give the same --epochs, or another file with --runs"
                )
        for number, setting in enumerate(settings, 1):
            if len(find_run(read_runs(file), setting, self.stamp)):
                continue
            self.report(f"run {number}/{len(settings)}: {setting}")
            add_run(file, self.measured(setting, command)[0])
            done += 1
        return done

    def measured(self, setting: Setting, command: str) -> tuple[dict[str, Any], Mimic | Concat]:
        """Trains one setting and measures it: a row of the runs, and the model."""
        _, mentions, entities = self.features
        began, config = time.monotonic(), self.config(setting)
        model = self.trained(setting)
        minutes = (time.monotonic() - began) / 60
        rows = torch.tensor([i for i, gold in enumerate(self.test.gold) if gold >= 0])
        gold, alone = torch.tensor(self.test.gold)[rows], {}
        if isinstance(model, Concat):
            scores = _vectors(model, mentions)[rows] @ _vectors(model, entities).T
            total = ranked(scores, gold)
        else:
            names = setting.units.split("+")
            every = unit_scores(model, mentions, entities, names)
            units = {name: scores[rows] for name, scores in every.items()}
            total = ranked(mean_of(units, names), gold)
            alone = {f"hits@1 {u}": summary(ranked(units[u], gold))["hits@1"] for u in names}
        found = summary(total)
        row = {
            **asdict(setting),
            **self.stamp,
            **{name: found[name] for name in ("hits@1", "hits@3", "hits@10", "mrr")},
            **{f"hits@1 {u}": alone.get(f"hits@1 {u}", "") for u in UNITS},
            "mentions": found["mentions"],
            "epochs": config.epochs,
            "minutes": minutes,
            "prepare_minutes": self.prepare_minutes,
            "machine": machine(),
            "command": command,
        }
        return row, model

    def trained(self, setting: Setting) -> Mimic | Concat:
        """The model of one setting."""
        mentions, _, entities = self.features
        given = (
            self.linker.model,
            mentions,
            entities,
            self.train,
            self.config(setting),
            self.report,
        )
        if setting.kind == "concat":
            return train_concat(*given)
        return retrain(*given, units=setting.units.split("+"), gate=setting.gate)

    def config(self, setting: Setting) -> TrainConfig:
        """The short schedule of one setting."""
        more = min(MOST_EPOCHS, 1 / setting.fraction) if setting.fraction else 1
        return short(
            epochs=round(self.epochs * more),
            unit_weight=setting.unit_weight,
            train_fraction=setting.fraction,
            seed=setting.seed,
        )

    def _frozen(self, split: Split, wordings: int) -> Frozen:
        more = split.paraphrases or ((),) * len(split.mentions)
        return freeze(
            self.linker.model,
            self.linker.processor,
            [m.surface for m in split.mentions],
            [(m.sentence, *p)[:wordings] for m, p in zip(split.mentions, more, strict=True)],
            [m.image for m in split.mentions],
            self.report,
        )


@torch.inference_mode()
def _vectors(model: Concat, frozen: Frozen) -> torch.Tensor:
    device, found = model.fuse.weight.device, []
    for rows in torch.arange(len(frozen)).split(256):
        given = (*frozen.words(rows), frozen.overall[frozen.picture[rows]])
        found.append(model(*(t.to(device) for t in given)).cpu())
    return torch.cat(found)


def machine() -> str:
    """Processor and threads in words, as results are labelled."""
    name = platform.processor() or platform.machine()
    try:
        lines = Path("/proc/cpuinfo").read_text("utf-8").splitlines()
        name = next(
            line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")
        )
    except (OSError, StopIteration):
        pass
    return f"{name}, {torch.get_num_threads()} threads"


def training_card(setting: Setting, row: Mapping[str, Any], config: TrainConfig) -> dict[str, Any]:
    """What is stored beside a baseline's weights."""
    kept = {name: row[name] for name in ("command", "data", "minutes", "machine", "hits@1", "mrr")}
    return {**kept, "seed": setting.seed, "wordings": WORDINGS, "config": asdict(config)}

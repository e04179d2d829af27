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

from analysis.measures.runs import Setting, add_run, matching, of_model, read_runs
from analysis.measures.split_scores import mean_of
from analysis.measures.systems import ranked
from mimic.config import TrainConfig
from mimic.data.layout import data_fingerprint, read_kb, read_split
from mimic.errors import InputError
from mimic.io.cache import default_cache
from mimic.io.terminal import Report
from mimic.linking.linker import EntityLinker
from mimic.metrics import summary
from mimic.model.encoded_data import DataEncoder, EncodedData, check_fixed_text
from mimic.model.mimic import Mimic, versions
from mimic.schema import UNITS, Entity
from mimic.training.concat_baseline import Concat
from mimic.training.frozen_file import FILE, key_of, read_or_make
from mimic.training.retrain import SHORT, retrain, short, train_concat, unit_scores
from mimic.training.training_data import wordings

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
        model, of_data = linker.index.model, data_fingerprint(data)
        self.stamp: dict[str, Any] = {"model": model, "data": of_data, "split": split}
        self.prepare_minutes = 0.0

    @cached_property
    def features(self) -> tuple[EncodedData, EncodedData, EncodedData]:
        """Of the train mentions, of the measured ones and of the entities."""
        began, entities = time.monotonic(), list(self.linker.index.entities)
        pictures = [m.image for some in (self.train, self.test) for m in some.mentions]
        pictures += [e.image for e in entities]
        key = key_of((*self.stamp.values(), WORDINGS, versions()), pictures)
        sets = read_or_make(self.file, key, lambda: self._encode(entities), self.report)
        self.prepare_minutes = (time.monotonic() - began) / 60
        return sets["train"], sets["measured"], sets["entities"]

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
            if len(matching(of_model(read_runs(file), self.stamp), asdict(setting))):
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
            sides = [model.all_vectors(data).cpu() for data in (mentions, entities)]
            total = ranked(sides[0][rows] @ sides[1].T, gold)
        else:
            names = setting.units.split("+")
            every = unit_scores(model, mentions, entities, names)
            units = {name: scores[rows] for name, scores in every.items()}
            total = ranked(mean_of(units, names), gold)
            alone = {f"hits@1 {u}": summary(ranked(units[u], gold))["hits@1"] for u in names}
        metrics = summary(total)
        row = {
            **asdict(setting),
            **self.stamp,
            **{name: metrics[name] for name in ("hits@1", "hits@3", "hits@10", "mrr")},
            **{f"hits@1 {u}": alone.get(f"hits@1 {u}", "") for u in UNITS},
            "mentions": metrics["mentions"],
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
        base, config = self.linker.model, self.config(setting)
        inputs = (base, mentions, entities, self.train, config, self.report)
        if setting.kind == "concat":
            return train_concat(*inputs)
        return retrain(*inputs, units=setting.units.split("+"), gate=setting.gate)

    def config(self, setting: Setting) -> TrainConfig:
        """The short schedule of one setting."""
        more = min(MOST_EPOCHS, 1 / setting.fraction) if setting.fraction else 1
        return short(
            epochs=round(self.epochs * more),
            unit_weight=setting.unit_weight,
            train_fraction=setting.fraction,
            seed=setting.seed,
        )

    def _encode(self, entities: Sequence[Entity]) -> dict[str, EncodedData]:
        model = self.linker.model
        check_fixed_text(model)
        encoder = DataEncoder(model, self.linker.processor, self.report)
        sets = {}
        for name, split, most in (("train", self.train, WORDINGS), ("measured", self.test, 1)):
            texts = encoder.texts([m.surface for m in split.mentions], wordings(split, most))
            pictures = encoder.pictures([m.image for m in split.mentions])
            sets[name] = EncodedData(texts, pictures)
        texts = encoder.texts([e.name for e in entities], [(e.description,) for e in entities])
        sets["entities"] = EncodedData(texts, encoder.pictures([e.image for e in entities]))
        return sets


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
    of_row = ("command", "data", "minutes", "machine", "hits@1", "mrr")
    about = {name: row[name] for name in of_row}
    return {**about, "seed": setting.seed, "wordings": WORDINGS, "config": asdict(config)}

"""Measures on Atlas whether explanations point at what decides."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import pandas as pd

from analysis.faithfulness.atlas_samples import choose
from analysis.faithfulness.curves import areas
from analysis.faithfulness.evidence import covered, evident_words, pointing, read_evidence, word_hit
from analysis.faithfulness.maps import (
    MAPS,
    ExplainedPair,
    Map,
    explained_pair,
    make_cells,
    make_maps,
)
from analysis.faithfulness.pair_hits import evident_patches, matching_facts, pair_hit
from analysis.faithfulness.sanity import against_other, against_random, captum_marks, randomised
from mimic.data.layout import read_kb, read_split
from mimic.errors import InputError
from mimic.explain import DEFAULT_METHOD, TARGETS, Explainer
from mimic.explain.inside import patch_grid
from mimic.explain.pair import READS
from mimic.explain.pair_cells import REST
from mimic.explain.request import PAIRS
from mimic.linking.linker import EntityLinker
from mimic.schema import Entity

#: Mentions for the checks that only need to tell noise from signal, and for the slowest of them.
SANITY, STEADY = 30, 10
#: Numbers that are reported in percent, and those that get a confidence interval.
PERCENT = (
    "pointing_game",
    "pointing_chance",
    "mask_share",
    "mask_area",
    "evidence_words",
    "evidence_words_chance",
    "pair_hit",
    "pair_hit_chance",
)
COLUMNS = (
    "deletion_auc",
    "deletion_auc_random",
    "insertion_auc",
    "insertion_auc_random",
    "pointing_game",
    "pointing_chance",
    "mask_share",
    "mask_area",
    "evidence_words",
    "evidence_words_chance",
    "pair_hit",
    "pair_hit_chance",
    "random_model_patches",
    "random_model_words",
    "other_entity_patches",
    "other_entity_words",
    "infidelity",
    "sensitivity",
    "completeness_gap",
)
INTERVALS = ("deletion_gap", "insertion_gap", "pointing_game", "evidence_words", "pair_hit")


class Bench:
    """One model on one split of Atlas.

    Args:
        n: mentions of each kind (see `samples.Sample`).
        everything: Captum's sensitivity too, which is slow.

    Raises:
        InputError: the data folder is not one of Atlas, or n is out of range.
    """

    def __init__(
        self, linker: EntityLinker, folder: Path, split: str, n: int, everything: bool = False
    ) -> None:
        self.explainer = Explainer(linker)
        self.random = randomised(self.explainer)
        self.split = read_split(folder, split, read_kb(folder))
        self.evidence = read_evidence(folder, split)
        self.sample = choose(self.split, self.evidence, n)
        self.everything = everything
        self._bearers: dict[str, list[Entity]] = defaultdict(list)
        for entity in linker.index.entities:
            self._bearers[entity.name.lower()].append(entity)

    def measure(
        self, method: str, targets: Sequence[str], report: Callable[[str], None]
    ) -> dict[str, dict[str, Any]]:
        """A row of the table for each target: means over mentions, and intervals of 95 %.

        A mention is read and its variants are encoded once for all targets, as far as they can be.
        """
        asked: dict[int, list[str]] = defaultdict(list)
        for target in targets:
            for row in self.sample.rows(READS[target], method == PAIRS):
                asked[row].append(target)
        found: dict[str, list[dict[str, float]]] = {target: [] for target in targets}
        for done, (row, some) in enumerate(asked.items(), 1):
            for target, values in self._mention(row, method, some).items():
                found[target].append(values)
            report(f"{method}, {', '.join(targets)}: mention {done}/{len(asked)}")
        sample = self.sample
        count = {
            "n": len(sample.every),
            "pointing_n": len(sample.pictures),
            "evidence_words_n": len(sample.words),
        }
        if method == PAIRS:
            count["pair_hit_n"] = len(sample.pairs)
        return {target: count | summary(pd.DataFrame(rows)) for target, rows in found.items()}

    def _mention(
        self, row: int, method: str, targets: Sequence[str]
    ) -> dict[str, dict[str, float]]:
        case = explained_pair(self.explainer, self.split.mentions[row], self.split.gold[row])
        maps = make_maps(self.explainer, case, method, targets)
        parts = [
            {t: {"seconds": one.seconds, "completeness_gap": one.gap} for t, one in maps.items()}
        ]
        if row in self.sample.every:
            parts.append(self._curves(case, maps, row))
        if row in self.sample.every[:SANITY]:
            gold = self.explainer.linker.index.entities[self.split.gold[row]]
            steady = self.everything and row in self.sample.every[:STEADY]
            parts.append(against_random(self.random, case, gold, method, maps))
            parts.append(against_other(self.explainer, case, method, maps))
            parts.append(captum_marks(self.explainer, case, method, maps, steady))
        parts.append({t: self._evidence(case, row, t, one) for t, one in maps.items()})
        if method == PAIRS and row in self.sample.pairs:
            parts.append(self._pairs(case, targets))
        return {t: {name: v for part in parts for name, v in part[t].items()} for t in targets}

    def _curves(
        self, case: ExplainedPair, maps: Mapping[str, Map], seed: int
    ) -> dict[str, dict[str, float]]:
        every = areas(case.varied(self.explainer.model), maps, seed)
        return {
            target: {
                "deletion_auc": under.deletion,
                "deletion_auc_random": under.random,
                "deletion_auc_reversed": under.insertion,
                "deletion_gap": under.random - under.deletion,
                "insertion_auc": under.insertion,
                "insertion_auc_random": under.random,
                "insertion_auc_reversed": under.deletion,
                "insertion_gap": under.insertion - under.random,
            }
            for target, under in every.items()
        }

    def _evidence(self, case: ExplainedPair, row: int, target: str, found: Map) -> dict[str, float]:
        evidence = self.evidence[case.mention.id]
        values: dict[str, float] = {}
        if row in self.sample.pictures and "image" in READS[target]:
            met = pointing(found.patches, covered(evidence.masks, found.grid))
            values |= {"pointing_game": met.hit, "pointing_chance": met.chance}
            values |= {"mask_share": met.inside, "mask_area": met.area}
        if row in self.sample.words and "text" in READS[target]:
            marks = evident_words(case.read.inputs.words, case.mention, evidence.words)
            hit, chance = word_hit(found.words, marks)
            values |= {"evidence_words": hit, "evidence_words_chance": chance}
        return values

    def _pairs(self, case: ExplainedPair, targets: Sequence[str]) -> dict[str, dict[str, float]]:
        """Whether the strongest pair joins evidence with what tells the entity from its namesakes.

        Which part of an entity's picture does is not known: each of its patches counts.
        """
        evidence, entity = self.evidence[case.mention.id], case.entities[0]
        patches = covered(evidence.masks, patch_grid(self.explainer.model))
        words = evident_words(case.read.inputs.words, case.mention, evidence.words)
        mention = [*words, *evident_patches(patches)]
        bearers = self._bearers[entity.name.lower()]
        facts = self.explainer.read_entity(entity).inputs.words
        its = [*matching_facts(facts, entity, bearers), *([True] * len(patches))]
        values = {}
        for target, cells in make_cells(self.explainer, case).items():
            own = cells[: -len(REST), : -len(REST)].cpu().numpy()
            met = pair_hit(own, mention, its)
            values[target] = {"pair_hit": met.hit, "pair_hit_chance": met.chance}
        return {target: values[target] for target in targets}


def summary(mentions: pd.DataFrame) -> dict[str, float | list[float] | None]:
    """Means of the columns over the mentions that have them; `None` where none has.

    The columns of `INTERVALS` also get `NAME_interval`, the mean +- 1.96 standard errors.
    """
    scaled = mentions * [100 if name in PERCENT else 1 for name in mentions]
    row: dict[str, float | list[float] | None] = {}
    for name, column in scaled.items():
        mean, error = column.mean(), column.sem()
        row[str(name)] = None if pd.isna(mean) else float(mean)
        if name in INTERVALS and not pd.isna(error):
            row[f"{name}_interval"] = [float(mean - 1.96 * error), float(mean + 1.96 * error)]
    return row


def table(report: dict[str, Any]) -> pd.DataFrame:
    """The report in percent, one row for each method and target; empty where not measured."""
    rows = {
        f"{method}, {target}": row
        for method, targets in report["methods"].items()
        for target, row in targets.items()
    }
    columns = ("n", *COLUMNS, "seconds")
    frame = pd.DataFrame.from_dict(rows, orient="index").reindex(columns=columns)
    shares = [name for name in COLUMNS if name not in PERCENT]
    frame[shares] = frame[shares].astype(float) * 100
    return frame


def faithfulness(
    bench: Bench, methods: Sequence[str], targets: Sequence[str], report: Callable[[str], None]
) -> dict[str, Any]:
    """`{"methods": {METHOD: {TARGET: row}}}` (docs/explanations.md says what the numbers are).

    Raises:
        InputError: an unknown method or target.
    """
    for what, given, known in (("method", methods, MAPS), ("target", targets, TARGETS)):
        for name in given:
            if name not in known:
                raise InputError(f"{what} is {name!r}; it must be one of {', '.join(known)}")
    return {
        "model": bench.explainer.linker.index.model,
        "split": bench.split.name,
        "default_method": DEFAULT_METHOD,
        "methods": {
            method: bench.measure(
                method,
                [t for t in targets if (method, t) != ("unit_attention", "vdlu")],  # it has none
                report,
            )
            for method in methods
        },
    }

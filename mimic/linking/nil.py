"""When to say that no entity is right: how sure a ranking is, and a threshold set on dev.

A mention whose entity is not in the knowledge base is a NIL mention. Published data has none that
can be asked for, so they are made: for a seeded half of the mentions the gold entity is taken out.
"""

from __future__ import annotations

import math
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
import torch
from torch import Tensor

from mimic.errors import InputError
from mimic.index.protocol import Answers

#: What a threshold may be set on: the probability of the first entity, or how far its score is
#: ahead of the second's, in temperatures.
STATISTICS = ("probability", "margin")
SEED = 43


@dataclass(frozen=True)
class NilRule:
    """No entity is right where the statistic is below the threshold.

    Attributes:
        statistic: one of `STATISTICS`.
        precision, recall: of saying so on the mentions that it was set on, in percent.
    """

    statistic: str
    threshold: float
    precision: float
    recall: float

    @classmethod
    def from_record(cls, record: dict[str, Any] | None, source: str) -> NilRule | None:
        """From a model's card; `None` where there is none.

        Raises:
            InputError: the record is not one of a rule.
        """
        if record is None:
            return None
        try:
            numbers = (float(record[name]) for name in ("threshold", "precision", "recall"))
            rule = cls(str(record["statistic"]), *numbers)
        except (KeyError, TypeError, ValueError, OverflowError):
            raise InputError(f"{source}: 'nil' is not a threshold; run calibrate again") from None
        if not all(map(math.isfinite, (rule.threshold, rule.precision, rule.recall))):
            raise InputError(f"{source}: 'nil' holds no finite threshold; run calibrate again")
        if rule.statistic not in STATISTICS:
            raise InputError(f"{source}: 'nil' has the unknown statistic {rule.statistic!r}")
        return rule

    def record(self) -> dict[str, Any]:
        """The same for a model's card."""
        return asdict(self)


def held_out(count: int, seed: int = SEED) -> np.ndarray:
    """Which half of the mentions loses its entity: bool `[count]`, the same for the same seed."""
    half = np.zeros(count, bool)
    half[np.random.default_rng(seed).permutation(count)[: count // 2]] = True
    return half


def without(gold: Tensor, half: Tensor, entities: int) -> Tensor:
    """Which entities each mention may find: bool `[M, E]`, all but the gold one of a half."""
    rest = torch.ones(len(gold), entities, dtype=torch.bool, device=gold.device)
    rest[half.nonzero()[:, 0], gold[half]] = False
    return rest


def confidence(
    query: Answers, temperature: float, restrict: Tensor | None = None
) -> dict[str, list[float]]:
    """Each of `STATISTICS` for every mention of a query.

    Args:
        restrict: bool `[M, E]`; only these entities are there.
    """
    hits = query.top(min(2, query.size), restrict=restrict)
    first, second = hits.total[:, 0], hits.total[:, -1]
    probability = [
        float(
            query.probability(i, rows[:1], temperature, None if restrict is None else restrict[i])
        )
        for i, rows in enumerate(hits.rows)
    ]
    return {"probability": probability, "margin": ((first - second) / temperature).tolist()}


class Observed:
    """How sure the ranking of each of some mentions is, half of them without their entity.

    Args:
        count: how many mentions there will be.
        temperature: of the model.

    Attributes:
        statistics: each of `STATISTICS`, for the mentions so far.
        nil: which of them have no entity: held out, or without one from the start.
    """

    def __init__(self, count: int, temperature: float) -> None:
        self._half, self._temperature = torch.from_numpy(held_out(count)), temperature
        self.statistics: dict[str, list[float]] = {name: [] for name in STATISTICS}
        self.nil: list[bool] = []

    def add(self, query: Answers, gold: Tensor) -> None:
        """Adds the next mentions, with the rows `[M]` of their entities, -1 where there is none."""
        half = self._half[len(self.nil) :][: len(gold)].to(gold.device) & (gold >= 0)
        rest = without(gold, half, query.size)
        for name, values in confidence(query, self._temperature, rest).items():
            self.statistics[name] += values
        self.nil += (half | (gold < 0)).tolist()

    def fit(self) -> NilRule:
        """The threshold that tells them best; raises InputError as `fit` does."""
        statistics = {name: np.array(values) for name, values in self.statistics.items()}
        return fit(statistics, np.array(self.nil))

    def report(self, rule: NilRule) -> dict[str, Any]:
        """How well a rule tells them: `held_out`, `precision`, `recall`, `f1`, and the rule's
        `statistic` and `threshold`."""
        verdicts = np.array(self.statistics[rule.statistic]) < rule.threshold
        how = {"statistic": rule.statistic, "threshold": rule.threshold}
        return {"held_out": sum(self.nil), **quality(verdicts, np.array(self.nil)), **how}


def fit(statistics: dict[str, np.ndarray], nil: np.ndarray) -> NilRule:
    """The statistic and the threshold with the best F1 of telling NIL mentions.

    Args:
        statistics: each `[M]`.
        nil: bool `[M]`, which mentions have no entity.

    Raises:
        InputError: all or none of the mentions are NIL, or no threshold tells any of them, so
            nothing can be set.
    """
    if nil.all() or not nil.any():
        raise InputError("calibrate: needs at least two mentions with their entity")
    rules = []
    for name, values in statistics.items():
        if not np.isfinite(values).all():
            continue
        edges = np.unique(values)
        # Between two neighbours, so that no mention lies on the threshold.
        middles = np.concatenate(((edges[1:] + edges[:-1]) / 2, [edges[-1]]))
        for threshold in middles.tolist():
            report = quality(values < threshold, nil)
            rules.append((report["f1"], NilRule(name, threshold, *_pair(report))))
    best, rule = max(rules, key=lambda rule: rule[0], default=(0.0, None))
    if rule is None or not best:
        raise InputError(
            "calibrate: no threshold tells mentions without their entity from the others; use "
            "more mentions, or a model that was trained for this knowledge base"
        )
    return rule


def _pair(report: dict[str, float]) -> tuple[float, float]:
    return round(report["precision"], 2), round(report["recall"], 2)


def quality(verdicts: np.ndarray, nil: np.ndarray) -> dict[str, float]:
    """`precision`, `recall` and `f1` of saying NIL, in percent; 0 where nothing is to divide by."""
    both = float((verdicts & nil).sum())
    precision = 100 * both / max(int(verdicts.sum()), 1)
    recall = 100 * both / max(int(nil.sum()), 1)
    f1 = 2 * precision * recall / (precision + recall) if both else 0.0
    return {"precision": precision, "recall": recall, "f1": f1}

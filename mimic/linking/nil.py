"""When to say that no entity is right: how sure a ranking is, and a threshold set on dev.

A mention whose entity is not in the knowledge base is a NIL mention. Published data has none that
can be asked for, so they are made: for a seeded half of the mentions the gold entity is taken out.

The threshold tells as many of them as it can while it doubts few right answers: who sees a right
answer doubted does not believe the next doubt.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

import numpy as np
import torch
from torch import Tensor

from mimic.errors import InputError
from mimic.index.protocol import Answers
from mimic.linking.bands import BANDS, Bands, fit_bands

#: What a threshold may be set on: the probability of the first entity, or how far its score is
#: ahead of the second's, in temperatures.
STATISTICS = ("probability", "margin")
MOST_DOUBTED = 6.0  # percent of the right answers of each source
SEED = 43


@dataclass(frozen=True)
class NilRule:
    """No entity is right where the statistic is below the threshold.

    Attributes:
        statistic: one of `STATISTICS`.
        precision, recall: of saying so on the mentions that it was set on, in percent.
        doubted: of the right answers among them it was said of so many percent, in the source
            where that was most; `None` for a rule that was set before this was asked.
        bands: what is said of the other answers; `None` for the same.
    """

    statistic: str
    threshold: float
    precision: float
    recall: float
    doubted: float | None = None
    bands: Bands | None = None

    @classmethod
    def from_record(cls, record: dict[str, Any] | None, source: str) -> NilRule | None:
        """From a model's card; `None` where there is none.

        Raises:
            InputError: the record is not one of a rule.
        """
        if record is None:
            return None
        try:
            threshold, precision, recall = (
                float(record[name]) for name in ("threshold", "precision", "recall")
            )
            doubted = float(record["doubted"]) if "doubted" in record else None
            statistic, bands = str(record["statistic"]), record.get("bands")
        except (AttributeError, KeyError, TypeError, ValueError, OverflowError):
            raise InputError(f"{source}: 'nil' is not a threshold; run calibrate again") from None
        if not all(map(math.isfinite, (threshold, precision, recall, doubted or 0))):
            raise InputError(f"{source}: 'nil' holds no finite threshold; run calibrate again")
        if statistic not in STATISTICS:
            raise InputError(f"{source}: 'nil' has the unknown statistic {statistic!r}")
        bands = Bands.from_record(bands, source)
        return cls(statistic, threshold, precision, recall, doubted, bands)

    @property
    def edges(self) -> tuple[float, ...]:
        """Probabilities at which what is said of an answer changes."""
        own = (self.threshold,) if self.statistic == "probability" else ()
        return own if self.bands is None else (*own, self.bands.likely, self.bands.sure)

    def record(self) -> dict[str, Any]:
        """The same for a model's card."""
        return {name: value for name, value in asdict(self).items() if value is not None}


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
    query: Answers,
    temperature: float,
    restrict: Tensor | None = None,
    edges: Sequence[float] | None = None,
) -> dict[str, list[float]]:
    """Each of `STATISTICS` for every mention of a query.

    Args:
        restrict: bool `[M, E]`; only these entities are there.
        edges: as in `Query.probability`.
    """
    hits = query.top(min(2, query.size), restrict=restrict)
    first, second = hits.total[:, 0], hits.total[:, -1]
    only = [None] * query.count if restrict is None else restrict
    probability = query.each(
        lambda i: float(query.probability(i, hits.rows[i, :1], temperature, only[i], edges))
    )
    return {"probability": probability, "margin": ((first - second) / temperature).tolist()}


class Observed:
    """How sure the ranking of each of some mentions is, half of them without their entity.

    Args:
        count: how many mentions there will be.
        temperature: of the model.
        rule: the only one that `report` will be asked of; probabilities are then told only as far
            as it needs them.

    Attributes:
        statistics: each of `STATISTICS`, for the mentions so far.
        nil: which of them have no entity: held out, or without one from the start.
        half: which of them lost it here.
        right: of which the first entity is the right one.
    """

    def __init__(self, count: int, temperature: float, rule: NilRule | None = None) -> None:
        self._edges = None if rule is None else rule.edges
        self._half, self._temperature = torch.from_numpy(held_out(count)), temperature
        self.statistics: dict[str, list[float]] = {name: [] for name in STATISTICS}
        self.nil: list[bool] = []
        self.half: list[bool] = []
        self.right: list[bool] = []

    def add(self, query: Answers, gold: Tensor, among: Tensor | None = None) -> None:
        """Adds the next mentions, with the rows `[M]` of their entities, -1 where there is none.

        Args:
            among: bool `[M, E]`, the entities that each may find, two at least; without their own
                they have none.
        """
        half = self._half[len(self.nil) :][: len(gold)].to(gold.device) & (gold >= 0)
        if among is not None:
            among = among.to(gold.device)
            gold = torch.where(among.gather(1, gold.clamp(min=0)[:, None])[:, 0], gold, -1)
            half &= (gold >= 0) & (among.sum(1) > 1)
        rest = without(gold, half, query.size)
        rest = rest if among is None else rest & among
        for name, values in confidence(query, self._temperature, rest, self._edges).items():
            self.statistics[name] += values
        self.right += (query.top(1, restrict=rest).rows[:, 0] == gold).tolist()
        self.half += half.tolist()
        self.nil += (half | (gold < 0)).tolist()

    def report(self, rule: NilRule) -> dict[str, Any]:
        """How well a rule tells them: `held_out`, `precision`, `recall`, `f1`, `right_doubted` (in
        percent of the right answers), and the rule's `statistic` and `threshold`; `bands` has the
        answers in each band and the percentage of them that is right, where the rule has any."""
        verdicts = np.array(self.statistics[rule.statistic]) < rule.threshold
        right = np.array(self.right)
        report: dict[str, Any] = {
            "held_out": sum(self.nil),
            **quality(verdicts, np.array(self.nil)),
            "right_doubted": 100 * float((verdicts & right).sum()) / max(int(right.sum()), 1),
            "statistic": rule.statistic,
            "threshold": rule.threshold,
        }
        if rule.bands is not None:
            report["bands"] = self._in_bands(rule.bands, verdicts)
        return report

    def _in_bands(self, bands: Bands, verdicts: np.ndarray) -> dict[str, dict[str, float]]:
        """`answers` and `right` in percent of each band that holds any; nobody's entity is held
        out of them."""
        each = zip(self.statistics["probability"], verdicts, self.right, self.half, strict=True)
        hits: dict[str, list[bool]] = {}
        for probability, nil, right, lost in each:
            if not lost:
                hits.setdefault(bands.band(probability, bool(nil)), []).append(right)
        return {
            name: {"answers": len(hits[name]), "right": 100 * sum(hits[name]) / len(hits[name])}
            for name in BANDS
            if name in hits
        }


def fit_rule(sources: Sequence[Observed]) -> NilRule:
    """The threshold and the bands of what was observed of some sources together.

    Raises:
        InputError: as `fit`.
    """
    statistics = {
        name: np.concatenate([np.array(one.statistics[name]) for one in sources])
        for name in STATISTICS
    }
    nil, half, right = (
        np.array([flag for one in sources for flag in getattr(one, name)], bool)
        for name in ("nil", "half", "right")
    )
    source = np.repeat(np.arange(len(sources)), [len(one.nil) for one in sources])
    rule = fit(statistics, nil, right, source)
    asked = ~half & (statistics[rule.statistic] >= rule.threshold)
    return replace(rule, bands=fit_bands(statistics["probability"][asked], right[asked]))


def fit(
    statistics: dict[str, np.ndarray], nil: np.ndarray, right: np.ndarray, source: np.ndarray
) -> NilRule:
    """The statistic and the threshold that tell most NIL mentions while at most `MOST_DOUBTED`
    percent of the right answers of each source are doubted with them.

    Args:
        statistics: each `[M]`.
        nil: bool `[M]`, which mentions have no entity.
        right: bool `[M]`, of which the first entity is the right one.
        source: `[M]`, the number of the data set that each is of.

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
        doubted = _most_doubted(middles, values[right], source[right])
        told = np.searchsorted(np.sort(values[nil]), middles)
        fits = (doubted <= MOST_DOUBTED) & (told > 0)
        if fits.any():
            # Of those that tell as many the first one, which doubts the fewest right answers.
            best = int(np.argmax(np.where(fits, told, 0)))
            threshold, share = float(middles[best]), round(float(doubted[best]), 2)
            both = _pair(quality(values < threshold, nil))
            rules.append((told[best], NilRule(name, threshold, *both, share)))
    if not rules:
        raise InputError(
            "calibrate: no threshold tells mentions without their entity from the others; use "
            "more mentions, or a model that was trained for this knowledge base"
        )
    return max(rules, key=lambda rule: rule[0])[1]


def _most_doubted(thresholds: np.ndarray, values: np.ndarray, source: np.ndarray) -> np.ndarray:
    """Percentage of right answers below each threshold, `[N]`, in the source where it is largest.

    Args:
        values, source: of the right answers.
    """
    shares = [np.zeros(len(thresholds))]
    for number in np.unique(source):
        own = np.sort(values[source == number])
        shares.append(100 * np.searchsorted(own, thresholds) / len(own))
    return np.max(shares, 0)


def _pair(report: dict[str, float]) -> tuple[float, float]:
    return round(report["precision"], 2), round(report["recall"], 2)


def quality(verdicts: np.ndarray, nil: np.ndarray) -> dict[str, float]:
    """`precision`, `recall` and `f1` of saying NIL, in percent; 0 where nothing is to divide by."""
    both = float((verdicts & nil).sum())
    precision = 100 * both / max(int(verdicts.sum()), 1)
    recall = 100 * both / max(int(nil.sum()), 1)
    f1 = 2 * precision * recall / (precision + recall) if both else 0.0
    return {"precision": precision, "recall": recall, "f1": f1}

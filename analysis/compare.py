"""What each unit alone, and a weighted mean of them, makes of one mention: lists and agreement."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from itertools import combinations
from numbers import Real
from typing import Any

import numpy as np

from mimic.errors import InputError
from mimic.schema import UNITS, Entity

#: The ranked lists: each unit alone, and all together.
LISTS = (*UNITS, "total")
#: The forms of a score.
SCALES = ("raw", "rank", "z", "softmax")


@dataclass(frozen=True, eq=False)
class UnitTable:
    """Scores of one mention with every entity: enough to rank again with other weights at once.

    Attributes:
        scores: float32 `[3, E]`, rows in the order of `UNITS`.
        temperature: T of the softmax.
    """

    scores: np.ndarray
    temperature: float


@dataclass(frozen=True)
class UnitStanding:
    """Where an entity stands in one list.

    Attributes:
        rank: from 1, among all entities.
        raw: the score; an unnormalised dot product, whose size differs between units.
        z: how many standard deviations of all entities' scores it lies above their mean.
        softmax: of score / T over all entities, in [0, 1].
    """

    rank: int
    raw: float
    z: float
    softmax: float


@dataclass(frozen=True)
class Comparison:
    """The lists of one mention side by side.

    Attributes:
        weights: of TGLU, VDLU and CMFU, which sum to 1.
        order: list -> rows of its first k entities, best first.
        standings: list -> row -> standing, for every row that is in any list.
        pairs: two units -> `overlap` of their lists.
        agreement: mean of `pairs`, in [0, 1].
    """

    weights: tuple[float, ...]
    order: dict[str, tuple[int, ...]]
    standings: dict[str, dict[int, UnitStanding]]
    pairs: dict[tuple[str, str], float]
    agreement: float


def compare(table: UnitTable, weights: Sequence[float], k: int = 10) -> Comparison:
    """Ranks all entities by each unit and by the weighted mean of the units.

    Raises:
        InputError: the weights are not three numbers from 0, of which one is above 0.
    """
    shares = normalised(weights)
    scores = dict(zip(UNITS, table.scores, strict=True))
    scores["total"] = np.asarray(shares, np.float32) @ table.scores
    order = {name: first(column, k) for name, column in scores.items()}
    union = sorted({row for rows in order.values() for row in rows})
    standings = {name: _standings(c, union, table.temperature) for name, c in scores.items()}
    pairs = {(a, b): overlap(order[a], order[b]) for a, b in combinations(UNITS, 2)}
    agreement = sum(pairs.values()) / len(pairs)
    return Comparison(shares, order, standings, pairs, agreement)


def normalised(weights: Sequence[float]) -> tuple[float, ...]:
    """The weights divided by their sum.

    Raises:
        InputError: they are not three numbers from 0, of which one is above 0.
    """
    try:
        values = [_number(weight) for weight in weights]
    except (TypeError, OverflowError):
        raise InputError("the weights must be three numbers: TGLU, VDLU and CMFU") from None
    if len(values) != len(UNITS) or not all(0 <= v < math.inf for v in values):
        raise InputError("the weights must be three numbers: TGLU, VDLU and CMFU, none below 0")
    if not (largest := max(values)):
        raise InputError("all weights are 0: raise one of them")
    values = [value / largest for value in values]  # or the sum of large ones is infinite
    return tuple(value / sum(values) for value in values)


def _number(value: Any) -> float:
    """A number as it is: neither a text of digits nor true."""
    if isinstance(value, bool) or not isinstance(value, Real):
        raise TypeError
    return float(value)


def first(scores: np.ndarray, k: int) -> tuple[int, ...]:
    """Rows of the k highest of E scores, best first; equal scores in the order of the entities."""
    k = min(k, len(scores))
    least = np.partition(scores, -k)[-k]
    ahead = np.flatnonzero(scores >= least)
    return tuple(ahead[np.argsort(-scores[ahead], kind="stable")[:k]].tolist())


def overlap(a: Sequence[int], b: Sequence[int]) -> float:
    """Average overlap of two lists of k: the share that their first d have in common, averaged
    over d = 1 to k, so that the head of the lists counts most. 0: nothing in common, 1: the same.

    Fagin, Kumar and Sivakumar, Comparing top k lists, 2003.
    """
    shares, shared, seen = 0.0, 0, set[int]()
    for depth, pair in enumerate(zip(a, b, strict=True), 1):
        for row in pair:  # a row that comes the second time is in both
            shared += row in seen
            seen.add(row)
        shares += shared / depth
    return shares / len(a)


def _standings(scores: np.ndarray, rows: list[int], temperature: float) -> dict[int, UnitStanding]:
    import torch  # the page opens before it is loaded

    from mimic.metrics import count_ahead

    wide = scores.astype(np.float64)
    spread = float(wide.std()) or 1.0
    weight = np.exp((wide - wide.max()) / temperature)
    z, share = (wide - wide.mean()) / spread, weight / weight.sum()
    ahead = count_ahead(*map(torch.from_numpy, (scores, scores[rows], np.array(rows)))).tolist()
    return {
        row: UnitStanding(1 + count, float(scores[row]), float(z[row]), float(share[row]))
        for row, count in zip(rows, ahead, strict=True)
    }


def comparison_record(comparison: Comparison, entities: dict[int, Entity]) -> dict[str, Any]:
    """The comparison as plain JSON.

    Args:
        entities: row -> entity, for every row that is in any list.
    """
    lists = {
        name: [
            {
                "id": entities[row].id,
                "name": entities[row].name,
                **asdict(comparison.standings[name][row]),
            }
            for row in rows
        ]
        for name, rows in comparison.order.items()
    }
    return {
        "weights": dict(zip(UNITS, comparison.weights, strict=True)),
        "agreement": comparison.agreement,
        "pairs": {f"{a}-{b}": share for (a, b), share in comparison.pairs.items()},
        "lists": lists,
    }

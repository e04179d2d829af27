"""How a unit divides its favour among some candidates."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from mimic.schema import UNITS

#: Candidates that are listed where nobody says how many.
LISTED = 10


def shares(scores: Sequence[float]) -> list[float]:
    """How one unit divides its favour among the listed candidates: positive, sums to 1.

    The softmax of the scores after division by their standard deviation: raw scores are sums of
    many products, whose plain softmax is nearly always 0 or 1.
    """
    mean = sum(scores) / len(scores)
    spread = math.sqrt(sum((score - mean) ** 2 for score in scores) / len(scores)) or 1.0
    highest = max(scores)
    weights = [math.exp((score - highest) / spread) for score in scores]
    return [weight / sum(weights) for weight in weights]


def unit_shares(scores: Sequence[Mapping[str, float]]) -> dict[str, list[float]]:
    """Unit -> how it divides its favour among the listed candidates: every bar, on the page and in
    a figure, is of these.

    Args:
        scores: unit -> raw score, of each listed candidate.
    """
    return {unit: shares([one[unit] for one in scores]) for unit in UNITS} if scores else {}

"""How a unit divides its favour among some candidates."""

from __future__ import annotations

import math
from collections.abc import Sequence


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

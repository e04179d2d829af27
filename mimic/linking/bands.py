"""How sure an answer is, in words: bands of the first entity's probability, each with the share of
right answers that it held on dev."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from mimic.errors import InputError

#: From the surest; `absent` is where the threshold of `nil` says that no entity is meant.
BANDS = ("sure", "likely", "uncertain", "absent")
#: Bands that promise something -> the least percentage of right answers that they held.
PROMISED = {"sure": 98.0, "likely": 75.0}
LEAST = 20  # answers that a band must hold to promise anything
NEVER = 2.0  # the threshold of a band that no answer reached: above every probability


@dataclass(frozen=True)
class Bands:
    """Least probabilities of the first entity.

    Attributes:
        right: band -> percentage of the answers in it that were right on dev.
    """

    sure: float
    likely: float
    right: dict[str, float] = field(default_factory=dict)

    @classmethod
    def from_record(cls, record: Any, source: str) -> Bands | None:
        """From a model's card; `None` where there is none.

        Raises:
            InputError: the record is not one of bands.
        """
        if record is None:
            return None
        try:
            right = {str(name): float(share) for name, share in record.get("right", {}).items()}
            bands = cls(float(record["sure"]), float(record["likely"]), right)
        except (AttributeError, KeyError, TypeError, ValueError, OverflowError):
            raise InputError(f"{source}: 'bands' are no thresholds; run calibrate again") from None
        shares = (bands.likely, bands.sure, *(share / 100 for share in right.values()))
        if not all(math.isfinite(share) and share >= 0 for share in shares):
            raise InputError(f"{source}: 'bands' hold a number below 0, or none at all")
        if bands.likely > bands.sure:
            raise InputError(f"{source}: 'bands' have 'likely' above 'sure'; run calibrate again")
        return bands

    def band(self, probability: float, nil: bool) -> str:
        """The band of an answer, one of `BANDS`.

        Args:
            probability: of the first entity; nil: whether it is doubted that any is meant.
        """
        if nil:
            return "absent"
        if probability >= self.sure:
            return "sure"
        return "likely" if probability >= self.likely else "uncertain"


def fit_bands(probability: np.ndarray, right: np.ndarray) -> Bands:
    """The widest bands that keep what `PROMISED` says.

    Args:
        probability: `[M]`, of the first entities of answers that are not doubted.
        right: bool `[M]`, which of these entities are the right ones.
    """
    order = np.argsort(-probability, kind="stable")
    values, hits = probability[order], right[order]
    sure = _longest(values, hits, 0, PROMISED["sure"])
    likely = _longest(values, hits, sure, PROMISED["likely"])
    parts = {"sure": hits[:sure], "likely": hits[sure:likely], "uncertain": hits[likely:]}
    shares = {name: round(100 * float(part.mean()), 1) for name, part in parts.items() if len(part)}
    return Bands(_between(values, sure), _between(values, likely), shares)


def _longest(values: np.ndarray, hits: np.ndarray, first: int, percent: float) -> int:
    """Where the longest run from `first` ends of which so many percent are right; equal values
    stay together."""
    counts = np.arange(1, len(values) - first + 1)
    holds = 100 * np.cumsum(hits[first:]) >= percent * counts
    ends = np.append(values[first:-1] > values[first + 1 :], True)[: len(counts)]
    good = np.flatnonzero(holds & ends & (counts >= LEAST))
    return first + int(good[-1]) + 1 if len(good) else first


def _between(values: np.ndarray, last: int) -> float:
    """A threshold that the values before `last` reach, and those after it do not."""
    return float(values[last - 1 : last + 1].mean()) if last else NEVER

"""How sure a mean over mentions is, and whether two of them differ."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

#: Bootstrap samples of an interval, and random signs of a test.
SAMPLES, FLIPS = 2_000, 10_000
SEED = 43


@dataclass(frozen=True)
class Interval:
    """A mean and its interval of 95 %."""

    mean: float
    low: float
    high: float


@dataclass(frozen=True)
class Difference(Interval):
    """A mean of paired differences; `p` is that of a two-sided test that it is 0."""

    p: float


def gains(ranks: np.ndarray) -> dict[str, np.ndarray]:
    """What each mention adds to H@1 and MRR, in percent."""
    return {"hits@1": 100.0 * (ranks == 1), "mrr": 100.0 / ranks}


def interval(values: np.ndarray, seed: int = SEED) -> Interval:
    """The mean of one number for each mention, with a percentile bootstrap over mentions."""
    low, high = np.percentile(_resampled(np.asarray(values, float), seed), (2.5, 97.5))
    return Interval(float(np.mean(values)), float(low), float(high))


def difference(first: np.ndarray, second: np.ndarray, seed: int = SEED) -> Difference:
    """`first - second`, mention by mention: bootstrap interval and a test by random signs.

    The test asks how often a mean as far from 0 comes out when each mention's difference gets a
    random sign (Fisher's randomisation test; of the smallest p, 1 / (FLIPS + 1), more signs would
    be needed to say less).
    """
    each = np.asarray(first, float) - np.asarray(second, float)
    spread, changes = interval(each, seed), each[each != 0]
    rng, seen, extreme = np.random.default_rng(seed), abs(each.sum()) - 1e-9, 0
    for _ in range(0, FLIPS, 500):
        signs = rng.integers(0, 2, (500, len(changes)), dtype=np.int8) * 2 - 1
        extreme += int((np.abs(signs @ changes) >= seen).sum())
    return Difference(spread.mean, spread.low, spread.high, (1 + extreme) / (1 + FLIPS))


def within(value: Interval) -> str:
    """`mean (low to high)` with one decimal."""
    return f"{value.mean:.1f} ({value.low:.1f} to {value.high:.1f})"


def by_group(labels: Sequence[str]) -> Mapping[str, np.ndarray]:
    """Group -> which mentions are in it, in the order of the names; `""` is none."""
    names = np.array(labels)
    return {str(group): names == group for group in sorted({*labels} - {""})}


def spearman(first: np.ndarray, second: np.ndarray) -> np.ndarray:
    """Rank correlation of each row of `[M, E]` with the same row of another, `[M]`.

    Equal numbers rank in their order, which scores in float32 hardly ever are.
    """
    ranked = [values.argsort(1).argsort(1).astype(np.float64) for values in (first, second)]
    one, two = (r - r.mean(1, keepdims=True) for r in ranked)
    return (one * two).sum(1) / np.sqrt((one**2).sum(1) * (two**2).sum(1)).clip(1e-12)


def _resampled(values: np.ndarray, seed: int) -> np.ndarray:
    """Means of SAMPLES samples with replacement."""
    rng, count, means = np.random.default_rng(seed), len(values), []
    for _ in range(0, SAMPLES, 100):
        means.append(values[rng.integers(0, count, (100, count))].mean(1))
    return np.concatenate(means)

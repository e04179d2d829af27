"""How sure a mean over mentions is, and whether two of them differ."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.stats import bootstrap, permutation_test, rankdata

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
    values = np.asarray(values, float)
    mean = float(values.mean())
    if np.ptp(values) == 0:  # of which scipy says that it has no interval
        return Interval(mean, mean, mean)
    low, high = bootstrap(
        (values,), np.mean, n_resamples=SAMPLES, batch=100, vectorized=True,
        method="percentile", rng=np.random.default_rng(seed),
    ).confidence_interval  # fmt: skip
    return Interval(mean, float(low), float(high))


def difference(first: np.ndarray, second: np.ndarray, seed: int = SEED) -> Difference:
    """`first - second`, mention by mention: bootstrap interval and a test by random signs.

    The test asks how often a mean as far from 0 comes out when each mention's difference gets a
    random sign (Fisher's randomisation test): exact where all signs of what differs are at most
    FLIPS, else of the smallest p, 1 / (FLIPS + 1), more signs would be needed to say less.
    """
    each = np.asarray(first, float) - np.asarray(second, float)
    spread, changes = interval(each, seed), each[each != 0]
    p = 1.0
    if len(changes) > 1:
        p = permutation_test(
            (changes,), np.mean, permutation_type="samples", n_resamples=FLIPS, batch=500,
            vectorized=True, rng=np.random.default_rng(seed),
        ).pvalue  # fmt: skip
    return Difference(spread.mean, spread.low, spread.high, float(p))


def within(value: Interval) -> str:
    """`mean (low to high)` with one decimal."""
    return f"{value.mean:.1f} ({value.low:.1f} to {value.high:.1f})"


def by_group(labels: Sequence[str]) -> Mapping[str, np.ndarray]:
    """Group -> which mentions are in it, in the order of the names; `""` is none."""
    names = np.array(labels)
    return {str(group): names == group for group in sorted({*labels} - {""})}


def spearman(first: np.ndarray, second: np.ndarray) -> np.ndarray:
    """Rank correlation of each row of `[M, E]` with the same row of another, `[M]`; equal numbers
    at their mean rank, 0 where a row is constant."""
    ranks = (rankdata(values, axis=1) for values in (first, second))
    one, two = (r - r.mean(1, keepdims=True) for r in ranks)
    return (one * two).sum(1) / np.sqrt((one**2).sum(1) * (two**2).sum(1)).clip(1e-12)

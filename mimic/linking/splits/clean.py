"""What a number is worth once the mentions that give their answer away are left out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from scipy.stats import bootstrap, fisher_exact

from mimic.data.leaks.find import Leak
from mimic.metrics import summary

SEED, RESAMPLES = 43, 2000
FILTER = "without mentions that leak"  # in place of the protocol's


def clean_report(rows: Sequence[Mapping[str, Any]], leaks: Sequence[Leak]) -> dict[str, Any]:
    """The metrics without the leaks of a split.

    Args:
        rows: of predictions, with `id` and `rank`; no rank where the answer is not known.
        leaks: of this split.

    Returns:
        The metrics of `summary`, `filter`, `left_out` (mentions that were ranked and leak),
        `reasons`, and the `difference` of H@1 to that of all mentions, in points: with its
        `interval` (95 %, by resampling mentions: both numbers are of the same resample) and `p`
        (Fisher's exact test: are those that leak answered as often as the rest?).
    """
    reasons = {leak.id: leak.reason for leak in leaks}
    ranked = [row for row in rows if row["rank"]]
    ranks = np.array([row["rank"] for row in ranked])
    leaking = np.array([row["id"] in reasons for row in ranked], bool)
    gone = Counter(reasons[row["id"]] for row in ranked if row["id"] in reasons)
    return {
        **summary(ranks[~leaking]),
        "filter": FILTER,
        "left_out": int(leaking.sum()),
        "reasons": dict(gone),
        "difference": difference(ranks == 1, leaking),
    }


def difference(right: np.ndarray, leaking: np.ndarray) -> dict[str, Any]:
    """H@1 without the leaks less that of all: `hits@1`, `interval`, `p`.

    Args:
        right, leaking: bool `[M]`.
    """
    if leaking.all() or not leaking.any():
        return {"hits@1": 0.0, "interval": [0.0, 0.0], "p": 1.0}
    found = bootstrap(
        (right, ~leaking), _change, n_resamples=RESAMPLES, paired=True, vectorized=True,
        method="percentile", rng=np.random.default_rng(SEED),
    )  # fmt: skip
    low, high = (float(end) for end in found.confidence_interval)
    table = [
        [int((right & some).sum()), int((~right & some).sum())] for some in (leaking, ~leaking)
    ]
    p = float(fisher_exact(table).pvalue)
    return {"hits@1": float(_change(right, ~leaking)), "interval": [low, high], "p": p}


def _change(right: np.ndarray, kept: np.ndarray, axis: int = -1) -> np.ndarray:
    """H@1 of those that are kept less that of all, in points."""
    hits = (right & kept).sum(axis) / kept.sum(axis).clip(1)
    return np.asarray(100 * (hits - right.mean(axis)))

"""What a number is worth once the mentions that give their answer away are left out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from scipy.stats import fisher_exact

from mimic.data.leaks.find import Leak
from mimic.metrics import summary

SEED, RESAMPLES = 43, 2000


def clean_report(rows: Sequence[Mapping[str, Any]], leaks: Sequence[Leak]) -> dict[str, Any]:
    """The metrics without the leaks of a split.

    Args:
        rows: of predictions, with `id` and `rank`; no rank where the answer is not known.
        leaks: of this split.

    Returns:
        The metrics of `summary`, `left_out` (mentions that were ranked and leak), `reasons`, and
        the `difference` of H@1 to that of all mentions, in points: with its `interval` (95 %, by
        resampling mentions: both numbers are of the same resample) and `p` (Fisher's exact test:
        are those that leak answered as often as the rest?).
    """
    reasons = {leak.id: leak.reason for leak in leaks}
    ranked = [row for row in rows if row["rank"]]
    ranks = np.array([row["rank"] for row in ranked])
    leaking = np.array([row["id"] in reasons for row in ranked], bool)
    gone = Counter(reasons[row["id"]] for row in ranked if row["id"] in reasons)
    return {
        **summary(ranks[~leaking]),
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
    picks = np.random.default_rng(SEED).integers(0, len(right), (RESAMPLES, len(right)))
    hits, kept = right[picks], ~leaking[picks]
    changes = (hits & kept).sum(1) / kept.sum(1).clip(1) - hits.mean(1)
    low, high = 100 * np.quantile(changes, [0.025, 0.975])
    table = [
        [int((right & some).sum()), int((~right & some).sum())] for some in (leaking, ~leaking)
    ]
    change = 100 * float(right[~leaking].mean() - right.mean())
    p = float(fisher_exact(table).pvalue)
    return {"hits@1": change, "interval": [float(low), float(high)], "p": p}

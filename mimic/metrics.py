"""Hits@k, MRR and MR over ranks."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import torch
from torch import Tensor


def ranks(scores: Tensor, gold: Tensor) -> Tensor:
    """Rank of each mention's gold entity among all, from 1.

    Entities with equal scores rank in the order of the knowledge base, so a rank is the position
    in a stable descending sort. A score that is no number (NaN) ranks last.

    Args:
        scores: `[M, E]`.
        gold: `[M]`, rows of the right entities.
    """
    scores = scores.masked_fill(scores.isnan(), float("-inf"))
    right = scores.gather(1, gold[:, None])
    before = torch.arange(scores.shape[1], device=scores.device)[None] < gold[:, None]
    return 1 + ((scores > right) | ((scores == right) & before)).sum(1)


def count_ahead(scores: Tensor, values: Tensor, rows: Tensor) -> Tensor:
    """How many of the scores `[E]` rank ahead of each of the values `[k]`: they are higher, or
    equal and earlier. A score that is no number (NaN) ranks last.

    Args:
        rows: `[k]`, where the values stand among the scores; below 0 or from E on where they stand
            among others.
    """
    if not len(scores):
        return torch.zeros_like(rows)
    scores, values = (t.masked_fill(t.isnan(), float("-inf")) for t in (scores, values))
    order = values.argsort()
    edges = values[order].contiguous()
    near = (scores >= edges[0]).nonzero()[:, 0]  # the others are ahead of none
    lower = torch.searchsorted(edges, scores[near])  # how many values lie below a score
    count = torch.zeros_like(rows)
    count[order] = len(near) - torch.bincount(lower, minlength=len(edges) + 1).cumsum(0)[:-1]
    same = edges[lower.clamp(max=len(edges) - 1)] == scores[near]
    count += _earlier(lower[same], near[same], torch.searchsorted(edges, values), rows, len(scores))
    inside = (rows >= 0) & (rows < len(scores))
    own = torch.where(inside, scores[rows.clamp(0, len(scores) - 1)], float("-inf"))
    return count - (own > values).long()  # itself, if it was rounded otherwise


def _earlier(lower: Tensor, equal: Tensor, first: Tensor, rows: Tensor, size: int) -> Tensor:
    """How many of the scores that equal a value stand before its row, for each value: all sorted
    once by value and row, so that k values cost no more than a sort.

    Args:
        lower, equal: of each such score, how many values lie below it, and its row.
        first: how many values lie below each value.
        size: number of all scores.
    """
    width = size + 1
    keys = (lower * width + equal).sort().values
    before = torch.searchsorted(keys, first * width + rows.clamp(0, size))
    return before - torch.searchsorted(keys, first * width)


def summary(ranks: Sequence[float] | np.ndarray) -> dict[str, float]:
    """`hits@1/3/5/10/20` and `mrr` as percentages 0 to 100, and the mean rank `mr`.

    An infinite rank is that of an answer which could not be found; `mr` is of the others.
    """
    values = np.asarray(ranks, dtype=float)
    found = values[np.isfinite(values)]
    if not len(values):
        return {"mentions": 0}
    hits = {f"hits@{k}": 100 * float((values <= k).mean()) for k in (1, 3, 5, 10, 20)}
    return {
        "mentions": len(values),
        **hits,
        "mrr": 100 * float((1 / values).mean()),
        "mr": float(found.mean()) if len(found) else 0.0,
    }


def mean_of(several: Sequence[dict[str, float]]) -> dict[str, float]:
    """The mean of each metric over several data sets that count alike, and the sum of mentions."""
    mean = {name: sum(one[name] for one in several) / len(several) for name in several[0]}
    return mean | {"mentions": sum(one["mentions"] for one in several)}

"""Answers of several parts of an index made one; equal scores rank in the order of the entities."""

from __future__ import annotations

import math
from collections.abc import Sequence

import torch
from torch import Tensor

from mimic.index.protocol import Hits


def merged(
    found: Sequence[Hits], sizes: Sequence[int], k: int, restrict: Tensor | None = None
) -> Hits:
    """The first k of each of M mentions.

    Args:
        found: the first k (or all) of each part, rows counted from its first one.
        sizes: entities of each part, in the order in which ties rank.
        restrict: bool `[E]` or `[M, E]`; only these are ranked.
    """
    joined = together(found, sizes)
    order = joined.total.masked_fill(joined.total.isnan(), -math.inf)
    if restrict is not None:
        allowed = restrict.to(order.device).expand(len(order), -1).gather(1, joined.rows)
        order = order.masked_fill(~allowed, -math.inf)
    return taken(joined, order.sort(dim=1, descending=True, stable=True).indices[:, :k])


def together(found: Sequence[Hits], sizes: Sequence[int]) -> Hits:
    """All that the parts found, side by side, with rows of the whole index."""
    starts = [sum(sizes[:i]) for i in range(len(sizes))]
    own = found[0].gates["cmfu_mention"]  # of the mentions: the same from every part
    gates = {
        name: own if name == "cmfu_mention" else torch.cat([h.gates[name] for h in found], 1)
        for name in found[0].gates
    }
    return Hits(
        torch.cat([h.rows + start for h, start in zip(found, starts, strict=True)], 1),
        torch.cat([h.total for h in found], 1),
        {name: torch.cat([h.units[name] for h in found], 1) for name in found[0].units},
        gates,
        sum(h.scored * size for h, size in zip(found, sizes, strict=True)) / sum(sizes),
    )


def taken(hits: Hits, columns: Tensor) -> Hits:
    """Some columns of each mention, `[M, k]`."""
    return Hits(
        hits.rows.gather(1, columns),
        hits.total.gather(1, columns),
        {name: values.gather(1, columns) for name, values in hits.units.items()},
        {
            name: gate if name == "cmfu_mention" else gate.gather(1, columns)
            for name, gate in hits.gates.items()
        },
        hits.scored,
    )

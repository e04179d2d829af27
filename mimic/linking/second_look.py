"""Rankings handed to a reranker, one answer or many at once."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from dataclasses import replace

import torch

from mimic.index.protocol import Hits
from mimic.rerank.reranker import Reranker, Shortlist
from mimic.rerank.second_look import Order, look_again, record_of
from mimic.schema import UNITS, Candidate, Entity, Gates, LinkResult, Mention

GATES = tuple(field.name for field in dataclasses.fields(Gates))
BY_UNIT = "the list is ranked by one unit, and a second look is at the total"


def with_second_look(
    reranker: Reranker,
    model: str,
    temperature: float,
    k: int,
    rank_by: str,
    mention: Mention,
    result: LinkResult,
) -> LinkResult:
    """The result in the order after a second look at its first candidates, cut to k; where it comes
    to nothing, in its own order, with a notice that says why.

    Args:
        model: fingerprint of the model that ranked.
        temperature: T of that model.
        rank_by: what the result is ranked by.
    """
    head, rest = result.candidates[: reranker.looked], result.candidates[reranker.looked :]
    shortlist = _shortlist(mention, head, temperature)
    if rank_by == "total":
        order = look_again(reranker, shortlist, model)
    else:
        order = Order(tuple(range(len(head))), trouble=BY_UNIT)
    seen = [replace(head[place], rank=rank) for rank, place in enumerate(order.places, 1)]
    said = (notice(reranker, order.trouble),) if order.trouble else ()
    return replace(
        result,
        candidates=(*seen, *rest)[:k],
        notices=result.notices + said,
        second_look=record_of(reranker, shortlist, order),
    )


def notice(reranker: Reranker, trouble: str) -> str:
    """What is said where the first ranking stands."""
    return f"no second look by {reranker.name}: {trouble}; the first ranking stands"


def shortlists(
    mentions: Sequence[Mention],
    entities: Sequence[Entity],
    hits: Hits,
    sizes: Sequence[int],
    temperature: float,
) -> list[Shortlist]:
    """The shortlists of M mentions.

    Args:
        entities: of the knowledge base.
        hits: of `[M, k]` entities, in the order of the ranking.
        sizes: how many of the k are each mention's.
    """
    units = torch.stack([hits.units[name] for name in UNITS], -1).float().cpu()
    gates = torch.stack([hits.gates[name].expand_as(hits.rows) for name in GATES], -1)
    parts = zip(mentions, hits.rows.tolist(), units, gates.float().cpu(), sizes, strict=True)
    return [
        Shortlist(mention, tuple(entities[r] for r in rows[:n]), own[:n], open_[:n], temperature)
        for mention, rows, own, open_, n in parts
    ]


def _shortlist(mention: Mention, candidates: Sequence[Candidate], temperature: float) -> Shortlist:
    units = [[getattr(c.units, name) for name in UNITS] for c in candidates]
    gates = [[getattr(c.gates, name) for name in GATES] for c in candidates]
    return Shortlist(
        mention,
        tuple(candidate.entity for candidate in candidates),
        torch.tensor(units, dtype=torch.float32).reshape(-1, len(UNITS)),
        torch.tensor(gates, dtype=torch.float32).reshape(-1, len(GATES)),
        temperature,
    )

"""What a reranker makes of a shortlist: a new order, or the old one and why."""

from __future__ import annotations

import time
from dataclasses import dataclass

from torch import Tensor

from mimic.rerank.reranker import Reranker, RerankError, Shortlist
from mimic.schema import Placing, SecondLook


@dataclass(frozen=True)
class Order:
    """How the candidates of a shortlist stand after a second look.

    Attributes:
        places: of the shortlist's candidates `[k]`, the best first.
        second, mixed: the reranker's scores `[k]` and both together, in the shortlist's order;
            `None` where the first ranking stands.
        trouble: why it does.
    """

    places: tuple[int, ...]
    second: Tensor | None = None
    mixed: Tensor | None = None
    seconds: float = 0.0
    trouble: str = ""


def look_again(reranker: Reranker, shortlist: Shortlist, model: str) -> Order:
    """Asks a reranker about a shortlist of the model with that fingerprint. Equal scores stay in
    the model's order."""
    began = time.monotonic()
    same = tuple(range(len(shortlist)))
    if trouble := unfit(reranker, model) or ("there is one candidate" if len(same) < 2 else ""):
        return Order(same, trouble=trouble)
    try:
        second = reranker.scores(shortlist).double()
        if second.shape != (len(same),) or not second.isfinite().all():
            raise RerankError("gives scores that are no numbers")
    except RerankError as error:
        return Order(same, seconds=time.monotonic() - began, trouble=str(error))
    mixed = reranker.mix(shortlist.scores, second)
    order = tuple(mixed.sort(descending=True, stable=True).indices.tolist())
    return Order(order, second, mixed, time.monotonic() - began)


def unfit(reranker: Reranker, model: str) -> str:
    """Why a reranker says nothing about a model's shortlists; `""` where it does."""
    if reranker.model and reranker.model != model:
        return (
            "it was trained for another model; train one for this model with "
            "`python -m mimic train-reranker`"
        )
    return ""


def record_of(reranker: Reranker, shortlist: Shortlist, order: Order) -> SecondLook:
    """The same as a record."""
    k = len(shortlist)
    if order.second is None or order.mixed is None:
        return SecondLook(reranker.name, k, (), reranker.right, order.seconds, order.trouble)
    first = shortlist.units.mean(1).tolist()
    placings = tuple(
        Placing(
            shortlist.entities[place].id,
            place + 1,
            rank,
            first[place],
            float(order.second[place]),
            float(order.mixed[place]),
        )
        for rank, place in enumerate(order.places, 1)
    )
    return SecondLook(reranker.name, k, placings, reranker.right, order.seconds)

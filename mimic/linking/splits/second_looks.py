"""A second look at every ranking of a split: what it mends and breaks, and what it costs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

import numpy as np
import torch
from torch import Tensor

from mimic.index.protocol import Answers
from mimic.linking.linker import EntityLinker
from mimic.linking.second_look import shortlists
from mimic.metrics import summary
from mimic.rerank.reranker import Reranker
from mimic.rerank.second_look import Order, look_again
from mimic.schema import Mention

#: Of each mention its entities and their scores, best first.
Lists = Sequence[tuple[list[int], list[float]]]
SHOWN_TROUBLES = 5


class SecondLooks:
    """Looks again at rankings, a batch at a time, and counts what came of it."""

    def __init__(self, linker: EntityLinker, reranker: Reranker) -> None:
        self._linker, self._reranker = linker, reranker
        self._first: list[float] = []
        self._second: list[float] = []
        self._overruled: list[bool] = []
        self._seconds: list[float] = []
        self._troubles: Counter[str] = Counter()

    @property
    def looked(self) -> int:
        """How many candidates of a ranking it looks at."""
        return min(self._reranker.looked, self._linker.entities)

    def add(
        self,
        mentions: Sequence[Mention],
        query: Answers,
        gold: Tensor,
        places: Sequence[float],
        lists: Lists,
    ) -> tuple[list[float], list[tuple[list[int], list[float]]], list[dict[str, Any]]]:
        """Looks again at the lists of some mentions.

        Args:
            gold: rows of the answers, -1 for none.
            places: their ranks, infinite for one that was no candidate.
            lists: at least `looked` entities of each, where there are so many.

        Returns:
            The same places and lists after it, and more columns for rows of predictions.
        """
        heads = [rows[: self.looked] for rows, _ in lists]
        longest = max(1, *map(len, heads))
        rows = torch.tensor([head + [0] * (longest - len(head)) for head in heads])
        hits = query.hits(rows.to(gold.device))
        sizes = [len(head) for head in heads]
        seen = shortlists(
            mentions, self._linker.index.entities, hits, sizes, self._linker.temperature
        )
        after, moved, columns = list[float](), [], []
        for shortlist, place, right, (own, scores) in zip(
            seen, places, gold.tolist(), lists, strict=True
        ):
            order = look_again(self._reranker, shortlist, self._linker.index.model)
            new = [own[i] for i in order.places]
            rank = float(1 + new.index(right)) if right in new else place
            count = len(new)
            moved.append((new + own[count:], [scores[i] for i in order.places] + scores[count:]))
            after.append(rank)
            columns.append(_columns(order, place if right >= 0 else 0, own))
            self._count(order, place, rank, right)
        return after, moved, columns

    def _count(self, order: Order, before: float, after: float, gold: int) -> None:
        self._seconds.append(order.seconds)
        if order.trouble:
            self._troubles[order.trouble] += 1
        if gold >= 0:
            self._first.append(before)
            self._second.append(after)
            self._overruled.append(order.places[:1] not in ((), (0,)))

    def report(self) -> dict[str, Any]:
        """What a report of `evaluate` says in `second_look`.

        `first`: metrics of the model alone. `overruled`: mentions where another entity is first
        now, `right_when_overruling` the percentage of them that is right now; `mended` and `broken`
        were wrong and right before. `failed`: mentions whose first ranking stands, `troubles` why.
        `ms`: median of a second look. `costs`: of an endpoint.
        """
        before, after = np.array(self._first), np.array(self._second)
        overruled = np.array(self._overruled, bool)
        held = float((after[overruled] == 1).mean()) * 100 if overruled.any() else None
        return {
            "reranker": self._reranker.name,
            "looked": self.looked,
            "first": summary(before),
            "overruled": int(overruled.sum()),
            "right_when_overruling": held,
            "mended": int(((before > 1) & (after == 1)).sum()),
            "broken": int(((before == 1) & (after > 1)).sum()),
            "failed": sum(self._troubles.values()),
            "troubles": dict(self._troubles.most_common(SHOWN_TROUBLES)),
            "mix": {"first": self._reranker.mix.first, "second": self._reranker.mix.second},
            "ms": round(1000 * float(np.median(self._seconds)), 1) if self._seconds else 0.0,
            "costs": self._reranker.costs(),
        }


def _columns(order: Order, first: float, own: list[int]) -> dict[str, Any]:
    """Of one mention: the rank before, and each candidate's scores in the new order."""
    both = {"second_scores": order.second, "mixed_scores": order.mixed}
    lists = {
        name: [] if scores is None else [float(scores[i]) for i in order.places]
        for name, scores in both.items()
    }
    return {
        "first_rank": int(first) if 0 < first < float("inf") else None,
        "first_ranks": [place + 1 for place in order.places],
        **lists,
        "second_look": order.trouble or "done",
    }

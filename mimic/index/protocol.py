"""What an index answers, wherever its entities are: the seam between one machine and a cluster.

`index.EntityIndex` answers in this process, `cluster.index.ClusterIndex` asks many. Both give the
same ranks and, up to the rounding of float32, the same numbers.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol, TypeVar

import torch
from torch import Tensor

from mimic.index.shards import EntityTable
from mimic.index.side_by_side import Result
from mimic.schema import Gates

if TYPE_CHECKING:  # without an encoder
    from mimic.io.terminal import Progress
    from mimic.model.mimic import Side

EQUAL = (1 / 3, 1 / 3, 1 / 3)
#: The lists that entities rank in -> weights of TGLU, VDLU and CMFU.
RANK_BY = {
    "total": EQUAL, "tglu": (1.0, 0.0, 0.0), "vdlu": (0.0, 1.0, 0.0), "cmfu": (0.0, 0.0, 1.0),
}  # fmt: skip
#: Numbers that a search may keep for each of its values: bounds the memory of many mentions.
PAIRS = 1 << 24
BATCH = 64  # mentions that are encoded and asked about at once


@dataclass(frozen=True)
class Hits:
    """The first k of each of M mentions, best first; equal scores in the order of the entities.

    Attributes:
        rows: `[M, k]`, rows of the entities.
        total: `[M, k]`, the scores that they rank by.
        units: unit -> `[M, k]`.
        gates: `vdlu_entity_to_mention`, `vdlu_mention_to_entity`, `cmfu_entity` `[M, k]` and
            `cmfu_mention` `[M, 1]`, each in (-1, 1).
        scored: share of the pairs whose TGLU attention was computed, from 0 to 1.
    """

    rows: Tensor
    total: Tensor
    units: dict[str, Tensor]
    gates: dict[str, Tensor]
    scored: float


@dataclass(frozen=True)
class EntityStanding:
    """Where one entity stands among all for one mention.

    Attributes:
        row: of the entity.
        ranks: from 1, in each list of `RANK_BY`; equal scores in the order of the entities.
        scores: in the same lists, raw; the total is the mean of the units.
        probability: softmax of total / T over all entities, in [0, 1].
    """

    row: int
    ranks: dict[str, int]
    scores: dict[str, float]
    probability: float
    gates: Gates


class Answers(Protocol):
    """The questions about M mentions and all E entities; `query.Query` says what each one is."""

    count: int
    size: int

    def top(
        self, k: int, weights: Sequence[float] = EQUAL, restrict: Tensor | None = None
    ) -> Hits: ...
    def hits(self, rows: Tensor, weights: Sequence[float] = EQUAL) -> Hits: ...
    def scores(self) -> dict[str, Tensor]: ...
    def ranks(self, mention: int, rows: Tensor) -> dict[str, Tensor]: ...
    def probability(
        self,
        mention: int,
        rows: Tensor,
        temperature: float,
        restrict: Tensor | None = None,
        edges: Sequence[float] | None = None,
    ) -> Tensor: ...
    def rank_of(self, gold: Tensor, weights: Sequence[float] = EQUAL) -> Tensor: ...

    def standing(self, rows: Tensor, temperature: float) -> list[list[EntityStanding]]:
        """Where the given entities of each mention stand; attention is computed for them and for
        those alone whose order or share of the probability needs it.

        Args:
            rows: `[M, k]`.
            temperature: T of the softmax.
        """
        hits = self.hits(rows)
        return self.each(lambda mention: self._standing(hits, mention, temperature))

    def each(self, work: Callable[[int], Result]) -> list[Result]:
        """`work` of every mention, in their order."""
        return [work(i) for i in range(self.count)]

    def _standing(self, hits: Hits, mention: int, temperature: float) -> list[EntityStanding]:
        """The same of one mention."""
        rows = hits.rows[mention]
        probability = self.probability(mention, rows, temperature).tolist()
        ranks = _columns(self.ranks(mention, rows))
        units = _columns({name: values[mention] for name, values in hits.units.items()})
        gates = _columns({name: g[mention].expand(len(rows)) for name, g in hits.gates.items()})
        return [
            EntityStanding(
                row,
                {name: int(rank) for name, rank in ranks[i].items()},
                {"total": sum(units[i].values()) / len(units[i]), **units[i]},
                probability[i],
                Gates(**gates[i]),
            )
            for i, row in enumerate(rows.tolist())
        ]


def _columns(named: dict[str, Tensor]) -> list[dict[str, float]]:
    """Name -> `[k]` as k times name -> number."""
    values = zip(*(tensor.tolist() for tensor in named.values()), strict=True)
    return [dict(zip(named, column, strict=True)) for column in values]


class Index(Protocol):
    """A knowledge base that mentions can be ranked against.

    Attributes:
        model: fingerprint of the model that made it.
        entities: E entities; a row is a number in it.
    """

    model: str
    entities: EntityTable

    def __len__(self) -> int: ...
    def query(self, mention: Side, restrict: Tensor | None = None) -> Answers: ...
    def picked(self, rows: Sequence[int]) -> Side: ...


Q = TypeVar("Q", bound=Answers)


@torch.inference_mode()
def queries(
    count: int,
    side: Callable[[slice], Side],
    query: Callable[[Side], Q],
    progress: Progress | None = None,
    batch: int = BATCH,
) -> Iterator[tuple[slice, Q]]:
    """Which of `count` mentions, and what can be asked about them, a batch at a time.

    Args:
        side: encodes and projects some of the mentions.
        query: makes the questions about them, as `Index.query`.
        progress: called with (done, count) mentions, when all was asked about a batch.
    """
    for start in range(0, count, batch):
        part = slice(start, min(start + batch, count))
        yield part, query(side(part))
        if progress is not None:
            progress(part.stop, count)

"""What an index answers, wherever its entities are: the seam between one machine and a cluster.

`index.EntityIndex` answers in this process, `cluster.index.ClusterIndex` asks many. Both give the
same ranks and, up to the rounding of float32, the same numbers.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Protocol

from torch import Tensor

from mimic.index.query import EQUAL, Hits
from mimic.index.shards import EntityTable

if TYPE_CHECKING:
    from mimic.model.mimic import Side


class Answers(Protocol):
    """The questions about M mentions and all E entities; `query.Query` says what each one is."""

    count: int
    size: int

    def top(
        self, k: int, weights: Sequence[float] = EQUAL, restrict: Tensor | None = None
    ) -> Hits: ...
    def hits(self, rows: Tensor, weights: Sequence[float] = EQUAL) -> Hits: ...
    def scores(self) -> dict[str, Tensor]: ...
    def unit_ranks(self, mention: int, rows: Tensor) -> dict[str, Tensor]: ...
    def probability(
        self, mention: int, rows: Tensor, temperature: float, restrict: Tensor | None = None
    ) -> Tensor: ...
    def rank_of(self, gold: Tensor, weights: Sequence[float] = EQUAL) -> Tensor: ...


class Index(Protocol):
    """A knowledge base that mentions can be ranked against.

    Attributes:
        model: fingerprint of the model that made it.
        entities: E entities; a row is a number in it.
    """

    model: str
    entities: EntityTable

    def __len__(self) -> int: ...
    def query(self, mention: Side) -> Answers: ...
    def picked(self, rows: Sequence[int]) -> Side: ...

"""Rerankers whose answers can be worked out by hand."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import torch
from torch import Tensor

from mimic.rerank.reranker import Mix, RerankError, Shortlist


@dataclass
class Likes:
    """A point for each candidate with that in its identifier, and none for the others; it counts
    for all, and the model's score for nothing."""

    word: str
    looked: int = 4
    model: str = ""
    mix: Mix = Mix(0.0, 1.0)
    right: float | None = 80.0
    name: str = "likes"
    seen: list[Shortlist] = field(default_factory=list)

    def scores(self, shortlist: Shortlist) -> Tensor:
        self.seen.append(shortlist)
        return torch.tensor([float(self.word in e.id) for e in shortlist.entities])

    def costs(self) -> dict[str, Any] | None:
        return None


class Fails(Likes):
    """Always fails."""

    def scores(self, shortlist: Shortlist) -> Tensor:
        raise RerankError("answers prose, not JSON")

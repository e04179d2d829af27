"""The seam: what takes a mention and its first candidates, and scores each of them again."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Protocol

import torch
from torch import Tensor

from mimic.errors import InputError
from mimic.schema import Entity, Mention

LOOKED = 10  # candidates that are looked at again


class RerankError(Exception):
    """A second look came to nothing; the message says why, and the first ranking stands."""


@dataclass(frozen=True)
class Shortlist:
    """A mention and its first k candidates, in the model's order.

    Attributes:
        units: float32 `[k, 3]`, raw scores of TGLU, VDLU and CMFU.
        gates: float32 `[k, 4]`, in the order of `schema.Gates`.
        temperature: T of the model.
    """

    mention: Mention
    entities: tuple[Entity, ...]
    units: Tensor
    gates: Tensor
    temperature: float

    def __len__(self) -> int:
        return len(self.entities)

    @cached_property
    def scores(self) -> Tensor:
        """The model's scores `[k]`, over its temperature."""
        return self.units.mean(1) / self.temperature


@dataclass(frozen=True)
class Mix:
    """How much the model's score (over T) and the reranker's count in the order of both."""

    first: float = 1.0
    second: float = 1.0

    def __call__(self, first: Tensor, second: Tensor) -> Tensor:
        return self.first * first.double() + self.second * second.double()

    @classmethod
    def from_record(cls, record: Any, source: str) -> Mix:
        """From JSON.

        Raises:
            InputError: these are not two numbers that can weigh.
        """
        values = [record.get(n) for n in ("first", "second")] if isinstance(record, dict) else []
        fine = [
            isinstance(v, int | float) and not isinstance(v, bool) and math.isfinite(v) and v >= 0
            for v in values
        ]
        if len(fine) != 2 or not all(fine):
            raise InputError(f"{source}: 'mix' is not two numbers from 0, first and second")
        return cls(*map(float, values))  # type: ignore[arg-type]


class Reranker(Protocol):
    """Scores the candidates of a shortlist again.

    Attributes:
        name: what results call it.
        looked: how many candidates it looks at.
        model: fingerprint of the model whose shortlists it learnt from; `""` for any.
        mix: weights of both scores.
        right: percentage of dev's mentions where it was right when it overruled; `None`: not known.
    """

    @property
    def name(self) -> str: ...
    @property
    def looked(self) -> int: ...
    @property
    def model(self) -> str: ...
    @property
    def mix(self) -> Mix: ...
    @property
    def right(self) -> float | None: ...

    def scores(self, shortlist: Shortlist) -> Tensor:
        """A score `[k]` for each candidate, higher for the better.

        Raises:
            RerankError: there is none to be had.
        """
        ...

    def costs(self) -> dict[str, Any] | None:
        """What was spent so far, for reports; `None` for one that spends nothing."""
        ...


def fit_mix(lists: Sequence[tuple[Tensor, Tensor, int]]) -> Mix:
    """The weights that make the right candidates most likely (a conditional logit).

    Args:
        lists: of each mention the model's scores over T `[k]`, the reranker's `[k]`, and the place
            of the right candidate; those without one (-1) say nothing.

    Raises:
        InputError: there is no mention to fit on.
    """
    told = [(a.double(), b.double(), gold) for a, b, gold in lists if gold >= 0 and len(a) > 1]
    if not told:
        raise InputError(
            "the weights of a second look need mentions of dev whose answer is among their first "
            "candidates, and there is none"
        )
    longest = max(len(a) for a, _, _ in told)
    both = torch.zeros(len(told), longest, 2, dtype=torch.float64)
    closed = torch.ones(len(told), longest, dtype=torch.bool)
    for row, (a, b, _) in enumerate(told):
        both[row, : len(a)] = torch.stack([a, b], 1)
        closed[row, : len(a)] = False
    gold = torch.tensor([place for _, _, place in told])
    root = torch.ones(2, dtype=torch.float64, requires_grad=True)  # squared: no weight is negative
    solver = torch.optim.LBFGS([root], max_iter=200, line_search_fn="strong_wolfe")

    def loss() -> Tensor:
        solver.zero_grad()
        logits = (both @ root**2).masked_fill(closed, -math.inf)
        # A little is taken off large weights: lists without a mistake would ask for infinite ones.
        value = torch.nn.functional.cross_entropy(logits, gold) + 1e-4 * (root**4).sum()
        value.backward()
        return value

    solver.step(loss)
    first, second = (root.detach() ** 2).tolist()
    return Mix(first, second)

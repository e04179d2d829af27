"""Query: the answers about some mentions, from what is known of them with every entity.

Every answer is exact: it is what the units' direct form gives, up to the rounding of float32.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

import torch
from torch import Tensor

from mimic.index.fast_units import (
    BETA,
    CMFU_GATE,
    EntityBlock,
    FastUnits,
    picked,
    starts,
    token_queries,
    vectors,
)
from mimic.index.pair_scores import PairScores, weighted
from mimic.index.protocol import EQUAL, PAIRS, RANK_BY, Answers, Hits
from mimic.index.side_by_side import Result, side_by_side
from mimic.metrics import count_ahead

if TYPE_CHECKING:  # without an encoder
    from mimic.model.mimic import Side

#: Attention is computed for this many entities before the first look at the k-th best, and
#: for twice as many before each further one.
BATCH = 256
#: How far the softmax's denominator may be off, as a share of it, for what stays between bounds.
MASS = 5e-4
#: What a bound beyond all numbers counts for, so that sums stay numbers.
MOST = 1e30
#: Entities whose bounds are drawn closer at least before that share is looked at again; then twice
#: as many.
LOOK = 1024


class Query(PairScores, Answers):
    """Ranks and scores M mentions against the entities of some blocks, exactly.

    Takes the arguments of `PairScores`. Equal scores rank in the order of the entities.

    Args:
        restrict: bool `[M, E]`; every answer is of these entities alone, and the others, where they
            are asked for, rank behind them with a probability of 0.
    """

    def __init__(
        self,
        units: FastUnits,
        mention: Side,
        blocks: Sequence[EntityBlock],
        restrict: Tensor | None = None,
    ) -> None:
        super().__init__(units, mention, blocks)
        self._restrict = restrict
        self._masses: dict[tuple[int, float], Tensor] = {}

    @torch.inference_mode()
    def top(self, k: int, weights: Sequence[float] = EQUAL, restrict: Tensor | None = None) -> Hits:
        """The first k entities of each mention by the weighted sum of the units.

        Args:
            k: from 1 to the number of entities that may be found.
            weights: of TGLU, VDLU and CMFU, none negative.
            restrict: bool `[E]`, or `[M, E]` for each mention its own; only these are ranked.
        """
        if restrict is None:
            restrict = torch.ones(1, dtype=torch.bool)
        if self._restrict is not None:
            restrict = restrict.to(self._restrict.device) & self._restrict
        restrict = restrict.to(self.known()["global"].device).expand(self.count, self.size)
        first = self.each(lambda i: self._first(i, k, weights, restrict[i]))
        return self.hits(torch.stack(first), weights)

    @torch.inference_mode()
    def hits(self, rows: Tensor, weights: Sequence[float] = EQUAL) -> Hits:
        """All about given entities of each mention, `[M, k]`."""
        self.each(lambda i: self.refine(i, rows[i]))
        parts = {name: values.gather(1, rows) for name, values in self.known().items()}
        both = parts["global"] + parts["local"]
        total = weighted(both, parts["vdlu"], parts["cmfu"], weights)
        scored = 1 - float(self.known()["local"].isnan().float().mean())
        return Hits(rows, total, _units(parts), self._gates(rows), scored)

    def each(self, work: Callable[[int], Result]) -> list[Result]:
        """`work` of every mention: what is known is kept for each of its own."""
        if self.known()["global"].device.type != "cpu":
            return super().each(work)
        return side_by_side(work, self.count)

    def ceiling(self, mention: int, weights: Sequence[float], local: str = "high") -> Tensor:
        """As `PairScores`, and minus infinity for what is not ranked."""
        score = super().ceiling(mention, weights, local)
        if self._restrict is None:
            return score
        return score.masked_fill_(~self._restrict[mention], -math.inf)

    def _first(self, mention: int, k: int, weights: Sequence[float], restrict: Tensor) -> Tensor:
        """Rows `[k]` of one mention's best entities."""
        closed = ~restrict
        size = min(max(BATCH, 2 * k), self.size)
        order = self.ceiling(mention, weights, "guess").masked_fill_(closed, -math.inf)
        batch = order.nan_to_num_(nan=-math.inf).topk(size).indices
        while True:
            self.refine(mention, batch)
            best = self.ceiling(mention, weights).masked_fill_(closed, -math.inf)
            best.nan_to_num_(nan=-math.inf)
            unknown = self.known()["local"][mention].isnan()
            least = best.masked_fill(unknown, -math.inf).topk(k).values[-1]
            open_ = (unknown & (best >= least) & ~closed).nonzero()[:, 0]
            if not len(open_):
                break
            size *= 2
            if len(open_) > size and not self.known()["tight"][mention][open_].all():
                self.tighten(mention, open_)
                batch, size = open_[:0], size // 2
                continue
            batch = open_[best[open_].topk(min(size, len(open_))).indices]
        ahead = (best >= least).nonzero()[:, 0]
        return ahead[best[ahead].sort(descending=True, stable=True).indices[:k]]

    def _gates(self, rows: Tensor) -> dict[str, Tensor]:
        """Gates of the given pairs."""
        gates: dict[str, list[Tensor]] = {
            "vdlu_entity_to_mention": [], "vdlu_mention_to_entity": [], "cmfu_entity": []
        }  # fmt: skip
        for i, own in enumerate(rows):
            block = picked(self.blocks, own)
            cheap = self.cheap([block], block["numbers"].T)
            cheap["cmfu_entity"] = block["numbers"][:, CMFU_GATE].expand(self.count, -1)
            for name, parts in gates.items():
                parts.append(cheap[name][i])
        mention = {"cmfu_mention": self.mention["cmfu"]["gate"][:, None]}
        return mention | {name: torch.stack(parts) for name, parts in gates.items()}

    @torch.inference_mode()
    def scores(self) -> dict[str, Tensor]:
        """`score`, `tglu`, `vdlu`, `cmfu` of all pairs, each `[M, E]`."""
        everything = torch.arange(self.size, device=self.known()["global"].device)
        self.each(lambda i: self.refine(i, everything))
        units = _units(self.known())
        return {"score": (units["tglu"] + units["vdlu"] + units["cmfu"]) / 3, **units}

    @torch.inference_mode()
    def ranks(self, mention: int, rows: Tensor) -> dict[str, Tensor]:
        """Rank from 1 of the given entities among all in each list of `RANK_BY`, `[k]`."""
        self.refine(mention, rows)
        values = {name: self.ceiling(mention, own)[rows] for name, own in RANK_BY.items()}
        return {name: 1 + n for name, n in self.lists_ahead(mention, values, rows).items()}

    @torch.inference_mode()
    def lists_ahead(
        self, mention: int, values: dict[str, Tensor], rows: Tensor
    ) -> dict[str, Tensor]:
        """How many entities rank ahead of k given ones in each list of `RANK_BY`, `[k]`.

        Args:
            values: list -> `[k]`, the given entities' scores.
            rows: `[k]`, where they stand; below 0 or from E on where they are no part of this
                query's entities.
        """
        for closer in (self.tighten, self.refine):
            for name in ("tglu", "total"):  # the others hold no attention
                closer(mention, self._straddling(mention, RANK_BY[name], values[name]))
        return {
            name: count_ahead(self.ceiling(mention, own), values[name], rows)
            for name, own in RANK_BY.items()
        }

    def _straddling(self, mention: int, weights: Sequence[float], values: Tensor) -> Tensor:
        """The entities with some of the values between their bounds: an interval that holds none
        lies on one side of each."""
        edges = values.sort().values
        low, high = (self.ceiling(mention, weights, bound) for bound in ("low", "high"))
        near = (high >= edges[0]).nonzero()[:, 0]
        below, upto = (
            torch.searchsorted(edges, bound[near], right=right)
            for bound, right in ((low, False), (high, True))
        )
        return near[upto > below]

    @torch.inference_mode()
    def probability(
        self,
        mention: int,
        rows: Tensor,
        temperature: float,
        restrict: Tensor | None = None,
        edges: Sequence[float] | None = None,
    ) -> Tensor:
        """Softmax over all entities of score / temperature, for the given ones, `[k]`.

        The denominator is exact to `MASS` of it.

        Args:
            restrict: bool `[E]`; only over these entities, of which the given ones are some.
            edges: probabilities; it is then only told on which side of each one the true
                probability lies (at it is above it), which spares most of the work.
        """
        self.refine(mention, rows)
        score = self._open(mention, temperature, restrict)[rows]
        floor = self._known_mass(mention, temperature, restrict)
        if edges is not None:
            heights = (score - floor).exp()

            def told(low: Tensor, high: Tensor) -> bool:
                least, most = heights / high, heights / low
                return all(bool(((least >= edge) | (most < edge)).all()) for edge in edges)

            return (score - self.mass(mention, temperature, floor, restrict, until=told)).exp()
        return (score - self._whole(mention, temperature, floor, restrict)).exp()

    def _whole(
        self, mention: int, temperature: float, floor: Tensor, restrict: Tensor | None
    ) -> Tensor:
        """`mass` of everything; kept, since a linker asks for its candidates and for its doubt."""
        key = (mention, temperature)
        if restrict is None and key in self._masses:
            return self._masses[key]
        mass = self.mass(mention, temperature, floor, restrict)
        if restrict is None:
            self._masses[key] = mass
        return mass

    @torch.inference_mode()
    def mass(
        self,
        mention: int,
        temperature: float,
        floor: Tensor,
        restrict: Tensor | None = None,
        parts: int = 1,
        until: Callable[[Tensor, Tensor], bool] | None = None,
    ) -> Tensor:
        """Logarithm of the softmax's denominator over this query's entities.

        Args:
            floor: logarithm of what is known of the whole denominator, of which this is one of
                `parts`; over all parts the result is exact to `MASS` of it.
            until: whether two numbers are close enough that the denominator, as a multiple of the
                floor, lies between; then it need not be exact.
        """

        def bounds() -> tuple[Tensor, Tensor]:
            high, low = (self._open(mention, temperature, restrict, b) for b in ("high", "low"))
            return (high - floor).exp(), (low - floor).exp()

        high, low = bounds()
        for closer in (self.tighten, self.refine):
            size = max(LOOK, self.size // 16)
            while until is None or not until(low.sum(), high.sum()):
                # What is known may have grown beyond the floor.
                allowed = MASS / parts * low.sum().clamp(min=1)
                unsure = ((high - low) / 2).clamp(max=MOST)
                if closer == self.tighten:
                    unsure = unsure.masked_fill(self.known()["tight"][mention], 0)
                most, places = unsure.topk(min(size, self.size))
                rest = unsure.sum() - most.cumsum(0) + most  # of each and those after it
                if not len(open_ := places[rest > allowed]):
                    break
                closer(mention, open_)
                size *= 2
                high, low = bounds()
        return floor + ((high + low) / 2).sum().log()

    def _known_mass(
        self, mention: int, temperature: float, restrict: Tensor | None = None
    ) -> Tensor:
        """Logarithm of the softmax's denominator as far as scores have been computed."""
        score = self._open(mention, temperature, restrict)
        unknown = self.known()["local"][mention].isnan()
        return score.masked_fill(unknown, -math.inf).logsumexp(0)

    def _open(
        self, mention: int, temperature: float, restrict: Tensor | None, bound: str = "high"
    ) -> Tensor:
        """`[E]`: score / temperature, or its bound, of the entities that are there."""
        score = self.ceiling(mention, EQUAL, bound) / temperature
        return score if restrict is None else score.masked_fill(~restrict, -math.inf)

    @torch.inference_mode()
    def rank_of(self, gold: Tensor, weights: Sequence[float] = EQUAL) -> Tensor:
        """Rank `[M]` of each mention's own entity among all, from 1. An entity whose score is no
        number (NaN) ranks last."""
        return 1 + self.ahead(self.own_scores(gold, weights), gold, weights)

    @torch.inference_mode()
    def ahead(self, own: Tensor, gold: Tensor, weights: Sequence[float] = EQUAL) -> Tensor:
        """How many entities rank ahead of each mention's own, `[M]`; of more than `PAIRS` pairs
        nothing is kept, block by block.

        Args:
            own: `[M]`, the scores of the own entities.
            gold: `[M]`, their rows; below 0 or from E on where they are no part of this query's
                entities.
        """
        if self._known or self.count * self.size <= PAIRS:
            return self._ahead(own, gold, weights)
        count = torch.zeros_like(gold)
        for block, start in zip(self.blocks, starts(self.blocks), strict=False):
            part, end = self.within(block), start + len(block["numbers"])
            if self._restrict is not None:
                part._restrict = self._restrict[:, start:end]
            count += part._ahead(own, gold - start, weights)
        return count

    def _ahead(self, own: Tensor, gold: Tensor, weights: Sequence[float]) -> Tensor:
        place = torch.arange(self.size, device=self.known()["global"].device)

        def of(i: int) -> Tensor:
            for closer in (self.tighten, self.refine):
                low, high = (self.ceiling(i, weights, bound) for bound in ("low", "high"))
                closer(i, ((low <= own[i]) & (high >= own[i])).nonzero()[:, 0])
            low = self.ceiling(i, weights, "low")
            before = (low > own[i]) | ((low == own[i]) & (place < gold[i]))
            return (before & (place != gold[i])).sum()

        return torch.stack(self.each(of))

    @torch.inference_mode()
    def own_scores(self, gold: Tensor, weights: Sequence[float] = EQUAL) -> Tensor:
        """Score `[M]` of each mention with its own entity; minus infinity where it is no number."""
        rows = picked(self.blocks, gold)
        cheap = self.cheap([rows], rows["numbers"].T)
        cls, beta = vectors(rows, "cls"), rows["numbers"][:, BETA]
        local = [
            self.text.exact(i, *token_queries(rows, own), cls[own], beta[own])
            for i, own in ((i, slice(i, i + 1)) for i in range(self.count))
        ]
        text = (cheap["global"].diagonal() + torch.cat(local)) / 2
        total = weights[0] * text + weights[1] * cheap["vdlu"].diagonal()
        total = total + weights[2] * cheap["cmfu"].diagonal()
        return total.masked_fill(total.isnan(), -math.inf)


def _units(parts: dict[str, Tensor]) -> dict[str, Tensor]:
    """Scores of the units, from the parts that they are known by."""
    tglu = (parts["global"] + parts["local"]) / 2
    return {"tglu": tglu, "vdlu": parts["vdlu"], "cmfu": parts["cmfu"]}

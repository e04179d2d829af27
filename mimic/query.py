"""Query: all that is known of the scores of some mentions with every entity.

What is cheap is computed for all pairs at once; TGLU's local part, which is dear, only for the
entities that a question needs, and is then remembered. Every answer is exact: it is what the units'
direct form gives, up to the rounding of float32.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import torch
from torch import Tensor

from mimic.algebra import WITH_KEY, WITH_PATCHES
from mimic.fast_units import BETA, CMFU_GATE, KEY, QUERY, FastUnits, Rows, grouped, picked, starts
from mimic.local import LocalPart
from mimic.model import Side
from mimic.schema import UNITS

EQUAL = (1 / 3, 1 / 3, 1 / 3)
#: Attention is computed for this many chosen entities before the first look at the k-th best, and
#: for twice as many before each further one.
BATCH = 256
#: Probability mass that may stay bounded instead of computed, as a share of the whole.
MASS = 1e-5


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


class Query:
    """Scores of M mentions against the entities of some blocks.

    Args:
        units: of the model that made the blocks.
        mention: mention side, each tensor with M rows.
        blocks: the entities, in the order in which ties rank.
    """

    @torch.no_grad()
    def __init__(self, units: FastUnits, mention: Side, blocks: Sequence[Rows]) -> None:
        self.blocks, self.mention, self.units = blocks, mention, units
        self.size = sum(len(block["numbers"]) for block in blocks)
        self.count = len(mention["cmfu"]["fused"])
        probe = blocks[0]["query"]
        self.text = LocalPart(
            units.tglu, mention["tglu"], probe[:: max(1, len(probe) // 32)].float()
        )
        e2m, vdlu = units.e2m, mention["vdlu"]
        self._to_query, self._offset = e2m.key_vectors(vdlu["e2m_key"], vdlu["e2m_patches"])
        self._key_numbers = e2m.key_numbers(
            vdlu["e2m_key"], vdlu["e2m_patches"], vdlu.get("e2m_gate")
        ).T[..., None]
        self._to_patches, self._to_key = units.m2e.query_vectors(vdlu["m2e_query"])
        self._query_numbers = units.m2e.query_numbers(vdlu["m2e_query"], vdlu.get("m2e_gate")).T[
            ..., None
        ]
        self._known: dict[str, Tensor] = {}

    # --- what is cheap ----------------------------------------------------------------------

    def _cheap(self, rows: Rows) -> dict[str, Tensor]:
        """`global` (TGLU's global part), `vdlu`, `cmfu` and VDLU's two gates, `[M, n]`."""
        numbers = rows["numbers"].T[:, None]  # [NUMBERS, 1, n]
        query = rows["e2m_query"].float()
        products = (self._to_query.flatten(0, 1) @ query.T).unflatten(0, (5, self.count))
        inverse = numbers[QUERY][7]
        for row, offset in ((1, self._offset[0]), (3, self._offset[1])):
            products[row].mul_(inverse).add_(offset[:, None])
        e2m, e2m_gate = self.units.e2m.scores(
            products.unbind(), numbers[QUERY].unbind(), self._key_numbers.unbind()
        )
        patches = self._to_patches.flatten(0, 1) @ rows["m2e_patches"].float().T
        key = self._to_key.flatten(0, 1) @ rows["m2e_key"].float().T
        m2e, m2e_gate = self.units.m2e.scores(
            (
                *patches.unflatten(0, (WITH_PATCHES, self.count)),
                *key.unflatten(0, (WITH_KEY, self.count)),
            ),
            self._query_numbers.unbind(),
            numbers[KEY].unbind(),
        )
        return {
            "global": self.mention["tglu"]["global"] @ rows["global"].float().T,
            "vdlu": e2m.add_(m2e).div_(2),
            "cmfu": self.mention["cmfu"]["fused"] @ rows["fused"].float().T,
            "vdlu_entity_to_mention": e2m_gate,
            "vdlu_mention_to_entity": m2e_gate,
        }

    @torch.inference_mode()
    def _all(self) -> dict[str, Tensor]:
        """The cheap parts, guesses and bounds of all pairs, `[M, E]`, computed once."""
        if not self._known:
            parts = [self._of_block(block) for block in self.blocks]
            self._known = {name: torch.cat([p[name] for p in parts], 1) for name in parts[0]}
            self._known["local"] = torch.full_like(self._known["global"], math.nan)
        return self._known

    def _of_block(self, rows: Rows) -> dict[str, Tensor]:
        cheap, cls, beta = self._cheap(rows), rows["cls"].float(), rows["numbers"][:, BETA]
        high = [self.text.upper(i, cls, beta) for i in range(self.count)]
        return {
            **{name: cheap[name] for name in ("global", "vdlu", "cmfu")},
            "high": torch.stack(high),
            "guess": self.text.guessed(cls, beta),
        }

    def _low(self, mention: int) -> Tensor:
        """Lower bound of one mention's local part with every entity, `[E]`, where not known."""
        parts = [
            self.text.lower(mention, block["cls"].float(), block["numbers"][:, BETA])
            for block in self.blocks
        ]
        local = self._all()["local"][mention]
        return torch.where(local.isnan(), torch.cat(parts), local)

    # --- what is dear -----------------------------------------------------------------------

    def _refine(self, mention: int, rows: Tensor) -> None:
        """Computes the local part of one mention with the given entities, where not yet known."""
        local = self._all()["local"][mention]
        rows = rows[local[rows].isnan()]
        for block, inside, places in grouped(self.blocks, rows):
            numbers = block["numbers"][inside]
            local[places] = self.text.exact(
                mention, block["query"][inside], block["cls"][inside].float(), numbers[:, BETA]
            )
            self._all()["high"][mention][places] = local[places]

    def _ceiling(self, mention: int, weights: Sequence[float], local: str = "high") -> Tensor:
        """`[E]`: the score where the local part is known, else its bound (or guess)."""
        known, (text, vision, cross) = self._all(), weights
        score = known["global"][mention] + known[local][mention]
        score = score.mul_(text / 2).add_(known["vdlu"][mention], alpha=vision)
        return score.add_(known["cmfu"][mention], alpha=cross)

    # --- answers ----------------------------------------------------------------------------

    @torch.inference_mode()
    def top(self, k: int, weights: Sequence[float] = EQUAL, restrict: Tensor | None = None) -> Hits:
        """The first k entities of each mention by the weighted sum of the units.

        Args:
            k: from 1 to the number of entities that may be found.
            weights: of TGLU, VDLU and CMFU, none negative.
            restrict: bool `[E]`, or `[M, E]` for each mention its own; only these are ranked.
        """
        if restrict is not None:
            restrict = restrict.expand(self.count, self.size)
        found = [
            self._first(i, k, weights, None if restrict is None else restrict[i])
            for i in range(self.count)
        ]
        return self.hits(torch.stack(found), weights)

    @torch.inference_mode()
    def hits(self, rows: Tensor, weights: Sequence[float] = EQUAL) -> Hits:
        """All about chosen entities of each mention, `[M, k]`."""
        for i, chosen in enumerate(rows):
            self._refine(i, chosen)
        known = {name: values.gather(1, rows) for name, values in self._all().items()}
        units = {
            "tglu": (known["global"] + known["local"]) / 2,
            "vdlu": known["vdlu"],
            "cmfu": known["cmfu"],
        }
        total = sum(w * units[name] for w, name in zip(weights, UNITS, strict=True))
        assert isinstance(total, Tensor)
        scored = 1 - float(self._all()["local"].isnan().float().mean())
        return Hits(rows, total, units, self._gates(rows), scored)

    def _first(
        self, mention: int, k: int, weights: Sequence[float], restrict: Tensor | None
    ) -> Tensor:
        """Rows `[k]` of one mention's best entities."""
        closed = torch.zeros(self.size, dtype=torch.bool) if restrict is None else ~restrict
        closed = closed.to(self._all()["global"].device)
        size = min(max(BATCH, 2 * k), self.size)
        order = self._ceiling(mention, weights, "guess").masked_fill_(closed, -math.inf)
        batch = order.nan_to_num_(nan=-math.inf).topk(size).indices
        while True:
            self._refine(mention, batch)
            best = self._ceiling(mention, weights).masked_fill_(closed, -math.inf)
            best.nan_to_num_(nan=-math.inf)
            unknown = self._all()["local"][mention].isnan()
            least = best.masked_fill(unknown, -math.inf).topk(k).values[-1]
            open_ = (unknown & (best >= least) & ~closed).nonzero()[:, 0]
            if not len(open_):
                break
            size = min(2 * size, len(open_))
            batch = open_[best[open_].topk(size).indices]
        ahead = (best >= least).nonzero()[:, 0]
        return ahead[best[ahead].sort(descending=True, stable=True).indices[:k]]

    def _gates(self, rows: Tensor) -> dict[str, Tensor]:
        """Gates of the chosen pairs."""
        gates: dict[str, list[Tensor]] = {
            "vdlu_entity_to_mention": [], "vdlu_mention_to_entity": [], "cmfu_entity": []
        }  # fmt: skip
        for i, chosen in enumerate(rows):
            block = picked(self.blocks, chosen)
            found = self._cheap(block)
            found["cmfu_entity"] = block["numbers"][:, CMFU_GATE].expand(self.count, -1)
            for name, parts in gates.items():
                parts.append(found[name][i])
        own = {"cmfu_mention": self.mention["cmfu"]["gate"][:, None]}
        return own | {name: torch.stack(parts) for name, parts in gates.items()}

    @torch.inference_mode()
    def scores(self) -> dict[str, Tensor]:
        """`score`, `tglu`, `vdlu`, `cmfu` of all pairs, each `[M, E]`."""
        everything = torch.arange(self.size, device=self._all()["global"].device)
        for i in range(self.count):
            self._refine(i, everything)
        known = self._all()
        units = {
            "tglu": (known["global"] + known["local"]) / 2,
            "vdlu": known["vdlu"],
            "cmfu": known["cmfu"],
        }
        return {"score": (units["tglu"] + units["vdlu"] + units["cmfu"]) / 3, **units}

    @torch.inference_mode()
    def unit_ranks(self, mention: int, rows: Tensor) -> dict[str, Tensor]:
        """Rank from 1 of the given entities among all, by each unit alone, `[k]`."""
        self._refine(mention, rows)
        known = self._all()
        here = (known["global"] + known["local"])[mention][rows]
        low = known["global"][mention] + self._low(mention)
        high = (known["global"] + known["high"])[mention]
        # An interval that holds no candidate's value lies on one side of each.
        edges = here.sort().values
        straddles = torch.searchsorted(edges, high, right=True) > torch.searchsorted(edges, low)
        self._refine(mention, straddles.nonzero()[:, 0])
        places = {}
        for name, weights in zip(UNITS, torch.eye(3).tolist(), strict=True):
            score = self._ceiling(mention, weights)
            place = torch.empty_like(score, dtype=torch.long)
            order = score.sort(descending=True, stable=True).indices
            place[order] = torch.arange(1, self.size + 1, device=order.device)
            places[name] = place[rows]
        return places

    @torch.inference_mode()
    def probability(
        self, mention: int, rows: Tensor, temperature: float, restrict: Tensor | None = None
    ) -> Tensor:
        """Softmax over all entities of score / temperature, for the given ones, `[k]`.

        What is left out of the denominator weighs less than `MASS` of it.

        Args:
            restrict: bool `[E]`; only over these entities, of which the given ones are some.
        """
        self._refine(mention, rows)
        score = self._open(mention, temperature, restrict)
        peak = score[rows].max()
        weight = (score - peak).exp()
        unknown = self._all()["local"][mention].isnan()
        whole = weight.masked_fill(unknown, 0).sum()
        order = weight.masked_fill(~unknown, 0).sort(descending=True)
        rest = order.values.flip(0).cumsum(0).flip(0)
        self._refine(mention, order.indices[rest > MASS * whole])
        score = self._open(mention, temperature, restrict)
        known = score.masked_fill(self._all()["local"][mention].isnan(), -math.inf)
        return (score[rows] - known.logsumexp(0)).exp()

    def _open(self, mention: int, temperature: float, restrict: Tensor | None) -> Tensor:
        """`[E]`: score / temperature of the entities that are there."""
        score = self._ceiling(mention, EQUAL) / temperature
        return score if restrict is None else score.masked_fill(~restrict, -math.inf)

    @torch.inference_mode()
    def rank_of(self, gold: Tensor, weights: Sequence[float] = EQUAL) -> Tensor:
        """Rank `[M]` of each mention's own entity among all, from 1, block by block: nothing of
        size `[M, E]` is kept. An entity whose score is no number (NaN) ranks last."""
        right = self._own_scores(gold, weights)
        ranks = torch.ones(self.count, dtype=torch.long, device=gold.device)
        for block, start in zip(self.blocks, starts(self.blocks), strict=False):
            known = self._of_block(block)
            cls, beta = block["cls"], block["numbers"][:, BETA]
            place = torch.arange(start, start + len(beta), device=gold.device)
            for i in range(self.count):
                rest = weights[0] / 2 * known["global"][i] + weights[1] * known["vdlu"][i]
                rest = rest + weights[2] * known["cmfu"][i]
                bounds = (self.text.lower(i, cls.float(), beta), known["high"][i])
                low, high = (rest + weights[0] / 2 * bound for bound in bounds)
                unsure = ((low <= right[i]) & (high >= right[i])).nonzero()[:, 0]
                exact = self.text.exact(
                    i, block["query"][unsure], cls[unsure].float(), beta[unsure]
                )
                low[unsure] = rest[unsure] + weights[0] / 2 * exact
                ahead = (low > right[i]) | ((low == right[i]) & (place < gold[i]))
                ranks[i] += (ahead & (place != gold[i])).sum()
        return ranks

    def _own_scores(self, gold: Tensor, weights: Sequence[float]) -> Tensor:
        rows = picked(self.blocks, gold)
        cheap, cls, beta = self._cheap(rows), rows["cls"].float(), rows["numbers"][:, BETA]
        local = [
            self.text.exact(i, rows["query"][i : i + 1], cls[i : i + 1], beta[i : i + 1])
            for i in range(self.count)
        ]
        text = (cheap["global"].diagonal() + torch.cat(local)) / 2
        total = weights[0] * text + weights[1] * cheap["vdlu"].diagonal()
        total = total + weights[2] * cheap["cmfu"].diagonal()
        return total.masked_fill(total.isnan(), -math.inf)

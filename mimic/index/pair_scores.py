"""Pairs: what is known of the scores of some mentions with every entity.

What is cheap is computed for all pairs at once. TGLU's local part, which is dear, is held between
two bounds that are drawn closer, and computed, only for the pairs that a question needs.
"""

from __future__ import annotations

import copy
import math
from collections.abc import Sequence
from typing import TYPE_CHECKING, Self

import torch
from torch import Tensor

from mimic.errors import InputError
from mimic.index.fast_units import (
    BETA,
    KEY,
    LENGTH,
    QUERY,
    EntityBlock,
    FastUnits,
    grouped,
    met,
    token_queries,
    vectors,
)
from mimic.index.tglu_bounds import LocalPart

if TYPE_CHECKING:  # without an encoder
    from mimic.model.mimic import Side

#: Pairs whose numbers are worked on at once: enough that calls cost little beside the work, few
#: enough that they stay in the cache.
TOGETHER = 1 << 17


class PairScores:
    """What is known of the scores of M mentions with the entities of some blocks.

    Args:
        units: of the model that made the blocks.
        mention: mention side, each tensor with M rows.
        blocks: the entities, in the order in which ties rank.
    """

    @torch.no_grad()
    def __init__(self, units: FastUnits, mention: Side, blocks: Sequence[EntityBlock]) -> None:
        self.blocks, self.mention, self.units = blocks, mention, units
        self.size = sum(len(block["numbers"]) for block in blocks)
        self.count = len(mention["cmfu"]["fused"])
        step = max(1, len(blocks[0]["query"]) // 32)
        self.text = LocalPart(
            units.tglu, mention["tglu"], *token_queries(blocks[0], slice(None, None, step))
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

    def cheap(self, blocks: Sequence[EntityBlock], numbers: Tensor) -> dict[str, Tensor]:
        """`global` (TGLU's global part), `vdlu`, `cmfu` and VDLU's two gates, `[M, n]`.

        Args:
            numbers: those of the blocks, `[NUMBERS, n]`.
        """
        numbers = numbers[:, None]
        products = _met(self._to_query, blocks, "e2m_query")
        inverse = numbers[QUERY][7]
        for row, offset in ((1, self._offset[0]), (3, self._offset[1])):
            products[row].mul_(inverse).add_(offset[:, None])
        e2m, e2m_gate = self.units.e2m.scores(
            products.unbind(), numbers[QUERY].unbind(), self._key_numbers.unbind()
        )
        m2e, m2e_gate = self.units.m2e.scores(
            (
                *_met(self._to_patches, blocks, "m2e_patches"),
                *_met(self._to_key, blocks, "m2e_key"),
            ),
            self._query_numbers.unbind(),
            numbers[KEY].unbind(),
        )
        return {
            "global": _met(self.mention["tglu"]["global"], blocks, "global"),
            "vdlu": e2m.add_(m2e).div_(2),
            "cmfu": _met(self.mention["cmfu"]["fused"], blocks, "fused"),
            "vdlu_entity_to_mention": e2m_gate,
            "vdlu_mention_to_entity": m2e_gate,
        }

    @torch.inference_mode()
    def known(self) -> dict[str, Tensor]:
        """The cheap parts, guesses and widest bounds of all pairs, `[M, E]`, computed once.

        `low` and `high` hold the local part between them; they are drawn closer by `tighten`
        (then it is `tight`) and meet in `local`, which is NaN until `refine` computes it.
        """
        if not self._known:
            step = max(1, TOGETHER // (self.count * len(self.blocks[0]["numbers"])))
            parts = [
                self._of_blocks(self.blocks[start : start + step])
                for start in range(0, len(self.blocks), step)
            ]
            self._known = {name: torch.cat([p[name] for p in parts], 1) for name in parts[0]}
            self._known["local"] = torch.full_like(self._known["global"], math.nan)
            self._known["tight"] = torch.zeros_like(self._known["global"], dtype=torch.bool)
        return self._known

    def _of_blocks(self, blocks: Sequence[EntityBlock]) -> dict[str, Tensor]:
        numbers = torch.cat([block["numbers"].T for block in blocks], 1)
        cheap, beta = self.cheap(blocks, numbers), numbers[BETA]
        reach = self.text.widest(numbers[LENGTH], beta)
        return {
            **{name: cheap[name] for name in ("global", "vdlu", "cmfu")},
            "low": (beta - reach).repeat(self.count, 1),
            "high": (beta + reach).repeat(self.count, 1),
            "guess": _met(self.text.guess, blocks, "cls").add_(beta),
        }

    def tighten(self, mention: int, rows: Tensor) -> None:
        """Bounds the local part of one mention with the given entities by the mention's values,
        where that has not been done yet."""
        known = self.known()
        rows = rows[~known["tight"][mention][rows] & known["local"][mention][rows].isnan()]
        for block, inside, places in grouped(self.blocks, rows):
            cls, beta = vectors(block, "cls", inside), block["numbers"][inside, BETA]
            low, high = self.text.bounds(mention, cls, beta)
            known["low"][mention][places], known["high"][mention][places] = low, high
        known["tight"][mention][rows] = True

    def refine(self, mention: int, rows: Tensor) -> None:
        """Computes the local part of one mention with the given entities, where not yet known.

        Raises:
            InputError: it is no number, which a damaged index or model gives.
        """
        local = self.known()["local"][mention]
        rows = rows[local[rows].isnan()]
        for block, inside, places in grouped(self.blocks, rows):
            numbers = block["numbers"][inside]
            cls = vectors(block, "cls", inside)
            local[places] = self.text.exact(
                mention, *token_queries(block), cls, numbers[:, BETA], inside
            )
            for bound in ("low", "high"):
                self.known()[bound][mention][places] = local[places]
        if local[rows].isnan().any():
            raise InputError(
                "scores that are no numbers (NaN): the index or the model is damaged; build the "
                "index again, with a model that `evaluate` can rank with"
            )

    def ceiling(self, mention: int, weights: Sequence[float], local: str = "high") -> Tensor:
        """`[E]`: the score where the local part is known, else its bound (or guess)."""
        known = {name: values[mention] for name, values in self.known().items()}
        return weighted(known["global"] + known[local], known["vdlu"], known["cmfu"], weights)

    def within(self, block: EntityBlock) -> Self:
        """The same mentions against one block alone."""
        part = copy.copy(self)
        part.blocks, part.size, part._known = [block], len(block["numbers"]), {}
        return part


def weighted(text: Tensor, vision: Tensor, cross: Tensor, weights: Sequence[float]) -> Tensor:
    """The score from twice TGLU's, VDLU's and CMFU's: one formula, so that equal stays equal."""
    score = text * (weights[0] / 2)
    return score.add_(vision, alpha=weights[1]).add_(cross, alpha=weights[2])


def _met(of: Tensor, blocks: Sequence[EntityBlock], name: str) -> Tensor:
    """Inner products `[..., n]` of vectors `[..., D]` with a vector of each entity."""
    products = torch.cat([met(of.flatten(0, -2), block, name) for block in blocks], 1)
    return products.unflatten(0, of.shape[:-1])

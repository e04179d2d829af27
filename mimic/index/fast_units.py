"""The units in the form that a search uses, and what an index keeps of an entity for it."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import torch
from torch import Tensor

from mimic.index.vdlu_algebra import KEY_NUMBERS, QUERY_NUMBERS, DirectionAlgebra

if TYPE_CHECKING:  # without an encoder
    from mimic.model.mimic import Mimic, Side

#: One block of entities: `query` `[n, L, D]` and `attention` (CMFU's) `[n, P]` in the stored
#: precision, `VECTORS` `[n, T or D]` (see `vectors`), `numbers` float32 `[n, NUMBERS]`; where the
#: model masks padding, `mask` bool `[n, L]`, the tokens that count.
EntityBlock = dict[str, Tensor]
#: In 16 bits they are fixed point, whole numbers of `steps` float32 `[n, 6]`: in as many bits of
#: floating point, whose steps grow with the number, near neighbours would change places.
VECTORS = ("global", "cls", "fused", "e2m_query", "m2e_key", "m2e_patches")
#: Columns of `numbers`.
QUERY = slice(0, QUERY_NUMBERS)
KEY = slice(QUERY.stop, QUERY.stop + KEY_NUMBERS)
BETA, LENGTH, CMFU_GATE, NUMBERS = KEY.stop, KEY.stop + 1, KEY.stop + 2, KEY.stop + 3

STEPS = torch.iinfo(torch.int16).max


class FastUnits:
    """The units of a model in the form that a search uses."""

    def __init__(self, model: Mimic) -> None:
        self.tglu = model.tglu
        self.e2m = DirectionAlgebra(model.vdlu.entity_to_mention)
        self.m2e = DirectionAlgebra(model.vdlu.mention_to_entity)

    @torch.inference_mode()
    def stored(self, side: Side, dtype: torch.dtype = torch.float32) -> EntityBlock:
        """What an index keeps of the entity side. The numbers fit the rounded vectors."""
        vdlu = side["vdlu"]
        exact = {**side["tglu"], **side["cmfu"], **vdlu}
        rows = {name: exact[name].to(dtype) for name in ("query", "attention")}
        rows |= _masked(exact)
        if dtype == torch.float32:
            rows |= {name: exact[name] for name in VECTORS}
        else:
            fixed = {name: _fixed(exact[name]) for name in VECTORS}
            rows |= {name: counts for name, (counts, _) in fixed.items()}
            rows["steps"] = torch.cat([step for _, step in fixed.values()], 1)
        wide = {name: vectors(rows, name) for name in VECTORS}
        cls = wide["cls"]
        numbers = (
            self.e2m.query_numbers(wide["e2m_query"], vdlu.get("e2m_gate")),
            self.m2e.key_numbers(wide["m2e_key"], wide["m2e_patches"], vdlu.get("m2e_gate")),
            (cls @ self.tglu.context_norm.bias)[:, None],
            (cls * self.tglu.context_norm.weight).norm(dim=-1, keepdim=True),
            side["cmfu"]["gate"][:, None],
        )
        return rows | {"numbers": torch.cat(numbers, 1)}

    def side(self, rows: EntityBlock) -> Side:
        """The units' own entity side, from what an index keeps of it."""
        wide = {name: rows[name].float() for name in ("query", "attention", "numbers")}
        wide |= {name: vectors(rows, name) for name in VECTORS}
        vdlu = {name: wide[name] for name in ("e2m_query", "m2e_key", "m2e_patches")}
        if self.e2m.concat:
            vdlu["e2m_gate"] = wide["numbers"][:, QUERY.stop - 1]
            vdlu["m2e_gate"] = wide["numbers"][:, KEY.stop - 1]
        cmfu = {name: wide[name] for name in ("fused", "attention")}
        return {
            "tglu": {name: wide[name] for name in ("global", "query", "cls")} | _masked(rows),
            "vdlu": vdlu,
            "cmfu": cmfu | {"gate": wide["numbers"][:, CMFU_GATE]},
        }


def _masked(rows: EntityBlock) -> EntityBlock:
    return {"mask": rows["mask"]} if "mask" in rows else {}


def token_queries(
    rows: EntityBlock, inside: Tensor | slice = slice(None)
) -> tuple[Tensor, Tensor | None]:
    """TGLU's queries `[n, L, D]` of all or some rows, and the mask of those that count."""
    return rows["query"][inside], rows["mask"][inside] if "mask" in rows else None


def vectors(rows: EntityBlock, name: str, inside: Tensor | slice = slice(None)) -> Tensor:
    """One of `VECTORS` of all or some rows of a block, float32 `[n, T or D]`."""
    values = rows[name][inside].float()
    return values * rows["steps"][inside, VECTORS.index(name), None] if "steps" in rows else values


def met(flat: Tensor, rows: EntityBlock, name: str) -> Tensor:
    """Inner products `[m, n]` of vectors `[m, T or D]` with one of `VECTORS` of each entity."""
    products = flat @ rows[name].float().T
    return products.mul_(rows["steps"][:, VECTORS.index(name)]) if "steps" in rows else products


def _fixed(vectors: Tensor) -> tuple[Tensor, Tensor]:
    """Vectors `[n, D]` as whole numbers of 16 bits and the step of each row, float32 `[n, 1]`."""
    largest = vectors.float().abs().amax(1, keepdim=True)
    step = (largest / STEPS).clamp(min=torch.finfo(torch.float32).tiny)
    return (vectors / step).round().to(torch.int16), step


def starts(blocks: Sequence[EntityBlock]) -> list[int]:
    """Number of the first row of each block, and at the end that of all rows."""
    return [0, *itertools.accumulate(len(block["numbers"]) for block in blocks)]


def grouped(
    blocks: Sequence[EntityBlock], rows: Tensor
) -> Iterator[tuple[EntityBlock, Tensor | slice, Tensor]]:
    """Each block that has any of the rows: the block, the rows in it, and in the whole, sorted."""
    rows, edges = rows.sort().values, starts(blocks)
    cuts = torch.searchsorted(rows, torch.tensor(edges, device=rows.device)).tolist()
    for block, start, a, b in zip(blocks, edges, cuts, cuts[1:], strict=False):
        inside = rows[a:b] - start
        if b - a == len(block["numbers"]) and bool((inside.diff() == 1).all()):
            yield block, slice(None), rows[a:b]  # all of them: no need to copy
        elif b > a:
            yield block, inside, rows[a:b]


def picked(blocks: Sequence[EntityBlock], rows: Tensor) -> EntityBlock:
    """Some rows as a block of their own, in the order asked for."""
    parts = [{n: t[inside] for n, t in block.items()} for block, inside, _ in grouped(blocks, rows)]
    back = rows.argsort().argsort()
    return {name: torch.cat([part[name] for part in parts])[back] for name in parts[0]}

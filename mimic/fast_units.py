"""The units in the form that a search uses, and what an index keeps of an entity for it."""

from __future__ import annotations

import torch
from torch import Tensor

from mimic.algebra import KEY_NUMBERS, QUERY_NUMBERS, DirectionAlgebra
from mimic.model import Mimic, Side

#: One block of entities: `global` `[n, T]`, `query` `[n, L, D]`, `cls`, `fused`, `e2m_query`,
#: `m2e_key`, `m2e_patches` `[n, D]` in the stored precision, `numbers` float32 `[n, NUMBERS]`.
Rows = dict[str, Tensor]
#: Columns of `numbers`.
QUERY = slice(0, QUERY_NUMBERS)
KEY = slice(QUERY.stop, QUERY.stop + KEY_NUMBERS)
BETA, CMFU_GATE, NUMBERS = KEY.stop, KEY.stop + 1, KEY.stop + 2


class FastUnits:
    """The units of a model in the form that a search uses."""

    def __init__(self, model: Mimic) -> None:
        self.tglu = model.tglu
        self.e2m = DirectionAlgebra(model.vdlu.entity_to_mention)
        self.m2e = DirectionAlgebra(model.vdlu.mention_to_entity)

    @torch.inference_mode()
    def stored(self, side: Side, dtype: torch.dtype = torch.float32) -> Rows:
        """What an index keeps of the entity side. The numbers fit the rounded vectors."""
        vdlu = side["vdlu"]
        rows = {
            "global": side["tglu"]["global"],
            "query": side["tglu"]["query"],
            "cls": side["tglu"]["cls"],
            "fused": side["cmfu"]["fused"],
            "e2m_query": vdlu["e2m_query"],
            "m2e_key": vdlu["m2e_key"],
            "m2e_patches": vdlu["m2e_patches"],
        }
        rows = {name: tensor.to(dtype) for name, tensor in rows.items()}
        cls = rows["cls"].float()
        numbers = (
            self.e2m.query_numbers(rows["e2m_query"].float(), vdlu.get("e2m_gate")),
            self.m2e.key_numbers(
                rows["m2e_key"].float(), rows["m2e_patches"].float(), vdlu.get("m2e_gate")
            ),
            (cls @ self.tglu.context_norm.bias)[:, None],
            side["cmfu"]["gate"][:, None],
        )
        return rows | {"numbers": torch.cat(numbers, 1)}

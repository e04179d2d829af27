"""A few scored pairs to ask a query about."""

from __future__ import annotations

import dataclasses

import torch
from torch import Tensor, nn

from mimic.index.fast_units import EntityBlock, FastUnits
from mimic.index.protocol import EQUAL
from mimic.index.query import Query
from mimic.model.mimic import Mimic, Side
from mimic.model.units import Cmfu, Features, Tglu, Vdlu
from mimic.schema import UNITS

WEIGHTS = [EQUAL, (1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (0.0, 0.0, 1.0), (0.2, 0.5, 0.3), (2, 0, 1)]


class Units(Mimic):
    """The three units without an encoder, with weights that are not those of a fresh LayerNorm."""

    def __init__(self, text: int, width: int, gate: str, seed: int) -> None:
        nn.Module.__init__(self)
        torch.manual_seed(seed)
        self.tglu, self.vdlu, self.cmfu = Tglu(text, width), Vdlu(width, gate), Cmfu(text, width)
        for parameter in self.parameters():
            nn.init.normal_(parameter, 0.1, 0.4)


class Case:
    """Random mentions and entities, scored by the direct form, and a way to ask the fast one.

    With `masked` any token but one of each text may be padding, not only the last ones.
    """

    def __init__(
        self, shape: tuple[int, ...], gate: str = "tanh", seed: int = 0, masked: bool = False
    ) -> None:
        m, e, text, width, length, patches = shape
        self.net = Units(text, width, gate, seed)

        def features(n: int) -> Features:
            sizes = ((n, text), (n, length, text), (n, width), (n, patches, width))
            drawn = Features(*(torch.randn(*size) for size in sizes))
            if not masked:
                return drawn
            mask = torch.rand(n, length) < torch.rand(n, 1)
            mask |= torch.arange(length) == torch.randint(length, (n, 1))
            return dataclasses.replace(drawn, text_mask=mask)

        with torch.no_grad():
            self.mention: Side = self.net.mention_side(features(m))
            self.entity: Side = self.net.entity_side(features(e))
        self.fast = FastUnits(self.net)
        self.rows = self.fast.stored(self.entity)

    def direct(self) -> dict[str, Tensor]:
        with torch.no_grad():
            return self.net.score(self.mention, self.entity)

    def query(self, rows: EntityBlock | None = None, block: int = 70) -> Query:
        rows = self.rows if rows is None else rows
        size = len(rows["numbers"])
        cuts = range(0, size, block)
        return Query(
            self.fast, self.mention, [{k: t[a : a + block] for k, t in rows.items()} for a in cuts]
        )

    def total(self, weights: tuple[float, ...]) -> Tensor:
        direct = self.direct()
        return sum(w * direct[u] for w, u in zip(weights, UNITS, strict=True))  # type: ignore

"""Entities -> the rows that an index stores."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import torch

from mimic.index.fast_units import EntityBlock, FastUnits
from mimic.model.mimic import Mimic
from mimic.model.processor import Processor
from mimic.schema import Entity

DTYPES = {"float32": torch.float32, "float16": torch.float16, "bfloat16": torch.bfloat16}


class EntityEncoder:
    """Encodes and projects entities with one model.

    Args:
        model: the model's fingerprint, which an index of its rows carries.
        batch: entities that are encoded at once.
    """

    def __init__(self, net: Mimic, processor: Processor, model: str, batch: int = 64) -> None:
        self.net, self.processor, self.model, self.batch = net, processor, model, batch
        self._units = FastUnits(net)

    @torch.inference_mode()
    def rows(
        self, entities: Sequence[Entity], dtype: str, tick: Callable[[int], None]
    ) -> tuple[EntityBlock, list[str]]:
        """Rows in the given precision, and for each entity a message when its picture cannot be
        read (it is then taken as missing), else "".

        Args:
            tick: called with the number of entities done so far.
        """
        parts: list[EntityBlock] = []
        troubles: list[str] = []
        for start in range(0, len(entities), self.batch):
            parts.append(self._encoded(entities[start : start + self.batch], dtype, troubles))
            tick(len(troubles))
        return {name: torch.cat([p[name] for p in parts]) for name in parts[0]}, troubles

    def _encoded(self, entities: Sequence[Entity], dtype: str, troubles: list[str]) -> EntityBlock:
        pixels = self.processor.pictures([e.image for e in entities], troubles)
        texts = self.processor.texts([e.name for e in entities], [e.description for e in entities])
        device = self.net.device
        features = self.net.features(
            texts.input_ids.to(device), texts.attention_mask.to(device), pixels.to(device)
        )
        rows = self._units.stored(self.net.entity_side(features), DTYPES[dtype])
        return {name: tensor.cpu() for name, tensor in rows.items()}

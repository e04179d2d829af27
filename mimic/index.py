"""EntityIndex: the entity side of every unit, projected once and stored."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import torch
from safetensors.torch import save_file
from torch import Tensor

from mimic.config import read_json
from mimic.data import KnowledgeBase
from mimic.errors import InputError
from mimic.model import Mimic, Side, read_tensors
from mimic.processor import Processor
from mimic.schema import Entity
from mimic.units import Trace

Progress = Callable[[int, int], None]
BLOCK = 1024  # entities that are scored at once: bounds the memory of TGLU's attention


class EntityIndex:
    """A knowledge base, ready to be scored against mentions.

    Args:
        entities: E entities, in the order in which ties rank.
        side: projections of every unit, each tensor with E rows.
        model: fingerprint of the model that made them.
        unreadable: pictures that could not be read and were taken as missing.
    """

    def __init__(
        self, entities: tuple[Entity, ...], side: Side, model: str, unreadable: tuple[str, ...] = ()
    ) -> None:
        self.entities = entities
        self.side = side
        self.model = model
        self.unreadable = unreadable

    def __len__(self) -> int:
        return len(self.entities)

    @classmethod
    @torch.inference_mode()
    def build(
        cls,
        model: Mimic,
        processor: Processor,
        kb: KnowledgeBase,
        fingerprint: str,
        batch: int = 64,
        progress: Progress | None = None,
    ) -> EntityIndex:
        """Encodes and projects every entity. An unreadable picture is counted and left blank."""
        parts: list[Side] = []
        unreadable: list[str] = []
        for start in range(0, len(kb.entities), batch):
            rows = kb.entities[start : start + batch]
            pixels = processor.blank(len(rows))
            for row, entity in enumerate(rows):
                if entity.image is not None:
                    try:
                        pixels[row] = processor.pictures([entity.image])[0]
                    except InputError as error:
                        unreadable.append(str(error))
            texts = processor.texts([e.name for e in rows], [e.description for e in rows])
            features = model.features(
                texts.input_ids.to(model.device),
                texts.attention_mask.to(model.device),
                pixels.to(model.device),
            )
            parts.append(model.entity_side(features))
            if progress is not None:
                progress(min(start + batch, len(kb.entities)), len(kb.entities))
        return cls(kb.entities, _joined(parts), fingerprint, tuple(unreadable))

    @torch.inference_mode()
    def scores(self, model: Mimic, mention: Side) -> dict[str, Tensor]:
        """`score`, `tglu`, `vdlu`, `cmfu`, each `[M, E]`, by the units' direct form in blocks."""
        blocks = [model.score(mention, side) for _, side in self._blocks()]
        return {name: torch.cat([b[name] for b in blocks], 1) for name in blocks[0]}

    @torch.inference_mode()
    def trace(self, model: Mimic, mention: Side, rows: list[int]) -> Trace:
        """Attention and gates of the given entities, in their order."""
        picked: Trace = {}
        model.score(mention, self.picked(rows), picked)
        return picked

    def row(self, entity: str) -> int:
        """Row of an identifier.

        Raises:
            InputError: it is not in the knowledge base.
        """
        for row, known in enumerate(self.entities):
            if known.id == entity:
                return row
        raise InputError(
            f"no entity {entity!r} in the knowledge base: give an id that `link` shows"
        )

    def picked(self, rows: Sequence[int]) -> Side:
        """The stored projections of some entities, in the order asked for."""
        return _rows(self.side, torch.tensor(rows))

    def save(self, folder: Path, dtype: torch.dtype = torch.float32) -> None:
        """Writes `index.safetensors` and `entities.json`, aside and then renamed.

        Paths of pictures below the folder are kept relative, so that it can be moved.
        """
        folder.mkdir(parents=True, exist_ok=True)
        flat = {
            f"{unit}.{name}": tensor.to("cpu", dtype).contiguous()
            for unit, part in self.side.items()
            for name, tensor in part.items()
        }
        table = {
            "model": self.model,
            "unreadable": list(self.unreadable),
            "entities": [
                [e.id, e.name, e.description, e.image and _stored_path(e.image, folder)]
                for e in self.entities
            ],
        }
        part = folder / f"index.{os.getpid()}.part"
        save_file(flat, part)
        os.replace(part, folder / "index.safetensors")
        part.write_text(json.dumps(table, ensure_ascii=False), "utf-8")
        os.replace(part, folder / "entities.json")

    @classmethod
    def load(cls, folder: Path, fingerprint: str, device: torch.device) -> EntityIndex:
        """Opens a stored index.

        Raises:
            InputError: a file is missing or damaged, or another model made the index.
        """
        table = read_json(folder / "entities.json")
        if not isinstance(table, dict) or {"model", "unreadable", "entities"} - set(table):
            raise InputError(f"{folder / 'entities.json'}: not the table of an index")
        if table["model"] != fingerprint:
            raise InputError(
                f"{folder}: was built with model {table['model']}, not {fingerprint}; "
                "build it again"
            )
        side: Side = {}
        for name, tensor in read_tensors(folder / "index.safetensors").items():
            unit, part = name.split(".")
            side.setdefault(unit, {})[part] = tensor.to(device, torch.float32)
        entities = tuple(
            Entity(key, name, text, folder / image if image else None)
            for key, name, text, image in table["entities"]
        )
        if any(len(t) != len(entities) for p in side.values() for t in p.values()):
            raise InputError(f"{folder}: tensors and entities.json do not fit: build it again")
        return cls(entities, side, fingerprint, tuple(table["unreadable"]))

    def _blocks(self) -> Iterator[tuple[int, Side]]:
        for start in range(0, len(self), BLOCK):
            yield start, _sliced(self.side, slice(start, start + BLOCK))


def built_with(folder: Path) -> str:
    """Fingerprint of the model that a stored index was built with."""
    return str(read_json(folder / "entities.json").get("model"))


def _stored_path(image: Path, folder: Path) -> str:
    whole, base = image.resolve(), folder.resolve()
    return str(whole.relative_to(base) if whole.is_relative_to(base) else whole)


def _sliced(side: Side, rows: slice) -> Side:
    return {u: {n: t[rows] for n, t in p.items()} for u, p in side.items()}


def _rows(side: Side, rows: Tensor) -> Side:
    return {u: {n: t[rows.to(t.device)] for n, t in p.items()} for u, p in side.items()}


def _joined(parts: list[Side]) -> Side:
    return {
        unit: {name: torch.cat([p[unit][name] for p in parts]) for name in parts[0][unit]}
        for unit in parts[0]
    }

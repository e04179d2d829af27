"""EntityIndex: the entity side of every unit, projected once, stored, and searched exactly."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

import torch
from torch import Tensor

from mimic.errors import InputError
from mimic.index.fast_units import EntityBlock, FastUnits, picked
from mimic.index.protocol import EQUAL, PAIRS, Hits, queries
from mimic.index.query import Query
from mimic.index.shard_reader import open_shards
from mimic.index.shard_writer import Make, made_here, write
from mimic.index.shards import SHARD, EntityTable, Line, Shard, read_manifest, steadily
from mimic.io.terminal import Progress
from mimic.schema import Entity

if TYPE_CHECKING:  # a search needs no encoder: what only searches starts without one
    from mimic.index.entity_encoder import EntityEncoder
    from mimic.model.mimic import Mimic, Side


class EntityIndex:
    """A knowledge base, ready to be searched by mentions. Make one with `build` or `open`.

    All scores are those of the units' direct form on the stored rows, up to the rounding of
    float32; entities with equal scores rank in the order of the index.

    Attributes:
        entities: E entities, read from the files when asked for.
        model: fingerprint of the model that made it.
        dtype: `float32`, `float16` or `bfloat16`.
    """

    def __init__(
        self, folder: Path, net: Mimic, model: str, dtype: str, shards: Sequence[Shard]
    ) -> None:
        self.folder, self.model, self.dtype = folder, model, dtype
        self.entities = EntityTable(folder, [shard.table for shard in shards])
        device = net.device
        self._shards = shards
        self._blocks: list[EntityBlock] = [
            {name: tensor.to(device) for name, tensor in shard.rows.items()} for shard in shards
        ]
        self._units = FastUnits(net)
        self._sizes = [len(shard.table) for shard in shards]

    def __len__(self) -> int:
        return len(self.entities)

    @property
    def blocks(self) -> Sequence[EntityBlock]:
        """What is stored of the entities, shard by shard, in their order.

        Raises:
            InputError: a file was changed in place, so that what is mapped of it may be gone.
        """
        if self._blocks[0]["numbers"].device.type == "cpu":  # elsewhere it is a copy
            for shard in self._shards:
                shard.check_unchanged()
        return tuple(self._blocks)

    @property
    def nbytes(self) -> int:
        """Size of the stored tensors in bytes."""
        return sum(t.nbytes for block in self._blocks for t in block.values())

    @cached_property
    def unreadable(self) -> tuple[str, ...]:
        """Messages of the pictures that could not be read and were taken as missing."""
        return tuple(filter(None, self.entities.column("trouble")))

    # --- made and opened ----------------------------------------------------------------------

    @classmethod
    def build(
        cls,
        folder: Path,
        encoder: EntityEncoder,
        entities: Sequence[Entity],
        dtype: str = "float32",
        progress: Progress | None = None,
    ) -> Self:
        """Encodes entities into a folder, as the function `build`, and opens it."""
        build(folder, encoder, entities, dtype, progress)
        return cls.open(folder, encoder.net, encoder.model, verify=False)

    @classmethod
    def open(cls, folder: Path, net: Mimic, model: str, verify: bool | None = None) -> Self:
        """Opens a stored index; on a CPU its pages are shared between processes.

        Args:
            verify: whether every byte is compared with the manifest; that of tensors only up to
                `shard_reader.CHECKED` bytes, when left out.

        Raises:
            InputError: a file is missing or damaged, or another model made the index.
        """

        def opened() -> tuple[dict[str, Any], list[Shard]]:
            manifest = manifest_of(folder, model)
            return manifest, open_shards(folder, manifest["shards"], verify)

        manifest, shards = steadily(folder, opened)
        return cls(folder, net, manifest["model"], manifest["dtype"], shards)

    # --- searched -----------------------------------------------------------------------------

    def query(self, mention: Side, restrict: Tensor | None = None) -> Query:
        """All questions about some mentions; what one answer computes, the next one uses.

        Args:
            restrict: bool `[M, E]`; all of them are then about these entities alone.
        """
        place = self._blocks[0]["numbers"].device
        restrict = None if restrict is None else restrict.to(place)
        return Query(self._units, mention, self.blocks, restrict)

    def search(
        self,
        mention: Side,
        k: int,
        restrict: Iterable[str] | None = None,
        weights: Sequence[float] = EQUAL,
    ) -> Hits:
        """The first k entities of each of M mentions.

        Args:
            k: from 1 to the number of entities that may be found.
            restrict: identifiers; only these entities are ranked.
            weights: of TGLU, VDLU and CMFU; the model's score is their mean.

        Raises:
            InputError: k or weights out of range, or an unknown identifier.
        """
        mask = None if restrict is None else self._mask(restrict)
        most = len(self) if mask is None else int(mask.sum())
        if not 1 <= k <= most:
            raise InputError(f"k is {k}; it must be from 1 to {most}")
        if len(weights) != 3 or min(weights) < 0:
            raise InputError(f"weights are {tuple(weights)}; there must be three, none negative")

        def side(part: slice) -> Side:
            return {u: {n: t[part] for n, t in tensors.items()} for u, tensors in mention.items()}

        count, size = len(mention["cmfu"]["fused"]), max(1, PAIRS // len(self))
        parts = queries(count, side, self.query, batch=size)
        return _joined([query.top(k, weights, mask) for _, query in parts])

    def scores(self, mention: Side) -> dict[str, Tensor]:
        """`score`, `tglu`, `vdlu`, `cmfu` of all pairs, each `[M, E]`."""
        return self.query(mention).scores()

    def picked(self, rows: Sequence[int]) -> Side:
        """The entity side of the units for some rows, in the order asked for."""
        places = torch.tensor(rows, device=self._blocks[0]["numbers"].device)
        return self._units.side(picked(self.blocks, places))

    def _mask(self, identifiers: Iterable[str]) -> Tensor:
        mask = torch.zeros(len(self), dtype=torch.bool)
        for key in identifiers:
            mask[self.entities.row(key)] = True
        return mask.to(self._blocks[0]["numbers"].device)

    # --- changed ------------------------------------------------------------------------------

    def add(self, encoder: EntityEncoder, entities: Sequence[Entity]) -> Self:
        """Appends entities and returns the new index; this one stays as it was.

        Raises:
            InputError: an identifier is there already, or, as for every change, another process
                writes to the index, or has changed it since this one was opened.
        """
        rows = self.entities.rows
        for entity in entities:
            if entity.id in rows:
                raise InputError(f"add: entity {entity.id!r} is there already; use update")
        chunks = self._chunks()
        for line in map(Line.of, entities):
            if len(chunks[-1]) >= SHARD:
                chunks.append([])
            chunks[-1].append(line)
        return self._rewritten(encoder, chunks)

    def update(self, encoder: EntityEncoder, entities: Sequence[Entity]) -> Self:
        """Puts entities in the place of those with the same identifiers.

        Raises:
            InputError: an identifier is not there.
        """
        self._check_known("update", [entity.id for entity in entities])
        new = {entity.id: Line.of(entity) for entity in entities}
        chunks = [[new.get(line.entity.id, line) for line in chunk] for chunk in self._chunks()]
        return self._rewritten(encoder, chunks)

    def remove(self, encoder: EntityEncoder, identifiers: Iterable[str]) -> Self:
        """Takes entities out.

        Raises:
            InputError: an identifier is not there, or nothing would be left.
        """
        gone = set(identifiers)
        self._check_known("remove", gone)
        if len(gone) == len(self):
            raise InputError("remove: nothing would be left of the knowledge base")
        chunks = [[ln for ln in chunk if ln.entity.id not in gone] for chunk in self._chunks()]
        return self._rewritten(encoder, chunks)

    def _check_known(self, what: str, identifiers: Iterable[str]) -> None:
        for key in identifiers:
            if key not in self.entities.rows:
                raise InputError(f"{what}: no entity {key!r} in the index")

    def _chunks(self) -> list[list[Line]]:
        lines = map(Line, self.entities, self.entities.column("digest"))
        return [[next(lines) for _ in range(size)] for size in self._sizes]

    def _rewritten(self, encoder: EntityEncoder, chunks: list[list[Line]]) -> Self:
        _check_identifiers([line.entity for chunk in chunks for line in chunk])
        if not fits(self.model, encoder.model):
            raise InputError(f"{self.folder}: was built with another model, {self.model}")
        write(
            self.folder,
            chunks,
            made_here(encoder.rows),
            self.model,
            self.dtype,
            expected=[shard.name for shard in self._shards],
        )
        return self.open(self.folder, encoder.net, self.model, verify=False)  # written just now


def fits(made: str, model: str) -> bool:
    """Whether an index that carries a fingerprint is of a model. One that was made before
    fingerprints knew the tokenizer has only their first part."""
    return made in (model, model.partition("-")[0])


def is_of(folder: Path, model: str) -> bool:
    """Whether a stored index is there that can be used, and is of this model."""
    try:
        return fits(read_manifest(folder)["model"], model)
    except InputError:
        return False


def manifest_of(folder: Path, model: str) -> dict[str, Any]:
    """The manifest of an index that this model can search.

    Raises:
        InputError: there is none, another model made it, or it holds nothing.
    """
    manifest = read_manifest(folder)
    if not fits(manifest["model"], model):
        raise InputError(
            f"{folder}: was built with model {manifest['model']}, not {model}; build it again"
        )
    if not manifest["shards"]:
        raise InputError(f"{folder}: the index holds no entities")
    return manifest


def build(
    folder: Path,
    encoder: EntityEncoder,
    entities: Sequence[Entity],
    dtype: str = "float32",
    progress: Progress | None = None,
    make: Make | None = None,
    verify: bool | None = None,
) -> None:
    """Encodes entities into a folder.

    What an earlier or interrupted build has left there is used again: an entity is encoded only
    when its texts or its picture changed. An unreadable picture is noted in `unreadable` and taken
    as missing.

    Args:
        dtype: `float32`, `float16` or `bfloat16`.
        progress: called with (done, total) entities.
        make: who makes the shards; this process, with the encoder, when left out.
        verify: of what is there already, as `EntityIndex.open`; what is damaged is made again.

    Raises:
        InputError: no entities, an identifier twice, another process writes there, or the disk
            does not take it.
    """
    _check_identifiers(entities)
    lines = [Line.of(entity) for entity in entities]
    chunks = [lines[start : start + SHARD] for start in range(0, len(lines), SHARD)]
    make = make or made_here(encoder.rows)
    write(folder, chunks, make, encoder.model, dtype, progress, verify=verify)


def _check_identifiers(entities: Sequence[Entity]) -> None:
    if not entities:
        raise InputError("a knowledge base needs at least one entity")
    seen: set[str] = set()
    for entity in entities:
        if entity.id in seen:
            raise InputError(f"the identifier {entity.id!r} is there twice")
        seen.add(entity.id)


def _joined(hits: Sequence[Hits]) -> Hits:
    if len(hits) == 1:
        return hits[0]
    return Hits(
        torch.cat([h.rows for h in hits]),
        torch.cat([h.total for h in hits]),
        {name: torch.cat([h.units[name] for h in hits]) for name in hits[0].units},
        {name: torch.cat([h.gates[name] for h in hits]) for name in hits[0].gates},
        sum(h.scored * len(h.rows) for h in hits) / sum(len(h.rows) for h in hits),
    )

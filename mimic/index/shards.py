"""The files of an index: shards that never change, and a manifest that names those that count.

    index.json                     model, precision, and the shards in order
    shard-<digest>.safetensors     tensors of up to `SHARD` entities, mapped into memory
    shard-<digest>.arrow           their identifiers, names, descriptions, pictures

A shard is named by what it holds, so that it never changes under whoever has it open.
`shard_writer.py` writes them.
"""

from __future__ import annotations

import contextlib
import hashlib
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import pyarrow as pa
from safetensors import SafetensorError, safe_open
from torch import Tensor

from mimic.config import read_json
from mimic.data.layout import MANIFEST
from mimic.errors import InputError
from mimic.schema import Entity

#: Entities of a shard: seconds of encoding, and a block that a search works through at once.
SHARD = 4096
FORMAT = 3
DTYPES = ("float32", "float16", "bfloat16")
LOCK = ".lock"
COLUMNS = ("id", "name", "description", "image", "trouble", "digest")

Rows = dict[str, Tensor]
Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Line:
    """An entity as a row of the table: its digest tells whether it must be encoded again."""

    entity: Entity
    digest: str

    @classmethod
    def of(cls, entity: Entity) -> Line:
        """The line of an entity as it is now: its texts, and its picture's place, size and time."""
        stamp = ""
        if entity.image is not None and entity.image.is_file():
            stat = entity.image.stat()
            stamp = f"{entity.image.resolve()} {stat.st_size} {stat.st_mtime_ns}"
        parts = (entity.id, entity.name, entity.description, stamp)
        return cls(entity, digest(*parts))


@dataclass(frozen=True)
class Shard:
    """An open shard: tensors that share the file's pages, and its table."""

    rows: Rows
    table: pa.Table


class Table(Sequence[Entity]):
    """The entities of some shards, read from their tables when asked for."""

    def __init__(self, folder: Path, tables: Sequence[pa.Table]) -> None:
        self.folder = folder
        self._table = pa.concat_tables(tables)

    def __len__(self) -> int:
        return int(self._table.num_rows)

    def __getitem__(self, row: Any) -> Any:
        if isinstance(row, slice):
            return [self[i] for i in range(*row.indices(len(self)))]
        if not -len(self) <= row < len(self):
            raise IndexError(row)
        return self._entity(self._table.slice(row % len(self), 1).to_pylist()[0])

    def __iter__(self) -> Iterator[Entity]:
        for batch in self._table.to_batches():
            yield from map(self._entity, batch.to_pylist())

    def column(self, name: str) -> list[str]:
        """One column of `COLUMNS`."""
        return list(self._table.column(name).to_pylist())

    @cached_property
    def rows(self) -> dict[str, int]:
        """Identifier -> row."""
        return {key: row for row, key in enumerate(self.column("id"))}

    def row(self, entity: str) -> int:
        """Row of an identifier.

        Raises:
            InputError: it is not in the knowledge base.
        """
        if entity not in self.rows:
            raise InputError(
                f"no entity {entity!r} in the knowledge base: give an id that `link` shows"
            )
        return self.rows[entity]

    def _entity(self, line: dict[str, str]) -> Entity:
        image = self.folder / line["image"] if line["image"] else None
        return Entity(line["id"], line["name"], line["description"], image)


def read_manifest(folder: Path) -> dict[str, Any]:
    """The manifest of an index.

    Raises:
        InputError: there is none, or it is not one that this version reads.
    """
    manifest = read_json(folder / MANIFEST)
    if not isinstance(manifest, dict) or {"model", "dtype", "shards"} - set(manifest):
        raise InputError(f"{folder / MANIFEST}: not the manifest of an index")
    if manifest.get("format") != FORMAT:
        raise InputError(
            f"{folder / MANIFEST}: format {manifest.get('format')!r}, this version reads "
            f"{FORMAT}; build the index again"
        )
    listed = manifest["shards"]
    names = [_shard_name(shard) for shard in (listed if isinstance(listed, list) else [listed])]
    if len(set(names)) < len(names) or manifest["dtype"] not in DTYPES or "" in names:
        raise InputError(f"{folder / MANIFEST}: damaged; build the index again")
    return manifest


def _shard_name(entry: Any) -> str:
    """The name in a line of the manifest; "" where it is none that this program gives."""
    fits = isinstance(entry, dict) and isinstance(entry.get("rows"), int)
    name = str(entry.get("name")) if fits else ""
    return name if re.fullmatch(r"shard-[0-9a-f]{24}", name) else ""


def same_texts(folder: Path, entities: Sequence[Entity]) -> bool:
    """Whether an index holds these entities with their names and descriptions, in this order."""
    shards = read_manifest(folder)["shards"]
    tables = [open_table(folder, shard["name"], shard["rows"]) for shard in shards]
    texts = [(e.id, e.name, e.description) for e in entities]
    columns = (table.select(COLUMNS[:3]).to_pydict().values() for table in tables)
    return texts == [line for found in columns for line in zip(*found, strict=True)]


def open_shard(folder: Path, name: str, size: int) -> Shard:
    """Maps a shard into memory.

    Raises:
        InputError: a file is missing, cut off, or does not have the rows that it should.
    """
    file = folder / f"{name}.safetensors"
    with _whole_or_told(file), safe_open(file, framework="pt") as opened:
        rows = {key: opened.get_tensor(key) for key in opened.keys()}  # noqa: SIM118
    if any(len(tensor) != size for tensor in rows.values()):
        raise InputError(f"{file}: has not the {size} rows it should; build the index again")
    return Shard(rows, open_table(folder, name, size))


def open_table(folder: Path, name: str, size: int) -> pa.Table:
    """Maps the table of a shard into memory; raises as `open_shard`."""
    file = folder / f"{name}.arrow"
    with _whole_or_told(file), pa.memory_map(str(file)) as source:
        table = pa.ipc.open_file(source).read_all()
    if set(table.column_names) != set(COLUMNS) or table.num_rows != size:
        raise InputError(f"{file}: damaged; build the index again")
    return table


@contextlib.contextmanager
def _whole_or_told(file: Path) -> Iterator[None]:
    try:
        yield
    except FileNotFoundError as error:
        missing = error.filename or file
        raise InputError(f"{missing}: missing; build the index again") from None
    except (SafetensorError, pa.ArrowInvalid, OSError, ValueError) as error:
        raise InputError(f"{file}: damaged ({error}); build the index again") from None


def digest(*parts: str) -> str:
    """A name for some content."""
    found = hashlib.blake2b(digest_size=12)
    for part in parts:
        found.update(f"{len(part)} {part}".encode())
    return found.hexdigest()

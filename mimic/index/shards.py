"""The files of an index: shards that never change, and a manifest that names those that count.

    index.json                     model, precision, and the shards in order, with their SHA-256
    shard-<digest>.safetensors     tensors of up to `SHARD` entities, mapped into memory
    shard-<digest>.arrow           their identifiers, names, descriptions, pictures, aliases, types

A shard is named by what it holds, so that it never changes under whoever has it open.
`shard_writer.py` writes them, `shard_reader.py` opens them.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, TypeVar

import pyarrow as pa
from torch import Tensor

from mimic.config import read_json
from mimic.data.layout import MANIFEST
from mimic.data.names import type_in
from mimic.errors import InputError
from mimic.schema import Entity

#: Entities of a shard: seconds of encoding, and a block that a search works through at once.
SHARD = 4096
FORMAT = 3
DTYPES = ("float32", "float16", "bfloat16")
LOCK = ".lock"
COLUMNS = ("id", "name", "description", "image", "trouble", "digest")
#: What no model reads of an entity, and what tables of before have not.
NAMES = ("aliases", "type", "url")
UNNAMED = pa.schema([(name, pa.string()) for name in COLUMNS])
SCHEMA = pa.schema(
    [*UNNAMED, ("aliases", pa.list_(pa.string())), ("type", pa.string()), ("url", pa.string())]
)
AGAIN = "build the index again"
SUFFIXES = (".safetensors", ".arrow")
EntityBlock = dict[str, Tensor]
#: A line of the manifest: `name`, `rows`, and `sha256`, which is suffix -> digest.
Entry = dict[str, Any]
#: Identity, size and time of a file.
Stamp = tuple[int, int, int]
T = TypeVar("T")


@dataclass(frozen=True)
class Line:
    """An entity as a row of the table: its digest tells whether it must be encoded again."""

    entity: Entity
    digest: str

    @property
    def names(self) -> str:
        """What changes when its aliases, type or address do; `""` where nothing is said of them
        that the description does not say: such a shard is the one of before there were any."""
        entity = self.entity
        kind = "" if entity.type == type_in(entity.description) else entity.type
        parts = (*entity.aliases, kind, entity.url)
        return digest(*parts) if any(parts) else ""

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
    """An open shard: tensors that share the file's pages, and its table.

    Attributes:
        stamp: of the file, when it was opened.
    """

    file: Path
    stamp: Stamp | None
    rows: EntityBlock
    table: pa.Table

    @property
    def name(self) -> str:
        return self.file.stem

    def check_unchanged(self) -> None:
        """To be called before mapped pages are read: one that is gone would end the process.

        A file that was removed or replaced still has its pages.

        Raises:
            InputError: the file was cut or written to in place.
        """
        now = stamp_of(self.file)
        if now is not None and self.stamp is not None:
            (inode, *now_it), (before, *then) = now, self.stamp
            if inode == before and now_it != then:
                raise InputError(
                    f"{self.file}: was changed in place while the index was open; build the index "
                    "again and open it anew"
                )


class EntityTable(Sequence[Entity]):
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
        """One column of texts."""
        return list(self._table.column(name).to_pylist())

    def named_as(self, entities: Sequence[Entity]) -> EntityTable:
        """The same entities with the aliases, types and addresses of others, row by row."""
        named = EntityTable(self.folder, [self._table])
        named._table = with_names(self._table.select(COLUMNS), entities)
        return named

    @property
    def fingerprint(self) -> str:
        """SHA-256 of the list of entities, their identifiers and texts, 16 hex digits."""
        hashed = hashlib.sha256()
        for column in ("id", "name", "description"):
            hashed.update("\0".join(self.column(column)).encode())
        return hashed.hexdigest()[:16]

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

    def _entity(self, line: dict[str, Any]) -> Entity:
        image = self.folder / line["image"] if line["image"] else None
        names = tuple(line["aliases"]), line["type"], line["url"]
        return Entity(line["id"], line["name"], line["description"], image, *names)


def with_names(table: pa.Table, entities: Sequence[Entity]) -> pa.Table:
    """A table of `UNNAMED` with the columns `NAMES` of its entities."""
    for name in NAMES:
        values = [getattr(entity, name) for entity in entities]
        table = table.append_column(SCHEMA.field(name), pa.array(values, SCHEMA.field(name).type))
    return table


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
            f"{FORMAT}; {AGAIN}"
        )
    listed = manifest["shards"]
    names = [_shard_name(shard) for shard in (listed if isinstance(listed, list) else [listed])]
    texts = isinstance(manifest["model"], str) and manifest["dtype"] in DTYPES
    if len(set(names)) < len(names) or not texts or "" in names:
        raise InputError(f"{folder / MANIFEST}: damaged; {AGAIN}")
    return manifest


def _shard_name(entry: Any) -> str:
    """The name in a line of the manifest; "" where it is none that this program writes."""
    fits = isinstance(entry, dict) and set(entry) - {"sha256"} == {"name", "rows"}
    fits = fits and isinstance(entry["rows"], int)
    fits = fits and isinstance(sums := entry.get("sha256", {}), dict) and set(sums) <= {*SUFFIXES}
    name = str(entry["name"]) if fits else ""
    return name if re.fullmatch(r"shard-[0-9a-f]{24}", name) else ""


def steadily(folder: Path, read: Callable[[], T]) -> T:
    """What `read` makes of an index, tried again when a writer replaced the manifest meanwhile.

    Raises:
        InputError: of `read`, when the manifest stayed as it was.
    """
    while True:
        before = stamp_of(folder / MANIFEST)
        try:
            return read()
        except InputError:
            if stamp_of(folder / MANIFEST) == before:
                raise


def stamp_of(file: Path) -> Stamp | None:
    """What tells one state of a file from the next; `None` where there is none."""
    try:
        stat = file.stat()
    except OSError:
        return None
    return stat.st_ino, stat.st_size, stat.st_mtime_ns


def digest(*parts: str) -> str:
    """A name for some content."""
    hashed = hashlib.blake2b(digest_size=12)
    for part in parts:
        hashed.update(f"{len(part)} {part}".encode())
    return hashed.hexdigest()

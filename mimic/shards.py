"""The files of an index: shards that never change, and a manifest that names those that count.

    index.json                     model, precision, and the shards in order
    shard-<digest>.safetensors     tensors of up to `SHARD` entities, mapped into memory
    shard-<digest>.arrow           their identifiers, names, descriptions, pictures

A shard is named by what it holds. New ones are written aside and renamed; the manifest is replaced
last, so that a crash at any point leaves the old index whole, and the next build takes up what was
finished. Shards that no manifest names any more are removed at the end.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, Protocol

import pyarrow as pa
from filelock import FileLock, Timeout
from safetensors import SafetensorError, safe_open
from safetensors.torch import save_file
from torch import Tensor

from mimic.config import read_json
from mimic.errors import InputError
from mimic.schema import Entity

#: Entities of a shard: seconds of encoding, and a block that a search works through at once.
SHARD = 4096
FORMAT = 3
MANIFEST, LOCK = "index.json", ".lock"
COLUMNS = ("id", "name", "description", "image", "trouble", "digest")

Rows = dict[str, Tensor]
Progress = Callable[[int, int], None]


class Encode(Protocol):
    """Encodes entities: their rows, and for each a message when its picture cannot be read, else
    "". `tick` is called with the number of those done."""

    def __call__(
        self, entities: Sequence[Entity], *, dtype: str, tick: Callable[[int], None]
    ) -> tuple[Rows, list[str]]: ...


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
        return cls(entity, _digest(*parts))


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
    return manifest


def open_shard(folder: Path, name: str, size: int) -> Shard:
    """Maps a shard into memory.

    Raises:
        InputError: a file is missing, cut off, or does not have the rows that it should.
    """
    file = folder / f"{name}.safetensors"
    try:
        with safe_open(file, framework="pt") as opened:
            rows = {key: opened.get_tensor(key) for key in opened.keys()}  # noqa: SIM118
        with pa.memory_map(str(file.with_suffix(".arrow"))) as source:
            table = pa.ipc.open_file(source).read_all()
    except FileNotFoundError as error:
        missing = error.filename or file
        raise InputError(f"{missing}: missing; build the index again") from None
    except (SafetensorError, pa.ArrowInvalid, OSError, ValueError) as error:
        raise InputError(f"{file}: damaged ({error}); build the index again") from None
    if set(table.column_names) != set(COLUMNS) or table.num_rows != size:
        raise InputError(f"{file.with_suffix('.arrow')}: damaged; build the index again")
    if any(len(tensor) != size for tensor in rows.values()):
        raise InputError(f"{file}: has not the {size} rows it should; build the index again")
    return Shard(rows, table)


def write(
    folder: Path,
    chunks: Sequence[Sequence[Line]],
    encode: Encode,
    model: str,
    dtype: str,
    progress: Progress | None = None,
) -> None:
    """Makes the index of a folder hold the given lines, one shard for each chunk.

    Shards that are there already are kept; lines that an old shard has are copied; only the others
    are encoded.

    Raises:
        InputError: another process writes there, or the disk does not take it.
    """
    chunks = [chunk for chunk in chunks if chunk]
    if _stands(folder, chunks, model, dtype):
        return
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with FileLock(folder / LOCK, timeout=0):
            _write(folder, chunks, encode, model, dtype, progress)
    except Timeout:
        raise InputError(f"{folder}: another process is writing this index") from None
    except (OSError, SafetensorError, pa.ArrowException) as error:
        raise InputError(f"{folder}: the index cannot be written ({error})") from None
    finally:
        for part in folder.glob("*.part"):
            with contextlib.suppress(OSError):
                part.unlink()


def _write(
    folder: Path,
    chunks: Sequence[Sequence[Line]],
    encode: Encode,
    model: str,
    dtype: str,
    progress: Progress | None,
) -> None:
    total, done = sum(map(len, chunks)), 0
    old: _Old | None = None
    shards = []
    for chunk in chunks:
        name = _name(chunk, model, dtype)
        if not _whole(folder, name, len(chunk)):
            old = old or _Old(folder, model, dtype)
            tick = partial(_tell, progress, done, total)
            rows, troubles = _rows(chunk, old, partial(encode, dtype=dtype, tick=tick))
            _save(folder, name, rows, _table(folder, chunk, troubles))
        shards.append({"name": name, "rows": len(chunk)})
        done += len(chunk)
        _tell(progress, done, total, 0)
    manifest = {"format": FORMAT, "model": model, "dtype": dtype, "shards": shards}
    _replace(folder / MANIFEST, json.dumps(manifest, indent=1).encode() + b"\n")
    kept = {shard["name"] for shard in shards}
    for file in folder.glob("shard-*"):
        if file.stem not in kept:
            file.unlink()


def _name(chunk: Sequence[Line], model: str, dtype: str) -> str:
    return "shard-" + _digest(str(FORMAT), model, dtype, *(line.digest for line in chunk))


def _stands(folder: Path, chunks: Sequence[Sequence[Line]], model: str, dtype: str) -> bool:
    """Whether the index is there already, so that nobody needs to write."""
    try:
        manifest = read_manifest(folder)
    except InputError:
        return False
    planned = [{"name": _name(chunk, model, dtype), "rows": len(chunk)} for chunk in chunks]
    return manifest["shards"] == planned and all(
        _whole(folder, shard["name"], shard["rows"]) for shard in manifest["shards"]
    )


def _whole(folder: Path, name: str, size: int) -> bool:
    try:
        open_shard(folder, name, size)
    except InputError:
        return False
    return True


class _Old:
    """Rows of an earlier index of the same model and precision, by digest."""

    def __init__(self, folder: Path, model: str, dtype: str) -> None:
        self.places: dict[str, tuple[Shard, int]] = {}
        with contextlib.suppress(InputError):  # none, damaged or of another model: nothing to copy
            manifest = read_manifest(folder)
            if (manifest["model"], manifest["dtype"]) != (model, dtype):
                return
            for entry in manifest["shards"]:
                shard = open_shard(folder, entry["name"], entry["rows"])
                for row, digest in enumerate(shard.table.column("digest").to_pylist()):
                    self.places[digest] = shard, row


def _rows(
    chunk: Sequence[Line], old: _Old, encode: Callable[[list[Entity]], tuple[Rows, list[str]]]
) -> tuple[Rows, list[str]]:
    """Rows and troubles of a chunk, copied where an old shard has them."""
    new = [i for i, line in enumerate(chunk) if line.digest not in old.places]
    found = {i: old.places[line.digest] for i, line in enumerate(chunk) if i not in set(new)}
    troubles = [""] * len(chunk)
    encoded: Rows = {}
    if new:
        encoded, messages = encode([chunk[i].entity for i in new])
        for i, message in zip(new, messages, strict=True):
            troubles[i] = message
    pattern = encoded or next(iter(found.values()))[0].rows
    rows = {key: t.new_empty(len(chunk), *t.shape[1:]) for key, t in pattern.items()}
    for key, tensor in rows.items():
        if new:
            tensor[new] = encoded[key]
        for i, (shard, row) in found.items():
            tensor[i] = shard.rows[key][row]
    for i, (shard, row) in found.items():
        troubles[i] = shard.table["trouble"][row].as_py()
    return rows, troubles


def _tell(progress: Progress | None, before: int, total: int, done: int) -> None:
    if progress is not None:
        progress(before + done, total)


def _table(folder: Path, chunk: Sequence[Line], troubles: Sequence[str]) -> pa.Table:
    entities = [line.entity for line in chunk]
    columns = (
        [e.id for e in entities],
        [e.name for e in entities],
        [e.description for e in entities],
        [_stored_path(e.image, folder) if e.image else "" for e in entities],
        list(troubles),
        [line.digest for line in chunk],
    )
    return pa.table(dict(zip(COLUMNS, (pa.array(c, pa.string()) for c in columns), strict=True)))


def _save(folder: Path, name: str, rows: Rows, table: pa.Table) -> None:
    sink = pa.BufferOutputStream()
    with pa.ipc.new_file(sink, table.schema) as writer:
        writer.write_table(table)
    _replace(folder / f"{name}.arrow", sink.getvalue().to_pybytes())
    part = folder / f"{name}.safetensors.part"
    save_file({key: tensor.contiguous() for key, tensor in rows.items()}, part)
    os.replace(part, folder / f"{name}.safetensors")


def _replace(file: Path, content: bytes) -> None:
    part = file.with_name(file.name + ".part")
    part.write_bytes(content)
    os.replace(part, file)


def _stored_path(image: Path, folder: Path) -> str:
    """Relative when the picture lies below the index, so that the folder can be moved."""
    whole, base = image.resolve(), folder.resolve()
    return str(whole.relative_to(base) if whole.is_relative_to(base) else whole)


def _digest(*parts: str) -> str:
    digest = hashlib.blake2b(digest_size=12)
    for part in parts:
        digest.update(f"{len(part)} {part}".encode())
    return digest.hexdigest()

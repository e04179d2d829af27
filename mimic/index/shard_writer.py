"""Writes an index: the shards that are missing, and last the manifest that names those that count.

New shards are written aside and renamed; the manifest is replaced last, so that a crash at any
point leaves the old index whole, and the next build takes up what was finished. Shards that no
manifest names any more are removed at the end. Who makes the missing shards, this process or many
on a cluster, is the caller's choice; what is in them is the same.
"""

from __future__ import annotations

import contextlib
import json
import os
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any, Protocol

import pyarrow as pa
from filelock import FileLock, Timeout
from safetensors import SafetensorError
from safetensors.torch import save_file

from mimic.errors import InputError
from mimic.index.shards import (
    COLUMNS,
    FORMAT,
    LOCK,
    MANIFEST,
    Line,
    Progress,
    Rows,
    Shard,
    digest,
    open_shard,
    read_manifest,
)
from mimic.schema import Entity

Chunk = Sequence[Line]
Tick = Callable[[int], None]


class Encode(Protocol):
    """Encodes entities: their rows, and for each a message when its picture cannot be read, else
    "". `tick` is called with the number of those done."""

    def __call__(
        self, entities: Sequence[Entity], *, dtype: str, tick: Tick
    ) -> tuple[Rows, list[str]]: ...


class Make(Protocol):
    """Makes the shards of some chunks in a folder. `tick` is called with the number of entities
    done."""

    def __call__(
        self, folder: Path, chunks: Sequence[Chunk], model: str, dtype: str, tick: Tick
    ) -> None: ...


def write(
    folder: Path,
    chunks: Sequence[Chunk],
    make: Make,
    model: str,
    dtype: str,
    progress: Progress | None = None,
) -> None:
    """Makes the index of a folder hold the given lines, one shard for each chunk.

    Shards that are there already are kept; `make` is asked for the others.

    Raises:
        InputError: another process writes there, or the disk does not take it.
    """
    chunks = [chunk for chunk in chunks if chunk]
    shards: list[dict[str, Any]] = [
        {"name": _name(chunk, model, dtype), "rows": len(chunk)} for chunk in chunks
    ]
    missing = [c for c, shard in zip(chunks, shards, strict=True) if not _whole(folder, **shard)]
    if not missing and _stands(folder, shards):
        return
    total = sum(map(len, chunks))
    done = total - sum(map(len, missing))
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with FileLock(folder / LOCK, timeout=0):
            if missing:
                make(folder, missing, model, dtype, partial(_tell, progress, done, total))
            _finish(folder, shards, model, dtype)
    except Timeout:
        raise InputError(f"{folder}: another process is writing this index") from None
    except (OSError, SafetensorError, pa.ArrowException) as error:
        raise InputError(f"{folder}: the index cannot be written ({error})") from None
    finally:
        for part in folder.glob("*.part"):
            with contextlib.suppress(OSError):
                part.unlink()


def made_here(encode: Encode) -> Make:
    """Makes shards in this process, one after the other."""

    def make(folder: Path, chunks: Sequence[Chunk], model: str, dtype: str, tick: Tick) -> None:
        old, done = Old(folder, model, dtype), 0
        for chunk in chunks:
            make_shard(folder, chunk, old, encode, partial(_tick, tick, done))
            done += len(chunk)
            tick(done)

    return make


def make_shard(folder: Path, chunk: Chunk, old: Old, encode: Encode, tick: Tick) -> None:
    """Writes the shard of a chunk: lines that an old shard has are copied, the others encoded."""
    rows, troubles = _rows(chunk, old, partial(encode, dtype=old.dtype, tick=tick))
    _save(folder, _name(chunk, old.model, old.dtype), rows, _table(folder, chunk, troubles))


def _finish(folder: Path, shards: Sequence[dict[str, Any]], model: str, dtype: str) -> None:
    for shard in shards:
        if not _whole(folder, **shard):
            raise InputError(
                f"{folder}: {shard['name']} was not written there; on a cluster, every node must "
                "see this folder at this path"
            )
    manifest = {"format": FORMAT, "model": model, "dtype": dtype, "shards": shards}
    _replace(folder / MANIFEST, json.dumps(manifest, indent=1).encode() + b"\n")
    kept = {shard["name"] for shard in shards}
    for file in folder.glob("shard-*"):
        if file.stem not in kept:
            file.unlink()


def _name(chunk: Chunk, model: str, dtype: str) -> str:
    return "shard-" + digest(str(FORMAT), model, dtype, *(line.digest for line in chunk))


def _stands(folder: Path, shards: Sequence[dict[str, Any]]) -> bool:
    """Whether the manifest names these shards, so that nobody needs to write."""
    try:
        return bool(read_manifest(folder)["shards"] == shards)
    except InputError:
        return False


def _whole(folder: Path, name: str, rows: int) -> bool:
    try:
        open_shard(folder, name, rows)
    except InputError:
        return False
    return True


class Old:
    """Rows of an earlier index of the same model and precision, by digest."""

    def __init__(self, folder: Path, model: str, dtype: str) -> None:
        self.model, self.dtype = model, dtype
        self.places: dict[str, tuple[Shard, int]] = {}
        with contextlib.suppress(InputError):  # none, damaged or of another model: nothing to copy
            manifest = read_manifest(folder)
            if (manifest["model"], manifest["dtype"]) != (model, dtype):
                return
            for entry in manifest["shards"]:
                shard = open_shard(folder, entry["name"], entry["rows"])
                for row, key in enumerate(shard.table.column("digest").to_pylist()):
                    self.places[key] = shard, row


def _rows(
    chunk: Chunk, old: Old, encode: Callable[[list[Entity]], tuple[Rows, list[str]]]
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


def _tick(tick: Tick, before: int, done: int) -> None:
    tick(before + done)


def _tell(progress: Progress | None, before: int, total: int, done: int) -> None:
    if progress is not None:
        progress(before + done, total)


def _table(folder: Path, chunk: Chunk, troubles: Sequence[str]) -> pa.Table:
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
    part.chmod(0o644)  # other accounts may share its pages
    os.replace(part, folder / f"{name}.safetensors")


def _replace(file: Path, content: bytes) -> None:
    part = file.with_name(file.name + ".part")
    part.write_bytes(content)
    os.replace(part, file)


def _stored_path(image: Path, folder: Path) -> str:
    """Relative when the picture lies below the index, so that the folder can be moved."""
    whole, base = image.resolve(), folder.resolve()
    return str(whole.relative_to(base) if whole.is_relative_to(base) else whole)

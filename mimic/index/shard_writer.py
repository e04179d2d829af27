"""Writes an index: the shards that are missing, and last the manifest that names those that count.

New shards are written aside and renamed; the manifest is replaced last, so that a crash at any
point leaves the old index whole, and the next build takes up what was finished. Shards that no
manifest names any more are removed at the end. All of it, cleaning up included, is done under the
folder's lock, which a second writer does not get. Who makes the missing shards, this process or
many on a cluster, is the caller's choice; what is in them is the same.
"""

from __future__ import annotations

import contextlib
import json
import os
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Protocol

import pyarrow as pa
from filelock import FileLock, Timeout
from safetensors import SafetensorError
from safetensors.torch import save_file

from mimic.errors import InputError
from mimic.index.shard_reader import damaged_shards, open_shard, open_table
from mimic.index.shards import (
    FORMAT,
    LOCK,
    MANIFEST,
    SUFFIXES,
    UNNAMED,
    EntityBlock,
    Entry,
    Line,
    Shard,
    digest,
    read_manifest,
    with_names,
)
from mimic.io.content import sha256_of
from mimic.io.terminal import Progress
from mimic.schema import Entity

Chunk = Sequence[Line]
Tick = Callable[[int], None]


class Encode(Protocol):
    """Encodes entities: their rows, and for each a message when its picture cannot be read, else
    "". `tick` is called with the number of those done."""

    def __call__(
        self, entities: Sequence[Entity], *, dtype: str, tick: Tick
    ) -> tuple[EntityBlock, list[str]]: ...


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
    expected: Sequence[str] | None = None,
    verify: bool | None = None,
) -> None:
    """Makes the index of a folder hold the given lines, one shard for each chunk.

    Shards that are there already and whole are kept; `make` is asked for the others.

    Args:
        expected: names of the shards that the lines were made from; any, when left out.
        verify: of the shards that are kept, as `open_shards`.

    Raises:
        InputError: another process writes there, the index has not the expected shards any more,
            or the disk does not take it.
    """
    chunks = [chunk for chunk in chunks if chunk]
    shards: list[Entry] = [
        {"name": _name(chunk, model, dtype), "rows": len(chunk)} for chunk in chunks
    ]
    if _stands(folder, shards, verify):
        return
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with FileLock(folder / LOCK, timeout=0), _without_parts(folder):
            stored = {entry["name"]: entry for entry in _stored(folder)}
            if expected is not None and list(stored) != list(expected):
                raise InputError(
                    f"{folder}: the index was changed after it was opened here; nothing was "
                    "written: open it again and repeat the change"
                )
            kept = [stored.get(shard["name"], shard) for shard in shards]
            damaged = damaged_shards(folder, kept, verify)
            missing = [c for c, s in zip(chunks, shards, strict=True) if s["name"] in damaged]
            if missing:
                total = sum(map(len, chunks))
                done = total - sum(map(len, missing))
                make(folder, missing, model, dtype, partial(_tell, progress, done, total))
            entries = [
                shard if shard["name"] in damaged else entry
                for shard, entry in zip(shards, kept, strict=True)
            ]
            _finish(folder, entries, model, dtype)
    except Timeout:
        raise InputError(f"{folder}: another process is writing this index") from None
    except (OSError, SafetensorError, pa.ArrowException) as error:
        raise InputError(f"{folder}: the index cannot be written ({error})") from None


@contextlib.contextmanager
def _without_parts(folder: Path) -> Iterator[None]:
    """Removes what was written aside, at the end. Only to be called with the lock: the files of
    another writer are of the same names."""
    try:
        yield
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


def _finish(folder: Path, entries: Sequence[Entry], model: str, dtype: str) -> None:
    """Writes the manifest, with the SHA-256 of what has none yet, and removes what is not in it."""
    for entry in entries:
        if "sha256" not in entry and damaged_shards(folder, [entry]):
            raise InputError(
                f"{folder}: {entry['name']} was not written there; on a cluster, every node must "
                "see this folder at this path"
            )
    shards = [entry if "sha256" in entry else entry | _sums(folder, entry) for entry in entries]
    manifest = {"format": FORMAT, "model": model, "dtype": dtype, "shards": shards}
    _replace(folder / MANIFEST, json.dumps(manifest, indent=1).encode() + b"\n")
    names = {shard["name"] for shard in shards}
    for file in folder.glob("shard-*"):
        if file.stem not in names:
            file.unlink()


def _sums(folder: Path, entry: Entry) -> dict[str, dict[str, str]]:
    return {"sha256": {s: sha256_of(folder / f"{entry['name']}{s}") for s in SUFFIXES}}


def _name(chunk: Chunk, model: str, dtype: str) -> str:
    lines, names = [line.digest for line in chunk], [line.names for line in chunk]
    return "shard-" + digest(str(FORMAT), model, dtype, *lines, *(names if any(names) else ()))


def _stored(folder: Path) -> list[Entry]:
    """The shards that the manifest names; none where there is no manifest that can be used."""
    try:
        return list(read_manifest(folder)["shards"])
    except InputError:
        return []


def _stands(folder: Path, shards: Sequence[Entry], verify: bool | None) -> bool:
    """Whether the index holds these shards, whole, so that nobody needs to write. To be verified
    it must have the sums, too."""
    stored = _stored(folder)
    if [(s["name"], s["rows"]) for s in stored] != [(s["name"], s["rows"]) for s in shards]:
        return False
    summed = not verify or all("sha256" in shard for shard in stored)
    return summed and not damaged_shards(folder, stored, verify)


class Old:
    """Rows of an earlier index of the same model and precision, by digest."""

    def __init__(self, folder: Path, model: str, dtype: str) -> None:
        self.folder, self.model, self.dtype = folder, model, dtype
        self._places: dict[str, tuple[str, int]] = {}
        self._entries: dict[str, Entry] = {}
        self._shards: dict[str, Shard | None] = {}
        with contextlib.suppress(InputError):  # none, damaged or of another model: nothing to copy
            manifest = read_manifest(folder)
            if (manifest["model"], manifest["dtype"]) == (model, dtype):
                self._entries = {entry["name"]: entry for entry in manifest["shards"]}
        for name, entry in self._entries.items():
            with contextlib.suppress(InputError):
                for row, key in enumerate(open_table(folder, entry)["digest"].to_pylist()):
                    self._places[key] = name, row

    def find(self, key: str) -> tuple[Shard, int] | None:
        """Shard and row of a line; `None` if there is none, or what is there is damaged."""
        if key not in self._places:
            return None
        name, row = self._places[key]
        if name not in self._shards:
            self._shards[name] = None
            with contextlib.suppress(InputError):
                self._shards[name] = open_shard(self.folder, self._entries[name], verify=True)
        shard = self._shards[name]
        return None if shard is None else (shard, row)


def _rows(
    chunk: Chunk, old: Old, encode: Callable[[list[Entity]], tuple[EntityBlock, list[str]]]
) -> tuple[EntityBlock, list[str]]:
    """Rows and troubles of a chunk, copied where an old shard has them."""
    places = {i: old.find(line.digest) for i, line in enumerate(chunk)}
    known = {i: place for i, place in places.items() if place is not None}
    new = [i for i in places if i not in known]
    troubles = [""] * len(chunk)
    encoded: EntityBlock = {}
    if new:
        encoded, messages = encode([chunk[i].entity for i in new])
        for i, message in zip(new, messages, strict=True):
            troubles[i] = message
    pattern = encoded or next(iter(known.values()))[0].rows
    rows = {key: t.new_empty(len(chunk), *t.shape[1:]) for key, t in pattern.items()}
    for key, tensor in rows.items():
        if new:
            tensor[new] = encoded[key]
        for i, (shard, row) in known.items():
            tensor[i] = shard.rows[key][row]
    for i, (shard, row) in known.items():
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
    table = pa.table([pa.array(column, pa.string()) for column in columns], UNNAMED)
    return with_names(table, entities)


def _save(folder: Path, name: str, rows: EntityBlock, table: pa.Table) -> None:
    sink = pa.BufferOutputStream()
    with pa.ipc.new_file(sink, table.schema) as writer:
        writer.write_table(table)
    _replace(folder / f"{name}.arrow", sink.getvalue().to_pybytes())
    part = folder / f"{name}.safetensors.part"
    save_file({key: tensor.contiguous() for key, tensor in rows.items()}, part)
    part.chmod(0o644)  # other accounts may share its pages
    _settle(part, folder / f"{name}.safetensors")


def _replace(file: Path, content: bytes) -> None:
    part = file.with_name(file.name + ".part")
    part.write_bytes(content)
    _settle(part, file)


def _settle(part: Path, file: Path) -> None:
    """Renames what was written aside once the disk has it, and has the disk keep the name."""
    _sync(part)
    os.replace(part, file)
    _sync(file.parent)


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _stored_path(image: Path, folder: Path) -> str:
    """Relative when the picture lies below the index, so that the folder can be moved."""
    whole, base = image.resolve(), folder.resolve()
    return str(whole.relative_to(base) if whole.is_relative_to(base) else whole)

"""Opens the shards of an index, and sees whether they are what was written.

Tables are read, compared with their SHA-256 in the manifest and validated at every opening; tensors
are mapped, and compared where the index has at most `CHECKED` bytes of them, or where `verify` asks
for it. Manifests of before have no SHA-256: their indexes open without that comparison.
"""

from __future__ import annotations

import contextlib
import hashlib
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, TypeVar

import pyarrow as pa
import torch
from safetensors import SafetensorError, safe_open

from mimic.data.names import type_in
from mimic.errors import InputError
from mimic.index.fast_units import VECTORS
from mimic.index.shards import (
    AGAIN,
    COLUMNS,
    SCHEMA,
    SUFFIXES,
    UNNAMED,
    EntityTable,
    Entry,
    Shard,
    read_manifest,
    stamp_of,
    steadily,
    with_names,
)
from mimic.io.content import sha256_of
from mimic.schema import Entity

#: Bytes of tensors up to which every opening compares them with their SHA-256: that takes a core
#: 0.9 s for each GB, so at most two seconds beside the six that a command takes to start.
CHECKED = 1 << 31

#: What a shard has of every entity; those in 16 bits have `steps` too, those of a model that masks
#: padding `mask`.
TENSORS = {"query", "attention", "numbers", *VECTORS}

T = TypeVar("T")


def open_shards(folder: Path, entries: Sequence[Entry], verify: bool | None = None) -> list[Shard]:
    """Maps shards into memory.

    Args:
        verify: whether all tensors are compared with their SHA-256; where they are of at most
            `CHECKED` bytes together, when left out.

    Raises:
        InputError: a file is missing, damaged, or does not have the rows that it should.
    """
    verify = _small(folder, entries) if verify is None else verify
    return _each(entries, lambda entry: open_shard(folder, entry, verify))


def verified(folder: Path) -> dict[str, Any]:
    """Compares every byte of an index with its manifest, whatever model it is of.

    Returns:
        Numbers of entities, shards and bytes; `unverified`, the shards whose SHA-256 the manifest
        does not have, because it was made before it had any.

    Raises:
        InputError: what `open_shards` would not open.
    """

    def opened() -> dict[str, Any]:
        entries = read_manifest(folder)["shards"]
        open_shards(folder, entries, verify=True)
        files = [folder / f"{entry['name']}{suffix}" for entry in entries for suffix in SUFFIXES]
        return {
            "entities": sum(entry["rows"] for entry in entries),
            "shards": len(entries),
            "bytes": sum(stamp[1] for file in files if (stamp := stamp_of(file))),
            "unverified": sum("sha256" not in entry for entry in entries),
        }

    return steadily(folder, opened)


def damaged_shards(folder: Path, entries: Sequence[Entry], verify: bool | None = None) -> set[str]:
    """Names of the shards that `open_shards` would not open."""
    verify = _small(folder, entries) if verify is None else verify

    def whole(entry: Entry) -> bool:
        try:
            open_shard(folder, entry, verify)
        except InputError:
            return False
        return True

    return {e["name"] for e, fits in zip(entries, _each(entries, whole), strict=True) if not fits}


def _small(folder: Path, entries: Sequence[Entry]) -> bool:
    stamps = [stamp_of(_tensor_file(folder, entry)) for entry in entries]
    return sum(stamp[1] for stamp in stamps if stamp) <= CHECKED


def _each(entries: Sequence[Entry], do: Callable[[Entry], T]) -> list[T]:
    """Results for all shards, on as many threads as torch has: sums are made without the GIL."""
    with ThreadPoolExecutor(torch.get_num_threads()) as pool:
        return list(pool.map(do, entries))


def _tensor_file(folder: Path, entry: Entry) -> Path:
    return folder / f"{entry['name']}.safetensors"


def open_shard(folder: Path, entry: Entry, verify: bool = False) -> Shard:
    """Maps a shard into memory; raises as `open_shards`."""
    file = _tensor_file(folder, entry)
    if verify and file.suffix in entry.get("sha256", ()):
        with _whole_or_told(file):
            _compare(file, entry, sha256_of(file))
    stamp = stamp_of(file)
    with _whole_or_told(file), safe_open(file, framework="pt") as opened:
        rows = {key: opened.get_tensor(key) for key in opened.keys()}  # noqa: SIM118
    if TENSORS - set(rows) or any(not t.ndim or len(t) != entry["rows"] for t in rows.values()):
        raise InputError(f"{file}: has not the {entry['rows']} rows it should; {AGAIN}")
    return Shard(file, stamp, rows, open_table(folder, entry))


def open_entities(folder: Path) -> EntityTable:
    """The entities of an index, without the tensors; raises as `open_shards`."""
    return EntityTable(folder, [open_table(folder, e) for e in read_manifest(folder)["shards"]])


def open_table(folder: Path, entry: Entry) -> pa.Table:
    """Reads the table of a shard, and checks all that is in it; raises as `open_shards`."""
    file = folder / f"{entry['name']}.arrow"
    with _whole_or_told(file):
        content = file.read_bytes()
        _compare(file, entry, hashlib.sha256(content).hexdigest())
        table = pa.ipc.open_file(pa.py_buffer(content)).read_all()
        table.validate(full=True)
        known = table.schema in (SCHEMA, UNNAMED)
        if not known or any(column.null_count for column in table.flatten().columns):
            raise ValueError("its columns are not those of an index")
    if table.num_rows != entry["rows"]:
        raise InputError(f"{file}: has not the {entry['rows']} rows it should; {AGAIN}")
    return _named(table) if table.schema == UNNAMED else table


def _named(table: pa.Table) -> pa.Table:
    """A table of before entities had aliases: their types are what the descriptions say."""
    lines = zip(*(table[name].to_pylist() for name in COLUMNS[:3]), strict=True)
    entities = [Entity(key, name, text, type=type_in(text)) for key, name, text in lines]
    return with_names(table, entities)


def _compare(file: Path, entry: Entry, found: str) -> None:
    if entry.get("sha256", {}).get(file.suffix, found) != found:
        raise ValueError("its content is not what was written")


@contextlib.contextmanager
def _whole_or_told(file: Path) -> Iterator[None]:
    try:
        yield
    except FileNotFoundError as error:
        missing = error.filename or file
        raise InputError(f"{missing}: missing; {AGAIN}") from None
    # Arrow raises all its kinds, and Python's own, for what a damaged file says of itself; torch
    # raises RuntimeError where it cannot map a file
    except (
        SafetensorError, pa.ArrowException, OSError, ValueError, KeyError, TypeError,
        OverflowError, MemoryError, RuntimeError,
    ) as error:  # fmt: skip
        first = (str(error).strip() or type(error).__name__).splitlines()[0]
        raise InputError(f"{file}: damaged ({first:.200}); {AGAIN}") from None


def same_texts(folder: Path, entities: Sequence[Entity]) -> bool:
    """Whether an index holds these entities with their names and descriptions, in this order."""
    tables = [open_table(folder, entry) for entry in read_manifest(folder)["shards"]]
    texts = [(e.id, e.name, e.description) for e in entities]
    columns = (table.select(COLUMNS[:3]).to_pydict().values() for table in tables)
    return texts == [line for found in columns for line in zip(*found, strict=True)]

"""Which format a data set is in, and the data folder that is made of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from mimic.data.formats.data_set import (
    SEED,
    SHARES,
    DataSet,
    Pictures,
    divided,
    entities_of,
    write_layout,
)
from mimic.data.formats.fissfuse import is_fissfuse, read_fissfuse
from mimic.data.formats.gold_table import is_gold_table, read_gold_table
from mimic.data.formats.hugging_face import is_hugging_face, read_hugging_face
from mimic.data.formats.kgmel import is_kgmel, read_kgmel
from mimic.data.formats.kgmel import name_of as kgmel_name
from mimic.data.formats.melbench import is_melbench, read_melbench
from mimic.errors import InputError

Reader = Callable[[Path, Pictures], DataSet]
#: Name -> whether a path is of the format, and its reader; the first that fits is taken.
READERS: dict[str, tuple[Callable[[Path], bool], Reader]] = {
    "gold table": (is_gold_table, read_gold_table),
    "fissfuse": (is_fissfuse, read_fissfuse),
    "huggingface": (is_hugging_face, read_hugging_face),
    "kgmel": (is_kgmel, read_kgmel),
    "melbench": (is_melbench, read_melbench),
}


def reader_of(path: Path) -> tuple[str, Reader]:
    """The format of a data set, and what reads it.

    Raises:
        InputError: there is nothing, or nothing that is known.
    """
    if not path.exists():
        raise InputError(f"no such file: {path}")
    if (path / "kb_entity.json").is_file():
        raise InputError(f"{path} is in the authors' layout already: name it as --data")
    for name, (fits, reader) in READERS.items():
        if fits(path):
            return name, reader
    raise InputError(
        f"{path}: no data set that can be read: these are Parquet, a folder of Hugging Face's "
        "datasets, KGMEL's and MELBench's JSON, FissFuse's JSON lines, and texts (.conll, .ttl)"
    )


def convert_data(
    path: Path,
    out: Path,
    kb: Path | None = None,
    shares: Sequence[float] | None = None,
    seed: int = SEED,
    reader: tuple[str, Reader] | None = None,
) -> dict[str, Any]:
    """Makes a data folder in the authors' layout of a data set in another; see `write_layout`.

    Args:
        kb: data folder whose entities are taken, in place of its own.
        shares: of train, dev and test, where it has one split.
        reader: of the format and its name; default: what `reader_of` finds.

    Returns:
        As `write_layout`, with `format`.
    """
    kind, read = reader or reader_of(path)
    name = kgmel_name(path) if kind == "kgmel" else path.resolve().stem

    def data(pictures: Pictures) -> DataSet:
        found = read(path, pictures)
        if kb is not None:
            found.entities = entities_of(kb, pictures)
        return found if shares is None else divided(found, shares, seed, str(path))

    return {"format": kind} | write_layout(out, name, str(path), data)


__all__ = ["READERS", "SEED", "SHARES", "convert_data", "reader_of"]

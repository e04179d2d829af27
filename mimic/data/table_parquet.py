"""Rows of a Parquet file, whose few bytes may stand for any number of long texts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from mimic.data.table_bounds import VALUES_A_ROW, check_columns, too_many_rows
from mimic.errors import InputError

#: Bytes that the wanted columns of a stranger's table may unpack to.
MOST_BYTES = 200_000_000


def field_of(column: str) -> str:
    """The name of a column in any case."""
    return column.strip().casefold()


@contextmanager
def damage_in_words(path: Path, kind: str = "Parquet") -> Iterator[None]:
    """Raises InputError for what Arrow says of a file that is missing or damaged."""
    import pyarrow

    try:
        yield
    except FileNotFoundError:
        raise InputError(f"no such file: {path}") from None
    except (OSError, pyarrow.ArrowException) as error:
        reason = " ".join(str(error).split())
        raise InputError(f"{path}: not a whole {kind} file ({reason})") from None


def parquet_rows(
    path: Path, known: Sequence[str], most: int | None = None
) -> tuple[list[str], list[dict[str, Any]]]:
    """The columns of a file, and its rows under those of them that are known.

    Args:
        most: rows that may be in it; then `MOST_BYTES` hold, too.

    Raises:
        InputError: no such file, damaged, or too large.
    """
    from pyarrow import parquet

    with damage_in_words(path):
        metadata = parquet.read_metadata(path)
        columns = list(metadata.schema.to_arrow_schema().names)
        check_columns(columns, path)
        wanted = [column for column in columns if field_of(column) in known]
        chunks = list(_chunks(metadata, wanted))
        if most is not None:
            _check(metadata, chunks, path, most)
        texts = {c.path_in_schema for c in chunks if c.physical_type == "BYTE_ARRAY"}
        # A text that stands in many rows is held once until it is known how large they all are.
        with parquet.ParquetFile(path, read_dictionary=sorted(texts)) as file:
            groups = [file.read_row_group(n, wanted) for n in range(file.num_row_groups)]
        if most is not None and sum(map(_size, _arrays(groups))) > MOST_BYTES:
            raise _too_large(path)
        return columns, [row for group in groups for row in group.to_pylist()]


def _check(metadata: Any, chunks: Sequence[Any], path: Path, most: int) -> None:
    """Raises InputError for what the file itself says of its size."""
    if metadata.num_rows > most:
        raise too_many_rows(path, most)
    if sum(chunk.num_values for chunk in chunks) > most * VALUES_A_ROW:
        raise InputError(f"{path.name}: more than {most * VALUES_A_ROW:,} values in its lists")
    widths = {c.path: c.length for c in map(metadata.schema.column, range(metadata.num_columns))}
    sizes = [
        max(c.total_uncompressed_size, c.num_values * (widths.get(c.path_in_schema) or 0))
        for c in chunks
    ]
    if sum(sizes) > MOST_BYTES:
        raise _too_large(path)


def _chunks(metadata: Any, wanted: Sequence[str]) -> Iterator[Any]:
    """What the file says of each part of the wanted columns."""
    for number in range(metadata.num_row_groups):
        group = metadata.row_group(number)
        for place in range(group.num_columns):
            chunk = group.column(place)
            if chunk.path_in_schema.split(".", 1)[0] in wanted:
                yield chunk


def _arrays(groups: Sequence[Any]) -> Iterator[Any]:
    for group in groups:
        for column in group.columns:
            yield from column.chunks


def _size(array: Any) -> int:
    """Bytes of an array when each of its texts stands for itself."""
    from pyarrow import compute, types

    kind = array.type
    if types.is_dictionary(kind):
        if not (types.is_string(kind.value_type) or types.is_binary(kind.value_type)):
            return int(array.nbytes)
        lengths = compute.binary_length(array.dictionary).take(array.indices)
        return int(compute.sum(lengths.cast("int64")).as_py() or 0)
    if types.is_struct(kind):
        return sum(_size(array.field(i)) for i in range(kind.num_fields))
    if types.is_list(kind) or types.is_large_list(kind) or types.is_fixed_size_list(kind):
        return _size(array.flatten())
    return int(array.nbytes)


def _too_large(path: Path) -> InputError:
    return InputError(f"{path.name}: unpacks to more than {MOST_BYTES // 1_000_000} MB")

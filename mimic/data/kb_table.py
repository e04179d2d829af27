"""A user's table of entities or mentions, CSV, JSON lines or Parquet, read row by row."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from mimic.data.table_bounds import at_most, check_columns, check_values
from mimic.data.table_parquet import field_of, parquet_rows
from mimic.errors import InputError
from mimic.io.json_reader import decoded, parse_json

FIELDS = ("name", "description", "image", "id", "aliases", "type", "url")
CSV, JSON, PARQUET = (".csv", ".tsv", ".txt"), (".jsonl", ".ndjson", ".json"), (".parquet", ".pq")
SEPARATORS = ",;\t|"
MOST_CELL = 1_000_000  # characters

#: One row under its column names, or why it cannot be read.
Read = dict[str, Any] | str


@dataclass(frozen=True)
class UserTable:
    """The rows of a file.

    Attributes:
        fields: which of the known fields it has.
        rows: row number (from 1, without a header and blank lines) -> the values under them.
        broken: row number -> why the row cannot be read.
    """

    fields: frozenset[str]
    rows: dict[int, dict[str, Any]]
    broken: dict[int, str]


def read_table(
    path: Path,
    needed: Sequence[str],
    known: Sequence[str] = FIELDS,
    most: int | None = None,
) -> UserTable:
    """Reads a table whose columns are named as in `known`, in any case and order.

    CSV may be separated by any of `SEPARATORS`, or by what a first line `sep=;` says, as Excel
    writes it; text is UTF-8, or UTF-16 with its mark. A cell of more than `MOST_CELL` characters
    costs its row alone. The text `nan`, with which pandas fills empty cells, is nothing in the
    columns in which it can be no word: image, id and description.

    Args:
        needed: fields without which the table is of no use.
        most: rows that may be in it; what holds more is refused before it fills the memory.

    Raises:
        InputError: no such file, an unknown or damaged format, a needed column is missing, no
            row can be read, or there are more than `most`.
    """
    kind = path.suffix.lower()
    if kind not in CSV + JSON + PARQUET:
        raise InputError(f"{path}: the name must end in {', '.join(CSV + JSON + PARQUET)}")
    entries: Iterable[Read]
    if kind in PARQUET:
        columns, entries = parquet_rows(path, known, most)
    elif kind in JSON:
        text = _text(path)
        check_values(text, path, most)
        columns, entries = _json(text, path)
    else:
        columns, entries = _csv(_text(path), path, known)
    numbered = dict(enumerate(at_most(entries, path, most), 1))
    if all(isinstance(row, str) for row in numbered.values()):
        why = f"no row can be used; row 1: {numbered[1]}" if numbered else "there are no rows in it"
        raise InputError(f"{path}: {why}")
    fields = _fields(columns, path, needed, known)
    named = {number: _named(row, fields) for number, row in numbered.items()}
    return UserTable(
        frozenset(fields),
        {number: row for number, row in named.items() if not isinstance(row, str)},
        {number: why for number, why in named.items() if isinstance(why, str)},
    )


def _named(row: Read, fields: dict[str, str]) -> Read:
    """The cells of a row under the names of their fields."""
    if isinstance(row, str):
        return row
    cells = {field: row.get(column) for field, column in fields.items()}
    for field, cell in cells.items():
        if isinstance(cell, str) and len(cell) > MOST_CELL:
            return f"the {field} has {len(cell):,} characters; at most {MOST_CELL:,} are read"
        if field not in ("name", "mention", "sentence") and cell in ("nan", "NaN"):
            cells[field] = None
    return cells


def _fields(
    columns: Iterable[str], path: Path, needed: Sequence[str], known: Sequence[str]
) -> dict[str, str]:
    """Field -> the column that holds it."""
    columns = list(columns)
    fields: dict[str, str] = {}
    for column in columns:
        field = field_of(column)
        if field in fields:
            raise InputError(f"{path}: two columns for {field!r}: {fields[field]!r}, {column!r}")
        if field in known:
            fields[field] = column
    missing = [field for field in needed if field not in fields]
    if missing:
        raise InputError(
            f"{path}: no column {', '.join(map(repr, missing))}; it has "
            f"{', '.join(repr(c) for c in columns[:20])}: rename the columns that hold them"
        )
    return fields


def _text(path: Path) -> str:
    try:
        data = path.read_bytes()
        return decoded(data)
    except FileNotFoundError:
        raise InputError(f"no such file: {path}") from None
    except OSError as error:
        raise InputError(f"{path}: cannot be read ({error.strerror})") from None
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise InputError(f"{path}: not UTF-8 text (line {line}): save it as UTF-8") from None


def _csv(text: str, path: Path, known: Sequence[str]) -> tuple[list[str], Iterator[Read]]:
    csv.field_size_limit(max(csv.field_size_limit(), len(text)))  # or a long cell ends the table
    said = _SAID.match(text)
    separator = said[1] if said else _separator(text, known)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    records = _records(reader, path)
    if said:
        next(records)
    header = next(records, [])
    if isinstance(header, str):
        raise InputError(f"{path}: the header cannot be read: {header}")
    check_columns(header, path)
    return header, (_csv_row(header, record) for record in records)


#: Excel's first line that says how the cells are separated.
_SAID = re.compile(r"""\s*"?sep=([^\w\s"']|\t)"?[ ,;\t|]*\r?\n""", re.IGNORECASE)


def _separator(text: str, known: Sequence[str]) -> str:
    """The separator that finds most of the fields in the first line."""
    start = text[:100_000].lstrip()

    def found(separator: str) -> int:
        header = next(csv.reader(io.StringIO(start, newline=""), delimiter=separator), [])
        return len({field_of(column) for column in header} & set(known))

    return max(SEPARATORS, key=found)


def _records(reader: Any, path: Path) -> Iterator[list[str] | str]:
    """Cells of each record that is not blank, or what is wrong with its quotation marks."""
    while True:
        line = reader.line_num + 1
        try:
            record = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            if "expected after" not in str(error):  # an open quote would swallow what follows it
                raise InputError(
                    f"{path}: the row in line {line} does not end ({error}); is a quotation mark "
                    "left open?"
                ) from None
            yield f"line {line}: text after a closing quotation mark (write a quote in it twice)"
            continue
        if record:
            yield record


def _csv_row(header: list[str], record: list[str] | str) -> Read:
    if isinstance(record, str):
        return record
    if any(cell.strip() for cell in record[len(header) :]):
        return (
            f"{len(record)} cells under {len(header)} columns: a text that holds the separator "
            "needs quotation marks around it"
        )
    return dict(zip(header, record, strict=False))


def _json(text: str, path: Path) -> tuple[list[str], list[Read]]:
    """JSON lines; a whole list of objects is taken too."""
    rows = _json_list(text, path) if text.lstrip().startswith("[") else list(_json_lines(text))
    columns = dict.fromkeys(key for row in rows if isinstance(row, dict) for key in row)
    return list(columns), rows


def _json_list(text: str, path: Path) -> list[Read]:
    try:
        rows = parse_json(text)
    except ValueError as error:
        raise InputError(f"{path}: not JSON ({error})") from None
    return [_json_row(row) for row in rows]


def _json_lines(text: str) -> Iterator[Read]:
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            try:
                yield _json_row(parse_json(line))
            except ValueError as error:
                yield f"line {number} is not JSON ({error})"


def _json_row(row: Any) -> Read:
    return row if isinstance(row, dict) else "not an object with named fields"

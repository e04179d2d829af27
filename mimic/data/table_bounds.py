"""How much a table may hold where a stranger gave it: told before it fills the memory."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TypeVar

from mimic.errors import InputError

#: Columns of a table, whoever gave it.
MOST_COLUMNS = 1_000
#: Values for each row that may be there: of a list of pictures, or of fields that nobody asks for.
VALUES_A_ROW = 100
R = TypeVar("R")


def too_many_rows(path: Path, most: int) -> InputError:
    """What is said of a table of more than so many rows."""
    return InputError(f"{path.name}: more than {most:,} rows; at most {most:,} at once")


def at_most(rows: Iterable[R], path: Path, most: int | None) -> Iterator[R]:
    """The rows of a table; no more than one is read beyond `most`.

    Raises:
        InputError: there are more.
    """
    for number, row in enumerate(rows, 1):
        if most is not None and number > most:
            raise too_many_rows(path, most)
        yield row


def check_columns(columns: Sequence[str], path: Path) -> None:
    """Raises InputError for a header that is none."""
    if len(columns) > MOST_COLUMNS:
        raise InputError(
            f"{path.name}: {len(columns):,} columns; at most {MOST_COLUMNS:,} are read"
        )


def check_values(text: str, path: Path, most: int | None) -> None:
    """Raises InputError for a JSON text that may hold more values than so many rows have.

    Each value but the first stands after a comma or an opening bracket.
    """
    if most is not None and sum(map(text.count, ",[{")) > most * VALUES_A_ROW:
        raise InputError(
            f"{path.name}: more than {most * VALUES_A_ROW:,} values, which no table of "
            f"{most:,} rows holds"
        )

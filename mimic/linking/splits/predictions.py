"""Predictions of a split as files: this project's rows, and the runs and answers of TREC."""

from __future__ import annotations

import csv
import io
import json
import math
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import quote

import numpy as np

from mimic.errors import InputError
from mimic.io.cells import csv_text, plain_cell
from mimic.io.files import write_whole
from mimic.io.json_reader import parse_json
from mimic.io.values import as_list

Row = dict[str, Any]
#: What stands in a run for a mention that had no candidate: without a line nobody would count it.
NOTHING = "nothing"


def write_predictions(file: Path, rows: Sequence[Row]) -> None:
    """One row for each mention: CSV for spreadsheets, or JSON lines where the name ends so.

    `id`, `mention`, `answer`, `rank` (of the answer; `rank_tglu` and so on by a unit alone),
    `predicted` and `scores` (the first entities), `truncated`, and the mention's group in every
    grouping. In CSV lists have `;` between their
    parts, or are JSON where a part holds one; formulas are defused (see `mimic.io.cells`).

    Raises:
        InputError: it cannot be written.
    """
    write_whole(file, converted(rows, "jsonl" if file.suffix == ".jsonl" else "csv"))


def read_predictions(file: Path) -> list[Row]:
    """The rows of a file of `write_predictions`, lists as lists and numbers as numbers.

    Raises:
        InputError: it cannot be read, holds no such rows, or a score that is no number (NaN) or
            infinite.
    """
    try:
        text = file.read_text("utf-8-sig")
        if file.suffix == ".jsonl":  # by line feeds alone: a text may hold other ends of lines
            rows = [parse_json(line) for line in text.split("\n") if line.strip()]
        else:
            rows = [_undone(row) for row in csv.DictReader(io.StringIO(text, newline=""))]
    except (OSError, ValueError, csv.Error) as error:
        raise InputError(f"{file}: predictions cannot be read ({error})") from None
    if not rows or not all(isinstance(row, dict) and "id" in row for row in rows):
        raise InputError(f"{file}: no predictions there, as `mimic evaluate --predictions` writes")
    for number, row in enumerate(rows, 1):
        row["predicted"] = _list(row.get("predicted"))
        try:
            row["scores"] = [float(score) for score in _list(row.get("scores"))]
        except (TypeError, ValueError):
            row["scores"] = [math.nan]
        if not all(map(math.isfinite, row["scores"])):
            raise InputError(
                f"{file}: row {number} (mention {row['id']!r}): the scores are not all numbers"
            )
    return rows


def trec_run(rows: Sequence[Mapping[str, Any]]) -> str:
    """A run, `mention Q0 entity rank score mimic` in each line.

    `trec_eval` sorts by the score as a float32, and equal ones by the entity: here each score is
    at least one float32 below that before it, so that the order is the ranking's.
    """
    return "".join(f"{line}\n" for row in rows for line in _run_lines(row))


def trec_qrels(rows: Sequence[Mapping[str, Any]]) -> str:
    """The answers, `mention 0 entity 1`; a mention whose answer is not in the knowledge base has
    none, and is not counted there either."""
    return "".join(
        f"{_word(row['id'])} 0 {_word(row['answer'])} 1\n" for row in rows if row.get("answer")
    )


def converted(rows: Sequence[Row], form: str) -> bytes:
    """The rows in one of `FORMS`."""
    text = FORMS[form](rows)
    return text.encode("utf-8-sig" if form == "csv" else "utf-8")


def _run_lines(row: Mapping[str, Any]) -> Iterator[str]:
    before = np.float32(np.inf)
    listed = list(zip(row["predicted"], row["scores"], strict=True)) or [(NOTHING, 0.0)]
    for rank, (entity, score) in enumerate(listed, 1):
        before = min(np.float32(score), np.nextafter(before, np.float32(-np.inf)))
        yield f"{_word(row['id'])} Q0 {_word(entity)} {rank} {float(before)!r} mimic"


def _word(text: Any) -> str:
    """An identifier as one word."""
    return re.sub(r"[%\s]", lambda found: quote(found[0]), str(text))


def _jsonl(rows: Sequence[Row]) -> str:
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)


def _csv(rows: Sequence[Row]) -> str:
    return csv_text(list(rows[0]), (row.values() for row in rows))


def _undone(row: dict[str | Any, Any]) -> dict[str, Any]:
    """A row of a CSV without the marks that keep its texts from being formulas."""
    return {key: plain_cell(cell) if isinstance(cell, str) else cell for key, cell in row.items()}


def _list(cell: Any) -> list[Any]:
    """The inverse of `list_cell`; a list stays as it is."""
    if isinstance(cell, str):
        return as_list(cell) if cell.startswith("[") else cell.split(";") if cell else []
    return list(cell) if isinstance(cell, list) else []


FORMS: dict[str, Callable[[Sequence[Row]], str]] = {
    "jsonl": _jsonl,
    "csv": _csv,
    "trec": trec_run,
    "qrels": trec_qrels,
}

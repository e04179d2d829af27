"""CSV for spreadsheets: no text in it is taken for a formula, whichever separator they split at."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable, Sequence
from typing import Any

_SIGNS = r"=+@\-\uff1d\uff0b\uff0d\uff20"
#: A cell begins as a formula, or with what a spreadsheet skips before one.
_BEGINS = rf" *'*[{_SIGNS}\t\r\n]"
#: Where `;`, a tab or a line's end parts cells, in spreadsheets that do not split at commas.
_PARTED = r"([;\t\r\n][\s\"]*)"
_DANGEROUS = (re.compile(rf"^()(?={_BEGINS})"), re.compile(rf"{_PARTED}(?='*[{_SIGNS}])"))
_DEFUSED = (re.compile(rf"^()'(?={_BEGINS})"), re.compile(rf"{_PARTED}'(?='*[{_SIGNS}])"))


def safe_cell(value: Any) -> Any:
    """Texts that could be formulas get an apostrophe in front; numbers stay what they are.

    The same after `;`, a tab and a line's end inside of the text, where a cell begins for a
    spreadsheet that splits there. `plain_cell` takes the apostrophes away.
    """
    if not isinstance(value, str):
        return value
    text = value.replace("\0", "")
    for pattern in _DANGEROUS:
        text = pattern.sub(r"\1'", text)
    return text


def plain_cell(text: str) -> str:
    """The text that `safe_cell` was given."""
    for pattern in _DEFUSED:
        text = pattern.sub(r"\1", text)
    return text


def list_cell(values: Sequence[Any]) -> str:
    """A list in one cell, with `;` between; as JSON where that would not give it back."""
    texts = [str(value) for value in values]
    cell = ";".join(texts)
    if all(isinstance(value, (int, float)) for value in values):
        return cell
    if cell.split(";") == texts and not cell.startswith("[") and safe_cell(cell) == cell:
        return cell
    encoded = json.dumps(texts, ensure_ascii=False)
    return encoded if safe_cell(encoded) == encoded else encoded.replace(";", "\\u003b")


def csv_text(columns: Sequence[str], rows: Iterable[Iterable[Any]]) -> str:
    """A CSV with every text in quotation marks, and safe; a list becomes a `list_cell`.

    It is for spreadsheets: written as `utf-8-sig`, because Excel takes what has no BOM for another
    encoding.
    """
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, quoting=csv.QUOTE_NONNUMERIC)
    writer.writerow(columns)
    writer.writerows([_cell(value) for value in row] for row in rows)
    return stream.getvalue()


def _cell(value: Any) -> Any:
    if isinstance(value, list):
        return list_cell(value)  # safe by itself: of numbers, or in a form without formulas
    return safe_cell(value)

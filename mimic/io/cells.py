"""Cells of a CSV that a spreadsheet must not take for formulas."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

#: A spreadsheet takes a cell that begins with one of these for a formula.
DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")


def safe_cell(value: Any) -> Any:
    """Texts that could be formulas get an apostrophe in front; numbers stay what they are."""
    if not isinstance(value, str):
        return value
    text = value.replace("\0", "")
    return "'" + text if text.lstrip(" ").startswith(DANGEROUS) else text


def safe_row(row: Iterable[Any]) -> list[Any]:
    """The same for a whole row."""
    return [safe_cell(value) for value in row]

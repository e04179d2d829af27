"""What a value in a user's table or JSON record says, whatever program wrote it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection
from typing import Any
from urllib.parse import unquote

from mimic.errors import InputError
from mimic.io.json_reader import parse_json

_STRING = re.compile(r"""'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\.)*)\"""", re.S)
_ESCAPED = re.compile(r"""\\(['"\\])""")
#: What stands around the strings of a list as Python, pandas and NumPy write it.
_AROUND = re.compile(r"\[(?:\s|,|\b(?:None|nan|null|NaN)\b)*\]")


def is_nothing(value: Any) -> bool:
    """Whether nothing is in a cell or field: null, or the NaN that tables put there."""
    return value is None or (not isinstance(value, list | dict) and value != value)


def as_text(value: Any, what: str) -> str:
    """A value as text; `""` where nothing is in it.

    A number with an integer value is written without a point: tables turn whole numbers beside
    empty cells into floats.

    Raises:
        InputError: it is a list, an object or bytes; says `what` that is.
    """
    if isinstance(value, list | dict | bytes):
        raise InputError(f"{what} is a {type(value).__name__}, not text")
    if is_nothing(value):
        return ""
    return str(int(value) if isinstance(value, float) and value.is_integer() else value)


def as_list(value: Any) -> list[Any]:
    """The items of a value: of a list, of a list that was written as text, or itself."""
    if is_nothing(value):
        return []
    if isinstance(value, str) and value.strip().startswith("["):
        return _written_list(value.strip()) or [value]
    return value if isinstance(value, list) else [value]


def _written_list(text: str) -> list[Any] | None:
    """`["a.jpg"]` as JSON, `['a.jpg', 'b.jpg']` as Python, `['a.jpg' 'b.jpg']` as NumPy."""
    try:
        values = parse_json(text)
    except ValueError:
        if not _AROUND.fullmatch(_STRING.sub(" ", text)):
            return None
        return [_ESCAPED.sub(r"\1", one or other) for one, other in _STRING.findall(text)] or [""]
    return values if isinstance(values, list) and values else [""]


def made_id(number: str, taken: Collection[str]) -> str:
    """An identifier for what has none: its number, with an `E` for each time that it is taken."""
    while number in taken:
        number = "E" + number
    return number


def unquoted(name: str) -> str:
    """A name without the URL quotes that published data sets have: `K%C3%B6ln` -> `Köln`.

    What is no quoted text stays: `100% Wolf`, bytes that are not UTF-8, control characters.
    """
    if "%" not in name:
        return name
    try:
        plain = unquote(name, errors="strict")
    except UnicodeDecodeError:
        return name
    return plain if _controls(plain) <= _controls(name) else name


def quoted(name: str) -> str:
    """A name as a data folder has it: what `unquoted` gives back unchanged."""
    return name if unquoted(name) == name else name.replace("%", "%25")


def _controls(text: str) -> set[str]:
    return {letter for letter in text if unicodedata.category(letter) == "Cc"}

"""Reads the JSON of users' files: one reader, whose limits keep everything after it safe."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from mimic.errors import InputError

#: Levels of lists and objects inside each other, and digits of a whole number. Code that walks
#: through a value, writes it again or makes a float of it never fails within them.
MOST_DEPTH, MOST_DIGITS = 100, 300
_MARK = "\ufeff"


def read_json(path: Path) -> Any:
    """A JSON file, with or without a byte order mark; NaN and infinite numbers are read as such.

    Raises:
        InputError: a missing or broken file, with its name, line and column.
    """
    try:
        text = decoded(path.read_bytes())
        value = parse_json(text)
        if "\\ud" in text.lower():
            json.dumps(value, ensure_ascii=False).encode()  # fails where it could not be written
        return value
    except FileNotFoundError:
        raise InputError(f"no such file: {path}") from None
    except UnicodeDecodeError as error:
        raise InputError(f"{path}: not UTF-8 text (byte {error.start})") from None
    except UnicodeEncodeError as error:
        near = error.object[max(0, error.start - 30) : error.start]
        raise InputError(
            f"{path}: half of a surrogate pair, which is no character, after {near!r}"
        ) from None
    except ValueError as error:
        raise InputError(f"{path}: not JSON: {error}") from None
    except OSError as error:
        raise InputError(f"{path}: cannot be read ({error.strerror})") from None


def read_json_lines(path: Path) -> Iterator[tuple[str, Any]]:
    """The values of a file of JSON lines, each with where it stands, for messages.

    Raises:
        InputError: a missing file, one that is no text, or a broken line.
    """
    try:
        lines = decoded(path.read_bytes()).split("\n")  # a text may hold other ends of lines
    except FileNotFoundError:
        raise InputError(f"no such file: {path}") from None
    except UnicodeDecodeError as error:
        raise InputError(f"{path}: not UTF-8 text (byte {error.start})") from None
    except OSError as error:
        raise InputError(f"{path}: cannot be read ({error.strerror})") from None
    for number, line in enumerate(lines, 1):
        if line.strip():
            where = f"{path}: line {number}"
            try:
                yield where, parse_json(line)
            except ValueError as error:
                raise InputError(f"{where} is not JSON ({error})") from None


def parse_json(text: str) -> Any:
    """The value of a JSON text.

    Raises:
        ValueError: why it cannot be read, in words.
    """
    try:
        value = json.loads(text.lstrip(_MARK), parse_int=_whole)
    except RecursionError:
        raise ValueError(_TOO_DEEP) from None
    except json.JSONDecodeError as error:
        raise ValueError(f"{error.msg}, line {error.lineno} column {error.colno}") from None
    _check_depth(value)
    return value


def decoded(data: bytes) -> str:
    """Text in UTF-8, or in UTF-16 with its mark; without any mark at its beginning.

    Raises:
        UnicodeDecodeError: it is neither.
    """
    wide = data.startswith((b"\xff\xfe", b"\xfe\xff"))
    return data.decode("utf-16" if wide else "utf-8").lstrip(_MARK)


_TOO_DEEP = f"nested more than {MOST_DEPTH} levels deep"


def _whole(digits: str) -> int:
    if len(digits) > MOST_DIGITS:
        raise ValueError(f"a number of {len(digits):,} digits; at most {MOST_DIGITS} are read")
    return int(digits)


def _check_depth(value: Any) -> None:
    """Level by level, for what is deep must not be walked by recursion."""
    level = [value]
    for _ in range(MOST_DEPTH):
        level = [
            child
            for parent in level
            if isinstance(parent, list | dict)
            for child in (parent.values() if isinstance(parent, dict) else parent)
            if isinstance(child, list | dict)
        ]
        if not level:
            return
    raise ValueError(_TOO_DEEP)

"""Values of annotated types from parsed JSON: dataclasses, and what their fields may hold."""

from __future__ import annotations

import sys
from collections.abc import Callable
from contextlib import suppress
from dataclasses import MISSING, fields, is_dataclass
from types import UnionType
from typing import Any, get_args, get_origin, get_type_hints

from mimic.errors import InputError

#: Raises InputError for a text or a number that is too much, or not told; with where it stands.
Check = Callable[[Any, str], None]
#: Metadata of a field that does not stand in the JSON.
APART = {"apart": True}
NAMES = {str: "text", int: "a whole number", float: "a number", bool: "true or false"}


def decoded(kind: Any, value: Any, where: str, check: Check = lambda value, where: None) -> Any:
    """The value as its type says, nothing left unchecked but what a `list` or `Any` holds.

    Args:
        kind: a dataclass, tuple, `dict` with names for keys, union, `list`, `Any`, or one of
            `NAMES`; a whole number may stand for a number, which is finite.
        where: what messages call the place.
        check: of each text, number and name.

    Raises:
        InputError: another type, or a field that is missing or unknown.
    """
    if is_dataclass(kind):
        return _record(kind, value, where, check)
    shape, inner = get_origin(kind), get_args(kind)
    if shape is UnionType:
        for one in inner:
            with suppress(InputError):
                return decoded(one, value, where, check)
    if shape is tuple and isinstance(value, list | tuple):
        kinds = inner[:1] * len(value) if inner[-1] is Ellipsis else inner
        if len(kinds) == len(value):
            pairs = enumerate(zip(kinds, value, strict=True))
            return tuple(decoded(k, v, f"{where}[{i}]", check) for i, (k, v) in pairs)
    if shape is dict and isinstance(value, dict):
        for key in value:
            check(key, f"{where}: a field's name")
        return {str(k): decoded(inner[1], v, f"{where}.{k:.40}", check) for k, v in value.items()}
    number = kind in (int, float) and type(value) in (int, float)
    if number or (kind is str and type(value) is str):
        check(value, where)
    if number and kind is float:
        fits = abs(value) <= sys.float_info.max
    else:
        fits = kind is Any or type(value) is (list if shape is list else kind)
    if not fits:
        raise InputError(f"{where} is not {NAMES.get(kind, 'of the right form')}")
    return value


def _record(kind: Any, value: Any, where: str, check: Check) -> Any:
    if not isinstance(value, dict):
        raise InputError(f"{where} is not an object with named fields")
    kinds = get_type_hints(kind)
    known = {f.name: f for f in fields(kind) if f.metadata != APART}
    needed = {
        name for name, f in known.items() if f.default is MISSING and f.default_factory is MISSING
    }
    if wrong := (needed - set(value)) or (set(value) - set(known)):
        name = min(wrong)
        what = "is missing" if name in needed else "is unknown"
        raise InputError(f"{where}: field {name!r:.40} {what}")
    return kind(**{n: decoded(kinds[n], v, f"{where}.{n}", check) for n, v in value.items()})

"""Finds a picture by a name that another program or another system spelled its own way."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable

from mimic.io.values import unquoted


def _composed(name: str) -> str:
    return unicodedata.normalize("NFC", name)


def _plain(name: str) -> str:
    return _composed(unquoted(name))


def _folded(name: str) -> str:
    return _composed(_plain(name).casefold())


#: In the order in which names are compared: what both are changed by, and what that is called.
WAYS: tuple[tuple[str, Callable[[str], str]], ...] = (
    ("", str),
    ("composed ", _composed),  # macOS stores decomposed letters, a table holds composed ones
    ("quoted ", _plain),
    ("any case ", _folded),
)


class SpelledNames:
    """Names that are there, to be found in another spelling.

    Args:
        names: as they are there; the tables of a way are made when it is first needed.
    """

    def __init__(self, names: Iterable[str]) -> None:
        self._names = tuple(dict.fromkeys(names))
        self._tables: dict[int, dict[str, list[str]]] = {}

    def alike(self, name: str, way: int) -> list[str]:
        """The names that are the same as `name` by one of `WAYS`."""
        change = WAYS[way][1]
        if way not in self._tables:
            table: dict[str, list[str]] = {}
            for own in self._names:
                table.setdefault(change(own), []).append(own)
            self._tables[way] = table
        return self._tables[way].get(change(name), [])

    def find(self, name: str) -> list[str]:
        """The one name that is meant; several where that cannot be told, or none."""
        ways = (self.alike(name, way) for way in range(len(WAYS)))
        return next((names for names in ways if names), [])

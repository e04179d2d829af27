"""Which entities a surface form could mean by name alone: those whose name has all its words."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from mimic.data.facts import facts
from mimic.schema import Entity

#: How many entities share a surface form -> label of the group, in the order of tables.
SHARED = ("none", "1", "2-5", ">5")
#: Keys of facts that hold further names of an entity.
_ALIASES = re.compile(
    r"also (known|called)( as)?|alias(es)?|(other|former|nick) ?names?", re.IGNORECASE
)


class NameTable:
    """The words of all entity names, case and accents folded.

    Args:
        names: entity names, in the order of the knowledge base.
    """

    def __init__(self, names: Sequence[str]) -> None:
        self._names = names
        self._rows: dict[str, set[int]] = {}
        for row, name in enumerate(names):
            for word in words(name):
                self._rows.setdefault(word, set()).add(row)

    def sharing(self, surface: str) -> list[int]:
        """Rows of the entities whose names hold every word of the surface form, ascending."""
        rows = sorted((self._rows.get(word, set()) for word in words(surface)), key=len)
        return sorted(set.intersection(*rows)) if rows else []

    def touching(self, surface: str) -> list[int]:
        """Rows of the entities whose names hold any word of the surface form, ascending."""
        return sorted(set().union(*(self._rows.get(word, set()) for word in words(surface))))

    def bearing(self, surface: str) -> list[int]:
        """Rows of the entities whose names hold no other word, ascending."""
        own = words(surface)
        return [row for row in self.sharing(surface) if words(self._names[row]) == own]


def names_of(entity: Entity) -> list[str]:
    """The name of an entity, and those that its facts give it: `Also known as: USA.`"""
    if not _ALIASES.search(entity.description):  # far cheaper than to parse all of them
        return [entity.name]
    pairs = facts(entity.description)[1]
    return [entity.name, *(value for key, value in pairs if _ALIASES.fullmatch(key))]


def words(text: str) -> frozenset[str]:
    """The words of a name without case, accents and punctuation: `Tévez, C.` -> tevez, c."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    return frozenset(re.findall(r"\w+", "".join(c for c in plain if not unicodedata.combining(c))))


def shared_label(count: int) -> str:
    """The group of a surface form that `count` entities share."""
    return SHARED[0] if count == 0 else "1" if count == 1 else "2-5" if count <= 5 else ">5"

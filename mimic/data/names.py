"""Which entities a surface form could mean by name alone: those whose name has all its words."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence

from mimic.data.facts import facts
from mimic.schema import Entity

#: Letters that are no letter with an accent, and are typed without it.
_LETTERS = str.maketrans(
    {"ø": "o", "đ": "d", "ð": "d", "ł": "l", "ħ": "h", "ı": "i", "æ": "ae", "œ": "oe"}
)
#: How many entities share a surface form -> label of the group, in the order of tables.
SHARED = ("none", "1", "2-5", ">5")
#: Keys of facts that hold further names of an entity.
_ALIASES = re.compile(
    r"also (known|called)( as)?|alias(es)?|(other|former|nick) ?names?", re.IGNORECASE
)
#: The key of facts that says what an entity is.
_TYPE = re.compile(r"type|instance of", re.IGNORECASE)


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
    """The name of an entity, its aliases, and those that its facts give it: `Also known as: USA.`

    Each once.
    """
    said = _said(_ALIASES, entity.description)
    return list(dict.fromkeys((entity.name, *entity.aliases, *said)))


def name_table(entities: Iterable[Entity]) -> NameTable:
    """The words of all names of each entity together, in the order of the knowledge base."""
    return NameTable([" ".join(names_of(entity)) for entity in entities])


def type_in(description: str) -> str:
    """What an entity is, as its facts say it (`Type: river.`, `Instance of: river.`), else `""`."""
    return next(_said(_TYPE, description), "")


def is_of_type(type_: str, wanted: str) -> bool:
    """Whether one of the types of an entity, apart by commas, is the wanted one or a kind of it:
    a `national curling team` is a `curling team` and a `team`. Case does not matter."""
    last = wanted.casefold().split()
    parts = (part.split() for part in re.split("[,;]", type_.casefold()))
    return bool(last) and any(part[-len(last) :] == last for part in parts)


def _said(key: re.Pattern[str], description: str) -> Iterator[str]:
    """The values of the facts with such a key."""
    if key.search(description):  # far cheaper than to parse all of them
        yield from (value for name, value in facts(description)[1] if key.fullmatch(name))


def words(text: str) -> frozenset[str]:
    """The words of a name without case, accents and punctuation: `Tévez, C.` -> tevez, c."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    return frozenset(re.findall(r"\w+", "".join(c for c in plain if not unicodedata.combining(c))))


def shared_label(count: int) -> str:
    """The group of a surface form that `count` entities share."""
    return SHARED[0] if count == 0 else "1" if count == 1 else "2-5" if count <= 5 else ">5"


def folded(text: str) -> str:
    """A name as it is looked up: its words without case, accents and punctuation, in their order.

    One that has no words stays as it is.
    """
    plain = text.casefold()
    if not plain.isascii():
        parts = unicodedata.normalize("NFKD", plain).translate(_LETTERS)
        plain = "".join(c for c in parts if not unicodedata.combining(c))
    return " ".join(re.findall(r"\w+", plain)) or " ".join(plain.split())


def type_of(entity: Entity) -> str:
    """What an entity is, in a few words: its type where it is known, or else its first fact."""
    if known := getattr(entity, "type", ""):
        return str(known)
    prose, pairs = facts(entity.description)
    return (
        prose
        or next((value for key, value in pairs if key in ("Type", "Instance of")), "")
        or (pairs[0][1] if pairs else "")
    )

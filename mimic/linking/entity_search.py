"""Entities by what somebody types: over all names, aliases and identifiers of a knowledge base.

One text holds a line for each entity, the entities with short names first, so that the first lines
in which a query is met are the ones to show, and the search can stop at them.
"""

from __future__ import annotations

import re
from array import array
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher
from itertools import accumulate, chain, islice

import numpy as np
from numpy.typing import NDArray

from mimic.data.names import folded, names_of, type_of
from mimic.errors import InputError
from mimic.schema import Entity

MOST_QUERY = 200  # characters that are read of a query
#: Of a line: what a name begins and ends with, and what a word of the type begins with.
NAME, TYPE, LINE = "\t", "\v", "\n"
#: Of a query that nothing matches: how many names that share pieces of three letters with it are
#: compared with it letter by letter, and how alike those must be that are nearest, from 0 to 1.
COMPARED, ALIKE = 100, 0.55


class EntitySearch:
    """What can be found by name, alias or identifier; case, accents and punctuation are folded.

    Args:
        entities: in the order of the knowledge base; rows are places in it.
    """

    def __init__(self, entities: Iterable[Entity]) -> None:
        lines = [_line(entity) for entity in entities]
        order = sorted(range(len(lines)), key=lambda row: lines[row].find(NAME, 1))
        self._rows = array("q", order)
        self._text = "".join(lines[row] for row in order)
        self._starts = array("q", accumulate((len(lines[row]) for row in order), initial=0))
        pieces = _pieces(self._text)
        by_piece = np.argsort(pieces, kind="stable")
        places = np.repeat(np.arange(len(order), dtype=np.int32), np.diff(self._starts))
        self._pieces, self._places = pieces[by_piece], places[:-2][by_piece]

    def search(self, query: str, k: int) -> list[int]:
        """Rows of the first k entities that a query is met in, best first.

        Names, aliases and identifiers that are the query come first, then those that begin with it,
        those of which a word does, those in which (or in their type) words begin with all of its
        words, and those that hold it anywhere; of one kind short names first.

        Raises:
            InputError: the query is empty or too long.
        """
        typed = _checked(query)
        lines = chain(
            self._lines_with(NAME + typed + NAME),
            self._lines_with(NAME + typed),
            self._lines_with(" " + typed),
            self._lines_of_words(typed.split()),
            self._lines_with(typed),
        )
        return [self._rows[line] for line in islice(_distinct(lines), k)]

    def nearest(self, query: str, k: int) -> list[int]:
        """Rows of k entities with the names most like a query, one of each name, best first.

        Raises:
            InputError: as `search`.
        """
        typed = _checked(query)
        shared = np.bincount(self._sharing(NAME + typed + NAME), minlength=len(self._rows))
        most = np.argsort(-shared, kind="stable")[:COMPARED]
        matcher = SequenceMatcher(b=typed, autojunk=False)
        alike: dict[str, tuple[float, int]] = {}  # one entity of a name
        for line in most[shared[most] > 0].tolist():
            names = self._names(line)
            likeness = max(_ratio(matcher, name) for name in names)
            if likeness >= ALIKE:
                alike.setdefault(names[0], (-likeness, line))
        return [self._rows[line] for _, line in sorted(alike.values())[:k]]

    def _sharing(self, name: str) -> NDArray[np.int32]:
        """Numbers of the lines that hold a piece of a name, once for each time that they do."""
        wanted = np.unique(_pieces(name))
        first = np.searchsorted(self._pieces, wanted, "left")
        after = np.searchsorted(self._pieces, wanted, "right")
        parts = [self._places[a:b] for a, b in zip(first, after, strict=True)]
        return np.concatenate(parts)

    def _lines_with(self, piece: str) -> Iterator[int]:
        """Numbers of the lines that hold a piece, each once."""
        place = self._text.find(piece)
        while place >= 0:
            line = bisect_right(self._starts, place) - 1
            yield line
            place = self._text.find(piece, self._starts[line + 1])

    def _lines_of_words(self, words: list[str]) -> Iterator[int]:
        """Numbers of the lines in which words begin with each of the given ones."""
        rarest = min(words, key=self._text.count)
        begin = [re.compile(f"[{NAME}{TYPE} ]{re.escape(word)}") for word in words]
        for line in self._lines_with(rarest):
            ends = self._starts[line], self._starts[line + 1]
            if all(pattern.search(self._text, *ends) for pattern in begin):
                yield line

    def _names(self, line: int) -> list[str]:
        """The folded names of a line, its identifier the last."""
        text = self._text[self._starts[line] : self._starts[line + 1]]
        return text.split(NAME)[1:-1]


def _pieces(text: str) -> NDArray[np.uint64]:
    """Each three letters that follow each other, as one number."""
    codes = np.frombuffer(text.encode("utf-32-le"), np.uint32).astype(np.uint64)
    shift = np.uint64(21)  # bits of a character
    return (codes[:-2] << shift << shift) | (codes[1:-1] << shift) | codes[2:]


def _line(entity: Entity) -> str:
    """Names between tabs, then the words of the type."""
    names = (folded(name) for name in (*names_of(entity), entity.id))
    kind = "".join(TYPE + word for word in folded(type_of(entity)).split())
    return NAME + NAME.join(names) + NAME + kind + LINE


def _distinct(lines: Iterable[int]) -> Iterator[int]:
    seen: set[int] = set()
    for line in lines:
        if line not in seen:
            seen.add(line)
            yield line


def _ratio(matcher: SequenceMatcher[str], name: str) -> float:
    """How alike two names are, from 0 to 1."""
    matcher.set_seq1(name)
    return matcher.ratio() if matcher.real_quick_ratio() >= ALIKE else 0.0


def _checked(query: str) -> str:
    if len(query) > MOST_QUERY:
        raise InputError(f"the query has {len(query):,} characters; at most {MOST_QUERY} are read")
    if not (typed := folded(query)):
        raise InputError("the query is empty: write a name, an alias or an id")
    return typed

"""Finds the names of a knowledge base in a text, all of them in one walk (Aho, Corasick 1975)."""

from __future__ import annotations

import bisect
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

import ahocorasick_rs

from mimic.data.names import names_of
from mimic.errors import InputError, check_text
from mimic.model.spans import Letter, Span, appearance, bound, caseless, cuts, joined
from mimic.schema import Entity
from mimic.texts.priors import LEAST, prior
from mimic.texts.sentences import sentences

#: Characters of a text that are searched at once.
MOST_TEXT = 1_000_000


@dataclass(frozen=True)
class NameMatch:
    """Words of a text that spell a name.

    Attributes:
        start, end: code points `[start, end)` of the text as it was given.
        surface: the words, as the text has them.
        prior: how likely it is that they are meant as a name at all, from 0 to 1.
        rows: the entities that bear the name, ascending; none for what only a recogniser found.
    """

    start: int
    end: int
    surface: str
    prior: float
    rows: tuple[int, ...]


class NameFinder:
    """The names and aliases of a knowledge base.

    Names match as they look: without case and accents, whatever spaces, quotation marks, dashes and
    widths they are written with, composed or decomposed.

    Args:
        entities: in the order of the knowledge base.
    """

    def __init__(self, entities: Iterable[Entity]) -> None:
        self._rows: dict[str, list[int]] = {}
        self._spellings: set[str] = set()
        for row, entity in enumerate(entities):
            for name in names_of(entity):
                rows = self._rows.setdefault(_key(name), [])
                if not rows or rows[-1] != row:
                    rows.append(row)
                self._spellings.add(name if name.isascii() else appearance(name))
        self._rows.pop("", None)

    def bearers(self, surface: str) -> list[int]:
        """Rows of the entities that bear a name, ascending."""
        return list(self._rows.get(_key(surface), ()))

    def find(self, text: str, least: float = LEAST) -> list[NameMatch]:
        """The longest matches at word borders, from left to right, that do not overlap.

        Args:
            least: the least prior.

        Raises:
            InputError: the text is too long.
        """
        check_length(text)
        letters, starts = caseless(text), {span[0] for span in sentences(text)}
        matches: list[NameMatch] = []
        for start, end, name in self._spans(text, letters):
            if matches and start < matches[-1].end:
                continue
            surface = text[start:end]
            spelled = surface if surface.isascii() else appearance(surface)
            exact = spelled in self._spellings
            value = prior(spelled, name, exact, start in starts)
            initial = len(name) == 1 and text[end : end + 1] == "."  # J. Smith
            if value >= least and not initial:
                matches.append(NameMatch(start, end, surface, value, tuple(self._rows[name])))
        return matches

    def _spans(self, text: str, letters: list[Letter]) -> list[tuple[int, int, str]]:
        """Start, end and folded name of all matches at word borders, the longest first."""
        spans = []
        for name, first, after in self._automaton.find_matches_as_indexes(
            joined(letters), overlapping=True
        ):
            if not cuts(letters, first, after):
                start, end = letters[first].start, letters[after - 1].end
                if bound(text, start, end) < 2:
                    spans.append((start, end, self._names[name]))
        return sorted(spans, key=lambda span: (span[0], -span[1]))

    @cached_property
    def _names(self) -> list[str]:
        return list(self._rows)

    @cached_property
    def _automaton(self) -> ahocorasick_rs.AhoCorasick:
        return ahocorasick_rs.AhoCorasick(
            self._names,
            store_patterns=False,
            implementation=ahocorasick_rs.Implementation.ContiguousNFA,
        )


def check_length(text: str) -> None:
    """Raises InputError for a text that is empty, too long, or that no file can hold."""
    if not text.strip():
        raise InputError("the text is empty: give the text whose names are linked")
    if len(text) > MOST_TEXT:
        raise InputError(
            f"the text has {len(text):,} characters; at most {MOST_TEXT:,} are read: give it in "
            "parts"
        )
    check_text(text, "the text")


def merged(matches: Sequence[NameMatch], text: str, more: Iterable[Span]) -> list[NameMatch]:
    """The matches, and what a recogniser found beside them: mentions without a bearer."""
    starts = [match.start for match in matches]
    added: list[NameMatch] = []
    for start, end in sorted(more):
        near = bisect.bisect_left(starts, end)
        clear = near == 0 or matches[near - 1].end <= start
        if clear and 0 <= start < end <= len(text) and (not added or added[-1].end <= start):
            added.append(NameMatch(start, end, text[start:end], 1.0, ()))
    return sorted([*matches, *added], key=lambda match: match.start)


def _key(name: str) -> str:
    """A name without case and accents, as `caseless` makes texts."""
    if name.isascii() and name.isprintable() and "`" not in name:  # as nearly all are
        return " ".join(name.split()).casefold()
    return joined(caseless(name)).strip()

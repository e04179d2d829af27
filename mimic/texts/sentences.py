"""Paragraphs and sentences of a text, and the words around a mention that a model can read."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from mimic.model.spans import Span

_BLANK = re.compile(r"(?:\r\n?|\n)[^\S\r\n]*(?:\r\n?|\n)\s*")
#: A full stop with what closes after it, before what does not go on in small letters.
_STOP = re.compile(
    r"""[.!?…]+["'”’»)\]]*(?=\s+["'“‘«(\[¿¡]*[^\W_a-zß-öø-ÿ])|[。！？]+[”』」）]*""",
)
#: Words whose full stop ends no sentence; single letters are such, too.
_ABBREVIATIONS = frozenset(
    """mr mrs ms dr st prof jr sr vs no gen col sen rep gov capt lt sgt rev hon mt ft etc eg ie
    cf al inc ltd co corp approx jan feb mar apr jun jul aug sep sept oct nov dec u.s u.k e.g
    i.e""".split()  # noqa: SIM905
)
_WORD = re.compile(r"\S+")


def paragraphs(text: str) -> list[Span]:
    """What blank lines part, without the space around it; code points."""
    return _parts(text, 0, len(text), [m.span() for m in _BLANK.finditer(text)])


def sentences(text: str) -> list[Span]:
    """The sentences of all paragraphs, without the space around them; code points."""
    found: list[Span] = []
    for start, end in paragraphs(text):
        stops = [
            (m.end(), m.end())
            for m in _STOP.finditer(text, start, end)
            if not _abbreviates(text, start, m)
        ]
        found += _parts(text, start, end, stops)
    return found


def _abbreviates(text: str, start: int, stop: re.Match[str]) -> bool:
    if stop[0] != ".":
        return False
    word = text[max(start, stop.start() - 20) : stop.start()].split()[-1:]
    last = word[0].lstrip("([\"'“‘") if word else ""
    return last.casefold() in _ABBREVIATIONS or (len(last) == 1 and last.isupper())


def _parts(text: str, start: int, end: int, gaps: Sequence[Span]) -> list[Span]:
    """What the gaps leave of a stretch of the text, stripped, where there is anything."""
    edges = [start, *(edge for gap in gaps for edge in gap), end]
    parts = zip(edges[::2], edges[1::2], strict=True)
    return [span for a, b in parts if (span := _stripped(text, a, b))[0] < span[1]]


def _stripped(text: str, start: int, end: int) -> Span:
    part = text[start:end]
    return start + len(part) - len(part.lstrip()), end - len(part) + len(part.rstrip())


def context(
    text: str,
    mention: Span,
    places: Sequence[Span],
    fits: Callable[[str], bool],
    neighbours: bool = False,
) -> Span:
    """The part of a text that a mention is read in.

    Its sentence; of one that is too long the words around the mention.

    Args:
        mention: where it stands.
        places: of the sentences of its paragraph.
        fits: whether a model reads the whole of such a context.
        neighbours: the sentences before and after, too, in turn, as long as all of it fits.
    """
    inside = [i for i, (a, b) in enumerate(places) if a < mention[1] and mention[0] < b]
    if not inside:  # a mention of one's own, between two sentences
        return mention
    first, last = inside[0], inside[-1]
    start = min(places[first][0], mention[0])
    end = max(places[last][1], mention[1])
    if not fits(text[start:end]):
        return _around(text, mention, (start, end), fits)
    grown = neighbours
    while grown:
        grown = False
        if first > 0 and fits(text[places[first - 1][0] : end]):
            first, grown = first - 1, True
            start = places[first][0]
        if last + 1 < len(places) and fits(text[start : places[last + 1][1]]):
            last, grown = last + 1, True
            end = places[last][1]
    return start, end


def _around(text: str, mention: Span, sentence: Span, fits: Callable[[str], bool]) -> Span:
    """As many whole words on both sides of a mention as fit."""
    before = [m.start() for m in _WORD.finditer(text, sentence[0], mention[0])][::-1]
    after = [m.end() for m in _WORD.finditer(text, mention[1], sentence[1])]

    def span(count: int) -> Span:
        left = before[min(count, len(before)) - 1] if count and before else mention[0]
        right = after[min(count, len(after)) - 1] if count and after else mention[1]
        return left, right

    low, high = 0, max(len(before), len(after))
    while low < high:  # the most words that fit, by halves
        middle = (low + high + 1) // 2
        low, high = (middle, high) if fits(text[slice(*span(middle))]) else (low, middle - 1)
    return span(low)

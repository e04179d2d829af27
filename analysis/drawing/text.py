"""Text in lines: sentences with a marked mention, and names cut to fit."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Callable

from analysis.drawing.fonts import drawable, width

#: Where an identifier may be broken: after these, and beside a character of Chinese.
SEPARATORS = "-_:/. "
DOTS = "\N{HORIZONTAL ELLIPSIS}"
_LEAST = 3  # characters on a line of an identifier: fewer look like a mistake
#: Width in inches of a text, of a size in points, in bold or not.
Measure = Callable[[str, float, bool], float]
#: A stretch of text without a break, and whether it belongs to the mention.
Piece = tuple[str, bool]
#: Something that may start a line: whether a space comes before it, and its pieces.
Word = tuple[bool, list[Piece]]


def wrapped(
    sentence: str,
    span: tuple[int, int],
    wide: float,
    size: float,
    most: int,
    measure: Measure = width,
) -> list[list[Word]]:
    """The sentence in lines of a width in inches; of more than `most` those around the mention."""
    lines: list[list[Word]] = [[]]
    left, space = 0.0, measure("a a", size, False) - measure("aa", size, False)
    for spaced, pieces in _words(sentence, span, wide, size, measure):
        long = sum(measure(text, size, marked) for text, marked in pieces)
        gap = space if spaced and lines[-1] else 0.0
        if lines[-1] and left + gap + long > wide:
            lines.append([])
            left = gap = 0.0
        lines[-1].append((spaced, pieces))
        left += gap + long
    if len(lines) <= most:
        return lines
    mention = next(i for i, line in enumerate(lines) if any(m for _, ps in line for _, m in ps))
    start = max(0, min(mention - most // 2, len(lines) - most))
    window = lines[start : start + most]
    if start:
        window[0] = [(False, [(DOTS, False)]), *window[0]]
    if start + most < len(lines):
        window[-1] = [*window[-1][:-1], (True, [(DOTS, False)])]
    return window


def right_to_left(text: str) -> bool:
    """Whether the first letter with a direction runs from the right."""
    strong = (unicodedata.bidirectional(c) for c in text)
    return next((kind != "L" for kind in strong if kind in ("L", "R", "AL")), False)


def fitted(
    text: str,
    wide: float,
    size: float,
    most: int = 1,
    bold: bool = False,
    measure: Measure = width,
) -> list[str]:
    """A text in at most so many lines, broken anywhere, with an ellipsis where it was cut."""
    rest = drawable(text)
    lines: list[str] = []
    while rest and len(lines) < most:
        count = _fitting(rest, wide, size, bold, measure)
        while 1 < count < len(rest) and unicodedata.combining(rest[count]):
            count -= 1
        more = len(lines) + 1 < most  # the last line is cut where it is full
        if (
            more
            and count < len(rest)
            and (breaks := list(re.finditer(r"[\s\-_/]", rest[: count + 1])))
        ):
            place = breaks[-1].end() if breaks[-1].end() <= count else breaks[-1].start()
            count = place if place > count / 2 else count
        lines.append(rest[:count].strip())
        rest = rest[count:].lstrip()
    if rest and lines:
        last = lines[-1]
        while last and measure(last + DOTS, size, bold) > wide:
            last = last[:-1]
        lines[-1] = last + DOTS
    return lines


def identifier(text: str, wide: float, size: float, measure: Measure = width) -> list[str]:
    """An identifier in one line or two.

    It is broken after a separator only: where it does not fit, its middle is left out.
    """
    line = drawable(text)
    if measure(line, size, False) <= wide:
        return [line]
    return _halves(line, wide, size, measure) or _without_middle(line, wide, size, measure)


def _halves(text: str, wide: float, size: float, measure: Measure) -> list[str]:
    """Two lines, the first as long as it can be; none where they do not fit."""
    for place in range(len(text) - _LEAST, _LEAST - 1, -1):
        if _may_break(text, place):
            halves = [text[:place].strip(), text[place:].strip()]
            if all(measure(half, size, False) <= wide for half in halves):
                return halves
    return []


def _may_break(text: str, place: int) -> bool:
    before, after = text[place - 1], text[place]
    if before in SEPARATORS:
        return after not in SEPARATORS
    beside = (unicodedata.east_asian_width(c) in "WF" for c in (before, after))
    return any(beside) and not unicodedata.combining(after)


def _without_middle(text: str, wide: float, size: float, measure: Measure) -> list[str]:
    """Two lines: the end, of whole words where it can be, and what fits of the beginning."""
    starts = [start for start, _ in _clusters(text)]
    tails = [at for at in starts[_LEAST:-_LEAST] if measure(text[at:], size, False) <= wide]
    if not tails:
        return fitted(text, wide, size, measure=measure)
    tail = next((at for at in tails if _may_break(text, at)), tails[0])
    heads = [text[:at] + DOTS for at in starts if at < tail]
    head = next((h for h in reversed(heads) if measure(h, size, False) <= wide), DOTS)
    return [head, text[tail:]]


def _fitting(text: str, wide: float, size: float, bold: bool, measure: Measure) -> int:
    """How many characters of a text fit into a width, at least one."""

    def width_to(last: int) -> float:
        return measure(text[: last + 1], size, bold)

    return max(1, bisect_right(range(len(text)), wide, key=width_to))


def _words(
    sentence: str, span: tuple[int, int], wide: float, size: float, measure: Measure
) -> list[Word]:
    """Parts that may start a line: words, and single characters of Chinese or of long words."""
    words: list[Word] = []
    spaced = joined = False
    for start, end in _clusters(sentence):
        text, marked = sentence[start:end], start < span[1] and span[0] < end
        if text.isspace():
            spaced, joined = True, False
            continue
        single = unicodedata.east_asian_width(text[0]) in "WF"
        if joined and not single:
            _append(words[-1][1], drawable(text), marked)
        else:
            words.append((spaced, [(drawable(text), marked)]))
        spaced, joined = False, not single
    return [part for word in words for part in _broken(word, wide, size, measure)]


def _clusters(text: str) -> list[tuple[int, int]]:
    """Characters with the combining marks that follow them."""
    starts = [i for i, c in enumerate(text) if i == 0 or not unicodedata.combining(c)]
    return list(zip(starts, [*starts[1:], len(text)], strict=True))


def _append(pieces: list[Piece], text: str, marked: bool) -> None:
    if pieces[-1][1] == marked:
        pieces[-1] = (pieces[-1][0] + text, marked)
    else:
        pieces.append((text, marked))


def _broken(word: Word, wide: float, size: float, measure: Measure) -> list[Word]:
    """A word as it is, or in single characters where no line holds it."""
    spaced, pieces = word
    if sum(measure(text, size, marked) for text, marked in pieces) <= wide:
        return [word]
    singles = [(text[a:b], marked) for text, marked in pieces for a, b in _clusters(text)]
    return [(spaced and i == 0, [piece]) for i, piece in enumerate(singles)]

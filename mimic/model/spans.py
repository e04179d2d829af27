"""Where a mention stands in its sentence: as it was typed, or written so that it looks the same.

Offsets are code points `[start, end)` of the sentence as it was given.
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Iterator
from typing import Any, NamedTuple

Span = tuple[int, int]

#: Quotation marks, apostrophes and dashes that print alike.
_ALIKE = str.maketrans(
    dict.fromkeys("‘’‚‛′ʹʻʼʽˈˊ՚׳`´", "'")
    | dict.fromkeys("“”„‟″ˮ״", '"')
    | dict.fromkeys("‐‑‒–—―−⁃", "-")
)
#: Cyrillic and Greek letters with a Latin twin: offered, never taken one for the other.
_TWINS = str.maketrans(
    "АВЕЅІЈКМНОРСТУХаеорсухѕіјһԁԛԝΑΒΕΖΗΙΚΜΝΟΡΤΥΧο",  # noqa: RUF001
    "ABESIJKMHOPCTYXaeopcyxsijhdqwABEZHIKMNOPTYXo",
)
_ENTITY = re.compile(r"&(?:#\d{1,7}|#x[0-9a-f]{1,6}|[a-z][a-z0-9]{1,31});", re.I)
_HYPHENS = "-\N{HYPHEN}\N{NON-BREAKING HYPHEN}"
#: Variation selectors, fillers and joiners: they print as nothing, whatever their category.
_VARIANTS = (("\ufe00", "\ufe0f"), ("\U000e0100", "\U000e01ef"))
_FILLERS = "\u034f\u115f\u1160\u17b4\u17b5\u180b\u180c\u180d\u3164\uffa0"

#: Thai and Lao, Tibetan, Burmese, Khmer.
_UNSPACED = (
    ("\u0e00", "\u0eff"),
    ("\u0f00", "\u0fff"),
    ("\u1000", "\u109f"),
    ("\u1780", "\u17ff"),
)


class Letter(NamedTuple):
    """A character of a folded text, and the characters of the text itself that it stands for."""

    letter: str
    start: int
    end: int


def find_span(sentence: str, surface: str, near: Any = None) -> Span | None:
    """Where the surface form stands; `None` where nothing in the sentence looks like it.

    A whole word goes before a part of one (`Nigeria beat **Niger**`), one that stands alone before
    a part of a compound (`Guinea-Bissau beat **Guinea**`), the very characters before others that
    look the same (other spaces, quotation marks and dashes, invisible marks, composed and
    decomposed accents, other widths), and the first before the rest.

    Args:
        near: a place `[start, end)` that was pointed at: taken where it reads as the surface
            form, and dropped where it does not.
    """
    if not surface:
        return None
    if near is not None and (pointed := _pointed(sentence, surface, near)):
        return pointed
    exact = {(at, at + len(surface)): None for at in _places(sentence, surface)}
    if alone := next((span for span in exact if not bound(sentence, *span)), None):
        return alone
    alike = _alike(sentence, surface)
    return min(
        dict.fromkeys(alike) | exact,
        key=lambda span: (bound(sentence, *span), span not in exact, span),
        default=None,
    )


def looks_like(text: str, surface: str) -> bool:
    """Whether two texts look the same when they are printed."""
    return text == surface or appearance(text) == appearance(surface)


def is_blank(text: str) -> bool:
    """Whether a text prints as nothing: spaces and invisible marks only."""
    return not appearance(text)


def caseless(text: str) -> list[Letter]:
    """The text as it looks, without case and accents: in what names are sought.

    An accent that is left out belongs to the letter before it.
    """
    letters: list[Letter] = []
    for letter, start, end in _folded(text):
        if letter.isascii():
            letters.append(Letter(letter.lower(), start, end))
        elif not unicodedata.combining(letter):
            letters += [Letter(plain, start, end) for plain in letter.casefold()]
        elif letters:
            letters[-1] = letters[-1]._replace(end=max(end, letters[-1].end))
    return letters


def appearance(text: str) -> str:
    """The text as it looks: two that print alike have the same."""
    return joined(_folded(text)).strip()


def cuts(letters: list[Letter], first: int, after: int) -> bool:
    """Whether `letters[first:after]` take a part of a character of the text and leave another."""
    start, end = letters[first].start, letters[after - 1].end
    before = first > 0 and letters[first - 1].start == start
    return before or (
        after < len(letters) and (letters[after].start < end or _goes_on(letters[after].letter))
    )


def absence(sentence: str, surface: str) -> str:
    """The message about a surface form that is not in the sentence.

    What differs in case, accents, HTML entities or letters of another script is offered, as it
    stands there, with the first difference by name.
    """
    message = f"the mention {surface!r} is not in the sentence"
    found = next(iter(_alike(sentence, surface, loosely=True)), None)
    if found is None:
        return message
    there = sentence[slice(*found)]
    return (
        f"{message}, but {there!r} is ({_difference(surface.strip(), there)}): "
        "write it as it stands there"
    )


def _pointed(sentence: str, surface: str, near: Any) -> Span | None:
    if not isinstance(near, (list, tuple)) or len(near) != 2:
        return None
    start, end = near
    if not isinstance(start, int) or not isinstance(end, int):
        return None
    fits = 0 <= start < end <= len(sentence) and looks_like(sentence[start:end], surface)
    return (start, end) if fits else None


def _places(text: str, part: str) -> Iterator[int]:
    """All places of a part in a text, overlapping ones too."""
    at = text.find(part)
    while at >= 0:
        yield at
        at = text.find(part, at + 1)


def _alike(sentence: str, surface: str, loosely: bool = False) -> Iterator[Span]:
    """Spans that read as the surface form when both are folded, and cut no character in two."""
    part = joined(_folded(surface, loosely)).strip()
    letters = _folded(sentence, loosely)
    for first in _places(joined(letters), part) if part else ():
        after = first + len(part)
        if not cuts(letters, first, after):
            yield letters[first].start, letters[after - 1].end


def joined(letters: list[Letter]) -> str:
    return "".join(letter for letter, _, _ in letters)


def _folded(text: str, loosely: bool = False) -> list[Letter]:
    """The text as it looks: decomposed, in one width, without invisible marks, single spaces.

    Args:
        loosely: also without case, accents, HTML entities and differences between scripts.
    """
    letters: list[Letter] = []
    for start, end, said in _characters(text, loosely):
        if not loosely and "!" <= said <= "~" and said != "`":  # most of a text, and soon done
            letters.append(Letter(said, start, end))
            continue
        plain = unicodedata.normalize("NFKD", said.translate(_ALIKE)).translate(_ALIKE)
        if loosely:
            plain = plain.translate(_TWINS).casefold()
        for letter in plain:
            if _unseen(letter) or (loosely and unicodedata.combining(letter)):
                continue
            if letter.isspace():
                letter = " "
                if letters and letters[-1].letter == " ":
                    continue
            letters.append(Letter(letter, start, end))
    return _ordered(letters)


def _characters(text: str, loosely: bool) -> Iterator[tuple[int, int, str]]:
    """Start, end and meaning of each character, HTML entities being read as one of them."""
    at = 0
    for entity in _ENTITY.finditer(text) if loosely else ():
        yield from ((i, i + 1, text[i]) for i in range(at, entity.start()))
        at = entity.end()
        yield entity.start(), at, html.unescape(entity[0])
    yield from ((i, i + 1, text[i]) for i in range(at, len(text)))


def _ordered(letters: list[Letter]) -> list[Letter]:
    """Combining marks of one letter in Unicode's order, in which they may not have been typed."""
    first = 0
    if all(letter.isascii() for letter, _, _ in letters):
        return letters
    for place in range(len(letters) + 1):
        if place == len(letters) or not unicodedata.combining(letters[place].letter):
            if place - first > 1:
                marks = letters[first:place]
                letters[first:place] = sorted(marks, key=lambda m: unicodedata.combining(m.letter))
            first = place + 1
    return letters


def _unseen(letter: str) -> bool:
    """Whether a character prints as nothing; the tags that tell flags apart do print."""
    if letter in _FILLERS or any(low <= letter <= high for low, high in _VARIANTS):
        return True
    kind = unicodedata.category(letter)
    tag = "\U000e0020" <= letter <= "\U000e007f"
    return (kind == "Cf" and not tag) or (kind == "Cc" and not letter.isspace())


def _goes_on(letter: str) -> bool:
    """Whether a character belongs to the one before: an accent, or a later part of Hangul."""
    return unicodedata.category(letter)[0] == "M" or "\u1160" <= letter <= "\u11ff"


def bound(sentence: str, start: int, end: int) -> int:
    """How a span hangs on what is beside it: 0 not at all, 1 by a hyphen, 2 inside a word."""
    before = _neighbours(sentence, start - 1, -1)
    after = _neighbours(sentence, end, 1)
    first, last = sentence[start], sentence[end - 1]
    if _one_word(before[0], first) or _one_word(last, after[0]):
        return 2
    hyphens = any(side[0] in _HYPHENS and _in_word(side[1]) for side in (before, after) if side[0])
    return 1 if hyphens else 0


def _neighbours(sentence: str, at: int, step: int) -> tuple[str, str]:
    """The next two characters in a direction that print; `""` at the end."""
    found: list[str] = []
    while 0 <= at < len(sentence) and len(found) < 2:
        letter = sentence[at]
        if not _unseen(letter) or letter == "\N{ZERO WIDTH SPACE}":  # which parts words
            found.append(letter)
        at += step
    return (*found, "", "")[0], (*found, "", "")[1]


def _one_word(left: str, right: str) -> bool:
    if right and _goes_on(right):
        return bool(left)
    return all(_in_word(c) and not is_unspaced(c) for c in (left, right))


def _in_word(letter: str) -> bool:
    return bool(letter) and (
        letter.isalnum() or letter == "_" or unicodedata.category(letter)[0] == "M"
    )


def is_unspaced(letter: str) -> bool:
    """Whether a letter is of a script that puts no spaces between its words."""
    return (
        unicodedata.east_asian_width(letter) in ("W", "F", "H")
        and not unicodedata.name(letter, "").startswith("FULLWIDTH")
    ) or any(low <= letter <= high for low, high in _UNSPACED)


def _difference(typed: str, there: str) -> str:
    """The first character that differs, by name."""
    same = next(
        (i for i, (a, b) in enumerate(zip(typed, there, strict=False)) if a != b),
        min(len(typed), len(there)),
    )
    return f"{_name(typed[same:])}, there {_name(there[same:])}"


def _name(rest: str) -> str:
    return unicodedata.name(rest[0], f"U+{ord(rest[0]):04X}") if rest else "its end"

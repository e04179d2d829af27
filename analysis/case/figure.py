"""The figure of a case study, as papers print it: a row for each case.

At two-column width a row is mention card | gold entity | first entities of the total and of each
unit; at one-column width the lists lie below the card. What was asked for besides follows below.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any

from matplotlib.figure import Figure
from PIL import Image

from analysis.case.details import details_row
from analysis.case.records import LISTS, Answer, Casebook, Picture, Standing
from analysis.case.words import WORDS, letter, what_if_letter
from analysis.drawing.pen import GREY, LEADING, RIGHT, WRONG, Pen
from analysis.drawing.text import fitted, identifier, right_to_left, wrapped
from mimic.model.pictures import picture_from
from mimic.schema import UNITS

#: Widths in inches: the text width of a page of two columns, and one of its columns.
WIDTHS = {"two-column": 7.0, "one-column": 3.4}
SIZE, SMALL, TINY = 6.5, 6.0, 5.4  # points
PAD, GAP = 0.04, 0.08  # inches
THUMB, ENTRY = 0.36, 0.43
CARD, GOLD = 1.72, 0.86  # columns of the wide form
PICTURE = 0.84
PIXELS = 480  # of the longer side of what is drawn
TICK, CROSS = "\N{CHECK MARK}", "\N{BALLOT X}"


def case_figure(book: Casebook, wide: float) -> Figure:
    """The figure of a book.

    Args:
        wide: in inches; less than 5 takes the form for one column.
    """
    pen = Pen(wide)
    words = WORDS[book.language]
    row = _wide_row if wide >= 5 else _narrow_row
    y = _heads(pen, words) if wide >= 5 else PAD
    for number, case in enumerate(book.cases):
        pictures = Drawn(case.pictures)
        if number:
            pen.rule(y)
            y += PAD
        y = _caption(pen, y, letter(number), case.caption)
        y = row(pen, y, case.answer, case.gold, pictures, words)
        y = details_row(pen, y, case, book.details, pictures, words)
        for place, what_if in enumerate(case.what_ifs if "what-ifs" in book.details else ()):
            label = f"{what_if_letter(number, place)} {words['what_if']}"
            y = _caption(pen, y, label, what_if.label)
            y = row(pen, y, what_if.answer, case.gold, pictures, words)
    pen.rule(y)
    legend = fitted(words["legend"], wide - 2 * PAD, TINY, 3)
    return pen.finish(_lines(pen, PAD, y + 0.02, legend, TINY, color=GREY) + PAD)


class Drawn:
    """The pictures of a case, decoded once and no larger than print needs."""

    def __init__(self, pictures: dict[str, Picture]) -> None:
        self._pictures = pictures

    def __call__(self, key: str) -> Image.Image | None:
        return _decoded(self._pictures[key].data) if key else None


@cache
def _decoded(data: bytes) -> Image.Image:
    picture = picture_from(data, "picture")
    picture.thumbnail((PIXELS, PIXELS), Image.Resampling.LANCZOS)
    return picture


def _heads(pen: Pen, words: dict[str, str]) -> float:
    lists = _columns(pen.wide)
    for x, key in ((PAD, "mention"), (PAD + CARD + GAP, "gold"), *zip(lists, LISTS, strict=True)):
        pen.text(x, PAD, words[key], SMALL, weight="bold")
    y = PAD + SMALL * LEADING + 0.02
    pen.rule(y)
    return y + PAD


def _columns(wide: float) -> list[float]:
    """Left edges of the lists."""
    start = PAD + CARD + GAP + GOLD + GAP
    return [start + i * (wide - PAD - start) / len(LISTS) for i in range(len(LISTS))]


def _caption(pen: Pen, y: float, label: str, text: str) -> float:
    line = fitted(f"{label} {text}", pen.wide - 2 * PAD, SIZE, 1, bold=True)
    pen.text(PAD, y, line[0], SIZE, weight="bold")
    return y + SIZE * LEADING + 0.02


def _wide_row(
    pen: Pen, y: float, answer: Answer, gold: str, pictures: Drawn, words: dict[str, str]
) -> float:
    high = PICTURE * (1 if answer.picture else 0.4)
    pen.picture(pictures(answer.picture), PAD, y, CARD, high)
    low = _sentence(pen, PAD, y + high + PAD, CARD, answer, 5)
    low = max(low, _gold(pen, PAD + CARD + GAP, y, GOLD, answer, gold, pictures, words))
    columns = _columns(pen.wide)
    room = columns[1] - columns[0] - GAP
    for x, name in zip(columns, LISTS, strict=True):
        for place, entity in enumerate(answer.lists[name]):
            _entry(pen, x, y + place * ENTRY, room, _standing(answer, entity), name, gold, pictures)
        low = max(low, y + len(answer.lists[name]) * ENTRY)
    return low + PAD


def _narrow_row(
    pen: Pen, y: float, answer: Answer, gold: str, pictures: Drawn, words: dict[str, str]
) -> float:
    room = pen.wide - 2 * PAD
    card = room * 0.66
    high = 0.7 if answer.picture else 0.3
    pen.picture(pictures(answer.picture), PAD, y, 0.8, high)
    low = _sentence(pen, PAD + 0.86, y, card - 0.86, answer, 7)
    low = max(
        low,
        y + high,
        _gold(pen, PAD + card + GAP, y, room - card - GAP, answer, gold, pictures, words),
    )
    y = low + PAD
    label = 0.4
    wide = (room - label) / 3
    for name in LISTS:
        for line, text in enumerate(words[name].split(" ", 1)):
            pen.text(
                PAD,
                y + 0.08 + line * TINY * LEADING,
                text,
                TINY,
                weight="normal" if line else "bold",
            )
        for place, entity in enumerate(answer.lists[name]):
            x = PAD + label + place * wide
            _entry(pen, x, y, wide - 0.05, _standing(answer, entity), name, gold, pictures)
        y += ENTRY
    return y + PAD


def _sentence(pen: Pen, x: float, y: float, wide: float, answer: Answer, most: int) -> float:
    lines = wrapped(answer.sentence, answer.span, wide, SIZE, most)
    return pen.sentence(x, y, wide, lines, SIZE, right_to_left(answer.sentence))


def _gold(
    pen: Pen,
    x: float,
    y: float,
    wide: float,
    answer: Answer,
    gold: str,
    pictures: Drawn,
    words: dict[str, str],
) -> float:
    """The right entity and its rank in each list."""
    standing = answer.standing(gold) if gold else None
    if standing is None:
        pen.text(x, y, words["unknown"], SMALL, color=GREY)
        return y + SMALL * LEADING
    side = 0.56
    pen.picture(pictures(standing.picture), x, y, min(side, wide), side)
    pen.box(x, y, min(side, wide), side, lw=1.0, ec=RIGHT)
    y += side + 0.03
    y = _lines(pen, x, y, fitted(standing.name, wide, SMALL, 2, True), SMALL, weight="bold")
    y = _lines(pen, x, y, *identifier(_short(standing.id), wide, TINY), color=GREY)
    units = ", ".join(f"{words['short_' + name]} {standing.ranks[name]}" for name in UNITS)
    first = f"{words['ranks']} {words['short_total']} {standing.ranks['total']}"
    return _lines(pen, x, y, (first, units), TINY)


def _entry(
    pen: Pen,
    x: float,
    y: float,
    wide: float,
    standing: Standing,
    name: str,
    gold: str,
    pictures: Drawn,
) -> None:
    """One entity of a list: picture in a frame, rank, score, name, identifier."""
    right = standing.id == gold
    colour = (RIGHT if right else WRONG) if gold else GREY
    pen.picture(pictures(standing.picture), x + 0.01, y, THUMB, THUMB)
    dashes = "-" if right or not gold else (0, (2.5, 1.5))
    pen.box(x + 0.01, y, THUMB, THUMB, lw=1.1, ec=colour, ls=dashes)
    left, room = x + THUMB + 0.05, wide - THUMB - 0.05
    pen.text(left, y - 0.01, f"{standing.ranks[name]}", SMALL, weight="bold")
    if gold:
        pen.text(left + 0.09, y - 0.01, TICK if right else CROSS, SMALL, color=colour)
    pen.text(
        x + wide,
        y - 0.01,
        f"{standing.scores[name]:.1f}".replace("-", "\N{MINUS SIGN}"),
        TINY,
        ha="right",
        color=GREY,
    )
    low = y - 0.01 + SMALL * LEADING
    low = _lines(pen, left, low, fitted(standing.name, room, TINY, 1, True), TINY, weight="bold")
    _lines(pen, left, low, *identifier(_short(standing.id), room, TINY - 0.4), color=GREY)


def _lines(pen: Pen, x: float, y: float, lines: Sequence[str], size: float, **style: Any) -> float:
    for line in lines:
        pen.text(x, y, line, size, **style)
        y += size * LEADING
    return y


def _short(identifier: str) -> str:
    """An identifier without the name of its collection: `norway` of `atlas:norway`."""
    return identifier.rsplit(":", 1)[-1]


def _standing(answer: Answer, entity: str) -> Standing:
    found = answer.standing(entity)
    assert found is not None  # every entity of a list has one
    return found

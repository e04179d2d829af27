"""The layout of a case study's figure, as papers print it: a row for each case.

At two-column width a row is mention card | gold entity | first entities of the total and of each
unit; at one-column width the lists lie below the card. What was asked for besides follows below.
Nothing is drawn here: the result says what lies where.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

from analysis.case.blocks import (
    PAD,
    TINY,
    Block,
    Page,
    bold_lines,
    collect,
    picture_cell,
    sentence_lines,
    text_lines,
)
from analysis.case.details import details_row
from analysis.case.records import LISTS, Answer, Casebook, Standing
from analysis.case.words import WORDS, letter, what_if_letter
from analysis.drawing.fonts import width
from analysis.drawing.marks import GREY, LEADING, RIGHT, WRONG, Box, Layout, Line, Mark, Text
from analysis.drawing.text import Measure, fitted, identifier
from mimic.schema import UNITS

SIZE, SMALL = 6.5, 6.0  # points
GAP = 0.07  # inches
THUMB, ENTRY = 0.34, 0.45
CARD, GOLD = 1.5, 0.84  # columns of the wide form
PICTURE = 0.84
TICK, CROSS = "\N{CHECK MARK}", "\N{BALLOT X}"


def case_layout(
    book: Casebook,
    wide: float,
    pixels: Callable[[str], tuple[int, int]],
    measure: Measure | None = None,
) -> Layout:
    """Where everything of a book's figure lies.

    Args:
        wide: in inches; less than 5 takes the form for one column.
        pixels: key of a picture -> its width and height.
        measure: width of a text; that of the book's font when left out.
    """
    page = Page(wide, WORDS[book.language], pixels, measure or partial(width, font=book.font))
    marks, high = collect(_figure(page, book))
    return Layout(wide, high, tuple(marks))


def _figure(page: Page, book: Casebook) -> Block:
    row, y = (_narrow_row, PAD) if page.wide < 5 else (_wide_row, (yield from _heads(page)))
    for number, case in enumerate(book.cases):
        if number:
            yield _rule(page, y)
            y += PAD
        y = yield from _caption(page, y, f"{letter(number)} {case.caption}")
        y = yield from row(page, y, case.answer, case.gold)
        y = yield from details_row(page, y, case, book.details)
        for place, what_if in enumerate(case.what_ifs if "what-ifs" in book.details else ()):
            label = f"{what_if_letter(number, place)} {page.words['what_if']} {what_if.label}"
            y = yield from _caption(page, y, label)
            y = yield from row(page, y, what_if.answer, case.gold)
    yield _rule(page, y)
    text = page.words["legend"]
    if "heatmaps" in book.details and any(case.heat or case.heat_words for case in book.cases):
        text += " " + page.words["legend_heat"]
    legend = fitted(text, page.wide - 2 * PAD, TINY, 3, measure=page.measure)
    return (yield from text_lines(PAD, y + 0.02, legend, TINY, colour=GREY)) + PAD


def _rule(page: Page, y: float) -> Line:
    return Line((0.03, y), (page.wide - 0.03, y), GREY, 0.4)


def _heads(page: Page) -> Block:
    lists = _columns(page.wide)
    for x, key in ((PAD, "mention"), (PAD + CARD + GAP, "gold"), *zip(lists, LISTS, strict=True)):
        yield Text(x, PAD, page.words[key], SMALL, bold=True)
    y = PAD + SMALL * LEADING + 0.02
    yield _rule(page, y)
    return y + PAD


def _columns(wide: float) -> list[float]:
    """Left edges of the lists."""
    start = PAD + CARD + GAP + GOLD + GAP
    return [start + i * (wide - PAD - start) / len(LISTS) for i in range(len(LISTS))]


def _caption(page: Page, y: float, text: str) -> Block:
    return (yield from bold_lines(page, PAD, y, page.wide - 2 * PAD, text, SIZE)) + 0.02


def _wide_row(page: Page, y: float, answer: Answer, gold: str) -> Block:
    high = PICTURE * (1 if answer.picture else 0.4)
    yield from picture_cell(page, answer.picture, PAD, y, CARD, high)
    low = yield from _sentence(page, PAD, y + high + PAD, CARD, answer, 5)
    low = max(low, (yield from _gold(page, PAD + CARD + GAP, y, GOLD, answer, gold)))
    columns = _columns(page.wide)
    room = columns[1] - columns[0] - GAP
    for x, name in zip(columns, LISTS, strict=True):
        for place, standing in enumerate(answer.top(name)):
            yield from _entry(page, x, y + place * ENTRY, room, standing, name, gold)
        low = max(low, y + len(answer.lists[name]) * ENTRY)
    return low + PAD


def _narrow_row(page: Page, y: float, answer: Answer, gold: str) -> Block:
    room = page.wide - 2 * PAD
    card = room * 0.66
    high = 0.7 if answer.picture else 0.3
    yield from picture_cell(page, answer.picture, PAD, y, 0.8, high)
    low = yield from _sentence(page, PAD + 0.86, y, card - 0.86, answer, 7)
    beside = yield from _gold(page, PAD + card + GAP, y, room - card - GAP, answer, gold)
    y = max(low, y + high, beside) + PAD
    label = 0.38
    wide = (room - label) / 3
    for name in LISTS:
        for line, text in enumerate(page.words[name].split(" ", 1)):
            yield Text(PAD, y + 0.08 + line * TINY * LEADING, text, TINY, bold=not line)
        for place, standing in enumerate(answer.top(name)):
            x = PAD + label + place * wide
            yield from _entry(page, x, y, wide - 0.05, standing, name, gold)
        y += ENTRY
    return y + PAD


def _sentence(page: Page, x: float, y: float, wide: float, answer: Answer, most: int) -> Block:
    return sentence_lines(page, x, y, wide, answer.sentence, answer.span, SIZE, most)


def _gold(page: Page, x: float, y: float, wide: float, answer: Answer, gold: str) -> Block:
    """The right entity and its rank in each list."""
    words, standing = page.words, answer.standing(gold) if gold else None
    if standing is None:
        return (yield from text_lines(x, y, [words["unknown"]], SMALL, colour=GREY))
    side = 0.56
    yield from picture_cell(page, standing.picture, x, y, min(side, wide), side)
    yield Box(x, y, min(side, wide), side, frame=1.0, edge=RIGHT)
    y = yield from bold_lines(page, x, y + (side + 0.03), wide, standing.name, SMALL, 2)
    y = yield from _identifier(page, x, y, wide, standing)
    units = ", ".join(f"{words['short_' + name]} {standing.ranks[name]}" for name in UNITS)
    first = f"{words['ranks']} {words['short_total']} {standing.ranks['total']}"
    return (yield from text_lines(x, y, (first, units), TINY))


def _entry(
    page: Page, x: float, y: float, wide: float, standing: Standing, name: str, gold: str
) -> Iterator[Mark]:
    """One entity of a list: picture in a frame, rank, score, name, identifier."""
    right = standing.id == gold
    colour = (RIGHT if right else WRONG) if gold else GREY
    yield from picture_cell(page, standing.picture, x + 0.01, y, THUMB, THUMB)
    dashes = "-" if right or not gold else (0, (2.5, 1.5))
    yield Box(x + 0.01, y, THUMB, THUMB, frame=1.1, edge=colour, dashes=dashes)
    left, room, top = x + THUMB + 0.05, wide - THUMB - 0.05, y - 0.01
    yield Text(left, top, f"{standing.ranks[name]}", SMALL, bold=True)
    if gold:
        yield Text(left + 0.09, top, TICK if right else CROSS, SMALL, colour)
    score = f"{standing.scores[name]:.1f}".replace("-", "\N{MINUS SIGN}")
    yield Text(x + wide, top, score, TINY, GREY, align="right")
    low = yield from bold_lines(page, left, top + SMALL * LEADING, room, standing.name, TINY)
    yield from _identifier(page, left, low, room, standing)


def _identifier(page: Page, x: float, y: float, wide: float, standing: Standing) -> Block:
    lines = identifier(standing.short_id, wide, TINY, page.measure)
    return text_lines(x, y, lines, TINY, colour=GREY)

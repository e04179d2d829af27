"""Blocks of a case's figure: pure functions that place texts and pictures below each other."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from analysis.drawing.marks import GREY, LEADING, LEAST, MARK, PALE, Box, Mark, Photo, Text
from analysis.drawing.text import Measure, fitted, right_to_left, wrapped

PAD = 0.04  # inches, to the edge and between blocks
TINY = LEAST  # points: nothing is smaller
#: Marks one after the other, and at last the height at which the next block may start.
Block = Generator[Mark, None, float]


@dataclass(frozen=True)
class Page:
    """What every block is laid out with.

    Attributes:
        wide: in inches.
        words: of the figure's language.
        pixels: key of a picture -> its width and height.
        measure: width of a text in inches.
    """

    wide: float
    words: dict[str, str]
    pixels: Callable[[str], tuple[int, int]]
    measure: Measure


def collect(block: Block) -> tuple[list[Mark], float]:
    """The marks of a block, and the height at which it ends."""
    marks: list[Mark] = []
    while True:
        try:
            marks.append(next(block))
        except StopIteration as end:
            return marks, end.value


def text_lines(x: float, y: float, lines: Sequence[str], size: float, **style: Any) -> Block:
    """Lines below each other; `style` as `Text` takes it."""
    for line in lines:
        yield Text(x, y, line, size, **style)
        y += size * LEADING
    return y


def bold_lines(
    page: Page, x: float, y: float, wide: float, text: str, size: float, most: int = 1
) -> Block:
    """A text in bold, cut to so many lines of a width."""
    lines = fitted(text, wide, size, most, True, page.measure)
    return text_lines(x, y, lines, size, bold=True)


def photo(page: Page, key: str, x: float, y: float, wide: float, high: float) -> Photo:
    """A picture fitted into a cell, in its middle."""
    across, down = page.pixels(key)
    scale = min(wide / across, high / down)
    w, h = across * scale, down * scale
    return Photo(x + (wide - w) / 2, y + (high - h) / 2, w, h, key)


def picture_cell(
    page: Page, key: str, x: float, y: float, wide: float, high: float
) -> Iterator[Mark]:
    """A picture in its cell, or a pale cell with a dash where there is none."""
    if key:
        yield photo(page, key, x, y, wide, high)
        return
    yield Box(x, y, wide, high, PALE)
    yield Text(x + wide / 2, y + high / 2 - 0.05, "\N{EN DASH}", 7, GREY, align="center")


def sentence_lines(
    page: Page,
    x: float,
    y: float,
    wide: float,
    sentence: str,
    span: tuple[int, int],
    size: float,
    most: int,
) -> Block:
    """A sentence in lines, its mention marked; of too many lines those around the mention."""
    measure, rtl = page.measure, right_to_left(sentence)
    space = measure("a a", size, False) - measure("aa", size, False)
    for line in wrapped(sentence, span, wide, size, most, measure):
        at, after_mark = (x + wide if rtl else x), False
        for number, (spaced, pieces) in enumerate(line):
            for part, (text, marked) in enumerate(pieces):
                gap = space if spaced and part == 0 and number else 0.0
                long = measure(text, size, marked)
                at -= gap + long if rtl else -gap
                grown = gap if marked and after_mark else 0.0
                if marked:
                    left = at if rtl else at - grown
                    yield Box(left, y, long + grown, size * LEADING, MARK)
                yield Text(at, y, text, size, bold=marked)
                at, after_mark = (at if rtl else at + long), marked
        y += size * LEADING
    return y

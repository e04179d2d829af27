"""The layout of a case's figure: positions worked out by hand, and what holds of every layout.

Letters are a hundredth of an inch wide for each point of their size, bold or not.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
from support import cases

from analysis.case import figure
from analysis.case.blocks import Page, collect, photo, picture_cell, sentence_lines, text_lines
from analysis.case.details import details_row
from analysis.case.figure import WIDTHS, DecodedPictures
from analysis.case.files import export_files
from analysis.case.layout import case_layout
from analysis.case.records import DETAILS, Answer, Case, Casebook, Heat
from analysis.case.words import WORDS
from analysis.drawing.fonts import width
from analysis.drawing.ink import ink
from analysis.drawing.marks import LEADING, MARK, PALE, Box, Layout, Line, Mark, Photo, Text
from analysis.drawing.palette import OPEN, TURNED, UNIT_COLOURS, signed
from demo.html.page import ranking
from demo.server import serve
from demo.texts import words
from mimic.schema import UNITS, Candidate, Entity, Gates, LinkResult, Mention, UnitScores


def letters(text: str, size: float, bold: bool = False) -> float:
    return len(text) * size / 100


def page(wide: float = 7.0, sizes: Mapping[str, tuple[int, int]] | None = None) -> Page:
    return Page(wide, WORDS["en"], (sizes or {}).__getitem__, letters)


def layout(book: Casebook, wide: float) -> Layout:
    decoded = DecodedPictures(book)
    return case_layout(book, wide, lambda key: decoded[key].size)


def test_lines_stand_below_each_other() -> None:
    marks, end = collect(text_lines(1.0, 2.0, ["a", "b"], 7.2, colour="red"))
    assert marks == [Text(1.0, 2.0, "a", 7.2, "red"), Text(1.0, 2.0 + 0.128, "b", 7.2, "red")]
    assert end == pytest.approx(2.256)  # a line is 1.28 times its size: 7.2 points are 0.1 inches
    assert collect(text_lines(1.0, 2.0, [], 7.2)) == ([], 2.0)


@pytest.mark.parametrize(
    ("size", "place"),
    [
        ((40, 30), (1.25, 2.0, 2.0, 1.5)),  # as high as the cell, in its middle
        ((10, 1), (1.0, 2.625, 2.5, 0.25)),  # as wide as the cell
        ((500, 300), (1.0, 2.0, 2.5, 1.5)),  # of its shape
    ],
)
def test_a_picture_lies_in_the_middle_of_its_cell(
    size: tuple[int, int], place: tuple[float, ...]
) -> None:
    cell = photo(page(sizes={"k": size}), "k", 1.0, 2.0, 2.5, 1.5)
    assert (cell.x, cell.y, cell.wide, cell.high) == pytest.approx(place)


def test_a_missing_picture_is_a_pale_cell_with_a_dash() -> None:
    cell, dash = picture_cell(page(), "", 1.0, 2.0, 0.5, 0.25)
    assert cell == Box(1.0, 2.0, 0.5, 0.25, PALE)
    assert isinstance(dash, Text)
    assert (dash.line, dash.x, dash.y, dash.align) == ("\N{EN DASH}", 1.25, 2.075, "center")


def sentence(text: str, mention: str, wide: float, most: int = 9) -> tuple[list[Mark], float]:
    start = text.index(mention)
    span = (start, start + len(mention))
    return collect(sentence_lines(page(), 1.0, 2.0, wide, text, span, 10, most))


def test_a_sentence_breaks_at_its_words_and_its_mention_is_marked() -> None:
    """A letter and a space are 0.1 inches wide: `ab cde` takes 0.6, and `fg` the next line."""
    marks, end = sentence("ab cde fg", "cde", 0.65)
    high = 10 * LEADING
    (mark,) = (mark for mark in marks if isinstance(mark, Box))
    assert (mark.x, mark.y, mark.wide, mark.high) == pytest.approx((1.3, 2.0, 0.3, high))
    assert mark.fill == MARK
    texts = [mark for mark in marks if isinstance(mark, Text)]
    assert [(text.line, text.bold) for text in texts] == [
        ("ab", False), ("cde", True), ("fg", False)
    ]  # fmt: skip
    assert [text.x for text in texts] == pytest.approx([1.0, 1.3, 1.0])
    assert [text.y for text in texts] == pytest.approx([2.0, 2.0, 2.0 + high])
    assert end == pytest.approx(2.0 + 2 * high)


def test_the_mark_of_a_mention_covers_the_spaces_within() -> None:
    marks, _ = sentence("ab cd", "ab cd", 1.0)
    edges = [(mark.x, mark.x + mark.wide) for mark in marks if isinstance(mark, Box)]
    assert edges[0] == pytest.approx((1.0, 1.2)) and edges[1] == pytest.approx((1.2, 1.5))


def test_a_sentence_from_the_right_begins_at_the_right_edge() -> None:
    marks, _ = sentence("אב גדה", "גדה", 1.0)
    texts = [mark for mark in marks if isinstance(mark, Text)]
    assert [text.x for text in texts] == pytest.approx([2.0 - 0.2, 2.0 - 0.2 - 0.1 - 0.3])


def test_gates_are_bars_to_both_sides_of_their_zero() -> None:
    """Of 1.55 inches 0.54 are labels (eight letters of 0.06, and a gap of 0.06), 0.35 numbers:
    0.33 for a gate of 1, and zero is at 0.04 + 0.54 + 0.33."""
    marks, _ = collect(details_row(page(), 3.0, cases.case(), ("gates",)))
    bars = [m for m in marks if isinstance(m, Box) and m.fill != PALE]
    assert [bar.fill for bar in bars] == [OPEN, TURNED, OPEN, TURNED]
    zero, half = 0.04 + 0.54 + 0.33, 0.33
    assert [bar.x for bar in bars] == pytest.approx(
        [zero, zero - 0.3 * half, zero, zero - 0.1 * half]
    )
    assert [bar.wide for bar in bars] == pytest.approx(
        [share * half for share in (0.6, 0.3, 0.9, 0.1)]
    )
    (line,) = (mark for mark in marks if isinstance(mark, Line))
    assert line.start[0] == line.end[0] == pytest.approx(zero)
    assert [m.line for m in marks if isinstance(m, Text) and m.align == "right"] == [
        "+0.60", "\u22120.30", "+0.90", "\u22120.10"
    ]  # fmt: skip


def test_a_patch_of_a_heatmap_lies_over_its_part_of_the_picture() -> None:
    """The picture is twice as wide as high: 1.5 by 0.75 inches, 0.1 below the top of its cell."""
    halves = ((0.0, 0.0, 0.5, 1.0), (0.5, 0.0, 1.0, 1.0), (0.0, 0.0, 1.0, 0.5))
    heat = Heat("mention", "k", halves, (2.0, -1.0, 0.05), 2.0, "total", "ig")
    case = replace(cases.case(), heat=(heat,), heat_words=())
    marks, _ = collect(details_row(page(sizes={"k": (200, 100)}), 3.0, case, ("heatmaps",)))
    (below,) = (mark for mark in marks if isinstance(mark, Photo))
    assert below.pale and (below.wide, below.high) == pytest.approx((1.5, 0.75))
    left, right = (mark for mark in marks if isinstance(mark, Box))  # of 2.5 % nothing is drawn
    assert (left.x, left.y, left.wide, left.high) == pytest.approx((0.04, below.y, 0.75, 0.75))
    assert (right.x, right.wide) == pytest.approx((0.79, 0.75))
    assert (left.dashes, right.dashes) == ("-", ":")
    assert (left.fill[3], right.fill[3]) == pytest.approx((0.75, 0.375))


def test_what_is_too_wide_for_the_row_goes_below() -> None:
    case = cases.case()
    sizes = dict.fromkeys(case.pictures, (40, 30))
    starts = ("Each unit", "Gates", "Attribution of total, mention", "Attribution of total, best")
    for wide, rows in ((7.0, 2), (3.3, 4)):  # bars and gates, and below them the two sides
        marks, _ = collect(
            details_row(page(wide, sizes), 3.0, case, ("units", "gates", "heatmaps"))
        )
        titles = [m for m in marks if isinstance(m, Text) and m.line.startswith(starts)]
        assert len(titles) == 4 and len({title.y for title in titles}) == rows


def test_the_words_of_a_side_stand_in_order_beside_its_patches_on_their_colours() -> None:
    """The picture is 0.95 high and 1.27 wide; a letter of 6 points is 0.06, a chip 0.03 more."""
    case = cases.case()
    marks, _ = collect(
        details_row(page(sizes=dict.fromkeys(case.pictures, (40, 30))), 3.0, case, ("heatmaps",))
    )
    chips = {m.line: m for m in marks if isinstance(m, Text) and m.align == "center"}
    left = 0.04 + 0.95 * 4 / 3 + 0.08
    middles = [left + 0.195, left + 0.135, left + 0.285 + 0.165]
    row = [m for m in marks if isinstance(m, Text) and m.align == "center"][:3]
    assert [m.line for m in row] == ["Norway", "good", "crowd"]
    assert [m.x for m in row] == pytest.approx(middles)
    assert [m.bold for m in row] == [True, False, False]
    assert row[0].y < row[1].y == row[2].y  # the name has a line of its own
    boxes = [m for m in marks if isinstance(m, Box) and m.high == pytest.approx(6 * LEADING)]
    assert [(b.fill, b.dashes, b.frame > 0) for b in boxes[:3]] == [
        (signed(1.0, 1.0), "-", True), (signed(-0.5, 1.0), ":", True),
        (signed(0.1, 1.0), "-", False),
    ]  # fmt: skip
    assert chips["curling"].x > 3.5  # of the other side


def listed() -> Answer:
    """Ten listed entities, of which the first three have 2, 1 and 0 in every unit, the rest 0."""
    answer = cases.answer(picture="k")
    scores = {f"kb:norway-{n}": float(max(3 - n, 0)) for n in range(1, 11)}
    return replace(answer, listed={key: dict.fromkeys(UNITS, s) for key, s in scores.items()})


def test_bars_are_the_page_s_own_numbers_of_the_listed_entities() -> None:
    """Mean 0.3, variance 0.41: weights e^(2/0.6403), e^(1/0.6403), 1 eight times."""
    answer = listed()
    spread = math.sqrt((1.7**2 + 0.7**2 + 8 * 0.3**2) / 10)
    weights = [math.exp(2 / spread), math.exp(1 / spread), *[1.0] * 8]
    expected = [100 * weight / sum(weights) for weight in weights]
    marks, _ = collect(details_row(page(), 3.0, replace(cases.case(), answer=answer), ("units",)))
    shown = [m.line for m in marks if isinstance(m, Text) and m.align == "right"]
    assert shown == [f"{share:.0f} %" for share in expected[:3] for _ in UNITS]
    assert [m.line for m in marks if isinstance(m, Text)][0].endswith("among the first 10")
    candidates = [
        Candidate(
            n, Entity(key, key, ""), 0.0, 0.1, UnitScores(**scores), UnitScores(1, 1, 1),
            Gates(0, 0, 0, 0),
        )
        for n, (key, scores) in enumerate(answer.listed.items(), 1)
    ]  # fmt: skip
    mention = Mention(answer.mention, answer.sentence, None, answer.span)
    html = ranking(words("en"), mention, LinkResult("ok", False, 10, tuple(candidates)))
    for share in shown:
        assert html.count(f"share {share}<") >= 3


def test_bars_have_the_page_s_colours_and_without_a_picture_none_is_vdlu_s() -> None:
    css = (Path(serve.HERE) / "css" / "page.css").read_text("utf-8")
    light = css[: css.index(".dark")]
    for unit, name in (("tglu", "text"), ("vdlu", "picture"), ("cmfu", "both")):
        assert f"--{name}-unit: {UNIT_COLOURS[unit]};" in light
    assert f"--mark: {MARK};" in light
    for picture, units in (("k", UNITS), ("", ("tglu", "cmfu"))):
        answer = replace(listed(), picture=picture)
        case = replace(cases.case(), answer=answer)
        marks, _ = collect(details_row(page(), 3.0, case, ("units",)))
        fills = [m.fill for m in marks if isinstance(m, Box) and m.fill != PALE]
        assert fills == [UNIT_COLOURS[unit] for _ in range(3) for unit in units]


def test_without_details_nothing_is_below() -> None:
    assert collect(details_row(page(), 3.0, cases.case(), ())) == ([], 3.0)


def crowded() -> Casebook:
    """Long names and sentences, everything asked for."""
    case = cases.case("Norway beat " * 40, "Norway")
    long = "The national football team of the Kingdom of Norway and its islands"
    standings = tuple(
        replace(s, name=long, id=f"kb:{'norway-' * place}{place}")
        for place, s in enumerate(case.answer.standings, 1)
    )
    ids = tuple(s.id for s in standings[:3])
    answer = replace(case.answer, standings=standings, lists=dict.fromkeys(case.answer.lists, ids))
    what_ifs = tuple(replace(what_if, answer=answer) for what_if in case.what_ifs)
    full: Case = replace(
        case, answer=answer, gold=standings[3].id, caption=long * 5, what_ifs=what_ifs
    )
    return cases.book(full, replace(full, gold=""), details=DETAILS)


BOOKS = {"plain": cases.book(details=DETAILS), "crowded": crowded()}


def edges(mark: Mark) -> tuple[float, float, float, float]:
    """Left, top, right and bottom."""
    if isinstance(mark, Line):
        return (*mark.start, *mark.end)
    if isinstance(mark, Text):
        long = width(mark.line, mark.size, mark.bold)
        left = mark.x - {"left": 0.0, "center": 0.5, "right": 1.0}[mark.align] * long
        return left, mark.y, left + long, mark.y + mark.size / 72
    return mark.x, mark.y, mark.x + mark.wide, mark.y + mark.high


@pytest.mark.parametrize("wide", WIDTHS.values(), ids=WIDTHS)
@pytest.mark.parametrize("name", BOOKS)
def test_nothing_leaves_the_page(name: str, wide: float) -> None:
    spread = layout(BOOKS[name], wide)
    for mark in spread.marks:
        left, top, right, bottom = edges(mark)
        assert left >= 0 and right <= wide + 1e-9, mark
        assert top >= 0 and bottom <= spread.high + 1e-9, mark


@pytest.mark.parametrize("wide", WIDTHS.values(), ids=WIDTHS)
@pytest.mark.parametrize("name", BOOKS)
@pytest.mark.parametrize("kind", [Photo, Text])
def test_no_text_lies_on_a_text_and_no_picture_on_a_picture(
    name: str, wide: float, kind: type[Mark]
) -> None:
    marks = [mark for mark in layout(BOOKS[name], wide).marks if isinstance(mark, kind)]
    touch = 0.015  # inches: descenders, and the gap between an entity's rank and its tick
    for one, other in combinations(marks, 2):
        (a, b, c, d), (e, f, g, h) = edges(one), edges(other)
        assert min(c, g) - max(a, e) < touch or min(d, h) - max(b, f) < touch, (one, other)


@pytest.mark.parametrize("wide", WIDTHS.values(), ids=WIDTHS)
def test_texts_come_in_the_order_of_reading(wide: float) -> None:
    """Caption, sentence, gold entity, lists, what was asked for, what-ifs, legend."""
    texts = [m.line for m in layout(BOOKS["plain"], wide).marks if isinstance(m, Text)]
    marks = ["(a) The", "good", "Rank:", "norway-1", "Each unit", "Gates of", "Attribution", "(a1)",
             "\N{CHECK MARK} solid"]  # fmt: skip
    places = [next(i for i, t in enumerate(texts) if t.startswith(start)) for start in marks]
    assert places == sorted(places)


def test_ink_draws_every_mark() -> None:
    book = BOOKS["plain"]
    spread = layout(book, 7.0)
    picture = ink(spread, DecodedPictures(book))
    (axes,) = picture.axes
    kinds = Counter(type(mark) for mark in spread.marks)
    counts = (len(axes.texts), len(axes.patches), len(axes.images), len(axes.lines))
    assert counts == tuple(kinds[kind] for kind in (Text, Box, Photo, Line))
    assert [text.get_text() for text in axes.texts][:3] == [
        "Mention",
        "Gold entity",
        "MIMIC (mean)",
    ]
    assert picture.get_size_inches().tolist() == pytest.approx([7.0, spread.high])


def test_an_export_decodes_each_picture_once_and_keeps_none(monkeypatch: Any) -> None:
    calls: Counter[bytes] = Counter()

    def count(data: bytes, name: str) -> Any:
        calls[data] += 1
        return decode(data, name)

    decode = figure.picture_from
    monkeypatch.setattr(figure, "picture_from", count)
    book = cases.book(cases.case(), cases.case(size=(30, 40)), details=DETAILS)
    files = {picture.data for case in book.cases for picture in case.pictures.values()}
    export_files(book)
    assert calls == dict.fromkeys(files, 1)
    export_files(book)
    assert calls == dict.fromkeys(files, 2)  # nothing outlives the export


def test_a_picture_that_is_not_drawn_is_not_decoded() -> None:
    decoded = DecodedPictures(cases.book())
    assert not decoded
    case_layout(cases.book(), 7.0, lambda key: decoded[key].size)
    assert len(decoded) == 1 and max(next(iter(decoded.values())).size) <= figure.PIXELS

"""What a case's figure shows below the lists on request: bars of the units, gates, heatmaps."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, fields, replace
from functools import partial

from analysis.case.blocks import PAD, TINY, Block, Page, bold_lines, photo, text_lines
from analysis.case.records import Answer, Case, Heat, HeatWords
from analysis.drawing.fonts import drawable
from analysis.drawing.marks import GREY, LEADING, PALE, Box, Colour, Line, Mark, Photo, Text
from analysis.drawing.palette import INK, OPEN, TURNED, UNIT_COLOURS, dark, signed, signed_number
from analysis.drawing.text import fitted
from analysis.markup import percent
from mimic.linking.shares import unit_shares
from mimic.schema import UNITS, Gates

GAP = 0.12  # inches
HEAT, PICTURE = 0.95, 1.5  # height of a heatmap, and its width at most
LINE = 0.12
UNITS_WIDE, GATES_WIDE = 5.2, 1.55
SIDE = 3.38  # width of the picture and the words of one side
CHIP = TINY * LEADING + 0.035  # from one line of words to the next
#: From this share of the range on a patch or word has an edge, which grey print keeps.
EDGE, FAINT = 0.3, 0.05
GATES = [field.name for field in fields(Gates)]
Part = tuple[float, Callable[[float, float, float], Block]]


def details_row(page: Page, y: float, case: Case, details: Sequence[str]) -> Block:
    """What was asked for, from left to right, and below where it is too wide."""
    numbers: list[Part] = []
    if "units" in details:
        numbers.append((min(UNITS_WIDE, page.wide - 2 * PAD), partial(_units, page, case.answer)))
    if "gates" in details:
        numbers.append((GATES_WIDE, partial(_gates, page, case)))
    heat = _sides(page, case) if "heatmaps" in details else []
    for parts in (numbers, heat):
        y = yield from _row(page, y, parts)
    return y


def _row(page: Page, y: float, parts: Sequence[Part]) -> Block:
    x, low = PAD, y
    for wide, part in parts:
        if x > PAD and x + wide > page.wide:
            x, y = PAD, low + PAD
        low = max(low, (yield from part(x, y, min(wide, page.wide - x - PAD))))
        x += wide + GAP
    return low + PAD if parts else y


def _title(page: Page, x: float, y: float, wide: float, text: str) -> Block:
    lines = fitted(text, wide, TINY, 2, True, measure=page.measure)
    return (yield from text_lines(x, y, lines, TINY, bold=True, colour=GREY)) + 0.02


def divided(answer: Answer) -> dict[str, dict[str, float]]:
    """Unit -> identifier -> its share of the unit's favour, as the bars show it.

    A unit that had no picture to look at has none.
    """
    scores = answer.listed or {s.id: s.scores for s in answer.standings}
    units = [unit for unit in UNITS if answer.picture or unit != "vdlu"]
    shares = unit_shares(list(scores.values()))
    return {unit: dict(zip(scores, shares[unit], strict=True)) for unit in units}


def _units(page: Page, answer: Answer, x: float, y: float, wide: float) -> Block:
    """For the first entities beside each other, which share of each unit's favour they have."""
    names = page.words["first"].format(k=len(answer.listed))
    title = page.words["units"].format(set=names if answer.listed else page.words["shown"])
    y = yield from _title(page, x, y, wide, title)
    shares, top = divided(answer), answer.top("total")
    room = (wide - (len(top) - 1) * GAP) / len(top)
    low = y
    for standing in top:
        name = f"{standing.ranks['total']}. {standing.short_id}"
        below = (yield from bold_lines(page, x, y, room, name, TINY)) + 0.01
        low = max(low, (yield from _bars(page, shares, standing.id, x, below, room)))
        x += room + GAP
    return low + 0.03


def _bars(
    page: Page, shares: Mapping[str, Mapping[str, float]], entity: str, x: float, y: float,
    wide: float,
) -> Block:  # fmt: skip
    label = 0.05 + max(page.measure(unit.upper(), TINY, False) for unit in UNITS)
    long = wide - label - 0.05 - page.measure(">99 %", TINY, False)
    for unit, favour in shares.items():
        share = favour[entity]
        yield Text(x, y, unit.upper(), TINY, GREY)
        yield Box(x + label, y + 0.015, long, LINE * 0.6, PALE)
        yield Box(x + label, y + 0.015, long * share, LINE * 0.6, UNIT_COLOURS[unit])
        yield Text(x + wide, y, percent(share, 0), TINY, align="right")
        y += TINY * LEADING
    return y


def _gates(page: Page, case: Case, x: float, y: float, wide: float) -> Block:
    """The four gates of the best entity as signed bars from -1 to 1."""
    y = yield from _title(page, x, y, wide, page.words["gates"])
    label = 0.06 + max(page.measure(page.words[name], TINY, False) for name in GATES)
    number = 0.05 + page.measure(signed_number(1), TINY, False)
    half = (wide - label - number) / 2
    zero = x + label + half
    top = y
    for name, value in asdict(case.answer.top("total")[0].gates).items():
        yield Text(x, y, page.words[name], TINY)
        yield Box(zero - half, y, 2 * half, LINE * 0.75, PALE)
        left, long = min(zero, zero + value * half), abs(value) * half
        yield Box(left, y, long, LINE * 0.75, OPEN if value >= 0 else TURNED)
        yield Text(x + wide, y, signed_number(value), TINY, align="right")
        y += LINE * 1.1
    yield Line((zero, top), (zero, y), INK, 0.5)
    return y


def _sides(page: Page, case: Case) -> list[Part]:
    """The heatmaps of the sides: of each its picture with the words beside it."""
    heat = {one.side: one for one in case.heat}
    words = {one.side: one for one in case.heat_words}
    return [
        (min(SIDE, page.wide - 2 * PAD), partial(_side, page, heat.get(side), words.get(side)))
        for side in ("mention", "entity")
        if side in heat or side in words
    ]


def _side(
    page: Page, heat: Heat | None, words: HeatWords | None, x: float, y: float, wide: float
) -> Block:
    """One side: a title, the patches, and beside them the words."""
    known = heat or words
    assert known is not None  # or there were no such side
    method = page.words.get(known.method, known.method.replace("_", " "))
    side = page.words[f"{known.side}_side"]
    title = page.words["heat"].format(target=known.target, side=side, method=method)
    y = yield from _title(page, x, y, wide, title)
    low = y
    if heat is not None:
        below = photo(page, heat.picture, x, y, min(wide, PICTURE), HEAT)
        below = replace(below, x=x, pale=True)
        yield from _patches(heat, below)
        low, taken = y + HEAT, below.wide + 0.08
        x, wide = x + taken, wide - taken
    if words is not None:
        low = max(low, (yield from _chips(page, words, x, y, wide)))
    return low


def _patches(heat: Heat, below: Photo) -> Iterator[Mark]:
    """Signed patches over a pale picture."""
    yield below
    for (a, b, c, d), value in zip(heat.boxes, heat.values, strict=True):
        strength = _strength(value, heat.limit)
        if strength < FAINT:
            continue
        patch = Box(
            below.x + a * below.wide,
            below.y + b * below.high,
            (c - a) * below.wide,
            (d - b) * below.high,
            (*signed(heat.limit if value > 0 else -heat.limit, heat.limit), 0.75 * strength),
        )
        yield _edged(patch, value, strength)


def _chips(page: Page, heat: HeatWords, x: float, y: float, wide: float) -> Block:
    """Words in the order of reading, each on its signed colour; the name has lines of its own."""
    left, space = x, 0.03
    for number, (word, value) in enumerate(zip(heat.words, heat.values, strict=True)):
        named, strength = number < heat.named, _strength(value, heat.limit)
        lines = fitted(word, wide - space, TINY, 1, named, page.measure)
        line = lines[0] if lines else drawable(word)
        long = page.measure(line, TINY, named) + space
        if left > x and (left + long > x + wide or number == heat.named):
            left, y = x, y + CHIP
        yield from _chip(line, left, y, long, signed(value, heat.limit), named, value, strength)
        left += long + 0.015
    return y + CHIP


def _chip(
    line: str, x: float, y: float, long: float, fill: Colour, bold: bool, value: float,
    strength: float,
) -> Iterator[Mark]:  # fmt: skip
    box = Box(x, y, long, TINY * LEADING, fill)
    if strength >= FAINT:
        yield _edged(box, value, strength)
    ink = "white" if isinstance(fill, tuple) and dark((fill[0], fill[1], fill[2])) else INK
    yield Text(x + long / 2, y + 0.008, line, TINY, ink, bold, "center")


def _strength(value: float, limit: float) -> float:
    return min(1.0, abs(value) / limit) if limit > 0 else 0.0


def _edged(box: Box, value: float, strength: float) -> Box:
    """With an edge where there is much: solid where it adds, dotted where it takes away."""
    dashes = "-" if value > 0 else ":"
    return replace(box, frame=0.5, edge=INK, dashes=dashes) if strength >= EDGE else box

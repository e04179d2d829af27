"""What a case's figure shows below the lists on request: heatmaps, gates, bars of the units."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict, replace
from functools import partial

from analysis.case.blocks import PAD, TINY, Block, Page, bold_lines, photo, text_lines
from analysis.case.records import Case, Heat
from analysis.drawing.marks import GREY, PALE, Box, Line, Text
from analysis.drawing.palette import INK, signed, signed_number
from analysis.drawing.text import fitted
from mimic.linking.shares import shares
from mimic.schema import UNITS

SIZE = 6.0  # points
GAP = 0.12  # inches
HEAT = 0.95  # height of a heatmap
LINE = 0.12
#: Greys of the units' bars and a hatch each, so that print without colour tells them apart.
SHADES = {"tglu": "#3d4452", "vdlu": "#8a92a1", "cmfu": "#c3c8d1"}


def details_row(page: Page, y: float, case: Case, details: Sequence[str]) -> Block:
    """What was asked for, from left to right, and below where it is too wide."""
    parts: list[tuple[float, Callable[[float, float, float], Block]]] = []
    if "units" in details:
        parts.append((1.75, partial(_units, page, case)))
    if "gates" in details:
        parts.append((1.35, partial(_gates, page, case)))
    if "heatmaps" in details:
        parts += [(1.55, partial(_heat, page, heat)) for heat in case.heat]
    x, low = PAD, y
    for wide, part in parts:
        if x > PAD and x + wide > page.wide:
            x, y = PAD, low + PAD
        low = max(low, (yield from part(x, y, min(wide, page.wide - x - PAD))))
        x += wide + GAP
    return low + PAD if parts else y


def _title(page: Page, x: float, y: float, wide: float, text: str) -> Block:
    lines = fitted(text, wide, SIZE, measure=page.measure)
    return (yield from text_lines(x, y, lines, SIZE, bold=True, colour=GREY)) + 0.02


def _units(page: Page, case: Case, x: float, y: float, wide: float) -> Block:
    """For the first entities, which share of each unit's favour they have in the case."""
    y = yield from _title(page, x, y, wide, page.words["units"])
    standings = case.answer.standings
    favour = {unit: shares([s.scores[unit] for s in standings]) for unit in UNITS}
    label = 0.34
    room = wide - label - 0.3
    for standing in case.answer.top("total"):
        name = f"{standing.ranks['total']}. {standing.short_id}"
        y = yield from bold_lines(page, x, y, wide, name, TINY)
        for unit in UNITS:
            share = favour[unit][standings.index(standing)]
            yield Text(x, y - 0.01, unit.upper(), TINY - 0.6, GREY)
            yield Box(x + label, y, room, LINE * 0.6, PALE)
            yield Box(x + label, y, room * share, LINE * 0.6, SHADES[unit])
            yield Text(x + wide, y - 0.01, f"{share:.0%}", TINY - 0.6, align="right")
            y += LINE * 0.82
        y += 0.02
    return y


def _gates(page: Page, case: Case, x: float, y: float, wide: float) -> Block:
    """The four gates of the best entity as signed bars from -1 to 1."""
    y = yield from _title(page, x, y, wide, page.words["gates"])
    label, number = 0.55, 0.28
    half = (wide - label - number) / 2
    zero = x + label + half
    for name, value in asdict(case.answer.top("total")[0].gates).items():
        yield Text(x, y, page.words[name], TINY)
        yield Box(zero - half, y, 2 * half, LINE * 0.75, PALE)
        left, long = min(zero, zero + value * half), abs(value) * half
        yield Box(left, y, long, LINE * 0.75, signed(value, 1.0), frame=0.4, edge=INK)
        yield Text(x + wide, y, signed_number(value), TINY, align="right")
        y += LINE * 1.1
    yield Line((zero, y - 4 * LINE * 1.1), (zero, y), INK, 0.5)
    return y


def _heat(page: Page, heat: Heat, x: float, y: float, wide: float) -> Block:
    """Signed patches over a pale picture."""
    side = page.words[f"{heat.side}_side"]
    y = yield from _title(
        page, x, y, wide, page.words["heat"].format(target=heat.target, side=side)
    )
    below = replace(photo(page, heat.picture, x, y, min(wide, 1.5), HEAT), pale=True)
    yield below
    for (a, b, c, d), value in zip(heat.boxes, heat.values, strict=True):
        strength = min(1.0, abs(value) / heat.limit) if heat.limit > 0 else 0.0
        if strength < 0.05:
            continue
        patch = Box(
            below.x + a * below.wide,
            below.y + b * below.high,
            (c - a) * below.wide,
            (d - b) * below.high,
            (*signed(heat.limit if value > 0 else -heat.limit, heat.limit), 0.75 * strength),
        )
        with_frame = replace(patch, frame=0.5, edge=INK, dashes="-" if value > 0 else ":")
        yield with_frame if strength >= 0.3 else patch
    note = page.words["heat_method"].format(method=heat.method.replace("_", " "))
    lines = fitted(note, wide, TINY - 0.4, 2, measure=page.measure)
    return (yield from text_lines(x, y + (HEAT + 0.02), lines, TINY - 0.4, colour=GREY))

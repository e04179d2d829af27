"""What a case's figure shows below the lists on request: heatmaps, gates, bars of the units."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict
from typing import Any

from PIL import Image

from analysis.case.records import Case, Heat, Standing
from analysis.drawing.palette import INK, signed, signed_number
from analysis.drawing.pen import GREY, LEADING, PALE, Pen
from analysis.drawing.text import fitted
from mimic.linking.shares import shares
from mimic.schema import UNITS

SIZE, TINY = 6.0, 5.4  # points
PAD, GAP = 0.04, 0.12  # inches
HEAT = 0.95  # height of a heatmap
LINE = 0.12
#: Greys of the units' bars and a hatch each, so that print without colour tells them apart.
SHADES = {"tglu": "#3d4452", "vdlu": "#8a92a1", "cmfu": "#c3c8d1"}

Pictures = Callable[[str], Image.Image | None]
Words = dict[str, str]


def details_row(
    pen: Pen, y: float, case: Case, details: Sequence[str], pictures: Pictures, words: Words
) -> float:
    """Draws what was asked for, from left to right, and returns where the next thing starts."""
    parts: list[tuple[float, Callable[[float, float, float], float]]] = []
    best = case.answer.standing(case.answer.lists["total"][0])
    if "units" in details:
        parts.append((1.75, lambda x, y, w: _units(pen, x, y, w, case, words)))
    if "gates" in details and best is not None:
        parts.append((1.35, lambda x, y, w: _gates(pen, x, y, w, best, words)))
    if "heatmaps" in details:
        for heat in case.heat:
            parts.append((1.55, lambda x, y, w, h=heat: _heat(pen, x, y, w, h, pictures, words)))  # type: ignore[misc]
    x, low = PAD, y
    for wide, draw in parts:
        if x > PAD and x + wide > pen.wide:
            x, y = PAD, low + PAD
        low = max(low, draw(x, y, min(wide, pen.wide - x - PAD)))
        x += wide + GAP
    return low + PAD if parts else y


def _title(pen: Pen, x: float, y: float, wide: float, text: str) -> float:
    pen.text(x, y, fitted(text, wide, SIZE, 1)[0], SIZE, weight="bold", color=GREY)
    return y + SIZE * LEADING + 0.02


def _units(pen: Pen, x: float, y: float, wide: float, case: Case, words: Words) -> float:
    """For the first entities, which share of each unit's favour they have in the case."""
    y = _title(pen, x, y, wide, words["units"])
    standings = case.answer.standings
    favour = {unit: shares([s.scores[unit] for s in standings]) for unit in UNITS}
    label = 0.34
    for entity in case.answer.lists["total"]:
        place = next(i for i, s in enumerate(standings) if s.id == entity)
        name = f"{standings[place].ranks['total']}. {entity.rsplit(':', 1)[-1]}"
        pen.text(x, y, fitted(name, wide, TINY, 1, True)[0], TINY, weight="bold")
        y += TINY * LEADING
        for unit in UNITS:
            share = favour[unit][place]
            pen.text(x, y - 0.01, unit.upper(), TINY - 0.6, color=GREY)
            room = wide - label - 0.3
            pen.box(x + label, y, room, LINE * 0.6, fill=PALE)
            pen.box(x + label, y, room * share, LINE * 0.6, fill=SHADES[unit])
            pen.text(x + wide, y - 0.01, f"{share:.0%}", TINY - 0.6, ha="right")
            y += LINE * 0.82
        y += 0.02
    return y


def _gates(pen: Pen, x: float, y: float, wide: float, standing: Standing, words: Words) -> float:
    """The four gates as signed bars from -1 to 1."""
    y = _title(pen, x, y, wide, words["gates"])
    label, number = 0.55, 0.28
    half = (wide - label - number) / 2
    zero = x + label + half
    for name, value in asdict(standing.gates).items():
        pen.text(x, y, words[name], TINY)
        pen.box(zero - half, y, 2 * half, LINE * 0.75, fill=PALE)
        left, long = min(zero, zero + value * half), abs(value) * half
        pen.box(left, y, long, LINE * 0.75, fill=signed(value, 1.0), lw=0.4, ec=INK)
        pen.text(x + wide, y, signed_number(value), TINY, ha="right")
        y += LINE * 1.1
    pen.axes.plot([zero, zero], [y - 4 * LINE * 1.1, y], color=INK, lw=0.5)
    return y


def _heat(
    pen: Pen, x: float, y: float, wide: float, heat: Heat, pictures: Pictures, words: Words
) -> float:
    """Signed patches over a pale picture."""
    side = words[f"{heat.side}_side"]
    y = _title(pen, x, y, wide, words["heat"].format(target=heat.target, side=side))
    picture = pictures(heat.picture)
    if picture is None:
        return y
    pale = Image.blend(
        picture.convert("L").convert("RGB"), Image.new("RGB", picture.size, "white"), 0.45
    )
    left, top, w, h = pen.picture(pale, x, y, min(wide, 1.5), HEAT)
    for (a, b, c, d), value in zip(heat.boxes, heat.values, strict=True):
        strength = min(1.0, abs(value) / heat.limit) if heat.limit > 0 else 0.0
        if strength < 0.05:
            continue
        colour = signed(heat.limit if value > 0 else -heat.limit, heat.limit)
        edge: dict[str, Any] = {}
        if strength >= 0.3:
            edge = {"lw": 0.5, "ec": INK, "ls": "-" if value > 0 else ":"}
        box = (left + a * w, top + b * h, (c - a) * w, (d - b) * h)
        pen.box(*box, fill=(*colour, 0.75 * strength), **edge)
    y += HEAT + 0.02
    note = words["heat_method"].format(method=heat.method.replace("_", " "))
    for line in fitted(note, wide, TINY - 0.4, 2):
        pen.text(x, y, line, TINY - 0.4, color=GREY)
        y += (TINY - 0.4) * LEADING
    return y

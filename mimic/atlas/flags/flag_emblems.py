"""Suns, shields, wreaths, crowns and the Union Flag: what many flags have in common.

Arms are reduced to shapes of the right colour, place and size. All but the Union Flag are drawn
about (0, 0), to be placed with `at`.
"""

from __future__ import annotations

import math

from mimic.atlas.flags.flag_cloth import Layer, Point, around, at, canton, group, mirrored
from mimic.atlas.flags.flag_parts import (
    arc,
    box,
    corners,
    cross,
    disc,
    line,
    plain,
    polygon,
    saltire,
    sector,
)


def rays(colour: str, radius: float, count: int, half_width: float, start: float = 0.0) -> Layer:
    """Pointed rays from the centre, the first one upwards; `half_width` is that of their foot."""
    ray = polygon(colour, (-half_width, 0), (0, -radius), (half_width, 0))
    return around(0, 0, count, ray, start=start)


def shield_outline(half_width: float, top: float, bottom: float, bend: float) -> list[Point]:
    """Corners of a shield: straight at the top, an arc below the `bend` (0 top, 1 bottom)."""
    y = top + (bottom - top) * bend
    return [(-half_width, top), (half_width, top), *arc(0, y, half_width, 0, 180, bottom - y)]


def shield(colour: str, half_width: float, top: float, bottom: float, bend: float = 0.5) -> Layer:
    """A shield about x = 0; `bend` is where its sides begin to close in."""
    return polygon(colour, *shield_outline(half_width, top, bottom, bend))


def wreath(colour: str, radius: float, leaf: float, opening: float = 40.0, count: int = 9) -> Layer:
    """Two branches round a circle that meet at the bottom; `opening` degrees stay free at the
    top on either side."""
    blade = polygon(
        colour, (0, 0), (leaf * 0.35, -leaf * 0.5), (0, -leaf), (-leaf * 0.35, -leaf * 0.5)
    )
    pieces: list[Layer] = []
    for i in range(count):
        angle = math.radians(90 - (180 - opening) * i / (count - 1))
        x, y = radius * math.cos(angle), radius * math.sin(angle)
        along = math.degrees(angle)
        pieces += [at(x, y, 1, blade, turn=along - 35), at(x, y, 1, blade, turn=along + 25)]
    stem = sector(colour, 0, 0, radius + leaf * 0.06, 90, opening - 90, radius - leaf * 0.06)
    return mirrored(0, *pieces, stem)


def crown(colour: str, lining: str) -> Layer:
    """A closed crown with three arches and a cross, within -1 to 1."""
    return group(
        box(colour, -0.7, 0.45, 0.7, 0.8),
        mirrored(0, disc(colour, 0.52, 0.0, 0.48), disc(lining, 0.5, 0.06, 0.3)),
        disc(colour, 0, -0.1, 0.42, 0.55),
        disc(lining, 0, 0.0, 0.24, 0.36),
        line(colour, 0.14, (0, -0.4), (0, 0.6)),
        line(colour, 0.16, (0, -1), (0, -0.6)),
        line(colour, 0.16, (-0.2, -0.82), (0.2, -0.82)),
        line(lining, 0.1, (-0.55, 0.62), (0.55, 0.62)),
    )


def script(colour: str, thickness: float, *strokes: str) -> Layer:
    """Pen strokes, each a string of points."""
    return group(*(line(colour, thickness, *corners(stroke)) for stroke in strokes))


def union_jack(width: float, height: float) -> Layer:
    """The Union Flag in the upper hoist corner, at any proportion."""
    blue, white, red = "#012169", "#FFFFFF", "#C8102E"
    unit = height / 30
    cx, cy = width / 2, height / 2
    long = math.hypot(cx, cy)
    arms: list[Layer] = []
    for sx, sy in ((-1, -1), (1, -1), (1, 1), (-1, 1)):
        # Each red arm lies on one side of its white diagonal, always the same way round.
        dx, dy = sx * cx, sy * cy
        px, py = dy / long * 2 * unit, -dx / long * 2 * unit
        end = (cx + 1.1 * dx, cy + 1.1 * dy)
        arms.append(polygon(red, (cx, cy), end, (end[0] + px, end[1] + py), (cx + px, cy + py)))
    return canton(
        width,
        height,
        plain(blue),
        saltire(white, 6 * unit),
        *arms,
        cross(white, width / 2, height / 2, 10 * unit),
        cross(red, width / 2, height / 2, 6 * unit),
    )


def bars(colour: str, *rows: tuple[float, float, float, float]) -> Layer:
    """Several rectangles `(left, top, right, bottom)` of one colour."""
    return group(*(box(colour, *row) for row in rows))

"""The vocabulary in which flags are written down.

A flag is a size in its own units (its official construction sheet where there is one, so Norway
is 22 x 16) and a list of layers painted one over the other. Every function here returns a layer.
Coordinates are in the flag's units, x from the hoist and y down; colours are `#RRGGBB`; angles
are in degrees, clockwise.
"""

from __future__ import annotations

import math

import numpy as np

from mimic.atlas.flags.flag_cloth import Cloth, Layer, Point, group


def polygon(colour: str, *points: Point) -> Layer:
    """A filled polygon."""
    return lambda cloth: cloth.fill(colour, list(points))


def shape(colour: str, outline: str) -> Layer:
    """A filled polygon from a string of corners, `x,y x,y ...`."""
    return polygon(colour, *corners(outline))


def corners(outline: str) -> list[Point]:
    """The points of a string `x,y x,y ...`."""
    pairs = (pair.split(",") for pair in outline.split())
    return [(float(x), float(y)) for x, y in pairs]


def box(colour: str, left: float, top: float, right: float, bottom: float) -> Layer:
    """A filled rectangle."""
    return polygon(colour, (left, top), (right, top), (right, bottom), (left, bottom))


def plain(colour: str) -> Layer:
    """The whole cloth in one colour."""
    return horizontal(colour)


def horizontal(*colours: str, weights: tuple[float, ...] = ()) -> Layer:
    """Horizontal stripes from the top, of equal height unless weighted."""

    def paint(cloth: Cloth) -> None:
        edges = _edges(len(colours), weights, cloth.height)
        for colour, top, bottom in zip(colours, edges[:-1], edges[1:], strict=True):
            box(colour, 0, top, cloth.width, bottom)(cloth)

    return paint


def vertical(*colours: str, weights: tuple[float, ...] = ()) -> Layer:
    """Vertical stripes from the hoist, of equal width unless weighted."""

    def paint(cloth: Cloth) -> None:
        edges = _edges(len(colours), weights, cloth.width)
        for colour, left, right in zip(colours, edges[:-1], edges[1:], strict=True):
            box(colour, left, 0, right, cloth.height)(cloth)

    return paint


def cross(colour: str, x: float, y: float, thickness: float) -> Layer:
    """Two bars over the whole cloth that meet at (x, y)."""
    half = thickness / 2

    def paint(cloth: Cloth) -> None:
        box(colour, x - half, 0, x + half, cloth.height)(cloth)
        box(colour, 0, y - half, cloth.width, y + half)(cloth)

    return paint


def plus(colour: str, x: float, y: float, arm: float, thickness: float) -> Layer:
    """A free-standing cross of four equal arms, each `arm` long from the centre."""
    half = thickness / 2
    return group(
        box(colour, x - half, y - arm, x + half, y + arm),
        box(colour, x - arm, y - half, x + arm, y + half),
    )


def line(colour: str, thickness: float, *points: Point, closed: bool = False) -> Layer:
    """Straight pieces from point to point, with round joints."""
    path = [*points, points[0]] if closed else list(points)

    def paint(cloth: Cloth) -> None:
        for (x0, y0), (x1, y1) in zip(path[:-1], path[1:], strict=True):
            length = math.hypot(x1 - x0, y1 - y0) or 1.0
            dx, dy = (y1 - y0) / length * thickness / 2, (x0 - x1) / length * thickness / 2
            cloth.fill(
                colour,
                [(x0 + dx, y0 + dy), (x1 + dx, y1 + dy), (x1 - dx, y1 - dy), (x0 - dx, y0 - dy)],
            )
        for x, y in path if closed else path[1:-1]:
            disc(colour, x, y, thickness / 2)(cloth)

    return paint


def saltire(colour: str, thickness: float) -> Layer:
    """Both diagonals of the cloth, `thickness` wide."""

    def paint(cloth: Cloth) -> None:
        w, h = cloth.width, cloth.height
        for start, end in (((0.0, 0.0), (w, h)), ((0.0, h), (w, 0.0))):
            line(colour, thickness, *_stretched(start, end, thickness))(cloth)

    return paint


def hoist_triangle(colour: str, depth: float) -> Layer:
    """A triangle on the hoist with its tip at half height."""
    return lambda cloth: cloth.fill(colour, [(0, 0), (depth, cloth.height / 2), (0, cloth.height)])


def disc(colour: str, x: float, y: float, rx: float, ry: float | None = None) -> Layer:
    """A disc, or an ellipse if it has a second radius."""
    return polygon(colour, *arc(x, y, rx, 0, 360, ry))


def ring(colour: str, x: float, y: float, radius: float, thickness: float) -> Layer:
    """A circle line; `radius` is that of its outer edge."""
    return sector(colour, x, y, radius, 0, 360, radius - thickness)


def sector(
    colour: str,
    x: float,
    y: float,
    radius: float,
    start: float,
    end: float,
    inner: float = 0.0,
) -> Layer:
    """A slice of a disc, or of a ring, from `start` to `end` degrees clockwise from the fly."""
    inside = arc(x, y, inner, end, start) if inner else [(x, y)]
    return polygon(colour, *arc(x, y, radius, start, end), *inside)


def star(
    colour: str,
    x: float,
    y: float,
    radius: float,
    points: int = 5,
    inner: float | None = None,
    turn: float = 0.0,
) -> Layer:
    """A star with one point up; `inner` is the notch's radius over the tip's.

    The default notch is that of the star drawn in one stroke (a pentagram for five points).
    """
    if inner is None:
        inner = math.cos(2 * math.pi / points) / math.cos(math.pi / points)
    outline = []
    for i in range(2 * points):
        r = radius * (inner if i % 2 else 1.0)
        angle = math.radians(turn - 90 + 180 * i / points)
        outline.append((x + r * math.cos(angle), y + r * math.sin(angle)))
    return polygon(colour, *outline)


def stars(colour: str, radius: float, *places: Point, points: int = 5) -> Layer:
    """Equal upright stars."""
    return group(*(star(colour, x, y, radius, points) for x, y in places))


def star_circle(
    colour: str, x: float, y: float, circle: float, radius: float, count: int, turned: bool = False
) -> Layer:
    """Stars on a circle, the first one at its top; `turned` stars point away from its centre."""
    layers = []
    for i in range(count):
        turn = 360 * i / count
        angle = math.radians(turn - 90)
        sx, sy = x + circle * math.cos(angle), y + circle * math.sin(angle)
        layers.append(star(colour, sx, sy, radius, turn=turn if turned else 0.0))
    return group(*layers)


def crescent(
    colour: str,
    x: float,
    y: float,
    radius: float,
    x2: float,
    radius2: float,
    y2: float | None = None,
) -> Layer:
    """The disc (x, y, radius) without what the disc (x2, y2, radius2) covers of it."""
    y2 = y if y2 is None else y2
    d, toward = math.hypot(x2 - x, y2 - y), math.degrees(math.atan2(y2 - y, x2 - x))
    a = _degrees((d * d + radius**2 - radius2**2) / (2 * d * radius))
    b = _degrees((d * d + radius2**2 - radius**2) / (2 * d * radius2))
    outside = arc(x, y, radius, toward + a, toward + 360 - a)
    inside = arc(x2, y2, radius2, toward + 180 + b, toward + 180 - b)
    return polygon(colour, *outside, *inside)


def arc(
    x: float, y: float, rx: float, start: float, end: float, ry: float | None = None
) -> list[Point]:
    """Points on an ellipse, clockwise from the fly if `end` is larger than `start`."""
    steps = max(6, int(abs(end - start) / 6))
    angles = np.radians(np.linspace(start, end, steps + 1))
    ry = rx if ry is None else ry
    return [(x + rx * math.cos(a), y + ry * math.sin(a)) for a in angles]


def _edges(count: int, weights: tuple[float, ...], length: float) -> list[float]:
    parts = np.asarray(weights or (1.0,) * count, float)
    return [0.0, *(float(e) for e in np.cumsum(parts) / parts.sum() * length)]


def _stretched(start: Point, end: Point, by: float) -> tuple[Point, Point]:
    dx, dy = end[0] - start[0], end[1] - start[1]
    k = by / math.hypot(dx, dy)
    return (start[0] - k * dx, start[1] - k * dy), (end[0] + k * dx, end[1] + k * dy)


def _degrees(cosine: float) -> float:
    return math.degrees(math.acos(min(1.0, max(-1.0, cosine))))

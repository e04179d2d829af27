"""Strokes that every drawing of Atlas shares: tones, tapered limbs, smooth curves, soft shadows.

The light comes from the upper left everywhere: highlights sit there, shade and shadows to the lower
right of things.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import cache
from typing import TypeVar

import numpy as np

from mimic.atlas.drawing.canvas import Canvas, Color, Point, arc
from mimic.atlas.records import Rgb

T = TypeVar("T")
INK: Rgb = (34, 38, 48)
WHITE: Rgb = (250, 250, 248)
#: Segments of a seven-segment figure as (x0, y0, x1, y1) in a box 1 wide and 2 tall.
_SEGMENTS = {
    "a": (0, 0, 1, 0),
    "b": (1, 0, 1, 1),
    "c": (1, 1, 1, 2),
    "d": (0, 2, 1, 2),
    "e": (0, 1, 0, 2),
    "f": (0, 0, 0, 1),
    "g": (0, 1, 1, 1),
}
_FIGURES = ("abcdef", "bc", "abged", "abgcd", "fgbc", "afgcd", "afgedc", "abc", "abcdefg", "abcdfg")


def mix(a: Rgb, b: Rgb, t: float) -> Rgb:
    """The colour at `t` (0 to 1) on the way from `a` to `b`."""
    red, green, blue = (round(p + (q - p) * t) for p, q in zip(a, b, strict=True))
    return red, green, blue


def dark(colour: Rgb, t: float = 0.2) -> Rgb:
    """Towards a bluish black, as shade is under an open sky."""
    return mix(colour, (16, 18, 40), t)


def pale(colour: Rgb, t: float = 0.3) -> Rgb:
    """Towards a warm white."""
    return mix(colour, (255, 252, 244), t)


def brightness(colour: Rgb) -> float:
    """0 (black) to 1 (white), weighted as the eye does (ITU-R BT.601)."""
    return (0.299 * colour[0] + 0.587 * colour[1] + 0.114 * colour[2]) / 255


def apart(a: Rgb, b: Rgb) -> bool:
    """Can the two colours be told from each other when they touch?"""
    return sum(abs(p - q) for p, q in zip(a, b, strict=True)) > 110


def readable(ground: Rgb) -> Rgb:
    """White or ink, whichever stands out on `ground`."""
    return INK if brightness(ground) > 0.6 else WHITE


def choose(rng: np.random.Generator, options: Sequence[T]) -> T:
    """One of the options."""
    return options[int(rng.integers(len(options)))]


def shadow(canvas: Canvas, x: float, y: float, rx: float, ry: float, strength: float = 1) -> None:
    """A soft shadow on the ground: three translucent ellipses, no part of anything."""
    for grow in (1.0, 0.8, 0.58):
        canvas.ellipse(x, y, rx * grow, ry * grow, (12, 16, 36, round(30 * strength)))


def limb(
    canvas: Canvas,
    a: Point,
    b: Point,
    ra: float,
    rb: float,
    fill: Color,
    part: str | None,
    hem: bool = False,
) -> None:
    """A tapered capsule from `a` (radius `ra`) to `b` (radius `rb`); a hem is cut off straight."""
    turn = math.atan2(b[1] - a[1], b[0] - a[0])
    ends = ((b, rb, 0.0, 1 if hem else 7), (a, ra, math.pi, 7))
    outline = []
    for (x, y), r, start, steps in ends:
        for k in range(steps + 1):
            angle = turn + start + math.pi * (k / steps - 0.5)
            outline.append((x + r * math.cos(angle), y + r * math.sin(angle)))
    canvas.polygon(outline, fill, part)


def along(a: Point, b: Point, t: float) -> Point:
    """The point at `t` (0 to 1) on the way from `a` to `b`."""
    return a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t


def curve(points: Sequence[Point], closed: bool = True, steps: int = 6) -> list[Point]:
    """A smooth (Catmull-Rom) curve through the points."""
    p = np.asarray(points, float)
    around = np.arange(len(p) if closed else len(p) - 1)[:, None] + np.arange(-1, 3)
    around = around % len(p) if closed else around.clip(0, len(p) - 1)
    bend = (_weights(steps) @ p[around]).reshape(-1, 2).tolist()
    return list(map(tuple, bend if closed else [*bend, points[-1]]))


@cache
def _weights(steps: int) -> np.ndarray:
    """Shares of four neighbouring points along the stretch between the middle two, `[steps, 4]`."""
    t = (np.arange(steps) / steps)[:, None]
    return (
        np.hstack(
            [-t + 2 * t**2 - t**3, 2 - 5 * t**2 + 3 * t**3, t + 4 * t**2 - 3 * t**3, t**3 - t**2]
        )
        / 2
    )


def blob(canvas: Canvas, points: Sequence[Point], fill: Rgb, part: str | None) -> None:
    """A smooth closed shape through the points."""
    canvas.polygon(curve(points), fill, part)


def ring(
    canvas: Canvas, x: float, y: float, rx: float, ry: float, width: float, fill: Rgb, part: str
) -> None:
    """An elliptic hoop."""
    outer, inner = (arc(x, y, rx + w, ry + w) for w in (width / 2, -width / 2))
    canvas.polygon(outer + inner[::-1], fill, part)


def number(
    canvas: Canvas, value: int, x: float, y: float, height: float, fill: Rgb, part: str
) -> None:
    """Figures centred at (x, y)."""
    text, unit = str(value), height / 2
    for i, figure in enumerate(text):
        left = x + (i - len(text) / 2) * unit * 1.5 + unit * 0.25
        for segment in _FIGURES[int(figure)]:
            x0, y0, x1, y1 = _SEGMENTS[segment]
            ends = [
                (left + x0 * unit, y - unit + y0 * unit),
                (left + x1 * unit, y - unit + y1 * unit),
            ]
            canvas.line(ends, unit * 0.36, fill, part)


def sphere_light(canvas: Canvas, x: float, y: float, r: float, shine: float = 1.0) -> None:
    """Shade and highlight of a ball, over whatever it is painted with."""
    for inner, weight in ((0.97, 26), (0.9, 24), (0.8, 22), (0.66, 18)):
        shift = (1 - inner) * 1.05 * r
        crescent = arc(x, y, r, r, -55, 145) + arc(
            x - shift * 0.75,
            y - shift * 0.75,
            r * (0.55 + 0.45 * inner),
            r * (0.55 + 0.45 * inner),
            145,
            -55,
        )
        canvas.polygon(crescent, (14, 14, 40, weight))
    for size, weight in ((0.34, 40), (0.2, 70)):
        glow = arc(0, 0, r * size * 1.2, r * size * 0.85)
        with canvas.at(x - 0.4 * r, y - 0.45 * r, 1.0, -40):
            canvas.polygon(glow, (255, 255, 255, round(weight * shine)))


def mesh(
    canvas: Canvas, quad: Sequence[Point], columns: int, rows: int, width: float, part: str
) -> None:
    """A net between four corners (top left, top right, bottom right, bottom left)."""
    top_left, top_right, low_right, low_left = quad
    canvas.polygon(quad, (245, 247, 250, 46), part)
    for i in range(columns + 1):
        t = i / columns
        ends = [along(top_left, top_right, t), along(low_left, low_right, t)]
        canvas.line(ends, width, (244, 246, 248, 200))  # the pane is labelled already
    for i in range(rows + 1):
        t = i / rows
        ends = [along(top_left, low_left, t), along(top_right, low_right, t)]
        canvas.line(ends, width, (244, 246, 248, 200))  # the pane is labelled already

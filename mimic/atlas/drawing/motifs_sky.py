"""Homonyms in the night sky: planets and constellations fill their box from edge to edge."""

from __future__ import annotations

import math

import numpy as np

from mimic.atlas.drawing.canvas import Point, arc
from mimic.atlas.drawing.paint import curve, dark, pale
from mimic.atlas.drawing.pen import Pen, spoke
from mimic.atlas.records import Rgb

# Coordinates stay in rows: one to a line they would hide the drawing.
# fmt: off


def _space(pen: Pen, rng: np.random.Generator, part: str = "setting") -> None:
    """The night behind."""
    pen.fade(-0.5, -0.5, 0.5, 0.5, (12, 14, 36), (34, 34, 74), part)
    for x, y, r in rng.uniform(0, 1, (38, 3)):
        size = 0.003 + 0.006 * r
        pen.oval(x - 0.5, y - 0.5, size, size, (236, 238, 255), part)


def _terminator(pen: Pen, r: float) -> None:
    """The night side to the lower right, over everything on the globe."""
    with pen.canvas.at(0, 0, 1.0, 45):
        for depth, alpha in ((0.62, 44), (0.42, 52), (0.24, 60)):
            rim = arc(0, 0, r, r, -90, 90)
            pen.poly(rim + arc(0, 0, r * (1 - depth), r, 90, -90), (8, 8, 30, alpha))


def rocky_planet(pen: Pen, rng: np.random.Generator) -> None:
    """Grey-brown and full of craters."""
    _space(pen, rng)
    tone: Rgb = (164, 148, 136)
    pen.oval(0, 0, 0.39, 0.39, tone)
    for _ in range(16):
        a, d, r = rng.uniform(0, 360), math.sqrt(rng.random()) * 0.3, rng.uniform(0.02, 0.065)
        x, y = spoke(0, 0, d, a)
        pen.oval(x, y, r, r * 0.92, pale(tone, 0.3))
        pen.oval(x - r * 0.1, y - r * 0.1, r * 0.84, r * 0.78, dark(tone, 0.32))
        pen.oval(x + r * 0.12, y + r * 0.12, r * 0.6, r * 0.55, dark(tone, 0.16))
    _terminator(pen, 0.39)


def gas_planet(pen: Pen, rng: np.random.Generator) -> None:
    """Bands of cream and rust with a red spot."""
    _space(pen, rng)
    bands: tuple[Rgb, ...] = (
        (188, 128, 88), (238, 214, 176), (206, 148, 102), (246, 228, 196), (176, 108, 76),
        (232, 196, 150), (196, 140, 98), (240, 218, 182), (170, 118, 90),
    )
    r = 0.41
    pen.oval(0, 0, r, r, bands[0])
    edges = np.linspace(-r, r, len(bands) + 1)
    for fill, top, low in zip(bands, edges[:-1], edges[1:], strict=True):
        ys = np.linspace(top, low, 4)
        half = np.sqrt(np.maximum(r * r - ys * ys, 0))
        right = [(float(h), float(y)) for h, y in zip(half, ys, strict=True)]
        pen.poly([*right, *[(-x, y) for x, y in right[::-1]]], fill)
    for x, y, w in ((-0.1, -0.16, 0.12), (0.1, 0.0, 0.16), (-0.14, 0.12, 0.12), (0.05, -0.26, 0.1)):
        pen.oval(x, y, w, 0.012, (255, 244, 220))
    pen.oval(0.12, 0.14, 0.1, 0.06, (246, 220, 186))
    pen.oval(0.12, 0.14, 0.08, 0.045, (204, 78, 52))
    _terminator(pen, r)


def ringed_planet(pen: Pen, rng: np.random.Generator) -> None:
    """Pale gold inside a wide ring."""
    _space(pen, rng)
    with pen.canvas.at(0, 0, 1.0, -18):
        rings: tuple[tuple[float, Rgb], ...] = (
            (0.47, (150, 126, 96)), (0.43, (222, 200, 160)), (0.35, (70, 60, 60)),
            (0.335, (196, 168, 126)),
        )
        for side in (180, 0):
            for r, fill in rings:
                hole = arc(0, 0, 0.29, 0.075, side + 180, side)
                pen.poly(arc(0, 0, r, r * 0.27, side, side + 180) + hole, fill)
            if side == 180:
                pen.oval(0, 0, 0.265, 0.265, (226, 192, 132))
                for y, fill in (
                    (-0.14, (240, 214, 162)), (-0.05, (206, 168, 110)), (0.06, (238, 210, 158)),
                    (0.16, (200, 160, 106)),
                ):
                    half = math.sqrt(0.265**2 - y * y)
                    pen.poly(
                        curve(
                            [
                                (-half, y - 0.02), (0, y - 0.015), (half, y - 0.02),
                                (half, y + 0.02), (0, y + 0.03), (-half, y + 0.02),
                            ]
                        ),
                        fill,
                    )
                _terminator(pen, 0.265)


#: Made-up figures: stars in a box, joined in order by the index pairs.
_FIGURES: tuple[tuple[tuple[Point, ...], tuple[tuple[int, int], ...]], ...] = (
    (((-0.34, -0.3), (-0.12, -0.16), (0.04, -0.02), (0.3, -0.22), (0.16, 0.18), (0.36, 0.32),
        (-0.16, 0.2), (-0.34, 0.36)), ((0, 1), (1, 2), (2, 3), (2, 4), (4, 5), (4, 6), (6, 7),
        (6, 1))),
    (((-0.36, 0.02), (-0.2, -0.22), (0.04, -0.34), (0.1, -0.04), (0.34, -0.12), (0.26, 0.2),
        (0.0, 0.34), (-0.16, 0.12)), ((0, 1), (1, 2), (2, 3), (3, 4), (4, 5), (5, 6), (6, 7),
        (7, 0), (3, 7))),
)


def constellation(pen: Pen, rng: np.random.Generator) -> None:
    """A star chart: bright stars joined by lines."""
    _space(pen, rng, "subject")
    stars, pairs = _FIGURES[int(rng.integers(len(_FIGURES)))]
    for i, j in pairs:
        pen.line([stars[i], stars[j]], 0.016, (120, 160, 226))
    for i, (x, y) in enumerate(stars):
        r = 0.1 if i % 3 == 0 else 0.075
        pen.oval(x, y, r * 0.62, r * 0.62, (70, 96, 170))
        star = [spoke(x, y, r if k % 2 == 0 else r * 0.34, k * 45 - 90) for k in range(8)]
        pen.poly(star, (255, 246, 206))

"""Homonyms that people built on the land: canal, city, town, and the road sign of a state."""

from __future__ import annotations

import numpy as np

from mimic.atlas.drawing.canvas import Point
from mimic.atlas.drawing.motifs_land import clouds, skyline
from mimic.atlas.drawing.paint import choose, dark, mix, pale
from mimic.atlas.drawing.pen import Pen
from mimic.atlas.records import Rgb

# Coordinates stay in rows: one to a line they would hide the drawing.
# fmt: off


GRASS: Rgb = (112, 164, 84)


def canal(pen: Pen, rng: np.random.Generator) -> None:
    """A straight cut between stone walls, a lock gate and a freighter head on."""
    pen.sky(-0.05)
    clouds(pen, rng)
    skyline(pen, (-0.1, -0.14, -0.1, -0.13, -0.09), 0.1, (110, 152, 116))
    pen.fade(-0.5, -0.06, 0.5, 0.5, (136, 176, 98), (108, 154, 80))
    pen.poly(
        [(-0.1, -0.06), (0.1, -0.06), (0.5, 0.46), (0.5, 0.5), (-0.5, 0.5), (-0.5, 0.46)],
        (186, 182, 174),
    )
    pen.poly([(-0.085, -0.06), (0.085, -0.06), (0.42, 0.5), (-0.42, 0.5)], (140, 138, 134))
    pen.poly([(-0.075, -0.06), (0.075, -0.06), (0.34, 0.5), (-0.34, 0.5)], (46, 118, 148))
    hull: Rgb = choose(rng, ((176, 58, 50), (44, 74, 120), (60, 66, 74)))
    pen.poly([(-0.17, -0.06), (0.17, -0.06), (0.13, 0.2), (0.0, 0.25), (-0.13, 0.2)], hull)
    pen.poly([(0.0, -0.06), (0.17, -0.06), (0.13, 0.2), (0.0, 0.25)], dark(hull, 0.25))
    for i in range(5):
        for j in range(3):
            tone = ((214, 140, 60), (86, 140, 92), (196, 196, 190), (92, 120, 170))[(i * 2 + j) % 4]
            x, y = -0.16 + i * 0.065, -0.12 - j * 0.058
            pen.box(x, y, x + 0.06, y + 0.054, tone)
    pen.box(-0.1, -0.3, 0.1, -0.235, (240, 240, 236))
    pen.box(-0.085, -0.285, 0.085, -0.26, (60, 78, 96))
    for side in (-1, 1):
        pen.poly(
            [(side * 0.34, 0.32), (side * 0.06, 0.38), (side * 0.06, 0.47), (side * 0.4, 0.44)],
            (74, 84, 94),
        )
        pen.line([(side * 0.35, 0.31), (side * 0.06, 0.37)], 0.014, (226, 196, 76))


def city(pen: Pen, rng: np.random.Generator) -> None:
    """A skyline of towers above the water."""
    pen.sky(0.25)
    clouds(pen, rng)
    far = mix(pen.light.sky[1], (90, 108, 140), 0.45)
    for i, high in enumerate((0.2, 0.34, 0.26, 0.4, 0.3, 0.36, 0.24, 0.32)):
        x = -0.5 + i * 0.127
        pen.box(x, 0.24 - high, x + 0.11, 0.26, far)
    glass: tuple[Rgb, ...] = (
        (72, 104, 140), (96, 88, 120), (132, 110, 100), (70, 124, 138), (110, 118, 132),
    )
    order = rng.permutation(5)
    for i, (x, wide, high) in enumerate(
        (
            (-0.47, 0.15, 0.38), (-0.3, 0.12, 0.56), (-0.16, 0.15, 0.46), (0.0, 0.12, 0.68),
            (0.13, 0.16, 0.42), (0.3, 0.16, 0.54),
        )
    ):
        _tower(pen, x, wide, high, glass[int(order[i % 5])], i)
    pen.fade(-0.5, 0.26, 0.5, 0.5, (92, 142, 170), (52, 98, 138))
    pen.box(-0.5, 0.25, 0.5, 0.28, (70, 92, 84))
    for x, y, w in ((-0.3, 0.34, 0.1), (0.2, 0.38, 0.12), (-0.1, 0.44, 0.1), (0.32, 0.45, 0.07)):
        pen.line([(x - w, y), (x + w, y)], 0.01, (150, 188, 206))


def _tower(pen: Pen, x: float, wide: float, high: float, fill: Rgb, i: int) -> None:
    top = 0.26 - high
    pen.box(x, top, x + wide, 0.26, fill)
    pen.box(x + wide * 0.7, top, x + wide, 0.26, dark(fill, 0.25))
    if i % 3 == 0:
        pen.poly([(x, top), (x + wide * 0.5, top - 0.07), (x + wide, top)], pale(fill, 0.15))
    elif i % 3 == 1:
        pen.line([(x + wide * 0.5, top), (x + wide * 0.5, top - 0.1)], 0.012, dark(fill, 0.3))
    for k in range(int(high / 0.062)):
        y = top + 0.03 + k * 0.06
        pen.box(
            x + wide * 0.1, y, x + wide * 0.62, y + 0.024,
            (250, 224, 150) if (k * 3 + i) % 4 else (170, 200, 220),
        )


def town(pen: Pen, rng: np.random.Generator) -> None:
    """Red roofs and a steeple among hills."""
    pen.sky(0.1)
    clouds(pen, rng)
    skyline(pen, (-0.02, -0.12, -0.06, -0.14, -0.04), 0.3, (134, 168, 134))
    skyline(pen, (0.1, 0.02, 0.08, 0.04, 0.1), 0.5, GRASS)
    _house(pen, -0.4, 0.18, 0.17, (232, 214, 184))
    _house(pen, 0.24, 0.17, 0.17, (216, 202, 190))
    pen.box(-0.05, -0.2, 0.07, 0.22, (240, 232, 214))
    pen.box(0.03, -0.2, 0.07, 0.22, (210, 200, 182))
    pen.poly([(-0.065, -0.2), (0.01, -0.43), (0.085, -0.2)], (70, 92, 110))
    pen.line([(0.01, -0.48), (0.01, -0.42)], 0.012, (220, 184, 84))
    pen.oval(0.01, -0.12, 0.03, 0.03, (74, 84, 96))
    pen.box(-0.02, 0.1, 0.04, 0.22, (110, 78, 60))
    _house(pen, -0.24, 0.27, 0.2, (246, 236, 214))
    _house(pen, 0.1, 0.28, 0.2, (236, 206, 170))
    skyline(pen, (0.3, 0.27, 0.3, 0.29, 0.32, 0.28), 0.5, (90, 144, 72))
    _house(pen, -0.42, 0.4, 0.2, (226, 206, 196))
    _house(pen, 0.3, 0.4, 0.19, (246, 238, 222))
    pen.poly([(-0.04, 0.5), (0.02, 0.27), (0.06, 0.27), (0.14, 0.5)], (218, 200, 160))


def _house(pen: Pen, x: float, low: float, wide: float, wall: Rgb) -> None:
    top = low - wide * 0.62
    pen.box(x, top, x + wide, low, wall)
    pen.poly(
        [(x - 0.015, top), (x + wide * 0.5, top - wide * 0.5), (x + wide + 0.015, top)],
        (190, 82, 60),
    )
    pen.poly(
        [(x + wide * 0.5, top - wide * 0.5), (x + wide + 0.015, top), (x + wide * 0.62, top)],
        (160, 64, 52),
    )
    for dx in (0.2, 0.62):
        pen.box(
            x + wide * dx, top + wide * 0.14, x + wide * (dx + 0.2), top + wide * 0.38,
            (84, 110, 136),
        )


#: Rough outlines of imaginary federal states, as corners of a shape in a box 1 wide.
_STATES: tuple[tuple[Point, ...], ...] = (
    ((-0.4, -0.45), (0.1, -0.45), (0.14, -0.2), (0.42, 0.3), (0.36, 0.45), (-0.34, 0.45),
        (-0.4, 0.1)),
    ((-0.5, -0.3), (0.2, -0.34), (0.5, -0.1), (0.42, 0.34), (0.0, 0.3), (-0.2, 0.42), (-0.46, 0.2)),
    ((-0.36, -0.46), (0.36, -0.46), (0.36, 0.1), (0.12, 0.46), (-0.06, 0.36), (-0.36, 0.4)),
)


def state(pen: Pen, rng: np.random.Generator) -> None:
    """A road sign at the border: the outline of the land with its star."""
    for x in (-0.3, 0.26):
        pen.box(x, 0.1, x + 0.045, 0.48, (134, 138, 144))
        pen.box(x + 0.025, 0.1, x + 0.045, 0.48, (102, 106, 114))
    green: Rgb = choose(rng, ((22, 108, 74), (24, 92, 132)))
    pen.box(-0.48, -0.48, 0.48, 0.2, (246, 246, 242))
    pen.box(-0.455, -0.455, 0.455, 0.175, green)
    outline = _STATES[int(rng.integers(len(_STATES)))]
    shape = [(-0.16 + x * 0.54, -0.14 + y * 0.54) for x, y in outline]
    pen.poly(shape, (250, 246, 228), "emblem")
    star = []
    for i in range(10):
        r, a = (0.12 if i % 2 == 0 else 0.05), np.radians(i * 36 - 90)
        star.append((-0.19 + r * float(np.cos(a)), -0.14 + r * float(np.sin(a))))
    pen.poly(star, (206, 60, 52), "emblem")
    for y, wide in ((-0.3, 0.26), (-0.16, 0.2), (-0.02, 0.24)):
        pen.box(0.15, y - 0.03, 0.15 + wide, y + 0.03, (240, 240, 236))

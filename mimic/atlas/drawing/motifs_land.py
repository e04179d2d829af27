"""Homonyms that are pieces of land: each fills its box from edge to edge, sky included."""

from __future__ import annotations

import numpy as np

from mimic.atlas.drawing.paint import choose, curve, dark, mix, pale
from mimic.atlas.drawing.pen import Pen
from mimic.atlas.records import Rgb

# Coordinates stay in rows: one to a line they would hide the drawing.
# fmt: off


FOAM: Rgb = (232, 246, 250)


ROCK: Rgb = (126, 112, 104)


WATER: Rgb = (52, 132, 190)


def clouds(pen: Pen, rng: np.random.Generator, low: float = -0.25) -> None:
    white = mix(pen.light.sky[1], (255, 255, 255), 0.6)
    for _ in range(2):
        x, y, r = rng.uniform(-0.36, 0.36), rng.uniform(-0.44, low), rng.uniform(0.05, 0.08)
        for dx, dy, grow in ((-1.1, 0.1, 0.7), (0, -0.2, 1.0), (1.1, 0.1, 0.75)):
            pen.oval(x + dx * r, y + dy * r, r * grow, r * 0.55 * grow, white, "setting")


def skyline(pen: Pen, tops: tuple[float, ...], low: float, fill: Rgb,
    part: str = "subject") -> None:
    """A smooth skyline through heights at equal steps, down to `low`."""
    xs = np.linspace(-0.5, 0.5, len(tops))
    outline = curve([(float(x), y) for x, y in zip(xs, tops, strict=True)], closed=False)
    pen.poly([*outline, (0.5, low), (-0.5, low)], fill, part)


def _fir(pen: Pen, x: float, y: float, size: float, fill: Rgb = (54, 98, 74)) -> None:
    pen.box(x - size * 0.05, y - size * 0.15, x + size * 0.05, y, (96, 70, 52))
    for i, half in enumerate((0.34, 0.28, 0.2)):
        top, low = y - size * (0.62 + 0.2 * i), y - size * (0.12 + 0.22 * i)
        pen.poly([(x, top), (x + size * half, low), (x - size * half, low)], fill)
        pen.poly([(x, top), (x + size * half, low), (x, low)], dark(fill, 0.2))


def river(pen: Pen, rng: np.random.Generator) -> None:
    """Bends from the hills to the viewer through green land."""
    pen.sky(-0.1)
    clouds(pen, rng)
    skyline(pen, (-0.2, -0.3, -0.2, -0.28, -0.17), 0.1, (128, 152, 160))
    skyline(pen, (-0.12, -0.16, -0.22, -0.12, -0.2), 0.1, (104, 148, 112))
    pen.fade(-0.5, -0.1, 0.5, 0.5, (140, 180, 92), (88, 140, 66))
    left = [(0.06, -0.1), (0.16, -0.04), (-0.1, 0.06), (-0.22, 0.17), (0.05, 0.3), (-0.18, 0.5)]
    right = [(0.4, 0.5), (0.38, 0.3), (0.02, 0.19), (0.0, 0.09), (0.24, 0.0), (0.09, -0.1)]
    bank = curve(left, False) + curve(right, False)
    pen.poly([(x + 0.02, y - 0.012) for x, y in bank], (202, 186, 132))
    pen.poly(bank, WATER)
    for points in (
        [(0.0, 0.47), (0.18, 0.33), (-0.08, 0.2)],
        [(-0.1, 0.12), (0.04, 0.04), (0.18, -0.02)],
    ):
        pen.bow(points, 0.012, pale(WATER, 0.45))
    for x, y, s in ((-0.38, 0.1, 0.14), (-0.32, 0.3, 0.2), (0.38, 0.12, 0.15), (-0.43, 0.36, 0.24)):
        _fir(pen, x, y + 0.02, s)


def lake(pen: Pen, rng: np.random.Generator) -> None:
    """A wide oval of water ringed by firs and peaks that it mirrors."""
    pen.sky(0.0)
    clouds(pen, rng, -0.32)
    for x, top, half in ((-0.23, -0.3, 0.27), (0.2, -0.34, 0.3), (0.0, -0.22, 0.24)):
        pen.poly([(x, top), (x + half, 0.03), (x - half, 0.03)], (122, 130, 150))
        pen.poly([(x, top), (x + half, 0.03), (x + 0.04, 0.03)], (96, 104, 128))
        pen.poly(
            [(x, top), (x + half * 0.3, top + 0.1), (x, top + 0.08), (x - half * 0.3, top + 0.1)],
            FOAM,
        )
    pen.fade(-0.5, 0.0, 0.5, 0.5, (98, 142, 84), (70, 116, 62))
    for i in range(10):
        _fir(pen, -0.446 + i * 0.099, 0.055 + 0.012 * (i % 2), 0.11 + 0.02 * (i % 3))
    pen.oval(0, 0.24, 0.47, 0.2, (214, 200, 158))
    pen.oval(0, 0.235, 0.455, 0.185, (58, 142, 200))
    for x, half, deep in ((-0.2, 0.15, 0.12), (0.19, 0.17, 0.15)):
        pen.poly([(x - half, 0.11), (x + half, 0.11), (x, 0.11 + deep)], (84, 132, 178))
    for x, y, w in (
        (-0.1, 0.3, 0.16), (0.16, 0.35, 0.12), (0.02, 0.385, 0.08), (-0.28, 0.25, 0.08),
    ):
        pen.line([(x - w, y), (x + w, y)], 0.01, (150, 206, 234))
    _boat(pen, choose(rng, (-0.14, 0.12)), 0.28)


def _boat(pen: Pen, x: float, y: float) -> None:
    pen.poly([(x, y - 0.13), (x, y - 0.02), (x + 0.07, y - 0.02)], (250, 248, 242))
    pen.poly([(x - 0.012, y - 0.11), (x - 0.012, y - 0.02), (x - 0.05, y - 0.02)], (226, 226, 222))
    pen.poly([(x - 0.06, y - 0.01), (x + 0.08, y - 0.01), (x + 0.05, y + 0.02),
        (x - 0.04, y + 0.02)],
             (164, 74, 58))


def mountain(pen: Pen, rng: np.random.Generator) -> None:
    """One steep peak with snow."""
    pen.sky(0.2)
    clouds(pen, rng)
    skyline(pen, (0.0, -0.1, 0.05, -0.08, 0.02), 0.3, (146, 158, 180))
    body = [(-0.48, 0.34), (-0.3, 0.06), (-0.22, 0.08), (-0.03, -0.4), (0.04, -0.36), (0.14, -0.12),
            (0.22, -0.1), (0.48, 0.34)]
    pen.poly(body, (112, 116, 138))
    shade = [(-0.03, -0.4), (0.04, -0.36), (0.14, -0.12), (0.22, -0.1), (0.48, 0.34), (0.06, 0.34),
             (0.1, 0.12), (0.0, 0.0), (0.03, -0.2)]
    pen.poly(shade, (82, 86, 112))
    snow = [(-0.03, -0.4), (0.04, -0.36), (0.135, -0.13), (0.07, -0.17), (0.045, -0.06),
        (-0.0, -0.14),
            (-0.05, -0.02), (-0.09, -0.12), (-0.15, -0.09)]
    pen.poly(snow, (248, 250, 252))
    pen.poly([(-0.03, -0.4), (0.04, -0.36), (0.135, -0.13), (0.07, -0.17), (0.045, -0.06),
        (0.02, -0.11),
              (0.03, -0.2)], (208, 218, 234))
    skyline(pen, (0.24, 0.2, 0.27, 0.3, 0.22, 0.2), 0.5, (92, 134, 84))
    skyline(pen, (0.36, 0.38, 0.32, 0.37, 0.33), 0.5, (72, 114, 68))
    for x, y in ((-0.4, 0.36), (-0.31, 0.4), (0.36, 0.36), (0.44, 0.42), (-0.45, 0.46)):
        _fir(pen, x, y, 0.17)


def volcano(pen: Pen, rng: np.random.Generator) -> None:
    """A broad cone with fire in its mouth, lava and smoke."""
    pen.sky(0.3)
    for x, y, r in ((0.02, -0.3, 0.1), (0.1, -0.36, 0.12), (0.22, -0.4, 0.11), (0.0, -0.4, 0.08),
                    (0.14, -0.42, 0.1), (0.32, -0.41, 0.08)):
        pen.oval(x, y, r, r * 0.8, (122, 116, 122))
        pen.oval(x - 0.02, y - 0.02, r * 0.7, r * 0.5, (154, 148, 152))
    for x in (-0.06, -0.02, 0.03, 0.07):
        pen.poly(
            [(x - 0.02, -0.16), (x + 0.02, -0.16), (x * 1.9, -0.3 + 0.5 * abs(x))], (250, 150, 40)
        )
    cone = curve([(-0.5, 0.36), (-0.3, 0.2), (-0.16, -0.04), (-0.1, -0.18)], False) + curve(
        [(0.1, -0.18), (0.16, -0.04), (0.3, 0.2), (0.5, 0.36)], False)
    pen.poly(cone, (92, 70, 70))
    pen.poly([(0.02, -0.18), *curve([(0.1, -0.18), (0.16, -0.04), (0.3, 0.2), (0.5, 0.36)], False),
              (0.1, 0.36)], (66, 50, 56))
    pen.oval(0, -0.18, 0.1, 0.025, (255, 196, 64))
    lava = [(-0.07, -0.18), (0.07, -0.18), (0.04, -0.02), (0.12, 0.14), (0.1, 0.3), (0.05, 0.14),
        (0.0, 0.04),
            (-0.05, 0.16), (-0.14, 0.28), (-0.1, 0.1), (-0.04, -0.04)]
    pen.poly(lava, (232, 72, 34))
    pen.poly([(-0.03, -0.18), (0.04, -0.18), (0.015, 0.0), (0.07, 0.14), (0.0, 0.0), (-0.06, 0.12)],
             (255, 170, 50))
    skyline(pen, (0.3, 0.34, 0.31, 0.35, 0.3), 0.5, (70, 112, 66))
    skyline(pen, (0.4, 0.42, 0.39, 0.43, 0.38), 0.5, (52, 92, 54))


def island(pen: Pen, rng: np.random.Generator) -> None:
    """Sand and palms in the middle of the sea."""
    pen.sky(0.02)
    clouds(pen, rng)
    pen.oval(choose(rng, (-0.3, 0.32)), -0.32, 0.06, 0.06, (255, 240, 190), "setting")
    pen.fade(-0.5, 0.0, 0.5, 0.5, (38, 128, 178), (86, 190, 200))
    pen.oval(0, 0.24, 0.42, 0.12, (142, 218, 216))
    pen.oval(0, 0.21, 0.34, 0.085, FOAM)
    pen.blob(
        [(-0.32, 0.21), (-0.16, 0.12), (0.02, 0.08), (0.18, 0.13), (0.32, 0.21), (0, 0.27)],
        (240, 216, 160),
    )
    pen.blob([(-0.2, 0.15), (-0.04, 0.07), (0.12, 0.09), (0.22, 0.16), (0.02, 0.18)], (98, 158, 78))
    for x, lean, high in ((-0.06, -0.08, 0.34), (0.08, 0.1, 0.27)):
        _palm(pen, x, 0.12, lean, high)
    for x, y, w in ((-0.36, 0.1, 0.07), (0.36, 0.08, 0.06), (-0.3, 0.4, 0.1), (0.28, 0.43, 0.12)):
        pen.line([(x - w, y), (x + w, y)], 0.009, (206, 236, 240))


def _palm(pen: Pen, x: float, y: float, lean: float, high: float) -> None:
    top = (x + lean, y - high)
    pen.bow([(x, y), (x + lean * 0.25, y - high * 0.5), top], 0.028, (138, 98, 62))
    for dx, dy in (
        (-0.19, 0.05), (-0.14, -0.07), (0.0, -0.11), (0.14, -0.07), (0.19, 0.05), (0.05, 0.1),
    ):
        tip = (top[0] + dx, top[1] + dy)
        mid = (top[0] + dx * 0.5, top[1] + dy * 0.5 - 0.055)
        under = (top[0] + dx * 0.5, top[1] + dy * 0.5 - 0.005)
        pen.poly([top, mid, tip, under], (64, 138, 70) if dy < 0 else (48, 116, 62))


def waterfall(pen: Pen, rng: np.random.Generator) -> None:
    """A white curtain between cliffs, and the mist below."""
    pen.sky(-0.2)
    clouds(pen, rng, -0.4)
    pen.box(-0.5, -0.28, 0.5, 0.5, ROCK)
    skyline(pen, (-0.3, -0.34, -0.28, -0.33, -0.3), -0.22, (86, 140, 76))
    for x in (-0.46, -0.36, -0.29, 0.24, 0.33, 0.43):
        pen.poly(
            [(x, -0.24), (x + 0.045, -0.24), (x + 0.06, 0.34), (x - 0.01, 0.34)], dark(ROCK, 0.22)
        )
    pen.poly([(-0.2, -0.29), (0.18, -0.29), (0.24, 0.34), (-0.26, 0.34)], (206, 232, 244))
    for i, x in enumerate(np.linspace(-0.17, 0.15, 8)):
        x0, wide = float(x), 0.012 + 0.006 * (i % 2)
        tone = FOAM if i % 2 else (150, 202, 228)
        pen.poly(
            [(x0, -0.27), (x0 + wide, -0.27), (x0 * 1.3 + wide * 1.3, 0.34), (x0 * 1.3, 0.34)], tone
        )
    pen.fade(-0.5, 0.32, 0.5, 0.5, (70, 158, 190), (36, 112, 160))
    for x, y, r in (
        (-0.24, 0.33, 0.09), (-0.12, 0.31, 0.1), (0.02, 0.32, 0.11), (0.14, 0.31, 0.1),
        (0.25, 0.34, 0.08),
    ):
        pen.oval(x, y, r, r * 0.6, (244, 250, 252))
    for x, y, s in (
        (-0.42, 0.38, 0.2), (0.43, 0.38, 0.22), (-0.47, -0.24, 0.14), (0.4, -0.26, 0.13),
    ):
        _fir(pen, x, y, s)

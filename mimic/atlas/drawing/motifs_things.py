"""Homonyms on a table or a plinth: tableware, food, a hat, statues."""

from __future__ import annotations

import numpy as np

from mimic.atlas.drawing.canvas import arc
from mimic.atlas.drawing.paint import choose, curve, dark, mix, pale
from mimic.atlas.drawing.pen import Pen
from mimic.atlas.records import Rgb

# Coordinates stay in rows: one to a line they would hide the drawing.
# fmt: off


MARBLE: Rgb = (226, 224, 220)


GOLD: Rgb = (226, 178, 72)


def porcelain(pen: Pen, rng: np.random.Generator) -> None:
    """A white vase painted in blue."""
    white, blue = (246, 248, 250), (38, 78, 160)
    right = [
        (0.1, -0.46), (0.07, -0.36), (0.09, -0.28), (0.27, -0.14), (0.3, 0.04), (0.2, 0.26),
        (0.12, 0.38), (0.16, 0.47),
    ]
    side = curve(right, False)
    pen.poly(side + [(-x, y) for x, y in side[::-1]], white)
    pen.poly(side + [(x * 0.62 + 0.01, y) for x, y in side[::-1]], (206, 216, 230))
    for y, half, wide in (
        (-0.44, 0.095, 0.03), (-0.26, 0.11, 0.024), (0.3, 0.165, 0.024), (0.4, 0.12, 0.03),
        (0.45, 0.14, 0.02),
    ):
        pen.line([(-half, y), (half, y)], wide, blue)
    for i in range(6):
        x = -0.15 + i * 0.06
        pen.oval(x, -0.2, 0.026, 0.036, blue)
    for cx, cy, r in ((-0.08, 0.02, 0.11), (0.15, 0.1, 0.08)):
        for k in range(6):
            a = k * np.pi / 3
            pen.oval(
                cx + r * 0.62 * float(np.cos(a)), cy + r * 0.62 * float(np.sin(a)), r * 0.42,
                r * 0.42, (70, 118, 196),
            )
        pen.oval(cx, cy, r * 0.36, r * 0.36, blue)
    pen.bow([(-0.2, 0.18), (-0.06, 0.22), (0.08, 0.2), (0.2, 0.0), (0.24, -0.08)], 0.018, blue)
    for x, y in ((-0.14, 0.22), (0.02, 0.19), (0.2, -0.06), (-0.2, -0.08)):
        pen.blob(
            [(x - 0.05, y + 0.01), (x, y - 0.03), (x + 0.05, y - 0.02), (x + 0.01, y + 0.025)], blue
        )
    pen.bow([(-0.2, -0.1), (-0.25, 0.02), (-0.22, 0.14)], 0.024, (255, 255, 255))


def coffee(pen: Pen, rng: np.random.Generator) -> None:
    """A cup on its saucer, steam above and beans beside."""
    cup: Rgb = choose(rng, ((196, 84, 60), (250, 246, 238), (60, 110, 120)))
    for x in (-0.16, -0.02, 0.12):
        pen.bow(
            [(x, -0.14), (x + 0.05, -0.24), (x - 0.03, -0.34), (x + 0.03, -0.46)],
            0.028, (226, 222, 218),
        )
    pen.oval(-0.02, 0.36, 0.44, 0.09, dark(cup, 0.25))
    pen.oval(-0.02, 0.34, 0.44, 0.085, pale(cup, 0.35))
    pen.oval(-0.02, 0.345, 0.28, 0.05, dark(cup, 0.12))
    pen.line(arc(0.27, 0.08, 0.13, 0.12, -110, 110), 0.055, dark(cup, 0.12))
    bowl = curve(
        [
            (-0.32, -0.06), (-0.3, 0.14), (-0.2, 0.3), (-0.02, 0.35), (0.16, 0.3), (0.26, 0.14),
            (0.28, -0.06),
        ],
        False,
    )
    pen.poly(bowl, cup)
    pen.poly(
        curve([(0.1, 0.0), (0.28, -0.06), (0.26, 0.14), (0.16, 0.3), (0.0, 0.35), (0.08, 0.2)]),
        dark(cup, 0.2),
    )
    pen.oval(-0.02, -0.06, 0.3, 0.075, pale(cup, 0.5))
    pen.oval(-0.02, -0.05, 0.27, 0.06, (84, 50, 32))
    pen.oval(-0.06, -0.045, 0.15, 0.03, (156, 104, 66))
    for x, y, turn in ((-0.4, 0.42, 20), (0.34, 0.44, -30), (-0.3, 0.455, -10)):
        with pen.canvas.at(x, y, 1.0, turn):
            pen.oval(0, 0, 0.062, 0.04, (88, 52, 36))
            pen.bow([(-0.05, 0.006), (0.0, -0.01), (0.05, 0.004)], 0.012, (52, 30, 22))


def chocolate_bar(pen: Pen, rng: np.random.Generator) -> None:
    """A bar half out of its wrapper."""
    wrap: Rgb = choose(rng, ((190, 34, 44), (70, 44, 120), (20, 96, 120)))
    brown: Rgb = (98, 58, 38)
    with pen.canvas.at(0, 0.06, 1.0, -24):
        pen.box(-0.44, -0.17, 0.12, 0.21, dark(brown, 0.35))
        for i in range(3):
            for j in range(2):
                x, y = -0.44 + i * 0.175, -0.18 + j * 0.18
                pen.box(x, y, x + 0.165, y + 0.17, brown)
                pen.poly(
                    [(x, y), (x + 0.165, y), (x + 0.13, y + 0.035), (x + 0.035, y + 0.035)],
                    pale(brown, 0.3),
                )
                pen.poly(
                    [
                        (x + 0.165, y), (x + 0.165, y + 0.17), (x + 0.13, y + 0.135),
                        (x + 0.13, y + 0.035),
                    ],
                    dark(brown, 0.3),
                )
                pen.box(x + 0.035, y + 0.035, x + 0.13, y + 0.135, pale(brown, 0.1))
        foil = [(0.0, -0.2), (0.05, -0.1), (-0.01, 0.0), (0.05, 0.1), (0.0, 0.22)]
        pen.poly([*foil, (0.14, 0.22), (0.14, -0.2)], (214, 218, 224))
        pen.poly(
            [
                (0.08, -0.21), (0.46, -0.21), (0.49, -0.16), (0.46, -0.1), (0.49, -0.04),
                (0.46, 0.02), (0.49, 0.08), (0.46, 0.14), (0.48, 0.23), (0.08, 0.23),
            ],
            wrap,
        )
        pen.box(0.08, 0.12, 0.47, 0.23, dark(wrap, 0.25))
        pen.oval(0.27, 0.0, 0.13, 0.085, (250, 214, 110))
        pen.oval(0.27, 0.0, 0.095, 0.055, wrap)
        pen.line([(0.1, -0.17), (0.45, -0.17)], 0.014, pale(wrap, 0.5))


def hat(pen: Pen, rng: np.random.Generator) -> None:
    """A straw hat with a dark band."""
    straw: Rgb = (240, 222, 178)
    pen.blob(
        [
            (-0.48, 0.22), (-0.2, 0.1), (0.2, 0.1), (0.48, 0.2), (0.4, 0.32), (0.0, 0.4),
            (-0.38, 0.34),
        ],
        dark(straw, 0.18),
    )
    pen.blob(
        [
            (-0.49, 0.2), (-0.2, 0.09), (0.2, 0.09), (0.49, 0.18), (0.38, 0.28), (0.0, 0.35),
            (-0.38, 0.3),
        ],
        straw,
    )
    crown = curve(
        [
            (-0.27, 0.2), (-0.25, 0.0), (-0.2, -0.2), (-0.08, -0.27), (0.02, -0.21), (0.12, -0.27),
            (0.22, -0.18), (0.26, 0.0), (0.28, 0.2), (0.0, 0.27),
        ]
    )
    pen.poly(crown, straw)
    pen.poly(
        curve([(0.08, -0.22), (0.22, -0.18), (0.26, 0.0), (0.28, 0.2), (0.12, 0.25), (0.16, 0.0)]),
        dark(straw, 0.12),
    )
    pen.blob(
        [(-0.1, -0.25), (0.02, -0.205), (0.13, -0.25), (0.05, -0.1), (-0.03, -0.1)],
        dark(straw, 0.16),
    )
    band: Rgb = choose(rng, ((38, 36, 40), (120, 30, 40), (30, 60, 100)))
    pen.poly(
        curve(
            [(-0.265, 0.1), (0.0, 0.165), (0.27, 0.1), (0.285, 0.19), (0.0, 0.275), (-0.275, 0.2)]
        ),
        band,
    )
    pen.poly([(0.2, 0.12), (0.3, 0.07), (0.29, 0.22)], pale(band, 0.15))
    for y in (-0.12, -0.04, 0.04):
        pen.bow([(-0.22, y), (0.0, y + 0.05), (0.12, y + 0.04)], 0.008, dark(straw, 0.14))


def cocktail(pen: Pen, rng: np.random.Generator) -> None:
    """A stemmed glass with a red drink, a cherry and a slice of orange."""
    drink: Rgb = choose(rng, ((206, 58, 48), (214, 110, 40), (150, 40, 62)))
    glass: Rgb = (212, 228, 234)
    pen.oval(0.0, 0.44, 0.2, 0.04, dark(glass, 0.15))
    pen.oval(0.0, 0.43, 0.2, 0.035, pale(glass, 0.4))
    pen.box(-0.016, 0.1, 0.016, 0.43, glass)
    pen.oval(0.3, -0.28, 0.15, 0.15, (238, 140, 40))
    pen.oval(0.3, -0.28, 0.125, 0.125, (252, 206, 116))
    for k in range(4):
        a = k * np.pi / 4
        dx, dy = 0.12 * float(np.cos(a)), 0.12 * float(np.sin(a))
        pen.line([(0.3 - dx, -0.28 - dy), (0.3 + dx, -0.28 + dy)], 0.014, (240, 150, 54))
    pen.poly([(-0.4, -0.28), (0.4, -0.28), (0.02, 0.13), (-0.02, 0.13)], glass)
    pen.poly([(-0.33, -0.2), (0.33, -0.2), (0.0, 0.12)], drink)
    pen.poly([(0.04, -0.2), (0.33, -0.2), (0.0, 0.12)], dark(drink, 0.2))
    pen.oval(0.0, -0.2, 0.33, 0.04, pale(drink, 0.3))
    pen.line([(-0.4, -0.28), (0.4, -0.28)], 0.016, pale(glass, 0.6))
    pen.line([(-0.06, -0.06), (0.14, -0.44)], 0.014, (196, 160, 100))
    pen.oval(-0.03, -0.11, 0.062, 0.062, (150, 18, 40))
    pen.oval(-0.05, -0.13, 0.018, 0.018, (250, 200, 200))
    pen.poly([(-0.32, -0.25), (-0.26, -0.25), (-0.08, -0.03), (-0.1, -0.01)], pale(glass, 0.7))


def god(pen: Pen, rng: np.random.Generator) -> None:
    """A marble bust with a beard and a golden wreath."""
    shade, deep = dark(MARBLE, 0.16), dark(MARBLE, 0.32)
    pen.box(-0.2, 0.38, 0.2, 0.48, (110, 96, 90))
    pen.box(-0.14, 0.3, 0.14, 0.4, (134, 118, 108))
    pen.blob(
        [
            (-0.4, 0.16), (-0.3, 0.06), (-0.1, 0.02), (0.1, 0.02), (0.3, 0.06), (0.4, 0.16),
            (0.3, 0.3), (0.0, 0.36), (-0.3, 0.3),
        ],
        MARBLE,
    )
    pen.blob([(0.06, 0.1), (0.3, 0.06), (0.4, 0.16), (0.3, 0.3), (0.04, 0.35)], shade)
    for x in (-0.26, -0.14, 0.0):
        pen.bow([(x, 0.1), (x + 0.08, 0.22), (x + 0.2, 0.32)], 0.016, deep)
    pen.box(-0.09, -0.06, 0.1, 0.1, shade)
    for x, y, r in (
        (-0.2, -0.22, 0.09), (0.2, -0.22, 0.09), (-0.2, -0.1, 0.07), (0.2, -0.1, 0.07),
        (-0.13, -0.36, 0.1), (0.13, -0.36, 0.1), (0.0, -0.4, 0.1),
    ):
        pen.oval(x, y, r, r, shade)
        pen.oval(x - 0.015, y - 0.015, r * 0.6, r * 0.6, MARBLE)
    pen.oval(0.0, -0.2, 0.17, 0.2, MARBLE)
    pen.blob([(0.04, -0.36), (0.16, -0.26), (0.16, -0.1), (0.05, -0.04)], shade)
    for x, y, r in (
        (-0.12, -0.06, 0.07), (0.12, -0.06, 0.07), (-0.08, 0.04, 0.08), (0.08, 0.04, 0.08),
        (0.0, 0.08, 0.085), (0.0, 0.0, 0.08),
    ):
        pen.oval(x, y, r, r * 1.1, shade)
        pen.oval(x - 0.012, y - 0.012, r * 0.62, r * 0.7, MARBLE)
    for x in (-0.075, 0.075):
        pen.line([(x - 0.04, -0.25), (x + 0.04, -0.255)], 0.02, deep)
        pen.oval(x, -0.215, 0.028, 0.014, deep)
    pen.poly([(-0.005, -0.24), (0.035, -0.12), (-0.02, -0.12)], deep)
    pen.line([(-0.045, -0.045), (0.045, -0.045)], 0.016, deep)
    for k in range(7):
        a = np.radians(200 + k * 23.3)
        x, y = 0.215 * float(np.cos(a)), -0.26 + 0.15 * float(np.sin(a))
        with pen.canvas.at(x, y, 1.0, 200 + k * 23.3 + 90):
            pen.blob([(-0.06, 0), (0, -0.035), (0.06, 0), (0, 0.035)], GOLD)


def goddess(pen: Pen, rng: np.random.Generator) -> None:
    """A robed statue that lifts a torch before a golden disc."""
    shade, deep = dark(MARBLE, 0.14), dark(MARBLE, 0.3)
    pen.oval(0.0, -0.26, 0.21, 0.21, GOLD)
    pen.oval(0.0, -0.26, 0.175, 0.175, pale(GOLD, 0.45))
    pen.box(-0.22, 0.42, 0.22, 0.48, (110, 96, 90))
    pen.poly(
        curve(
            [
                (-0.1, -0.12), (-0.07, 0.05), (-0.16, 0.28), (-0.2, 0.43), (0.2, 0.43),
                (0.16, 0.28), (0.08, 0.05), (0.11, -0.12),
            ],
            False,
        ),
        MARBLE,
    )
    pen.poly(
        curve(
            [
                (0.02, -0.1), (0.11, -0.12), (0.08, 0.05), (0.16, 0.28), (0.2, 0.43), (0.06, 0.43),
                (0.04, 0.2),
            ],
            False,
        ),
        shade,
    )
    for x in (-0.11, -0.04, 0.04, 0.11):
        pen.bow([(x * 0.4, 0.04), (x * 0.9, 0.24), (x * 1.2, 0.42)], 0.014, deep)
    pen.line([(-0.085, 0.03), (0.09, 0.03)], 0.034, GOLD)
    pen.limb((0.09, -0.1), (0.22, -0.2), 0.04, 0.032, MARBLE)
    pen.limb((0.22, -0.2), (0.26, -0.34), 0.032, 0.026, MARBLE)
    pen.limb((-0.09, -0.1), (-0.17, 0.06), 0.04, 0.032, MARBLE)
    pen.limb((-0.17, 0.06), (-0.06, 0.12), 0.032, 0.026, MARBLE)
    pen.poly([(0.235, -0.34), (0.295, -0.34), (0.275, -0.22), (0.255, -0.22)], (150, 104, 66))
    pen.blob(
        [(0.22, -0.36), (0.25, -0.44), (0.27, -0.49), (0.3, -0.43), (0.31, -0.36), (0.265, -0.33)],
        (240, 110, 40),
    )
    pen.blob([(0.245, -0.36), (0.268, -0.42), (0.285, -0.36)], (255, 220, 110))
    pen.blob(
        [
            (-0.1, -0.3), (-0.07, -0.38), (0.0, -0.4), (0.07, -0.38), (0.1, -0.3), (0.12, -0.14),
            (0.06, -0.12), (-0.06, -0.12), (-0.12, -0.14),
        ],
        mix(MARBLE, (170, 140, 100), 0.55),
    )
    pen.box(-0.032, -0.2, 0.032, -0.1, shade)
    pen.oval(0.0, -0.26, 0.068, 0.085, MARBLE)
    for x in (-0.028, 0.028):
        pen.oval(x, -0.268, 0.013, 0.008, deep)
    pen.line([(-0.02, -0.22), (0.02, -0.22)], 0.01, deep)
    pen.bow([(-0.075, -0.32), (0.0, -0.35), (0.075, -0.32)], 0.024, GOLD)

"""Homonyms that grow or lie in the ground: fruit, nuts, a tree, a gem, an element."""

from __future__ import annotations

import numpy as np

from mimic.atlas.drawing.canvas import arc
from mimic.atlas.drawing.paint import choose, dark, mix, pale
from mimic.atlas.drawing.pen import Pen, spoke
from mimic.atlas.records import Rgb

# Coordinates stay in rows: one to a line they would hide the drawing.
# fmt: off


def kiwi_fruit(pen: Pen, rng: np.random.Generator) -> None:
    """A whole fruit behind a cut one: green flesh, black seeds."""
    pen.oval(0.16, 0.1, 0.32, 0.27, (126, 92, 56))
    pen.oval(0.1, 0.04, 0.2, 0.15, (150, 112, 70))
    pen.oval(0.47, 0.12, 0.02, 0.03, (84, 60, 42))
    x, y = -0.12, 0.14
    pen.oval(x, y, 0.345, 0.33, (112, 82, 52))
    pen.oval(x, y, 0.32, 0.305, (188, 212, 96))
    pen.oval(x, y, 0.3, 0.285, (126, 184, 46))
    for i in range(20):
        pen.line([spoke(x, y, 0.13, i * 18), spoke(x, y, 0.26, i * 18)], 0.012, (158, 206, 84))
    for i in range(20):
        sx, sy = spoke(x, y, 0.155 + 0.02 * (i % 2), i * 18 + 9)
        pen.oval(sx, sy, 0.016, 0.016, (34, 34, 28))
    pen.oval(x, y, 0.1, 0.09, (240, 242, 206))


def nut(pen: Pen, rng: np.random.Generator) -> None:
    """Two nuts in their shells and an open one."""
    brown: Rgb = choose(rng, ((128, 84, 56), (142, 90, 54)))
    for cx, cy, turn in ((0.2, 0.12, 18), (-0.2, 0.06, -24)):
        with pen.canvas.at(cx, cy, 1.0, turn):
            pen.blob(
                [
                    (-0.26, 0.1), (-0.16, -0.16), (0.06, -0.27), (0.2, -0.12), (0.24, 0.12),
                    (0.0, 0.22),
                ],
                brown,
            )
            pen.blob(
                [(-0.12, -0.08), (0.05, -0.22), (0.1, -0.04), (-0.02, 0.14), (-0.18, 0.1)],
                pale(brown, 0.2),
            )
            for dx in (-0.1, 0.0, 0.1):
                pen.bow(
                    [(dx, -0.14), (dx - 0.04, 0.02), (dx - 0.02, 0.16)], 0.012, dark(brown, 0.3)
                )
    with pen.canvas.at(-0.02, 0.3, 1.0, -8):
        pen.blob(
            [(-0.3, 0.02), (-0.16, -0.13), (0.1, -0.14), (0.3, -0.02), (0.2, 0.14), (-0.16, 0.15)],
            dark(brown, 0.25),
        )
        pen.blob(
            [(-0.25, 0.02), (-0.13, -0.09), (0.1, -0.1), (0.25, -0.01), (0.16, 0.1), (-0.14, 0.11)],
            (246, 226, 184),
        )
        pen.blob(
            [(-0.18, 0.04), (0.0, 0.0), (0.2, 0.02), (0.12, 0.08), (-0.12, 0.09)], (226, 198, 148)
        )
        pen.bow([(-0.18, 0.0), (0.0, -0.05), (0.16, -0.03)], 0.014, (206, 172, 120))


def gem(pen: Pen, rng: np.random.Generator) -> None:
    """A cut stone, point down."""
    tone: Rgb = choose(rng, ((60, 150, 210), (48, 168, 126), (176, 66, 150)))
    top, girdle, tip = -0.26, -0.06, 0.46
    xs, gs = (-0.28, -0.1, 0.1, 0.28), (-0.47, -0.2, 0.2, 0.47)
    crown = (pale(tone, 0.55), pale(tone, 0.75), pale(tone, 0.35))
    for i in range(3):
        pen.poly([(xs[i], top), (xs[i + 1], top), (gs[i + 1], girdle), (gs[i], girdle)], crown[i])
    pen.poly([(xs[0], top), (gs[0], girdle), (gs[1], girdle)], pale(tone, 0.2))
    pen.poly([(xs[3], top), (gs[3], girdle), (gs[2], girdle)], dark(tone, 0.05))
    pen.poly([(xs[1], top), (xs[2], top), (0.0, girdle)], pale(tone, 0.88))
    for i, fill in enumerate((pale(tone, 0.12), tone, dark(tone, 0.32))):
        pen.poly([(gs[i], girdle), (gs[i + 1], girdle), (0, tip)], fill)
    pen.poly([(-0.2, girdle), (0.02, girdle), (0, tip)], pale(tone, 0.4))
    for x, y, r in ((-0.36, -0.32, 0.1), (0.38, 0.2, 0.07)):
        star = [
            (x + dx * r, y + dy * r)
            for dx, dy in (
                (0, -1), (0.18, -0.18), (1, 0), (0.18, 0.18), (0, 1), (-0.18, 0.18), (-1, 0),
                (-0.18, -0.18),
            )
        ]
        pen.poly(star, (255, 252, 226))


def tree(pen: Pen, rng: np.random.Generator) -> None:
    """One old tree with a wide crown."""
    leaf: Rgb = choose(rng, ((86, 144, 70), (104, 150, 64), (70, 132, 82)))
    pen.blob(
        [
            (-0.2, 0.475), (-0.08, 0.36), (-0.06, 0.1), (0.06, 0.1), (0.08, 0.36), (0.2, 0.475),
            (0.0, 0.45),
        ],
        (112, 80, 56),
    )
    pen.poly([(0.01, 0.1), (0.06, 0.1), (0.08, 0.36), (0.16, 0.46), (0.03, 0.44)], (88, 62, 46))
    for a, b in (((-0.03, 0.2), (-0.22, 0.02)), ((0.03, 0.16), (0.2, 0.0))):
        pen.limb(a, b, 0.035, 0.02, (112, 80, 56))
    for x, y, r, f in (
        (-0.28, 0.0, 0.19, 0.24), (0.28, 0.0, 0.2, 0.3), (0.0, 0.02, 0.2, 0.3),
        (-0.2, -0.16, 0.2, 0.1), (0.2, -0.16, 0.21, 0.18), (0.02, -0.27, 0.2, 0.06),
    ):
        pen.oval(x, y, r, r * 0.9, dark(leaf, f))
    for x, y, r, f in (
        (-0.24, -0.12, 0.13, 0.06), (0.0, -0.14, 0.17, 0.0), (-0.06, -0.3, 0.13, 0.18),
        (-0.16, -0.2, 0.09, 0.3), (0.16, -0.22, 0.1, 0.12),
    ):
        pen.oval(x, y, r, r * 0.85, pale(leaf, f))
    for x, y in (
        (-0.32, -0.02), (-0.1, 0.06), (0.14, 0.02), (0.32, -0.06), (0.06, -0.18), (-0.2, -0.26),
        (0.24, -0.26),
    ):
        pen.oval(x, y, 0.028, 0.028, (214, 70, 56))


def element(pen: Pen, rng: np.random.Generator) -> None:
    """A tile of the periodic table with an atom on it."""
    tile: Rgb = choose(rng, ((52, 104, 160), (120, 78, 150), (40, 128, 122)))
    pen.box(-0.42, -0.42, 0.46, 0.46, dark(tile, 0.45))
    pen.box(-0.46, -0.46, 0.42, 0.42, pale(tile, 0.25))
    pen.box(-0.43, -0.43, 0.39, 0.39, tile)
    cx, cy = -0.02, -0.02
    for turn in (0, 60, 120):
        with pen.canvas.at(cx, cy, 1.0, turn):
            pen.line(arc(0, 0, 0.34, 0.125), 0.026, mix(tile, (255, 255, 255), 0.72))
            pen.oval(0.34 if turn != 60 else -0.34, 0.0, 0.042, 0.042, (252, 214, 92))
    for dx, dy, fill in (
        (-0.035, 0.02, (236, 92, 76)), (0.035, 0.025, (246, 240, 232)),
        (0.0, -0.035, (236, 92, 76)), (0.03, -0.02, (246, 240, 232)),
    ):
        pen.oval(cx + dx, cy + dy, 0.05, 0.05, fill)

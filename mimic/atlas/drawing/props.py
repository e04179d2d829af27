"""What carries a homonym's subject in a neutral setting: plinth, poster, billboard, easel."""

from __future__ import annotations

import numpy as np

from mimic.atlas.drawing.camera import Light
from mimic.atlas.drawing.canvas import Canvas
from mimic.atlas.drawing.motifs import VIEWS, backing, motif
from mimic.atlas.drawing.places import shade


def plinth(
    canvas: Canvas, x: float, ground: float, width: float, high: float, light: Light
) -> float:
    """A block to put something on; returns the y of its upper side."""
    top, stone = ground - high, light((232, 230, 226))
    canvas.ellipse(x, ground, width * 0.72, 0.025, (20, 24, 30, 60), "setting")
    canvas.rectangle(x - width / 2, top, x + width / 2, ground, stone, "setting")
    canvas.rectangle(x + width * 0.2, top, x + width / 2, ground, shade(stone, 0.88), "setting")
    canvas.rectangle(
        x - width * 0.54, top, x + width * 0.54, top + 0.025, shade(stone, 1.06), "setting"
    )
    return top


def sheet(
    canvas: Canvas,
    key: str,
    x: float,
    y: float,
    side: float,
    rng: np.random.Generator,
    light: Light,
    border: float,
) -> None:
    """The motif printed on paper, `side` wide, centred at (x, y), inside a frame."""
    half = side / 2
    frame = ((58, 50, 46), (236, 236, 232), (160, 124, 84), (40, 44, 52))[int(rng.integers(4))]
    outer = half + border
    canvas.rectangle(x - outer + 0.012, y - outer + 0.014, x + outer + 0.012, y + outer + 0.014,
                     (20, 24, 30, 80), "setting")  # fmt: skip
    canvas.rectangle(x - outer, y - outer, x + outer, y + outer, frame, "setting")
    canvas.rectangle(x - half, y - half, x + half, y + half, light(backing(key)), "setting")
    fill = 1.0 if key in VIEWS else 0.92
    motif(canvas, key, x, y, side * fill, rng, light)


def billboard(
    canvas: Canvas,
    key: str,
    x: float,
    ground: float,
    side: float,
    rng: np.random.Generator,
    light: Light,
) -> None:
    """The motif on a large board on two legs."""
    y = ground - 0.16 - side / 2
    for dx in (-0.3, 0.3):
        canvas.rectangle(x + dx * side - 0.012, y, x + dx * side + 0.012, ground,
                         light((92, 96, 104)), "setting")  # fmt: skip
    sheet(canvas, key, x, y, side, rng, light, 0.022)


def easel(
    canvas: Canvas,
    key: str,
    x: float,
    ground: float,
    side: float,
    rng: np.random.Generator,
    light: Light,
) -> None:
    """The motif as a framed print on a wooden easel."""
    wood = light((150, 112, 74))
    y = ground - 0.2 - side / 2
    for dx in (-0.42, 0.42):
        canvas.line([(x + dx * 0.2 * side, y - side * 0.72), (x + dx * side, ground)], 0.018, wood,
                    "setting")  # fmt: skip
    sheet(canvas, key, x, y, side, rng, light, 0.018)
    canvas.rectangle(x - side * 0.6, y + side / 2 + 0.018, x + side * 0.6, y + side / 2 + 0.04,
                     shade(wood, 0.85), "setting")  # fmt: skip

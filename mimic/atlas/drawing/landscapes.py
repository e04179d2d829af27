"""Landscapes for the states, and what lies around a thing that is shown large.

Each paints the whole picture, labelled `setting`, and returns the y where things stand.
"""

from __future__ import annotations

import math

import numpy as np

from mimic.atlas.drawing.camera import Light
from mimic.atlas.drawing.canvas import Canvas
from mimic.atlas.drawing.paint import mix
from mimic.atlas.drawing.places import WALLS, pick, shade, sky, street, tree
from mimic.atlas.records import Rgb


def ridge(
    canvas: Canvas, rng: np.random.Generator, y: float, rise: float, colour: Rgb, rough: int = 3
) -> None:
    """A skyline of hills from edge to edge, filled down to the bottom."""
    x = np.linspace(0, 1, 33)
    shape = np.zeros_like(x)
    for k in range(1, rough + 1):
        shape += np.sin(2 * math.pi * (x * k * rng.uniform(0.5, 0.9) + rng.random())) / k
    line = y - rise * (shape - shape.min()) / max(float(np.ptp(shape)), 1e-6)
    outline = [(float(a), float(b)) for a, b in zip(x, line, strict=True)]
    canvas.polygon([*outline, (1, 1), (0, 1)], colour, "setting")


def coast(canvas: Canvas, rng: np.random.Generator, light: Light) -> float:
    horizon = rng.uniform(0.52, 0.6)
    sky(canvas, rng, light, horizon)
    if rng.random() < 0.6:
        ridge(canvas, rng, horizon + 0.01, 0.1, mix(light((96, 122, 128)), light.sky[1], 0.4))
    canvas.gradient(light((44, 116, 152)), light((98, 178, 190)), horizon, 0.84)
    for _ in range(14):
        x, y = rng.uniform(0, 1), rng.uniform(horizon + 0.01, 0.8)
        w = 0.015 + 0.1 * (y - horizon)
        canvas.line([(x - w, y), (x + w, y)], 0.004, (*light((226, 240, 244)), 150), "setting")
    along = np.linspace(0, 1, 25)
    beach = 0.82 + 0.02 * np.sin(along * 5 + rng.uniform(0, 6))
    edge = [(float(a), float(b)) for a, b in zip(along, beach, strict=True)]
    for lift, colour in ((-0.02, (236, 246, 246)), (0.0, (226, 204, 160))):
        shore = [(a, b + lift) for a, b in edge]
        canvas.polygon([*shore, (1, 1), (0, 1)], light(colour), "setting")
    if rng.random() < 0.5:
        _sail(canvas, rng.uniform(0.1, 0.9), horizon + 0.05, rng.uniform(0.05, 0.09), light)
    return float(rng.uniform(0.88, 0.93))


def _sail(canvas: Canvas, x: float, y: float, size: float, light: Light) -> None:
    with canvas.at(x, y, size):
        canvas.polygon([(0, -1), (0, -0.15), (0.55, -0.15)], light((250, 248, 240)), "distractor")
        canvas.polygon([(-0.06, -0.8), (-0.06, -0.15), (-0.4, -0.15)], light((226, 224, 216)),
                       "distractor")  # fmt: skip
        canvas.polygon([(-0.5, -0.1), (0.6, -0.1), (0.4, 0.12), (-0.35, 0.12)],
                       light((120, 84, 64)), "distractor")  # fmt: skip


def hills(canvas: Canvas, rng: np.random.Generator, light: Light) -> float:
    horizon = rng.uniform(0.5, 0.62)
    sky(canvas, rng, light, horizon)
    far = light((108, 140, 136))
    for i, (dy, rise) in enumerate(((0.02, 0.2), (0.08, 0.14), (0.16, 0.1))):
        colour = mix(mix(far, light((104, 150, 82)), i / 2), light.sky[1], 0.45 - 0.2 * i)
        ridge(canvas, rng, horizon + dy, rise, colour)
    canvas.gradient(light((118, 164, 86)), light((84, 132, 66)), horizon + 0.2, 1.0)
    for _ in range(int(rng.integers(2, 6))):
        tree(canvas, rng.uniform(0, 1), horizon + rng.uniform(0.14, 0.22), rng.uniform(0.1, 0.22),
             rng, light)  # fmt: skip
    return float(rng.uniform(0.85, 0.92))


def plaza(canvas: Canvas, rng: np.random.Generator, light: Light) -> float:
    """A square before a public building with columns."""
    foot = rng.uniform(0.66, 0.72)
    sky(canvas, rng, light, foot)
    left = rng.uniform(0.02, 0.3)
    right = left + rng.uniform(0.55, 0.75)
    stone = light(pick(rng, ((224, 214, 194), (214, 214, 212), (232, 222, 206))))
    _skyline(canvas, rng, foot, light)
    top = foot - rng.uniform(0.26, 0.36)
    canvas.rectangle(left, top, right, foot, stone, "setting")
    canvas.polygon([(left - 0.02, top), ((left + right) / 2, top - 0.1), (right + 0.02, top)],
                   shade(stone, 0.92), "setting")  # fmt: skip
    canvas.rectangle(left - 0.02, top, right + 0.02, top + 0.03, shade(stone, 1.06), "setting")
    for i in range(7):
        x = left + (right - left) * (i + 0.5) / 7
        canvas.rectangle(x - 0.026, top + 0.03, x + 0.026, foot, shade(stone, 0.66), "setting")
        canvas.rectangle(x - 0.016, top + 0.03, x + 0.016, foot, shade(stone, 1.08), "setting")
    canvas.gradient(light((198, 192, 182)), light((168, 162, 152)), foot, 1.0)
    for x in np.linspace(-1, 2, 13):
        canvas.line(
            [(0.5 + (x - 0.5) * 0.5, foot), (x, 1.0)], 0.004, light((180, 174, 164)), "setting"
        )
    for i in range(3):
        out, y = 0.02 * i, foot + 0.012 * i
        step = shade(stone, 1.02 - 0.08 * i)
        canvas.rectangle(left - out, y, right + out, y + 0.012, step, "setting")
    return float(rng.uniform(0.86, 0.92))


def _skyline(canvas: Canvas, rng: np.random.Generator, foot: float, light: Light) -> None:
    x = -0.02
    while x < 1:
        wide, high = rng.uniform(0.06, 0.13), rng.uniform(0.12, 0.4)
        colour = mix(light(pick(rng, WALLS)), light.sky[1], 0.55)
        canvas.rectangle(x, foot - high, x + wide, foot, colour, "setting")
        x += wide


# --- surroundings of things ----------------------------------------------------------------


def sea(canvas: Canvas, rng: np.random.Generator, light: Light) -> float:
    """Open water up to a low horizon."""
    horizon = rng.uniform(0.5, 0.58)
    sky(canvas, rng, light, horizon)
    canvas.gradient(light((46, 112, 150)), light((24, 84, 130)), horizon, 1.0)
    for _ in range(22):
        x, y = rng.uniform(0, 1), rng.uniform(horizon + 0.01, 0.98)
        w = 0.01 + 0.12 * (y - horizon)
        canvas.line([(x - w, y), (x + w, y)], 0.004, (*light((176, 212, 226)), 130), "setting")
    return float(horizon + 0.26)


def table(canvas: Canvas, rng: np.random.Generator, light: Light) -> float:
    """A wooden table before a wall, with a window in some."""
    edge = rng.uniform(0.68, 0.76)
    wall = light(pick(rng, WALLS))
    canvas.gradient(shade(wall, 0.86), shade(wall, 1.06), 0, edge)
    if rng.random() < 0.6:
        left, top = rng.uniform(-0.1, 0.75), rng.uniform(0.02, 0.12)
        canvas.rectangle(left, top, left + 0.34, top + 0.44, light((244, 242, 236)), "setting")
        for i in range(2):
            for j in range(2):
                x, y = left + 0.02 + 0.155 * i, top + 0.02 + 0.205 * j
                canvas.rectangle(x, y, x + 0.145, y + 0.195, light.sky[j], "setting")
    wood = light(pick(rng, ((166, 118, 76), (140, 96, 64), (196, 156, 110))))
    canvas.gradient(shade(wall, 0.7), shade(wall, 0.7), edge, edge + 0.006)
    canvas.gradient(shade(wood, 1.08), shade(wood, 0.86), edge, 1.0)
    for i in range(5):
        y = edge + 0.03 + 0.055 * i + rng.uniform(0, 0.02)
        canvas.line(
            [(0, y), (1, y + rng.uniform(-0.01, 0.01))], 0.004, shade(wood, 0.82), "setting"
        )
    return float(rng.uniform(0.86, 0.92))


def night(canvas: Canvas, rng: np.random.Generator, light: Light) -> float:
    """Space: stars and a thin cloud of them."""
    low = mix((46, 40, 92), light.sky[0], 0.25)
    canvas.gradient((8, 10, 28), low)
    for x, y, r in rng.uniform(0, 1, (70, 3)):
        size = 0.0018 + 0.004 * r**3
        canvas.ellipse(x, y, size, size, (232, 236, 255), "setting")
    for i in range(5):
        canvas.ellipse(0.1 + 0.2 * i, 0.3 + 0.1 * i, 0.2, 0.1, (150, 140, 220, 14), "setting")
    return 0.9


LANDSCAPES = {"coast": coast, "hills": hills, "plaza": plaza, "street": street}

"""Flags as things in a scene: flat, waving on a pole, hung from a wall, held up by people."""

from __future__ import annotations

import math

import numpy as np
from PIL import Image

from mimic.atlas.drawing.camera import Light
from mimic.atlas.drawing.canvas import Canvas
from mimic.atlas.drawing.people import spectator
from mimic.atlas.drawing.places import CROWD, pick, shade
from mimic.atlas.flags.flags import flag, flag_ratio


def ratio(code: str) -> float:
    """Width over height of a flag."""
    return flag_ratio(code)


def waved(picture: Image.Image, rng: np.random.Generator, strength: float = 1.0) -> Image.Image:
    """The flag in the wind: columns slide up and down and folds shade it; RGBA, a bit taller."""
    source = np.asarray(picture.convert("RGB"))
    h, w = source.shape[:2]
    t = np.arange(w) / w
    waves, phase = rng.uniform(0.9, 1.7), rng.uniform(0, 2 * math.pi)
    reach = 0.07 * strength * (0.35 + 0.65 * t)
    angle = 2 * math.pi * waves * t + phase
    lift = reach * (np.sin(angle) - math.sin(phase)) + 0.04 * strength * t
    lift -= lift.min()
    tall = round(h * (1 + float(lift.max())))
    rows = np.arange(tall)[:, None] - lift[None, :] * h
    inside = (rows >= 0) & (rows <= h - 1)
    sheet = source[np.clip(rows, 0, h - 1).astype(int), np.arange(w)[None, :]]
    fold = 1 + 0.13 * strength * np.cos(angle + 0.5)[None, :, None]
    shaded = np.clip(sheet * fold, 0, 255).astype(np.uint8)
    return Image.fromarray(np.dstack([shaded, np.where(inside, 255, 0).astype(np.uint8)]))


def panel(
    canvas: Canvas, code: str, left: float, top: float, width: float, height: float = 0.0
) -> None:
    """A flat flag; `height` 0 keeps its true ratio."""
    height = height or width / ratio(code)
    box = [(left, top), (left + width, top), (left + width, top + height), (left, top + height)]
    canvas.image(flag(code, _pixels(canvas, height)), box, "flag")


def flying(
    canvas: Canvas,
    code: str,
    left: float,
    top: float,
    width: float,
    rng: np.random.Generator,
    strength: float = 1.0,
) -> float:
    """A waving flag with its hoist at `left`; returns its height."""
    sheet = waved(flag(code, _pixels(canvas, width / ratio(code))), rng, strength)
    high = width * sheet.height / sheet.width
    box = [(left, top), (left + width, top), (left + width, top + high), (left, top + high)]
    canvas.image(sheet, box, "flag")
    return high


def pole(
    canvas: Canvas,
    code: str,
    x: float,
    foot: float,
    top: float,
    width: float,
    rng: np.random.Generator,
    light: Light,
) -> None:
    """A flag flying to the right of a pole that stands at (x, foot)."""
    metal = light((206, 208, 212))
    thick = 0.01 + width * 0.02
    canvas.ellipse(x, foot, thick * 2.6, thick, (30, 34, 40, 70), "setting")
    canvas.rectangle(x - thick / 2, top - 0.02, x + thick / 2, foot, metal, "setting")
    canvas.rectangle(
        x + thick * 0.1, top - 0.02, x + thick / 2, foot, shade(metal, 0.76), "setting"
    )
    canvas.ellipse(x, top - 0.025, thick * 0.9, thick * 0.9, light((222, 186, 92)), "setting")
    flying(canvas, code, x + thick / 2, top, width, rng)


def hung(
    canvas: Canvas, code: str, left: float, top: float, width: float, rng: np.random.Generator
) -> None:
    """A flag hung from a rod on two ropes that come from above, with its shadow."""
    high = width / ratio(code)
    for x in (left + 0.02, left + width - 0.02):
        canvas.line([(x, 0), (x, top)], 0.005, (86, 82, 80), "setting")
    canvas.rectangle(left + 0.012, top + 0.014, left + width + 0.012, top + high + 0.014,
                     (20, 24, 30, 80), "setting")  # fmt: skip
    flying(canvas, code, left, top, width, rng, 0.25)
    canvas.line([(left - 0.02, top), (left + width + 0.02, top)], 0.014, (120, 92, 66), "setting")


def held(
    canvas: Canvas, code: str, x: float, ground: float, width: float, rng: np.random.Generator
) -> None:
    """Two people hold the flag up between them; it is centred at x."""
    high = width / ratio(code)
    tall = max(0.46, high * 1.5)
    for side in (-1, 1):
        kit = (pick(rng, CROWD), pick(rng, CROWD))
        spectator(canvas, x + side * width * 0.46, ground, tall, kit, rng)
    flying(canvas, code, x - width / 2, ground - tall * 0.78, width, rng, 0.5)


def _pixels(canvas: Canvas, height: float) -> int:
    """Painted rows for a flag of a height: steps of 40, so that few sizes are ever made."""
    return max(40, min(400, 40 * math.ceil(height * canvas.scale() / 40)))

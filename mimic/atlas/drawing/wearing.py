"""The gear of a sport on a person: what lies behind the body, what is held, what is in front."""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np

from mimic.atlas.drawing import gear, gear_winter
from mimic.atlas.drawing.balls import ball, rugby_ball
from mimic.atlas.drawing.canvas import Canvas, Point
from mimic.atlas.drawing.figure import SEAT, Figure
from mimic.atlas.drawing.outfit import Outfit
from mimic.atlas.drawing.paint import INK, along, pale, readable

PART = "equipment"
Draw = Callable[[Canvas, Figure, Outfit, np.random.Generator], None]


def _at_foot(canvas: Canvas, f: Figure, o: Outfit, rng: np.random.Generator) -> None:
    ball(canvas, "football", max(f.ankles[0][0], f.ankles[1][0]) + 0.17, -0.075, 0.075, rng)


def _oval(canvas: Canvas, f: Figure, o: Outfit, rng: np.random.Generator) -> None:
    x, y = f.hands[0]
    rugby_ball(canvas, x - 0.02, y - 0.01, 0.14, rng)


def _in_hand(sport: str, r: float) -> Draw:
    def draw(canvas: Canvas, f: Figure, o: Outfit, rng: np.random.Generator) -> None:
        x, y = along(f.elbows[0], f.hands[0], 1 + 0.75 * r / 0.15)
        ball(canvas, sport, x, y, r, rng)

    return draw


def _chair_behind(canvas: Canvas, f: Figure, o: Outfit, rng: np.random.Generator) -> None:
    with canvas.at(0.0, SEAT + 0.05 - 0.01, 0.64):
        gear.wheelchair_frame(canvas, readable(o.shorts) if o.shorts == o.shirt else o.shorts)


def _chair_wheel(canvas: Canvas, f: Figure, o: Outfit, rng: np.random.Generator) -> None:
    ball(canvas, "wheelchair-rugby", 0.17, SEAT - 0.115, 0.075, rng)
    with canvas.at(-0.04, -0.205):
        gear.wheel(canvas, 0.19, 0.19, o.shirt)


def _rod(canvas: Canvas, top: Point, foot: Point, paint: Callable[[Canvas], None]) -> None:
    """Something upright and one long, stretched from `top` to `foot`."""
    dx, dy = foot[0] - top[0], foot[1] - top[1]
    turn = math.degrees(math.atan2(-dx, dy))
    with canvas.at((top[0] + foot[0]) / 2, (top[1] + foot[1]) / 2, math.hypot(dx, dy), turn):
        paint(canvas)


def _stick(canvas: Canvas, f: Figure, o: Outfit, rng: np.random.Generator) -> None:
    (x0, y0), (x1, y1) = f.hands
    slope = (x1 - x0) / max(y1 - y0, 0.12)  # through both hands down to the ice
    low = (x1 + min(max(slope, 0.25), 0.5) * (-0.02 - y1), -0.01)
    wood, top = (232, 190, 90), along(low, (x0, y0), 1.15)
    canvas.line([low, top], 0.024, wood, PART)
    canvas.line([along(low, top, 0.93), top], 0.026, (250, 250, 248), PART)
    x = low[0]
    canvas.polygon(
        [(x - 0.024, -0.045), (x + 0.15, -0.042), (x + 0.15, 0.004), (x, 0.004)], INK, PART
    )
    with canvas.at(low[0] + 0.22, -0.025, 0.11):
        gear_winter.puck(canvas)


def _skates(canvas: Canvas, f: Figure, o: Outfit, rng: np.random.Generator) -> None:
    for i in (1, 0):
        with canvas.at(f.ankles[i][0] + 0.025, f.ankles[i][1] + 0.012, 0.17, f.pose.feet[i]):
            gear_winter.skate(canvas, INK)


def _hockey(canvas: Canvas, f: Figure, o: Outfit, rng: np.random.Generator) -> None:
    _skates(canvas, f, o, rng)
    _stick(canvas, f, o, rng)


def _sweep(canvas: Canvas, f: Figure, o: Outfit, rng: np.random.Generator) -> None:
    (x0, y0), (x1, y1) = f.hands
    foot = (x1 + 0.13, -0.01)
    shaft, top, x = (214, 44, 52), along(foot, (x0, y0), 1.2), foot[0]
    canvas.line([(x, -0.05), top], 0.024, shaft, PART)
    canvas.line([along((x, -0.05), top, 0.8), top], 0.026, INK, PART)
    canvas.polygon(
        [(x - 0.03, -0.07), (x + 0.03, -0.07), (x + 0.08, -0.045), (x - 0.08, -0.045)], INK, PART
    )
    canvas.rectangle(x - 0.09, -0.047, x + 0.09, 0.004, (250, 206, 60), PART)
    with canvas.at(foot[0] - 0.2, -0.085, 0.22):
        gear_winter.stone(canvas, (250, 204, 40) if o.shirt[0] > 180 else (214, 44, 52))


def _relay(canvas: Canvas, f: Figure, o: Outfit, rng: np.random.Generator) -> None:
    for i in (1, 0):
        with canvas.at(f.ankles[i][0] + 0.035, f.ankles[i][1] - 0.002, 0.16, f.pose.feet[i]):
            gear.spike_shoe(canvas, (236, 60, 120), (250, 226, 60))
    if f.name == "jump":
        return
    with canvas.at(*along(f.elbows[0], f.hands[0], 1.1), 0.24, -38):
        gear.baton(canvas, (250, 206, 40))


def _hurdle(canvas: Canvas, f: Figure, o: Outfit, rng: np.random.Generator) -> None:
    if f.name == "jump":
        with canvas.at(0.05, -0.2, 0.42):
            gear.hurdle(canvas, (210, 40, 50))


def _skis(canvas: Canvas, f: Figure, o: Outfit, rng: np.random.Generator) -> None:
    colour = (236, 64, 52) if o.shorts[0] < 180 else (30, 90, 200)
    for i in (1, 0):
        x, y = f.ankles[i]
        with canvas.at(x + 0.06, y + 0.036, 1.0, f.pose.feet[i] * 0.3):
            tip = [(0.36, -0.018), (0.44, -0.026), (0.5, -0.075), (0.512, -0.07), (0.46, 0.006)]
            canvas.polygon([(-0.42, -0.018), *tip, (0.38, 0.018), (-0.42, 0.018)], colour, PART)
            canvas.rectangle(-0.4, -0.012, 0.34, 0.0, pale(colour, 0.6))
        with canvas.at(x + 0.02, y, 0.1):
            boot = [(-0.42, -0.95), (0.32, -0.95), (0.42, -0.3), (0.85, -0.1), (0.9, 0.22)]
            canvas.polygon([*boot, (-0.5, 0.22)], (52, 56, 70), PART)
            canvas.line([(-0.3, -0.5), (0.36, -0.5)], 0.12, (130, 136, 150), PART)


def _pole(side: int) -> Draw:
    def draw(canvas: Canvas, f: Figure, o: Outfit, rng: np.random.Generator) -> None:
        x, y = f.hands[side]
        foot = (x - 0.42, -0.1) if f.name in ("ski", "crouch") else (x + 0.05, 0.0)
        _rod(canvas, along(foot, (x, y), 1.08), foot, lambda c: gear_winter.ski_pole(c, INK))

    return draw


def _racket(canvas: Canvas, f: Figure, o: Outfit, rng: np.random.Generator) -> None:
    end, low = along(f.elbows[0], f.hands[0], 4.1), along(f.elbows[0], f.hands[0], 0.85)
    tone = (250, 204, 40) if o.shirt[2] > 150 or o.shirt[0] < 150 else (34, 92, 190)
    _rod(canvas, end, low, lambda c: gear.racket(c, tone, (40, 42, 50)))
    ball(canvas, "tennis", 0.36, -0.8, 0.065, rng)


def _polo_ball(canvas: Canvas, f: Figure, o: Outfit, rng: np.random.Generator) -> None:
    x, y = f.hands[0]
    ball(canvas, "water-polo", x, y - 0.075, 0.085, rng)


#: Painted before the body, with the near hand (under its arm), after the body.
BEHIND: dict[str, Draw] = {
    "wheelchair-rugby": _chair_behind,
    "athletics": _hurdle,
    "alpine-skiing": _pole(1),
}
HELD: dict[str, Draw] = {
    "basketball": _in_hand("basketball", 0.09),
    "handball": _in_hand("handball", 0.06),
    "volleyball": _in_hand("volleyball", 0.08),
    "tennis": _racket,
    "ice-hockey": _hockey,
    "curling": _sweep,
    "water-polo": _polo_ball,
}
IN_FRONT: dict[str, Draw] = {
    "football": _at_foot,
    "rugby-union": _oval,
    "athletics": _relay,
    "wheelchair-rugby": _chair_wheel,
}
FEET: dict[str, Draw] = {"alpine-skiing": _skis}


def wear(
    layer: dict[str, Draw], canvas: Canvas, f: Figure, o: Outfit, rng: np.random.Generator
) -> None:
    """Paints what the outfit's sport has in one of the layers above."""
    if o.sport in layer:
        layer[o.sport](canvas, f, o, rng)

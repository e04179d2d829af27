"""The large things that a sport puts up in its venue: goals, hoops, nets, gates, hurdles."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from mimic.atlas.drawing import gear, gear_winter
from mimic.atlas.drawing.canvas import Canvas, Point
from mimic.atlas.drawing.paint import along, choose, dark, mesh, number, ring, shadow
from mimic.atlas.records import Rgb

PART = "equipment"
RED: Rgb = (210, 44, 52)
BLUE: Rgb = (36, 92, 188)


def fixture(canvas: Canvas, sport: str, ground: float, rng: np.random.Generator) -> None:
    """The sport's large equipment, a little behind the people who stand at y = `ground`.

    In picture coordinates, over the whole width where it needs that; labelled `equipment`.
    """
    _FIXTURES[sport](canvas, ground, rng)


def goal(
    canvas: Canvas,
    left: float,
    top: float,
    right: float,
    bottom: float,
    frame: Rgb,
    stripes: Rgb | None = None,
) -> None:
    """A goal from the front with its net; `stripes` alternate with the frame's colour."""
    wide, tall = right - left, bottom - top
    bar, inset, back = wide * 0.045, wide * 0.1, bottom - tall * 0.14
    rear = [(left + inset, top + tall * 0.12), (right - inset, top + tall * 0.12)]
    front = [(left, top), (right, top)]
    feet = [(left + inset, back), (right - inset, back)]
    mesh(canvas, [*rear, feet[1], feet[0]], 12, 7, wide * 0.006, PART)
    mesh(canvas, [*front, rear[1], rear[0]], 12, 2, wide * 0.006, PART)
    mesh(canvas, [front[0], rear[0], feet[0], (left, bottom)], 3, 7, wide * 0.006, PART)
    mesh(canvas, [rear[1], front[1], (right, bottom), feet[1]], 3, 7, wide * 0.006, PART)
    path = [(left, bottom), (left, top), (right, top), (right, bottom)]
    canvas.line(path, bar * 1.25, dark(frame, 0.45), PART)
    canvas.line(path, bar, frame, PART)
    if stripes is not None:
        for a, b in zip(path[:-1], path[1:], strict=True):
            _striped(canvas, a, b, bar, stripes)


def _striped(canvas: Canvas, a: Point, b: Point, width: float, fill: Rgb) -> None:
    """Square stripes along a bar."""
    upright = a[0] == b[0]
    length = abs(b[1] - a[1]) if upright else abs(b[0] - a[0])
    count = max(3, 2 * round(length / width / 5) + 1)
    for k in range(0, count, 2):
        (x0, y0), (x1, y1) = along(a, b, k / count), along(a, b, (k + 1) / count)
        pad = width / 2
        if upright:
            canvas.rectangle(x0 - pad, min(y0, y1), x0 + pad, max(y0, y1), fill, PART)
        else:
            canvas.rectangle(min(x0, x1), y0 - pad, max(x0, x1), y0 + pad, fill, PART)


def posts(canvas: Canvas, x: float, y: float, width: float, height: float, pad: Rgb) -> None:
    """Rugby posts: an H with padded feet, the foot at (x, y)."""
    bar = width * 0.075
    for side in (-1, 1):
        px = x + side * width / 2
        canvas.line([(px, y), (px, y - height)], bar, (246, 246, 244), PART)
        canvas.line(
            [(px + bar * 0.3, y), (px + bar * 0.3, y - height)], bar * 0.3, (196, 200, 208), PART
        )
        canvas.line([(px, y - bar), (px, y - height * 0.24)], bar * 2.4, pad, PART)
    canvas.line(
        [(x - width / 2, y - height * 0.42), (x + width / 2, y - height * 0.42)],
        bar,
        (246, 246, 244),
        PART,
    )


def house(canvas: Canvas, x: float, y: float, rx: float, ry: float) -> None:
    """The rings that curling stones are aimed at."""
    for share, tone in ((1.0, BLUE), (0.68, (248, 250, 252)), (0.38, RED), (0.14, (248, 250, 252))):
        canvas.ellipse(x, y, rx * share, ry * share, tone, PART)


def _football(canvas: Canvas, ground: float, rng: np.random.Generator) -> None:
    x, half = float(rng.uniform(0.4, 0.6)), float(rng.uniform(0.28, 0.36))
    shadow(canvas, x, ground - 0.05, half, 0.02, 0.6)
    goal(canvas, x - half, ground - 0.06 - half * 0.75, x + half, ground - 0.06, (250, 250, 250))


def _rugby(canvas: Canvas, ground: float, rng: np.random.Generator) -> None:
    x = float(rng.uniform(0.35, 0.65))
    posts(canvas, x, ground - 0.07, 0.32, ground - 0.12, choose(rng, (RED, BLUE, (250, 200, 40))))


def _basketball(canvas: Canvas, ground: float, rng: np.random.Generator) -> None:
    side = choose(rng, (-1, 1))
    x = 0.5 + side * float(rng.uniform(0.12, 0.28))
    shadow(canvas, x + side * 0.1, ground - 0.05, 0.1, 0.02)
    pole = [(x + side * 0.13, ground - 0.05), (x + side * 0.1, 0.3), (x, 0.22)]
    canvas.line(pole, 0.035, (60, 66, 80), PART)
    canvas.line(
        [(x + side * 0.13, ground - 0.05), (x + side * 0.125, ground - 0.25)], 0.065, BLUE, PART
    )
    with canvas.at(x, 0.27, 0.4):
        gear.hoop(canvas)


def _handball(canvas: Canvas, ground: float, rng: np.random.Generator) -> None:
    x, half = float(rng.uniform(0.4, 0.6)), float(rng.uniform(0.22, 0.27))
    stripes = choose(rng, (RED, RED, BLUE))
    shadow(canvas, x, ground - 0.05, half, 0.02, 0.6)
    goal(
        canvas,
        x - half,
        ground - 0.06 - half * 1.35,
        x + half,
        ground - 0.06,
        (250, 250, 250),
        stripes,
    )


def _volleyball(canvas: Canvas, ground: float, rng: np.random.Generator) -> None:
    top, tilt = ground - float(rng.uniform(0.5, 0.56)), float(rng.uniform(-0.03, 0.03))
    left, right = (0.04, top - tilt), (0.96, top + tilt)
    for x, y in (left, right):
        canvas.line([(x, y - 0.03), (x, ground - 0.05)], 0.026, (70, 84, 110), PART)
        canvas.line([(x, ground - 0.05), (x, ground - 0.24)], 0.05, (250, 200, 40), PART)
    low = [(right[0], right[1] + 0.19), (left[0], left[1] + 0.19)]
    mesh(canvas, [left, right, *low], 26, 6, 0.004, PART)
    canvas.line([left, right], 0.026, (250, 250, 250), PART)
    canvas.line(low, 0.012, (250, 250, 250), PART)
    for t in (0.1, 0.9):  # antennae
        x, y = along(left, right, t)
        for k in range(6):
            tone = RED if k % 2 == 0 else (250, 250, 250)
            canvas.line([(x, y + 0.19 - 0.05 * k), (x, y + 0.14 - 0.05 * k)], 0.011, tone, PART)


def _wheelchair_rugby(canvas: Canvas, ground: float, rng: np.random.Generator) -> None:
    side = choose(rng, (-1, 1))
    for x in (0.5 - 0.3 * side, 0.5 + 0.08 * side):
        shadow(canvas, x, ground - 0.05, 0.05, 0.012)
        with canvas.at(x, ground - 0.05, 0.16):
            gear.cone(canvas, (244, 120, 36))
    x = 0.5 + side * float(rng.uniform(0.28, 0.34))
    shadow(canvas, x, ground - 0.05, 0.16, 0.024)
    with canvas.at(x, ground - 0.2, 0.3):
        gear.wheelchair_front(canvas, choose(rng, (RED, BLUE, (250, 200, 40), (30, 140, 84))))


def _ice_hockey(canvas: Canvas, ground: float, rng: np.random.Generator) -> None:
    x, half = float(rng.uniform(0.4, 0.6)), float(rng.uniform(0.19, 0.24))
    canvas.ellipse(x, ground - 0.03, half * 1.25, 0.075, RED, PART)
    canvas.ellipse(x, ground - 0.03, half * 1.2, 0.068, (150, 200, 236), PART)
    goal(canvas, x - half, ground - 0.06 - half * 1.2, x + half, ground - 0.06, RED)


def _curling(canvas: Canvas, ground: float, rng: np.random.Generator) -> None:
    x, y = float(rng.uniform(0.4, 0.6)), ground + 0.0
    house(canvas, x, y, 0.4, 0.115)
    for sy in sorted(rng.uniform(-0.08, 0.06, int(rng.integers(2, 5))).tolist()):
        sx, sy = x + float(rng.uniform(-0.34, 0.34)), y + sy
        shadow(canvas, sx + 0.01, sy + 0.03, 0.055, 0.014)
        with canvas.at(sx, sy, 0.12):
            gear_winter.stone(canvas, choose(rng, (RED, (250, 200, 40))))


def _water_polo(canvas: Canvas, ground: float, rng: np.random.Generator) -> None:
    x, half = float(rng.uniform(0.35, 0.65)), float(rng.uniform(0.24, 0.3))
    y = ground - 0.08
    canvas.ellipse(x, y, half * 1.15, 0.03, (255, 255, 255, 80))
    tone = choose(rng, (RED, BLUE, (250, 200, 40)))
    goal(canvas, x - half, y - half * 0.85, x + half, y, (250, 250, 250))
    for side in (-1, 1):  # the floats that carry it
        canvas.line(
            [(x + side * half * 0.8, y + 0.012), (x + side * half * 1.15, y + 0.012)],
            0.04,
            tone,
            PART,
        )


def _swimming(canvas: Canvas, ground: float, rng: np.random.Generator) -> None:
    tones = choose(rng, ((RED, BLUE), (BLUE, (250, 200, 40)), (RED, (250, 250, 250))))
    y, sag = ground - float(rng.uniform(0.44, 0.5)), 0.03
    for k in range(12):  # pennants over the water, for swimmers on their backs
        a, b = k / 12, (k + 1) / 12
        ya, yb = y + sag * (1 - (2 * a - 1) ** 2), y + sag * (1 - (2 * b - 1) ** 2)
        canvas.line([(a, ya), (b, yb)], 0.006, (240, 240, 240), PART)
        flag = [(a + 0.01, ya), (b - 0.01, yb), ((a + b) / 2, (ya + yb) / 2 + 0.085)]
        canvas.polygon(flag, tones[k % 2], PART)
    side = choose(rng, (-1, 1))
    for k in range(2):  # starting blocks on the near edge
        _block(canvas, 0.5 + side * (0.16 + 0.24 * k), k + int(rng.integers(1, 7)), tones[0])


def _block(canvas: Canvas, x: float, lane: int, tone: Rgb) -> None:
    canvas.polygon(
        [(x - 0.07, 0.86), (x + 0.07, 0.86), (x + 0.085, 1.0), (x - 0.085, 1.0)],
        (244, 246, 248),
        PART,
    )
    canvas.polygon(
        [(x - 0.085, 0.87), (x - 0.07, 0.82), (x + 0.07, 0.82), (x + 0.085, 0.87)], tone, PART
    )
    number(canvas, lane, x, 0.935, 0.07, (30, 40, 60), PART)


def _athletics(canvas: Canvas, ground: float, rng: np.random.Generator) -> None:
    tone, shift = (
        choose(rng, (RED, BLUE, (30, 34, 44), (250, 200, 40))),
        float(rng.uniform(-0.08, 0.08)),
    )
    for x in (0.16, 0.5, 0.84):
        shadow(canvas, x + shift, ground - 0.03, 0.14, 0.012)
        with canvas.at(x + shift, ground - 0.03 - 0.13, 0.27):
            gear.hurdle(canvas, tone)


def _alpine(canvas: Canvas, ground: float, rng: np.random.Generator) -> None:
    side = choose(rng, (-1, 1))
    for x, y, size, tone in (
        (0.5 - 0.3 * side, 0.0, 0.42, RED),
        (0.5 + 0.14 * side, -0.1, 0.3, BLUE),
        (0.5 + 0.36 * side, 0.02, 0.4, RED),
    ):
        shadow(canvas, x + 0.02, ground + y, size * 0.3, 0.012, 0.7)
        with canvas.at(x, ground + y - size / 2, size, float(rng.uniform(-3, 3))):
            gear_winter.gate(canvas, tone)


def _tennis(canvas: Canvas, ground: float, rng: np.random.Generator) -> None:
    """The umpire's chair and a basket of balls."""
    x = choose(rng, (0.14, 0.86))
    y, tone = ground - 0.06, choose(rng, ((36, 110, 84), BLUE, (240, 240, 240)))
    shadow(canvas, x, y, 0.12, 0.02)
    for side in (-1, 1):
        canvas.line(
            [(x + side * 0.09, y), (x + side * 0.055, y - 0.3)], 0.018, (228, 230, 232), PART
        )
    for k in range(4):
        half = 0.084 - 0.007 * k
        canvas.line(
            [(x - half, y - 0.05 - 0.06 * k), (x + half, y - 0.05 - 0.06 * k)],
            0.011,
            (228, 230, 232),
            PART,
        )
    canvas.rectangle(x - 0.075, y - 0.33, x + 0.075, y - 0.29, tone, PART)
    canvas.rectangle(x - 0.065, y - 0.46, x + 0.065, y - 0.33, tone, PART)
    canvas.rectangle(x - 0.05, y - 0.445, x + 0.05, y - 0.345, dark(tone, 0.25), PART)
    bx = 0.5 + (0.5 - x) * 0.75
    ring(canvas, bx, y - 0.06, 0.07, 0.02, 0.008, (90, 96, 108), PART)
    for k in range(9):
        dx, dy = (k % 5 - 2) * 0.026, -0.012 * (k // 5) - 0.05
        canvas.ellipse(bx + dx, y + dy, 0.018, 0.018, (212, 234, 62), PART)
        canvas.ellipse(bx + dx - 0.005, y + dy - 0.006, 0.006, 0.005, (244, 250, 190), PART)
    canvas.polygon(
        [
            (bx - 0.07, y - 0.055),
            (bx + 0.07, y - 0.055),
            (bx + 0.055, y + 0.02),
            (bx - 0.055, y + 0.02),
        ],
        (70, 76, 90),
        PART,
    )


_FIXTURES: dict[str, Callable[[Canvas, float, np.random.Generator], None]] = {
    "football": _football,
    "rugby-union": _rugby,
    "basketball": _basketball,
    "handball": _handball,
    "volleyball": _volleyball,
    "wheelchair-rugby": _wheelchair_rugby,
    "ice-hockey": _ice_hockey,
    "curling": _curling,
    "water-polo": _water_polo,
    "swimming": _swimming,
    "athletics": _athletics,
    "alpine-skiing": _alpine,
    "tennis": _tennis,
}

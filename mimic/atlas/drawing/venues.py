"""The places where sport is played: grass, court, ice, pool, track, snow, clay.

Nothing here belongs to one sport alone where several share the place (no goals, hoops, circles).
"""

from __future__ import annotations

import math

import numpy as np

from mimic.atlas.drawing.canvas import Canvas
from mimic.atlas.drawing.paint import choose, dark, pale
from mimic.atlas.drawing.stadium import (
    LINE,
    PART,
    Floor,
    Light,
    boards,
    fade,
    fir,
    mast,
    stand,
    trees,
)
from mimic.atlas.drawing.venues_indoor import court, ice, pool
from mimic.atlas.records import Rgb


def venue(canvas: Canvas, key: str, rng: np.random.Generator, light: Light) -> float:
    """Paints the whole backdrop, all of it labelled `setting`.

    Args:
        key: grass, court, ice, pool, track, snow or clay.
        light: tints a colour.

    Returns:
        y of the line where people stand (or where the water crosses a swimmer), 0 to 1.
    """
    return _PAINTERS[key](canvas, rng, light)


def _sky(canvas: Canvas, light: Light, bottom: float) -> None:
    top, low = getattr(light, "sky", None) or (light((96, 164, 222)), light((206, 230, 244)))
    canvas.gradient(top, low, 0, bottom + 0.01)


def _arena(canvas: Canvas, rng: np.random.Generator, light: Light, edge: float) -> None:
    """Behind an outdoor field whose far edge is at y = `edge`: a tribune, or a park."""
    _sky(canvas, light, edge)
    style = int(rng.integers(3))
    tall = float(rng.uniform(0.16, 0.26))
    if style < 2:
        for x in (0.07, 0.93) if rng.random() < 0.7 else (0.5,):
            mast(canvas, light, x, edge, tall + float(rng.uniform(0.06, 0.1)))
        stand(canvas, rng, light, edge - tall, edge, roof=style == 0)
        boards(canvas, rng, light, edge - 0.05, edge)
        return
    hills = light((128, 168, 150))
    xs = np.linspace(-0.05, 1.05, 9)
    ridge = [(float(x), edge - 0.1 - float(rng.uniform(0, 0.08))) for x in xs]
    canvas.polygon([*ridge, (1.05, edge), (-0.05, edge)], hills, PART)
    trees(canvas, rng, light, edge)
    for x in (0.1, 0.9):
        mast(canvas, light, x, edge, 0.34)
    if rng.random() < 0.5:
        boards(canvas, rng, light, edge - 0.045, edge)


def _grass(canvas: Canvas, rng: np.random.Generator, light: Light) -> float:
    horizon = float(rng.uniform(0.3, 0.4))
    floor = Floor(horizon, 3.2, float(rng.uniform(-26, 26)), 0.9)
    edge = horizon + 0.05
    base = choose(rng, ((78, 158, 66), (64, 146, 74), (96, 166, 64), (56, 132, 62)))
    one, two = light(base), light(pale(base, 0.16))
    canvas.rectangle(0, edge, 1, 1, one, PART)
    along = rng.random() < 0.5
    wide = float(rng.uniform(3.0, 4.5))
    for k in range(-14, 16):
        a, b = 2 * k * wide, (2 * k + 1) * wide
        strip = (
            [(a, -5), (b, -5), (b, 140), (a, 140)]
            if along
            else [(-160, a), (160, a), (160, b), (-160, b)]
        )
        if along or b > 0:
            floor.area(canvas, strip, two)
    chalk, z, x = light(LINE), float(rng.uniform(16, 22)), float(rng.uniform(-7, 7))
    floor.line(canvas, (-90, z), (90, z), 0.4, chalk)
    floor.line(canvas, (x, -5), (x, z), 0.22, chalk)
    _arena(canvas, rng, light, edge)
    fade(canvas, edge)
    return float(rng.uniform(0.77, 0.85))


def _track(canvas: Canvas, rng: np.random.Generator, light: Light) -> float:
    horizon = float(rng.uniform(0.28, 0.38))
    edge = horizon + 0.07
    red = light(choose(rng, ((198, 84, 62), (186, 72, 58), (210, 98, 70))))
    canvas.rectangle(0, edge, 1, 1, red, PART)
    chalk = light(LINE)
    grass = light(choose(rng, ((88, 160, 76), (70, 146, 74))))
    if rng.random() < 0.5:  # the home straight, running away from the viewer
        floor = Floor(horizon, 2.6, float(rng.uniform(-14, 14)), 0.9, float(rng.uniform(-1, 1)))
        for k in range(-5, 6):
            x = k * 1.22 + 0.6
            floor.line(canvas, (x, 0.3), (x, 90), 0.1, chalk)
        side = choose(rng, (-1, 1))
        floor.area(
            canvas, [(side * 6.7, 0), (side * 90, 0), (side * 90, 200), (side * 6.7, 200)], grass
        )
    else:  # the bend or straight that crosses the picture
        bow = float(rng.uniform(-0.05, 0.05))
        canvas.rectangle(0, edge, 1, edge + 0.1, grass, PART)
        xs = np.linspace(-0.03, 1.03, 13)
        low = [(float(x), edge + 0.1 + bow * (2 * float(x) - 1) ** 2) for x in xs]
        canvas.polygon([*low, (1.03, 1.03), (-0.03, 1.03)], red, PART)
        for k in range(8):
            y = edge + 0.1 + (1 - edge - 0.1) * (k / 7) ** 1.35
            lane = [(float(x), y + bow * (1 + k * 0.2) * (2 * float(x) - 1) ** 2) for x in xs]
            canvas.line(lane, 0.006 + 0.0022 * k, chalk, PART)
    _arena(canvas, rng, light, edge)
    fade(canvas, edge)
    return float(rng.uniform(0.78, 0.85))


def _snow(canvas: Canvas, rng: np.random.Generator, light: Light) -> float:
    edge = float(rng.uniform(0.36, 0.46))
    _sky(canvas, light, edge + 0.3)
    for far in (1, 0):
        tone = light((150, 172, 200) if far else (118, 142, 176))
        x = float(rng.uniform(-0.2, 0.0))
        while x < 1.05:
            half, tall = (
                float(rng.uniform(0.16, 0.28)),
                float(rng.uniform(0.16, 0.3)) * (1.15 if far else 0.75),
            )
            _peak(canvas, light, tone, x + half, edge + 0.1, half, tall)
            x += half * float(rng.uniform(0.9, 1.4))
    tilt = float(rng.uniform(0.05, 0.14)) * choose(rng, (-1, 1))
    left, right = edge + 0.06 - tilt, edge + 0.06 + tilt
    white, shade = light((248, 251, 254)), light((206, 222, 240))
    for x in sorted(rng.uniform(-0.02, 1.02, 11).tolist()):
        base = left + (right - left) * x + 0.01
        fir(canvas, light, x, base, float(rng.uniform(0.12, 0.2)), rng.random() < 0.7)
    brow = [
        (float(x), left + (right - left) * float(x) - 0.02 * math.sin(3.1 * float(x)))
        for x in np.linspace(-0.02, 1.02, 9)
    ]
    canvas.polygon([*brow, (1.02, 1.02), (-0.02, 1.02)], white, PART)
    for k in range(5):  # soft waves of shade over the piste
        y, sway = left + (1 - left) * (0.2 + 0.17 * k), float(rng.uniform(-0.04, 0.04))
        wave = [
            (-0.02, y),
            (0.3, y + sway),
            (0.7, y + tilt),
            (1.02, y + tilt + sway),
            (1.02, y + tilt + 0.06),
            (0.4, y + 0.03),
        ]
        canvas.polygon(wave, (*shade, 90), PART)
    for k in range(3):  # far poles of the course
        x, y = 0.2 + 0.3 * k + float(rng.uniform(-0.08, 0.08)), 0.0
        y = left + (right - left) * x + 0.06 + 0.03 * (k % 2)
        canvas.line(
            [(x, y), (x, y - 0.08)], 0.007, light((214, 50, 56) if k % 2 else (44, 92, 190)), PART
        )
    for side in (0.02, 0.98):
        if rng.random() < 0.75:
            fir(
                canvas,
                light,
                side + float(rng.uniform(-0.03, 0.03)),
                left + (right - left) * side + 0.16,
                0.42,
                True,
            )
    return float(rng.uniform(0.8, 0.87))


def _peak(
    canvas: Canvas, light: Light, tone: Rgb, x: float, base: float, half: float, tall: float
) -> None:
    top = base - tall
    canvas.polygon([(x - half, base), (x, top), (x + half, base)], tone, PART)
    canvas.polygon([(x, top), (x + half, base), (x + half * 0.1, base)], dark(tone, 0.14), PART)
    snow = [
        (x - half * 0.42, top + tall * 0.42),
        (x, top),
        (x + half * 0.42, top + tall * 0.42),
        (x + half * 0.2, top + tall * 0.34),
    ]
    canvas.polygon(
        [*snow, (x + half * 0.06, top + tall * 0.46), (x - half * 0.16, top + tall * 0.36)],
        light((242, 247, 252)),
        PART,
    )


def _clay(canvas: Canvas, rng: np.random.Generator, light: Light) -> float:
    horizon = float(rng.uniform(0.26, 0.34))
    floor = Floor(horizon, 2.8, float(rng.uniform(-7, 7)), 0.9, float(rng.uniform(-1, 1)))
    edge = horizon + 0.1
    clay = choose(rng, ((206, 104, 62), (196, 92, 58), (214, 116, 74)))
    canvas.gradient(light(pale(clay, 0.1)), light(clay), edge, 1)
    for _ in range(24):
        x, y = float(rng.uniform(0, 1)), float(rng.uniform(edge + 0.1, 1))
        canvas.ellipse(x, y, 0.08 * (y - edge) + 0.02, 0.006, (*light(dark(clay, 0.2)), 60))
    chalk = light(LINE)
    for x in (-5.49, -4.1, 4.1, 5.49):  # the real court: side lines of singles and doubles
        floor.line(canvas, (x, 0.3), (x, 18), 0.14, chalk)
    floor.line(canvas, (-5.49, 18), (5.49, 18), 0.2, chalk)
    floor.line(canvas, (-4.1, 14.5), (4.1, 14.5), 0.16, chalk)
    floor.line(canvas, (-4.1, 4.2), (4.1, 4.2), 0.1, chalk)
    floor.line(canvas, (0, 4.2), (0, 14.5), 0.14, chalk)
    _sky(canvas, light, edge)
    if rng.random() < 0.65:
        stand(canvas, rng, light, edge - 0.28, edge - 0.08, roof=rng.random() < 0.4)
    else:
        trees(canvas, rng, light, edge - 0.06)
    fence = light(choose(rng, ((38, 92, 70), (34, 70, 110), (60, 74, 70))))
    canvas.rectangle(0, edge - 0.09, 1, edge, fence, PART)
    for x in np.arange(0.05, 1, 0.15):
        canvas.line([(x, edge - 0.09), (x, edge)], 0.005, dark(fence, 0.25), PART)
    _tennis_net(canvas, floor, light, 8.6)
    fade(canvas, edge)
    return float(rng.uniform(0.8, 0.86))


def _tennis_net(canvas: Canvas, floor: Floor, light: Light, z: float) -> None:
    """The net across the court at depth `z`, 1.0 m high, posts beyond the outer lines."""
    (x0, y0), (x1, y1) = floor.see([(-6.4, z), (6.4, z)])[:2]
    tall = [floor.focal * 1.15 / z] * 2
    top = [(x0, y0 - tall[0]), (x1, y1 - tall[1])]
    canvas.polygon([*top, (x1, y1), (x0, y0)], (24, 30, 36, 130), PART)
    for t in np.linspace(0, 1, 34):
        x = x0 + (x1 - x0) * t
        y = y0 + (y1 - y0) * t
        canvas.line([(x, y - tall[0]), (x, y)], 0.002, (230, 230, 226, 90), PART)
    canvas.line(top, 0.016, light(LINE), PART)
    canvas.line(
        [((x0 + x1) / 2, (y0 + y1) / 2 - tall[0]), ((x0 + x1) / 2, (y0 + y1) / 2)],
        0.01,
        light(LINE),
        PART,
    )
    for x, y in ((x0, y0), (x1, y1)):
        canvas.line([(x, y - tall[0] - 0.01), (x, y)], 0.014, light((60, 90, 80)), PART)


_PAINTERS = {
    "grass": _grass,
    "court": court,
    "ice": ice,
    "pool": pool,
    "track": _track,
    "snow": _snow,
    "clay": _clay,
}

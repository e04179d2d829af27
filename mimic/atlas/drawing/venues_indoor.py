"""Venues under a roof: court, ice and pool. Each returns the y of the line where people stand."""

from __future__ import annotations

import math

import numpy as np

from mimic.atlas.drawing.canvas import Canvas, Point
from mimic.atlas.drawing.paint import choose, dark, mix, pale
from mimic.atlas.drawing.stadium import LINE, PART, Floor, Light, boards, fade, stand
from mimic.atlas.records import Rgb


def court(canvas: Canvas, rng: np.random.Generator, light: Light) -> float:
    horizon = float(rng.uniform(0.28, 0.38))
    floor = Floor(horizon, 2.8, float(rng.uniform(-24, 24)), 0.9)
    edge = horizon + 0.13
    wood = choose(rng, ((222, 170, 106), (208, 150, 92), (232, 188, 130)))
    canvas.rectangle(0, edge - 0.01, 1, 1, light(wood), PART)
    for k in range(-18, 19):  # planks run away from the viewer
        tone = light(mix(wood, (120, 70, 30), float(rng.uniform(0.02, 0.16))))
        floor.area(
            canvas, [(k * 0.8, -3), (k * 0.8 + 0.4, -3), (k * 0.8 + 0.4, 60), (k * 0.8, 60)], tone
        )
    z, x = float(rng.uniform(12, 14.5)), float(rng.uniform(-4, 4))
    if rng.random() < 0.6:  # a painted run-off beyond the line
        run = light(choose(rng, ((46, 110, 170), (60, 140, 110), (190, 84, 60), (120, 70, 130))))
        floor.area(canvas, [(-60, z), (60, z), (60, 80), (-60, 80)], run)
    chalk, second = light(LINE), light(choose(rng, ((40, 90, 170), (200, 60, 50), (40, 130, 80))))
    floor.line(canvas, (-60, z - 2.2), (60, z - 2.2), 0.12, second)
    floor.line(canvas, (-60, z), (60, z), 0.22, chalk)
    floor.line(canvas, (x, -3), (x, z), 0.18, chalk)
    floor.line(canvas, (x + 3.1, -3), (x + 3.1, z), 0.1, second)
    _hall(canvas, rng, light, edge)
    for gx in rng.uniform(0.1, 0.9, 3).tolist():  # lamps mirrored in the varnish
        canvas.ellipse(gx, edge + 0.16, 0.05, 0.1, (255, 255, 255, 26))
    fade(canvas, edge)
    return float(rng.uniform(0.78, 0.85))


def _hall(canvas: Canvas, rng: np.random.Generator, light: Light, edge: float) -> None:
    """The wall of a sports hall, its foot at y = `edge`."""
    wall = choose(rng, ((226, 220, 206), (206, 216, 224), (214, 206, 190), (190, 204, 200)))
    canvas.gradient(light(dark(wall, 0.18)), light(wall), 0, edge)
    for k in range(6):  # roof beams with lamps
        x = k * 0.2 + float(rng.uniform(-0.01, 0.01))
        canvas.line([(0.5 + (x - 0.5) * 1.5, -0.02), (x, 0.07)], 0.02, light(dark(wall, 0.4)), PART)
        canvas.line([(x - 0.03, 0.075), (x + 0.03, 0.075)], 0.014, (255, 252, 236), PART)
    style = int(rng.integers(3))
    if style == 0:
        stand(canvas, rng, light, edge - 0.26, edge, roof=False)
        boards(canvas, rng, light, edge - 0.06, edge)
        return
    panel = light(choose(rng, ((196, 150, 100), (90, 120, 150), (120, 150, 130), (170, 90, 70))))
    canvas.rectangle(0, edge - 0.16, 1, edge, panel, PART)
    for x in np.arange(0, 1.01, 0.1):
        canvas.line([(x, edge - 0.16), (x, edge)], 0.005, dark(panel, 0.2), PART)
    if style == 1:
        for x in np.arange(0.04, 1, 0.16):
            canvas.rectangle(x, edge - 0.31, x + 0.13, edge - 0.2, light((206, 232, 244)), PART)
            canvas.polygon(
                [
                    (x, edge - 0.2),
                    (x + 0.07, edge - 0.31),
                    (x + 0.1, edge - 0.31),
                    (x + 0.03, edge - 0.2),
                ],
                (255, 255, 255, 90),
            )
    canvas.rectangle(0, edge - 0.018, 1, edge, light(dark(wall, 0.5)), PART)


def ice(canvas: Canvas, rng: np.random.Generator, light: Light) -> float:
    horizon = float(rng.uniform(0.28, 0.36))
    floor = Floor(horizon, 3.0, float(rng.uniform(-24, 24)), 0.9)
    edge = horizon + 0.12
    canvas.gradient(light((214, 230, 240)), light((244, 250, 253)), edge, 1)
    red, blue, x = light((206, 52, 62)), light((44, 96, 190)), float(rng.uniform(-3, 3))
    gap = float(rng.uniform(4.5, 6.5))
    floor.line(canvas, (x, -4), (x, 70), 0.5, red)
    for side in (-1, 1):
        floor.line(canvas, (x + side * gap, -4), (x + side * gap, 70), 0.5, blue)
    for _ in range(14):  # marks of blades and lights on the ice
        gx, gy, r = rng.uniform(0, 1), rng.uniform(edge + 0.06, 0.98), rng.uniform(0.03, 0.1)
        canvas.line(
            [(gx - r, gy), (gx + r, gy + rng.uniform(-0.02, 0.02))], 0.003, (160, 190, 210, 110)
        )
    for gx in np.linspace(0.12, 0.88, 4):  # the lamps mirrored
        for r in (1.0, 0.75, 0.5):
            canvas.ellipse(gx, edge + 0.19, 0.05 * r, 0.17 * r, (255, 255, 255, 26))
    roof = light((44, 54, 74))
    canvas.gradient(dark(roof, 0.4), roof, 0, edge)
    for gx in np.linspace(0.1, 0.9, 5):
        canvas.line([(gx - 0.04, 0.05), (gx + 0.04, 0.05)], 0.016, (250, 252, 255), PART)
    stand(canvas, rng, light, edge - 0.36, edge - 0.1, roof=False)
    canvas.rectangle(0, edge - 0.22, 1, edge - 0.1, (214, 236, 246, 64))
    for gx in np.arange(0.02, 1, 0.16):
        canvas.line([(gx, edge - 0.22), (gx, edge - 0.1)], 0.006, light((190, 200, 210)), PART)
    cap = choose(rng, ((44, 96, 190), (206, 52, 62), (60, 66, 80)))
    canvas.rectangle(0, edge - 0.11, 1, edge, light((244, 246, 248)), PART)
    boards(canvas, rng, light, edge - 0.085, edge - 0.03)
    canvas.rectangle(0, edge - 0.112, 1, edge - 0.095, light(cap), PART)
    canvas.rectangle(0, edge - 0.022, 1, edge + 0.002, light((248, 206, 60)), PART)
    fade(canvas, edge, 14)
    return float(rng.uniform(0.76, 0.84))


def pool(canvas: Canvas, rng: np.random.Generator, light: Light) -> float:
    horizon = float(rng.uniform(0.16, 0.28))
    across = rng.random() < 0.5
    floor = Floor(horizon, 3.2, 0.0 if across else float(rng.uniform(-16, 16)), 0.9)
    edge = horizon + 0.14
    water = choose(rng, ((44, 164, 206), (36, 148, 200), (60, 184, 206)))
    canvas.gradient(light(dark(water, 0.12)), light(pale(water, 0.16)), edge, 1)
    _ripples(canvas, rng, edge)
    floats = (
        light((228, 60, 56)),
        light((250, 250, 250)),
        light((44, 90, 190)),
        light((250, 206, 60)),
    )
    first, second = choose(rng, ((0, 1), (2, 1), (0, 3), (2, 3)))
    if across:
        for y, width in (
            (edge + 0.07, 0.012),
            (edge + 0.17, 0.017),
            (edge + 0.32, 0.024),
            (0.97, 0.034),
        ):
            _rope(canvas, (-0.02, y), (1.02, y), width, (floats[first], floats[second]))
    else:
        for k in range(-4, 5):
            _rope_away(canvas, floor, k * 2.5 + 1.2, (floats[first], floats[second]))
    _bath_hall(canvas, rng, light, edge)
    return float(rng.uniform(0.72, 0.8))


def _ripples(canvas: Canvas, rng: np.random.Generator, edge: float) -> None:
    for _ in range(46):
        y = float(edge + (1 - edge) * rng.random() ** 0.8)
        x, near = float(rng.uniform(0, 1)), (y - edge) / (1 - edge)
        half = 0.02 + 0.06 * near
        wave = [(x + t * half, y + 0.012 * near * math.sin(3 * t)) for t in (-1, -0.5, 0, 0.5, 1)]
        canvas.line(wave, 0.003 + 0.006 * near, (255, 255, 255, 80))


def _rope(canvas: Canvas, a: Point, b: Point, width: float, tones: tuple[Rgb, Rgb]) -> None:
    """A lane rope of floats that crosses the picture."""
    canvas.line(
        [(a[0], a[1] + width * 0.7), (b[0], b[1] + width * 0.7)], width * 0.6, (10, 60, 100, 60)
    )
    count = max(6, round((b[0] - a[0]) / (width * 3)))
    step = (b[0] - a[0]) / count
    for k in range(count):
        x = a[0] + k * step
        canvas.line(
            [(x + width * 0.6, a[1]), (x + step - width * 0.4, a[1])], width, tones[k % 2], PART
        )


def _rope_away(canvas: Canvas, floor: Floor, x: float, tones: tuple[Rgb, Rgb]) -> None:
    """A lane rope that runs from the viewer to the far wall."""
    z = 1.6
    for k in range(26):
        step = 0.35 + 0.05 * k
        floor.line(canvas, (x, z), (x, z + step), 0.26, tones[k % 2])
        z += step


def _bath_hall(canvas: Canvas, rng: np.random.Generator, light: Light, edge: float) -> None:
    wall = choose(rng, ((226, 238, 240), (236, 232, 220), (206, 226, 232)))
    canvas.gradient(light(dark(wall, 0.12)), light(wall), 0, edge)
    if rng.random() < 0.5:
        stand(canvas, rng, light, max(0.0, edge - 0.3), edge - 0.09, roof=False)
    else:
        for x in np.arange(0.03, 1, 0.14):
            canvas.rectangle(x, edge - 0.36, x + 0.115, edge - 0.1, light((176, 218, 236)), PART)
            canvas.polygon(
                [
                    (x, edge - 0.2),
                    (x + 0.08, edge - 0.36),
                    (x + 0.1, edge - 0.36),
                    (x, edge - 0.14),
                ],
                (255, 255, 255, 80),
            )
    tile = light(choose(rng, ((240, 244, 246), (214, 226, 230), (230, 222, 206))))
    canvas.rectangle(0, edge - 0.09, 1, edge, tile, PART)
    for x in np.arange(0, 1.01, 0.0625):
        canvas.line(
            [(0.5 + (x - 0.5) * 0.94, edge - 0.09), (x, edge - 0.025)],
            0.003,
            dark(tile, 0.18),
            PART,
        )
    for y in (edge - 0.065, edge - 0.042):
        canvas.line([(0, y), (1, y)], 0.003, dark(tile, 0.18), PART)
    canvas.rectangle(0, edge - 0.025, 1, edge, light((40, 110, 160)), PART)
    canvas.rectangle(0, edge - 0.03, 1, edge - 0.02, light((250, 250, 250)), PART)

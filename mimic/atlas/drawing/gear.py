"""Single things of sport: caps, goggles, shoes, rackets, wheelchairs, hoops.

Each is painted round the origin of the present transform and about one unit long, labelled
`equipment`. Athletes hold them, still lifes are arranged from them.
"""

from __future__ import annotations

import math

import numpy as np

from mimic.atlas.drawing.canvas import Canvas, arc
from mimic.atlas.drawing.paint import (
    INK,
    WHITE,
    blob,
    curve,
    dark,
    limb,
    number,
    pale,
    readable,
    ring,
)
from mimic.atlas.records import Rgb

PART = "equipment"
STEEL: Rgb = (196, 202, 210)
RUBBER: Rgb = (40, 42, 50)


def polo_cap(canvas: Canvas, colour: Rgb, value: int) -> None:
    """A water polo cap seen from the side: number, round ear guard, strings."""
    dome = [(-0.44, 0.12), (-0.4, -0.2), (-0.14, -0.46), (0.2, -0.42), (0.42, -0.14), (0.42, 0.06)]
    blob(canvas, [*dome, (0.1, 0.2), (-0.2, 0.3), (-0.42, 0.3)], colour, PART)
    for end in (-0.02, 0.1):
        canvas.line(
            curve([(0.0, 0.2), (end, 0.36), (end + 0.1, 0.5)], False), 0.03, dark(colour, 0.2), PART
        )
    canvas.ellipse(0, 0.14, 0.2, 0.22, dark(colour, 0.45), PART)
    canvas.ellipse(0, 0.14, 0.16, 0.18, readable(colour), PART)
    for k in range(6):
        a = math.radians(60 * k)
        canvas.ellipse(0.09 * math.cos(a), 0.14 + 0.1 * math.sin(a), 0.024, 0.024, INK)
    canvas.ellipse(0, 0.14, 0.03, 0.03, INK)
    number(canvas, value, -0.02, -0.23, 0.22, readable(colour), PART)
    canvas.polygon(
        curve([(-0.34, -0.1), (-0.22, -0.32), (-0.14, -0.36), (-0.24, -0.1)]), (255, 255, 255, 60)
    )


def goggles(canvas: Canvas, colour: Rgb, lens: Rgb) -> None:
    """Swimming goggles from the front, with the strap in a loop behind."""
    canvas.line(
        curve([(-0.44, 0), (-0.3, -0.26), (0, -0.34), (0.3, -0.26), (0.44, 0)], False),
        0.05,
        dark(colour, 0.2),
        PART,
    )
    canvas.line(curve([(-0.12, 0.0), (0, -0.05), (0.12, 0.0)], False), 0.05, colour, PART)
    for side in (-1, 1):
        frame = [
            (0.06, 0.0),
            (0.14, -0.13),
            (0.34, -0.14),
            (0.47, -0.02),
            (0.38, 0.13),
            (0.16, 0.14),
        ]
        blob(canvas, [(side * x, y) for x, y in frame], colour, PART)
        inner = [(side * (0.26 + (x - 0.26) * 0.74), y * 0.74) for x, y in frame]
        blob(canvas, inner, lens, PART)
        glint = [(-0.09, -0.03), (-0.02, -0.08), (0.02, -0.08), (-0.08, 0.03)]
        canvas.polygon([(side * 0.26 + x, y) for x, y in glint], (255, 255, 255, 170))


def swim_cap(canvas: Canvas, colour: Rgb, stripe: Rgb) -> None:
    dome = [*arc(0, 0.2, 0.46, 0.6, 180, 360), (0.3, 0.28), (0, 0.31), (-0.3, 0.28)]
    canvas.polygon(dome, colour, PART)
    band = [
        (-0.46, 0.12),
        (-0.16, 0.0),
        (0.2, 0.0),
        (0.46, 0.12),
        (0.46, 0.0),
        (0.2, -0.13),
        (-0.16, -0.13),
        (-0.46, 0.0),
    ]
    canvas.polygon(band, stripe, PART)
    shade = arc(0, 0.2, 0.46, 0.6, -75, 0) + arc(-0.12, 0.2, 0.46, 0.56, 0, -60)
    canvas.polygon(shade, (14, 14, 40, 46))
    canvas.ellipse(-0.2, -0.16, 0.08, 0.12, (255, 255, 255, 110))


def kickboard(canvas: Canvas, colour: Rgb, stripe: Rgb) -> None:
    """Upright, the round end on top."""
    board = [
        *arc(0, -0.18, 0.29, 0.32, 180, 360),
        *arc(0.21, 0.42, 0.08, 0.08, 0, 90),
        *arc(-0.21, 0.42, 0.08, 0.08, 90, 180),
    ]
    with canvas.at(0.025, 0.02):
        canvas.polygon(board, dark(colour, 0.35), PART)
    canvas.polygon(board, colour, PART)
    for y in (0.12, 0.24):
        canvas.rectangle(-0.29, y, 0.29, y + 0.06, stripe, PART)
    canvas.ellipse(0, -0.18, 0.1, 0.07, dark(colour, 0.35), PART)


def fin(canvas: Canvas, colour: Rgb) -> None:
    """A swimming fin from above, blade down."""
    blade = [(-0.1, -0.1), (0.1, -0.1), (0.24, 0.46), (0.0, 0.5), (-0.24, 0.46)]
    canvas.polygon(blade, colour, PART)
    for x in (-0.1, 0.0, 0.1):
        canvas.line([(x * 0.6, -0.06), (x * 1.7, 0.44)], 0.03, dark(colour, 0.25), PART)
    blob(
        canvas,
        [(-0.13, -0.02), (-0.12, -0.36), (0, -0.48), (0.12, -0.36), (0.13, -0.02)],
        dark(colour, 0.3),
        PART,
    )
    canvas.ellipse(0, -0.36, 0.07, 0.08, INK, PART)


def spike_shoe(canvas: Canvas, colour: Rgb, accent: Rgb) -> None:
    """A sprinter's shoe from the right, spikes under the ball of the foot."""
    upper = [(-0.42, -0.2), (-0.2, -0.26), (-0.08, -0.08), (0.16, -0.02), (0.4, 0.1), (0.48, 0.22)]
    canvas.polygon([*curve(upper, False), (0.3, 0.28), (-0.44, 0.24), (-0.48, 0.0)], colour, PART)
    sole = [(-0.48, 0.18), (0.1, 0.22), (0.5, 0.18), (0.44, 0.3), (0.1, 0.32), (-0.44, 0.28)]
    canvas.polygon(sole, accent, PART)
    for x in (0.08, 0.18, 0.28, 0.38):
        canvas.polygon([(x - 0.025, 0.3), (x + 0.025, 0.3), (x, 0.4)], INK, PART)
    canvas.polygon([(-0.3, 0.18), (-0.18, 0.18), (0.06, -0.04), (-0.04, -0.08)], accent, PART)
    canvas.polygon([(-0.12, 0.19), (-0.04, 0.19), (0.14, 0.0), (0.08, -0.02)], accent, PART)
    for t in (0.0, 0.5, 1.0):
        x, y = -0.06 + 0.2 * t, -0.06 + 0.06 * t
        canvas.line([(x, y - 0.01), (x - 0.06, y + 0.07)], 0.025, WHITE, PART)
    canvas.ellipse(-0.31, -0.21, 0.1, 0.035, dark(colour, 0.5), PART)


def hurdle(canvas: Canvas, colour: Rgb) -> None:
    """From the front, feet at y = 0.5."""
    for side in (-1, 1):
        canvas.line([(0.4 * side, -0.3), (0.4 * side, 0.48)], 0.045, STEEL, PART)
        canvas.line([(0.4 * side, 0.48), (0.33 * side, 0.5)], 0.06, dark(STEEL, 0.3), PART)
    canvas.rectangle(-0.5, -0.42, 0.5, -0.22, WHITE, PART)
    for x in (-0.5, -0.1, 0.3):
        canvas.rectangle(x, -0.42, x + 0.2, -0.22, colour, PART)
    canvas.rectangle(-0.5, -0.25, 0.5, -0.22, (0, 0, 0, 60))


def baton(canvas: Canvas, colour: Rgb) -> None:
    """Lying along x."""
    limb(canvas, (-0.42, 0), (0.42, 0), 0.09, 0.09, colour, PART)
    canvas.ellipse(0.42, 0, 0.05, 0.09, dark(colour, 0.45), PART)
    canvas.line([(-0.4, -0.04), (0.36, -0.04)], 0.03, pale(colour, 0.6))


def racket(canvas: Canvas, colour: Rgb, grip: Rgb) -> None:
    """Upright, the handle at the bottom."""
    canvas.ellipse(0, -0.24, 0.19, 0.25, (255, 255, 250, 60), PART)
    for x in np.linspace(-0.15, 0.15, 8):
        half = 0.25 * math.sqrt(1 - (x / 0.19) ** 2)
        canvas.line([(x, -0.24 - half), (x, -0.24 + half)], 0.008, (250, 250, 240))
    for y in np.linspace(-0.21, 0.21, 10):
        half = 0.19 * math.sqrt(1 - (y / 0.25) ** 2)
        canvas.line([(-half, y - 0.24), (half, y - 0.24)], 0.008, (250, 250, 240))
    for side in (-1, 1):
        canvas.line([(0.11 * side, -0.05), (0.015 * side, 0.16)], 0.032, dark(colour, 0.12), PART)
    ring(canvas, 0, -0.24, 0.19, 0.25, 0.036, colour, PART)
    canvas.line(arc(0, -0.24, 0.19, 0.25, 180, 280), 0.014, pale(colour, 0.6))
    canvas.line([(0, 0.15), (0, 0.24)], 0.04, colour, PART)
    canvas.line([(0, 0.24), (0, 0.48)], 0.056, grip, PART)
    for y in (0.28, 0.34, 0.4, 0.46):
        canvas.line([(-0.025, y), (0.025, y - 0.025)], 0.01, pale(grip, 0.35))


def wheel(canvas: Canvas, rx: float, ry: float, colour: Rgb, spokes: int = 9) -> None:
    """A sports wheelchair's wheel round the origin: tyre, hand rim, spokes, hub."""
    canvas.ellipse(0, 0, rx, ry, (226, 230, 236, 70), PART)
    for k in range(spokes):
        a = math.tau * k / spokes
        canvas.line([(0, 0), (rx * math.cos(a), ry * math.sin(a))], 0.012, STEEL)
    ring(canvas, 0, 0, rx, ry, 0.05, RUBBER, PART)
    ring(canvas, 0, 0, rx * 0.84, ry * 0.84, 0.022, STEEL, PART)
    canvas.ellipse(0, 0, rx * 0.42, ry * 0.42, colour, PART)
    canvas.ellipse(0, 0, rx * 0.16, ry * 0.16, pale(colour, 0.6), PART)


def wheelchair_frame(canvas: Canvas, colour: Rgb) -> None:
    """From the right, without the near wheel: the seat is at y = 0.02, the floor at y = 0.5."""
    canvas.line([(-0.16, 0.02), (-0.2, -0.26)], 0.07, INK, PART)
    canvas.line([(-0.18, 0.02), (0.2, 0.02)], 0.08, INK, PART)
    canvas.line([(0.18, 0.04), (0.3, 0.32), (0.44, 0.36)], 0.05, colour, PART)
    canvas.line([(-0.1, 0.36), (0.34, 0.34)], 0.05, colour, PART)
    with canvas.at(0.34, 0.42):
        canvas.ellipse(0, 0, 0.08, 0.08, RUBBER, PART)
        canvas.ellipse(0, 0, 0.035, 0.035, STEEL, PART)
    canvas.line([(0.28, 0.3), (0.5, 0.3), (0.52, 0.38)], 0.06, dark(colour, 0.2), PART)


def wheelchair_side(canvas: Canvas, colour: Rgb) -> None:
    """The frame with its near wheel."""
    wheelchair_frame(canvas, colour)
    with canvas.at(-0.06, 0.18):
        wheel(canvas, 0.32, 0.32, colour)


def wheelchair_front(canvas: Canvas, colour: Rgb) -> None:
    """From the front: the two wheels lean in at the top, as in the sport; floor at y = 0.5."""
    canvas.rectangle(-0.17, -0.4, 0.17, -0.06, INK, PART)
    canvas.rectangle(-0.17, -0.4, 0.17, -0.34, (74, 78, 92), PART)
    canvas.polygon([(-0.2, -0.08), (0.2, -0.08), (0.23, 0.06), (-0.23, 0.06)], (58, 62, 74), PART)
    for side in (-1, 1):
        with canvas.at(0.36 * side, 0.14, 1.0, -17 * side):
            wheel(canvas, 0.1, 0.36, colour, 7)
        canvas.line([(0.16 * side, 0.04), (0.14 * side, 0.36)], 0.05, colour, PART)
        canvas.ellipse(0.14 * side, 0.43, 0.05, 0.07, RUBBER, PART)
    canvas.line([(-0.27, 0.2), (0.27, 0.2)], 0.05, colour, PART)
    canvas.line(
        curve([(-0.24, 0.32), (0, 0.38), (0.24, 0.32)], False), 0.06, dark(colour, 0.2), PART
    )


def hoop(canvas: Canvas, board: Rgb = (246, 247, 250)) -> None:
    """A basketball hoop from the front, the rim's centre at the origin, the board one wide."""
    canvas.rectangle(-0.52, -0.62, 0.52, 0.06, (70, 74, 86), PART)
    canvas.rectangle(-0.49, -0.59, 0.49, 0.03, board, PART)
    canvas.line(
        [(-0.17, -0.02), (-0.17, -0.32), (0.17, -0.32), (0.17, -0.02)], 0.03, (206, 52, 44), PART
    )
    canvas.rectangle(-0.05, 0.0, 0.05, 0.06, (180, 60, 30), PART)
    hang = [(-0.22, 0.08), (0.22, 0.08), (0.13, 0.42), (-0.13, 0.42)]
    canvas.polygon(hang, (250, 250, 250, 70), PART)
    for k in range(6):
        a, b = -0.22 + 0.088 * k, -0.13 + 0.052 * k
        for step in (-1, 1):
            end = min(max(b + 0.052 * step, -0.13), 0.13)
            canvas.line([(a, 0.1), (end, 0.42)], 0.014, WHITE, PART)
    ring(canvas, 0, 0.08, 0.23, 0.055, 0.035, (232, 84, 30), PART)


def cone(canvas: Canvas, colour: Rgb) -> None:
    """A traffic cone, the foot at y = 0."""
    canvas.polygon(
        [(-0.4, 0.0), (-0.36, -0.08), (0.36, -0.08), (0.4, 0.0)], dark(colour, 0.2), PART
    )
    canvas.polygon([(-0.28, -0.08), (-0.05, -0.98), (0.05, -0.98), (0.28, -0.08)], colour, PART)
    canvas.polygon([(-0.21, -0.36), (-0.15, -0.6), (0.15, -0.6), (0.21, -0.36)], WHITE, PART)
    canvas.polygon([(0.02, -0.98), (0.05, -0.98), (0.28, -0.08), (0.1, -0.08)], (14, 14, 40, 40))

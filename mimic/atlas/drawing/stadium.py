"""What venues are built of: a floor in perspective, stands with a crowd, boards, masts, trees.

Everything here is labelled `setting`.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from PIL import Image

from mimic.atlas.drawing.canvas import Canvas, Color, Point
from mimic.atlas.drawing.paint import choose, dark, pale
from mimic.atlas.records import Rgb

PART = "setting"
Light = Callable[[Rgb], Rgb]
LINE: Rgb = (248, 248, 244)
NEAR = 0.6  # metres before the camera where the floor is cut off
#: Shirts in the stands: many, and greyed, so that no team's colours stand out.
CROWD = np.array(
    [
        (196, 70, 66),
        (70, 98, 168),
        (222, 214, 204),
        (232, 190, 84),
        (84, 140, 104),
        (60, 64, 80),
        (150, 110, 160),
        (214, 140, 96),
        (126, 136, 150),
        (240, 240, 240),
    ]
)
FACES = np.array([(240, 200, 168), (206, 150, 110), (140, 92, 64), (250, 218, 190)])


@dataclass(frozen=True)
class Floor:
    """A level floor seen by a pinhole camera.

    Attributes:
        horizon: y of the horizon in the picture, 0 to 1.
        eye: height of the camera above the floor, metres.
        yaw: degrees by which the camera is turned to the right.
        focal: picture widths per unit of x / depth.
        x: how far right of the origin the camera stands, metres.
    """

    horizon: float
    eye: float = 3.0
    yaw: float = 0.0
    focal: float = 0.9
    x: float = 0.0

    def depth(self, y: float) -> float:
        """Metres ahead of the camera to the floor seen at `y` of the picture."""
        return self.focal * self.eye / (y - self.horizon)

    def see(self, outline: Sequence[Point]) -> list[Point]:
        """A polygon on the floor (x right, z ahead, metres) -> the picture; may be empty."""
        a = math.radians(self.yaw)
        c, s = math.cos(a), math.sin(a)
        turned = [((x - self.x) * c - z * s, (x - self.x) * s + z * c) for x, z in outline]
        kept: list[Point] = []
        for (x0, z0), (x1, z1) in zip(turned, turned[1:] + turned[:1], strict=True):
            if z0 >= NEAR:
                kept.append((x0, z0))
            if (z0 >= NEAR) != (z1 >= NEAR):
                t = (NEAR - z0) / (z1 - z0)
                kept.append((x0 + (x1 - x0) * t, NEAR))
        f = self.focal
        return [(0.5 + f * x / z, self.horizon + f * self.eye / z) for x, z in kept]

    def area(self, canvas: Canvas, outline: Sequence[Point], fill: Color) -> None:
        seen = self.see(outline)
        if len(seen) > 2:
            canvas.polygon([(_held(x), _held(y)) for x, y in seen], fill, PART)

    def line(self, canvas: Canvas, a: Point, b: Point, width: float, fill: Color) -> None:
        """A painted line of `width` metres."""
        length = math.hypot(b[0] - a[0], b[1] - a[1])
        nx, nz = (a[1] - b[1]) / length * width / 2, (b[0] - a[0]) / length * width / 2
        corners = [(a[0] + nx, a[1] + nz), (b[0] + nx, b[1] + nz), (b[0] - nx, b[1] - nz)]
        self.area(canvas, [*corners, (a[0] - nx, a[1] - nz)], fill)


def _held(v: float) -> float:
    """Keeps far-off corners within what the painter can count with."""
    return min(max(v, -40.0), 40.0)


def crowd(rng: np.random.Generator, light: Light, columns: int, rows: int) -> Image.Image:
    """A block of seats with people in them, RGB, six by eight pixels each."""
    shape = (rows, columns)
    seat = light(choose(rng, ((54, 70, 110), (90, 60, 70), (60, 80, 84), (80, 80, 92))))
    sheet = np.empty((rows, 8, columns, 6, 3), np.uint8)
    sheet[:] = dark(seat, 0.35)
    shirts = _tinted(CROWD, light)[rng.integers(len(CROWD), size=shape)]
    faces = _tinted(FACES, light)[rng.integers(len(FACES), size=shape)]
    away = rng.random(shape) < rng.uniform(0.05, 0.3)
    shirts[away], faces[away] = dark(seat, 0.1), dark(seat, 0.35)
    sheet[:, 4:8, :, 0:6] = shirts[:, None, :, None]
    sheet[:, 4, :, [0, 5]] = dark(seat, 0.35)
    sheet[:, 1:4, :, 2:4] = faces[:, None, :, None]
    sheet[:, 2, :, 1:5] = faces[:, :, None]
    sheet[:, 1:3, :, 2:4] = np.where(
        (rng.random(shape) < 0.6)[:, None, :, None, None],
        sheet[:, 1:3, :, 2:4] // 3,
        sheet[:, 1:3, :, 2:4],
    )
    return Image.fromarray(sheet.reshape(rows * 8, columns * 6, 3))


def _tinted(colours: np.ndarray, light: Light) -> np.ndarray:
    return np.array([light((int(r), int(g), int(b))) for r, g, b in colours], np.uint8)


def stand(
    canvas: Canvas, rng: np.random.Generator, light: Light, top: float, bottom: float, roof: bool
) -> None:
    """A tribune over the whole width, between two y."""
    slope = float(rng.uniform(-0.05, 0.05))
    rise = (bottom - top) * 0.22 if roof else 0.0
    upper = (top + rise - slope, top + rise + slope)
    people = crowd(rng, light, int(rng.integers(40, 56)), max(3, round((bottom - top) * 36)))
    canvas.image(
        people, [(-0.02, upper[0]), (1.02, upper[1]), (1.02, bottom), (-0.02, bottom)], PART
    )
    for t in (0.35, 0.7):  # aisles between the tiers
        ends = [(x, u + (bottom - u) * t) for x, u in ((-0.02, upper[0]), (1.02, upper[1]))]
        canvas.line(ends, 0.012, light((120, 124, 134)), PART)
    if roof:
        tone = light(choose(rng, ((226, 230, 234), (70, 80, 100), (176, 60, 60))))
        canvas.polygon(
            [(-0.02, top - slope), (1.02, top + slope), (1.02, upper[1]), (-0.02, upper[0])],
            tone,
            PART,
        )
        canvas.polygon(
            [
                (-0.02, upper[0]),
                (1.02, upper[1]),
                (1.02, upper[1] + 0.03),
                (-0.02, upper[0] + 0.03),
            ],
            (10, 12, 30, 90),
        )
        for x in np.linspace(0.08, 0.92, 5):
            canvas.line(
                [(x, upper[0] + (upper[1] - upper[0]) * x), (x, bottom)],
                0.008,
                dark(tone, 0.3),
                PART,
            )


def boards(
    canvas: Canvas, rng: np.random.Generator, light: Light, top: float, bottom: float
) -> None:
    """Advertising boards without words: fields of colour with bars and dots."""
    x = -float(rng.uniform(0, 0.15))
    while x < 1:
        wide = float(rng.uniform(0.13, 0.24))
        tone = light(
            choose(
                rng,
                (
                    (40, 90, 160),
                    (236, 236, 236),
                    (190, 54, 54),
                    (250, 196, 60),
                    (40, 120, 90),
                    (50, 54, 66),
                ),
            )
        )
        canvas.rectangle(x, top, x + wide, bottom, tone, PART)
        mark, mid, h = (
            pale(tone, 0.6) if sum(tone) < 480 else dark(tone, 0.5),
            (top + bottom) / 2,
            bottom - top,
        )
        canvas.ellipse(x + wide * 0.22, mid, h * 0.25, h * 0.25, mark, PART)
        canvas.rectangle(
            x + wide * 0.4, mid - h * 0.13, x + wide * 0.82, mid + h * 0.13, mark, PART
        )
        x += wide
    canvas.rectangle(-0.02, bottom - 0.004, 1.02, bottom + 0.006, (10, 20, 20, 70))


def mast(canvas: Canvas, light: Light, x: float, base: float, height: float) -> None:
    """A floodlight mast."""
    pole = light((120, 126, 136))
    canvas.line([(x, base), (x, base - height)], 0.012, pole, PART)
    top = base - height
    canvas.polygon(
        [
            (x - 0.055, top - 0.05),
            (x + 0.055, top - 0.05),
            (x + 0.045, top + 0.02),
            (x - 0.045, top + 0.02),
        ],
        dark(pole, 0.3),
        PART,
    )
    for row in (0, 1):
        for k in range(4):
            canvas.ellipse(
                x - 0.036 + 0.024 * k,
                top - 0.032 + 0.028 * row,
                0.0095,
                0.0095,
                (255, 253, 232),
                PART,
            )
    for r in (0.13, 0.1, 0.075):
        canvas.ellipse(x, top - 0.02, r, r * 0.8, (255, 253, 232, 14))


def trees(canvas: Canvas, rng: np.random.Generator, light: Light, base: float) -> None:
    """A row of broad-leaved trees along a line."""
    for x in np.arange(-0.05, 1.06, 0.085):
        tone = light(choose(rng, ((60, 120, 66), (76, 138, 72), (48, 104, 62))))
        r = float(rng.uniform(0.05, 0.085))
        canvas.rectangle(x - 0.008, base - r, x + 0.008, base, light((92, 70, 52)), PART)
        canvas.ellipse(x, base - r * 1.3, r, r * 1.15, tone, PART)
        canvas.ellipse(x - r * 0.25, base - r * 1.6, r * 0.55, r * 0.6, pale(tone, 0.12), PART)


def fir(canvas: Canvas, light: Light, x: float, base: float, height: float, snowy: bool) -> None:
    """A fir of three tiers."""
    green = light((38, 84, 66))
    canvas.rectangle(
        x - 0.03 * height, base - 0.15 * height, x + 0.03 * height, base, light((84, 62, 48)), PART
    )
    for k in range(3):
        low, top = base - (0.1 + 0.26 * k) * height, base - (0.5 + 0.25 * k) * height
        half = (0.26 - 0.065 * k) * height
        canvas.polygon([(x - half, low), (x, top), (x + half, low)], green, PART)
        canvas.polygon([(x, top), (x + half, low), (x + half * 0.15, low)], dark(green, 0.25), PART)
        if snowy:
            canvas.polygon(
                [(x - half, low), (x, top), (x - half * 0.2, low - 0.07 * height)],
                light((240, 246, 252)),
                PART,
            )


def fade(canvas: Canvas, top: float, weight: int = 26) -> None:
    """The floor darkens a little towards the viewer, in soft steps."""
    for k in range(4):
        canvas.rectangle(0, top + (1 - top) * (0.4 + 0.15 * k), 1, 1, (8, 14, 30, weight // 3))

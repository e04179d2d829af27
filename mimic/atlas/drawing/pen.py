"""A pen that tints what it paints by the light and labels it: short words for the motifs."""

from __future__ import annotations

import math
from collections.abc import Sequence

from PIL import Image

from mimic.atlas.drawing.camera import COMMON, Light
from mimic.atlas.drawing.canvas import Canvas, Color, Point, arc
from mimic.atlas.drawing.paint import curve, limb, mix
from mimic.atlas.records import Rgb


class Pen:
    """Paints in a box from -0.5 to 0.5, y down. Colours of four numbers never label."""

    def __init__(self, canvas: Canvas, light: Light = COMMON[0], part: str = "subject") -> None:
        self.canvas, self.light, self.part = canvas, light, part

    def poly(self, points: Sequence[Point], fill: Color, part: str | None = None) -> None:
        colour = self.light.soft((fill[0], fill[1], fill[2]))
        if len(fill) == 4:
            self.canvas.polygon(points, (*colour, fill[3]))
        else:
            self.canvas.polygon(points, colour, part or self.part)

    def blob(self, points: Sequence[Point], fill: Color, part: str | None = None) -> None:
        """A smooth closed shape through the points."""
        self.poly(curve(points), fill, part)

    def oval(
        self, x: float, y: float, rx: float, ry: float, fill: Color, part: str | None = None
    ) -> None:
        self.poly(arc(x, y, rx, ry), fill, part)

    def box(
        self,
        left: float,
        top: float,
        right: float,
        low: float,
        fill: Color,
        part: str | None = None,
    ) -> None:
        self.poly([(left, top), (right, top), (right, low), (left, low)], fill, part)

    def line(
        self, points: Sequence[Point], width: float, fill: Rgb, part: str | None = None
    ) -> None:
        self.canvas.line(points, width, self.light.soft(fill), part or self.part)

    def bow(
        self, points: Sequence[Point], width: float, fill: Rgb, part: str | None = None
    ) -> None:
        """A smooth open line through the points."""
        self.line(curve(points, closed=False), width, fill, part)

    def limb(self, a: Point, b: Point, ra: float, rb: float, fill: Rgb) -> None:
        limb(self.canvas, a, b, ra, rb, self.light.soft(fill), self.part)

    def fade(
        self, left: float, top: float, right: float, low: float, above: Rgb, below: Rgb,
        part: str | None = None,
    ) -> None:  # fmt: skip
        """A box with a vertical gradient."""
        strip = Image.new("RGB", (2, 24))
        for row in range(24):
            colour = self.light.soft(mix(above, below, row / 23))
            strip.paste(colour, (0, row, 2, row + 1))
        corners = [(left, top), (right, top), (right, low), (left, low)]
        self.canvas.image(strip, corners, part or self.part)

    def sky(self, low: float = 0.0) -> None:
        """The sky of a framed landscape, in the colours of the light, `setting`."""
        strip = Image.new("RGB", (2, 24))
        for row in range(24):
            strip.paste(mix(*self.light.sky, row / 23), (0, row, 2, row + 1))
        self.canvas.image(strip, [(-0.5, -0.5), (0.5, -0.5), (0.5, low), (-0.5, low)], "setting")


def spoke(x: float, y: float, r: float, degrees: float) -> Point:
    """The point at a distance and an angle from (x, y), clockwise from the right."""
    a = math.radians(degrees)
    return x + r * math.cos(a), y + r * math.sin(a)

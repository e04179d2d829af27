"""A canvas that remembers which part of the picture each pixel belongs to.

Every stroke is painted twice: antialiased on the picture, and as a flat number on a label map of
the same size. So a drawing always knows where its flag or its ball can be seen, whatever was
painted over them later.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache

import numpy as np
from PIL import Image, ImageDraw

PARTS = ("setting", "subject", "flag", "kit", "equipment", "emblem", "distractor")
Color = tuple[int, int, int] | tuple[int, int, int, int]
Point = tuple[float, float]


@dataclass(frozen=True)
class Drawing:
    """A finished picture and its parts.

    Attributes:
        image: RGB, `size` x `size` pixels.
        labels: uint8 `[size, size]`; 0 is nothing named, `i + 1` is `PARTS[i]`.
    """

    image: Image.Image
    labels: np.ndarray

    def mask(self, part: str) -> np.ndarray:
        """Visible pixels of one part, bool `[size, size]`."""
        return self.labels == PARTS.index(part) + 1


class Canvas:
    """Paints in unit coordinates: x to the right and y down, both 0 to 1 over the picture.

    Args:
        size: side of the finished picture in pixels.
        oversample: how much larger it is painted, for smooth edges.
    """

    def __init__(self, size: int = 256, oversample: int = 2) -> None:
        self.size = size
        self.side = size * oversample
        self._image = Image.new("RGB", (self.side, self.side), (200, 200, 200))
        self._labels = Image.new("L", (self.side, self.side), 0)
        self._pen = ImageDraw.Draw(self._image, "RGBA")  # blends colours of four numbers
        self._marker = ImageDraw.Draw(self._labels)
        self._matrix = np.eye(3)

    @contextmanager
    def at(
        self, x: float, y: float, scale: float = 1.0, turn: float = 0.0, flip: bool = False
    ) -> Iterator[None]:
        """Moves the origin to (x, y), then turns by `turn` degrees clockwise, scales, mirrors."""
        outer = self._matrix
        c, s = math.cos(math.radians(turn)) * scale, math.sin(math.radians(turn)) * scale
        mirror = -1.0 if flip else 1.0
        self._matrix = outer @ np.array([[c * mirror, -s, x], [s * mirror, c, y], [0, 0, 1.0]])
        try:
            yield
        finally:
            self._matrix = outer

    def pixels(self, points: Sequence[Point] | np.ndarray) -> list[Point]:
        """Unit coordinates under the present transform -> pixels of the oversampled picture."""
        turned = np.asarray(points, float) @ self._matrix[:2, :2].T + self._matrix[:2, 2]
        return list(map(tuple, (turned * self.side).tolist()))  # many times a drawing: keep quick

    def scale(self) -> float:
        """Pixels of the oversampled picture for one unit of length."""
        (a, b), (c, d) = self._matrix[:2, :2].tolist()
        return self.side * math.sqrt(abs(a * d - b * c))

    def polygon(
        self, points: Sequence[Point] | np.ndarray, fill: Color, part: str | None = None
    ) -> None:
        """A filled polygon; a colour of four numbers blends, `part=None` leaves the labels."""
        placed = self.pixels(points)
        self._pen.polygon(placed, fill=fill)
        if part is not None:
            self._marker.polygon(placed, fill=PARTS.index(part) + 1)

    def rectangle(
        self,
        left: float,
        top: float,
        right: float,
        bottom: float,
        fill: Color,
        part: str | None = None,
    ) -> None:
        self.polygon([(left, top), (right, top), (right, bottom), (left, bottom)], fill, part)

    def ellipse(
        self, x: float, y: float, rx: float, ry: float, fill: Color, part: str | None = None
    ) -> None:
        small = max(rx, ry) * self.scale() < 12  # pixels: fewer corners will do
        self.polygon(_circle(16 if small else 40) * (rx, ry) + (x, y), fill, part)

    def line(
        self,
        points: Sequence[Point] | np.ndarray,
        width: float,
        fill: Color,
        part: str | None = None,
    ) -> None:
        """An open line with round ends; `width` in unit lengths."""
        pixels, placed = max(1, round(width * self.scale())), self.pixels(points)
        for pen, colour in self._pens(fill, part):
            pen.line(placed, fill=colour, width=pixels, joint="curve")
            if pixels > 2 and len(fill) == 3:  # translucent ends would show twice
                for x, y in (placed[0], placed[-1]):
                    r = pixels / 2
                    pen.ellipse((x - r, y - r, x + r, y + r), fill=colour)

    def image(self, picture: Image.Image, quad: Sequence[Point], part: str | None = None) -> None:
        """Pastes a picture (RGB or RGBA) into four corners: top left, top right, bottom right,
        bottom left."""
        corners = np.array(self.pixels(quad))
        low = np.floor(corners.min(0)).astype(int)
        box = np.ceil(corners.max(0)).astype(int) - low
        if box.min() < 1 or box.max() > 4 * self.side:
            return
        sheet = _warp(picture.convert("RGBA"), corners - low, (int(box[0]), int(box[1])))
        self._image.paste(sheet, tuple(low), sheet)
        if part is not None:
            solid = sheet.getchannel("A").point(lambda a: 255 if a > 127 else 0)
            self._labels.paste(PARTS.index(part) + 1, tuple(low), solid)

    def gradient(
        self,
        top: Color,
        bottom: Color,
        y0: float = 0.0,
        y1: float = 1.0,
        part: str | None = "setting",
    ) -> None:
        """A vertical gradient over the full width, in picture coordinates (no transform)."""
        rows = range(max(0, round(y0 * self.side)), min(self.side, round(y1 * self.side)))
        if not len(rows):
            return
        t = np.linspace(0, 1, len(rows))[:, None]
        strip = np.round((1 - t) * top[:3] + t * bottom[:3]).astype(np.uint8)
        wide = Image.fromarray(strip[:, None, :]).resize((self.side, len(rows)))
        self._image.paste(wide, (0, rows[0]))
        if part is not None:
            box = (0, rows[0], self.side, rows[-1])
            self._marker.rectangle(box, fill=PARTS.index(part) + 1)

    def finish(self) -> Drawing:
        """The picture at its final size, with its label map."""
        image = self._image.resize((self.size, self.size), Image.Resampling.BOX)
        labels = self._labels.resize((self.size, self.size), Image.Resampling.NEAREST)
        return Drawing(image, np.asarray(labels))

    def _pens(self, fill: Color, part: str | None) -> list[tuple[ImageDraw.ImageDraw, Color | int]]:
        picture: list[tuple[ImageDraw.ImageDraw, Color | int]] = [(self._pen, fill)]
        return picture if part is None else [*picture, (self._marker, PARTS.index(part) + 1)]


@cache
def _circle(corners: int) -> np.ndarray:
    return np.array(arc(0, 0, 1, 1))[np.linspace(0, 40, corners + 1).round().astype(int)[:-1]]


def arc(
    x: float, y: float, rx: float, ry: float, start: float = 0.0, end: float = 360.0
) -> list[Point]:
    """Points on an ellipse from `start` to `end` degrees, clockwise from the right."""
    steps = max(8, int(abs(end - start) / 9))
    first, step = math.radians(start), math.radians(end - start) / steps
    angles = [first + step * i for i in range(steps + 1)]
    return [(x + rx * math.cos(a), y + ry * math.sin(a)) for a in angles]


def _warp(picture: Image.Image, corners: np.ndarray, box: tuple[int, int]) -> Image.Image:
    """Maps a picture onto a quadrilateral of the box; outside of it is transparent."""
    w, h = picture.size
    source = [(0, 0), (w, 0), (w, h), (0, h)]
    rows, right = [], []
    for (u, v), (x, y) in zip(source, corners, strict=True):
        rows += [[x, y, 1, 0, 0, 0, -u * x, -u * y], [0, 0, 0, x, y, 1, -v * x, -v * y]]
        right += [u, v]
    try:
        coefficients = np.linalg.solve(np.array(rows, float), np.array(right, float))
    except np.linalg.LinAlgError:  # the four corners lie on a line: nothing to be seen
        return Image.new("RGBA", box)
    return picture.transform(
        box, Image.Transform.PERSPECTIVE, tuple(coefficients), Image.Resampling.BILINEAR
    )

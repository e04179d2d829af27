"""Cloth to paint flags on, layers, and the ways to place them.

A layer paints a part of a flag on a cloth. The functions here group, move, turn, repeat, mirror and
confine layers; those in `flag_parts` make them. Coordinates are in the flag's own units.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from PIL import Image, ImageDraw

Point = tuple[float, float]


@dataclass(frozen=True)
class Cloth:
    """What layers paint on: a picture and the map from flag units to its pixels."""

    picture: Image.Image
    width: float
    height: float
    matrix: np.ndarray = field(repr=False)

    def pixels(self, points: list[Point]) -> list[Point]:
        placed = np.column_stack([np.asarray(points, float), np.ones(len(points))])
        return [(float(x), float(y)) for x, y in placed @ self.matrix[:2].T]

    def fill(self, colour: str, points: list[Point]) -> None:
        # Pillow counts pixels from their centre and fills both end pixels of a span.
        shifted = [(x - 0.5, y - 0.5) for x, y in self.pixels(points)]
        ImageDraw.Draw(self.picture).polygon(shifted, fill=colour)

    def moved(self, x: float, y: float, scale_x: float, scale_y: float, turn: float) -> Cloth:
        c, s = math.cos(math.radians(turn)), math.sin(math.radians(turn))
        step = np.array(
            [[c * scale_x, -s * scale_y, x], [s * scale_x, c * scale_y, y], [0.0, 0.0, 1.0]]
        )
        return replace(self, matrix=self.matrix @ step)


Layer = Callable[[Cloth], None]


@dataclass(frozen=True)
class Flag:
    """Width and height in the flag's own units, and its layers from the ground up."""

    width: float
    height: float
    layers: tuple[Layer, ...]


def flag_of(width: float, height: float, *layers: Layer) -> Flag:
    """A flag of these layers."""
    return Flag(width, height, layers)


def group(*layers: Layer) -> Layer:
    """Several layers as one."""

    def paint(cloth: Cloth) -> None:
        for layer in layers:
            layer(cloth)

    return paint


def at(
    x: float, y: float, scale: float, *layers: Layer, turn: float = 0.0, flip: bool = False
) -> Layer:
    """Layers in coordinates of their own: moved to (x, y), turned, scaled, mirrored left-right."""

    def paint(cloth: Cloth) -> None:
        group(*layers)(cloth.moved(x, y, -scale if flip else scale, scale, turn))

    return paint


def around(x: float, y: float, count: int, *layers: Layer, start: float = 0.0) -> Layer:
    """Layers, drawn about (0, 0), repeated at `count` equal angles round (x, y)."""
    return group(*(at(x, y, 1, *layers, turn=start + 360 * i / count) for i in range(count)))


def mirrored(x: float, *layers: Layer) -> Layer:
    """Layers drawn about x = 0, moved to `x`, together with their mirror image."""
    return group(at(x, 0, 1, *layers), at(x, 0, 1, *layers, flip=True))


def inside(outline: Sequence[Point], *layers: Layer) -> Layer:
    """Layers of which only what lies within the outline is seen."""

    def paint(cloth: Cloth) -> None:
        copy = replace(cloth, picture=cloth.picture.copy())
        group(*layers)(copy)
        mask = replace(cloth, picture=Image.new("L", cloth.picture.size))
        ImageDraw.Draw(mask.picture).polygon(mask.pixels(list(outline)), fill=255)
        cloth.picture.paste(copy.picture, (0, 0), mask.picture)

    return paint


def canton(width: float, height: float, *layers: Layer) -> Layer:
    """A flag of its own in the upper hoist corner; nothing of it leaves that rectangle."""

    def paint(cloth: Cloth) -> None:
        (left, top), (right, bottom) = cloth.pixels([(0, 0), (width, height)])
        size = (max(1, round(right - left)), max(1, round(bottom - top)))
        patch = Image.new("RGB", size)
        group(*layers)(cloth_on(patch, width, height))
        cloth.picture.paste(patch, (round(left), round(top)))

    return paint


def cloth_on(picture: Image.Image, width: float, height: float) -> Cloth:
    """A cloth of this size in flag units that fills the picture."""
    matrix = np.diag([picture.width / width, picture.height / height, 1.0])
    return Cloth(picture, width, height, matrix)

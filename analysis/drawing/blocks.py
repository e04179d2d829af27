"""Neighbouring patches of one number, which were weighed as one, as one rectangle."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

#: Left, top, right and bottom.
Box = tuple[float, float, float, float]


@dataclass(frozen=True)
class Patches:
    """A rectangle of patches.

    Attributes:
        cells: numbers of its patches, row by row.
        top, left: its first row and column; bottom, right: those behind its last ones.
    """

    cells: tuple[int, ...]
    top: int
    left: int
    bottom: int
    right: int


def blocks(values: Sequence[float], grid: tuple[int, int]) -> list[Patches]:
    """Rectangles of equal numbers, from the top left; patches of 0 are one each."""
    rows, columns = grid
    free, found = set(range(rows * columns)), []

    def alike(row: int, columns_of: range, value: float) -> bool:
        """Whether these patches of a row are still free and have that number."""
        cells = [row * columns + column for column in columns_of]
        return row < rows and all(c in free and values[c] == value for c in cells)

    for cell in range(rows * columns):
        if cell not in free:
            continue
        top, left = divmod(cell, columns)
        right, bottom, value = left + 1, top + 1, values[cell]
        while value and right < columns and alike(top, range(right, right + 1), value):
            right += 1
        while value and alike(bottom, range(left, right), value):
            bottom += 1
        cells = (r * columns + c for r in range(top, bottom) for c in range(left, right))
        found.append(Patches(tuple(cells), top, left, bottom, right))
        free -= set(found[-1].cells)
    return found


def around(boxes: Sequence[Box]) -> Box:
    """The box around some boxes."""
    lefts, tops, rights, bottoms = zip(*boxes, strict=True)
    return min(lefts), min(tops), max(rights), max(bottoms)

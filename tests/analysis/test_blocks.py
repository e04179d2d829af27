"""Patches that were weighed as one, by hand."""

from __future__ import annotations

from analysis.drawing.blocks import around, blocks


def test_equal_neighbours_are_one_rectangle() -> None:
    values = (
        *(1.0, 1.0, 2.0),
        *(1.0, 1.0, 0.0),
        *(3.0, 1.0, 0.0),
    )
    found = blocks(values, (3, 3))
    assert [b.cells for b in found] == [(0, 1, 3, 4), (2,), (5,), (6,), (7,), (8,)]
    assert (found[0].top, found[0].left, found[0].bottom, found[0].right) == (0, 0, 2, 2)
    assert sorted(cell for block in found for cell in block.cells) == list(range(9))


def test_the_box_around_some() -> None:
    assert around([(1, 2, 3, 4), (3, 2, 5, 9)]) == (1, 2, 5, 9)

"""Edits of a picture's region, by hand on small pictures."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image

from analysis.edits import LARGEST, MEAN_COLOUR, edited, region
from mimic.errors import InputError

LEFT_HALF = (0, 0, 50, 100)


def halves() -> Image.Image:
    """20 x 10: red on the left, blue on the right."""
    picture = Image.new("RGB", (20, 10), (255, 0, 0))
    picture.paste((0, 0, 255), (10, 0, 20, 10))
    return picture


def test_a_region_in_percent() -> None:
    assert region((0, 0, 100, 100), (20, 10)) == (0, 0, 20, 10)
    assert region((25, 10, 50, 90), (20, 10)) == (5, 1, 10, 9)


@pytest.mark.parametrize(
    "numbers", [(50, 0, 50, 100), (-1, 0, 50, 50), (0, 0, 101, 50), (0, 0, 5, 5), (1, 2, 3), "abcd"]
)
def test_what_is_no_region_is_refused(numbers: object) -> None:
    with pytest.raises(InputError, match="region"):
        region(numbers, (20, 10))  # type: ignore[arg-type]


def test_an_edit_changes_its_region_only() -> None:
    before = np.asarray(halves())
    for edit in ("mask", "noise", "blur"):
        after = np.asarray(edited(halves(), edit, LEFT_HALF))
        assert (after[:, 10:] == before[:, 10:]).all(), edit
        assert (after[:, :10] != before[:, :10]).any(), edit


def test_a_mask_is_the_colour_of_a_missing_picture() -> None:
    after = np.asarray(edited(halves(), "mask", LEFT_HALF))
    assert (after[:, :10] == MEAN_COLOUR).all()


def test_noise_is_the_same_again() -> None:
    first, second = (np.asarray(edited(halves(), "noise", LEFT_HALF)) for _ in range(2))
    assert (first == second).all()


def test_a_crop_leaves_the_region() -> None:
    after = edited(halves(), "crop", LEFT_HALF)
    assert after.size == (10, 10)
    assert after.getcolors() == [(100, (255, 0, 0))]


def test_a_large_picture_is_made_smaller_and_an_unknown_edit_refused() -> None:
    wide = Image.new("RGB", (2 * LARGEST, 10))
    assert edited(wide, "blur", (0, 0, 100, 100)).width == LARGEST
    with pytest.raises(InputError, match="edit is 'melt'"):
        edited(halves(), "melt", LEFT_HALF)

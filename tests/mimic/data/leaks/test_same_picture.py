"""Pictures that are made again as a leak would be, and pictures that only look alike."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFilter, ImageOps

from mimic.data.leaks.same_picture import is_same_picture, read_square

COUNT = 12


def scene(seed: int, subject: int | None = None) -> Image.Image:
    """Some shapes before a background; the same subject has the same large shapes elsewhere."""
    rng, shapes = random.Random(seed), random.Random(seed if subject is None else subject)
    noise = np.random.default_rng(seed).integers(0, 255, (9, 12, 3), np.uint8)
    picture = Image.fromarray(noise).resize((240, 180), Image.Resampling.BICUBIC)
    draw = ImageDraw.Draw(picture)
    for _ in range(14):
        x, y, size = shapes.randrange(200), shapes.randrange(150), shapes.randrange(10, 70)
        if subject is not None:
            x, y = x + rng.randrange(-9, 10), y + rng.randrange(-9, 10)
        colour = tuple(shapes.randrange(256) for _ in range(3))
        draw.ellipse((x, y, x + size, y + size * 0.7), fill=colour)
    return picture.filter(ImageFilter.GaussianBlur(1))


def crop(picture: Image.Image, seed: int) -> Image.Image:
    """Nine tenths of either side, anywhere."""
    rng = random.Random(seed)
    x, y = rng.random() * 0.1, rng.random() * 0.1
    width, height = picture.size
    return picture.crop((x * width, y * height, (x + 0.9) * width, (y + 0.9) * height))


AGAIN: dict[str, tuple[Callable[[Image.Image, int], Image.Image], int]] = {
    "re-encoded": (lambda picture, _: picture, 60),
    "half": (lambda picture, _: picture.resize((120, 90)), 90),
    "mirrored": (lambda picture, _: ImageOps.mirror(picture), 90),
    "cropped": (crop, 90),
}


@pytest.mark.parametrize("kind", AGAIN)
def test_a_picture_made_again_is_found(kind: str, tmp_path: Path) -> None:
    make, quality = AGAIN[kind]
    for seed in range(COUNT):
        scene(seed).save(tmp_path / "one.png")
        make(scene(seed), seed).save(tmp_path / "other.jpg", quality=quality)
        one, other = read_square(tmp_path / "one.png"), read_square(tmp_path / "other.jpg")
        assert is_same_picture(one, other) and is_same_picture(other, one)


def test_other_pictures_of_the_same_are_not(tmp_path: Path) -> None:
    for seed in range(COUNT):
        scene(seed, subject=seed).save(tmp_path / "one.png")
        scene(100 + seed, subject=seed).save(tmp_path / "other.png")
        assert not is_same_picture(*(read_square(tmp_path / f"{n}.png") for n in ("one", "other")))


def test_one_colour_is_the_same_as_nothing(tmp_path: Path) -> None:
    Image.new("RGB", (50, 50), "grey").save(tmp_path / "grey.png")
    square = read_square(tmp_path / "grey.png")
    assert not is_same_picture(square, square)

"""Varied pictures: what may change, and what must not."""

from __future__ import annotations

import torch

from mimic.training.augmentation import vary, vary_all

#: Brightness rises from top to bottom, and red from left to right.
ROWS = torch.arange(48, dtype=torch.uint8)
PICTURE = torch.stack([(ROWS * 2)[None].expand(48, 48), *[(ROWS * 5)[:, None].expand(48, 48)] * 2])


def generator(seed: int) -> torch.Generator:
    return torch.Generator().manual_seed(seed)


def test_strength_zero_only_squashes() -> None:
    assert torch.equal(vary(PICTURE, 48, 0.0, generator(0)), PICTURE)
    assert vary(PICTURE, 16, 0.0, generator(0)).shape == (3, 16, 16)
    squares = PICTURE.permute(1, 2, 0)[None]
    assert torch.equal(vary_all(squares, 0.5), squares)  # without a generator


def test_a_picture_is_never_mirrored_and_stays_upright() -> None:
    for seed in range(40):
        varied = vary(PICTURE, 32, 1.0, generator(seed)).float()
        assert varied[1, -8:, 4:-4].mean() > varied[1, :8, 4:-4].mean()
        grey = (varied - varied.mean(0)).abs().max() < 1
        assert grey or varied[0, 12:20, -8:].mean() > varied[0, 12:20, :8].mean()


def test_the_same_generator_draws_the_same_and_pictures_differ() -> None:
    once, again = (vary(PICTURE, 32, 1.0, generator(3)) for _ in range(2))
    assert torch.equal(once, again) and once.dtype == torch.uint8
    seen = {vary(PICTURE, 32, 1.0, generator(seed)).numpy().tobytes() for seed in range(20)}
    assert len(seen) == 20
    many = vary_all(PICTURE.permute(1, 2, 0)[None].expand(3, -1, -1, -1), 1.0, generator(0))
    assert many.shape == (3, 48, 48, 3) and not torch.equal(many[0], many[1])


def test_a_strip_of_one_pixel_can_be_varied() -> None:
    for seed in range(20):
        assert vary(PICTURE[:, :1], 16, 1.0, generator(seed)).shape == (3, 16, 16)

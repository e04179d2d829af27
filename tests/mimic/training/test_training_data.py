"""Training data: which wording and which picture a step sees, and how pictures are varied."""

from __future__ import annotations

from pathlib import Path

import pytest
import torch
from support import tiny

from mimic.model.encoded_data import DataEncoder, Draw
from mimic.model.mimic import Mimic
from mimic.model.processor import Processor, load_tokenizer
from mimic.training.training_data import TrainingData, lit_anew, prepare, seen_anew

GRADIENT = torch.arange(16, dtype=torch.uint8)[None, :, None, None].expand(2, 16, 16, 3) * 16


@pytest.fixture(scope="module")
def net(text_model: Path) -> Mimic:
    return Mimic.pretrained(tiny.preset(text_model, {}).model).eval()


@pytest.fixture(scope="module")
def processor(net: Mimic) -> Processor:
    return Processor(net.config, load_tokenizer(net.config))


def training_data(
    net: Mimic, processor: Processor, wordings: list[tuple[str, ...]]
) -> TrainingData:
    names, images = ["Chad"] * len(wordings), [list[Path]() for _ in wordings]
    return prepare(DataEncoder(net, processor, lambda line: None), names, wordings, images)


def test_without_a_generator_the_first_wording_counts(net: Mimic, processor: Processor) -> None:
    many = training_data(net, processor, [("a goal", "the stone"), ("a match",)])
    one = training_data(net, processor, [("a goal",), ("a match",)])
    rows = torch.tensor([1, 0])
    blank = processor.blank(2)
    found, expected = (p.features(net, rows, blank).text_global for p in (many, one))
    assert torch.equal(found, expected)


def test_a_generator_takes_each_wording_of_its_own_row(net: Mimic, processor: Processor) -> None:
    many = training_data(net, processor, [("a goal", "the stone", "we saw ice"), ("a match",)])
    rows, blank = torch.tensor([0, 1]), processor.blank(2)
    seen = [
        many.features(net, rows, blank, Draw(torch.Generator().manual_seed(i))).text_global
        for i in range(30)
    ]
    assert len({tuple(text[0].tolist()) for text in seen}) == 3
    assert len({tuple(text[1].tolist()) for text in seen}) == 1


def test_strength_zero_changes_nothing() -> None:
    generator = torch.Generator().manual_seed(0)
    assert torch.equal(seen_anew(GRADIENT, 0.0, generator), GRADIENT)
    pixels = GRADIENT.permute(0, 3, 1, 2).float() / 255
    assert torch.allclose(lit_anew(pixels, 0.0, generator), pixels)


def test_a_picture_is_never_mirrored() -> None:
    """Brightness falls from top to bottom: it does so after every camera move."""
    for seed in range(20):
        moved = seen_anew(GRADIENT, 1.0, torch.Generator().manual_seed(seed)).float()
        assert (moved[:, 12:].mean((1, 2, 3)) > moved[:, :4].mean((1, 2, 3))).all()


def test_light_tints_each_picture_of_its_own() -> None:
    grey = torch.full((8, 3, 4, 4), 0.5)
    lit = lit_anew(grey, 1.0, torch.Generator().manual_seed(0))
    assert lit.flatten(2).std(-1).max() < 1e-6  # the same all over a picture
    assert len({tuple(colour.tolist()) for colour in lit[:, :, 0, 0]}) == 8
    assert lit[:, :, 0, 0].std(1).min() > 0  # no picture stays grey

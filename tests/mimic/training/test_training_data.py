"""Training data: which wording and which picture a step sees, and how pictures are varied."""

from __future__ import annotations

from pathlib import Path

import pytest
import torch
from support import tiny

from mimic.model.encoded_data import DataEncoder, Draw
from mimic.model.mimic import Mimic
from mimic.model.processor import Processor, load_tokenizer
from mimic.training.training_data import Shown, TrainingData, prepare


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
    blank = Shown(processor.blank(), torch.tensor([0, 0]))
    found, expected = (p.features(net, rows, blank).text_global for p in (many, one))
    assert torch.equal(found, expected)


def test_a_generator_takes_each_wording_of_its_own_row(net: Mimic, processor: Processor) -> None:
    many = training_data(net, processor, [("a goal", "the stone", "we saw ice"), ("a match",)])
    rows, blank = torch.tensor([0, 1]), Shown(processor.blank(), torch.tensor([0, 0]))
    seen = [
        many.features(net, rows, blank, Draw(torch.Generator().manual_seed(i))).text_global
        for i in range(30)
    ]
    assert len({tuple(text[0].tolist()) for text in seen}) == 3
    assert len({tuple(text[1].tolist()) for text in seen}) == 1


def test_a_picture_of_many_rows_is_encoded_once(net: Mimic, processor: Processor) -> None:
    inputs = torch.cat([processor.blank(), torch.randn(2, 3, 16, 16)])
    shown = Shown(inputs, torch.tensor([2, 0, 2]))
    each = net.encoder.image(inputs[[2, 0, 2]])
    for found, expected in zip(shown.pair(net), each, strict=True):
        torch.testing.assert_close(found, expected, atol=1e-5, rtol=1e-5)
    other = torch.randn(1, 3, 16, 16)
    changed = shown.replaced(torch.tensor([False, True, False]), other)
    assert changed.place.tolist() == [2, 3, 2] and torch.equal(changed.inputs[3:], other)
    assert changed.without(torch.tensor([True, False, False])).place.tolist() == [0, 3, 2]

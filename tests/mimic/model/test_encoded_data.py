"""Encoded data sets give the features of the model itself, and miss what cannot be read."""

from __future__ import annotations

from pathlib import Path

import pytest
import torch
from support import clip, tiny

from mimic.model.encoded_data import DataEncoder, Draw, EncodedData
from mimic.model.mimic import Mimic
from mimic.model.processor import Processor, load_tokenizer
from mimic.model.units import Features

NAMES, CONTEXTS = ["Norway", "Chad", "Mali"], ["a goal", "the stone on ice", "a match"]


def encode(
    net: Mimic, processor: Processor, images: list[Path | None], learnt: bool
) -> EncodedData:
    encoder = DataEncoder(net, processor, lambda line: None, learnt)
    texts = encoder.texts(NAMES, [(context,) for context in CONTEXTS])
    return EncodedData(texts, encoder.pictures(images))


def assert_same(one: Features, other: Features, close: float) -> None:
    for name, tensor in vars(one).items():
        torch.testing.assert_close(tensor, getattr(other, name), atol=close, rtol=0)


@pytest.mark.parametrize("kind", ["fixed", "learnt", "clip"])
@torch.no_grad()
def test_features_are_the_models_own(kind: str, text_model: Path, tmp_path: Path) -> None:
    """The second picture is broken, the third missing: both are the blank one."""
    config = tiny.model_config(text_model, freeze_text=True, adapter=4)
    if kind == "clip":
        config = clip.clip_config()
    net = Mimic.pretrained(config).eval()
    processor = Processor(net.config, load_tokenizer(tiny.model_config(text_model)))
    good, broken = tmp_path / "a.png", tmp_path / "b.png"
    tiny.picture("Norway", "state").save(good)
    broken.write_bytes(b"hello")
    encoded = encode(net, processor, [good, broken, None], learnt=kind != "fixed")
    assert encoded.pictures.number.tolist() == [1, 0, 0] and len(encoded.pictures.overall) == 2
    texts = processor.texts(NAMES, CONTEXTS)
    pixels = processor.pictures([good, None, None])
    expected = net.features(texts.input_ids, texts.attention_mask, pixels)
    close = 5e-2 if kind == "fixed" else 1e-4  # what is kept for training is float16
    assert_same(encoded.features(net, torch.arange(3)), expected, close)
    assert_same(encoded.features(net, slice(0, 3)), expected, close)


def test_dropout_blanks_tokens_and_their_mask(text_model: Path) -> None:
    net = Mimic.pretrained(tiny.model_config(text_model, freeze_text=True)).eval()
    processor = Processor(net.config, load_tokenizer(net.config))
    texts = encode(net, processor, [None] * 3, learnt=False).texts
    hidden, mask = texts.fixed(slice(0, 3), Draw(torch.Generator().manual_seed(0), 0.5))
    gone = (hidden == 0).all(-1)
    assert 0 < gone.sum() < gone.numel() and (mask[gone] == 0).all()
    assert torch.equal(mask[~gone], texts.mask[~gone])

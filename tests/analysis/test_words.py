"""From tokens back to words, and from patches back to the picture."""

from __future__ import annotations

from pathlib import Path

import pytest
from support import tiny

from mimic.model.processor import Processor, load_tokenizer


@pytest.fixture(scope="module")
def processor(text_model: Path) -> Processor:
    config = tiny.model_config(text_model)
    return Processor(config, load_tokenizer(config))


def test_words_have_their_characters_and_tokens(processor: Processor) -> None:
    words = processor.words("Norway", "a goal, of Norway")
    assert [(w.text, w.part) for w in words] == [
        ("Norway", "name"),
        ("a", "context"),
        ("goal", "context"),
        (",", "context"),
        ("of", "context"),
        ("Norway", "context"),
    ]
    # [CLS] norway [SEP] a goal , of norway [SEP]
    assert [w.tokens for w in words] == [(1,), (3,), (4,), (5,), (6,), (7,)]
    for word in words:
        text = "Norway" if word.part == "name" else "a goal, of Norway"
        assert text[word.start : word.end] == word.text


def test_word_pieces_are_one_word() -> None:
    """The bundled text model splits Türkiye in three."""
    from mimic.config import MINILM_WHEEL, ModelConfig

    config = ModelConfig(text=MINILM_WHEEL)
    bundled = Processor(config, load_tokenizer(config))
    words = bundled.words("Türkiye", "Türkiye 🎉 won 3:1")
    assert [w.text for w in words] == ["Türkiye", "Türkiye", "🎉", "won", "3", ":", "1"]
    assert words[0].tokens == (1, 2, 3) and words[1].tokens == (5, 6, 7)


def test_what_is_cut_is_no_word(processor: Processor) -> None:
    """Twelve tokens: [CLS], norway, [SEP], eight words and [SEP]."""
    words = processor.words("norway", "a a a a a a a a a a")
    assert [w.text for w in words] == ["norway", *"aaaaaaaa"]
    assert processor.words("norway" + " a" * 20, "goal")[-1].part == "name"
    assert len(processor.texts(["norway"], ["a a a a a a a a a a"]).input_ids[0]) == 12


def test_patch_boxes_cover_the_picture_and_invert_the_squash(processor: Processor) -> None:
    boxes = processor.patch_boxes((30, 20), (2, 3))
    assert boxes[0] == (0, 0, 10, 10) and boxes[5] == (20, 10, 30, 20)
    assert sum((r - x) * (b - y) for x, y, r, b in boxes) == 30 * 20
    assert processor.patch_boxes((0, 0), (1, 1)) == ((0, 0, 0, 0),)

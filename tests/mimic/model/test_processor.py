"""Pictures and mentions that people really have: damaged, huge, turned, in odd scripts."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from PIL import Image, ImageFile
from support import tiny
from support.png import png_header

from mimic.errors import InputError
from mimic.model.pictures import read_picture
from mimic.model.processor import (
    MAX_SURFACE,
    MAX_TEXT,
    Processor,
    check_mention,
    load_tokenizer,
)
from mimic.schema import Mention

SVG = b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect width="9"/></svg>'


def encoded(kind: str = "PNG", mode: str = "RGB", **options: object) -> bytes:
    picture = Image.linear_gradient("L").resize((60, 40)).convert("RGB").convert(mode)
    stream = io.BytesIO()
    picture.save(stream, kind, **options)
    return stream.getvalue()


BAD = {
    "zero bytes": (b"", "not a picture"),
    "text": (b"hello", "not a picture"),
    "SVG named PNG": (SVG, "not a picture"),
    "a PNG's first bytes": (encoded()[:20], "picture"),
    "half a PNG": (encoded()[: len(encoded()) // 2], "damaged or cut short"),
    "half a JPEG": (encoded("JPEG")[: len(encoded("JPEG")) // 2], "damaged or cut short"),
    "400 megapixels": (png_header(20_000, 20_000), "pixels"),
    "60 megapixels": (png_header(10_000, 6_000), "at most 50 megapixels"),
    "100 megapixels": (png_header(10_000, 10_000), "pixels"),
    "PDF": (b"%PDF-1.4\n%%EOF", "not a picture"),
    "EPS": (b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n%%EOF\n", "not a picture"),
}


@pytest.mark.parametrize("name", BAD)
def test_a_bad_picture_is_one_line(name: str, tmp_path: Path) -> None:
    content, message = BAD[name]
    (tmp_path / "p.png").write_bytes(content)
    with pytest.raises(InputError, match=message) as raised:
        read_picture(tmp_path / "p.png")
    assert "p.png" in str(raised.value) and "\n" not in str(raised.value)


@pytest.mark.parametrize("size", [(20_000, 20_000), (10_000, 10_000), (50_000_001, 1)])
def test_a_huge_picture_is_refused_before_it_is_decoded(
    size: tuple[int, int], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def load(_: object) -> None:
        raise AssertionError("decoded")

    monkeypatch.setattr(ImageFile.ImageFile, "load", load)
    (tmp_path / "p.png").write_bytes(png_header(*size))
    with pytest.raises(InputError, match="pixels"):
        read_picture(tmp_path / "p.png")
    (tmp_path / "p.png").write_bytes(png_header(5_000, 10_000))  # the limit itself is read
    with pytest.raises(InputError, match="decoded"):
        read_picture(tmp_path / "p.png")


def test_paths_that_hold_no_picture(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no such file"):
        read_picture(tmp_path / "absent.png")
    with pytest.raises(InputError):
        read_picture(tmp_path)
    with pytest.raises(InputError):
        read_picture(Path("nul\0.png"))
    with pytest.raises(InputError):
        read_picture(Path("x" * 5000))


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP", "GIF", "BMP", "TIFF"])
def test_damage_anywhere_never_raises_anything_else(kind: str, tmp_path: Path) -> None:
    """Cut at every length in steps, and with random bytes in the header and beyond."""
    whole = encoded(kind)
    rng = np.random.default_rng(3)
    damaged = [whole[:n] for n in range(0, len(whole), max(1, len(whole) // 25))]
    for _ in range(60):
        spoiled = bytearray(whole)
        for place in rng.integers(0, min(len(whole), 300), 3):
            spoiled[place] = rng.integers(256)
        damaged.append(bytes(spoiled))
    path = tmp_path / "p.bin"
    for content in damaged:
        path.write_bytes(content)
        try:
            assert read_picture(path).mode == "RGB"
        except InputError as error:
            assert "\n" not in str(error)


def saved(tmp_path: Path, picture: Image.Image, name: str = "p.png", **options: Any) -> Image.Image:
    picture.save(tmp_path / name, **options)
    return read_picture(tmp_path / name)


def colour_at(picture: Image.Image, x: int, y: int) -> tuple[int, ...]:
    colour = picture.getpixel((x, y))
    assert isinstance(colour, tuple)
    return colour


def test_cmyk(tmp_path: Path) -> None:
    red = saved(tmp_path, Image.new("CMYK", (8, 8), (0, 255, 255, 0)), "p.jpg")
    r, g, b = colour_at(red, 4, 4)
    assert r > 200 and g < 60 and b < 60


def test_sixteen_bits_keep_their_shades(tmp_path: Path) -> None:
    grey = np.full((4, 4), 32768, np.uint16)
    grey[0, 0] = 65535
    picture = saved(tmp_path, Image.fromarray(grey))
    assert picture.getpixel((2, 2)) == (127, 127, 127)
    assert picture.getpixel((0, 0)) == (255, 255, 255)


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGBA", "I", "F", "LAB", "PA", "RGBX"])
def test_every_mode_that_can_be_stored(mode: str, tmp_path: Path) -> None:
    try:
        picture = Image.new(mode, (8, 8))
        picture.save(tmp_path / "p.tif")
    except (OSError, ValueError):
        pytest.skip(f"TIFF does not store {mode}")
    assert read_picture(tmp_path / "p.tif").mode == "RGB"


def test_transparency_is_laid_on_white(tmp_path: Path) -> None:
    assert saved(tmp_path, Image.new("RGBA", (4, 4), (0, 0, 0, 0))).getpixel((1, 1)) == (255,) * 3
    half = saved(tmp_path, Image.new("RGBA", (4, 4), (0, 0, 0, 128))).getpixel((1, 1))
    assert half == pytest.approx((127,) * 3, abs=1)
    palette = Image.new("P", (4, 4), 1)
    palette.putpalette([10, 20, 30, 40, 50, 60])
    assert saved(tmp_path, palette).getpixel((0, 0)) == (40, 50, 60)
    assert saved(tmp_path, palette, "t.png", transparency=1).getpixel((0, 0)) == (255,) * 3


def test_exif_rotation(tmp_path: Path) -> None:
    picture = Image.new("RGB", (40, 20), "blue")
    picture.paste("red", (0, 0, 20, 20))  # left half red
    exif = Image.Exif()
    exif[0x0112] = 6  # shown turned by 90 degrees clockwise: red on top
    turned = saved(tmp_path, picture, "p.jpg", exif=exif, quality=95)
    assert turned.size == (20, 40)
    assert colour_at(turned, 10, 5)[0] > 200 and colour_at(turned, 10, 35)[2] > 200


def test_an_animation_gives_its_first_frame(tmp_path: Path) -> None:
    frames = [Image.new("RGB", (8, 8), colour) for colour in ("red", "blue")]
    first = saved(tmp_path, frames[0], "p.gif", save_all=True, append_images=frames[1:])
    assert first.getpixel((4, 4)) == (255, 0, 0)


def test_the_name_does_not_matter(tmp_path: Path) -> None:
    (tmp_path / "p.txt").write_bytes(encoded("JPEG"))
    assert read_picture(tmp_path / "p.txt").size == (60, 40)


@pytest.fixture(scope="module")
def processor(text_model: Path) -> Processor:
    config = tiny.model_config(text_model)
    return Processor(config, load_tokenizer(config))


def test_pictures_are_squashed_and_standardised(processor: Processor, tmp_path: Path) -> None:
    wide = Image.new("RGB", (64, 16), (0, 0, 255))
    wide.paste((255, 0, 0), (0, 0, 32, 16))
    wide.save(tmp_path / "p.png")
    out = processor.pictures([tmp_path / "p.png", None])
    assert out.shape == (2, 3, 16, 16) and out[1].abs().max() == 0
    # both ends are still there: squashed, not cropped
    mean, std = processor.config.image_mean, processor.config.image_std
    assert out[0, 0, 8, 0].item() == pytest.approx((1 - mean[0]) / std[0], abs=1e-5)
    assert out[0, 2, 8, 15].item() == pytest.approx((1 - mean[2]) / std[2], abs=1e-5)
    assert out[0, 1, 8, 8].item() == pytest.approx(-mean[1] / std[1], abs=1e-5)


def test_texts_are_padded_and_truncation_is_told(processor: Processor) -> None:
    words = "norway " * 9
    # [CLS] norway [SEP] + context + [SEP]: 4 + n tokens, 12 fit
    texts = processor.texts(
        ["norway"] * 3,
        ["goal", words[:55], words],
    )
    assert texts.input_ids.shape == (3, 12)
    assert texts.attention_mask.sum(1).tolist() == [5, 12, 12]
    assert texts.truncated == [False, False, True]
    assert texts.input_ids[0, 5:].tolist() == [0] * 7
    assert texts.input_ids[0, :5].tolist()[2] == 3  # [SEP] is one token, not three
    assert torch.equal(texts.input_ids[0], processor.texts(["norway"], ["goal"]).input_ids[0])


def test_without_a_tokenizer_texts_are_refused(processor: Processor) -> None:
    with pytest.raises(InputError, match="without a tokenizer"):
        Processor(processor.config, None).texts(["a"], ["b"])


SENTENCES = [
    ("Norway won", "Norway", (0, 6)),
    ("Norway beat Norway", "Norway", (0, 6)),
    ("🎉🎉 Norway 🇳🇴", "Norway", (3, 9)),  # offsets count code points, not UTF-16 units
    ("go 🇳🇴 go", "🇳🇴", (3, 5)),
    ("the 👩‍👩‍👧 team", "👩‍👩‍👧", (4, 9)),
    ("Cafe\u0301 Luna", "Cafe\u0301", (0, 5)),  # a combining accent
    ("in İstanbul today", "İstanbul", (3, 11)),
    ("挪威队赢了", "挪威", (0, 2)),
    ("فازت النرويج", "النرويج", (5, 12)),
    ("a\nNorway\tb", "Norway", (2, 8)),
]


@pytest.mark.parametrize(("sentence", "surface", "span"), SENTENCES)
def test_the_span_is_found(sentence: str, surface: str, span: tuple[int, int]) -> None:
    found = check_mention(Mention(surface, sentence)).span
    assert found == span and sentence[slice(*span)] == surface
    assert check_mention(Mention(surface, sentence, span=span)).span == span


def test_a_given_span_chooses_the_occurrence() -> None:
    mention = Mention("Norway", "Norway beat Norway", Path("x.png"), (12, 18), "id-1")
    assert check_mention(mention) == mention


@pytest.mark.parametrize(
    ("mention", "message"),
    [
        (Mention("Norway", ""), "sentence is empty"),
        (Mention("Norway", " \n\t"), "sentence is empty"),
        (Mention("", "Norway won"), "mention is empty"),
        (Mention("  ", "Norway  won"), "mention is empty"),
        (Mention("norway", "Norway won"), "'norway' is not in the sentence"),
        (Mention("Caf\u00e9", "Cafes"), "not in the sentence"),
        (Mention("\u200b\u00ad", "Nor\u00adway"), "mention is empty"),
        (Mention("x" * (MAX_SURFACE + 1), "x" * 300), f"at most {MAX_SURFACE}"),
        (Mention("x", "x" * (MAX_TEXT + 1)), "at most 2,000"),
        (Mention("Norway", "Norway won", span=(0, 5)), "covers 'Norwa'"),
        (Mention("Norway", "Norway won", span=(0, 60)), "outside the sentence"),
        (Mention("Norway", "Norway won", span=(-10, -4)), "outside the sentence"),
        (Mention("Norway", "Norway won", span=(6, 0)), "outside the sentence"),
        (Mention("Norway", "Norway won", span=(3, 3)), "outside the sentence"),
        (Mention("Norway", "🎉 Norway won", span=(3, 9)), "covers"),  # UTF-16 offsets
    ],
)
def test_bad_mentions(mention: Mention, message: str) -> None:
    with pytest.raises(InputError, match=message):
        check_mention(mention)


def test_the_limits_themselves_are_allowed() -> None:
    assert check_mention(Mention("x", "x" * MAX_TEXT)).span == (0, 1)
    assert check_mention(Mention("x" * MAX_SURFACE, "x" * MAX_SURFACE)).span == (0, MAX_SURFACE)

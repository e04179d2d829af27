"""The one loader: bad metadata, deep numbers, small files that grow, what is missing."""

from __future__ import annotations

import base64
import io
import json
import struct
import threading
import tracemalloc
import zlib
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image, features
from support.fake_linker import FakeLinker

import mimic.model.pictures
from analysis.drawing.explanation import drawn_size
from demo.html import page as render
from demo.html.pictures import data_uri, data_uri_of
from demo.messages import translated
from demo.texts import words
from mimic.data.audit import look
from mimic.data.kb_import import import_kb
from mimic.errors import InputError
from mimic.linking.linker import EntityLinker
from mimic.model.picture_bytes import MAX_SCANS
from mimic.model.pictures import (
    CUT_SHORT,
    opened_picture,
    picture_from,
    picture_notice,
    read_picture,
)
from mimic.schema import Mention, result_record

Run = Callable[..., tuple[int, str, str]]
TURNED = 6  # EXIF: shown turned by 90 degrees clockwise


def photo(width: int = 64, height: int = 48) -> Image.Image:
    """Smooth, and different in every corner."""
    across, down = np.meshgrid(np.linspace(0, 255, width), np.linspace(0, 255, height))
    return Image.fromarray(np.stack([across, down, 255 - across], 2).astype(np.uint8))


def noise(mode: str = "RGB") -> Image.Image:
    """A picture of which every row and every band takes about as many bytes."""
    rng = np.random.default_rng(7)
    bands = [Image.fromarray(rng.integers(0, 256, (60, 80), dtype=np.uint8)) for _ in mode]
    return Image.merge(mode, bands).resize((320, 240), Image.Resampling.BICUBIC)


def encoded(picture: Image.Image, kind: str, **options: Any) -> bytes:
    buffer = io.BytesIO()
    picture.save(buffer, kind, **options)
    return buffer.getvalue()


def chunk(kind: bytes, body: bytes, crc: int | None = None) -> bytes:
    check = zlib.crc32(kind + body) if crc is None else crc
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", check)


def png(*chunks: bytes, last: bool = False) -> bytes:
    """The photo with more chunks behind its header, or before its end."""
    whole = encoded(photo(), "PNG")
    place = len(whole) - 12 if last else 33
    return whole[:place] + b"".join(chunks) + whole[place:]


def jpeg(*segments: tuple[int, bytes]) -> bytes:
    """The photo with more segments before all others."""
    whole = encoded(photo(), "JPEG", quality=95)
    more = [bytes((0xFF, m)) + struct.pack(">H", len(body) + 2) + body for m, body in segments]
    return whole[:2] + b"".join(more) + whole[2:]


def directory(*entries: tuple[int, int, int, bytes], order: str = "<") -> bytes:
    """A TIFF directory: tag, type, count and the four bytes of each value."""
    body = b"".join(struct.pack(order + "HHI", *e[:3]) + e[3] for e in sorted(entries))
    return struct.pack(order + "H", len(entries)) + body + bytes(4)


def short(value: int) -> bytes:
    return struct.pack("<HH", value, 0)


def long(value: int) -> bytes:
    return struct.pack("<I", value)


def exif(*entries: tuple[int, int, int, bytes]) -> bytes:
    return b"II*\0" + long(8) + directory(*entries)


def tiff(*entries: tuple[int, int, int, bytes]) -> bytes:
    """A grey picture of 6 x 4 pixels, from 0 to 230 in steps of 10, with more tags."""
    own = [(256, 3, 1, short(6)), (257, 3, 1, short(4)), (258, 3, 1, short(8))]
    own += [(262, 3, 1, short(1)), (273, 4, 1, long(8)), (278, 3, 1, short(4))]
    own += [(279, 4, 1, long(24))]
    pixels = bytes(range(0, 240, 10))
    return b"II*\0" + long(8 + len(pixels)) + pixels + directory(*own, *entries)


ORIENTATION = (0x0112, 3, 1, short(TURNED))
ZERO_RATIONAL = (0x9201, 10, 1, long(8))  # a signed rational somewhere in the head
FLOAT_MAKE = (0x010F, 11, 1, struct.pack("<f", 1.5))  # a text that is a float
LOST = (0x010E, 2, 1000, long(60_000))  # a text behind the end
PACKED = zlib.compress(b"a" * 3_000_000)
TURNING = exif(ORIENTATION, ZERO_RATIONAL, FLOAT_MAKE, LOST)
PROFILE = b"\nexif\n      26\n" + TURNING.hex().encode()


@pytest.mark.parametrize(
    "data",
    [
        jpeg((0xE1, b"Exif\0\0" + TURNING)),
        png(chunk(b"eXIf", TURNING)),
        png(chunk(b"eXIf", TURNING), last=True),
        png(chunk(b"zTXt", b"Raw profile type exif\0\0" + zlib.compress(PROFILE))),
        png(chunk(b"tEXt", b"Raw profile type exif\0" + PROFILE)),
        encoded(photo(), "WEBP", exif=b"Exif\0\0" + TURNING),
        tiff(ORIENTATION, FLOAT_MAKE, LOST),
    ],
    ids=["jpeg", "eXIf", "eXIf last", "profile", "plain profile", "webp", "tiff"],
)
def test_of_odd_metadata_the_orientation_alone_is_read(
    data: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Image.Exif, "tobytes", lambda *_: pytest.fail("EXIF is written"))
    picture = picture_from(data, "p")
    assert picture.width < picture.height and picture.info == {}
    assert data_uri_of(data, 64) is not None


@pytest.mark.parametrize(
    "data",
    [
        png(chunk(b"zTXt", b"Comment\0\0" + PACKED)),
        png(chunk(b"zTXt", b"Comment\0\0" + PACKED), last=True),
        png(chunk(b"iTXt", b"XML:com.adobe.xmp\0\1\0\0\0" + PACKED)),
        png(*[chunk(b"tEXt", b"Comment\0" + bytes(1_000_000))] * 70),
        png(chunk(b"zTXt", b"Raw profile type exif\0\0" + PACKED)),
        png(chunk(b"tEXt", b"Raw profile type exif\0\n\n\nno hex")),
        png(chunk(b"tEXt", b"exif\0b'Exif'")),
        png(chunk(b"iCCP", b"p\0\0" + PACKED)),
        png(chunk(b"iCCP", b"p\0\7")),
        png(chunk(b"eXIf", b"no EXIF at all")),
        png(chunk(b"pHYs", b"1")),
        png(chunk(b"tIME", b"1234567", crc=5)),
        png(chunk(b"acTL", b"")),
        jpeg((0xE1, b"Exif\0\0no EXIF at all")),
        jpeg((0xE1, b"Exif\0\0" + exif((0x0112, 3, 1, short(9))))),
        jpeg((0xE2, b"ICC_PROFILE\0")),
        jpeg((0xE2, b"MPF\0II*\0" + long(8) + directory((0xB001, 4, 1, long(2))))),
        jpeg((0xE0, b"JFIF\0")),
        jpeg((0xEE, b"Adobe")),
        jpeg((0xED, b"Photoshop 3.0\0008BIM\4\4")),
        encoded(photo(), "WEBP", lossless=True, exif=b"Exif\0\0no EXIF at all"),
    ],
)
def test_a_picture_does_not_depend_on_what_is_said_about_it(data: bytes) -> None:
    read = np.asarray(picture_from(data, "p"), np.int16)
    assert np.abs(read - np.asarray(photo(), np.int16)).max() <= 12  # what JPEG may change


@pytest.mark.parametrize(
    "entries",
    [
        [(40965, 4, 1, long(1))],  # interoperability where none can stand
        [(34853, 8, 1, struct.pack("<hh", -49, 0))],  # GPS before the file
        [(700, 3, 2, short(1))],  # XMP that is numbers
        [LOST],
        [(271, 12, 1000, long(9))],
    ],
)
@pytest.mark.parametrize("turn", [1, 3])
def test_nor_does_a_tiff(entries: list[tuple[int, int, int, bytes]], turn: int) -> None:
    read = np.asarray(picture_from(tiff((274, 3, 1, short(turn)), *entries), "p"))[:, :, 0]
    shades = np.arange(0, 240, 10, dtype=np.uint8).reshape(4, 6)
    assert (read == (shades if turn == 1 else shades[::-1, ::-1])).all()


#: What the numbers mean, by EXIF: which of the stored rows and columns is shown first.
UPRIGHT: dict[int, Callable[[np.ndarray], np.ndarray]] = {
    1: lambda a: a,
    2: lambda a: a[:, ::-1],
    3: lambda a: a[::-1, ::-1],
    4: lambda a: a[::-1],
    5: lambda a: a.transpose(1, 0, 2),
    6: lambda a: a[::-1].transpose(1, 0, 2),
    7: lambda a: a[::-1, ::-1].transpose(1, 0, 2),
    8: lambda a: a[:, ::-1].transpose(1, 0, 2),
}


@pytest.mark.parametrize("number", UPRIGHT)
@pytest.mark.parametrize("kind", ["PNG", "TIFF", "WEBP"])
def test_all_eight_orientations(number: int, kind: str) -> None:
    tags = Image.Exif()
    tags[0x0112] = number
    lossless = {"lossless": True} if kind == "WEBP" else {}
    read = np.asarray(picture_from(encoded(photo(), kind, exif=tags, **lossless), "p"))
    assert (read == UPRIGHT[number](np.asarray(photo()))).all()


@pytest.mark.parametrize(
    ("type", "value"),
    [
        (1, bytes((TURNED, 0, 0, 0))),
        (2, b"6\0\0\0"),
        (4, long(TURNED)),
        (7, bytes((TURNED, 0, 0, 0))),
        (8, short(TURNED)),
        (11, struct.pack("<f", TURNED)),
    ],
)
def test_an_orientation_of_another_type(type: int, value: bytes) -> None:
    data = jpeg((0xE1, b"Exif\0\0" + exif((0x0112, type, 1, value))))
    assert picture_from(data, "p").size == (48, 64)


def test_several_jpegs_in_one_are_read_as_the_first() -> None:
    data = encoded(photo(), "MPO", save_all=True, append_images=[Image.new("RGB", (9, 9))])
    assert picture_from(data, "p").size == (64, 48)
    assert not mimic.model.pictures.bare(data).cut_short


# --- what is missing ------------------------------------------------------------------------


@pytest.mark.parametrize("progressive", [False, True])
@pytest.mark.parametrize("mode", ["RGB", "L", "CMYK"])
def test_a_jpeg_without_its_last_bytes_is_read_with_a_notice(
    mode: str, progressive: bool, tmp_path: Path
) -> None:
    whole = encoded(noise(mode), "JPEG", progressive=progressive)
    path = tmp_path / "p.jpg"
    path.write_bytes(whole)
    right = np.asarray(read_picture(path), np.int16)
    assert picture_notice(path) == "" and not look(path).cut_short
    for lacking in (2, 3, len(whole) // 50):
        path.write_bytes(whole[:-lacking])
        read = np.asarray(read_picture(path), np.int16)
        assert read.shape == right.shape and picture_notice(path) == CUT_SHORT
        assert np.abs(read - right)[:200].mean() < 4  # but for the last rows the same picture
        assert look(path).cut_short
    for rest in (2, 3, 10):
        path.write_bytes(whole[: len(whole) // rest])
        with pytest.raises(InputError, match="damaged or cut short"):
            read_picture(path)
        assert data_uri(path, 64) is None


def test_a_jpeg_cut_in_its_head_is_refused() -> None:
    whole = encoded(noise(), "JPEG")
    for end in range(3, whole.index(b"\xff\xda") + 14, 7):
        with pytest.raises(InputError):
            picture_from(whole[:end], "p")


@pytest.fixture
def cut(tmp_path: Path) -> Path:
    path = tmp_path / "cut.jpg"
    path.write_bytes(encoded(noise(), "JPEG")[:-20])
    return path


def test_a_link_says_what_is_missing(
    call: Run, cut: Path, data: Path, model_folder: Path, tmp_path: Path
) -> None:
    mention = Mention("Norway", "the flag of Norway", cut)
    result = EntityLinker.load(model_folder, data, "cpu", tmp_path / "c").link(mention, k=2)
    assert result.notice == CUT_SHORT == result_record(result)["notice"]
    typed = ("--sentence", mention.sentence, "--mention", "Norway", "--image", cut)
    where = ("--model", model_folder, "--kb", data, "--cache", tmp_path / "c", "-k", "2")
    code, out, err = call("link", *typed, *where, "--json")
    assert code == 0 and json.loads(out)["notice"] == CUT_SHORT
    assert f"cut.jpg: {CUT_SHORT}" in err
    shown = render.ranking(words("en"), mention, replace(FakeLinker().link(mention), notice="x"))
    assert words("en")["picture_cut_short"] in shown


def test_an_import_takes_it_and_says_so(cut: Path, tmp_path: Path) -> None:
    (tmp_path / "images").mkdir()
    cut.rename(tmp_path / "images" / "cut.jpg")
    (tmp_path / "images" / "odd.png").write_bytes(png(chunk(b"zTXt", b"Comment\0\0" + PACKED)))
    table = tmp_path / "t.csv"
    table.write_text("name,description,image\nChad,a lake,cut.jpg\nMali,a country,odd.png\n")
    summary = import_kb(table, tmp_path / "kb", tmp_path / "images")
    assert summary["images"] == 2 and summary["images_left_out"] == []
    assert summary["images_cut_short"] == [{"row": 1, "image": "cut.jpg"}]


# --- what the page shows is what the model reads ----------------------------------------------

RAMP = np.linspace(0, 1, 64)[None, :].repeat(64, 0)  # black on the left, white on the right
GLASS = np.concatenate([np.full((64, 32), 255), np.zeros((64, 32))], 1).astype(np.uint8)
SHADES = (RAMP * 255).astype(np.uint8)


def holed(values: np.ndarray) -> np.ndarray:
    """With pixels that are no numbers, which count as black and white."""
    values = values.astype(np.float32)
    values[60, 0], values[61, 0], values[62, 63] = np.nan, -np.inf, np.inf
    return values


def palette() -> Image.Image:
    picture = Image.fromarray(SHADES).convert("P")
    picture.putpalette([shade for i in range(256) for shade in (i, 255 - i, 7)])
    return picture


def wide_tiff(values: np.ndarray, bits: int, form: int, order: str = "<") -> bytes:
    """A TIFF of numbers of so many bits (form: 1 unsigned, 2 signed, 3 float)."""
    raw = values.astype(values.dtype.newbyteorder("<" if order == "<" else ">")).tobytes()
    number: Callable[[int], bytes] = lambda value: struct.pack(order + "HH", value, 0)  # noqa: E731
    own = [(256, 3, 1, number(64)), (257, 3, 1, number(64)), (258, 3, 1, number(bits))]
    own += [(262, 3, 1, number(1)), (273, 4, 1, struct.pack(order + "I", 8))]
    own += [(279, 4, 1, struct.pack(order + "I", len(raw))), (339, 3, 1, number(form))]
    head = (b"II*\0" if order == "<" else b"MM\0*") + struct.pack(order + "I", 8 + len(raw))
    return head + raw + directory(*own, order=order)


def on_white(shade: np.ndarray, alpha: np.ndarray) -> np.ndarray:
    share = alpha / 255
    return shade * share + 255 * (1 - share)


def numbers(values: np.ndarray, kind: str) -> bytes:
    """A TIFF of numbers of a NumPy kind such as `<u2`."""
    form = {"u": 1, "i": 2, "f": 3}[kind[1]]
    return wide_tiff(values.astype(kind), 8 * int(kind[2]), form, kind[0])


def merged(mode: str, *bands: np.ndarray) -> Image.Image:
    return Image.merge(mode, [Image.fromarray(band.astype(np.uint8)) for band in bands])


def deep(values: np.ndarray) -> bytes:
    return encoded(Image.fromarray(values.astype(np.uint16)), "PNG")


#: A file of each kind, and the red that is right.
MODES: dict[str, tuple[bytes, np.ndarray]] = {
    "16-bit PNG": (deep(RAMP * 65535), RAMP * 255),
    "dark 16-bit PNG": (deep(RAMP * 25700), RAMP * 100),
    "16-bit PNG, black transparent": (
        encoded(Image.fromarray((RAMP * 65535).astype(np.uint16)), "PNG", transparency=0),
        np.where(RAMP == 0, 255, RAMP * 255),
    ),
    "16-bit TIFF": (numbers(RAMP * 65535, "<u2"), RAMP * 255),
    "16-bit TIFF, big endian": (numbers(RAMP * 65535, ">u2"), RAMP * 255),
    "signed 16-bit TIFF": (numbers(RAMP * 32767, "<i2"), RAMP * 255),
    "32-bit TIFF of 16 bits": (numbers(RAMP * 65535, "<i4"), RAMP * 255),
    "32-bit TIFF of 8 bits": (numbers(RAMP * 255, "<i4"), RAMP * 255),
    "32-bit TIFF": (numbers(RAMP * (2**31 - 1), "<i4"), RAMP * 255),
    "32-bit TIFF, big endian": (numbers(RAMP * (2**31 - 1), ">i4"), RAMP * 255),
    "unsigned 32-bit TIFF": (numbers(RAMP * (2**32 - 1), "<u4"), RAMP * 255),
    "negative numbers": (numbers(RAMP * 510 - 255, "<i4"), (RAMP * 510 - 255).clip(0)),
    "float from 0 to 1": (numbers(RAMP, "<f4"), RAMP * 255),
    "float from 0 to 0.5": (numbers(RAMP / 2, "<f4"), RAMP * 127.5),
    "float from 0 to 255": (numbers(RAMP * 255, "<f4"), RAMP * 255),
    "float from 0 to 100": (numbers(RAMP * 100, ">f4"), RAMP * 100),
    "float, overshot": (numbers(RAMP * 1.05, "<f4"), (RAMP * 1.05 * 255).clip(0, 255)),
    "float with NaN": (numbers(holed(RAMP), "<f4"), RAMP * 255),
    "NaN from 0 to 255": (numbers(holed(RAMP * 255), "<f4"), RAMP * 255),
    "nothing but NaN": (numbers(RAMP * np.nan, "<f4"), RAMP * 0),
    "palette": (encoded(palette(), "PNG"), SHADES),
    "palette, transparent": (
        encoded(palette(), "PNG", transparency=bytes(255 if i < 128 else 0 for i in range(256))),
        np.where(SHADES < 128, SHADES, 255),
    ),
    "LA": (encoded(merged("LA", SHADES, GLASS), "PNG"), on_white(SHADES, GLASS)),
    "RGBA": (
        encoded(merged("RGBA", SHADES, SHADES, SHADES, GLASS), "PNG"),
        on_white(SHADES, GLASS),
    ),
    "CMYK": (encoded(merged("CMYK", 255 - SHADES, *[SHADES * 0] * 3), "TIFF"), SHADES),
    "1": (
        encoded(Image.fromarray(SHADES).convert("1", dither=Image.Dither.NONE), "PNG"),
        np.where(SHADES >= 128, 255, 0),
    ),
}


@pytest.mark.parametrize("name", MODES)
def test_what_the_page_shows_is_what_the_model_reads(name: str) -> None:
    data, right = MODES[name]
    read = np.asarray(picture_from(data, "p"), np.float64)[:, :, 0]
    assert np.abs(read - right).max() <= 1.01
    uri = data_uri_of(data, 64)
    assert uri is not None
    shown = Image.open(io.BytesIO(base64.b64decode(uri.split(",")[1])))
    red = np.asarray(shown.convert("RGB"), np.float64)[:, :, 0]
    # JPEG blurs colours, and rings at an edge; white or black for grey is ten times as far
    assert np.abs(red - right).mean() <= 12


def test_a_tiff_of_12_bits_is_counted_to_4095() -> None:
    """Two numbers in three bytes."""
    row = b"".join(((a << 12) | b).to_bytes(3) for a, b in [(0, 2048), (4095, 1024)])
    own = [(256, 3, 1, short(4)), (257, 3, 1, short(1)), (258, 3, 1, short(12))]
    own += [(262, 3, 1, short(1)), (273, 4, 1, long(8)), (279, 4, 1, long(len(row)))]
    data = b"II*\0" + long(8 + len(row)) + row + directory(*own)
    assert np.asarray(picture_from(data, "p"))[0, :, 0].tolist() == [0, 127, 255, 63]


def test_an_entity_whose_picture_cannot_be_shown_has_a_placeholder(tmp_path: Path) -> None:
    broken = tmp_path / "broken.png"
    mention = Mention("Norway", "the flag of Norway")
    for data in (b"", b"\x89PNG\r\n\x1a\nno more", encoded(noise(), "JPEG")[:900]):
        broken.write_bytes(data)
        result = FakeLinker().link(mention, 3)
        shown = tuple(replace(c, entity=replace(c.entity, image=broken)) for c in result.candidates)
        listed = render.ranking(words("en"), mention, replace(result, candidates=shown))
        assert listed.count('<span class="picture none">') == 3
    assert data_uri(Path("nul\0"), 64) is None


# --- small files that grow --------------------------------------------------------------------


def test_a_deep_picture_is_never_held_as_floats() -> None:
    """9 megapixels would be 72 MB of them."""
    data = encoded(Image.new("I;16", (3000, 3000), 25700), "PNG")
    tracemalloc.start()
    try:
        picture = picture_from(data, "p")
        assert picture.getpixel((2999, 2999)) == (100, 100, 100)
        assert tracemalloc.get_traced_memory()[1] < 40_000_000
    finally:
        tracemalloc.stop()


def test_pictures_wait_for_each_other(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mimic.model.pictures, "_PIXELS", mimic.model.pictures._Budget(64 * 48))
    data, sizes = png(), []
    other = threading.Thread(target=lambda: sizes.append(picture_from(data, "p").size))
    with opened_picture(data):
        other.start()
        other.join(0.3)
        assert other.is_alive() and sizes == []
    other.join()
    assert sizes == [(64, 48)]
    with pytest.raises(InputError):
        picture_from(data[:60], "p")
    assert picture_from(data, "p").size == (64, 48)  # what failed has given back its share


def scanned(times: int) -> bytes:
    """A progressive JPEG whose last scan of the ten comes again and again."""
    whole = encoded(photo(), "JPEG", progressive=True)
    scan = whole[whole.rindex(b"\xff\xda") : -2]
    return whole[:-2] + scan * times + whole[-2:]


def test_the_scans_of_a_jpeg_are_counted_before_it_is_decoded(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(mimic.model.pictures, "_opened", lambda *_: pytest.fail("opened"))
    with pytest.raises(InputError, match=f"^p: a JPEG of more than {MAX_SCANS} scans") as raised:
        picture_from(scanned(2000), "p")
    assert translated(str(raised.value), "zh") == "JPEG 图片的扫描次数超过 64，请重新保存"
    monkeypatch.undo()
    assert picture_from(scanned(MAX_SCANS - 10), "p").size == (64, 48)


def test_a_line_of_millions_of_pixels_is_refused() -> None:
    data = encoded(Image.new("1", (1_000_001, 1)), "PNG")
    with pytest.raises(InputError, match="p: too many pixels in a line"):
        picture_from(data, "p")


# --- kinds ------------------------------------------------------------------------------------


def container(brand: bytes) -> bytes:
    return struct.pack(">I", 24) + b"ftyp" + brand + bytes(4) + brand + b"miaf" + bytes(40)


@pytest.mark.parametrize("brand", [b"heic", b"heix", b"mif1"])
def test_without_the_plugin_the_message_of_a_heic_is_true(
    brand: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(mimic.model.pictures, "FORMATS", ("JPEG", "PNG"))
    with pytest.raises(InputError, match="^p: HEIC pictures cannot be read here") as raised:
        picture_from(container(brand), "p")
    assert translated(str(raised.value), "zh") == "无法读取 HEIC 图片，请存为 JPEG 或 PNG"
    with pytest.raises(InputError, match="not a picture"):
        picture_from(container(b"isom"), "p")  # a film


def heic(picture: Image.Image, **options: Any) -> bytes:
    heif = pytest.importorskip("pillow_heif")
    heif.register_heif_opener()
    return encoded(picture, "HEIF", quality=95, **options)


def test_heic_is_read_upright_and_checked_before_it_is_decoded() -> None:
    """Red on the left, turned a quarter by the container and by EXIF alike, once and not twice."""
    turned = Image.new("RGB", (64, 32), "white")
    turned.paste("red", (0, 0, 32, 32))
    read = picture_from(heic(turned), "p")
    assert (read.size, read.mode) == ((64, 32), "RGB")
    assert read.getpixel((8, 16))[1] < 40 and read.getpixel((56, 16))[1] > 215  # type: ignore[index]
    exif = Image.Exif()
    exif[0x0112] = TURNED  # the top of the scene is on the right
    upright = picture_from(heic(turned, exif=exif.tobytes()), "p")
    assert upright.size == (32, 64)
    assert upright.getpixel((16, 8))[1] < 40 and upright.getpixel((16, 56))[1] > 215  # type: ignore[index]
    data = heic(turned)
    for damaged in (data[: len(data) // 2], data[:-5], container(b"heic")):
        with pytest.raises(InputError, match="^p: the picture is damaged or cut short"):
            picture_from(damaged, "p")


def test_too_large_a_heic_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    data = heic(Image.new("RGB", (64, 32)))
    monkeypatch.setattr(mimic.model.pictures, "MAX_PIXELS", 64 * 32 - 1)
    with pytest.raises(InputError, match="^p: 64 x 32 pixels; at most"):
        picture_from(data, "p")


@pytest.mark.parametrize("kind", ["WEBP", "GIF", "AVIF"])
def test_of_a_film_the_first_picture_is_read(kind: str) -> None:
    if kind == "AVIF" and not features.check("avif"):
        pytest.skip("Pillow has no AVIF here")
    rest = [Image.new("RGB", (64, 48), colour) for colour in ("lime", "blue")]
    film = encoded(Image.new("RGB", (64, 48), "red"), kind, save_all=True, append_images=rest)
    red, green, blue = picture_from(film, "p").getpixel((30, 20))  # type: ignore[misc]
    assert red > 200 and green < 60 and blue < 60


def test_avif_is_read_where_pillow_can(monkeypatch: pytest.MonkeyPatch) -> None:
    if features.check("avif"):
        assert picture_from(encoded(photo(), "AVIF"), "p").size == (64, 48)
        with pytest.raises(InputError, match="damaged"):
            picture_from(container(b"avif"), "p")
    monkeypatch.setattr(mimic.model.pictures, "FORMATS", ("JPEG", "PNG"))
    with pytest.raises(InputError, match="AVIF pictures cannot be read here"):
        picture_from(container(b"avif"), "p")


# --- long and narrow --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("size", "drawn"),
    [
        ((60, 40), (3.0, 2.0)),
        ((40, 60), (3.0, 4.5)),
        ((40, 200), (1.5, 7.5)),  # as tall as may be, in its proportions
        ((1, 10_000), (0.3, 7.5)),
        ((10_000, 1), (3.0, 0.3)),
        ((30_000, 3), (3.0, 0.3)),
        ((1, 1), (3.0, 3.0)),
    ],
)
def test_a_drawn_picture_fits_a_page(size: tuple[int, int], drawn: tuple[float, float]) -> None:
    assert drawn_size(size, 3.0) == pytest.approx(drawn)

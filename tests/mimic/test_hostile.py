"""What a careless or hostile visitor sends: a real server on this machine, over plain HTTP."""

from __future__ import annotations

import base64
import io
import json
import struct
import zipfile
import zlib
from typing import Any

import pytest
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from benchmarks.client import Client, RefusedError
from demo.server.limits import MOST_BODY

SENTENCE = "A good day for Norway in front of a loud crowd."


@pytest.fixture(scope="module")
def client(url: str) -> Client:
    return Client(url)


def png(width: int = 64, height: int = 48, mode: str = "RGB", **options: Any) -> bytes:
    return encoded(Image.new(mode, (width, height)), "PNG", **options)


def encoded(picture: Image.Image, kind: str, **options: Any) -> bytes:
    buffer = io.BytesIO()
    picture.save(buffer, kind, **options)
    return buffer.getvalue()


def huge_png() -> bytes:
    """A PNG of 20,000 x 20,000 pixels that says so and holds nothing."""
    head = struct.pack(">IIBBBBB", 20_000, 20_000, 8, 2, 0, 0, 0)

    def chunk(kind: bytes, data: bytes) -> bytes:
        return (
            struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        )

    body = chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"")) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + body


def rotated() -> bytes:
    exif = Image.Exif()
    exif[0x0112] = 6  # turned by a quarter
    return encoded(Image.new("RGB", (64, 48), "red"), "JPEG", exif=exif)


def animated() -> bytes:
    frames = [Image.new("RGB", (32, 32), colour) for colour in ("red", "blue", "green")]
    return encoded(frames[0], "GIF", save_all=True, append_images=frames[1:])


def long_text() -> PngInfo:
    """Packed it is small; Pillow refuses a picture for it."""
    info = PngInfo()
    info.add_text("Comment", "a" * 3_000_000, zip=True)
    return info


def scanned() -> bytes:
    """A progressive JPEG that goes over the picture 2,000 times."""
    whole = encoded(Image.radial_gradient("L"), "JPEG", progressive=True)
    return whole[:-2] + whole[whole.rindex(b"\xff\xda") : -2] * 2000 + whole[-2:]


GOOD = {
    "cmyk.jpg": encoded(Image.new("CMYK", (64, 48)), "JPEG"),
    "16bit.png": encoded(Image.new("I;16", (64, 48), 40_000), "PNG"),
    "rotated.jpg": rotated(),
    "animated.gif": animated(),
    "transparent.png": png(mode="RGBA"),
    "pixel.png": png(1, 1),
    "line.png": png(1, 10_000),
    "text.png": png(pnginfo=long_text()),
    "cut.jpg": encoded(Image.radial_gradient("L"), "JPEG")[:-2],
    "\N{CJK UNIFIED IDEOGRAPH-4E2D} a'b.png": png(),
}
BAD = {
    "wrong.png": b"this is not a picture",
    "truncated.png": png(200, 200, compress_level=0)[:5000],
    "svg.png": b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>',
    "huge.png": huge_png(),
    "empty.png": b"",
    "scans.jpg": scanned(),
    "photo.heic": b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + bytes(100),
    "zip.jpg": b"PK\x03\x04" + bytes(100),
}


@pytest.mark.parametrize("name", GOOD)
def test_unusual_pictures_are_linked(client: Client, name: str) -> None:
    record = client.link(SENTENCE, "Norway", client.upload(name, GOOD[name]))
    assert record["image"] == "ok"
    assert len(record["candidates"]) == 3


@pytest.mark.parametrize("name", BAD)
def test_pictures_that_are_none_are_refused_in_words(client: Client, name: str) -> None:
    with pytest.raises(RefusedError) as refused:
        client.link(SENTENCE, "Norway", client.upload(name, BAD[name]))
    assert "picture" in str(refused.value)
    assert "/tmp" not in str(refused.value)
    assert name not in str(refused.value) or name == "picture"


@pytest.mark.parametrize(
    "path", ["/etc/passwd", "../../etc/passwd", "assets/kb/kb_entity.json", "file:///etc/passwd"]
)
def test_files_of_the_server_are_out_of_reach(client: Client, path: str) -> None:
    image = {"path": path, "meta": {"_type": "gradio.FileData"}}
    with pytest.raises(RefusedError) as refused:
        client.link(SENTENCE, "Norway", image)
    assert "root:" not in str(refused.value)
    for prefix in ("gradio_api/file=", "file=", "static/", "gradio_api/file%3D"):
        with pytest.raises(RefusedError):
            client.get(prefix + path)


def test_another_visitors_folder_cannot_be_listed_or_guessed(client: Client) -> None:
    mine = client.upload("mine.png", png())["path"]
    folder, name = mine.rsplit("/", 1)
    upload_root = folder.rsplit("/", 1)[0]
    for path in (folder, upload_root, f"{upload_root}/{'0' * 64}/{name}"):
        with pytest.raises(RefusedError):
            client.get(f"gradio_api/file={path}")


def test_sixty_megabytes_of_json_are_refused_at_once(client: Client) -> None:
    body = b'{"data": ["' + b"x" * 60_000_000 + b'"]}'
    assert len(body) > MOST_BODY
    try:
        client.send("gradio_api/call/link", body, "application/json")
    except RefusedError as refused:
        assert "413" in str(refused)
    except OSError:
        pass  # the server answered and closed while this side was still sending
    else:
        pytest.fail("it was taken")
    assert client.link(SENTENCE, "Norway")["candidates"]


@pytest.mark.parametrize(
    ("sentence", "mention", "message"),
    [
        ("Norway " * 150_000, "Norway", "at most 2,000"),
        ("Norway", "N" * 1_000_000, "at most 200"),
        ("", "", "sentence is empty"),
        ("Norway", "Sweden", "not in the sentence"),
    ],
)
def test_long_and_empty_texts_are_refused_in_words(
    client: Client, sentence: str, mention: str, message: str
) -> None:
    with pytest.raises(RefusedError) as refused:
        client.link(sentence, mention)
    assert message in str(refused.value)
    assert len(str(refused.value)) < 1000


@pytest.mark.parametrize(
    "mention",
    [
        "Norway",
        "\N{REGIONAL INDICATOR SYMBOL LETTER N}\N{REGIONAL INDICATOR SYMBOL LETTER O}",
        "\N{FAMILY}\u200d\N{ICE HOCKEY STICK AND PUCK}",
        "e\u0301\u0301\u0301",
        "\u05e0\u05d5\u05e8\u05d5\u05d5\u05d2\u05d9\u05d4",
        "\u202eyawroN",
        "挪威",
        "<script>alert(1)</script>",
    ],
)
def test_any_script_and_any_sign_can_be_a_mention(client: Client, mention: str) -> None:
    record = client.link(f"\N{SPARKLES} {mention} \u05e9\u05dc\u05d5\u05dd", mention)
    assert len(record["candidates"]) == 3


@pytest.mark.parametrize("k", [0, -1, 10**9, 1e308, "x", None, [3]])
def test_a_count_out_of_range_is_refused(client: Client, k: Any) -> None:
    with pytest.raises(RefusedError):
        client.call("link", sentence=SENTENCE, mention="Norway", k=k)


@pytest.mark.parametrize("rank_by", ["x" * 1_000_000, "__class__", "'; --"])
def test_an_unknown_order_is_refused_briefly(client: Client, rank_by: str) -> None:
    with pytest.raises(RefusedError) as refused:
        client.call("link", sentence=SENTENCE, mention="Norway", rank_by=rank_by)
    assert len(str(refused.value)) < 1000


# --- exports ---------------------------------------------------------------------------------

REQUEST = {"sentence": SENTENCE, "mention": "Norway", "gold": "atlas:norway"}


def exported(client: Client, cases: Any, **options: Any) -> dict[str, bytes]:
    """File name -> content of what `/export` gives."""
    files = client.call("export", cases=cases, **options)
    return {file["orig_name"]: client.get(file["url"]) for file in files}


def test_an_export_is_the_same_from_its_own_record(client: Client) -> None:
    picture = base64.b64encode(png()).decode()
    request = REQUEST | {"image": f"data:image/png;base64,{picture}", "caption": "=1+1 <b>$x$"}
    files = exported(client, [request], details=["gates"])
    with zipfile.ZipFile(io.BytesIO(files.pop("mimic-cases.zip"))) as archive:
        packed = {name: archive.read(name) for name in archive.namelist()}
    assert packed == files
    again = exported(client, json.loads(files["case.json"]), details=["gates"])
    del again["mimic-cases.zip"]
    assert again == files
    assert b"<script" not in files["case-two-column.svg"]


@pytest.mark.parametrize(
    ("cases", "message"),
    [
        (None, "1 to 12"),
        ([], "1 to 12"),
        ([REQUEST] * 13, "1 to 12"),
        ([1], "Request 1"),
        ([REQUEST | {"image": "/etc/passwd"}], "base64"),
        ([REQUEST | {"image": {"path": "/etc/passwd"}}], "image is not text"),
        ([REQUEST | {"image": base64.b64encode(b"hi").decode()}], "not a picture"),
        ([REQUEST | {"gold": "nobody"}], "no entity 'nobody'"),
        ([REQUEST | {"caption": "x" * 501}], "caption has 501"),
        ([REQUEST | {"__proto__": 1}], "fields"),
        ({"format": "mimic-case", "version": 1}, "cases"),
        ({"a": {"b": [[[[]]]]}}, "not a case file"),
    ],
)
def test_a_broken_export_request_is_refused_in_words(
    client: Client, cases: Any, message: str
) -> None:
    with pytest.raises(RefusedError) as refused:
        client.call("export", cases=cases)
    assert message in str(refused.value)
    assert "/tmp" not in str(refused.value)

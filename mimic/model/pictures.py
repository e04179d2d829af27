"""Reads picture files: checked before they are decoded, upright, RGB.

The one loader: what the model reads and what a page or a figure shows comes from here.
"""

from __future__ import annotations

import io
import threading
import warnings
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from functools import cache
from importlib.util import find_spec
from pathlib import Path

import numpy as np
from PIL import ExifTags, Image, UnidentifiedImageError, features

from mimic.errors import InputError
from mimic.model.picture_bytes import JPEG, MAX_SCANS, PNG, TIFF, Bare, bare, bare_exif
from mimic.model.picture_colours import as_rgb

MAX_PIXELS = 50_000_000
MAX_BYTES = 500_000_000  # a file of 50 megapixels that is not compressed at all has 400 million
MAX_SIDE = 1_000_000  # shrinking takes memory by the side, too
#: Pixels that are decoded at the same time, whoever asks: others wait.
MAX_AT_ONCE = 2 * MAX_PIXELS
#: Of a JPEG that was cut short at most so much of the height may be missing.
MAX_MISSING = 0.1
#: Of several pictures in one file (MPO, HEIC, films in WebP, GIF, AVIF) the first or main one is
#: read. HEIC needs the plugin, whose name for it is HEIF.
FORMATS = (
    "JPEG", "PNG", "WEBP", "GIF", "BMP", "TIFF", *(["AVIF"] if features.check("avif") else []),
    *(["HEIF"] if find_spec("pillow_heif") else []),
)  # fmt: skip
CUT_SHORT = "the picture lacks its last bytes: it was read as far as it goes"

#: Kinds of pictures in a container that films share -> what it says that it holds.
_BRANDS = {
    "AVIF": (b"avif", b"avis"),
    "HEIF": (b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"),
}
_HEADS = (JPEG, PNG, *TIFF, b"GIF8")
_TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}


class _Budget:
    """So much may be taken at the same time; who wants more waits."""

    def __init__(self, most: int) -> None:
        self._left = most
        self._changed = threading.Condition()

    @contextmanager
    def taken(self, amount: int) -> Iterator[None]:
        with self._changed:
            self._changed.wait_for(lambda: self._left >= amount)
            self._left -= amount
        try:
            yield
        finally:
            with self._changed:
                self._left += amount
                self._changed.notify_all()


_PIXELS = _Budget(MAX_AT_ONCE)


def read_picture(path: Path) -> Image.Image:
    """An RGB picture with its EXIF rotation applied and nothing of its metadata.

    Raises:
        InputError: no such file, not a picture, truncated, of an unknown format, or larger than
            `MAX_PIXELS`; size, format and scans are checked before anything is decoded.
    """
    with opened_picture(path) as picture:
        return picture


def picture_from(data: bytes, name: str) -> Image.Image:
    """The same from the bytes of a file that messages call `name`."""
    with opened_picture(data, name) as picture:
        return picture


@contextmanager
def opened_picture(
    source: Path | bytes, name: str = "", near: int | None = None
) -> Iterator[Image.Image]:
    """The same for a moment: so long it counts among the pixels that may be there at once.

    Many large pictures never fill the memory where each is shrunk inside the context. Open no
    other picture there.

    Args:
        near: a side in pixels that is wanted; a JPEG may come smaller, but not below twice that.
    """
    with ExitStack() as held:
        with _in_words(source, name or _name(source)):
            picture = _decoded(_content(source), name or _name(source), near, held)
        yield picture


def picture_notice(path: Path) -> str:
    """What a person should know of a picture that is read all the same; `""` for nothing.

    Nothing is decoded.
    """
    try:
        with path.open("rb") as file:
            jpeg = file.read(len(JPEG)) == JPEG
            return CUT_SHORT if jpeg and bare(JPEG + file.read()).cut_short else ""
    except (OSError, ValueError):
        return ""


def _name(source: Path | bytes) -> str:
    return "picture" if isinstance(source, bytes) else Path(source).name


def _content(source: Path | bytes) -> bytes:
    if isinstance(source, bytes):
        return source
    path = Path(source)
    if path.exists() and not path.is_file():
        raise InputError(f"{path}: a folder or a device; give the file of a picture")
    if path.stat().st_size > MAX_BYTES:
        raise InputError(f"{path.name}: more than {MAX_BYTES // 1_000_000} MB, make it smaller")
    return path.read_bytes()


@contextmanager
def _in_words(source: Path | bytes, name: str) -> Iterator[None]:
    """What decoders raise as one line for a person."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # a person sees one line, from us
            yield
    except FileNotFoundError:
        raise InputError(f"no such file: {source!s}") from None
    except Image.DecompressionBombError:
        raise InputError(f"{name}: too many pixels, make it smaller") from None
    except InputError:
        raise
    except Exception as error:  # decoders raise many kinds on damaged bytes, struct.error too
        shown = " ".join(str(error).split())
        raise InputError(f"{name}: the picture is damaged or cut short ({shown})") from None


def _decoded(data: bytes, name: str, near: int | None, held: ExitStack) -> Image.Image:
    found = bare(data)
    if found.scans > MAX_SCANS:
        raise InputError(
            f"{name}: a JPEG of more than {MAX_SCANS} scans, which nobody needs: save it again"
        )
    with _opened(found.data, name) as opened:
        if opened.width * opened.height > MAX_PIXELS:
            raise InputError(
                f"{name}: {opened.width} x {opened.height} pixels; at most "
                f"{MAX_PIXELS // 1_000_000} megapixels are read, make it smaller"
            )
        if max(opened.size) > MAX_SIDE:
            raise InputError(f"{name}: too many pixels in a line, make it smaller")
        held.enter_context(_PIXELS.taken(opened.width * opened.height))
        if near is not None:
            opened.draft("RGB", (2 * near, 2 * near))
        opened.load()
        if found.cut_short:
            _check_missing(opened, found)
        opened.info.update(found.info)
        turn = _TURNS.get(_orientation(opened))
        picture = as_rgb(opened)
    picture.info.clear()
    return picture if turn is None else picture.transpose(turn)


def _opened(data: bytes, name: str) -> Image.Image:
    kind = _foreign(data[:64])
    if kind == "HEIF" in FORMATS:
        _learn_heif()
    known = [one for one in FORMATS if one != "HEIF" or kind == one]  # Pillow knows no other then
    try:
        return Image.open(io.BytesIO(data), formats=known)
    except UnidentifiedImageError:
        if kind and kind not in FORMATS:
            shown = "HEIC" if kind == "HEIF" else kind
            raise InputError(
                f"{name}: {shown} pictures cannot be read here; save it as JPEG or PNG"
            ) from None
        if kind or data.startswith(_HEADS) or data[8:12] == b"WEBP":
            raise OSError("or of a rare kind") from None
        raise InputError(f"{name}: not a picture ({', '.join(FORMATS)} can be read)") from None


def _foreign(head: bytes) -> str:
    """The kind of a picture in a container that films share, as phones write it."""
    if head[4:8] != b"ftyp":
        return ""
    brands = head[8 : int.from_bytes(head[:4])]
    return next((kind for kind, known in _BRANDS.items() if any(b in brands for b in known)), "")


@cache
def _learn_heif() -> None:
    """Tells Pillow how HEIC is read: the picture itself, and nothing else that lies in the file."""
    import pillow_heif  # a third of a second, for those who have such a file

    pillow_heif.register_heif_opener(thumbnails=False, depth_images=False, aux_images=False)


def _orientation(picture: Image.Image) -> int:
    """EXIF's number of the eight ways up; 1, as it stands, where the EXIF makes no sense."""
    try:
        if "exif" in picture.info:
            picture.info["exif"] = bare_exif(picture.info["exif"])
        value = picture.getexif().get(ExifTags.Base.Orientation, 1)
        return int(value[0] if isinstance(value, (bytes, tuple)) else value)
    except Exception:  # Pillow raises many kinds, and none of them is about the pixels
        return 1


def _check_missing(picture: Image.Image, found: Bare) -> None:
    """Raises OSError when a JPEG lacks more than its last bytes.

    Its decoder makes grey of what is missing; a progressive one loses detail everywhere.
    """
    width, height = picture.size
    rest = np.asarray(picture.crop((0, int(height * (1 - MAX_MISSING)), width, height)))
    if found.unbegun or (abs(rest.astype(np.int16) - 128) <= 1).all():
        raise OSError("image file is truncated")

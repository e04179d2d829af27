"""Pictures as small JPEG data URIs, so that the page shows no path and serves no folder."""

from __future__ import annotations

import base64
import io
import warnings
from functools import lru_cache
from pathlib import Path

from PIL import Image, ImageOps

from mimic.model.pictures import FORMATS

#: Above this a picture of a knowledge base is not decoded for the page.
MAX_PIXELS = 60_000_000


def data_uri(path: Path | None, side: int) -> str | None:
    """The picture fitted into `side` x `side` pixels; `None` when there is none to show.

    A file that is absent or broken is nothing to stop a result for: the page draws a placeholder.
    """
    if path is None:
        return None
    try:
        changed = path.stat().st_mtime_ns
    except OSError:
        return None
    return _encode(str(path), changed, side)


def data_uri_of(data: bytes, side: int) -> str | None:
    """The same from the bytes of a picture file."""
    return _fitted(io.BytesIO(data), side)


@lru_cache(maxsize=2048)
def _encode(path: str, changed: int, side: int) -> str | None:
    """`changed` is part of the cache's key only, so that a replaced file is read again."""
    return _fitted(path, side)


def _fitted(source: str | io.BytesIO, side: int) -> str | None:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with Image.open(source, formats=FORMATS) as opened:
                if opened.width * opened.height > MAX_PIXELS:
                    return None
                opened.draft("RGB", (side * 2, side * 2))
                fitted = ImageOps.exif_transpose(opened)
                fitted.thumbnail((side, side), Image.Resampling.LANCZOS)
                picture = _on_white(fitted)
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return None
    buffer = io.BytesIO()
    picture.save(buffer, "JPEG", quality=86)
    return "data:image/jpeg;base64," + base64.b64encode(buffer.getvalue()).decode("ascii")


def _on_white(picture: Image.Image) -> Image.Image:
    """RGB, with a transparent ground made white."""
    if "A" not in picture.getbands() and "transparency" not in picture.info:
        return picture.convert("RGB")
    picture = picture.convert("RGBA")
    ground = Image.new("RGBA", picture.size, "white")
    return Image.alpha_composite(ground, picture).convert("RGB")

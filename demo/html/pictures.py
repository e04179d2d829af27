"""Pictures as small JPEG data URIs, so that the page shows no path and serves no folder."""

from __future__ import annotations

import base64
import io
from functools import lru_cache
from pathlib import Path

from PIL import Image

from mimic.errors import InputError
from mimic.model.pictures import opened_picture


def data_uri(path: Path | None, side: int) -> str | None:
    """The picture fitted into `side` x `side` pixels; `None` when there is none to show.

    A file that is absent or broken is nothing to stop a result for: the page draws a placeholder.
    """
    if path is None:
        return None
    try:
        changed = path.stat().st_mtime_ns
    except (OSError, ValueError):
        return None
    return _encode(path, changed, side)


def data_uri_of(data: bytes, side: int) -> str | None:
    """The same from the bytes of a picture file."""
    return _fitted(data, side)


@lru_cache(maxsize=2048)
def _encode(path: Path, changed: int, side: int) -> str | None:
    """`changed` is part of the cache's key only, so that a replaced file is read again."""
    return _fitted(path, side)


def _fitted(source: Path | bytes, side: int) -> str | None:
    buffer = io.BytesIO()
    try:
        with opened_picture(source, near=side) as picture:
            picture.thumbnail((side, side), Image.Resampling.LANCZOS)
            picture.save(buffer, "JPEG", quality=86)
    except InputError:
        return None
    return "data:image/jpeg;base64," + base64.b64encode(buffer.getvalue()).decode("ascii")

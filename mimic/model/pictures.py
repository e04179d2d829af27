"""Reads picture files: checked before they are decoded, upright, RGB."""

from __future__ import annotations

import io
import warnings
from pathlib import Path

import numpy as np
from PIL import Image, ImageOps, UnidentifiedImageError

from mimic.errors import InputError

MAX_PIXELS = 50_000_000
FORMATS = ("JPEG", "PNG", "WEBP", "GIF", "BMP", "TIFF")  # MPO, several JPEGs in one, opens as JPEG


def read_picture(path: Path) -> Image.Image:
    """An RGB picture with its EXIF rotation applied.

    Raises:
        InputError: no such file, not a picture, truncated, of an unknown format, or larger than
            `MAX_PIXELS`; size and format are checked before anything is decoded.
    """
    path = Path(path)
    return _read(path, path.name)


def picture_from(data: bytes, name: str) -> Image.Image:
    """The same from the bytes of a file that messages call `name`."""
    return _read(io.BytesIO(data), name)


def _read(source: Path | io.BytesIO, name: str) -> Image.Image:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # a person sees one line, from us
            if isinstance(source, Path) and source.exists() and not source.is_file():
                raise InputError(f"{source}: a folder or a device; give the file of a picture")
            with Image.open(source, formats=FORMATS) as picture:
                if picture.width * picture.height > MAX_PIXELS:
                    raise InputError(
                        f"{name}: {picture.width} x {picture.height} pixels; at most "
                        f"{MAX_PIXELS // 1_000_000} megapixels are read, make it smaller"
                    )
                return _as_rgb(ImageOps.exif_transpose(picture))
    except FileNotFoundError:
        raise InputError(f"no such file: {source}") from None
    except Image.DecompressionBombError:
        raise InputError(f"{name}: too many pixels, make it smaller") from None
    except UnidentifiedImageError:
        raise InputError(f"{name}: not a picture ({', '.join(FORMATS)} can be read)") from None
    except InputError:
        raise
    except Exception as error:  # decoders raise many kinds on damaged bytes, struct.error too
        shown = " ".join(str(error).split())
        raise InputError(f"{name}: the picture is damaged or cut short ({shown})") from None


def _as_rgb(picture: Image.Image) -> Image.Image:
    if picture.mode.startswith("I") or picture.mode == "F":  # 16 bits would be clipped to white
        values = np.asarray(picture, dtype=np.float64)
        top = 65535 if picture.mode.startswith("I") else max(float(values.max()), 1.0)
        return Image.fromarray((values / top * 255).clip(0, 255).astype(np.uint8)).convert("RGB")
    if "A" in picture.getbands() or "transparency" in picture.info:
        solid = picture.convert("RGBA")
        return Image.alpha_composite(Image.new("RGBA", solid.size, "white"), solid).convert("RGB")
    return picture.convert("RGB")

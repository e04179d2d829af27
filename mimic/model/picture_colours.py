"""A decoded picture of any kind as RGB: the one place, for what the model reads and a page shows.

Numbers of more than 8 bits are taken to shades tile by tile, so that no picture is ever held as
floats; what is transparent lies on white.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np
from PIL import Image

#: Ends of the ranges that numbers of a picture are counted in: from 0 to 1, or in so many bits.
RANGES = (1, *(2**bits - 1 for bits in range(8, 33)))
#: So far above its range a number is an overshoot (of a resampling, say), not of a wider range.
OVERSHOOT = 1.1
_TILE = 1024  # pixels of its side
_BITS, _SAMPLE_FORMAT, _UNSIGNED = 258, 339, 1  # tags of a TIFF

Box = tuple[int, int, int, int]


def as_rgb(picture: Image.Image) -> Image.Image:
    """The picture in RGB; one that is in RGB already is not copied.

    Grey of 16 bits is counted to 65,535 (of 12 bits to 4,095). Whole numbers of 32 bits and floats
    are counted to the smallest of `RANGES` that holds them all, negative ones and NaN as 0.
    """
    if picture.mode.startswith("I") or picture.mode == "F":
        convert = _shades(picture)
    elif "A" in picture.getbands() or "transparency" in picture.info:
        convert = _on_white
    else:
        return picture if picture.mode == "RGB" else picture.convert("RGB")
    out = Image.new("RGB", picture.size)
    for box in _tiles(picture.size):
        out.paste(convert(picture.crop(box)), box)
    return out


def _tiles(size: tuple[int, int]) -> Iterator[Box]:
    width, height = size
    for top in range(0, height, _TILE):
        for left in range(0, width, _TILE):
            yield left, top, min(left + _TILE, width), min(top + _TILE, height)


def _on_white(tile: Image.Image) -> Image.Image:
    solid = tile.convert("RGBA")
    return Image.alpha_composite(Image.new("RGBA", solid.size, "white"), solid).convert("RGB")


def _shades(picture: Image.Image) -> Callable[[Image.Image], Image.Image]:
    """Turns a tile of numbers into shades."""
    tags = getattr(picture, "tag_v2", {})
    bits = tags.get(_BITS, (16,))[0]
    unsigned = bits == 32 and tags.get(_SAMPLE_FORMAT, (_UNSIGNED,))[0] == _UNSIGNED

    def numbers(tile: Image.Image) -> np.ndarray:
        values = np.asarray(tile)
        if unsigned and values.dtype == np.int32:  # Pillow has no unsigned numbers of 32 bits
            values = values.view(np.uint32)
        return values.astype(np.float64)

    if picture.mode.startswith("I;16"):
        top: float = 2 ** min(bits, 16) - 1
    else:
        top = _range(_highest(numbers(picture.crop(box))) for box in _tiles(picture.size))

    clear = picture.info.get("transparency")  # the one number of a PNG that is transparent

    def shaded(tile: Image.Image) -> Image.Image:
        values = np.nan_to_num(numbers(tile), nan=0.0, posinf=top, neginf=0.0).clip(0, top)
        if clear is not None:
            values[values == clear] = top
        return Image.fromarray((values * 255 / top).astype(np.uint8))

    return shaded


def _highest(values: np.ndarray) -> float:
    return float(values.max(initial=0.0, where=np.isfinite(values)))


def _range(highest: Iterator[float]) -> float:
    high = max(highest, default=0.0)
    return next((float(top) for top in RANGES if high <= OVERSHOOT * top), high)

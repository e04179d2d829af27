"""Changes to a mention's picture for "what if": blur, mask, noise and crop of a region."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from PIL import Image, ImageFilter

from mimic.errors import InputError

#: What can be done to a region of a picture.
EDITS = ("blur", "mask", "noise", "crop")
#: CLIP's mean colour: what the model sees where a picture is missing.
MEAN_COLOUR = (123, 117, 104)
#: Radius of the blur as a share of the picture's longer side.
BLUR = 0.06
#: Longer side of an edited picture in pixels; the model reads far fewer.
LARGEST = 1024


def region(numbers: Sequence[float], size: tuple[int, int]) -> tuple[int, int, int, int]:
    """Left, top, right and bottom in pixels of a region in percent of the picture.

    Args:
        numbers: left, top, right, bottom, each from 0 to 100.
        size: width and height in pixels.

    Raises:
        InputError: the numbers are no region, or it is smaller than two pixels.
    """
    try:
        left, top, right, bottom = (float(number) for number in numbers)
    except (TypeError, ValueError):
        raise InputError("the region must be four numbers: left, top, right, bottom") from None
    if not (0 <= left < right <= 100 and 0 <= top < bottom <= 100):
        raise InputError(
            "the region must lie between 0 and 100 percent, left before right, top before bottom"
        )
    (width, height) = size
    box = (
        round(left * width / 100),
        round(top * height / 100),
        round(right * width / 100),
        round(bottom * height / 100),
    )
    if box[2] - box[0] < 2 or box[3] - box[1] < 2:
        raise InputError("the region is smaller than two pixels: choose a larger one")
    return box


def edited(picture: Image.Image, edit: str, numbers: Sequence[float], seed: int = 0) -> Image.Image:
    """A copy of an RGB picture, at most `LARGEST` pixels long, with a region changed.

    Args:
        edit: one of `EDITS`; `mask` paints it in the colour that stands for a missing picture,
            `noise` replaces it by random pixels, `crop` leaves nothing else.
        numbers: the region, as `region` takes it.

    Raises:
        InputError: an unknown edit, or no region.
    """
    if edit not in EDITS:
        raise InputError(f"edit is {edit!r}; it must be one of {', '.join(EDITS)}")
    out = picture.convert("RGB")
    out.thumbnail((LARGEST, LARGEST), Image.Resampling.LANCZOS)
    box = region(numbers, out.size)
    if edit == "crop":
        return out.crop(box)
    if edit == "blur":
        # The whole is blurred, so that a region's rim mixes with what lies beside it.
        patch = out.filter(ImageFilter.GaussianBlur(BLUR * max(out.size))).crop(box)
    else:
        patch = Image.new("RGB", (box[2] - box[0], box[3] - box[1]), MEAN_COLOUR)
        if edit == "noise":
            shape = (patch.height, patch.width, 3)
            pixels = np.random.default_rng(seed).integers(0, 256, shape, dtype=np.uint8)
            patch = Image.fromarray(pixels)
    out.paste(patch, box[:2])
    return out

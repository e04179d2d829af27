"""Pictures seen anew: another crop, light and sharpness, so that no style is learnt by heart.

The operations are torchvision's; what is drawn comes from a generator of its own, so that a step
draws the same in whatever thread it is made.
"""

from __future__ import annotations

import math

import torch
import torchvision.transforms.v2.functional as ops
from torch import Tensor

#: Largest turn in degrees, shift of the hue in turns, and blur in hundredths of the side.
TURN, HUE, BLUR = 12.0, 0.06, 1.2


def vary(picture: Tensor, side: int, strength: float, generator: torch.Generator) -> Tensor:
    """A picture uint8 `[3, height, width]` varied and squashed to uint8 `[3, side, side]`.

    Never mirrored: a mirrored flag can be another state's.

    Args:
        strength: 0 (squashed only) to 1 (crops down to 45 % of the area, colours changed by up
            to 40 %, and now and then turned, grey, blurred, sharpened or in few colours).
    """

    def chance(share: float) -> bool:
        return torch.rand((), generator=generator).item() < share * min(1.0, strength)

    def uniform(low: float, high: float) -> float:
        return low + (high - low) * torch.rand((), generator=generator).item()

    def factor() -> float:
        return uniform(1 - 0.4 * strength, 1 + 0.4 * strength)

    if chance(0.25):
        picture = ops.rotate(picture, uniform(-TURN, TURN), fill=[127.0] * 3)
    top, left, height, width = _crop(picture.shape[-2:], strength, generator)
    picture = ops.resized_crop(picture, top, left, height, width, [side, side], antialias=True)
    if chance(0.8):
        picture = ops.adjust_brightness(picture, factor())
        picture = ops.adjust_contrast(picture, factor())
        picture = ops.adjust_saturation(picture, factor())
        picture = ops.adjust_hue(picture, strength * uniform(-HUE, HUE))
    if chance(0.08):
        picture = ops.rgb_to_grayscale(picture, 3)
    if chance(0.25):
        sigma = uniform(0.1, BLUR) * side / 100
        picture = ops.gaussian_blur(picture, [2 * math.ceil(2 * sigma) + 1] * 2, [sigma] * 2)
    if chance(0.08):
        picture = ops.posterize(picture, 3)
    if chance(0.2):
        picture = ops.adjust_sharpness(picture, 3.0)
    return picture


def vary_all(squares: Tensor, strength: float, generator: torch.Generator | None = None) -> Tensor:
    """The same for many squares uint8 `[N, side, side, 3]`."""
    if not strength or generator is None or not len(squares):
        return squares
    varied = [vary(s.permute(2, 0, 1), len(s), strength, generator) for s in squares]
    return torch.stack(varied).permute(0, 2, 3, 1)


def _crop(
    size: torch.Size, strength: float, generator: torch.Generator
) -> tuple[int, int, int, int]:
    """Top, left, height and width of a part: 45 % of the area or more, its sides up to 1.35 to 1
    off the picture's own (Szegedy et al. 2015 at strength 1)."""
    area, aspect, down, right = torch.rand(4, generator=generator).tolist()
    share = 1 - 0.55 * strength * area
    ratio = math.exp(strength * math.log(1.35) * (2 * aspect - 1) / 2)
    height, width = (
        max(1, round(length * min(1.0, math.sqrt(share) * stretch)))
        for length, stretch in zip(size, (ratio, 1 / ratio), strict=True)
    )
    return int(down * (size[0] - height + 1)), int(right * (size[1] - width + 1)), height, width

"""A pretrained convolutional network whose feature maps a vision transformer reads."""

from __future__ import annotations

import math
from typing import Any

import timm
import torch
import torch.nn.functional as F
from timm.layers import HybridEmbed, LayerNorm2d
from torch import Tensor, nn

from mimic.errors import InputError

#: Where a root begins to be straight, so that its slope stays finite.
_NEAR_ZERO = 1e-4


class FeatureNetwork(nn.Module):
    """A `timm` network, always in evaluation mode: BatchNorm keeps the statistics it came with.

    Attributes:
        channels: C of the maps; `stride` pixels of the picture make one of their cells.
        pooled_width: F of the pooled features.

    Raises:
        InputError: it is no network with maps at all the strides.
    """

    def __init__(self, name: str, options: dict[str, Any], strides: list[int]) -> None:
        super().__init__()
        try:
            network: Any = timm.create_model(name, num_classes=0, **options)
        except (RuntimeError, TypeError, ValueError, AssertionError) as error:
            raise InputError(f"network {name!r}: {error}") from None
        levels = {
            level["reduction"]: (place, level["num_chs"])
            for place, level in enumerate(getattr(network, "feature_info", None) or [])
        }
        if absent := [stride for stride in strides if stride not in levels]:
            raise InputError(
                f"network {name!r} has no maps of stride {absent[0]}; its strides are "
                f"{', '.join(map(str, levels)) or 'none'}"
            )
        self.strides, self.stride = strides, strides[-1]
        self.places = [levels[stride][0] for stride in strides]
        self.channels = sum(levels[s][1] * (self.stride // s) ** 2 for s in strides)
        self.pooled_width: int = getattr(network, "head_hidden_size", network.num_features)
        self.network: Any = network.to(memory_format=torch.channels_last)
        self.train(False)

    def train(self, mode: bool = True) -> FeatureNetwork:
        del mode
        return super().train(False)

    def forward(self, pixels: Tensor) -> tuple[Tensor, Tensor]:
        """Pictures `[N, 3, side, side]` -> maps `[N, C, side / stride, side / stride]` and the
        signed square roots of the pooled features `[N, F]`, whose distances say more than those
        of the features themselves."""
        maps, last = self.maps(pixels)
        return maps, self.pooled(last)

    def maps(self, pixels: Tensor) -> tuple[Tensor, Tensor]:
        """The same maps, and the last ones `[N, F, rows, columns]`, which are yet to be pooled."""
        last, maps = self.network.forward_intermediates(pixels, indices=self.places)
        aligned = [
            F.pixel_unshuffle(one, self.stride // stride)
            for one, stride in zip(maps, self.strides, strict=True)
        ]
        return torch.cat(aligned, 1), last

    def pooled(self, last: Tensor) -> Tensor:
        """The pooled features `[N, F]` of the last maps."""
        return signed_root(self.network.forward_head(last, pre_logits=True))

    def pooled_by_cell(self, last: Tensor) -> Tensor | None:
        """What each cell of the last maps adds to `pooled`, the slope of the root being held:
        `[N, cells, F]`; `None` of a network that does not pool by the mean."""
        cells = last.flatten(2).transpose(1, 2) / last[0, 0].numel()
        mean, pooled = cells.sum(1), self.pooled(last)
        if mean.shape != pooled.shape or not torch.allclose(signed_root(mean), pooled, atol=1e-4):
            return None
        return cells * (pooled / torch.where(mean == 0, 1, mean))[:, None]

    def pack(self, pixels: Tensor) -> Tensor:
        """The same as one float16 row for each picture, to be kept: `[N, C * cells + F]`."""
        maps, pooled = self(pixels)
        return torch.cat([maps.flatten(1), pooled], 1).half()

    def unpack(self, rows: Tensor) -> tuple[Tensor, Tensor]:
        """What `pack` has packed."""
        maps, pooled = rows.float().split([rows.shape[1] - self.pooled_width, self.pooled_width], 1)
        side = math.isqrt(maps.shape[1] // self.channels)
        return maps.unflatten(1, (self.channels, side, side)), pooled

    def embed(self, img_size: int, embed_dim: int, **_: Any) -> HybridEmbed:
        """What a `timm` vision transformer takes as `embed_layer`: it reads the maps."""
        return HybridEmbed(
            _MapNorm(self.channels),
            img_size=img_size,
            feature_size=(img_size // self.stride, img_size // self.stride),
            feature_ratio=(self.stride, self.stride),
            embed_dim=embed_dim,
        )


def signed_root(values: Tensor) -> Tensor:
    """`sign(x) (sqrt(|x| + e) - sqrt(e))` with a small e: zero stays zero, gradients are finite."""
    return values.sign() * ((values.abs() + _NEAR_ZERO).sqrt() - _NEAR_ZERO**0.5)


class _MapNorm(LayerNorm2d):
    """LayerNorm over the channels of each cell: maps of different strides differ in size."""

    def __init__(self, channels: int) -> None:
        super().__init__(channels)
        self.num_features = channels

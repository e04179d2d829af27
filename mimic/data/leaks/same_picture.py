"""Whether two picture files show the same picture: as it is, re-encoded, resized, a little cropped,
or mirrored.

A window of one picture is laid over the whole of the other, in a coarse search and then in finer
steps; what decides are the pixels there, their values and their edges.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from PIL import Image
from torch import Tensor

from mimic.model.pictures import opened_picture

#: Sides of the squares that pictures are squashed to: as they are kept, and for the two searches.
KEPT, COARSE, FINE = 128, 24, 56
#: The least share of a side that a crop leaves, and the shares that the coarse search tries.
LEAST_SIDE = 0.78
SIDES = (1.0, 0.945, 0.89, 0.835, 0.78)
STEPS = (0.04, 0.02, 0.01, 0.005)
BEST = 4  # windows that are looked at more closely
#: Correlations that the same picture has at least: in a first look, of values, and of edges.
GLANCE, VALUES, EDGES = 0.7, 0.7, 0.65


def read_square(path: Path) -> Tensor:
    """The picture in grey, squashed: float `[KEPT, KEPT]`, mean 0.

    Raises:
        InputError: it cannot be read.
    """
    with opened_picture(path) as picture:
        grey = picture.convert("L").resize((KEPT, KEPT), Image.Resampling.BOX)
    square = torch.from_numpy(np.asarray(grey, np.float32).copy())
    return square - square.mean()


def is_same_picture(one: Tensor, other: Tensor) -> bool:
    """Whether either of two squares shows the other one, or at least `LEAST_SIDE` of its sides.

    Args:
        one, other: of `read_square`. A picture of one colour is the same as none.
    """
    if min(float(one.std()), float(other.std())) < 1.0:
        return False
    for whole in (other, other.flip(1)):
        for inner, outer in ((one, whole), (whole, one)):
            if _shows(outer, inner):
                return True
    return False


def _shows(outer: Tensor, inner: Tensor) -> bool:
    """Whether a window of `outer` is the whole of `inner`."""
    coarse = _coarse_windows()
    likeness = _correlation(_cut(outer, coarse, COARSE), _shrunk(inner, COARSE))
    best = likeness.topk(BEST)
    if float(best.values[0]) < GLANCE:
        return False
    target = _shrunk(inner, FINE)
    for window in coarse[best.indices]:
        for step in STEPS:
            near = _near(window, step)
            window = near[_correlation(_cut(outer, near, FINE), target).argmax()]
        found = _cut(outer, window[None], FINE)
        edges = _correlation(_edges(found), _edges(target[None])[0])
        if float(_correlation(found, target)[0]) >= VALUES and float(edges[0]) >= EDGES:
            return True
    return False


@lru_cache(1)
def _coarse_windows() -> Tensor:
    """`[N, 4]`: left, top, width and height, as shares of the sides."""
    windows = []
    for width in SIDES:
        for height in SIDES:
            windows += [
                (x * (1 - width), y * (1 - height), width, height)
                for x in _places(width)
                for y in _places(height)
            ]
    return torch.tensor(windows)


def _places(side: float) -> Sequence[float]:
    """Where a window of this share of the side begins, as shares of what it leaves."""
    if side == 1:
        return (0.5,)
    return (0.0, 0.25, 0.5, 0.75, 1.0) if side < 0.87 else (0.0, 0.5, 1.0)


def _near(window: Tensor, step: float) -> Tensor:
    """The window and its neighbours, one edge or two opposite ones moved; all inside."""
    left, top, width, height = window.tolist()
    some = [(left, top, width, height)]
    for a in (-step, 0.0, step):
        for b in (-step, 0.0, step):
            some.append((left + a, top, width + b, height))
            some.append((left, top + a, width, height + b))
            some.append((left + a, top + b, width, height))
    windows = torch.tensor(some).clamp(min=0)
    windows[:, 2:] = windows[:, 2:].clamp(LEAST_SIDE - 0.04, 1)
    windows[:, :2] = torch.minimum(windows[:, :2], 1 - windows[:, 2:])
    return windows


def _cut(square: Tensor, windows: Tensor, side: int) -> Tensor:
    """These windows of a square, `[N, side, side]`."""
    grey = _shrunk(square, min(KEPT, 2 * side))[None, None]
    ticks = (torch.arange(side) + 0.5) / side
    x = (windows[:, 0, None] + windows[:, 2, None] * ticks) * 2 - 1
    y = (windows[:, 1, None] + windows[:, 3, None] * ticks) * 2 - 1
    grid = torch.stack([x[:, None, :].expand(-1, side, -1), y[:, :, None].expand(-1, -1, side)], -1)
    cut = F.grid_sample(
        grey.expand(len(windows), -1, -1, -1), grid, align_corners=False, padding_mode="border"
    )
    return cut[:, 0]


def _shrunk(square: Tensor, side: int) -> Tensor:
    if len(square) == side:
        return square
    return F.interpolate(square[None, None], (side, side), mode="area")[0, 0]


def _correlation(some: Tensor, one: Tensor) -> Tensor:
    """Pearson's correlation of each of N squares with one, `[N]`, from -1 to 1."""
    a, b = some.flatten(1), one.flatten()
    a, b = a - a.mean(1, keepdim=True), b - b.mean()
    return (a @ b) / (a.norm(dim=1) * b.norm()).clamp(min=1e-6)


def _edges(some: Tensor) -> Tensor:
    """What a square has beyond its blurred self."""
    blurred = F.avg_pool2d(some[:, None], 5, 1, 2, count_include_pad=False)
    return (some - blurred[:, 0])[:, 2:-2, 2:-2]

"""Draws a layout: the only place where its marks become those of matplotlib.

Nothing is read as mark-up, neither `$` as mathematics nor `<` as a tag.
"""

from __future__ import annotations

from collections.abc import Mapping

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle
from PIL import Image

from analysis.drawing.fonts import SANS, drawable, family, figure_style
from analysis.drawing.marks import Box, Layout, Line, Mark, Photo, Text

DPI = 225  # of the pictures


def ink(layout: Layout, pictures: Mapping[str, Image.Image], font: str = SANS) -> Figure:
    """The figure of a layout.

    Args:
        pictures: RGB, for the key of every `Photo`.
        font: one of `fonts.FONTS`.
    """
    with figure_style(font=font):
        figure = Figure((layout.wide, layout.high))
    axes = figure.add_axes((0, 0, 1, 1))
    axes.set_axis_off()
    for mark in layout.marks:
        _draw(axes, mark, pictures, font)
    axes.set(xlim=(0, layout.wide), ylim=(layout.high, 0))
    return figure


def _draw(axes: Axes, mark: Mark, pictures: Mapping[str, Image.Image], font: str) -> None:
    match mark:
        case Text(x, y, line, size, colour, bold, align):
            axes.text(
                x, y + size * 0.98 / 72, drawable(line), fontsize=size, color=colour, ha=align,
                weight="bold" if bold else "normal", family=family(font), parse_math=False,
                va="baseline",
            )  # fmt: skip
        case Box(x, y, wide, high, fill, frame, edge, dashes):
            axes.add_patch(Rectangle((x, y), wide, high, fc=fill, lw=frame, ec=edge, ls=dashes))
        case Photo(x, y, wide, high, key, pale):
            pixels = _pixels(pictures[key], wide, high, pale)
            axes.imshow(
                pixels, extent=(x, x + wide, y + high, y), aspect="auto", interpolation="none"
            )
        case Line((left, top), (right, bottom), colour, thick):
            axes.plot([left, right], [top, bottom], color=colour, lw=thick)


def _pixels(picture: Image.Image, wide: float, high: float, pale: bool) -> Image.Image:
    """As many as print needs of so many inches."""
    if pale:
        grey, white = picture.convert("L").convert("RGB"), Image.new("RGB", picture.size, "white")
        picture = Image.blend(grey, white, 0.45)
    size = (max(1, round(wide * DPI)), max(1, round(high * DPI)))
    return picture.resize(size, Image.Resampling.LANCZOS)

"""A pen for figures laid out in inches from the top left: lines of text, pictures, bars, sentences.

Nothing it draws is read as mark-up, neither `$` as mathematics nor `<` as a tag.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle
from PIL import Image

from analysis.drawing.fonts import drawable, family, figure_style, width
from analysis.drawing.palette import INK
from analysis.drawing.text import Word

GREY, PALE, MARK = "#5b6270", "#e6e6e6", "#ffe08a"
#: Right and wrong, told apart by every colour vision; a tick or a cross always stands beside them.
RIGHT, WRONG = "#00795c", "#c4500a"
LEADING = 1.28 / 72  # inches of a line, for each point of its size
DPI = 225  # of the pictures
_TALL = 40.0  # inches; the figure is cut to what was drawn


class Pen:
    """Draws on a figure of a given width whose height is found by drawing."""

    def __init__(self, wide: float) -> None:
        with figure_style():
            self.figure = Figure((wide, _TALL))
        self.axes: Axes = self.figure.add_axes((0, 0, 1, 1))
        self.axes.set_axis_off()
        self.wide = wide

    def finish(self, high: float) -> Figure:
        """The figure, cut to a height in inches."""
        self.figure.set_size_inches(self.wide, high)
        self.axes.set(xlim=(0, self.wide), ylim=(high, 0))
        return self.figure

    def text(self, x: float, y: float, line: str, size: float, **style: Any) -> None:
        """One line with its top at `y`."""
        style = {"color": INK, "family": family(), **style}
        self.axes.text(
            x, y + size * 0.98 / 72, drawable(line), fontsize=size, parse_math=False,
            va="baseline", **style,
        )  # fmt: skip

    def picture(
        self, picture: Image.Image | None, x: float, y: float, wide: float, high: float
    ) -> tuple[float, float, float, float]:
        """A picture fitted into a box, in its middle; returns left, top, width and height."""
        if picture is None:
            self.box(x, y, wide, high, fill=PALE)
            self.text(x + wide / 2, y + high / 2 - 0.05, "\N{EN DASH}", 7, ha="center", color=GREY)
            return x, y, wide, high
        scale = min(wide / picture.width, high / picture.height)
        w, h = picture.width * scale, picture.height * scale
        left, top = x + (wide - w) / 2, y + (high - h) / 2
        pixels = (max(1, round(w * DPI)), max(1, round(h * DPI)))
        shown = picture.resize(pixels, Image.Resampling.LANCZOS)
        edges = (left, left + w, top + h, top)
        self.axes.imshow(shown, extent=edges, aspect="auto", interpolation="none")
        return left, top, w, h

    def box(
        self, x: float, y: float, wide: float, high: float, fill: Any = "none", **style: Any
    ) -> None:
        """A rectangle without a frame, or with the one that `style` names."""
        style = {"lw": 0, **style}
        self.axes.add_patch(Rectangle((x, y), wide, high, fc=fill, **style))

    def rule(self, y: float) -> None:
        """A thin line across the figure."""
        self.axes.plot([0.03, self.wide - 0.03], [y, y], color=GREY, lw=0.4)

    def sentence(
        self,
        x: float,
        y: float,
        wide: float,
        lines: Sequence[Sequence[Word]],
        size: float,
        rtl: bool,
    ) -> float:
        """A sentence in lines, its mention marked; returns where the next thing may start."""
        space = width("a a", size) - width("aa", size)
        for line in lines:
            at, after_mark = (x + wide if rtl else x), False
            for number, (spaced, pieces) in enumerate(line):
                for part, (text, marked) in enumerate(pieces):
                    gap = space if spaced and part == 0 and number else 0.0
                    long = width(text, size, marked)
                    at -= gap + long if rtl else -gap
                    grown = gap if marked and after_mark else 0.0
                    if marked:
                        left = at if rtl else at - grown
                        self.box(left, y, long + grown, size * LEADING, fill=MARK)
                    self.text(at, y, text, size, weight="bold" if marked else "normal")
                    at, after_mark = (at if rtl else at + long), marked
            y += size * LEADING
        return y

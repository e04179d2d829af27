"""Drawings of an explanation. Each takes records and returns a matplotlib `Figure`.

Orange adds, blue takes away; every colour comes with a number or a line that grey print keeps.
Widths are in inches: 3.4 is one of two columns on a page.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from typing import Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle
from PIL import Image

from analysis.drawing.blocks import around, blocks
from analysis.drawing.fonts import figure_style
from analysis.drawing.palette import INK, dark, signed, signed_number
from analysis.drawing.words_html import colour_limit
from mimic.model.pictures import opened_picture
from mimic.schema import Explanation, Gates, SideView, Word

COLUMN = 3.4
TALLEST = 2.5  # height of a picture in widths of its figure: 8.5 inches of a column
PIXELS = 1024  # of the longer side of a picture that is drawn, 300 to the inch of a column
SMALL = 6.5  # points
LINE, CHARACTER = 0.30, 0.0602 * SMALL / 7.0  # inches of a line of words, and of one letter
GATES = (
    ("VDLU, entity to mention", "vdlu_entity_to_mention"),
    ("VDLU, mention to entity", "vdlu_mention_to_entity"),
    ("CMFU, mention", "cmfu_mention"),
    ("CMFU, entity", "cmfu_entity"),
)


def words_figure(view: SideView, limit: float, width: float = COLUMN) -> Figure:
    """The words of one side in reading order, each with its signed colour and number.

    Args:
        limit: number at which a colour is full; the same for all drawings of a pair.
    """
    values = view.attribution.words if view.attribution else (0.0,) * len(view.words)
    rows = _lines(view.words, width)
    with figure_style():
        figure = Figure((width, LINE * len(rows) + 0.1))
        axes = figure.add_axes((0, 0, 1, 1))
        axes.set(xlim=(0, width), ylim=(LINE * len(rows) + 0.05, -0.05))
        axes.set_axis_off()
        for row, line in enumerate(rows):
            left = 0.04
            for number in line:
                word = view.words[number]
                _draw_word(axes, word, values[number], limit, left, row * LINE)
                left += _width(word)
    return figure


def patches_figure(
    view: SideView, values: Sequence[float], limit: float, title: str = "", width: float = COLUMN
) -> Figure:
    """Signed numbers of the patches over the picture as it was given, not as it was squashed.

    A solid frame adds, a dashed one takes away; both from a tenth of `limit` on. Of a side
    without a picture the blank square is drawn. A very long picture is drawn wider than it is, so
    that it fits on a page and its patches can be seen. Neighbours that were weighed as one are
    drawn as one, with the sum of their numbers.
    """
    grey, size = _pale(view)
    wide, high = drawn_size(size, width)
    head = 0.25 if title else 0
    with figure_style():
        figure = Figure((width, high + head))
        share = wide / width
        axes = figure.add_axes(((1 - share) / 2, 0, share, high / (high + head)))
        edges = (0, size[0], size[1], 0)
        axes.imshow(grey, cmap="gray", vmin=-300, vmax=255, extent=edges, aspect="auto")
        axes.set_axis_off()
        axes.set_title(title, fontsize=8, pad=3)
        if view.image is not None:
            for block in blocks(values, view.grid):
                box, value = (
                    around([view.boxes[cell] for cell in block.cells]),
                    values[block.cells[0]],
                )
                _draw_patch(axes, box, value, value * len(block.cells), limit)
    return figure


def drawn_size(size: tuple[int, int], width: float) -> tuple[float, float]:
    """Width and height in inches of a picture of `size` pixels in a figure of a width.

    As large as fits, in its own proportions; a side that would be less than a tenth of `width` is
    drawn that long.
    """
    scale = min(width / size[0], TALLEST * width / size[1])
    wide, high = (max(side * scale, width / 10) for side in size)
    return wide, high


def attention_table(
    explanation: Explanation, special: str, padding: str
) -> tuple[list[str], list[tuple[float, ...]]]:
    """TGLU's attention: a column for each word of the mention, a row for each one of the entity.

    The last columns, named in parentheses, are what falls on special tokens and, unless the model
    masks it, on padding.
    """
    attention = explanation.text_attention
    heads = [*(word.text for word in explanation.mention.words), f"({special})"]
    columns = [*zip(*attention.values, strict=True), attention.special]
    if "padding" not in explanation.unattended:
        heads.append(f"({padding})")
        columns.append(attention.padding)
    return heads, list(zip(*columns, strict=True))


def attention_figure(explanation: Explanation, width: float = 2 * COLUMN) -> Figure:
    """TGLU's attention: words of the entity down, of the mention across, shares in grey.

    What falls on special tokens and on padding has columns of its own.
    """
    across, cells = attention_table(explanation, "special", "padding")
    down = [word.text for word in explanation.candidate.words]
    with figure_style():
        figure = Figure((width, 1.1 + 0.13 * len(down)), layout="constrained")
        axes = figure.add_subplot()
        image = axes.imshow(cells, cmap="Greys", vmin=0, vmax=1, aspect="auto")
        axes.set_xticks(range(len(across)), across, rotation=90, fontsize=SMALL)
        axes.set_yticks(range(len(down)), down, fontsize=SMALL)
        axes.set(xlabel="mention", ylabel="entity", title="Attention of TGLU")
        figure.colorbar(image, ax=axes, label="share of attention")
    return figure


def gates_figure(gates: Gates, width: float = COLUMN) -> Figure:
    """The gates as signed bars from -1 to 1."""
    with figure_style():
        figure = Figure((width, 1.3), layout="constrained")
        axes = figure.add_subplot()
        for row, (_, name) in enumerate(GATES):
            value = getattr(gates, name)
            hatch = "////" if value < 0 else ""
            axes.barh(row, value, color=signed(value, 1.0), edgecolor=INK, hatch=hatch, lw=0.6)
            side = "left" if value >= 0 else "right"
            axes.annotate(
                signed_number(value),
                (value, row),
                (3 if value >= 0 else -3, 0),
                textcoords="offset points",
                ha=side,
                va="center",
            )
        axes.set_yticks(range(len(GATES)), [label for label, _ in GATES])
        axes.set(xlim=(-1.3, 1.3), xlabel="gate", ylim=(len(GATES) - 0.4, -0.6))
        axes.axvline(0, color=INK, lw=0.8)
    return figure


def drawings(explanation: Explanation) -> dict[str, Figure]:
    """All figures of an explanation by file name.

    One colour range for all words, all patches and all attention, so that a flat map looks flat.
    """
    views = [explanation.mention, explanation.candidate]
    limit = {over: colour_limit(views, over) for over in ("words", "patches")}
    seen = [s for view in views for s in view.attention if s.over == "patches"]
    most = max(share for attention in seen for share in attention.values)
    figures = {"attention": attention_figure(explanation), "gates": gates_figure(explanation.gates)}
    for view in views:
        if view.attribution is not None:
            figures[f"{view.side}-words"] = words_figure(view, limit["words"])
            figures[f"{view.side}-patches"] = _attributed_patches(view, limit["patches"])
        for attention in view.attention:
            if attention.over == "patches":
                name = f"{view.side}-attention-{attention.name.replace(' ', '-')}"
                title = f"{view.side}, attention of {attention.source}, {attention.name}"
                if attention.source == "encoder" or "cls" not in explanation.unattended:
                    title += f", [CLS] {attention.special:.0%}"
                figures[name] = patches_figure(view, attention.values, most, title)
    return figures


def heatmap(explanation: Explanation, side: str) -> Figure:
    """The attribution of one side over its picture, or of its words where it has none; in the
    range of colours of both sides."""
    views = {view.side: view for view in (explanation.mention, explanation.candidate)}
    view = views[side]
    if view.image is None:
        return words_figure(view, colour_limit(list(views.values()), "words"))
    return _attributed_patches(view, colour_limit(list(views.values()), "patches"))


def _attributed_patches(view: SideView, limit: float) -> Figure:
    assert view.attribution is not None
    title = f"{view.side}, {view.attribution.target}, {view.attribution.method}"
    return patches_figure(view, view.attribution.patches, limit, title)


def _pale(view: SideView) -> tuple[Image.Image, tuple[int, int]]:
    """The picture of a side in grey, no larger than print needs, and its size in the file."""
    if view.image is None:
        blank = Image.new("L", (224, 224), "white")
        return blank, blank.size
    with opened_picture(view.image) as picture:
        size = picture.size
        picture.thumbnail((PIXELS, PIXELS), Image.Resampling.LANCZOS)
        return picture.convert("L"), size


def _lines(words: Sequence[Word], width: float) -> list[list[int]]:
    """Numbers of the words on each line; the name part has lines of its own."""
    lines: list[list[int]] = [[]]
    left = 0.04
    for number, word in enumerate(words):
        turned = number > 0 and word.part != words[number - 1].part
        if lines[-1] and (turned or left + _width(word) > width):
            lines.append([])
            left = 0.04
        lines[-1].append(number)
        left += _width(word)
    return lines


def _width(word: Word) -> float:
    letters = sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in word.text)
    return max(letters, 4) * CHARACTER + 0.08  # room for the number above a short word


def _draw_word(axes: Axes, word: Word, value: float, limit: float, left: float, top: float) -> None:
    colour, width = signed(value, limit), _width(word) - 0.03
    dashes = "--" if value < 0 else "-"
    box = Rectangle((left, top + 0.11), width, 0.16, fc=colour, ec=INK, lw=0.4, ls=dashes)
    axes.add_patch(box)
    middle = left + width / 2
    ink = "white" if dark(colour) else "black"
    style: dict[str, Any] = {"ha": "center", "va": "center"}
    axes.text(middle, top + 0.19, word.text, fontsize=SMALL, color=ink, **style)
    axes.text(middle, top + 0.055, signed_number(value), fontsize=SMALL - 2, color=INK, **style)


def _draw_patch(
    axes: Axes, box: tuple[float, float, float, float], value: float, whole: float, limit: float
) -> None:
    left, top, right, bottom = box
    strength = min(1.0, abs(value) / limit) if limit else 0.0
    corner, size = (left, top), (right - left, bottom - top)
    full = signed(limit if value >= 0 else -limit, limit)
    axes.add_patch(Rectangle(corner, *size, fc=full, alpha=0.75 * strength, lw=0))
    if strength >= 0.1:
        inner = Rectangle(
            (left + size[0] * 0.04, top + size[1] * 0.04),
            size[0] * 0.92,
            size[1] * 0.92,
            fc="none",
            ec=INK,
            lw=0.6,
            ls="--" if value < 0 else "-",
        )
        axes.add_patch(inner)
        style: dict[str, Any] = {"ha": "center", "va": "center", "fontsize": SMALL - 1.5}
        middle = ((left + right) / 2, (top + bottom) / 2)
        axes.text(*middle, signed_number(whole), color="black", **style)

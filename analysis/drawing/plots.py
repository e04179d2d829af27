"""The few kinds of plots that the report's parts are drawn with, in one style.

Every line has its own marker and dash and every bar its number, so that grey print keeps them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from analysis.drawing.explanation import COLUMN
from analysis.drawing.fonts import figure_style
from analysis.drawing.palette import INK
from analysis.measures.statistics import Interval

#: Colours that differ for every colour vision (Okabe and Ito), with marker and dash.
STYLES: tuple[dict[str, Any], ...] = (
    {"color": "#1f2430", "marker": "o", "ls": "-"},
    {"color": "#d55e00", "marker": "s", "ls": "--"},
    {"color": "#0072b2", "marker": "^", "ls": "-."},
    {"color": "#009e73", "marker": "D", "ls": ":"},
    {"color": "#cc79a7", "marker": "v", "ls": (0, (5, 1, 1, 1, 1, 1))},
    {"color": "#8a6d00", "marker": "x", "ls": (0, (3, 2))},
)
#: x, mean, low and high of one line.
Curve = Sequence[tuple[float, Interval]]


def curves(panels: Mapping[str, Mapping[str, Curve]], x: str, y: str, columns: int = 4) -> Figure:
    """Panels of lines with bands of 95 %; every panel has the same axes.

    Args:
        panels: title -> line -> its points.
    """
    with figure_style():
        rows = -(-len(panels) // columns)
        wide = min(columns, len(panels))
        figure = Figure((max(COLUMN, 1.75 * wide), 1.75 * rows + 0.4), layout="constrained")
        axes = np.atleast_1d(figure.subplots(rows, wide, sharey=True)).ravel()
        names = list(dict.fromkeys(name for lines in panels.values() for name in lines))
        handles: dict[str, Any] = {}
        for axis, (title, lines) in zip(axes, panels.items(), strict=False):
            axis.set_title(title, fontsize=7)
            for name, points in lines.items():
                handles[name] = _curve(axis, points, STYLES[names.index(name) % len(STYLES)])
        for axis in axes[len(panels) :]:
            axis.set_axis_off()
        figure.supxlabel(x, fontsize=7)
        figure.supylabel(y, fontsize=7)
        # below a row that is full, else in the empty corner
        figure.legend(handles.values(), handles, loc="outside upper center", ncols=6, fontsize=6.5)
    return figure


def _curve(axis: Axes, points: Curve, style: dict[str, Any]) -> Any:
    x = [place for place, _ in points]
    (line,) = axis.plot(x, [v.mean for _, v in points], ms=3, lw=1, **style)
    low, high = [v.low for _, v in points], [v.high for _, v in points]
    axis.fill_between(x, low, high, color=style["color"], alpha=0.15, lw=0)
    axis.grid(lw=0.3, color="#c8ccd4")
    return line


def bars(
    groups: Mapping[str, Mapping[str, Interval]], y: str, wide: bool = True, top: float = 100
) -> Figure:
    """Bars with intervals and numbers, grouped: group -> bar -> value."""
    with figure_style():
        names = list(dict.fromkeys(name for some in groups.values() for name in some))
        figure = Figure(((2 if wide else 1) * COLUMN, 2.3), layout="constrained")
        axis = figure.add_subplot()
        width = 0.84 / len(names)
        handles: dict[str, Any] = {}
        for at, name in enumerate(names):
            places = [i for i, some in enumerate(groups.values()) if name in some]
            values = [some[name] for some in groups.values() if name in some]
            x = [i - 0.42 + (at + 0.5) * width for i in places]
            means = [v.mean for v in values]
            spread = np.array([[v.mean - v.low, v.high - v.mean] for v in values]).T.clip(0)
            style = STYLES[at % len(STYLES)]
            look: Any = {"color": style["color"], "alpha": 0.75, "ec": INK, "lw": 0.4}
            handles[name] = axis.bar(x, means, width, **look)
            axis.errorbar(x, means, spread, fmt="none", ecolor=INK, lw=0.7, capsize=1.5)
            for left, value in zip(x, values, strict=True):
                size = 5.5 if len(names) * len(groups) < 30 else 4
                axis.text(
                    left, value.high + top / 60, f"{value.mean:.0f}", ha="center", fontsize=size
                )
        axis.set_xticks(range(len(groups)), list(groups))
        axis.set(ylabel=y, ylim=(0, 1.08 * top))
        # named here, because a label of its own is dropped where it begins with `_`
        columns = min(len(names), 6)
        figure.legend(
            handles.values(), handles, loc="outside upper center", ncols=columns, fontsize=6.5
        )
    return figure


def rows_of(values: Mapping[str, Interval], x: str, mark: float | None = None) -> Figure:
    """One dot with its interval for each row from the top, its number beside; a line at `mark`."""
    with figure_style():
        figure = Figure((1.5 * COLUMN, 0.6 + 0.19 * max(len(values), 3)), layout="constrained")
        axis = figure.add_subplot()
        style: Any = {"va": "center", "ha": "right", "fontsize": 6.5}
        style["transform"] = axis.get_yaxis_transform()
        for place, value in enumerate(values.values()):
            axis.plot([value.low, value.high], [place, place], color=INK, lw=1)
            axis.plot(value.mean, place, "o", color="#d55e00", ms=4, mec=INK, mew=0.5)
            axis.text(1.11, place, f"{value.mean:.1f}", **style)
        if mark is not None:
            axis.axvline(mark, color="#0072b2", lw=0.8, ls="--")
        axis.set_yticks(range(len(values)), list(values))
        axis.set(xlabel=x, ylim=(len(values) - 0.4, -0.8))
        axis.grid(axis="x", lw=0.3, color="#c8ccd4")
    return figure


def histograms(
    panels: Mapping[str, Mapping[str, np.ndarray]], x: str, limits: tuple[float, float]
) -> Figure:
    """Panels of outlined histograms over the same range: title -> name -> values."""
    with figure_style():
        figure = Figure((2 * COLUMN, 2.1), layout="constrained")
        axes = np.atleast_1d(figure.subplots(1, len(panels), sharey=True))
        edges = np.linspace(*limits, 41)
        handles: dict[str, Any] = {}
        for axis, (title, some) in zip(axes, panels.items(), strict=True):
            axis.set_title(title, fontsize=7)
            for at, (name, values) in enumerate(some.items()):
                style, inside = STYLES[at % len(STYLES)], np.clip(values, *limits)
                share = np.full(len(values), 100 / max(len(values), 1))
                _, _, drawn = axis.hist(
                    inside, edges, weights=share, histtype="step", lw=1.1,
                    color=style["color"], ls=style["ls"],
                )  # fmt: skip
                handles[name] = drawn[0]
        axes[0].set_ylabel("percent of mentions")
        figure.supxlabel(x, fontsize=7)
        figure.legend(handles.values(), handles, loc="outside upper center", ncols=6, fontsize=6.5)
    return figure

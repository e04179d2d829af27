"""Drawing of a faithfulness report: every method beside chance, in two columns of a page."""

from __future__ import annotations

from typing import Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from analysis.drawing.explanation import COLUMN
from analysis.drawing.fonts import figure_style
from analysis.drawing.palette import INK

#: Panel title, measure, what it is compared with, and the factor to percent.
PANELS = (
    ("Deletion (low is good)", "deletion_auc", "deletion_auc_random", 100),
    ("Insertion (high is good)", "insertion_auc", "insertion_auc_random", 100),
    ("Top patch is evidence", "pointing_game", "pointing_chance", 1),
    ("Top word is evidence", "evidence_words", "evidence_words_chance", 1),
)


def faithfulness_figure(report: dict[str, Any], target: str = "total") -> Figure:
    """Bars of each method for one target, in percent, with a line at random order or chance."""
    rows = {m: targets[target] for m, targets in report["methods"].items() if target in targets}
    with figure_style():
        figure = Figure((2 * COLUMN, 0.6 + 0.22 * max(3, len(rows))), layout="constrained")
        axes = figure.subplots(1, len(PANELS), sharey=True)
        for axis, (title, name, chance, factor) in zip(axes, PANELS, strict=True):
            _panel(axis, rows, name, chance, factor)
            axis.set_title(title, fontsize=7)
        axes[0].set_yticks(range(len(rows)), [name.replace("_", " ") for name in rows])
        axes[0].set_ylim(len(rows) - 0.4, -0.6)
        figure.supxlabel("percent; the black line is random order or chance", fontsize=7)
    return figure


def _panel(
    axis: Axes, rows: dict[str, dict[str, Any]], name: str, chance: str, factor: float
) -> None:
    for place, row in enumerate(rows.values()):
        value, other = row.get(name), row.get(chance)
        if value is None or other is None:
            continue
        axis.barh(place, value * factor, color="#f2a65a", edgecolor=INK, lw=0.5)
        axis.text(2, place, f"{value * factor:.0f}", va="center", fontsize=6.5)
        axis.plot([other * factor] * 2, [place - 0.45, place + 0.45], color=INK, lw=1.5)
    axis.set_xlim(0, 100)

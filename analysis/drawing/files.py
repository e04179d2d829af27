"""Writes figures as PNG, PDF and SVG, byte for byte the same for the same figure."""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from matplotlib.figure import Figure

from analysis.drawing.fonts import figure_style
from mimic.io.files import write_whole

DPI = 200
#: Nothing of the clock, and nothing random, goes into a file.
_UNDATED: dict[str, dict[str, Any]] = {
    "png": {"Software": None},
    "pdf": {"CreationDate": None, "ModDate": None},
    "svg": {"Date": None},
}
_SETTINGS = {"pdf.fonttype": 42, "svg.hashsalt": "mimic", "svg.fonttype": "path"}


def write_figure(figure: Figure, stem: Path, kinds: Sequence[str] = ("png", "pdf")) -> list[Path]:
    """Writes `stem.KIND` for `png`, `pdf` or `svg` and returns the paths.

    Raises:
        InputError: they cannot be written.
    """
    files = figure_files(figure, stem.name, kinds)
    return [write_whole(stem.with_name(name), data) for name, data in files.items()]


def figure_files(
    figure: Figure, name: str, kinds: Sequence[str] = ("png", "pdf")
) -> dict[str, bytes]:
    """File name -> content: `NAME.KIND` for each kind."""
    files = {}
    with figure_style(_SETTINGS):
        for kind in kinds:
            buffer = io.BytesIO()
            figure.savefig(buffer, format=kind, dpi=DPI, metadata=_UNDATED[kind])
            files[f"{name}.{kind}"] = buffer.getvalue()
    return files

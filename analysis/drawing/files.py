"""Writes figures as PNG, PDF and SVG, byte for byte the same for the same figure."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from matplotlib.figure import Figure

from analysis.drawing.fonts import figure_style
from mimic.errors import InputError

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
    paths = [stem.with_name(f"{stem.name}.{kind}") for kind in kinds]
    try:
        stem.parent.mkdir(parents=True, exist_ok=True)
        with figure_style(_SETTINGS):
            for path, kind in zip(paths, kinds, strict=True):
                figure.savefig(path, dpi=DPI, metadata=_UNDATED[kind])
    except OSError as error:
        raise InputError(f"{stem.parent}: the figure cannot be written ({error})") from None
    return paths

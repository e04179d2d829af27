"""Writes figures as PNG and PDF, byte for byte the same for the same figure."""

from __future__ import annotations

from pathlib import Path

import matplotlib
from matplotlib.figure import Figure

from mimic.errors import InputError

DPI = 200


def write_figure(figure: Figure, stem: Path) -> list[Path]:
    """Writes `stem.png` and `stem.pdf` and returns their paths.

    Raises:
        InputError: they cannot be written.
    """
    paths = [stem.with_name(f"{stem.name}.{kind}") for kind in ("png", "pdf")]
    undated = ({"Software": None}, {"CreationDate": None, "ModDate": None})
    try:
        with matplotlib.rc_context({"pdf.fonttype": 42}):
            for path, metadata in zip(paths, undated, strict=True):
                figure.savefig(path, dpi=DPI, metadata=metadata)
    except OSError as error:
        raise InputError(f"{stem.parent}: the figure cannot be written ({error})") from None
    return paths

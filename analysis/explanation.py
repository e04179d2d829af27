"""Writes one explanation as a record, a page of words and heatmaps."""

from __future__ import annotations

import json
from pathlib import Path

from analysis.drawing.explanation import drawings
from analysis.drawing.files import figure_files
from analysis.drawing.words_html import text_page
from mimic.io.files import write_whole
from mimic.schema import Explanation, explanation_record


def write_explanation(explanation: Explanation, folder: Path) -> list[Path]:
    """Writes `explanation.json`, `text.html` and the figures; returns all paths.

    All is drawn before the first file is written, each of which then appears whole.

    Raises:
        InputError: the folder cannot be made or written.
    """
    record = json.dumps(explanation_record(explanation), ensure_ascii=False, indent=1)
    files = {
        "explanation.json": f"{record}\n".encode(),
        "text.html": f"{text_page(explanation)}\n".encode(),
    }
    for name, figure in drawings(explanation).items():
        files |= figure_files(figure, name)
    return [write_whole(folder / name, data) for name, data in files.items()]

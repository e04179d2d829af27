"""Writes one explanation as a record, a page of words and heatmaps."""

from __future__ import annotations

import json
from pathlib import Path

from analysis.drawing.explanation import drawings
from analysis.drawing.files import write_figure
from analysis.drawing.words_html import text_page
from mimic.errors import InputError
from mimic.schema import Explanation, explanation_record


def write_explanation(explanation: Explanation, folder: Path) -> list[Path]:
    """Writes `explanation.json`, `text.html` and the figures; returns all paths.

    Raises:
        InputError: the folder cannot be made or written.
    """
    record = json.dumps(explanation_record(explanation), ensure_ascii=False, indent=1)
    texts = {"explanation.json": record, "text.html": text_page(explanation)}
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, text in texts.items():
            (folder / name).write_text(text + "\n", "utf-8")
    except OSError as error:
        raise InputError(f"{folder}: cannot be written ({error.strerror})") from None
    written = [folder / name for name in texts]
    for name, figure in drawings(explanation).items():
        written += write_figure(figure, folder / name)
    return written

"""Everything that an export holds: figures, LaTeX, numbers, and the record that makes them again.

All files are made in memory and depend on the record alone, so that the same record gives the same
bytes; a file appears on disk whole or not at all.
"""

from __future__ import annotations

import gc
import io
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from matplotlib.figure import Figure
from PIL import Image

from analysis.case.case_json import casebook_json
from analysis.case.figure import WIDTHS, DecodedPictures, case_figure
from analysis.case.latex import latex
from analysis.case.records import LISTS, Answer, Casebook
from analysis.drawing.fonts import HINT, figure_style, undrawable
from mimic.io.cells import csv_text
from mimic.io.files import write_whole
from mimic.io.terminal import Share

#: Nothing of the clock, and nothing random, goes into a file.
_UNDATED: dict[str, dict[str, Any]] = {
    "pdf": {"CreationDate": None, "ModDate": None},
    "svg": {"Date": None},
    "png": {"Software": None},
}
_SETTINGS: Any = {
    "pdf.fonttype": 42,
    "svg.hashsalt": "mimic",
    "svg.fonttype": "path",
    "text.hinting": "no_hinting",  # at 300 dpi hinted letters look the same and take longer
}
PNG_DPI = 300
PAGE = 9.2  # inches: the text height of a page of two columns
ZIP_DATE = (1980, 1, 1, 0, 0, 0)
COLUMNS = (
    "case", "what_if", "list", "rank", "entity", "name", "score", "probability", "right",
    *(f"rank_{name}" for name in LISTS),
    "mention", "sentence",
)  # fmt: skip


def export_files(book: Casebook, progress: Share | None = None) -> dict[str, bytes]:
    """File name -> content of `case.json`, the figures, `case.tex` and `case.csv`.

    Args:
        progress: is told the share that is done, from 0 to 1.
    """
    files = {"case.json": casebook_json(book).encode()}
    files["case.csv"] = numbers(book).encode("utf-8-sig")  # with its mark, for spreadsheets
    files["case.tex"] = latex(book).encode()
    pictures = DecodedPictures(book)
    with _uncollected():
        for name, wide in WIDTHS.items():
            figure = case_figure(book, wide, pictures)
            for kind in _UNDATED:
                files[f"case-{name}.{kind}"] = _rendered(figure, kind, book.font)
                if progress is not None:
                    progress((len(files) - 3) / (len(WIDTHS) * len(_UNDATED)))
    return files


@contextmanager
def _uncollected() -> Iterator[None]:
    """Without the garbage collector, which would walk over model and index again and again."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


def hints(book: Casebook, files: dict[str, bytes]) -> list[str]:
    """What whoever exports should know of the files of a book; one sentence each, mostly none."""
    return [hint for hint in (missing_letters(book), too_tall(files)) if hint]


def too_tall(files: dict[str, bytes]) -> str:
    """A hint when a figure is taller than a page, and would be printed smaller; else `""`."""
    heights = {}
    for name in WIDTHS:
        with Image.open(io.BytesIO(files[f"case-{name}.png"])) as picture:
            heights[name] = picture.height / PNG_DPI
    tall = ", ".join(f"case-{n} ({high:.1f})" for n, high in heights.items() if high > PAGE)
    advice = "export fewer cases or what-ifs at once"
    return f"taller than the {PAGE} inches of a page: {tall}; {advice}" if tall else ""


def missing_letters(book: Casebook) -> str:
    """A hint when the figure shows boxes, because no installed font has a character; else `""`."""
    texts = [case.caption for case in book.cases]
    for _, _, answer in _answers(book):
        texts += [answer.sentence, *(s.name for s in answer.standings)]
    missing = undrawable(texts)
    return f"no installed font has {missing[:20]!r}: {HINT}" if missing else ""


def zipped(files: dict[str, bytes]) -> bytes:
    """The files as one ZIP; the same files give the same bytes."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, data in files.items():
            packed = zipfile.ZIP_STORED if name.endswith((".png", ".pdf")) else None
            archive.writestr(zipfile.ZipInfo(name, ZIP_DATE), data, packed or zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def write_files(files: dict[str, bytes], folder: Path) -> list[Path]:
    """Writes the files to a folder, each aside first and then under its name.

    Raises:
        InputError: the folder cannot be made or written.
    """
    return [write_whole(folder / name, data) for name, data in files.items()]


def numbers(book: Casebook) -> str:
    """The numbers as CSV; no cell is a formula for a spreadsheet."""
    return csv_text(COLUMNS, _lines(book))


def _lines(book: Casebook) -> Iterator[tuple[Any, ...]]:
    for number, what_if, answer in _answers(book):
        gold = book.cases[number - 1].gold
        for name in answer.lists:
            for standing in answer.top(name):
                yield (
                    number, what_if, name, standing.ranks[name], standing.id, standing.name,
                    standing.scores[name], standing.probability,
                    ("yes" if standing.id == gold else "no") if gold else "",
                    *(standing.ranks[other] for other in LISTS),
                    answer.mention, answer.sentence,
                )  # fmt: skip


def _answers(book: Casebook) -> Iterator[tuple[int, str, Answer]]:
    """Case number, label of the what-if (`""` for the case itself), answer."""
    for number, case in enumerate(book.cases, 1):
        yield number, "", case.answer
        for what_if in case.what_ifs:
            yield number, what_if.label, what_if.answer


def _rendered(figure: Figure, kind: str, font: str) -> bytes:
    buffer = io.BytesIO()
    for image in figure.axes[0].images:  # pixels of its own are embedded as they are
        image.set_interpolation("antialiased" if kind == "png" else "none")
    options: dict[str, Any] = {"pil_kwargs": {"compress_level": 1}} if kind == "png" else {}
    with figure_style(_SETTINGS, font):  # of glyphs that are missing `missing_letters` tells
        figure.savefig(buffer, format=kind, dpi=PNG_DPI, metadata=_UNDATED[kind], **options)
    return buffer.getvalue()

"""The figure of a case study: its layout, and then ink."""

from __future__ import annotations

from matplotlib.figure import Figure
from PIL import Image

from analysis.case.layout import case_layout
from analysis.case.records import Casebook
from analysis.drawing.ink import ink
from mimic.model.pictures import picture_from

#: Widths in inches: the text width of a page of two columns, and one of its columns.
WIDTHS = {"two-column": 7.0, "one-column": 3.3}
PIXELS = 480  # of the longer side of what is drawn


class DecodedPictures(dict[str, Image.Image]):
    """Key -> picture of a book, decoded when it is first asked for, no larger than print needs."""

    def __init__(self, book: Casebook) -> None:
        self._files = {key: file for case in book.cases for key, file in case.pictures.items()}

    def __missing__(self, key: str) -> Image.Image:
        picture = picture_from(self._files[key].data, "picture")
        picture.thumbnail((PIXELS, PIXELS), Image.Resampling.LANCZOS)
        self[key] = picture
        return picture


def case_figure(book: Casebook, wide: float, pictures: DecodedPictures | None = None) -> Figure:
    """The figure of a book.

    Args:
        wide: in inches; less than 5 takes the form for one column.
        pictures: of the book, where several figures of it are drawn: each is decoded once.
    """
    decoded = DecodedPictures(book) if pictures is None else pictures
    return ink(case_layout(book, wide, lambda key: decoded[key].size), decoded, book.font)

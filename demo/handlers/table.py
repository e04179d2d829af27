"""What the panel of tables does with its rows, without the page."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from PIL import Image

from mimic.data.picture_store import open_pictures
from mimic.linking.link_table import LinkedRow
from mimic.model.pictures import read_picture
from mimic.model.spans import find_span


@dataclass(frozen=True)
class Opened:
    """A row that Link is to open.

    Attributes:
        pictures: the ZIP that holds its picture.
        turn: tells one press of a button from the next.
    """

    row: LinkedRow
    pictures: Path | None
    turn: float

    def fields(self) -> tuple[Image.Image | None, str, str, list[int], str]:
        """Picture, sentence, mention and span, and that the right entity is not known.

        Raises:
            InputError: the picture cannot be read any more.
        """
        row = self.row
        span = find_span(row.sentence, row.mention, None)
        return self._picture(), row.sentence, row.mention, list(span or ()), ""

    def _picture(self) -> Image.Image | None:
        if not self.row.image or self.row.note:
            return None
        with open_pictures(self.pictures) as store:
            if store is None:
                return None
            with store.picture(self.row.image) as path:
                return read_picture(path)

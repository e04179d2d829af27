"""A gold table of `mimic.data.corrections` as a data set; its entities come with --kb."""

from __future__ import annotations

from pathlib import Path

from mimic.data.corrections import pictures_of
from mimic.data.formats.data_set import DataSet, Pictures, Record, text_of
from mimic.data.layout import GOLD_TABLE, ImageFolder
from mimic.io.json_reader import read_json_lines

_FIELDS = {"sentence", "mentions", "answer", "imgPath"}


def is_gold_table(path: Path) -> bool:
    """Whether a file of JSON lines has the fields of the authors' mentions."""
    if path.suffix != GOLD_TABLE or not path.is_file():
        return False
    _, first = next(read_json_lines(path), ("", None))
    return isinstance(first, dict) and first.keys() >= _FIELDS


def read_gold_table(path: Path, pictures: Pictures) -> DataSet:
    """Its one split, `all`; of several lines of one mention the last counts.

    Raises:
        InputError: a line lacks a field.
    """
    images, rows = ImageFolder(pictures_of(path)), dict[str, Record]()
    for where, record in read_json_lines(path):
        key = text_of(record, "id", where)
        for name in ("sentence", "mentions", "answer"):
            text_of(record, name, where)
        file = text_of(record, "imgPath", where, needed=False)
        image = pictures.file("mention_image", images.find(file)) if file else ""
        kept = {name: record[name] for name in (*_FIELDS, "startPos") if name in record}
        rows[key] = {"id": key} | kept | {"imgPath": image}
    return DataSet([], {"all": list(rows.values())})

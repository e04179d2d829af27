"""What each row of a user's table says about an entity, or why it cannot be used."""

from __future__ import annotations

import contextlib
import json
import math
from dataclasses import dataclass, replace
from typing import Any

from mimic.data.kb_table import Table
from mimic.errors import InputError, check_text


@dataclass(frozen=True)
class Row:
    """An entity of the table; `images` are file names as its cell gives them."""

    number: int
    id: str
    name: str
    text: str
    images: tuple[str, ...]
    id_made: bool = False


def entity_rows(table: Table) -> tuple[list[Row], dict[int, str]]:
    """The usable rows in order, and row number -> why it is not."""
    parsed: list[Row] = []
    skipped = dict(table.broken)
    for number, cells in table.rows.items():
        try:
            parsed.append(_row(number, cells))
        except InputError as error:
            skipped[number] = str(error)
    given = {row.id for row in parsed}
    rows: dict[str, Row] = {}
    for row in parsed:
        if not row.id:
            row = replace(row, id=_made_id(row.number, given), id_made=True)
        if row.id in rows:
            skipped[row.number] = f"repeats the id {row.id!r} of row {rows[row.id].number}"
        else:
            rows[row.id] = row
    return list(rows.values()), skipped


def _row(number: int, cells: dict[str, Any]) -> Row:
    name = " ".join(plain(cells, "name").split())
    if not name:
        raise InputError("the name is empty")
    images = _image_names(cells.get("image"))
    return Row(number, plain(cells, "id"), name, plain(cells, "description"), images)


def plain(cells: dict[str, Any], field: str) -> str:
    """A cell as text; `""` where nothing is in it."""
    value = cells.get(field)
    if isinstance(value, list | dict | bytes):
        raise InputError(f"the {field} is a {type(value).__name__}, not text")
    if isinstance(value, float):  # tables turn whole numbers beside empty cells into these
        value = None if math.isnan(value) else int(value) if value.is_integer() else value
    text = "" if value is None else str(value).strip()
    check_text(text, f"the {field}")
    return text


def _image_names(cell: Any) -> tuple[str, ...]:
    """`a.jpg`, `a.jpg;b.jpg`, or a list of names, which may be written as JSON."""
    listed = cell
    if isinstance(cell, str):
        listed = cell.split(";")
        if cell.lstrip().startswith("["):
            with contextlib.suppress(ValueError, RecursionError):
                listed = json.loads(cell)
    names = [_image_name(name) for name in (listed if isinstance(listed, list) else [listed])]
    return tuple(dict.fromkeys(name for name in names if name))


def _image_name(value: Any) -> str:
    try:
        return plain({"image": value}, "image")
    except InputError as error:
        return f"<{error}>"  # no file has this name, so it is reported as missing


def _made_id(number: int, given: set[str]) -> str:
    made = f"E{number:06d}"
    while made in given:
        made = "E" + made
    return made

"""What each row of a user's table says about an entity, or why it cannot be used."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from mimic.data.kb_table import UserTable
from mimic.errors import InputError, check_text
from mimic.io.values import as_list, as_text, made_id, unquoted


@dataclass(frozen=True)
class Row:
    """An entity of the table; `images` are file names as its cell gives them, `aliases` other
    names of the entity."""

    number: int
    id: str
    name: str
    text: str
    images: tuple[str, ...]
    aliases: tuple[str, ...] = ()
    type: str = ""
    url: str = ""
    id_made: bool = False


def entity_rows(table: UserTable) -> tuple[list[Row], dict[int, str]]:
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
            row = replace(row, id=made_id(f"E{row.number:06d}", given), id_made=True)
        if row.id in rows:
            skipped[row.number] = f"repeats the id {row.id!r} of row {rows[row.id].number}"
        else:
            rows[row.id] = row
    return list(rows.values()), skipped


def _row(number: int, cells: dict[str, Any]) -> Row:
    name = " ".join(unquoted(plain(cells, "name")).split())
    if not name:
        raise InputError("the name is empty")
    images = image_names(cells.get("image"))
    about = plain(cells, "id"), name, plain(cells, "description")
    return Row(number, *about, images, _aliases(cells), plain(cells, "type"), plain(cells, "url"))


def _aliases(cells: dict[str, Any]) -> tuple[str, ...]:
    """`USA;United States`, or a list of names, which may be written as text."""
    names = [plain({"aliases": name}, "aliases") for name in _listed(cells.get("aliases"))]
    spaced = (" ".join(unquoted(name).split()) for name in names)
    return tuple(name for name in dict.fromkeys(spaced) if name)


def plain(cells: dict[str, Any], field: str) -> str:
    """A cell as text; `""` where nothing is in it."""
    text = as_text(cells.get(field), f"the {field}").strip()
    check_text(text, f"the {field}")
    return text


def image_names(cell: Any) -> tuple[str, ...]:
    """`a.jpg`, `a.jpg;b.jpg`, or a list of names, which may be written as text."""
    names = [_image_name(name) for name in _listed(cell)]
    return tuple(dict.fromkeys(name for name in names if name))


def _listed(cell: Any) -> list[Any]:
    listed = as_list(cell)
    return cell.split(";") if listed == [cell] and isinstance(cell, str) else listed


def _image_name(value: Any) -> str:
    try:
        return plain({"image": value}, "image")
    except InputError as error:
        return f"<{error}>"  # no file has this name, so it is reported as missing

"""The model card in docs: a page written by hand, whose figures are those of a stored record of
`world`."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from mimic.errors import InputError
from mimic.io.files import write_whole

PAGE, JSON = "model-card.md", "figures/world.json"
#: A figure, and after it, where no reader sees it, the place of it in the record.
_FIGURE = re.compile(r"(\S+)<!-- ([\w.@-]+) -->")


def filled(page: str, record: Mapping[str, Any]) -> str:
    """The page with its figures from a record; what is not in it is a dash."""
    return _FIGURE.sub(lambda found: f"{_shown(record, found[2])}<!-- {found[2]} -->", page)


def read_card(docs: Path) -> str:
    """The page in a docs folder.

    Raises:
        InputError: it is not there, or has no place for a figure.
    """
    file = docs / PAGE
    page = file.read_text("utf-8") if file.is_file() else ""
    if not _FIGURE.search(page):
        raise InputError(f"{file}: needs figures, as `85.1<!-- photo.hits@1 -->`")
    return page


def write_card(docs: Path, record: Mapping[str, Any]) -> None:
    """Writes the record, and its figures into the page.

    Raises:
        InputError: there is no such page, or it cannot be written.
    """
    page = filled(read_card(docs), record)
    write_whole(docs / JSON, (json.dumps(record, indent=1) + "\n").encode())
    write_whole(docs / PAGE, page.encode())


def _shown(record: Mapping[str, Any], place: str) -> str:
    value: Any = record
    for key in place.split("."):
        value = value.get(key) if isinstance(value, Mapping) else None
    if isinstance(value, float):
        return f"{value:.1f}"
    return f"{value:,}" if isinstance(value, int) else "–" if value is None else str(value)

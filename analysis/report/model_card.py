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
from mimic.model.mimic import update_card

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


def write_card(docs: Path, record: Mapping[str, Any], model: Path) -> None:
    """Writes the record, its figures into the page, and the page's text into the model's card.

    Raises:
        InputError: there is no such page, or it cannot be written.
    """
    page = filled(read_card(docs), record)
    write_whole(docs / JSON, (json.dumps(record, indent=1) + "\n").encode())
    write_whole(docs / PAGE, page.encode())
    update_card(model, about=sections(page))


def sections(page: str) -> dict[str, str]:
    """Heading -> text, as a model's own card holds it; what stands before the first has none."""
    plain = re.sub(r"<!--.*?-->", "", page)
    _, *parts = re.split(r"^## (.+)$", plain, flags=re.MULTILINE)
    return {heading: text.strip() for heading, text in zip(parts[::2], parts[1::2], strict=True)}


def _shown(record: Mapping[str, Any], place: str) -> str:
    value: Any = record
    for key in place.split("."):
        value = value.get(key) if isinstance(value, Mapping) else None
    if isinstance(value, float):
        return f"{value:.1f}"
    return f"{value:,}" if isinstance(value, int) else "–" if value is None else str(value)

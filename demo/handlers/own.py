"""What the panel of one's own knowledge base does, without the page."""

from __future__ import annotations

import json
from pathlib import Path

from demo.own_kbs import MOST_TYPED
from mimic.errors import InputError

#: Characters of all typed lines.
MOST_CHARACTERS = 100_000


def typed_table(text: str, folder: Path) -> Path:
    """Lines of `name | description` as a table for `import_kb`; its rows are their numbers.

    Raises:
        InputError: there are none, or more than a quick try needs.
    """
    lines = [line for line in (text or "").splitlines() if line.strip()]
    if not lines:
        raise InputError("choose a table, or type entities: name | description, one in a line")
    if len(lines) > MOST_TYPED or len(text) > MOST_CHARACTERS:
        raise InputError(
            f"more than {MOST_TYPED} typed lines or {MOST_CHARACTERS:,} characters: upload a "
            "table instead"
        )
    rows = []
    for line in lines:
        name, _, description = line.partition("|")
        rows.append({"name": name.strip(), "description": description.strip()})
    path = folder / "typed.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    return path

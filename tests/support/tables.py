"""Small tables and knowledge bases made of them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any


def write(tmp_path: Path, text: str, name: str = "t.csv", encoding: str = "utf-8") -> Path:
    (tmp_path / name).write_bytes(text.encode(encoding))
    return tmp_path / name


def made(out: Path) -> list[dict[str, Any]]:
    records: list[dict[str, Any]] = json.loads((out / "kb_entity.json").read_text("utf-8"))
    return records


def names(out: Path) -> list[str]:
    return [record["entity_name"] for record in made(out)]


def beside(out: Path) -> list[str]:
    """What an import left next to its output folder."""
    return [p.name for p in out.parent.iterdir() if p.name.startswith(".")]

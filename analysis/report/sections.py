"""A section of the report: notes, tables and figures, as CSV, Markdown, PDF, SVG and PNG."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pandas as pd
from matplotlib.figure import Figure

from analysis.drawing.files import figure_files
from mimic.config import read_json
from mimic.errors import InputError
from mimic.io.cells import safe_cell
from mimic.io.files import removed, write_whole

#: Formats of every figure.
KINDS = ("pdf", "svg", "png")


@dataclass(frozen=True)
class ReportTable:
    """A table with its caption.

    Attributes:
        frame: texts and numbers; percentages from 0 to 100.
        digits: column -> digits after the point in Markdown, where it is not 1.
        shown: also in Markdown and in the report; else as CSV only, for long ones.
    """

    title: str
    frame: pd.DataFrame
    digits: Mapping[str, int] = field(default_factory=dict)
    shown: bool = True


@dataclass(frozen=True)
class Section:
    """What one command found.

    Attributes:
        name: of its files, and of its command.
        notes: what was found, one sentence each, with the numbers.
        tables, figures: by the name of their files.
    """

    name: str
    title: str
    notes: Sequence[str]
    tables: Mapping[str, ReportTable]
    figures: Mapping[str, Figure] = field(default_factory=dict)


def write_section(section: Section, folder: Path, origin: Mapping[str, Any]) -> list[Path]:
    """Writes `NAME.csv` for each table, `NAME.pdf/svg/png` for each figure, and `PART.md`; last
    `PART.json`, which says that the section is complete. An old one goes first, so that it never
    speaks for files of two parts.

    Args:
        origin: command, fingerprints, seed and versions.

    Raises:
        InputError: the folder cannot be written.
    """
    files = {}
    for name, table in section.tables.items():
        text = table.frame.map(safe_cell).to_csv(index=False, float_format="%.4f")
        files[f"{name}.csv"] = text.encode()
    for name, figure in section.figures.items():
        files |= figure_files(figure, name, KINDS)
    record = section_record(section, origin)
    files[f"{section.name}.md"] = markdown(record).encode()
    text = json.dumps(record, indent=1, ensure_ascii=False, allow_nan=False) + "\n"
    files[f"{section.name}.json"] = text.encode()
    removed(folder / f"{section.name}.json")
    return [write_whole(folder / name, data) for name, data in files.items()]


def section_record(section: Section, origin: Mapping[str, Any]) -> dict[str, Any]:
    """The section as plain JSON; figures by name."""
    return {
        "name": section.name,
        "title": section.title,
        "origin": dict(origin),
        "notes": list(section.notes),
        "tables": {name: _table_record(t) for name, t in section.tables.items() if t.shown},
        "files": [
            *(f"{name}.csv" for name in section.tables),
            *(f"{name}.{kind}" for name in section.figures for kind in KINDS),
        ],
        "figures": list(section.figures),
    }


def read_section(folder: Path, name: str) -> dict[str, Any] | None:
    """The stored record of a section; `None` where there is none that can be read."""
    try:
        record = read_json(folder / f"{name}.json")
    except InputError:
        return None
    known = ("name", "title", "origin", "notes", "tables", "figures", "files")
    return record if isinstance(record, dict) and all(key in record for key in known) else None


def markdown(record: Mapping[str, Any]) -> str:
    """A section as Markdown: title, command, notes, figures and tables."""
    lines = [f"## {record['title']}", ""]
    if command := record["origin"].get("command"):
        lines += ["```bash", command, "```", ""]
    lines += [f"- {note}" for note in record["notes"]]
    for name in record["figures"]:
        lines += ["", f"![{name}]({name}.svg)"]
    for table in record["tables"].values():
        lines += ["", f"**{table['title']}**", "", table_markdown(table)]
    return "\n".join(lines) + "\n"


def table_markdown(table: Mapping[str, Any]) -> str:
    """The rows of a stored table in Markdown; what is missing is a dash."""
    columns, rows = table["columns"], shown_rows(table)
    numbers = [
        any(isinstance(row[i], int | float) for row in table["rows"]) for i in range(len(columns))
    ]
    rule = ["---:" if number else "---" for number in numbers]
    return "\n".join("| " + " | ".join(line) + " |" for line in [columns, rule, *rows])


def shown_rows(table: Mapping[str, Any]) -> list[list[str]]:
    """The cells of a stored table as texts, numbers with their digits."""
    digits = [table["digits"].get(column, 1) for column in table["columns"]]
    return [[_shown(v, d) for v, d in zip(row, digits, strict=True)] for row in table["rows"]]


def _shown(value: Any, digits: int) -> str:
    if value is None:
        return "\N{EN DASH}"
    if isinstance(value, float):
        return f"{value:.{digits}f}"
    return str(value).replace("|", "\\|").replace("\n", " ")


def _table_record(table: ReportTable) -> dict[str, Any]:
    rows = [[_plain(value) for value in row] for row in table.frame.itertuples(index=False)]
    columns = [str(column) for column in table.frame.columns]
    return {"title": table.title, "columns": columns, "digits": dict(table.digits), "rows": rows}


def _plain(value: Any) -> Any:
    value = value.item() if hasattr(value, "item") else value
    return (
        None if value is None or (isinstance(value, float) and not math.isfinite(value)) else value
    )

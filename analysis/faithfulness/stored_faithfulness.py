"""The faithfulness report that is kept in docs: the table shown there, and what the page reads."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from mimic.errors import InputError
from mimic.io.json_reader import read_json

DOCS = Path(__file__).resolve().parent.parent.parent / "docs"
JSON, CSV, PAGE = "faithfulness.json", "faithfulness.csv", "explanations.md"
START, END = "<!-- faithfulness: written by --docs -->", "<!-- /faithfulness -->"
#: What is asked of a method before it may be the default, in percent.
ASKED = 85
#: Column of the table, its number in a row of the report, what it is compared with, and factor.
COLUMNS = (
    ("deletion", "deletion_auc", "deletion_auc_random", 100),
    ("insertion", "insertion_auc", "insertion_auc_random", 100),
    ("top patch", "pointing_game", "pointing_chance", 1),
    ("in masks", "mask_share", "mask_area", 1),
    ("top word", "evidence_words", "evidence_words_chance", 1),
    ("top pair", "pair_hit", "pair_hit_chance", 1),
)
CHECKS = (
    ("random model, patches", "random_model_patches"),
    ("random model, words", "random_model_words"),
    ("infidelity", "infidelity"),
    ("gap", "completeness_gap"),
    ("seconds", "seconds"),
)
Report = Mapping[str, Any]


@dataclass(frozen=True)
class Measured:
    """How well one method did on Atlas for one target.

    Attributes:
        this_model: it was measured with the model that is asked about.
        n: mentions behind the deletion gap.
        gap, low, high: by how many points of the right entity's share hiding in the order of the
            map beats hiding at random, with an interval of 95 %; `None` where unknown.
        patches, patches_chance, words, words_chance: hits of the evidence in percent, and those of
            a random patch or word; `None` where the target does not read them.
    """

    this_model: bool
    n: int
    gap: float
    low: float | None
    high: float | None
    patches: float | None
    patches_chance: float | None
    words: float | None
    words_chance: float | None

    @property
    def fails(self) -> bool:
        """It is not clearly better than a random order, or hits the evidence too rarely."""
        hits = [hit for hit in (self.patches, self.words) if hit is not None]
        return self.low is None or self.low <= 0 or any(hit < ASKED for hit in hits)


def measured(report: Report, method: str, target: str, model: str) -> Measured | None:
    """What the report says of a method and target; `None` when it was not measured.

    Args:
        model: fingerprint of the model that is asked about.
    """
    row = report.get("methods", {}).get(method, {}).get(target)
    if row is None:
        return None
    low, high = row.get("deletion_gap_interval") or (None, None)
    return Measured(
        report["model"] == model,
        row["n"],
        100 * row["deletion_gap"],
        None if low is None else 100 * low,
        None if high is None else 100 * high,
        *(
            row.get(name)
            for name in (
                "pointing_game",
                "pointing_chance",
                "evidence_words",
                "evidence_words_chance",
            )
        ),
    )


def stored_report(folder: Path = DOCS) -> Report:
    """The report in a docs folder; empty where there is none that can be read."""
    try:
        report = read_json(folder / JSON)
    except InputError:
        return {}
    return report if isinstance(report, dict) else {}


def merged(old: Report, new: Report) -> dict[str, Any]:
    """The new report with what only the old one measured, if it was of the same model and split."""
    if any(old.get(name) != new[name] for name in ("model", "split")):
        return dict(new)
    methods = {name: dict(rows) for name, rows in old["methods"].items()}
    for name, rows in new["methods"].items():
        methods.setdefault(name, {}).update(rows)
    return {**new, "methods": methods}


def docs_table(report: Report) -> str:
    """Markdown: each number with that of chance or random order in brackets."""
    heads = ["method", "target", "n", *(c[0] for c in COLUMNS), *(c[0] for c in CHECKS)]
    lines = [heads, ["---", "---", *["---:"] * (len(heads) - 2)]]
    for method, targets in report["methods"].items():
        for target, row in targets.items():
            pairs = (_pair(row, value, chance, by) for _, value, chance, by in COLUMNS)
            checks = (_number(row.get(name), 2) for _, name in CHECKS)
            lines.append([f"`{method}`", target, str(row["n"]), *pairs, *checks])
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def with_table(page: Path, report: Report) -> str:
    """The text of a page with the table between its two marks.

    Raises:
        InputError: the page cannot be read or has no such marks.
    """
    before, after = around_table(page)
    return f"{before}\n{docs_table(report)}\n{after}"


def around_table(page: Path) -> tuple[str, str]:
    """The text of a page up to its first mark and from its second; raises as `with_table` does."""
    try:
        text = page.read_text("utf-8")
        return text[: text.index(START) + len(START)], text[text.index(END) :]
    except (OSError, ValueError):
        raise InputError(f"{page}: needs the lines {START} and {END} for the table") from None


def _pair(row: Report, value: str, chance: str, factor: float) -> str:
    if row.get(value) is None:
        return ""
    return f"{row[value] * factor:.1f} ({row[chance] * factor:.1f})"


def _number(value: float | None, digits: int) -> str:
    return "" if value is None else f"{value:.{digits}f}"

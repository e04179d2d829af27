"""The table of the README: one model on one split, whole, without pictures, without words."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pandas as pd

from mimic.data.layout import Split
from mimic.linking.linker import EntityLinker
from mimic.linking.splits.evaluate import evaluate

#: Row name -> what is taken from every mention, and the scores that rank.
ROWS: dict[str, tuple[str | None, str]] = {
    "all": (None, "total"),
    "without pictures": ("image", "total"),
    "without sentences": ("sentence", "total"),
    "TGLU alone": (None, "tglu"),
    "VDLU alone": (None, "vdlu"),
    "CMFU alone": (None, "cmfu"),
}


def ablation_table(
    linker: EntityLinker, split: Split, report: Callable[[str], None]
) -> pd.DataFrame:
    """H@1 by label group, H@1, H@10 and MRR over all, one row for each way to rank.

    All percentages, the whole knowledge base as candidates.
    """
    rows: dict[str, dict[str, Any]] = {}
    for name, (without, rank_by) in ROWS.items():
        report(f"{split.name}: {name}")
        measured = evaluate(linker, split, rank_by, without)
        groups = {label: row["hits@1"] for label, row in measured["by_group"].items()}
        rows[name] = {**groups, **{m: measured[m] for m in ("hits@1", "hits@10", "mrr")}}
    return pd.DataFrame.from_dict(rows, orient="index")


def markdown(table: pd.DataFrame) -> str:
    """The table in Markdown, one decimal for each percentage; what is missing is a dash."""
    head = "| | " + " | ".join(table.columns) + " |"
    rule = "|---|" + "---:|" * len(table.columns)
    rows = [
        f"| {name} | " + " | ".join("–" if pd.isna(v) else f"{v:.1f}" for v in row) + " |"
        for name, row in zip(table.index, table.to_numpy(), strict=True)
    ]
    return "\n".join([head, rule, *rows])

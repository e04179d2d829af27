"""Rows of the papers, to be shown beside ours: a table for each protocol, never one ranking.

`published.csv` has the facts. `checked` says where a figure was seen before it was written down; a
cell stays empty where nobody says what belongs there.
"""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from mimic.errors import InputError

FILE = Path(__file__).with_name("published.csv")
#: Metrics in percent, as the papers print them (`hits@1` is Top-1 accuracy in some).
METRICS = ("hits@1", "hits@3", "hits@5", "mrr")
_ABOUT = ("year", "protocol", "entities", "filter", "llm", "extra data", "checked", "source")


def published(name: str) -> dict[str, pd.DataFrame]:
    """The rows of one data set by their protocol (what is ranked), in the order of their years.

    Raises:
        InputError: no such data set.
    """
    texts = dict.fromkeys(("candidates", "filter", "llm", "extra data", "checked", "source"), str)
    rows = pd.read_csv(
        FILE, dtype=texts, keep_default_na=False, na_values=dict.fromkeys(METRICS, "")
    )
    names = rows["data"].unique()
    if name not in names:
        raise InputError(f"published is {name!r}; it must be one of {', '.join(names)}")
    rows = rows[rows["data"] == name].sort_values("year", kind="stable")
    ranked = zip(rows["candidates"], rows["entities"], strict=True)
    rows["protocol"] = [_protocol(*both) for both in ranked]
    columns = ["published", *METRICS, *_ABOUT]
    return {str(kind): some[columns] for kind, some in rows.groupby("protocol", sort=False)}


def _protocol(candidates: str, entities: str) -> str:
    """What is ranked, in words."""
    whole = f"{int(entities):,} entities" if entities else ""
    if candidates == "all":
        return f"whole knowledge base, {whole}"
    if candidates.isdigit():
        return f"{candidates} candidates" + f" of {whole}" * bool(whole)
    return candidates

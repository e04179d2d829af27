"""A second look beside the model alone: what it brings where names are shared, what it costs."""

from __future__ import annotations

import numpy as np
import pandas as pd

from analysis.measures.split_scores import SplitScores
from analysis.measures.statistics import by_group, difference, gains
from analysis.report.sections import ReportTable
from mimic.metrics import summary

SECOND = "with a second look"


def second_look_table(split: SplitScores, first: np.ndarray) -> ReportTable:
    """A row for all mentions, and for those whose name one, two to five, or more entities share.

    Args:
        first: ranks `[M]` by the model alone.
    """
    after, report = split.second_look
    parts = {"all": np.ones(len(first), bool), **by_group(split.groups["surface"])}
    rows = []
    for group, mask in parts.items():
        change = difference(*(gains(ranks[mask])["hits@1"] for ranks in (after, first)))
        rows.append({
            "shared by": group, "mentions": int(mask.sum()),
            "hits@1": summary(first[mask])["hits@1"],
            "hits@1 with": summary(after[mask])["hits@1"],
            "difference": change.mean, "low": change.low, "high": change.high, "p": change.p,
            "mrr": summary(first[mask])["mrr"], "mrr with": summary(after[mask])["mrr"],
            "mended": int(((first > 1) & (after == 1) & mask).sum()),
            "broken": int(((first == 1) & (after > 1) & mask).sum()),
        })  # fmt: skip
    held = report["right_when_overruling"]
    right = "" if held is None else f", right in {held:.1f} % of them"
    failed = f"; the first ranking stands {report['failed']} times" if report["failed"] else ""
    return ReportTable(
        f"A second look by {report['reranker']} at the first {report['looked']}, less the model "
        "alone, by how many entities share the name: points of H@1, bootstrap interval, and p of a "
        f"two-sided randomisation test. It puts another entity first {report['overruled']} "
        f"times{right}; median {report['ms']:.0f} ms for each mention{failed}",
        pd.DataFrame(rows),
        {"p": 4},
    )

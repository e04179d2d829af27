"""`evaluate`: the main table, with intervals, groups and paired tests."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from analysis.drawing.plots import bars
from analysis.measures.split_scores import SplitScores
from analysis.measures.statistics import Difference, by_group, difference, gains, interval
from analysis.measures.systems import CONCAT, SECOND, Ranks, table_of
from analysis.report.published import METRICS, published
from analysis.report.sections import ReportTable, Section
from mimic.metrics import summary


def main_table(split: SplitScores, systems: Ranks, others: str | None = None) -> Section:
    """Ranks of several systems on the same mentions; the first is compared with each other one.

    Args:
        others: data set of `published` whose rows are shown in a table of their own.
    """
    first = next(iter(systems))
    tables = {
        "evaluate": ReportTable(
            f"{split.records.name}: {len(split.rows)} mentions, {split.linker.entities} entities, "
            "all of them candidates; percent, with bootstrap intervals of 95 % over mentions",
            table_of(systems),
        ),
        "evaluate-groups": ReportTable("By group", groups_table(split, systems), shown=False),
    }
    notes = []
    if len(systems) > 1:
        compared = comparisons(split, systems)
        tables["evaluate-tests"] = ReportTable(
            f"{first} less each other system, on the same mentions: points of H@1 and MRR, "
            "bootstrap interval, and p of a two-sided randomisation test",
            compared,
            {"p": 4},
        )
        notes = beaten(first, compared)
    if SECOND in systems:
        tables["evaluate-second-look"] = second_look_table(split, systems[first])
    if others is not None:
        tables |= _published_tables(others)
    labels = by_group(split.groups[split.main_group])
    parts = {"all": np.ones(len(split.rows), bool), **labels}
    hits = {
        group: {name: interval(gains(r[mask])["hits@1"]) for name, r in systems.items()}
        for group, mask in parts.items()
    }
    figures = {"evaluate": bars(hits, "H@1 in percent")}
    return Section("evaluate", "Main table", notes, tables, figures)


def second_look_table(split: SplitScores, first: np.ndarray) -> ReportTable:
    """A row for all mentions, and for those whose name one, two to five, or more entities share.

    Args:
        first: ranks `[M]` by the model alone.
    """
    after, report = split.second_look
    parts = {"all": np.ones(len(first), bool), **by_group(split.groups["surface"])}
    rows = []
    for group, mask in parts.items():
        new, old = (gains(ranks[mask])["hits@1"] for ranks in (after, first))
        change = difference(new, old)
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


def _published_tables(name: str) -> dict[str, ReportTable]:
    """The papers' rows, a table for each protocol: numbers of two do not compare."""
    return {
        "evaluate-published" + f"-{number}" * (number > 1): ReportTable(
            f"Published for {name}, ranked among: {protocol}. From the papers, on their copies of "
            "the data: not to be ranked with the rows above or with another protocol's; `checked` "
            "says where a figure was seen",
            rows,
            dict.fromkeys(METRICS, 2),
        )
        for number, (protocol, rows) in enumerate(published(name).items(), 1)
    }


def groups_table(split: SplitScores, systems: Mapping[str, np.ndarray]) -> pd.DataFrame:
    """One row for each grouping, group and system."""
    rows = []
    for grouping, labels in split.groups.items():
        for group, mask in by_group(labels).items():
            for name, ranks in systems.items():
                spread = interval(gains(ranks[mask])["hits@1"])
                rows.append({
                    "grouping": grouping, "group": group, "system": name,
                    "mentions": int(mask.sum()), "hits@1": spread.mean, "hits@1 low": spread.low,
                    "hits@1 high": spread.high, "mrr": summary(ranks[mask])["mrr"],
                })  # fmt: skip
    return pd.DataFrame(rows)


def comparisons(split: SplitScores, systems: Mapping[str, np.ndarray]) -> pd.DataFrame:
    """The first system against each other, overall and in the groups of the main grouping."""
    first, *rivals = systems
    everything = {"all": np.ones(len(split.rows), bool)}
    rows = []
    for rival in rivals:
        for group, mask in (everything | dict(by_group(split.groups[split.main_group]))).items():
            for metric in ("hits@1", "mrr"):
                ours, theirs = (gains(systems[n][mask])[metric] for n in (first, rival))
                rows.append({"against": rival, "group": group, "metric": metric,
                             **_numbers(difference(ours, theirs))})  # fmt: skip
    return pd.DataFrame(rows)


def beaten(first: str, compared: pd.DataFrame) -> list[str]:
    """Where the first system is ahead of each other one in H@1, and where it is not."""
    notes = []
    for rival, rows in compared[compared.metric == "hits@1"].groupby("against", sort=False):
        parts = {True: [], False: []}  # type: dict[bool, list[str]]
        for row in rows.itertuples():
            line = f"{row.group} {row.difference:+.1f} ({row.low:+.1f} to {row.high:+.1f})"
            parts[bool(row.low > 0)].append(line)
        what = "the concatenation baseline" if rival == CONCAT else str(rival)
        ahead = "; ".join(parts[True])
        notes.append(f"H@1 of {first} less {what}, ahead in: {ahead}." if ahead else
                     f"H@1 of {first} is nowhere clearly ahead of {what}.")  # fmt: skip
        if parts[False]:
            notes.append(f"Not ahead of {what}, or not clearly, in: {'; '.join(parts[False])}.")
    return notes


def _numbers(change: Difference) -> dict[str, float]:
    return {"difference": change.mean, "low": change.low, "high": change.high, "p": change.p}

"""`errors`: the wrong mentions by margin and cause, each as a `case.json` that the page opens."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd

from analysis.case.case_json import casebook_json
from analysis.case.maker import make_case
from analysis.case.records import Casebook
from analysis.drawing.plots import bars
from analysis.measures.causes import CAUSES, cause_flags, first_cause
from analysis.measures.split_scores import SplitScores, mean_of
from analysis.measures.statistics import by_group, interval
from analysis.measures.systems import ranked
from analysis.report.sections import ReportTable, Section
from mimic.errors import InputError
from mimic.io.files import write_whole
from mimic.schema import UNITS

SHOWN = 30


def error_section(
    split: SplitScores, out: Path | None, cases: int, report: Callable[[str], None]
) -> Section:
    """All wrong mentions, the largest margin first.

    Args:
        out: folder for the cases; `None` writes none.
        cases: how many of the largest margins become a `case.json` under `out/cases`.
    """
    table = wrong_mentions(split)
    table["case"] = ""
    if out is not None:
        _write_cases(split, table, out, cases, report)
    counted = Counter(table["cause"])
    summary = pd.DataFrame([
        {"cause": cause, "meaning": meaning, "mentions": counted[cause],
         "percent": 100 * counted[cause] / max(len(table), 1)}
        for cause, meaning in CAUSES.items()
    ])  # fmt: skip
    flags = ", ".join(f"{c} {int(table[c].sum())}" for c in CAUSES if c != "other")
    notes = [
        f"{len(table)} of {len(split.rows)} mentions are wrong. Causes overlap: {flags}.",
        "The margin is by how much the first entity's score is ahead of the right one's.",
        "Open a case in the page under Cases, by its file.",
    ]
    labels = {"all": np.ones(len(table), bool), **by_group(list(table["group"]))}
    shares = {
        group: {c: interval(100.0 * (table["cause"] == c).to_numpy()[mask]) for c in CAUSES}
        for group, mask in labels.items()
        if mask.any()
    }
    columns = ["id", "mention", "sentence", "right name", "predicted name", "rank", "margin",
               "cause", "group", "case"]  # fmt: skip
    tables = {
        "errors-causes": ReportTable("Causes of the wrong mentions", summary),
        "errors": ReportTable("All wrong mentions, the largest margins first", table, shown=False),
        "errors-worst": ReportTable(
            f"The {SHOWN} largest margins", table[columns][:SHOWN], {"margin": 2}
        ),
    }
    figures = {"errors": bars(shares, "percent of the wrong mentions")} if len(table) else {}
    return Section("errors", "Errors", notes, tables, figures)


def wrong_mentions(split: SplitScores) -> pd.DataFrame:
    """One row for each mention whose right entity is not first."""
    total, entities = mean_of(split.clean), split.linker.index.entities
    ranks, best = ranked(total, split.gold), total.argmax(1)
    alone = {unit: ranked(split.clean[unit], split.gold) for unit in UNITS}
    groups = split.groups[split.main_group]
    rows = []
    for i in np.flatnonzero(ranks > 1):
        mention, right = split.mentions[i], entities[int(split.gold[i])]
        wrong = entities[int(best[i])]
        flags = cause_flags(
            mention,
            right,
            wrong,
            [alone[unit][i] for unit in UNITS],
            bool(split.words.truncated[i]),
        )
        rows.append({
            "id": mention.id, "mention": mention.surface, "sentence": mention.sentence,
            "right": right.id, "right name": right.name,
            "predicted": wrong.id, "predicted name": wrong.name, "rank": int(ranks[i]),
            "margin": float(total[i, best[i]] - total[i, split.gold[i]]),
            "cause": first_cause(flags), **flags,
            **{f"rank {unit}": int(alone[unit][i]) for unit in UNITS}, "group": groups[i],
        })  # fmt: skip
    columns = ["id", "mention", "sentence", "right", "right name", "predicted", "predicted name",
               "rank", "margin", "cause", *list(CAUSES)[:-1], *(f"rank {u}" for u in UNITS),
               "group"]  # fmt: skip
    return pd.DataFrame(rows, columns=columns).sort_values(
        "margin", ascending=False, ignore_index=True
    )


def _write_cases(
    split: SplitScores, table: pd.DataFrame, out: Path, cases: int, report: Callable[[str], None]
) -> None:
    """Writes the cases and notes their files in the table; what cannot be one stays without."""
    by_id = {mention.id: mention for mention in split.mentions}
    for place in range(min(cases, len(table))):
        row = table.iloc[place]
        caption = (
            f"{row['cause']}: {row['predicted name']} is first, the right one is {row['rank']}"
        )
        try:
            case = make_case(split.linker, by_id[row["id"]], row["right"], caption)
        except InputError as error:  # no span, or a picture that cannot be read
            report(f"{row['id']}: no case ({error})")
            continue
        name = f"cases/{place + 1:03d}.case.json"
        write_whole(out / name, casebook_json(Casebook((case,), ("units",), "en")).encode())
        table.loc[place, "case"] = name
        report(f"case {place + 1}/{min(cases, len(table))}")

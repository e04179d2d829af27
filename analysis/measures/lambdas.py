"""`lambda`: what the weight of the unit losses changes, from stored training runs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from analysis.drawing.plots import curves
from analysis.measures.runs import FROM_ENCODERS, check_some, matching, means, of_units, spread
from analysis.report.sections import ReportTable, Section
from mimic.schema import UNITS


def lambda_section(runs: pd.DataFrame, stamp: Mapping[str, Any], gate: str) -> Section:
    """H@1 and MRR against the weight of the unit losses.

    Args:
        runs: all that are stored; those of the stamp's model, data and split count.
        gate: VDLU's in the model.

    Raises:
        InputError: none of them counts.
    """
    whole = matching(of_units(runs, stamp, gate), {"fraction": 1.0})
    check_some(whole, "lambda")
    weights = [(float(value), rows) for value, rows in whole.groupby("unit_weight")]

    def line(column: str) -> list[tuple[float, Any]]:
        return [(value, spread(rows[column])) for value, rows in weights]

    lines = {"all units": "hits@1", **{u.upper(): f"hits@1 {u}" for u in UNITS}}
    panels = {"H@1": {n: line(c) for n, c in lines.items()}, "MRR": {"all units": line("mrr")}}
    table = [{"lambda": value, **means(rows)} for value, rows in weights]
    best = max(table, key=lambda row: row["mrr"])
    notes = [FROM_ENCODERS, f"The best MRR is at lambda {best['lambda']:g}: {best['mrr']:.1f}."]
    tables = {
        "lambda": ReportTable("Means over seeds, percent", pd.DataFrame(table), {"lambda": 2})
    }
    figure = curves(panels, "lambda, the weight of the unit losses", "percent", 2)
    return Section("lambda", "Sensitivity to lambda", notes, tables, {"lambda": figure})

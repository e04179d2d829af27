"""`low-resource`: what a part of the training data is worth, from stored training runs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from analysis.drawing.plots import curves
from analysis.measures.runs import (
    FROM_ENCODERS,
    check_some,
    matching,
    means,
    of_model,
    of_units,
    spread,
)
from analysis.measures.statistics import Interval
from analysis.report.sections import ReportTable, Section
from mimic.training.retrain import SHORT


def low_resource_section(runs: pd.DataFrame, stamp: Mapping[str, Any], gate: str) -> Section:
    """H@1 and MRR against the share of the train split, beside the baseline.

    Args:
        runs: all that are stored; those of the stamp's model, data and split count.
        gate: VDLU's in the model.

    Raises:
        InputError: none of them counts.
    """
    mine, units = of_model(runs, stamp), of_units(runs, stamp, gate)
    kinds = {
        "all units": matching(units, {"unit_weight": SHORT.unit_weight}),
        "without the unit losses": matching(units, {"unit_weight": 0.0}),
        "concatenation": matching(mine, {"kind": "concat"}),
    }
    check_some(mine[mine["fraction"] < 1.0], "low-resource")
    rows: list[dict[str, Any]] = []
    panels: dict[str, dict[str, list[tuple[float, Interval]]]] = {"H@1": {}, "MRR": {}}
    for name, group in kinds.items():
        for share, some in group.groupby("fraction"):
            percent = 100 * float(share)
            rows.append({"trained": name, "percent of train": percent, **means(some)})
            for metric, column in (("H@1", "hits@1"), ("MRR", "mrr")):
                panels[metric].setdefault(name, []).append((percent, spread(some[column])))
    tables = {"low-resource": ReportTable("Means over seeds, percent", pd.DataFrame(rows))}
    figure = curves(panels, "percent of the train split", "percent", 2)
    notes = [FROM_ENCODERS, "With less data there are more epochs, up to four times as many."]
    return Section("low-resource", "Little training data", notes, tables, {"low-resource": figure})

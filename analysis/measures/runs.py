"""The training runs that are stored for `lambda`, `low-resource` and the retrained ablations.

Every run is a row of a CSV with what was trained, its command, seed and machine.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from analysis.measures.statistics import Interval
from mimic.errors import InputError
from mimic.io.files import write_whole
from mimic.schema import UNITS
from mimic.training.retrain import SHORT

FILE = "runs.csv"
ALL = "+".join(UNITS)
FROM_ENCODERS = (
    "Short runs: everything after the encoders is trained anew on the train split; the vision "
    "model stays as the training of the base model, with all units and its lambda, left it."
)


@dataclass(frozen=True)
class Setting:
    """What is trained.

    Attributes:
        kind: `mimic`, or `concat` for the baseline.
        units: those that score, joined by `+`.
        unit_weight: lambda.
        gate: VDLU's.
        fraction: share of the train split.
    """

    kind: str = "mimic"
    units: str = ALL
    unit_weight: float = SHORT.unit_weight
    gate: str = "tanh"
    fraction: float = 1.0
    seed: int = 43


#: What identifies a run, what was measured (percent, on the split), and where it comes from.
KEY = (*Setting.__dataclass_fields__, "model", "data", "split")
MEASURES = ("hits@1", "hits@3", "hits@10", "mrr", *(f"hits@1 {unit}" for unit in UNITS))
ORIGIN = ("mentions", "epochs", "minutes", "prepare_minutes", "machine", "command")


def read_runs(file: Path) -> pd.DataFrame:
    """The stored runs; without a row where there is no file.

    Raises:
        InputError: the file is not one of runs.
    """
    if not file.is_file():
        return pd.DataFrame(columns=[*KEY, *MEASURES, *ORIGIN])
    try:
        texts = dict.fromkeys(("units", "gate", "model", "data", "split"), str)
        runs = pd.read_csv(file, keep_default_na=False, dtype=texts)
    except (OSError, ValueError) as error:
        raise InputError(f"{file}: cannot be read as CSV ({error})") from None
    if missing := [name for name in (*KEY, *MEASURES) if name not in runs]:
        raise InputError(f"{file}: has no column {missing[0]!r}; move it away and retrain")
    for name in MEASURES:
        runs[name] = pd.to_numeric(runs[name], errors="coerce")
    return runs


def matching(runs: pd.DataFrame, values: Mapping[str, Any]) -> pd.DataFrame:
    """The runs with these values in these columns."""
    for name, value in values.items():
        runs = runs[runs[name] == value]
    return runs


def of_model(runs: pd.DataFrame, stamp: Mapping[str, Any]) -> pd.DataFrame:
    """The runs made with the model, data and split of the stamp."""
    return matching(runs, {name: stamp[name] for name in ("model", "data", "split")})


def of_units(runs: pd.DataFrame, stamp: Mapping[str, Any], gate: str) -> pd.DataFrame:
    """Those of them that trained all units with that gate of VDLU."""
    return matching(of_model(runs, stamp), {"kind": "mimic", "units": ALL, "gate": gate})


def add_run(file: Path, row: Mapping[str, Any]) -> None:
    """Adds one row; the file is whole at any time."""
    rows = [*read_runs(file).to_dict("records"), dict(row)]
    text = io.StringIO()
    writer = csv.DictWriter(text, [*KEY, *MEASURES, *ORIGIN], lineterminator="\n")
    writer.writeheader()
    writer.writerows(
        {k: f"{v:.4f}" if isinstance(v, float) and k in (*MEASURES, "minutes", "prepare_minutes")
         else v for k, v in one.items()} for one in rows
    )  # fmt: skip
    write_whole(file, text.getvalue().encode())


def check_some(runs: pd.DataFrame, command: str) -> None:
    """Raises InputError where there is none to be shown."""
    if not len(runs):
        raise InputError(
            f"no training runs of this model and data for {command} yet: run "
            f"`python -m analysis {command} --retrain` with the same --out first"
        )


def means(runs: pd.DataFrame) -> dict[str, Any]:
    """Their number, means over seeds, and the range of H@1, in percent."""
    return {
        "seeds": len(runs),
        **{name: float(runs[name].mean()) for name in ("hits@1", "hits@10", "mrr")},
        "lowest": float(runs["hits@1"].min()),
        "highest": float(runs["hits@1"].max()),
        **{unit.upper(): float(runs[f"hits@1 {unit}"].mean()) for unit in UNITS},
    }


def spread(values: pd.Series) -> Interval:
    """The mean of one measure, and its lowest and highest value."""
    return Interval(float(values.mean()), float(values.min()), float(values.max()))

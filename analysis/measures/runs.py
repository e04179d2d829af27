"""`lambda`, `low-resource` and the retrained ablations: stored training runs as tables and curves.

Every run is a row of a CSV with what was trained, its command, seed and machine.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from analysis.drawing.plots import curves
from analysis.measures.statistics import Interval
from analysis.report.sections import ReportTable, Section
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


def ablation_settings(gate: str, seed: int) -> dict[str, Setting]:
    """Row -> what is trained for the retrained ablations."""
    other = "sigmoid_concat" if gate == "tanh" else "tanh"

    def units(*names: str) -> Setting:
        return Setting(units="+".join(names), gate=gate, seed=seed)

    return {
        "all": units(*UNITS),
        **{f"without {u.upper()}": units(*(o for o in UNITS if o != u)) for u in UNITS},
        **{f"{u.upper()} alone": units(u) for u in UNITS},
        "without the unit losses": Setting(unit_weight=0.0, gate=gate, seed=seed),
        f"VDLU gates {other}": Setting(gate=other, seed=seed),
        "concatenation": Setting("concat", "", 0.0, "", seed=seed),
    }


def read_runs(file: Path) -> pd.DataFrame:
    """The stored runs; without a row where there is no file.

    Raises:
        InputError: the file is not one of runs.
    """
    if not file.is_file():
        return pd.DataFrame(columns=[*KEY, *MEASURES, *ORIGIN])
    try:
        texts = dict.fromkeys(("units", "gate", "model", "data", "split"), str)
        frame = pd.read_csv(file, keep_default_na=False, dtype=texts)
    except (OSError, ValueError) as error:
        raise InputError(f"{file}: cannot be read as CSV ({error})") from None
    if missing := [name for name in (*KEY, *MEASURES) if name not in frame]:
        raise InputError(f"{file}: has no column {missing[0]!r}; move it away and retrain")
    for name in MEASURES:
        frame[name] = pd.to_numeric(frame[name], errors="coerce")
    return frame


def find_run(runs: pd.DataFrame, setting: Setting, stamp: Mapping[str, Any]) -> pd.DataFrame:
    """The rows of that setting, made with the model, data and split of the stamp."""
    wanted = {**asdict(setting), **{name: stamp[name] for name in ("model", "data", "split")}}
    found = runs
    for name, value in wanted.items():
        found = found[found[name] == value]
    return found


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


def of_model(runs: pd.DataFrame, stamp: Mapping[str, Any]) -> pd.DataFrame:
    """The runs made with the model, data and split of the stamp."""
    for name in ("model", "data", "split"):
        runs = runs[runs[name] == stamp[name]]
    return runs


def retrained_table(runs: pd.DataFrame, stamp: Mapping[str, Any], gate: str) -> ReportTable | None:
    """The retrained ablations, means over seeds; `None` where there are none."""
    rows = []
    mine = of_model(runs, stamp)
    for name, setting in ablation_settings(gate, 0).items():
        found = mine
        for key, value in asdict(setting).items():
            if key != "seed":
                found = found[found[key] == value]
        if len(found):
            rows.append({"trained": name, **_means(found)})
    if not rows:
        return None
    title = f"Retrained: means over seeds, H@1 from lowest to highest. {FROM_ENCODERS}"
    return ReportTable(title, pd.DataFrame(rows))


def lambda_section(runs: pd.DataFrame, stamp: Mapping[str, Any], gate: str) -> Section:
    """H@1 and MRR against the weight of the unit losses."""
    found = of_model(runs, stamp)
    found = found[(found["kind"] == "mimic") & (found["units"] == ALL) & (found["gate"] == gate)]
    found = found[found["fraction"] == 1.0]
    _some(found, "lambda")
    lines = {"all units": "hits@1", **{u.upper(): f"hits@1 {u}" for u in UNITS}, "MRR": "mrr"}
    points = {
        name: [
            (float(value), _spread(rows[column])) for value, rows in found.groupby("unit_weight")
        ]
        for name, column in lines.items()
    }
    table = [{"lambda": v, **_means(rows)} for v, rows in found.groupby("unit_weight")]
    panels = {
        "H@1": {n: p for n, p in points.items() if n != "MRR"},
        "MRR": {"all units": points["MRR"]},
    }
    best = max(table, key=lambda row: row["mrr"])
    notes = [FROM_ENCODERS, f"The best MRR is at lambda {best['lambda']:g}: {best['mrr']:.1f}."]
    tables = {
        "lambda": ReportTable("Means over seeds, percent", pd.DataFrame(table), {"lambda": 2})
    }
    figure = curves(panels, "lambda, the weight of the unit losses", "percent", 2)
    return Section("lambda", "Sensitivity to lambda", notes, tables, {"lambda": figure})


def low_resource_section(runs: pd.DataFrame, stamp: Mapping[str, Any], gate: str) -> Section:
    """H@1 and MRR against the share of the train split, beside the baseline."""
    found = of_model(runs, stamp)
    kinds = {
        "all units": (found["kind"] == "mimic") & (found["units"] == ALL)
        & (found["unit_weight"] == SHORT.unit_weight) & (found["gate"] == gate),
        "without the unit losses": (found["kind"] == "mimic") & (found["units"] == ALL)
        & (found["unit_weight"] == 0.0) & (found["gate"] == gate),
        "concatenation": found["kind"] == "concat",
    }  # fmt: skip
    _some(found[(found["fraction"] < 1.0)], "low-resource")
    rows, panels = [], {metric: {} for metric in ("H@1", "MRR")}  # type: ignore[var-annotated]
    for name, mask in kinds.items():
        for share, some in found[mask].groupby("fraction"):
            rows.append({"trained": name, "percent of train": 100 * float(share), **_means(some)})
            for metric, column in (("H@1", "hits@1"), ("MRR", "mrr")):
                points = panels[metric].setdefault(name, [])
                points.append((100 * float(share), _spread(some[column])))
    tables = {"low-resource": ReportTable("Means over seeds, percent", pd.DataFrame(rows))}
    figure = curves(panels, "percent of the train split", "percent", 2)
    notes = [FROM_ENCODERS, "With less data there are more epochs, up to four times as many."]
    return Section("low-resource", "Little training data", notes, tables, {"low-resource": figure})


def _some(found: Sequence[Any] | pd.DataFrame, command: str) -> None:
    if not len(found):
        raise InputError(
            f"no training runs of this model and data for {command} yet: run "
            f"`python -m analysis {command} --retrain` with the same --out first"
        )


def _means(found: pd.DataFrame) -> dict[str, Any]:
    return {
        "seeds": len(found),
        **{name: float(found[name].mean()) for name in ("hits@1", "hits@10", "mrr")},
        "lowest": float(found["hits@1"].min()),
        "highest": float(found["hits@1"].max()),
        **{unit.upper(): float(found[f"hits@1 {unit}"].mean()) for unit in UNITS},
    }


def _spread(values: pd.Series) -> Interval:
    return Interval(float(values.mean()), float(values.min()), float(values.max()))

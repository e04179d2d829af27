"""Stored training runs: their tables and lines by hand."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from analysis.measures.ablate import retrained_table
from analysis.measures.lambdas import lambda_section
from analysis.measures.low_resource import low_resource_section
from analysis.measures.runs import KEY, MEASURES, ORIGIN, Setting, add_run, read_runs
from mimic.errors import InputError

STAMP = {"model": "m", "data": "d", "split": "test"}


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Two seeds at lambda 0.3, one at 1, a tenth of the data, the baseline, another model."""
    for setting, hits, model in (
        (Setting(unit_weight=0.3), 80.0, "m"),
        (Setting(unit_weight=0.3, seed=44), 84.0, "m"),
        (Setting(unit_weight=1.0), 81.0, "m"),
        (Setting(unit_weight=0.3, fraction=0.1), 60.0, "m"),
        (Setting("concat", "", 0.0, "", 0.1), 50.0, "m"),
        (Setting(units="tglu", unit_weight=0.3), 70.0, "m"),
        (Setting(unit_weight=0.3), 10.0, "other"),
    ):
        row: dict[str, Any] = dict.fromkeys((*MEASURES, *ORIGIN), hits)
        row |= {**vars(setting), **STAMP, "model": model, "mrr": hits + 5}
        add_run(tmp_path / "runs.csv", {name: row[name] for name in (*KEY, *MEASURES, *ORIGIN)})
    return tmp_path / "runs.csv"


def test_lambda_has_a_row_for_each_weight(file: Path) -> None:
    section = lambda_section(read_runs(file), STAMP, "tanh")
    columns = ["lambda", "seeds", "hits@1", "mrr", "lowest", "highest"]
    assert section.tables["lambda"].frame[columns].to_numpy().tolist() == [
        [0.3, 2, 82, 87, 80, 84],
        [1.0, 1, 81, 86, 81, 81],
    ]
    assert section.notes[1] == "The best MRR is at lambda 0.3: 87.0."


def test_low_resource_has_a_row_for_each_share_and_kind(file: Path) -> None:
    frame = low_resource_section(read_runs(file), STAMP, "tanh").tables["low-resource"].frame
    columns = ["trained", "percent of train", "seeds", "hits@1"]
    assert frame[columns].to_numpy().tolist() == [
        ["all units", 10, 1, 60],
        ["all units", 100, 2, 82],
        ["concatenation", 10, 1, 50],
    ]


def test_the_retrained_ablations_are_named(file: Path) -> None:
    table = retrained_table(read_runs(file), STAMP, "tanh")
    assert table is not None
    assert table.frame[["trained", "hits@1"]].to_numpy().tolist() == [
        ["all", 82],
        ["TGLU alone", 70],
    ]
    assert retrained_table(read_runs(file), {**STAMP, "split": "dev"}, "tanh") is None


@pytest.mark.parametrize("stored", [True, False])
def test_without_a_run_the_command_is_told(file: Path, stored: bool) -> None:
    runs = read_runs(file if stored else file.with_name("absent.csv"))
    for make, command in ((lambda_section, "lambda"), (low_resource_section, "low-resource")):
        with pytest.raises(InputError, match=f"analysis {command} --retrain"):
            make(runs, {**STAMP, "data": "x"}, "tanh")

"""CSV for spreadsheets: no cell is a formula, whichever separator it is read with."""

from __future__ import annotations

import csv
import io
import itertools
import json
from pathlib import Path
from typing import Any

import pytest

from mimic.io.cells import csv_text, list_cell, plain_cell, safe_cell
from mimic.linking.splits.predictions import read_predictions, write_predictions

SIGNS = "=+-@\uff1d\uff0b\uff0d\uff20"
BEGINNINGS = ("", "Norway;", "a;;", "a\t", "a;  ", 'a;"', "a; \t", "a\n", "a\r\n", "a,b;", "'x;")


def formulas(text: str, separator: str) -> list[str]:
    """Cells that a spreadsheet takes for formulas, numbers aside."""
    cells = itertools.chain(*csv.reader(io.StringIO(text, newline=""), delimiter=separator))
    found = [cell for cell in cells if cell.lstrip(" ").startswith(tuple(SIGNS))]
    return [cell for cell in found if not cell.removeprefix("-").replace(".", "").isdigit()]


@pytest.mark.parametrize("sign", SIGNS)
@pytest.mark.parametrize("beginning", BEGINNINGS)
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_no_cell_is_a_formula(beginning: str, sign: str, separator: str) -> None:
    cell = f"{beginning}{sign}1+1{separator}x"
    text = csv_text(["row", "text", "score"], [[1, cell, -2.5], [2, [cell, "b;c"], 0.5]])
    assert formulas(text, separator) == []
    shown, listed = list(csv.reader(io.StringIO(text, newline="")))[1:]
    assert shown[0] == "1" and float(shown[2]) == -2.5
    assert plain_cell(shown[1]) == cell
    assert json.loads(listed[1]) == [cell, "b;c"]


@pytest.mark.parametrize(
    "text", ["'=1", "''=1", "'a", "a;'=1", "it's; so", "1 - 2 = -1", "\t=x", ""]
)
def test_what_was_defused_is_had_back(text: str) -> None:
    assert plain_cell(safe_cell(text)) == text


def test_every_text_is_in_quotation_marks() -> None:
    assert csv_text(["a", "b"], [[1, "x"], [0.5, ""], [None, 'y"z']]) == (
        '"a","b"\r\n1,"x"\r\n0.5,""\r\n"","y""z"\r\n'
    )


@pytest.mark.parametrize(
    ("values", "cell"),
    [
        (["a", "b"], "a;b"),
        ([-1.5, 2.0], "-1.5;2.0"),
        (["a;b", "c"], '["a;b", "c"]'),
        (["[a]"], '["[a]"]'),
        (["=1+1", "Köln"], '["=1+1", "Köln"]'),
        (["c", "=1"], '["c", "=1"]'),
        (["a;=1"], '["a\\u003b=1"]'),
        ([], ""),
    ],
)
def test_lists(values: list[Any], cell: str) -> None:
    assert list_cell(values) == cell == safe_cell(cell) or cell.startswith("-")
    assert not cell.startswith("[") or json.loads(cell) == values


def test_predictions_open_in_a_spreadsheet_and_are_read_back(tmp_path: Path) -> None:
    rows: list[dict[str, Any]] = [
        {
            "id": "-1",
            "mention": "=Köln\u2028\nx",
            "answer": "a;=b",
            "rank": 1,
            "predicted": ["a;=b", "=1+1"],
            "scores": [-1.5, -2.0],
        },
        {
            "id": "@2",
            "mention": "'=x",
            "answer": None,
            "rank": None,
            "predicted": ["c", "d"],
            "scores": [2.0, 1.0],
        },
    ]
    write_predictions(tmp_path / "p.csv", rows)
    data = (tmp_path / "p.csv").read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    assert formulas(data.decode("utf-8-sig"), ",") == ["-1.5;-2.0"]  # numbers are no formula
    read = read_predictions(tmp_path / "p.csv")
    for name in ("id", "mention", "answer"):
        assert [row[name] for row in read] == [row[name] or "" for row in rows]
    for name in ("predicted", "scores"):
        assert [row[name] for row in read] == [row[name] for row in rows]
    write_predictions(tmp_path / "p.jsonl", rows)
    assert read_predictions(tmp_path / "p.jsonl") == rows

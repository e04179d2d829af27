"""The stored faithfulness report: its table in docs, what the page reads of it, and its merging."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

import pandas as pd
import pytest

from analysis.faithfulness import stored_faithfulness as stored
from analysis.faithfulness.faithfulness import table
from analysis.faithfulness.stored_faithfulness import (
    docs_table,
    measured,
    merged,
    stored_report,
    with_table,
)
from mimic.errors import InputError
from mimic.explain import TARGETS

ROW = {
    "n": 300,
    "deletion_auc": 0.1,
    "deletion_auc_random": 0.5,
    "deletion_gap": 0.4,
    "deletion_gap_interval": [0.35, 0.45],
    "insertion_auc": 0.8,
    "insertion_auc_random": 0.5,
    "pointing_game": 90.0,
    "pointing_chance": 26.0,
    "evidence_words": 86.0,
    "evidence_words_chance": 22.0,
    "seconds": 1.234,
}


def report(model: str = "m", **rows: Mapping[str, object]) -> dict[str, object]:
    return {"model": model, "split": "test", "methods": {"shapley": rows}}


def test_a_row_says_whether_it_fails() -> None:
    good = measured(report(total=ROW), "shapley", "total", "m")
    assert good is not None and good.this_model and not good.fails
    assert (good.gap, good.low, good.high) == pytest.approx((40, 35, 45))
    for change in (
        {"pointing_game": 84.9},
        {"evidence_words": 80.0},
        {"deletion_gap_interval": [-0.01, 0.2]},
        {"deletion_gap_interval": None},
    ):
        bad = measured(report(total={**ROW, **change}), "shapley", "total", "m")
        assert bad is not None and bad.fails
    text = {key: value for key, value in ROW.items() if not key.startswith("pointing")}
    only = measured(report(tglu=text), "shapley", "tglu", "other")
    assert only is not None and only.patches is None and not only.fails and not only.this_model
    assert measured(report(total=ROW), "shapley", "vdlu", "m") is None
    assert measured({}, "shapley", "total", "m") is None


def test_the_table_has_every_number_beside_its_chance() -> None:
    few = {"n": 2, "deletion_auc": 0.25, "deletion_auc_random": 0.5}
    lines = docs_table(report(total=ROW, tglu=few)).splitlines()
    cells = [cell.strip() for cell in lines[2].strip("|").split("|")]
    assert cells[:5] == ["`shapley`", "total", "300", "10.0 (50.0)", "80.0 (50.0)"]
    assert "90.0 (26.0)" in cells and "86.0 (22.0)" in cells and cells[-1] == "1.23"
    assert "| 25.0 (50.0) |  |" in lines[3]


def test_only_the_same_model_is_merged() -> None:
    old, new = report(total=ROW, tglu=ROW), report(total={"n": 1})
    both = merged(old, new)["methods"]["shapley"]
    assert both == {"total": {"n": 1}, "tglu": ROW} and old["methods"]["shapley"]["total"] is ROW  # type: ignore[index]
    assert merged(report("elder", tglu=ROW), new) == new == merged({}, new)


def test_the_table_is_written_between_its_marks(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text(f"before\n{stored.START}\nold\n{stored.END}\nafter\n")
    page.write_text(with_table(page, report(total=ROW)))
    assert with_table(page, report(total=ROW)) == page.read_text()
    assert "old" not in page.read_text() and page.read_text().endswith("\nafter\n")
    page.write_text("no marks")
    with pytest.raises(InputError, match=r"page\.md: needs the lines"):
        with_table(page, {"methods": {}})
    assert stored_report(tmp_path / "nowhere") == {}


def test_docs_hold_what_was_measured() -> None:
    """The table, the CSV and the JSON in docs say the same; the default covers every target."""
    found = stored_report()
    if not found:
        pytest.skip("no faithfulness report in docs yet: run the command in docs/explanations.md")
    page = stored.DOCS / stored.PAGE
    assert with_table(page, found) == page.read_text("utf-8")
    kept = pd.read_csv(stored.DOCS / stored.CSV, index_col=0)
    fresh = table(json.loads((stored.DOCS / stored.JSON).read_text("utf-8")))
    assert list(kept.index) == list(fresh.index)
    pd.testing.assert_frame_equal(kept.astype(float), fresh.astype(float))
    assert set(found["methods"][found["default_method"]]) == set(TARGETS)

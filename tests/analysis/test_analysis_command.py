"""What `python -m analysis` refuses before it does any work."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from support import cases

from analysis.__main__ import main
from analysis.case.case_json import casebook_json
from mimic.errors import InputError
from mimic.io.files import check_folder
from mimic.linking.linker import EntityLinker

EXPLAIN = ["explain", "--sentence", "Norway", "--mention", "Norway"]


@pytest.fixture(autouse=True)
def _idle(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever loads a linker or draws a figure has begun to work."""

    def work(*_: Any, **__: Any) -> None:
        raise AssertionError("work has begun")

    monkeypatch.setattr(EntityLinker, "load", work)
    monkeypatch.setattr("analysis.case.files.case_figure", work)


@pytest.fixture
def refused(
    tmp_path: Path, data: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Any:
    """Runs a command beside a file `taken`; what it says in its one line."""
    (tmp_path / "taken").write_text("")
    (tmp_path / "case.json").write_text(casebook_json(cases.book()), "utf-8")
    monkeypatch.chdir(tmp_path)

    def run(*words: str) -> str:
        assert main([word.replace("DATA", str(data)) for word in words]) == 2
        told = capsys.readouterr()
        assert told.out == "" and told.err.count("\n") == 1
        return told.err

    return run


@pytest.mark.parametrize(
    "words",
    [
        ("table", "--data", "DATA", "--csv", "taken/x.csv"),
        ("table", "--data", "DATA", "--csv", "."),
        (*EXPLAIN, "--out", "taken"),
        (*EXPLAIN, "--out", "taken/deep/er"),
        ("case", "case.json", "--out", "taken"),
        ("faithfulness", "--data", "DATA", "--out", "taken"),
        ("faithfulness", "--data", "DATA", "--docs", "taken"),
        ("evaluate", "--data", "DATA", "--out", "taken"),
        ("report", "--data", "DATA", "--out", "taken"),
        ("lambda", "--data", "DATA", "--retrain", "--runs", "taken/runs.csv"),
        ("baseline", "--data", "DATA", "--out", "taken"),
        ("world", "--data", "DATA", "--docs", "taken"),
    ],
)
def test_a_place_that_cannot_be_written_is_refused_at_once(
    words: tuple[str, ...], refused: Any
) -> None:
    told = refused(*words)
    assert "taken" in told or "a folder or a device lies there" in told


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("faithfulness", "-n", "0"), "-n is 0; it must be at least 1"),
        (("faithfulness", "--methods", ""), "method is ''"),
        (("faithfulness", "--methods", " , "), "method is ''"),
        (("faithfulness", "--methods", "lime"), "method is 'lime'"),
        (("faithfulness", "--targets", ""), "target is ''"),
        (("faithfulness", "--docs", "new"), "needs the lines"),
        (("errors", "--cases", "-1"), "--cases is -1; it must be at least 0"),
        (("report", "--out", "new", "--cases", "-1"), "--cases is -1"),
        (("units", "-n", "1"), "-n is 1; it must be at least 2"),
        (("world", "--split", "final"), "split is 'final'; it must be one of dev, test"),
        (("world", "--data", "DATA"), "both hold Atlas: give one"),
    ],
)
def test_an_option_out_of_range_is_refused_at_once(
    words: tuple[str, ...], message: str, refused: Any
) -> None:
    assert message in refused(*words, "--data", "DATA")
    assert not Path("new").exists()


def test_a_folder_that_is_not_there_yet_can_be_written(tmp_path: Path) -> None:
    check_folder(tmp_path / "a" / "b")
    assert not (tmp_path / "a").exists()


def test_a_folder_without_permission(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("os.access", lambda *_: False)
    with pytest.raises(InputError, match=r"x: cannot be written \(no permission to write to"):
        check_folder(tmp_path / "x")


def test_the_numbers_of_the_table_go_into_a_new_folder(
    tmp_path: Path, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    table = pd.DataFrame({"all": [1.5]}, index=["whole"])
    monkeypatch.setattr(EntityLinker, "load", lambda *_: None)
    monkeypatch.setattr("analysis.measures.table.ablation_table", lambda *_: table)
    file = tmp_path / "new" / "x.csv"
    assert main(["table", "--data", str(data), "--csv", str(file)]) == 0
    assert file.read_text("utf-8") == "run,all\nwhole,1.5\n"

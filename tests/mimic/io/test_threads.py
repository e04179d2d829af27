"""How many threads compute: told by a flag, by the environment, or by the cores there are."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
import torch
from support import Run

from mimic.io.terminal import Parser
from mimic.io.threads import add_threads, shared_among, thread_count, usable_cores, use_threads


@pytest.fixture(autouse=True)
def _as_before(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("OMP_NUM_THREADS", "1")
    yield
    torch.set_num_threads(1)


@pytest.mark.parametrize(
    ("quota", "most"), [("100000 100000", 1), ("150000 100000", 2), ("1000 100000", 1)]
)
def test_a_container_has_its_share_of_the_cores(quota: str, most: int, tmp_path: Path) -> None:
    file = tmp_path / "cpu.max"
    file.write_text(quota)
    assert usable_cores(file) == min(most, usable_cores(tmp_path / "none"))


@pytest.mark.parametrize("quota", ["max 100000", "", "what"])
def test_without_a_share_all_that_the_process_may_use(quota: str, tmp_path: Path) -> None:
    file = tmp_path / "cpu.max"
    file.write_text(quota)
    assert usable_cores(file) == usable_cores(tmp_path / "none") >= 1


def test_what_is_told_counts_first_then_the_environment_then_the_cores(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    use_threads(3)
    assert (torch.get_num_threads(), os.environ["OMP_NUM_THREADS"]) == (3, "3")
    use_threads()
    assert torch.get_num_threads() == 3
    monkeypatch.delenv("OMP_NUM_THREADS")
    monkeypatch.setattr("mimic.io.threads.usable_cores", lambda: 4)
    assert thread_count() == 4
    use_threads()
    assert (torch.get_num_threads(), os.environ["OMP_NUM_THREADS"]) == (4, "4")
    assert os.environ["OMP_WAIT_POLICY"] == "PASSIVE"
    assert thread_count() == 4


@pytest.mark.parametrize("before", [None, "4"])
def test_processes_share_the_threads(before: str | None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("mimic.io.threads.usable_cores", lambda: 4)
    monkeypatch.delenv("OMP_NUM_THREADS")
    if before:
        monkeypatch.setenv("OMP_NUM_THREADS", before)
    for processes, each in ((1, "4"), (2, "2"), (3, "1"), (9, "1")):
        with shared_among(processes):
            assert os.environ["OMP_NUM_THREADS"] == each
        assert os.environ.get("OMP_NUM_THREADS") == before


@pytest.mark.parametrize("text", ["0", "-1", "two", "1.5"])
def test_no_number_of_threads(text: str, capsys: pytest.CaptureFixture[str]) -> None:
    parser = Parser(prog="x")
    add_threads(parser)
    with pytest.raises(SystemExit) as stop:
        parser.parse_args(["--threads", text])
    assert stop.value.code == 2
    assert f"argument --threads: {text!r} must be a whole number" in capsys.readouterr().err


def test_a_command_computes_with_the_threads_that_it_is_told(
    call: Run, model_folder: Path, data: Path, tmp_path: Path
) -> None:
    where = ("--model", model_folder, "--kb", data, "--cache", tmp_path)
    told = ("--mention", "Norway", "--sentence", "Norway won.", "--threads", 2, "--json")
    code, alone, _ = call("link", *where, *told[:4], "--json")
    assert code == 0
    assert call("link", *where, *told)[1] == alone
    assert torch.get_num_threads() == 2

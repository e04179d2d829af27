"""What all commands share: whole flags only, and an output that every text can go to."""

from __future__ import annotations

import io
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from support import ROOT, tiny

import analysis.__main__
import app
import mimic.__main__
from mimic.io.terminal import Parser, report

NAME = "Münster \u4e2d \U0001f600"


@pytest.mark.parametrize(
    ("main", "arguments"),
    [
        (mimic.__main__.main, ["link", "--sentence", "x", "--mention", "x", "--k", "1"]),
        (mimic.__main__.main, ["link", "--sent", "x", "--mention", "x"]),
        (mimic.__main__.main, ["link-many", "t.csv", "--out", "o.csv", "--image", "."]),
        (mimic.__main__.main, ["kb", "import", "t.csv", "--out", "o", "--forc"]),
        (analysis.__main__.main, ["explain", "--sentence", "x", "--mention", "x", "--o", "y"]),
        (analysis.__main__.main, ["faithfulness", "--dat", "x"]),
        (app.main, ["--por", "1"]),
    ],
)
def test_a_shortened_flag_is_none(
    main: object, arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert callable(main)
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    assert ended.value.code == 2
    error = capsys.readouterr().err
    assert error.startswith("error: ") and error.count("\n") == 1


def test_every_program_reads_its_flags_with_the_same_parser() -> None:
    for folder in ("mimic", "analysis", "demo", "benchmarks"):
        for file in (ROOT / folder).rglob("*.py"):
            made = re.findall(r"(?:argparse\.)?ArgumentParser\(\w", file.read_text("utf-8"))
            assert not made, f"{file}: Parser of mimic.io.terminal stands for argparse's"
    assert not Parser(prog="x").allow_abbrev


@pytest.fixture
def named(own_data: Path) -> Path:
    """A knowledge base with two entities of a name that few encodings have."""
    tiny.edit(
        own_data / "kb_entity.json",
        lambda records: [record.update(entity_name=NAME) for record in records[:2]],
    )
    return own_data


@pytest.mark.parametrize(
    ("encoding", "printed"),
    [
        ("ascii", r"M\u00fcnster \u4e2d \ud83d\ude00"),
        ("latin-1", r"Münster \u4e2d \ud83d\ude00"),
        ("cp1252", r"Münster \u4e2d \ud83d\ude00"),
        ("utf-8", NAME),
    ],
)
def test_an_output_of_any_encoding_gets_escapes(
    encoding: str, printed: str, named: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stream = io.TextIOWrapper(io.BytesIO(), encoding=encoding, errors="strict")
    monkeypatch.setattr(sys, "stdout", stream)
    assert mimic.__main__.main(["kb", "stats", str(named)]) == 0
    print(json.dumps({"name": NAME, "half": "\udcff"}, ensure_ascii=False))
    report(NAME)
    stream.flush()
    lines = stream.buffer.getvalue().decode(encoding).splitlines()
    assert any(line.endswith(f"entities: {printed}") for line in lines)
    assert json.loads(lines[-1]) == {"name": NAME, "half": "\udcff"}


@pytest.mark.parametrize("module", ["mimic", "analysis"])
def test_help_in_a_terminal_without_unicode(module: str) -> None:
    environment = {
        "PATH": "/usr/bin:/bin",
        "LC_ALL": "C",
        "PYTHONUTF8": "0",
        "PYTHONCOERCECLOCALE": "0",
        "PYTHONIOENCODING": "ascii",
    }
    command = [sys.executable, "-m", module, "--help"]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, timeout=300)
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout.startswith(b"usage: python -m " + module.encode())


PRINT = "from mimic.io.terminal import *; exit(exit_code(lambda: print('x' * {})))"
WRONG = """
from mimic.io.terminal import *
def wrong(): raise InputError("no such thing")
exit(exit_code(wrong))
"""


@pytest.mark.parametrize("both", [False, True])
@pytest.mark.parametrize("unbuffered", ["", "1"])
@pytest.mark.parametrize(
    ("words", "code", "line"),
    [
        (["-c", PRINT.format(1)], 0, ""),
        (["-c", PRINT.format(10**6)], 0, ""),
        (["-c", WRONG], 2, "error: no such thing\n"),
        (["-m", "analysis", "table"], 2, "error: the following arguments"),
        (["-m", "analysis", "--help"], 0, ""),
        (["-m", "mimic", "--help"], 0, ""),
    ],
)
def test_a_reader_that_has_gone_is_no_error(
    words: list[str], code: int, line: str, both: bool, unbuffered: str
) -> None:
    """`| head`, and with `both` `2>&1 | head`: Python may find out at its very end."""
    reader, writer = os.pipe()
    os.close(reader)
    ended = subprocess.run(
        [sys.executable, *words],
        cwd=ROOT,
        env=os.environ | {"PYTHONUNBUFFERED": unbuffered},
        stdout=writer,
        stderr=writer if both else subprocess.PIPE,
        text=True,
        timeout=300,
    )
    os.close(writer)
    assert ended.returncode == code
    assert both or (ended.stderr.startswith(line) and ended.stderr.count("\n") == bool(line))


def test_an_output_that_is_closed_is_no_error() -> None:
    command = f"exec {sys.executable} -m analysis --help >&- 2>&-"
    assert subprocess.run(command, shell=True, cwd=ROOT, timeout=300).returncode == 0

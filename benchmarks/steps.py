"""Long commands run once: what is done is kept, what was interrupted goes on."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def run_once(out: Path, arguments: Sequence[str | Path]) -> str:
    """The standard output of `python ARGUMENTS`, kept in the file `out` and read from there again.

    Progress goes to standard error. Ends this program with the command's exit code when it fails.
    """
    if not out.is_file():
        command = [sys.executable, *map(str, arguments)]
        print("$ python", *command[1:], file=sys.stderr, flush=True)
        part = out.with_name(out.name + ".part")
        out.parent.mkdir(parents=True, exist_ok=True)
        with part.open("w", encoding="utf-8") as stream:
            done = subprocess.run(command, cwd=ROOT, stdout=stream)
        if done.returncode:
            sys.exit(done.returncode)
        os.replace(part, out)
    return out.read_text("utf-8")


def train(out: Path, data: Path, preset: str, *options: str | Path) -> Path:
    """A model in `out`, trained there once; an unfinished run goes on."""
    resume = ["--resume"] if (out / "resume.pt").is_file() else []
    command: list[str | Path] = ["-m", "mimic", "train", "--preset", preset]
    command += ["--data", data, "--out", out]
    run_once(out.with_name(out.name + ".trained.json"), [*command, *options, *resume])
    return out


def evaluate(model: Path, data: Path, name: str, *options: str | Path) -> str:
    """The report, as JSON, of one evaluation of a model on test, which `name` tells apart."""
    out = model.with_name(f"{model.name}.{name}.json")
    command: list[str | Path] = ["-m", "mimic", "evaluate", "--model", model]
    command += ["--data", data, "--json"]
    return run_once(out, [*command, *options])

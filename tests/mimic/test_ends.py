"""How commands end: their exit codes, and the processes that they take along."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from support import ROOT

from mimic.atlas import dataset
from mimic.errors import InputError
from mimic.io import terminal
from mimic.io.pool import in_processes

#: The machine may be busy with something else: nothing of this waits when it is not.
PATIENT = 120


def wait_for(what: Callable[[], Any]) -> Any:
    ends = time.monotonic() + PATIENT
    while not (found := what()):
        assert time.monotonic() < ends
        time.sleep(0.05)
    return found


def children(process: int) -> list[int]:
    """Numbers of the processes that a process has started."""
    found = []
    for file in Path("/proc").glob("[0-9]*/stat"):
        try:
            after = file.read_text().rpartition(")")[2].split()
        except OSError:  # it has ended
            continue
        if int(after[1]) == process:
            found.append(int(file.parent.name))
    return found


def alive(process: int) -> bool:
    """Whether a process still does something."""
    try:
        state = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state not in "ZX"


@pytest.mark.parametrize(
    ("number", "code", "said"),
    [
        (signal.SIGTERM, 143, "terminated\n"),
        (signal.SIGINT, 130, "interrupted\n"),
        (signal.SIGKILL, -9, ""),
    ],
)
def test_atlas_takes_its_processes_along(
    tmp_path: Path, number: signal.Signals, code: int, said: str
) -> None:
    """Ctrl-C of a terminal reaches all of them, so that signal goes to the whole group."""
    out = tmp_path / "atlas"
    program = [sys.executable, "-m", "mimic", "atlas", "--workers", "2", "--out", str(out)]
    with subprocess.Popen(
        program, cwd=ROOT, stderr=subprocess.PIPE, text=True, start_new_session=True
    ) as command:
        try:
            wait_for(lambda: [*tmp_path.glob(".atlas.part/kb_image/*")])
            started = wait_for(lambda: len(found := children(command.pid)) >= 2 and found)
            if number == signal.SIGINT:
                os.killpg(command.pid, number)
            else:
                command.send_signal(number)
            assert command.stderr is not None
            told = command.stderr.read()
            assert command.wait(PATIENT) == code
        finally:
            command.kill()
    wait_for(lambda: not any(map(alive, started)))
    if number != signal.SIGKILL:
        assert [line for line in told.splitlines(True) if "drawings" not in line] == [said]
        assert list(tmp_path.iterdir()) == []


def test_what_a_killed_atlas_leaves_is_swept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / ".atlas.part" / "kb_image").mkdir(parents=True)
    (tmp_path / ".atlas.part" / "kb_image" / "half.jpg").touch()
    (tmp_path / ".atlas.lock").touch()
    monkeypatch.setattr(dataset, "_draw_all", lambda *_: {})
    dataset.write_atlas(tmp_path / "atlas", 0, (4, 4, 4), 1)
    assert [p.name for p in tmp_path.iterdir()] == ["atlas"]
    assert not (tmp_path / "atlas" / "kb_image" / "half.jpg").exists()


def test_a_worker_that_is_killed_is_told() -> None:
    with pytest.raises(InputError, match="ended from outside.*fewer"):
        list(in_processes(os.kill, [(0, 0)] * 2 + [(OwnNumber(), signal.SIGKILL)], 2))


class OwnNumber:
    """The number of the process that reads it."""

    def __reduce__(self) -> tuple[Callable[[], int], tuple[()]]:
        return os.getpid, ()


def test_exit_codes(capsys: pytest.CaptureFixture[str]) -> None:
    """What was begun is tidied up, and the old answer to the signal is back afterwards."""
    done = []

    def asked(number: int) -> None:
        try:
            os.kill(os.getpid(), number)
            time.sleep(PATIENT)
        finally:
            done.append(number)

    def wrong() -> None:
        raise InputError("no such thing")

    before = signal.getsignal(signal.SIGTERM)
    for command, code, said in (
        (lambda: None, 0, ""),
        (wrong, 2, "error: no such thing\n"),
        (lambda: asked(signal.SIGINT), 130, "interrupted\n"),
        (lambda: asked(signal.SIGTERM), 143, "terminated\n"),
    ):
        assert terminal.exit_code(command) == code
        assert capsys.readouterr().err == said
    assert done == [signal.SIGINT, signal.SIGTERM]
    assert signal.getsignal(signal.SIGTERM) == before


def test_a_training_ends_with_the_code_of_its_signal(
    text_model: Path, data: Path, tmp_path: Path
) -> None:
    """SIGTERM is granted between two steps, the state is stored, and `--resume` goes on."""
    config, out = tmp_path / "c.json", tmp_path / "m"
    code = (
        "import sys, json, dataclasses; from pathlib import Path; from support import tiny\n"
        "chosen = tiny.preset(Path(sys.argv[1]), {'epochs': 10000, 'check_every': 10000})\n"
        "print(json.dumps(dataclasses.asdict(chosen)))"
    )
    environment = os.environ | {"PYTHONPATH": f"{ROOT}:{ROOT / 'tests'}"}
    made = subprocess.run(
        [sys.executable, "-c", code, text_model], env=environment, capture_output=True, check=True
    )
    config.write_bytes(made.stdout)
    program: list[str | Path] = [sys.executable, "-m", "mimic", "train", "--config", config]
    program += ["--preset", "bert-vit"]
    program += ["--data", data, "--out", out, "--device", "cpu"]
    with subprocess.Popen(
        program, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
    ) as command:
        try:
            wait_for(
                lambda: (out / "log.csv").exists() and (out / "log.csv").read_text().count("\n") > 2
            )
            command.terminate()
            assert command.stderr is not None
            told = command.stderr.read().decode()
            assert command.wait(PATIENT) == 143
        finally:
            command.kill()
    assert told.endswith("terminated\n") and "Traceback" not in told
    assert sorted(p.name for p in out.iterdir()) == ["log.csv", "resume.pt"]


def test_processes_of_torchrun_end_with_it(tmp_path: Path) -> None:
    """What a starter begins and `join_workers` joins gets SIGTERM when the starter is killed."""
    worker = (
        "import os, sys, time, torch, torch.distributed as dist\n"
        "from mimic.training.workers import join_workers\n"
        "workers, _ = join_workers(torch.device('cpu'))\n"
        "open(sys.argv[1] + str(os.getpid()), 'w').close()\n"
        "time.sleep(600)\n"
    )
    (tmp_path / "worker.py").write_text(worker, "utf-8")
    program = [sys.executable, "-m", "torch.distributed.run", "--nproc-per-node", "2"]
    program += ["--standalone", str(tmp_path / "worker.py"), str(tmp_path / "pid-")]
    environment = os.environ | {"PYTHONPATH": str(ROOT), "OMP_NUM_THREADS": "1"}
    with subprocess.Popen(
        program, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as starter:
        started: list[int] = []
        try:
            wait_for(lambda: len([*tmp_path.glob("pid-*")]) == 2)
            started = [int(file.name.removeprefix("pid-")) for file in tmp_path.glob("pid-*")]
            starter.kill()
            wait_for(lambda: not any(map(alive, started)))
        finally:
            starter.kill()
            for process in filter(alive, started):
                os.kill(process, signal.SIGKILL)

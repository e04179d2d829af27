"""The folder of a run: private, removed at its end, swept after a kill; and what lies in it."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest
from gradio.utils import get_upload_folder

from demo.screenshot import ROOT
from demo.server.run_folder import PREFIX, run_folder
from demo.server.uploads import REFUSAL, Room, is_upload, uploaded
from mimic.errors import InputError

META = {"_type": "gradio.FileData"}
KILLED = """
import os, signal
from demo.server.run_folder import run_folder
with run_folder() as folder:
    (folder / "uploads" / "a.png").write_text("a picture")
    print(folder, flush=True)
    os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.fixture
def temp(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("GRADIO_TEMP_DIR", str(tmp_path / "temp"))
    return tmp_path / "temp"


def test_a_run_has_a_folder_of_its_own_until_it_ends(temp: Path) -> None:
    before = tempfile.gettempdir()
    with run_folder() as folder:
        assert folder.parent == temp
        assert folder.stat().st_mode & 0o777 == 0o700
        assert get_upload_folder() == str(folder / "uploads")
        assert tempfile.gettempdir() == str(folder / "scratch")
        (folder / "uploads" / "a").mkdir()
        (folder / "uploads" / "a" / "a.png").write_text("a picture")
    assert list(temp.iterdir()) == []
    assert (get_upload_folder(), tempfile.gettempdir()) == (str(temp), before)


def test_what_a_killed_run_left_goes_at_the_next_start(temp: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", KILLED], cwd=ROOT, env=dict(os.environ), capture_output=True
    )
    left = Path(done.stdout.decode().strip())
    assert (left / "uploads" / "a.png").exists()
    with run_folder() as folder:
        assert list(temp.iterdir()) == [folder]


def test_only_folders_of_runs_that_are_over_are_swept(temp: Path, tmp_path: Path) -> None:
    temp.mkdir()
    other = tmp_path / "other"
    other.mkdir()
    (other / "mine").touch()
    (temp / f"{PREFIX}link").symlink_to(other)
    (temp / f"{PREFIX}file").touch()
    with run_folder() as first:
        os.environ["GRADIO_TEMP_DIR"] = str(temp)
        with run_folder() as second:
            assert first.is_dir() and first != second
    assert (other / "mine").exists()
    assert (temp / f"{PREFIX}file").exists()


def test_only_files_of_the_folder_are_uploads(temp: Path, tmp_path: Path) -> None:
    with run_folder() as folder:
        own = folder / "uploads" / "a.png"
        own.touch()
        secret = tmp_path / "secret.png"
        secret.touch()
        links = {name: folder / "uploads" / name for name in ("in", "out", "dir", "circle")}
        for link, target in zip(
            links.values(), (own, secret, tmp_path, links["circle"]), strict=True
        ):
            link.symlink_to(target)
        assert is_upload(str(own)) and is_upload(str(links["in"]))
        no = [secret, links["out"], links["dir"] / "secret.png", links["circle"], folder]
        no += [folder / "uploads", own.parent / "absent", own.parent / ".." / ".." / ".." / "x"]
        others: list[object] = ["", "a.png", "\0", "a" * 5000, "http://a/b.png", None, 1, []]
        for path in [*map(str, no), *others]:
            assert not is_upload(path), path


@pytest.mark.parametrize("meta", [{}, {"meta": META}, {"meta": {"_type": "x"}}, {"meta": None}])
def test_files_lose_what_a_caller_says_of_them(temp: Path, meta: dict[str, object]) -> None:
    with run_folder() as folder:
        path = str(folder / "uploads" / "a.png")
        Path(path).touch()
        asked = {"path": path, "url": "http://127.0.0.1/x", "is_stream": True, "size": "x", **meta}
        known = {"path": path, "meta": META}
        assert uploaded(asked, True) == known
        assert uploaded([asked], True) == [known]
        assert uploaded(None, True) is uploaded({}, True) is None
        for bad in ({"url": "http://127.0.0.1/x"}, {"path": "/etc/passwd", **meta}, "x.png", [1]):
            with pytest.raises(InputError, match=REFUSAL):
                uploaded(bad, True)


def test_elsewhere_only_what_says_so_is_a_file(temp: Path) -> None:
    temp.mkdir()
    assert uploaded({"path": "/a"}, False) == {"path": "/a"}
    assert uploaded("text", False) == "text"
    for bad in ({"path": "/etc/passwd", "meta": META}, [{"a": {"path": "http://a", "meta": META}}]):
        with pytest.raises(InputError, match=REFUSAL):
            uploaded(bad, False)


# --- how much there may be -------------------------------------------------------------------


class SmallRoom(Room):
    VISITOR, ALL = (40, 5), (70, 8)


def kept(folder: Path) -> set[str]:
    return {path.name for path in folder.rglob("*") if path.is_file()}


def make(folder: Path, name: str, size: int, age: float) -> str:
    path = folder / "uploads" / name / name
    path.parent.mkdir(parents=True)
    path.write_bytes(bytes(size))
    os.utime(path, (path.stat().st_atime - age, path.stat().st_mtime - age))
    return str(path)


def test_the_oldest_files_of_a_visitor_make_room(tmp_path: Path) -> None:
    room = SmallRoom(tmp_path)
    paths = {}
    for number, name in enumerate("abcdef"):
        paths[name] = make(tmp_path, name, 15, 0)
        room.add([paths[name]], "ada" if name in "acef" else "bob")
        seen = os.lstat(paths[name])
        os.utime(paths[name], ns=(seen.st_atime_ns, seen.st_mtime_ns + (number + 1) * 10**9))
    room.tidy()
    assert kept(tmp_path) == {"b", "d", "e", "f"}
    assert not (tmp_path / "uploads" / "a").exists()


def test_all_together_have_a_bound_too(tmp_path: Path) -> None:
    room = SmallRoom(tmp_path)
    for number in range(12):
        path = make(tmp_path, f"f{number:02}", 3, 0)
        room.add([path], f"visitor {number}")
        seen = os.lstat(path)
        os.utime(path, ns=(seen.st_atime_ns, seen.st_mtime_ns + (number + 1) * 10**9))
    room.tidy()
    assert kept(tmp_path) == {f"f{number:02}" for number in range(4, 12)}


def test_old_files_go(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    room = Room(tmp_path)
    make(tmp_path, "a", 3, 0)
    (tmp_path / "uploads" / "tmp1").touch()
    room.tidy()
    assert kept(tmp_path) == {"a", "tmp1"}
    monkeypatch.setattr(Room, "HALF", -60.0)
    room.tidy()
    assert kept(tmp_path) == {"a"}
    monkeypatch.setattr(Room, "AGE", -60.0)
    room.tidy()
    assert kept(tmp_path) == set()

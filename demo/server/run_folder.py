"""The folder of one run of the page: nobody else may look into it, and it goes with the run."""

from __future__ import annotations

import fcntl
import os
import shutil
import stat
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

PREFIX = "mimic-page-"
#: Folder in it of visitors' own knowledge bases, which are bounded as wholes, not file by file.
OWN = "own"


@contextmanager
def run_folder() -> Iterator[Path]:
    """A private folder for whatever visitors send and are given; removed at the end.

    What killed runs have left is removed first. Gradio keeps its files there from now on, and so
    does `tempfile`: Blocks must be made inside.
    """
    parent = Path(os.environ.get("GRADIO_TEMP_DIR") or tempfile.gettempdir())
    parent.mkdir(parents=True, exist_ok=True)
    _sweep(parent)
    folder, lock = _claimed(parent)
    before = os.environ.get("GRADIO_TEMP_DIR"), tempfile.tempdir
    uploads, scratch = folder / "uploads", folder / "scratch"
    uploads.mkdir(mode=0o700)
    scratch.mkdir(mode=0o700)
    os.environ["GRADIO_TEMP_DIR"], tempfile.tempdir = str(uploads), str(scratch)
    try:
        yield folder
    finally:
        tempfile.tempdir = before[1]
        if before[0] is None:
            del os.environ["GRADIO_TEMP_DIR"]
        else:
            os.environ["GRADIO_TEMP_DIR"] = before[0]
        shutil.rmtree(folder, ignore_errors=True)
        os.close(lock)


def _claimed(parent: Path) -> tuple[Path, int]:
    """A new folder, locked for as long as this process lives."""
    while True:
        folder = Path(tempfile.mkdtemp(prefix=PREFIX, dir=parent)).resolve()
        try:
            lock = os.open(folder, os.O_RDONLY)
            fcntl.flock(lock, fcntl.LOCK_EX)
            if os.path.isdir(folder):
                return folder, lock
            os.close(lock)
        except FileNotFoundError:  # another start swept it before it was locked
            continue


def _sweep(parent: Path) -> None:
    """Removes the folders of runs that are over: this user's, which no process holds."""
    for folder in parent.glob(f"{PREFIX}*"):
        try:
            seen = folder.lstat()
            if not stat.S_ISDIR(seen.st_mode) or seen.st_uid != os.getuid():
                continue
            lock = os.open(folder, os.O_RDONLY | os.O_NOFOLLOW)
        except OSError:
            continue
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            shutil.rmtree(folder, ignore_errors=True)
        except BlockingIOError:
            pass  # its page is open
        finally:
            os.close(lock)

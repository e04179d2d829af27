"""Files and folders that appear whole or not at all, whatever ends the program or the power.

What is written goes beside its place, to a hidden name, and is on the disk before it is renamed. A
process that is killed leaves the old file or folder, and a hidden one that the next writer of the
same place removes.
"""

from __future__ import annotations

import ctypes
import io
import os
import shutil
from collections.abc import Collection, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout

from mimic.errors import InputError, reason_of

#: Seconds that a writer of a file waits for another one of the same file.
PATIENCE = 60
_AT_FDCWD, _RENAME_EXCHANGE = -100, 2  # of linux/fcntl.h and linux/fs.h


@contextmanager
def written_aside(path: Path) -> Iterator[Path]:
    """A name to write a file to, which takes the place of `path` at the end, or is removed.

    Raises:
        InputError: a folder or device lies at `path`, or another process writes it for long.
        OSError: it cannot be written.
    """
    check_file(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    part = _hidden(path, "part")
    with only_writer(path, patience=PATIENCE):
        try:
            yield part
            part.chmod(0o644)  # some libraries write for the owner alone
            _sync(part)
            os.replace(part, path)
            _sync_folder(path.parent)
        finally:
            part.unlink(missing_ok=True)


@contextmanager
def folder_aside(path: Path) -> Iterator[Path]:
    """An empty folder to fill, which takes the place of `path` at the end, or is removed.

    What was at `path` is there until then, and goes afterwards. Where the system can exchange two
    names, `path` is never without a folder; elsewhere it is for a moment, and a writer that is
    killed in it leaves the old one for the next writer to put back.

    Raises:
        InputError: another process writes there.
        OSError: it cannot be written.
    """
    path = Path(os.path.realpath(path))
    with _folder_beside(path, (path,)) as new:
        yield new
        _sync_tree(new)
        _put(new, path)


@contextmanager
def files_aside(folder: Path, names: Collection[str]) -> Iterator[Path]:
    """An empty folder for the files and folders `names`, which then take their places in `folder`.

    Where `folder` holds nothing else, it is replaced as a whole. Elsewhere one after the other is,
    in the order of `names`: the last one should be that without which nobody looks at the others.

    Raises:
        InputError, OSError: as `folder_aside`.
    """
    folder = Path(os.path.realpath(folder))
    if _may_go(folder, names):
        with folder_aside(folder) as new:
            yield new
        return
    places = [folder / name for name in names]
    with _folder_beside(folder / "files", places) as new:
        yield new
        _sync_tree(new)
        for place in places:
            if os.path.lexists(new / place.name):
                _put(new / place.name, place)


@contextmanager
def only_writer(path: Path, lock: Path | None = None, patience: float = 0) -> Iterator[None]:
    """Keeps other processes and threads from writing to `path`; it ends with the process.

    Args:
        lock: the file that is locked; default: a hidden one beside `path`.
        patience: seconds to wait for another writer.

    Raises:
        InputError: there is another one.
    """
    lock = lock or _hidden(path, "lock")
    held = FileLock(lock)
    try:
        held.acquire(timeout=patience)
    except Timeout:
        raise InputError(
            f"{path}: another process is writing there; wait for its end, or give another place"
        ) from None
    except KeyboardInterrupt:
        held.release(force=True)
        with suppress(OSError, Timeout), FileLock(lock, timeout=0):  # half of it may be done
            lock.unlink()
        raise
    try:
        yield
    finally:
        with suppress(OSError):
            lock.unlink()  # while it is held: who waits for it sees that it is gone, and makes anew
        held.release()


def write_whole(path: Path, data: bytes) -> Path:
    """Writes aside and renames, so that whoever looks sees the old file or the new one.

    Raises:
        InputError: it cannot be written, or a folder or device lies there.
    """
    try:
        with written_aside(path) as part:
            part.write_bytes(data)
    except OSError as error:
        raise InputError(f"{path}: cannot be written ({reason_of(error)})") from None
    return path


def removed(path: Path) -> None:
    """Removes a file, where there is one, for good: also if the power is cut right after it.

    Raises:
        InputError: it cannot be removed.
    """
    try:
        path.unlink(missing_ok=True)
    except OSError as error:
        raise InputError(f"{path}: cannot be removed ({reason_of(error)})") from None
    _sync_folder(path.parent)


def link_file(file: Path, place: Path) -> None:
    """The file under another name, too; a copy where the disk cannot link.

    Raises:
        OSError: it cannot be written.
    """
    try:
        os.link(os.path.realpath(file), place)
    except OSError:  # another disk, or one without links
        shutil.copy(file, place)


def save_picture(picture: Any, path: Path, **options: Any) -> None:
    """Saves a picture of Pillow's, whose own writer says of a full disk "encoder error -2".

    Raises:
        OSError: it cannot be written.
    """
    buffer = io.BytesIO()
    buffer.name = path.name  # its ending decides on the format
    picture.save(buffer, **options)
    path.write_bytes(buffer.getvalue())


def check_file(path: Path) -> None:
    """Raises InputError if something that is no file lies at the path, or none can be written."""
    if os.path.exists(path) and not os.path.isfile(path):
        raise InputError(f"{path}: cannot be written (a folder or a device lies there)")
    check_folder(path.parent)


def check_folder(path: Path) -> None:
    """Raises InputError if files could not be written to the folder, which need not be there yet.

    To be called before long work whose result goes there.
    """
    # `os.path`, because `Path.exists` raises where a folder above may not be searched
    there = next(p for p in (path, *path.absolute().parents) if os.path.exists(p))
    if not os.path.isdir(there):
        raise InputError(f"{path}: cannot be written ({there} is no folder)")
    if not os.access(there, os.W_OK | os.X_OK):
        raise InputError(f"{path}: cannot be written (no permission to write to {there})")


# --- names and places ------------------------------------------------------------------------


def _hidden(path: Path, kind: str) -> Path:
    return path.with_name(f".{path.name}.{kind}")


def _may_go(folder: Path, names: Collection[str]) -> bool:
    """Whether a folder can be replaced as a whole without a loss."""
    if not os.path.lexists(folder):
        return True
    inside = {path.name for path in folder.iterdir()}
    return (
        inside <= {*names}
        and not os.path.ismount(folder)
        and os.access(folder.parent, os.W_OK | os.X_OK)
    )


@contextmanager
def _folder_beside(path: Path, places: Collection[Path]) -> Iterator[Path]:
    """A new folder, while nobody else may write to `path`; it goes at the end, if it is there.

    What a killed writer has left of it and beside `places` is removed, or put back, first.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    new = _hidden(path, "part")
    with only_writer(path):
        try:
            _tidy(new, places)
            new.mkdir()
            yield new
        finally:
            try:
                _tidy(new, places)
            except KeyboardInterrupt:  # the signal came while it was being done
                _tidy(new, places)
                raise


def _put(new: Path, path: Path) -> None:
    """Renames what is finished; an old folder has another name then, which `_tidy` knows."""
    if not path.is_dir():
        os.replace(new, path)
    elif not _exchange(new, path):
        os.rename(path, _hidden(path, "old"))
        os.rename(new, path)
    _sync_folder(path.parent)


def _exchange(one: Path, other: Path) -> bool:
    """Swaps two names in one step; False where the system or the disk's format cannot."""
    try:
        rename = ctypes.CDLL(None).renameat2
    except (AttributeError, OSError, TypeError):  # no Linux, or a C library without it
        return False
    names = os.fsencode(one), os.fsencode(other)
    return bool(rename(_AT_FDCWD, names[0], _AT_FDCWD, names[1], _RENAME_EXCHANGE) == 0)


def _tidy(new: Path, places: Collection[Path]) -> None:
    """Removes the folder `new` and old ones; an old one is put back where its place is empty."""
    for place in places:
        if os.path.lexists(old := _hidden(place, "old")) and not os.path.lexists(place):
            os.rename(old, place)
        shutil.rmtree(old, ignore_errors=True)
    shutil.rmtree(new, ignore_errors=True)


# --- onto the disk ---------------------------------------------------------------------------


def _sync(path: Path | str) -> None:
    """Waits until a file is on the disk, and not only in the machine's memory."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _sync_folder(path: Path | str) -> None:
    with suppress(OSError):  # some network file systems keep no folder open
        _sync(path)


def _sync_tree(folder: Path) -> None:
    """All files and folders in a folder, many at once, because a disk takes them together."""
    with ThreadPoolExecutor(16) as pool:
        for path, _, names in os.walk(folder):
            list(pool.map(_sync, (os.path.join(path, name) for name in names)))
            _sync_folder(path)

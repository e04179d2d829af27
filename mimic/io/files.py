"""Files that appear whole or not at all."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from mimic.errors import InputError


def write_whole(path: Path, data: bytes) -> Path:
    """Writes aside and renames, so that whoever looks sees the old file or the new one.

    Raises:
        InputError: it cannot be written, or a folder or device lies there.
    """
    check_file(path)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, aside = tempfile.mkstemp(prefix=f".{path.name}-", dir=path.parent)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(data)
            os.chmod(aside, 0o644)
            os.replace(aside, path)
        except BaseException:
            Path(aside).unlink(missing_ok=True)
            raise
    except OSError as error:
        raise InputError(f"{path}: cannot be written ({error.strerror})") from None
    return path


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

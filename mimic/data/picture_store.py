"""The pictures that a user's table names: in a folder, or in a ZIP that is never unpacked."""

from __future__ import annotations

import contextlib
import os
import stat
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from mimic.errors import InputError

#: Why a picture is left out.
MISSING, UNREADABLE, OUTSIDE = "missing", "unreadable", "outside"
#: Limits of a ZIP: entries, bytes of one picture, bytes of all, and of all for each packed byte.
MOST_ENTRIES, MOST_PICTURE, MOST_ALL, MOST_RATIO = 20_000, 30_000_000, 4_000_000_000, 100
_CHUNK = 1 << 20


@dataclass(frozen=True)
class Problem:
    """Why a picture is left out: one of the kinds above, and a sentence."""

    kind: str
    reason: str


def locate(root: Path, name: str) -> Path | Problem:
    """The file behind a name in a cell; nothing outside `root` (a real path) is ever opened."""
    if "://" in name:
        return Problem(MISSING, "a web address: download it and name the file")
    with contextlib.suppress(ValueError):  # a name that no file can have
        for tried in (name, name.replace("\\", "/")):
            path = Path(os.path.realpath(root / tried))
            if not path.is_relative_to(root):
                return Problem(OUTSIDE, "leads out of the folder of pictures")
            if os.path.exists(path):
                return path
    return Problem(MISSING, "no such file")


class PictureStore:
    """Lends pictures by name, one at a time. Make one with `open_pictures`."""

    @contextmanager
    def picture(self, name: str) -> Iterator[Path]:
        """A file that holds the picture, while the context lasts.

        Raises:
            InputError: there is no picture of that name, or it may not be read.
        """
        raise NotImplementedError
        yield


class FolderStore(PictureStore):
    """Pictures in a folder; nothing outside it is ever opened."""

    def __init__(self, folder: Path) -> None:
        self._root = Path(os.path.realpath(folder))

    @contextmanager
    def picture(self, name: str) -> Iterator[Path]:
        found = locate(self._root, name)
        if isinstance(found, Problem):
            raise InputError(f"picture {name!r:.100}: {found.reason}")
        yield found


class ZipStore(PictureStore):
    """Pictures in a ZIP. A name in it is only compared, never used as a path.

    Raises:
        InputError: it is not a whole ZIP, or holds what a folder of pictures cannot: names that
            lead out of it, links, encrypted files, or far more bytes than it seems.
    """

    def __init__(self, path: Path) -> None:
        try:
            self._archive = zipfile.ZipFile(path)
        except FileNotFoundError:
            raise InputError(f"no such file: {path}") from None
        except (OSError, ValueError, zipfile.BadZipFile):
            raise InputError(f"{path.name}: not a whole ZIP file") from None
        try:
            self._entries = _checked(self._archive, path.name)
        except BaseException:
            self._archive.close()
            raise
        bases: dict[str, list[str]] = {}
        for name in self._entries:
            bases.setdefault(PurePosixPath(name).name, []).append(name)
        self._only = {base: names[0] for base, names in bases.items() if len(names) == 1}

    @contextmanager
    def picture(self, name: str) -> Iterator[Path]:
        wanted = name.replace("\\", "/").removeprefix("./")
        entry = self._entries.get(wanted) or self._entries.get(self._only.get(wanted, ""))
        if entry is None:
            raise InputError(f"picture {name!r:.100}: not in the ZIP")
        with tempfile.TemporaryDirectory(prefix="mimic-") as folder:
            path = Path(folder) / "picture"
            self._unpack(entry, path, name)
            yield path

    def close(self) -> None:
        """Closes the file."""
        self._archive.close()

    def _unpack(self, entry: zipfile.ZipInfo, path: Path, name: str) -> None:
        """Writes one picture; what the ZIP says of its size is not believed."""
        size = 0
        try:
            with self._archive.open(entry) as source, path.open("wb") as target:
                while chunk := source.read(_CHUNK):
                    size += len(chunk)
                    if size > MOST_PICTURE:
                        raise InputError(
                            f"picture {name!r:.100}: larger than {_mega(MOST_PICTURE)}"
                        )
                    target.write(chunk)
        except (
            OSError,
            EOFError,
            zipfile.BadZipFile,
            NotImplementedError,
            RuntimeError,
            ValueError,
        ) as error:
            if isinstance(error, InputError):
                raise
            raise InputError(f"picture {name!r:.100}: damaged in the ZIP") from None


@contextmanager
def open_pictures(path: Path | None) -> Iterator[PictureStore | None]:
    """A folder or a ZIP of pictures; `None` gives `None`.

    Raises:
        InputError: it is neither, or the ZIP is not one that may be read.
    """
    if path is None:
        yield None
    elif path.is_dir():
        yield FolderStore(path)
    elif path.suffix.lower() == ".zip":
        with contextlib.closing(ZipStore(path)) as store:
            yield store
    else:
        raise InputError(f"{path}: neither a folder nor a .zip of pictures")


def _checked(archive: zipfile.ZipFile, source: str) -> dict[str, zipfile.ZipInfo]:
    """The files of a ZIP by name."""
    entries = archive.infolist()
    if len(entries) > MOST_ENTRIES:
        raise InputError(f"{source}: {len(entries):,} entries; at most {MOST_ENTRIES:,} are read")
    whole = sum(entry.file_size for entry in entries)
    packed = sum(entry.compress_size for entry in entries)
    if whole > MOST_ALL or whole > MOST_PICTURE + MOST_RATIO * packed:
        raise InputError(f"{source}: unpacks to {_mega(whole)}, which no pictures do")
    for entry in entries:
        name = entry.filename.replace("\\", "/")
        if name.startswith("/") or ".." in name.split("/") or ":" in name.split("/")[0]:
            raise InputError(f"{source}: the name {name!r:.100} leads out of the archive")
        if stat.S_ISLNK(entry.external_attr >> 16):
            raise InputError(f"{source}: {name!r:.100} is a link, not a picture")
        if entry.flag_bits & 1:
            raise InputError(f"{source}: {name!r:.100} is encrypted; pack it without a password")
    return {e.filename: e for e in entries if not e.is_dir() and "__MACOSX" not in e.filename}


def _mega(size: int) -> str:
    return f"{size / 1_000_000:,.0f} MB"

"""The pictures that a user's table names: in a folder, or in a ZIP that is never unpacked."""

from __future__ import annotations

import contextlib
import os
import stat
import tempfile
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from mimic.data.picture_names import SpelledNames
from mimic.errors import InputError
from mimic.io.values import unquoted

#: Why a picture is left out.
MISSING, UNREADABLE, OUTSIDE = "missing", "unreadable", "outside"
#: Limits of a ZIP: entries, bytes of one picture, bytes of all, and of all for each packed byte.
MOST_ENTRIES, MOST_PICTURE, MOST_ALL, MOST_RATIO = 20_000, 30_000_000, 4_000_000_000, 100
_NOT_THERE = "not in the ZIP"
_CHUNK = 1 << 20
_UNPACKED = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA)
_METHODS = {9: "Deflate64", 93: "Zstandard", 95: "XZ", 98: "PPMd"}
_IS_UTF8 = 0x800  # bit of an entry's flags
_MAC = "__MACOSX"  # folder of what macOS packs beside each file


@dataclass(frozen=True)
class Problem:
    """Why a picture is left out: one of the kinds above, and a sentence."""

    kind: str
    reason: str


class PictureFolder:
    """Finds the files behind names in a folder; nothing outside it is ever opened.

    A name may be spelled as `picture_names` allows, each folder in it for itself. Folders are
    listed once, when a name is not there as it is written.
    """

    def __init__(self, folder: Path) -> None:
        self._root = Path(os.path.realpath(folder))
        self._listed: dict[Path, SpelledNames] = {}

    def locate(self, name: str) -> Path | Problem:
        """The file of a name in a cell."""
        if "://" in name:
            return Problem(MISSING, "a web address: download it and name the file")
        with contextlib.suppress(ValueError):  # a name that no file can have
            for tried in (name, name.replace("\\", "/"), unquoted(name).replace("\\", "/")):
                path = self._root / tried
                if not self._holds(path):
                    return _OUTSIDE
                if os.path.exists(path):
                    return Path(os.path.realpath(path))
            return self._spelled(PurePosixPath(name.replace("\\", "/")).parts)
        return _NO_FILE

    def _holds(self, path: Path) -> bool:
        return Path(os.path.realpath(path)).is_relative_to(self._root)

    def _spelled(self, parts: Sequence[str]) -> Path | Problem:
        """The file of a name that is spelled differently there."""
        path = self._root
        for part in parts:
            names = [part] if part == ".." else self._names(path).find(part)
            if len(names) > 1:
                return Problem(MISSING, f"no such file {_several(names)}")
            if not names:
                return _NO_FILE
            path /= names[0]
            if not self._holds(path):
                return _OUTSIDE
        return Path(os.path.realpath(path))

    def _names(self, folder: Path) -> SpelledNames:
        if folder not in self._listed:
            listed: list[str] = []
            with contextlib.suppress(OSError):  # no folder, or one that may not be read
                listed = os.listdir(folder)
            self._listed[folder] = SpelledNames(listed)
        return self._listed[folder]


_NO_FILE = Problem(MISSING, "no such file")
_OUTSIDE = Problem(OUTSIDE, "leads out of the folder of pictures")


def _several(names: Iterable[str]) -> str:
    first = ", ".join(sorted(names)[:3])
    return f"under that name alone: {first:.200} could be meant; write the whole name of one"


class NoPictureError(InputError):
    """A name behind which there is no picture at all; a damaged one is an `InputError` alone."""


class PictureStore:
    """Lends pictures by name, one at a time. Make one with `open_pictures`."""

    @contextmanager
    def picture(self, name: str) -> Iterator[Path]:
        """A file that holds the picture, while the context lasts.

        Raises:
            NoPictureError: there is no picture of that name.
            InputError: it may not be read.
        """
        raise NotImplementedError
        yield


class FolderStore(PictureStore):
    """Pictures in a folder; nothing outside it is ever opened."""

    def __init__(self, folder: Path) -> None:
        self._folder = PictureFolder(folder)

    @contextmanager
    def picture(self, name: str) -> Iterator[Path]:
        place = self._folder.locate(name)
        if isinstance(place, Problem):
            kind = NoPictureError if place.kind == MISSING else InputError
            raise kind(f"picture {name!r:.100}: {place.reason}")
        yield place


class ZipStore(PictureStore):
    """Pictures in a ZIP. A name in it is only compared, never used as a path.

    Raises:
        InputError: it is not a whole ZIP, or holds what a folder of pictures cannot: names that
            lead out of it, links, encrypted files, more bytes than `most`, or
            far more than it seems.
    """

    def __init__(self, path: Path, most: int = MOST_ALL) -> None:
        try:
            self._archive = zipfile.ZipFile(path)
        except FileNotFoundError:
            raise InputError(f"no such file: {path}") from None
        except (OSError, ValueError, NotImplementedError, zipfile.BadZipFile):
            raise InputError(f"{path.name}: not a whole ZIP file") from None
        try:
            self._entries = _checked(self._archive, path.name, most)
        except BaseException:
            self._archive.close()
            raise
        self._paths = SpelledNames(self._entries)
        bases: dict[str, list[str]] = {}
        for name in self._entries:
            bases.setdefault(PurePosixPath(name).name, []).append(name)
        self._bases, self._places = SpelledNames(bases), bases

    @contextmanager
    def picture(self, name: str) -> Iterator[Path]:
        entry = self.entry(name)
        with tempfile.TemporaryDirectory(prefix="mimic-") as folder:
            path = Path(folder) / "picture"
            self.unpack(entry, path, name)
            yield path

    def entry(self, name: str) -> zipfile.ZipInfo:
        """The entry of a name: its whole path, or its last part where that is unique."""
        wanted = _tidy(name)
        if _MAC in wanted.split("/"):
            raise InputError(
                f"picture {name!r:.100}: what macOS keeps beside a picture, not the picture: name "
                "the file itself"
            )
        paths = self._paths.find(wanted)
        if not paths and "/" not in wanted:
            paths = [path for base in self._bases.find(wanted) for path in self._places[base]]
        entries = {id(self._entries[path]): path for path in paths}
        if len(entries) > 1:
            raise InputError(f"picture {name!r:.100}: not in the ZIP {_several(entries.values())}")
        if not paths:
            raise NoPictureError(f"picture {name!r:.100}: {_NOT_THERE}")
        return self._entries[paths[0]]

    def close(self) -> None:
        """Closes the file."""
        self._archive.close()

    def unpack(self, entry: zipfile.ZipInfo, path: Path, name: str) -> None:
        """Writes one picture; what the ZIP says of its size is not believed.

        Raises:
            InputError: it is packed in a way that cannot be read, damaged, or too large.
        """
        if entry.compress_type not in _UNPACKED:
            method = _METHODS.get(entry.compress_type, f"method {entry.compress_type}")
            raise InputError(
                f"picture {name!r:.100}: packed with {method}, which cannot be read: pack the ZIP "
                "again with Deflate"
            )
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


class UnpackedZip:
    """Finds the files behind names in a ZIP, as `PictureFolder` does in a folder: each is unpacked
    when it is first asked for, under a name of ours."""

    def __init__(self, store: ZipStore, folder: Path) -> None:
        self._store, self._folder = store, folder
        self._unpacked: dict[int, Path] = {}

    def locate(self, name: str) -> Path | Problem:
        """The file of a name in a cell."""
        try:
            entry = self._store.entry(name)
            if entry.header_offset not in self._unpacked:
                suffix = PurePosixPath(entry.filename).suffix
                path = self._folder / f"{len(self._unpacked):06d}{suffix}"
                self._store.unpack(entry, path, name)
                self._unpacked[entry.header_offset] = path
        except InputError as error:
            kind = MISSING if isinstance(error, NoPictureError) else UNREADABLE
            return Problem(kind, str(error).removeprefix(f"picture {name!r:.100}: "))
        return self._unpacked[entry.header_offset]


@contextmanager
def located_pictures(
    path: Path | None, most: int = MOST_ALL
) -> Iterator[PictureFolder | UnpackedZip]:
    """What finds the files of a folder or of a ZIP, which last as long as the context.

    Args:
        most: bytes that a ZIP may unpack to.

    Raises:
        InputError: it is neither, or the ZIP is not one that may be read.
    """
    if path is None or path.is_dir():
        yield PictureFolder(path or Path())
    elif path.suffix.lower() != ".zip":
        raise InputError(f"{path}: neither a folder nor a .zip of pictures")
    else:
        with (
            contextlib.closing(ZipStore(path, most)) as store,
            tempfile.TemporaryDirectory(prefix="mimic-") as folder,
        ):
            yield UnpackedZip(store, Path(os.path.realpath(folder)))


def _checked(archive: zipfile.ZipFile, source: str, most: int) -> dict[str, zipfile.ZipInfo]:
    """The files of a ZIP by name."""
    entries = archive.infolist()
    if len(entries) > MOST_ENTRIES:
        raise InputError(f"{source}: {len(entries):,} entries; at most {MOST_ENTRIES:,} are read")
    whole = sum(entry.file_size for entry in entries)
    packed = sum(entry.compress_size for entry in entries)
    if whole > MOST_ALL or whole > MOST_PICTURE + MOST_RATIO * packed:
        raise InputError(f"{source}: unpacks to {_mega(whole)}, which no pictures do")
    if whole > most:
        raise InputError(f"{source}: unpacks to {_mega(whole)}; at most {_mega(most)} are read")
    for entry in entries:
        name = _spellings(entry)[0].replace("\\", "/")
        if name.startswith("/") or ".." in name.split("/") or ":" in name.split("/")[0]:
            raise InputError(f"{source}: the name {name!r:.100} leads out of the archive")
        if stat.S_ISLNK(entry.external_attr >> 16):
            raise InputError(f"{source}: {name!r:.100} is a link, not a picture")
        if entry.flag_bits & 1:
            raise InputError(f"{source}: {name!r:.100} is encrypted; pack it without a password")
    files = [e for e in entries if not e.is_dir()]
    spelled = [(place, _tidy(n), e) for e in files for place, n in enumerate(_spellings(e))]
    # what is read in the best way, and what was packed last, is what a name stands for
    spelled.sort(key=lambda line: -line[0])
    return {name: entry for _, name, entry in spelled if _MAC not in name.split("/")}


def _spellings(entry: zipfile.ZipInfo) -> list[str]:
    """What the name of an entry may read, likeliest first.

    Without the flag for UTF-8 the bytes are in whatever the packing system used; `zipfile` takes
    them for code page 437, where every byte is a letter.
    """
    name = entry.filename
    if entry.flag_bits & _IS_UTF8 or name.isascii():
        return [name]
    for encoding in ("utf-8", "gbk"):
        with contextlib.suppress(UnicodeError):
            return [name.encode("cp437").decode(encoding), name]
    return [name]


def _tidy(name: str) -> str:
    """A path in a ZIP with slashes, and without what means nothing in it."""
    return "/".join(part for part in name.replace("\\", "/").split("/") if part not in ("", "."))


def _mega(size: int) -> str:
    return f"{size / 1_000_000:,.0f} MB"

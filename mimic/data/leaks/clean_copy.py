"""A copy of a data folder without the mentions that give their answer away."""

from __future__ import annotations

import json
import shutil
from collections.abc import Sequence
from pathlib import Path

from mimic.data.layout import SPLITS, has_split, read_kb, read_split, split_records
from mimic.data.leaks.find import Leak, find_leaks
from mimic.errors import InputError, reason_of
from mimic.io.cells import csv_text
from mimic.io.files import check_folder, folder_aside, link_file
from mimic.io.terminal import Progress

LEFT_OUT = "left_out.csv"


def write_clean(folder: Path, out: Path, progress: Progress | None = None) -> list[Leak]:
    """Writes the copy, pictures linked where the disk can, and `left_out.csv` (split, id, reason,
    twin).

    Returns:
        What was left out.

    Raises:
        InputError: the folder cannot be read or has no split, or `out` cannot be written, holds
            something else than such a copy, or lies in the folder or around it.
    """
    check_place(folder, out)
    names, leaks = folder_leaks(folder, progress)
    try:
        with folder_aside(out) as new:
            _copy(folder, new)
            for name in names:
                _write_split(folder, new, name, leaks)
            rows = ((leak.split, leak.id, leak.reason, leak.twin) for leak in leaks)
            text = csv_text(("split", "id", "reason", "twin"), rows)
            (new / LEFT_OUT).write_bytes(text.encode("utf-8-sig"))
    except OSError as error:
        raise InputError(f"{out}: cannot be written ({reason_of(error)})") from None
    return leaks


def folder_leaks(folder: Path, progress: Progress | None = None) -> tuple[list[str], list[Leak]]:
    """The names of the splits that a data folder has, and the leaks of all (`find_leaks`).

    Raises:
        InputError: the folder cannot be read, or has no split.
    """
    kb = read_kb(folder)
    names = [name for name in SPLITS if has_split(folder, name)]
    if not names:
        raise InputError(f"{folder}: no file *_train.json, *_dev.json or *_test.json there")
    return names, find_leaks(kb, [read_split(folder, name, kb) for name in names], progress)


def check_place(folder: Path, out: Path) -> None:
    """Raises InputError where a clean copy of a data folder may not be written."""
    check_folder(out)
    inner, outer = out.resolve(), folder.resolve()
    if inner == outer or inner in outer.parents or outer in inner.parents:
        raise InputError(f"--write-clean {out}: lies in --data, or holds it; give another folder")
    if out.is_dir() and any(out.iterdir()) and not (out / LEFT_OUT).is_file():
        raise InputError(f"--write-clean {out}: the folder is not empty; give a new one")


def _copy(folder: Path, new: Path) -> None:
    """What a data folder holds: pictures linked, all else copied; no index, nothing hidden."""
    for path in sorted(folder.iterdir()):
        if path.suffix == ".json" and path.is_file():
            shutil.copy(path, new / path.name)
        elif path.is_dir() and path.name.startswith(("kb_image", "mention_image")):
            (new / path.name).mkdir()
            for picture in path.iterdir():
                if picture.is_file():
                    link_file(picture, new / path.name / picture.name)


def _write_split(folder: Path, new: Path, split: str, leaks: Sequence[Leak]) -> None:
    gone = {leak.id for leak in leaks if leak.split == split}
    file, records = split_records(folder, split)
    kept = [record for key, record in records if key not in gone]
    text = json.dumps(kept, ensure_ascii=False, indent=1)
    (new / file.name).write_text(text, encoding="utf-8")

"""Makes a knowledge base in the authors' file layout from a user's table and pictures."""

from __future__ import annotations

import json
import os
import shutil
import warnings
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from mimic.data.kb_rows import Row, entity_rows
from mimic.data.kb_table import read_table
from mimic.data.layout import entity_record
from mimic.data.picture_store import MOST_ALL, UNREADABLE, Problem, located_pictures
from mimic.errors import InputError, reason_of
from mimic.io.files import folder_aside
from mimic.io.terminal import Progress
from mimic.io.threads import thread_count
from mimic.model.pictures import opened_picture, picture_notice
from mimic.schema import Entity

#: All that a knowledge base consists of: what `force` may replace.
LAYOUT = {"kb_entity.json", "qid2id.json", "kb_image"}
SUFFIXES = (
    ".jpg", ".jpeg", ".png", ".webp", ".gif", ".bmp", ".tif", ".tiff", ".avif", ".heic", ".heif",
    ".mpo",
)  # fmt: skip


@dataclass(frozen=True)
class Bounds:
    """How much a table may bring, where a stranger gives it.

    Attributes:
        rows: of the table; any number, when `None`.
        unpacked: bytes of all pictures of a ZIP.
    """

    rows: int | None = None
    unpacked: int = MOST_ALL


def import_kb(
    table: Path,
    out: Path,
    images: Path | None = None,
    force: bool = False,
    progress: Progress | None = None,
    most: Bounds = Bounds(),  # noqa: B008  (frozen)
) -> dict[str, Any]:
    """Writes `kb_entity.json`, `qid2id.json` and `kb_image/` to `out`; see `read_table`.

    A row without a name, or that repeats an identifier, is skipped. A row without an identifier
    gets one from its number (`E000001`). An entity whose picture is missing, unreadable or
    outside `images` is kept without it. Everything is written beside `out` and moved there last.

    Args:
        images: folder or ZIP of the pictures; a cell names one, several apart by `;`, or a JSON
            list.
        force: replaces a knowledge base in `out`, never a folder that holds anything else.
        progress: is told (pictures checked and copied, pictures in all).
        most: how much may be in it.

    Returns:
        `{"rows", "entities", "images", "with_image", "ids_made", "skipped": [{"row", "reason"}],
        "image_problems": {kind: n}, "images_left_out": [{"row", "image", "kind", "reason"}]}`,
        and where there are any `"images_cut_short": [{"row", "image"}]`, JPEGs that lack their
        last bytes and were taken all the same.

    Raises:
        InputError: the table cannot be used at all, a folder is missing or in the way, or the
            result cannot be written.
    """
    out = Path(os.path.realpath(out))
    _check_folders(out, images, force)
    needed = ("name", "description", "image") if images else ("name", "description")
    table_rows = read_table(table, needed, most=most.rows)
    rows, skipped = entity_rows(table_rows)
    if not rows:
        number, reason = min(skipped.items())
        raise InputError(f"{table}: no row can be used; row {number}: {reason}")
    if images is None and any(row.images for row in rows):
        raise InputError(f"{table} names pictures: say with --images in which folder they are")
    named = dict.fromkeys(name for row in rows for name in row.images)
    try:
        with located_pictures(images, most.unpacked) as source, folder_aside(out) as aside:
            places = {name: source.locate(name) for name in named}
            _check_folders(out, images, force)  # again: now nobody else writes there
            files = _copied(_stored_names(rows, places), aside / "kb_image", progress)
            copies = [path for path, stored in files.items() if isinstance(stored, str)]
            lacking = {path for path in copies if picture_notice(path)}
            records, left_out = _records(rows, places, files)
            _write(aside / "kb_entity.json", records, indent=1)
            _write(aside / "qid2id.json", {r["qid"]: r["id"] for r in records})
    except OSError as error:
        raise InputError(f"{out}: cannot be written ({reason_of(error)})") from None
    cut_short = [
        {"row": row.number, "image": name}
        for row in rows
        for name in dict.fromkeys(row.images)
        if places[name] in lacking
    ]
    return {
        "rows": len(table_rows.rows) + len(table_rows.broken),
        "entities": len(rows),
        "images": sum(isinstance(file, str) for file in files.values()),
        "with_image": sum(bool(record["image_list"]) for record in records),
        "ids_made": sum(row.id_made for row in rows),
        "skipped": [{"row": n, "reason": reason} for n, reason in sorted(skipped.items())],
        "image_problems": dict(Counter(entry["kind"] for entry in left_out)),
        "images_left_out": left_out,
        **({"images_cut_short": cut_short} if cut_short else {}),
    }


def _check_folders(out: Path, images: Path | None, force: bool) -> None:
    if images is not None and not images.is_dir() and images.suffix.lower() != ".zip":
        raise InputError(f"{images}: no such folder of pictures, and no .zip")
    if not os.path.lexists(out):
        return
    if not out.is_dir():
        raise InputError(f"{out} is a file: name a folder that is new or empty")
    there = {path.name for path in out.iterdir()}
    if there and not force:
        raise InputError(
            f"{out} is there already: name a folder that is new or empty, or replace the "
            "knowledge base in it with --force"
        )
    if there - LAYOUT:
        raise InputError(
            f"{out} holds more than a knowledge base ({min(there - LAYOUT)}) and is not replaced"
        )
    if images is not None and Path(os.path.realpath(images)).is_relative_to(out):
        raise InputError(f"{images} lies in the folder to be replaced: move it elsewhere")


def reports(summary: dict[str, Any]) -> list[str]:
    """What is to be said of an import beside its numbers, a line each."""
    said = []
    if summary["ids_made"]:
        said.append(
            f"{summary['ids_made']} rows have no id and got one from their number (E000001, ...): "
            "add a column id to keep ids when rows move"
        )
    if summary["skipped"]:
        said.append(f"{len(summary['skipped'])} rows skipped: see 'skipped'")
    for kind, count in summary["image_problems"].items():
        said.append(f"{count} pictures {kind}, their entities kept: see 'images_left_out'")
    if cut_short := summary.get("images_cut_short"):
        said.append(f"{len(cut_short)} pictures lack their last bytes and were taken all the same")
    return said


# --- pictures --------------------------------------------------------------------------------


def _stored_names(rows: list[Row], found: dict[str, Path | Problem]) -> dict[Path, str]:
    """File -> its name in `kb_image`, from the first row that names it: no two collide."""
    names: dict[Path, str] = {}
    for row in rows:
        for place, path in enumerate((found[name] for name in row.images), 1):
            if isinstance(path, Path) and path not in names:
                suffix = path.suffix.lower() if path.suffix.lower() in SUFFIXES else ""
                names[path] = f"{row.number:06d}" + (f"-{place}" if place > 1 else "") + suffix
    return names


def _copied(
    names: dict[Path, str], folder: Path, progress: Progress | None
) -> dict[Path, str | Problem]:
    """Copies every file that reads as a picture; file -> name in `folder`, or the problem."""
    folder.mkdir()
    copied: dict[Path, str | Problem] = {}
    # opened_picture changes the warning filters, which threads share: they are put back here
    with warnings.catch_warnings(), ThreadPoolExecutor(thread_count()) as pool:
        results = pool.map(_copy, names, (folder / name for name in names.values()))
        try:
            for path, result in zip(names, results, strict=True):
                copied[path] = result
                if progress is not None:
                    progress(len(copied), len(names))
        except BaseException:
            pool.shutdown(cancel_futures=True)
            raise
    return copied


def _copy(source: Path, target: Path) -> str | Problem:
    try:
        with opened_picture(source):
            pass
    except InputError as error:
        return Problem(UNREADABLE, str(error))
    shutil.copyfile(source, target)
    return target.name


# --- the folder ------------------------------------------------------------------------------


def _records(
    rows: list[Row], found: dict[str, Path | Problem], files: dict[Path, str | Problem]
) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """The records of `kb_entity.json`, and the pictures that are left out of them."""
    records, left_out = [], []
    for place, row in enumerate(rows):
        names: list[str] = []
        for name in row.images:
            path = found[name]
            result = files[path] if isinstance(path, Path) else path
            if isinstance(result, str):
                names.append(result)
            else:
                left_out.append({"row": row.number, "image": name, **asdict(result)})
        entity = Entity(row.id, row.name, row.text, None, row.aliases, row.type, row.url)
        records.append({"id": place} | entity_record(entity, names))
    return records, left_out


def _write(path: Path, content: Any, indent: int | None = None) -> None:
    path.write_text(json.dumps(content, ensure_ascii=False, indent=indent) + "\n", "utf-8")

"""All pictures of a run, decoded and squashed once: in memory, or in a file when they are many."""

from __future__ import annotations

import contextlib
import hashlib
import json
import math
import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from mimic.errors import InputError
from mimic.io.terminal import Report
from mimic.model.pictures import opened_picture
from mimic.model.processor import Processor

#: Above this many bytes the squares are kept in a file that is mapped into memory.
IN_MEMORY = 2 << 30


def squash_all(
    processor: Processor,
    images: Sequence[Sequence[Path]],
    report: Report,
    cache: Path | None = None,
) -> tuple[Tensor, Tensor, Tensor, list[str]]:
    """All pictures that can be read, how many each row has, and messages for the others.

    Args:
        images: the pictures of each row.
        cache: folder for the file of a large set. It is used again by any later run with the
            same files (by path, size and time) and the same picture size.

    Returns:
        uint8 `[>= K, side, side, 3]`, the places `[K]` of the readable ones in it, their number in
        each row `[N]`, and messages for the others.

    Raises:
        InputError: the file cannot be written.
    """
    paths, side = [path for row in images for path in row], processor.config.image_size
    if cache is None or len(paths) * side * side * 3 <= IN_MEMORY:
        squares = torch.zeros(max(len(paths), 1), side, side, 3, dtype=torch.uint8)
        unreadable = _fill(squares.numpy(), paths, processor, report)
    else:
        squares, unreadable = _mapped(cache, paths, processor, report)
    readable = [path not in unreadable for path in paths]
    kept = iter(readable)
    count = torch.tensor([sum(next(kept) for _ in row) for row in images], dtype=torch.long)
    place = torch.tensor(readable, dtype=torch.bool).nonzero()[:, 0]
    return squares, place, count, list(unreadable.values())


def _mapped(
    cache: Path, paths: Sequence[Path], processor: Processor, report: Report
) -> tuple[Tensor, dict[Path, str]]:
    side = processor.config.image_size
    stats = [(str(path.resolve()), path.stat().st_size, path.stat().st_mtime_ns) for path in paths]
    name = hashlib.sha256(json.dumps([side, stats]).encode()).hexdigest()[:16]
    file, notes = cache / f"{name}.squares", cache / f"{name}.json"
    shape = (len(paths), side, side, 3)
    part, size = cache / f"{name}.{os.getpid()}.part", math.prod(shape)
    try:
        cache.mkdir(parents=True, exist_ok=True)
        if not (notes.is_file() and file.is_file() and file.stat().st_size == size):
            report(f"decoded pictures go to {file} ({size / 1e9:.1f} GB)")
            _reserve(part, size)
            made = np.memmap(part, np.uint8, "r+", shape=shape)
            unreadable = _fill(made, paths, processor, report)
            made.flush()
            os.replace(part, file)
            part.write_text(json.dumps({str(p): m for p, m in unreadable.items()}), "utf-8")
            os.replace(part, notes)
        found = {Path(p): m for p, m in json.loads(notes.read_text("utf-8")).items()}
        # copy on write, because torch wants writable memory; nothing is ever written
        return torch.from_numpy(np.memmap(file, np.uint8, "c", shape=shape)), found
    except (OSError, ValueError) as error:
        raise InputError(f"{file}: decoded pictures cannot be kept there ({error})") from None
    finally:
        with contextlib.suppress(OSError):
            part.unlink()


def _reserve(file: Path, size: int) -> None:
    """A new file that has its place on the disk: writing to a mapped page for which there is none
    would end the process.

    Raises:
        OSError: the disk has not so much left.
    """
    with file.open("wb") as opened:
        os.posix_fallocate(opened.fileno(), 0, size)


def _fill(
    squares: np.ndarray, paths: Sequence[Path], processor: Processor, report: Report
) -> dict[Path, str]:
    """Writes every picture into its row, on all cores; messages for those that cannot be read."""
    unreadable: dict[Path, str] = {}

    def one(row: int) -> None:
        try:
            with opened_picture(paths[row]) as picture:
                squares[row] = processor.square(picture)
        except InputError as error:
            unreadable[paths[row]] = str(error)

    with ThreadPoolExecutor(os.cpu_count()) as pool:
        for done, _ in enumerate(pool.map(one, range(len(paths))), 1):
            if done % 1000 == 0:
                report(f"pictures {done}/{len(paths)}")
    return unreadable

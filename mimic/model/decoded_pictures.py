"""All pictures of a run, decoded and squashed once: in memory, or in a file when they are many."""

from __future__ import annotations

import contextlib
import hashlib
import json
import math
import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from mimic.errors import InputError
from mimic.io.terminal import Report
from mimic.io.threads import thread_count
from mimic.model.processor import Processor

#: Above this many bytes the squares are kept in a file that is mapped into memory.
IN_MEMORY = 2 << 30


@dataclass(frozen=True)
class DecodedPictures:
    """The pictures of N rows, squashed: K of them can be read.

    Attributes:
        squares: uint8 `[>= K, side, side, 3]`; place: `[K]`, where the K stand in it, row by row.
        first, count: `[N]`, where the pictures of a row begin among the K, and how many it has.
        unreadable: messages of those that cannot be read, which count as missing.
    """

    squares: Tensor
    place: Tensor
    first: Tensor
    count: Tensor
    unreadable: list[str]

    def numbered(self, numbers: Tensor) -> Tensor:
        """Squares `[n, side, side, 3]` by their number from 0; beyond K - 1 any one stands in."""
        if not len(self.place):
            return self.squares[:1].expand(len(numbers), -1, -1, -1)
        return self.squares[self.place[numbers.clamp(max=len(self.place) - 1)]]


def squash_all(
    processor: Processor,
    images: Sequence[Sequence[Path]],
    report: Report,
    cache: Path | None = None,
) -> DecodedPictures:
    """Decodes all pictures.

    Args:
        images: the pictures of each row.
        cache: folder for the file of a large set. It is used again by any later run with the
            same files (by path, size and time) and the same picture size.

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
    in_order = iter(readable)
    count = torch.tensor([sum(next(in_order) for _ in row) for row in images], dtype=torch.long)
    place = torch.tensor(readable, dtype=torch.bool).nonzero()[:, 0]
    first = count.cumsum(0) - count
    return DecodedPictures(squares, place, first, count, list(unreadable.values()))


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
            reserve(part, size)
            mapped = np.memmap(part, np.uint8, "r+", shape=shape)
            unreadable = _fill(mapped, paths, processor, report)
            mapped.flush()
            os.replace(part, file)
            part.write_text(json.dumps({str(p): m for p, m in unreadable.items()}), "utf-8")
            os.replace(part, notes)
        messages = {Path(p): m for p, m in json.loads(notes.read_text("utf-8")).items()}
        # copy on write, because torch wants writable memory; nothing is ever written
        return torch.from_numpy(np.memmap(file, np.uint8, "c", shape=shape)), messages
    except (OSError, ValueError) as error:
        raise InputError(f"{file}: decoded pictures cannot be kept there ({error})") from None
    finally:
        with contextlib.suppress(OSError):
            part.unlink()


def reserve(file: Path, size: int) -> None:
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
        square, trouble = processor.square_if_readable(paths[row])
        if square is None:
            unreadable[paths[row]] = trouble
        else:
            squares[row] = square.numpy()

    with ThreadPoolExecutor(thread_count()) as pool:
        for done, _ in enumerate(pool.map(one, range(len(paths))), 1):
            if done % 1000 == 0:
                report(f"pictures {done}/{len(paths)}")
    return unreadable

"""What a frozen network says of all pictures of a run and of varied copies, asked once.

Most of a picture's cost is the network's, and a frozen one always says the same. So its maps are
kept in a file that is mapped into memory, and what learns reads them at a hundred times the speed.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from mimic.errors import InputError, reason_of
from mimic.io.files import write_whole
from mimic.io.terminal import Report
from mimic.model.decoded_pictures import reserve
from mimic.model.encoders import HybridBackbone
from mimic.model.mimic import Mimic
from mimic.model.pictures import read_picture
from mimic.model.processor import Processor
from mimic.training.augmentation import vary

FORMAT, BATCH = 1, 32
#: Batches between two notes of how far the file is.
NOTED = 16


@dataclass(frozen=True)
class NetworkPictures:
    """The pictures of N rows as a frozen network sees them: U files, K mentions of them.

    Attributes:
        rows: float16 `[(1 + copies) U + 1, W]` (`FeatureNetwork.pack`): the files, then each
            round of their varied copies; the blank picture last.
        place: `[K]`, the file of each picture, row by row.
        first, count: `[N]`, where the pictures of a row begin among the K, and how many it has.
        unreadable: messages of those that cannot be read, which count as missing.
        copies: varied ones of each file.
    """

    rows: np.ndarray
    place: Tensor
    first: Tensor
    count: Tensor
    unreadable: list[str]
    copies: int

    def numbered(self, numbers: Tensor, generator: torch.Generator | None = None) -> Tensor:
        """Rows `[n, W]` of pictures by their number from 0 to K - 1; with a generator any of the
        picture and its copies."""
        files = self.place[numbers]
        if generator is not None:
            drawn = torch.randint(1 + self.copies, (len(files),), generator=generator)
            files = files + drawn * (len(self.rows) // (1 + self.copies))
        return torch.from_numpy(self.rows[files.numpy()])

    def blank(self) -> Tensor:
        """The row `[1, W]` of a missing picture."""
        return torch.from_numpy(self.rows[-1:].copy())


def ask_network(
    model: Mimic,
    processor: Processor,
    images: Sequence[Sequence[Path]],
    copies: int,
    report: Report,
    cache: Path,
) -> NetworkPictures:
    """Asks a model's frozen network about all pictures, or reads what it said of them before.

    An interrupted command leaves what is done; the next one with the same files (by path, size
    and time), network and number of copies goes on there.

    Args:
        images: the pictures of each row.
        copies: varied ones of each file, drawn by its place among the files.

    Raises:
        InputError: the file cannot be written.
    """
    files = list(dict.fromkeys(path for row in images for path in row))
    asked = _Asked(model, processor, files, copies, report, cache)
    try:
        rows, messages = asked.rows()
    except (OSError, ValueError) as error:
        raise InputError(
            f"{asked.file}: what the network says cannot be kept there ({reason_of(error)})"
        ) from None
    number = {path: i for i, path in enumerate(files)}
    places = [[number[p] for p in row if str(p) not in messages] for row in images]
    count = torch.tensor([len(row) for row in places], dtype=torch.long)
    place = torch.tensor([i for row in places for i in row], dtype=torch.long)
    first = count.cumsum(0) - count
    return NetworkPictures(rows, place, first, count, list(messages.values()), copies)


class _Asked:
    """One file of rows, and the note beside it of how far it is."""

    def __init__(
        self,
        model: Mimic,
        processor: Processor,
        files: list[Path],
        copies: int,
        report: Report,
        cache: Path,
    ) -> None:
        assert isinstance(model.encoder.backbone, HybridBackbone)
        self.network, self.processor = model.encoder.backbone.network, processor
        self.files, self.copies, self.report = files, copies, report
        stats = [(str(p.resolve()), p.stat().st_size, p.stat().st_mtime_ns) for p in files]
        what = [FORMAT, _digest(self.network), processor.config.image_size, copies, stats]
        key = hashlib.sha256(json.dumps(what).encode()).hexdigest()[:16]
        self.file, self.note = cache / f"{key}.rows", cache / f"{key}.json"

    def rows(self) -> tuple[np.ndarray, dict[str, str]]:
        """All rows, and why some files cannot be read."""
        width = self.network.pack(self.processor.blank()).shape[1]
        shape = ((1 + self.copies) * len(self.files) + 1, width)
        done, messages = self._standing(2 * shape[0] * width)
        if done < shape[0]:
            self._fill(np.memmap(self.file, np.float16, "r+", shape=shape), done, messages)
        # copy on write, because torch wants writable memory; nothing is ever written
        return np.memmap(self.file, np.float16, "c", shape=shape), messages

    def _standing(self, size: int) -> tuple[int, dict[str, str]]:
        self.file.parent.mkdir(parents=True, exist_ok=True)
        if self.note.is_file() and self.file.is_file() and self.file.stat().st_size == size:
            note = json.loads(self.note.read_text("utf-8"))
            return note["done"], note["unreadable"]
        self.report(f"what the network says goes to {self.file} ({size / 1e9:.1f} GB)")
        reserve(self.file, size)
        return 0, {}

    @torch.inference_mode()
    def _fill(self, rows: np.memmap, done: int, messages: dict[str, str]) -> None:
        with ThreadPoolExecutor(1) as ahead:  # the next pictures while the network reads these
            for number, (start, squares) in enumerate(self._batches(ahead, done, messages)):
                if squares is None:
                    rows[-1:] = self.network.pack(self.processor.blank()).numpy()
                    done = len(rows)
                else:
                    packed = self.network.pack(self.processor.normalise(squares))
                    done = start + len(squares)
                    rows[start:done] = packed.numpy()
                if number % NOTED == 0 or done == len(rows):
                    rows.flush()
                    note = {"done": done, "unreadable": messages}
                    write_whole(self.note, json.dumps(note).encode())
                    self.report(f"pictures and copies {done:,}/{len(rows):,}")

    def _batches(
        self, ahead: ThreadPoolExecutor, done: int, messages: dict[str, str]
    ) -> Iterator[tuple[int, Tensor | None]]:
        """Where each batch begins, and its squares; `None` for the blank picture at the end."""
        last = (1 + self.copies) * len(self.files)
        starts = range(done, last, BATCH)
        upcoming = [
            ahead.submit(self._squares, s, min(s + BATCH, last), messages) for s in starts[:1]
        ]
        for start in starts:
            squares = upcoming.pop().result()
            if (following := start + BATCH) < last:
                stop = min(following + BATCH, last)
                upcoming.append(ahead.submit(self._squares, following, stop, messages))
            yield start, squares
        yield last, None

    def _squares(self, start: int, stop: int, messages: dict[str, str]) -> Tensor:
        side = self.processor.config.image_size
        squares = torch.zeros(stop - start, side, side, 3, dtype=torch.uint8)
        for row in range(start, stop):
            copy, number = divmod(row, len(self.files))
            path = self.files[number]
            if str(path) in messages:
                continue
            try:
                if copy == 0:
                    squares[row - start] = self.processor.square(path)
                else:
                    whole = torch.from_numpy(np.array(read_picture(path))).permute(2, 0, 1)
                    generator = torch.Generator().manual_seed(row)
                    squares[row - start] = vary(whole, side, 1.0, generator).permute(1, 2, 0)
            except InputError as error:
                messages[str(path)] = str(error)
        return squares


def _digest(network: torch.nn.Module) -> str:
    """What tells a network from another: its layers and weights."""
    digest = hashlib.sha256(repr(network).encode())
    for tensor in network.state_dict().values():
        digest.update(tensor.contiguous().numpy().tobytes())
    return digest.hexdigest()[:16]

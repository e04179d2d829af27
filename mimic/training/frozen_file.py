"""A file of what fixed encoders said, so that the next command need not ask them again.

One file holds it for one model and data set, as float16; another model or data set takes its place.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

from safetensors import SafetensorError, safe_open
from safetensors.torch import save_file
from torch import Tensor

from mimic.errors import InputError, reason_of
from mimic.io.content import seal
from mimic.io.files import written_aside
from mimic.io.terminal import Report
from mimic.model.encoded_data import EncodedData, EncodedPictures, EncodedTexts

FILE = "frozen.safetensors"
FORMAT = 2
PARTS = ("texts", "pictures")  # of `EncodedData`


def key_of(what: Sequence[object], pictures: Iterable[Path | None]) -> str:
    """A digest of what the answers depend on, pictures by path, size and time."""
    stamps = []
    for path in pictures:
        if path is not None and path.is_file():
            stat = path.stat()
            stamps.append((str(path.resolve()), stat.st_size, stat.st_mtime_ns))
    return hashlib.sha256(json.dumps([FORMAT, *what, stamps]).encode()).hexdigest()[:16]


def read_or_make(
    file: Path, key: str, make: Callable[[], dict[str, EncodedData]], report: Report
) -> dict[str, EncodedData]:
    """What the file holds under the key; else what `make` gives, which is then written there.

    Nothing is lost where it cannot be written: the next command only asks anew.
    """
    if (stored := _read(file, key)) is not None:
        report(f"what the encoders say is read from {file}")
        return stored
    sets = make()
    tensors = {
        f"{name} {part} {field}": tensor.contiguous()
        for name, data in sets.items()
        for part in PARTS
        for field, tensor in vars(getattr(data, part)).items()
        if isinstance(tensor, Tensor)
    }
    try:
        with written_aside(file) as aside:
            save_file(tensors, aside, {"key": key} | seal(tensors))
    except (OSError, SafetensorError, InputError) as error:
        report(f"{file}: cannot be kept for the next command ({reason_of(error)})")
    return sets


def _read(file: Path, key: str) -> dict[str, EncodedData] | None:
    try:
        with safe_open(file, "pt") as opened:
            if (opened.metadata() or {}).get("key") != key:
                return None
            tensors = {name: opened.get_tensor(name) for name in opened.keys()}  # noqa: SIM118
            if opened.metadata() != {"key": key} | seal(tensors):  # damaged
                return None
    except (OSError, SafetensorError):
        return None
    sets: dict[str, dict[str, dict[str, Any]]] = {}
    for path, tensor in tensors.items():
        name, part, field = path.split()
        sets.setdefault(name, {part: {} for part in PARTS})[part][field] = tensor
    return {
        name: EncodedData(EncodedTexts(**data["texts"]), EncodedPictures(**data["pictures"]))
        for name, data in sets.items()
    }

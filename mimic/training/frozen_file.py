"""A file of what fixed encoders said, so that the next command need not ask them again.

One file holds it for one model and data set, as float16; another model or data set takes its place.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import fields
from pathlib import Path

from safetensors import SafetensorError, safe_open
from safetensors.torch import save_file

from mimic.errors import InputError, reason_of
from mimic.io.content import seal
from mimic.io.files import written_aside
from mimic.io.terminal import Report
from mimic.training.frozen_features import Frozen

FILE = "frozen.safetensors"
FORMAT = 1


def key_of(what: Sequence[object], pictures: Iterable[Path | None]) -> str:
    """A digest of what the answers depend on, pictures by path, size and time."""
    stamps = []
    for path in pictures:
        if path is not None and path.is_file():
            stat = path.stat()
            stamps.append((str(path.resolve()), stat.st_size, stat.st_mtime_ns))
    return hashlib.sha256(json.dumps([FORMAT, *what, stamps]).encode()).hexdigest()[:16]


def kept(
    file: Path, key: str, make: Callable[[], dict[str, Frozen]], report: Report
) -> dict[str, Frozen]:
    """What the file holds under the key; else what `make` gives, which is then written there.

    Nothing is lost where it cannot be written: the next command only asks anew.
    """
    if (found := _read(file, key)) is not None:
        report(f"what the encoders say is read from {file}")
        return found
    made = make()
    tensors = {
        f"{name}.{field.name}": getattr(frozen, field.name).contiguous()
        for name, frozen in made.items()
        for field in fields(Frozen)
    }
    try:
        with written_aside(file) as part:
            save_file(tensors, part, {"key": key} | seal(tensors))
    except (OSError, SafetensorError, InputError) as error:
        report(f"{file}: cannot be kept for the next command ({reason_of(error)})")
    return made


def _read(file: Path, key: str) -> dict[str, Frozen] | None:
    try:
        with safe_open(file, "pt") as opened:
            if (opened.metadata() or {}).get("key") != key:
                return None
            tensors = {name: opened.get_tensor(name) for name in opened.keys()}  # noqa: SIM118
            if opened.metadata() != {"key": key} | seal(tensors):  # damaged
                return None
    except (OSError, SafetensorError):
        return None
    names = {name.split(".")[0] for name in tensors}
    return {
        name: Frozen(**{field.name: tensors[f"{name}.{field.name}"] for field in fields(Frozen)})
        for name in names
    }

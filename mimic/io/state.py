"""What unfinished work has reached, in a file: it goes on there, and nowhere else."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import torch

from mimic.errors import InputError, reason_of
from mimic.io.content import check_archive
from mimic.io.files import written_aside


def read_state(store: Path, key: str) -> dict[str, Any] | None:
    """What `write_state` wrote; `None` where there is nothing.

    Args:
        key: what the work depends on.

    Raises:
        InputError: the file is damaged, or of another key.
    """
    if not store.is_file():
        return None
    try:
        check_archive(store)  # torch does not compare the checksums
        state: dict[str, Any] = torch.load(store, weights_only=True)
        other = state["key"] != key
    except Exception as error:  # what parsers of damaged bytes raise is not documented
        first = reason_of(error).splitlines()[0]
        raise InputError(f"{store}: cannot be read ({first:.100})") from None
    if other:
        raise InputError(
            f"{store}: the unfinished run has another configuration or other data; give those it "
            "began with"
        )
    return state


def write_state(store: Path, key: str, state: dict[str, Any]) -> None:
    """Writes it aside and renames.

    Raises:
        InputError: it cannot be written.
    """
    try:
        with written_aside(store) as part:
            torch.save({"key": key, **state}, part)
    except (OSError, RuntimeError) as error:
        reason = reason_of(error)
        raise InputError(f"{store}: the training state cannot be saved ({reason})") from None

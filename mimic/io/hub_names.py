"""How something on the Hugging Face hub is named where a folder could be: `hub:owner/name`."""

from __future__ import annotations

import re
from pathlib import Path

from mimic.errors import InputError

PREFIX = "hub:"
_FORM = re.compile(r"hub:([\w.-]+/[\w.-]+)(?:@([\w./-]+))?", re.ASCII)


def is_hub(source: Path | str) -> bool:
    """Whether a source is on the hub, and no folder here."""
    return str(source).startswith(PREFIX)


def repository(source: Path | str) -> tuple[str, str | None]:
    """Name and revision of a repository.

    Raises:
        InputError: the source is not of the form `hub:owner/name[@revision]`.
    """
    said = Path(source).as_posix()  # a flag may have made it a path
    matched = _FORM.fullmatch(said)
    if matched is None:
        raise InputError(f"{said}: must be hub:owner/name, or hub:owner/name@revision")
    return matched[1], matched[2]


def title(source: Path | str) -> str:
    """What a model or knowledge base is called: its folder's name, or `owner/name` of the hub."""
    return repository(source)[0] if is_hub(source) else Path(source).name

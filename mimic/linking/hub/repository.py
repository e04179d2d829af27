"""`hub:owner/name[@revision]` in place of a folder: what it holds comes into the hub's cache.

Only the files of a model or a knowledge base are fetched; weights are safetensors, and nothing that
would be unpickled or run is asked for. What the card says of the content is compared with it.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import huggingface_hub
from huggingface_hub import constants
from huggingface_hub.errors import LocalEntryNotFoundError

from mimic.data.layout import data_fingerprint
from mimic.errors import InputError
from mimic.io.hub_names import is_hub, repository
from mimic.io.terminal import report
from mimic.model.mimic import fingerprint
from mimic.model.sources import megabytes

CARD = "README.md"
#: Of a data folder; its mentions are nobody's business.
KB_RECORDS = ("kb_entity.json", "qid2id.json", "index.json")
#: The line of a card that says what its files are.
_PRINT = re.compile(r"^mimic_fingerprint: \"?([0-9a-f-]+)\"?$", re.MULTILINE)


@dataclass(frozen=True)
class Kind:
    """What can lie on the hub.

    Attributes:
        what: in messages; `hub_type`: as the hub calls such a repository.
        needed: a repository must hold one of these sets of files.
        files: patterns of all that is fetched and pushed.
        fingerprint: of a folder.
    """

    what: str
    hub_type: str
    needed: tuple[tuple[str, ...], ...]
    files: tuple[str, ...]
    fingerprint: Callable[[Path], str]


MODEL = Kind(
    "model",
    "model",
    (("config.json", "model.safetensors"),),
    ("config.json", "model.safetensors", "familiar.safetensors", "tokenizer/*"),
    fingerprint,
)
KB = Kind(
    "knowledge base",
    "dataset",
    (("kb_entity.json",), ("index.json",)),
    (*KB_RECORDS, "kb_image/*", "shard-*.safetensors", "shard-*.arrow"),
    partial(data_fingerprint, names=KB_RECORDS),
)


def fetched(source: Path | str, kind: Kind) -> Path:
    """The folder of a source: itself, or where the hub's cache has what it names.

    What is downloaded is said on standard error before, with its size. `HF_HUB_OFFLINE=1` is
    honoured, and a hub that cannot be reached is no matter where the cache has everything.

    Raises:
        InputError: no such repository, it cannot be reached, holds no such thing, or its content
            is not what its card says.
    """
    if not is_hub(source):
        return Path(source)
    name, revision = repository(source)
    huggingface_hub.utils.disable_progress_bars()
    ask = partial(
        huggingface_hub.snapshot_download,
        name,
        repo_type=kind.hub_type,
        revision=revision,
        allow_patterns=[*kind.files, CARD],
    )
    folder = _cached(ask, name) if constants.HF_HUB_OFFLINE else _downloaded(ask, name)
    if not any(all((folder / file).is_file() for file in files) for files in kind.needed):
        files = " or ".join(" and ".join(files) for files in kind.needed)
        raise InputError(f"hub:{name}: no {kind.what} there (needs {files}; nothing is unpickled)")
    _check(folder, kind, name)
    return folder


def _downloaded(ask: Callable[..., Any], name: str) -> Path:
    """Fetches what the cache lacks; without a hub, what it has."""
    try:
        files = [file for file in ask(dry_run=True) if file.will_download]
        if files:
            size = megabytes(sum(file.file_size or 0 for file in files))
            count = "1 file" if len(files) == 1 else f"{len(files)} files"
            report(f"downloading {name} from the hub to {constants.HF_HUB_CACHE}: {count}, {size}")
        return Path(ask())
    except Exception as error:  # the client raises its own, httpx's and OSError's kinds
        try:
            return Path(ask(local_files_only=True))
        except LocalEntryNotFoundError:
            raise InputError(f"hub:{name}: the hub does not give it ({_first(error)})") from None


def _cached(ask: Callable[..., Any], name: str) -> Path:
    try:
        return Path(ask(local_files_only=True))
    except LocalEntryNotFoundError:
        raise InputError(
            f"hub:{name}: not in the cache {constants.HF_HUB_CACHE}, and HF_HUB_OFFLINE is set: "
            f"unset it, or run `hf download {name}` on a machine with a network, copy its cache "
            "folder here and set HF_HOME"
        ) from None


def _check(folder: Path, kind: Kind, name: str) -> None:
    """Raises InputError unless the content is what the card says; others' cards say nothing."""
    card = folder / CARD
    said = _PRINT.search(card.read_text("utf-8", "replace")) if card.is_file() else None
    if said is not None and (is_now := kind.fingerprint(folder)) != said[1]:
        raise InputError(
            f"hub:{name}: its content ({is_now}) is not what its card says ({said[1]}): remove "
            f"{folder.parent.parent} and fetch it again, or ask who published it"
        )


def _first(error: Exception) -> str:
    cause = error.__cause__ or error
    return (str(cause).strip() or type(cause).__name__).splitlines()[0][:300]

"""Puts a folder on the hub, or what would be put there into another folder."""

from __future__ import annotations

import shutil
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

import huggingface_hub
from huggingface_hub import constants

from mimic.errors import InputError
from mimic.io.files import folder_aside
from mimic.io.hub_names import repository
from mimic.io.terminal import report
from mimic.linking.hub.card import card_of
from mimic.linking.hub.repository import CARD, KB, MODEL, Kind
from mimic.model.sources import megabytes


def kind_of(folder: Path) -> Kind:
    """What a folder holds.

    Raises:
        InputError: neither a model nor a knowledge base.
    """
    for kind in (MODEL, KB):
        if any(all((folder / file).is_file() for file in files) for files in kind.needed):
            return kind
    raise InputError(f"{folder}: neither a model (config.json, model.safetensors) nor a kb folder")


def push(
    folder: Path, target: str, licence: str | None = None, dry_run: Path | None = None
) -> dict[str, Any]:
    """Puts a model or a knowledge base on the hub, with a card.

    Args:
        target: `hub:owner/name[@revision]`; the revision is a branch that is there.
        dry_run: a folder that receives the files in place of the hub.

    Returns:
        `kind`, `files`, `bytes`, and `out` or the `url` of the commit.

    Raises:
        InputError: the folder holds neither, or the hub does not take it.
    """
    name, branch = repository(target)
    kind = kind_of(folder)
    card = card_of(folder, kind, name, licence).encode()
    files = pushed_files(folder, kind)
    size = len(card) + sum((folder / file).stat().st_size for file in files)
    told = {"kind": kind.what, "files": len(files) + 1, "bytes": size}
    if dry_run is not None:
        _copy(folder, files, card, dry_run)
        return told | {"out": str(dry_run)}
    if constants.HF_HUB_OFFLINE:
        raise InputError(f"{target}: HF_HUB_OFFLINE is set: unset it, or give --dry-run DIR")
    report(f"sending {len(files) + 1} files, {megabytes(size)}, to {name} on the hub")
    return told | {"url": _send(folder, files, card, name, branch, kind)}


def pushed_files(folder: Path, kind: Kind) -> list[str]:
    """Names of a folder's files that make up the model or the knowledge base."""
    names = (file.relative_to(folder).as_posix() for file in folder.rglob("*") if file.is_file())
    return sorted(
        name
        for name in names
        # `*` of a pattern would match a folder, too
        if any(fnmatch(name, p) and name.count("/") == p.count("/") for p in kind.files)
    )


def _copy(folder: Path, files: list[str], card: bytes, out: Path) -> None:
    if out.exists() and (not out.is_dir() or any(out.iterdir())):
        raise InputError(f"--dry-run {out}: is there and not empty; give another folder")
    try:
        with folder_aside(out) as new:
            for file in files:
                (new / file).parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(folder / file, new / file)
            (new / CARD).write_bytes(card)
    except OSError as error:
        raise InputError(f"{out}: cannot be written ({error.strerror})") from None


def _send(
    folder: Path, files: list[str], card: bytes, name: str, branch: str | None, kind: Kind
) -> str:
    add = huggingface_hub.CommitOperationAdd
    huggingface_hub.utils.disable_progress_bars()
    api = huggingface_hub.HfApi()
    try:
        api.create_repo(name, repo_type=kind.hub_type, exist_ok=True)
        commit = api.create_commit(
            name,
            [add(CARD, card), *(add(file, str(folder / file)) for file in files)],
            commit_message=f"A {kind.what} of mimic-linking",
            repo_type=kind.hub_type,
            revision=branch,
        )
    except Exception as error:  # the client raises its own, httpx's and OSError's kinds
        first = (str(error).strip() or type(error).__name__).splitlines()[0]
        raise InputError(
            f"hub:{name}: the hub does not take it ({first:.300}); who may write there logs in "
            "with `hf auth login`"
        ) from None
    return commit.commit_url

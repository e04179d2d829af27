"""Whether a file still holds what was written: SHA-256 of files and tensors, an archive's sums."""

from __future__ import annotations

import hashlib
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import torch
from torch import Tensor

#: Under this name the header of a safetensors file holds the SHA-256 of its tensors.
SEAL = "mimic.sha256"


def sha256_of(file: Path, head: bytes = b"") -> str:
    """SHA-256 of `head` and then a file, 64 hex digits. Reads, and maps nothing into memory."""
    with file.open("rb") as opened:
        # `Any`, because the stubs know only names of algorithms
        start: Any = lambda: hashlib.sha256(head)  # noqa: E731
        return hashlib.file_digest(opened, start).hexdigest()


def seal(tensors: Mapping[str, Tensor]) -> dict[str, str]:
    """What a safetensors file of these tensors carries in its header, so that damage is seen."""
    hashed = hashlib.sha256()
    for name in sorted(tensors):
        tensor = tensors[name].detach().cpu()
        hashed.update(f"{name} {tensor.dtype} {list(tensor.shape)}".encode())
        hashed.update(tensor.contiguous().reshape(-1).view(torch.uint8).numpy().data)
    return {SEAL: hashed.hexdigest()}


def check_seal(tensors: Mapping[str, Tensor], header: Mapping[str, str] | None) -> None:
    """Raises ValueError unless the tensors are those that were sealed; older files have no seal."""
    sealed = (header or {}).get(SEAL)
    if sealed is not None and seal(tensors)[SEAL] != sealed:
        raise ValueError("its tensors are not those that were saved")


def check_archive(file: Path) -> None:
    """Raises an error of many kinds unless every member of a ZIP archive, as `torch.save` writes
    it, has the checksum that the archive says."""
    with zipfile.ZipFile(file) as archive:
        if (damaged := archive.testzip()) is not None:
            raise ValueError(f"damaged: the checksum of {damaged} does not fit")

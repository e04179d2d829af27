"""Mimic: encoder, units and objective; saved as a folder and loaded without unpickling."""

from __future__ import annotations

import dataclasses
import hashlib
import json
import platform
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import PIL
import safetensors
import timm
import torch
import transformers
from safetensors import safe_open
from safetensors.torch import save as serialise
from safetensors.torch import save_file
from torch import Tensor, nn

from mimic.config import ModelConfig, from_record, read_json
from mimic.errors import InputError, reason_of
from mimic.io.content import check_seal, seal, sha256_of
from mimic.io.files import files_aside, write_whole
from mimic.model.encoders import (
    Encoder,
    Pair,
    build_encoder,
    load_frozen_network,
    load_frozen_text,
    pretrained_encoder,
)
from mimic.model.units import Cmfu, Features, Projected, Tglu, Trace, Vdlu
from mimic.schema import UNITS

#: One side's projections for every unit: unit -> name -> rows.
Side = dict[str, Projected]
FROZEN_PREFIX = "encoder.backbone.bert."
NETWORK_PREFIX = "encoder.backbone.network."
#: Centres of the pictures that a model has learnt from, where they are known (see `familiar`).
FAMILIAR = "familiar.safetensors"
#: All that a model consists of; the last is written last.
FILES = ("tokenizer", "model.safetensors", FAMILIAR, "config.json")


class Mimic(nn.Module):
    """The whole model (figure 2 of the paper).

    Args:
        config: a complete configuration, with `architecture`.
        encoder: its encoder; built with random weights when left out.
    """

    def __init__(self, config: ModelConfig, encoder: Encoder | None = None) -> None:
        super().__init__()
        self.config = config
        self.encoder = encoder or build_encoder(config)
        text, width = self.encoder.backbone.text_width, config.unit_width
        self.text_global_norm = nn.LayerNorm(text)
        self.text_tokens_norm = nn.LayerNorm(self.encoder.backbone.text_token_width)
        self.image_global_norm = nn.LayerNorm(width)
        self.image_tokens_norm = nn.LayerNorm(width)
        self.tglu = Tglu(text, width)
        self.vdlu = Vdlu(width, config.vdlu_gate)
        self.cmfu = Cmfu(text, width)

    @classmethod
    def pretrained(cls, config: ModelConfig) -> Mimic:
        """A model to be trained: pretrained text (or CLIP) weights, random units."""
        encoder, complete = pretrained_encoder(config)
        return cls(complete, encoder)

    @property
    def device(self) -> torch.device:
        return self.text_global_norm.weight.device

    def normalise(self, text: Pair, image: Pair, attention_mask: Tensor) -> Features:
        """The four LayerNorms between encoder and units, shared by mentions and entities.

        Args:
            attention_mask: `[N, L]` of the texts.
        """
        return Features(
            self.text_global_norm(text[0]),
            self.text_tokens_norm(text[1]),
            *self.normalise_image(image),
            self.text_mask(attention_mask),
        )

    def normalise_image(self, image: Pair) -> Pair:
        """The two LayerNorms of the picture's features alone."""
        return self.image_global_norm(image[0]), self.image_tokens_norm(image[1])

    def text_mask(self, attention_mask: Tensor) -> Tensor | None:
        """The tokens `[N, L]` that TGLU reads; `None` for all of them, padding included.

        Every text has a [CLS], but dropout of words may leave none of its tokens: then it is read
        whole.
        """
        if not self.config.mask_padding:
            return None
        real = attention_mask.bool()
        return real | ~real.any(-1, keepdim=True)

    def features(self, input_ids: Tensor, attention_mask: Tensor, pixel_values: Tensor) -> Features:
        """Encodes N mentions or entities."""
        text = self.encoder.text(input_ids, attention_mask)
        return self.normalise(text, self.encoder.image(pixel_values), attention_mask)

    def mention_side(self, features: Features) -> Side:
        return {name: getattr(self, name).mention(features) for name in UNITS}

    def entity_side(self, features: Features) -> Side:
        return {name: getattr(self, name).entity(features) for name in UNITS}

    def score(self, mention: Side, entity: Side, trace: Trace | None = None) -> dict[str, Tensor]:
        """`tglu`, `vdlu`, `cmfu` and their mean `score`, each `[M, E]`."""
        units = {n: getattr(self, n).pair(mention[n], entity[n], trace) for n in UNITS}
        return {"score": sum(units.values()) / len(UNITS), **units}

    def forward(self, mention: Features, entity: Features) -> dict[str, Tensor]:
        return self.score(self.mention_side(mention), self.entity_side(entity))


@dataclass(frozen=True)
class ModelCard:
    """What is stored beside the weights.

    Attributes:
        temperature: T of the softmax that turns scores into probabilities, fitted on dev.
        nil: when no entity is right, as `nil.NilRule.record`, set on dev; `None`: not known.
        familiar: when a picture is new, as `familiar.Familiar.record`, with the SHA-256 of the file
            `FAMILIAR`; `None`: not known.
        gates: how far open they usually are, as `gate_range.gate_record`, measured on dev; `None`:
            not known.
        about: heading -> text of what the model learnt from, under which licences, what it is worth
            and what it does not know.
        training: command, data fingerprint, seed, epochs, dev metrics, times.
        versions: of the libraries that made it.
        sha256: of weights that carry no seal of their own, as those that were saved before there
            were any; "": not known.
    """

    temperature: float = 1.0
    training: dict[str, Any] = dataclasses.field(default_factory=dict)
    versions: dict[str, str] = dataclasses.field(default_factory=dict)
    nil: dict[str, Any] | None = None
    familiar: dict[str, Any] | None = None
    gates: dict[str, Any] | None = None
    sha256: str = ""
    about: dict[str, str] = dataclasses.field(default_factory=dict)

    @property
    def knows_photographs(self) -> bool:
        """Whether photographs were among the mentions that it learnt from."""
        labels = self.training.get("labels")
        return isinstance(labels, dict) and bool(labels.get("photo"))


def versions() -> dict[str, str]:
    """Versions that results move with."""
    return {
        "python": platform.python_version(),
        "torch": str(torch.__version__),
        "transformers": transformers.__version__,
        "timm": timm.__version__,
        "pillow": PIL.__version__,
    }


def save_model(model: Mimic, folder: Path, card: ModelCard, tokenizer: Any | None = None) -> None:
    """Writes `model.safetensors`, `config.json` and, where it is ours to keep, the tokenizer.

    A save that is interrupted, or for which the disk is too small, leaves the old model. Where more
    than a model lies in the folder, its files are replaced one by one, `config.json` last: without
    it there is no model.

    Raises:
        InputError: it cannot be written.
    """
    frozen, tuned = _frozen(model.config), _tuned(model.config)
    weights = {
        name: (value.half() if name.startswith(tuned) else value).detach().cpu().contiguous()
        for name, value in model.state_dict().items()
        if name.startswith(tuned) or not name.startswith(tuple(frozen))
    }
    # These weights are sealed; and what was familiar or usual to others may not be to them.
    card = dataclasses.replace(card, sha256="", familiar=None, gates=None)
    record = {"model": dataclasses.asdict(model.config), **dataclasses.asdict(card)}
    try:
        with files_aside(folder, FILES) as new:
            if tokenizer is not None and FROZEN_PREFIX not in frozen:
                tokenizer.save_pretrained(new / "tokenizer")
            save_file(weights, new / "model.safetensors", seal(weights))
            (new / "model.safetensors").chmod(0o644)  # other accounts may open it, as its card
            (new / "config.json").write_text(json.dumps(record, indent=1) + "\n", "utf-8")
    except (OSError, safetensors.SafetensorError) as error:
        raise InputError(f"{folder}: the model cannot be saved ({reason_of(error)})") from None


def update_card(folder: Path, **fields: Any) -> None:
    """Writes fields into the card of a saved model, which stays the same model otherwise.

    Raises:
        InputError: there is no model, or it cannot be written.
    """
    record = {**read_json(folder / "config.json"), **fields}
    write_whole(folder / "config.json", (json.dumps(record, indent=1) + "\n").encode())


def save_familiar(folder: Path, centres: Tensor) -> str:
    """Writes the centres of the pictures that a model has learnt from; returns the file's SHA-256.

    Raises:
        InputError: it cannot be written.
    """
    tensors = {"centres": centres.contiguous()}
    write_whole(folder / FAMILIAR, serialise(tensors, seal(tensors)))
    return sha256_of(folder / FAMILIAR)


def load_model(folder: Path, device: str | torch.device = "cpu") -> tuple[Mimic, ModelCard]:
    """A saved model in evaluation mode, and its card.

    Raises:
        InputError: a file is missing, damaged, or does not fit its configuration.
    """
    if not (folder / "config.json").is_file():
        raise InputError(f"{folder}: no model there (config.json is missing)")
    record = read_json(folder / "config.json")
    if not isinstance(record, dict) or "model" not in record:
        raise InputError(f"{folder / 'config.json'}: has no field 'model'")
    config = from_record(ModelConfig, record.pop("model"), str(folder / "config.json"))
    card = from_record(ModelCard, record, str(folder / "config.json"))
    file = folder / "model.safetensors"
    weights = read_tensors(file)
    if card.sha256 and sha256_of(file) != card.sha256:
        raise InputError(f"{file}: damaged (its content is not what was saved); copy it again")
    if broken := [name for name, tensor in weights.items() if not tensor.isfinite().all()]:
        raise InputError(
            f"{folder / 'model.safetensors'}: {broken[0]} holds values that are no numbers; "
            "train the model again"
        )
    try:
        model, frozen = Mimic(config), _frozen(config)
        for load in frozen.values():
            load(model.encoder, config)
        missing, unknown = model.load_state_dict(weights, strict=False)
    except InputError:
        raise
    except Exception as error:  # timm and transformers raise many kinds for odd configurations
        lines = str(error).strip().splitlines() or [""]
        shown = f"{type(error).__name__}: {' '.join(lines[:2])[:200]}"
        raise InputError(f"{folder}: weights and config.json do not fit ({shown})") from None
    elsewhere, tuned = tuple(frozen), _tuned(config)
    missing = [n for n in missing if n.startswith(tuned) or not n.startswith(elsewhere)]
    if missing or unknown:
        raise InputError(
            f"{folder / 'model.safetensors'}: does not fit config.json "
            f"({len(missing)} tensors missing, {len(unknown)} unknown, first: "
            f"{[*missing, *unknown][0]})"
        )
    return model.eval().to(device), card


def _frozen(config: ModelConfig) -> dict[str, Callable[[Encoder, ModelConfig], None]]:
    """Beginnings of the names of weights that are not saved with ours -> what loads them again."""
    found: dict[str, Callable[[Encoder, ModelConfig], None]] = {}
    if config.encoder != "clip" and config.freeze_text:
        found[FROZEN_PREFIX] = load_frozen_text
    if config.encoder == "hybrid" and config.freeze_network:
        found[NETWORK_PREFIX] = load_frozen_network
    return found


def _tuned(config: ModelConfig) -> tuple[str, ...]:
    """Beginnings of the names of a frozen text model's weights that are saved with ours."""
    count = config.architecture["text"].get("num_hidden_layers", 0)
    first = count - config.tuned_layers
    return tuple(f"{FROZEN_PREFIX}encoder.layer.{i}." for i in range(first, count))


def read_tensors(path: Path) -> dict[str, Tensor]:
    """The tensors of a safetensors file.

    Raises:
        InputError: the file is missing or damaged.
    """
    try:
        with safe_open(path, framework="pt") as opened:
            tensors = {name: opened.get_tensor(name) for name in opened.keys()}  # noqa: SIM118
            check_seal(tensors, opened.metadata())
        return tensors
    except FileNotFoundError:
        raise InputError(f"no such file: {path}") from None
    except (safetensors.SafetensorError, OSError, ValueError, RuntimeError) as error:
        first = (str(error).strip() or type(error).__name__).splitlines()[0]
        raise InputError(f"{path}: not a whole safetensors file ({first:.200})") from None


def fingerprint(folder: Path) -> str:
    """SHA-256 over weights and configuration of a saved model, 16 hex digits; where a tokenizer
    lies beside them, a hyphen and 8 digits of its own follow."""
    record = read_json(folder / "config.json")["model"]
    head = json.dumps(record, sort_keys=True).encode()
    weights = sha256_of(folder / "model.safetensors", head)[:16]
    words = folder / "tokenizer"
    files = sorted(file for file in words.rglob("*") if file.is_file())
    if not files:
        return weights
    sums = [(str(file.relative_to(words)), sha256_of(file)) for file in files]
    return f"{weights}-{hashlib.sha256(json.dumps(sums).encode()).hexdigest()[:8]}"


def pick_device(name: str) -> torch.device:
    """`auto`, `cpu` or `cuda` -> device.

    Raises:
        InputError: `cuda` was asked for and there is none.
    """
    if name == "auto":
        return torch.device("cuda" if torch.cuda.is_available() else "cpu")
    if name == "cuda" and not torch.cuda.is_available():
        raise InputError("no CUDA device was found: use --device cpu or auto")
    return torch.device(name)

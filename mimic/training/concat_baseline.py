"""The simple concatenation that the paper argues against, as a baseline with the same encoders.

A mention and an entity each become one vector, `h = LN(W [LN(t^G) ; LN(v^G)] + b)`, and their score
is the dot product: no interaction of words or patches, no gates. The text model and the vision
model are those of a MIMIC model (the base), of which nothing is stored again.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import torch
from safetensors.torch import save
from torch import Tensor, nn

from mimic.config import from_record, read_json
from mimic.errors import InputError, reason_of
from mimic.io.content import seal
from mimic.io.files import files_aside
from mimic.model.encoded_data import Draw, EncodedData, Rows, check_fixed_text
from mimic.model.encoders import Adapter, pooled
from mimic.model.mimic import Mimic, read_tensors

WEIGHTS, CARD = "concat.safetensors", "config.json"
WIDTH = 256


@dataclass(frozen=True)
class ConcatCard:
    """What is stored beside the weights.

    Attributes:
        base: fingerprint of the model whose encoders it stands on.
        width: of the vectors.
        training: command, data fingerprint, seed, settings, minutes, machine.
        versions: of the libraries that made it.
    """

    base: str
    width: int = WIDTH
    training: dict[str, Any] = field(default_factory=dict)
    versions: dict[str, str] = field(default_factory=dict)


class Concat(nn.Module):
    """The baseline over a base model: its own text adapter, one linear map, three LayerNorms.

    Args:
        base: gives text and vision model; its text model must be fixed.
        gain: initial gain of the vectors' LayerNorm.

    Raises:
        InputError: the base's text model is not fixed.
    """

    def __init__(self, base: Mimic, width: int = WIDTH, gain: float = 1.0) -> None:
        super().__init__()
        check_fixed_text(base, "the concatenation baseline")
        backbone = base.encoder.backbone
        text, image = backbone.text_width, backbone.image_widths[0]
        self.pooling = base.config.pooling
        self.adapter = Adapter(text, base.config.adapter) if base.config.adapter else nn.Identity()
        self.text_norm, self.image_norm = nn.LayerNorm(text), nn.LayerNorm(image)
        self.fuse = nn.Linear(text + image, width)
        self.norm = nn.LayerNorm(width)
        nn.init.constant_(self.norm.weight, gain)

    def forward(self, hidden: Tensor, mask: Tensor, overall: Tensor) -> Tensor:
        """Vectors `[N, width]`; a score is the dot product of two.

        Args:
            hidden, mask: the fixed text model's tokens `[N, L, T]`, `[N, L]`.
            overall: the vision model's global features `[N, V]`.
        """
        text = pooled(self.adapter(hidden), mask, self.pooling)
        both = torch.cat([self.text_norm(text), self.image_norm(overall)], -1)
        return self.norm(self.fuse(both))

    def vectors(self, data: EncodedData, rows: Rows, draw: Draw | None = None) -> Tensor:
        """Vectors `[n, width]` of some rows."""
        overall = data.pictures.overall[data.pictures.number[rows]]
        inputs = (*data.texts.fixed(rows, draw), overall)
        return self(*(t.to(self.fuse.weight.device) for t in inputs))

    @torch.inference_mode()
    def all_vectors(self, data: EncodedData) -> Tensor:
        """Vectors of all rows."""
        return torch.cat([self.vectors(data, r) for r in torch.arange(len(data)).split(256)])


def save_concat(model: Concat, folder: Path, card: ConcatCard) -> None:
    """Writes weights and card; raises InputError when they cannot be written."""
    tensors = {name: t.detach().cpu().contiguous() for name, t in model.state_dict().items()}
    try:
        with files_aside(folder, (WEIGHTS, CARD)) as new:
            (new / WEIGHTS).write_bytes(save(tensors, seal(tensors)))
            (new / CARD).write_text(json.dumps(asdict(card), indent=1) + "\n", "utf-8")
    except OSError as error:
        raise InputError(f"{folder}: the baseline cannot be saved ({reason_of(error)})") from None


def load_concat(folder: Path, base: Mimic, fingerprint: str) -> tuple[Concat, ConcatCard]:
    """A stored baseline in evaluation mode, and its card.

    Args:
        fingerprint: of the base model.

    Raises:
        InputError: a file is missing or damaged, or the baseline stands on another model.
    """
    card = from_record(ConcatCard, read_json(folder / CARD), str(folder / CARD))
    if card.base != fingerprint:
        raise InputError(
            f"{folder}: the baseline stands on model {card.base}, not on {fingerprint}; train it "
            "again with `python -m analysis baseline`"
        )
    model, tensors = Concat(base, card.width), read_tensors(folder / WEIGHTS)
    try:
        model.load_state_dict(tensors)
    except RuntimeError:
        raise InputError(f"{folder / WEIGHTS}: does not fit the model that it names") from None
    return model.to(base.device).eval(), card

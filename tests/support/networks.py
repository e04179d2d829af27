"""Small timm models with random weights, saved as timm's own folders: they stand for a hub's."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import timm
import torch
from safetensors.torch import save_file

from mimic.config import ModelConfig
from support import tiny

MEAN, STD = (0.4, 0.5, 0.6), (0.2, 0.25, 0.3)


def write_vision(folder: Path, name: str = "test_efficientnet", **options: Any) -> Path:
    """A model with its classifier, as a hub has it; BatchNorm has seen something."""
    model = timm.create_model(name, num_classes=10, **options)
    for part in model.modules():
        if isinstance(part, torch.nn.BatchNorm2d):
            part.running_mean.normal_(0, 0.1)  # type: ignore[union-attr]
    folder.mkdir(parents=True)
    save_file(model.state_dict(), folder / "model.safetensors")
    record = {
        "architecture": name,
        "num_classes": 10,
        "model_args": options,
        "pretrained_cfg": {
            "mean": MEAN,
            "std": STD,
            "num_classes": 10,
            "first_conv": "patch_embed.proj" if "vit" in name else "conv_stem",
            "classifier": "head" if "vit" in name else "classifier",
        },
    }
    (folder / "config.json").write_text(json.dumps(record))
    return folder


def hybrid_config(text: Path, network: object, **changes: object) -> ModelConfig:
    """Pictures of 64 pixels, which the network shrinks to 2 x 2 cells."""
    fields: dict[str, object] = {
        "encoder": "hybrid",
        "network": str(network),
        "vision_options": {"depth": 2, "embed_dim": 12, "num_heads": 2},
        "image_size": 64,
    }
    return tiny.model_config(text, **(fields | changes))

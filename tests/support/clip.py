"""A tiny CLIP: the configuration of the one in tests/parity."""

from __future__ import annotations

from mimic.config import ModelConfig
from support import PARITY


def clip_config() -> ModelConfig:
    return ModelConfig(
        encoder="clip",
        text=str(PARITY / "clip"),
        vision="",
        freeze_text=False,
        text_length=10,
        image_size=32,
        unit_width=8,
    )

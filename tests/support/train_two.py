"""What `torchrun` starts in test_step.py: trains, and keeps the gradients of the first step.

Arguments: text model, data, output folder, hard negatives. The first process writes
`gradients.safetensors` beside the output folder.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import torch
from safetensors.torch import save_file

from mimic.config import Preset
from mimic.training import loop as train_module
from mimic.training.loop import train
from mimic.training.run import Run
from support import tiny

OPTIONS = {"epochs": 2, "batch": 7, "picture_epochs": 1, "clip_norm": 1.0, "mask_repeated": True}


def preset(text: Path, negatives: int) -> Preset:
    """Seven mentions in a batch: the two processes have shares of different sizes."""
    return tiny.preset(text, {**OPTIONS, "hard_negatives": negatives})


def train_and_keep(chosen: Preset, data: Path, out: Path) -> dict[str, Any]:
    """Trains, and writes the gradients of the first step over mentions."""
    descend, kept = train_module.descend, out.with_suffix(".safetensors")

    def spy(run: Run, loss: torch.Tensor, share: float, pictures: bool) -> None:
        if not pictures and not kept.exists() and run.workers.leads:
            named = run.model.named_parameters()
            save_file({n: p.grad.contiguous() for n, p in named if p.grad is not None}, kept)
        descend(run, loss, share, pictures)

    train_module.descend = spy
    try:
        return train(chosen, data, out, torch.device("cpu"), lambda line: None)
    finally:
        train_module.descend = descend


if __name__ == "__main__":
    torch.set_num_threads(1)
    text, data, out, negatives = sys.argv[1:]
    train_and_keep(preset(Path(text), int(negatives)), Path(data), Path(out))

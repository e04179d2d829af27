"""The commands `import-checkpoint` and `score`: the authors' weights and tensors."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from mimic.cli.shared import AddCommand, add_device
from mimic.io.files import check_file, write_whole


def add(command: AddCommand) -> None:
    """Adds what is here to the command line."""
    score = command("score", _score, "score a batch of tensors")
    score.add_argument("--model", type=Path, help="model folder (default: the bundled one)")
    score.add_argument("--batch", type=Path, required=True, help="safetensors: mention.*, entity.*")
    score.add_argument("--out", type=Path, required=True)
    add_device(score)

    importer = command(
        "import-checkpoint", _import_checkpoint, "convert a checkpoint of the authors"
    )
    importer.add_argument("file", type=Path)
    importer.add_argument("--clip", required=True, help="folder or hub name of its CLIP")
    importer.add_argument("--out", type=Path, required=True)


def _score(options: argparse.Namespace) -> None:
    import torch
    from safetensors.torch import save

    from mimic.io.assets import BUNDLED_MODEL
    from mimic.linking.hub.repository import MODEL, fetched
    from mimic.model.checkpoint import score_batch
    from mimic.model.mimic import load_model, pick_device, read_tensors

    check_file(options.out)
    model, _ = load_model(
        fetched(options.model or BUNDLED_MODEL, MODEL), pick_device(options.device)
    )
    with torch.inference_mode():
        out = score_batch(model, read_tensors(options.batch))
    write_whole(options.out, save(out))
    print(json.dumps({name: list(tensor.shape) for name, tensor in out.items()}))


def _import_checkpoint(options: argparse.Namespace) -> None:
    from mimic.model.checkpoint import import_checkpoint

    print(json.dumps(import_checkpoint(options.file, options.clip, options.out)))

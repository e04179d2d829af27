"""The commands `train` and `bundle`."""

from __future__ import annotations

import argparse
import json
import shlex
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from mimic.cli.shared import AddCommand, add_device
from mimic.errors import InputError
from mimic.io.terminal import progress, report

if TYPE_CHECKING:
    from mimic.training.run_data import DataShare

#: Fields of the training configuration that have a flag of their own.
TRAIN_FLAGS = {
    "epochs": (int, "epochs over the mentions"),
    "seed": (int, "of weights, batches and everything random"),
    "train_fraction": (float, "share of the train split to use, for low-resource runs"),
    "hard_negatives": (int, "confusable entities added for each mention (0: none)"),
}


def add(command: AddCommand) -> None:
    """Adds what is here to the command line."""
    train = command("train", _train, "train a model")
    train.add_argument("--preset", default="atlas")
    train.add_argument("--out", type=Path, help="model folder to write (default: runs/PRESET)")
    train.add_argument(
        "--data",
        type=Path,
        action="append",
        metavar="DIR[=SHARE]",
        help="data folder (atlas: written when left out); may be given several times, each with "
        "the share of its batches that an epoch has, as DIR=0.3",
    )
    train.add_argument(
        "--corrections",
        type=Path,
        metavar="FILE",
        help="gold table (.jsonl) of the page: its mentions are learnt from, too, beside those of "
        "each data folder that has their entities",
    )
    train.add_argument(
        "--config", type=Path, help='JSON {"model": {}, "train": {}} over the preset'
    )
    for name, (kind, about) in TRAIN_FLAGS.items():
        train.add_argument("--" + name.replace("_", "-"), type=kind, help=about)
    train.add_argument("--resume", action="store_true", help="go on with an interrupted run")
    add_device(train)

    bundle = command("bundle", _bundle, "put a trained model and its knowledge base into assets/")
    bundle.add_argument("--model", type=Path, required=True)
    bundle.add_argument("--data", type=Path, required=True)
    bundle.add_argument("--out", type=Path, help="default: the assets folder of this checkout")


def _train(options: argparse.Namespace) -> None:
    from mimic.config import preset
    from mimic.data.corrections import check_readable
    from mimic.model.mimic import pick_device
    from mimic.training.loop import train
    from mimic.training.run_data import DataShare

    flags = {name: getattr(options, name) for name in TRAIN_FLAGS}
    chosen = preset(
        options.preset, options.config, {n: v for n, v in flags.items() if v is not None}
    )
    device, out = pick_device(options.device), options.out or Path("runs") / options.preset
    sources = [_data_share(text) for text in options.data or ()]
    if options.corrections is not None:
        check_readable(options.corrections)
    if not sources:
        if options.preset != "atlas":
            raise InputError("--data DIR is needed: the folder with kb_entity.json")
        data = out / "atlas"
        if not data.is_dir() and not options.resume:
            from mimic.atlas.dataset import write_atlas

            print(f"writing Atlas to {data}", file=sys.stderr)
            write_atlas(data, 0, progress=progress("drawings"))
        sources = [DataShare(data)]
    sources = [replace(source, corrections=options.corrections) for source in sources]
    command = "python -m mimic " + shlex.join(sys.argv[1:])
    print(json.dumps(train(chosen, sources, out, device, report, options.resume, command)))


def _data_share(path: Path) -> DataShare:
    """A data folder, and its share where `=SHARE` follows.

    Raises:
        InputError: the share is no number above 0 and at most 1.
    """
    from mimic.training.run_data import DataShare

    folder, equals, share = str(path).rpartition("=")
    if not equals or path.is_dir():
        return DataShare(path)
    try:
        number = float(share)
    except ValueError:
        number = 0.0
    if not 0 < number <= 1:
        raise InputError(f"--data {path}: the share {share!r} must be above 0 and at most 1")
    return DataShare(Path(folder), number)


def _bundle(options: argparse.Namespace) -> None:
    from mimic.io.assets import ASSETS
    from mimic.linking.bundle import bundle

    size = bundle(options.model, options.data, options.out or ASSETS, progress("entities"))
    print(json.dumps({"bytes": size}))

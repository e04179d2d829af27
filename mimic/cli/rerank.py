"""The command `train-reranker`."""

from __future__ import annotations

import argparse
import json
import shlex
import sys
from pathlib import Path

from mimic.cli.shared import AddCommand, add_device
from mimic.io.terminal import progress, report

#: Fields of the configuration that have a flag of their own.
FLAGS = {
    "looked": (int, "k", "candidates that are looked at again (default: 10)"),
    "lists": (int, "lists", "most shortlists of an epoch (default: 9000)"),
    "epochs": (int, "epochs", "epochs over them (default: 1)"),
    "folds": (int, "folds", "parts of train, each ranked by a model of the others (default: 2)"),
    "fold_epochs": (int, "fold-epochs", "epochs of such a model (default: 1; 3 over fixed texts)"),
    "seed": (int, "seed", "of weights, folds and batches (default: 43)"),
}


def add(command: AddCommand) -> None:
    """Adds what is here to the command line."""
    about = "train a second look at the first candidates of a model"
    train = command("train-reranker", _train, about)
    train.add_argument("--model", type=Path, help="model folder (default: the bundled one)")
    train.add_argument("--data", type=Path, required=True, metavar="DIR", help="data folder")
    train.add_argument("--out", type=Path, required=True, metavar="DIR", help="folder to write")
    for field, (kind, flag, about) in FLAGS.items():
        train.add_argument(f"-{flag}" if flag == "k" else f"--{flag}", dest=field, type=kind,
                           help=about)  # fmt: skip
    train.add_argument("--resume", action="store_true", help="go on with an interrupted run")
    train.add_argument("--cache", type=Path, help="where indexes are kept")
    add_device(train)


def _train(options: argparse.Namespace) -> None:
    from mimic.training.reranker.train import RerankTraining, train_reranker

    given = {name: getattr(options, name) for name in FLAGS}
    config = RerankTraining(**{name: v for name, v in given.items() if v is not None})
    typed = "python -m mimic " + shlex.join(sys.argv[1:])
    asked = options.model, options.data, options.out, options.device, config, report, progress
    print(json.dumps(train_reranker(*asked, options.resume, typed, options.cache)))

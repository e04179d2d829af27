"""What several commands share: the flags of a model, and what is refused before any work."""

from __future__ import annotations

import argparse
from pathlib import Path

from mimic.cli.shared import add_device
from mimic.errors import InputError
from mimic.io.files import check_file, check_folder


def add_model(parser: argparse.ArgumentParser) -> None:
    """Adds the flags that say which model is opened, and where."""
    about = "model folder, or hub:owner/name[@revision] (default: the bundled one)"
    parser.add_argument("--model", type=Path, help=about)
    parser.add_argument("--cache", type=Path, help="where indexes are kept")
    add_device(parser)


def check(options: argparse.Namespace) -> None:
    """Raises InputError for what can be refused before any work: places to write, and counts."""
    values = vars(options)
    if values.get("out") is not None:
        check_folder(options.out)
    if values.get("csv") is not None:
        check_file(options.csv)
    for name, flag, least in (("n", "-n", values.get("least", 1)), ("cases", "--cases", 0)):
        if values.get(name) is not None and values[name] < least:
            raise InputError(f"{flag} is {values[name]}; it must be at least {least}")

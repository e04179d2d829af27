"""The command `calibrate`: what a model says of its own answers, fitted on dev."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import TYPE_CHECKING

from mimic.cli.shared import AddCommand, add_linker, open_linker, read_split
from mimic.errors import InputError
from mimic.io.hub_names import is_hub
from mimic.io.terminal import progress

if TYPE_CHECKING:
    from mimic.linking.calibrate import Source


def add(command: AddCommand) -> None:
    """Adds what is here to the command line."""
    calibrate = command(
        "calibrate", _calibrate, "set how sure a model says it is, and when it doubts"
    )
    calibrate.add_argument(
        "--data",
        type=Path,
        required=True,
        action="append",
        help="several times: what holds for the mentions of all of them, each against its own "
        "entities",
    )
    calibrate.add_argument("--split", default="dev")
    add_linker(calibrate, kb="data or index folder (default: --data)")


def _calibrate(options: argparse.Namespace) -> None:
    from mimic.io.assets import BUNDLED_MODEL
    from mimic.linking.calibrate import calibrate

    folders = options.data
    if len({folder.resolve() for folder in folders}) < len(folders):
        raise InputError("--data names a folder twice; name each once")
    if options.kb is not None and len(folders) > 1:
        raise InputError(
            f"--kb {options.kb} is for one data folder, and there are {len(folders)}: each has "
            "entities of its own; leave --kb out"
        )
    if options.model is not None and is_hub(options.model):
        raise InputError(f"--model {options.model}: is written to; give a folder")
    each = [argparse.Namespace(**{**vars(options), "data": folder}) for folder in folders]
    sources = [_source(one, len(folders)) for one in each]
    found = calibrate(sources, progress("mentions"))
    found.save(options.model or BUNDLED_MODEL)
    print(json.dumps(found.record()))


def _source(options: argparse.Namespace, of: int) -> Source:
    """One data folder of so many, with the pictures of its train split."""
    from mimic.data import layout
    from mimic.linking.calibrate import LEARNT, Source, known_pictures, pictures_of

    dev = read_split(options)
    kb = layout.read_kb(options.data)
    has_train = layout.has_split(options.data, "train")
    train = layout.read_split(options.data, "train", kb) if has_train else None
    learnt = pictures_of(
        known_pictures(train) if train else [],
        [entity.image for entity in kb.entities if entity.image],
        LEARNT // of,
    )
    return Source(open_linker(options, options.kb or options.data), dev, learnt)

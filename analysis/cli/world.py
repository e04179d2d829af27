"""The command `world`: what a model is worth on photographs and on knowledge bases of others."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from analysis.cli.shared import add_model
from mimic.cli.shared import AddCommand
from mimic.errors import InputError
from mimic.io.assets import BUNDLED_MODEL
from mimic.io.files import check_folder
from mimic.io.terminal import progress, report


def add(command: AddCommand) -> None:
    """Adds it to the command line."""
    about = "photographs, things the model does not know, published data, entities it never saw"
    world = command("world", _world, about)
    add_model(world)
    world.add_argument("--data", type=Path, action="append", default=[], metavar="DIR",
                       help="a folder of Atlas, a published data set, or (twice) both")  # fmt: skip
    world.add_argument("--photos", type=Path, metavar="DIR",
                       help="photographs: {train,dev,test}/sports/SPORT/*.jpg, other-sports/, "
                       "unrelated/")  # fmt: skip
    world.add_argument("--split", default="dev", help="of photographs and Atlas' mentions")
    world.add_argument("--docs", type=Path, metavar="DIR",
                       help="also into figures/world.json and model-card.md of a docs folder and "
                       "into the model's config.json; needs all of the above")  # fmt: skip
    world.add_argument("--json", action="store_true")


def _world(options: argparse.Namespace) -> None:
    from analysis.report.model_card import read_card, write_card
    from analysis.world.figures import lines, read_inputs, world

    inputs = read_inputs(options.data, options.photos, options.split)
    if options.docs is not None:
        check_folder(options.docs)
        read_card(options.docs)
        if not (inputs.photographs and inputs.atlas and inputs.published):
            raise InputError(
                "--docs: the model card has figures of everything: give --photos DIR, and --data "
                "DIR twice, for Atlas and for a published data set"
            )
    record = world(inputs, options.model, progress, options.device, options.cache)
    for note in record["notes"]:
        report(note)
    if options.docs is not None:
        write_card(options.docs, record, options.model or BUNDLED_MODEL)
    print(json.dumps(record) if options.json else lines(record))

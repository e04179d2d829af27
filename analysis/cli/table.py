"""The command `table`: the table of the README."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from analysis.cli.shared import add_model
from mimic.cli.shared import AddCommand
from mimic.io.files import write_whole


def add(command: AddCommand) -> None:
    """Adds it to the command line."""
    about = "H@1 by label group: whole, without pictures, without sentences, each unit alone"
    table = command("table", _table, about)
    add_model(table)
    table.add_argument("--data", type=Path, required=True)
    table.add_argument("--split", default="test")
    table.add_argument("--csv", type=Path, help="also write the numbers here")


def _table(options: argparse.Namespace) -> None:
    from analysis.measures.table import ablation_table, markdown
    from mimic.data.layout import read_kb, read_split
    from mimic.linking.linker import EntityLinker

    split = read_split(options.data, options.split, read_kb(options.data))
    linker = EntityLinker.load(options.model, options.data, options.device, options.cache)
    table = ablation_table(linker, split, lambda line: print(line, file=sys.stderr, flush=True))
    if options.csv is not None:
        write_whole(options.csv, table.to_csv(index_label="run").encode())
    print(markdown(table))

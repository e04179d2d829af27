"""The command line of everything that makes tables and figures: `python -m analysis COMMAND`."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from mimic.errors import InputError


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command; 0, or 2 for bad input (one line on stderr)."""
    options = _parser().parse_args(arguments)
    try:
        options.run(options)
    except InputError as error:
        print(f"error: {error}", file=sys.stderr)
        return 2
    return 0


def _table(options: argparse.Namespace) -> None:
    from analysis.table import ablation_table, markdown
    from mimic.data import read_kb, read_split
    from mimic.linker import EntityLinker

    split = read_split(options.data, options.split, read_kb(options.data))
    linker = EntityLinker.load(options.model, options.data, options.device, options.cache)
    table = ablation_table(linker, split, lambda line: print(line, file=sys.stderr, flush=True))
    if options.csv is not None:
        table.to_csv(options.csv, index_label="run")
    print(markdown(table))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m analysis", description=__doc__)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    about = "H@1 by label group: whole, without pictures, without sentences, each unit alone"
    table = commands.add_parser("table", help=about, description=about)
    table.set_defaults(run=_table)
    table.add_argument("--model", type=Path, help="model folder (default: the bundled one)")
    table.add_argument("--data", type=Path, required=True)
    table.add_argument("--split", default="test")
    table.add_argument("--csv", type=Path, help="also write the numbers here")
    table.add_argument("--cache", type=Path, help="where indexes are kept")
    table.add_argument("--device", choices=("auto", "cpu", "cuda"), default="auto")
    return parser


if __name__ == "__main__":
    sys.exit(main())

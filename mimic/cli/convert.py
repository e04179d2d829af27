"""The command `convert`: predictions in the forms that others read."""

from __future__ import annotations

import argparse
from pathlib import Path

from mimic.cli.shared import AddCommand
from mimic.io.terminal import report

_FORMS = ("jsonl", "csv", "trec", "qrels")


def add(command: AddCommand) -> None:
    """Adds what is here to the command line."""
    convert = command("convert", _convert, "write predictions in another form")
    convert.add_argument("input", type=Path, help="rows of `evaluate --predictions`")
    convert.add_argument("output", type=Path)
    convert.add_argument(
        "--to",
        required=True,
        choices=_FORMS,
        help="trec: a run; qrels: the answers that a run is measured by",
    )


def _convert(options: argparse.Namespace) -> None:
    from mimic.io.files import check_file, write_whole
    from mimic.linking.splits.predictions import converted, read_predictions

    check_file(options.output)
    rows = read_predictions(options.input)
    write_whole(options.output, converted(rows, options.to))
    report(f"{options.output}: {len(rows):,} mentions")

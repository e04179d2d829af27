"""The command `case`: the files of a case study from its record."""

from __future__ import annotations

import argparse
import sys
from dataclasses import replace
from pathlib import Path

from analysis.case.records import FONTS
from mimic.cli.shared import AddCommand
from mimic.io.terminal import seldom


def add(command: AddCommand) -> None:
    """Adds it to the command line."""
    about = "draw the figure of a case.json again, with its LaTeX and numbers"
    case = command("case", _case, about)
    case.add_argument("file", type=Path, metavar="case.json")
    case.add_argument("--out", type=Path, required=True, help="folder to write")
    case.add_argument(
        "--font", choices=FONTS, help="what the letters look like (default: as the file says)"
    )


def _case(options: argparse.Namespace) -> None:
    from analysis.case.case_json import read_casebook
    from analysis.case.files import export_files, hints, write_files

    book = read_casebook(options.file)
    book = replace(book, font=options.font or book.font)
    report = seldom()
    files = export_files(book, lambda share: report(f"drawing {share:.0%}"))
    paths = write_files(files, options.out)
    for hint in hints(book, files):
        print(hint, file=sys.stderr)
    print("\n".join(map(str, paths)))

"""The command line of everything that makes tables and figures: `python -m analysis COMMAND`."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence
from typing import Any

from analysis.cli import browse, case, explain, faithfulness, measures, table, world
from analysis.cli.shared import check
from mimic.io.terminal import Parser, exit_code
from mimic.io.threads import add_threads, use_threads


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command and returns its exit code, see `exit_code`."""
    options = make_parser().parse_args(arguments)

    def command() -> None:
        check(options)
        use_threads(options.threads)
        options.run(options)

    return exit_code(command)


def make_parser() -> argparse.ArgumentParser:
    """The parser of all commands."""
    parser = Parser(prog="python -m analysis", description=__doc__)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    def command(name: str, run: Callable[[argparse.Namespace], None], about: str) -> Any:
        sub = commands.add_parser(name, help=about, description=about)
        sub.set_defaults(run=run)
        add_threads(sub)
        return sub

    for group in (table, explain, case, faithfulness, measures, world, browse):
        group.add(command)
    return parser


if __name__ == "__main__":
    sys.exit(main())

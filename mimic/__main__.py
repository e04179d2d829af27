"""The command line: `python -m mimic COMMAND`."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from typing import Any

from mimic.cli import (
    calibrate,
    checkpoint,
    convert,
    data,
    evaluate,
    hub,
    index,
    kb,
    link,
    rerank,
    texts,
    train,
)
from mimic.cli.version import PrintVersion
from mimic.io.terminal import Parser, exit_code
from mimic.io.threads import add_threads, use_threads


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command and returns its exit code, see `exit_code`."""
    os.environ.setdefault("HF_HUB_DISABLE_TELEMETRY", "1")
    options = make_parser().parse_args(arguments)
    use_threads(options.threads)
    return exit_code(lambda: options.run(options))


def make_parser() -> argparse.ArgumentParser:
    """The parser of all commands."""
    parser = Parser(prog="python -m mimic", description=__doc__)
    about = "print the version, and the fingerprints of the bundled model and data"
    parser.add_argument("--version", action=PrintVersion, help=about)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    def command(name: str, run: Callable[[argparse.Namespace], None], about: str) -> Any:
        sub = commands.add_parser(name, help=about, description=about)
        sub.set_defaults(run=run)
        add_threads(sub)
        return sub

    training, asking = (data, train, rerank, calibrate), (evaluate, link, texts)
    for group in (*training, *asking, convert, index, checkpoint, hub):
        group.add(command)
    kb.add(commands)
    return parser


if __name__ == "__main__":
    sys.exit(main())

"""How the commands talk: one line for a mistake, reports and progress on standard error."""

from __future__ import annotations

import argparse
import codecs
import io
import json
import sys
import time
from collections.abc import Callable
from typing import Any, NoReturn

MISTAKE = 2  # exit code for a user's mistake
ESCAPED = "mimic.escaped"  # name under which Python knows what to do with such characters


class Parser(argparse.ArgumentParser):
    """Says what is wrong in one line, as every other mistake is told; takes no shortened flags.

    With it a command can print every text: see `escape_output`.
    """

    def __init__(self, **options: Any) -> None:
        super().__init__(**options | {"allow_abbrev": False})
        escape_output()

    def error(self, message: str) -> NoReturn:
        self.exit(MISTAKE, f"error: {message} (see {self.prog} --help)\n")


def escape_output() -> None:
    """Makes standard output and error escape what their encoding lacks, in place of a traceback.

    It is escaped as JSON does it, so that a record that is printed stays JSON.
    """
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors=ESCAPED)


def _escaped(error: UnicodeError) -> tuple[str, int]:
    assert isinstance(error, UnicodeEncodeError)
    return json.dumps(error.object[error.start : error.end])[1:-1], error.end


codecs.register_error(ESCAPED, _escaped)


def report(line: str) -> None:
    """Prints a line to standard error at once; standard output is for results."""
    print(line, file=sys.stderr, flush=True)


def progress(what: str) -> Callable[[int, int], None]:
    """Prints count, rate and time left to stderr, at most every two seconds."""
    began = shown = time.monotonic()

    def told(done: int, total: int) -> None:
        nonlocal shown
        now = time.monotonic()
        if now - shown >= 2:
            shown, rate = now, done / (now - began)
            report(f"{what} {done}/{total}, {rate:.0f}/s, {(total - done) / rate:.0f} s left")

    return told


def seldom() -> Callable[[str], None]:
    """Prints a line to stderr, at most every two seconds."""
    shown = time.monotonic()

    def told(line: str) -> None:
        nonlocal shown
        if time.monotonic() - shown >= 2:
            shown = time.monotonic()
            report(line)

    return told

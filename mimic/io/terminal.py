"""How the commands talk: one line for a mistake, reports and progress on standard error."""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable
from typing import NoReturn

MISTAKE = 2  # exit code for a user's mistake


class Parser(argparse.ArgumentParser):
    """Says what is wrong in one line, as every other mistake is told."""

    def error(self, message: str) -> NoReturn:
        self.exit(MISTAKE, f"error: {message} (see {self.prog} --help)\n")


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

"""How the commands talk and end: one line for a mistake, exit codes, reports and progress."""

from __future__ import annotations

import argparse
import codecs
import io
import json
import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any, NoReturn

from mimic.errors import InputError

#: Is told how far a piece of work is: (done, total), a share from 0 to 1, or a line of words.
Progress = Callable[[int, int], None]
Share = Callable[[float], None]
Report = Callable[[str], None]
#: Makes such a `Progress`, `progress` for one: what is counted -> who is told.
Watch = Callable[[str], Progress]
#: Exit codes: a user's mistake; Ctrl-C and SIGTERM, 128 + the signal's number as shells do.
MISTAKE, INTERRUPTED, TERMINATED = 2, 130, 143
ESCAPED = "mimic.escaped"  # name under which Python knows what to do with such characters


class Terminated(KeyboardInterrupt):
    """SIGTERM asks for the end: whatever tidies up after Ctrl-C does so after this."""


class Parser(argparse.ArgumentParser):
    """Says what is wrong in one line, as every other mistake is told; takes no shortened flags.

    With it a command can print every text: see `escape_output`.
    """

    def __init__(self, **options: Any) -> None:
        super().__init__(**options | {"allow_abbrev": False})
        escape_output()

    def error(self, message: str) -> NoReturn:
        self.exit(MISTAKE, f"error: {message} (see {self.prog} --help)\n")

    def exit(self, status: int = 0, message: str | None = None) -> NoReturn:
        try:
            super().exit(status, message)
        finally:
            _forget_readers()


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


def exit_code(command: Callable[[], object]) -> int:
    """Runs a command: 0, 2 for bad input (one line on stderr), 130 for Ctrl-C, 143 for SIGTERM.

    A reader that has seen enough (`| head`) ends it in silence.
    """
    code, line = 0, ""
    try:
        with _terminable():
            command()
    except InputError as error:
        code, line = MISTAKE, f"error: {error}"
    except Terminated:
        code, line = TERMINATED, "terminated"
    except KeyboardInterrupt:
        code, line = INTERRUPTED, "interrupted"
    except BrokenPipeError:
        pass
    if line:
        with suppress(BrokenPipeError):
            report(line)
    _forget_readers()
    return code


def _forget_readers() -> None:
    """Writes what is left, to nowhere where the reader has gone: Python tries again at its end."""
    for stream in filter(None, (sys.stdout, sys.stderr)):
        with suppress(OSError):  # of another error Python tells by itself
            try:
                stream.flush()
            except BrokenPipeError:
                os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


@contextmanager
def _terminable() -> Iterator[None]:
    """Has SIGTERM raise `Terminated`, in the thread that may say what a signal does."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGTERM, _terminate)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def _terminate(*_: object) -> None:
    raise Terminated


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

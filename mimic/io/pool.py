"""Worker processes that end with the program that started them, however that ends."""

from __future__ import annotations

import ctypes
import multiprocessing
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from multiprocessing.connection import Connection, wait
from typing import Any, TypeVar

from mimic.errors import InputError
from mimic.io.threads import shared_among

Result = TypeVar("Result")
_PR_SET_PDEATHSIG = 1  # of linux/prctl.h


def in_processes(
    work: Callable[..., Result], jobs: Sequence[tuple[Any, ...]], count: int
) -> Iterator[Result]:
    """The results of `work(*job)` as they come, from `count` new processes.

    An exception here (Ctrl-C and SIGTERM too) ends them at once, and so does the death of this
    process: each waits in a thread for the end of a pipe that only this process holds open.

    Raises:
        InputError: one was killed from outside.
    """
    context = multiprocessing.get_context("spawn")
    theirs, ours = context.Pipe(duplex=False)
    with theirs, ProcessPoolExecutor(count, context, _end_with, (theirs,)) as pool:
        try:
            with _undisturbed(), shared_among(count):
                waiting = [pool.submit(work, *job) for job in jobs]
            for done in as_completed(waiting):
                yield done.result()
        except BrokenProcessPool:
            raise InputError(
                "a worker process was ended from outside, perhaps for want of memory: try fewer "
                "--workers"
            ) from None
        except BaseException:
            ours.close()
            pool.shutdown(wait=False, cancel_futures=True)
            raise
    ours.close()


def _end_with(pipe: Connection) -> None:
    """Begins a worker: it ends, whatever it does, when the other end of the pipe is closed."""

    def watch() -> None:
        wait([pipe])
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()


@contextmanager
def _undisturbed() -> Iterator[None]:
    """Processes started meanwhile never see Ctrl-C, which is for the one that waits for them."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def end_with_parent() -> None:
    """To be called by a new process: SIGTERM when the thread that started it ends (on Linux)."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)

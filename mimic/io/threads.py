"""How many threads compute, and that those which wait sleep."""

from __future__ import annotations

import argparse
import math
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

#: Where a container is told its share of the cores: microseconds of use, and of what.
QUOTA = Path("/sys/fs/cgroup/cpu.max")


def usable_cores(quota: Path = QUOTA) -> int:
    """Cores that this process may use, at least 1; what others use of them does not count."""
    affinity = getattr(os, "sched_getaffinity", None)  # not everywhere
    cores = len(affinity(0)) if affinity is not None else os.cpu_count() or 1
    try:
        used, period = quota.read_text("ascii").split()
        cores = min(cores, math.ceil(int(used) / int(period)))
    except (OSError, ValueError):  # no container, or "max"
        pass
    return max(1, cores)


def add_threads(parser: argparse.ArgumentParser) -> None:
    """Adds `--threads`."""
    about = "threads that compute (default: OMP_NUM_THREADS, or the cores that may be used)"
    parser.add_argument("--threads", type=_count, metavar="N", help=about)


def thread_count() -> int:
    """Threads that this process was told to compute with; the cores it may use if none were."""
    told = os.environ.get("OMP_NUM_THREADS", "")
    return int(told) if told.isdecimal() and int(told) else usable_cores()


@contextmanager
def shared_among(processes: int) -> Iterator[None]:
    """Processes started meanwhile share the threads of this one, each at least one."""
    before = os.environ.get("OMP_NUM_THREADS")
    os.environ["OMP_NUM_THREADS"] = str(max(1, thread_count() // processes))
    try:
        yield
    finally:
        if before is None:
            del os.environ["OMP_NUM_THREADS"]
        else:
            os.environ["OMP_NUM_THREADS"] = before


def use_threads(count: int | None = None) -> None:
    """Has this process compute with so many threads, and those that it starts, too.

    To be called before torch is loaded: only then its threads sleep while they wait. Those that
    spin take the time of whatever else computes, and ten times as long beside it.

    Args:
        count: `thread_count`, when left out.
    """
    os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")
    if count is None and "OMP_NUM_THREADS" in os.environ:
        return  # torch knows by itself
    count = count or usable_cores()
    os.environ["OMP_NUM_THREADS"] = str(count)
    if (torch := sys.modules.get("torch")) is not None:
        torch.set_num_threads(count)


def _count(text: str) -> int:
    try:
        count = int(text)
    except ValueError:
        count = 0
    if count < 1:
        raise argparse.ArgumentTypeError(f"{text!r} must be a whole number of at least 1")
    return count

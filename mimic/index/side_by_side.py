"""Work on several mentions at once: each is too little to be shared among threads."""

from __future__ import annotations

import functools
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

import torch

Result = TypeVar("Result")
_STARTING = threading.Lock()


def side_by_side(work: Callable[[int], Result], count: int) -> list[Result]:
    """`work(0)` to `work(count - 1)`, on as many threads as torch has, each of which computes
    alone; no two may write to the same place."""
    threads = torch.get_num_threads()
    if threads == 1 or count == 1:
        return [work(i) for i in range(count)]
    with _STARTING:
        pool = _pool(threads)
    inference = torch.is_inference_mode_enabled()  # of a thread, as is whether gradients are kept

    def told(i: int) -> Result:
        with torch.inference_mode(inference):
            return work(i)

    return list(pool.map(told, range(count)))


@functools.cache
def _pool(threads: int) -> ThreadPoolExecutor:
    """Threads that each compute alone. A new one says so for all those that come after it, which
    is taken back when the last has begun."""
    begun = threading.Barrier(threads + 1)

    def begin() -> None:
        torch.set_num_threads(1)
        torch.get_num_threads()  # from now on its own
        begun.wait()

    pool = ThreadPoolExecutor(threads, "mentions", begin)
    for _ in range(threads):
        pool.submit(int)
    begun.wait()
    torch.set_num_threads(threads)
    return pool

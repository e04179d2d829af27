"""Gives back to the system what a burst of requests leaves behind in the process."""

from __future__ import annotations

import ctypes
import threading

#: mallopt's number for the most arenas that there may be.
ARENAS = -8
#: Seconds between two looks.
PAUSE = 3.0


def give_back() -> None:
    """Starts doing so until the process ends; does nothing where the C library cannot (not glibc).

    Every thread that answers otherwise gets an arena of its own and keeps the pages that it freed:
    after fifty visitors the page held a third more memory than before, for good.
    """
    library = ctypes.CDLL(None)
    if hasattr(library, "mallopt") and hasattr(library, "malloc_trim"):
        library.mallopt(ARENAS, 2)
        threading.Thread(target=_trim, args=(library,), daemon=True).start()


def _trim(library: ctypes.CDLL) -> None:
    pause = threading.Event()
    while not pause.wait(PAUSE):
        library.malloc_trim(0)

"""The one gate before all work of the page: how much runs at once, how much waits, and for whom.

Whatever address a call came through, its work takes a turn here. A turn that nobody waits for any
more is not begun, and one that is under way ends at its next `step`. No Gradio.
"""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field

Progress = Callable[[float], None]

#: Works of any lane but `PAGE` at once: each may decode a picture of 50 megapixels.
AT_ONCE = 2
#: Seconds between two looks at whether the caller is still there.
LOOK = 0.25
#: Seconds in which somebody must have come for the answer to a queued call.
GRACE = 10.0
#: Pauses in which a reader that is there takes what lies ready for it, in seconds.
PAUSES = (0.0, 0.01, 0.05, 0.2, 0.5)


@dataclass(frozen=True)
class Lane:
    """Works of one kind: how many run at once, and how many more may wait."""

    places: int
    waiting: int


#: Lane of what has no other: handlers of the page that draw and answer at once.
PAGE = "page"
#: The bodies of an export and of a table are megabytes: fewer of them may wait.
LANES = {
    "link": Lane(1, 20),
    "explain": Lane(1, 20),
    "export": Lane(1, 8),
    "batch": Lane(1, 8),
    "text": Lane(1, 8),
    "own": Lane(1, 4),
    PAGE: Lane(4, 100),
}


class BusyError(Exception):
    """There is no room to wait; the message is for the caller."""

    def __init__(self) -> None:
        super().__init__("the server is busy and its queue is full: try again in a moment")


class AbsentError(BaseException):
    """Nobody waits for this work any more. As of a cancelled task no handler makes a notice of it
    and goes on."""

    def __init__(self) -> None:
        super().__init__("nobody waits for this answer any more")


class Caller:
    """Who waits for a work.

    Args:
        is_gone: asks whether that is nobody any more.
    """

    def __init__(self, is_gone: Callable[[], Awaitable[bool]]) -> None:
        self._is_gone = is_gone
        self._left = threading.Event()

    async def look(self) -> None:
        """Raises `AbsentError` when nobody waits."""
        if await self._is_gone():
            self._left.set()
        self.check()

    def check(self) -> None:
        """The same as of the last look, from any thread."""
        if self._left.is_set():
            raise AbsentError

    async def watch(self) -> None:
        """Looks again and again until it is cancelled or nobody waits."""
        while not self._left.is_set():
            await asyncio.sleep(LOOK)
            if await self._is_gone():
                self._left.set()


_CALLER: ContextVar[Caller | None] = ContextVar("caller", default=None)


def step() -> None:
    """Called by long work between its steps: raises `AbsentError` when nobody waits for it.

    Outside a turn of the gate it does nothing.
    """
    caller = _CALLER.get()
    if caller is not None:
        caller.check()


def stepping(progress: Progress | None = None) -> Progress:
    """A progress callback that is a `step`, too."""

    def told(share: float) -> None:
        step()
        if progress is not None:
            progress(share)

    return told


class Reader:
    """Whether somebody reads the messages of a queued call.

    A reader that is there takes them at once, so messages that lie for `GRACE` seconds have none.

    Args:
        lies_empty: whether all messages were taken; `None` when the call was given up.
        since: `time.monotonic()` of the call.
    """

    def __init__(self, lies_empty: Callable[[], bool | None], since: float) -> None:
        self._lies_empty, self._seen = lies_empty, since

    async def is_gone(self) -> bool:
        """Whether the call was given up, or nobody reads it."""
        for pause in PAUSES:
            taken = self._lies_empty()
            if taken is None:
                return True
            now = time.monotonic()
            if taken:
                self._seen = now
            if now - self._seen <= GRACE:
                return False
            await asyncio.sleep(pause)
        return True


@dataclass
class _Line:
    """One lane at work."""

    turns: asyncio.Semaphore
    waiting: int = 0

    @contextmanager
    def one_more(self) -> Iterator[None]:
        """Counts one that waits."""
        self.waiting += 1
        try:
            yield
        finally:
            self.waiting -= 1


@dataclass
class Gate:
    """All lanes of one page. Lives in the one event loop of its server."""

    lanes: dict[str, Lane] = field(default_factory=lambda: dict(LANES))
    _lines: dict[str, _Line] = field(default_factory=dict, init=False)
    _works: asyncio.Semaphore = field(
        default_factory=lambda: asyncio.Semaphore(AT_ONCE), init=False
    )

    def lane(self, name: str | None) -> str:
        """The lane of a kind of work."""
        return name if name in self.lanes else PAGE

    def admit(self, lane: str, queued: int = 0) -> None:
        """Lets one more wait.

        Args:
            queued: calls of the lane that wait elsewhere.

        Raises:
            BusyError: too many wait.
        """
        if self._line(lane).waiting + queued >= self.lanes[lane].waiting:
            raise BusyError

    @asynccontextmanager
    async def turn(self, lane: str, caller: Caller) -> AsyncIterator[None]:
        """Waits for a turn, and holds it while the work is done.

        Raises:
            AbsentError: nobody waits for it.
        """
        line = self._line(lane)
        async with AsyncExitStack() as held:
            with line.one_more():
                await held.enter_async_context(line.turns)
                await caller.look()
                if lane != PAGE:
                    await held.enter_async_context(self._works)
                    await caller.look()
            await held.enter_async_context(_watched(caller))
            yield

    def _line(self, lane: str) -> _Line:
        if lane not in self._lines:
            self._lines[lane] = _Line(asyncio.Semaphore(self.lanes[lane].places))
        return self._lines[lane]


@asynccontextmanager
async def _watched(caller: Caller) -> AsyncIterator[None]:
    """Looks after the caller while its work is done, and lets `step` know of it."""
    watch = asyncio.create_task(caller.watch())
    mark = _CALLER.set(caller)
    try:
        yield
    finally:
        _CALLER.reset(mark)
        watch.cancel()

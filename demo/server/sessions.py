"""Bounds what Gradio keeps in memory of its visitors."""

from __future__ import annotations

import asyncio
import re
from collections import Counter
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from fastapi import HTTPException
from gradio.state_holder import SessionState, StateHolder

from demo.server.doors import HEARTBEAT, path_of
from demo.server.limits import App, Message, Receive, Send

if TYPE_CHECKING:
    from collections.abc import Iterator

#: Where the answer to a call is read; a call that names no session has one under its own number.
ANSWER = re.compile(r"/gradio_api/call/.+/(\w+)$")
#: Seconds after the answer in which Gradio may still look at the session.
PAUSE = 3.0
#: Characters of a session's name; a page's has about ten, a call's 32.
LONGEST = 64
#: Sessions without an open page, of 0.3 MB each.
MOST_ABSENT = 256


class Sessions(StateHolder):
    """Gradio's memory of sessions: those whose page is open stay, of the others the newest.

    By itself Gradio keeps ten thousand, whoever invented their names: 3 GB.
    """

    def __init__(self) -> None:
        super().__init__()
        self._open: Counter[str] = Counter()

    def __getitem__(self, session_id: str) -> SessionState:
        """A session, a new one for a new name.

        Raises:
            HTTPException: 400, the name is too long.
        """
        if len(session_id) > LONGEST:
            raise HTTPException(400, f"session_hash: at most {LONGEST} characters")
        return super().__getitem__(session_id)

    def update(self, session_id: str) -> None:
        """Makes a session the newest, and ends those that are too many."""
        with self.lock:
            if session_id in self.session_data:
                self.session_data.move_to_end(session_id)
            queue = self.blocks._queue
            busy = {event.session_hash for event in list(queue.event_ids_to_events.values())}
            absent = [
                name for name in self.session_data if name not in self._open and name not in busy
            ]
            for name in absent[: max(0, len(absent) - MOST_ABSENT)]:
                self._end(name)

    def end(self, session: str) -> None:
        """Ends a session, unless its page is open."""
        with self.lock:
            if session not in self._open:
                self._end(session)

    def _end(self, session: str) -> None:
        self.session_data.pop(session, None)
        self.time_last_used.pop(session, None)
        self.blocks._queue.pending_messages_per_session.pop(session, None)
        self.blocks._queue.pending_event_ids_session.pop(session, None)

    @contextmanager
    def open_page(self, session: str) -> Iterator[None]:
        """Holds a session while its page is open."""
        self._open[session] += 1
        try:
            yield
        finally:
            self._open[session] -= 1
            if not self._open[session]:
                del self._open[session]


class EndCalls:
    """ASGI middleware that knows which pages are open, and ends the session of a program's call.

    Every call of `/link` and its like begins a session; a page's own stays.
    """

    def __init__(self, app: App) -> None:
        self._app = app

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        """Hands the request on, and ends the session of a call whose answer it read."""
        path = path_of(scope) if scope["type"] == "http" else ""
        if path.startswith(HEARTBEAT):
            with scope["app"].state_holder.open_page(path.removeprefix(HEARTBEAT)[:LONGEST]):
                await self._app(scope, receive, send)
            return
        await self._app(scope, receive, send)
        if found := ANSWER.search(path):
            end: Any = scope["app"].state_holder.end
            asyncio.get_running_loop().call_later(PAUSE, end, found[1])

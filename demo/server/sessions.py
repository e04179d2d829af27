"""Ends what Gradio keeps of a program's call once its answer has been read."""

from __future__ import annotations

import asyncio
import re
from typing import Any

from demo.server.limits import App, Message, Receive, Send

#: Where the answer to a call is read; a call that names no session has one under its own number.
ANSWER = re.compile(r"/gradio_api/call/.+/(\w+)$")
#: Seconds after the answer in which Gradio may still look at the session.
PAUSE = 3.0


class EndCalls:
    """ASGI middleware. Every call of `/link` and its like begins a session of 0.3 MB, and Gradio
    keeps ten thousand: fifty visitors took 400 MB in two minutes. A page's own session stays."""

    def __init__(self, app: App) -> None:
        self._app = app

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        """Hands the request on, and ends the session of a call whose answer it read."""
        await self._app(scope, receive, send)
        found = ANSWER.search(scope["path"]) if scope["type"] == "http" else None
        if found:
            asyncio.get_running_loop().call_later(
                PAUSE, _forget, scope["app"].state_holder, found[1]
            )


def _forget(holder: Any, session: str) -> None:
    with holder.lock:
        holder.session_data.pop(session, None)
        holder.time_last_used.pop(session, None)

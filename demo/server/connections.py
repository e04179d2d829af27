"""Connections that do not speak are closed, and there are only so many."""

from __future__ import annotations

import asyncio

from uvicorn.config import HTTP_PROTOCOLS
from uvicorn.protocols.http.h11_impl import H11Protocol

#: Seconds in which the head of a request must be there, on a new connection and after an answer.
PATIENCE = 15.0
#: Connections at once; many systems allow a process 1024 files.
MOST = 800


class PatientProtocol(H11Protocol):
    """uvicorn's HTTP with an end to its patience; by itself it waits for a request for ever."""

    _late: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Begins to wait."""
        super().connection_made(transport)
        if len(self.connections) > MOST:
            transport.abort()
        else:
            self._wait()

    def connection_lost(self, exc: Exception | None) -> None:
        """Ends the wait."""
        self._go_on()
        super().connection_lost(exc)

    def handle_events(self) -> None:
        """Ends the wait when a request has begun; what its body takes is the body's limit."""
        before = self.cycle
        super().handle_events()
        if self.cycle is not before:
            self._go_on()

    def on_response_complete(self) -> None:
        """Waits for the next request, which may be there already."""
        self._wait()
        super().on_response_complete()

    def _wait(self) -> None:
        self._go_on()
        self._late = self.loop.call_later(PATIENCE, self.transport.abort)

    def _go_on(self) -> None:
        if self._late is not None:
            self._late.cancel()
            self._late = None


def use_patience() -> None:
    """Makes uvicorn use it; Gradio starts uvicorn with settings of its own."""
    HTTP_PROTOCOLS["auto"] = f"{__name__}:{PatientProtocol.__name__}"

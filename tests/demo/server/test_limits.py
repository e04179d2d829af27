"""What waits for nobody: bodies and connections that do not go on, and sessions of nobody."""

from __future__ import annotations

import asyncio
import contextlib
import http.client
import socket
import threading
from collections.abc import Awaitable, Callable, Iterator
from types import SimpleNamespace
from typing import Any

import pytest
import uvicorn
from fastapi import HTTPException
from support import awaited

from demo.server import connections, limits, sessions
from demo.server.connections import PatientProtocol
from demo.server.limits import BodyLimit, Message
from demo.server.sessions import Sessions

Receive = Callable[[], Awaitable[Message]]


def ask(app: Any, receive: Receive, path: str = "/x", **headers: str) -> list[Message]:
    """What is sent in answer to a request."""
    sent: list[Message] = []

    async def send(message: Message) -> None:
        sent.append(message)

    kept = [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()]
    scope = {"type": "http", "method": "POST", "path": path, "headers": kept}
    awaited(app(scope, receive, send))
    return sent


async def reads_all(scope: Message, receive: Receive, send: Any) -> None:
    """An application that answers when it has everything, as a framework would to a fault, too."""
    message: Message = {"more_body": True}
    while message.get("more_body"):
        message = await receive()
    status = 400 if message["type"] == "http.disconnect" else 200
    await send({"type": "http.response.start", "status": status, "headers": []})
    await send({"type": "http.response.body", "body": b""})


async def stalls() -> Message:
    await asyncio.sleep(60)
    return {}


def pieces(*bodies: bytes) -> Receive:
    left = list(bodies)

    async def receive() -> Message:
        body = left.pop(0)
        return {"type": "http.request", "body": body, "more_body": bool(left)}

    return receive


@pytest.mark.parametrize("path", ["/x", "/gradio_api/upload"])
def test_a_body_that_stalls_is_given_up(path: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "STALL", 0.05)
    form = "multipart/form-data; boundary=b"
    sent = ask(BodyLimit(reads_all), stalls, path, content_type=form)
    assert [message.get("status") for message in sent] == [408, None]


def test_a_body_that_trickles_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "PATIENCE", 0.0)
    monkeypatch.setattr(limits, "SLOWEST", 10**9)

    async def trickles() -> Message:
        await asyncio.sleep(0.02)
        return {"type": "http.request", "body": b"x", "more_body": True}

    assert ask(BodyLimit(reads_all), trickles)[0]["status"] == 408


def test_bytes_are_counted_as_they_come(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MOST_BODY", 10)
    assert ask(BodyLimit(reads_all), pieces(b"12345", b"67890"))[0]["status"] == 200
    assert ask(BodyLimit(reads_all), pieces(b"12345", b"67890", b"1"))[0]["status"] == 413
    assert ask(BodyLimit(reads_all), pieces(b""), content_length="11")[0]["status"] == 413
    login = ask(BodyLimit(reads_all), pieces(bytes(limits.MOST_LOGIN + 1)), "/login")
    assert login[0]["status"] == 413


# --- connections -----------------------------------------------------------------------------


@pytest.fixture
def address(monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[str, int]]:
    """A server that waits for half a second and takes eight connections."""
    monkeypatch.setattr(connections, "PATIENCE", 0.5)
    monkeypatch.setattr(connections, "MOST", 8)
    config = uvicorn.Config(
        BodyLimit(reads_all), port=0, http=PatientProtocol, log_level="error", lifespan="off"
    )
    server = uvicorn.Server(config)
    with socket.create_server(("127.0.0.1", 0)) as listening:
        thread = threading.Thread(target=server.run, args=([listening],))
        thread.start()
        yield listening.getsockname()
        server.should_exit = True
        thread.join()


@pytest.mark.parametrize(
    "begun",
    [b"", b"GET", b"GET / HTTP/1.1\r\nHost: a\r\n", b"GET / HTTP/1.1\r\nHost: a\r\n\r\nGET"],
)
def test_a_connection_that_says_nothing_is_closed(begun: bytes, address: tuple[str, int]) -> None:
    with socket.create_connection(address, timeout=20) as connection:
        connection.sendall(begun)
        answered = b""
        try:
            while data := connection.recv(1000):
                answered += data
        except ConnectionResetError:
            pass
        assert (b" 200 " in answered) == (b"\r\n\r\n" in begun)


def test_a_request_may_follow_another(address: tuple[str, int]) -> None:
    connection = http.client.HTTPConnection(*address, timeout=20)
    for _ in range(3):
        connection.request("GET", "/")
        own = connection.sock
        answer = connection.getresponse()
        assert (answer.status, answer.read()) == (200, b"")
        assert connection.sock is own
    connection.close()


def test_there_are_only_so_many_connections(address: tuple[str, int]) -> None:
    opened = [socket.create_connection(address, timeout=20) for _ in range(8)]
    opened.append(socket.create_connection(address, timeout=20))
    with contextlib.suppress(ConnectionResetError):
        assert opened[-1].recv(1) == b""
    for connection in opened:
        connection.close()


# --- sessions --------------------------------------------------------------------------------


@pytest.fixture
def kept(monkeypatch: pytest.MonkeyPatch) -> Sessions:
    """Room for three sessions without a page."""
    monkeypatch.setattr(sessions, "MOST_ABSENT", 3)
    monkeypatch.setattr("gradio.state_holder.SessionState", lambda blocks: object())
    holder = Sessions()
    messages = {name: object() for name in "abcdefg"}
    events = {name: {name} for name in "abcdefg"}
    queue = SimpleNamespace(
        event_ids_to_events={},
        pending_messages_per_session=messages,
        pending_event_ids_session=events,
    )
    blocks: Any = SimpleNamespace(_queue=queue)
    holder.blocks = blocks
    return holder


def test_invented_sessions_make_room_for_each_other(kept: Sessions) -> None:
    for name in "abcab":
        kept[name]
    kept["d"]
    assert list(kept.session_data) == ["a", "b", "d"]
    assert "c" not in kept.time_last_used
    assert "c" not in kept.blocks._queue.pending_messages_per_session
    assert "c" not in kept.blocks._queue.pending_event_ids_session


def test_a_session_stays_while_its_page_is_open_or_its_work_goes_on(kept: Sessions) -> None:
    event: Any = SimpleNamespace(session_hash="b")
    kept.blocks._queue.event_ids_to_events["x"] = event
    kept["b"]
    with kept.open_page("a"):
        for name in "acdefg":
            kept[name]
        kept.end("a")
        assert list(kept.session_data) == ["b", "a", "e", "f", "g"]
    kept.end("a")
    assert list(kept.session_data) == ["b", "e", "f", "g"]


def test_a_long_name_is_none(kept: Sessions) -> None:
    with pytest.raises(HTTPException):
        kept["x" * 65]

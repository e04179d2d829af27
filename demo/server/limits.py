"""Limits of what may be sent to the page, enforced before anything is parsed."""

from __future__ import annotations

import asyncio
import json
import tempfile
from collections.abc import Awaitable, Callable, MutableMapping
from typing import IO, Any

from python_multipart.exceptions import MultipartParseError
from python_multipart.multipart import MultipartParser, parse_options_header

from demo.server.doors import LOGIN, UPLOAD, path_of

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Message, Receive, Send], Awaitable[None]]

#: Bytes of a request that is not an upload: twelve pictures of a case.json and some room.
MOST_BODY = 48_000_000
#: Bytes of a name and a password.
MOST_LOGIN = 10_000
#: Bytes of one uploaded file.
MOST_FILE = 20_000_000
#: Bytes and files of one upload; the page sends one file at a time.
MOST_UPLOAD = 48_000_000
MOST_FILES = 16
#: Seconds in which something more of a body must come.
STALL = 20.0
#: Bytes a second that a body must come with, after some patience.
SLOWEST = 10_000
PATIENCE = 30.0


class Refusal(Exception):  # noqa: N818  (an answer, not a fault)
    """A request that is not read to its end: the HTTP status, and why."""

    def __init__(self, status: int, why: str) -> None:
        super().__init__(why)
        self.status = status


class BodyLimit:
    """ASGI middleware that bounds what a request may bring: bytes, files, and time.

    A body that does not tell its size is counted as it comes. An upload goes on only when it is
    whole and holds nothing but files, so that a connection that breaks leaves nothing behind.
    """

    def __init__(self, app: App) -> None:
        self._app = app

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        """Hands the request on, or refuses it."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        path = path_of(scope)
        most = {UPLOAD: MOST_UPLOAD, LOGIN: MOST_LOGIN}.get(path, MOST_BODY)
        headers = dict(scope["headers"])
        size = headers.get(b"content-length", b"0")
        answer, body = _Answer(send), _Body(receive, most)
        if size.isdigit() and int(size) > most:
            await answer.refuse(_too_large(most))
        elif path == UPLOAD and scope["method"] == "POST":
            with tempfile.SpooledTemporaryFile(1_000_000) as whole:
                try:
                    await _read_files(body, headers.get(b"content-type", b""), whole)
                except Refusal as refusal:
                    await answer.refuse(refusal)
                else:
                    whole.seek(0)
                    await self._app(scope, _replay(whole, receive), send)
        else:

            async def limited() -> Message:
                try:
                    return await body.receive()
                except Refusal as refusal:  # a framework would make another answer of it
                    await answer.refuse(refusal)
                    return {"type": "http.disconnect"}

            await self._app(scope, limited, answer.send)


class _Answer:
    """The one answer to a request: the application's, or a refusal that comes before it."""

    def __init__(self, send: Send) -> None:
        self._send = send
        self._begun = self._refused = False

    async def send(self, message: Message) -> None:
        if not self._refused:
            self._begun = True
            await self._send(message)

    async def refuse(self, refusal: Refusal) -> None:
        if not self._begun:
            self._refused = True
            await refuse(self._send, refusal.status, str(refusal))


class _Body:
    """The body of one request as it comes.

    Raises:
        Refusal: from `receive`, when it is too large or too slow.
    """

    def __init__(self, receive: Receive, most: int) -> None:
        self._receive, self._most = receive, most
        self._seen, self._whole = 0, False
        self._begun = asyncio.get_running_loop().time()

    async def receive(self) -> Message:
        if self._whole:  # now it waits for the caller to hang up
            return await self._receive()
        late = self._begun + PATIENCE + self._seen / SLOWEST
        patience = min(STALL, late - asyncio.get_running_loop().time())
        try:
            message = await asyncio.wait_for(self._receive(), max(0.0, patience))
        except TimeoutError:
            raise Refusal(408, "the request came too slowly") from None
        self._seen += len(message.get("body", b""))
        self._whole = not message.get("more_body", False)
        if self._seen > self._most:
            raise _too_large(self._most)
        return message


def _too_large(most: int) -> Refusal:
    size = f"{most // 1_000_000} MB" if most >= 1_000_000 else f"{most // 1000} kB"
    return Refusal(413, f"the request is larger than {size}")


async def _read_files(body: _Body, kind: bytes, whole: IO[bytes]) -> None:
    """Copies the body of an upload.

    Raises:
        Refusal: it holds something else than some files named `files`, or breaks off.
    """
    parts = _Parts(kind)
    more = True
    while more:
        message = await body.receive()
        if message["type"] == "http.disconnect":
            raise Refusal(400, "the upload broke off")
        parts.write(message.get("body", b""))
        whole.write(message.get("body", b""))
        more = message.get("more_body", False)
    if not parts.complete:
        raise Refusal(400, "the upload is not whole")


class _Parts:
    """Looks at the parts of a multipart body as they come.

    Raises:
        Refusal: there are too many files, one is too large, or a part is no file of the field
            `files`.
    """

    def __init__(self, kind: bytes) -> None:
        name, options = parse_options_header(kind)
        if name != b"multipart/form-data" or b"boundary" not in options:
            raise Refusal(400, "an upload is a form of the kind multipart/form-data")
        self.complete = False
        self._files = self._size = 0
        self._field = self._value = self._place = b""
        callbacks: Any = {
            "on_part_begin": self._begin,
            "on_header_field": self._header_field,
            "on_header_value": self._header_value,
            "on_header_end": self._header_end,
            "on_headers_finished": self._headers_finished,
            "on_part_data": self._data,
            "on_end": self._end,
        }
        self._parser = MultipartParser(options[b"boundary"], callbacks)

    def write(self, data: bytes) -> None:
        """Goes on with some more of the body."""
        try:
            self._parser.write(data)
        except MultipartParseError:
            raise Refusal(400, "the upload is no form that can be read") from None

    def _begin(self) -> None:
        self._files, self._size, self._place = self._files + 1, 0, b""
        if self._files > MOST_FILES:
            raise Refusal(413, f"one upload holds at most {MOST_FILES} files")

    def _header_field(self, data: bytes, start: int, end: int) -> None:
        self._field += data[start:end]

    def _header_value(self, data: bytes, start: int, end: int) -> None:
        self._value += data[start:end]

    def _header_end(self) -> None:
        if self._field.lower() == b"content-disposition":
            self._place = self._value
        self._field = self._value = b""

    def _headers_finished(self) -> None:
        _, options = parse_options_header(self._place)
        if options.get(b"name") != b"files" or b"filename" not in options:
            raise Refusal(400, "an upload holds nothing but files, in the field 'files'")

    def _data(self, data: bytes, start: int, end: int) -> None:
        self._size += end - start
        if self._size > MOST_FILE:
            raise Refusal(413, f"one file holds at most {MOST_FILE // 1_000_000} MB")

    def _end(self) -> None:
        self.complete = True


def _replay(whole: IO[bytes], receive: Receive) -> Receive:
    """Hands on a body that was read."""
    done = False

    async def read() -> Message:
        nonlocal done
        if done:
            return await receive()
        body = whole.read(256_000)
        done = not body
        return {"type": "http.request", "body": body, "more_body": not done}

    return read


async def refuse(send: Send, status: int, why: str) -> None:
    """Answers, and ends the connection with what is still coming through it."""
    body = json.dumps({"detail": why}).encode()
    headers = [
        (b"content-type", b"application/json"),
        (b"content-length", str(len(body)).encode()),
        (b"connection", b"close"),
    ]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})

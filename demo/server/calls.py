"""What comes to the addresses of the endpoints, looked at as a whole before Gradio reads it: which
endpoint there is, which values it has, and whether there is room to wait.
"""

from __future__ import annotations

import json
import re
from functools import cached_property
from typing import Any

import gradio as gr
from gradio.block_function import BlockFunction
from gradio.data_classes import PredictBody
from pydantic import ValidationError

from demo.messages import translated
from demo.server.gate import BusyError, Gate
from demo.server.limits import App, Message, Receive, Send
from demo.server.turns import STATUS, queued
from demo.texts import preferred

#: Where a call is made: what kind it is, and the name of the endpoint (`join` of the queue).
CALL = re.compile(r"/gradio_api/(run|api|call/v2|call|queue)/([^/]*)/?$")
#: Where the answer to a call is read, under its number.
ANSWER = re.compile(r"/gradio_api/call/(?:v2/)?[^/]+/([^/]+)$")
#: Gradio would fetch such an address and hand its content on.
FOREIGN = re.compile(r"/gradio_api/file[=/]\s*https?:", re.I)
#: Numbers, texts, lists and objects of a body: a case.json has some thousand.
MOST_VALUES = 1_000_000


class RefusedError(Exception):
    """What is wrong with a call as a whole: the HTTP status, and a sentence."""

    def __init__(self, status: int, message: str) -> None:
        super().__init__(message)
        self.status = status


class Calls:
    """ASGI middleware before the endpoints: refuses in one sentence what none of them can take.

    Args:
        page, gate: what is called, and where its work waits.
    """

    def __init__(self, app: App, page: gr.Blocks, gate: Gate) -> None:
        self._app, self._page, self._gate = app, page, gate

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        """Hands the request on, or refuses it."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        try:
            if scope["method"] == "POST":
                scope, receive = await self._checked(scope, receive)
            else:
                self._check_address(scope["path"])
        except RefusedError as refused:
            language = preferred(_header(scope, b"accept-language"))
            await _answer(send, refused.status, translated(str(refused), language))
            return
        await self._app(scope, receive, _with_status(scope, send))

    def _check_address(self, path: str) -> None:
        if FOREIGN.search(path):
            raise RefusedError(403, "the server fetches no addresses: give a file of its own")
        found, queue = ANSWER.search(path), self._page._queue
        if found and not (
            found[1] in queue.pending_messages_per_session
            or any(found[1] in events for events in queue.pending_event_ids_session.values())
        ):
            raise RefusedError(404, "there is no call of that number, or its answer was read")

    async def _checked(self, scope: Message, receive: Receive) -> tuple[Message, Receive]:
        found = CALL.search(scope["path"])
        if found is None or (found[1] == "queue" and found[2] != "join"):
            return scope, receive
        kind, name = found[1], found[2]
        if not re.match(r"application/([\w.-]+\+)?json\b", _header(scope, b"content-type"), re.I):
            raise RefusedError(415, "the body must be JSON: say so with Content-Type")
        body = await _whole(receive)
        value = _parsed(body)
        if kind == "call/v2":  # the same as without `v2`, with names
            value = {"data": self._in_order(name, value)}
            body = json.dumps(value).encode()
            path = scope["path"].replace("/call/v2/", "/call/")
            headers = _sized(scope, len(body))
            scope = {**scope, "path": path, "raw_path": path.encode(), "headers": headers}
        function = self._function(name if kind != "queue" else None, _envelope(value))
        if kind not in ("run", "api") and function.concurrency_limit is not None:
            self._admit(function, 429 if kind == "queue" else 503)
        return scope, _replayed(body, receive)

    def _admit(self, function: BlockFunction, status: int) -> None:
        """Refuses what finds no room in the queue; of a 503 Gradio's page says its own words."""
        lane = self._gate.lane(function.concurrency_id)
        try:
            self._gate.admit(lane, queued(self._page, self._gate, lane))
        except BusyError as busy:
            raise RefusedError(status, str(busy)) from None

    def _function(self, name: str | None, envelope: PredictBody) -> BlockFunction:
        """What a call runs: the number that the page gives, or else the endpoint of that name."""
        if envelope.fn_index is not None:
            if envelope.fn_index not in self._page.fns:
                raise RefusedError(404, "there is no function of that fn_index")
            return self._page.fns[envelope.fn_index]
        if name is None:
            raise RefusedError(422, "fn_index is missing")
        return self._endpoint(name)

    def _endpoint(self, name: str) -> BlockFunction:
        endpoints = {
            str(function.api_name): function
            for function in self._page.fns.values()
            if function.api_visibility == "public" and function.api_name
        }
        if name not in endpoints:
            known = ", ".join(f"/{known}" for known in endpoints)
            raise RefusedError(404, f"there is no endpoint /{name:.100}; there are {known}")
        return endpoints[name]

    def _in_order(self, name: str, fields: Any) -> list[Any]:
        """The values of named fields in the order of the endpoint; its defaults for the rest."""
        self._endpoint(name)
        if not isinstance(fields, dict):
            raise RefusedError(422, "the body must be an object with the fields of the endpoint")
        takes = self._named[f"/{name}"]["parameters"]
        known = [parameter["parameter_name"] for parameter in takes]
        if unknown := [field for field in fields if field not in known]:
            raise RefusedError(
                422, f"unknown field {unknown[0]!r:.100}; /{name} takes {', '.join(known)}"
            )
        return [fields.get(p["parameter_name"], p["parameter_default"]) for p in takes]

    @cached_property
    def _named(self) -> dict[str, Any]:
        """What Gradio says of the endpoints to programs."""
        return dict(self._page.get_api_info()["named_endpoints"])


def _parsed(body: bytes) -> Any:
    """Any JSON, NaN too: a field that holds it is refused by its name."""
    if sum(map(body.count, (b",", b"[", b"{"))) > MOST_VALUES:
        raise RefusedError(413, f"the body holds more than {MOST_VALUES:,} values")
    try:
        value = json.loads(body)
        if b"\\u" in body:
            json.dumps(value, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        raise RefusedError(
            422, "the body holds half of a character (a lone surrogate): give it in UTF-8"
        ) from None
    except (ValueError, RecursionError) as error:
        why = str(error).partition(";")[0]
        if isinstance(error, RecursionError):
            why = "it is nested too deep"
        raise RefusedError(400, f"the body is not JSON: {why:.100}") from None
    return value


def _envelope(value: Any) -> PredictBody:
    """What Gradio reads of a call beside the values, checked in its own way."""
    try:
        return PredictBody.model_validate(value)
    except ValidationError as error:
        if not isinstance(value, dict):
            raise RefusedError(422, "the body must be an object with the list 'data'") from None
        first = error.errors(include_url=False, include_input=False)[0]
        place = ".".join(map(str, first["loc"])) or "the body"
        said = first["msg"][:1].lower() + first["msg"][1:]
        raise RefusedError(422, f"{place:.100}: {said}") from None


async def _whole(receive: Receive) -> bytes:
    parts, more = [], True
    while more:
        message = await receive()
        if message["type"] != "http.request":
            raise RefusedError(400, "the request broke off")
        parts.append(message.get("body", b""))
        more = message.get("more_body", False)
    return b"".join(parts)


def _replayed(body: bytes, receive: Receive) -> Receive:
    """Hands on a body that was read; after it comes what the connection says."""
    messages: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]

    async def read() -> Message:
        return messages.pop() if messages else await receive()

    return read


def _with_status(scope: Message, send: Send) -> Send:
    """Answers with the status that `_in_words` found, where Gradio would with 500."""

    async def told(message: Message) -> None:
        if message["type"] == "http.response.start" and message["status"] == 500:
            message = {**message, "status": scope.get(STATUS, 500)}
        await send(message)

    return told


def _header(scope: Message, name: bytes) -> str:
    return next((value.decode("latin-1") for key, value in scope["headers"] if key == name), "")


def _sized(scope: Message, size: int) -> list[tuple[bytes, bytes]]:
    """The headers of a request with a body of another size."""
    rest = [(key, value) for key, value in scope["headers"] if key != b"content-length"]
    return [*rest, (b"content-length", str(size).encode())]


async def _answer(send: Send, status: int, text: str) -> None:
    """One sentence, under the names that Gradio's clients look for."""
    body = json.dumps({"error": text, "detail": text}).encode()
    headers = [(b"content-type", b"application/json"), (b"content-length", b"%d" % len(body))]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})

"""A small OpenAI-compatible endpoint that answers as it is told, and keeps what it was asked."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

#: What a server does with a request: status, headers, body.
Reply = tuple[int, dict[str, str], bytes]
Behaviour = Callable[[dict[str, Any]], Reply]


class Chat:
    """What was asked of a server, and how it behaves.

    Attributes:
        bodies, keys: of every request so far.
        replies: one behaviour for each request; the last one goes on.
    """

    def __init__(self, *replies: Behaviour) -> None:
        self.replies = list(replies)
        self.bodies: list[dict[str, Any]] = []
        self.keys: list[str | None] = []
        self.url = ""

    def reply(self, body: dict[str, Any], key: str | None) -> Reply:
        self.bodies.append(body)
        self.keys.append(key)
        return self.replies[min(len(self.bodies), len(self.replies)) - 1](body)


def asked(body: dict[str, Any]) -> dict[str, Any]:
    """The mention and the candidates in a request."""
    content = body["messages"][1]["content"]
    text = content if isinstance(content, str) else content[0]["text"]
    return dict(json.loads(text))


def said(text: str, tokens: tuple[int, int] = (100, 20)) -> Reply:
    """A chat completion."""
    usage = {"prompt_tokens": tokens[0], "completion_tokens": tokens[1]}
    record = {"choices": [{"message": {"role": "assistant", "content": text}}], "usage": usage}
    return 200, {"Content-Type": "application/json"}, json.dumps(record).encode()


def likes(name: str) -> Behaviour:
    """100 points for the candidates with that in their id, 5 for the others."""

    def reply(body: dict[str, Any]) -> Reply:
        ids = [candidate["id"] for candidate in asked(body)["candidates"]]
        return said(json.dumps({"scores": {one: 100 if name in one else 5 for one in ids}}))

    return reply


def text(content: str) -> Behaviour:
    """Always the same text."""
    return lambda body: said(content)


def status(code: int, **headers: str) -> Behaviour:
    """An error; underscores of a header's name are hyphens."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return lambda body: (code, named, b"<html>an error</html>")


def html(body: dict[str, Any]) -> Reply:
    """A page where an answer should be."""
    return 200, {"Content-Type": "text/html"}, b"<!DOCTYPE html><p>Welcome"


def late(seconds: float) -> Behaviour:
    """An answer after a while."""

    def reply(body: dict[str, Any]) -> Reply:
        time.sleep(seconds)
        return likes("football")(body)

    return reply


@contextmanager
def chat_server(*replies: Behaviour) -> Iterator[Chat]:
    """Serves on a free port of this machine."""
    chat = Chat(*replies)

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            length = int(self.headers["Content-Length"])
            body = json.loads(self.rfile.read(length)) | {"path": self.path}
            code, headers, data = chat.reply(body, self.headers.get("Authorization"))
            try:
                self.send_response(code)
                for name, value in headers.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(data)))
                self.end_headers()
                self.wfile.write(data)
            except OSError:
                return  # who asked has gone

        def log_message(self, *_: Any) -> None:
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    chat.url = f"http://127.0.0.1:{server.server_port}/v1"
    try:
        yield chat
    finally:
        server.shutdown()
        server.server_close()
        thread.join()

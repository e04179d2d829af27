"""A visitor of the page as a program: uploads, calls and downloads over plain HTTP."""

from __future__ import annotations

import json
import urllib.error
import urllib.request
import uuid
from collections.abc import Mapping
from typing import Any


class RefusedError(Exception):
    """The server answered, and said no: the HTTP status or `error`, and its message."""


class Client:
    """Talks to one running page.

    Args:
        url: of the page, ending in `/`.
        timeout: seconds for each answer.
        headers: sent with every request.
    """

    def __init__(
        self, url: str, timeout: float = 120, headers: Mapping[str, str] | None = None
    ) -> None:
        self.url, self.timeout, self.headers = url, timeout, dict(headers or {})

    def call(self, endpoint: str, **fields: Any) -> Any:
        """The outputs of an endpoint; one output alone, several as a list.

        Args:
            fields: parameters by name; those left out are the page's defaults.

        Raises:
            RefusedError: bad input, or the queue is full.
        """
        event = json.loads(self.post(f"gradio_api/call/v2/{endpoint}", fields))
        kind, answer = "", ""
        request = f"{self.url}gradio_api/call/{endpoint}/{event['event_id']}"
        with self._open(urllib.request.Request(request)) as lines:
            for line in lines:
                text = line.decode().rstrip("\n")
                if text.startswith("event: "):
                    kind = text[7:]
                elif text.startswith("data: "):
                    answer = text[6:]
        if kind != "complete":
            said = json.loads(answer) if answer else "no answer"
            raise RefusedError(f"error: {said}")
        outputs = json.loads(answer)
        return outputs[0] if len(outputs) == 1 else outputs

    def post(self, path: str, body: Any) -> bytes:
        """The answer to a JSON body."""
        return self.send(path, json.dumps(body).encode(), "application/json")

    def send(self, path: str, body: bytes, kind: str) -> bytes:
        """The answer to any body."""
        with self._open(
            urllib.request.Request(self.url + path, body, {"Content-Type": kind})
        ) as answer:
            return bytes(answer.read())

    def get(self, address: str) -> bytes:
        """A file or page of the server; `address` with or without the server's own part."""
        whole = address if address.startswith("http") else self.url + address.lstrip("/")
        with self._open(urllib.request.Request(whole)) as answer:
            return bytes(answer.read())

    def upload(self, name: str, data: bytes) -> dict[str, Any]:
        """Uploads a file and returns what a field of the page takes for it."""
        border = uuid.uuid4().hex
        head = f'--{border}\r\nContent-Disposition: form-data; name="files"; filename="{name}"\r\n'
        body = f"{head}\r\n".encode() + data + f"\r\n--{border}--\r\n".encode()
        answer = self.send("gradio_api/upload", body, f"multipart/form-data; boundary={border}")
        return {"path": json.loads(answer)[0], "meta": {"_type": "gradio.FileData"}}

    def link(self, sentence: str, mention: str, image: Any = None, k: int = 3) -> dict[str, Any]:
        """The record of one link."""
        record = self.call("link", image=image, sentence=sentence, mention=mention, k=k)
        assert isinstance(record, dict)
        return record

    def _open(self, request: urllib.request.Request) -> Any:
        for name, value in self.headers.items():
            request.add_header(name, value)
        try:
            return urllib.request.urlopen(request, timeout=self.timeout)
        except urllib.error.HTTPError as error:
            raise RefusedError(
                f"{error.code}: {error.read(2000).decode(errors='replace')}"
            ) from None

"""The real page with a linker that answers at once: a server for tests of what lies around it.

`python fake_page.py FLAGS` is `app.py FLAGS` without a model.
"""

from __future__ import annotations

import http.client
import itertools
import json
import re
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urlsplit

ROOT = Path(__file__).resolve().parent.parent.parent
BORDER = "border"
FORM = {"Content-Type": f"multipart/form-data; boundary={BORDER}"}
JSON = {"Content-Type": "application/json"}


@dataclass
class Answer:
    """What a server answered."""

    status: int
    headers: list[tuple[str, str]]
    body: bytes

    def header(self, name: str) -> str:
        return "\n".join(value for key, value in self.headers if key.lower() == name.lower())

    def json(self) -> Any:
        return json.loads(self.body)


@dataclass
class Server:
    """A running page, asked without any help of a browser or a library."""

    url: str
    process: subprocess.Popen[str]
    log: list[str] = field(default_factory=list)

    @property
    def address(self) -> tuple[str, int]:
        parts = urlsplit(self.url)
        return parts.hostname or "", parts.port or 80

    def ask(
        self,
        method: str,
        path: str,
        headers: Mapping[str, str] | None = None,
        body: bytes | None = None,
    ) -> Answer:
        connection = http.client.HTTPConnection(*self.address, timeout=60)
        headers = dict(headers or {})
        connection.putrequest(method, path, "Host" in headers, skip_accept_encoding=True)
        if body is not None:
            headers.setdefault("Content-Length", str(len(body)))
        for name, value in headers.items():
            connection.putheader(name, value)
        connection.endheaders(body)
        answer = connection.getresponse()
        read = Answer(answer.status, answer.getheaders(), answer.read())
        connection.close()
        return read

    def post(self, path: str, value: Any, headers: Mapping[str, str] | None = None) -> Answer:
        return self.ask("POST", path, {**JSON, **(headers or {})}, json.dumps(value).encode())

    def upload(self, data: bytes, headers: Mapping[str, str] | None = None) -> str:
        """Path of an uploaded picture."""
        body = form(part(data, "a.png"))
        answer = self.ask("POST", "/gradio_api/upload", {**FORM, **(headers or {})}, body)
        assert answer.status == 200, answer.body
        return str(answer.json()[0])

    def log_in(self, name: str, password: str, headers: Mapping[str, str] | None = None) -> Answer:
        body = urlencode({"username": name, "password": password}).encode()
        kind = {"Content-Type": "application/x-www-form-urlencoded"}
        return self.ask("POST", "/login", {**kind, **(headers or {})}, body)

    def logged_in(self, name: str, password: str) -> dict[str, str]:
        """The header of those who are."""
        cookie = self.log_in(name, password).header("set-cookie").split(";")[0]
        return {"Cookie": cookie}


def part(data: bytes, filename: str | None, name: str = "files") -> bytes:
    """One part of a form; a field where it has no file name."""
    named = "" if filename is None else f'; filename="{filename}"'
    head = f'--{BORDER}\r\nContent-Disposition: form-data; name="{name}"{named}\r\n\r\n'
    return head.encode() + data + b"\r\n"


def form(*parts: bytes) -> bytes:
    return b"".join(parts) + f"--{BORDER}--\r\n".encode()


@contextmanager
def fake_page(*flags: str, temp: Path, end: signal.Signals = signal.SIGTERM) -> Iterator[Server]:
    """A page on a free port, whose files are below `temp`."""
    command = [sys.executable, str(Path(__file__)), "--port", "0", *flags]
    process = subprocess.Popen(
        command,
        cwd=ROOT,
        env={"PATH": "/usr/bin:/bin", "GRADIO_TEMP_DIR": str(temp), "HOME": str(temp)},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    assert process.stdout is not None
    log: list[str] = []
    lines = iter(process.stdout.readline, "")
    for line in lines:
        log.append(line)
        if line.startswith("Ready"):
            break
    found = re.search(r"open at (http\S+)", "".join(log))
    assert found, "".join(log)
    rest = threading.Thread(target=log.extend, args=(lines,), daemon=True)
    rest.start()
    try:
        yield Server(found[1], process, log)
    finally:
        process.send_signal(end)
        process.wait(timeout=60)
        rest.join(timeout=60)
        process.stdout.close()


def main(flags: list[str]) -> int:
    sys.path[:0] = [str(ROOT), str(ROOT / "tests")]
    import socket

    import app
    from demo.linkers import Linkers
    from support.fake_linker import FakeLinker

    app.make_linkers = lambda _: Linkers(["a"], ["b"], lambda *_: FakeLinker())  # type: ignore
    for place in itertools.count():
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            flags[1] = str(probe.getsockname()[1])
        code = app.main(flags)
        if code == 0 or place == 2:
            return code
    return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

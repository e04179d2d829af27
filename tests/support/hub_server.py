"""A Hugging Face hub on loopback: as much of its HTTP as pushing and fetching need."""

from __future__ import annotations

import base64
import hashlib
import json
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import unquote, urlsplit

Files = dict[str, bytes]


class Hub(ThreadingHTTPServer):
    """What was pushed, by `models/owner/name`; every commit replaces the files that it names.

    Attributes:
        requested: method and path of every request.
        fetched: paths of the files that were sent in whole.
    """

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.repositories: dict[str, Files] = {}
        self.requested: list[str] = []
        self.fetched: list[str] = []

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"

    def commit_of(self, name: str) -> str:
        """The identifier of a repository's content."""
        content = sorted((path, _sha1(data)) for path, data in self.repositories[name].items())
        return hashlib.sha1(json.dumps(content).encode()).hexdigest()


@contextmanager
def hub_server() -> Iterator[Hub]:
    """A hub that runs."""
    with Hub() as hub:
        thread = threading.Thread(target=hub.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        try:
            yield hub
        finally:
            hub.shutdown()
            thread.join()


def _sha1(data: bytes) -> str:
    return hashlib.sha1(b"blob %d\0" % len(data) + data).hexdigest()


class _Handler(BaseHTTPRequestHandler):
    server: Hub
    protocol_version = "HTTP/1.1"

    def log_message(self, *_: object) -> None: ...

    def do_POST(self) -> None:  # noqa: N802
        sent = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        path = self._path()
        if path == "/api/repos/create":
            record = json.loads(sent)
            name = f"{record['organization']}/{record['name']}"
            self.server.repositories.setdefault(f"{record.get('type', 'model')}s/{name}", {})
            self._json({"url": f"{self.server.url}/{name}"})
        elif path == "/api/validate-yaml":
            self._json({"warnings": [], "errors": []})
        elif found := re.fullmatch(r"/api/(\w+/[\w.-]+/[\w.-]+)/preupload/\w+", path):
            files = [
                {"path": file["path"], "uploadMode": "regular", "shouldIgnore": False}
                for file in json.loads(sent)["files"]
            ]
            self._json({"files": files})
        elif found := re.fullmatch(r"/api/(\w+/[\w.-]+/[\w.-]+)/commit/\w+", path):
            for line in map(json.loads, sent.splitlines()):
                if line["key"] == "file":
                    data = base64.b64decode(line["value"]["content"])
                    self.server.repositories[found[1]][line["value"]["path"]] = data
            commit = self.server.commit_of(found[1])
            url = f"{self.server.url}/{found[1].removeprefix('models/')}/commit/{commit}"
            self._json({"commitUrl": url, "commitOid": commit})
        else:
            self._json({"error": "no such address"}, 404)

    def do_GET(self) -> None:  # noqa: N802
        path = self._path()
        if found := re.fullmatch(r"/api/(\w+/[\w.-]+/[\w.-]+?)(?:/revision/\w+)?", path):
            if self._known(found[1]):
                sha = self.server.commit_of(found[1])
                self._json({"id": found[1].partition("/")[2], "sha": sha, "siblings": []})
        elif found := re.fullmatch(r"/api/(\w+/[\w.-]+/[\w.-]+)/tree/\w+", path):
            if self._known(found[1]):
                files = self.server.repositories[found[1]].items()
                self._json(
                    [
                        {"type": "file", "path": name, "size": len(data), "oid": _sha1(data)}
                        for name, data in files
                    ]
                )
        else:
            self._file(path, whole=True)

    def do_HEAD(self) -> None:  # noqa: N802
        self._file(self._path(), whole=False)

    def _path(self) -> str:
        path = unquote(urlsplit(self.path).path)
        self.server.requested.append(f"{self.command} {path}")
        return path

    def _known(self, name: str) -> bool:
        if name not in self.server.repositories:
            self._json({"error": "Repository not found"}, 404, {"X-Error-Code": "RepoNotFound"})
        return name in self.server.repositories

    def _file(self, path: str, whole: bool) -> None:
        found = re.fullmatch(r"/(?:(datasets)/)?([\w.-]+/[\w.-]+)/resolve/(\w+)/(.+)", path)
        name = f"{found[1] or 'models'}/{found[2]}" if found else ""
        data = self.server.repositories.get(name, {}).get(found[4]) if found else None
        if found is None or data is None:
            self._json({"error": "Entry not found"}, 404, {"X-Error-Code": "EntryNotFound"})
            return
        if whole:
            self.server.fetched.append(found[4])
        headers = {"ETag": f'"{_sha1(data)}"', "X-Repo-Commit": self.server.commit_of(name)}
        self._send(data, 200, headers)

    def _json(self, value: Any, status: int = 200, headers: dict[str, str] | None = None) -> None:
        kind = {"Content-Type": "application/json"}
        self._send(json.dumps(value).encode(), status, kind | (headers or {}))

    def _send(self, data: bytes, status: int, headers: dict[str, str]) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(data)

"""A page over linkers that take as long as they are let, and what is done to it.

`python gate_server.py NAME` runs one of `SCENES` in a process of its own and prints what came
of it, as JSON.
"""

from __future__ import annotations

import http.client
import json
import os
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any
from unittest import mock
from urllib.parse import urlsplit

TESTS = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(TESTS.parent), str(TESTS)]
os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"

from demo import ui  # noqa: E402
from demo.linkers import Linkers  # noqa: E402
from demo.own_kbs import OwnKbs  # noqa: E402
from demo.server import gate, serve  # noqa: E402
from mimic.schema import LinkResult, Mention  # noqa: E402
from support.fake_linker import FakeLinker  # noqa: E402

EXPLAIN = {
    "data": [None, "I saw Norway", "Norway", None, "a", "", "total", "occlusion", None, None]
}
FILE = {"_type": "gradio.FileData"}


class Slow(FakeLinker):
    """Links when it is let, and counts what it was asked."""

    def __init__(self) -> None:
        super().__init__()
        self.free = threading.Event()

    def link(self, mention: Mention, *asked: Any, **named: Any) -> LinkResult:
        found = super().link(mention, *asked, **named)
        self.free.wait(30)
        time.sleep(0.01)
        return found


class Long:
    """Explains in many steps, and counts them."""

    def __init__(self) -> None:
        self.begun, self.steps, self.ended = 0, 0, 0

    def explain(self, *_: Any, progress: Callable[[float], None], **__: Any) -> Any:
        self.begun += 1
        try:
            for _number in range(1_000):
                self.steps += 1
                time.sleep(0.02)
                progress(0.5)
        finally:
            self.ended += 1


class Served:
    """A page over `Slow`, and what is asked of it."""

    def __init__(self) -> None:
        self.linker, self.long = Slow(), Long()
        linkers = Linkers(["model"], ["kb"], lambda model, kb: self.linker)
        own = OwnKbs(linkers, Path(os.environ["GRADIO_TEMP_DIR"]) / "own")
        self.page = ui.build_page(linkers, own=own)
        self.host = urlsplit(serve.launch(self.page, serve.Options())).netloc

    def post(self, path: str, body: Any, language: str = "en") -> http.client.HTTPConnection:
        """Sends a call, and does not wait for the answer."""
        line = http.client.HTTPConnection(self.host, timeout=60)
        headers = {"Content-Type": "application/json", "Accept-Language": language}
        line.request("POST", f"/gradio_api/{path}", json.dumps(body), headers)
        return line

    def ask(self, path: str, body: Any, language: str = "en") -> tuple[int, Any]:
        line = self.post(path, body, language)
        answer = line.getresponse()
        try:
            return answer.status, json.loads(answer.read())
        finally:
            line.close()

    def link(self, number: int) -> dict[str, Any]:
        return {"data": [None, f"Norway {number}", "Norway", None, 1, "total", None, None]}

    def upload(self, name: str, data: bytes) -> str:
        """The path under which the server keeps a file."""
        border = "border"
        head = f'--{border}\r\nContent-Disposition: form-data; name="files"; filename="{name}"'
        body = f"{head}\r\n\r\n".encode() + data + f"\r\n--{border}--\r\n".encode()
        line = http.client.HTTPConnection(self.host, timeout=60)
        kind = {"Content-Type": f"multipart/form-data; boundary={border}"}
        line.request("POST", "/gradio_api/upload", body, kind)
        return str(json.loads(line.getresponse().read())[0])


def until(true: Callable[[], bool]) -> None:
    """Waits for what has to come."""
    end = time.monotonic() + 60
    while not true():
        assert time.monotonic() < end, "it did not come"
        time.sleep(0.02)


def abandoned(served: Served) -> dict[str, Any]:
    """Fifteen callers ask for explanations round the queue and hang up."""
    served.linker.free.set()
    lines = [served.post("run/explain", EXPLAIN) for _ in range(15)]
    until(lambda: served.long.begun == 1)
    for line in lines:
        line.close()
    until(lambda: served.long.ended == 1)
    linked = served.ask("run/link", served.link(1))[0]
    last = served.post("run/explain", EXPLAIN)
    until(lambda: served.long.begun == 2)
    last.close()
    until(lambda: served.long.ended == 2)
    return {"link": linked, "begun": served.long.begun, "steps": served.long.steps}


def unread(served: Served) -> dict[str, Any]:
    """A program asks for an explanation through the queue, and closes the stream of its answer."""
    _, event = served.ask("call/explain", EXPLAIN)
    until(lambda: served.long.begun == 1)
    reader = http.client.HTTPConnection(served.host, timeout=60)
    reader.request("GET", f"/gradio_api/call/explain/{event['event_id']}")
    reader.getresponse().close()
    reader.close()
    until(lambda: served.long.ended == 1)
    return {"steps": served.long.steps}


def busy(served: Served) -> dict[str, Any]:
    """As many links as may wait, and then some more, by every door and in both languages."""
    lines = [served.post("run/link", served.link(n)) for n in range(gate.LANES["link"].waiting + 1)]
    until(lambda: len(served.linker.asked) == 1)
    number = next(n for n, f in served.page.fns.items() if f.api_name == "link")
    queue = {"fn_index": number, "session_hash": "abc"}
    said: dict[str, Any] = {}
    for path, more in (("run/link", {}), ("call/link", {}), ("queue/join", queue)):
        for language in ("en", "zh"):
            body = served.link(99) | more
            until(lambda: served.ask(path, body, language)[0] in (429, 503))  # noqa: B023
            status, found = served.ask(path, body, language)
            said[f"{path} {language}"] = [status, found["error"]]
    served.linker.free.set()
    statuses = [line.getresponse().status for line in lines]
    return {"said": said, "statuses": statuses, "later": served.ask("run/link", served.link(7))[0]}


def table(served: Served) -> dict[str, Any]:
    """A table of five thousand rows whose answer nobody reads, and then one of a single row."""
    served.linker.free.set()
    batch = next(n for n, f in served.page.fns.items() if f.concurrency_id == "batch")

    def join(rows: int, session: str) -> None:
        text = "sentence,mention\n" + "".join(f"Norway {n},Norway\n" for n in range(rows))
        file = {"path": served.upload("t.csv", text.encode()), "meta": FILE}
        values = ["en", "model", "kb", file, None, 1, "all", "", False]
        served.ask("queue/join", {"data": values, "fn_index": batch, "session_hash": session})

    join(5_000, "nobody")
    until(lambda: len(served.linker.asked) > 1)
    patience, gate.GRACE = gate.GRACE, 0.5
    until(lambda: not any(served.page._queue.active_jobs))
    gate.GRACE = patience
    join(1, "somebody")
    line = http.client.HTTPConnection(served.host, timeout=60)
    line.request("GET", "/gradio_api/queue/data?session_hash=somebody")
    told = line.getresponse().read().decode()
    done = '"process_completed"' in told and "linked.csv" in told
    return {"done": done, "links": len(served.linker.asked)}


def lanes(served: Served) -> dict[str, Any]:
    """Where the functions of the page take their turns."""
    found = {gate.Gate().lane(f.concurrency_id) for f in served.page.fns.values()}
    return {"lanes": sorted(found)}


SCENES = {"lanes": lanes, "abandoned": abandoned, "unread": unread, "busy": busy, "table": table}


def main(name: str) -> None:
    """Runs one scene."""
    gate.LOOK, gate.GRACE = 0.05, 60.0  # a busy machine is slow
    with tempfile.TemporaryDirectory() as folder:
        os.environ["GRADIO_TEMP_DIR"] = folder
        served = Served()
        with mock.patch.object(Linkers, "explainer", lambda *_, **__: served.long):
            print(json.dumps(SCENES[name](served)), flush=True)
            served.linker.free.set()
            served.page.close(verbose=False)


if __name__ == "__main__":
    main(sys.argv[1])

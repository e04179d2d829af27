"""Thousands of malformed bodies for each endpoint: `python benchmarks/bodies.py --json`.

Every body is drawn from good values of which some are replaced by odd ones, and sent by one of the
three ways in which a program calls. Each answer must be a result, or one clear sentence; an error
without words, a path of the server, or a status of 500 is a failure, and the report quotes it.
"""

from __future__ import annotations

import base64
import http.client
import json
import random
import sys
from collections import Counter
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

WAYS = ("run", "call", "call/v2")
SENTENCE = "A good day for Norway in front of a loud crowd."
FILE = {"_type": "gradio.FileData"}
ADDRESS = "http://127.0.0.1:9/a.png"
PASSWD = {"path": "/etc/passwd"}
#: A picture of one pixel.
PIXEL = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
MENTION = {"image": None, "sentence": SENTENCE, "mention": "Norway", "span": [15, 21]}
CASE = MENTION | {"image": base64.encodebytes(PIXEL).decode(), "gold": "", "caption": "a caption"}
#: Good values of each endpoint, in its order.
GOOD: dict[str, dict[str, Any]] = {
    "link": MENTION | {"k": 3, "rank_by": "total", "model": None, "kb": None},
    "explain": MENTION
    | {"entity": "", "against": "", "target": "total", "method": "none"}
    | {"model": None, "kb": None},
    "compare": MENTION | {"k": 3, "weights": [1, 1, 1], "model": None, "kb": None},
    "export": {"cases": [CASE], "details": ["gates"], "language": "en"},
}
#: What a field may hold instead; JSON has no NaN, but Python writes and reads it.
ODD: tuple[Any, ...] = (
    None, True, False, 0, -1, 1.5, 3.0, 10**18, -(10**30), 10**400, 1e308, 5e-324,
    float("nan"), float("inf"), -float("inf"),
    "", " ", "3", "NaN", "123", "null", "x" * 3_000, "N" * 300, "\0", "\u202e", "<b>", "../..",
    "/etc/passwd", ADDRESS, "data:image/png;base64,", "data:,x", "a\nb",
    [], {}, [None], [[]], [[1, 2]], [1], [1, 2, 3], [1, 2, 3, 4], ["1", "2", "3"],
    [0.5, 6], [15.0, 21.0], [0, float("inf")], [float("nan")] * 2, [True, False], [10**400, 1],
    [-3, -1], [21, 15], "15,21", {"0": 1, "1": 2},
    [1e308] * 3, [0, 0, 0], [-1, 1, 1], [float("nan")] * 3, [10**400] * 3, [5e-324] * 3,
    PASSWD, PASSWD | {"meta": FILE}, PASSWD | {"meta": 5}, [PASSWD | {"meta": FILE}],
    {"path": 5}, {"path": ""}, {"path": "a\0b"}, {"path": "x" * 5_000}, {"path": "x", "size": "x"},
    {"path": ".", "meta": FILE}, {"path": "/", "meta": {}},
    {"url": ADDRESS}, {"url": ADDRESS, "path": None, "meta": FILE}, {"path": ADDRESS, "meta": FILE},
    {"path": "HTTPS://localhost/a.png", "meta": FILE},
    {"format": "mimic-case"}, {"format": "mimic-case", "version": 1, "cases": [], "pictures": {}},
    {"format": "mimic-case", "version": 10**400, "cases": [{}], "pictures": {"x": {"data": "%"}}},
    {"__proto__": 1}, {"a": {"b": [[[[]]]]}}, [CASE] * 13, [CASE | {"span": [0.5, 1e999]}],
    [CASE | {"image": 0}], [CASE | {"image": PASSWD | {"meta": FILE}}], [CASE | {"gold": []}],
    [CASE | {"image": "aGk="}], [CASE | {"image": "%"}], [CASE | {"sentence": False}],
    [CASE | {"x": 1}],
)  # fmt: skip
#: Bodies that are none, whatever the endpoint.
BROKEN = (
    b"", b"{", b"null", b"5", b"NaN", b'"x"', b"[]", b"{}", b"[" * 100_000, b"\xff\xfe\xfd",
    b'{"data": null}', b'{"data": {}}', b'{"data": NaN}', b'{"data": []}', b'{"data": [NaN]}',
    b'{"data": [], "fn_index": "x"}', b'{"data": [], "fn_index": 99999}',
    b'{"data": [], "fn_index": -1}', b'{"data": [], "fn_index": 1e999}',
    b'{"data": [], "session_hash": 5}', b'{"data": [], "session_hash": [NaN]}',
    b'{"k": 1' + b"0" * 5_000 + b"}", b'{"sentence": ' + b"[" * 900 + b"]" * 900 + b"}",
    b'{"sentence": "\\ud800"}', b'{"data": ["\\udfff"]}', b'{"sentence": "\xff"}',
    b'{"nobody": 1}', b'{"a": 1}{"b": 2}',
)  # fmt: skip


@dataclass(frozen=True)
class Answer:
    """What came back: the HTTP status, and the outputs or the sentence, whichever there is."""

    status: int
    outputs: Any = None
    said: Any = None

    @property
    def kind(self) -> str:
        """`answered`, `told`, or why it is a failure."""
        if self.outputs is not None:
            return "answered"
        if not isinstance(self.said, str) or not self.said.strip():
            return "no words"
        if self.status >= 500 and self.status != 503:
            return "an error of the server"
        if "\n" in self.said or len(self.said) > 1_000:
            return "more than a sentence"
        if any(part in self.said for part in ("/tmp", "Traceback", "site-packages", str(ROOT))):
            return "tells of the server"
        return "told"


def drawn(draw: random.Random, endpoint: str, way: str) -> bytes:
    """A body for an endpoint, mostly malformed."""
    if draw.random() < 0.1:
        return draw.choice(BROKEN)
    values = dict(GOOD[endpoint])
    for field in draw.sample(list(values), draw.choice((1, 1, 1, 2, 3))):
        values[field] = draw.choice(ODD)
    chance = draw.random()
    if chance < 0.1:
        del values[draw.choice(list(values))]
    elif chance < 0.15:
        values[draw.choice(("zz", "", "Sentence", "api_name"))] = draw.choice(ODD)
    body = values if way == "call/v2" else {"data": list(values.values())}
    text = json.dumps(body)
    return (text.replace("Infinity", "1e999") if draw.random() < 0.5 else text).encode()


class Caller:
    """Calls endpoints over one connection."""

    def __init__(self, url: str) -> None:
        self._host = urlsplit(url).netloc
        self._line = http.client.HTTPConnection(self._host, timeout=120)

    def call(self, way: str, endpoint: str, body: bytes) -> Answer:
        """The answer to a body that is sent in one of `WAYS`."""
        status, text = self._ask("POST", f"/gradio_api/{way}/{endpoint}", body)
        record = _parsed(text)
        if status != 200:
            fields = record if isinstance(record, dict) else {}
            return Answer(status, said=fields.get("error", fields.get("detail")))
        if way == "run":
            return Answer(200, outputs=record["data"])
        _, text = self._ask("GET", f"/gradio_api/call/{endpoint}/{record['event_id']}")
        lines = [line for line in text.splitlines() if line]
        event, data = lines[-2].partition(": ")[2], json.loads(lines[-1].partition(": ")[2])
        if event == "complete":
            return Answer(200, outputs=data)
        return Answer(200, said=data.get("error") if isinstance(data, dict) else data)

    def close(self) -> None:
        """Ends the connection."""
        self._line.close()

    def _ask(self, method: str, path: str, body: bytes | None = None) -> tuple[int, str]:
        """Status and text of an answer; the server ends a connection that was idle for long."""
        error: Exception | None = None
        for _ in range(2):
            try:
                self._line.request(method, path, body, {"Content-Type": "application/json"})
                answer = self._line.getresponse()
                return answer.status, answer.read().decode()
            except (http.client.HTTPException, OSError) as failed:
                self._line.close()
                error = failed
        return 0, json.dumps({"error": f"no answer\n{error}"})


def _parsed(text: str) -> Any:
    try:
        return json.loads(text)
    except ValueError:
        return None


def attack(
    url: str,
    bodies: int,
    seed: int = 0,
    ways: Sequence[str] = WAYS,
) -> dict[str, Any]:
    """Sends so many bodies to each endpoint of a page: the counts of each, and all failures."""
    with closing(Caller(url)) as caller:
        return _attacked(caller, bodies, seed, ways)


def _attacked(caller: Caller, bodies: int, seed: int, ways: Sequence[str]) -> dict[str, Any]:
    report: dict[str, Any] = {"bodies": bodies, "seed": seed, "failures": []}
    for endpoint in GOOD:
        draw, counts = random.Random(f"{seed} {endpoint}"), Counter[str]()
        for _ in range(bodies):
            way = draw.choice(ways)
            body = drawn(draw, endpoint, way)
            answer = caller.call(way, endpoint, body)
            counts[answer.kind] += 1
            if answer.kind not in ("answered", "told"):
                start = body[:300].decode(errors="replace")
                failure = {"way": way, "endpoint": endpoint, "body": start, "kind": answer.kind}
                report["failures"].append(failure | {"status": answer.status, "said": answer.said})
        report[endpoint] = dict(counts)
    return report


if __name__ == "__main__":
    from benchmarks.server import machine, serving
    from mimic.io.terminal import Parser

    parser = Parser(description=__doc__.splitlines()[0])
    parser.add_argument("--bodies", type=int, default=3_000, help="for each endpoint")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--url", help="a page that runs already")
    parser.add_argument("--json", action="store_true", help="one line instead of an indented page")
    options = parser.parse_args()
    if options.url:
        found = attack(options.url, options.bodies, options.seed)
    else:
        with serving() as server:
            found = attack(server.url, options.bodies, options.seed)
    print(json.dumps(found | machine(), indent=None if options.json else 1))
    sys.exit(bool(found["failures"]))

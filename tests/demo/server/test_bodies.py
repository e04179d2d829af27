"""What programs send: every malformed body gets one sentence, and nothing is fetched for it."""

from __future__ import annotations

import base64
import io
import json
import math
from collections.abc import Iterator
from contextlib import closing
from typing import Any

import pytest
from PIL import Image

from benchmarks.bodies import BROKEN, GOOD, WAYS, Answer, Caller, attack
from benchmarks.client import Client, RefusedError
from demo.messages import translated

SENTENCE = "A good day for Norway in front of a loud crowd."
ADDRESS = {"path": "http://127.0.0.1:9/a.png", "meta": {"_type": "gradio.FileData"}}


@pytest.fixture(scope="module")
def caller(url: str) -> Iterator[Caller]:
    with closing(Caller(url)) as opened:
        yield opened


#: What is said of a file that was not uploaded, and of what is no file at all.
REFUSED = ("only files that were uploaded", "fetches no addresses", "takes no files")


def sent(caller: Caller, way: str, endpoint: str, **changes: Any) -> Answer:
    """The answer to the good values of an endpoint with some changed; `...` leaves one out."""
    values = {k: v for k, v in (GOOD[endpoint] | changes).items() if v is not ...}
    body = values if way == "call/v2" else {"data": list(values.values())}
    return caller.call(way, endpoint, json.dumps(body).replace("Infinity", "1e999").encode())


def test_hundreds_of_drawn_bodies_are_answered_or_told_in_a_sentence(url: str) -> None:
    report = attack(url, 75, seed=7)
    assert report["failures"] == []
    assert all(sum(report[endpoint].values()) == 75 for endpoint in GOOD)


@pytest.mark.parametrize("way", WAYS)
def test_what_is_no_body_of_an_endpoint_is_told(caller: Caller, way: str) -> None:
    for endpoint in GOOD:
        for body in BROKEN:
            answer = caller.call(way, endpoint, body)
            assert answer.kind == "told" or (way, body) == ("call/v2", b"{}"), (endpoint, body)


FIELDS = [
    ("k", "3", "k must be a whole number, not text"),
    ("k", math.nan, "k must be a whole number, not nan"),
    ("k", math.inf, "k must be a whole number, not inf"),
    ("k", True, "k must be a whole number, not true or false"),
    ("k", 2.5, "k must be a whole number, not 2.5"),
    ("k", 101, "k is 101; it must be from 1 to 100"),
    ("k", 10**30, "k is 100000000000\N{HORIZONTAL ELLIPSIS}; it must be from 1 to 100"),
    ("k", 1e308, "k is 100000000000\N{HORIZONTAL ELLIPSIS}; it must be from 1 to 100"),
    ("span", [0, math.inf], "The span must be two numbers: start and end; an offset must be"),
    ("span", [15.5, 21], "The span must be two numbers: start and end; an offset must be"),
    ("span", ["15", "21"], "The span must be two numbers: start and end; an offset must be"),
    ("span", [True, False], "The span must be two numbers: start and end; an offset must be"),
    ("span", "15", "The span must be two numbers: start and end"),
    ("span", [[15, 21]], "The span must be two numbers: start and end"),
    ("span", [10**400, 1], "The span 1000"),
    ("sentence", ["a"], "sentence must be text, not a list"),
    ("sentence", 5, "sentence must be text, not a number"),
    ("mention", {"path": "/etc/passwd"}, "mention must be text, not an object"),
    ("sentence", ADDRESS | {"path": "/etc/passwd"}, "sentence must be text, not an object"),
    ("model", False, "model must be text, not true or false"),
    ("image", 0, "image must be a file that was uploaded here"),
    ("image", "a.png", "image must be a file that was uploaded here"),
    ("image", [], "image must be a file that was uploaded here"),
    ("image", {"url": "http://127.0.0.1:9/a.png"}, "image must be a file that was uploaded here"),
    ("image", {"path": 5}, "image must be a file that was uploaded here"),
    ("image", {"path": "/a.png", "meta": 5}, "image must be a file that was uploaded here"),
]


@pytest.mark.parametrize(("field", "value", "said"), FIELDS)
def test_a_field_of_the_wrong_kind_is_told_by_its_name(
    caller: Caller, field: str, value: Any, said: str
) -> None:
    endpoint = "compare" if field == "k" else "link"
    for way in WAYS:
        answer = sent(caller, way, endpoint, **{field: value})
        assert answer.kind == "told" and answer.said.startswith(said)


@pytest.mark.parametrize("field", ["sentence", "mention", "k", "image", "span"])
def test_a_call_without_a_field_has_a_default_or_a_sentence(caller: Caller, field: str) -> None:
    needed = {"sentence": "The sentence is empty", "mention": "The mention is empty"}
    answer = sent(caller, "call/v2", "link", **{field: ...})
    if field in needed:
        assert answer.kind == "told" and answer.said.startswith(needed[field])
    else:
        assert answer.kind == "answered"
        assert len(answer.outputs[0]["candidates"]) == (10 if field == "k" else 3)
    assert (
        "too few values: 7, and /link" in sent(caller, "run", "link", **{field: ...}).said.lower()
    )


@pytest.mark.parametrize(
    ("weights", "found"),
    [
        (None, [1 / 3] * 3),
        ([1e308] * 3, [1 / 3] * 3),
        ([5e-324, 0, 5e-324], [0.5, 0, 0.5]),
        ([2, 1, 1], [0.5, 0.25, 0.25]),
        ("123", None),
        (["1", "2", "3"], None),
        ([True, True, True], None),
        ([], None),
        (0, None),
        ({"tglu": 1}, None),
        ([1, 1], None),
        ([10**400, 1, 1], None),
        ([math.nan] * 3, None),
        ([math.inf, 1, 1], None),
        ([-1, 1, 1], None),
        ([0, 0, 0], None),
    ],
)
def test_weights_are_three_numbers_and_keep_their_shares(
    caller: Caller, weights: Any, found: list[float] | None
) -> None:
    answer = sent(caller, "run", "compare", weights=weights)
    if found is None:
        assert answer.kind == "told" and "weights" in answer.said
    else:
        assert list(answer.outputs[0]["weights"].values()) == pytest.approx(found)


@pytest.mark.parametrize("path", ["run/nope", "call/nope", "call/v2/nope", "api/draw", "run/keep"])
def test_an_unknown_endpoint_is_not_found(url: str, path: str) -> None:
    client = Client(url)
    body: dict[str, object] = {} if "v2" in path else {"data": []}
    with pytest.raises(RefusedError) as refused:
        client.post(f"gradio_api/{path}", body)
    assert str(refused.value).startswith("404") and "there are /link, " in str(refused.value)


def test_an_unknown_number_of_an_answer_is_not_found(url: str) -> None:
    for address in ("call/link/abc", "call/v2/link/abc"):
        with pytest.raises(RefusedError, match="404: .*no call of that number"):
            Client(url).get(f"gradio_api/{address}")


def test_a_body_that_is_not_said_to_be_json_is_refused(url: str) -> None:
    body = json.dumps({"data": []}).encode()
    for kind in ("text/plain", "application/x-www-form-urlencoded", "application/octet-stream"):
        with pytest.raises(RefusedError, match="415: .*Content-Type"):
            Client(url).send("gradio_api/call/link", body, kind)


def test_base64_in_lines_is_read_in_requests_and_in_case_files(url: str) -> None:
    client, buffer = Client(url), io.BytesIO()
    Image.effect_noise((64, 64), 90).save(buffer, "PNG")
    plain = base64.b64encode(buffer.getvalue()).decode()
    lines = base64.encodebytes(buffer.getvalue()).decode()
    assert lines.count("\n") > 20
    request = {"sentence": SENTENCE, "mention": "Norway"}

    def drawing(cases: Any) -> bytes:
        files = client.call("export", cases=cases)
        return client.get(next(f["url"] for f in files if f["orig_name"] == "case.json"))

    record = drawing([request | {"image": plain}])
    for text in (lines, "data:image/png;base64," + lines, lines.replace("\n", "\r\n")):
        assert drawing([request | {"image": text}]) == record
    broken = json.loads(record)
    for picture in broken["pictures"].values():
        picture["data"] = base64.encodebytes(base64.b64decode(picture["data"])).decode()
    assert drawing(broken) == record


# --- addresses -------------------------------------------------------------------------------


def test_no_function_of_the_page_fetches_an_address(url: str, caller: Caller) -> None:
    """Every input of every function, by its number, is given a file that lies elsewhere."""
    config = json.loads(Client(url).get("config"))
    asked = 0
    for function in config["dependencies"]:
        for place in range(len(function["inputs"])):
            for value in (ADDRESS, [{"a": ADDRESS | {"path": "HTTPS://192.0.2.1/a.png"}}]):
                values: list[Any] = [None] * len(function["inputs"])
                values[place] = value
                body = json.dumps({"data": values, "fn_index": function["id"]}).encode()
                answer = caller.call("run", "predict", body)
                assert answer.kind == "told" and any(words in answer.said for words in REFUSED)
                asked += 1
    assert asked > 200


@pytest.mark.parametrize("endpoint", GOOD)
@pytest.mark.parametrize("way", WAYS)
def test_no_endpoint_fetches_an_address(caller: Caller, endpoint: str, way: str) -> None:
    for field in GOOD[endpoint]:
        answer = sent(caller, way, endpoint, **{field: ADDRESS})
        assert answer.kind == "told" and any(words in answer.said for words in REFUSED)


@pytest.mark.parametrize("where", ["file=", "file/", "file=%20", "proxy="])
@pytest.mark.parametrize(
    "address", ["http://192.0.2.1/a.png", "HTTPS://192.0.2.1/", "https:%2f%2fx"]
)
def test_the_server_hands_on_no_foreign_file(url: str, where: str, address: str) -> None:
    with pytest.raises(RefusedError, match="^40[034]"):
        Client(url).get(f"gradio_api/{where}{address}")


@pytest.mark.parametrize(
    "message",
    [
        "the server is busy and its queue is full: try again in a moment",
        "nobody waits for this answer any more",
        "k must be a whole number, not text",
        "sentence must be text, not a list",
        "cases takes no files: give a picture in base64",
        "image must be a file that was uploaded here, or null; the server fetches no addresses",
        "too few values: 7, and /link takes 8: image, sentence",
        "there is no endpoint /nope; there are /link, /compare",
        "unknown field 'x'; /link takes image, sentence",
        "the body is not JSON: it is nested too deep",
        "the span must be two numbers: start and end; an offset must be a whole number, not text",
        "t.csv: more than 20,000 rows; at most 20,000 at once",
        "t.csv: 1,002 columns; at most 1,000 are read",
        "t.json: more than 2,000,000 values, which no table of 20,000 rows holds",
        "t.parquet: unpacks to more than 200 MB",
        "what was sent does not fit the page: open it again",
    ],
)
def test_every_message_is_told_in_chinese_too(message: str) -> None:
    said = translated(message, "zh")
    assert said != translated(message, "en")
    assert sum("\u4e00" <= letter <= "\u9fff" for letter in said) > 3

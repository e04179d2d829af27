"""A chat endpoint as a reranker: what it is asked, what is believed of it, what it costs."""

from __future__ import annotations

import json
import math
from pathlib import Path
from typing import Any

import pytest
import torch
from support import chat_server as chat
from support import tiny

from mimic.errors import InputError
from mimic.rerank import endpoint
from mimic.rerank.endpoint import EndpointReranker
from mimic.rerank.reranker import RerankError, Shortlist
from mimic.schema import Entity, Mention

IDS = ("a-state", "a-football", "a-curling")


@pytest.fixture(autouse=True)
def _no_pause(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(endpoint, "PAUSE", 0.001)
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)


def shortlist(image: Path | None = None) -> Shortlist:
    mention = Mention("Norway", "a goal of Norway", image)
    entities = tuple(Entity(key, f"Norway {key}", "Country: Norway." * 60) for key in IDS)
    units = torch.tensor([[3.0, 3, 3], [2, 2, 2], [1, 1, 1]])
    return Shortlist(mention, entities, units, torch.zeros(3, 4), 1.0)


def test_it_is_asked_in_the_stated_form(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    picture = tmp_path / "a.png"
    tiny.picture("Norway", "football").save(picture)
    monkeypatch.setenv(endpoint.KEY, "secret")
    with chat.chat_server(chat.likes("football")) as server:
        reranker = EndpointReranker(server.url, "small")
        scores = reranker.scores(shortlist(picture))
    assert scores.tolist() == pytest.approx([math.log(0.05), 0.0, math.log(0.05)])
    (body,) = server.bodies
    assert (body["path"], body["model"]) == ("/v1/chat/completions", "small")
    assert (server.keys, body["temperature"]) == (["Bearer secret"], 0)
    told = chat.asked(body)
    assert (told["mention"], told["sentence"]) == ("Norway", "a goal of Norway")
    assert [one["id"] for one in told["candidates"]] == list(IDS)
    assert len(told["candidates"][0]["facts"]) == endpoint.FACTS
    url = body["messages"][1]["content"][1]["image_url"]["url"]
    assert url.startswith("data:image/jpeg;base64,/9j/")
    costs = reranker.costs()
    assert (costs["calls"], costs["failures"]) == (1, 0)
    assert (costs["prompt_tokens"], costs["completion_tokens"]) == (100, 20)


def test_without_a_key_none_is_sent(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(endpoint.KEY, raising=False)
    monkeypatch.setenv("OPENAI_API_KEY", "of another program")
    with chat.chat_server(chat.likes("x")) as server:
        EndpointReranker(server.url, "small").scores(shortlist())
    assert server.keys == [None]


def test_a_server_that_takes_no_picture_is_not_shown_another(tmp_path: Path) -> None:
    picture = tmp_path / "a.png"
    tiny.picture("Norway", "football").save(picture)

    def blind(body: dict[str, Any]) -> chat.Reply:
        seen = not isinstance(body["messages"][1]["content"], str)
        return chat.status(400)(body) if seen else chat.likes("football")(body)

    with chat.chat_server(blind) as server:
        reranker = EndpointReranker(server.url, "small")
        for _ in range(2):
            assert reranker.scores(shortlist(picture))[1] == 0
    assert len(server.bodies) == 4  # two with the picture are refused, and then none is sent
    assert "response_format" in server.bodies[-1]


def test_a_server_that_cannot_be_asked_for_json_is_not_asked_again() -> None:
    def plain(body: dict[str, Any]) -> chat.Reply:
        strict = "response_format" in body
        return chat.status(422)(body) if strict else chat.likes("football")(body)

    with chat.chat_server(plain) as server:
        reranker = EndpointReranker(server.url, "small")
        for _ in range(2):
            assert reranker.scores(shortlist())[1] == 0
    assert ["response_format" in body for body in server.bodies] == [True, False, False]


@pytest.mark.parametrize("code", [429, 503])
def test_a_busy_server_is_asked_again(code: int) -> None:
    busy = chat.status(code, Retry_After="0")
    with chat.chat_server(busy, chat.likes("football")) as server:
        reranker = EndpointReranker(server.url, "small")
        assert reranker.scores(shortlist())[1] == 0
    costs = reranker.costs()
    assert (costs["calls"], costs["retries"], costs["failures"]) == (2, 1, 0)


RANGE = "which is no number from 0 to 100"


@pytest.mark.parametrize(
    ("behaviour", "message", "calls"),
    [
        (chat.text("I think it is the football team."), "answers prose, not JSON", 1),
        (chat.text(""), "answers nothing, not JSON", 1),
        (chat.text("<html>"), "answers HTML, not JSON", 1),
        (chat.text('```json\n{"scores": {}}\n```'), "answers prose, not JSON", 1),
        (chat.text("[1, 2]"), 'answers JSON without an object "scores"', 1),
        (chat.text('{"scores": {"Q42": 1}}'), "'Q42', no candidate of the 3 asked about", 1),
        (chat.text('{"scores": {"a-state": 1}}'), "says nothing of 2 of 3 candidates", 1),
        (chat.text(json.dumps({"scores": dict.fromkeys(IDS, 101)})), RANGE, 1),
        (chat.text(json.dumps({"scores": dict.fromkeys(IDS, True)})), RANGE, 1),
        (chat.text(json.dumps({"scores": dict.fromkeys(IDS, "9")})), RANGE, 1),
        (chat.text(json.dumps({"scores": dict.fromkeys(IDS, math.nan)})), RANGE, 1),
        (chat.html, "answers HTML, not as a chat endpoint does", 1),
        (chat.status(429), "is busy (HTTP 429), tried 3 times", 3),
        (chat.status(429, Retry_After="3600"), "is busy (HTTP 429), tried 1 times", 1),
        (chat.status(500), "fails (HTTP 500), tried 3 times", 3),
        (chat.status(401), "refuses the key (HTTP 401): put it into MIMIC_RERANK_KEY", 1),
        (chat.status(404), "knows no such address or model (HTTP 404)", 1),
        (chat.status(400), "refuses the request (HTTP 400)", 2),
        (chat.status(302, Location="http://127.0.0.1:9/"), "sends elsewhere (HTTP 302)", 1),
        (lambda body: (200, {}, b" " * (endpoint.MOST_BYTES + 1)), "more than 1 MiB", 1),
    ],
)
def test_what_cannot_be_believed_is_a_failure(
    behaviour: chat.Behaviour, message: str, calls: int
) -> None:
    with chat.chat_server(behaviour) as server:
        reranker = EndpointReranker(server.url, "small")
        with pytest.raises(RerankError) as error:
            reranker.scores(shortlist())
    assert message in str(error.value) and "\n" not in str(error.value)
    costs = reranker.costs()
    assert (costs["calls"], costs["failures"]) == (calls, 1)


def test_it_does_not_wait_for_ever() -> None:
    with chat.chat_server(chat.late(1.0)) as server:
        reranker = EndpointReranker(server.url, "small", seconds=0.1)
        with pytest.raises(RerankError, match=r"no answer within 0\.1 s"):
            reranker.scores(shortlist())


def test_nobody_listens_there() -> None:
    with chat.chat_server(chat.html) as server:
        url = server.url
    with pytest.raises(RerankError, match=r"cannot be reached \(.*\), tried 3 times"):
        EndpointReranker(url, "small").scores(shortlist())


def test_one_that_fails_and_fails_is_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    with chat.chat_server(chat.html) as server:
        reranker = EndpointReranker(server.url, "small")
        for _ in range(endpoint.PATIENCE + 3):
            with pytest.raises(RerankError):
                reranker.scores(shortlist())
        assert len(server.bodies) == endpoint.PATIENCE
        with pytest.raises(RerankError, match="left alone for a minute"):
            reranker.scores(shortlist())
        reranker._rests_until = 0.0
        with pytest.raises(RerankError, match="HTML"):
            reranker.scores(shortlist())


@pytest.mark.parametrize("url", ["ftp://host/v1", "http://", "file:///etc/passwd", "host:80"])
def test_an_address_is_one(url: str) -> None:
    with pytest.raises(InputError, match="no address as http://HOST:PORT/v1"):
        EndpointReranker(url, "small")

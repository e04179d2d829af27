"""A second look changes the order of the first candidates alone, says what moved, and never costs
an answer."""

from __future__ import annotations

import copy
import csv
import io
import json
import math
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import torch
from support import Run
from support import chat_server as chat
from support.commands import one_line
from support.rerankers import Fails, Likes

from mimic.data.layout import Split, read_kb, read_split
from mimic.errors import InputError
from mimic.linking.link_table import LinkedRow, as_csv
from mimic.linking.linker import EntityLinker
from mimic.linking.splits.evaluate import evaluate
from mimic.rerank.reranker import Mix, Reranker, Shortlist, fit_mix
from mimic.rerank.second_look import look_again
from mimic.schema import Entity, Mention, result_record

MENTION = Mention("Norway", "a goal of Norway in the game")


def seen_again(linker: EntityLinker, reranker: Reranker) -> EntityLinker:
    """The linker with a reranker; the one of all tests stays without."""
    own = copy.copy(linker)
    own.reranker = reranker
    return own


@pytest.fixture
def split(data: Path) -> Split:
    return read_split(data, "test", read_kb(data))


def test_both_scores_are_mixed_by_their_weights() -> None:
    entities = tuple(Entity(key, key, "") for key in ("a", "b", "curling"))
    units = torch.tensor([[6.0, 6, 6], [4, 4, 4], [2, 2, 2]])
    shortlist = Shortlist(MENTION, entities, units, torch.zeros(3, 4), temperature=2.0)
    # 0.5 * (3, 2, 1) + 2 * (0, 0, 1) = 1.5, 1.0, 2.5
    order = look_again(Likes("curling", mix=Mix(0.5, 2.0)), shortlist, "m")
    assert order.places == (2, 0, 1) and order.mixed is not None
    assert order.mixed.tolist() == [1.5, 1.0, 2.5]
    # the reranker alone: equal scores stay in the model's order
    assert look_again(Likes("curling"), shortlist, "m").places == (2, 0, 1)


def test_the_first_candidates_move_and_the_rest_stays(linker: EntityLinker) -> None:
    before = linker.link(MENTION, k=9).candidates
    last = before[3].entity.id
    own = seen_again(linker, Likes(last))
    result = own.link(MENTION, k=9)
    expected = [3, 0, 1, 2, 4, 5, 6, 7, 8]
    assert [c.entity for c in result.candidates] == [before[i].entity for i in expected]
    assert [c.rank for c in result.candidates] == list(range(1, 10))
    assert result.candidates[0].score == before[3].score  # the model's own stay beside it
    assert result.candidates[0].probability == before[3].probability
    record = result_record(result)
    look = record["second_look"]
    assert (look["reranker"], look["looked"], look["overruled"]) == ("likes", 4, True)
    assert (look["right_when_overruling"], look["trouble"]) == (80.0, None)
    assert look["moved"][0] == {"id": last, "from": 4, "to": 1}
    assert [one["to"] for one in look["moved"]] == [1, 2, 3, 4]
    first = record["candidates"][0]
    assert (first["rank"], first["first_rank"], first["second_score"]) == (1, 4, 1.0)
    assert first["mixed_score"] == 1.0 and first["score"] == before[3].score
    assert "first_rank" not in record["candidates"][4]
    assert "second_look" not in result_record(linker.link(MENTION, k=9))


def test_a_short_list_is_cut_after_the_second_look(linker: EntityLinker) -> None:
    before = linker.link(MENTION, k=4).candidates
    result = seen_again(linker, Likes(before[3].entity.id)).link(MENTION, k=1)
    assert [c.entity for c in result.candidates] == [before[3].entity]


@pytest.mark.parametrize(
    ("reranker", "rank_by", "message"),
    [
        (Fails("x"), "total", "answers prose, not JSON"),
        (Likes("x", model="another"), "total", "was trained for another model"),
        (Likes("x", looked=1), "total", "there is one candidate"),
        (Likes("x"), "tglu", "ranked by one unit"),
    ],
)
def test_where_it_fails_the_first_ranking_stands(
    linker: EntityLinker, reranker: Likes, rank_by: str, message: str
) -> None:
    before = linker.link(MENTION, 9, rank_by)
    result = seen_again(linker, reranker).link(MENTION, 9, rank_by)
    assert result.candidates == before.candidates
    (said,) = result.notices[len(before.notices) :]
    assert said.startswith("no second look by likes: ") and message in said
    assert said.endswith("the first ranking stands")
    assert message in result_record(result)["second_look"]["trouble"]


def test_scores_that_are_no_numbers_are_a_failure(linker: EntityLinker) -> None:
    class Wild(Likes):
        def scores(self, shortlist: Shortlist) -> torch.Tensor:
            return torch.full((len(shortlist),), math.nan)

    result = seen_again(linker, Wild("x")).link(MENTION)
    assert result.candidates == linker.link(MENTION).candidates
    assert "no numbers" in result.notices[-1]


def test_a_restricted_list_is_looked_at_too(linker: EntityLinker) -> None:
    result = seen_again(linker, Likes("state")).link(MENTION, candidates="names")
    assert result.candidates[0].entity.id == "atlas:norway-state"
    assert result.second_look is not None and result.second_look.looked == 3


def test_evaluate_says_what_was_mended_and_broken(linker: EntityLinker, split: Split) -> None:
    before = evaluate(linker, split)
    reranker = Likes("", looked=9)
    mine: list[dict[str, Any]] = []
    same = evaluate(seen_again(linker, reranker), split, predictions=mine, shown=9)
    assert len(reranker.seen) == 9 and {len(one) for one in reranker.seen} == {9}
    look = same.pop("second_look")
    assert same == before  # all points are equal: nothing moves
    assert (look["overruled"], look["mended"], look["broken"], look["failed"]) == (0, 0, 0, 0)
    assert look["right_when_overruling"] is None
    assert look["first"]["mrr"] == before["mrr"]
    assert [row["rank"] for row in mine] == [row["first_rank"] for row in mine]

    right = dict(zip((m.sentence for m in split.mentions), split.answers, strict=True))

    class Knows(Likes):
        def scores(self, shortlist: Shortlist) -> torch.Tensor:
            answer = right[shortlist.mention.sentence]
            return torch.tensor([float(e.id == answer) for e in shortlist.entities])

    rows: list[dict[str, Any]] = []
    after = evaluate(seen_again(linker, Knows("", looked=9)), split, predictions=rows, shown=3)
    look = after["second_look"]
    wrong = sum(row["first_rank"] != 1 for row in rows)
    assert wrong and after["hits@1"] == 100
    assert (look["overruled"], look["mended"], look["broken"]) == (wrong, wrong, 0)
    assert look["right_when_overruling"] == 100
    assert look["first"]["hits@1"] == before["hits@1"]
    assert [row["predicted"][0] for row in rows] == list(split.answers)
    assert all(len(row["predicted"]) == 3 and row["rank"] == 1 for row in rows)


def test_what_is_not_looked_at_keeps_its_rank(linker: EntityLinker, split: Split) -> None:
    rows: list[dict[str, Any]] = []
    own = seen_again(linker, Likes("no such", looked=2))
    evaluate(own, split, without="image", predictions=rows)
    assert any(row["first_rank"] > 2 for row in rows)
    assert all(row["rank"] == row["first_rank"] for row in rows)


def test_evaluate_among_the_bearers_of_the_name(linker: EntityLinker, split: Split) -> None:
    report = evaluate(seen_again(linker, Fails("x")), split, candidates="names")
    assert report["second_look"]["failed"] == 9
    assert report["second_look"]["troubles"] == {"answers prose, not JSON": 9}
    assert report["hits@1"] == evaluate(linker, split, candidates="names")["hits@1"]


def test_a_second_look_goes_with_the_total(linker: EntityLinker, split: Split) -> None:
    with pytest.raises(InputError, match="a second look goes with the total alone"):
        evaluate(seen_again(linker, Likes("x")), split, "vdlu")


def test_the_mix_trusts_whoever_is_right() -> None:
    generator = torch.Generator().manual_seed(0)
    lists = []
    for _ in range(200):
        gold = int(torch.randint(5, (), generator=generator))
        useful = torch.randn(5, generator=generator)
        useful[gold] += 2
        lists.append((torch.randn(5, generator=generator), useful, gold))
    mix = fit_mix(lists)
    assert mix.second > 1 and mix.first < 0.1 * mix.second
    turned = fit_mix([(b, a, gold) for a, b, gold in lists])
    assert (turned.first, turned.second) == pytest.approx((mix.second, mix.first), abs=1e-3)
    with pytest.raises(InputError, match="there is none"):
        fit_mix([(torch.zeros(2), torch.zeros(2), -1)])


def test_a_table_has_both_ranks(linker: EntityLinker) -> None:
    found = seen_again(linker, Likes("curling")).link(MENTION, 2)
    row = LinkedRow(1, "", "Norway", MENTION.sentence, found)
    broken = LinkedRow(2, "", "", "", None, "no mention")
    first, second, last = csv.DictReader(io.StringIO(as_csv([row, broken])))
    before = linker.link(MENTION).candidates
    for line, candidate in zip((first, second), found.candidates, strict=True):
        rank = [c.entity for c in before].index(candidate.entity) + 1
        assert (int(line["rank"]), int(line["first_rank"])) == (candidate.rank, rank)
        assert float(line["second_score"]) == float(line["mixed_score"])
        assert line["second_look"] == "done"
    assert (last["problem"], last["first_rank"], last["second_look"]) == ("no mention", "", "")
    assert "first_rank" not in as_csv([LinkedRow(1, "", "", "", linker.link(MENTION))])


# --- the commands ----------------------------------------------------------------------------


@pytest.fixture
def where(model_folder: Path, data: Path, tmp_path: Path) -> list[object]:
    return ["--model", model_folder, "--kb", data, "--cache", tmp_path / "c", "--device", "cpu"]


@pytest.fixture
def server() -> Iterator[chat.Chat]:
    with chat.chat_server(chat.likes("football")) as running:
        yield running


def test_link_by_an_endpoint(call: Run, where: list[object], server: chat.Chat) -> None:
    said = ["link", "--sentence", MENTION.sentence, "--mention", "Norway", *where]
    asked = [*said, "--rerank-url", server.url, "--rerank-model", "small"]
    code, out, _ = call(*asked, "--json")
    look = json.loads(out)["second_look"]
    assert code == 0 and look["trouble"] is None and "football" in look["candidates"][0]["id"]
    assert len(server.bodies) == 1
    assert "second look by small at 127.0.0.1 at 9" in call(*asked)[1]
    code, out, _ = call(*said, "--rerank", server.url, "--rerank-model", "small", "--json")
    assert "football" in json.loads(out)["candidates"][0]["id"]
    assert "second_look" not in json.loads(call(*said, "--json")[1])
    assert len(server.bodies) == 3


def test_link_many_and_link_text_by_an_endpoint(
    call: Run, where: list[object], server: chat.Chat, tmp_path: Path
) -> None:
    table, text, out = (tmp_path / name for name in ("t.csv", "t.txt", "out.jsonl"))
    table.write_text("sentence,mention\nChad won,Chad\nMali won,Mali\n")
    text.write_text("Chad won the game.")
    named = ["--rerank", server.url, "--rerank-model", "small", *where]
    code, said, _ = call("link-many", table, "--out", out, *named)
    summary = json.loads(said)["second_look"]
    assert code == 0 and (summary["rows"], summary["failed"]) == (2, 0)
    assert summary["costs"]["prompt_tokens"] == 200
    rows = [json.loads(line) for line in out.read_text().splitlines()]
    assert all("football" in row["candidates"][0]["id"] for row in rows)
    code, said, _ = call("link-text", text, *named)
    assert code == 0 and "second_look" in said


def test_evaluate_by_an_endpoint(
    call: Run, where: list[object], server: chat.Chat, data: Path
) -> None:
    named = ["--rerank", server.url, "--rerank-model", "small", "--data", data, *where]
    code, out, _ = call("evaluate", *named, "--json")
    report = json.loads(out)
    assert code == 0 and report["second_look"]["costs"]["calls"] == 9
    assert report["second_look"]["first"]["mentions"] == 9
    out = call("evaluate", *named)[1]
    assert "before the second look: H@1" in out and "costs: calls 9" in out


@pytest.mark.parametrize(
    ("flags", "message"),
    [
        (["--rerank", "no-such"], "no reranker there (reranker.json is missing)"),
        (["--rerank", "http://127.0.0.1:9/v1"], "--rerank-model NAME is needed"),
        (["--rerank-model", "small"], "add --rerank-url URL"),
        (["--rerank-url", "host", "--rerank-model", "m"], "no address as http://HOST:PORT/v1"),
        (["--rerank", "d", "--rerank-url", "http://h/v1"], "give one of them"),
    ],
)
def test_flags_that_cannot_be_meant(
    call: Run, where: list[object], flags: list[str], message: str
) -> None:
    said = ["link", "--sentence", MENTION.sentence, "--mention", "Norway", *where]
    assert message in one_line(call(*said, *flags))

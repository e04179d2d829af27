"""Ranks among candidates, next to those that are worked out from all scores."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from support import Run

from mimic.data.layout import Split, read_kb, read_split
from mimic.errors import InputError
from mimic.linking.linker import EntityLinker
from mimic.linking.splits.candidate_sets import candidate_sets, protocol
from mimic.linking.splits.evaluate import evaluate
from mimic.metrics import summary


@pytest.fixture
def split(data: Path) -> Split:
    return read_split(data, "test", read_kb(data))


def naive(linker: EntityLinker, split: Split, sets: list[list[int]]) -> list[float]:
    side, _ = linker.mention_side(split.mentions)
    scores = linker.index.query(side).scores()["score"].numpy()
    return [
        1.0 + sum(row[other] > row[gold] for other in own) if gold in own else np.inf
        for row, gold, own in zip(scores, split.gold, sets, strict=True)
    ]


def write(file: Path, split: Split, sets: list[list[str]]) -> Path:
    each = zip(split.mentions, sets, strict=True)
    lines = (json.dumps({"id": m.id, "candidates": ids}) for m, ids in each)
    file.write_text("\n".join(lines))
    return file


def test_given_candidates_rank_as_all_scores_say(
    split: Split, linker: EntityLinker, tmp_path: Path
) -> None:
    """Everybody's candidates lack some entities, two lack the answer, one has none at all."""
    ids = linker.index.entities.column("id")
    rows = [[r for r in range(9) if (r + n) % 3 or r == g] for n, g in enumerate(split.gold)]
    rows[0].remove(split.gold[0])
    rows[1].remove(split.gold[1])
    rows[2] = []
    file = write(tmp_path / "c.jsonl", split, [[ids[r] for r in own] for own in rows])
    lines: list[dict[str, Any]] = []
    report = evaluate(linker, split, batch=4, predictions=lines, candidates=str(file))
    ranks = naive(linker, split, rows)
    assert {name: report[name] for name in summary(ranks)} == summary(ranks)
    assert [line["rank"] for line in lines] == [None if r == np.inf else r for r in ranks]
    assert all(
        set(line["predicted"]) <= {ids[r] for r in own}
        for line, own in zip(lines, rows, strict=True)
    )
    assert report["protocol"] == {
        "candidates": "given",
        "entities": 9,
        "filter": "unfiltered",
        "recall": pytest.approx(100 * 6 / 9),
        "line": "given candidates of 9 entities, recall 66.7 %, unfiltered",
    }
    assert report["mr"] == pytest.approx(np.mean(ranks[3:]))


def test_bearers_of_the_name(split: Split, linker: EntityLinker) -> None:
    """Three of nine entities bear each name."""
    sets = candidate_sets("names", split, linker.index.entities)
    assert sets is not None and sets.recall(split.gold) == 100.0
    names = linker.index.entities.column("name")
    own = [[r for r in range(9) if names[r] == m.surface] for m in split.mentions]
    assert [rows.tolist() for rows in sets.rows] == own
    report = evaluate(linker, split, candidates="names")
    ranks = naive(linker, split, own)
    assert report["hits@1"] == summary(ranks)["hits@1"] and report["hits@3"] == 100.0
    assert report["protocol"]["candidates"] == "names"


def test_hard_ones_are_drawn_the_same_for_a_seed(split: Split, linker: EntityLinker) -> None:
    entities = linker.index.entities
    one, same, other = (candidate_sets("5", split, entities, seed) for seed in (1, 1, 2))
    assert one is not None and same is not None and other is not None
    drawn = [rows.tolist() for rows in one.rows]
    assert drawn == [rows.tolist() for rows in same.rows] != [rows.tolist() for rows in other.rows]
    names = entities.column("name")
    for rows, gold, mention in zip(drawn, split.gold, split.mentions, strict=True):
        assert gold in rows and len(rows) == 5
        assert sum(names[row] == mention.surface for row in rows) == 3  # all that share a word
    two = candidate_sets("2", split, entities)
    assert two is not None and all(
        names[row] == mention.surface
        for rows, mention in zip(two.rows, split.mentions, strict=True)
        for row in rows.tolist()
    )
    record = protocol(one, split, 9)
    assert (record["candidates"], record["seed"], record["recall"]) == (5, 1, 100.0)
    assert record["line"].startswith("the answer and 4 others of 9 entities, drawn with seed 1")


def test_all_is_the_whole_knowledge_base(split: Split, linker: EntityLinker) -> None:
    assert candidate_sets("all", split, linker.index.entities) is None
    report = evaluate(linker, split)
    assert report["protocol"] == {
        "candidates": "all",
        "entities": 9,
        "filter": "unfiltered",
        "recall": 100.0,
        "line": "whole knowledge base, 9 entities, unfiltered",
    }


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("{", "line 1 is no JSON"),
        ('{"id": "test-0-0"}', "must be"),
        ('{"candidates": []}', "must be"),
        ('{"id": "test-0-0", "candidates": ["Q404"]}', "'Q404' is no entity"),
        ('{"id": "test-0-0", "candidates": []}\n' * 2, "line 2 repeats"),
        ('{"id": "test-0-0", "candidates": []}', "8 mentions of test are not there, first"),
    ],
)
def test_broken_candidates(
    text: str, why: str, split: Split, linker: EntityLinker, tmp_path: Path
) -> None:
    file = tmp_path / "c.jsonl"
    file.write_text(text)
    with pytest.raises(InputError, match=why):
        candidate_sets(str(file), split, linker.index.entities)


def test_what_is_no_set(split: Split, linker: EntityLinker) -> None:
    for wanted in ("1", "10", "-3"):
        with pytest.raises(InputError, match="from 2 to 9"):
            candidate_sets(wanted, split, linker.index.entities)
    with pytest.raises(InputError, match="no such file; give all"):
        candidate_sets("some", split, linker.index.entities)


def test_candidates_that_are_no_text(split: Split, linker: EntityLinker, tmp_path: Path) -> None:
    (tmp_path / "c.jsonl").write_bytes(b"\xff\x00\xd8")
    with pytest.raises(InputError, match="no text in UTF-8"):
        candidate_sets(str(tmp_path / "c.jsonl"), split, linker.index.entities)


def test_the_command_with_and_without_what_leaks(data: Path, model_folder: Path, call: Run) -> None:
    """Every sentence of the tiny data stands in train, too: nothing is left of dev."""
    arguments = ("evaluate", "--data", data, "--model", model_folder, "--split", "dev", "--clean")
    code, out, _ = call(*arguments, "--json")
    clean = json.loads(out)["clean"]
    assert code == 0 and (clean["mentions"], clean["left_out"]) == (0, 9)
    assert clean["filter"] == "without mentions that leak"
    code, out, _ = call(*arguments)
    assert code == 0 and "without 9 mentions that leak: none is left" in out
    code, _, told = call(*arguments, "--depth", "0")
    assert code == 2 and "--depth 0: must be at least 1" in told


def test_the_command_says_its_protocol(data: Path, model_folder: Path, call: Run) -> None:
    arguments = ("evaluate", "--data", data, "--model", model_folder, "--candidates", "names")
    code, out, _ = call(*arguments)
    assert code == 0 and out.startswith("ranked among: the bearers of the mention's name among 9")
    code, out, _ = call(*arguments, "--json")
    assert json.loads(out)["protocol"]["recall"] == 100.0

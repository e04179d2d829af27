"""Files of predictions: round trips, and trec_eval's numbers next to ours."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import pytrec_eval
from support import Run

from mimic.cli import convert
from mimic.data.layout import read_kb, read_split
from mimic.errors import InputError
from mimic.linking.linker import EntityLinker
from mimic.linking.splits.annotations import (
    Contexts,
    predictions_kilt,
    predictions_nif,
    read_contexts,
)
from mimic.linking.splits.evaluate import evaluate
from mimic.linking.splits.predictions import (
    FORMS,
    converted,
    read_predictions,
    trec_qrels,
    trec_run,
    write_predictions,
)
from mimic.schema import Mention
from mimic.texts.documents import GoldMention
from mimic.texts.formats.nif import read_nif

ROWS: list[dict[str, Any]] = [
    {"id": "m 1", "answer": "Q1", "rank": 2, "predicted": ["Q%2", "Q1", "Q3"], "scores": [2, 2, 2]},
    {"id": "m2", "answer": None, "rank": None, "predicted": ["Q1"], "scores": [0.5]},
    {"id": "m3", "answer": "Q2", "rank": None, "predicted": [], "scores": []},
]


def test_a_run_by_hand() -> None:
    """Equal scores are parted by one step of a float32; 2 - 2**-23 is the one below 2."""
    assert trec_run(ROWS).splitlines() == [
        "m%201 Q0 Q%252 1 2.0 mimic",
        f"m%201 Q0 Q1 2 {2 - 2**-23!r} mimic",
        f"m%201 Q0 Q3 3 {2 - 2**-22!r} mimic",
        "m2 Q0 Q1 1 0.5 mimic",
        "m3 Q0 nothing 1 0.0 mimic",
    ]
    assert trec_qrels(ROWS).splitlines() == ["m%201 0 Q1 1", "m3 0 Q2 1"]


@pytest.mark.parametrize("candidates", ["all", "names"])
def test_trec_eval_says_what_we_say(candidates: str, data: Path, linker: EntityLinker) -> None:
    split = read_split(data, "test", read_kb(data))
    rows: list[dict[str, Any]] = []
    report = evaluate(linker, split, predictions=rows, candidates=candidates, shown=9)
    run = pytrec_eval.parse_run(trec_run(rows).splitlines())
    qrels = pytrec_eval.parse_qrel(trec_qrels(rows).splitlines())
    measures = {"recip_rank", "success_1", "success_5", "success_10"}
    found = pytrec_eval.RelevanceEvaluator(qrels, measures).evaluate(run)
    mean = {m: 100 * sum(one[m] for one in found.values()) / len(found) for m in measures}
    assert len(found) == report["mentions"] == 9
    assert mean["recip_rank"] == pytest.approx(report["mrr"], abs=1e-9)
    for k in (1, 5, 10):
        assert mean[f"success_{k}"] == pytest.approx(report[f"hits@{k}"], abs=1e-9)


@pytest.mark.parametrize("name", ["rows.csv", "rows.jsonl"])
def test_rows_come_back(name: str, tmp_path: Path) -> None:
    write_predictions(tmp_path / name, ROWS)
    back = read_predictions(tmp_path / name)
    assert [(r["id"], r["predicted"], r["scores"]) for r in back] == [
        (r["id"], r["predicted"], r["scores"]) for r in ROWS
    ]
    assert (tmp_path / name).read_bytes() == converted(ROWS, name[5:])


def test_the_command(tmp_path: Path, call: Run) -> None:
    rows, out = tmp_path / "rows.jsonl", tmp_path / "out.run"
    rows.write_text("".join(json.dumps(row) + "\n" for row in ROWS))
    assert call("convert", rows, out, "--to", "trec")[0] == 0
    assert out.read_text() == trec_run(ROWS)
    assert call("convert", rows, tmp_path / "back.csv", "--to", "csv")[0] == 0
    assert call("convert", tmp_path / "back.csv", out, "--to", "qrels")[0] == 0
    assert out.read_text() == trec_qrels(ROWS)
    assert set(convert._FORMS) == set(FORMS)  # the command line knows them without reading them
    assert "without --data DIR" in call("convert", rows, out, "--to", "nif")[2]
    assert read_nif(out, out.read_text())[1].text == "m2"
    rows.write_text("nothing")
    code, _, told = call("convert", rows, out, "--to", "trec")
    assert code == 2 and "cannot be read" in told
    with pytest.raises(InputError, match="no predictions"):
        rows.write_text("[]")
        read_predictions(rows)


def test_kilt_by_hand() -> None:
    """The first entity is the answer; all are provenance, in their order."""
    first, _, third = (json.loads(line) for line in predictions_kilt(ROWS, CONTEXTS).splitlines())
    assert first == {
        "id": "m 1",
        "input": "Go, [START_ENT] Norway [END_ENT]!",
        "output": [
            {
                "answer": "Norway",
                "provenance": [
                    {"wikipedia_id": "Q%2", "title": "Norway"},
                    {"wikipedia_id": "Q1", "title": "Q1"},
                    {"wikipedia_id": "Q3", "title": "Q3"},
                ],
            }
        ],
        "meta": {"left_context": "Go, ", "mention": "Norway", "right_context": "!"},
    }
    assert (third["input"], third["output"]) == ("[START_ENT] m3 [END_ENT]", [])


CONTEXTS = Contexts({"m 1": Mention("Norway", "Go, Norway!", None, (4, 10))}, {"Q%2": "Norway"})


def test_nif_reads_back() -> None:
    first, second, third = read_nif(Path("a.ttl"), predictions_nif(ROWS, CONTEXTS))
    assert (first.id, first.text) == ("m 1", "Go, Norway!")
    assert first.mentions == (GoldMention(4, 10, "Q%2"),)
    assert (second.mentions[0].entity, third.mentions[0].entity) == ("Q1", "")


def test_the_sentences_come_from_the_data(data: Path, tmp_path: Path, call: Run) -> None:
    rows = [{"id": "test-0-1", "predicted": ["atlas:norway-state"], "scores": [1.0]}]
    (tmp_path / "rows.jsonl").write_text(json.dumps(rows[0]))
    out = tmp_path / "out.kilt"
    assert call("convert", tmp_path / "rows.jsonl", out, "--to", "kilt", "--data", data)[0] == 0
    record = json.loads(out.read_text())
    assert record["input"] == "[START_ENT] Norway [END_ENT] plays the stone on ice"
    assert record["output"][0]["answer"] == "Norway"
    with pytest.raises(InputError, match="no mention 'x' there"):
        read_contexts(data, [{"id": "x", "predicted": []}])

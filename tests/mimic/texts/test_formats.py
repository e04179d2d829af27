"""A linked text in every format, and documents with gold read back."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from mimic.errors import InputError
from mimic.schema import Candidate, Entity, Gates, LinkResult, UnitScores
from mimic.texts.documents import GoldMention, read_jsonl
from mimic.texts.formats.nif import read_nif
from mimic.texts.formats.write import FORMATS, written
from mimic.texts.records import LinkedText, TextMention
from mimic.texts.scores import summary

TEXT = "𝒳 <b> Norway won.\r\nNobody cared."
ENTITY = Entity("atlas:norway", "Norway <i>", "", url="http://no")


def mention(start: int, end: int, *entities: Entity) -> TextMention:
    zero = UnitScores(0, 0, 0)
    listed = tuple(
        Candidate(i, e, 1.0, 0.5, zero, zero, Gates(0, 0, 0, 0)) for i, e in enumerate(entities, 1)
    )
    result = LinkResult("missing", False, 1, listed)
    return TextMention(start, end, TEXT[start:end], (0, len(TEXT)), 1.0, result)


LINKED = LinkedText(TEXT, (mention(6, 12, ENTITY), mention(19, 25)))


def test_json_counts_code_points() -> None:
    record = json.loads(written(LINKED, "json"))
    assert set(record) == {"text", "mentions", "candidates_are", "types"}
    first, second = record["mentions"]
    assert record["text"][first["start"] : first["end"]] == first["surface"] == "Norway"
    assert (first["nil"], second["nil"], second["candidates"]) == (False, True, [])
    assert first["candidates"][0]["id"] == "atlas:norway"
    assert [json.loads(line) for line in written(LINKED, "jsonl").splitlines()] == [first, second]


def test_kilt_marks_the_mention() -> None:
    first, second = (json.loads(line) for line in written(LINKED, "kilt").splitlines())
    assert first["input"] == "𝒳 <b> [START_ENT] Norway [END_ENT] won.\r\nNobody cared."
    assert first["output"][0]["provenance"][0]["wikipedia_id"] == "atlas:norway"
    assert second["output"] == [] and second["meta"]["right_context"] == " cared."


def test_conll_by_hand() -> None:
    lines = written(LINKED, "conll").splitlines()
    assert lines[:6] == [
        "-DOCSTART- (1)",
        "𝒳",
        "<",
        "b",
        ">",
        "Norway\tB\tNorway\tatlas:norway\thttp://no",
    ]
    assert lines[6:] == ["won", ".", "", "Nobody\tB\tNobody\t--NME--", "cared", ".", ""]


def test_html_is_one_file_and_escapes() -> None:
    page = written(LINKED, "html")
    assert "&lt;b&gt;" in page and "<i>" not in page and "1. Norway &lt;i&gt;" in page
    assert "http" not in page and "src=" not in page


def test_nif_reads_back() -> None:
    (document,) = read_nif(Path("a.ttl"), written(LINKED, "nif"))
    assert document.text == TEXT
    assert document.mentions == (GoldMention(6, 12, "atlas:norway"), GoldMention(19, 25, ""))


def test_mentions_inside_each_other() -> None:
    nested = LinkedText(TEXT, (mention(6, 16, ENTITY), mention(6, 12, ENTITY)))
    for kind in ("conll", "html"):
        with pytest.raises(InputError, match="overlap"):
            written(nested, kind)
    assert all(written(nested, kind) for kind in set(FORMATS) - {"conll", "html"})
    with pytest.raises(InputError, match="format is 'xml'"):
        written(LINKED, "xml")


def line(**changes: Any) -> str:
    place = {"start": 6, "end": 12, "entity": "Q20", "surface": "Norway"} | changes
    return json.dumps({"text": TEXT, "mentions": [place]})


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ("{", "line 1 is not JSON"),
        ("[]", "a document is an object"),
        ("", "no documents"),
        (line(start=7, end=13), "its offsets count UTF-16 units"),
        (line(start=9, end=15), "its offsets count bytes"),
        (line(start=0, end=3), "covers"),
        (line(start=0, end=99), "lies outside"),
        (line(start=-1), "lies outside"),
        (line(start="6"), "whole numbers"),
        (line(start=True), "whole numbers"),
        ('{"text": "a", "mentions": [{"start": 0, "end": 1}]}', "no 'entity'"),
        ('{"text": "a", "mentions": [1]}', "mention 0 is not an object"),
        ('{"text": "a"}', "'mentions' must be a list"),
    ],
)
def test_gold_that_is_refused(data: str, said: str) -> None:
    with pytest.raises(InputError, match=said):
        read_jsonl(Path("a.jsonl"), data)


@pytest.mark.parametrize(
    "data",
    [
        "<a",
        "",
        written(LINKED, "nif").replace('"6"', '"x"'),
        written(LINKED, "nif").replace("isString", "is"),
    ],
)
def test_broken_nif_is_one_line(data: str) -> None:
    with pytest.raises(InputError) as caught:
        read_nif(Path("a.ttl"), data)
    assert "\n" not in str(caught.value) and str(caught.value).startswith("a.ttl: ")


def test_scores_by_hand() -> None:
    scores = summary([({1, 2}, {1, 3}), (set(), set()), (set(), {1})])  # type: ignore[arg-type]
    assert scores["micro"]["precision"] == 50 and scores["micro"]["recall"] == pytest.approx(
        100 / 3
    )
    assert scores["micro"]["f1"] == pytest.approx(40)
    assert scores["macro"] == dict.fromkeys(("precision", "recall", "f1"), 50)

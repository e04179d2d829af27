"""A linked text in every format, and documents with gold read back."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from support import Run
from support.commands import one_line

from mimic.data.layout import read_kb, read_split
from mimic.errors import InputError
from mimic.schema import Candidate, Entity, Gates, LinkResult, UnitScores
from mimic.texts.documents import Document, GoldMention, read_jsonl
from mimic.texts.formats.conll import read_conll
from mimic.texts.formats.nif import documents_nif, read_nif
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


AIDA = """-DOCSTART- (947testa CRICKET)
Leicestershire\tB\tLeicestershire\tLeicestershire_CCC\thttp://en.wikipedia.org/wiki/X\t1\t/m/1
beat
S\\u00e3o\tB\tS\u00e3o Paulo\tS\\u00e3o_Paulo\thttp://x\t2\t/m/2
Paulo\tI\tS\u00e3o Paulo\tS\\u00e3o_Paulo\thttp://x\t2\t/m/2
.

-DOCSTART- (1163testb SOCCER)
(
Nobody\tB\tNobody\t--NME--
)
"""


def test_aidas_columns_by_hand() -> None:
    one, two = read_conll(Path("a.tsv"), AIDA)
    assert (one.id, one.text) == ("947testa CRICKET", "Leicestershire beat São Paulo.")
    assert one.mentions == (
        GoldMention(0, 14, "Leicestershire_CCC"), GoldMention(20, 29, "São_Paulo")
    )  # fmt: skip
    assert (two.text, two.mentions) == ("(Nobody)", (GoldMention(1, 7, ""),))


def test_conll_reads_back() -> None:
    (document,) = read_conll(Path("a.conll"), written(LINKED, "conll"))
    said = [(document.text[m.start : m.end], m.entity) for m in document.mentions]
    assert said == [("Norway", "atlas:norway"), ("Nobody", "")]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "no -DOCSTART- line in it"),
        ("Norway\n", "line 1 stands before the first -DOCSTART- line"),
        ("-DOCSTART- (1)\nNorway\tX\tNorway\tQ20\n", "line 2: a mention has the columns"),
        ("-DOCSTART- (1)\nNorway\tB\tNorway\n", "line 2: a mention has the columns"),
    ],
)
def test_conll_that_is_none(text: str, said: str) -> None:
    with pytest.raises(InputError, match=said):
        read_conll(Path("a.conll"), text)


def test_documents_are_what_nif_gives_back() -> None:
    documents = [
        Document("a/b 1", "Norway won.", (GoldMention(0, 6, "Q20"),)),
        Document("c", "Norway", (GoldMention(0, 6, ""),)),  # as long as its text
    ]
    assert read_nif(Path("a.ttl"), documents_nif(documents)) == documents


def test_texts_become_a_data_set(tmp_path: Path, call: Run) -> None:
    """AIDA's test splits by the names of their documents; a mention in its own sentence."""
    text = AIDA + "-DOCSTART- (1 EU)\nSo\n.\n\nChad\tB\tChad\tChad\nwon\n.\n"
    (tmp_path / "aida.tsv").write_text(text, "utf-8")
    code, _, told = call("convert", tmp_path / "aida.tsv", tmp_path / "out", "--to", "mimic")
    assert code == 0 and "the entities have names alone" in told and "(texts)" in told
    kb = read_kb(tmp_path / "out")
    assert [e.name for e in kb.entities] == ["Leicestershire CCC", "São Paulo", "Chad"]
    train, dev, test = (read_split(tmp_path / "out", s, kb) for s in ("train", "dev", "test"))
    assert (train.mentions[0].sentence, train.mentions[0].span) == ("Chad won.", (0, 4))
    assert (dev.gold, test.answers) == ((0, 1), ("nil",))
    (tmp_path / "one.ttl").write_text(written(LINKED, "nif"), "utf-8")
    told = one_line(call("convert", tmp_path / "one.ttl", tmp_path / "other", "--to", "mimic"))
    assert "has one split, 'all'" in told

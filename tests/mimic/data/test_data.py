"""The authors' data layout: where pictures are found, and what a broken file says."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from support import tiny

from mimic.data.layout import ImageFolder, data_fingerprint, read_kb, read_split
from mimic.errors import InputError


def test_the_tiny_data_reads_whole(data: Path) -> None:
    kb = read_kb(data)
    assert len(kb.entities) == 9 and kb.image_rules == {"exact": 9}
    assert kb.entities[kb.rows["atlas:chad-curling"]].name == "Chad"
    split = read_split(data, "train", kb)
    assert len(split.mentions) == 36 and split.image_rules == {"exact": 36}
    for mention, gold in zip(split.mentions, split.gold, strict=True):
        assert mention.span is not None
        assert mention.sentence[slice(*mention.span)] == mention.surface
        assert kb.entities[gold].name == mention.surface
    assert set(split.groups) == {"text", "both"}


def test_aliases_types_and_addresses(own_data: Path) -> None:
    def change(records: Any) -> None:
        records[0] |= {
            "aliases": ["Norge", "Norway", "", "Norge", "Norv%C3%A8ge"],
            "url": "http://a",
        }
        records[1] |= {"aliases": "['The Chads']", "type": "team", "attr": "Type: state."}
        records[2] |= {"attr": "Type: state."}

    tiny.edit(own_data / "kb_entity.json", change)
    first, second, third, *rest = read_kb(own_data).entities
    assert (first.aliases, first.type, first.url) == (("Norge", "Norvège"), "", "http://a")
    assert (second.aliases, second.type) == (("The Chads",), "team")
    assert third.type == "state" and not any(e.aliases or e.type or e.url for e in rest)
    tiny.edit(own_data / "kb_entity.json", lambda records: records[3].update(aliases=[1]))
    with pytest.raises(InputError, match="record 3: 'aliases' must be a text or a list of texts"):
        read_kb(own_data)


def folder_with(tmp_path: Path, *names: str) -> ImageFolder:
    (tmp_path / "pictures").mkdir()
    for name in names:
        (tmp_path / "pictures" / name).touch()
    return ImageFolder(tmp_path / "absent", tmp_path / "pictures")


QUOTED = ("São, Rio.png", "São.x.y.jpg", "Q&A.jpg", "100%.jpg")


@pytest.mark.parametrize(
    ("asked", "found", "rule"),
    [
        ("a.b.png", "a.b.png", "exact"),
        ("c.d.png", "c.d.jpg", "stem"),
        ("e.f.png", "e.jpg", "cut"),
        ("folder/a.b.png", "a.b.png", "exact"),
        ("folder\\a.b.png", "a.b.png", "exact"),
        ("../../a.b.png", "a.b.png", "exact"),
        ("S%C3%A3o%2C%20Rio.png", "São, Rio.png", "unquoted exact"),
        ("S%C3%A3o.x.y.png", "São.x.y.jpg", "unquoted stem"),
        ("Q%26A.b.c.png", "Q&A.jpg", "unquoted cut"),
        ("100%.png", "100%.jpg", "stem"),
        ("x.png", None, "missing"),
        ("..", None, "missing"),
        ("", None, "not named"),
        ("folder/", None, "not named"),
    ],
)
def test_how_pictures_are_found(tmp_path: Path, asked: str, found: str | None, rule: str) -> None:
    images = folder_with(
        tmp_path, "a.b.png", "a.b.jpg", "a.jpg", "c.d.jpg", "c.jpg", "e.jpg", *QUOTED
    )
    path = images.find(asked)
    assert (path.name if path else None) == found
    assert images.rules == {rule: 1}
    assert path is None or path.parent == tmp_path / "pictures"


def test_a_cut_name_that_two_names_share_is_reported(tmp_path: Path) -> None:
    images = folder_with(tmp_path, "a.jpg", "b.jpg")
    for name in ("a.1.png", "a.2.png", "a.1.png", "b.1.png"):
        assert images.find(name) is not None
    assert images.counted() == {"cut": 4, "ambiguous": 2}


def test_without_a_folder_everything_is_missing(tmp_path: Path) -> None:
    images = ImageFolder(tmp_path / "absent")
    assert images.find("a.jpg") is None and images.rules == {"missing": 1}


def test_pictures_in_the_other_folder_name(own_data: Path) -> None:
    (own_data / "mention_image").rename(own_data / "mention_images")
    (own_data / "kb_image").rename(own_data / "kb_images")
    kb = read_kb(own_data)
    assert kb.image_rules == {"exact": 9}
    assert read_split(own_data, "dev", kb).image_rules == {"exact": 9}


def test_a_wrong_folder_name_is_counted(own_data: Path) -> None:
    (own_data / "mention_image").rename(own_data / "pictures")
    split = read_split(own_data, "dev", read_kb(own_data))
    assert split.image_rules == {"missing": 9}
    assert all(m.image is None for m in split.mentions)


def test_a_mention_that_is_not_in_its_sentence_has_no_span(own_data: Path) -> None:
    tiny.edit(own_data / "TINY_dev.json", lambda r: r[0].update(mentions="Noreg"))
    mention = read_split(own_data, "dev", read_kb(own_data)).mentions[0]
    assert mention.surface == "Noreg" and mention.span is None


def test_an_answer_that_is_not_in_the_knowledge_base(own_data: Path) -> None:
    def change(records: list[dict[str, Any]]) -> None:
        records[0]["answer"] = "atlas:atlantis"
        records[1]["answer"] = None
        del records[2]["answer"]

    tiny.edit(own_data / "TINY_dev.json", change)
    split = read_split(own_data, "dev", read_kb(own_data))
    assert split.gold[:3] == (-1, -1, -1) and min(split.gold[3:]) >= 0
    assert split.answers[:3] == ("atlas:atlantis", "nil", "nil")


def test_a_repeated_mention_and_a_stated_place(own_data: Path) -> None:
    kb = read_kb(own_data)
    sentence = "Norway beat Norway"
    tiny.edit(own_data / "TINY_dev.json", lambda r: r[0].update(sentence=sentence, startPos=12))
    tiny.edit(own_data / "TINY_dev.json", lambda r: r[1].update(sentence=sentence, startPos=3))
    assert [m.span for m in read_split(own_data, "dev", kb).mentions[:2]] == [(12, 18), (0, 6)]
    tiny.edit(own_data / "TINY_dev.json", lambda r: r[4].update(id=r[1]["id"]))
    with pytest.raises(InputError, match=r"TINY_dev\.json: record 4 repeats the identifier"):
        read_split(own_data, "dev", kb)


def test_kinds_of_pictures_are_read_by_mention(own_data: Path) -> None:
    kb, file = read_kb(own_data), own_data / "mention_image_kind.json"
    file.write_text('{"dev-0-1": "same_shot", "absent": "unclear"}')
    assert read_split(own_data, "dev", kb).image_kinds == ("", "same_shot", *[""] * 7)
    file.write_text("[]")
    with pytest.raises(InputError, match="mention_image_kind"):
        read_split(own_data, "dev", kb)


@pytest.mark.parametrize("names", ["WIKIMEL", "RichpediaMEL", "wiki_diverse"])
def test_the_published_file_names(own_data: Path, names: str) -> None:
    for split in ("train", "dev", "test"):
        (own_data / f"TINY_{split}.json").rename(own_data / f"{names}_{split}.json")
        assert read_split(own_data, split, read_kb(own_data)).name == split


def test_optional_fields_may_be_absent_or_null(own_data: Path) -> None:
    def change_kb(records: list[dict[str, Any]]) -> None:
        records[0].update(attr=None, image_list=None)
        records[1].update(image_list=[])
        records[2].update(image_list="Norway-state.png")  # a name in place of a list of names
        records[3].update(image_list=[None])
        del records[4]["attr"], records[4]["image_list"]

    def change_dev(records: list[dict[str, Any]]) -> None:
        records[0].update(imgPath=None)
        del records[1]["imgPath"], records[1]["id"]

    tiny.edit(own_data / "kb_entity.json", change_kb)
    tiny.edit(own_data / "TINY_dev.json", change_dev)
    kb = read_kb(own_data)
    assert [e.image is not None for e in kb.entities[:5]] == [False, False, True, False, False]
    assert kb.entities[0].description == kb.entities[4].description == ""
    split = read_split(own_data, "dev", kb)
    assert [m.image is not None for m in split.mentions[:3]] == [False, False, True]


def drop(name: str) -> Callable[[list[dict[str, Any]]], None]:
    return lambda records: records[3].pop(name)


@pytest.mark.parametrize("name", ["qid", "entity_name"])
def test_an_entity_without_a_field(own_data: Path, name: str) -> None:
    tiny.edit(own_data / "kb_entity.json", drop(name))
    with pytest.raises(InputError, match=rf"kb_entity\.json: record 3 has no field '{name}'"):
        read_kb(own_data)


@pytest.mark.parametrize("name", ["mentions", "sentence"])
def test_a_mention_without_a_field(own_data: Path, name: str) -> None:
    tiny.edit(own_data / "TINY_dev.json", drop(name))
    with pytest.raises(InputError, match=rf"TINY_dev\.json: record 3 has no field '{name}'"):
        read_split(own_data, "dev", read_kb(own_data))


def test_a_repeated_identifier(own_data: Path) -> None:
    tiny.edit(own_data / "kb_entity.json", lambda r: r[5].update(qid=r[2]["qid"]))
    with pytest.raises(InputError, match="record 5 repeats the identifier 'atlas:norway-state'"):
        read_kb(own_data)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ('[\n{"qid": "Q1",,\n]', "line 2 column 14"),
        ("", "line 1 column 1"),
        ("{}", "expected a list"),
        ("[]", "no entities"),
        ("[1]", "record 0 has no field 'qid'"),
        ("\ufeff[]", "no entities"),
    ],
)
def test_a_broken_knowledge_base(own_data: Path, content: str, message: str) -> None:
    (own_data / "kb_entity.json").write_text(content, "utf-8")
    with pytest.raises(InputError, match=message) as raised:
        read_kb(own_data)
    assert "kb_entity.json" in str(raised.value)


def test_text_that_is_not_utf8(own_data: Path) -> None:
    (own_data / "kb_entity.json").write_bytes(b'[{"qid": "\xff"}]')
    with pytest.raises(InputError, match="not UTF-8"):
        read_kb(own_data)


def test_absent_and_doubled_files(own_data: Path, tmp_path: Path) -> None:
    kb = read_kb(own_data)
    with pytest.raises(InputError, match="no such file"):
        read_kb(tmp_path / "absent")
    with pytest.raises(InputError, match=r"no file \*_validation\.json"):
        read_split(own_data, "validation", kb)
    (own_data / "OTHER_dev.json").write_text("[]")
    with pytest.raises(InputError, match="several files"):
        read_split(own_data, "dev", kb)


def test_evidence_is_optional_but_not_arbitrary(own_data: Path) -> None:
    kb, file = read_kb(own_data), own_data / "TINY_dev_evidence.json"
    file.write_text("[]")
    with pytest.raises(InputError, match="TINY_dev_evidence"):
        read_split(own_data, "dev", kb)
    file.write_text('{"dev-0-0": {"label": "image"}}')
    assert read_split(own_data, "dev", kb).groups == ("image", *[""] * 8)
    file.unlink()
    assert set(read_split(own_data, "dev", kb).groups) == {""}


def test_the_fingerprint_follows_the_text(own_data: Path) -> None:
    before = data_fingerprint(own_data)
    assert data_fingerprint(own_data) == before
    tiny.edit(own_data / "TINY_dev.json", lambda r: r[0].update(sentence="Norway ."))
    assert data_fingerprint(own_data) != before


def test_names_and_mentions_lose_their_url_quotes(own_data: Path) -> None:
    def change(records: list[dict[str, Any]]) -> None:
        records[0].update(mentions="K%C3%B6ln", sentence="we saw Köln")
        records[1].update(mentions="100% Wolf", sentence="we saw 100% Wolf")
        records[2].update(mentions="Norway%20", sentence="we saw Norway%20")

    tiny.edit(own_data / "TINY_dev.json", change)
    tiny.edit(own_data / "kb_entity.json", lambda r: r[0].update(entity_name="K%C3%B6ln"))
    tiny.edit(own_data / "kb_entity.json", lambda r: r[1].update(entity_name="100% Wolf"))
    kb = read_kb(own_data)
    assert [entity.name for entity in kb.entities[:2]] == ["Köln", "100% Wolf"]
    mentions = read_split(own_data, "dev", kb).mentions[:3]
    assert [(m.surface, m.span) for m in mentions] == [
        ("Köln", (7, 11)),
        ("100% Wolf", (7, 16)),
        ("Norway ", (7, 13)),  # the sentence keeps its quotes, as in the authors' program
    ]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_files_with_a_byte_order_mark(own_data: Path, encoding: str) -> None:
    plain = read_split(own_data, "dev", read_kb(own_data))
    for file in own_data.glob("*.json"):
        file.write_bytes(file.read_text("utf-8").encode(encoding))
    assert read_split(own_data, "dev", read_kb(own_data)) == plain


NAN = float("nan")


@pytest.mark.parametrize(
    ("answer", "row"),
    [
        (1, 0),
        (3.0, 2),
        ("3", 2),
        (["3"], 2),
        ("['3']", 2),
        (["absent", 3.0], 2),
        ([], -1),
        ([None], -1),
        (NAN, -1),
        (3.5, -1),
        ("NIL", -1),
    ],
)
def test_an_answer_in_another_form(own_data: Path, answer: Any, row: int) -> None:
    def number(records: list[dict[str, Any]]) -> None:
        for place, record in enumerate(records, 1):
            record["qid"] = float(place) if place == 3 else place

    tiny.edit(own_data / "kb_entity.json", number)
    tiny.edit(own_data / "TINY_dev.json", lambda r: r[0].update(answer=answer))
    split = read_split(own_data, "dev", read_kb(own_data))
    assert split.gold[0] == row
    assert (split.answers[0] == "nil") == (answer not in ("3", 3.5) and row < 0 or answer == "NIL")


def test_pictures_as_a_list_and_as_nothing(own_data: Path) -> None:
    def change(records: list[dict[str, Any]]) -> None:
        records[0]["imgPath"] = [records[0]["imgPath"]]
        records[1]["imgPath"] = ["absent.png", records[0]["imgPath"][0]]
        records[2]["imgPath"] = f"['{records[2]['imgPath']}', 'absent.png']"
        records[3]["imgPath"] = NAN
        records[4]["imgPath"] = []

    tiny.edit(own_data / "TINY_dev.json", change)
    split = read_split(own_data, "dev", read_kb(own_data))
    assert [m.image and m.image.name for m in split.mentions[:5]] == [
        "dev-0-0.png",
        "dev-0-0.png",
        "dev-0-2.png",
        None,
        None,
    ]
    assert split.image_rules == {"exact": 7, "missing": 2, "not named": 2}


@pytest.mark.parametrize("nothing", [None, NAN, ""])
def test_several_records_without_an_identifier(own_data: Path, nothing: Any) -> None:
    def change(records: list[dict[str, Any]]) -> None:
        for record in records[:3]:
            record["id"] = nothing
        records[3]["id"] = 1  # the number of a record without

    tiny.edit(own_data / "TINY_dev.json", change)
    mentions = read_split(own_data, "dev", read_kb(own_data)).mentions
    assert [m.id for m in mentions[:4]] == ["0", "E1", "2", "1"]


def test_a_record_whose_text_is_empty_costs_itself(own_data: Path) -> None:
    def change(records: list[dict[str, Any]]) -> None:
        records[1]["sentence"] = ""
        records[2]["sentence"] = NAN
        records[3]["mentions"] = "  "

    tiny.edit(own_data / "TINY_dev.json", change)
    tiny.edit(own_data / "kb_entity.json", lambda r: r[0].update(entity_name=None))
    kb = read_kb(own_data)
    split = read_split(own_data, "dev", kb)
    assert kb.skipped == {0: "the name is empty"} and len(kb.entities) == len(kb.pictures) == 8
    assert split.skipped == {
        1: "the sentence is empty",
        2: "the sentence is empty",
        3: "the mention is empty",
    }
    assert [m.id for m in split.mentions] == [f"dev-0-{i}" for i in (0, 4, 5, 6, 7, 8)]
    assert split.gold == (-1, 3, 4, 5, 6, 7)  # the first one's entity is left out


@pytest.mark.parametrize(
    ("file", "change", "message"),
    [
        ("kb_entity", {"image_list": 5}, "record 0: 'image_list' must be a text or a list"),
        ("kb_entity", {"image_list": {"a": 1}}, "'image_list' must be a text or a list"),
        ("kb_entity", {"image_list": [["a.png"]]}, "'image_list' must be a text or a list"),
        ("kb_entity", {"image_list": True}, "'image_list' must be a text or a list"),
        ("kb_entity", {"entity_name": ["a"]}, "'entity_name' is a list, not text"),
        ("kb_entity", {"attr": {"a": 1}}, "'attr' is a dict, not text"),
        ("kb_entity", {"qid": None}, "'qid' is empty"),
        ("TINY_dev", {"imgPath": 5}, "record 0: 'imgPath' must be a text or a list"),
        ("TINY_dev", {"paraphrases": 5}, "'paraphrases' must be a text or a list"),
        ("TINY_dev", {"sentence": {"a": 1}}, "'sentence' is a dict, not text"),
        ("TINY_dev", {"answer": {"a": 1}}, "'answer' is a dict, not text"),
        ("TINY_dev", {"answer": [["Q1"]]}, "'answer' is a list, not text"),
        ("TINY_dev", {"id": [1]}, "'id' is a list, not text"),
    ],
)
def test_a_field_of_the_wrong_type(
    own_data: Path, file: str, change: dict[str, Any], message: str
) -> None:
    tiny.edit(own_data / f"{file}.json", lambda r: r[0].update(change))
    with pytest.raises(InputError, match=message):
        read_split(own_data, "dev", read_kb(own_data))


@pytest.mark.parametrize("record", [5, None, "x", [], [[1]]])
def test_a_record_that_is_no_object(own_data: Path, record: Any) -> None:
    tiny.edit(own_data / "TINY_dev.json", lambda r: r.insert(2, record))
    with pytest.raises(InputError, match=r"TINY_dev\.json: record 2 has no field"):
        read_split(own_data, "dev", read_kb(own_data))


def test_a_part_of_a_split_keeps_what_belongs_together(data: Path) -> None:
    split = read_split(data, "test", read_kb(data))
    part = split.part([7, 2])
    assert [mention.id for mention in part.mentions] == ["test-0-7", "test-0-2"]
    assert part.gold == (7, 2) and part.groups == ("text", "both")
    assert part.answers == (split.answers[7], split.answers[2])
    assert part.name == "test" and part.image_rules == split.image_rules

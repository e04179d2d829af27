"""Many mentions at once: every row is linked as it would be alone, and bad rows are told."""

from __future__ import annotations

import csv
import io
import json
import struct
import zipfile
from collections.abc import Generator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from support import Run, tiny
from support.fake_linker import FakeLinker

from demo.messages import translated
from mimic.data.picture_store import MOST_PICTURE, open_pictures
from mimic.errors import InputError
from mimic.linking.link_table import LinkedRow, as_csv, as_jsonl, link_many
from mimic.linking.linker import EntityLinker
from mimic.schema import Band, Doubt, Mention

HEAD = "sentence,mention,image,id\n"


def table(folder: Path, text: str, name: str = "t.csv") -> Path:
    path = folder / name
    path.write_text(text, "utf-8")
    return path


def packed(path: Path, **files: bytes) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return path


@pytest.fixture
def flag(tmp_path: Path) -> bytes:
    path = tmp_path / "flag.png"
    tiny.picture("Norway", "curling").save(path)
    return path.read_bytes()


@pytest.mark.parametrize("zipped", [False, True])
def test_each_row_is_what_a_single_link_gives(
    linker: EntityLinker, tmp_path: Path, flag: bytes, zipped: bool
) -> None:
    images = tmp_path
    if zipped:
        images = packed(tmp_path / "p.zip", **{"sub/flag.png": flag})
    rows = HEAD + "we saw Norway,Norway,flag.png,a\nthe president of Chad,Chad,,b\n"
    found = list(link_many(linker, table(tmp_path, rows), images, 3))
    assert [(row.number, row.id, row.problem) for row in found] == [(1, "a", ""), (2, "b", "")]
    alone = linker.link(Mention("Norway", "we saw Norway", tmp_path / "flag.png"), 3)
    assert found[0].result == alone
    assert found[1].result == linker.link(Mention("Chad", "the president of Chad"), 3)


def test_bad_rows_are_told_by_number_and_the_rest_goes_on(tmp_path: Path, flag: bytes) -> None:
    images = packed(tmp_path / "p.zip", **{"flag.png": flag, "bad.png": b"hello"})
    rows = HEAD + (
        "Norway wins,Norway,flag.png,\n"
        ",Norway,,\n"
        "Norway wins,Chad,,\n"
        "Norway wins,Norway,missing.png,\n"
        "Norway wins,Norway,../flag.png,\n"
        f"{'x' * 3000} Norway,Norway,,\n"
        "Norway wins,Norway,,,,more\n"
        "Norway wins,Norway,,\n"
    )
    done: list[tuple[int, int]] = []
    linked = list(
        link_many(
            FakeLinker(), table(tmp_path, rows), images, 2, progress=lambda *d: done.append(d)
        )
    )
    problems = {row.number: row.problem for row in linked if row.problem}
    assert set(problems) == {2, 3, 6, 7}
    assert "sentence is empty" in problems[2]
    assert "'Chad' is not in the sentence" in problems[3]
    notes = {row.number: row.note for row in linked if row.note}
    assert notes == {
        4: "picture 'missing.png': not in the ZIP; linked by the text alone",
        5: "picture '../flag.png': not in the ZIP; linked by the text alone",
    }
    assert "3,007 characters" in problems[6]
    assert "cells under 4 columns" in problems[7]
    assert done == [(n, 8) for n in range(1, 9)]


@pytest.mark.parametrize("zipped", [False, True])
def test_a_missing_picture_is_linked_by_text_or_a_problem(
    linker: EntityLinker, tmp_path: Path, flag: bytes, zipped: bool
) -> None:
    images = packed(tmp_path / "p.zip", **{"flag.png": flag}) if zipped else tmp_path
    rows = table(tmp_path, HEAD + "we saw Norway,Norway,gone.png,a\n")
    (row,) = link_many(linker, rows, images, 3)
    assert row.result == linker.link(Mention("Norway", "we saw Norway"), 3)
    assert row.note.endswith("; linked by the text alone") and row.image == "gone.png"
    assert json.loads(as_jsonl([row]))["note"] == row.note
    assert {line["problem"] for line in csv.DictReader(io.StringIO(as_csv([row])))} == {row.note}
    assert "linked" not in translated(row.note, "zh")
    (row,) = link_many(linker, rows, images, 3, need_pictures=True)
    assert row.result is None and row.problem.startswith("picture 'gone.png': n")


def test_a_damaged_picture_is_named_as_the_table_names_it(
    linker: EntityLinker, tmp_path: Path
) -> None:
    images = packed(tmp_path / "p.zip", **{"bad.png": b"hello"})
    rows = table(tmp_path, HEAD + "we saw Norway,Norway,bad.png,\n")
    (row,) = link_many(linker, rows, images)
    assert row.problem.startswith("picture 'bad.png': not a picture")
    assert str(tmp_path) not in row.problem


@pytest.mark.parametrize("name", ["/etc/x.png", "../x.png", "a/../../x.png", "..\\x.png", "C:/x"])
def test_a_zip_that_leads_out_is_refused(tmp_path: Path, name: str) -> None:
    path = packed(tmp_path / "p.zip", **{name: b"x"})
    with pytest.raises(InputError, match="leads out"), open_pictures(path):
        pass


def test_a_link_in_a_zip_is_refused(tmp_path: Path) -> None:
    entry = zipfile.ZipInfo("a.png")
    entry.external_attr = 0o120777 << 16
    with zipfile.ZipFile(tmp_path / "p.zip", "w") as archive:
        archive.writestr(entry, "/etc/passwd")
    with pytest.raises(InputError, match="is a link"), open_pictures(tmp_path / "p.zip"):
        pass


def test_a_bomb_is_refused_before_it_is_unpacked(tmp_path: Path) -> None:
    path = packed(tmp_path / "p.zip", **{f"{i}.png": bytes(MOST_PICTURE // 2) for i in range(3)})
    with pytest.raises(InputError, match="unpacks to 45 MB"), open_pictures(path):
        pass


def test_a_bomb_that_lies_about_its_size_is_stopped(tmp_path: Path) -> None:
    path = packed(tmp_path / "p.zip", **{"a.png": bytes(2 * MOST_PICTURE)})
    data = bytearray(path.read_bytes())
    place = data.rindex(b"PK\x01\x02")
    struct.pack_into("<I", data, place + 24, 10)  # the size that the directory tells
    path.write_bytes(data)
    with open_pictures(path) as store:
        assert store is not None
        with pytest.raises(InputError, match=r"larger than|damaged"), store.picture("a.png"):
            pass


@pytest.mark.parametrize("data", [b"", b"PK\x05\x06", b"hello" * 100])
def test_what_is_no_zip_is_refused(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "p.zip").write_bytes(data)
    with pytest.raises(InputError, match="not a whole ZIP"), open_pictures(tmp_path / "p.zip"):
        pass


def test_names_in_a_zip_match_by_path_or_by_a_unique_last_part(tmp_path: Path) -> None:
    files = {"a/x.png": b"1", "b/x.png": b"2", "b/y.png": b"3"}
    with open_pictures(packed(tmp_path / "p.zip", **files)) as store:
        assert store is not None
        for name, content in (("a/x.png", b"1"), ("b\\x.png", b"2"), ("y.png", b"3")):
            with store.picture(name) as path:
                assert path.read_bytes() == content
            assert not path.exists()
        with pytest.raises(InputError, match="not in the ZIP"), store.picture("x.png"):
            pass


def test_jsonl_tables_and_pictures_without_a_place(tmp_path: Path) -> None:
    row = json.dumps({"Sentence": "Norway wins", "mention": "Norway", "image": "a.png"})
    path = table(tmp_path, row + "\n[1]\n", "t.jsonl")
    with pytest.raises(InputError, match="folder or ZIP"):
        list(link_many(FakeLinker(), path))
    bare = table(tmp_path, '{"sentence": "Norway wins", "mention": "Norway"}\n[1]\n', "u.jsonl")
    found = list(link_many(FakeLinker(), bare))
    assert [bool(row.result) for row in found] == [True, False]


@pytest.mark.parametrize("options", [{"k": 0}, {"k": 13}, {"rank_by": "x"}])
def test_options_out_of_range_stop_before_the_first_row(
    tmp_path: Path, options: dict[str, Any]
) -> None:
    with pytest.raises(InputError, match="k must be"):
        list(link_many(FakeLinker(), table(tmp_path, HEAD + "Norway,Norway,,\n"), **options))


def test_what_is_not_asked_for_is_not_done(tmp_path: Path) -> None:
    linker = FakeLinker()
    rows = link_many(linker, table(tmp_path, HEAD + "Norway wins,Norway,,\n" * 5))
    next(rows)
    assert isinstance(rows, Generator)
    rows.close()
    assert len(linker.asked) == 1


def test_the_answer_as_csv_and_jsonl(tmp_path: Path) -> None:
    rows = list(
        link_many(FakeLinker(), table(tmp_path, HEAD + "Norway wins,Norway,,=1+1\n,,,\n"), k=2)
    )
    lines = list(csv.DictReader(io.StringIO(as_csv(rows))))
    assert [(line["row"], line["rank"]) for line in lines] == [("1", "1"), ("1", "2"), ("2", "")]
    assert lines[0]["id"] == "'=1+1"
    assert float(lines[0]["cmfu"]) == -4.0  # a negative number is no formula
    assert "empty" in lines[2]["problem"]
    first, second = map(json.loads, as_jsonl(rows).splitlines())
    assert [c["rank"] for c in first["candidates"]] == [1, 2]
    assert second == {"row": 2, "id": "", "mention": "", "sentence": "", "problem": rows[1].problem}
    assert rows[1] == LinkedRow(2, "", "", "", None, rows[1].problem)


def test_a_row_without_a_confident_entity_says_so() -> None:
    found = FakeLinker().link(Mention("Norway", "Norway wins"), 1)
    doubts = (None, Doubt(True, "probability", 0.1, 0.2), Doubt(False, "probability", 0.3, 0.2))
    rows = [
        LinkedRow(i, "", "Norway", "Norway wins", replace(found, doubt=doubt))
        for i, doubt in enumerate(doubts)
    ]
    rows.append(LinkedRow(3, "", "", "", None, "the sentence is empty"))
    lines = list(csv.DictReader(io.StringIO(as_csv(rows))))
    assert [line["nil"] for line in lines] == ["", "yes", "no", ""]
    assert [line["problem"] for line in lines] == ["", "", "", "the sentence is empty"]


def test_bands_and_notices_have_columns_of_their_own() -> None:
    found = FakeLinker().link(Mention("Norway", "Norway wins"), 1)
    band = Band("sure", 0.97, 0.9, 96.0, 80.0, 12.0)
    said = ("no entity is named Ryan", "and more")
    results = (found, replace(found, band=band, notices=said))
    rows = [LinkedRow(i, "", "Norway", "Norway wins", result) for i, result in enumerate(results)]
    lines = list(csv.DictReader(io.StringIO(as_csv(rows))))
    assert [line["band"] for line in lines] == ["", "sure"]
    assert [line["notices"] for line in lines] == ["", "no entity is named Ryan; and more"]
    records = [json.loads(line) for line in as_jsonl(rows).splitlines()]
    assert "band" not in records[0] and records[0]["notices"] == []
    assert records[1]["band"] == "sure" and records[1]["notices"] == list(said)


def test_the_command(
    call: Run, tmp_path: Path, model_folder: Path, data: Path, flag: bytes
) -> None:
    rows = table(tmp_path, HEAD + "we saw Norway,Norway,flag.png,a\nwe saw,Chad,,b\n")
    common = ("--model", model_folder, "--kb", data, "--cache", tmp_path / "c", "-k", 2)
    out = tmp_path / "out.csv"
    code, printed, _ = call("link-many", rows, "--images", tmp_path, "--out", out, *common)
    assert code == 0
    summary = json.loads(printed)
    assert (summary["rows"], summary["linked"], summary["bad"][0]["row"]) == (2, 1, 2)
    assert len(list(csv.DictReader(io.StringIO(out.read_text("utf-8-sig"))))) == 3
    code, _, err = call(
        "link-many", rows, "--images", tmp_path, "--out", tmp_path / "x.txt", *common
    )
    assert (code, err.count("\n")) == (2, 1)
    bad = table(tmp_path, HEAD + "we saw,Chad,,b\n", "bad.csv")
    code, _, err = call("link-many", bad, "--out", tmp_path / "y.csv", *common)
    assert code == 2
    assert "no row could be linked; row 1" in err
    assert not (tmp_path / "y.csv").exists()


def test_without_k_it_is_five_or_what_there_is(tmp_path: Path) -> None:
    few = FakeLinker()
    rows = table(tmp_path, HEAD + "Norway wins,Norway,,\n")
    (whole,) = link_many(few, rows)
    few.entities = 4
    (row,) = link_many(few, rows)
    assert whole.result is not None and row.result is not None
    assert (len(whole.result.candidates), len(row.result.candidates)) == (5, 4)
    with pytest.raises(InputError, match="k must be from 1 to 4"):
        list(link_many(few, rows, k=5))


@pytest.mark.parametrize("value", [float("nan"), None, "", "nan", [], [None], "[]"])
def test_a_picture_that_is_nothing_asks_for_no_folder(tmp_path: Path, value: object) -> None:
    record = {"sentence": "Norway wins", "mention": "Norway", "image": value, "id": float("nan")}
    (row,) = link_many(FakeLinker(), table(tmp_path, json.dumps(record), "t.jsonl"))
    assert row.result is not None and row.id == ""


@pytest.mark.parametrize(
    "value", [["flag.png"], "['flag.png', 'x.png']", ["FLAG.PNG", "x.png"], [None, "flag.png"]]
)
def test_the_first_picture_of_a_list_is_the_mention_s(
    tmp_path: Path, flag: bytes, value: object
) -> None:
    linker = FakeLinker()
    record = {"sentence": "Norway wins", "mention": "Norway", "image": value}
    images = packed(tmp_path / "p.zip", **{"flag.png": flag})
    (row,) = link_many(linker, table(tmp_path, json.dumps(record), "t.jsonl"), images)
    assert row.result is not None and row.result.image == "ok"


def test_a_mention_may_be_url_quoted(tmp_path: Path) -> None:
    rows = table(
        tmp_path,
        HEAD + "K\u00f6ln wins,K%C3%B6ln,,\n100% Wolf wins,100% Wolf,,\nwe saw a%20b,a%20b,,\n",
    )
    linker = FakeLinker()
    assert [row.problem for row in link_many(linker, rows)] == ["", "", ""]
    assert [asked[0].surface for asked in linker.asked] == ["Köln", "100% Wolf", "a%20b"]


@pytest.mark.parametrize(
    "message",
    [
        "picture 'a.png': not in the ZIP under that name alone: x/a.png, y/a.png could be meant; "
        "write the whole name of one",
        "picture 'a.png': packed with Deflate64, which cannot be read: pack the ZIP again with "
        "Deflate",
        "picture '__MACOSX/._a.png': what macOS keeps beside a picture, not the picture: name the "
        "file itself",
        "the image is a dict, not text",
        "the id has 1,000,001 characters; at most 1,000,000 are read",
    ],
)
def test_what_is_wrong_with_a_row_is_told_in_chinese(message: str) -> None:
    assert sum("\u4e00" <= letter <= "\u9fff" for letter in translated(message, "zh")) > 4

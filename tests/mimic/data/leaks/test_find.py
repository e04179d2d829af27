"""Leaks by hand: which mention goes, why, and what it repeats."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from PIL import Image
from support import Run

from mimic.data.layout import KnowledgeBase, Split, read_kb, read_split
from mimic.data.leaks.clean_copy import check_place, write_clean
from mimic.data.leaks.find import NEAR, PICTURE, SAME, UNKNOWN, Leak, find_leaks, is_near_duplicate
from mimic.errors import InputError
from mimic.schema import Entity, Mention

KB = KnowledgeBase(
    Path("kb"),
    (Entity("Q1", "Norway", ""), Entity("Q2", "Chad", "")),
    {"Q1": 0, "Q2": 1},
    ((), ()),
    {},
)
LONG = "On Sunday Norway won the gold medal in the team relay."


def split(name: str, *mentions: tuple[str, str, str]) -> Split:
    """Mentions of (surface, sentence, answer), named after their number."""
    made = tuple(Mention(m, sentence, id=str(i)) for i, (m, sentence, _) in enumerate(mentions))
    answers = tuple(answer for *_, answer in mentions)
    gold = tuple(KB.rows.get(answer, -1) for answer in answers)
    return Split(name, made, gold, ("",) * len(made), {}, answers)


def test_the_later_mention_goes() -> None:
    train = split("train", ("Norway", LONG, "Q1"), ("Norway", "Norway wins.", "Q1"))
    dev = split(
        "dev",
        ("norway", LONG.upper(), "Q1"),
        ("Chad", LONG.replace("Norway", "Chad"), "Q2"),  # another name, another answer
        ("Norway", "Norway loses.", "Q1"),
    )
    test = split(
        "test",
        ("Norway", LONG.replace("Sunday", "Monday"), "Q1"),
        ("Norge", LONG.replace("Norway", "Norge"), "Q1"),
        ("Norway", "Norway loses!", "Q1"),
        ("Norway", "an answer that is not there", "Q9"),
        ("Norway", "nobody", "nil"),
    )
    assert find_leaks(KB, [test, dev, train]) == [
        Leak("dev", "0", SAME, "train:0"),
        Leak("test", "0", NEAR, "train:0"),
        Leak("test", "1", NEAR, "train:0"),
        Leak("test", "2", SAME, "dev:2"),
        Leak("test", "3", UNKNOWN),
    ]


def test_near_by_hand() -> None:
    """13 of 14 words in order are 26/28 = 0.93; 5 of 6 are 0.83; five words are too few."""
    words = [str(i) for i in range(14)]
    assert is_near_duplicate(words, [*words[:-1], "x"])
    assert is_near_duplicate(words, words[:-2])
    assert not is_near_duplicate(words[:6], [*words[:5], "x"])
    assert not is_near_duplicate(words[:5], words[:5])
    assert not is_near_duplicate(words, words[::-1])  # the same words in another order


def _spoil(folder: Path) -> None:
    """Four mentions of dev: one is good, one has an unknown answer, one stands in train, too, and
    one shows its entity's picture, smaller and as a JPEG."""
    train = json.loads((folder / "TINY_train.json").read_text())
    (folder / "TINY_test.json").unlink()
    entity = json.loads((folder / "kb_entity.json").read_text())[0]
    with Image.open(folder / "kb_image" / entity["image_list"][0]) as picture:
        picture.convert("RGB").resize((12, 12)).save(folder / "mention_image" / "leak.jpg")
    bare = {"mentions": "Mali", "answer": train[0]["answer"], "imgPath": ""}
    dev = [
        {"id": "good", "sentence": "Mali saw we", **bare},
        {"id": "unknown", "sentence": "Mali saw a match", **bare, "answer": "Q404"},
        {**train[0], "id": "same", "imgPath": ""},
        {"id": "shown", "sentence": "Mali of we", **bare, "imgPath": "leak.jpg"},
    ]
    dev[3]["answer"] = entity["qid"]
    (folder / "TINY_dev.json").write_text(json.dumps(dev))
    without = [record | {"imgPath": ""} for record in train]
    (folder / "TINY_train.json").write_text(json.dumps(without))


def test_a_clean_copy(own_data: Path, tmp_path: Path, call: Run) -> None:
    _spoil(own_data)
    out = tmp_path / "clean"
    code, said, _ = call("audit", "--data", own_data, "--write-clean", out, "--json")
    assert code == 0
    assert json.loads(said)["clean"]["left_out"] == {UNKNOWN: 1, SAME: 1, NEAR: 0, PICTURE: 1}
    with (out / "left_out.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = [tuple(row.values()) for row in csv.DictReader(file)]
    assert rows == [
        ("dev", "unknown", UNKNOWN, ""),
        ("dev", "same", SAME, "train:train-0-0"),
        ("dev", "shown", PICTURE, "kb_image/Norway-football.png"),
    ]
    kb = read_kb(out)
    assert len(kb.entities) == 9 and kb.image_rules == read_kb(own_data).image_rules
    assert [m.id for m in read_split(out, "dev", kb).mentions] == ["good"]
    assert len(read_split(out, "train", kb).mentions) == 36
    assert write_clean(out, tmp_path / "again") == []


def test_a_place_that_may_not_be_written(own_data: Path, tmp_path: Path) -> None:
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "file").touch()
    for place, why in ((own_data, "lies in"), (own_data / "x", "lies in"), (tmp_path, "holds it")):
        with pytest.raises(InputError, match=why):
            check_place(own_data, place)
    with pytest.raises(InputError, match="not empty"):
        check_place(own_data, tmp_path / "full")

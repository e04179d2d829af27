"""What people said was right, written and read back as a split and as a data set."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from support import Run
from support.commands import one_line

from mimic.data import corrections
from mimic.data.corrections import add_correction, check_readable, check_table, with_corrections
from mimic.data.layout import read_kb, read_split
from mimic.errors import InputError
from mimic.model.pictures import opened_picture
from mimic.schema import Mention

ABOUT = {"said": "atlas:norway-state", "model": "bundled", "kb": "tiny"}


@pytest.fixture
def table(data: Path, tmp_path: Path) -> Path:
    """Three mentions; of the first one somebody changed his mind."""
    file = tmp_path / "gold" / "said.jsonl"
    picture = data / "mention_image" / "test-0-0.png"
    first = Mention("Norway", "Norway and Norway", picture, (11, 17))
    add_correction(file, first, "atlas:norway-curling", ABOUT)
    add_correction(file, Mention("Chad", "Chad won", None, (0, 4)), "atlas:chad-state", ABOUT)
    add_correction(file, Mention("Mali", "Nobody", None, None), "", ABOUT)
    add_correction(file, first, "atlas:norway-football", ABOUT)
    return file


def test_a_gold_table_is_a_split(table: Path, data: Path) -> None:
    kb = read_kb(data)
    split = read_split(data, str(table), kb)
    assert [m.surface for m in split.mentions] == ["Norway", "Chad", "Mali"]
    assert split.answers == ("atlas:norway-football", "atlas:chad-state", "nil")
    assert split.gold == (0, 5, -1)
    first = split.mentions[0]
    assert first.span == (11, 17) and first.image is not None
    assert first.image.parent == table.with_name("said_images")
    with opened_picture(first.image) as picture:
        assert picture.size == (24, 24) and not dict(picture.getexif())
    assert len(table.read_text().splitlines()) == 4
    assert json.loads(table.read_text().splitlines()[0])["said"] == ABOUT["said"]


def test_it_is_measured_and_learnt_from(
    table: Path, data: Path, model_folder: Path, tmp_path: Path, call: Run
) -> None:
    words = ("--data", data, "--model", model_folder, "--split", table, "--json")
    code, out, _ = call("evaluate", *words)
    assert code == 0 and json.loads(out)["mentions"] == 2
    told = one_line(call("convert", table, tmp_path / "o", "--to", "mimic", "--split", "1,1,1"))
    assert "name a data folder that has them with --kb" in told
    code, _, told = call(
        "convert", table, tmp_path / "o", "--to", "mimic", "--split", "1,1,1", "--kb", data
    )
    assert code == 0 and "9 entities; mentions: train 1, dev 1, test 1" in told
    splits = [read_split(tmp_path / "o", s, read_kb(data)) for s in ("train", "dev", "test")]
    assert sum(m.image is not None for s in splits for m in s.mentions) == 1


def test_a_correction_takes_the_place_of_what_it_corrects(data: Path, tmp_path: Path) -> None:
    """One mention of train means another, one nobody, and a third what the folder lacks."""
    kb = read_kb(data)
    train, file = read_split(data, "train", kb), tmp_path / "said.jsonl"
    for row, answer in ((0, "atlas:norway-curling"), (1, ""), (2, "Q64")):
        add_correction(file, train.mentions[row], answer, ABOUT)
    add_correction(file, replace(train.mentions[3], image=None), "atlas:chad-state", ABOUT)
    corrected, lacking = with_corrections(train, file, kb)
    assert lacking == ["Q64"] and len(corrected.mentions) == 36
    assert [m.id for m in corrected.mentions[:33]] == [m.id for m in train.mentions[3:]]
    assert corrected.answers[33:] == ("atlas:norway-curling", "nil", "atlas:chad-state")
    assert corrected.gold[33:] == (kb.rows["atlas:norway-curling"], -1, kb.rows["atlas:chad-state"])
    assert len(corrected.groups) == len(corrected.paraphrases) == 36
    assert corrected.groups[32:] == (train.groups[35], "", "", "")


def test_calibrate_reads_it(data: Path, own_model: Path, tmp_path: Path, call: Run) -> None:
    file, kb = tmp_path / "said.jsonl", read_kb(data)
    dev = read_split(data, "dev", kb)
    for mention, answer in zip(dev.mentions, dev.answers, strict=True):
        add_correction(file, mention, answer, ABOUT)
    words = ("--data", data, "--model", own_model, "--cache", tmp_path / "cache")
    found = [json.loads(call("calibrate", *words, "--split", s)[1]) for s in ("dev", file)]
    assert found[0]["temperature"] == pytest.approx(found[1]["temperature"], rel=0.05)
    card = json.loads((own_model / "config.json").read_text())
    assert card["temperature"] == found[1]["temperature"] != 2.0
    assert card["nil"] == found[1]["nil"]


def test_bad_tables(data: Path, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="must end in .jsonl"):
        check_table(tmp_path / "gold.csv")
    with pytest.raises(InputError, match="must end in .jsonl"):
        check_readable(tmp_path / "gold.csv")
    with pytest.raises(InputError, match="^--corrections .*gold.jsonl: no such file"):
        check_readable(tmp_path / "gold.jsonl")
    with pytest.raises(InputError, match="no such file"):
        read_split(data, str(tmp_path / "no.jsonl"), read_kb(data))
    (tmp_path / "no.jsonl").write_text("{")
    with pytest.raises(InputError, match="line 1 is not JSON"):
        read_split(data, str(tmp_path / "no.jsonl"), read_kb(data))
    (tmp_path / "x.png").write_text("no picture")
    with pytest.raises(InputError):
        add_correction(tmp_path / "g.jsonl", Mention("a", "a", tmp_path / "x.png"), "", {})
    assert not (tmp_path / "g.jsonl").exists()


def test_it_does_not_grow_for_ever(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(corrections, "MOST_BYTES", 300)
    file = tmp_path / "g.jsonl"
    add_correction(file, Mention("a", "a b"), "Q1", {})
    with pytest.raises(InputError, match="is full"):
        add_correction(file, Mention("a", "a " + "b" * 200), "Q1", {})
    assert len(file.read_text().splitlines()) == 1

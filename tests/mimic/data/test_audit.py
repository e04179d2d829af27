"""The audit of a data folder: every count worked out by hand on the tiny data."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from support import Run, tiny

from mimic.config import ModelConfig
from mimic.data.audit import audit_folder, refuse_missing_pictures, summary_lines
from mimic.errors import InputError


@pytest.fixture
def config(text_model: Path) -> ModelConfig:
    return tiny.model_config(text_model)


def test_the_tiny_data(data: Path, config: ModelConfig) -> None:
    """9 entities of 3 names: every surface form is shared by 3."""
    found = audit_folder(data, config)
    assert found["entities"] == 9
    assert found["mentions"] == {"train": 36, "dev": 9, "test": 9}
    for side, count in (("entity", 9), ("mention", 54)):
        assert found["images"][side] == {
            "referenced": count,
            "found": count,
            "missing": 0,
            "unreadable": 0,
            "blank": 0,
            "identical": 0,
            "rules": {"exact": count},
        }
    assert found["mention_not_in_sentence"] == {"train": 0, "dev": 0, "test": 0}
    assert found["entities_sharing_the_surface"]["dev"] == {"none": 0, "1": 0, "2-5": 9, ">5": 0}
    # the sentences of the splits are the same on purpose: 9 of each split stand in the other
    assert found["leaks"]["same_mention"] == {"train-dev": 9, "train-test": 9, "dev-test": 9}
    assert found["leaks"]["mention_image_of_gold"] == {"train": 0, "dev": 0, "test": 0}
    json.dumps(found)


def spoil(folder: Path) -> None:
    """One picture of each defect, one mention of each defect."""
    kb, mentions = folder / "kb_image", folder / "mention_image"
    (kb / "Norway-state.png").write_bytes(b"no picture")
    (kb / "Chad-state.png").unlink()
    shutil.copy(kb / "Mali-state.png", kb / "Mali-curling.png")
    Image.new("RGB", (9, 9), "grey").save(mentions / "dev-0-0.png")
    shutil.copy(kb / "Chad-football.png", mentions / "dev-0-3.png")

    def change(records: list[dict[str, Any]]) -> None:
        records[1]["mentions"] = "Noreg"
        records[2]["answer"] = "nil"
        records[4]["answer"] = "Q404"
        records[5]["imgPath"] = ""

    tiny.edit(folder / "TINY_dev.json", change)


def test_every_defect_is_counted(own_data: Path, config: ModelConfig) -> None:
    spoil(own_data)
    found = audit_folder(own_data, config)
    entity, mention = found["images"]["entity"], found["images"]["mention"]
    assert (entity["referenced"], entity["found"], entity["missing"]) == (9, 8, 1)
    assert (entity["unreadable"], entity["blank"], entity["identical"]) == (1, 0, 2)
    assert (mention["referenced"], mention["found"], mention["blank"]) == (53, 53, 1)
    assert found["mention_not_in_sentence"]["dev"] == 1
    assert found["nil"] == {"train": 0, "dev": 1, "test": 0}
    assert found["answers_not_in_kb"] == {"train": 0, "dev": 1, "test": 0}
    assert found["answers_not_in_kb_examples"] == {"dev": ["dev-0-4 -> Q404"]}
    assert found["leaks"]["mention_image_of_gold"] == {"train": 0, "dev": 1, "test": 0}
    text = "\n".join(summary_lines(found))
    for part in ("1 missing", "1 unreadable", "dev-0-4 -> Q404", "LEAK mention image of gold"):
        assert part in text


def test_shares_of_cut_texts_and_padding(own_data: Path, config: ModelConfig) -> None:
    """`[CLS] norway [SEP] the president of norway [SEP]` has 8 of 12 tokens."""
    (own_data / "TINY_dev.json").write_text(
        json.dumps(
            [
                {"mentions": "Norway", "sentence": "the president of Norway"},
                {"mentions": "Norway", "sentence": "the president of Norway " * 4},
            ]
        )
    )
    tokens = audit_folder(own_data, config)["tokens"]
    assert tokens["length"] == 12
    assert tokens["truncated"]["dev"] == 0.5
    assert tokens["padding"]["dev"] == pytest.approx(1 - 20 / 24)


@pytest.mark.parametrize("side", ["kb_image", "mention_image"])
def test_one_side_without_any_picture_is_refused(
    own_data: Path, config: ModelConfig, side: str
) -> None:
    shutil.rmtree(own_data / side)
    found = audit_folder(own_data, config)
    with pytest.raises(InputError, match=f"{side}: every picture is missing"):
        refuse_missing_pictures(found, own_data)


def test_data_that_names_no_picture_is_an_ordinary_case(
    own_data: Path, config: ModelConfig
) -> None:
    shutil.rmtree(own_data / "mention_image")
    for split in ("train", "dev", "test"):
        tiny.edit(own_data / f"TINY_{split}.json", lambda rs: [r.update(imgPath="") for r in rs])
    refuse_missing_pictures(audit_folder(own_data, config), own_data)


def test_a_folder_without_splits(own_data: Path, config: ModelConfig) -> None:
    for file in own_data.glob("TINY_*.json"):
        file.unlink()
    with pytest.raises(InputError, match="no file"):
        audit_folder(own_data, config)


def test_records_that_are_left_out_are_told(
    call: Run, own_data: Path, own_model: Path, config: ModelConfig, tmp_path: Path
) -> None:
    tiny.edit(own_data / "TINY_dev.json", lambda r: r[3].update(sentence=" "))
    tiny.edit(own_data / "kb_entity.json", lambda r: r[8].update(entity_name=""))
    found = audit_folder(own_data, config)
    assert (found["entities"], found["mentions"]["dev"]) == (8, 8)
    assert found["left_out"] == {"entities": 1, "train": 0, "dev": 1, "test": 0}
    text = "\n".join(summary_lines(found))
    assert "dev: record 3: the sentence is empty" in text
    assert "entities: record 8: the name is empty" in text
    flags = ("--data", own_data, "--split", "dev", "--model", own_model, "--cache", tmp_path)
    code, out, err = call("evaluate", *flags, "--json")
    assert code == 0 and json.loads(out)["mentions"] == 7
    assert "1 records of dev are left out; record 3: the sentence is empty" in err
    stats = json.loads(call("kb", "stats", own_data, "--json")[1])
    assert stats["left_out"] == {"record 8": "the name is empty"}

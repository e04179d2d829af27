"""Calibrate: the temperature by hand, several sources, and what the commands make of it."""

from __future__ import annotations

import json
import math
from pathlib import Path

import pytest
import torch
from support import Run, tiny
from support.commands import one_line

from mimic.linking.calibrate import fit_temperature, pictures_of
from mimic.linking.linker import EntityLinker
from mimic.model.mimic import FAMILIAR, fingerprint, load_model, save_model
from mimic.model.processor import load_tokenizer
from mimic.schema import Mention


def test_temperature_of_a_known_case() -> None:
    """Gaps of 6 that are right in 3 of 4 cases: e^(6/T) = 3, T = 6 / ln 3 = 5.46."""
    scores = torch.tensor([[6.0, 0.0]] * 4)
    gold = torch.tensor([0, 0, 0, 1])
    expected = 6 / math.log(3)
    assert fit_temperature([(scores, gold)]) == pytest.approx(expected, rel=0.01)
    small = fit_temperature([(scores / 10, gold)])
    assert small == pytest.approx(expected / 10, rel=0.01)
    parted = [(scores[:2], gold[:2]), (scores[2:], gold[2:])]
    assert fit_temperature(parted) == fit_temperature([(scores, gold)])
    wider = torch.nn.functional.pad(scores[2:], (0, 3), value=-1e9)  # another knowledge base
    assert fit_temperature([parted[0], (wider, gold[2:])]) == fit_temperature(parted)


def test_pictures_are_drawn_evenly_from_mentions_and_entities() -> None:
    mentions, entities = [Path(f"m{i}") for i in range(9)], [Path("e0"), Path("e1"), Path("e1")]
    few = pictures_of(mentions, entities, 5)
    assert few == [Path("m0"), Path("m4"), Path("m8"), Path("e0"), Path("e1")]
    assert pictures_of(mentions, entities, 100) == [*mentions, *entities[:2]]


def test_calibrate_writes_the_card_and_evaluate_reports_it(
    own_model: Path, data: Path, call: Run, tmp_path: Path
) -> None:
    flags = ("--data", data, "--model", own_model, "--cache", tmp_path)
    assert json.loads(call("evaluate", *flags, "--json")[1])["nil"] is None
    before = fingerprint(own_model)
    code, out, _ = call("calibrate", *flags)
    found = json.loads(out)
    assert code == 0
    card = json.loads((own_model / "config.json").read_text())
    assert card["nil"] == found["nil"] and card["temperature"] == found["temperature"]
    assert card["familiar"].pop("sha256") and card["familiar"] == found["familiar"]
    assert (own_model / FAMILIAR).is_file() and fingerprint(own_model) == before
    report = json.loads(call("evaluate", *flags, "--json")[1])["nil"]
    assert report["held_out"] == 4
    assert report["threshold"] == found["nil"]["threshold"]
    assert report["right_doubted"] <= 12
    assert sum(band["answers"] for band in report["bands"].values()) == 5
    linker = EntityLinker.load(own_model, data, "cpu", tmp_path)
    result = linker.link(Mention("Norway", "the president of Norway"), k=1)
    assert result.doubt is not None and result.band is not None
    assert result.doubt.nil == (result.doubt.value < found["nil"]["threshold"])
    assert result.doubt.nil == (result.band.name == "absent")
    assert linker.familiar is not None


def test_several_folders_are_calibrated_together(
    own_model: Path, data: Path, own_data: Path, call: Run, tmp_path: Path
) -> None:
    """Another knowledge base, of three entities; mentions of others have no entity there, and the
    pictures of label `unknown` show what no entity is."""
    tiny.edit(own_data / "kb_entity.json", lambda r: r.__delitem__(slice(3, None)))
    tiny.edit(
        own_data / "TINY_dev_evidence.json",
        lambda r: [r[key].update(label="unknown") for key in list(r)[-2:]],
    )
    (own_data / "TINY_train.json").unlink()
    where = ("--model", own_model, "--cache", tmp_path / "cache")
    code, out, _ = call("calibrate", "--data", data, "--data", own_data, *where)
    found = json.loads(out)
    assert code == 0 and set(found) == {"temperature", "nil", "familiar", "gates"}
    assert set(found["familiar"]) == {"threshold", "false_alarms", "detected"}
    report = json.loads(call("evaluate", "--data", own_data, "--split", "dev", *where, "--json")[1])
    assert report["not_in_kb"] == 6
    twice = one_line(call("calibrate", "--data", data, "--data", data, *where))
    assert "names a folder twice" in twice
    several = ("--data", data, "--data", own_data, "--kb", data)
    assert "is for one data folder" in one_line(call("calibrate", *several, *where))


def test_other_weights_lose_what_was_familiar_to_the_old(
    own_model: Path, data: Path, call: Run, tmp_path: Path
) -> None:
    call("calibrate", "--data", data, "--model", own_model, "--cache", tmp_path)
    model, card = load_model(own_model)
    assert card.familiar is not None
    (own_model / "log.csv").write_text("of a run\n")
    save_model(model, own_model, card, load_tokenizer(model.config))
    assert load_model(own_model)[1].familiar is None


@pytest.mark.parametrize("entities", [1, 2])
def test_calibrate_refuses_a_knowledge_base_in_which_nothing_can_be_compared(
    own_model: Path, own_data: Path, call: Run, tmp_path: Path, entities: int
) -> None:
    tiny.edit(own_data / "kb_entity.json", lambda r: r.__delitem__(slice(entities, None)))
    card = (own_model / "config.json").read_bytes()
    flags = ("--data", own_data, "--model", own_model, "--cache", tmp_path / "cache")
    line = one_line(call("calibrate", *flags, "--split", "train"))
    assert f"has {entities} entities; it needs 3" in line
    assert (own_model / "config.json").read_bytes() == card
    code, out, _ = call("evaluate", *flags, "--split", "train", "--json")
    assert code == 0 and "NaN" not in out and "Infinity" not in out

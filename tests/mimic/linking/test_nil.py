"""When no entity is right: thresholds by hand, and restricted answers against a naive oracle."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
import torch
from support import Run, tiny
from support.commands import one_line

from mimic.data.layout import read_kb, read_split
from mimic.errors import InputError
from mimic.index.protocol import Answers
from mimic.linking.linker import EntityLinker
from mimic.linking.nil import NilRule, Observed, confidence, fit, held_out, quality, without
from mimic.schema import Mention


def query(linker: EntityLinker, data: Path) -> tuple[Answers, torch.Tensor]:
    split = read_split(data, "dev", read_kb(data))
    return linker.index.query(linker.mention_side(split.mentions)[0]), torch.tensor(split.gold)


def test_half_of_the_mentions_is_held_out_and_the_same_half_again() -> None:
    assert held_out(9).sum() == 4
    assert (held_out(9) == held_out(9)).all()
    allowed = without(torch.tensor([2, 0]), torch.tensor([True, False]), 3)
    assert allowed.tolist() == [[True, True, False], [True, True, True]]


def test_quality_by_hand() -> None:
    said = np.array([True, True, True, False])
    nil = np.array([True, False, True, True])
    found = quality(said, nil)
    assert found == pytest.approx({"precision": 200 / 3, "recall": 200 / 3, "f1": 200 / 3})
    assert quality(~said & ~nil, nil) == {"precision": 0.0, "recall": 0.0, "f1": 0.0}


def test_the_better_statistic_and_the_threshold_between_two_mentions() -> None:
    nil = np.array([True, True, False, False])
    statistics = {
        "probability": np.array([0.2, 0.9, 0.8, 1.0]),  # cannot tell the second from the third
        "margin": np.array([0.1, 0.3, 0.7, 2.0]),
    }
    assert fit(statistics, nil) == NilRule("margin", 0.5, 100.0, 100.0)
    with pytest.raises(InputError, match="at least two"):
        fit(statistics, np.ones(4, bool))


def test_confidence_without_the_gold_entities_is_that_of_all_scores(
    linker: EntityLinker, data: Path
) -> None:
    asked, gold = query(linker, data)
    allowed = without(gold, torch.arange(len(gold)) % 2 == 0, asked.size)
    found = confidence(asked, 0.5, allowed)
    scores = query(linker, data)[0].scores()["score"].masked_fill(~allowed, -torch.inf) / 0.5
    best = scores.topk(2).values
    assert found["probability"] == pytest.approx(scores.softmax(1).amax(1).tolist(), abs=1e-5)
    assert found["margin"] == pytest.approx((best[:, 0] - best[:, 1]).tolist(), abs=1e-4)


def test_observing_in_batches_is_observing_at_once(linker: EntityLinker, data: Path) -> None:
    split = read_split(data, "dev", read_kb(data))
    whole, gold = query(linker, data)
    gold[3] = -1  # NIL from the start, held out or not
    together, apart = Observed(len(gold), 1.0), Observed(len(gold), 1.0)
    together.add(whole, gold)
    for a in (0, 4, 8):
        side, _ = linker.mention_side(split.mentions[a : a + 4])
        apart.add(linker.index.query(side), gold[a : a + 4])
    assert together.nil == apart.nil == (held_out(len(gold)) | (gold < 0).numpy()).tolist()
    for name, values in together.statistics.items():
        assert values == pytest.approx(apart.statistics[name], abs=1e-4)


def test_calibrate_writes_the_threshold_and_evaluate_reports_it(
    own_model: Path, data: Path, call: Run, tmp_path: Path
) -> None:
    flags = ("--data", data, "--model", own_model, "--cache", tmp_path)
    assert json.loads(call("evaluate", *flags, "--json")[1])["nil"] is None
    code, out, _ = call("calibrate", *flags)
    rule = json.loads(out)
    assert code == 0
    assert json.loads((own_model / "config.json").read_text())["nil"] == rule
    report = json.loads(call("evaluate", *flags, "--json")[1])["nil"]
    assert report["held_out"] == 4
    assert report["threshold"] == rule["threshold"]
    assert 0 <= report["precision"] <= 100
    linker = EntityLinker.load(own_model, data, "cpu", tmp_path)
    doubt = linker.link(Mention("Norway", "the president of Norway"), k=1).doubt
    assert doubt is not None
    assert doubt.nil == (doubt.value < rule["threshold"])


def test_a_model_without_a_threshold_gives_no_advice(linker: EntityLinker) -> None:
    assert linker.link(Mention("Norway", "the president of Norway"), k=2).doubt is None


@pytest.mark.parametrize(
    "record", [{"statistic": "luck", "threshold": 1, "precision": 1, "recall": 1}, {"a": 1}, []]
)
def test_a_damaged_threshold_is_told(record: object) -> None:
    with pytest.raises(InputError, match="'nil'"):
        NilRule.from_record(record, "config.json")  # type: ignore[arg-type]


@pytest.mark.parametrize("number", [float("nan"), float("inf"), 10**400, None])
def test_a_threshold_that_is_no_number_is_told(number: float) -> None:
    record = {"statistic": "margin", "threshold": number, "precision": 1.0, "recall": 1.0}
    with pytest.raises(InputError, match="'nil' .* run calibrate again"):
        NilRule.from_record(record, "config.json")


def test_no_threshold_is_set_where_none_tells_anything() -> None:
    nil = np.array([True, False, True])
    nothing, same = np.array([np.nan] * 3), np.array([0.5] * 3)
    with pytest.raises(InputError, match="no threshold tells"):
        fit({"probability": nothing, "margin": nothing}, nil)
    with pytest.raises(InputError, match="no threshold tells"):
        fit({"probability": same, "margin": same}, nil)
    told = np.array([0.1, 0.9, 0.1])
    assert fit({"probability": nothing, "margin": told}, nil) == NilRule("margin", 0.5, 100, 100)


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

"""When no entity is right: thresholds by hand, and restricted answers against a naive oracle."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
import torch

from mimic.data.layout import read_kb, read_split
from mimic.errors import InputError
from mimic.index.protocol import Answers
from mimic.linking.bands import NEVER, Bands
from mimic.linking.linker import EntityLinker
from mimic.linking.nil import (
    NilRule,
    Observed,
    confidence,
    fit,
    fit_rule,
    held_out,
    quality,
    without,
)
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


def one(statistics: dict[str, np.ndarray], nil: np.ndarray, right: np.ndarray) -> NilRule:
    """The rule of a single source."""
    return fit(statistics, nil, right, np.zeros(len(nil), int))


def test_the_better_statistic_and_the_threshold_between_two_mentions() -> None:
    nil = np.array([True, True, False, False])
    statistics = {
        "probability": np.array([0.2, 0.9, 0.8, 1.0]),  # cannot tell the second from the third
        "margin": np.array([0.1, 0.3, 0.7, 2.0]),
    }
    assert one(statistics, nil, ~nil) == NilRule("margin", 0.5, 100.0, 100.0, 0.0)
    with pytest.raises(InputError, match="at least two"):
        one(statistics, np.ones(4, bool), np.zeros(4, bool))


def test_at_most_6_percent_of_the_right_answers_of_each_source_are_doubted() -> None:
    """Seventeen right answers may lose one (5.9 %), but not two; sixteen none (6.25 %)."""
    rights, nils = np.linspace(0.1, 0.9, 17), np.linspace(0.02, 0.98, 10)
    values = {"probability": np.concatenate([rights, nils])}
    right = np.arange(27) < 17
    found = one(values, ~right, right)
    assert found.threshold == pytest.approx(0.1383, abs=1e-4)  # 0.1 is doubted; 0.02, 0.127 told
    assert (found.doubted, found.recall) == (5.88, 20.0)
    assert found.precision == pytest.approx(66.67)
    two = np.where(np.arange(27) < 1, 1, 0)  # the least sure right answer is the other source's
    only = fit(values, ~right, right, two)
    assert only.threshold == pytest.approx(0.06) and only.doubted == 0.0
    with pytest.raises(InputError, match="no threshold tells"):
        one({"probability": np.array([0.1, 0.5])}, np.array([False, True]), np.array([True, False]))
    wrong = one({"probability": np.array([0.1, 0.5])}, np.array([True, False]), np.zeros(2, bool))
    assert wrong.doubted == 0.0  # nothing was right


def test_sources_are_fitted_together() -> None:
    apart = []
    for number in range(2):
        observed = Observed(0, 1.0)
        values = [0.1 + 0.2 * number, 0.9, 0.8, 0.2]
        observed.statistics = {"probability": values, "margin": [0.0] * 4}
        observed.nil = observed.half = [True, False, False, False]
        observed.right = [False, True, True, False]
        apart.append(observed)
    rule = fit_rule(apart)
    assert (rule.statistic, rule.recall, rule.doubted) == ("probability", 100.0, 0.0)
    assert rule.threshold == pytest.approx(0.55)  # between 0.3 and 0.8: both are told
    assert rule.bands == Bands(NEVER, NEVER, {"uncertain": 100.0})  # four answers promise nothing
    report = apart[1].report(rule)
    assert (report["held_out"], report["recall"], report["right_doubted"]) == (1, 100.0, 0.0)
    assert report["bands"] == {
        "uncertain": {"answers": 2, "right": 100.0},
        "absent": {"answers": 1, "right": 0.0},
    }


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
    assert together.half == apart.half == (held_out(len(gold)) & (gold >= 0).numpy()).tolist()
    first = query(linker, data)[0].top(1).rows[:, 0]
    right = (first == gold).numpy() & ~np.array(together.half)
    assert together.right == apart.right == right.tolist()
    for name, values in together.statistics.items():
        assert values == pytest.approx(apart.statistics[name], abs=1e-4)


@pytest.mark.parametrize("statistic", ["probability", "margin"])
def test_a_rule_that_is_reported_needs_no_exact_probabilities(
    linker: EntityLinker, data: Path, statistic: str
) -> None:
    gold = query(linker, data)[1]
    values = Observed(len(gold), 1.0)
    values.add(query(linker, data)[0], gold)
    ordered = np.sort(np.array(values.statistics["probability"]))
    low, high = float(ordered[3:5].mean()), float(ordered[-3:-1].mean())
    threshold = float(np.median(values.statistics[statistic])) + 1e-4
    rule = NilRule(statistic, threshold, 0.0, 0.0, None, Bands(high, low, {}))
    assert set(rule.edges) >= {low, high}
    told = Observed(len(gold), 1.0, rule)
    told.add(query(linker, data)[0], gold)
    assert told.report(rule) == values.report(rule)


def test_a_model_without_a_threshold_gives_no_advice(linker: EntityLinker) -> None:
    assert linker.link(Mention("Norway", "the president of Norway"), k=2).doubt is None


@pytest.mark.parametrize(
    "record", [{"statistic": "luck", "threshold": 1, "precision": 1, "recall": 1}, {"a": 1}, []]
)
def test_a_damaged_threshold_is_told(record: object) -> None:
    with pytest.raises(InputError, match="'nil'"):
        NilRule.from_record(record, "config.json")  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("bands", "message"),
    [
        ([], "no thresholds"),
        ({"sure": 0.9}, "no thresholds"),
        ({"sure": "x", "likely": 0.5}, "no thresholds"),
        ({"sure": 0.9, "likely": 0.5, "right": 3}, "no thresholds"),
        ({"sure": float("nan"), "likely": 0.5}, "a number below 0, or none"),
        ({"sure": 0.9, "likely": -0.5}, "a number below 0, or none"),
        ({"sure": 0.4, "likely": 0.5}, "'likely' above 'sure'"),
    ],
)
def test_damaged_bands_are_told(bands: object, message: str) -> None:
    record = {"statistic": "margin", "threshold": 1.0, "precision": 1.0, "recall": 1.0}
    with pytest.raises(InputError, match=message):
        NilRule.from_record({**record, "bands": bands}, "config.json")


@pytest.mark.parametrize("number", [float("nan"), float("inf"), 10**400, None])
def test_a_threshold_that_is_no_number_is_told(number: float) -> None:
    record = {"statistic": "margin", "threshold": number, "precision": 1.0, "recall": 1.0}
    with pytest.raises(InputError, match="'nil' .* run calibrate again"):
        NilRule.from_record(record, "config.json")


def test_no_threshold_is_set_where_none_tells_anything() -> None:
    nil = np.array([True, False, True])
    nothing, same = np.array([np.nan] * 3), np.array([0.5] * 3)
    with pytest.raises(InputError, match="no threshold tells"):
        one({"probability": nothing, "margin": nothing}, nil, ~nil)
    with pytest.raises(InputError, match="no threshold tells"):
        one({"probability": same, "margin": same}, nil, ~nil)
    told = np.array([0.1, 0.9, 0.1])
    rule = one({"probability": nothing, "margin": told}, nil, ~nil)
    assert rule == NilRule("margin", 0.5, 100, 100, 0)


def test_a_card_of_before_still_opens_and_a_rule_comes_back() -> None:
    before = {"statistic": "margin", "threshold": 1.5, "precision": 86.6, "recall": 88.0}
    rule = NilRule.from_record(before, "config.json")
    assert rule == NilRule("margin", 1.5, 86.6, 88.0) and rule.record() == before
    whole = NilRule("margin", 1.5, 86.6, 88.0, 11.0, Bands(0.9, 0.5, {"sure": 96.0}))
    assert NilRule.from_record(json.loads(json.dumps(whole.record())), "config.json") == whole

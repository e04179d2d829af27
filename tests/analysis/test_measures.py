"""What the measures stand on, beside naive forms: scores, gates, noise, intervals and tests."""

from __future__ import annotations

import copy
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest
import torch

from analysis.measures.causes import CAUSES
from analysis.measures.errors import wrong_mentions
from analysis.measures.gates import closing, holding, verdict
from analysis.measures.noise import changed_words, chosen, replaced_pictures, unrelated
from analysis.measures.split_scores import SplitScores, mean_of
from analysis.measures.statistics import (
    SAMPLES,
    SEED,
    Difference,
    difference,
    interval,
    spearman,
)
from analysis.measures.systems import own_systems, ranked
from analysis.measures.units import Calibration, standardised
from mimic.errors import InputError
from mimic.linking.linker import EntityLinker
from mimic.model.mimic import Mimic
from mimic.schema import UNITS, Mention


@pytest.fixture(scope="module")
def split(linker: EntityLinker, data: Path) -> SplitScores:
    return SplitScores(linker, data, "test", lambda line: None)


def _direct(model: Mimic, split: SplitScores, pictures: torch.Tensor) -> dict[str, torch.Tensor]:
    """The units' direct form of all pairs, with these pictures of the entities."""
    processor, entities = split.linker.processor, split.linker.index.entities
    sides = []
    for names, contexts, pixels in (
        (
            [m.surface for m in split.mentions],
            [m.sentence for m in split.mentions],
            processor.pictures([m.image for m in split.mentions]),
        ),
        ([e.name for e in entities], [e.description for e in entities], pictures),
    ):
        texts = processor.texts(names, contexts)
        sides.append(model.features(texts.input_ids, texts.attention_mask, pixels))
    trace: dict[str, torch.Tensor] = {}
    with torch.no_grad():
        found = model.score(model.mention_side(sides[0]), model.entity_side(sides[1]), trace)
    return found | trace


def test_scores_are_those_of_the_direct_form(split: SplitScores) -> None:
    entities = split.linker.index.entities
    naive = _direct(
        split.model, split, split.linker.processor.pictures([e.image for e in entities])
    )
    for unit in UNITS:
        torch.testing.assert_close(split.clean[unit], naive[unit].detach(), rtol=1e-3, atol=1e-3)
    place = ranked(mean_of(split.clean), split.gold)
    assert (place == own_systems(split, None)["all units"]).all()
    gold = split.gold[:, None]
    gate = naive["vdlu_entity_to_mention"].gather(1, gold)[:, 0].detach()
    found = split.clean_views.gates["vdlu_entity_to_mention"]
    torch.testing.assert_close(found, gate, rtol=1e-3, atol=1e-3)


@pytest.mark.parametrize("how", ["0", "1", "random", "sigmoid_concat"])
def test_held_gates_are_those_of_the_direct_form(split: SplitScores, how: str) -> None:
    model, entities = holding(split.model, how), split.linker.index.entities
    naive = _direct(model, split, split.linker.processor.pictures([e.image for e in entities]))
    if how in ("0", "1"):
        assert (naive["vdlu_mention_to_entity"] == float(how)).all()
        assert (naive["cmfu_entity"] == float(how)).all()
    seen = split.picture_scores(split.words, split.views, split.entities(model=model), model)
    for unit in ("vdlu", "cmfu"):
        torch.testing.assert_close(seen.scores[unit], naive[unit].detach(), rtol=1e-3, atol=1e-3)


def test_other_pictures_of_entities_are_those_of_the_direct_form(split: SplitScores) -> None:
    owner = torch.arange(split.linker.entities)
    views = replaced_pictures(split, split.entity_views, "unrelated", owner, 3)
    given = views.number - 1  # every entity has a picture, in its order
    assert (given != owner).all()
    entities = split.linker.index.entities
    paths = [entities[int(i)].image for i in given]
    naive = _direct(split.model, split, split.linker.processor.pictures(paths))
    seen = split.picture_scores(split.words, split.views, split.entities(views))
    for unit in ("vdlu", "cmfu"):
        torch.testing.assert_close(seen.scores[unit], naive[unit].detach(), rtol=1e-3, atol=1e-3)


def test_blank_and_noise(split: SplitScores) -> None:
    blank = replaced_pictures(split, split.views, "blank", split.gold, 0)
    noise = replaced_pictures(split, split.views, "noise", split.gold, 0)
    zeros = split.encoder.pixels(1, lambda part: split.linker.processor.blank(), "x")
    torch.testing.assert_close(blank.overall[blank.number[0]], zeros.overall[1])
    assert (noise.number == torch.arange(1, 10)).all()
    assert not torch.allclose(noise.overall[1], noise.overall[2])


def test_unrelated_rows_have_another_owner() -> None:
    rows, owner = np.arange(6) + 10, np.array([0, 0, 0, 1, 1, 2])
    given = unrelated(rows, owner, np.random.default_rng(0))
    of = dict(zip(rows.tolist(), owner.tolist(), strict=True))
    assert all(of[int(g)] != o for g, o in zip(given, owner, strict=True))
    alone = unrelated(rows[:2], owner[:2], np.random.default_rng(0))
    assert alone.tolist() == [10, 11]  # no stranger: its own


def test_levels_are_nested() -> None:
    has = np.array([True] * 8 + [False] * 4)
    quarter, half, whole = (chosen(has, level, 1) for level in (25, 50, 100))
    assert (quarter.sum(), half.sum()) == (2, 4) and (whole == has).all()
    assert (quarter <= half).all() and not chosen(has, 0, 1).any()


def test_words_dropped_and_swapped() -> None:
    mentions = [
        Mention("Chad", "We saw Chad on ice.", span=(7, 11), id="a"),
        Mention("Mali", "Mali won!", span=(0, 4), id="b"),
    ]
    assert changed_words(mentions, "dropped", 0, 1) == mentions
    dropped = changed_words(mentions, "dropped", 100, 1)
    assert [m.sentence for m in dropped] == ["Chad.", "Mali!"] and dropped[0].span == (0, 4)
    swapped = changed_words(mentions, "swapped", 100, 1)
    assert swapped[0].sentence.count("Chad") == 1 and "ice" not in swapped[0].sentence
    assert set(swapped[0].sentence.rstrip(".").split()) <= {"Chad", "Mali", "won"}
    half = changed_words(mentions, "dropped", 50, 1)[0].sentence
    assert len(half.split()) == 3 and "Chad" in half


def test_interval_and_test_by_hand() -> None:
    same = interval(np.full(10, 3.0))
    assert (same.mean, same.low, same.high) == (3, 3, 3)
    values = np.random.default_rng(0).normal(5, 2, 400)
    found = interval(values)
    error = 1.96 * values.std() / 20
    assert found.low == pytest.approx(values.mean() - error, abs=0.05)
    assert found.high == pytest.approx(values.mean() + error, abs=0.05)
    ahead = difference(np.ones(5), np.zeros(5))  # 2 of 32 signs are as far from 0
    assert ahead.mean == 1 and ahead.p == 2 / 32
    assert difference(np.ones(4), np.ones(4)).p == 1
    assert difference(np.array([1, 0, 0]), np.zeros(3)).p == 1  # one sign says nothing


def test_the_numbers_of_the_first_versions() -> None:
    """What the loops said that scipy stands for now, and the loops themselves."""
    rng = np.random.default_rng(0)
    first, second = (100.0 * (rng.random(3094) < share) for share in (0.87, 0.86))
    found = interval(first)
    assert (found.low, found.high) == pytest.approx(
        (86.39221073044602, 88.62314156431803), abs=1e-9
    )
    draws = np.random.default_rng(SEED)
    means = [first[draws.integers(0, 3094, (100, 3094))].mean(1) for _ in range(0, SAMPLES, 100)]
    low, high = np.percentile(np.concatenate(means), (2.5, 97.5))
    assert (found.low, found.high) == pytest.approx((low, high), abs=1e-9)
    change = difference(first, second)
    assert (change.mean, change.low, change.high) == pytest.approx(
        (1.195862960568843, -0.5494505494505495, 2.845022624434385), abs=1e-9
    )
    assert change.p == pytest.approx(0.18088191180881913, abs=0.015)  # 10,000 other signs


def test_equal_numbers_have_their_mean_rank() -> None:
    """Ranks 1, 2.5, 2.5, 4 and 2, 2, 2, 4, by hand."""
    found = spearman(np.array([[1, 2, 2, 3.0]]), np.array([[5, 5, 5, 9.0]]))
    one, two = np.array([-1.5, 0, 0, 1.5]), np.array([-0.5, -0.5, -0.5, 1.5])
    assert found == pytest.approx([(one @ two) / np.sqrt((one @ one) * (two @ two))])


def test_spearman_agrees_with_pandas() -> None:
    rng = np.random.default_rng(1)
    a, b = rng.normal(size=(3, 20)), rng.normal(size=(3, 20))
    naive = [pd.Series(x).rank().corr(pd.Series(y).rank()) for x, y in zip(a, b, strict=True)]
    assert spearman(a, b) == pytest.approx(naive)


def test_verdicts_of_gates() -> None:
    rng = np.random.default_rng(2)
    wide = rng.uniform(0.8, 1, 50) * rng.choice([-1, 1], 50)
    assert verdict(closing(wide, wide / 4)) == "closes"
    assert verdict(closing(wide / 4, wide)) == "opens further"
    assert verdict(closing(wide, wide)) == "does not see the picture"
    assert verdict(Difference(0.0, -1.0, 1.0, 0.9)) == "does not close"


def test_calibration_and_standardised_scores_by_hand() -> None:
    gold = torch.arange(40) % 4
    scores = torch.nn.functional.one_hot(gold, 4).float() * 9
    sure = Calibration(scores, gold)
    assert sure.summary()["hits@1"] == 100 and sure.summary()["calibration error"] < 1
    right, wrong = standardised(torch.tensor([[3.0, 1.0, -1.0, -3.0]]), torch.tensor([0]))
    spread = np.std([3, 1, -1, -3], ddof=1)
    assert (right[0], wrong[0]) == pytest.approx((3 / spread, 1 / spread))


def test_every_wrong_mention_has_a_cause(split: SplitScores) -> None:
    table = wrong_mentions(split)
    place = ranked(mean_of(split.clean), split.gold)
    assert len(table) == (place > 1).sum() > 0
    assert set(table["cause"]) <= set(CAUSES)
    assert table["margin"].is_monotonic_decreasing and (table["margin"] >= 0).all()
    conflict = table[table["unit conflict"]]
    assert (conflict[[f"rank {u}" for u in UNITS]].min(axis=1) == 1).all()


def test_an_index_on_a_cluster_is_refused(linker: EntityLinker, data: Path) -> None:
    far = copy.copy(linker)
    far.index = SimpleNamespace(entities=linker.index.entities)
    with pytest.raises(InputError, match="held by a cluster"):
        SplitScores(far, data, "test", lambda line: None)


def test_too_many_pairs_and_too_few_mentions(
    linker: EntityLinker, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert len(SplitScores(linker, data, "test", lambda line: None, 4).rows) == 4
    with pytest.raises(InputError, match="at least 2"):
        SplitScores(linker, data, "test", lambda line: None, 1)
    monkeypatch.setattr("analysis.measures.split_scores.MOST_PAIRS", 20)
    with pytest.raises(InputError, match="add -n 2"):
        SplitScores(linker, data, "test", lambda line: None)

"""The record of pairs, on a model and a knowledge base of the tests."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from mimic.explain import TARGETS, Explainer
from mimic.explain.pair_cells import REST
from mimic.linking.linker import EntityLinker
from mimic.schema import Explanation, Mention, explanation_record

GOLD, OTHER = "atlas:norway-football", "atlas:chad-curling"


@pytest.fixture(scope="module")
def explained(linker: EntityLinker, data: Path) -> dict[str, Explanation]:
    """The candidate, its opponent, and the margin between them."""
    picture = data / "mention_image" / "test-0-0.png"
    mention = Mention("Norway", "a goal of Norway in the game", image=picture)
    explainer = Explainer(linker)
    asked = {"one": (GOLD, None), "other": (OTHER, None), "margin": (GOLD, OTHER)}
    return {k: explainer.explain(mention, *pair, method="pairs") for k, pair in asked.items()}


@pytest.mark.parametrize("target", TARGETS)
def test_cells_of_the_record_sum_to_its_scores(
    explained: dict[str, Explanation], target: str
) -> None:
    record = json.loads(json.dumps(explanation_record(explained["margin"])))
    pairs, scores = record["pairs"], {**record["units"], "total": record["score"]}
    others = {**record["opponent_units"], "total": record["opponent_score"]}
    rest = 4 + len(REST)
    assert pairs["rest"] == list(REST) and pairs["whole"] == ["picture"]
    for name, words, of in (
        ("cells", record["candidate"]["words"], scores),
        ("against", pairs["against_words"], others),
    ):
        cells = np.array(pairs[name][target])
        assert cells.shape == (len(record["mention"]["words"]) + rest, len(words) + rest)
        assert cells.sum() == pytest.approx(of[target], abs=1e-4)


def test_a_margin_is_the_difference_of_two_candidates(explained: dict[str, Explanation]) -> None:
    one, other, margin = (explained[name] for name in ("one", "other", "margin"))
    assert one.pairs and other.pairs and margin.pairs and one.pairs.against is None
    for mine, alone in ((margin.pairs.cells, one.pairs), (margin.pairs.against, other.pairs)):
        for target in TARGETS:
            assert mine is not None
            assert np.allclose(mine[target], alone.cells[target], atol=1e-5)  # of the index
    numbers = [e.mention.attribution for e in (one, other, margin)]
    words = [np.array(n.words) for n in numbers if n]
    assert words[2] == pytest.approx(words[0] - words[1], abs=1e-5)
    assert margin.candidate.attribution and one.candidate.attribution
    assert margin.candidate.attribution.words == pytest.approx(
        one.candidate.attribution.words, abs=1e-5
    )


def test_the_sides_numbers_are_sums_of_the_cells(explained: dict[str, Explanation]) -> None:
    found = explained["one"]
    assert found.pairs is not None
    cells = np.array(found.pairs.cells["total"])
    for view, sums in ((found.mention, cells.sum(1)), (found.candidate, cells.sum(0))):
        numbers = view.attribution
        assert numbers is not None and numbers.complete and numbers.gap < 1e-4
        own = [*numbers.words, *numbers.patches]
        assert own == pytest.approx(sums[: -len(REST)], abs=1e-4)
        assert numbers.baseline_score == pytest.approx(sums[-len(REST) :].sum(), abs=1e-3)
        assert numbers.score == pytest.approx(found.score, abs=1e-5)

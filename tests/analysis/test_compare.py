"""Four lists of one mention: by hand on small tables, and against the linker."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest

from analysis.compare import (
    LISTS,
    UnitTable,
    compare,
    comparison_record,
    first,
    normalised,
    overlap,
)
from mimic.errors import InputError
from mimic.linking.linker import EntityLinker
from mimic.schema import Entity, Mention

#: Four entities: TGLU puts 0 first, VDLU 1, CMFU 2.
TABLE = UnitTable(
    np.array([[4.0, 3, 2, 1], [20, 40, 10, 30], [-1, -2, 0, -3]], np.float32), temperature=2.0
)
EQUAL = (1, 1, 1)


def test_each_list_is_in_the_order_of_its_unit() -> None:
    found = compare(TABLE, EQUAL, k=3)
    # totals by hand: 23/3, 41/3, 12/3, 28/3
    assert found.order == {
        "tglu": (0, 1, 2),
        "vdlu": (1, 3, 0),
        "cmfu": (2, 0, 1),
        "total": (1, 3, 0),
    }
    assert found.weights == pytest.approx((1 / 3,) * 3)
    assert found.standings["total"][1].raw == pytest.approx(41 / 3)


def test_weights_rank_again() -> None:
    assert compare(TABLE, (1, 0, 0), 2).order["total"] == (0, 1)
    assert compare(TABLE, (0, 0, 5), 2).order["total"] == (2, 0)


def test_the_forms_of_a_score_by_hand() -> None:
    standing = compare(TABLE, EQUAL, 4).standings["tglu"]
    assert [standing[row].rank for row in range(4)] == [1, 2, 3, 4]
    # mean 2.5, deviation sqrt(1.25)
    assert standing[0].z == pytest.approx(1.5 / math.sqrt(1.25))
    whole = sum(math.exp(score / 2) for score in (4, 3, 2, 1))
    assert standing[3].softmax == pytest.approx(math.exp(0.5) / whole)


def test_equal_scores_keep_the_order_of_the_entities() -> None:
    scores = np.array([1.0, 2, 2, 1, 1], np.float32)
    assert first(scores, 4) == (1, 2, 0, 3)
    assert first(scores, 9) == (1, 2, 0, 3, 4)
    same = compare(UnitTable(np.ones((3, 5), np.float32), 1.0), EQUAL, 3)
    assert [same.standings["total"][row].rank for row in (0, 1, 2)] == [1, 2, 3]
    assert same.agreement == 1.0


def test_average_overlap_by_hand() -> None:
    assert overlap((1, 2, 3), (1, 2, 3)) == 1.0
    assert overlap((1, 2), (3, 4)) == 0.0
    assert overlap((1, 2, 3), (2, 1, 4)) == pytest.approx((0 + 1 + 2 / 3) / 3)
    found = compare(TABLE, EQUAL, 3)
    # tglu-vdlu: 0, 1/2 and 2/3; tglu-cmfu: 0, 1/2, 1; vdlu-cmfu: 0, 0, 2/3
    assert found.pairs[("tglu", "vdlu")] == pytest.approx((0 + 1 / 2 + 2 / 3) / 3)
    assert found.agreement == pytest.approx((7 / 6 + 3 / 2 + 2 / 3) / 9)


def test_long_lists_are_compared_and_ranked_at_once() -> None:
    size = 30_000
    there = tuple(range(size))
    assert overlap(there, there) == 1.0
    # of the first d of a list and its reverse, max(0, 2 d - n) are in common
    expected = sum(max(0, 2 * d - size) / d for d in range(1, size + 1)) / size
    assert overlap(there, there[::-1]) == pytest.approx(expected)
    scores = np.random.default_rng(1).integers(0, 50, (3, size)).astype(np.float32)
    found = compare(UnitTable(scores, 1.0), EQUAL, size)
    for name in LISTS:
        assert [found.standings[name][row].rank for row in found.order[name]] == list(
            range(1, size + 1)
        )


@pytest.mark.parametrize(
    ("weights", "shares"),
    [
        ((1e308,) * 3, (1 / 3, 1 / 3, 1 / 3)),
        ((5e-324, 0, 5e-324), (0.5, 0, 0.5)),
        ((1e308, 1, 0), (1, 1e-308, 0)),
        ((2, 1, 1), (0.5, 0.25, 0.25)),
    ],
)
def test_weights_of_any_size_keep_their_shares(
    weights: tuple[float, ...], shares: tuple[float, ...]
) -> None:
    assert normalised(weights) == pytest.approx(shares)


NO_WEIGHTS = [
    (0, 0, 0), (1, -1, 1), (1, 1), ("a", 1, 1), (math.nan, 1, 1),
    "123", ("1", "2", "3"), (True, True, True), (10**400, 1, 1), (math.inf, 1, 1), (), None, 1,
]  # fmt: skip


@pytest.mark.parametrize("weights", NO_WEIGHTS)
def test_weights_that_make_no_sense_are_refused(weights: Any) -> None:
    with pytest.raises(InputError, match="weight"):
        compare(TABLE, weights)


def test_the_record_names_the_entities() -> None:
    entities = {row: Entity(f"x:{row}", f"name {row}", "") for row in range(4)}
    record = comparison_record(compare(TABLE, EQUAL, 2), entities)
    assert set(record["lists"]) == set(LISTS)
    assert record["lists"]["vdlu"][0] == {
        "id": "x:1",
        "name": "name 1",
        "rank": 1,
        "raw": 40.0,
        "z": pytest.approx(1.3416, abs=1e-4),
        "softmax": pytest.approx(0.99326, abs=1e-4),
    }
    assert set(record["pairs"]) == {"tglu-vdlu", "tglu-cmfu", "vdlu-cmfu"}


def test_the_total_is_what_the_linker_answers(linker: EntityLinker) -> None:
    mention = Mention("Norway", "the president of Norway")
    result = linker.link(mention, k=5)
    table = UnitTable(linker.unit_scores(mention), linker.card.temperature)
    found = compare(table, EQUAL, 5)
    listed = [linker.entity(row).id for row in found.order["total"]]
    assert listed == [c.entity.id for c in result.candidates]
    for row, candidate in zip(found.order["total"], result.candidates, strict=True):
        standing = found.standings["total"][row]
        assert standing.softmax == pytest.approx(candidate.probability, abs=1e-4)
        assert found.standings["vdlu"][row].rank == candidate.unit_ranks.vdlu

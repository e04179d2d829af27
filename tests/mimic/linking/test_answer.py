"""What decided an answer, by hand."""

from __future__ import annotations

from pathlib import Path

import pytest

from demo.html.deciding import sentence
from demo.texts import words
from mimic.linking.answer import deciding
from mimic.schema import (
    Band,
    Candidate,
    Deciding,
    Doubt,
    Entity,
    Gates,
    LinkResult,
    UnitScores,
    result_record,
)

PICTURE = Path("a.png")
PERU = Entity("a", "Peru", "sovereign state. Continent: South America.", PICTURE)
TEAM = Entity("b", "Peru", "football team. Country: Peru.", PICTURE)


def candidate(
    rank: int, entity: Entity, units: tuple[float, float, float], ranks: tuple[int, int, int]
) -> Candidate:
    score = sum(units) / 3
    gates = Gates(0, 0, 0, 0)
    return Candidate(rank, entity, score, 0.5, UnitScores(*units), UnitScores(*ranks), gates)


def result(
    first: Entity = PERU, image: str = "ok", doubt: bool = False, band: str | None = None
) -> LinkResult:
    """Gains of the first on the second: TGLU 1, VDLU -2, CMFU 3; CMFU's share is 3 of 4."""
    shown = (
        candidate(1, first, (4.0, 1.0, 9.0), (4, 8, 1)),
        candidate(2, TEAM, (3.0, 3.0, 6.0), (6, 2, 3)),
    )
    bands = None if band is None else Band(band, 0.5, None, None, 0.0, None)
    return LinkResult(image, False, 20, shown, Doubt(doubt, "probability", 0.5, 0.6), band=bands)


def found(case: LinkResult) -> Deciding:
    decided = deciding(case)
    assert decided is not None
    return decided


def test_ranks_and_the_largest_part_of_the_lead() -> None:
    decided = found(result())
    assert decided.ranks == (("cmfu", 1), ("tglu", 4), ("vdlu", 8))
    assert (decided.by, decided.share, decided.over) == ("cmfu", 0.75, TEAM)
    said = sentence(words(), decided)
    assert said.startswith("Peru, ")
    assert "CMFU puts it first, TGLU fourth, VDLU eighth." in said
    assert "The largest part of its lead over Peru (" in said and "is CMFU's (75 %)." in said


def test_without_a_picture_vdlu_says_nothing() -> None:
    bare = Entity("a", "Peru", "sovereign state", None)
    for case in (result(image="missing"), result(first=bare)):
        assert dict(found(case).ranks) == {"cmfu": 1, "tglu": 4}
        assert "VDLU" not in sentence(words(), found(case))


@pytest.mark.parametrize(
    ("case", "certainty", "begins"),
    [
        (result(band="sure"), "sure", "Peru"),
        (result(band="likely"), "likely", "Probably Peru"),
        (result(band="uncertain"), "uncertain", "Perhaps Peru"),
        (result(band="absent"), "absent", "Probably none of these; the nearest is Peru"),
        (result(doubt=True), "absent", "Probably none of these; the nearest is Peru"),
        (result(), "", "Peru"),
    ],
)
def test_the_line_is_as_sure_as_the_band(case: LinkResult, certainty: str, begins: str) -> None:
    assert found(case).certainty == certainty
    assert sentence(words(), found(case)).startswith(begins)


def test_who_does_not_lead_by_the_total_has_no_lead_to_explain() -> None:
    """A list that is ranked by VDLU: its first entity is behind by the total."""
    case = result()
    turned = LinkResult("ok", False, 20, tuple(reversed(case.candidates)))
    decided = found(turned)
    assert (decided.by, decided.share, decided.over) == (None, None, None)
    assert "lead" not in sentence(words(), decided)
    alone = found(LinkResult("ok", False, 1, case.candidates[:1]))
    assert alone.by is None and alone.ranks[0] == ("cmfu", 1)
    assert deciding(LinkResult("ok", False, 1, ())) is None


def test_units_that_agree_are_named_together() -> None:
    same = Deciding(PERU, (("tglu", 1), ("vdlu", 1), ("cmfu", 1)), None, None, None, "")
    assert "TGLU, VDLU and CMFU put it first" in sentence(words(), same)
    far = Deciding(PERU, (("tglu", 1), ("cmfu", 1234)), None, None, None, "")
    assert "CMFU number 1,234" in sentence(words(), far)
    assert "TGLU 将其排在第 1，CMFU 第 1,234" in sentence(words("zh"), far)


def test_the_record_says_the_same() -> None:
    case = result(band="likely")
    record = result_record(LinkResult(**{**vars(case), "deciding": deciding(case)}))["deciding"]
    assert record == {
        "id": "a",
        "ranks": {"cmfu": 1, "tglu": 4, "vdlu": 8},
        "by": "cmfu",
        "share": 0.75,
        "over": "b",
        "certainty": "likely",
    }

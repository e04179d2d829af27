"""Which entities a surface form could mean by its words."""

from __future__ import annotations

import pytest

from mimic.data.names import NameTable, is_of_type, names_of, shared_label, type_in, words
from mimic.schema import Entity


def test_words_fold_case_accents_and_punctuation() -> None:
    assert words("Tévez, C. (Carlos)") == {"tevez", "c", "carlos"}
    assert words("--") == frozenset()


@pytest.mark.parametrize(
    ("surface", "rows"),
    [
        ("John", [0, 1]),
        ("SMITH john", [0]),
        ("Smith", [0, 2]),
        ("John John", [0, 1]),
        ("Smithson", []),
        ("", []),
    ],
)
def test_all_words_of_the_surface_form_must_be_in_the_name(surface: str, rows: list[int]) -> None:
    table = NameTable(["John Smith", "Jöhn Doe", "Smith & Sons"])
    assert table.sharing(surface) == rows


def test_labels_at_their_borders() -> None:
    labels = [shared_label(n) for n in (0, 1, 2, 5, 6, 100)]
    assert labels == ["none", "1", "2-5", "2-5", ">5", ">5"]


def test_names_are_of_the_entity_and_of_its_facts_each_once() -> None:
    facts = "A state. Also known as: USA. Type: state."
    entity = Entity("Q30", "United States", facts, None, ("America", "USA"))
    assert names_of(entity) == ["United States", "America", "USA"]


@pytest.mark.parametrize(
    ("description", "said"),
    [
        ("Type: river. Length: 4 km.", "river"),
        ("A lake. Instance of: lake, reservoir. Country: Chad.", "lake, reservoir"),
        ("Blood type: A.", ""),
        ("a type of boat", ""),
        ("", ""),
    ],
)
def test_the_type_that_facts_say(description: str, said: str) -> None:
    assert type_in(description) == said


@pytest.mark.parametrize(
    ("type_", "wanted", "fits"),
    [
        ("national curling team", "Team", True),
        ("national curling team", "curling team", True),
        ("national curling team", "curling", False),
        ("steam", "team", False),
        ("warship, light cruiser", "warship", True),
        ("River", "river", True),
        ("", "", False),
        ("river", " ", False),
    ],
)
def test_a_type_is_one_or_a_kind_of_it(type_: str, wanted: str, fits: bool) -> None:
    assert is_of_type(type_, wanted) is fits

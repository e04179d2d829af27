"""The one parser of `Key: value.`, and the classes that training makes of its facts."""

from __future__ import annotations

import pytest

from mimic.data.facts import facts
from mimic.schema import Entity
from mimic.training.lessons.pictures import fact_classes


@pytest.mark.parametrize(
    ("text", "prose", "pairs"),
    [
        (
            "Sport: ice hockey. Country: St. Lucia.",
            "",
            [("Sport", "ice hockey"), ("Country", "St. Lucia")],
        ),
        ("A bird of the forest. Kind: bird", "A bird of the forest.", [("Kind", "bird")]),
        ("Just prose. With two sentences.", "Just prose. With two sentences.", []),
        ("", "", []),
        ("Capital: St. John's.", "", [("Capital", "St. John's")]),
        (
            "Type: state. Capital: St. John's. Continent: North America.",
            "",
            [("Type", "state"), ("Capital", "St. John's"), ("Continent", "North America")],
        ),
        (  # the full stop of an abbreviation stays, whether the fact has one of its own or not
            "Capital: Washington, D.C.. Seat: Washington, D.C. Also: Washington, D.C.",
            "",
            [(key, "Washington, D.C.") for key in ("Capital", "Seat", "Also")],
        ),
        (
            "Film: Mission: Impossible. Ratio: 16:9. Motto: one: two: three.",
            "",
            [("Film", "Mission: Impossible"), ("Ratio", "16:9"), ("Motto", "one: two: three")],
        ),
        ("Well-known for: a 2.5 km bridge.", "", [("Well-known for", "a 2.5 km bridge")]),
    ],
)
def test_facts(text: str, prose: str, pairs: list[tuple[str, str]]) -> None:
    assert facts(text) == (prose, pairs)


def test_capitals_that_begin_alike_are_two_classes() -> None:
    said = ["Capital: St. John's. Continent: North America."] * 3
    said += ["Capital: St. George's. Continent: Europe."] * 3
    said += ["Capital: . Continent: Asia."] * 3 + ["Nothing is said of it."]
    entities = [Entity(str(i), f"name {i}", text) for i, text in enumerate(said)]
    capital, continent = fact_classes(entities).T.tolist()
    assert capital == [1] * 3 + [0] * 3 + [-1] * 4  # in the order of the values' names
    assert continent == [2] * 3 + [1] * 3 + [0] * 3 + [-1]

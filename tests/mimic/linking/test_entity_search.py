"""Entities by what is typed: the order of the matches, folding, and the nearest names."""

from __future__ import annotations

import random
from dataclasses import dataclass

import pytest

from mimic.data.names import folded, type_of
from mimic.errors import InputError
from mimic.linking.entity_search import MOST_QUERY, EntitySearch
from mimic.schema import Entity


@dataclass(frozen=True)
class Typed:
    """An entity that knows its own type."""

    description: str
    type: str


NAMES = (
    "Greater Norway",
    "Norway",
    "Norwayne",
    "Tévez, Carlos",
    "Tromsø",
    "挪威",
    "!!!",
    "Penorway",
)
ENTITIES = [Entity(f"kb:{row}", name, "Type: place.") for row, name in enumerate(NAMES)]
ENTITIES[1] = Entity("kb:1", "Norway", "Type: football team. Also known as: Drillos.")
SEARCH = EntitySearch(ENTITIES)


@pytest.mark.parametrize(
    ("query", "rows"),
    [
        ("norway", [1, 2, 0, 7]),  # the name, its beginning, a word's beginning, anywhere
        ("NORWAY ", [1, 2, 0, 7]),
        ("nor", [1, 2, 0, 7]),
        ("tevez", [3]),
        ("Carlos Tévez", [3]),
        ("tromso", [4]),
        ("挪", [5]),
        ("!!!", [6]),
        ("drill", [1]),  # an alias
        ("kb:4", [4]),
        ("norway team", [1]),  # a word of the name, and one of the type
        ("(norway", [1, 2, 0, 7]),
        (".*", []),
        ("norway\n", [1, 2, 0, 7]),
        ("norwich", []),
    ],
)
def test_the_best_match_comes_first(query: str, rows: list[int]) -> None:
    assert SEARCH.search(query, 10) == rows
    assert SEARCH.search(query, 2) == rows[:2]


def test_all_that_a_plain_search_finds_is_found() -> None:
    source = random.Random(3)
    names = ["".join(source.choices("ab c", k=source.randint(1, 9))) or "a" for _ in range(300)]
    search = EntitySearch([Entity(f"q{i}", f"x{n}", "") for i, n in enumerate(names)])
    for query in ("a", "ab", "b c", "xa", "q7", "cc a"):
        plain = {i for i, n in enumerate(names) if query in folded(f"x{n}") or query in f"q{i}"}
        assert plain <= set(search.search(query, 300))


def test_the_nearest_names_are_told_once_each() -> None:
    again = EntitySearch([*ENTITIES, Entity("kb:8", "Norway", "")])
    assert SEARCH.nearest("norwey", 1) == again.nearest("norwey", 1) == [1]
    assert again.nearest("norwey", 5).count(8) == 0
    assert SEARCH.nearest("tromsa", 3) == [4]
    assert SEARCH.nearest("qqqqqq", 3) == []


def test_a_query_that_nobody_can_mean_is_refused() -> None:
    for query in ("", "  "):
        with pytest.raises(InputError, match="the query is empty"):
            SEARCH.search(query, 1)
    with pytest.raises(InputError, match="201 characters"):
        SEARCH.nearest("a" * (MOST_QUERY + 1), 1)


def test_what_an_entity_is() -> None:
    assert type_of(ENTITIES[1]) == "football team"
    assert type_of(Entity("a", "A", "A river. Country: Chad.")) == "A river."
    assert type_of(Entity("a", "A", "Country: Chad. Instance of: river.")) == "river"
    assert type_of(Entity("a", "A", "")) == ""
    assert type_of(Typed("Type: place.", "lake")) == "lake"  # type: ignore[arg-type]

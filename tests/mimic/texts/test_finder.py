"""Names in texts: where they are found, and where they are not."""

from __future__ import annotations

import unicodedata

import pytest

from mimic.errors import InputError
from mimic.schema import Entity
from mimic.texts.finder import NameFinder, NameMatch, merged
from mimic.texts.sentences import context, paragraphs, sentences

NAMES = (
    "Turkey", "China", "The", "New York", "New", "York City", "Côte d'Ivoire", "X", "a.*b",
    "(North", "Norway", "May", "中国", "עברית",
)  # fmt: skip


@pytest.fixture(scope="module")
def finder() -> NameFinder:
    entities = [Entity(str(i), name, "") for i, name in enumerate(NAMES)]
    return NameFinder([*entities, Entity("u", "United States", "", aliases=("US", "Norway"))])


@pytest.mark.parametrize(
    ("text", "surfaces"),
    [
        ("Turkey is here. The china broke.", ["Turkey", "china"]),
        ("New York City", ["New York"]),
        ("New Yorkers", ["New"]),
        ("Norwayian xNorway", []),
        ("Norway's, NORWAY!", ["Norway", "NORWAY"]),
        ("cote d’ivoire", ["cote d’ivoire"]),
        (unicodedata.normalize("NFD", "Côte d'Ivoire."), ["Co\u0302te d'Ivoire"]),
        ("New\r\nYork", ["New\r\nYork"]),
        ("he posted on X today. J. X. Smith", ["X"]),
        ("it may rain in May", ["May"]),
        ("tell us: the US won", ["US"]),
        ("is a.*b a regular (North expression? acb", ["a.*b", "(North"]),
        ("我爱中国人", ["中国"]),
        ("\u200fעברית\u200f שפה", ["עברית"]),
        ("Norway\u0301", ["Norway\u0301"]),
    ],
)
def test_what_is_found(finder: NameFinder, text: str, surfaces: list[str]) -> None:
    matches = finder.find(text)
    assert [m.surface for m in matches] == surfaces
    assert all(text[m.start : m.end] == m.surface and m.rows for m in matches)


def test_bearers_are_by_name_and_alias(finder: NameFinder) -> None:
    assert finder.bearers("norway") == [10, 14] and finder.bearers("nobody") == []


@pytest.mark.parametrize(("text", "said"), [(" ", "empty"), ("a" * 1_000_001, "at most 1,000,000")])
def test_a_text_that_is_refused(finder: NameFinder, text: str, said: str) -> None:
    with pytest.raises(InputError, match=said):
        finder.find(text)


def test_a_recogniser_adds_what_no_name_covers() -> None:
    names = [NameMatch(0, 6, "Norway", 1, (0,))]
    both = merged(names, "Norway beat Oslo FC", [(12, 19), (0, 6), (17, 19), (12, 99)])
    assert [(m.start, m.end, m.rows) for m in both] == [(0, 6, (0,)), (12, 19, ())]


def test_sentences_and_paragraphs() -> None:
    text = "Mr. Smith of the U.S. team won. He left!\r\n\r\n  J. Doe? “No.” 好。是"
    said = [text[a:b] for a, b in sentences(text)]
    assert said == [
        "Mr. Smith of the U.S. team won.", "He left!", "J. Doe?", "“No.”", "好。", "是"
    ]  # fmt: skip
    assert len(paragraphs(text)) == 2


def test_what_a_mention_is_read_in() -> None:
    text = "One two. Three four. Five six."
    places = sentences(text)

    def read(most: int, neighbours: bool) -> str:
        span = context(text, (9, 14), places, lambda part: len(part) <= most, neighbours)
        return text[slice(*span)]

    assert read(99, False) == "Three four." and read(99, True) == text
    assert read(20, True) == "One two. Three four." and read(7, True) == "Three"

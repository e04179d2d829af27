"""Which entities a surface form could mean by its words."""

from __future__ import annotations

import pytest

from mimic.data.names import NameTable, shared_label, words


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

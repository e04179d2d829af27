"""Values as programs write them: names without URL quotes, lists as text, nothing as NaN."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from mimic.errors import InputError
from mimic.io.values import as_list, as_text, made_id, quoted, unquoted

#: What the authors' `unquote` makes of names, and names that are none of its business.
NAMES = {
    "K%C3%B6ln": "Köln",
    "k%c3%b6ln": "köln",
    "Beyonc%C3%A9": "Beyoncé",
    "AT%26T": "AT&T",
    "Norway%20(Maine)": "Norway (Maine)",
    "%E5%8C%97%E4%BA%AC": "北京",
    "100%25 Wolf": "100% Wolf",
    "Superior_court_(Canada)": "Superior_court_(Canada)",
    "C++": "C++",
    "100% Wolf": "100% Wolf",
    "100%": "100%",
    "5%-rule": "5%-rule",
    "100%DEF": "100%DEF",  # half of a character
    "K%F6ln": "K%F6ln",  # Latin-1
    "a%00b": "a%00b",
    "a%0Ab": "a%0Ab",
    "": "",
}


@pytest.mark.parametrize(("written", "meant"), NAMES.items())
def test_names_without_their_url_quotes(written: str, meant: str) -> None:
    assert unquoted(written) == meant
    assert unquoted(quoted(meant)) == meant


def test_a_name_is_quoted_only_where_it_would_be_read_as_another() -> None:
    assert quoted("Köln") == "Köln" and quoted("100% Wolf") == "100% Wolf"
    assert quoted("%41") == "%2541"


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, ""),
        (float("nan"), ""),
        (Decimal("NaN"), ""),
        ("nan", "nan"),
        (3.0, "3"),
        (-0.0, "0"),
        (2.5, "2.5"),
        (10**20, "1" + "0" * 20),
        (float("inf"), "inf"),
        (" x ", " x "),
    ],
)
def test_a_value_as_text(value: Any, text: str) -> None:
    assert as_text(value, "it") == text


@pytest.mark.parametrize("value", [[], ["a"], {}, b"a"])
def test_what_is_no_text(value: Any) -> None:
    with pytest.raises(InputError, match=r"the name is a \w+, not text"):
        as_text(value, "the name")


@pytest.mark.parametrize(
    ("value", "items"),
    [
        (None, []),
        (float("nan"), []),
        ("a.jpg", ["a.jpg"]),
        (["a.jpg", None], ["a.jpg", None]),
        ('["a.jpg", "b.jpg"]', ["a.jpg", "b.jpg"]),
        ("['a.jpg', 'b.jpg']", ["a.jpg", "b.jpg"]),
        (" ['a.jpg'] ", ["a.jpg"]),
        ("['a.jpg' 'b.jpg']", ["a.jpg", "b.jpg"]),
        ("['a.jpg'\n 'b.jpg']", ["a.jpg", "b.jpg"]),
        ("['a.jpg', None, nan]", ["a.jpg"]),
        ("""["it's.jpg", 'b.jpg']""", ["it's.jpg", "b.jpg"]),
        (r"['it\'s.jpg', 'pics\\a.jpg', 'pics\a.jpg']", ["it's.jpg", r"pics\a.jpg", r"pics\a.jpg"]),
        ("[]", [""]),
        ("[nan]", [""]),
        ("[1] a.jpg", ["[1] a.jpg"]),
        ("['a.jpg', open('b')]", ["['a.jpg', open('b')]"]),
        ("[" * 9_999, ["[" * 9_999]),
        (5, [5]),
    ],
)
def test_a_value_as_a_list(value: Any, items: list[Any]) -> None:
    assert as_list(value) == items


def test_a_made_identifier_is_one_that_nothing_has() -> None:
    assert made_id("3", {"1"}) == "3"
    assert made_id("3", {"3", "E3"}) == "EE3"

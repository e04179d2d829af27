"""A whole text over HTTP, without HTTP: what is refused, and what comes back."""

from __future__ import annotations

import re
from typing import Any

import pytest
from support.fake_linker import FakeLinker

from demo.handlers.link import link_record
from demo.handlers.text import text_answer
from demo.messages import translated
from mimic.errors import InputError
from mimic.linking.linker import EntityLinker

TEXT = "We saw Norway . Chad won"


def test_the_record_is_that_of_the_command(linker: EntityLinker) -> None:
    record = text_answer(linker, TEXT, None, 2, "names", None, None)
    assert record["text"] == TEXT and record["candidates_are"] == "names"
    assert [m["surface"] for m in record["mentions"]] == ["Norway", "Chad"]
    given = text_answer(linker, TEXT, mentions=[{"start": 16, "end": 20}])
    assert [m["surface"] for m in given["mentions"]] == ["Chad"]


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"text": ""}, "the text is empty"),
        ({"text": "a" * 20_001}, "at most 20,000 are linked at once"),
        ({"candidates": 3}, "candidates must be a list of texts, not a number"),
        ({"candidates": "some"}, "must be all, names, or a list"),
        ({"candidates": ["nobody"]}, "no entity 'nobody'"),
        ({"types": "team"}, "types must be a list of texts, not text"),
        ({"types": [None]}, "must be lists of texts"),
        ({"mentions": {}}, "mentions must be a list, not an object"),
        ({"mentions": [[0, 1]]}, "a mention is an object with start and end"),
        ({"mentions": [{"start": 0, "end": 1.5}]}, "end must be a whole number"),
        ({"mentions": [{"start": 0, "end": 10**30}]}, "lies outside the text"),
        ({"mentions": [{"start": 0, "end": 1}] * 201}, "at most 200"),
        ({"k": 0}, "k is 0"),
    ],
)
def test_what_is_refused(linker: EntityLinker, changes: dict[str, Any], said: str) -> None:
    with pytest.raises(InputError, match=said) as error:
        text_answer(linker, **({"text": TEXT} | changes))
    assert re.search("[\u4e00-\u9fff]", translated(str(error.value), "zh"))


def test_link_takes_candidates(linker: EntityLinker) -> None:
    record = link_record(linker, None, TEXT, "Norway", k=1, candidates=["atlas:chad-state"])
    assert [c["id"] for c in record["candidates"]] == ["atlas:chad-state"]
    assert (record["candidates_are"], record["ranked"], record["types"]) == ("given", 1, None)
    assert "ranked" not in link_record(FakeLinker(), None, TEXT, "Norway", k=1)

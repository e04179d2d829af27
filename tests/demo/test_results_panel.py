"""The panel of results without the page: its pages, its HTML in both languages, what Link opens."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

import app
from analysis.browse.filters import CHANGES, OUTCOMES, Filter
from analysis.browse.records import Results, read_results
from analysis.measures.causes import CAUSES
from demo.handlers.results import PAGE, OpenedMention, cause_name, shown_page
from demo.html.table import results_page
from demo.texts import LANGUAGES, words
from mimic.errors import InputError

KINDS = [
    f"atlas:{c}-{k}" for c in ("norway", "chad", "mali") for k in ("football", "curling", "state")
]


@pytest.fixture
def files(data: Path, tmp_path: Path) -> list[Path]:
    """36 mentions of the train split; the first is wrong in one file, and right in the other."""
    found = []
    for name, first in (("one", "atlas:norway-curling"), ("<two>", KINDS[0])):
        rows: list[dict[str, Any]] = [
            {"id": f"train-{copy}-{n}", "mention": "x", "answer": KINDS[n], "rank": 1,
             "predicted": [KINDS[n]], "scores": [1.0], "rank_tglu": 1, "truncated": False}
            for copy in range(4) for n in range(9)
        ]  # fmt: skip
        if first != KINDS[0]:
            rows[0] |= {"predicted": [first, KINDS[0]], "scores": [1.0, 0.5], "rank": 2}
        found.append(tmp_path / f"{name}.jsonl")
        found[-1].write_text("".join(json.dumps(row) + "\n" for row in rows))
    return found


@pytest.fixture
def results(files: list[Path], data: Path) -> Results:
    return read_results(files, data)


def test_a_page_of_mentions(results: Results) -> None:
    first, last = shown_page(results, Filter(), 1), shown_page(results, Filter(), 9)
    assert (first.pages, first.found, first.of, len(first.rows)) == (2, 36, 36, PAGE)
    assert (last.number, [place for place, _ in last.rows]) == (2, list(range(20, 36)))
    wrong = shown_page(results, Filter(cause="wrong"), 1)
    assert [(place, seen.mention.id) for place, seen in wrong.rows] == [(0, "train-0-0")]


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_drawn(language: str, results: Results) -> None:
    texts = words(language)
    drawn = results_page(texts, shown_page(results, Filter(), 1), results.models)
    assert drawn.count("<article>") == PAGE and drawn.count("<button") == PAGE
    assert "&lt;two&gt;" in drawn and "<two>" not in drawn
    assert texts["results_is_unit_conflict"] in drawn and texts["results_is_fixed"] in drawn
    assert len(re.findall('class="gold"', drawn)) == 2 * PAGE
    for name in (*OUTCOMES, *CAUSES, *CHANGES):
        assert cause_name(texts, name)


def test_what_link_opens(results: Results) -> None:
    seen = results.mentions[0]
    opened = OpenedMention(seen.mention, seen.gold, 1.0)
    image, sentence, surface, span, gold = opened.fields()
    assert image is not None and image.size == (24, 24)
    assert (sentence, surface, span, gold) == (
        "Norway won the football match .", "Norway", [0, 6], KINDS[0]
    )  # fmt: skip
    assert hash(opened) != hash(OpenedMention(seen.mention, seen.gold, 2.0))


def test_the_flags(files: list[Path], data: Path) -> None:
    both = ["--predictions", str(files[0]), "--predictions", str(files[1]), "--data", str(data)]
    found = app.read_flagged_results(app.parse(both))
    assert found is not None and found.models == ("one", "<two>")
    assert app.read_flagged_results(app.parse([])) is None
    for flags in (both[:2], both[4:]):
        with pytest.raises(InputError, match="go together"):
            app.read_flagged_results(app.parse(flags))

"""The panel of results without the page: its pages, its HTML in both languages, what Link opens."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from support.results import KINDS, write_rows

import app
from analysis.browse.filters import CHANGES, OUTCOMES, Filter
from analysis.browse.records import Results, read_results
from analysis.measures.causes import CAUSES
from demo.handlers.results import PAGE, OpenedMention, cause_name, shown_page
from demo.html.table import results_page
from demo.texts import LANGUAGES, words
from mimic.errors import InputError


@pytest.fixture
def files(tmp_path: Path) -> list[Path]:
    """36 mentions of the train split; the first is wrong in one file, and right in the other."""
    return [write_rows(tmp_path / "one.jsonl", wrong=True), write_rows(tmp_path / "<two>.jsonl")]


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


@pytest.mark.parametrize("language", LANGUAGES)
def test_rows_that_visitors_correct(language: str, results: Results) -> None:
    texts, page = words(language), shown_page(results, Filter(cause="wrong"), 1)
    assert texts["correct_right"] not in results_page(texts, page, results.models)
    drawn = results_page(texts, page, results.models, correct=True)
    answers = re.findall('data-row="0"\\s+data-answer="([^"]*)"', drawn)
    assert answers == ["atlas:norway-curling", KINDS[0], KINDS[0], ""]
    assert drawn.count(texts["correct_none"]) == 1
    assert drawn.count(f'aria-label="{texts["correct_right"]}: Norway"') == 3


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

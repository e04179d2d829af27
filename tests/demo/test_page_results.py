"""Results and the gold table in headless Chromium, with a tiny model."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect
from support.results import KINDS, write_rows

from demo.screenshot import running_page

pytestmark = pytest.mark.browser
expect.set_options(timeout=60_000)  # two busy cores
ROWS = "#results article"


@pytest.fixture(scope="module")
def table(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("gold") / "said.jsonl"


@pytest.fixture(scope="module")
def url(
    model_folder: Path, data: Path, table: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    """One server for the tests of this module."""
    folder = tmp_path_factory.mktemp("page")
    flags = ["--model", model_folder, "--kb", data, "--cache", folder, "--data", data]
    for name in ("one", "two"):
        flags += ["--predictions", write_rows(folder / f"{name}.jsonl", wrong=name == "one")]
    with running_page(*map(str, flags), "--corrections", str(table)) as started:
        yield started


def open_tab(page: Page, name: str) -> None:
    page.locator(f"#tab_{name}-button").click()


def choose(page: Page, part: str, option: str) -> None:
    page.locator(f"{part} input").click()
    page.get_by_role("option", name=option).click()


def last_line(table: Path) -> dict[str, Any]:
    line: dict[str, Any] = json.loads(table.read_text("utf-8").splitlines()[-1])
    return line


def test_pages_filters_a_file_and_a_row_in_link(page: Page, tmp_path: Path) -> None:
    open_tab(page, "results")
    expect(page.locator(ROWS)).to_have_count(20)
    expect(page.locator("#results .count")).to_have_text("36 of 36 mentions, page 1 of 2")
    expect(page.locator("#results-before")).to_be_disabled()
    page.locator("#results-after").click()
    expect(page.locator(ROWS)).to_have_count(16)
    expect(page.locator("#results-after")).to_be_disabled()
    choose(page, "#results-cause", "wrong (1)")
    expect(page.locator(ROWS)).to_have_count(1)
    expect(page.locator("#results .count")).to_have_text("1 of 36 mentions, page 1 of 1")
    expect(page.locator(f"{ROWS} .model")).to_have_count(2)
    with page.expect_download() as download:
        page.locator("#results-csv").click()
    download.value.save_as(tmp_path / "rows.csv")
    with (tmp_path / "rows.csv").open(encoding="utf-8-sig") as file:
        assert [row["id"] for row in csv.DictReader(file)] == ["train-0-0"]
    page.get_by_role("button", name="Open train-0-0 in Link").click()
    expect(page.locator("#ranking .query")).to_have_text("Norway won the football match .")
    expect(page.locator("#image img")).to_be_visible()


def test_a_row_is_corrected(page: Page, table: Path) -> None:
    open_tab(page, "results")
    choose(page, "#results-cause", "wrong (1)")
    expect(page.locator(ROWS)).to_have_count(1)
    said = page.locator(f"{ROWS} .noted")
    expect(said).to_have_text("")
    page.get_by_role("button", name="This is the right one: Norway").first.click()
    expect(said).to_have_text(f"Noted: Norway ({KINDS[1]}) is the right one.")
    line = last_line(table)
    assert (line["answer"], line["said"], line["model"]) == (KINDS[1], KINDS[1], "one")
    assert line["sentence"] == "Norway won the football match ."
    assert (table.with_name("said_images") / line["imgPath"]).is_file()
    page.locator("#language").get_by_text("中文").click()
    page.get_by_role("button", name="都不是").click()
    expect(said).to_have_text("已记录：都不是。")
    assert last_line(table) == line | {"answer": "nil"}


def test_an_answer_in_link_is_corrected(page: Page, table: Path) -> None:
    expect(page.locator("#link-correct")).to_be_hidden()
    page.locator("#sentence textarea").fill("we saw Mali in the game")
    page.locator("#mention input, #mention textarea").fill("Mali")
    page.locator("#link").click()
    entities = page.locator("#ranking ol.ranking > li > button")
    expect(entities).to_have_count(9)
    entities.nth(1).click()
    expect(entities.nth(1)).to_have_attribute("aria-pressed", "true")
    page.locator("#link-correct-right").click()
    said = page.locator("#link-correct-note")
    expect(said).to_contain_text("is the right one.")
    line = last_line(table)
    expect(said).to_contain_text(f"({line['answer']})")
    assert line["answer"] != line["said"] and line["mentions"] == "Mali"
    page.locator("#language").get_by_text("中文").click()
    expect(page.locator("#link-correct-right")).to_have_text("这个是正确的")
    expect(said).to_have_text("")
    page.locator("#link-correct-none").click()
    expect(said).to_have_text("已记录：都不是。")
    assert last_line(table) == line | {"answer": "nil"}


def test_a_mention_of_a_text_is_corrected(page: Page, table: Path) -> None:
    open_tab(page, "text")
    page.locator("#text-field textarea").fill("Norway won the match. We saw Chad in the game.")
    page.locator("#text-run").click()
    marks = page.locator("#text-view mark")
    expect(marks).to_have_text(["Norway", "Chad"])
    expect(page.locator("#text-correct")).to_be_hidden()
    marks.nth(1).click()
    page.locator("#text-ranking ol.ranking > li > button").nth(2).click()
    page.locator("#text-correct-right").click()
    said = page.locator("#text-correct-note")
    expect(said).to_contain_text("is the right one.")
    line = last_line(table)
    assert (line["mentions"], line["sentence"]) == ("Chad", "We saw Chad in the game.")
    expect(said).to_contain_text(f"({line['answer']})")
    marks.nth(0).click()
    expect(said).to_have_text("")
    page.locator("#language").get_by_text("中文").click()
    page.locator("#text-correct-none").click()
    expect(said).to_have_text("已记录：都不是。")
    line = last_line(table)
    assert (line["mentions"], line["answer"]) == ("Norway", "nil")
    open_tab(page, "link")  # another case is no mention of the text
    page.locator("#examples button").first.click()
    expect(page.locator("#ranking .query")).not_to_contain_text("Norway won the match")
    open_tab(page, "text")
    expect(page.locator("#text-correct")).to_be_hidden()

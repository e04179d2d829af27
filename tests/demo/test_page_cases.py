"""Drives the tray of cases and the panel of tables in headless Chromium, up to the files."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from pathlib import Path

import pytest
from playwright.sync_api import Browser, FilePayload, Page, expect

from analysis.case.case_json import casebook_from

pytestmark = pytest.mark.browser
expect.set_options(timeout=60_000)  # two busy cores
CASES = "#tray ol.cases > li"


def open_tab(page: Page, key: str) -> None:
    page.get_by_role(
        "tab",
        name={"link": "Link", "whatif": "What if", "cases": "Cases", "batch": "Many at once"}[key],
    ).click()


def choose_table(page: Page, name: str, table: str) -> None:
    file: FilePayload = {"name": name, "mimeType": "text/csv", "buffer": table.encode()}
    page.locator("#batch-table input[type=file]").set_input_files(file)
    apart = re.compile(name.replace(".", r"\s*\."))  # Gradio sets the ending of a name apart
    expect(page.locator("#batch-table")).to_contain_text(apart)


def keep_example(page: Page, number: int, caption: str) -> None:
    open_tab(page, "link")
    page.locator(f'#examples button[data-index="{number}"]').click()
    sentence = page.locator("#examples button").nth(number).locator("span").last.inner_text()
    expect(page.locator("#ranking .query")).to_have_text(sentence)
    open_tab(page, "cases")
    expect(page.locator("#at-hand p").first).to_have_text(sentence)
    expect(page.locator("#case-gold .entity-chosen")).to_be_visible()
    before = page.locator(CASES).count()
    page.locator("#case-caption input, #case-caption textarea").fill(caption)
    page.locator("#case-keep").click()
    expect(page.locator(CASES)).to_have_count(before + 1)


def try_without_the_picture(page: Page) -> None:
    open_tab(page, "whatif")
    page.get_by_label("remove", exact=True).check()
    page.locator("#whatif-run").click()
    expect(page.locator("#whatif-result article")).to_have_count(2)


def test_a_case_is_kept_with_what_was_tried(page: Page) -> None:
    page.locator('#examples button[data-index="2"]').click()
    expect(page.locator("#details .gate")).to_have_count(4)
    open_tab(page, "cases")
    expect(page.locator("#case-with-tried")).to_be_hidden()
    try_without_the_picture(page)
    open_tab(page, "cases")
    expect(page.locator("#case-with-tried input")).to_be_checked()
    page.locator("#case-keep").click()
    expect(page.locator(CASES)).to_contain_text("What if: picture removed")


def test_a_what_if_is_offered_below_cases_of_its_mention_only(page: Page) -> None:
    keep_example(page, 2, "first")
    button = page.locator("#case-what-if")
    expect(button).to_be_visible()  # the case itself is kept
    link_own(page, "Chad wins.", "Chad")
    expect(button).to_be_hidden()
    mention = page.locator("#tray mark").first.inner_text()
    link_own(page, f"{mention} wins.", mention)
    expect(button).to_be_visible()
    expect(page.locator("#case-host input")).to_have_value("a. first")
    page.locator("#case-caption input, #case-caption textarea").fill("")
    button.click()
    expect(page.locator(".toast-body")).to_contain_text("The caption is empty")
    page.locator("#case-caption input, #case-caption textarea").fill("another sentence")
    button.click()
    expect(page.locator(CASES)).to_contain_text("What if: another sentence")


def link_own(page: Page, sentence: str, mention: str) -> None:
    open_tab(page, "link")
    page.locator("#sentence textarea").fill(sentence)
    page.locator("#mention input, #mention textarea").fill(mention)
    page.locator("#link").click()
    expect(page.locator("#ranking .query")).to_have_text(sentence)
    open_tab(page, "cases")
    expect(page.locator("#at-hand p").first).to_have_text(sentence)


def test_cases_are_kept_ordered_and_exported(page: Page, tmp_path: Path) -> None:
    markup = "<img src=x onerror=alert(1)>"
    keep_example(page, 2, "first")
    keep_example(page, 4, markup)
    try_without_the_picture(page)
    page.locator("#whatif-result .lead-on").click()
    expect(page.locator("#whatif-kept")).to_contain_text("Kept in Cases as (b)")
    open_tab(page, "cases")
    expect(page.locator("#at-hand li")).to_have_text("picture removed")
    expect(page.locator(CASES).nth(1)).to_contain_text("What if: picture removed")
    page.locator(f'{CASES}:nth-child(2) button[data-action="up"]').click()
    expect(page.locator(CASES).first).to_contain_text(markup)  # as text
    page.locator("#case-export").click()
    expect(page.locator("#case-preview img")).to_be_visible(timeout=240_000)
    with page.expect_download() as download:
        page.locator("#case-file a").first.click()
    download.value.save_as(tmp_path / "cases.zip")
    with zipfile.ZipFile(tmp_path / "cases.zip") as archive:
        names = set(archive.namelist())
        record = json.loads(archive.read("case.json"))
    assert {"case-two-column.pdf", "case-one-column.svg", "case.tex", "case.csv"} <= names
    book = casebook_from(record)
    assert [case.caption for case in book.cases] == [markup, "first"]
    assert [len(case.what_ifs) for case in book.cases] == [1, 0]

    (tmp_path / "case.json").write_text(json.dumps(record), "utf-8")
    page.locator(f'{CASES}:nth-child(1) button[data-action="remove"]').click()
    expect(page.locator(CASES)).to_have_count(1)
    with page.expect_file_chooser() as chooser:
        page.locator("#case-import").click()
    chooser.value.set_files(tmp_path / "case.json")
    expect(page.locator(CASES)).to_have_count(2)  # the one that stayed is there once


def test_an_empty_tray_says_what_to_do(page: Page) -> None:
    open_tab(page, "cases")
    expect(page.locator("#tray .empty")).to_contain_text("Keep this case")
    page.locator("#case-export").click()
    expect(page.locator(".toast-body")).to_contain_text("keep a case first")


def test_a_table_is_linked_row_by_row(page: Page, tmp_path: Path) -> None:
    open_tab(page, "batch")
    table = "sentence,mention,id\nNorway wins.,Norway,=1\nnobody,Norway,\nChad wins.,Chad,c\n"
    choose_table(page, "t.csv", table)
    page.locator("#batch-run").click()
    expect(page.locator("#batch-status")).to_contain_text("3 of 3 rows, 1 with a problem")
    expect(page.locator("#batch-results")).to_contain_text("is not in the sentence")
    with page.expect_download() as download:
        page.locator("#batch-files a").first.click()
    download.value.save_as(tmp_path / "linked.csv")
    lines = list(csv.DictReader(io.StringIO((tmp_path / "linked.csv").read_text("utf-8-sig"))))
    assert [line["row"] for line in lines] == ["1"] * 5 + ["2"] + ["3"] * 5
    assert lines[0]["id"] == "'=1"
    assert {line["nil"] for line in lines if line["rank"]} <= {"yes", "no"}
    expect(page.locator("#batch-results")).to_contain_text("How sure")


def run_table(page: Page, rows: int) -> None:
    open_tab(page, "batch")
    table = "sentence,mention\n" + "Norway wins.,Norway\n" * rows
    choose_table(page, "t.csv", table)
    page.locator("#batch-run").click()
    expect(page.locator("#batch-status")).to_contain_text(f"of {rows} rows")


def test_a_closed_page_frees_its_work(page: Page, browser: Browser, url: str) -> None:
    """One table is linked at a time: the second one ends only if the first was given up."""
    left = browser.new_page()
    left.goto(url)
    run_table(left, 20_000)
    left.close()
    run_table(page, 1)
    expect(page.locator("#batch-status")).to_contain_text("1 of 1 rows")


def test_a_table_that_cannot_be_used_is_told_without_a_path(page: Page) -> None:
    open_tab(page, "batch")
    choose_table(page, "t.csv", "a,b\n1,2\n")
    page.locator("#batch-run").click()
    problem = page.locator("#batch-problem .notice")
    expect(problem).to_contain_text("t.csv: no column")  # a file's name keeps its letters
    assert "/" not in problem.inner_text()


def test_a_table_with_pictures_asks_for_their_zip_as_long_as_it_takes(page: Page) -> None:
    open_tab(page, "batch")
    choose_table(page, "many.csv", "sentence,mention,image\nNorway wins.,Norway,a.png\n")
    page.locator("#batch-run").click()
    problem = page.locator("#batch-problem .notice")
    expect(problem).to_have_text("many.csv names pictures: choose the ZIP that holds them, too")
    page.wait_for_timeout(11_000)  # a toast is gone after ten seconds
    expect(problem).to_be_visible()

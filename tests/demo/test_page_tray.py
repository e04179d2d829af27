"""Drives the tray in Chromium: kept with one press, there after a reload, exported."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Dialog, Page, expect
from support import tiny

from analysis.case.case_json import casebook_from
from demo.screenshot import running_page

pytestmark = pytest.mark.browser
expect.set_options(timeout=60_000)  # two busy cores
CASES = "#tray ol.cases > li"
READY = f"{CASES} .heat:text-is('With heatmaps.')"


@pytest.fixture(scope="module")
def small(model_folder: Path, data: Path) -> Iterator[str]:
    """A page whose first model and knowledge base are tiny, so that heatmaps take a moment."""
    with running_page("--model", str(model_folder), "--kb", str(data)) as url:
        yield url


@pytest.fixture
def visitor(browser: Browser, small: str) -> Iterator[BrowserContext]:
    """A browser with a storage of its own."""
    context = browser.new_context(viewport={"width": 1440, "height": 900}, accept_downloads=True)
    yield context
    context.close()


def opened(context: BrowserContext, url: str) -> Page:
    page = context.new_page()
    page.goto(url)
    expect(page.locator("#header dl.status")).to_be_visible(timeout=120_000)
    return page


def open_tab(page: Page, key: str) -> None:
    page.locator(f"#tab_{key}-button").click()


def link(page: Page, sentence: str, mention: str, picture: Path | None = None) -> None:
    open_tab(page, "link")
    if picture is not None:
        page.locator("#image input[type=file]").set_input_files(picture)
        expect(page.locator("#image img")).to_be_visible()
    page.locator("#sentence textarea").fill(sentence)
    page.locator("#mention input, #mention textarea").fill(mention)
    page.locator("#link").click()
    expect(page.locator("#ranking .query")).to_have_text(sentence)
    expect(page.locator("#link-keep")).to_be_visible()


@pytest.fixture
def picture(tmp_path: Path) -> Path:
    file = tmp_path / "norway.png"
    tiny.picture("Norway", "curling").save(file)
    return file


def test_a_researcher_reloads_in_the_middle_and_exports_two_cases_with_heatmaps(
    visitor: BrowserContext, small: str, picture: Path, tmp_path: Path
) -> None:
    page = opened(visitor, small)
    link(page, "we saw the curling team of Norway", "Norway", picture)
    page.locator("#link-keep").click()
    expect(page.locator("#link-kept")).to_contain_text("Kept in Cases as (a)")
    page.reload()  # whether or not its heatmaps are there
    expect(page.locator("#header dl.status")).to_be_visible()
    open_tab(page, "cases")
    expect(page.locator(CASES)).to_have_count(1)
    link(page, "the president of Chad", "Chad")
    open_tab(page, "explain")
    page.locator("#explain-keep").click()
    expect(page.locator("#explain-kept")).to_contain_text("Kept in Cases as (b)")
    page.locator("#explain-kept button").click()
    expect(page.locator(READY)).to_have_count(2, timeout=120_000)
    page.get_by_label("serif, as most papers").check()
    page.locator("#case-export").click()
    expect(page.locator("#case-preview img")).to_be_visible(timeout=240_000)
    with page.expect_download() as download:
        page.locator("#case-file a").first.click()
    download.value.save_as(tmp_path / "cases.zip")
    with zipfile.ZipFile(tmp_path / "cases.zip") as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    book = casebook_from(json.loads(files["case.json"]))
    assert [case.answer.mention for case in book.cases] == ["Norway", "Chad"]
    assert (book.font, set(book.details)) == ("serif", {"units", "gates", "heatmaps", "what-ifs"})
    assert all(len(case.heat_words) == 2 for case in book.cases)
    assert {heat.side for heat in book.cases[0].heat} == {"mention", "entity"}
    assert len(book.cases[0].answer.listed) == 9  # all that there are
    assert b"STIX" in files["case-one-column.pdf"]
    assert "Heatmaps: what each patch" in files["case.tex"].decode()


def test_the_same_case_twice_is_one_and_a_removal_can_be_undone(
    visitor: BrowserContext, small: str
) -> None:
    page = opened(visitor, small)
    link(page, "we saw the curling team of Norway", "Norway")
    page.locator("#link-keep").click()
    expect(page.locator("#link-kept")).to_contain_text("Kept in Cases as (a)")
    page.locator("#link-keep").click()
    open_tab(page, "whatif")
    page.locator("#whatif-sentence textarea").fill("Norway is a country in africa")
    page.locator("#whatif-run").click()
    page.locator("#whatif-result .lead-on").click()
    expect(page.locator("#whatif-kept")).to_contain_text("Kept in Cases as (a)")
    open_tab(page, "cases")
    expect(page.locator(CASES)).to_have_count(1)
    expect(page.locator(CASES)).to_contain_text("What if: another sentence")
    page.locator("#case-caption :is(input, textarea)").fill("a caption")
    page.locator("#case-keep").click()
    expect(page.locator(CASES)).to_contain_text("a caption")
    expect(page.locator(CASES)).to_have_count(1)
    page.locator(f'{CASES} button[data-action="remove"]').click()
    expect(page.locator(CASES)).to_have_count(0)
    expect(page.locator("#link-kept p")).to_have_count(0)
    page.reload()
    open_tab(page, "cases")
    page.locator('#tray button[data-action="undo"]').click()
    expect(page.locator(CASES)).to_contain_text("What if: another sentence")


def test_a_second_tab_has_the_same_tray_and_another_browser_has_none(
    visitor: BrowserContext, browser: Browser, small: str
) -> None:
    page = opened(visitor, small)
    link(page, "we saw the curling team of Norway", "Norway")
    page.locator("#link-keep").click()
    expect(page.locator("#link-kept")).to_contain_text("Kept in Cases as (a)")
    page.close()
    again = opened(visitor, small)
    open_tab(again, "cases")
    expect(again.locator(CASES)).to_have_count(1)
    stranger = browser.new_context()
    try:
        other = opened(stranger, small)
        open_tab(other, "cases")
        expect(other.locator("#tray .empty")).to_be_visible()
    finally:
        stranger.close()


def test_a_tray_that_the_server_lost_is_named(visitor: BrowserContext, small: str) -> None:
    page = opened(visitor, small)
    link(page, "we saw the curling team of Norway", "Norway")
    page.locator("#link-keep").click()
    expect(page.locator("#link-kept")).to_contain_text("Kept in Cases as (a)")
    stored = page.evaluate("() => localStorage.getItem('mimic-tray')")
    with running_page() as fresh:
        page.close()
        later = visitor.new_page()
        later.goto(fresh)
        later.evaluate("(stored) => localStorage.setItem('mimic-tray', stored)", stored)
        later.reload()
        open_tab(later, "cases")
        expect(later.locator("#case-status .notice")).to_contain_text("curling team of Norway")
        expect(later.locator("#case-status .notice")).to_contain_text("24 hours")


def test_leaving_warns_only_while_something_would_be_lost(
    visitor: BrowserContext, small: str
) -> None:
    page = opened(visitor, small)
    asked: list[str] = []

    def leave(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.accept()

    page.on("dialog", leave)
    link(page, "we saw the curling team of Norway", "Norway")
    page.locator("#link-keep").click()
    expect(page.locator("#link-kept")).to_contain_text("Kept in Cases as (a)")
    page.wait_for_function("() => window.mimicUnsaved.size === 0")
    page.reload()
    assert asked == []
    expect(page.locator("#header dl.status")).to_be_visible()
    open_tab(page, "cases")
    page.locator("#case-captions textarea").click()
    page.keyboard.type("half a capt")
    page.reload()
    assert asked == ["beforeunload"]

"""In the browser: what decided an answer, and how it is taken along and opened again."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from demo.examples import load_examples
from demo.screenshot import ROOT

pytestmark = pytest.mark.browser
EXAMPLES = load_examples(ROOT / "assets" / "examples")
ROWS = "#ranking ol.ranking > li > button"
TAKE = "#ranking .take"
SENTENCE = "A good day for Norway & friends, in front of a loud crowd."
expect.set_options(timeout=60_000)  # two busy cores


def link(page: Page, picture: Path | None = None) -> None:
    page.locator("#sentence textarea").fill(SENTENCE)
    page.locator("#mention input, #mention textarea").fill("Norway")
    if picture is not None:
        page.locator("#image input[type=file]").set_input_files(picture)
        expect(page.locator("#image img")).to_be_visible()
    page.get_by_role("button", name="Link", exact=True).click()
    expect(page.locator("#ranking mark")).to_have_text("Norway")


def names(page: Page) -> list[str]:
    expect(page.locator(ROWS)).to_have_count(10)
    return page.locator(f"{ROWS} .who strong").all_inner_texts()


def copied(page: Page, name: str) -> str:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.locator(TAKE).get_by_role("button", name=name).click()
    expect(page.locator(TAKE).get_by_role("button", name="Copied")).to_be_visible()
    text = str(page.evaluate("navigator.clipboard.readText()"))
    expect(page.locator(TAKE).get_by_role("button", name=name)).to_be_visible()
    return text


def opened(page: Page, address: str) -> Page:
    other = page.context.new_page()
    other.goto(address)
    return other


def downloaded(page: Page, name: str) -> str:
    with page.expect_download() as waiting:
        page.locator(TAKE).get_by_role("link", name=name).click()
    return Path(waiting.value.path()).read_text("utf-8-sig")


def test_a_copied_link_opens_the_same_answer(page: Page) -> None:
    link(page, EXAMPLES[-1].image)
    listed, decided = names(page), page.locator("#ranking .deciding").inner_text()
    address = copied(page, "Copy link")
    assert "picture=" in address and "example" not in address
    other = opened(page, address)
    assert names(other) == listed
    assert other.locator("#ranking .deciding").inner_text() == decided
    expect(other.locator("#image img")).to_be_visible()
    expect(page).to_have_url(address + ("" if "lang=" not in page.url else "&lang=en"))
    gone = opened(page, address.replace("picture=", "picture=00"))
    expect(gone.locator(".toast-body")).to_contain_text("is not here any more")
    expect(gone.locator("#sentence textarea")).to_have_value(SENTENCE)
    expect(gone.locator(ROWS)).to_have_count(0)
    elsewhere = opened(page, address.split("&kb=")[0] + "&kb=nowhere")
    expect(elsewhere.locator(".toast-body")).to_contain_text("made with nowhere")


def test_the_address_of_an_example_is_its_number(page: Page) -> None:
    page.locator("#examples button").nth(2).click()
    listed = names(page)
    address = copied(page, "Copy link")
    assert "example=3" in address
    assert names(opened(page, address)) == listed


def test_what_is_downloaded_reads_back(page: Page) -> None:
    link(page)
    listed = names(page)
    record: dict[str, Any] = json.loads(downloaded(page, "JSON"))
    assert [each["name"] for each in record["candidates"]] == listed
    assert record["sentence"] == SENTENCE and record["picture"] is None
    assert record["deciding"]["id"] == record["candidates"][0]["id"]
    rows = list(csv.DictReader(downloaded(page, "CSV").splitlines()))
    assert [row["name"] for row in rows] == listed
    assert float(rows[0]["probability"]) == record["candidates"][0]["probability"]
    assert int(rows[0]["cmfu_rank"]) == record["candidates"][0]["unit_ranks"]["cmfu"]
    for recipe in ("Copy as Python", "Copy as curl"):
        assert "Norway" in copied(page, recipe)


def test_one_percentage_a_row_is_in_view_and_the_rest_on_demand(page: Page) -> None:
    link(page)
    names(page)
    first = page.locator(ROWS).first
    assert first.inner_text().count("%") == 1
    assert first.locator(".units").inner_text().count("rank ") == 2
    expect(first.locator(".vdlu .bar")).to_have_count(0)  # there is no picture
    page.get_by_label("Show shares and raw scores").check()
    assert first.inner_text().count("%") == 4
    expect(first.locator(".tglu")).to_contain_text("score ")

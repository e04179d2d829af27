"""In the browser: what is wrong stands beside its field, and the way through the page is plain."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser
expect.set_options(timeout=60_000)  # two busy cores
SENTENCE = "Norway swept the last stone into the house."
MENTION = "#mention input, #mention textarea"


def link(page: Page, mention: str = "Norway") -> None:
    page.locator("#sentence textarea").fill(SENTENCE)
    page.locator(MENTION).fill(mention)
    page.get_by_role("button", name="Link", exact=True).click()


def test_the_name_as_it_stands_is_offered_beside_the_mention(page: Page) -> None:
    link(page, "norway")
    expect(page.locator("#mention")).to_contain_text(
        "'norway' is not in the sentence, but 'Norway'"
    )
    expect(page.locator("#sentence")).not_to_contain_text("not in the sentence")
    expect(page.locator(".toast-body")).to_have_count(0)
    link(page)
    expect(page.locator("#ranking .query")).to_have_text(SENTENCE)
    expect(page.locator("#mention")).not_to_contain_text("not in the sentence")


def test_what_if_tells_beside_its_fields_too(page: Page) -> None:
    link(page)
    expect(page.locator("#ranking .query")).to_have_text(SENTENCE)
    page.get_by_role("tab", name="What if").click()
    page.locator("#whatif-mention input, #whatif-mention textarea").fill("Peru")
    page.locator("#whatif-run").click()
    expect(page.locator("#whatif-mention")).to_contain_text("'Peru' is not in the sentence")
    page.locator("#whatif-sentence textarea").fill(" ")
    page.locator("#whatif-run").click()
    expect(page.locator("#whatif-sentence")).to_contain_text("The sentence is empty")
    expect(page.locator(".toast-body")).to_have_count(0)


def test_what_is_deleted_or_pasted_makes_the_list_an_old_one(page: Page) -> None:
    link(page)
    stale = page.locator("#ranking .notice.stale")
    expect(page.locator("#ranking .query")).to_have_text(SENTENCE)
    expect(stale).to_be_hidden()
    page.locator("#sentence textarea").press("End")
    page.keyboard.press("Backspace")
    expect(stale).to_be_visible()
    link(page)
    expect(stale).to_be_hidden()
    page.locator(MENTION).press("Control+a")
    page.keyboard.press("Control+c")
    page.keyboard.press("Control+v")
    expect(stale).to_be_visible()


def test_link_is_in_sight_and_the_answer_is_what_comes_next(page: Page) -> None:
    page.set_viewport_size({"width": 1440, "height": 900})
    box = page.locator("#link").bounding_box()
    assert box and box["y"] + box["height"] <= 900
    link(page)
    expect(page.locator("#ranking .results")).to_be_focused()


def test_the_keyboard_skips_the_head(page: Page) -> None:
    expect(page.locator("#header dl.status")).to_be_visible()
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Skip to the work area")
    expect(skip).to_be_focused()
    skip.press("Enter")
    assert page.url.endswith("#tabs")
    page.keyboard.press("Tab")
    expect(page.get_by_role("tab", name="Link")).to_be_focused()


@pytest.mark.parametrize("name", ["Explain", "Compare units", "What if", "Cases"])
def test_an_empty_tab_leads_to_link(page: Page, name: str) -> None:
    page.get_by_role("tab", name=name).click()
    page.locator(".empty:visible").get_by_role("button", name="Open Link").click()
    expect(page.get_by_role("tab", name="Link", exact=True)).to_have_attribute(
        "aria-selected", "true"
    )


def test_names_are_told_apart_on_a_small_screen(page: Page) -> None:
    page.set_viewport_size({"width": 1024, "height": 768})
    link(page)
    expect(page.locator("#ranking .query")).to_have_text(SENTENCE)
    page.get_by_role("tab", name="Compare units").click()
    kinds = page.locator("#boards .lane li:not(.slot) small")
    expect(kinds).to_have_count(40)
    cut = kinds.evaluate_all("all => all.filter(e => e.scrollWidth > e.clientWidth).length")
    assert cut == 0

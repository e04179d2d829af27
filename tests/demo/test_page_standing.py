"""Drives the box that finds an entity: from "why not the team?" to the explained margin."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Locator, Page, expect

pytestmark = pytest.mark.browser
expect.set_options(timeout=60_000)  # two busy cores
ATTRIBUTED = 240_000
ROWS = "#ranking ol.ranking > li > button"
SENTENCE = "Norway swept the last stone into the house."


def link(page: Page) -> None:
    page.locator("#sentence textarea").fill(SENTENCE)
    page.locator("#mention input, #mention textarea").fill("Norway")
    page.get_by_role("button", name="Link", exact=True).click()
    expect(page.locator(ROWS)).to_have_count(10)


def typed(page: Page, box: str, query: str) -> Locator:
    """The rows that a query finds."""
    page.locator(f"#{box}-query").locator("input, textarea").fill(query)
    return page.locator(f"#{box} li button")


def choose(page: Page, box: str, query: str) -> None:
    """The one entity that a query finds."""
    rows = typed(page, box, query)
    expect(rows).to_have_count(1)
    rows.click()


def tab(page: Page, name: str) -> None:
    page.get_by_role("tab", name=name, exact=True).click()


def test_why_not_the_football_team(page: Page) -> None:
    link(page)
    rows = typed(page, "where-entity", "norway football")
    expect(rows).to_have_count(1)
    expect(rows).to_contain_text("national football team")
    expect(rows.locator("img")).to_have_count(1)
    rows.click()
    standing = page.locator("#standing .standing")
    expect(standing.locator("> h3")).to_have_text(re.compile(r"Norway: number \d+ of 1,794"))
    expect(standing.locator(".why")).to_have_text(re.compile(r"\w+ by \w+, but \w+ ranks it .+\."))
    expect(standing.locator("thead th")).to_have_count(2)
    expect(standing.locator("details")).to_have_count(2)
    standing.get_by_role("button", name="Explain the margin").click()
    view = page.locator("#explain-view")
    expect(view.locator("h2").first).to_have_text(re.compile("^Why Norway and not Norway"))
    expect(view.locator(".trust li").first).to_contain_text("add", timeout=ATTRIBUTED)
    expect(page.locator("#explain-against .entity-chosen")).to_contain_text("football")
    page.get_by_role("button", name="Choose another").first.click()
    expect(view.locator("h2").first).not_to_contain_text(" and not ", timeout=ATTRIBUTED)


def test_the_keyboard_is_enough(page: Page) -> None:
    link(page)
    expect(typed(page, "where-entity", "norwa")).to_have_count(8)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    expect(page.locator("#where-entity li button").nth(1)).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator("#where-entity-query").locator("input, textarea")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#where-entity .entity-chosen")).to_contain_text("Norway")
    expect(page.locator("#standing .standing")).to_be_visible()


def test_a_name_that_nobody_has_is_told_with_the_nearest(page: Page) -> None:
    link(page)
    rows = typed(page, "where-entity", "Norwey")
    nobody = page.locator("#where-entity .nobody")
    expect(nobody).to_have_text("No entity is named Norwey. The nearest names:")
    expect(rows.first).to_contain_text("Norway")
    typed(page, "where-entity", "<b>qqqq")
    expect(nobody).to_have_text("No entity is named <b>qqqq.")


def test_the_right_entity_and_the_followed_one_are_found_by_name(page: Page) -> None:
    link(page)
    tab(page, "Cases")
    choose(page, "case-gold", "norway football")
    expect(page.locator("#case-gold .entity-chosen")).to_contain_text("national football team")
    page.locator("#case-keep").click()
    expect(page.locator("#tray")).to_contain_text("wrong")
    tab(page, "What if")
    choose(page, "whatif-entity", "chad football")
    expect(page.locator("#whatif-entity .entity-chosen")).to_contain_text("Chad")
    page.locator("#whatif-sentence textarea").fill("Norway scored twice in the second half.")
    page.locator("#whatif-run").click()
    expect(page.locator("#whatif-result .moves")).to_contain_text("Chad")


def test_it_fits_and_speaks_chinese(page: Page) -> None:
    link(page)
    choose(page, "where-entity", "norway football")
    expect(page.locator("#standing .standing")).to_be_visible()
    for width in (390, 1440):
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.locator("#language").get_by_text("中文").click()
    expect(page.locator("#standing .why")).to_have_text(
        re.compile("按 .+ 排第 .+，但 .+ 将其排在第 .+。")
    )
    expect(page.locator("#standing .lead-on")).to_have_text("解释差距")

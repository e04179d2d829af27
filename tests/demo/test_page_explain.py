"""Drives the panel that explains in headless Chromium."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Locator, Page, expect

pytestmark = pytest.mark.browser
expect.set_options(timeout=60_000)  # two busy cores
ATTRIBUTED = 240_000
ROWS = "#ranking ol.ranking > li > button"
VIEW = "#explain-view"


def link_example(page: Page) -> None:
    page.locator("#examples button").nth(2).click()
    expect(page.locator(ROWS)).to_have_count(10)
    expect(page.locator("#details .gate")).to_have_count(4)


def open_explain(page: Page) -> Locator:
    """The view, once the pairs are in it."""
    page.get_by_role("tab", name="Explain", exact=True).click()
    view = page.locator(VIEW)
    expect(view.locator(".map").first).to_be_visible()
    return view


def test_nothing_to_explain_yet_is_said(page: Page) -> None:
    page.get_by_role("tab", name="Explain", exact=True).click()
    expect(page.locator("#explain-case .empty")).to_contain_text("Nothing linked yet")
    expect(page.locator("#explain-run")).to_be_disabled()
    page.get_by_role("tab", name="Link", exact=True).click()
    link_example(page)
    expect(page.locator("#explain-run")).to_be_enabled()


def attributed(view: Locator) -> None:
    """Waits for the chosen method, which comes after the pairs."""
    expect(view.locator(".trust li").first).to_contain_text("add up to", timeout=ATTRIBUTED)


def test_the_tab_explains_the_choice_at_once(page: Page) -> None:
    link_example(page)
    view = open_explain(page)
    expect(view.locator(".trust")).to_be_visible()
    expect(view.locator(".look-at > summary")).to_contain_text("often not evidence")
    expect(view.locator(".look-at .map").first).to_be_hidden()
    expect(view.locator(".id")).to_have_text(page.locator("#details .id").text_content() or "")
    page.get_by_role("tab", name="Link", exact=True).click()
    page.locator(ROWS).nth(2).click()
    expect(page.locator("#details .scores .total td").nth(1)).to_have_text("3")
    chosen = page.locator("#details .id").inner_text()
    page.locator("#details .lead-on").click()
    expect(view.locator(".id")).to_have_text(chosen)
    expect(view).to_be_visible()


def test_a_link_that_ends_while_the_tab_is_open_is_explained(page: Page) -> None:
    page.locator("#examples button").nth(2).click()
    open_explain(page)


def test_attributions_follow_and_say_how_far_to_trust_them(page: Page) -> None:
    link_example(page)
    view = open_explain(page)
    attributed(view)
    expect(view.locator(".chip.plus").first).to_be_visible()
    expect(view.locator(".key")).to_contain_text("One range of colours")
    page.get_by_role("tab", name="Link", exact=True).click()
    page.get_by_role("tab", name="Explain", exact=True).click()  # what is there stays
    expect(view.locator(".trust")).to_be_visible()
    page.locator("#explain-side").get_by_label("The entity").click()
    expect(view.locator(".trust li", has_text="The entity")).to_have_count(1)
    expect(view.locator(".trust li", has_text="Your mention")).to_have_count(0)
    page.locator("#explain-target").get_by_label("VDLU").click()  # asked once, it follows
    expect(view.locator(".what")).to_contain_text("the score of VDLU", timeout=ATTRIBUTED)
    expect(view.locator(".picked")).to_contain_text("Show both sides")


def test_a_word_shows_what_it_interacts_with(page: Page) -> None:
    """By mouse and by keyboard; what was there comes back."""
    link_example(page)
    view = open_explain(page)
    attributed(view)
    mention, entity = (view.locator(f"figure[data-side={s}]") for s in ("mention", "entity"))
    said, chip = view.locator(".picked [role=status]"), mention.locator("button.chip").first
    before = entity.locator(".words").all_inner_texts()
    chip.click()
    expect(chip).to_have_attribute("aria-pressed", "true")
    expect(said).to_contain_text("Strongest with")
    assert entity.locator(".words").all_inner_texts() != before
    view.get_by_role("button", name="Show the sums again").click()
    expect(said).to_contain_text("Choose a word")
    assert entity.locator(".words").all_inner_texts() == before
    cells = entity.locator(".cell")
    cells.first.focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(said).to_contain_text("row 2, column 2")
    expect(entity.locator(".cell[tabindex='0']")).to_have_attribute("aria-label", "row 2, column 2")
    expect(entity.locator(".cell[tabindex='0']")).to_be_focused()
    page.keyboard.press("Escape")
    expect(said).to_contain_text("Choose a word")


def test_a_heatmap_is_saved_from_the_spot_and_the_picture_shown_bare(page: Page) -> None:
    link_example(page)
    view = open_explain(page)
    attributed(view)
    for kind, start in (("PNG", b"\x89PNG"), ("SVG", b"<?xml"), ("PDF", b"%PDF")):
        with page.expect_download() as saved:
            view.get_by_role("button", name=f"Save the heatmap of Your mention as {kind}").click()
        assert saved.value.suggested_filename.endswith(f"-mention.{kind.lower()}")
        assert saved.value.path().read_bytes().startswith(start)
    bare = view.get_by_role("button", name="Without colours").first
    bare.click()
    expect(view.locator(".map").first).to_have_class(re.compile("bare"))
    expect(bare).to_have_attribute("aria-pressed", "true")


def test_an_attribution_can_be_cancelled(page: Page) -> None:
    link_example(page)
    view = open_explain(page)
    attributed(view)
    cancel = page.get_by_role("button", name="Cancel")
    expect(cancel).to_be_disabled()
    page.locator("#explain-method input").click()
    page.get_by_role("option", name="Shapley values", exact=True).click()
    cancel.click()
    expect(view.locator(".notice")).to_have_text("Cancelled.")
    expect(cancel).to_be_disabled()
    page.wait_for_timeout(1500)
    expect(view.locator(".what")).to_contain_text("Integrated gradients")


def test_the_switch_of_the_language_reaches_the_explanation(page: Page) -> None:
    link_example(page)
    view = open_explain(page)
    title = view.locator("h2")
    expect(title).to_contain_text("Why ")
    page.locator("#language").get_by_text("中文").click()
    expect(title).to_contain_text("为什么是")
    expect(page.locator("#explain-run")).to_have_text("计算归因")
    expect(page.locator("#explain-against-query input")).to_have_attribute(
        "placeholder", re.compile("无")
    )
    expect(page.locator("#explain-against li button")).to_have_count(8)


def test_nothing_of_the_explanation_sticks_out_sideways(page: Page) -> None:
    link_example(page)
    open_explain(page)
    for width in (390, 640, 860, 1100, 1440, 1900):
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate("document.documentElement.scrollWidth") <= width

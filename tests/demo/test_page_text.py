"""From a pasted text to explained mentions and files in headless Chromium."""

from __future__ import annotations

import io
import json
import re
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageFilter
from playwright.sync_api import FilePayload, Locator, Page, expect

pytestmark = pytest.mark.browser
expect.set_options(timeout=60_000)  # two busy cores
NEWS = (
    "\U0001f3d2 Norway scored on the power play after 40 minutes. Norway swept the last stone into "
    "the house.\n\nThe embassy of Norway in Chad stays closed, Zorgonia says."
)
MARKS = "#text-view mark"
ROWS = "#text-ranking ol.ranking > li > button"


def photograph() -> FilePayload:
    """Something like a photograph: soft shapes, no lines, noise."""
    noise = np.random.default_rng(7).integers(0, 255, (12, 16, 3), np.uint8)
    picture = Image.fromarray(noise).resize((640, 480), Image.Resampling.BICUBIC)
    stream = io.BytesIO()
    picture.filter(ImageFilter.GaussianBlur(3)).save(stream, "JPEG")
    return {"name": "photo.jpg", "mimeType": "image/jpeg", "buffer": stream.getvalue()}


def open_text(page: Page) -> None:
    page.locator("#tab_text-button").click()


def link_text(page: Page, text: str = NEWS, photo: bool = False) -> None:
    open_text(page)
    page.locator("#text-field textarea").fill(text)
    if photo:
        page.locator("#text-images input[type=file]").set_input_files(photograph())
        expect(page.locator("#text-images")).to_contain_text("photo")
    page.locator("#text-run").click()
    expect(page.locator(MARKS).first).to_be_visible()


def select(page: Page, words: str) -> None:
    """Selects words of the marked text, as a pointer does."""
    page.locator("#text-view .running").evaluate(
        """(area, words) => {
          const walk = document.createTreeWalker(area, NodeFilter.SHOW_TEXT);
          for (let node; node = walk.nextNode();) {
            const at = node.data.indexOf(words);
            if (at >= 0) getSelection().setBaseAndExtent(node, at, node, at + words.length);
          }
        }""",
        words,
    )


def tool(page: Page, name: str) -> Locator:
    return page.locator("#text-view .tools").get_by_role("button", name=re.compile(name))


def test_a_news_paragraph_with_a_photograph(page: Page, tmp_path: Path) -> None:
    link_text(page, photo=True)
    marks = page.locator(MARKS)
    expect(marks).to_have_text(["Norway", "Norway", "Norway", "Chad"])
    expect(page.locator("#text-view .running")).to_have_text(NEWS, use_inner_text=False)
    expect(page.locator("#text-view .running img")).to_have_count(1)
    expect(marks.nth(1)).to_have_attribute(
        "aria-label", re.compile(r"^Norway: Norway, national curling team \(.+ %\): \w+")
    )
    expect(marks.nth(1)).to_have_class(re.compile("^(sure|likely|uncertain|absent)$"))
    expect(page.locator("#text-leads")).to_be_hidden()
    marks.nth(1).click()
    expect(page.locator(ROWS)).to_have_count(10)
    expect(page.locator("#text-ranking .query")).to_have_text(
        "Norway swept the last stone into the house."
    )
    expect(marks.nth(1)).to_have_attribute("aria-pressed", "true")
    page.locator(ROWS).nth(1).click()
    page.locator("#text-tab_explain").click()
    view = page.locator("#explain-view")
    expect(view.locator("h2").first).to_have_text(re.compile("^Why "))
    page.locator("#tab_link-button").click()  # which shows the same case
    expect(page.locator("#sentence textarea")).to_have_value(
        "Norway swept the last stone into the house."
    )
    expect(page.locator("#image img")).to_be_visible()
    expect(page.locator("#ranking .query")).to_have_text(
        "Norway swept the last stone into the house."
    )

    open_text(page)
    page.locator("#text-keep").click()
    expect(page.locator("#text-kept")).to_contain_text("Kept in Cases as")
    page.locator("#text-write").click()
    files = page.locator("#text-files a")
    expect(files).to_have_count(6)
    with page.expect_download() as download:
        files.first.click()
    download.value.save_as(tmp_path / "annotations.json")
    record = json.loads((tmp_path / "annotations.json").read_text("utf-8"))
    places = [record["text"][m["start"] : m["end"]] for m in record["mentions"]]
    assert record["text"] == NEWS and places == ["Norway", "Norway", "Norway", "Chad"]


def test_mentions_are_added_moved_and_dropped(page: Page) -> None:
    link_text(page)
    marks = page.locator(MARKS)
    expect(tool(page, "Mark the selected")).to_be_disabled()
    select(page, "Zorgonia")
    tool(page, "Mark the selected").click()
    expect(marks).to_have_text(["Norway", "Norway", "Norway", "Chad", "Zorgonia"])
    expect(page.locator("#text-ranking .query mark")).to_have_text("Zorgonia")
    tool(page, "Begin a word earlier").click()
    expect(marks).to_have_text(["Norway", "Norway", "Norway", "Chad", "closed, Zorgonia"])
    select(page, "power play")
    tool(page, "Move “closed").click()
    expect(marks).to_have_text(["Norway", "power play", "Norway", "Norway", "Chad"])
    tool(page, "Drop “power play”").click()
    expect(marks).to_have_text(["Norway", "Norway", "Norway", "Chad"])
    expect(page.locator("#text-ranking .results")).to_have_count(0)


def test_the_keyboard_is_enough(page: Page) -> None:
    link_text(page)
    marks = page.locator(MARKS)
    expect(page.locator(f'{MARKS}[tabindex="0"]')).to_have_count(1)
    marks.first.focus()
    page.keyboard.press("End")
    expect(marks.nth(3)).to_be_focused()
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("Enter")
    expect(page.locator("#text-ranking .query")).to_contain_text("The embassy of Norway")
    expect(marks.nth(2)).to_be_focused()
    page.keyboard.press("Delete")
    expect(marks).to_have_text(["Norway", "Norway", "Chad"])
    expect(marks.nth(2)).to_be_focused()
    field = page.locator("#text-field textarea")
    field.focus()
    page.keyboard.press("Control+End")
    for _ in range(len(" says.")):
        page.keyboard.press("ArrowLeft")
    for _ in range(len("Zorgonia")):
        page.keyboard.press("Shift+ArrowLeft")
    tool(page, "Mark the selected").focus()
    page.keyboard.press("Enter")
    expect(marks).to_have_text(["Norway", "Norway", "Chad", "Zorgonia"])


def test_bearers_of_the_name_alone(page: Page) -> None:
    open_text(page)
    page.locator("#text-ranked button").first.click()
    page.get_by_label("bearers of the name").first.check()
    link_text(page)
    expect(page.locator(MARKS).first).to_have_class("unrated")
    page.locator(MARKS).first.click()
    expect(page.locator("#text-ranking .count")).to_contain_text("bearers of the name")
    for row in page.locator(f"{ROWS} .who strong").all():
        expect(row).to_have_text("Norway")
    expect(page.locator("#text-whole")).to_be_visible()
    select(page, "power play")
    tool(page, "Mark the selected").click()
    expect(page.locator("#text-ranking")).to_contain_text("No entity bears this name")
    expect(page.locator("#text-leads")).to_be_hidden()


def test_another_case_takes_the_place_of_the_mention(page: Page) -> None:
    link_text(page)
    page.locator(MARKS).first.click()
    expect(page.locator(ROWS)).to_have_count(10)
    page.locator("#tab_link-button").click()
    page.locator("#examples button").nth(1).click()
    expect(page.locator("#ranking .query")).to_contain_text("Niger")
    open_text(page)
    expect(page.locator("#text-leads")).to_be_hidden()
    page.locator(MARKS).first.click()
    expect(page.locator(ROWS)).to_have_count(10)
    page.locator("#tab_link-button").click()
    expect(page.locator("#ranking .query")).to_contain_text("Norway scored")


def test_a_file_a_sample_and_what_is_wrong(page: Page) -> None:
    open_text(page)
    page.locator("#text-run").click()
    expect(page.locator("#text-problem .notice")).to_have_text(
        "The text is empty: give the text whose names are linked"
    )
    page.locator("#text-file input[type=file]").set_input_files(
        {"name": "a.txt", "mimeType": "text/plain", "buffer": b"Chad <b>won</b>.\r\nNorway lost."}
    )
    expect(page.locator("#text-field textarea")).to_have_value("Chad <b>won</b>.\nNorway lost.")
    page.locator("#text-run").click()
    expect(page.locator(MARKS)).to_have_text(["Chad", "Norway"])
    expect(page.locator("#text-view .running b")).to_have_count(0)
    page.locator("#text-field textarea").press_sequentially("!")
    expect(page.locator("#text-view .stale")).to_be_visible()
    page.locator("#text-sample").click()
    expect(page.locator(MARKS).nth(5)).to_have_text("Norway")
    expect(page.locator("#text-view .running img")).to_have_count(1)
    expect(page.locator("#text-view .stale")).to_be_hidden()
    expect(page.locator("#text-cancel")).to_be_hidden()


def test_a_long_text_is_cancelled(page: Page) -> None:
    open_text(page)
    page.locator("#text-field textarea").fill((NEWS + "\n\n") * 120)
    page.locator("#text-run").click()
    expect(page.locator("#text-status")).to_contain_text("Linking mentions")
    page.locator("#text-cancel").click()
    expect(page.locator("#text-status")).to_contain_text("Cancelled.")
    expect(page.locator("#text-run")).to_be_visible()
    link_text(page)
    expect(page.locator(MARKS)).to_have_count(4)


def test_names_of_a_knowledge_base_of_ones_own(page: Page) -> None:
    page.locator("#tab_own-button").click()
    page.locator("#own-typed textarea").fill("Zorgonia | state\nZorgonia | ship that sank")
    page.locator("#own-run").click()
    expect(page.locator("#own-report .ready")).to_contain_text("2 entities")
    link_text(page)
    expect(page.locator(MARKS)).to_have_text(["Zorgonia"])
    page.locator(MARKS).click()
    expect(page.locator(ROWS)).to_have_count(2)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_it_fits_speaks_chinese_and_is_accessible(page: Page, scheme: str) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    page.reload()
    link_text(page)
    page.locator(MARKS).nth(1).click()
    expect(page.locator(ROWS)).to_have_count(10)
    for width in (390, 1440):
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.wait_for_timeout(1500)  # what is being drawn fades in, with too little contrast
    found = axe.run(page, options={"resultTypes": ["violations"]}).response["violations"]
    assert [(v["id"], v["nodes"][0]["html"][:160]) for v in found if v["impact"] != "minor"] == []
    page.locator("#language").get_by_text("中文").click()
    expect(page.locator("#text-view .legend")).to_contain_text("4 个提及")
    expect(page.locator("#text-ranking .count")).to_contain_text("个实体")
    page.locator("#text-field textarea").fill("")
    page.locator("#text-run").click()
    expect(page.locator("#text-problem .notice")).to_have_text(re.compile("文本为空"))


def test_link_and_tables_rank_the_bearers_of_the_name_alone(page: Page) -> None:
    page.locator("#link-ranked button").first.click()
    page.locator("#link-candidates").get_by_label("bearers of the name").check()
    page.locator("#sentence textarea").fill("Norway sank in a storm.")
    page.locator("#mention input, #mention textarea").fill("Norway")
    page.locator("#link-types").locator("input, textarea").fill("ship")
    page.get_by_role("button", name="Link", exact=True).click()
    expect(page.locator("#ranking .count")).to_contain_text("bearers of the name, of type ship")
    expect(page.locator("#ranking ol.ranking > li")).to_have_count(1)
    page.locator("#tab_batch-button").click()
    page.locator("#batch-ranked button").first.click()
    page.locator("#batch-candidates").get_by_label("bearers of the name").check()
    page.locator("#batch-table input[type=file]").set_input_files(
        {"name": "t.csv", "mimeType": "text/csv",
         "buffer": b"sentence,mention\nNorway sank in a storm.,Norway\n"}
    )  # fmt: skip
    expect(page.locator("#batch-table")).to_contain_text("t")
    page.locator("#batch-run").click()
    expect(page.locator("#batch-results .entity").first).to_contain_text("Norway")
    for row in page.locator("#batch-results .entity").all():
        expect(row).to_contain_text("Norway")

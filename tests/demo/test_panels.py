"""Drives the panels in headless Chromium: compare, what if, languages, accessibility."""

from __future__ import annotations

import re
from typing import Literal

import pytest
from playwright.sync_api import Browser, Page, expect

from demo.examples import load_examples
from demo.screenshot import ROOT

pytestmark = pytest.mark.browser
EXAMPLES = load_examples(ROOT / "assets" / "examples")
expect.set_options(timeout=30_000)
HARMFUL = ("serious", "critical")


def link_example(page: Page, number: int = 4) -> None:
    page.locator(f'#examples button[data-index="{number}"]').click()
    expect(page.locator("#details .gate")).to_have_count(4)


def open_tab(page: Page, key: str) -> None:
    page.locator(f"#tab_{key}-button").click()


def test_the_lists_stand_side_by_side_and_an_entity_is_followed(page: Page) -> None:
    link_example(page)
    open_tab(page, "compare")
    lanes = page.locator("#boards .lane")
    expect(lanes).to_have_count(4)
    for lane in lanes.all():
        expect(lane.locator("li:not(.slot)")).to_have_count(10)
    last = lanes.nth(3).locator("li").nth(9)
    last.locator("button").focus()
    page.keyboard.press("Enter")
    entity = last.get_attribute("data-entity")
    on = page.locator(f'#boards li.on[data-entity="{entity}"]')
    expect(on).to_have_count(4)
    expect(page.locator("#boards li.on")).to_have_count(4)
    expect(page.locator("#boards path.on")).to_have_count(3)
    for place in on.all():
        expect(place).to_be_visible()


def test_weights_rank_again(page: Page) -> None:
    link_example(page)
    open_tab(page, "compare")
    lanes = page.locator("#boards .lane")
    expect(lanes).to_have_count(4)
    for unit in ("tglu", "cmfu"):
        page.locator(f"#weight-{unit} input[type=number]").fill("0")
        page.locator(f"#weight-{unit} input[type=number]").press("Enter")
    expect(lanes.nth(3).locator("h2 small")).to_contain_text("0 : 100 : 0")
    order = [
        [li.get_attribute("data-entity") for li in lane.locator("li:not(.slot)").all()]
        for lane in (lanes.nth(1), lanes.nth(3))
    ]
    assert order[0] == order[1]
    page.get_by_label("softmax").check()
    expect(lanes.nth(1).locator("li b").first).to_contain_text("%")


def test_what_if_the_picture_were_gone(page: Page) -> None:
    link_example(page)
    open_tab(page, "whatif")
    expect(page.locator("#whatif-canvas img")).to_be_visible()
    page.get_by_label("remove", exact=True).check()
    page.locator("#whatif-run").click()
    expect(page.locator("#whatif-result article")).to_have_count(2)
    expect(page.locator("#whatif-result article").nth(1).locator(".picture.none")).to_be_visible()
    expect(page.locator("#whatif-result .moves tbody tr").first).to_contain_text("→")
    expect(page.locator("#whatif-result .gates-moved tbody tr")).to_have_count(4)


def test_what_if_says_nothing_of_the_gate_of_an_unchanged_picture(page: Page) -> None:
    link_example(page)
    open_tab(page, "whatif")
    expect(page.locator("#whatif-canvas img")).to_be_visible()
    page.locator("#whatif-run").click()
    expect(page.locator(".toast-body")).to_contain_text("Nothing changed: edit something first")
    expect(page.locator("#whatif-result article")).to_have_count(0)
    sentence = page.locator("#whatif-sentence textarea")
    sentence.fill(sentence.input_value() + " Today.")
    page.locator("#whatif-run").click()
    expect(page.locator("#whatif-result .verdict")).not_to_be_empty()
    expect(page.locator("#whatif-result .verdict")).not_to_contain_text("gate")
    open_tab(page, "cases")
    expect(page.locator("#at-hand li")).to_have_text(["another sentence"])


def test_the_switch_of_the_language_reaches_the_picture_of_what_if(page: Page) -> None:
    link_example(page)
    open_tab(page, "whatif")
    hint = page.locator("#whatif-canvas figcaption")
    expect(hint).to_contain_text("Drag over")
    page.locator("#language").get_by_text("中文").click()
    expect(hint).to_contain_text("在图片上拖动")
    page.locator("#whatif-run").click()
    title = page.locator(".toast-title")
    expect(title).to_have_css("font-size", "0px")  # Gradio's own, English word
    assert title.evaluate("e => getComputedStyle(e, '::before').content") == '"错误"'


def test_a_weight_beyond_its_end_is_the_end(page: Page) -> None:
    link_example(page)
    open_tab(page, "compare")
    lanes = page.locator("#boards .lane")
    expect(lanes).to_have_count(4)
    for unit, typed in (("tglu", "0"), ("vdlu", "-3"), ("cmfu", "7")):
        page.locator(f"#weight-{unit} input[type=number]").fill(typed)
    expect(lanes.nth(3).locator("h2 small")).to_contain_text("0 : 0 : 100")
    expect(page.locator(".toast-body")).to_have_count(0)


def test_a_chosen_button_keeps_its_dot_and_a_field_its_ring(page: Page) -> None:
    link_example(page)
    field = page.locator("#sentence textarea")
    field.focus()
    expect(field).to_have_css("outline-style", "solid")
    expect(field).to_have_css("outline-width", "2px")
    open_tab(page, "compare")
    dot = page.locator("#scale input:checked")
    seen = dot.evaluate("box => getComputedStyle(box).backgroundColor")
    dot.hover()
    page.wait_for_timeout(400)
    expect(dot).to_have_css("background-color", seen)
    expect(dot).to_have_css("background-image", re.compile("url"))


def test_what_if_a_part_of_the_picture_were_noise(page: Page) -> None:
    link_example(page)
    open_tab(page, "whatif")
    page.get_by_label("noise", exact=True).check()
    expect(page.locator("#whatif-region")).to_be_visible()
    area = page.locator("#whatif-canvas .canvas > div")
    area.scroll_into_view_if_needed()
    place = area.bounding_box()
    assert place is not None
    page.mouse.move(place["x"] + 0.25 * place["width"], place["y"] + 0.25 * place["height"])
    page.mouse.down()
    page.mouse.move(place["x"] + 0.75 * place["width"], place["y"] + 0.75 * place["height"])
    page.mouse.up()
    expect(page.locator("#whatif-canvas .canvas i")).to_have_attribute(
        "style", re.compile(r"left:2[456]%;top:2[456]%;width:(49|5[01])%")
    )
    page.locator("#whatif-run").click()
    expect(page.locator("#whatif-result .verdict")).to_contain_text("gate of VDLU")


def test_the_lists_are_never_those_of_an_old_case(page: Page) -> None:
    link_example(page, 4)
    open_tab(page, "compare")
    case = page.locator("#compare-case p")
    expect(case).to_have_text(EXAMPLES[4].sentence)
    expect(page.locator("#boards .lane")).to_have_count(4)
    open_tab(page, "link")
    link_example(page, 5)
    expect(page.locator("#boards .lane")).to_have_count(0)  # it left while nobody looked
    page.locator('#examples button[data-index="2"]').click()
    open_tab(page, "compare")  # perhaps before the answer is there
    expect(case).to_have_text(EXAMPLES[2].sentence)
    expect(page.locator("#boards li").first).to_be_visible()


def test_nothing_to_compare_yet_is_said(page: Page) -> None:
    open_tab(page, "compare")
    expect(page.locator("#boards .empty")).to_contain_text("Nothing linked yet")


def test_the_browser_speaks_chinese_and_the_switch_changes_back(browser: Browser, url: str) -> None:
    context = browser.new_context(locale="zh-CN")
    page = context.new_page()
    page.goto(url)
    expect(page.locator("#header dl.status")).to_contain_text("知识库", timeout=120_000)
    expect(page.get_by_role("tab").first).to_have_text("链接")
    page.locator("#link").click()
    expect(page.locator("#sentence")).to_contain_text("句子为空")
    link_example(page)
    expect(page.locator("#ranking .count")).to_contain_text("共 1,794 个实体")
    open_tab(page, "compare")
    expect(page.locator("#boards .agreement").first).to_contain_text("单元一致度")
    page.locator("#language").get_by_text("English").click()
    expect(page.get_by_role("tab").first).to_have_text("Link")
    expect(page.locator("#boards .agreement").first).to_contain_text("Agreement of the units")
    open_tab(page, "link")
    expect(page.locator("#ranking .count")).to_contain_text("First 10 of 1,794 entities")
    assert page.evaluate("document.documentElement.lang") == "en"
    assert "lang=en" in page.url
    context.close()


def test_an_address_opens_an_example(browser: Browser, url: str) -> None:
    page = browser.new_page(locale="en-US")
    page.goto(f"{url}?example=3")
    expect(page.locator("#ranking .query")).to_have_text(EXAMPLES[2].sentence, timeout=120_000)
    page.close()


def test_a_unit_is_explained_by_its_question_mark(page: Page) -> None:
    link_example(page)
    page.locator("#ranking .heads .help").nth(1).click()
    note = page.locator("#about-vdlu")
    expect(note).to_be_visible()
    expect(note.locator(".equation")).to_contain_text("tanh")
    page.keyboard.press("Escape")
    expect(note).to_be_hidden()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_serious(page: Page, scheme: Literal["light", "dark"]) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    page.emulate_media(color_scheme=scheme)
    page.reload()
    link_example(page)
    for tab in range(page.get_by_role("tab").count()):
        page.get_by_role("tab").nth(tab).click()
        page.wait_for_timeout(500)
        expect(page.locator(".generating, .pending")).to_have_count(0)
        page.wait_for_timeout(1500)  # what is being drawn fades in, with too little contrast
        found = axe.run(page, options={"resultTypes": ["violations"]}).response["violations"]
        harmful = [
            (v["id"], [node["html"][:160] for node in v["nodes"][:4]])
            for v in found
            if v["impact"] in HARMFUL
        ]
        assert harmful == [], f"tab {tab}"

"""Drives the real page with the bundled model in headless Chromium."""

from __future__ import annotations

import json
import urllib.request
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from PIL import Image, ImageDraw
from playwright.sync_api import Page, expect

from benchmarks.client import Client, RefusedError
from demo.examples import LABELS, load_examples
from demo.screenshot import ROOT

pytestmark = pytest.mark.browser
EXAMPLES = load_examples(ROOT / "assets" / "examples")
ROWS = "#ranking ol.ranking > li > button"
expect.set_options(timeout=30_000)  # two busy cores
SENTENCE = "A good day for Norway in front of a loud crowd."


@pytest.fixture
def own_picture(tmp_path: Path) -> Path:
    """A clean flag of Norway."""
    flag = Image.new("RGB", (330, 240), (186, 12, 47))
    draw = ImageDraw.Draw(flag)
    for colour, grow in (("white", 30), ((0, 32, 91), 15)):
        draw.rectangle((120 - grow, 0, 120 + grow, 240), fill=colour)
        draw.rectangle((0, 120 - grow, 330, 120 + grow), fill=colour)
    path = tmp_path / "flag.png"
    flag.save(path)
    return path


def write(page: Page, sentence: str, mention: str) -> None:
    page.locator("#sentence textarea").fill(sentence)
    page.locator("#mention input, #mention textarea").fill(mention)


def press_link(page: Page) -> None:
    page.get_by_role("button", name="Link", exact=True).click()


def test_the_fields_have_labels(page: Page) -> None:
    expect(page.get_by_role("textbox", name="Sentence", exact=True)).to_be_visible()
    expect(page.get_by_role("textbox", name="Mention")).to_be_visible()


def test_the_page_names_what_answers_and_shows_the_four_kinds(page: Page) -> None:
    for term in ("Model", "Knowledge base", "Device"):
        expect(page.locator("#header dt", has_text=term)).to_be_visible()
    assert len(EXAMPLES) >= 6
    assert {example.label for example in EXAMPLES} == set(LABELS)
    expect(page.locator("#examples button")).to_have_count(len(EXAMPLES))
    expect(page.locator("#ranking .empty")).to_be_visible()


def test_an_example_is_one_click(page: Page) -> None:
    for number, example in enumerate(EXAMPLES):
        page.locator(f'#examples button[data-index="{number}"]').click()
        expect(page.locator("#ranking .query")).to_have_text(example.sentence)
        expect(page.locator("#ranking mark")).to_have_text(example.mention)
        expect(page.locator("#sentence textarea")).to_have_value(example.sentence)
        expect(page.locator(ROWS)).to_have_count(10)
        expect(page.locator(ROWS).first.locator("em")).to_have_text("right answer")


def test_a_row_shows_its_gates(page: Page) -> None:
    page.locator("#examples button").first.click()
    expect(page.locator("#details .gate")).to_have_count(4)
    third = page.locator(ROWS).nth(2)
    third.focus()
    page.keyboard.press("Enter")
    expect(third).to_have_attribute("aria-pressed", "true")
    expect(page.locator(f'{ROWS}[aria-pressed="true"]')).to_have_count(1)
    total = page.locator("#details .scores .total td").nth(1)
    expect(total).to_have_text("3")
    for gate in page.locator("#details .gate b").all():
        assert -1 <= float(gate.inner_text().replace("−", "-")) <= 1


def test_an_own_picture(page: Page, own_picture: Path) -> None:
    write(page, SENTENCE, "Norway")
    page.locator("#image input[type=file]").set_input_files(own_picture)
    expect(page.locator("#image img")).to_be_visible()
    press_link(page)
    expect(page.locator(ROWS)).to_have_count(10)
    expect(page.locator("#ranking .notice", has_text="No picture")).to_have_count(0)
    expect(page.locator("#ranking mark")).to_have_text("Norway")


def test_a_missing_picture_is_told(page: Page) -> None:
    write(page, SENTENCE, "Norway")
    press_link(page)
    expect(page.locator("#ranking .notice", has_text="No picture")).to_have_count(1)


def test_an_empty_sentence_is_an_error_that_says_what_to_do(page: Page) -> None:
    press_link(page)
    expect(page.locator("#sentence")).to_contain_text("The sentence is empty")
    expect(page.locator(".toast-body")).to_have_count(0)
    expect(page.locator(ROWS)).to_have_count(0)


def test_an_old_list_does_not_pass_for_the_answer_to_new_fields(
    page: Page, own_picture: Path
) -> None:
    write(page, SENTENCE, "Norway")
    press_link(page)
    missing = page.locator("#ranking .notice", has_text="No picture")
    stale = page.locator("#ranking .notice.stale")
    expect(missing).to_be_visible()
    expect(stale).to_be_hidden()
    page.locator("#image input[type=file]").set_input_files(own_picture)
    expect(stale).to_be_visible()
    expect(missing).to_be_hidden()
    press_link(page)
    expect(stale).to_be_hidden()
    page.locator("#mention input, #mention textarea").fill("Peru")
    press_link(page)
    expect(page.locator("#mention")).to_contain_text("is not in the sentence")
    expect(stale).to_be_visible()
    page.locator("#examples button").first.click()
    expect(page.locator("#ranking .query")).to_have_text(EXAMPLES[0].sentence)
    expect(stale).to_be_hidden()


def test_a_file_that_is_no_picture_is_an_error_without_a_path(page: Page, tmp_path: Path) -> None:
    fake = tmp_path / "fake.png"
    fake.write_bytes(b"this is not a picture")
    write(page, SENTENCE, "Norway")
    page.locator("#image input[type=file]").set_input_files(fake)
    expect(page.locator("#image img")).to_have_count(1)
    press_link(page)
    toast = page.locator(".toast-body")
    expect(toast).to_contain_text("picture")
    assert "/" not in toast.inner_text()


def test_the_mention_is_taken_from_a_selection_behind_an_emoji(page: Page) -> None:
    sentence = "\N{ICE HOCKEY STICK AND PUCK} Norway meet Norway B tonight."
    page.locator("#sentence textarea").fill(sentence)
    start = sentence.index("Norway", 5) + 1  # the emoji is two units in the browser
    page.locator("#sentence textarea").evaluate(
        "(box, [a, b]) => { box.focus(); box.setSelectionRange(a, b);"
        " box.dispatchEvent(new Event('select', {bubbles: true})); }",
        [start, start + 7],  # with the space after it
    )
    expect(page.locator("#mention input, #mention textarea")).to_have_value("Norway")
    press_link(page)
    expect(page.locator("#ranking .query")).to_have_text(sentence)
    before = page.locator("#ranking .query").evaluate(
        "box => box.querySelector('mark').previousSibling.textContent"
    )
    assert before == sentence[: start - 1]


def test_nothing_sticks_out_sideways(page: Page) -> None:
    page.locator("#examples button").first.click()
    expect(page.locator("#details .gate")).to_have_count(4)
    for width in (390, 640, 860, 1100, 1360, 1900):
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_the_public_endpoints(url: str) -> None:
    with urllib.request.urlopen(f"{url}gradio_api/info", timeout=60) as answer:
        endpoints = json.load(answer)["named_endpoints"]
    assert set(endpoints) == {
        "/link", "/link_text", "/explain", "/compare", "/export", "/entities", "/standing"
    }  # fmt: skip
    names = [parameter["parameter_name"] for parameter in endpoints["/link"]["parameters"]]
    assert names == [
        "image", "sentence", "mention", "span", "k", "rank_by", "model", "kb", "candidates", "types"
    ]  # fmt: skip


def test_the_endpoint_answers_with_the_record(url: str) -> None:
    record = call(url, {"sentence": SENTENCE, "mention": "Norway", "k": 3})
    assert record["image"] == "missing"
    assert [candidate["rank"] for candidate in record["candidates"]] == [1, 2, 3]
    assert set(record["candidates"][0]) == {
        "rank",
        "id",
        "name",
        "description",
        "score",
        "probability",
        "units",
        "unit_ranks",
        "gates",
    }


def test_compare_answers_with_the_lists(url: str) -> None:
    fields = {"sentence": SENTENCE, "mention": "Norway", "k": 3, "weights": [0, 1, 0]}
    record = call(url, fields, "compare")
    assert set(record["lists"]) == {"tglu", "vdlu", "cmfu", "total"}
    assert [entry["rank"] for entry in record["lists"]["total"]] == [1, 2, 3]
    assert [e["id"] for e in record["lists"]["total"]] == [e["id"] for e in record["lists"]["vdlu"]]
    assert 0 <= record["agreement"] <= 1


def test_the_endpoint_explains(url: str) -> None:
    fields = {"sentence": SENTENCE, "mention": "Norway", "method": "input_x_gradient"}
    record = call(url, fields, "explain")
    assert record["entity"]["id"].startswith("atlas:") and record["target"] == "total"
    found = record["mention"]["attribution"]
    assert len(found["words"]) == len(record["mention"]["words"])
    assert set(found["patches"]) == {0.0}  # there is no picture


def test_the_endpoint_answers_in_the_language_of_the_request(url: str) -> None:
    for language, said in (("zh-CN,zh;q=0.9", "句子为空"), ("en", "The sentence is empty")):
        client = Client(url, headers={"Accept-Language": language})
        with pytest.raises(RefusedError, match=said):
            client.link("", "Norway")


@pytest.mark.parametrize("name", ["link", "explain", "compare"])
def test_an_empty_picture_is_none(url: str, name: str) -> None:
    fields = {"image": "", "sentence": SENTENCE, "mention": "Norway"}
    asked = fields | ({"method": "none"} if name == "explain" else {"k": 3})
    assert Client(url).call(name, **asked)


def test_values_that_cannot_be_read_are_told_in_words(url: str) -> None:
    client = Client(url)
    with pytest.raises(RefusedError, match="image must be a file"):
        client.call("link", image="x.png", sentence=SENTENCE, mention="Norway")
    for name, count in (
        ("link", 8),
        ("entities", 3),
        ("standing", 7),
        ("explain", 10),
        ("compare", 8),
        ("export", 3),
    ):
        event = json.loads(client.post(f"gradio_api/call/{name}", {"data": [None]}))["event_id"]
        answer = client.get(f"gradio_api/call/{name}/{event}").decode()
        assert f"Too few values: 1, and /{name} takes {count}: " in answer


def call(url: str, fields: Mapping[str, object], name: str = "link") -> dict[str, Any]:
    """Two plain HTTP requests, as in the README."""
    body = json.dumps(fields).encode()
    request = urllib.request.Request(
        f"{url}gradio_api/call/v2/{name}", body, {"Content-Type": "application/json"}
    )
    with urllib.request.urlopen(request, timeout=60) as answer:
        event = json.load(answer)["event_id"]
    with urllib.request.urlopen(f"{url}gradio_api/call/{name}/{event}", timeout=60) as answer:
        lines = answer.read().decode().splitlines()
    data = next(line for line in reversed(lines) if line.startswith("data: "))
    record: dict[str, Any] = json.loads(data.removeprefix("data: "))[0]
    return record

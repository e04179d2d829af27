"""From a visitor's own table to linked rows in headless Chromium, and back to a file."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from pathlib import Path

import pytest
from playwright.sync_api import Browser, FilePayload, Page, expect
from support import tiny

pytestmark = pytest.mark.browser
expect.set_options(timeout=60_000)  # two busy cores


def give(page: Page, field: str, name: str, data: bytes) -> None:
    file: FilePayload = {"name": name, "mimeType": "text/csv", "buffer": data}
    page.locator(f"{field} input[type=file]").set_input_files(file)
    expect(page.locator(field)).to_contain_text(re.compile(name.replace(".", r"\s*\.")))


def packed(folder: Path) -> bytes:
    """A ZIP of one picture, `flag.png`."""
    tiny.picture("Norway", "state").save(folder / "flag.png")
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.write(folder / "flag.png", "flag.png")
    return stream.getvalue()


def test_own_table_to_linked_rows_and_a_file(
    page: Page, browser: Browser, url: str, tmp_path: Path
) -> None:
    page.get_by_role("tab", name="Your knowledge base").click()
    expect(page.locator("#own-cancel")).to_be_hidden()
    table = (
        "id,name,description,image\n"
        "k,Norway,Kingdom in northern Europe,flag.png\ns,Norway,Ship that sank,gone.png\n,,x,\n"
    )
    give(page, "#own-table", "ships.csv", table.encode())
    give(page, "#own-images", "p.zip", packed(tmp_path))
    page.locator("#own-run").click()
    expect(page.locator("#own-report .ready")).to_contain_text("ships is ready and chosen")
    expect(page.locator("#own-report tbody tr")).to_have_count(2)
    expect(page.locator("#own-report")).to_contain_text("gone.png: Not in the ZIP")
    expect(page.locator("#own-cancel")).to_be_hidden()
    expect(page.locator("#kb input")).to_have_value("ships (yours)")
    expect(page.locator("#header dl.status")).to_contain_text("ships, 2 entities")
    other = browser.new_page()  # another visitor is offered nothing
    other.goto(url)
    expect(other.locator("#header dl.status")).to_contain_text("Atlas")
    expect(other.locator("#kb")).to_have_count(0)
    other.close()

    page.get_by_role("tab", name="Many at once").click()
    rows = "id,sentence,mention,image\na,The Norway sank.,Norway,flag.png\nb,Norway!,Norway,x.png\n"
    give(page, "#batch-table", "rows.csv", rows.encode())
    give(page, "#batch-images", "q.zip", packed(tmp_path))
    page.locator("#batch-run").click()
    expect(page.locator("#batch-status")).to_contain_text("2 of 2 rows, 0 with a problem")
    expect(page.locator("#batch-status")).to_contain_text("1 without their picture")
    results = page.locator("#batch-results")
    expect(results.locator("tbody tr")).to_have_count(4)
    expect(results.locator("mark")).to_have_text(["Norway", "Norway"])
    expect(results.locator("img.picture")).to_have_count(1)
    expect(results).to_contain_text("not in the ZIP; linked by the text alone")
    with page.expect_download() as download:
        page.locator("#batch-files a").first.click()
    download.value.save_as(tmp_path / "linked.csv")
    lines = list(csv.DictReader(io.StringIO((tmp_path / "linked.csv").read_text("utf-8-sig"))))
    assert {line["entity"] for line in lines} == {"k", "s"}
    assert {line["tglu_rank"] for line in lines} == {"1", "2"}

    results.get_by_role("button", name="Open row 1 in Link").click()
    expect(page.locator("#ranking .query")).to_have_text("The Norway sank.")
    expect(page.locator("#ranking ol.ranking > li")).to_have_count(2)
    expect(page.locator("#image img")).to_be_visible()

    page.get_by_role("tab", name="Your knowledge base").click()
    page.locator("#own-pack").click()
    with page.expect_download() as download:
        page.locator("#own-file a").first.click()
    download.value.save_as(tmp_path / "ships.zip")
    with zipfile.ZipFile(tmp_path / "ships.zip") as archive:
        assert {"ships/kb_entity.json", "ships/index.json"} <= set(archive.namelist())

    page.reload()  # it is found again, until it is deleted
    page.locator("#kb input").click()
    page.get_by_role("option", name="ships (yours)").click()
    expect(page.locator("#header dl.status")).to_contain_text("ships, 2 entities")
    page.get_by_role("tab", name="Your knowledge base").click()
    page.locator("#own-remove").click()
    expect(page.locator("#own-status")).to_contain_text("Deleted from the server")
    expect(page.locator("#header dl.status")).to_contain_text("Atlas")


def test_what_is_wrong_stays_beside_the_button(page: Page) -> None:
    page.get_by_role("tab", name="Your knowledge base").click()
    page.locator("#own-run").click()
    problem = page.locator("#own-problem .notice")
    expect(problem).to_have_text(
        "Choose a table, or type entities: name | description, one in a line"
    )
    give(page, "#own-table", "t.csv", b"name,description,image\nNorway,x,a.png\n")
    page.locator("#own-run").click()
    expect(problem).to_have_text("t.csv names pictures: choose the ZIP that holds them, too")
    expect(page.locator("#own-run")).to_be_visible()


def test_entities_that_are_typed_are_a_knowledge_base(page: Page) -> None:
    page.get_by_role("tab", name="Your knowledge base").click()
    page.locator("#own-typed textarea").fill("Mercury | planet next to the sun\nMercury | metal")
    page.locator("#own-run").click()
    expect(page.locator("#own-report .ready")).to_contain_text("2 entities")
    page.locator("#own-report .lead-on").click()
    page.locator("#sentence textarea").fill("Mercury is liquid.")
    page.locator("#mention input, #mention textarea").fill("Mercury")
    page.locator("#link").click()
    expect(page.locator("#ranking ol.ranking > li")).to_have_count(2)

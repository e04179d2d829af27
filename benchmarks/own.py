"""A visitor's own table to the first answer: `python benchmarks/own.py --rows 500 --json`.

Starts the server, draws as many pictures, and drives the page in headless Chromium as a visitor
would: the table and the ZIP are given, built, chosen, and one sentence is linked. The figure is the
time from the press of "Build and choose" to the ranked list, on this machine.
"""

from __future__ import annotations

import io
import json
import sys
import tempfile
import time
import zipfile
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from benchmarks.load import resident  # noqa: E402
from benchmarks.server import machine, serving  # noqa: E402
from mimic.io.terminal import Parser  # noqa: E402


def table(folder: Path, rows: int) -> tuple[Path, Path]:
    """A table of entities, every fifth of one name, and a ZIP of a picture for each."""
    import numpy as np
    from PIL import Image

    rng = np.random.default_rng(0)
    lines = ["id,name,description,image"]
    with zipfile.ZipFile(folder / "pictures.zip", "w") as archive:
        for row in range(rows):
            coarse = Image.fromarray(rng.integers(0, 256, (6, 6, 3), dtype=np.uint8))
            stream = io.BytesIO()
            coarse.resize((320, 240), Image.Resampling.BICUBIC).save(stream, "JPEG")
            archive.writestr(f"{row}.jpg", stream.getvalue())
            about = f"Thing number {row} of a collection in a small town by the sea"
            lines.append(f"e{row},Name {row // 5},{about},{row}.jpg")
    (folder / "own.csv").write_text("\n".join(lines) + "\n", "utf-8")
    return folder / "own.csv", folder / "pictures.zip"


def measure(rows: int) -> dict[str, Any]:
    """Seconds from the press of the button to the chosen knowledge base, and to an answer."""
    from playwright.sync_api import expect, sync_playwright

    from demo.screenshot import CHROMIUM_FLAGS, chromium_path

    expect.set_options(timeout=600_000)
    with (
        tempfile.TemporaryDirectory() as scratch,
        serving() as server,
        sync_playwright() as playwright,
    ):
        files = table(Path(scratch), rows)
        browser = playwright.chromium.launch(
            executable_path=chromium_path(), args=list(CHROMIUM_FLAGS)
        )
        page = browser.new_page()
        page.goto(server.url)
        expect(page.locator("#header dl.status")).to_be_visible()
        page.locator("#tab_own-button").click()
        for field, file in zip(("#own-table", "#own-images"), files, strict=True):
            page.locator(f"{field} input[type=file]").set_input_files(file)
            expect(page.locator(f"{field} a")).to_have_count(1)
        began = time.perf_counter()
        page.locator("#own-run").click()
        expect(page.locator("#own-report .ready")).to_be_visible()
        built = time.perf_counter() - began
        page.locator("#own-report .lead-on").click()
        page.locator("#sentence textarea").fill("We saw Name 7 by the sea.")
        page.locator("#mention input, #mention textarea").fill("Name 7")
        page.locator("#link").click()
        expect(page.locator("#ranking ol.ranking > li").first).to_be_visible()
        report = {"rows": rows, "built_s": built, "first_answer_s": time.perf_counter() - began}
        report |= {"rss_bytes": resident(server.pid)}
        browser.close()
    return report | machine()


def main() -> None:
    """Measures and prints."""
    parser = Parser(prog="benchmarks/own.py", description="Own table to a first answer.")
    parser.add_argument("--rows", type=int, default=500)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    report = measure(options.rows)
    if options.json:
        print(json.dumps(report))
        return
    for key, value in report.items():
        print(f"{key:16} {value}")


if __name__ == "__main__":
    main()

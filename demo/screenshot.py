"""Photographs the running page: `python -m demo.screenshot` makes the pictures of both READMEs.

With `--out` one picture of one tab. Needs `playwright`, a Chromium on the path
(`apt-get install chromium`), and a Chinese font for the Chinese ones (`fonts-noto-cjk`).
"""

from __future__ import annotations

import itertools
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING

from mimic.io.files import write_whole
from mimic.io.pool import end_with_parent
from mimic.io.terminal import Parser, exit_code

if TYPE_CHECKING:
    from playwright.sync_api import Page

ROOT = Path(__file__).resolve().parent.parent
STARTUP_SECONDS = 120.0
#: No sandbox inside a container, and nothing that calls home.
CHROMIUM_FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


@contextmanager
def running_page(*flags: str) -> Iterator[str]:
    """Starts `app.py` on a free port of this machine and yields its address.

    Raises:
        RuntimeError: the page did not come up.
    """
    port = _free_port()
    url = f"http://127.0.0.1:{port}/"
    command = [sys.executable, "app.py", "--port", str(port), *flags]
    server = subprocess.Popen(command, cwd=ROOT, preexec_fn=end_with_parent)
    try:
        _wait(url, server)
        yield url
    finally:
        server.terminate()
        server.wait(timeout=30)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait(url: str, server: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + STARTUP_SECONDS
    while time.monotonic() < deadline:
        if server.poll() is not None:
            raise RuntimeError(f"app.py ended with code {server.returncode}")
        try:
            with urllib.request.urlopen(url, timeout=5):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.2)
    raise RuntimeError(f"no page after {STARTUP_SECONDS:.0f} s")


def chromium_path() -> str:
    """The installed Chromium or Chrome.

    Raises:
        RuntimeError: there is none.
    """
    for name in ("chromium", "chromium-browser", "google-chrome"):
        if path := shutil.which(name):
            return path
    raise RuntimeError("no Chromium found: apt-get install chromium")


def shown_link(page: Page) -> None:
    """The tab that a click on an example leads to."""


def shown_compare(page: Page) -> None:
    page.locator("#tab_compare-button").click()
    page.locator("#boards .lanes").wait_for()


def shown_cases(page: Page) -> None:
    """Keeps the case, and exports its figure."""
    page.locator("#tab_cases-button").click()
    page.locator("#case-keep").click()
    page.locator("#tray ol.cases > li").wait_for()
    page.locator("#case-status .hint[role=status]").wait_for(state="hidden")  # of its heatmaps
    page.locator("#case-export").click()
    page.locator("#case-preview img").wait_for()


#: The three main jobs, each by what leads from a linked example to its picture.
TABS = {"link": shown_link, "compare": shown_compare, "cases": shown_cases}
LANGUAGES = ("en", "zh")


def photograph(
    url: str, out: Path, tab: str, language: str, example: int, width: int, dark: bool
) -> None:
    """Clicks an example, waits for what a tab shows of it, and saves the whole page."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium_path(), args=list(CHROMIUM_FLAGS)
        )
        page = browser.new_page(
            viewport={"width": width, "height": 900}, color_scheme="dark" if dark else "light"
        )
        page.set_default_timeout(STARTUP_SECONDS * 1000)
        page.goto(f"{url}?lang={language}")
        page.locator("#header dl.status").wait_for()
        page.locator("#examples button").nth(example).click()
        page.locator("#details .gates").wait_for()
        TABS[tab](page)
        page.mouse.move(0, 0)
        page.wait_for_timeout(800)  # the progress overlay fades
        write_whole(out, page.screenshot(full_page=True))
        browser.close()
    print(out)


def main(arguments: Sequence[str] | None = None) -> int:
    """Photographs the page at `--url`, or one that is started for it."""
    parser = Parser(prog="python -m demo.screenshot")
    parser.add_argument("--out", type=Path, help="one picture; without it all of the READMEs")
    parser.add_argument("--url", help="a page that is already running")
    parser.add_argument("--tab", choices=TABS, default="link")
    parser.add_argument("--lang", choices=LANGUAGES, default="en")
    parser.add_argument("--example", type=int, default=2, help="which example, from 0")
    parser.add_argument("--width", type=int, default=1440)
    parser.add_argument("--dark", action="store_true")
    options = parser.parse_args(arguments)
    shots = [(options.out, options.tab, options.lang)]
    if options.out is None:
        shots = [
            (ROOT / "docs" / f"{tab}-{language}.png", tab, language)
            for tab, language in itertools.product(TABS, LANGUAGES)
        ]

    def command() -> None:
        with nullcontext(options.url) if options.url else running_page() as url:
            for shot in shots:
                photograph(url, *shot, options.example, options.width, options.dark)

    return exit_code(command)


if __name__ == "__main__":
    sys.exit(main())

"""Fixtures that are made once and only read; a test that changes files copies them first."""

from __future__ import annotations

import os

os.environ["HF_HUB_OFFLINE"] = "1"  # before transformers is imported: a test must not wait for it
os.environ.setdefault("OMP_NUM_THREADS", "1")  # what computes is small, and tests run side by side

import shutil
import signal
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
import torch
from PIL import Image
from support import Run, tiny

from mimic.__main__ import main
from mimic.linking.linker import EntityLinker
from mimic.model.mimic import Mimic, ModelCard, save_model
from mimic.model.processor import load_tokenizer

#: A shell that starts the tests in the background has Ctrl-C ignored, and all that they start, too.
signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(scope="session", autouse=True)
def _one_thread() -> None:
    torch.set_num_threads(1)


@pytest.fixture(scope="session")
def text_model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Folder of a tiny BERT with its tokenizer."""
    torch.manual_seed(1)
    return tiny.write_text_model(tmp_path_factory.mktemp("bert"))


@pytest.fixture(scope="session")
def sure_text_model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same without dropout, so that a batch can be encoded in any parts."""
    torch.manual_seed(1)
    return tiny.write_text_model(tmp_path_factory.mktemp("sure-bert"), dropout=0.0)


@pytest.fixture(scope="session")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A tiny data folder; read-only."""
    return tiny.write_data(tmp_path_factory.mktemp("data"))


@pytest.fixture
def own_data(data: Path, tmp_path: Path) -> Path:
    """A copy of the tiny data folder that the test may spoil."""
    return Path(shutil.copytree(data, tmp_path / "data"))


@pytest.fixture(scope="session")
def model_folder(text_model: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A saved tiny BERT + ViT model with random weights; read-only."""
    torch.manual_seed(2)
    folder = tmp_path_factory.mktemp("model") / "tiny"
    model = Mimic.pretrained(tiny.model_config(text_model))
    save_model(model, folder, ModelCard(temperature=2.0), load_tokenizer(model.config))
    return folder


@pytest.fixture
def own_model(model_folder: Path, tmp_path: Path) -> Path:
    """A copy of the tiny model that the test may spoil."""
    return Path(shutil.copytree(model_folder, tmp_path / "model"))


@pytest.fixture(scope="session")
def linker(
    model_folder: Path, data: Path, tmp_path_factory: pytest.TempPathFactory
) -> EntityLinker:
    """The tiny model over the tiny knowledge base."""
    return EntityLinker.load(model_folder, data, "cpu", tmp_path_factory.mktemp("cache"))


@pytest.fixture
def call(capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs a command in this process: exit code, standard output, standard error."""

    def run(*arguments: object) -> tuple[int, str, str]:
        capsys.readouterr()
        try:
            code: Any = main([str(a) for a in arguments])
        except SystemExit as stop:
            code = stop.code
        captured = capsys.readouterr()
        return code or 0, captured.out, captured.err

    return run


@pytest.fixture
def images(tmp_path: Path) -> Path:
    """Two pictures of one name in two folders, one that is broken, and a secret beside them."""
    folder = tmp_path / "pictures"
    (folder / "sub").mkdir(parents=True)
    tiny.picture("Norway", "state").save(folder / "a.png")
    tiny.picture("Chad", "state").save(folder / "sub" / "a.png")
    (folder / "broken.jpg").write_bytes(b"hello")
    Image.new("RGB", (4, 4)).save(tmp_path / "secret.png")
    (folder / "link.png").symlink_to(tmp_path / "secret.png")
    return folder


@pytest.fixture(scope="session")
def url() -> Iterator[str]:
    """One server for all tests: a page that runs already (`PAGE_URL`), or a new one."""
    if given := os.environ.get("PAGE_URL"):
        yield given
        return
    from demo.screenshot import running_page

    with running_page() as started:
        yield started


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    from playwright.sync_api import sync_playwright

    from demo.screenshot import CHROMIUM_FLAGS, chromium_path

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium_path(), args=list(CHROMIUM_FLAGS)
        )
        yield browser
        browser.close()


@pytest.fixture
def page(browser: Any, url: str) -> Iterator[Any]:
    """The page in a fresh profile, ready; whatever it asks of another machine fails the test."""
    from playwright.sync_api import expect

    context = browser.new_context(viewport={"width": 1440, "height": 900})
    outside: list[str] = []
    context.on("request", lambda request: outside.append(request.url))
    page = context.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto(url)
    expect(page.locator("#header dl.status")).to_be_visible(timeout=120_000)
    yield page
    context.close()
    hosts = {urlsplit(u).hostname for u in outside if urlsplit(u).scheme.startswith(("http", "ws"))}
    assert hosts == {urlsplit(url).hostname}
    assert errors == []

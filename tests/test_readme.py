"""The documents say what is true: folders, links, commands and flags are there."""

from __future__ import annotations

import argparse
import ast
import re
import subprocess
from pathlib import Path
from typing import Any

import pytest
from support import ROOT

PACKAGES = ("mimic", "analysis", "demo")
README = (ROOT / "README.md").read_text("utf-8")
ARCHITECTURE = (ROOT / "ARCHITECTURE.md").read_text("utf-8")
PAGES = [
    ROOT / "README.md",
    ROOT / "README.zh-CN.md",
    *ROOT.glob("[AC]*.md"),
    *ROOT.glob("docs/*.md"),
]
LINKS = [
    (page, link)
    for page in PAGES
    for link in sorted(set(re.findall(r"\]\(([^)#]+)(?:#[^)]*)?\)", page.read_text("utf-8"))))
    if not link.startswith("http")
]  # fmt: skip


def modules() -> list[Path]:
    places = [
        p for package in (*PACKAGES, "benchmarks", "tests") for p in (ROOT / package).rglob("*.py")
    ]
    return [ROOT / "app.py", *places]  # fmt: skip


def test_every_folder_has_its_line() -> None:
    lines = dict(re.findall(r"^\| `([\w/]+)/` \| (.+) \|$", ARCHITECTURE, re.M))
    folders = {str(p.parent.relative_to(ROOT)) for p in modules()} - {"."}
    folders = {f for f in folders if not f.startswith("tests/")}
    assert folders <= set(lines)
    assert all((ROOT / folder).is_dir() for folder in lines)
    assert all(len(purpose) > 20 for purpose in lines.values())


def test_every_module_says_what_it_is() -> None:
    silent = [p for p in modules() if not ast.get_docstring(ast.parse(p.read_text("utf-8")))]
    assert silent == []


def test_no_folder_is_a_tower() -> None:
    folders = {p.parent for p in modules() if p.relative_to(ROOT).parts[0] in PACKAGES}
    folders -= {ROOT / "mimic" / "atlas" / name for name in ("drawing", "words")}
    many = {str(f): n for f in folders if (n := len([*f.glob("*.py")]) - 1) > 16}
    assert many == {}


def test_the_front_page_stays_one() -> None:
    assert len(README.splitlines()) <= 180


def test_ci_runs_the_test_command_of_the_readme() -> None:
    command = next(b for b in re.findall(r"```bash\n(.*?)```", README, re.S) if "pytest" in b)
    assert command.strip() in (ROOT / ".ci" / "run").read_text("utf-8")


@pytest.mark.parametrize(("page", "link"), LINKS, ids=lambda value: getattr(value, "name", value))
def test_links_lead_somewhere(page: Path, link: str) -> None:
    assert (page.parent / link).exists()


@pytest.mark.parametrize(
    "path", sorted(set(re.findall(r"`((?:mimic|analysis|demo)/[\w/.]+)`", ARCHITECTURE)))
)
def test_the_walk_passes_what_is_there(path: str) -> None:
    assert (ROOT / path).exists()


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_command_is_known(page: Path) -> None:
    from mimic.__main__ import make_parser

    known = next(a.choices for a in make_parser()._actions if a.choices)
    used = set(re.findall(r"python -m mimic ([a-z][a-z-]*)", page.read_text("utf-8")))
    assert used <= set(known)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_flag_of_a_command_is_known(page: Path) -> None:
    from mimic.__main__ import make_parser

    known: Any = next(a.choices for a in make_parser()._actions if a.choices)
    blocks = re.findall(r"```bash\n(.*?)```", page.read_text("utf-8"), re.S)
    lines = "".join(blocks).replace("\\\n", " ")

    def flags_of(parser: argparse.ArgumentParser) -> set[str]:
        own = {flag for action in parser._actions for flag in action.option_strings}
        parts = [a.choices for a in parser._actions if isinstance(a.choices, dict)]
        return own.union(*(flags_of(part) for choices in parts for part in choices.values()))

    for name, words in re.findall(r"-m mimic ([a-z][a-z-]*)([^\n#|]*)", lines):
        flags = flags_of(known[name])
        assert {*re.findall(r"\s(--[a-z][a-z-]*)", words)} <= flags, f"{name} {words}"


def test_every_flag_of_the_page_is_known() -> None:
    told = (ROOT / "docs" / "page.md").read_text("utf-8")
    rows = re.findall(r"^\| `(--.+?)` \|", told, re.M)
    flags = {flag for row in rows for flag in re.findall(r"--[a-z-]+", row)}
    places = (ROOT / "app.py", ROOT / "mimic" / "io" / "threads.py")
    sources = "".join(place.read_text("utf-8") for place in places)
    assert (
        "--corrections" in flags and {flag for flag in flags if f'"{flag}"' not in sources} == set()
    )


def test_the_assets_stay_small() -> None:
    assets = [p for p in (ROOT / "assets").rglob("*") if p.is_file()]
    assert sum(p.stat().st_size for p in assets) <= 96_000_000


def test_no_file_names_this_machine() -> None:
    found = subprocess.run(
        ["git", "grep", "-lE", "/(work|root|home)/[a-z]"], cwd=ROOT, capture_output=True, text=True
    )
    assert found.stdout.split() == []

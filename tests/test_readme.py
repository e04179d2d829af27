"""The README says what is true: its tree is the tree, its commands are the commands."""

from __future__ import annotations

import re
import subprocess

import pytest
from support import ROOT

README = (ROOT / "README.md").read_text("utf-8")


def listed_files() -> dict[str, str]:
    """Path -> purpose, from the README's tree."""
    tree = README.split("## How the code is laid out")[1].split("```")[1]
    return dict(line.split(None, 1) for line in tree.strip().splitlines())


def test_the_tree_lists_every_module_once_with_its_purpose() -> None:
    present = {
        str(path.relative_to(ROOT))
        for folder in ("mimic", "analysis", "demo", "benchmarks")
        for path in (ROOT / folder).rglob("*.py")
    } | {"app.py"}
    assert set(listed_files()) == present
    assert all(len(purpose) > 10 for purpose in listed_files().values())


def test_ci_runs_the_test_command_of_the_readme() -> None:
    command = next(b for b in re.findall(r"```bash\n(.*?)```", README, re.S) if "pytest" in b)
    assert command.strip() in (ROOT / ".ci" / "run").read_text("utf-8")


@pytest.mark.parametrize("link", sorted(set(re.findall(r"\]\(([^)#]+)\)", README))))
def test_links_of_the_readme_lead_somewhere(link: str) -> None:
    if not link.startswith("http"):
        assert (ROOT / link).exists()


def test_every_command_of_the_readme_is_known() -> None:
    from mimic.__main__ import _parser

    known = next(a.choices for a in _parser()._actions if a.choices)
    used = set(re.findall(r"python -m mimic ([a-z-]+)", README))
    assert used <= set(known)


def test_the_assets_stay_small() -> None:
    assets = [p for p in (ROOT / "assets").rglob("*") if p.is_file()]
    assert sum(p.stat().st_size for p in assets) <= 40_000_000


def test_no_file_names_this_machine() -> None:
    found = subprocess.run(
        ["git", "grep", "-lE", "/(work|root|home)/[a-z]"], cwd=ROOT, capture_output=True, text=True
    )
    assert found.stdout.split() == []

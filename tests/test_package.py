"""The wheel: the library with its bundled model, of use outside any checkout."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from support import ROOT

import mimic


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What the wheel holds, unpacked as `pip install` does it."""
    place = tmp_path_factory.mktemp("wheel")
    tracked = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True)
    for name in filter(None, tracked.stdout.decode().split("\0")):
        if name.split("/")[0] not in ("tests", "docs") and (ROOT / name).is_file():
            (place / "source" / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(ROOT / name, place / "source" / name)  # pip builds in the source folder
    command = [sys.executable, "-m", "pip", "wheel", "-q", "--no-deps", "--no-build-isolation"]
    subprocess.run([*command, "-w", place, place / "source"], check=True, capture_output=True)
    (wheel,) = place.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(place / "site")
    return place / "site"


def test_the_wheel_holds_one_library_of_this_version(installed: Path) -> None:
    (about,) = installed.glob("*.dist-info")
    assert (about / "top_level.txt").read_text().split() == ["mimic"]
    assert about.name.startswith(f"mimic_linking-{mimic.__version__}.")
    assert "mimic = mimic.__main__:main" in (about / "entry_points.txt").read_text()
    assert (installed / "mimic" / "py.typed").is_file()
    needed = (about / "METADATA").read_text()
    lines = (ROOT / "requirements.txt").read_text("utf-8").splitlines()
    wanted = (line.split("#")[0].strip() for line in lines)
    assert all(f"Requires-Dist: {one}" in needed for one in wanted if one)


def test_it_links_outside_a_checkout(installed: Path, tmp_path: Path) -> None:
    environment = {**os.environ, "PYTHONPATH": str(installed), "XDG_CACHE_HOME": str(tmp_path)}
    script = "import mimic, sys; from mimic.__main__ import main; print(mimic.__file__)\nmain()"
    words = ["link", "--sentence", "Norway at its best.", "--mention", "Norway", "--json"]
    done = subprocess.run(
        [sys.executable, "-c", script, *words],
        cwd=tmp_path, env=environment, capture_output=True, text=True, check=True,
    )  # fmt: skip
    place, record = done.stdout.strip().split("\n")
    assert Path(place) == installed / "mimic" / "__init__.py"
    assert len(json.loads(record)["candidates"]) == 10

"""What `index` and `bundle` write opens again and ranks as the data folder does."""

from __future__ import annotations

from pathlib import Path

import pytest
import torch

from mimic import EntityLinker
from mimic.__main__ import main
from mimic.data.layout import read_kb, read_split


def scores(linker: EntityLinker, data: Path) -> torch.Tensor:
    side, _ = linker.mention_side(read_split(data, "test", read_kb(data)).mentions)
    return linker.index.query(side).scores()["score"]


@pytest.mark.parametrize(("dtype", "tolerance"), [("float32", 1e-5), ("float16", 0.05)])
def test_a_stored_index_scores_as_a_new_one(
    dtype: str, tolerance: float, model_folder: Path, data: Path, tmp_path: Path
) -> None:
    out = tmp_path / "index"
    options = ["--model", str(model_folder), "--kb", str(data), "--out", str(out)]
    assert main(["index", *options, "--dtype", dtype]) == 0
    stored = EntityLinker.load(model_folder, out, "cpu")
    built = EntityLinker.load(model_folder, data, "cpu", tmp_path / "cache")
    assert [e.id for e in stored.index.entities] == [e.id for e in built.index.entities]
    torch.testing.assert_close(scores(stored, data), scores(built, data), rtol=0, atol=tolerance)


def test_a_bundle_opens_and_can_be_moved(model_folder: Path, data: Path, tmp_path: Path) -> None:
    made = tmp_path / "made"
    options = ["--model", str(model_folder), "--data", str(data), "--out", str(made)]
    assert main(["bundle", *options]) == 0
    moved = made.rename(tmp_path / "moved")
    linker = EntityLinker.load(moved / "model", moved / "kb", "cpu")
    assert linker.entities == len(read_kb(data).entities)
    pictures = [e.image for e in linker.index.entities if e.image is not None]
    assert pictures
    assert all(p.is_file() and p.is_relative_to(moved) for p in pictures)
    before = {file: file.read_bytes() for file in moved.rglob("*") if file.is_file()}
    for wrong in (["--data", str(tmp_path)], ["--model", str(tmp_path)]):
        assert main(["bundle", *options[:4], *wrong, "--out", str(moved)]) == 2
    assert {file: file.read_bytes() for file in moved.rglob("*") if file.is_file()} == before

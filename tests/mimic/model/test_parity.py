"""Agreement with numbers that the authors' implementation computed (`tests/parity`), to 1e-4."""

from __future__ import annotations

from pathlib import Path

import pytest
import torch
from safetensors.torch import load_file, save_file
from support import PARITY

from mimic.__main__ import main

SCORES = ("score", "tglu", "vdlu", "cmfu")


@pytest.fixture(scope="module")
def imported(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("imported") / "model"
    command = ["import-checkpoint", str(PARITY / "official_style.ckpt")]
    assert main([*command, "--clip", str(PARITY / "clip"), "--out", str(out)]) == 0
    return out


def score(model: Path, batch: dict[str, torch.Tensor], folder: Path) -> dict[str, torch.Tensor]:
    save_file(batch, folder / "batch.safetensors")
    files = ["--batch", str(folder / "batch.safetensors"), "--out", str(folder / "o.safetensors")]
    assert main(["score", "--model", str(model), "--device", "cpu", *files]) == 0
    return load_file(folder / "o.safetensors")


def inputs() -> dict[str, torch.Tensor]:
    """The inputs alone, so that an output cannot be a copy of the expectation."""
    vectors = load_file(PARITY / "vectors.safetensors")
    return {n: t for n, t in vectors.items() if n.startswith(("mention.", "entity."))}


def test_every_output_agrees(imported: Path, tmp_path: Path) -> None:
    expected = load_file(PARITY / "vectors.safetensors")
    out = score(imported, inputs(), tmp_path)
    assert set(out) == {n for n in expected if not n.startswith(("mention.", "entity."))}
    for name, tensor in out.items():
        torch.testing.assert_close(tensor, expected[name], rtol=0, atol=1e-4, msg=name)


def test_one_mention_scores_as_in_the_batch(imported: Path, tmp_path: Path) -> None:
    expected = load_file(PARITY / "vectors.safetensors")
    for row in range(3):
        batch = {n: t[row : row + 1] if n[0] == "m" else t for n, t in inputs().items()}
        out = score(imported, {n: t.contiguous() for n, t in batch.items()}, tmp_path)
        for name in SCORES:
            assert out[name].shape == (1, 7)
            torch.testing.assert_close(out[name][0], expected[name][row], rtol=0, atol=1e-4)
        assert torch.equal(out["losses"], torch.zeros(4))  # one entity beside one mention


def test_more_mentions_than_entities(imported: Path, tmp_path: Path) -> None:
    expected = load_file(PARITY / "vectors.safetensors")
    batch = {n: t[:2].contiguous() if n[0] == "e" else t for n, t in inputs().items()}
    out = score(imported, batch, tmp_path)
    for place, name in enumerate(SCORES):
        torch.testing.assert_close(out[name], expected[name][:, :2], rtol=0, atol=1e-4)
        square = expected[name][:2, :2].log_softmax(1)
        torch.testing.assert_close(out["losses"][place], -square.diag().mean(), rtol=0, atol=1e-4)


@pytest.mark.parametrize("drop", ["mention.input_ids", "entity.pixel_values"])
def test_a_missing_input_is_named(
    imported: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], drop: str
) -> None:
    batch = inputs()
    del batch[drop]
    save_file(batch, tmp_path / "b.safetensors")
    files = ["--batch", str(tmp_path / "b.safetensors"), "--out", str(tmp_path / "o.safetensors")]
    assert main(["score", "--model", str(imported), *files]) == 2
    assert drop in capsys.readouterr().err


def spoil_ids(batch: dict[str, torch.Tensor]) -> None:
    batch["mention.input_ids"] = batch["mention.input_ids"] + 10_000


def spoil_pixels(batch: dict[str, torch.Tensor]) -> None:
    batch["entity.pixel_values"] = batch["entity.pixel_values"][..., :16].contiguous()


def spoil_count(batch: dict[str, torch.Tensor]) -> None:
    batch["entity.pixel_values"] = batch["entity.pixel_values"][:2].contiguous()


def spoil_kind(batch: dict[str, torch.Tensor]) -> None:
    batch["mention.input_ids"] = batch["mention.input_ids"].float()


def spoil_empty(batch: dict[str, torch.Tensor]) -> None:
    for name in batch:
        batch[name] = batch[name][:0]


@pytest.mark.parametrize(
    "spoil",
    [spoil_ids, spoil_pixels, spoil_count, spoil_kind, spoil_empty],
    ids=lambda f: f.__name__,
)
def test_tensors_that_do_not_fit_are_refused(
    imported: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], spoil: object
) -> None:
    batch = inputs()
    spoil(batch)  # type: ignore[operator]
    save_file(batch, tmp_path / "b.safetensors")
    files = ["--batch", str(tmp_path / "b.safetensors"), "--out", str(tmp_path / "o.safetensors")]
    assert main(["score", "--model", str(imported), *files]) == 2
    assert capsys.readouterr().err.startswith("error: ")

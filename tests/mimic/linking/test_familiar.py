"""Which pictures are new: centres and thresholds by hand, and files that are not the card's."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import torch

from mimic.errors import InputError
from mimic.linking.bundle import bundle
from mimic.linking.familiar import centres_of, fit_familiar, read_familiar
from mimic.model.mimic import FAMILIAR, ModelCard, save_familiar

AXES = torch.eye(3)


def test_centres_lie_in_the_middle_of_their_groups() -> None:
    """Two far groups on a circle, whichever two pictures the centres start from."""
    angles = torch.tensor([-0.1, 0.0, 0.1, 3.0, 3.1, 3.2])
    looks = torch.stack([angles.cos(), angles.sin()], 1)
    centres = centres_of(looks, 2)
    found = sorted(torch.atan2(centres[:, 1], centres[:, 0]).tolist())
    assert found == pytest.approx([0.0, 3.1], abs=1e-5)
    assert torch.equal(centres, centres_of(looks, 2))  # seeded


def test_few_pictures_are_their_own_centres_and_repeated_ones_leave_no_hole() -> None:
    assert sorted(centres_of(AXES).argmax(1).tolist()) == [0, 1, 2]
    same = centres_of(AXES[:1].expand(9, 3), 4)
    assert same.isfinite().all() and (same @ AXES[0]).tolist() == pytest.approx([1.0] * 4)


def test_novelty_and_its_rates_by_hand() -> None:
    """99 known pictures at cosine 1 and one at 0.6: the 97th percentile is 0, one is above it."""
    tried = torch.cat([AXES[:1].expand(99, 3), torch.tensor([[0.6, 0.0, 0.8]]), AXES[1:]])
    known = [True] * 100 + [False] * 2
    found = fit_familiar(AXES[:1], tried, known)
    assert found.threshold == 0.0
    assert (found.false_alarms, found.detected) == (1.0, 100.0)
    assert found.novelty(tried[99:]).tolist() == pytest.approx([0.4, 1.0, 1.0], abs=1e-3)
    assert found.record() == {"threshold": 0.0, "false_alarms": 1.0, "detected": 100.0}
    assert "detected" not in fit_familiar(AXES[:1], tried[:100], known[:100]).record()


def stored(folder: Path, **changes: Any) -> ModelCard:
    """The card of a folder that holds one centre."""
    record = {"threshold": 0.5, "false_alarms": 3.0, "sha256": save_familiar(folder, AXES[:1])}
    return ModelCard(familiar={**record, **changes})


def test_what_was_stored_comes_back(tmp_path: Path) -> None:
    told = stored(tmp_path, detected=60.0)
    found = read_familiar(tmp_path, told)
    assert found is not None and torch.equal(found.centres, AXES[:1])
    assert dataclasses.astuple(found)[1:] == (0.5, 3.0, 60.0)
    assert read_familiar(tmp_path, ModelCard()) is None
    (tmp_path / FAMILIAR).unlink()
    assert read_familiar(tmp_path, told) is None


@pytest.mark.parametrize(
    ("spoil", "changes", "message"),
    [
        (lambda file: file.write_bytes(b"x"), {}, "not a whole safetensors file"),
        (lambda file: save_familiar(file.parent, AXES[1:]), {}, "not the one that config.json"),
        (lambda file: None, {"threshold": "much"}, "no threshold; run calibrate again"),
        (lambda file: None, {"false_alarms": None}, "no threshold; run calibrate again"),
        (lambda file: None, {"threshold": float("nan")}, "no finite threshold"),
    ],
)
def test_a_damaged_file_or_card_is_told(
    tmp_path: Path, spoil: Callable[[Path], object], changes: dict[str, Any], message: str
) -> None:
    card = stored(tmp_path, **changes)
    spoil(tmp_path / FAMILIAR)
    with pytest.raises(InputError, match=message):
        read_familiar(tmp_path, card)


def test_a_bundle_takes_it_along(own_model: Path, data: Path, tmp_path: Path) -> None:
    bundle(own_model, data, tmp_path / "without")
    assert not (tmp_path / "without" / "model" / FAMILIAR).exists()
    save_familiar(own_model, AXES)
    bundle(own_model, data, tmp_path / "with")
    files = (tmp_path / "with" / "model" / FAMILIAR, own_model / FAMILIAR)
    assert files[0].read_bytes() == files[1].read_bytes()

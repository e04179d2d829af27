"""Whether a picture is like those that a model learnt from: how far its global feature is from the
nearest of some centres of theirs."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
import torch.nn.functional as F
from torch import Tensor

from mimic.errors import InputError
from mimic.io.content import sha256_of
from mimic.model.mimic import FAMILIAR, ModelCard, read_tensors

CENTRES, ROUNDS, SEED = 64, 30, 43
KNOWN = 0.97  # share of the known pictures of dev that are not told to be new


@dataclass(frozen=True)
class Familiar:
    """A picture is new where its novelty is above the threshold.

    Attributes:
        centres: float16 `[K, D]`.
        false_alarms: percentage of dev's known pictures that are told to be new.
        detected: the same of its unknown ones; `None` where dev has none.
    """

    centres: Tensor
    threshold: float
    false_alarms: float
    detected: float | None = None

    def novelty(self, looks: Tensor) -> Tensor:
        """1 - cosine to the nearest centre, `[N]` from 0 to 2, of unit vectors `[N, D]`."""
        return _novelty(self.centres, looks)

    def record(self) -> dict[str, Any]:
        """All but the centres, for a model's card."""
        shares = {"threshold": self.threshold, "false_alarms": self.false_alarms}
        return shares if self.detected is None else {**shares, "detected": self.detected}


def read_familiar(folder: Path, card: ModelCard) -> Familiar | None:
    """Of a saved model; `None` where its card tells of none, or the file is not there.

    Raises:
        InputError: the card or the file of the centres is damaged, or they are not of each other.
    """
    where, file = folder / "config.json", folder / FAMILIAR
    if card.familiar is None or not file.exists():
        return None
    try:
        threshold, alarms = (float(card.familiar[n]) for n in ("threshold", "false_alarms"))
        share = card.familiar.get("detected")
        detected = None if share is None else float(share)
    except (KeyError, TypeError, ValueError, OverflowError):
        raise InputError(f"{where}: 'familiar' is no threshold; run calibrate again") from None
    if not all(map(math.isfinite, (threshold, alarms, detected or 0))):
        raise InputError(f"{where}: 'familiar' holds no finite threshold; run calibrate again")
    centres = read_tensors(file).get("centres")
    if centres is None or sha256_of(file) != card.familiar.get("sha256"):
        raise InputError(f"{file}: is not the one that config.json tells of; run calibrate again")
    return Familiar(centres, threshold, alarms, detected)


def fit_familiar(learnt: Tensor, tried: Tensor, known: Sequence[bool]) -> Familiar:
    """Centres of what was learnt from, and the threshold that few known pictures are above.

    Args:
        learnt: unit vectors `[N, D]` of pictures of train.
        tried: the same `[M, D]` of dev.
        known: which of these show what the model knows; at least one.
    """
    centres = centres_of(learnt).half()
    novelty, of_known = _novelty(centres, tried), torch.tensor(known, dtype=torch.bool)
    threshold = float(novelty[of_known].double().quantile(KNOWN))
    told = (novelty > threshold).double() * 100
    detected = None if of_known.all() else round(float(told[~of_known].mean()), 1)
    return Familiar(centres, threshold, round(float(told[of_known].mean()), 1), detected)


def centres_of(looks: Tensor, count: int = CENTRES) -> Tensor:
    """Unit vectors `[K, D]` in the middle of groups of unit vectors `[N, D]`, by spherical k-means;
    the same for the same input. All of them where there are no more than `count`.

    A group that loses its last member keeps its centre.
    """
    order = torch.randperm(len(looks), generator=torch.Generator().manual_seed(SEED))
    centres = looks[order[:count]]
    for _ in range(ROUNDS):
        nearest = (looks @ centres.T).argmax(1)
        sums = torch.zeros_like(centres).index_add(0, nearest, looks)
        lost = torch.bincount(nearest, minlength=len(centres)) == 0
        centres = F.normalize(torch.where(lost[:, None], centres, sums), dim=1)
    return centres


def _novelty(centres: Tensor, looks: Tensor) -> Tensor:
    return 1 - (looks.float() @ centres.float().to(looks.device).T).amax(1)

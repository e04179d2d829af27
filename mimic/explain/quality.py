"""Captum's own marks for an attribution: infidelity and sensitivity."""

from __future__ import annotations

import torch
from captum.metrics import infidelity as captum_infidelity
from captum.metrics import sensitivity_max
from torch import Tensor

from mimic.explain.attributions import Numbers, attribute, seeded
from mimic.explain.methods import shown_values
from mimic.explain.pair import Question, Varied

SAMPLES = 32  # random subsets of words and patches
RADIUS, TRIES = 0.02, 4  # noise on embeddings and normalised pixels, and how often


def infidelity(varied: Varied, question: Question, numbers: Numbers, seed: int = 0) -> float:
    """Mean squared error of the numbers as a prediction of what hiding a random half changes.

    Every word and patch is hidden with probability 1/2, in `SAMPLES` draws. The numbers are
    scaled first as suits them best, so that methods of any unit compare, and the error is
    divided by the mean squared change: 0 is exact, 1 is no better than predicting no change.
    """
    count = len(numbers.words)
    features = torch.cat([numbers.words, numbers.patches])[None]
    changes: list[Tensor] = []

    def value(shown: Tensor) -> Tensor:
        out = shown_values(varied, (question,), shown[:, :count], shown[:, count:])[:, 0]
        changes.append(out)
        return out

    def hide(shown: Tensor) -> tuple[Tensor, Tensor]:
        hidden = torch.randint(0, 2, shown.shape).to(shown.dtype)
        return hidden, shown - hidden

    with seeded(seed):
        error = captum_infidelity(
            value,
            hide,
            torch.ones_like(features),
            features,
            n_perturb_samples=SAMPLES,
            normalize=True,
        )
    squares = (changes[0] - changes[1]).square().mean()
    return float(error / squares) if squares else 0.0


def sensitivity(
    varied: Varied, question: Question, method: str, steps: int | None = None, seed: int = 0
) -> float:
    """Largest relative change of the numbers under small noise on embeddings and pixels.

    Noise is uniform within `RADIUS`, `TRIES` times; 0 is steady.
    """

    def explained(inputs: tuple[Tensor, Tensor]) -> tuple[Tensor]:
        rows = [
            attribute(varied.at(one[None], two[None]), question, method, steps, seed)
            for one, two in zip(*inputs, strict=True)
        ]
        return (torch.stack([torch.cat([row.words, row.patches]) for row in rows]),)

    with seeded(seed):
        worst = sensitivity_max(
            explained,
            (varied.text, varied.image),
            perturb_radius=RADIUS,
            n_perturb_samples=TRIES,
        )
    return float(worst)

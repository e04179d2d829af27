"""Deletion and insertion: how a candidate's share falls or rises in the order of a map."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import torch

from mimic.explain.pair import Varied

POINTS = 12  # states between the whole side and the empty one
RANDOM_ORDERS = 2


@dataclass(frozen=True)
class Areas:
    """Areas under the curves of one mention, each from 0 to 1.

    Hiding the least important first passes through the same states as showing the most important
    first, so insertion is also the deletion of the reversed order, and the other way round.

    Attributes:
        deletion: the strongest words and patches are hidden first: low is good.
        insertion: they are shown first: high is good.
        random: either of them in random orders.
    """

    deletion: float
    insertion: float
    random: float


def areas(varied: Varied, target: str, words: np.ndarray, patches: np.ndarray, seed: int) -> Areas:
    """Areas under the softmax share of the first of the fixed candidates.

    Only the words and patches that the target reads take part, strongest first; ties in the
    order of text and picture.

    Args:
        varied: a mention against the candidates, the explained one first.
        words, patches: the map.
    """
    parts = varied.present(target)
    players = np.concatenate(
        [
            np.arange(len(words)) if "text" in parts else np.arange(0),
            len(words) + np.arange(len(patches)) if "image" in parts else np.arange(0),
        ]
    ).astype(int)
    if not len(players):
        return Areas(1.0, 1.0, 1.0)
    values = np.concatenate([words, patches])[players]
    order = players[np.argsort(-values, kind="stable")]
    rng = np.random.default_rng(seed)
    orders = [order, order[::-1], *(rng.permutation(players) for _ in range(RANDOM_ORDERS))]
    shown = torch.from_numpy(np.stack([_states(o, len(words) + len(patches)) for o in orders]))
    flat = shown.flatten(0, 1).to(varied.text.device)
    scores = varied.shown(flat[:, : len(words)], flat[:, len(words) :])[target]
    share = scores.softmax(-1)[:, 0].reshape(len(orders), -1).double().cpu().numpy()
    found = np.trapezoid(share, dx=1 / (share.shape[1] - 1), axis=1)
    return Areas(float(found[0]), float(found[1]), float(found[2:].mean()))


def _states(order: np.ndarray, features: int) -> np.ndarray:
    """What is shown `[POINTS + 2, features]` when `order` is hidden step by step."""
    shown = np.ones((POINTS + 2, features), np.float32)
    for row, count in enumerate(np.linspace(0, len(order), POINTS + 2).round().astype(int)):
        shown[row, order[:count]] = 0
    return shown

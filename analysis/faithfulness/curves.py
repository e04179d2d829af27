"""Deletion and insertion: how a candidate's share falls or rises in the order of a map."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import torch

from analysis.faithfulness.maps import Map
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


def areas(varied: Varied, maps: Mapping[str, Map], seed: int) -> dict[str, Areas]:
    """Areas under the softmax share of the first of the fixed candidates, for each target's map.

    Only the words and patches that the target reads take part, strongest first; ties in the
    order of text and picture. What several orders leave is encoded once.

    Args:
        varied: a mention against the candidates, the explained one first.
    """
    orders = {target: _orders(varied, target, one, seed) for target, one in maps.items()}
    features = next((len(one.words), len(one.patches)) for one in maps.values())
    states = [_states(order, sum(features)) for some in orders.values() for order in some]
    if not states:
        return dict.fromkeys(maps, Areas(1.0, 1.0, 1.0))
    flat = torch.from_numpy(np.concatenate(states)).to(varied.text.device)
    scores = varied.shown(*flat.split(features, 1))
    result, done = {}, 0
    for target, some in orders.items():
        rows = slice(done, done + len(some) * (POINTS + 2))
        result[target] = _areas(scores[target][rows].softmax(-1)[:, 0], len(some))
        done = rows.stop
    return result


def _orders(varied: Varied, target: str, found: Map, seed: int) -> list[np.ndarray]:
    """The map's order, its reverse and random ones; none where nothing can move the target."""
    parts, words, patches = varied.present(target), len(found.words), len(found.patches)
    taking = np.repeat(["text" in parts, "image" in parts], [words, patches])
    players = np.flatnonzero(taking)
    if not len(players):
        return []
    values = np.concatenate([found.words, found.patches])[players]
    order = players[np.argsort(-values, kind="stable")]
    rng = np.random.default_rng(seed)
    return [order, order[::-1], *(rng.permutation(players) for _ in range(RANDOM_ORDERS))]


def _areas(share: torch.Tensor, orders: int) -> Areas:
    """Areas of the shares `[orders * points]`."""
    if not orders:
        return Areas(1.0, 1.0, 1.0)
    curves = share.reshape(orders, -1).double().cpu().numpy()
    area = np.trapezoid(curves, dx=1 / (curves.shape[1] - 1), axis=1)
    return Areas(float(area[0]), float(area[1]), float(area[2:].mean()))


def _states(order: np.ndarray, features: int) -> np.ndarray:
    """What is shown `[POINTS + 2, features]` when `order` is hidden step by step."""
    states = np.ones((POINTS + 2, features), np.float32)
    for row, count in enumerate(np.linspace(0, len(order), POINTS + 2).round().astype(int)):
        states[row, order[:count]] = 0
    return states

"""Copies of a model whose gates are held, and whether gates close when a picture is noise."""

from __future__ import annotations

import copy
import dataclasses

import numpy as np
import torch

from analysis.measures.statistics import SEED, Difference, difference
from mimic.model.mimic import Mimic

GATES = {
    "vdlu_entity_to_mention": "VDLU, entity to mention",
    "vdlu_mention_to_entity": "VDLU, mention to entity",
    "cmfu_mention": "CMFU, mention",
    "cmfu_entity": "CMFU, entity",
}
#: tanh of it is 1 in float32.
OPEN = 20.0
#: How the gates are held -> how the rows call it.
HELD = {
    "0": "gates held at 0",
    "1": "gates held at 1",
    "random": "gates with random weights",
    "sigmoid_concat": "VDLU gates sigmoid_concat, untrained",
}


@torch.no_grad()
def holding(model: Mimic, how: str, seed: int = SEED) -> Mimic:
    """The model with every gate of VDLU and CMFU held at 0 or 1, or computed by random weights.

    `sigmoid_concat` replaces VDLU's gates alone, with weights that nobody trained: what such a gate
    is worth when it learns takes a training of its own.
    """
    if how == "sigmoid_concat":
        with torch.random.fork_rng(devices=[]):
            torch.manual_seed(seed)
            twin = Mimic(dataclasses.replace(model.config, vdlu_gate=how)).to(model.device)
        rest = {n: t for n, t in model.state_dict().items() if not _vdlu_gate(n)}
        twin.load_state_dict(rest, strict=False)
        return twin.eval()
    twin = copy.deepcopy(model)
    units = (twin.vdlu.entity_to_mention, twin.vdlu.mention_to_entity, twin.cmfu)
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(seed)
        for gate in (unit.gate for unit in units):
            gate.reset_parameters()
            if how != "random":
                gate.weight.zero_()
                gate.bias.fill_(OPEN * float(how))
    return twin.eval()


def closing(clean: np.ndarray, noisy: np.ndarray) -> Difference:
    """By how much |gate| changes on noise: a gate that closes has a difference below 0."""
    return difference(np.abs(noisy), np.abs(clean))


def verdict(change: Difference) -> str:
    """What the difference of |gate| says, in words."""
    if change.high < 0:
        return "closes"
    if change.low > 0:
        return "opens further"
    if change.low == change.high == 0:
        return "does not see the picture"
    return "does not close"


def _vdlu_gate(name: str) -> bool:
    return name.startswith("vdlu.") and ".gate." in name

"""Checks that a map depends on what it claims to explain: the weights, the entity, the input."""

from __future__ import annotations

import copy
from collections.abc import Mapping

import numpy as np
import torch
from scipy.stats import spearmanr

from analysis.faithfulness.maps import ExplainedPair, Map, make_maps
from mimic.explain.attributions import Numbers
from mimic.explain.explainer import Explainer
from mimic.explain.methods import METHODS
from mimic.explain.pair import Question
from mimic.explain.quality import infidelity, sensitivity
from mimic.model.mimic import Mimic
from mimic.schema import Entity


def randomised(explainer: Explainer, seed: int = 0) -> Explainer:
    """The same program with random weights everywhere, the text model included."""
    linker = copy.copy(explainer.linker)
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(seed)
        linker.model = Mimic(explainer.linker.model.config).eval().to(explainer.model.device)
    return Explainer(linker)


def against_random(
    other: Explainer, case: ExplainedPair, gold: Entity, method: str, found: Mapping[str, Map]
) -> dict[str, dict[str, float]]:
    """Correlation of each target's map with that of a model with random weights: it should be 0.

    Args:
        other: the model with random weights.
    """
    read = other.read_entity(gold)
    with torch.no_grad():
        features = other.model.features(read.inputs.ids, read.inputs.mask, read.inputs.pixels)
        entity = other.model.entity_side(features)
    alien = ExplainedPair(case.mention, case.read, entity, (gold,))
    strange = make_maps(other, alien, method, tuple(found))
    return {t: _correlations("random_model", found[t], strange[t]) for t in found}


def against_other(
    explainer: Explainer, case: ExplainedPair, method: str, found: Mapping[str, Map]
) -> dict[str, dict[str, float]]:
    """Correlation of each map with that for the strongest wrong entity: it should not be 1."""
    others = make_maps(explainer, case.other(), method, tuple(found))
    return {t: _correlations("other_entity", found[t], others[t]) for t in found}


def captum_marks(
    explainer: Explainer, case: ExplainedPair, method: str, found: Mapping[str, Map], steady: bool
) -> dict[str, dict[str, float]]:
    """Captum's infidelity and, when `steady` is to be known, its sensitivity, of each target."""
    varied, marks = case.varied(explainer.model, 1), {}
    for target, seen in found.items():
        words, patches = torch.from_numpy(seen.words), torch.from_numpy(seen.patches)
        numbers, question = Numbers(words, patches, 0, 0.0, 0.0), Question(target)
        marks[target] = {"infidelity": infidelity(varied, question, numbers)}
        if steady and method in METHODS:
            marks[target]["sensitivity"] = sensitivity(varied, question, method)
    return marks


def spearman(one: np.ndarray, other: np.ndarray) -> float:
    """Rank correlation, ties at their mean rank; NaN when one of them is constant."""
    if len(one) < 2 or np.ptp(one) == 0 or np.ptp(other) == 0:
        return float("nan")
    return float(spearmanr(one, other).statistic)


def _correlations(name: str, one: Map, other: Map) -> dict[str, float]:
    return {
        f"{name}_words": spearman(one.words, other.words),
        f"{name}_patches": spearman(one.patches, other.patches),
    }

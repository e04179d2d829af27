"""Checks that a map depends on what it claims to explain: the weights, the entity, the input."""

from __future__ import annotations

import copy

import numpy as np
import pandas as pd
import torch

from analysis.maps import ATTENTION, Case, Map, make_map
from mimic.explain.attributions import Numbers
from mimic.explain.explainer import Explainer
from mimic.explain.pair import Question
from mimic.explain.quality import infidelity, sensitivity
from mimic.model import Mimic
from mimic.schema import Entity


def randomised(explainer: Explainer, seed: int = 0) -> Explainer:
    """The same program with random weights everywhere, the text model included."""
    linker = copy.copy(explainer.linker)
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(seed)
        linker.model = Mimic(explainer.linker.model.config).eval().to(explainer.model.device)
    return Explainer(linker)


def against_random(
    other: Explainer, case: Case, gold: Entity, method: str, target: str, found: Map
) -> dict[str, float]:
    """Correlation of a map with that of a model with random weights, `other`: it should be 0."""
    read = other.read_entity(gold)
    with torch.no_grad():
        features = other.model.features(read.inputs.ids, read.inputs.mask, read.inputs.pixels)
        entity = other.model.entity_side(features)
    strange = make_map(other, Case(case.mention, case.read, entity), method, target)
    return _correlations("random_model", found, strange)


def against_other(
    explainer: Explainer, case: Case, method: str, target: str, found: Map
) -> dict[str, float]:
    """Correlation of a map with that for the strongest wrong entity: it should not be 1."""
    return _correlations("other_entity", found, make_map(explainer, case.other(), method, target))


def captum_marks(
    explainer: Explainer, case: Case, method: str, target: str, found: Map, steady: bool
) -> dict[str, float]:
    """Captum's infidelity and, when `steady` is to be known, its sensitivity."""
    varied, question = case.varied(explainer.model, 1), Question(target)
    numbers = Numbers(torch.from_numpy(found.words), torch.from_numpy(found.patches), 0, 0.0, 0.0)
    marks = {"infidelity": infidelity(varied, question, numbers)}
    if steady and method not in ATTENTION:
        marks["sensitivity"] = sensitivity(varied, question, method)
    return marks


def spearman(one: np.ndarray, other: np.ndarray) -> float:
    """Rank correlation, ties at their mean rank; NaN when one of them is constant."""
    ranks = [pd.Series(values).rank().to_numpy() for values in (one, other)]
    if len(one) < 2 or any(np.ptp(r) == 0 for r in ranks):
        return float("nan")
    return float(np.corrcoef(ranks[0], ranks[1])[0, 1])


def _correlations(name: str, one: Map, other: Map) -> dict[str, float]:
    return {
        f"{name}_words": spearman(one.words, other.words),
        f"{name}_patches": spearman(one.patches, other.patches),
    }

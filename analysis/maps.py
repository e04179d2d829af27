"""Maps of a mention's words and patches by any method, attribution or attention."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import torch

from mimic.explain.attributions import attribute
from mimic.explain.explainer import Explainer, Read
from mimic.explain.inside import patch_grid
from mimic.explain.intrinsic import encoder_attention, unit_attention
from mimic.explain.pair import Question, Varied
from mimic.explain.request import METHOD_NAMES
from mimic.model import Mimic, Side
from mimic.schema import Attention, Mention
from mimic.units import Trace

#: Attention as if it were an explanation, to compare: it knows no sign and no target.
ATTENTION = ("unit_attention", "encoder_attention", "encoder_rollout")
MAPS = (*METHOD_NAMES, *ATTENTION)
CANDIDATES = 10


@dataclass(frozen=True)
class Map:
    """Numbers of a mention's words and patches.

    Attributes:
        patches: row by row.
        grid: rows and columns of patches.
        gap: completeness gap, a share; NaN for attention.
    """

    words: np.ndarray
    patches: np.ndarray
    grid: tuple[int, int]
    gap: float = float("nan")


@dataclass(frozen=True)
class Case:
    """A mention, ready to be explained.

    Attributes:
        candidates: projections of the explained entity and of the best others by total score.
    """

    mention: Mention
    read: Read
    candidates: Side

    def varied(self, model: Mimic, count: int = CANDIDATES) -> Varied:
        """The mention against the first `count` candidates."""
        return Varied(model, self.read.inputs, "mention", _some(self.candidates, slice(count)))

    def other(self) -> Case:
        """The mention with its second candidate as the explained one."""
        return Case(self.mention, self.read, _some(self.candidates, slice(1, 2)))


def prepared(explainer: Explainer, mention: Mention, gold: int) -> Case:
    """The mention with its right entity first and the `CANDIDATES - 1` strongest others.

    Raises:
        InputError: its picture cannot be read.
    """
    read = explainer.read_mention(mention)
    index = explainer.linker.index
    side = explainer.mention_side(read.inputs)
    scores = index.query(side).scores()["score"][0]
    best = scores.topk(min(CANDIDATES, len(index))).indices.tolist()
    rows = [gold, *(row for row in best if row != gold)][:CANDIDATES]
    return Case(mention, read, index.picked(rows))


def make_map(explainer: Explainer, case: Case, method: str, target: str, seed: int = 0) -> Map:
    """The map of a case for the explained entity."""
    if method in ATTENTION:
        return _attention(explainer, case, method)
    varied = case.varied(explainer.model, count=1)
    numbers = attribute(varied, Question(target), method, seed=seed)
    return Map(numbers.words.numpy(), numbers.patches.numpy(), varied.grid, numbers.gap)


def _attention(explainer: Explainer, case: Case, method: str) -> Map:
    inputs = case.read.inputs
    if method == "unit_attention":
        trace: Trace = {}
        one = case.varied(explainer.model, count=1)
        with torch.no_grad():
            explainer.model.score(explainer.mention_side(inputs), one.others, trace)
        found = unit_attention(trace, "mention", inputs)
    else:
        name = "rollout" if method == "encoder_rollout" else "last layer"
        found = tuple(m for m in encoder_attention(explainer.model, inputs) if m.name == name)
    return Map(_values(found, "words"), _values(found, "patches"), patch_grid(explainer.model))


def _values(maps: tuple[Attention, ...], over: str) -> np.ndarray:
    return next(np.array(m.values, np.float32) for m in maps if m.over == over)


def _some(side: Side, rows: slice) -> Side:
    return {unit: {name: t[rows] for name, t in part.items()} for unit, part in side.items()}

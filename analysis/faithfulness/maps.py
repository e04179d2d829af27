"""Maps of a mention's words and patches by any method, attribution or attention."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch

from mimic.explain.attributions import attribute_all
from mimic.explain.explainer import Explainer, Read
from mimic.explain.inside import patch_grid
from mimic.explain.intrinsic import encoder_attention, unit_attention
from mimic.explain.methods import METHODS
from mimic.explain.pair import Question, Varied
from mimic.explain.pair_cells import pair_cells, take_apart
from mimic.explain.pair_map import side_numbers
from mimic.explain.request import METHOD_NAMES, PAIRS
from mimic.model.mimic import Mimic, Side
from mimic.model.units import Trace
from mimic.schema import Attention, Entity, Mention

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
        seconds: of the pass that made it, with the maps of other targets if it made them too.
    """

    words: np.ndarray
    patches: np.ndarray
    grid: tuple[int, int]
    gap: float = float("nan")
    seconds: float = 0.0


@dataclass(frozen=True)
class ExplainedPair:
    """A mention, ready to be explained.

    Attributes:
        candidates: projections of the explained entity and of the best others by total score.
        entities: the same entities.
    """

    mention: Mention
    read: Read
    candidates: Side
    entities: tuple[Entity, ...]

    def varied(self, model: Mimic, count: int = CANDIDATES) -> Varied:
        """The mention against the first `count` candidates."""
        return Varied(model, self.read.inputs, "mention", _some(self.candidates, slice(count)))

    def other(self) -> ExplainedPair:
        """The mention with its second candidate as the explained one."""
        one = slice(1, 2)
        return ExplainedPair(
            self.mention, self.read, _some(self.candidates, one), self.entities[one]
        )


def explained_pair(explainer: Explainer, mention: Mention, gold: int) -> ExplainedPair:
    """The mention with its right entity first and the `CANDIDATES - 1` strongest others.

    Raises:
        InputError: its picture cannot be read.
    """
    read = explainer.read_mention(mention)
    index = explainer.linker.index
    side = explainer.mention_side(read.inputs)
    best = index.query(side).top(min(CANDIDATES, len(index))).rows[0].tolist()
    rows = [gold, *(row for row in best if row != gold)][:CANDIDATES]
    entities = tuple(index.entities[row] for row in rows)
    return ExplainedPair(mention, read, index.picked(rows), entities)


def make_maps(
    explainer: Explainer, case: ExplainedPair, method: str, targets: Sequence[str], seed: int = 0
) -> dict[str, Map]:
    """The map of a case for the explained entity and each target; one pass for all where it can."""
    began = time.monotonic()
    maps: dict[str, Map]
    if method in ATTENTION:  # it knows no target
        words, patches = _attention(explainer, case, method)
        grid = patch_grid(explainer.model)
        one = Map(words, patches, grid, seconds=time.monotonic() - began)
        return dict.fromkeys(targets, one)
    if method == PAIRS:
        cells, grid = make_cells(explainer, case), patch_grid(explainer.model)
        seconds, maps = time.monotonic() - began, {}
        for target in targets:
            sums = side_numbers(cells[target].sum(1), len(case.read.inputs.words))
            words, patches = sums.words.numpy(), sums.patches.numpy()
            maps[target] = Map(words, patches, grid, sums.gap, seconds)
        return maps
    varied, maps = case.varied(explainer.model, count=1), {}
    for group in [[t] for t in targets] if METHODS[method].gradients else [targets]:
        attributions = attribute_all(varied, [Question(t) for t in group], method, seed=seed)
        seconds, began = time.monotonic() - began, time.monotonic()
        for target, numbers in zip(group, attributions, strict=True):
            words, patches = numbers.words.numpy(), numbers.patches.numpy()
            maps[target] = Map(words, patches, varied.grid, numbers.gap, seconds)
    return maps


def make_cells(explainer: Explainer, case: ExplainedPair) -> dict[str, torch.Tensor]:
    """Cells of the mention and the explained entity for every target (see `pair_cells`)."""
    model, entity = explainer.model, explainer.read_entity(case.entities[0])
    mention = take_apart(model, case.read.inputs, "mention")
    return pair_cells(model, mention, take_apart(model, entity.inputs, "entity"))


def _attention(
    explainer: Explainer, case: ExplainedPair, method: str
) -> tuple[np.ndarray, np.ndarray]:
    inputs = case.read.inputs
    if method == "unit_attention":
        trace: Trace = {}
        one = case.varied(explainer.model, count=1)
        with torch.no_grad():
            explainer.model.score(explainer.mention_side(inputs), one.others, trace)
        maps = unit_attention(trace, "mention", inputs, one.grid)
    else:
        name = "rollout" if method == "encoder_rollout" else "last layer"
        maps = tuple(m for m in encoder_attention(explainer.model, inputs) if m.name == name)
    return _values(maps, "words"), _values(maps, "patches")


def _values(maps: tuple[Attention, ...], over: str) -> np.ndarray:
    return next(np.array(m.values, np.float32) for m in maps if m.over == over)


def _some(side: Side, rows: slice) -> Side:
    return {unit: {name: t[rows] for name, t in part.items()} for unit, part in side.items()}

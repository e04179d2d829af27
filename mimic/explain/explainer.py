"""Explainer: a mention and an entity in, an `Explanation` out."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, cast

import torch
from torch import Tensor

from mimic.errors import InputError
from mimic.explain.attributions import (
    DEFAULT_METHOD,
    METHODS,
    MOST_STEPS,
    TOLERANCE,
    Numbers,
    Progress,
    attribute,
)
from mimic.explain.inside import patch_grid, twin
from mimic.explain.intrinsic import encoder_attention, text_matrix, unit_attention
from mimic.explain.pair import TARGETS, Inputs, Question, Varied
from mimic.linker import EntityLinker
from mimic.model import Side
from mimic.processor import check_mention, read_picture
from mimic.schema import (
    UNITS,
    Attribution,
    Entity,
    Explanation,
    Gates,
    Mention,
    SideView,
    UnitScores,
)
from mimic.units import Trace

SIDES = ("mention", "entity")
BASELINE = "padding in place of every word, special tokens kept; the blank picture"
SHARE_STEPS = 8  # of integrated gradients, for the share of words and picture in each unit


@dataclass(frozen=True)
class Request:
    """What is asked about a pair (see `Explainer.explain`)."""

    target: str = "total"
    method: str | None = DEFAULT_METHOD
    sides: Sequence[str] = SIDES
    steps: int | None = None
    seed: int = 0

    def check(self) -> None:
        """Raises InputError for an option out of range."""
        for what, value, known in (
            ("target", self.target, TARGETS),
            ("method", self.method, (None, *METHODS)),
            *(("side", side, SIDES) for side in self.sides),
        ):
            if value not in known:
                names = ", ".join(name for name in known if name)
                raise InputError(f"{what} is {value!r}; it must be one of {names}")
        if self.steps is not None and not 1 <= self.steps <= MOST_STEPS:
            raise InputError(f"steps is {self.steps}; it must be from 1 to {MOST_STEPS}")


@dataclass(frozen=True)
class Read:
    """One side as it was read: its tensors, and what a drawing needs of it."""

    side: str
    name: str
    context: str
    inputs: Inputs
    truncated: bool
    image: Path | None
    size: tuple[int, int]


class Explainer:
    """Explains the pairs of one linker. Safe to share: requests wait for each other."""

    def __init__(self, linker: EntityLinker) -> None:
        self.linker = linker
        self.model = twin(linker.model)
        self._lock = threading.Lock()

    def explain(
        self,
        mention: Mention,
        candidate: str,
        against: str | None = None,
        target: str = "total",
        method: str | None = DEFAULT_METHOD,
        sides: Sequence[str] = SIDES,
        steps: int | None = None,
        seed: int = 0,
        progress: Progress | None = None,
    ) -> Explanation:
        """Why `mention` scores as it does with `candidate`, or higher than with `against`.

        Args:
            candidate, against: identifiers in the linker's knowledge base.
            target: `total`, `tglu`, `vdlu` or `cmfu`; with `against` the margin in it.
            method: one of `METHODS`; `None` for attention and gates alone, at once.
            sides: which of `mention` and `entity` get attributions; attention is always there.
                On the entity's side the candidate varies and its opponent stays.
            steps: of the path, or samples, 1 to 256; the method's own number when left out.
            seed: of the methods that sample.
            progress: told the share that is done; an exception that it raises cancels.

        Raises:
            InputError: the mention is not well formed, its picture cannot be read, an entity is
                not in the knowledge base, or an option is out of range.
        """
        request = Request(target, method, tuple(sides), steps, seed)
        request.check()
        if candidate == against:
            raise InputError(f"{candidate} against itself: name another entity with --against")
        rows = [self.linker.index.row(name) for name in (candidate, against) if name is not None]
        checked = check_mention(mention)
        with self._lock:
            return self._explain(checked, rows, request, progress)

    def read_mention(self, mention: Mention) -> Read:
        """The mention's side.

        Raises:
            InputError: its picture cannot be read.
        """
        return self._read("mention", mention.surface, mention.sentence, mention.image)

    def read_entity(self, entity: Entity) -> Read:
        """The entity's side; a picture that cannot be read is blank, as in the index."""
        try:
            return self._read("entity", entity.name, entity.description, entity.image)
        except InputError:
            return self._read("entity", entity.name, entity.description, None)

    @torch.no_grad()
    def mention_side(self, inputs: Inputs) -> Side:
        """Projections of one mention, to be the fixed side."""
        features = self.model.features(inputs.ids, inputs.mask, inputs.pixels)
        return self.model.mention_side(features)

    def _read(self, side: str, name: str, context: str, image: Path | None) -> Read:
        processor, device = self.linker.processor, self.model.device
        texts = processor.texts([name], [context])
        inputs = Inputs(
            texts.input_ids.to(device),
            texts.attention_mask.to(device),
            processor.pictures([image]).to(device),
            processor.words(name, context),
            cast(Any, processor.tokenizer).pad_token_id,
        )
        size = (0, 0) if image is None else read_picture(image).size
        return Read(side, name, context, inputs, texts.truncated[0], image, size)

    def _explain(
        self, mention: Mention, rows: list[int], request: Request, progress: Progress | None
    ) -> Explanation:
        entities = [self.linker.index.entities[row] for row in rows]
        read = {"mention": self.read_mention(mention), "entity": self.read_entity(entities[0])}
        fixed = {
            "mention": self.mention_side(read["mention"].inputs),
            "entity": self.linker.index.picked(rows),
        }
        trace: Trace = {}
        with torch.no_grad():
            scores = self.model.score(fixed["mention"], fixed["entity"], trace)
        views = {side: self._view(seen, trace) for side, seen in read.items()}
        if request.method is not None:
            for done, side in enumerate(request.sides):
                other = fixed["entity" if side == "mention" else "mention"]
                varied = Varied(self.model, read[side].inputs, side, other)
                against = scores if len(rows) > 1 else None
                part = _part(progress, done, len(request.sides))
                views[side] = _attributed(views[side], varied, against, request, part)
        return Explanation(
            target=request.target,
            entity=entities[0],
            against=entities[1] if len(rows) > 1 else None,
            score=float(scores["score"][0, 0]),
            units=_units(scores, 0),
            opponent_score=float(scores["score"][0, 1]) if len(rows) > 1 else None,
            opponent_units=_units(scores, 1) if len(rows) > 1 else None,
            gates=_gates(trace),
            text_attention=text_matrix(trace, read["entity"].inputs.words, read["mention"].inputs),
            mention=views["mention"],
            candidate=views["entity"],
        )

    def _view(self, read: Read, trace: Trace) -> SideView:
        attention = encoder_attention(self.model, read.inputs)
        cells = patch_grid(self.model)
        return SideView(
            side=read.side,
            name=read.name,
            context=read.context,
            words=read.inputs.words,
            truncated=read.truncated,
            image=read.image,
            size=read.size,
            grid=cells,
            boxes=self.linker.processor.patch_boxes(read.size, cells),
            attention=(*attention, *unit_attention(trace, read.side, read.inputs)),
            attribution=None,
            text_share={},
        )


def _attributed(
    view: SideView,
    varied: Varied,
    against: dict[str, Tensor] | None,
    request: Request,
    progress: Progress | None,
) -> SideView:
    """The view with its attribution and the shares of words and picture in every target.

    Args:
        against: scores `[1, 2]` of candidate and opponent, when a margin is explained.
    """
    margin = against is not None and view.side == "mention"

    def asked(target: str) -> Question:
        offset = 0.0
        if against is not None and not margin:
            offset = float(against["score" if target == "total" else target][0, 1])
        return Question(target, margin, offset)

    assert request.method is not None
    numbers = attribute(
        varied,
        asked(request.target),
        request.method,
        request.steps,
        request.seed,
        _part(progress, 0, 2),
    )
    shares = {}
    for done, target in enumerate(TARGETS):
        part = _part(_part(progress, 1, 2), done, len(TARGETS))
        shares[target] = text_share(
            attribute(varied, asked(target), "integrated_gradients", SHARE_STEPS, 0, part)
        )
    attribution = _record(numbers, request.method, request.target, against is not None)
    return replace(view, attribution=attribution, text_share=shares)


def text_share(numbers: Numbers) -> float | None:
    """Share of the absolute numbers that lies on words; `None` when all of them are 0."""
    words, patches = float(numbers.words.abs().sum()), float(numbers.patches.abs().sum())
    return words / (words + patches) if words + patches else None


def _record(numbers: Numbers, method: str, target: str, margin: bool) -> Attribution:
    return Attribution(
        method=method,
        target=f"{target} margin" if margin else target,
        baseline=BASELINE,
        steps=numbers.steps,
        words=tuple(numbers.words.tolist()),
        patches=tuple(numbers.patches.tolist()),
        score=numbers.score,
        baseline_score=numbers.baseline,
        gap=numbers.gap,
        complete=numbers.gap <= TOLERANCE if METHODS[method].complete else None,
    )


def _part(progress: Progress | None, done: int, parts: int) -> Progress | None:
    """Tells the whole of what one of several equal parts tells of itself."""
    if progress is None:
        return None
    return lambda share: progress((done + share) / parts)


def _units(scores: dict[str, Tensor], column: int) -> UnitScores:
    return UnitScores(**{name: float(scores[name][0, column]) for name in UNITS})


def _gates(trace: Trace) -> Gates:
    return Gates(
        float(trace["vdlu_entity_to_mention"][0, 0]),
        float(trace["vdlu_mention_to_entity"][0, 0]),
        float(trace["cmfu_mention"][0]),
        float(trace["cmfu_entity"][0]),
    )

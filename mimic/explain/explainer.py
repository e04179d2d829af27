"""Explainer: a mention and an entity in, an `Explanation` out."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

import torch
from torch import Tensor

from mimic.config import ModelConfig
from mimic.errors import InputError
from mimic.explain.attributions import part
from mimic.explain.inside import patch_grid, twin
from mimic.explain.intrinsic import encoder_attention, text_matrix, unit_attention
from mimic.explain.numbers import attributed
from mimic.explain.pair import Inputs, Varied
from mimic.explain.pair_map import PairSums
from mimic.explain.request import DEFAULT_METHOD, PAIRS, SIDES, Request
from mimic.io.terminal import Share
from mimic.linking.linker import EntityLinker
from mimic.model.mimic import Side
from mimic.model.pictures import opened_picture
from mimic.model.processor import check_mention
from mimic.model.units import Trace
from mimic.schema import (
    UNITS,
    Entity,
    Explanation,
    Gates,
    Mention,
    SideView,
    UnitScores,
)


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
        progress: Share | None = None,
    ) -> Explanation:
        """Why `mention` scores as it does with `candidate`, or higher than with `against`.

        Args:
            candidate, against: identifiers in the linker's knowledge base.
            target: `total`, `tglu`, `vdlu` or `cmfu`; with `against` the margin in it.
            method: one of `METHOD_NAMES`; `None` for attention and gates alone, at once.
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
        row = self.linker.index.entities.row
        rows = [row(name) for name in (candidate, against) if name is not None]
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
        size = (0, 0)
        if image is not None:
            with opened_picture(image) as picture:
                size = picture.size
        return Read(side, name, context, inputs, texts.truncated[0], image, size)

    def _explain(
        self, mention: Mention, rows: list[int], request: Request, progress: Share | None
    ) -> Explanation:
        entities = [self.linker.index.entities[row] for row in rows]
        readings = {"mention": self.read_mention(mention), "entity": self.read_entity(entities[0])}
        fixed = {
            "mention": self.mention_side(readings["mention"].inputs),
            "entity": self.linker.index.picked(rows),
        }
        trace: Trace = {}
        with torch.no_grad():
            scores = self.model.score(fixed["mention"], fixed["entity"], trace)
        views = {side: self._view(seen, trace) for side, seen in readings.items()}
        pairs = None
        if request.method == PAIRS:
            seen = [self.read_entity(entity).inputs for entity in entities]
            sums = PairSums.of(self.model, readings["mention"].inputs, seen, scores)
            pairs = sums.record
            views |= {side: sums.attributed(views[side], request.target) for side in request.sides}
        elif request.method is not None:
            for done, side in enumerate(request.sides):
                other = fixed["entity" if side == "mention" else "mention"]
                varied = Varied(self.model, readings[side].inputs, side, other)
                against = scores if len(rows) > 1 else None
                share = part(progress, done, len(request.sides))
                views[side] = attributed(views[side], varied, against, request, share)
        return Explanation(
            target=request.target,
            entity=entities[0],
            against=entities[1] if len(rows) > 1 else None,
            score=float(scores["score"][0, 0]),
            units=_units(scores, 0),
            opponent_score=float(scores["score"][0, 1]) if len(rows) > 1 else None,
            opponent_units=_units(scores, 1) if len(rows) > 1 else None,
            gates=_gates(trace),
            text_attention=text_matrix(
                trace, readings["entity"].inputs.words, readings["mention"].inputs
            ),
            mention=views["mention"],
            candidate=views["entity"],
            unattended=_unattended(self.model.config),
            pairs=pairs,
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
            attention=(*attention, *unit_attention(trace, read.side, read.inputs, cells)),
            attribution=None,
            text_share={},
            peaks={},
        )


def _unattended(config: ModelConfig) -> tuple[str, ...]:
    never = {"padding": config.mask_padding, "cls": not config.local_cls}
    return tuple(name for name, left_out in never.items() if left_out)


def _units(scores: dict[str, Tensor], column: int) -> UnitScores:
    return UnitScores(**{name: float(scores[name][0, column]) for name in UNITS})


def _gates(trace: Trace) -> Gates:
    return Gates(
        float(trace["vdlu_entity_to_mention"][0, 0]),
        float(trace["vdlu_mention_to_entity"][0, 0]),
        float(trace["cmfu_mention"][0]),
        float(trace["cmfu_entity"][0]),
    )

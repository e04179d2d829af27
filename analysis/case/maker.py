"""Makes the record of a case with a linker: the four lists, the gold entity, the pictures."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import torch
from PIL import Image

from analysis.case.records import (
    TOP,
    Answer,
    Case,
    Heat,
    HeatWords,
    Origin,
    Picture,
    Standing,
    WhatIf,
)
from mimic.errors import InputError
from mimic.explain import Explainer
from mimic.index.protocol import RANK_BY, EntityStanding, Hits
from mimic.linking.linker import EntityLinker
from mimic.linking.shares import LISTED
from mimic.model.mimic import versions
from mimic.model.pictures import picture_from
from mimic.model.processor import check_mention
from mimic.schema import UNITS, Attribution, Entity, Mention, SideView

METHOD = "first entities of the whole knowledge base by the mean of the units and by each unit"
#: A larger mention picture is kept as a JPEG of at most so many pixels a side.
MOST_BYTES, SIDE = 1_500_000, 1600
ENTITY_SIDE = 320  # pixels; a thumbnail is printed 1 cm wide, a heatmap 4 cm
MOST_NAME, MOST_DESCRIPTION = 200, 500  # characters kept of an entity

Pictures = dict[str, Picture]


def make_case(
    linker: EntityLinker, mention: Mention, gold: str = "", caption: str = "", k: int = LISTED
) -> Case:
    """The case of one mention.

    Args:
        gold: identifier of the right entity, `""` where it is unknown.
        k: entities among which bars divide a unit's favour.

    Raises:
        InputError: the mention or its picture cannot be used, or `gold` is not in the knowledge
            base.
    """
    pictures: Pictures = {}
    answer = _answer(linker, mention, gold, pictures, k)
    return Case(answer, gold, caption, origin(linker), pictures=pictures)


def with_what_if(case: Case, linker: EntityLinker, label: str, mention: Mention) -> Case:
    """The case with one more variant of its input below it."""
    pictures = dict(case.pictures)
    answer = _answer(linker, mention, case.gold, pictures, len(case.answer.listed) or LISTED)
    what_ifs = (*case.what_ifs, WhatIf(label, answer))
    return replace(case, what_ifs=what_ifs, pictures=pictures)


def with_heatmaps(
    case: Case,
    explainer: Explainer,
    mention: Mention,
    progress: Callable[[float], None] | None = None,
) -> Case:
    """The case with the attribution of its best entity over the pictures and words of both."""
    best = case.answer.top("total")[0]
    explanation = explainer.explain(mention, best.id, progress=progress)
    sides = [
        (view, view.attribution)
        for view in (explanation.mention, explanation.candidate)
        if view.attribution is not None
    ]
    seen = [(view, numbers) for view, numbers in sides if view.image is not None]
    most = max((abs(v) for _, numbers in seen for v in numbers.patches), default=0.0)
    loudest = max((abs(v) for _, numbers in sides for v in numbers.words), default=0.0)
    keys = {"mention": case.answer.picture, "entity": best.picture}
    heat = tuple(_heat(view, n, keys[view.side], most) for view, n in seen if keys[view.side])
    return replace(case, heat=heat, heat_words=tuple(_words(*side, loudest) for side in sides))


def origin(linker: EntityLinker) -> Origin:
    """Which model and knowledge base answer, with their fingerprints."""
    return Origin(
        linker.model_name,
        linker.index.model,
        linker.kb_name,
        linker.index.entities.fingerprint,
        linker.entities,
        linker.card.temperature,
        versions(),
        METHOD,
    )


@torch.inference_mode()
def _answer(
    linker: EntityLinker, mention: Mention, gold: str, pictures: Pictures, k: int
) -> Answer:
    mention = check_mention(mention)
    assert mention.span is not None
    own = [linker.index.entities.row(gold)] if gold else []
    picture = _keep(pictures, _mention_picture(mention.image)) if mention.image else ""
    side, truncated = linker.mention_side([mention])
    query = linker.index.query(side)
    top = min(TOP, linker.entities)
    listed = query.top(min(max(k, top), linker.entities))
    first = {name: query.top(top, RANK_BY[name]).rows[0].tolist() for name in UNITS}
    first = {"total": listed.rows[0, :top].tolist(), **first}
    rows = list(dict.fromkeys([*(row for best in first.values() for row in best), *own]))
    (places,) = query.standing(
        torch.tensor([rows], device=linker.model.device), linker.card.temperature
    )
    standings = tuple(_standing(linker.index.entities[p.row], p, pictures) for p in places)
    ids = dict(zip(rows, (standing.id for standing in standings), strict=True))
    return Answer(
        mention.sentence,
        mention.surface,
        mention.span,
        picture,
        truncated[0],
        {name: tuple(ids[row] for row in best) for name, best in first.items()},
        standings,
        _unit_scores(linker, listed),
    )


def _unit_scores(linker: EntityLinker, hits: Hits) -> dict[str, dict[str, float]]:
    """Identifier -> unit -> raw score of one mention's first entities."""
    columns = {unit: hits.units[unit][0].tolist() for unit in UNITS}
    return {
        linker.index.entities[row].id: {unit: columns[unit][place] for unit in UNITS}
        for place, row in enumerate(hits.rows[0].tolist())
    }


def _standing(entity: Entity, place: EntityStanding, pictures: Pictures) -> Standing:
    return Standing(
        entity.id,
        entity.name[:MOST_NAME],
        entity.description[:MOST_DESCRIPTION],
        _keep(pictures, _entity_picture(entity.image)) if entity.image else "",
        place.ranks,
        place.scores,
        place.probability,
        place.gates,
    )


def _heat(view: SideView, numbers: Attribution, picture: str, limit: float) -> Heat:
    width, height = view.size
    boxes = tuple((a / width, b / height, c / width, d / height) for a, b, c, d in view.boxes)
    return Heat(view.side, picture, boxes, numbers.patches, limit, numbers.target, numbers.method)


def _words(view: SideView, numbers: Attribution, limit: float) -> HeatWords:
    texts = tuple(word.text for word in view.words)
    named = sum(word.part == "name" for word in view.words)
    return HeatWords(view.side, texts, named, numbers.words, limit, numbers.target, numbers.method)


# --- pictures --------------------------------------------------------------------------------


def _keep(pictures: Pictures, picture: Picture | None) -> str:
    if picture is None:
        return ""
    key = hashlib.sha256(picture.data).hexdigest()
    pictures[key] = picture
    return key


def _mention_picture(path: Path) -> Picture:
    """The file as it is, or smaller where it is large.

    Raises:
        InputError: it cannot be read as a picture.
    """
    try:
        data = path.read_bytes()
    except OSError:
        raise InputError(f"no such file: {path}") from None
    picture = picture_from(data, path.name)
    source = hashlib.sha256(data).hexdigest()
    return Picture(data if len(data) <= MOST_BYTES else _jpeg(picture, SIDE), source)


def _entity_picture(path: Path) -> Picture | None:
    """A small copy; `None` for a file that cannot be read, which a link takes as missing too."""
    try:
        data = path.read_bytes()
        return Picture(
            _jpeg(picture_from(data, path.name), ENTITY_SIDE), hashlib.sha256(data).hexdigest()
        )
    except (OSError, InputError):
        return None


def _jpeg(picture: Image.Image, side: int) -> bytes:
    picture.thumbnail((side, side), Image.Resampling.LANCZOS)
    buffer = io.BytesIO()
    picture.save(buffer, "JPEG", quality=90)
    return buffer.getvalue()

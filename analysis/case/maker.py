"""Makes the record of a case with a linker: the four lists, the gold entity, the pictures."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import torch
from PIL import Image

from analysis.case.records import LISTS, TOP, Answer, Case, Heat, Origin, Picture, Standing, WhatIf
from mimic.errors import InputError
from mimic.explain import Explainer
from mimic.index.protocol import RANK_BY, EntityStanding
from mimic.linking.linker import EntityLinker
from mimic.model.mimic import versions
from mimic.model.pictures import picture_from
from mimic.model.processor import check_mention
from mimic.schema import Attribution, Entity, Mention, SideView

METHOD = "first entities of the whole knowledge base by the mean of the units and by each unit"
#: A larger mention picture is kept as a JPEG of at most so many pixels a side.
MOST_BYTES, SIDE = 1_500_000, 1600
ENTITY_SIDE = 320  # pixels; a thumbnail is printed 1 cm wide, a heatmap 4 cm
MOST_NAME, MOST_DESCRIPTION = 200, 500  # characters kept of an entity

Pictures = dict[str, Picture]


def make_case(linker: EntityLinker, mention: Mention, gold: str = "", caption: str = "") -> Case:
    """The case of one mention.

    Args:
        gold: identifier of the right entity, `""` where it is unknown.

    Raises:
        InputError: the mention or its picture cannot be used, or `gold` is not in the knowledge
            base.
    """
    pictures: Pictures = {}
    answer = _answer(linker, mention, gold, pictures)
    return Case(answer, gold, caption, origin(linker), pictures=pictures)


def with_what_if(case: Case, linker: EntityLinker, label: str, mention: Mention) -> Case:
    """The case with one more variant of its input below it."""
    pictures = dict(case.pictures)
    answer = _answer(linker, mention, case.gold, pictures)
    what_ifs = (*case.what_ifs, WhatIf(label, answer))
    return replace(case, what_ifs=what_ifs, pictures=pictures)


def with_heatmaps(
    case: Case,
    explainer: Explainer,
    mention: Mention,
    progress: Callable[[float], None] | None = None,
) -> Case:
    """The case with the attribution of its best entity over both pictures."""
    best = case.answer.top("total")[0]
    explanation = explainer.explain(mention, best.id, progress=progress)
    views = [v for v in (explanation.mention, explanation.candidate) if v.image is not None]
    values = [abs(v) for view in views if view.attribution for v in view.attribution.patches]
    keys = {"mention": case.answer.picture, "entity": best.picture}
    heat = tuple(
        _heat(view, view.attribution, keys[view.side], max(values))
        for view in views
        if view.attribution is not None and keys[view.side]
    )
    return replace(case, heat=heat)


def origin(linker: EntityLinker) -> Origin:
    """Which model and knowledge base answer, with their fingerprints."""
    digest = hashlib.sha256()
    for column in ("id", "name", "description"):
        digest.update("\0".join(linker.index.entities.column(column)).encode())
    return Origin(
        linker.model_name,
        linker.index.model,
        linker.kb_name,
        digest.hexdigest()[:16],
        linker.entities,
        linker.card.temperature,
        versions(),
        METHOD,
    )


@torch.inference_mode()
def _answer(linker: EntityLinker, mention: Mention, gold: str, pictures: Pictures) -> Answer:
    mention = check_mention(mention)
    assert mention.span is not None
    own = [linker.index.entities.row(gold)] if gold else []
    picture = _keep(pictures, _mention_picture(mention.image)) if mention.image else ""
    side, truncated = linker.mention_side([mention])
    query = linker.index.query(side)
    top = min(TOP, linker.entities)
    first = {name: query.top(top, RANK_BY[name]).rows[0].tolist() for name in LISTS}
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
    )


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

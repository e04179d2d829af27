"""The frozen records that travel between the rooms. Nothing here computes."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

UNITS = ("tglu", "vdlu", "cmfu")


@dataclass(frozen=True)
class Mention:
    """A marked surface form in a sentence, with the picture beside it.

    Attributes:
        surface: the words that are linked, for example `Norway`.
        sentence: the sentence around them.
        image: path of the picture; `None` when there is none.
        span: character offsets `[start, end)` of the surface form in the sentence; `None` when
            it is not a substring of it (an ordinary case in published data).
        id: the data set's identifier, `""` for a user's own.
    """

    surface: str
    sentence: str
    image: Path | None = None
    span: tuple[int, int] | None = None
    id: str = ""


@dataclass(frozen=True)
class Entity:
    """One entry of a knowledge base: identifier, name, facts as text, path of its picture."""

    id: str
    name: str
    description: str
    image: Path | None = None


@dataclass(frozen=True)
class UnitScores:
    """Raw scores of one pair: unnormalised dot products, not comparable between units."""

    tglu: float
    vdlu: float
    cmfu: float


@dataclass(frozen=True)
class Gates:
    """The gates of one pair: signed numbers in (-1, 1), or (0, 1) with `sigmoid_concat`."""

    vdlu_entity_to_mention: float
    vdlu_mention_to_entity: float
    cmfu_mention: float
    cmfu_entity: float


@dataclass(frozen=True)
class Candidate:
    """One ranked entity.

    Attributes:
        rank: from 1, in the order asked for.
        score: mean of the three units.
        probability: softmax of score / T over the whole knowledge base, in [0, 1].
        unit_ranks: rank of the entity in the whole knowledge base by each unit alone.
    """

    rank: int
    entity: Entity
    score: float
    probability: float
    units: UnitScores
    unit_ranks: UnitScores
    gates: Gates


@dataclass(frozen=True)
class LinkResult:
    """The answer for one mention.

    Attributes:
        image: `ok`, or `missing` when the mention came without a picture.
        truncated: whether the text was longer than the tokenizer's limit.
        entities: size of the knowledge base, all of it ranked.
    """

    image: str
    truncated: bool
    entities: int
    candidates: tuple[Candidate, ...]


def result_record(result: LinkResult) -> dict[str, Any]:
    """The answer as plain JSON, the same on the command line and over HTTP."""
    return {
        "image": result.image,
        "truncated": result.truncated,
        "entities": result.entities,
        "candidates": [_candidate_record(candidate) for candidate in result.candidates],
    }


def _candidate_record(candidate: Candidate) -> dict[str, Any]:
    ranks = asdict(candidate.unit_ranks)
    return {
        "rank": candidate.rank,
        "id": candidate.entity.id,
        "name": candidate.entity.name,
        "description": candidate.entity.description,
        "score": candidate.score,
        "probability": candidate.probability,
        "units": asdict(candidate.units),
        "unit_ranks": {unit: int(rank) for unit, rank in ranks.items()},
        "gates": asdict(candidate.gates),
    }

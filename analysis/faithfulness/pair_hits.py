"""Whether the strongest pair of words and patches joins what decides on both sides."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from analysis.faithfulness.evidence import LEAST
from mimic.schema import Entity, Word


@dataclass(frozen=True)
class PairHit:
    """How a pair's cells meet the evidence.

    Attributes:
        hit: 1 when the strongest cell joins evidence of the mention with a fact or a part of the
            entity that tells it from others of its name, else 0.
        chance: share of the cells that do: the hit of a random one.
    """

    hit: float
    chance: float


def pair_hit(
    cells: np.ndarray, mention: Sequence[bool | None], entity: Sequence[bool | None]
) -> PairHit:
    """Of cells `[words and patches of the mention, of the entity]`; what is `None` takes no part.

    A cell of 0 takes none either: the target does not join the two.
    """
    rows = [row for row, mark in enumerate(mention) if mark is not None]
    columns = [column for column, mark in enumerate(entity) if mark is not None]
    part = cells[np.ix_(rows, columns)]
    joined = np.outer([mention[row] for row in rows], [entity[column] for column in columns])
    taking = part != 0
    if not taking.any():
        return PairHit(0.0, 0.0)
    best = np.where(taking, part, -np.inf).argmax()
    return PairHit(float(joined.flat[best]), float(joined[taking].mean()))


def matching_facts(
    words: Sequence[Word], entity: Entity, bearers: Iterable[Entity]
) -> list[bool | None]:
    """For each word of an entity whether it tells it from most others of its name.

    Its name itself, which all of them share, takes no part.

    Args:
        bearers: entities of the same name; the entity itself may be among them.
    """
    others = [_words(other.description) for other in bearers if other.id != entity.id]

    def tells(word: Word) -> bool:
        sharing = sum(word.text.lower() in other for other in others)
        return bool(_words(word.text)) and sharing <= len(others) / 2

    return [None if word.part == "name" else tells(word) for word in words]


def evident_patches(shares: np.ndarray) -> list[bool | None]:
    """Whether each patch shows evidence, of the shares of its pixels that do."""
    return [bool(share >= LEAST) for share in shares]


def _words(text: str) -> set[str]:
    return set(re.findall(r"\w+", text.lower()))

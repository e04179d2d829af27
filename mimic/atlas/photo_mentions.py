"""Which mentions come with a user's photographs: who is meant, what is said, what decides."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial

import numpy as np

from mimic.atlas.ambiguity import told_by_words
from mimic.atlas.facts.entities import candidates_by_surface
from mimic.atlas.mentions import (
    UNKNOWN,
    Case,
    Order,
    always,
    deal,
    entity_pool,
    further_sentences,
    named,
    unique_sentence,
)
from mimic.atlas.photographs import STEM, Photograph
from mimic.atlas.records import SPORTS, AtlasEntity
from mimic.atlas.words.wording import SPLITS

#: Label -> mentions for each photograph that can carry it.
TIMES: dict[str, float] = {"photo": 2, "conflict": 0.5, "text": 1, UNKNOWN: 1}
TRAIN_TIMES: dict[str, float] = {"photo": 6, "conflict": 2, "text": 4, UNKNOWN: 5}
#: As which of the other labels a sentence is written.
SAID_AS = {"photo": "image", "conflict": "conflict", "text": "text", UNKNOWN: "image"}

Dealt = tuple[str, Case, Photograph]


def photo_orders(
    seed: int, photographs: Sequence[Photograph], others: Sequence[Order]
) -> list[Order]:
    """The mentions with photographs, split by split; the same for the same arguments.

    Four labels: `photo`, the sentence fits every bearer of the name and the photograph is of the
    sport that only the answer plays; `conflict`, the sentence decides and the photograph is of
    something else; `text`, the sentence decides and the photograph says nothing; `unknown`, neither
    decides.

    Args:
        others: mentions whose sentences no other split may have.
    """
    taken = {text: o.split for o in others for text in (o.sentence.text, *o.paraphrases)}
    made: list[Order] = []
    for number, split in enumerate(SPLITS):
        rng = np.random.default_rng(np.random.SeedSequence([seed, 5, number]))
        dealt = list(_dealt([p for p in photographs if p.split == split], split, rng))
        for index, place in enumerate(rng.permutation(len(dealt))):
            label, case, photograph = dealt[place]
            said = unique_sentence(case, SAID_AS[label], split, rng, taken)
            again = further_sentences(case, SAID_AS[label], split, rng, taken)
            made.append(
                Order(f"{STEM}{split}-{index:05d}", split, label, case.entity, case.surface, said,
                      None, None, again, photograph.name)
            )  # fmt: skip
    return made


def _dealt(photographs: list[Photograph], split: str, rng: np.random.Generator) -> Iterator[Dealt]:
    """Label, who is meant and what is shown of a split's mentions, by label."""
    times = TRAIN_TIMES if split == "train" else TIMES
    contrary = _turns(photographs, times["conflict"])
    for sport in SPORTS:
        turns = _turns([p for p in photographs if p.sport == sport], times["photo"])
        yield from _cases("photo", turns, partial(_plays, sport=sport), rng)
        turns = [p for p in contrary if p.sport == sport]
        half = len(turns) // 2
        yield from _cases("conflict", turns[:half], partial(_shares_name, sport=sport), rng)
        yield from _cases("conflict", turns[half:], partial(_plays_not, sport=sport), rng)
    others = [p for p in photographs if not p.sport]
    yield from _cases("conflict", [p for p in contrary if not p.sport], _anybody, rng)
    for label in ("text", UNKNOWN):
        yield from _cases(label, _turns(others, times[label]), _anybody, rng)


def _turns(photographs: list[Photograph], times: float) -> list[Photograph]:
    """All photographs, again and again; with `times` below 1 only one in so many."""
    return photographs * int(times) if times >= 1 else photographs[:: round(1 / times)]


def _cases(
    label: str,
    turns: list[Photograph],
    fits: Callable[[AtlasEntity], bool],
    rng: np.random.Generator,
) -> list[Dealt]:
    """Deals entities to photographs, evenly; equal ones lie side by side, so that a photograph
    that has several turns, one in each round, meets others in each."""
    rule = always if label == UNKNOWN else told_by_words
    pool = [pair for pair in zip(*entity_pool(rule), strict=True) if fits(pair[0])]
    entities, weights = zip(*pool, strict=True)
    dealt = zip(deal(entities, weights, len(turns), rng), turns, strict=True)
    return [(label, named(entity, rng, rule), photograph) for entity, photograph in dealt]


def _anybody(entity: AtlasEntity) -> bool:
    return True


def _plays(entity: AtlasEntity, sport: str) -> bool:
    return entity.sport == sport


def _plays_not(entity: AtlasEntity, sport: str) -> bool:
    return entity.sport != sport


def _shares_name(entity: AtlasEntity, sport: str) -> bool:
    """Whether another bearer of the name, but not the entity, is a team in this sport."""
    bearers = candidates_by_surface()[entity.name]
    return _plays_not(entity, sport) and any(_plays(bearer, sport) for bearer in bearers)

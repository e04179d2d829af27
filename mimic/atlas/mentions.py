"""Which mentions Atlas has: who is meant, what is said, what picture is taken, what decides.

Only words and orders for pictures are made here; `dataset.py` has the pictures drawn.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np

from mimic.atlas.ambiguity import (
    Combination,
    combinations,
    one_sided,
    shared_by_states,
    shares,
    told_by_words,
    venue_is_telling,
)
from mimic.atlas.drawing.scenes import Shot
from mimic.atlas.facts.entities import candidates_by_surface, entities
from mimic.atlas.records import AtlasEntity
from mimic.atlas.words.sentences import LABELS, Sentence, sentence
from mimic.atlas.words.wording import SPLITS
from mimic.data.layout import NIL

#: Share of `text` mentions without a picture, of `image` and `conflict` mentions in a neutral
#: setting, of `both` mentions whose surface form belongs to several states, of test pictures in
#: the held-out style, of mentions that use an alias where there is one.
MISSING, NEUTRAL, CONFLICT_NEUTRAL, SHARED_SURFACE, HELD_OUT, ALIAS = 0.4, 0.7, 0.5, 0.22, 0.34, 0.3
#: Further sentences of each train mention: a model that meets one sentence again and again learns
#: by heart what it cannot know from it.
PARAPHRASES = 5
#: Label of the mentions that neither their sentence nor their photograph decides.
UNKNOWN = "unknown"
#: Countries take part in `both` when the best guess from one side alone stays below this.
ONE_SIDED_LIMIT = 0.62


@dataclass(frozen=True)
class Picture:
    """An order for a picture.

    Attributes:
        parts: what is kept as masks, where it can be seen: the evidence.
        needs: parts that must be clearly visible.
        low, high: bounds for the share of the picture that `needs` covers (all `parts`, when
            nothing is needed in particular).
    """

    shot: Shot
    parts: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    low: float = 0.0
    high: float = 1.0


@dataclass(frozen=True)
class Order:
    """A mention before its picture is drawn.

    Attributes:
        picture: None when the mention has none, or a photograph.
        vocabulary: key of `records.VOCABULARIES` when the sentence keeps to that, else None.
        paraphrases: other sentences with the same label, for training.
        photograph: file name of the photograph that the mention comes with, else `""`.
    """

    id: str
    split: str
    label: str
    entity: AtlasEntity
    surface: str
    sentence: Sentence
    picture: Picture | None
    vocabulary: str | None = None
    paraphrases: tuple[str, ...] = ()
    photograph: str = ""

    @property
    def answer(self) -> str:
        """The entity's id; `nil` where nobody can tell who is meant."""
        return NIL if self.label == UNKNOWN else self.entity.id

    @property
    def image(self) -> str:
        """File name of the mention's picture, `""` for none."""
        return self.photograph or (f"{self.id}.jpg" if self.picture else "")


@dataclass(frozen=True)
class Case:
    """An entity, the surface form it goes by, and the open vocabulary for `both`."""

    entity: AtlasEntity
    surface: str
    vocabulary: str | None = None

    @property
    def candidates(self) -> tuple[AtlasEntity, ...]:
        return candidates_by_surface()[self.surface]


def orders(seed: int, sizes: Sequence[int]) -> list[Order]:
    """All mentions of the three splits, in order; the same for the same seed and sizes.

    A sentence that an earlier split has is written anew.
    """
    taken: dict[str, str] = {}
    made: list[Order] = []
    for number, (split, size) in enumerate(zip(SPLITS, sizes, strict=True)):
        rng = np.random.default_rng(np.random.SeedSequence([seed, 1, number]))
        others = np.random.default_rng(np.random.SeedSequence([seed, 4, number]))
        for index, (label, case) in enumerate(_cases(size, rng)):
            said = unique_sentence(case, label, split, rng, taken)
            picture = _picture(case, label, split, rng)
            paraphrases = further_sentences(case, label, split, others, taken)
            ident = f"{split}-{index:05d}"
            made.append(
                Order(ident, split, label, case.entity, case.surface, said, picture,
                      case.vocabulary, paraphrases)
            )  # fmt: skip
    return made


def _cases(size: int, rng: np.random.Generator) -> list[tuple[str, Case]]:
    """`size` labels in equal shares, each with a case, shuffled."""
    dealt: list[tuple[str, Case]] = []
    for i, label in enumerate(LABELS):
        count = size // len(LABELS) + (i < size % len(LABELS))
        dealt += [(label, case) for case in _DEALERS[label](count, rng)]
    return [dealt[i] for i in rng.permutation(len(dealt))]


def deal(
    pool: Sequence[Any], weights: Sequence[float], count: int, rng: np.random.Generator
) -> list[Any]:
    """Draws `count` times in proportion to the weights, as evenly as possible."""
    order = rng.permutation(len(pool))
    edges = np.cumsum(np.asarray(weights, float)[order])
    marks = (np.arange(count) + rng.random()) / max(count, 1) * edges[-1]
    return [pool[order[i]] for i in np.minimum(np.searchsorted(edges, marks), len(pool) - 1)]


# --- who is meant ----------------------------------------------------------------------------


def _deal_told(count: int, rng: np.random.Generator) -> list[Case]:
    return [
        named(entity, rng, told_by_words)
        for entity in deal(*entity_pool(told_by_words), count, rng)
    ]


def _deal_shown(count: int, rng: np.random.Generator) -> list[Case]:
    return [named(entity, rng, always) for entity in deal(*entity_pool(always), count, rng)]


def _deal_both(count: int, rng: np.random.Generator) -> list[Case]:
    shared = round(count * SHARED_SURFACE)
    pool, weights = _open_cases()
    cases = _shared_cases()
    dealt = [
        named(c.team, rng, _own, c.vocabulary) for c in deal(pool, weights, count - shared, rng)
    ]
    return [*dealt, *deal(cases, [1.0] * len(cases), shared, rng)]


Rule = Callable[[AtlasEntity, tuple[AtlasEntity, ...]], bool]


def always(entity: AtlasEntity, candidates: tuple[AtlasEntity, ...]) -> bool:
    return True


def _own(entity: AtlasEntity, candidates: tuple[AtlasEntity, ...]) -> bool:
    return not any(c.country not in ("", entity.country) for c in candidates)


_DEALERS: dict[str, Callable[[int, np.random.Generator], list[Case]]] = {
    "text": _deal_told, "image": _deal_shown, "both": _deal_both, "conflict": _deal_told,
}  # fmt: skip


def _surfaces(entity: AtlasEntity, rule: Rule) -> list[str]:
    forms = dict.fromkeys((entity.name, *entity.aliases))
    found = candidates_by_surface()
    return [form for form in forms if form in found and rule(entity, found[form])]


@cache
def entity_pool(rule: Rule) -> tuple[list[AtlasEntity], list[float]]:
    """Entities that the rule admits. Those with few candidates count less, so that a guess among
    the candidates is right less often."""
    pool = [entity for entity in entities() if _surfaces(entity, rule)]
    sizes = [len(candidates_by_surface()[_surfaces(entity, rule)[0]]) for entity in pool]
    return pool, [min(1.0, (size - 1) / 2) for size in sizes]


def named(
    entity: AtlasEntity, rng: np.random.Generator, rule: Rule, vocabulary: str | None = None
) -> Case:
    forms = _surfaces(entity, rule)
    use_alias = len(forms) > 1 and rng.random() < ALIAS
    return Case(entity, forms[int(rng.integers(1, len(forms)))] if use_alias else forms[0],
                 vocabulary)  # fmt: skip


@cache
def _open_cases() -> tuple[list[Combination], list[float]]:
    """Combinations of vocabulary and venue in the countries where both sides leave much open."""
    teams: dict[str, list[AtlasEntity]] = {}
    for entity in entities():
        if entity.sport and _surfaces(entity, _own):
            teams.setdefault(entity.country, []).append(entity)
    pool: list[Combination] = []
    weights: list[float] = []
    for group in teams.values():
        options = combinations(group)
        if not options or max(one_sided(options, shares(options))) > ONE_SIDED_LIMIT:
            continue
        pool += options
        weights += [float(w) * len({o.team.id for o in options}) for w in shares(options)]
    return pool, weights


@cache
def _shared_cases() -> list[Case]:
    """Teams whose surface form and sport fit several states: the flag must tell which."""
    return [
        Case(entity, surface)
        for surface, group in candidates_by_surface().items()
        for entity in group
        if entity.sport and shared_by_states(entity, group)
    ]


# --- what is said and shown ------------------------------------------------------------------


def unique_sentence(
    case: Case, label: str, split: str, rng: np.random.Generator, taken: dict[str, str]
) -> Sentence:
    """A sentence that no other split has, and, if that is easily found, no other mention."""
    for attempt in range(100):
        said = sentence(case.entity, label, split, case.surface, rng, case.vocabulary)
        owner = taken.get(said.text)
        if owner is None or (owner == split and attempt >= 5):
            taken[said.text] = split
            return said
    raise RuntimeError(f"no sentence of its own in {split} for {case.entity.id}")


def further_sentences(
    case: Case, label: str, split: str, rng: np.random.Generator, taken: dict[str, str]
) -> tuple[str, ...]:
    """The paraphrases of a train mention; none in the other splits."""
    again = range(PARAPHRASES if split == "train" else 0)
    return tuple(unique_sentence(case, label, split, rng, taken).text for _ in again)


def _picture(case: Case, label: str, split: str, rng: np.random.Generator) -> Picture | None:
    held_out = split == "test" and rng.random() < HELD_OUT
    if label == "text":
        if rng.random() < MISSING:
            return None
        anybody = entities()[int(rng.integers(len(entities())))]
        return Picture(Shot(anybody, "plain", held_out))
    if label == "conflict":
        show = "neutral" if rng.random() < CONFLICT_NEUTRAL else "full"
        return Picture(Shot(_other(case, rng), show, held_out))
    show = "neutral" if rng.random() < NEUTRAL else "full"
    if label == "image":
        return _telling(case, Shot(case.entity, show, held_out))
    if case.vocabulary is not None:
        shot = Shot(case.entity, "venue", held_out)
        return Picture(shot, ("setting",), ("setting",), 0.1)
    state = next(e for e in entities() if e.country == case.entity.country and not e.sport)
    return Picture(Shot(state, show, held_out), ("flag",), ("flag",), 0.02)


def _telling(case: Case, shot: Shot) -> Picture:
    """Evidence of a picture that decides alone."""
    entity, high = case.entity, 0.28 if shot.show == "neutral" else 1.0
    if not entity.country:
        return Picture(shot, ("subject", "emblem"), (), 0.02, high)
    if not entity.sport:
        return Picture(shot, ("flag",), ("flag",), 0.02, high)
    parts: tuple[str, ...] = ("equipment",)
    needs = parts
    if shot.show == "full" and venue_is_telling(entity, case.candidates):
        parts += ("setting",)
    if shared_by_states(entity, case.candidates):
        parts += ("kit", "flag")
        needs += ("flag",)
    return Picture(shot, parts, needs, 0.02, high)


def _other(case: Case, rng: np.random.Generator) -> AtlasEntity:
    """Another entity: of the same name in half of the cases."""
    same = [c for c in case.candidates if c.id != case.entity.id]
    if rng.random() < 0.5:
        return same[int(rng.integers(len(same)))]
    ids = {c.id for c in case.candidates}
    rest = [e for e in entities() if e.id not in ids]
    return rest[int(rng.integers(len(rest)))]

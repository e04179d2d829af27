"""What each kind of evidence leaves open among the entities behind one surface form.

The rules here say which mentions may carry which label, so that the labels are true by
construction: a `text` sentence names a sport or a kind that only one candidate has; in `both` the
vocabulary of the sentence and the venue of the picture each leave at least two of the country's
teams, and together exactly one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from mimic.atlas.records import SPORTS, VOCABULARIES, AtlasEntity

#: Weight of a combination whose vocabulary has only this answer in its country.
SINGLE_ANSWER = 0.7


@dataclass(frozen=True)
class Combination:
    """A team that a vocabulary and a venue single out together, but neither alone."""

    team: AtlasEntity
    vocabulary: str

    @property
    def venue(self) -> str:
        return SPORTS[self.team.sport][1]


def told_by_words(entity: AtlasEntity, candidates: Iterable[AtlasEntity]) -> bool:
    """Whether naming the sport or the kind of `entity` leaves it alone among the candidates."""
    return [c.id for c in candidates if _topic(c) == _topic(entity)] == [entity.id]


def shared_by_states(entity: AtlasEntity, candidates: Iterable[AtlasEntity]) -> bool:
    """Whether the candidates hold a team of the same sport, or a state, of another country."""
    return any(
        c.country != entity.country and c.country and _topic(c) == _topic(entity)
        for c in candidates
    )


def venue_is_telling(team: AtlasEntity, candidates: Iterable[AtlasEntity]) -> bool:
    """Whether no other team among the candidates plays on the same ground."""
    return not any(c.sport and c.id != team.id and _venue(c) == _venue(team) for c in candidates)


def combinations(teams: Sequence[AtlasEntity]) -> tuple[Combination, ...]:
    """All combinations among the teams of one country, in the order of the tables."""
    found = []
    for key, sports in VOCABULARIES.items():
        fits = [team for team in teams if team.sport in sports]
        for team in fits:
            on_venue = [other for other in teams if _venue(other) == _venue(team)]
            alone = [other.id for other in fits if other in on_venue] == [team.id]
            if alone and len(fits) >= 2 and len(on_venue) >= 2:
                found.append(Combination(team, key))
    return tuple(found)


def shares(options: Sequence[Combination]) -> np.ndarray:
    """Shares of one country's combinations, `[n]`, summing to 1.

    Every team gets the same share, from the vocabulary that leaves the most open, and a tenth of
    it from each other one. A vocabulary with a single answer in this country counts less, since
    whoever has seen enough of them may answer it without the picture.
    """
    answers = Counter(option.vocabulary for option in options)
    main: dict[str, str] = {}
    for option in options:
        held = main.get(option.team.id)
        if held is None or answers[option.vocabulary] > answers[held]:
            main[option.team.id] = option.vocabulary
    weights = np.array(
        [
            (1.0 if main[option.team.id] == option.vocabulary else 0.1)
            * (SINGLE_ANSWER if answers[option.vocabulary] == 1 else 1.0)
            for option in options
        ]
    )
    return weights / weights.sum()


def one_sided(options: Sequence[Combination], weights: np.ndarray) -> tuple[float, float]:
    """What the best guess scores from the vocabulary alone and from the venue alone, 0 to 1."""
    scores = []
    for keys in ([o.vocabulary for o in options], [o.venue for o in options]):
        by_group: dict[str, dict[str, float]] = {}
        for option, key, share in zip(options, keys, weights, strict=True):
            teams = by_group.setdefault(key, {})
            teams[option.team.id] = teams.get(option.team.id, 0.0) + float(share)
        scores.append(sum(max(teams.values()) for teams in by_group.values()))
    return scores[0], scores[1]


def _topic(entity: AtlasEntity) -> tuple[str, str]:
    return entity.kind, entity.sport


def _venue(team: AtlasEntity) -> str:
    return SPORTS[team.sport][1] if team.sport else ""

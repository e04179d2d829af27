"""What a model answers where the picture is a real photograph, with sentences that fit every bearer
of a name."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch

from mimic.atlas.photographs import Photograph, find_photographs
from mimic.data.facts import facts
from mimic.data.layout import Split
from mimic.errors import InputError
from mimic.index.protocol import RANK_BY, queries
from mimic.io.terminal import Progress, Watch
from mimic.linking.linker import EntityLinker
from mimic.linking.nil import confidence
from mimic.linking.splits.evaluate import evaluate
from mimic.metrics import summary
from mimic.schema import UNITS, Entity, Mention

#: They fit a state, each of its teams, and whatever else bears the name.
SENTENCES = ("{} at its best.", "Here is {} again.")
#: Labels of Atlas whose sentence decides alone.
DECIDED = ("text", "conflict")
FIRST = 10  # of VDLU's own list
SEED = 43


class Teams:
    """The national teams of a knowledge base, as its facts tell them.

    Attributes:
        sports: key of the sport (`ice-hockey`) -> rows of all its teams.
        nations: name -> sport -> row, of the nations that have one team in each sport.
    """

    def __init__(self, entities: Sequence[Entity]) -> None:
        self.sports: dict[str, list[int]] = {}
        teams: dict[str, dict[str, int]] = {}
        for row, entity in enumerate(entities):
            told = dict(facts(entity.description)[1])
            if "Sport" in told and "Country" in told:
                sport = told["Sport"].replace(" ", "-")
                self.sports.setdefault(sport, []).append(row)
                named = teams.setdefault(entity.name, {})
                named[sport] = -1 if sport in named else row  # two: nobody knows who is meant
        every = {name: rows for name, rows in teams.items() if rows.keys() == self.sports.keys()}
        self.nations = {name: rows for name, rows in every.items() if min(rows.values()) >= 0}


@dataclass(frozen=True)
class Outcomes:
    """What a model answers about M mentions.

    Attributes:
        ranks: list of `RANK_BY` -> `[M]`, the rank of the right entity; 0 where there is none.
        first: `[M, k]`, rows of VDLU's own first entities, at most `FIRST`.
        doubted: bool `[M]`, whether the model's rule says that no entity is right; `None` for a
            model without one.
    """

    ranks: dict[str, np.ndarray]
    first: np.ndarray
    doubted: np.ndarray | None

    @property
    def right(self) -> np.ndarray:
        """Bool `[M]`: the first entity is the right one."""
        return self.ranks["total"] == 1

    def hits(self, ranked_by: str = "total") -> float:
        """H@1 in percent."""
        return summary(self.ranks[ranked_by])["hits@1"]


def outcomes(
    linker: EntityLinker,
    mentions: Sequence[Mention],
    gold: Sequence[int],
    progress: Progress | None = None,
) -> Outcomes:
    """Asks about mentions whose right entities stand in the rows `gold`, -1 for none. A picture
    that cannot be read is taken as missing."""
    rule, width = linker.nil, min(FIRST, linker.entities)
    right = torch.tensor(gold, device=linker.model.device)
    ranks: dict[str, list[np.ndarray]] = {name: [np.zeros(0, int)] for name in RANK_BY}
    first, doubted = [np.zeros((0, width), int)], [np.zeros(0, bool)]
    sides = queries(
        len(mentions),
        lambda part: linker.mention_side(mentions[part], [])[0],
        linker.index.query,
        progress,
    )
    for part, query in sides:
        own = right[part]
        for name, weights in RANK_BY.items():
            places = query.rank_of(own.clamp(min=0), weights).masked_fill(own < 0, 0)
            ranks[name].append(places.cpu().numpy())
        first.append(query.top(width, RANK_BY["vdlu"]).rows.cpu().numpy())
        if rule is not None:
            values = confidence(query, linker.temperature)[rule.statistic]
            doubted.append(np.array(values) < rule.threshold)
    return Outcomes(
        {name: np.concatenate(some) for name, some in ranks.items()},
        np.concatenate(first),
        None if rule is None else np.concatenate(doubted),
    )


def read_photographs(folder: Path, split: str, teams: Teams) -> list[Photograph]:
    """The photographs of a split.

    Raises:
        InputError: there is none, or one of a sport that the knowledge base does not know.
    """
    every = find_photographs(folder)
    found = [photograph for photograph in every if photograph.split == split]
    if not found:
        others = ", ".join(sorted({photograph.split for photograph in every}))
        raise InputError(f"{folder}: no photographs in {split}; there are some in {others}")
    if unknown := sorted({p.sport for p in found if p.sport} - teams.sports.keys()):
        raise InputError(
            f"{folder}: the knowledge base has no team in {unknown[0]}; its sports are "
            f"{', '.join(sorted(teams.sports))}"
        )
    return found


def shown(photographs: Sequence[Photograph], teams: Teams) -> tuple[list[Mention], list[int]]:
    """Each photograph with each neutral sentence about a nation that the seed draws, and the row of
    its team in the photograph's sport; -1 for a photograph of no sport that is known."""
    names = list(teams.nations)
    pairs = [(photograph, said) for photograph in photographs for said in SENTENCES]
    drawn = np.random.default_rng(SEED).integers(len(names), size=len(pairs))
    mentions, gold = [], []
    for (photograph, said), number in zip(pairs, drawn.tolist(), strict=True):
        name, start = names[number], said.index("{}")
        span = (start, start + len(name))
        mentions.append(Mention(name, said.format(name), photograph.path, span))
        gold.append(teams.nations[name].get(photograph.sport, -1))
    return mentions, gold


def photo(
    linker: EntityLinker, photographs: Sequence[Photograph], teams: Teams, watch: Watch
) -> tuple[dict[str, Any], Outcomes]:
    """The part `photo` of `world`, about photographs of known sports."""
    mentions, gold = shown(photographs, teams)
    found = outcomes(linker, mentions, gold, watch("photographs of sports"))
    sports = [photograph.sport for photograph in photographs for _ in SENTENCES]
    of = np.array(sports)
    pairs = zip(found.first, sports, strict=True)
    near = np.array([bool(np.isin(rows, teams.sports[sport]).any()) for rows, sport in pairs])
    record = {
        "hits@1": found.hits(),
        "by_sport": {sport: _percent(found.right[of == sport]) for sport in sorted(set(sports))},
        f"vdlu_hits@{FIRST}": _percent(near),
        "n": len(mentions),
        "units": {unit: found.hits(unit) for unit in UNITS},
    }
    return record, found


def doubt_rate(
    linker: EntityLinker, photographs: Sequence[Photograph], teams: Teams, watch: Watch
) -> float | None:
    """Of how many photographs of nothing that is known, in percent, doubt is raised."""
    mentions, gold = shown(photographs, teams)
    return _percent(outcomes(linker, mentions, gold, watch("photographs of other things")).doubted)


def right_doubted(found: Sequence[Outcomes]) -> float | None:
    """How many of the right answers among all of them, in percent, are doubted."""
    verdicts = [some.doubted[some.right] for some in found if some.doubted is not None]
    return _percent(np.concatenate(verdicts) if verdicts else None)


def harm(
    linker: EntityLinker, split: Split, photographs: Sequence[Photograph], watch: Watch
) -> float | None:
    """What unrelated photographs take of H@1, in points, where the sentence decides; `None` where
    the split has no labels."""
    labels = zip(split.groups, split.gold, strict=True)
    plain = split.part(
        [i for i, (label, row) in enumerate(labels) if label in DECIDED and row >= 0]
    )
    if not plain.mentions:
        return None
    drawn = np.random.default_rng(SEED).integers(len(photographs), size=len(plain.mentions))
    pairs = zip(plain.mentions, drawn.tolist(), strict=True)
    images = tuple(dataclasses.replace(m, image=photographs[n].path) for m, n in pairs)
    without = evaluate(linker, plain, without="image", progress=watch("mentions alone"))
    beside = evaluate(
        linker,
        dataclasses.replace(plain, mentions=images),
        progress=watch("mentions with unrelated photographs"),
    )
    return without["hits@1"] - beside["hits@1"]


def _percent(verdicts: np.ndarray | None) -> float | None:
    return None if verdicts is None or not len(verdicts) else 100 * float(verdicts.mean())

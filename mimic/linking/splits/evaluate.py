"""Ranks of a whole split against the whole knowledge base, overall and by group."""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import Any

import numpy as np
import torch
from torch import Tensor

from mimic.data.groupings import groupings
from mimic.data.layout import Split
from mimic.errors import InputError
from mimic.index.protocol import BATCH, RANK_BY, Answers, queries
from mimic.io.terminal import Progress
from mimic.linking.linker import EntityLinker
from mimic.linking.nil import Observed
from mimic.linking.splits.candidate_sets import CandidateSets, candidate_sets, protocol
from mimic.linking.splits.second_looks import SecondLooks
from mimic.metrics import summary
from mimic.model.mimic import Side
from mimic.schema import UNITS, Mention

#: What can be taken away from every mention, to see what each side brings.
WITHOUT: dict[str, Callable[[Mention], Mention]] = {
    "image": lambda m: dataclasses.replace(m, image=None),
    "sentence": lambda m: dataclasses.replace(m, sentence=m.surface, span=(0, len(m.surface))),
}

SHOWN = 5  # entities in a row of predictions, unless more are asked for


def evaluate(
    linker: EntityLinker,
    split: Split,
    rank_by: str = "total",
    without: str | None = None,
    batch: int = BATCH,
    progress: Progress | None = None,
    predictions: list[dict[str, Any]] | None = None,
    candidates: str = "all",
    shown: int = SHOWN,
    by_unit: bool = True,
) -> dict[str, Any]:
    """Metrics as percentages 0 to 100 (`mr` is a rank), and the same for groups of mentions.

    `by` holds for each grouping (see `groupings`) the metrics of its groups; `by_group` is its
    `label` in short. A list given as `predictions` receives one row for every mention, also for
    those without an answer: with `rank`, with `by_unit` also `rank_tglu`, `rank_vdlu` and
    `rank_cmfu`, those of the answer by each unit alone (TGLU's own takes longer than all else), and
    `truncated` (the text is longer than the model reads). With
    `candidates` (see `candidate_sets`) each mention is ranked among its own; an answer that is none
    of them counts as missed. `protocol` says among what.

    With a reranker all of it is of the ranking after the second look, but for `nil` and the ranks
    by a unit; `second_look` then has what it changed and the model's own metrics (see
    `SecondLooks.report`), and a row of predictions `first_rank`, the rank before.

    Mentions whose answer is not in the knowledge base are left out and counted in
    `not_in_kb`; pictures that cannot be read are taken as missing and counted in
    `unreadable_images`.

    Raises:
        InputError: an unknown `rank_by` or `without`, a split without a usable mention, or a
            reranker and a `rank_by` that is not the total.
    """
    _check(split, rank_by, without)
    again = _second_looks(linker, rank_by)
    sets = candidate_sets(candidates, split, linker.index.entities)
    units = UNITS if by_unit else ()
    rows = [i for i, gold in enumerate(split.gold) if gold >= 0 or predictions is not None]
    confidences = Observed(len(rows), linker.card.temperature, linker.nil)
    ids = linker.index.entities.column("id") if predictions is not None else []
    ranks: list[float] = []
    troubles: list[str] = []
    truncated: list[bool] = []
    seen = troubles, truncated
    change = WITHOUT[without] if without is not None else lambda mention: mention
    mentions = [change(split.mentions[i]) for i in rows]
    listed = shown if predictions is not None else 0
    more: list[dict[str, Any]] = []
    for part, query, gold in _queries(linker, split, rows, mentions, seen, progress, batch):
        best = partial(_best, sets, query, rows[part], gold)
        places, lists = best(RANK_BY[rank_by], max(listed, again.looked if again else 0))
        if again is not None:
            places, lists, more = again.add(mentions[part], query, gold, places, lists)
        ranks += _known(places, gold)
        if linker.nil is not None:
            among = None if sets is None else sets.among(rows[part], linker.entities)
            confidences.add(query, gold, among)
        if predictions is not None:
            alone = {unit: _known(best(RANK_BY[unit], 0)[0], gold) for unit in units}
            some = _rows(ids, split, rows[part], ranks[part], lists, shown)
            for row, cut, *places in zip(some, truncated[part], *alone.values(), strict=True):
                row |= {f"rank_{unit}": _rank(p) for unit, p in zip(alone, places, strict=True)}
                predictions.append(row | {"truncated": cut})
            for row, columns in zip(
                predictions[len(predictions) - len(some) :], more, strict=False
            ):
                row.update(columns)
    labels = groupings(split, linker.index.entities)
    for i, row in enumerate(predictions or ()):
        row.update({name: column[i] for name, column in labels.items()})
    groups = {name: np.array([column[i] for i in rows]) for name, column in labels.items()}
    nil = None if linker.nil is None else confidences.report(linker.nil)
    report = _report(linker, split, np.array(ranks), groups, sum(map(bool, troubles)), nil)
    looks = {} if again is None else {"second_look": again.report()}
    return report | {"protocol": protocol(sets, split, linker.entities)} | looks


def _second_looks(linker: EntityLinker, rank_by: str) -> SecondLooks | None:
    if linker.reranker is None:
        return None
    if rank_by != "total":
        raise InputError(f"rank-by is {rank_by!r}; a second look goes with the total alone")
    return SecondLooks(linker, linker.reranker)


def _check(split: Split, rank_by: str, without: str | None) -> None:
    if rank_by not in RANK_BY:
        raise InputError(f"rank-by is {rank_by!r}; it must be one of {', '.join(RANK_BY)}")
    if without is not None and without not in WITHOUT:
        raise InputError(f"without is {without!r}; it must be one of {', '.join(WITHOUT)}")
    if max(split.gold, default=-1) < 0:
        raise InputError(f"{split.name}: no mention has its answer in the knowledge base")


def _queries(
    linker: EntityLinker,
    split: Split,
    rows: Sequence[int],
    mentions: Sequence[Mention],
    seen: tuple[list[str], list[bool]],
    progress: Progress | None,
    batch: int = BATCH,
) -> Iterator[tuple[slice, Answers, Tensor]]:
    """As `queries`, about some mentions of a split, with the rows of their entities, -1 for none.

    A picture that cannot be read is taken as missing. `seen` receives why, of each mention, and
    which texts are longer than the model reads.

    Args:
        mentions: those of the rows, as they are asked about.
    """
    troubles, truncated = seen
    gold = torch.tensor([split.gold[i] for i in rows], device=linker.model.device)

    def side(part: slice) -> Side:
        encoded, cut = linker.mention_side(mentions[part], troubles)
        truncated.extend(cut)
        return encoded

    for part, query in queries(len(rows), side, linker.index.query, progress, batch):
        yield part, query, gold[part]


def _best(
    sets: CandidateSets | None,
    query: Answers,
    mentions: Sequence[int],
    gold: Tensor,
    weights: Sequence[float],
    shown: int,
) -> tuple[list[float], list[tuple[list[int], list[float]]]]:
    """As `CandidateSets.best`; among all where there are no sets, and only so many of each list."""
    if sets is not None:
        return sets.best(query, mentions, gold, weights)
    places = query.rank_of(gold.clamp(min=0), weights).tolist()
    if not shown:
        return places, []
    hits = query.top(min(shown, query.size), weights)
    return places, list(zip(hits.rows.tolist(), hits.total.tolist(), strict=True))


def _known(places: Sequence[float], gold: Tensor) -> list[float]:
    """The ranks of the mentions' answers, 0 for none."""
    return [rank if row >= 0 else 0 for rank, row in zip(places, gold.tolist(), strict=True)]


def _rank(place: float) -> int | None:
    """A rank as rows have it: nothing where no answer is known, or it was no candidate."""
    return int(place) if 0 < place < math.inf else None


def _report(
    linker: EntityLinker,
    split: Split,
    ranks: np.ndarray,
    groups: dict[str, np.ndarray],
    unreadable: int,
    nil: dict[str, Any] | None,
) -> dict[str, Any]:
    """What `evaluate` returns.

    Args:
        ranks: of the mentions' answers, 0 for none.
        groups: grouping -> the group of each of these mentions.
    """
    usable = ranks > 0
    by = {name: _by_group(ranks[usable], of[usable]) for name, of in groups.items()}
    short = ("mentions", "hits@1", "mrr")
    return {
        **summary(ranks[usable]),
        "entities": linker.entities,
        "not_in_kb": len(split.mentions) - int(usable.sum()),
        "images": split.image_rules,
        "unreadable_images": unreadable,
        "nil": nil,
        "by_group": {g: {m: row[m] for m in short} for g, row in by.get("label", {}).items()},
        "by": by,
    }


def _rows(
    ids: Sequence[str],
    split: Split,
    part: Sequence[int],
    ranks: Sequence[float],
    lists: Sequence[tuple[list[int], list[float]]],
    shown: int,
) -> list[dict[str, Any]]:
    """The rows of some mentions.

    Args:
        ids: of all entities; ranks: of the mentions' answers, 0 for none, infinite for one that
            was no candidate.
        lists: entities and their scores, best first.
    """
    return [
        {
            "id": split.mentions[i].id,
            "mention": split.mentions[i].surface,
            "answer": ids[split.gold[i]] if split.gold[i] >= 0 else None,
            "rank": _rank(rank),
            "predicted": [ids[row] for row in best[:shown]],
            "scores": scores[:shown],
        }
        for i, rank, (best, scores) in zip(part, ranks, lists, strict=True)
    ]


def _by_group(ranks: np.ndarray, groups: np.ndarray) -> dict[str, dict[str, float]]:
    return {g: summary(ranks[groups == g]) for g in sorted({str(g) for g in groups if g})}

"""Ranks of a whole split against the whole knowledge base, overall and by group."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch

from mimic.data import Split
from mimic.errors import InputError
from mimic.linker import RANK_BY, EntityLinker
from mimic.metrics import summary
from mimic.nil import NilRule, fit, observe, quality
from mimic.query import EQUAL, Query
from mimic.schema import Mention

BATCH = 64  # mentions that are encoded at once
#: What can be taken away from every mention, to see what each side brings.
WITHOUT: dict[str, Callable[[Mention], Mention]] = {
    "image": lambda m: dataclasses.replace(m, image=None),
    "sentence": lambda m: dataclasses.replace(m, sentence=m.surface, span=(0, len(m.surface))),
}


def evaluate(
    linker: EntityLinker,
    split: Split,
    rank_by: str = "total",
    without: str | None = None,
    batch: int = BATCH,
    progress: Callable[[int, int], None] | None = None,
) -> dict[str, Any]:
    """Metrics as percentages 0 to 100 (`mr` is a rank), and the same by label group.

    Mentions whose answer is not in the knowledge base are left out and counted in
    `not_in_kb`; pictures that cannot be read are taken as missing and counted in
    `unreadable_images`. `nil` says how well a mention is told whose entity is not there: half of
    the mentions, whose entity is held out; `None` for a model without a threshold.

    Raises:
        InputError: an unknown `rank_by` or `without`, or a split without a usable mention.
    """
    if rank_by not in RANK_BY:
        raise InputError(f"rank-by is {rank_by!r}; it must be one of {', '.join(RANK_BY)}")
    if without is not None and without not in WITHOUT:
        raise InputError(f"without is {without!r}; it must be one of {', '.join(WITHOUT)}")
    rows = [i for i, gold in enumerate(split.gold) if gold >= 0]
    if not rows:
        raise InputError(f"{split.name}: no mention has its answer in the knowledge base")
    run = _Run(linker, split, rows, without, batch, progress)
    gold = torch.tensor([split.gold[i] for i in rows])
    nil = None
    if linker.nil is None:
        for _ in run.queries(RANK_BY[rank_by]):
            pass
    else:
        said, held = observe(run.queries(RANK_BY[rank_by]), gold, linker.card.temperature)
        nil = _nil(linker.nil, said, held)
    groups = np.array([split.groups[i] for i in rows])
    return {
        **summary(run.found),
        "entities": linker.entities,
        "not_in_kb": len(split.mentions) - len(rows),
        "images": split.image_rules,
        "unreadable_images": run.unreadable,
        "nil": nil,
        "by_group": _by_group(np.array(run.found), groups),
    }


@dataclass
class _Run:
    """One pass over a split, which ranks the gold entities on its way."""

    linker: EntityLinker
    split: Split
    rows: list[int]
    without: str | None
    batch: int
    progress: Callable[[int, int], None] | None
    found: list[int] = dataclasses.field(default_factory=list)
    unreadable: int = 0

    def queries(self, weights: Sequence[float]) -> Iterator[Query]:
        """A query for each batch of mentions."""
        for start in range(0, len(self.rows), self.batch):
            part = self.rows[start : start + self.batch]
            mentions = [self.split.mentions[i] for i in part]
            if self.without is not None:
                mentions = [WITHOUT[self.without](m) for m in mentions]
            readable = [_readable(self.linker, m) for m in mentions]
            self.unreadable += sum(m is not r for m, r in zip(mentions, readable, strict=True))
            side, _ = self.linker.mention_side(readable)
            gold = [self.split.gold[i] for i in part]
            self.found += self.linker.index.rank_of(side, gold, weights)
            if self.progress is not None:
                self.progress(len(self.found), len(self.rows))
            yield self.linker.index.query(side)


def calibrate(
    linker: EntityLinker, split: Split, progress: Callable[[int, int], None] | None = None
) -> NilRule:
    """The threshold below which no entity is right, set on a split with half of its entities held
    out.

    Raises:
        InputError: the split has too few mentions with an answer in the knowledge base.
    """
    rows = [i for i, gold in enumerate(split.gold) if gold >= 0]
    run = _Run(linker, split, rows, None, BATCH, progress)
    gold = torch.tensor([split.gold[i] for i in rows])
    return fit(*observe(run.queries(EQUAL), gold, linker.card.temperature))


def _nil(rule: NilRule, said: dict[str, np.ndarray], held: np.ndarray) -> dict[str, Any]:
    """How well NIL is told with the entities of half of the mentions held out."""
    report = quality(said[rule.statistic] < rule.threshold, held)
    how = {"statistic": rule.statistic, "threshold": rule.threshold}
    return {"held_out": int(held.sum()), **report, **how}


def _by_group(found: np.ndarray, groups: np.ndarray) -> dict[str, dict[str, float]]:
    report = {}
    for label in sorted({str(g) for g in groups if g}):
        metrics = summary(found[groups == label])
        report[label] = {name: metrics[name] for name in ("mentions", "hits@1", "mrr")}
    return report


def _readable(linker: EntityLinker, mention: Mention) -> Mention:
    if mention.image is None:
        return mention
    try:
        linker.processor.pictures([mention.image])
    except InputError:
        return dataclasses.replace(mention, image=None)
    return mention

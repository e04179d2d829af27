"""Ranks of a whole split against the whole knowledge base, overall and by group."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from typing import Any

import numpy as np

from mimic.data import Split
from mimic.errors import InputError
from mimic.linker import RANK_BY, EntityLinker
from mimic.metrics import summary
from mimic.schema import Mention

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
    batch: int = 64,
    progress: Callable[[int, int], None] | None = None,
) -> dict[str, Any]:
    """Metrics as percentages 0 to 100 (`mr` is a rank), and the same by label group.

    Mentions whose answer is not in the knowledge base are left out and counted in
    `not_in_kb`; pictures that cannot be read are taken as missing and counted in
    `unreadable_images`.

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
    found: list[int] = []
    unreadable = 0
    for start in range(0, len(rows), batch):
        part = rows[start : start + batch]
        mentions = [split.mentions[i] for i in part]
        if without is not None:
            mentions = [WITHOUT[without](m) for m in mentions]
        readable = [_readable(linker, m) for m in mentions]
        unreadable += sum(m is not r for m, r in zip(mentions, readable, strict=True))
        side, _ = linker.mention_side(readable)
        found += linker.index.rank_of(side, [split.gold[i] for i in part], RANK_BY[rank_by])
        if progress is not None:
            progress(len(found), len(rows))
    groups = np.array([split.groups[i] for i in rows])
    return {
        **summary(found),
        "entities": linker.entities,
        "not_in_kb": len(split.mentions) - len(rows),
        "images": split.image_rules,
        "unreadable_images": unreadable,
        "by_group": _by_group(np.array(found), groups),
    }


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

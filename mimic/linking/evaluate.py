"""Ranks of a whole split against the whole knowledge base, overall and by group."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch

from mimic.data.groupings import groupings
from mimic.data.layout import Split
from mimic.errors import InputError
from mimic.index.query import Hits
from mimic.io.cells import csv_text
from mimic.io.files import write_whole
from mimic.linking.linker import RANK_BY, EntityLinker
from mimic.linking.nil import NilRule, Observed
from mimic.metrics import summary
from mimic.schema import Mention

BATCH = 64  # mentions that are encoded at once
#: What can be taken away from every mention, to see what each side brings.
WITHOUT: dict[str, Callable[[Mention], Mention]] = {
    "image": lambda m: dataclasses.replace(m, image=None),
    "sentence": lambda m: dataclasses.replace(m, sentence=m.surface, span=(0, len(m.surface))),
}

SHOWN = 5  # entities in a row of predictions
FEWEST = 3  # entities for a threshold


def evaluate(
    linker: EntityLinker,
    split: Split,
    rank_by: str = "total",
    without: str | None = None,
    batch: int = BATCH,
    progress: Callable[[int, int], None] | None = None,
    predictions: list[dict[str, Any]] | None = None,
) -> dict[str, Any]:
    """Metrics as percentages 0 to 100 (`mr` is a rank), and the same for groups of mentions.

    `by` holds for each grouping (see `groupings`) the metrics of its groups; `by_group` is its
    `label` in short. A list given as `predictions` receives one row for every mention, also for
    those without an answer.

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
    rows = [i for i, gold in enumerate(split.gold) if gold >= 0 or predictions is not None]
    if max(split.gold, default=-1) < 0:
        raise InputError(f"{split.name}: no mention has its answer in the knowledge base")
    found: list[int] = []
    seen = Observed(len(rows), linker.card.temperature)
    ids = linker.index.entities.column("id") if predictions is not None else []
    unreadable = 0
    for start in range(0, len(rows), batch):
        part = rows[start : start + batch]
        mentions = [split.mentions[i] for i in part]
        if without is not None:
            mentions = [WITHOUT[without](m) for m in mentions]
        readable = [_readable(linker, m) for m in mentions]
        unreadable += sum(m is not r for m, r in zip(mentions, readable, strict=True))
        side, _ = linker.mention_side(readable)
        gold = torch.tensor([split.gold[i] for i in part], device=linker.model.device)
        query = linker.index.query(side)
        places = query.rank_of(gold.clamp(min=0), RANK_BY[rank_by]).tolist()
        found += [place if split.gold[i] >= 0 else 0 for i, place in zip(part, places, strict=True)]
        if linker.nil is not None:
            seen.add(query, gold)
        if predictions is not None:
            hits = query.top(min(SHOWN, linker.entities), RANK_BY[rank_by])
            predictions += _rows(ids, split, part, found[start:], hits)
        if progress is not None:
            progress(len(found), len(rows))
    groups = groupings(split, linker.index.entities)
    if predictions is not None:
        for name, labels in groups.items():
            for row, label in zip(predictions, labels, strict=True):
                row[name] = label
    ranked = np.array(found)
    answered = ranked > 0
    by = {
        name: _by_group(ranked[answered], np.array([labels[i] for i in rows])[answered])
        for name, labels in groups.items()
    }
    short = ("mentions", "hits@1", "mrr")
    return {
        **summary(ranked[answered]),
        "entities": linker.entities,
        "not_in_kb": len(split.mentions) - int(answered.sum()),
        "images": split.image_rules,
        "unreadable_images": unreadable,
        "nil": None if linker.nil is None else seen.report(linker.nil),
        "by_group": {g: {m: row[m] for m in short} for g, row in by.get("label", {}).items()},
        "by": by,
    }


def calibrate(
    linker: EntityLinker, split: Split, progress: Callable[[int, int], None] | None = None
) -> NilRule:
    """The threshold below which no entity is right, set on a split with half of its entities held
    out.

    Raises:
        InputError: the split has too few mentions with an answer in the knowledge base, which has
            too few entities, or no threshold tells anything.
    """
    if linker.entities < FEWEST:
        raise InputError(
            f"calibrate: the knowledge base has {linker.entities} entities; it needs {FEWEST}, for "
            "of two that are left when one is held out the better must lead by something"
        )
    rows = [i for i, gold in enumerate(split.gold) if gold >= 0]
    seen = Observed(len(rows), linker.card.temperature)
    for start in range(0, len(rows), BATCH):
        part = rows[start : start + BATCH]
        side, _ = linker.mention_side([_readable(linker, split.mentions[i]) for i in part])
        gold = torch.tensor([split.gold[i] for i in part], device=linker.model.device)
        seen.add(linker.index.query(side), gold)
        if progress is not None:
            progress(start + len(part), len(rows))
    return seen.fit()


def write_predictions(file: Path, rows: Sequence[dict[str, Any]]) -> None:
    """One row for each mention: CSV for spreadsheets, or JSON lines where the name ends so.

    `id`, `mention`, `answer`, `rank` (of the answer), `predicted` and `scores` (the first five
    entities), and the mention's group in every grouping. In CSV lists have `;` between their
    parts, or are JSON where a part holds one; formulas are defused (see `mimic.io.cells`).

    Raises:
        InputError: it cannot be written.
    """
    if file.suffix == ".jsonl":
        lines = (json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
        write_whole(file, "".join(lines).encode())
    else:
        text = csv_text(list(rows[0]), (row.values() for row in rows))
        write_whole(file, text.encode("utf-8-sig"))


def _rows(
    ids: Sequence[str], split: Split, part: Sequence[int], ranks: Sequence[int], hits: Hits
) -> list[dict[str, Any]]:
    """The rows of some mentions.

    Args:
        ids: of all entities; ranks: of the mentions' answers, 0 for none.
    """
    return [
        {
            "id": split.mentions[i].id,
            "mention": split.mentions[i].surface,
            "answer": ids[split.gold[i]] if split.gold[i] >= 0 else None,
            "rank": rank or None,
            "predicted": [ids[row] for row in best],
            "scores": scores,
        }
        for i, rank, best, scores in zip(
            part, ranks, hits.rows.tolist(), hits.total.tolist(), strict=True
        )
    ]


def _by_group(found: np.ndarray, groups: np.ndarray) -> dict[str, dict[str, float]]:
    return {g: summary(found[groups == g]) for g in sorted({str(g) for g in groups if g})}


def _readable(linker: EntityLinker, mention: Mention) -> Mention:
    if mention.image is None:
        return mention
    try:
        linker.processor.pictures([mention.image])
    except InputError:
        return dataclasses.replace(mention, image=None)
    return mention

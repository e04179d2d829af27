"""How good a model in training is: ranks on dev against the whole knowledge base."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import torch
from torch import Tensor

from mimic.index.fast_units import FastUnits
from mimic.index.protocol import queries
from mimic.index.query import Query
from mimic.model.mimic import Side
from mimic.training.run import Run
from mimic.training.run_data import RunData


@torch.inference_mode()
def entity_side(run: Run, data: RunData) -> Side:
    """The entity side of the whole knowledge base."""
    run.model.eval()
    side: list[Any] = []
    for rows in torch.arange(len(data.entities)).split(256):
        features = data.entities.plain(run.model, rows)
        side.append(run.model.entity_side(features))
    return {u: {n: torch.cat([s[u][n] for s in side]) for n in side[0][u]} for u in side[0]}


def dev_rows(data: RunData, limit: int | None = None) -> Tensor:
    """The mentions of dev with an answer; with a limit that many, spread over the split."""
    rows = (torch.tensor(data.splits["dev"].gold) >= 0).nonzero()[:, 0]
    if limit is None or limit >= len(rows):
        return rows
    return rows[torch.linspace(0, len(rows) - 1, limit).long()]


def dev_ranks(run: Run, data: RunData, side: Side, rows: Tensor) -> np.ndarray:
    """Ranks from 1 `[M]` of these mentions' answers among all entities."""
    return np.concatenate(
        [
            query.rank_of(gold).numpy(force=True)
            for query, gold in dev_queries(run, data, side, rows)
        ]
    )


def dev_scores(run: Run, data: RunData, side: Side, rows: Tensor) -> tuple[Tensor, Tensor]:
    """Scores `[M, E]` of these mentions with all entities, and the gold rows `[M]`."""
    pairs = ((q.scores()["score"].cpu(), g.cpu()) for q, g in dev_queries(run, data, side, rows))
    scores, gold = zip(*pairs, strict=True)
    return torch.cat(scores), torch.cat(gold)


def dev_queries(
    run: Run, data: RunData, side: Side, rows: Tensor
) -> Iterator[tuple[Query, Tensor]]:
    """What can be asked about these mentions and all entities, and their gold rows, some at a
    time."""
    run.model.eval()
    units = FastUnits(run.model)
    block = units.stored(side)
    dev, gold = data.mentions["dev"], torch.tensor(data.splits["dev"].gold)[rows]

    def mentions(part: slice) -> Side:
        return run.model.mention_side(dev.plain(run.model, rows[part]))

    for part, query in queries(len(rows), mentions, lambda own: Query(units, own, [block])):
        yield query, gold[part].to(run.model.device)


def by_label(data: RunData, rows: Tensor, ranks: np.ndarray) -> str:
    """H@1 of the label groups of dev as text, `""` where there are none."""
    labels = np.array(data.splits["dev"].groups)[rows.numpy()]
    shares = (f"{g} {(ranks[labels == g] == 1).mean() * 100:.1f}" for g in sorted(set(labels)) if g)
    return "  H@1 by group: " + ", ".join(shares) if any(labels) else ""

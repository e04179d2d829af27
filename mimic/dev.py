"""How good a model in training is: ranks on dev against the whole knowledge base."""

from __future__ import annotations

from typing import Any

import numpy as np
import torch
from torch import Tensor

from mimic.fast_units import FastUnits
from mimic.model import Side
from mimic.query import Query
from mimic.run import Run


def fit_temperature(scores: Tensor, gold: Tensor) -> float:
    """The T that makes softmax(score / T) most likely on the given mentions, within 1 %."""
    grid = torch.logspace(-1, 3, 1000, dtype=torch.float64)
    scores = scores.double()
    losses = [torch.nn.functional.cross_entropy(scores / t, gold).item() for t in grid[::20]]
    near = max(0, int(np.argmin(losses)) * 20 - 20)
    fine = grid[near : near + 41 : 2]
    losses = [torch.nn.functional.cross_entropy(scores / t, gold).item() for t in fine]
    return float(fine[int(np.argmin(losses))])


@torch.inference_mode()
def entity_side(run: Run) -> Side:
    """The entity side of the whole knowledge base."""
    run.model.eval()
    side: list[Any] = []
    for rows in torch.arange(len(run.entities)).split(256):
        pixels = run.entities.pixels(rows, run.processor)
        side.append(run.model.entity_side(run.entities.features(run.model, rows, pixels)))
    return {u: {n: torch.cat([s[u][n] for s in side]) for n in side[0][u]} for u in side[0]}


def dev_rows(run: Run, limit: int = 0) -> Tensor:
    """The mentions of dev with an answer; with a limit that many, spread over the split."""
    rows = (torch.tensor(run.splits["dev"].gold) >= 0).nonzero()[:, 0]
    if not limit or limit >= len(rows):
        return rows
    return rows[torch.linspace(0, len(rows) - 1, limit).long()]


@torch.inference_mode()
def dev_scores(run: Run, side: Side, rows: Tensor) -> tuple[Tensor, Tensor]:
    """Scores `[M, E]` of these mentions of dev with all entities, and the gold rows `[M]`."""
    run.model.eval()
    units = FastUnits(run.model)
    block = units.stored(side)
    dev, gold = run.mentions["dev"], torch.tensor(run.splits["dev"].gold)
    parts = []
    for some in rows.split(64):
        features = dev.features(run.model, some, dev.pixels(some, run.processor))
        query = Query(units, run.model.mention_side(features), [block])
        parts.append(query.scores()["score"].cpu())
    return torch.cat(parts), gold[rows]


def by_label(run: Run, rows: Tensor, found: np.ndarray) -> str:
    """H@1 of the label groups of dev, as text."""
    labels = np.array(run.splits["dev"].groups)[rows.numpy()]
    shown = (f"{g} {(found[labels == g] == 1).mean() * 100:.1f}" for g in sorted(set(labels)) if g)
    return ", ".join(shown)

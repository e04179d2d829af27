"""A first lesson for a vision model without pretraining: name the entity and its facts.

In-batch contrast teaches a random vision model slowly when most sentences decide without the
picture. So it first learns to tell from a picture what the knowledge base says of its entity:
the name, and every fact of the form `Key: value.` that enough entities share.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from mimic.data.facts import facts
from mimic.data.layout import Split
from mimic.schema import Entity


def fact_classes(entities: Sequence[Entity], least: int = 3) -> Tensor:
    """What is to be told of each entity, as classes.

    Args:
        least: a value counts when at least this many entities have it.

    Returns:
        `[N, K]`: one column for the name and for each key with two or more values that count;
        -1 where an entity has none.
    """
    records = [{"": e.name, **dict(facts(e.description)[1])} for e in entities]
    columns = []
    for key in sorted({key for record in records for key in record}):
        counts = Counter(record.get(key) for record in records)
        values = sorted(v for v, n in counts.items() if v and n >= least)
        if len(values) > 1:
            number = {value: i for i, value in enumerate(values)}
            columns.append([number.get(record.get(key) or "", -1) for record in records])
    return torch.tensor(columns, dtype=torch.long).reshape(len(columns), len(entities)).T


def shared_facts(
    split: Split, facts: Tensor, first: Tensor, count: Tensor
) -> tuple[Tensor, Tensor]:
    """What the photographs of a split's mentions tell.

    A photograph stands for the team of many nations: it tells what all of its answers have in
    common.

    Args:
        facts: of each entity, `[E, K]` (see `fact_classes`).
        first, count: `[M]`, where the mentions' pictures begin and how many each has.

    Returns:
        Numbers `[P]` of the mentions' pictures that are photographs, and their classes `[P, K]`.
    """
    answers: dict[Path | None, list[int]] = {}
    rows = [
        i for i, g in enumerate(split.groups) if g == "photo" and count[i] and split.gold[i] >= 0
    ]
    for row in rows:
        answers.setdefault(split.mentions[row].image, []).append(split.gold[row])
    common = {}
    for path, gold in answers.items():
        theirs = facts[torch.tensor(gold)]
        common[path] = theirs[0].masked_fill((theirs != theirs[0]).any(0), -1)
    classes = [common[split.mentions[row].image] for row in rows]
    shape = (len(rows), facts.shape[1])
    return first[rows], torch.stack(classes) if classes else facts.new_empty(shape)


class FactHeads(nn.Module):
    """Linear classifiers for each column of `fact_classes`, thrown away after the lesson."""

    def __init__(self, classes: Tensor, width: int) -> None:
        super().__init__()
        self.sizes = [int(column.max()) + 1 for column in classes.T]
        self.sizes = self.sizes or [1]  # nothing to tell: one output that no column uses
        self.overall = nn.Linear(width, sum(self.sizes))
        self.local = nn.Linear(width, sum(self.sizes))

    def loss(self, features: tuple[Tensor, Tensor], classes: Tensor) -> Tensor:
        """Mean cross-entropy over columns, from the global feature and from the tokens' mean."""
        overall, tokens = features
        losses = []
        for logits in (self.overall(overall), self.local(tokens.mean(1))):
            for part, column in zip(logits.split(self.sizes, -1), classes.T, strict=False):
                if (column >= 0).any():
                    losses.append(F.cross_entropy(part, column, ignore_index=-1))
        return torch.stack(losses).mean() if losses else overall.sum() * 0

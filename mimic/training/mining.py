"""Hard negatives: for each mention the entities that it is most easily taken for.

In WikiMEL the entities of a random batch are told apart within some twenty steps. What decides
H@1 is entities with the same name, and those that the model itself ranks high: for every mention
of the train split a list of both is kept, and each step draws from it.
"""

from __future__ import annotations

import torch
from torch import Tensor

from mimic.data.names import NameTable
from mimic.model.mimic import Side
from mimic.training.run import Run
from mimic.training.run_data import RunData
from mimic.training.training_data import TrainingData

#: Length of a mention's list; at most half of it has the mention's name.
LISTED = 8
Globals = tuple[Tensor, Tensor]


def globals_of(side: Side) -> Globals:
    """What is ranked with: TGLU's global features and CMFU's fused ones."""
    return side["tglu"]["global"], side["cmfu"]["fused"]


@torch.inference_mode()
def mine(run: Run, data: RunData, entities: Globals | None = None) -> Tensor:
    """The hard negatives of a folder's train mentions: int32 `[n, LISTED]`, -1 for none.

    Ranked by the parts of the score that are dot products of one vector for each side,
    `(S_g2g / 2 + S_C) / 3`: all pairs of WikiMEL take seconds.

    Args:
        entities: what `globals_of` says of all entities, where it is known.
    """
    run.model.eval()
    split, workers = data.splits["train"], run.workers
    if entities is None:
        count = len(data.entities)
        one, other = _encode(run, data.entities, workers.share(count), "entity_side")
        entities = workers.gather(one, count), workers.gather(other, count)
    share = workers.share(len(split.mentions))
    mentions = _encode(run, data.mentions["train"], share, "mention_side")
    table, cache = NameTable([e.name for e in data.kb.entities]), dict[str, Tensor]()
    lists = torch.full((share.stop - share.start, LISTED), -1, dtype=torch.int32)
    for start in range(0, len(lists), 256):
        rows = slice(start, min(start + 256, len(lists)))
        scores = mentions[0][rows] @ entities[0].T / 2 + mentions[1][rows] @ entities[1].T
        for row, of_entities in zip(range(rows.start, rows.stop), scores.cpu(), strict=True):
            number = share.start + row
            surface = split.mentions[number].surface
            if surface not in cache:
                cache[surface] = torch.tensor(table.sharing(surface), dtype=torch.long)
            of_entities[data.held.to(of_entities.device)] = float("-inf")
            negatives = hardest(of_entities, cache[surface], split.gold[number])
            lists[row, : len(negatives)] = negatives.int()
    run.report(f"hard negatives: {int((lists >= 0).sum()):,} for {len(lists):,} mentions")
    return workers.gather(lists.to(run.model.device), len(split.mentions)).cpu()


def hardest(scores: Tensor, same_name: Tensor, gold: int, count: int = LISTED) -> Tensor:
    """The best wrong entities, up to half of them of the same name, then the best of all.

    Args:
        scores: `[E]`; same_name: rows of the entities with the mention's name.
        gold: row of the right one, -1 for none.
    """
    named = same_name[(same_name != gold) & scores[same_name].isfinite()]
    best = named[scores[named].argsort(descending=True, stable=True)][: count // 2]
    left = scores.clone()
    left[best] = float("-inf")
    if gold >= 0:
        left[gold] = float("-inf")
    others = left.topk(min(count - len(best), len(left))).indices
    return torch.cat([best, others[left[others].isfinite()]])


def _encode(run: Run, data: TrainingData, share: slice, side: str) -> Globals:
    parts = []
    for rows in torch.arange(share.start, share.stop).split(256):
        with run.autocast():
            features = data.plain(run.model, rows)
        parts.append(globals_of(getattr(run.model, side)(features)))
        if len(parts) % 16 == 0:
            run.report(f"looking for hard negatives: {16 * 256 * (len(parts) // 16)} encoded")
    first, second = zip(*parts, strict=True)
    return torch.cat(first).float(), torch.cat(second).float()

"""What a reranker knows of its candidates besides their texts: the model's scores, its gates, which
pictures there are, and whether a candidate bears the name."""

from __future__ import annotations

from collections.abc import Sequence

import torch
from torch import Tensor

from mimic.rerank.reranker import Shortlist

#: Names of the numbers of a candidate, in their order.
NUMBERS = (
    "tglu", "vdlu", "cmfu", "total",  # behind the best of the list, in the model's own spread
    "vdlu_entity_to_mention", "vdlu_mention_to_entity", "cmfu_mention", "cmfu_entity",
    "rank",  # over 1
    "mention_picture", "entity_picture", "both_pictures",
    "same_name", "shared_words",
)  # fmt: skip
SCORES = 4


def raw_scores(shortlist: Shortlist) -> Tensor:
    """The units and their mean, behind the best of the list: `[k, 4]`, 0 or below."""
    scores = torch.cat([shortlist.units, shortlist.units.mean(1, keepdim=True)], 1)
    return scores - scores.max(0).values


def spread(shortlists: Sequence[Shortlist]) -> Tensor:
    """Root mean square of each of `raw_scores` `[4]`: what one step is for a model. Models that
    were trained on other parts of the data score on other scales."""
    raw = torch.cat([raw_scores(shortlist) for shortlist in shortlists])
    return raw.square().mean(0).sqrt().clamp(min=1e-6)


def numbers(shortlist: Shortlist, scale: Tensor) -> Tensor:
    """The numbers `[k, len(NUMBERS)]` of the candidates.

    Args:
        scale: the model's `spread`.
    """
    k = len(shortlist)
    shown = float(shortlist.mention.image is not None)
    own = [float(entity.image is not None) for entity in shortlist.entities]
    surface = shortlist.mention.surface.casefold()
    words = set(surface.split())
    rows = []
    for rank, (entity, picture) in enumerate(zip(shortlist.entities, own, strict=True), 1):
        name = entity.name.casefold()
        shared = len(words & set(name.split())) / max(len(words), 1)
        rows.append([1 / rank, shown, picture, shown * picture, float(name == surface), shared])
    rest = torch.tensor(rows).reshape(k, -1)
    scores = (raw_scores(shortlist) / scale).clamp(min=-10)
    return torch.cat([scores, shortlist.gates, rest], 1).float()

"""A published data set, and those of its entities that no training saw, next to a text model that
nothing was trained with."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import torch

from mimic.config import MINILM_WHEEL
from mimic.data.hold_out import is_held_out
from mimic.data.layout import Split
from mimic.io.terminal import Watch
from mimic.linking.linker import EntityLinker
from mimic.linking.splits.evaluate import evaluate
from mimic.metrics import ranks, summary
from mimic.model.sentence_vectors import sentence_vectors
from mimic.schema import Mention

BATCH = 256  # mentions whose cosines with all entities are kept at once


def published(
    linker: EntityLinker, splits: Mapping[str, Split], watch: Watch, text: str = MINILM_WHEEL
) -> tuple[dict[str, Any], dict[str, Any] | None]:
    """Two parts of `world`: the whole test split, and the mentions of any split whose answer is
    held out by `is_held_out`, all among the whole knowledge base; `None` where there is none.

    Args:
        splits: `test`, and where there is one `dev`, of which only held-out answers are ranked.
        text: source of the untrained text model, which ranks by cosine.

    Raises:
        InputError: no mention of test has its answer in the knowledge base.
    """
    ids = linker.index.entities.column("id")
    mentions: list[Mention] = []
    gold: list[int] = []
    model: list[int] = []
    parts: list[str] = []
    for name, split in splits.items():
        rows = [i for i, row in enumerate(split.gold) if row >= 0]
        if name != "test":
            rows = [i for i in rows if is_held_out(ids[split.gold[i]])]
        if name != "test" and not rows:
            continue
        lines: list[dict[str, Any]] = []
        done = watch(f"{name} mentions")
        evaluate(linker, split.part(rows), progress=done, predictions=lines, by_unit=False)
        mentions += [split.mentions[i] for i in rows]
        gold += [split.gold[i] for i in rows]
        model += [line["rank"] for line in lines]
        parts += [name] * len(rows)
    cosine = cosine_ranks(linker, mentions, gold, watch, text)
    both = {"": np.array(model), "untrained_": cosine}
    held = np.array([is_held_out(ids[row]) for row in gold])
    return (
        _figures(both, np.array([part == "test" for part in parts])),
        _figures(both, held) if held.any() else None,
    )


def cosine_ranks(
    linker: EntityLinker,
    mentions: Sequence[Mention],
    gold: Sequence[int],
    watch: Watch,
    text: str = MINILM_WHEEL,
) -> np.ndarray:
    """Rank `[M]` of each mention's entity among all by the cosine of `sentence_vectors`."""
    entities = linker.index.entities
    vectors = sentence_vectors(
        [*(m.surface for m in mentions), *entities.column("name")],
        [*(m.sentence for m in mentions), *entities.column("description")],
        text,
        linker.model.device,
        watch("untrained texts"),
    )
    said, known = vectors[: len(mentions)], vectors[len(mentions) :]
    parts = zip(said.split(BATCH), torch.tensor(gold).split(BATCH), strict=True)
    return torch.cat([ranks(some @ known.T, rows) for some, rows in parts]).numpy()


def _figures(by: Mapping[str, np.ndarray], chosen: np.ndarray) -> dict[str, Any]:
    """`hits@1`, `mrr` and `n` of some mentions; of other rankings with a prefix."""
    record: dict[str, Any] = {}
    for prefix, all_ranks in by.items():
        found = summary(all_ranks[chosen])
        record |= {prefix + name: found[name] for name in ("hits@1", "mrr")}
    return {**record, "n": int(chosen.sum())}

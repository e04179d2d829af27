"""The shortlists that a reranker learns from: of mentions that the ranking model never saw.

A model ranks the mentions that it learnt from too well: their first candidates hold few mistakes,
and a reranker would learn to agree. So train is dealt into folds, and each fold is ranked by a
model of the same kind that learnt, shortly, from the others.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
import torch
from torch import Tensor

from mimic.config import TrainConfig, from_record
from mimic.data.layout import Split
from mimic.index.entity_encoder import EntityEncoder
from mimic.index.entity_index import EntityIndex
from mimic.index.protocol import queries
from mimic.io.terminal import Watch
from mimic.linking.linker import EntityLinker
from mimic.linking.second_look import shortlists
from mimic.model.encoded_data import DataEncoder, EncodedData, has_fixed_text
from mimic.model.mimic import Mimic, ModelCard, Side
from mimic.rerank.numbers import numbers, spread
from mimic.rerank.reranker import Shortlist
from mimic.schema import Entity
from mimic.training.retrain import SHORT, retrain


@dataclass(frozen=True)
class Lists:
    """The first k candidates of M mentions of a split.

    Attributes:
        mentions: `[M]`, places in the split; entities: `[M, k]`, rows of the knowledge base.
        units, gates: of these pairs, `[M, k, 3]` and `[M, k, 4]`.
        gold: `[M]`, place of the answer among the k; -1 where it is none of them.
    """

    mentions: Tensor
    entities: Tensor
    units: Tensor
    gates: Tensor
    gold: Tensor

    def __len__(self) -> int:
        return len(self.mentions)

    def record(self) -> dict[str, Tensor]:
        """The same as tensors by name."""
        return {field.name: getattr(self, field.name) for field in dataclasses.fields(self)}

    def shortlists(
        self, split: Split, entities: Sequence[Entity], temperature: float = 1.0
    ) -> list[Shortlist]:
        """What a reranker is given of each."""
        parts = zip(self.mentions.tolist(), self.entities.tolist(), self.units, self.gates,
                    strict=True)  # fmt: skip
        return [
            Shortlist(split.mentions[m], tuple(entities[r] for r in rows), own, gates, temperature)
            for m, rows, own, gates in parts
        ]

    @cached_property
    def lead(self) -> Tensor:
        """How far each answer is ahead of the best other candidate, `[M]`; infinite where it is
        none of the candidates."""
        total = self.units.mean(-1)
        own = total.gather(1, self.gold.clamp(min=0)[:, None])
        others = total.scatter(1, self.gold.clamp(min=0)[:, None], -torch.inf).max(1).values
        return torch.where(self.gold >= 0, own[:, 0] - others, torch.inf)


@torch.inference_mode()
def first_lists(
    linker: EntityLinker, split: Split, rows: Sequence[int], k: int, watch: Watch, what: str
) -> Lists:
    """The first k candidates of some mentions of a split, by one model. A picture that cannot be
    read counts as missing."""
    mentions = [split.mentions[i] for i in rows]
    parts: dict[str, list[Tensor]] = {"entities": [], "units": [], "gates": []}

    def side(part: slice) -> Side:
        return linker.mention_side(mentions[part], [])[0]

    for part, query in queries(len(rows), side, linker.index.query, watch(what)):
        hits = query.top(min(k, linker.entities))
        sizes = [hits.rows.shape[1]] * len(hits.rows)
        seen = shortlists(mentions[part], linker.index.entities, hits, sizes, 1.0)
        parts["entities"].append(hits.rows.cpu())
        parts["units"].append(torch.stack([one.units for one in seen]))
        parts["gates"].append(torch.stack([one.gates for one in seen]))
    entities = torch.cat(parts["entities"])
    right = entities == torch.tensor([split.gold[i] for i in rows])[:, None]
    gold = torch.where(right.any(1), right.int().argmax(1), -1)
    units, gates = torch.cat(parts["units"]), torch.cat(parts["gates"])
    return Lists(torch.tensor(list(rows)), entities, units, gates, gold)


@dataclass(frozen=True)
class Folds:
    """Trains and ranks the folds of a train split.

    Args:
        linker: the model that the reranker is for, with its knowledge base.
        count: of folds; epochs: of the short training of each, `None` for the default.
    """

    linker: EntityLinker
    train: Split
    count: int
    epochs: int | None
    looked: int
    seed: int
    watch: Watch
    report: Any

    @cached_property
    def fold(self) -> np.ndarray:
        """The fold of each mention; -1 where nothing can be learnt from it."""
        known = np.array([gold >= 0 for gold in self.train.gold])
        order = np.random.default_rng([self.seed, 2]).permutation(len(known))
        return np.where(known, order % self.count, -1)

    @cached_property
    def encoded(self) -> tuple[EncodedData, EncodedData]:
        """Mentions and entities, as far as nothing learns."""
        encoder = DataEncoder(self.linker.model, self.linker.processor, self.report, every=16)
        mentions, entities = self.train.mentions, list(self.linker.index.entities)
        return (
            EncodedData(
                encoder.texts([m.surface for m in mentions], [(m.sentence,) for m in mentions]),
                encoder.pictures([m.image for m in mentions], "pictures of mentions"),
            ),
            EncodedData(
                encoder.texts([e.name for e in entities], [(e.description,) for e in entities]),
                encoder.pictures([e.image for e in entities], "pictures of entities"),
            ),
        )

    @cached_property
    def config(self) -> TrainConfig:
        """The schedule of a fold's model: that of the model itself, but short."""
        base = self.linker
        stored = base.card.training.get("config")
        config, epochs = SHORT, SHORT.epochs
        if stored and not has_fixed_text(base.model):
            config, epochs = from_record(TrainConfig, stored, "config.json: training"), 1
        wanted = self.epochs or epochs
        return dataclasses.replace(
            config, epochs=wanted, bearers=False, hard_negatives=0, hold_out=0, train_fraction=1.0
        )

    def model(self, fold: int) -> Mimic:
        """A model that learnt from all other folds."""
        rows = np.flatnonzero((self.fold != fold) & (self.fold >= 0))
        return retrain(
            self.linker.model, *self.encoded, self.train, self.config, self.report, rows=rows
        )

    def lists(self, fold: int, folder: Path) -> Lists:
        """The shortlists of a fold by that model.

        Args:
            folder: where its index lies for the while.
        """
        model, processor = self.model(fold), self.linker.processor
        entities = list(self.linker.index.entities)
        what = f"fold {fold + 1}/{self.count}"
        with TemporaryDirectory(dir=folder, prefix=".index-") as place:
            encoder = EntityEncoder(model, processor, f"fold {fold}")
            index = EntityIndex.build(
                Path(place) / "kb", encoder, entities, progress=self.watch(f"{what}: entities")
            )
            linker = EntityLinker(model, ModelCard(), processor, index)
            rows = np.flatnonzero(self.fold == fold).tolist()
            return first_lists(
                linker, self.train, rows, self.looked, self.watch, f"{what}: mentions"
            )


def chosen(lists: Lists, most: int, easy: float, seed: int) -> Tensor:
    """Places of the lists that an epoch reads, at most so many: the closest ones, and a share
    `easy` of any others. In lists without the answer nothing is to be learnt."""
    known = (lists.gold >= 0).nonzero()[:, 0]
    if len(known) <= most:
        return known
    close = known[lists.lead[known].argsort(stable=True)][: most - round(easy * most)]
    rest = known[~torch.isin(known, close)]
    order = torch.randperm(len(rest), generator=torch.Generator().manual_seed(seed))
    return torch.cat([close, rest[order[: most - len(close)]]]).sort().values


def values_of(shortlists_: Sequence[Shortlist]) -> tuple[Tensor, Tensor]:
    """The numbers `[M, k, F]` of the candidates of one model's shortlists, and its spread."""
    scale = spread(shortlists_)
    return torch.stack([numbers(one, scale) for one in shortlists_]), scale

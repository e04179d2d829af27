"""What a training learns from: one data folder or several, read, audited and encoded."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from mimic.config import TrainConfig
from mimic.data.audit import audit, refuse_missing_pictures, summary_lines
from mimic.data.corrections import with_corrections
from mimic.data.hold_out import is_held_out
from mimic.data.layout import KnowledgeBase, Split, data_fingerprint, read_kb, read_split
from mimic.data.names import NameTable
from mimic.errors import InputError
from mimic.io.terminal import Report
from mimic.model.encoded_data import DataEncoder
from mimic.training.batches import train_rows
from mimic.training.lessons.pictures import fact_classes, shared_facts
from mimic.training.lessons.text import Reading
from mimic.training.network_pictures import NetworkPictures
from mimic.training.training_data import TrainingData, prepare, wordings

#: Labels whose sentence fits every bearer of the name: the picture alone tells which is right.
PICTURE_DECIDES = ("image", "photo")


@dataclass(frozen=True)
class DataShare:
    """A data folder to learn from.

    Attributes:
        weight: the share of its batches that an epoch has.
        corrections: a gold table whose mentions its train split gets, or `None`.
    """

    folder: Path
    weight: float = 1.0
    corrections: Path | None = None

    @property
    def fingerprint(self) -> str:
        """What tells its data from other data."""
        own = data_fingerprint(self.folder)
        if self.corrections is None:
            return own
        return f"{own}+{hashlib.sha256(self.corrections.read_bytes()).hexdigest()[:16]}"


@dataclass(frozen=True)
class RunData:
    """What is learnt from one data folder.

    Attributes:
        source: where it is from.
        splits, mentions: of `train` and `dev`.
        classes: what is to be told of each picture of an entity, then of each photograph of the
            train split's mentions (see `lessons.pictures`); facts: of each entity.
        photographs: numbers of those photographs among the mentions' pictures.
        rows: mentions of the train split that are used.
        held: bool `[E]`, entities that are not learnt from.
        bearers: surface form of a mention of the train split -> rows of those it may mean.
    """

    source: DataShare
    kb: KnowledgeBase
    splits: dict[str, Split]
    entities: TrainingData
    mentions: dict[str, TrainingData]
    classes: Tensor
    facts: Tensor
    photographs: Tensor
    rows: np.ndarray
    held: Tensor
    bearers: dict[str, Tensor]

    @property
    def labelled(self) -> bool:
        """Whether it is known what decides each mention."""
        return any(self.splits["train"].groups)


def fingerprints(data: Sequence[RunData]) -> str:
    """What tells the data of a run from other data."""
    return " ".join(one.source.fingerprint for one in data)


def read_folder(source: DataShare, report: Report) -> tuple[KnowledgeBase, dict[str, Split]]:
    """The knowledge base, and the splits `train` and `dev`, audited."""
    data = source.folder
    kb = read_kb(data)
    splits = {name: read_split(data, name, kb) for name in ("train", "dev")}
    if source.corrections is not None:
        splits["train"] = _corrected(splits["train"], source.corrections, kb, report)
    for split in splits.values():
        if max(split.gold, default=-1) < 0:
            raise InputError(
                f"{data}: no mention of {split.name} has its answer among the entities"
            )
    findings = audit(kb, tuple(splits.values()), pictures=False)
    for line in summary_lines(findings):
        report(line)
    refuse_missing_pictures(findings, data)
    return kb, splits


def _corrected(split: Split, file: Path, kb: KnowledgeBase, report: Report) -> Split:
    """The train split with what a gold table says; tells what is left out of it."""
    corrected, lacking = with_corrections(split, file, kb)
    new = len({m.id for m in corrected.mentions} - {m.id for m in split.mentions})
    report(f"{file}: mentions that the train split of {kb.folder} gets: {new}")
    if lacking:
        some = ", ".join(lacking[:5]) + (", ..." if len(lacking) > 5 else "")
        report(
            f"{file}: entities that {kb.folder} lacks, whose mentions are left out: "
            f"{len(lacking)} ({some})"
        )
    return corrected


def reading_of(kb: KnowledgeBase, splits: dict[str, Split], config: TrainConfig) -> Reading:
    """What the text lesson reads: mentions whose sentence decides, entities not held out."""
    held = _held(kb, splits["train"], config)
    number = (~held).cumsum(0) - 1
    entities = [e for e, away in zip(kb.entities, held.tolist(), strict=True) if not away]

    def decided(split: Split, rows: Iterable[int]) -> tuple[list[int], Tensor]:
        some = [
            i
            for i in rows
            if split.groups[i] in ("", "text", "conflict")
            and split.gold[i] >= 0
            and not held[split.gold[i]]
        ]
        return some, number[torch.tensor([split.gold[i] for i in some], dtype=torch.long)]

    train, dev = splits["train"], splits["dev"]
    rows, gold = decided(train, train_rows(train, config).tolist())
    dev_rows, dev_gold = decided(dev, range(len(dev.mentions)))
    sentences = wordings(train)
    return Reading(
        [train.mentions[i].surface for i in rows],
        [sentences[i] for i in rows],
        gold,
        (
            [dev.mentions[i].surface for i in dev_rows],
            [dev.mentions[i].sentence for i in dev_rows],
            dev_gold,
        ),
        ([e.name for e in entities], [e.description for e in entities]),
    )


def _held(kb: KnowledgeBase, train: Split, config: TrainConfig) -> Tensor:
    """Entities that are not learnt from, bool `[E]`."""
    hold = config.hold_out and not any(train.groups)
    return torch.tensor([bool(hold) and is_held_out(e.id, config.hold_out) for e in kb.entities])


def encode_folder(
    encoder: DataEncoder,
    source: DataShare,
    kb: KnowledgeBase,
    splits: dict[str, Split],
    config: TrainConfig,
) -> RunData:
    """Encodes what stays the same; tells of pictures that cannot be read."""
    names, descriptions = [e.name for e in kb.entities], [(e.description,) for e in kb.entities]
    varied = (config.augment, config.copies)
    entities = prepare(encoder, names, descriptions, kb.pictures, *varied)
    mentions = {
        name: prepare(
            encoder,
            [m.surface for m in split.mentions],
            wordings(split, config.wordings or None),
            [[m.image] if m.image else [] for m in split.mentions],
            *(varied if name == "train" else (0.0, 0)),
        )
        for name, split in splits.items()
    }
    for data in (entities, *mentions.values()):
        for message in data.pictures.unreadable[:5]:
            encoder.report(f"unreadable, taken as missing: {message}")
    train, of_entities = splits["train"], fact_classes(kb.entities)
    seen = mentions["train"].pictures
    photographs, shared = shared_facts(train, of_entities, seen.first, seen.count)
    count = entities.pictures.count
    owned = of_entities.repeat_interleave(count, 0)
    return RunData(
        source,
        kb,
        splits,
        entities,
        mentions,
        torch.cat([owned, shared]),
        of_entities,
        photographs,
        train_rows(train, config),
        _held(kb, train, config),
        _bearers(kb, train) if config.bearers else {},
    )


def _bearers(kb: KnowledgeBase, train: Split) -> dict[str, Tensor]:
    """Surface form -> rows of the entities of that name and of those it means in a mention."""
    table = NameTable([e.name for e in kb.entities])
    rows: dict[str, set[int]] = {}
    for mention, gold in zip(train.mentions, train.gold, strict=True):
        if mention.surface not in rows:
            rows[mention.surface] = set(table.bearing(mention.surface))
        if gold >= 0:
            rows[mention.surface].add(gold)
    return {surface: torch.tensor(sorted(some)) for surface, some in rows.items()}


def some_pictures(data: Sequence[RunData], most: int = 1500) -> Tensor:
    """Up to so many pictures of each folder's entities and mentions, as the network sees them."""
    parts = []
    for one in data:
        for pictures in (one.entities.pictures, one.mentions["train"].pictures):
            if not isinstance(pictures, NetworkPictures):
                raise InputError("cosine_start: needs the encoder 'hybrid' with a frozen network")
            some = torch.randperm(len(pictures.place))[:most]
            parts.append(pictures.numbered(some))
    return torch.cat(parts)

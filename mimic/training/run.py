"""One training run: its model, data and optimizer, and where it stands between two starts."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Iterable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from mimic.config import Preset, TrainConfig
from mimic.data.audit import audit, refuse_missing_pictures, summary_lines
from mimic.data.hold_out import is_held_out
from mimic.data.layout import KnowledgeBase, Split, data_fingerprint, read_kb, read_split
from mimic.data.names import NameTable
from mimic.errors import InputError, reason_of
from mimic.io.content import check_archive
from mimic.io.files import written_aside
from mimic.io.terminal import Report
from mimic.model.encoded_data import DataEncoder
from mimic.model.encoders import HybridBackbone
from mimic.model.mimic import Mimic
from mimic.model.processor import Processor, load_tokenizer
from mimic.training.batches import train_rows
from mimic.training.lessons.pictures import FactHeads, fact_classes, shared_facts
from mimic.training.lessons.text import Reading, key_of, tune_text
from mimic.training.log import Log
from mimic.training.network_pictures import NetworkPictures
from mimic.training.optimizer import Optimizer
from mimic.training.training_data import TrainingData, prepare, wordings
from mimic.training.workers import Workers

STATE, TEXT_STATE, LOG = "resume.pt", "text-lesson.pt", "log.csv"


@dataclass(frozen=True)
class Source:
    """A data folder to learn from, and the share of its batches that an epoch has."""

    folder: Path
    weight: float = 1.0


#: Labels whose sentence fits every bearer of the name: the picture alone tells which is right.
PICTURE_DECIDES = ("image", "photo")


@dataclass(frozen=True)
class RunData:
    """What is learnt from one data folder.

    Attributes:
        weight: share of its batches that an epoch has.
        splits, mentions: of `train` and `dev`.
        classes: what is to be told of each picture of an entity, then of each photograph of the
            train split's mentions (see `lessons.pictures`); facts: of each entity.
        photographs: numbers of those photographs among the mentions' pictures.
        rows: mentions of the train split that are used.
        held: bool `[E]`, entities that are not learnt from.
        bearers: surface form of a mention of the train split -> rows of those it may mean.
    """

    weight: float
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


@dataclass
class RunState:
    """What changes while a run goes on, next to weights and optimizer.

    Attributes:
        best: MRR of the best model so far; stale: checks since then.
        seconds: of training; history: metrics of every check.
        negatives: the hard negatives of each mention of each folder (see `mining`), once they are
            looked for.
    """

    epoch: int = 0
    step: int = 0
    best: float = -1.0
    stale: int = 0
    seconds: float = 0.0
    history: list[dict[str, float]] = dataclasses.field(default_factory=list)
    negatives: list[Tensor] | None = None


@dataclass
class Run:
    """One training run.

    Attributes:
        data: of each folder; the pictures of the first give the lesson from pictures alone.
        heads: of that lesson.
        state: where the run stands.
    """

    preset: Preset
    model: Mimic
    processor: Processor
    data: tuple[RunData, ...]
    heads: FactHeads
    optimizer: Optimizer
    workers: Workers
    out: Path
    report: Report
    log: Log
    state: RunState = dataclasses.field(default_factory=RunState)

    def autocast(self) -> AbstractContextManager[object]:
        """The encoders' precision; the units score in float32 outside of it."""
        kind = self.model.device.type
        dtype = precision(self.preset.train, kind)
        return torch.autocast(kind, dtype, enabled=dtype != torch.float32)

    @property
    def epochs(self) -> int:
        """Epochs of both phases: pictures alone, then mentions."""
        return self.preset.train.picture_epochs + self.preset.train.epochs


def precision(config: TrainConfig, device: str) -> torch.dtype:
    """What the encoders compute in."""
    if config.precision == "auto":
        return torch.bfloat16 if device == "cuda" else torch.float32
    if config.precision == "float16" and device == "cpu":
        raise InputError("precision float16 needs a GPU: use bfloat16 or float32")
    return getattr(torch, config.precision)


def start_run(
    preset: Preset,
    data: Path | Sequence[Source],
    out: Path,
    device: torch.device,
    report: Report,
    workers: Workers | None = None,
    resume: bool = False,
) -> Run:
    """Reads and audits the data, encodes what stays the same, makes a new model and optimizer.

    Raises:
        InputError: the data cannot be used.
    """
    config, workers = preset.train, workers or Workers()
    half = precision(config, device.type) == torch.float16
    torch.manual_seed(config.seed)
    sources = [Source(data)] if isinstance(data, Path) else data
    read = [_read(source.folder, report) for source in sources]
    model = Mimic.pretrained(preset.model).to(device)
    if config.checkpointing:
        model.encoder.backbone.checkpoint_gradients()
    processor = Processor(model.config, load_tokenizer(model.config))
    if config.text_epochs:
        key = key_of(preset, [data_fingerprint(source.folder) for source in sources])
        readings = [_reading(kb, splits, config) for kb, splits in read]
        tune_text(model, processor, readings, config, out / TEXT_STATE, key, report)
    encoder = DataEncoder(model, processor, report, every=16)
    run_data = tuple(
        _encode(encoder, source.weight, kb, splits, config)
        for source, (kb, splits) in zip(sources, read, strict=True)
    )
    heads = FactHeads(run_data[0].classes, model.config.unit_width).to(device)
    set_gains(model, config)
    if config.cosine_start:
        start_as_cosine(model, _some_pictures(run_data))
    return Run(
        preset=preset,
        model=model,
        processor=processor,
        data=run_data,
        heads=heads,
        optimizer=Optimizer(model, config, device, heads, half, fused=True),
        workers=workers,
        out=out,
        report=report,
        log=Log(out / LOG if workers.leads else None, afresh=not resume),
    )


def _read(data: Path, report: Report) -> tuple[KnowledgeBase, dict[str, Split]]:
    """The knowledge base, and the splits `train` and `dev`, audited."""
    kb = read_kb(data)
    splits = {name: read_split(data, name, kb) for name in ("train", "dev")}
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


def _reading(kb: KnowledgeBase, splits: dict[str, Split], config: TrainConfig) -> Reading:
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


def _encode(
    encoder: DataEncoder,
    weight: float,
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
        weight,
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


def _some_pictures(data: Sequence[RunData], most: int = 1500) -> Tensor:
    """Up to so many pictures of each folder's entities and mentions, as the network sees them."""
    parts = []
    for one in data:
        for pictures in (one.entities.pictures, one.mentions["train"].pictures):
            if not isinstance(pictures, NetworkPictures):
                raise InputError("cosine_start: needs the encoder 'hybrid' with a frozen network")
            some = torch.randperm(len(pictures.place))[:most]
            parts.append(pictures.numbered(some))
    return torch.cat(parts)


def set_gains(model: Mimic, config: TrainConfig) -> None:
    """Initial sizes of the scores: without them an untrained unit drowns the others."""
    both = (model.vdlu.entity_to_mention.out_norm, model.vdlu.mention_to_entity.out_norm)
    for norms, gain in (
        ((*both, model.cmfu.norm), config.gain),
        ((model.text_global_norm,), config.text_gain),
        ((model.tglu.context_norm,), config.local_gain),
    ):
        for norm in norms:
            torch.nn.init.constant_(norm.weight, gain)


@torch.no_grad()
def start_as_cosine(model: Mimic, pictures: Tensor) -> None:
    """VDLU as the cosine of a frozen network's pooled features.

    The map to the units' width takes their principal components, each divided by the fourth root
    of its variance (half whitened); [CLS], which nothing has taught yet, counts for a third. VDLU's
    own map starts as the identity, and its gates closed.

    Args:
        pictures: rows `[K, W]` of the network (`FeatureNetwork.pack`).
    """
    backbone = model.encoder.backbone
    assert isinstance(backbone, HybridBackbone) and backbone.pooled
    width, pooled = backbone.vit.num_features, backbone.network.unpack(pictures)[1]
    centred = pooled - pooled.mean(0)
    variance, axes = torch.linalg.eigh(centred.T @ centred / len(centred))
    variance = variance.flip(0)[: model.config.unit_width].clamp(min=1e-8)
    axes = axes.flip(1)[:, : model.config.unit_width] / (variance * variance[0]) ** 0.25
    narrow = model.encoder.image_global
    scale = 3.0  # of the features, about as large as those of a linear layer
    narrow.weight[: axes.shape[1], width:] = scale * axes.T
    narrow.weight[:, :width] *= 0.3
    narrow.bias.zero_()
    narrow.bias[: axes.shape[1]] = -scale * (pooled.mean(0) @ axes)
    for direction in (model.vdlu.entity_to_mention, model.vdlu.mention_to_entity):
        torch.nn.init.eye_(direction.global_map.weight)
        for parameter in (direction.global_map.bias, direction.gate.weight, direction.gate.bias):
            torch.nn.init.zeros_(parameter)


def store_run(run: Run) -> None:
    """Saves where the run stands, aside and then renamed.

    Raises:
        InputError: it cannot be written.
    """
    state = {
        "model": run.model.state_dict(),
        "heads": run.heads.state_dict(),
        **run.optimizer.state_dict(),
        "preset": json.dumps(dataclasses.asdict(run.preset)),
        "data": fingerprints(run.data),
        **vars(run.state),
    }
    try:
        with written_aside(run.out / STATE) as part:
            torch.save(state, part)
    except (OSError, RuntimeError) as error:
        reason = reason_of(error)
        raise InputError(f"{run.out}: the training state cannot be saved ({reason})") from None


def fingerprints(data: Sequence[RunData]) -> str:
    """What tells the data of a run from other data."""
    return " ".join(data_fingerprint(one.kb.folder) for one in data)


def restore_run(run: Run) -> None:
    """Goes on where the stored run stood.

    Raises:
        InputError: what is stored is damaged, or belongs to another configuration or data.
    """
    try:
        check_archive(run.out / STATE)  # torch does not compare the checksums
        state = torch.load(run.out / STATE, map_location=run.model.device, weights_only=True)
        preset, data = state["preset"], state["data"]
    except Exception as error:  # what parsers of damaged bytes raise is not documented
        first = (str(error).strip() or type(error).__name__).splitlines()[0]
        raise InputError(f"{run.out / STATE}: cannot be read ({first:.100})") from None
    if preset != json.dumps(dataclasses.asdict(run.preset)):
        raise InputError(
            f"{run.out}: the unfinished run has another configuration; give the one it began with"
        )
    if data != fingerprints(run.data):
        raise InputError(f"{run.out}: the unfinished run was begun on other data")
    run.model.load_state_dict(state["model"])
    run.heads.load_state_dict(state["heads"])
    run.optimizer.load_state_dict(state)
    run.state = RunState(**{name: state[name] for name in vars(run.state)})
    if run.state.negatives is not None:
        run.state.negatives = [negatives.cpu() for negatives in run.state.negatives]
    run.report(f"resumed at epoch {run.state.epoch + 1}, step {run.state.step + 1}")

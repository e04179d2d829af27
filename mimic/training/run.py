"""One training run: its model, data and optimizer, and where it stands between two starts."""

from __future__ import annotations

import dataclasses
import json
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from mimic.config import Preset, TrainConfig
from mimic.data.audit import audit, refuse_missing_pictures, summary_lines
from mimic.data.layout import KnowledgeBase, Split, data_fingerprint, read_kb, read_split
from mimic.errors import InputError, reason_of
from mimic.io.content import check_archive
from mimic.io.files import written_aside
from mimic.io.terminal import Report
from mimic.model.encoded_data import DataEncoder
from mimic.model.mimic import Mimic
from mimic.model.processor import Processor, load_tokenizer
from mimic.training.batches import train_rows
from mimic.training.log import Log
from mimic.training.optimizer import Optimizer
from mimic.training.picture_lesson import FactHeads, fact_classes
from mimic.training.training_data import TrainingData, prepare, wordings
from mimic.training.workers import Workers

STATE, LOG = "resume.pt", "log.csv"


@dataclass(frozen=True)
class RunData:
    """What is learnt from.

    Attributes:
        splits, mentions: of `train` and `dev`.
        classes: what is to be told of each entity's pictures (see `picture_lesson`).
        rows: mentions of the train split that are used.
    """

    kb: KnowledgeBase
    splits: dict[str, Split]
    entities: TrainingData
    mentions: dict[str, TrainingData]
    classes: Tensor
    rows: np.ndarray


@dataclass
class RunState:
    """What changes while a run goes on, next to weights and optimizer.

    Attributes:
        best: MRR of the best model so far; stale: checks since then.
        seconds: of training; history: metrics of every check.
        negatives: the hard negatives of each mention (see `mining`), once they are looked for.
    """

    epoch: int = 0
    step: int = 0
    best: float = -1.0
    stale: int = 0
    seconds: float = 0.0
    history: list[dict[str, float]] = dataclasses.field(default_factory=list)
    negatives: Tensor | None = None


@dataclass
class Run:
    """One training run.

    Attributes:
        heads: of the lesson from pictures alone.
        state: where the run stands.
    """

    preset: Preset
    model: Mimic
    processor: Processor
    data: RunData
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
    data: Path,
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
    kb, splits = _read(data, report)
    model = Mimic.pretrained(preset.model).to(device)
    if config.checkpointing:
        model.encoder.backbone.checkpoint_gradients()
    processor = Processor(model.config, load_tokenizer(model.config))
    encoder = DataEncoder(model, processor, report, every=16)
    run_data = _encode(encoder, kb, splits, train_rows(splits["train"], config))
    heads = FactHeads(run_data.classes, model.config.unit_width).to(device)
    set_gains(model, config)
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


def _encode(
    encoder: DataEncoder, kb: KnowledgeBase, splits: dict[str, Split], rows: np.ndarray
) -> RunData:
    """Encodes what stays the same; tells of pictures that cannot be read."""
    names, descriptions = [e.name for e in kb.entities], [(e.description,) for e in kb.entities]
    entities = prepare(encoder, names, descriptions, kb.pictures)
    mentions = {
        name: prepare(
            encoder,
            [m.surface for m in split.mentions],
            wordings(split),
            [[m.image] if m.image else [] for m in split.mentions],
        )
        for name, split in splits.items()
    }
    for data in (entities, *mentions.values()):
        for message in data.pictures.unreadable[:5]:
            encoder.report(f"unreadable, taken as missing: {message}")
    return RunData(kb, splits, entities, mentions, fact_classes(kb.entities), rows)


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
        "data": data_fingerprint(run.data.kb.folder),
        **vars(run.state),
    }
    try:
        with written_aside(run.out / STATE) as part:
            torch.save(state, part)
    except (OSError, RuntimeError) as error:
        reason = reason_of(error)
        raise InputError(f"{run.out}: the training state cannot be saved ({reason})") from None


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
    if data != data_fingerprint(run.data.kb.folder):
        raise InputError(f"{run.out}: the unfinished run was begun on other data")
    run.model.load_state_dict(state["model"])
    run.heads.load_state_dict(state["heads"])
    run.optimizer.load_state_dict(state)
    run.state = RunState(**{name: state[name] for name in vars(run.state)})
    if run.state.negatives is not None:
        run.state.negatives = run.state.negatives.cpu()
    run.report(f"resumed at epoch {run.state.epoch + 1}, step {run.state.step + 1}")

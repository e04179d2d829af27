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
from mimic.linking.linker import default_cache
from mimic.model.mimic import Mimic
from mimic.model.processor import Processor, load_tokenizer
from mimic.training.batches import train_rows
from mimic.training.log import Log
from mimic.training.picture_lesson import FactHeads, fact_classes
from mimic.training.training_data import Prepared, prepare
from mimic.training.workers import Workers

STATE, LOG = "resume.pt", "log.csv"
#: What changes while a run goes on, next to the weights.
_PROGRESS = ("epoch", "step", "best", "stale", "seconds", "history", "negatives")


@dataclass
class Run:
    """One training run: model, data and where it stands.

    Attributes:
        rows: mentions of the train split that are used.
        scaler: keeps float16 gradients from vanishing; does nothing at other precisions.
        negatives: the hard negatives of each mention (see `mining`), once they are looked for.
    """

    preset: Preset
    model: Mimic
    processor: Processor
    kb: KnowledgeBase
    splits: dict[str, Split]
    entities: Prepared
    mentions: dict[str, Prepared]
    classes: Tensor
    heads: FactHeads
    rows: np.ndarray
    optimizer: torch.optim.AdamW
    scaler: torch.amp.GradScaler
    workers: Workers
    out: Path
    report: Report
    log: Log
    epoch: int = 0
    step: int = 0
    best: float = -1.0
    stale: int = 0
    seconds: float = 0.0
    history: list[dict[str, float]] = dataclasses.field(default_factory=list)
    negatives: Tensor | None = None

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
    workers = workers or Workers()
    half = precision(preset.train, device.type) == torch.float16
    torch.manual_seed(preset.train.seed)
    kb = read_kb(data)
    splits = {name: read_split(data, name, kb) for name in ("train", "dev")}
    for split in splits.values():
        if max(split.gold, default=-1) < 0:
            raise InputError(
                f"{data}: no mention of {split.name} has its answer among the entities"
            )
    found = audit(kb, tuple(splits.values()), pictures=False)
    for line in summary_lines(found):
        report(line)
    refuse_missing_pictures(found, data)
    model = Mimic.pretrained(preset.model).to(device)
    if preset.train.checkpointing:
        model.encoder.backbone.checkpoint_gradients()
    processor = Processor(model.config, load_tokenizer(model.config))
    entities = prepare(
        model,
        processor,
        [e.name for e in kb.entities],
        [(e.description,) for e in kb.entities],
        kb.pictures,
        report,
        default_cache() / "pictures",
    )
    mentions = {
        name: prepare(
            model,
            processor,
            [m.surface for m in split.mentions],
            [
                (m.sentence, *more)
                for m, more in zip(split.mentions, split.paraphrases, strict=True)
            ],
            [[m.image] if m.image else [] for m in split.mentions],
            report,
            default_cache() / "pictures",
        )
        for name, split in splits.items()
    }
    for unreadable in (entities.unreadable, *(p.unreadable for p in mentions.values())):
        for message in unreadable[:5]:
            report(f"unreadable, taken as missing: {message}")
    classes = fact_classes(kb.entities)
    heads = FactHeads(classes, model.config.unit_width).to(device)
    set_gains(model, preset.train)
    return Run(
        preset=preset,
        model=model,
        processor=processor,
        kb=kb,
        splits=splits,
        entities=entities,
        mentions=mentions,
        classes=classes,
        heads=heads,
        rows=train_rows(splits["train"], preset.train),
        optimizer=_optimizer(model, heads, preset.train),
        scaler=torch.amp.GradScaler(device.type, enabled=half),
        workers=workers,
        out=out,
        report=report,
        log=Log(out / LOG if workers.leads else None, afresh=not resume),
    )


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


#: Names of weights that were learnt elsewhere begin so; they move more slowly.
PRETRAINED = ("encoder.backbone.bert.", "encoder.backbone.clip.", "encoder.backbone.network.")


def _optimizer(model: Mimic, heads: FactHeads, config: TrainConfig) -> torch.optim.AdamW:
    groups: dict[tuple[bool, bool], list[torch.nn.Parameter]] = {}
    for name, parameter in (*model.named_parameters(), *heads.named_parameters()):
        if parameter.requires_grad:
            gentle = name.startswith(PRETRAINED)
            groups.setdefault((gentle, parameter.ndim > 1), []).append(parameter)
    return torch.optim.AdamW(
        [
            {
                "params": parameters,
                "peak": config.text_rate if gentle else config.rate,
                "weight_decay": config.weight_decay if decays else 0.0,
            }
            for (gentle, decays), parameters in groups.items()
        ],
        lr=config.rate,
        eps=config.epsilon,
        fused=model.device.type in ("cuda", "cpu"),
    )


def store_run(run: Run) -> None:
    """Saves where the run stands, aside and then renamed.

    Raises:
        InputError: it cannot be written.
    """
    state = {
        "model": run.model.state_dict(),
        "heads": run.heads.state_dict(),
        "optimizer": run.optimizer.state_dict(),
        "scaler": run.scaler.state_dict(),
        "preset": json.dumps(dataclasses.asdict(run.preset)),
        "data": data_fingerprint(run.kb.folder),
        **{name: getattr(run, name) for name in _PROGRESS},
    }
    try:
        with written_aside(run.out / STATE) as part:
            torch.save(state, part)
    except (OSError, RuntimeError) as error:
        said = f"the training state cannot be saved ({reason_of(error)})"
        raise InputError(f"{run.out}: {said}") from None


def restore_run(run: Run) -> None:
    """Goes on where the stored run stood.

    Raises:
        InputError: what is stored is damaged, or belongs to another configuration or data.
    """
    try:
        check_archive(run.out / STATE)  # torch does not compare the checksums
        state = torch.load(run.out / STATE, map_location=run.model.device, weights_only=True)
        known = (state["preset"], state["data"])
    except Exception as error:  # what parsers of damaged bytes raise is not documented
        first = (str(error).strip() or type(error).__name__).splitlines()[0]
        raise InputError(f"{run.out / STATE}: cannot be read ({first:.100})") from None
    if known[0] != json.dumps(dataclasses.asdict(run.preset)):
        raise InputError(
            f"{run.out}: the unfinished run has another configuration; give the one it began with"
        )
    if known[1] != data_fingerprint(run.kb.folder):
        raise InputError(f"{run.out}: the unfinished run was begun on other data")
    run.model.load_state_dict(state["model"])
    run.heads.load_state_dict(state["heads"])
    run.optimizer.load_state_dict(state["optimizer"])
    run.scaler.load_state_dict(state["scaler"])
    for name in _PROGRESS:
        setattr(run, name, state[name])
    run.negatives = None if run.negatives is None else run.negatives.cpu()
    run.report(f"resumed at epoch {run.epoch + 1}, step {run.step + 1}")

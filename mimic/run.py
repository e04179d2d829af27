"""One training run: its model, data and optimizer, and where it stands between two starts."""

from __future__ import annotations

import dataclasses
import json
import os
from dataclasses import dataclass
from pathlib import Path
from pickle import UnpicklingError

import torch
from torch import Tensor

from mimic.audit import audit, refuse_missing_pictures, summary_lines
from mimic.config import Preset, TrainConfig
from mimic.data import KnowledgeBase, Split, data_fingerprint, read_kb, read_split
from mimic.errors import InputError
from mimic.facts import FactHeads, fact_classes
from mimic.model import Mimic
from mimic.prepared import Prepared, Report, prepare
from mimic.processor import Processor, load_tokenizer

STATE = "resume.pt"
#: What changes while a run goes on, next to the weights.
_PROGRESS = ("epoch", "step", "best", "stale", "seconds", "history")


@dataclass
class Run:
    """One training run: model, data and where it stands."""

    preset: Preset
    model: Mimic
    processor: Processor
    kb: KnowledgeBase
    splits: dict[str, Split]
    entities: Prepared
    mentions: dict[str, Prepared]
    classes: Tensor
    heads: FactHeads
    optimizer: torch.optim.AdamW
    out: Path
    report: Report
    epoch: int = 0
    step: int = 0
    best: float = -1.0
    stale: int = 0
    seconds: float = 0.0
    history: list[dict[str, float]] = dataclasses.field(default_factory=list)

    @property
    def epochs(self) -> int:
        """Epochs of both phases: pictures alone, then mentions."""
        return self.preset.train.picture_epochs + self.preset.train.epochs


def start_run(preset: Preset, data: Path, out: Path, device: torch.device, report: Report) -> Run:
    """Reads the data, encodes what stays the same, and makes a new model with its optimizer.

    Raises:
        InputError: the data cannot be used.
    """
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
    processor = Processor(model.config, load_tokenizer(model.config))
    entities = prepare(
        model,
        processor,
        [e.name for e in kb.entities],
        [e.description for e in kb.entities],
        kb.pictures,
        report,
    )
    mentions = {
        name: prepare(
            model,
            processor,
            [m.surface for m in split.mentions],
            [m.sentence for m in split.mentions],
            [[m.image] if m.image else [] for m in split.mentions],
            report,
        )
        for name, split in splits.items()
    }
    for unreadable in (entities.unreadable, *(p.unreadable for p in mentions.values())):
        for message in unreadable[:5]:
            report(f"unreadable, taken as missing: {message}")
    classes = fact_classes(kb.entities)
    heads = FactHeads(classes, model.config.unit_width).to(device)
    for norm in (model.vdlu.entity_to_mention.out_norm, model.vdlu.mention_to_entity.out_norm):
        torch.nn.init.constant_(norm.weight, preset.train.gain)
    torch.nn.init.constant_(model.cmfu.norm.weight, preset.train.gain)
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
        optimizer=_optimizer(model, heads, preset.train),
        out=out,
        report=report,
    )


def _optimizer(model: Mimic, heads: FactHeads, config: TrainConfig) -> torch.optim.AdamW:
    groups: dict[tuple[bool, bool], list[torch.nn.Parameter]] = {}
    for name, parameter in (*model.named_parameters(), *heads.named_parameters()):
        if parameter.requires_grad:
            text = name.startswith(("encoder.backbone.bert.", "encoder.backbone.clip."))
            groups.setdefault((text, parameter.ndim > 1), []).append(parameter)
    return torch.optim.AdamW(
        [
            {
                "params": parameters,
                "peak": config.text_rate if text else config.rate,
                "weight_decay": config.weight_decay if decays else 0.0,
            }
            for (text, decays), parameters in groups.items()
        ],
        lr=config.rate,
        eps=config.epsilon,
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
        "preset": json.dumps(dataclasses.asdict(run.preset)),
        "data": data_fingerprint(run.kb.folder),
        **{name: getattr(run, name) for name in _PROGRESS},
    }
    part = run.out / f"{STATE}.part"
    try:
        torch.save(state, part)
        os.replace(part, run.out / STATE)
    except (OSError, RuntimeError) as error:
        raise InputError(f"{run.out}: the training state cannot be saved ({error})") from None


def restore_run(run: Run) -> None:
    """Goes on where the stored run stood.

    Raises:
        InputError: what is stored cannot be read, or belongs to another configuration or data.
    """
    try:
        state = torch.load(run.out / STATE, map_location=run.model.device, weights_only=True)
        known = (state["preset"], state["data"])
    except (OSError, RuntimeError, EOFError, ValueError, KeyError, UnpicklingError) as error:
        raise InputError(f"{run.out / STATE}: cannot be read ({error})") from None
    if known[0] != json.dumps(dataclasses.asdict(run.preset)):
        raise InputError(f"{run.out}: the unfinished run has another configuration")
    if known[1] != data_fingerprint(run.kb.folder):
        raise InputError(f"{run.out}: the unfinished run was begun on other data")
    run.model.load_state_dict(state["model"])
    run.heads.load_state_dict(state["heads"])
    run.optimizer.load_state_dict(state["optimizer"])
    for name in _PROGRESS:
        setattr(run, name, state[name])
    run.report(f"resumed at epoch {run.epoch + 1}, step {run.step + 1}")

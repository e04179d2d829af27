"""One training run: its model, data and optimizer, and where it stands between two starts."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path

import torch
from torch import Tensor

from mimic.config import Preset, TrainConfig
from mimic.errors import InputError, reason_of
from mimic.io.content import check_archive
from mimic.io.files import written_aside
from mimic.io.terminal import Report
from mimic.model.encoded_data import DataEncoder
from mimic.model.encoders import HybridBackbone
from mimic.model.mimic import Mimic
from mimic.model.processor import Processor, load_tokenizer
from mimic.training.lessons.pictures import FactHeads
from mimic.training.lessons.text import key_of, tune_text
from mimic.training.log import Log
from mimic.training.optimizer import Optimizer
from mimic.training.run_data import (
    DataShare,
    RunData,
    encode_folder,
    fingerprints,
    read_folder,
    reading_of,
    some_pictures,
)
from mimic.training.workers import Workers

STATE, TEXT_STATE, LOG = "resume.pt", "text-lesson.pt", "log.csv"


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
    data: Path | Sequence[DataShare],
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
    sources = [DataShare(data)] if isinstance(data, Path) else data
    read = [read_folder(source, report) for source in sources]
    model = Mimic.pretrained(preset.model).to(device)
    if config.checkpointing:
        model.encoder.backbone.checkpoint_gradients()
    processor = Processor(model.config, load_tokenizer(model.config))
    if config.text_epochs:
        key = key_of(preset, [source.fingerprint for source in sources])
        readings = [reading_of(kb, splits, config) for kb, splits in read]
        tune_text(model, processor, readings, config, out / TEXT_STATE, key, report)
    encoder = DataEncoder(model, processor, report, every=16)
    run_data = tuple(
        encode_folder(encoder, source, kb, splits, config)
        for source, (kb, splits) in zip(sources, read, strict=True)
    )
    heads = FactHeads(run_data[0].classes, model.config.unit_width).to(device)
    set_gains(model, config)
    if config.cosine_start:
        start_as_cosine(model, some_pictures(run_data))
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

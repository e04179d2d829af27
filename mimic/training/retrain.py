"""Short training runs on what the fixed encoders of a model say: minutes instead of an hour.

Everything after the text and the vision model begins with random weights and learns: text adapter,
image maps, LayerNorms and units; or, for the baseline, adapter and linear map. A text model that is
not fixed begins with its pretrained weights and learns, too. The vision model stays as the base
model's own training left it, which every such result must say.
"""

from __future__ import annotations

import dataclasses
import time
from collections.abc import Callable, Sequence

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor, nn

from mimic.config import PRESETS, TrainConfig
from mimic.data.layout import Split
from mimic.errors import InputError
from mimic.index.fast_units import FastUnits
from mimic.index.protocol import queries
from mimic.index.query import Query
from mimic.io.terminal import Report
from mimic.model.encoded_data import Draw, EncodedData, has_fixed_text
from mimic.model.mimic import FROZEN_PREFIX, Mimic, Side
from mimic.model.units import unit_consistent_loss
from mimic.schema import UNITS
from mimic.training.batches import batches, train_rows
from mimic.training.concat_baseline import WIDTH, Concat
from mimic.training.optimizer import Optimizer, share_of_peak
from mimic.training.run import set_gains
from mimic.training.step import step_seed

#: The short schedule: that of the preset atlas without its lesson from pictures alone.
SHORT = dataclasses.replace(PRESETS["atlas"].train, picture_epochs=0, epochs=3)
VISION = (
    "encoder.backbone.vit.",
    "encoder.backbone.network.",
    "encoder.backbone.clip.vision_model.",
    "encoder.backbone.clip.visual_projection.",
)
#: The loss of one batch: rows of mentions, rows of entities, each mention's place among them.
Loss = Callable[[Tensor, Tensor, Tensor, Draw], Tensor]


def short(**changes: object) -> TrainConfig:
    """The short schedule with some fields changed."""
    return dataclasses.replace(SHORT, **changes)  # type: ignore[arg-type]


def retrain(
    base: Mimic,
    mentions: EncodedData,
    entities: EncodedData,
    split: Split,
    config: TrainConfig,
    report: Report,
    units: Sequence[str] = UNITS,
    gate: str | None = None,
    rows: np.ndarray | None = None,
) -> Mimic:
    """A model whose parts after the fixed encoders were trained anew.

    Args:
        mentions, entities: of the train split and the knowledge base.
        units: those that score; the total is their mean, the others get no loss.
        gate: VDLU's, `tanh` or `sigmoid_concat`; `None`: the base's.
        rows: the mentions that are learnt from; all with an answer when left out.

    Raises:
        InputError: no unit, or a loss that is no number.
    """
    if not units or set(units) - set(UNITS):
        raise InputError(f"units are {', '.join(units)}; they must be some of {', '.join(UNITS)}")
    torch.manual_seed(config.seed)
    fixed_text = has_fixed_text(base)
    kept = (FROZEN_PREFIX, *VISION) if fixed_text else VISION
    fixed = {n: t for n, t in base.state_dict().items() if n.startswith(kept)}
    own = dataclasses.replace(base.config, vdlu_gate=gate or base.config.vdlu_gate)
    model = Mimic(own) if fixed_text else Mimic.pretrained(own)
    model.load_state_dict(fixed, strict=False)
    model.to(base.device).requires_grad_(True)
    for name, parameter in model.named_parameters():
        if name in fixed:
            parameter.requires_grad_(False)
    set_gains(model, config)

    def loss(rows: Tensor, columns: Tensor, target: Tensor, draw: Draw) -> Tensor:
        sides = (mentions.features(model, rows, draw), entities.features(model, columns, draw))
        scores = {name: getattr(model, name)(*sides) for name in units}
        scores["score"] = torch.stack(list(scores.values())).mean(0)
        return unit_consistent_loss(scores, config.unit_weight, target)[0]

    _fit(model, loss, split, config, report, rows)
    return model.eval()


def train_concat(
    base: Mimic,
    mentions: EncodedData,
    entities: EncodedData,
    split: Split,
    config: TrainConfig,
    report: Report,
    width: int = WIDTH,
) -> Concat:
    """The concatenation baseline, with the same encoders, batches and in-batch loss.

    Raises:
        InputError: the base's text model is not fixed, or a loss is no number.
    """
    torch.manual_seed(config.seed)
    model = Concat(base, width, config.gain).to(base.device)

    def loss(rows: Tensor, columns: Tensor, target: Tensor, draw: Draw) -> Tensor:
        scores = model.vectors(mentions, rows, draw) @ model.vectors(entities, columns, draw).T
        return F.cross_entropy(scores, target)

    _fit(model, loss, split, config, report)
    return model.eval()


@torch.inference_mode()
def unit_scores(
    model: Mimic, mentions: EncodedData, entities: EncodedData, wanted: Sequence[str] = UNITS
) -> dict[str, Tensor]:
    """Scores `[M, E]` of every pair by each wanted unit, float32 on the CPU."""
    units = FastUnits(model)
    blocks = [
        units.stored(model.entity_side(entities.features(model, rows)))
        for rows in torch.arange(len(entities)).split(256)
    ]
    columns: dict[str, list[Tensor]] = {name: [] for name in wanted}

    def side(part: slice) -> Side:
        return model.mention_side(mentions.features(model, part))

    for _, query in queries(len(mentions), side, lambda own: Query(units, own, blocks)):
        # TGLU's words against words are nearly all of the work
        scores = query.scores() if "tglu" in wanted else query.known()
        for name in wanted:
            columns[name].append(scores[name].float().cpu())
    return {name: torch.cat(parts) for name, parts in columns.items()}


def _fit(
    model: nn.Module,
    loss: Loss,
    split: Split,
    config: TrainConfig,
    report: Report,
    rows: np.ndarray | None = None,
) -> None:
    """Epochs as `train` has them, without checks in between."""
    rows, gold = train_rows(split, config) if rows is None else rows, torch.tensor(split.gold)
    device = next(model.parameters()).device
    optimizer = Optimizer(model, config, device)
    done, began = 0, time.monotonic()
    for epoch in range(config.epochs):
        model.train()
        for name, part in model.named_modules():
            if name.endswith(("backbone.bert", "backbone.vit")):
                part.eval()
        order = batches(split, config, epoch, rows)
        for number, batch in enumerate(order):
            generator = torch.Generator().manual_seed(step_seed(config.seed, epoch, number))
            mentions = torch.from_numpy(np.asarray(batch))
            columns, target = gold[mentions].unique(return_inverse=True)
            draw = Draw(generator, config.word_dropout)
            value = loss(mentions, columns, target.to(device), draw)
            optimizer.backward(value)
            share = share_of_peak((epoch + number / len(order)) / config.epochs, config.warmup)
            optimizer.descend(value, share, f"epoch {epoch + 1}, step {number + 1}")
            done += 1
            left = (time.monotonic() - began) / done * (config.epochs * len(order) - done)
            report(f"epoch {epoch + 1}/{config.epochs} loss {value.item():.3f}, {left:.0f} s left")

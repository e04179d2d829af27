"""Short training runs on what the fixed encoders of a model say: minutes instead of an hour.

Everything after the text and the vision model begins with random weights and learns: text adapter,
image maps, LayerNorms and units; or, for the baseline, adapter and linear map. The vision model
stays as the base model's own training left it, which every such result must say.
"""

from __future__ import annotations

import dataclasses
import math
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
from mimic.model.mimic import FROZEN_PREFIX, Mimic, Side
from mimic.model.units import Features, unit_consistent_loss
from mimic.schema import UNITS
from mimic.training.batches import batches, train_rows
from mimic.training.concat_baseline import WIDTH, Concat
from mimic.training.frozen_features import Frozen, backbone_of
from mimic.training.run import set_gains
from mimic.training.step import step_seed

#: The short schedule: that of the preset atlas without its lesson from pictures alone.
SHORT = dataclasses.replace(PRESETS["atlas"].train, picture_epochs=0, epochs=3)
VISION = "encoder.backbone.vit."
#: The loss of one batch: rows of mentions, rows of entities, each mention's place among them.
Loss = Callable[[Tensor, Tensor, Tensor, torch.Generator], Tensor]


def short(**changes: object) -> TrainConfig:
    """The short schedule with some fields changed."""
    return dataclasses.replace(SHORT, **changes)  # type: ignore[arg-type]


def retrain(
    base: Mimic,
    mentions: Frozen,
    entities: Frozen,
    split: Split,
    config: TrainConfig,
    report: Report,
    units: Sequence[str] = UNITS,
    gate: str | None = None,
) -> Mimic:
    """A model whose parts after the fixed encoders were trained anew.

    Args:
        mentions, entities: of the train split and the knowledge base.
        units: those that score; the total is their mean, the others get no loss.
        gate: VDLU's, `tanh` or `sigmoid_concat`; `None`: the base's.

    Raises:
        InputError: the base's text model is not fixed, no unit, or a loss that is no number.
    """
    if not units or set(units) - set(UNITS):
        raise InputError(f"units are {', '.join(units)}; they must be some of {', '.join(UNITS)}")
    backbone_of(base)
    torch.manual_seed(config.seed)
    kept = {n: t for n, t in base.state_dict().items() if n.startswith((FROZEN_PREFIX, VISION))}
    model = Mimic(dataclasses.replace(base.config, vdlu_gate=gate or base.config.vdlu_gate))
    model.load_state_dict(kept, strict=False)
    model.to(base.device).requires_grad_(True)
    for part in ("bert", "vit"):
        model.encoder.backbone.get_submodule(part).requires_grad_(False)
    set_gains(model, config)

    def loss(rows: Tensor, columns: Tensor, target: Tensor, generator: torch.Generator) -> Tensor:
        sides = (
            features(model, mentions, rows, config.word_dropout, generator),
            features(model, entities, columns, config.word_dropout, generator),
        )
        scores = {name: getattr(model, name)(*sides) for name in units}
        scores["score"] = torch.stack(list(scores.values())).mean(0)
        return unit_consistent_loss(scores, config.unit_weight, target)[0]

    _fit(model, loss, split, config, report)
    return model.eval()


def train_concat(
    base: Mimic,
    mentions: Frozen,
    entities: Frozen,
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

    def side(frozen: Frozen, rows: Tensor, generator: torch.Generator) -> Tensor:
        words = frozen.words(rows, config.word_dropout, generator)
        overall = frozen.overall[frozen.picture[rows]]
        return model(*(t.to(base.device) for t in (*words, overall)))

    def loss(rows: Tensor, columns: Tensor, target: Tensor, generator: torch.Generator) -> Tensor:
        scores = side(mentions, rows, generator) @ side(entities, columns, generator).T
        return F.cross_entropy(scores, target)

    _fit(model, loss, split, config, report)
    return model.eval()


def features(
    model: Mimic,
    frozen: Frozen,
    rows: Tensor,
    dropout: float = 0.0,
    generator: torch.Generator | None = None,
) -> Features:
    """The model's features of some rows, from what its fixed encoders said of them."""
    hidden, mask = (t.to(model.device) for t in frozen.words(rows, dropout, generator))
    text = backbone_of(model).adapt(hidden, mask)
    number = frozen.picture[rows]
    overall = model.encoder.image_global(frozen.overall[number].to(model.device))
    patches = model.encoder.image_tokens(frozen.patches[number].float().to(model.device))
    return model.normalise(text, (overall, patches), mask)


@torch.inference_mode()
def unit_scores(
    model: Mimic, mentions: Frozen, entities: Frozen, wanted: Sequence[str] = UNITS
) -> dict[str, Tensor]:
    """Scores `[M, E]` of every pair by each wanted unit, float32 on the CPU."""
    units = FastUnits(model)
    blocks = [
        units.stored(model.entity_side(features(model, entities, rows)))
        for rows in torch.arange(len(entities)).split(256)
    ]
    found: dict[str, list[Tensor]] = {name: [] for name in wanted}

    def side(part: slice) -> Side:
        rows = torch.arange(part.start, part.stop)
        return model.mention_side(features(model, mentions, rows))

    for _, query in queries(len(mentions), side, lambda own: Query(units, own, blocks)):
        # TGLU's words against words are nearly all of the work
        scores = query.scores() if "tglu" in wanted else query.known()
        for name in wanted:
            found[name].append(scores[name].float().cpu())
    return {name: torch.cat(parts) for name, parts in found.items()}


def _fit(model: nn.Module, loss: Loss, split: Split, config: TrainConfig, report: Report) -> None:
    """AdamW with warm-up and a cosine, as `train` has it, without checks in between."""
    learning = [p for p in model.parameters() if p.requires_grad]
    groups = [
        {"params": [p for p in learning if p.ndim > 1], "weight_decay": config.weight_decay},
        {"params": [p for p in learning if p.ndim <= 1], "weight_decay": 0.0},
    ]
    optimizer = torch.optim.AdamW(groups, lr=config.rate, eps=config.epsilon)
    rows, gold = train_rows(split, config), torch.tensor(split.gold)
    done, began = 0, time.monotonic()
    for epoch in range(config.epochs):
        model.train()
        for name in ("bert", "vit"):
            for part in (m for n, m in model.named_modules() if n.endswith(f"backbone.{name}")):
                part.eval()
        some = batches(split, config, epoch, rows)
        for number, batch in enumerate(some):
            generator = torch.Generator().manual_seed(step_seed(config.seed, epoch, number))
            picked = torch.from_numpy(np.asarray(batch))
            columns, target = gold[picked].unique(return_inverse=True)
            value = loss(picked, columns, target.to(learning[0].device), generator)
            if not torch.isfinite(value):
                raise InputError(f"the loss is {value.item()} in epoch {epoch + 1}: lower the rate")
            progress = (epoch + number / len(some)) / config.epochs
            for group in optimizer.param_groups:
                group["lr"] = config.rate * _schedule(progress, config.warmup)
            optimizer.zero_grad(set_to_none=True)
            value.backward()
            if config.clip_norm:
                nn.utils.clip_grad_norm_(learning, config.clip_norm)
            optimizer.step()
            done += 1
            left = (time.monotonic() - began) / done * (config.epochs * len(some) - done)
            report(f"epoch {epoch + 1}/{config.epochs} loss {value.item():.3f}, {left:.0f} s left")


def _schedule(progress: float, warmup: float) -> float:
    if progress < warmup:
        return progress / warmup
    return 0.5 * (1 + math.cos(math.pi * (progress - warmup) / max(1 - warmup, 1e-9)))

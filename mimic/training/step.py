"""One optimizer step: its batch, the loss over the whole batch, and gradients in parts.

With `chunk`, or in several processes, the encoders run twice (cached gradients, Gao et al. 2021):
once without gradients for all features, from which the loss of the *whole* batch and its gradient
with respect to the features come; then part by part with gradients, which the features' gradients
are sent back through. Loss and gradient are those of the whole batch, the memory that of a part.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor

from mimic.model.encoded_data import Draw
from mimic.model.units import Features, unit_consistent_loss
from mimic.training.run import Run
from mimic.training.training_data import TrainingData

Losses = tuple[Tensor, list[float]]


@dataclass(frozen=True)
class Batch:
    """What one step needs and no weight decides, so that it can be made ahead.

    Attributes:
        rows: mentions `[M]`; columns: entities `[E]`; target: `[M]`, each mention's column.
        mention_pixels, entity_pixels: pictures of this process's share of rows and columns.
        seed: of everything random in the step.
    """

    rows: Tensor
    columns: Tensor
    target: Tensor
    mention_pixels: Tensor
    entity_pixels: Tensor
    seed: int


def mention_batch(run: Run, rows: Tensor, seed: int) -> Batch:
    """The batch of these mentions: their entities, hard negatives, and pictures."""
    config, generator = run.preset.train, torch.Generator().manual_seed(seed)
    gold = torch.tensor([run.data.splits["train"].gold[int(r)] for r in rows])
    columns, target = gold, torch.arange(len(rows))
    if config.mask_repeated or config.hard_negatives:
        columns, place = torch.cat([gold, _negatives(run, rows, generator)]).unique(
            return_inverse=True
        )
        target = place[: len(gold)]

    def pixels(data: TrainingData, some: Tensor) -> Tensor:
        share = run.workers.share(len(some))
        return data.pixels(some, run.processor, config.augment, generator, share)

    mention = pixels(run.data.mentions["train"], rows)
    return Batch(rows, columns, target, mention, pixels(run.data.entities, columns), seed)


def mention_step(run: Run, batch: Batch) -> Losses:
    """Adds the gradients of one batch of mentions to the model; its loss and the four parts."""
    workers, chunk = run.workers, run.preset.train.chunk
    mine, theirs = workers.share(len(batch.rows)), workers.share(len(batch.columns))
    sides = (
        _Side(run, run.data.mentions["train"], batch.rows[mine], batch.mention_pixels, batch.seed),
        _Side(run, run.data.entities, batch.columns[theirs], batch.entity_pixels, batch.seed + 1),
    )
    if workers.size == 1 and not 0 < chunk < max(len(batch.rows), len(batch.columns)):
        mention, entity = (side.encode(slice(None)) for side in sides)
        return _backward(run, mention, entity, batch.target, 1.0)
    with torch.no_grad():
        mention, entity = (
            Features.joined([side.encode(part) for part in side.parts()]) for side in sides
        )
        entity = entity.each(lambda t: workers.gather(t, len(batch.columns)))
    for leaf in (*_tensors(mention), *_tensors(entity)):
        leaf.requires_grad_()
    weight = (mine.stop - mine.start) / len(batch.rows)
    loss, parts = _backward(run, mention, entity, batch.target[mine], weight)
    mention_gradients = [_gradient(leaf) for leaf in _tensors(mention)]
    entity_gradients = [workers.add_up(_gradient(leaf))[theirs] for leaf in _tensors(entity)]
    for side, gradients in zip(sides, (mention_gradients, entity_gradients), strict=True):
        for part in side.parts():
            _send_back(side.encode(part), [g[part] for g in gradients])
    workers.add_up_gradients(run.model.parameters())
    totals = workers.add_up(torch.tensor([loss.item(), *parts], device=loss.device))
    return totals[0], totals[1:].tolist()


def picture_step(run: Run, numbers: Tensor, seed: int) -> Losses:
    """Adds the gradients of one batch of entities' pictures; the same in every process."""
    strength, device = run.preset.train.augment, run.model.device
    generator = torch.Generator().manual_seed(seed)
    torch.manual_seed(seed)
    pixels = run.data.entities.numbered(numbers, run.processor, strength, generator)
    count = run.data.entities.pictures.count
    owner = torch.repeat_interleave(torch.arange(len(count)), count)[numbers]
    with run.autocast():
        features = run.model.encoder.image(pixels.to(device))
    overall, tokens = features[0].float(), features[1].float()
    loss = run.heads.loss((overall, tokens), run.data.classes[owner].to(device))
    run.optimizer.backward(loss)
    return loss.detach(), []


def descend(run: Run, loss: Tensor, share: float, pictures: bool) -> None:
    """One step of the optimizer at this share of the phase's peak learning rate.

    Raises:
        InputError: the loss is no number.
    """
    where = f"epoch {run.state.epoch + 1}, step {run.state.step + 1}"
    peak = run.preset.train.picture_rate if pictures else None
    run.optimizer.descend(loss, share, where, peak)


def step_seed(seed: int, epoch: int, step: int) -> int:
    """The seed of one step: the same after a resume."""
    return int(np.random.SeedSequence([seed, epoch, step]).generate_state(1)[0])


@dataclass(frozen=True)
class _Side:
    """One side of a batch, this process's share of it."""

    run: Run
    data: TrainingData
    rows: Tensor
    pixels: Tensor
    seed: int

    def parts(self) -> list[slice]:
        size = self.run.preset.train.chunk or max(1, len(self.rows))
        return [slice(i, i + size) for i in range(0, len(self.rows), size)] or [slice(0, 0)]

    def encode(self, part: slice) -> Features:
        """Features of a part; the same dropout whenever it is called with the same part."""
        number = step_seed(self.seed, self.run.workers.rank, part.start or 0)
        torch.manual_seed(number)
        generator = torch.Generator().manual_seed(number)
        draw = Draw(generator, self.run.preset.train.word_dropout)
        rows, pixels = self.rows[part], self.pixels[part]
        with self.run.autocast():
            features = self.data.features(self.run.model, rows, pixels, draw)
        return features.each(lambda t: t.float() if t.is_floating_point() else t)


def _backward(
    run: Run, mention: Features, entity: Features, target: Tensor, weight: float
) -> Losses:
    """The loss of these mentions against all entities, `weight` their share of the batch."""
    scores = run.model(mention, entity)
    target = target.to(scores["score"].device)
    loss, parts = unit_consistent_loss(scores, run.preset.train.unit_weight, target)
    run.optimizer.backward(loss * weight)
    return loss.detach() * weight, (parts.detach() * weight).tolist()


def _send_back(features: Features, gradients: list[Tensor]) -> None:
    pairs = zip(_tensors(features), gradients, strict=True)
    live = [(t, g) for t, g in pairs if t.requires_grad and len(t)]
    torch.autograd.backward([t for t, _ in live], [g for _, g in live])


def _gradient(leaf: Tensor) -> Tensor:
    return torch.zeros_like(leaf) if leaf.grad is None else leaf.grad


def _tensors(features: Features) -> tuple[Tensor, Tensor, Tensor, Tensor]:
    """Those that gradients flow through."""
    return (
        features.text_global,
        features.text_tokens,
        features.image_global,
        features.image_tokens,
    )


def _negatives(run: Run, rows: Tensor, generator: torch.Generator) -> Tensor:
    """Some of each mention's hard negatives, `hard_negatives` of them where there are as many."""
    wanted = run.preset.train.hard_negatives
    if not wanted or run.state.negatives is None:
        return torch.empty(0, dtype=torch.long)
    listed = run.state.negatives[rows].long()
    order = torch.rand(listed.shape, generator=generator).argsort(1)[:, :wanted]
    sample = listed.gather(1, order).flatten()
    return sample[sample >= 0]

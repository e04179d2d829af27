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
from mimic.training.run_data import PICTURE_DECIDES, RunData
from mimic.training.training_data import Shown, TrainingData, encode

Losses = tuple[Tensor, list[float]]


@dataclass(frozen=True)
class Batch:
    """What one step needs and no weight decides, so that it can be made ahead.

    Attributes:
        folder: whose mentions they are, by its place in the run.
        rows: mentions `[M]`; columns: entities `[E]`.
        target: each mention's column `[M]`, or the probabilities of all `[M, E]`; tglu_target:
            that of TGLU's own loss.
        mention_pictures, entity_pictures: of this process's share of rows and columns.
        seed: of everything random in the step.
    """

    folder: int
    rows: Tensor
    columns: Tensor
    target: Tensor
    tglu_target: Tensor
    mention_pictures: Shown
    entity_pictures: Shown
    seed: int


def mention_batch(run: Run, folder: int, rows: Tensor, seed: int) -> Batch:
    """The batch of these mentions: their entities, hard negatives, and pictures."""
    config, data = run.preset.train, run.data[folder]
    generator = torch.Generator().manual_seed(seed)
    gold = torch.tensor([data.splits["train"].gold[int(r)] for r in rows])
    columns, target = gold, torch.arange(len(rows))
    if config.mask_repeated or config.hard_negatives or config.bearers:
        extra = [_negatives(run, folder, rows, generator), *_bearers(data, rows).values()]
        columns = torch.cat([gold[gold >= 0], *extra]).unique()
        target = torch.searchsorted(columns, gold.clamp(min=0))
    tglu_target = target
    if config.bearers and data.labelled:
        target, tglu_target = _probabilities(data, rows, columns, target)

    def shown(side: TrainingData, some: Tensor) -> Shown:
        return side.shown(some, generator, run.workers.share(len(some)))

    mention, entity = shown(data.mentions["train"], rows), shown(data.entities, columns)
    if config.strangers and not data.labelled:
        own = gold[run.workers.share(len(rows))]
        mention, entity = _estranged(data, own, mention, entity, config.strangers, generator)
    return Batch(folder, rows, columns, target, tglu_target, mention, entity, seed)


def mention_step(run: Run, batch: Batch) -> Losses:
    """Adds the gradients of one batch of mentions to the model; its loss and the four parts."""
    workers, chunk, data = run.workers, run.preset.train.chunk, run.data[batch.folder]
    mine, theirs = workers.share(len(batch.rows)), workers.share(len(batch.columns))
    rows, columns = batch.rows[mine], batch.columns[theirs]
    sides = (
        _Side(run, data.mentions["train"], rows, batch.mention_pictures, batch.seed),
        _Side(run, data.entities, columns, batch.entity_pictures, batch.seed + 1),
    )
    if workers.size == 1 and not 0 < chunk < max(len(batch.rows), len(batch.columns)):
        mention, entity = (side.encode(slice(None)) for side in sides)
        return _backward(run, batch, mention, entity, slice(None))
    with torch.no_grad():
        mention, entity = (
            Features.joined([side.encode(part) for part in side.parts()]) for side in sides
        )
        entity = entity.each(lambda t: workers.gather(t, len(batch.columns)))
    for leaf in (*_tensors(mention), *_tensors(entity)):
        leaf.requires_grad_()
    loss, parts = _backward(run, batch, mention, entity, mine)
    mention_gradients = [_gradient(leaf) for leaf in _tensors(mention)]
    entity_gradients = [workers.add_up(_gradient(leaf))[theirs] for leaf in _tensors(entity)]
    for side, gradients in zip(sides, (mention_gradients, entity_gradients), strict=True):
        for part in side.parts():
            _send_back(side.encode(part), [g[part] for g in gradients])
    workers.add_up_gradients(run.model.parameters())
    if run.preset.train.fact_weight:
        workers.add_up_gradients(run.heads.parameters())
    totals = workers.add_up(torch.tensor([loss.item(), *parts], device=loss.device))
    return totals[0], totals[1:].tolist()


def picture_step(run: Run, numbers: Tensor, seed: int) -> Losses:
    """Adds the gradients of one batch of pictures of the lesson; the same in every process.

    Args:
        numbers: first the pictures of entities, then the photographs of mentions.
    """
    data, device = run.data[0], run.model.device
    generator = torch.Generator().manual_seed(seed)
    torch.manual_seed(seed)
    owned = len(data.entities.pictures.place)
    numbers = numbers.sort().values
    mine, theirs = numbers[numbers < owned], data.photographs[numbers[numbers >= owned] - owned]
    inputs = [data.entities.pictures.numbered(mine, generator)] if len(mine) else []
    if len(theirs):
        inputs.append(data.mentions["train"].pictures.numbered(theirs, generator))
    with run.autocast():
        overall, tokens = encode(run.model, torch.cat(inputs))
    features = run.model.normalise_image((overall.float(), tokens.float()))
    loss = run.heads.loss(features, data.classes[numbers].to(device))
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
    shown: Shown
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
        with self.run.autocast():
            features = self.data.features(self.run.model, self.rows[part], self.shown[part], draw)
        return features.each(lambda t: t.float() if t.is_floating_point() else t)


def _backward(run: Run, batch: Batch, mention: Features, entity: Features, share: slice) -> Losses:
    """The loss of a share of the mentions against all entities, by its part of the batch."""
    config, device = run.preset.train, mention.text_global.device
    weight = len(batch.rows[share]) / len(batch.rows)
    scores = run.model(mention.cut(), entity.cut())
    tglu_weight = config.unit_weight if config.tglu_weight is None else config.tglu_weight
    loss, parts = unit_consistent_loss(
        scores,
        config.unit_weight,
        batch.target[share].to(device),
        tglu=(tglu_weight, batch.tglu_target[share].to(device)),
    )
    whole = loss
    if config.fact_weight and batch.folder == 0:
        facts = run.data[0].facts[batch.columns].to(device)
        pictures = (entity.image_global, entity.image_tokens)
        whole = loss + config.fact_weight * run.heads.loss(pictures, facts)
    run.optimizer.backward(whole * weight)
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


def _negatives(run: Run, folder: int, rows: Tensor, generator: torch.Generator) -> Tensor:
    """Some of each mention's hard negatives, `hard_negatives` of them where there are as many."""
    wanted = run.preset.train.hard_negatives
    if not wanted or run.state.negatives is None:
        return torch.empty(0, dtype=torch.long)
    listed = run.state.negatives[folder][rows].long()
    order = torch.rand(listed.shape, generator=generator).argsort(1)[:, :wanted]
    sample = listed.gather(1, order).flatten()
    return sample[sample >= 0]


def _bearers(data: RunData, rows: Tensor) -> dict[str, Tensor]:
    """Surface forms of these mentions -> the entities that are learnt from and bear them."""
    surfaces = {data.splits["train"].mentions[int(row)].surface for row in rows}
    bearers = {surface: data.bearers.get(surface, rows[:0]) for surface in sorted(surfaces)}
    return {surface: some[~data.held[some]] for surface, some in bearers.items()}


def _probabilities(
    data: RunData, rows: Tensor, columns: Tensor, target: Tensor
) -> tuple[Tensor, Tensor]:
    """What a labelled batch asks of all scores, and of TGLU's own: `[M, E]` each.

    All bearers of the name alike where nothing tells which is right, and of TGLU also where only
    the picture does.
    """
    split, bearers = data.splits["train"], _bearers(data, rows)
    own = torch.nn.functional.one_hot(target, len(columns)).float()
    alike = torch.zeros_like(own)
    for place, row in enumerate(rows.tolist()):
        some = torch.searchsorted(columns, bearers[split.mentions[row].surface])
        alike[place, some] = 1 / max(1, len(some))
    unknown = torch.tensor([split.gold[row] < 0 for row in rows.tolist()])[:, None]
    shown = torch.tensor([split.groups[row] in PICTURE_DECIDES for row in rows.tolist()])[:, None]
    return torch.where(unknown, alike, own), torch.where(unknown | shown, alike, own)


def _estranged(
    data: RunData,
    gold: Tensor,
    mention: Shown,
    entity: Shown,
    share: float,
    generator: torch.Generator,
) -> tuple[Shown, Shown]:
    """Pictures that say little: strangers', where there was another or none.

    A share of the mentions show any entity of the folder, half as many the right one as in the
    knowledge base; in a share of the batches entities without a picture get one of another, in half
    as many no entity has any.
    """
    pictures = data.entities.pictures
    if not len(pictures.place):
        return mention, entity

    def anybody(count: int) -> Tensor:
        return pictures.numbered(
            torch.randint(len(pictures.place), (count,), generator=generator), generator
        )

    drawn = torch.rand(len(mention), generator=generator)
    right = (drawn >= share) & (drawn < 1.5 * share) & (pictures.count[gold] > 0)
    if right.any():
        own = pictures.numbered(pictures.first[gold[right]], generator)
        mention = mention.replaced(right, own)
    if (strange := drawn < share).any():
        mention = mention.replaced(strange, anybody(int(strange.sum())))
    mode = torch.rand((), generator=generator)
    if mode < share and (empty := entity.place == 0).any():
        entity = entity.replaced(empty, anybody(int(empty.sum())))
    elif share <= mode < 1.5 * share:
        entity = entity.without(entity.place > 0)
    return mention, entity

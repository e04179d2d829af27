"""A first lesson for the text model: to find entities by words alone, in all data folders.

Mean-pooled vectors of mention and entity (Reimers and Gurevych 2019), contrasted with *all*
entities of the mention's knowledge base: a bank holds the vectors of all of them, those of the
batch's answers are fresh and learn, the others are as old as their last turn. Only the last layers
learn, the others are asked once. At the end the weights go back part of the way (Wortsman et al.
2022): that is better on names that were seen in training and on names that were not.
"""

from __future__ import annotations

import copy
import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor, nn

from mimic.config import Preset, TrainConfig
from mimic.io.state import read_state, write_state
from mimic.io.terminal import Report
from mimic.model.encoders import BertVitBackbone, text_layers
from mimic.model.mimic import Mimic
from mimic.model.processor import Processor, Texts
from mimic.training.optimizer import share_of_peak

#: Inverse temperature of the cosines; share of the words that a step does not see of each side.
SCALE, MENTION_DROPOUT, ENTITY_DROPOUT = 20.0, 0.1, 0.05
BATCH, ENCODED = 64, 128
#: Mentions of one surface form in an epoch: few names with many sentences do not drown many names.
PER_NAME = 15
WEIGHT_DECAY, WARMUP = 0.1, 0.06


@dataclass(frozen=True)
class Reading:
    """What is read of one data folder.

    Attributes:
        names, wordings: of the mentions whose sentence decides; gold: their entities' rows.
        dev: the same of dev, `(names, sentences, gold)`.
        entities: names and descriptions.
    """

    names: Sequence[str]
    wordings: Sequence[Sequence[str]]
    gold: Tensor
    dev: tuple[Sequence[str], Sequence[str], Tensor]
    entities: tuple[Sequence[str], Sequence[str]]


def tune_text(
    model: Mimic,
    processor: Processor,
    readings: Sequence[Reading],
    config: TrainConfig,
    store: Path,
    key: str,
    report: Report,
) -> None:
    """Tunes the last `tuned_layers` layers of a model's text model in place.

    Args:
        store: file of the state, from the start and after each epoch; a lesson that was
            interrupted goes on there, one that is done is not given again.
        key: what the lesson depends on.

    Raises:
        InputError: the stored state is damaged or of another key, or cannot be written.
    """
    begun = read_state(store, key)
    lesson = _Lesson(model, processor, readings, config, report)
    if begun is None:
        write_state(store, key, lesson.state_dict())
    else:
        lesson.load_state_dict(begun)
    while lesson.epoch < config.text_epochs:
        lesson.learn()
        write_state(store, key, lesson.state_dict())
    lesson.finish(config.text_blend)


class _Jagged:
    """Real tokens of N texts after the fixed layers, one after the other: float16 `[tokens, T]`."""

    def __init__(self, backbone: BertVitBackbone, fixed: nn.ModuleList, texts: Texts) -> None:
        self.length = texts.attention_mask.sum(1)
        self.start = self.length.cumsum(0) - self.length
        width = backbone.text_width
        self.hidden = torch.empty(int(self.length.sum()), width, dtype=torch.float16)
        with torch.inference_mode():
            for rows in self.length.argsort().split(ENCODED):
                longest = int(self.length[rows].max())
                mask = texts.attention_mask[rows, :longest].bool()
                hidden = backbone.bert.embeddings(input_ids=texts.input_ids[rows, :longest])
                hidden = _through(fixed, hidden, mask)
                place = self.start[rows][:, None] + torch.arange(longest)
                self.hidden[place[mask]] = hidden[mask].half()

    def __len__(self) -> int:
        return len(self.length)

    def batch(self, rows: Tensor) -> tuple[Tensor, Tensor]:
        """Tokens `[n, L, T]` and mask `[n, L]` of some texts."""
        longest = int(self.length[rows].max())
        mask = torch.arange(longest) < self.length[rows][:, None]
        place = self.start[rows][:, None] + torch.arange(longest)
        return self.hidden[place.clamp(max=len(self.hidden) - 1)].float(), mask


class _Folder:
    """One data folder in the lesson: its texts, and the bank of its entities' vectors."""

    def __init__(self, lesson: _Lesson, reading: Reading) -> None:
        def jagged(names: Sequence[str], contexts: Sequence[str]) -> _Jagged:
            lesson.report(f"text lesson: {len(names):,} texts through the fixed layers")
            texts = lesson.processor.texts(names, contexts)
            return _Jagged(lesson.backbone, lesson.fixed, texts)

        count = [len(some) for some in reading.wordings]
        self.names, self.gold = reading.names, reading.gold
        self.count = torch.tensor(count)
        self.first = self.count.cumsum(0) - self.count
        self.mentions = jagged(
            [n for n, c in zip(reading.names, count, strict=True) for _ in range(c)],
            [wording for some in reading.wordings for wording in some],
        )
        self.entities = jagged(*reading.entities)
        self.dev, self.dev_gold = jagged(*reading.dev[:2]), reading.dev[2]
        self.bank = torch.empty(0)

    def batches(self, seed: Sequence[int]) -> list[Tensor]:
        """Mentions of one epoch, at most `PER_NAME` of a surface form."""
        order = np.random.default_rng(seed).permutation(len(self.names))
        times: Counter[str] = Counter()
        some = []
        for row in order.tolist():
            times[self.names[row]] += 1
            if times[self.names[row]] <= PER_NAME:
                some.append(row)
        count = max(1, len(some) // BATCH)
        return [torch.tensor(some[i * BATCH : (i + 1) * BATCH]) for i in range(count)]


class _Lesson:
    def __init__(
        self,
        model: Mimic,
        processor: Processor,
        readings: Sequence[Reading],
        config: TrainConfig,
        report: Report,
    ) -> None:
        assert isinstance(model.encoder.backbone, BertVitBackbone)
        self.backbone, self.processor, self.report = model.encoder.backbone, processor, report
        layers = text_layers(self.backbone.bert)
        tuned = model.config.tuned_layers
        self.fixed, self.layers = layers[: len(layers) - tuned], layers[len(layers) - tuned :]
        self.untrained = copy.deepcopy(self.layers.state_dict())
        self.folders = [_Folder(self, reading) for reading in readings]
        self.config, self.epoch = config, 0
        self.layers.requires_grad_(True)
        groups: list[list[nn.Parameter]] = [[], []]
        for parameter in self.layers.parameters():
            groups[parameter.ndim > 1].append(parameter)
        decays = ({"params": g, "weight_decay": WEIGHT_DECAY * i} for i, g in enumerate(groups))
        self.adamw = torch.optim.AdamW(decays, lr=config.text_rate, eps=1e-8)

    def state_dict(self) -> dict[str, Any]:
        layers = self.layers.state_dict()
        return {"epoch": self.epoch, "layers": layers, "optimizer": self.adamw.state_dict()}

    def load_state_dict(self, state: dict[str, Any]) -> None:
        self.epoch = state["epoch"]
        self.layers.load_state_dict(state["layers"])
        self.adamw.load_state_dict(state["optimizer"])

    def learn(self) -> None:
        """One epoch over all folders, their batches mixed."""
        seed = [self.config.seed, self.epoch]
        for folder in self.folders:
            folder.bank = self.encode(folder.entities)
        if not self.epoch:
            self.measure("untrained")
        steps = [(f, rows) for f in self.folders for rows in f.batches(seed)]
        generator = torch.Generator().manual_seed(1000 * self.config.seed + self.epoch)
        for done, number in enumerate(torch.randperm(len(steps), generator=generator).tolist()):
            progress = (self.epoch + done / len(steps)) / self.config.text_epochs
            for group in self.adamw.param_groups:
                group["lr"] = self.config.text_rate * share_of_peak(progress, WARMUP)
            folder, rows = steps[number]
            loss = self.step(folder, rows, generator)
            if done % 10 == 0:
                self.report(
                    f"text lesson: epoch {self.epoch + 1}/{self.config.text_epochs} "
                    f"step {done + 1}/{len(steps)} loss {loss:.3f}"
                )
        self.epoch += 1

    def step(self, folder: _Folder, rows: Tensor, generator: torch.Generator) -> float:
        """One step; the loss over all entities of the folder."""
        answers = folder.gold[rows].unique()
        drawn = (torch.rand(len(rows), generator=generator) * folder.count[rows]).long()
        mention = self.fresh(
            folder.mentions, folder.first[rows] + drawn, MENTION_DROPOUT, generator
        )
        entity = self.fresh(folder.entities, answers, ENTITY_DROPOUT, generator)
        folder.bank[answers] = entity.detach()
        scores = (SCALE * mention @ folder.bank.T).index_copy(
            1, answers, SCALE * mention @ entity.T
        )
        loss = F.cross_entropy(scores, folder.gold[rows])
        loss.backward()
        nn.utils.clip_grad_norm_(self.layers.parameters(), 1.0)
        self.adamw.step()
        self.adamw.zero_grad(set_to_none=True)
        return loss.item()

    def fresh(
        self, texts: _Jagged, rows: Tensor, dropout: float, generator: torch.Generator
    ) -> Tensor:
        """Vectors `[n, T]` with gradients; [CLS] is never dropped."""
        order = texts.length[rows].argsort()
        parts = []
        for some in order.chunk(4):  # of like length, so that little padding is computed
            hidden, mask = texts.batch(rows[some])
            visible = torch.rand(mask.shape, generator=generator) >= dropout
            visible[:, 0] = True
            parts.append(_vectors(self.layers, hidden, mask & visible))
        return torch.cat(parts)[order.argsort()]

    @torch.no_grad()
    def encode(self, texts: _Jagged) -> Tensor:
        """Vectors `[N, T]` of all texts."""
        out = torch.empty(len(texts), self.backbone.text_width)
        for rows in texts.length.argsort().split(ENCODED):
            out[rows] = _vectors(self.layers, *texts.batch(rows))
        return out

    def measure(self, what: str) -> None:
        """Reports H@1 and MRR of dev by the cosine of the vectors alone."""
        for folder in self.folders:
            scores = self.encode(folder.dev) @ folder.bank.T
            own = scores.gather(1, folder.dev_gold[:, None])
            ranks = ((scores > own).sum(1) + 1).float()
            first, mrr = (ranks == 1).float().mean() * 100, (1 / ranks).mean() * 100
            self.report(f"text lesson: dev {what}: H@1 {first:.2f} MRR {mrr:.2f} n {len(ranks)}")

    def finish(self, blend: float) -> None:
        """Goes back to the untrained weights, but for a share of the way."""
        tuned = self.layers.state_dict()
        self.layers.load_state_dict(
            {  # as they are stored
                name: torch.lerp(old, tuned[name], blend).half().float()
                for name, old in self.untrained.items()
            }
        )
        self.layers.requires_grad_(False)
        for folder in self.folders:
            folder.bank = self.encode(folder.entities)
        self.measure("tuned")


def _through(layers: nn.ModuleList, hidden: Tensor, mask: Tensor) -> Tensor:
    away = torch.finfo(hidden.dtype).min
    bias = torch.zeros(mask.shape).masked_fill(~mask, away)[:, None, None]
    for layer in layers:
        out = layer(hidden, attention_mask=bias)
        hidden = out[0] if isinstance(out, tuple) else out
    return hidden


def _vectors(layers: nn.ModuleList, hidden: Tensor, mask: Tensor) -> Tensor:
    weight = mask[..., None].float()
    mean = (_through(layers, hidden, mask) * weight).sum(1) / weight.sum(1)
    return F.normalize(mean, dim=-1)


def key_of(preset: Preset, fingerprints: Sequence[str]) -> str:
    """What a lesson depends on, as text."""
    model, train = preset.model, preset.train
    what = [model.text, model.tuned_layers, model.text_length, train.seed, train.hold_out]
    return json.dumps([*what, train.text_epochs, train.text_rate, *fingerprints])

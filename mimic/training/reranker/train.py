"""The training of a cross-encoder: folds, one or more epochs over close shortlists, weights on dev.

Whatever ends it costs little: each fold's shortlists are kept once they are there, and so is the
cross-encoder, every few minutes.
"""

from __future__ import annotations

import dataclasses
import json
import shutil
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor

from mimic.config import MINILM_WHEEL
from mimic.data.layout import Split, data_fingerprint, read_kb, read_split
from mimic.errors import InputError, reason_of
from mimic.io.files import only_writer
from mimic.io.state import read_state, write_state
from mimic.io.terminal import Report, Watch
from mimic.linking.linker import EntityLinker
from mimic.metrics import summary
from mimic.model.processor import load_tokenizer
from mimic.rerank.cross_encoder import (
    CARD,
    CrossCard,
    CrossConfig,
    CrossEncoder,
    PairReader,
    pair_scores,
    save_cross,
)
from mimic.rerank.reranker import LOOKED, Mix, fit_mix
from mimic.training.optimizer import share_of_peak
from mimic.training.reranker.lists import Folds, Lists, chosen, first_lists, values_of
from mimic.training.step import step_seed

WORK = ".training"  # folder of what is kept until the end
SAVE_EVERY = 120.0  # seconds
PARTS = 4  # of like length, that a batch of texts is computed in
POOL = 50  # batches whose lists are sorted by length together


@dataclass(frozen=True)
class RerankTraining:
    """How a reranker is trained.

    Attributes:
        folds, fold_epochs: of the rankings; without epochs the short schedule that fits the model.
        looked: candidates of a shortlist.
        lists: most shortlists of an epoch, a share `easy` of which are not close ones.
        epochs: over them.
        batch: shortlists of a step.
        rate, head_rate: of the text model's layers and of the head.
        tuned_layers: last layers of the text model that learn.
        dev: most mentions that the weights are fitted on.
    """

    folds: int = 2
    fold_epochs: int | None = None
    looked: int = LOOKED
    lists: int = 9000
    easy: float = 0.2
    epochs: int = 1
    batch: int = 8
    rate: float = 5e-5
    head_rate: float = 1e-3
    weight_decay: float = 0.01
    warmup: float = 0.06
    tuned_layers: int = 3
    side_length: int = 48
    dev: int = 3000
    seed: int = 43

    def __post_init__(self) -> None:
        for name, least in (("folds", 2), ("looked", 2), ("lists", 1), ("epochs", 1), ("batch", 1)):
            if getattr(self, name) < least:
                raise InputError(f"{name} is {getattr(self, name)}; it must be at least {least}")


def train_reranker(
    model: Path | None,
    data: Path,
    out: Path,
    device: str,
    config: RerankTraining,
    report: Report,
    watch: Watch,
    resume: bool = False,
    command: str = "",
    cache: Path | None = None,
) -> dict[str, Any]:
    """Trains a reranker for a model on a data folder, and writes its folder.

    Args:
        watch: as `terminal.progress`.
        resume: goes on with an interrupted run, to the same result.

    Returns:
        What dev said: metrics before (`first`) and after, `mix`, `right_when_overruling`, minutes.

    Raises:
        InputError: model or data cannot be used, train or dev has no mention to learn from, or the
            folder holds a reranker, or an unfinished run without `resume` or of something else.
    """
    _check_place(out, resume)
    try:
        (out / WORK).mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise InputError(f"{out}: cannot be written ({reason_of(error)})") from None
    with only_writer(out, out / WORK / "lock"):
        linker = EntityLinker.load(model, data, device, cache, watch("entities"))
        run = _Run(linker, data, out, config, report, watch)
        dev = run.run(command)
    shutil.rmtree(out / WORK, ignore_errors=True)
    return dev


def _check_place(out: Path, resume: bool) -> None:
    begun = (out / WORK).is_dir() and any((out / WORK).glob("*.pt"))
    if (out / CARD).is_file():
        raise InputError(f"{out}: holds a reranker; give another folder, or remove it first")
    if begun and not resume:
        raise InputError(f"{out}: holds an unfinished run; add --resume, or give another folder")
    if resume and not begun:
        raise InputError(f"{out}: no unfinished run there to resume")


@dataclass(frozen=True)
class _Examples:
    """Shortlists ready to be read.

    Attributes:
        lists: of one or more models, one after the other.
        values: numbers of their candidates `[M, k, F]`.
        mention_ids: tokens of all mentions of the split; entity_ids: of all entities.
    """

    lists: Lists
    values: Tensor
    mention_ids: Sequence[Sequence[int]]
    entity_ids: Sequence[Sequence[int]]

    def longest(self, place: int) -> int:
        """Tokens of a shortlist's longest text."""
        own = len(self.mention_ids[int(self.lists.mentions[place])])
        return own + max(len(self.entity_ids[r]) for r in self.lists.entities[place].tolist())


class _Run:
    def __init__(
        self,
        linker: EntityLinker,
        data: Path,
        out: Path,
        config: RerankTraining,
        report: Report,
        watch: Watch,
    ) -> None:
        self.linker, self.out, self.config = linker, out, config
        self.report, self.watch, self.began = report, watch, time.monotonic()
        kb = read_kb(data)
        self.train, self.dev = (read_split(data, name, kb) for name in ("train", "dev"))
        for split in (self.train, self.dev):
            if sum(gold >= 0 for gold in split.gold) < config.folds:
                raise InputError(f"{data}: {split.name} has too few mentions with an answer")
        if linker.entities < 2:
            raise InputError(f"{data}: one entity alone leaves nothing to look at again")
        self.data = data_fingerprint(data)
        self.key = json.dumps([linker.index.model, self.data, dataclasses.asdict(config)])
        text = linker.model.config.text if linker.model.config.encoder != "clip" else MINILM_WHEEL
        self.cross = CrossConfig(
            text,
            side_length=min(config.side_length, linker.model.config.text_length),
            tuned_layers=config.tuned_layers,
        )
        source = dataclasses.replace(linker.model.config, text=text)
        self.tokenizer = load_tokenizer(source)
        if self.tokenizer is None:
            raise InputError(f"{text}: has no tokenizer, which a reranker needs")
        self.reader = PairReader(self.tokenizer, self.cross.side_length)

    def run(self, command: str) -> dict[str, Any]:
        parts = self._train_lists()
        torch.manual_seed(self.config.seed)
        net = CrossEncoder.pretrained(self.cross).to(self.linker.model.device)
        self._learn(net, self._examples(parts, self.train))
        dev = self._fit(net.eval())
        spread = dev.pop("spread")
        minutes = round((time.monotonic() - self.began) / 60, 1)
        training = {
            "command": command,
            "data": self.data,
            "config": dataclasses.asdict(self.config),
            "minutes": minutes,
            "threads": torch.get_num_threads(),
            "dev": dev,
        }
        card = CrossCard(
            model=self.linker.index.model,
            looked=self.config.looked,
            spread=tuple(spread),
            mix=dev["mix"],
            right=dev["right_when_overruling"],
            training=training,
        )
        save_cross(net, self.out, card, self.tokenizer)
        return {**dev, "minutes": minutes}

    def _train_lists(self) -> list[Lists]:
        """The shortlists of each fold, which are kept once they are there."""
        config = self.config
        folds = Folds(self.linker, self.train, config.folds, config.fold_epochs, config.looked,
                      config.seed, self.watch, self.report)  # fmt: skip
        parts = []
        for fold in range(config.folds):
            store = self.out / WORK / f"fold-{fold + 1}.pt"
            state = read_state(store, self.key)
            if state is None:
                lists = folds.lists(fold, self.out / WORK)
                write_state(store, self.key, lists.record())
            else:
                lists = Lists(**{n: t for n, t in state.items() if n != "key"})
            first = 100 * float((lists.gold == 0).float().mean())
            found = 100 * float((lists.gold >= 0).float().mean())
            self.report(
                f"fold {fold + 1}/{config.folds}: right first {first:.1f} %, among the first "
                f"{config.looked} {found:.1f} % of {len(lists)}"
            )
            parts.append(lists)
        return parts

    def _examples(self, parts: Sequence[Lists], split: Split) -> _Examples:
        """The lists of one or more models together, each in its own spread."""
        entities = list(self.linker.index.entities)
        values = [values_of(one.shortlists(split, entities))[0] for one in parts]
        columns = zip(*(one.record().values() for one in parts), strict=True)
        return _Examples(
            Lists(*(torch.cat(column) for column in columns)),
            torch.cat(values),
            self.reader.sides(
                [m.surface for m in split.mentions], [m.sentence for m in split.mentions]
            ),
            self.reader.sides([e.name for e in entities], [e.description for e in entities]),
        )

    def _learn(self, net: CrossEncoder, examples: _Examples) -> None:
        config, store = self.config, self.out / WORK / "cross-encoder.pt"
        heads = [p for n, p in net.named_parameters() if not n.startswith("bert.")]
        layers = [p for p in net.bert.parameters() if p.requires_grad]
        adamw = torch.optim.AdamW(
            [{"params": layers, "peak": config.rate}, {"params": heads, "peak": config.head_rate}],
            lr=config.rate,
            weight_decay=config.weight_decay,
        )
        places = chosen(examples.lists, config.lists, config.easy, config.seed)
        if not len(places):
            raise InputError(
                "nothing to learn from: no answer of train is among its mention's first candidates"
            )
        steps = [
            (epoch, batch)
            for epoch in range(config.epochs)
            for batch in self._batches(examples, places, epoch)
        ]
        done = 0
        if (state := read_state(store, self.key)) is not None:
            net.load_state_dict(state["model"])
            adamw.load_state_dict(state["optimizer"])
            done = state["done"]
            self.report(f"resumed at step {done + 1} of {len(steps)}")
        saved, told, tell, first = time.monotonic(), list[float](), self.watch("shortlists"), done

        def save() -> None:
            state = {"model": net.state_dict(), "optimizer": adamw.state_dict(), "done": done}
            write_state(store, self.key, state)

        for number in range(first, len(steps)):
            epoch, batch = steps[number]
            torch.manual_seed(step_seed(config.seed, epoch, number))
            told.append(self._step(net, adamw, examples, batch, number / len(steps)))
            done = number + 1
            tell((done - first) * config.batch, (len(steps) - first) * config.batch)
            if done % 50 == 0:
                self.report(f"step {done}/{len(steps)}: loss {np.mean(told[-50:]):.4f}")
            if time.monotonic() - saved > SAVE_EVERY:
                save()
                saved = time.monotonic()
        save()

    def _batches(self, examples: _Examples, places: Tensor, epoch: int) -> list[Tensor]:
        """Shortlists of like length together, in an order that is another in every epoch."""
        rng, size = np.random.default_rng([self.config.seed, 3, epoch]), self.config.batch
        order = rng.permutation(places.numpy())
        batches: list[np.ndarray] = []
        for start in range(0, len(order), POOL * size):
            pool = sorted(order[start : start + POOL * size].tolist(), key=examples.longest)
            batches += [np.array(pool[i : i + size]) for i in range(0, len(pool), size)]
        return [torch.from_numpy(batches[i]) for i in rng.permutation(len(batches))]

    def _step(
        self,
        net: CrossEncoder,
        adamw: torch.optim.AdamW,
        examples: _Examples,
        batch: Tensor,
        progress: float,
    ) -> float:
        net.train()
        net.bert.eval()  # few texts are read once: the text model's dropout only slows it
        scores = self._scores(net, examples, batch)
        gold = examples.lists.gold[batch].to(scores.device)
        loss = F.cross_entropy(scores, gold)
        if not torch.isfinite(loss):
            raise InputError(f"the loss is {loss.item()}: lower the rate")
        loss.backward()
        for group in adamw.param_groups:
            group["lr"] = group["peak"] * share_of_peak(progress, self.config.warmup)
        torch.nn.utils.clip_grad_norm_([p for g in adamw.param_groups for p in g["params"]], 1.0)
        adamw.step()
        adamw.zero_grad(set_to_none=True)
        return loss.item()

    def _scores(self, net: CrossEncoder, examples: _Examples, batch: Tensor) -> Tensor:
        """Scores `[n, k]` of n shortlists; texts of like length are computed together."""
        entities = examples.lists.entities[batch]
        k = entities.shape[1]
        own = [examples.mention_ids[m] for m in examples.lists.mentions[batch].tolist()]
        mentions = [ids for ids in own for _ in range(k)]
        others = [examples.entity_ids[row] for row in entities.flatten().tolist()]
        values = examples.values[batch].flatten(0, 1)
        scores = pair_scores(net, self.reader, mentions, others, values, PARTS)
        return scores.view(len(batch), k)

    @torch.inference_mode()
    def _fit(self, net: CrossEncoder) -> dict[str, Any]:
        """The weights of both scores, and what dev says of them."""
        known = [i for i, gold in enumerate(self.dev.gold) if gold >= 0]
        rows = np.array(known)[np.linspace(0, len(known) - 1, min(len(known), self.config.dev))
                               .astype(int)].tolist()  # fmt: skip
        lists = first_lists(
            self.linker, self.dev, rows, self.config.looked, self.watch, "mentions of dev"
        )
        entities = list(self.linker.index.entities)
        some = lists.shortlists(self.dev, entities, self.linker.temperature)
        values, spread = values_of(some)
        base = self._examples([lists], self.dev)
        examples = dataclasses.replace(base, values=values)
        tell, parts = self.watch("shortlists of dev"), []
        for batch in torch.arange(len(lists)).split(self.config.batch):
            parts.append(self._scores(net, examples, batch).float().cpu())
            tell(int(batch[-1]) + 1, len(lists))
        second = torch.cat(parts)
        mix = _fitted(lists, second, self.linker.temperature)
        return {
            **_dev_report(lists, second, mix, self.linker.temperature),
            "spread": spread.tolist(),
        }


def _fitted(lists: Lists, second: Tensor, temperature: float) -> Mix:
    with torch.inference_mode(False), torch.enable_grad():
        first = lists.units.mean(-1).clone() / temperature
        columns = zip(first, second.clone(), lists.gold.tolist(), strict=True)
        return fit_mix(list(columns))


def _dev_report(lists: Lists, second: Tensor, mix: Mix, temperature: float) -> dict[str, Any]:
    """Metrics of dev before and after; an answer that is no candidate counts as not found."""
    mixed = mix(lists.units.mean(-1) / temperature, second)
    order = mixed.sort(dim=1, descending=True, stable=True).indices
    place = (order == lists.gold[:, None]).int().argmax(1)
    before, after = (
        torch.where(lists.gold >= 0, ranks + 1.0, torch.inf) for ranks in (lists.gold, place)
    )
    overruled = order[:, 0] != 0
    right = 100 * float((after[overruled] == 1).float().mean()) if overruled.any() else None
    return {
        "first": summary(before.numpy()),
        **summary(after.numpy()),
        "mix": {"first": mix.first, "second": mix.second},
        "overruled": int(overruled.sum()),
        "right_when_overruling": right,
        "mended": int(((before > 1) & (after == 1)).sum()),
        "broken": int(((before == 1) & (after > 1)).sum()),
    }

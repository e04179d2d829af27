"""What a model says of its own answers, fitted on dev of all that it is tried on: the temperature,
when it doubts, its bands, which pictures are new to it, and how far open its gates usually are."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
import torch
from torch import Tensor

from mimic.data.layout import Split
from mimic.errors import InputError
from mimic.index.protocol import BATCH, Hits
from mimic.io.terminal import Progress
from mimic.linking.familiar import Familiar, fit_familiar
from mimic.linking.gate_range import LISTED, fit_gate_range, gate_record
from mimic.linking.linker import EntityLinker
from mimic.linking.nil import NilRule, Observed, fit_rule
from mimic.model.mimic import Side, save_familiar, update_card
from mimic.schema import GateRange

FEWEST = 3  # entities for a threshold
#: Mentions of each source that temperature and gates are fitted on, and pictures of all together
#: that say what a model has learnt from.
FITTED, LEARNT = 500, 4000
#: Label of the mentions whose picture shows what no entity is.
UNKNOWN = "unknown"

T = TypeVar("T")


@dataclass(frozen=True)
class Source:
    """A data folder that a model is tried on.

    Attributes:
        linker: the model with the folder's own knowledge base.
        dev: the mentions to fit on.
        learnt: pictures that the model has learnt from.
    """

    linker: EntityLinker
    dev: Split
    learnt: Sequence[Path] = ()


@dataclass(frozen=True)
class Calibration:
    """What `calibrate` finds; `familiar` is `None` where no picture was learnt from or tried."""

    temperature: float
    nil: NilRule
    familiar: Familiar | None
    gates: GateRange

    def record(self) -> dict[str, Any]:
        """The same for a model's card."""
        familiar = None if self.familiar is None else self.familiar.record()
        record = {
            "temperature": self.temperature,
            "nil": self.nil.record(),
            "familiar": familiar,
            "gates": gate_record(self.gates),
        }
        return {name: value for name, value in record.items() if value is not None}

    def save(self, folder: Path) -> None:
        """Writes it into the folder of the model.

        Raises:
            InputError: there is no model, or it cannot be written.
        """
        record = self.record()
        # Without the old record before the file changes: one is never read with the other.
        update_card(folder, familiar=None)
        if self.familiar is not None:
            record["familiar"]["sha256"] = save_familiar(folder, self.familiar.centres)
        update_card(folder, **record)


def calibrate(sources: Sequence[Source], progress: Progress | None = None) -> Calibration:
    """Fits all of it together.

    Args:
        sources: of one model; one at least.

    Raises:
        InputError: a source has too few mentions with an answer in its knowledge base, which has
            too few entities, or no threshold tells anything.
    """
    for source in sources:
        if max(source.dev.gold, default=-1) < 0:
            raise InputError("calibrate: needs at least two mentions with their entity")
        if source.linker.entities < FEWEST:
            raise InputError(
                f"calibrate: the knowledge base has {source.linker.entities} entities; it needs "
                f"{FEWEST}, for of two that are left when one is held out the better must lead by "
                "something"
            )
    trials = [_try(source, progress) for source in sources]
    temperature = fit_temperature([trial.scores() for trial in trials])
    rule = fit_rule([trial.observe(temperature) for trial in trials])
    gates = fit_gate_range([hits for trial in trials for hits in trial.hits()])
    return Calibration(temperature, rule, _familiar(sources, trials), gates)


def fit_temperature(sources: Sequence[tuple[Tensor, Tensor]]) -> float:
    """The T that makes softmax(score / T) most likely on the given mentions, within 1 %.

    Args:
        sources: scores `[M, E]` and gold rows `[M]` of each.
    """
    grid = torch.logspace(-1, 3, 1000, dtype=torch.float64)

    def losses(temperatures: Tensor) -> list[float]:
        return [
            sum(
                torch.nn.functional.cross_entropy(scores.double() / t, gold, reduction="sum").item()
                for scores, gold in sources
            )
            for t in temperatures
        ]

    near = max(0, int(np.argmin(losses(grid[::20]))) * 20 - 20)
    fine = grid[near : near + 41 : 2]
    return float(fine[int(np.argmin(losses(fine)))])


def known_pictures(train: Split) -> list[Path]:
    """The mentions' pictures that show what an entity is; what nothing is known of was shown, too,
    but only to teach doubt."""
    pairs = list(zip(train.mentions, train.groups, strict=True))
    unknown = {mention.image for mention, label in pairs if label == UNKNOWN}
    return [m.image for m, _ in pairs if m.image is not None and m.image not in unknown]


def pictures_of(images: Sequence[Path], entities: Sequence[Path], most: int) -> list[Path]:
    """At most so many of the pictures of mentions and entities, half of each where there are, drawn
    evenly."""
    half = most // 2
    mention, entity = (list(dict.fromkeys(paths)) for paths in (images, entities))
    room = max(half, most - len(mention)), max(half, most - len(entity))
    return [*_spread(mention, room[1]), *_spread(entity, room[0])]


def _spread(items: list[T], most: int) -> list[T]:
    """At most so many of them, from the first to the last at even distances."""
    if len(items) <= most:
        return items
    return [items[i] for i in torch.linspace(0, len(items) - 1, most).long().tolist()]


@dataclass(frozen=True)
class _Trial:
    """The mentions of a source's dev, encoded once.

    Attributes:
        batches: of their projections, each with the rows of their entities, -1 for none.
        looks: of their pictures, as far as they can be read, `[N, D]`.
        known: whether each of these shows what the model knows.
    """

    linker: EntityLinker
    batches: list[tuple[Side, Tensor]]
    looks: Tensor
    known: list[bool]

    def some(self) -> list[tuple[Side, Tensor]]:
        """At most `FITTED` of the mentions, spread over the split."""
        return _spread(self.batches, max(FITTED // BATCH, 1))

    @torch.inference_mode()
    def hits(self) -> list[Hits]:
        """The first entities of some mentions."""
        first = min(LISTED, self.linker.entities)
        return [self.linker.index.query(side).top(first) for side, _ in self.some()]

    @torch.inference_mode()
    def scores(self) -> tuple[Tensor, Tensor]:
        """Scores `[M, E]` and gold rows of some mentions with an answer, spread over the split."""
        parts = [(self.linker.index.query(s).scores()["score"], gold) for s, gold in self.some()]
        scores, gold = (torch.cat(columns).cpu() for columns in zip(*parts, strict=True))
        return scores[gold >= 0], gold[gold >= 0]

    @torch.inference_mode()
    def observe(self, temperature: float) -> Observed:
        """How sure the answers about all of them are."""
        observed = Observed(sum(len(gold) for _, gold in self.batches), temperature)
        for side, gold in self.batches:
            observed.add(self.linker.index.query(side), gold)
        return observed


def _try(source: Source, progress: Progress | None) -> _Trial:
    linker, split = source.linker, source.dev
    troubles: list[str] = []
    looks, batches = [], []
    for start in range(0, count := len(split.mentions), BATCH):
        part = slice(start, min(start + BATCH, count))
        encoded = linker.encode(split.mentions[part], troubles)
        looks.append(encoded.looks.cpu())
        gold = torch.tensor(split.gold[part], device=linker.model.device)
        batches.append((encoded.side, gold))
        if progress is not None:
            progress(part.stop, count)
    shown = [
        i
        for i, mention in enumerate(split.mentions)
        if mention.image is not None and not troubles[i]
    ]
    known = [split.groups[i] != UNKNOWN for i in shown]
    return _Trial(linker, batches, torch.cat(looks)[shown], known)


def _familiar(sources: Sequence[Source], trials: Sequence[_Trial]) -> Familiar | None:
    learnt = [looks for source in sources for looks in _looks(source)]
    known = [each for trial in trials for each in trial.known]
    if not learnt or not any(known):
        return None
    return fit_familiar(torch.cat(learnt), torch.cat([trial.looks for trial in trials]), known)


def _looks(source: Source) -> Iterator[Tensor]:
    """Unit vectors `[N, D]` of the pictures that were learnt from and can be read."""
    for start in range(0, len(source.learnt), BATCH):
        troubles: list[str] = []
        looks = source.linker.looks(source.learnt[start : start + BATCH], troubles).cpu()
        yield looks[[not why for why in troubles]]

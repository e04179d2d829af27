"""A pair's cells as a record, and their sums as the attribution of each side."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from torch import Tensor

from mimic.explain.attributions import Numbers
from mimic.explain.numbers import with_numbers
from mimic.explain.pair import Inputs
from mimic.explain.pair_cells import REST, Parts, pair_cells, take_apart
from mimic.explain.request import PAIRS, TARGETS
from mimic.model.mimic import Mimic
from mimic.schema import Attribution, PairMap, SideView, Word

BASELINE = "what belongs to no word and no patch: special tokens, padding, [CLS], biases"
Cells = dict[str, Tensor]  # target -> [elements of the mention, elements of the entity]


@dataclass(frozen=True)
class PairSums:
    """The cells of a mention with a candidate, and with its opponent where it has one.

    Attributes:
        scores: target -> `[1, 1]` or `[1, 2]`, as the index has them: what its stored numbers are
            rounded by is in the cell of both biases.
    """

    record: PairMap
    cells: Cells
    against: Cells | None
    scores: dict[str, Tensor]

    @classmethod
    def of(
        cls,
        model: Mimic,
        mention: Inputs,
        entities: Sequence[Inputs],
        scores: dict[str, Tensor],
    ) -> PairSums:
        """Of a candidate, and of its opponent where there are two entities.

        Args:
            scores: of `Mimic.score`.
        """
        mine, of_targets = take_apart(model, mention, "mention"), []
        named = {target: scores["score" if target == "total" else target] for target in TARGETS}
        for column, inputs in enumerate(entities):
            cells = pair_cells(model, mine, take_apart(model, inputs, "entity"))
            for target, sums in cells.items():
                sums[-1, -1] += (named[target][0, column] - sums.sum()).to(sums)
            of_targets.append(cells)
        against = of_targets[1] if len(entities) > 1 else None
        words = entities[1].words if len(entities) > 1 else None
        return cls(_record(mine, of_targets[0], against, words), of_targets[0], against, named)

    def attributed(self, view: SideView, target: str) -> SideView:
        """A side's view with the sums of its rows or columns.

        Of a margin they are, on the mention's side, less those with the opponent.
        """
        count = len(view.words)
        each = {name: side_numbers(self._sums(view.side, name), count) for name in TARGETS}
        score = float(self.scores[target][0, 0])
        if self.against is not None:
            score -= float(self.scores[target][0, 1])
        mine = each[target]
        record = Attribution(
            method=PAIRS,
            target=f"{target} margin" if self.against is not None else target,
            baseline=BASELINE,
            steps=0,
            words=tuple(mine.words.tolist()),
            patches=tuple(mine.patches.tolist()),
            score=score,
            baseline_score=score - mine.score + mine.baseline,
            gap=mine.gap,
            complete=True,
        )
        words = {name: one.words for name, one in each.items()}
        patches = {name: one.patches for name, one in each.items()}
        return with_numbers(view, record, words, patches)

    def _sums(self, side: str, target: str) -> Tensor:
        if side == "entity":
            return self.cells[target].sum(0)
        sums = self.cells[target].sum(1)
        return sums if self.against is None else sums - self.against[target].sum(1)


def side_numbers(sums: Tensor, words: int) -> Numbers:
    """Sums over a side's elements as the outcome of a method: the baseline is what is left.

    Args:
        words: how many words the side has.
    """
    own, rest = sums[: -len(REST)].cpu(), float(sums[-len(REST) :].sum())
    return Numbers(own[:words], own[words:], 0, float(own.sum()) + rest, rest)


def _record(
    mention: Parts, cells: Cells, against: Cells | None, words: tuple[Word, ...] | None
) -> PairMap:
    pooled = {"text": mention.words_pooled, "picture": mention.patches_pooled}
    return PairMap(
        REST,
        tuple(name for name, is_mean in pooled.items() if not is_mean),
        _plain(cells),
        None if against is None else _plain(against),
        words,
    )


def _plain(cells: Cells) -> dict[str, tuple[tuple[float, ...], ...]]:
    """Numbers of seven digits, which is what they are good for."""
    return {
        target: tuple(tuple(float(f"{v:.7g}") for v in row) for row in cells[target].tolist())
        for target in TARGETS
    }

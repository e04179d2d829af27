"""The numbers of one side's view: its attribution, and how the units share it."""

from __future__ import annotations

from dataclasses import replace

import torch
from torch import Tensor

from mimic.explain.attributions import METHODS, TOLERANCE, Numbers, Progress, attribute
from mimic.explain.pair import Question, Varied
from mimic.explain.request import TARGETS, Request
from mimic.schema import UNITS, Attribution, SideView

BASELINE = "padding in place of every word, special tokens kept; the blank picture"
SHARE_STEPS = 8  # of integrated gradients, for the share of words and picture in each unit


def attributed(
    view: SideView,
    varied: Varied,
    against: dict[str, Tensor] | None,
    request: Request,
    progress: Progress | None,
) -> SideView:
    """The view with its attribution and the shares of words and picture in every target.

    Args:
        against: scores `[1, 2]` of candidate and opponent, when a margin is explained.
    """
    margin = against is not None and view.side == "mention"

    def asked(target: str) -> Question:
        offset = 0.0
        if against is not None and not margin:
            offset = float(against["score" if target == "total" else target][0, 1])
        return Question(target, margin, offset)

    assert request.method is not None
    numbers = attribute(
        varied,
        asked(request.target),
        request.method,
        request.steps,
        request.seed,
        part(progress, 0, 2),
    )
    quick = {
        unit: attribute(
            varied,
            asked(unit),
            "integrated_gradients",
            SHARE_STEPS,
            progress=part(part(progress, 1, 2), done, len(UNITS)),
        )
        for done, unit in enumerate(UNITS)
    }
    words = {unit: found.words for unit, found in quick.items()}
    patches = {unit: found.patches for unit, found in quick.items()}
    words["total"] = torch.stack(list(words.values())).mean(0)  # the total is the units' mean
    patches["total"] = torch.stack(list(patches.values())).mean(0)
    return replace(
        view,
        attribution=_record(numbers, request.method, request.target, against is not None),
        text_share={target: text_share(words[target], patches[target]) for target in TARGETS},
        peaks={"words": _peak(words), "patches": _peak(patches)},
    )


def text_share(words: Tensor, patches: Tensor) -> float | None:
    """Share of the absolute numbers that lies on words; `None` when all of them are 0."""
    of_words, of_patches = float(words.abs().sum()), float(patches.abs().sum())
    return of_words / (of_words + of_patches) if of_words + of_patches else None


def _peak(numbers: dict[str, Tensor]) -> float:
    return max((float(t.abs().max()) for t in numbers.values() if len(t)), default=0.0)


def _record(numbers: Numbers, method: str, target: str, margin: bool) -> Attribution:
    return Attribution(
        method=method,
        target=f"{target} margin" if margin else target,
        baseline=BASELINE,
        steps=numbers.steps,
        words=tuple(numbers.words.tolist()),
        patches=tuple(numbers.patches.tolist()),
        score=numbers.score,
        baseline_score=numbers.baseline,
        gap=numbers.gap,
        complete=numbers.gap <= TOLERANCE if METHODS[method].complete else None,
    )


def part(progress: Progress | None, done: int, parts: int) -> Progress | None:
    """Tells the whole of what one of several equal parts tells of itself."""
    if progress is None:
        return None
    return lambda share: progress((done + share) / parts)

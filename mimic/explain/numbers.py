"""The numbers of one side's view: its attribution, and how the units share it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import torch
from torch import Tensor

from mimic.explain.attributions import TOLERANCE, Numbers, attribute, attribute_all, part
from mimic.explain.methods import METHODS
from mimic.explain.pair import Question, Varied
from mimic.explain.request import TARGETS, Request
from mimic.io.terminal import Share
from mimic.schema import UNITS, Attribution, SideView

BASELINE = "padding in place of every word, special tokens kept; the blank picture"
QUICK_STEPS = 8  # at most, of a method of gradients, for the units that are not shown


def attributed(
    view: SideView,
    varied: Varied,
    against: dict[str, Tensor] | None,
    request: Request,
    progress: Share | None,
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

    numbers, words, patches = _of_targets(varied, asked, request, progress)
    assert request.method is not None
    record = _record(numbers, request.method, request.target, against is not None)
    return with_numbers(view, record, words, patches)


def with_numbers(
    view: SideView, record: Attribution, words: dict[str, Tensor], patches: dict[str, Tensor]
) -> SideView:
    """The view with an attribution and what its words and patches say for every target."""
    return replace(
        view,
        attribution=record,
        text_share={target: text_share(words[target], patches[target]) for target in TARGETS},
        peaks={"words": _peak(words), "patches": _peak(patches)},
    )


def _of_targets(
    varied: Varied,
    asked: Callable[[str], Question],
    request: Request,
    progress: Share | None,
) -> tuple[Numbers, dict[str, Tensor], dict[str, Tensor]]:
    """The numbers that are shown, and the words' and the patches' for every target.

    All are of the method that is asked for, so that one range of colours holds for all. A method
    that hides has them in one pass; one of gradients, which needs a pass for each, gives the
    others in a few steps.
    """
    method, steps, seed = request.method, request.steps, request.seed
    assert method is not None
    if not METHODS[method].gradients:
        questions = [asked(target) for target in TARGETS]
        every = attribute_all(varied, questions, method, steps, seed, progress)
        results = dict(zip(TARGETS, every, strict=True))
        numbers = results[request.target]
    else:
        numbers = attribute(
            varied, asked(request.target), method, steps, seed, part(progress, 0, 2)
        )
        units = [asked(unit) for unit in UNITS]
        quick = attribute_all(varied, units, method, QUICK_STEPS, seed, part(progress, 1, 2))
        results = dict(zip(UNITS, quick, strict=True))
    words = {target: one.words for target, one in results.items()}
    patches = {target: one.patches for target, one in results.items()}
    for every_target in (words, patches):  # the total is the units' mean
        every_target["total"] = torch.stack([every_target[unit] for unit in UNITS]).mean(0)
    return numbers, words, patches


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
        word_errors=None if numbers.errors is None else tuple(numbers.errors[0].tolist()),
        patch_errors=None if numbers.errors is None else tuple(numbers.errors[1].tolist()),
    )

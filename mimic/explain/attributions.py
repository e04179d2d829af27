"""Attributions of one side's words and patches: numbers that add up, or say how far they do not."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor

from mimic.explain.methods import METHODS, Method, Task
from mimic.explain.pair import Question, Varied
from mimic.explain.request import MOST_STEPS
from mimic.io.terminal import Share

TOLERANCE = 0.02  # completeness gap up to which a sum counts as the difference of scores


@dataclass(frozen=True)
class Numbers:
    """The outcome of a method.

    Attributes:
        words: `[words]`; patches: `[patches]`, row by row.
        steps: of the path, or samples; 0 where there are none.
        score, baseline: the value with the whole side, and with its baseline.
        errors: standard errors of words and patches, of a method that samples orders.
    """

    words: Tensor
    patches: Tensor
    steps: int
    score: float
    baseline: float
    errors: tuple[Tensor, Tensor] | None = None

    @property
    def gap(self) -> float:
        """Completeness gap, a share (see `schema.Attribution`)."""
        difference = self.score - self.baseline
        every = torch.cat([self.words, self.patches]).double()
        scale = max(abs(difference), float(every.abs().sum()))
        return abs(float(every.sum()) - difference) / scale if scale else 0.0


def attribute(
    varied: Varied,
    question: Question,
    method: str,
    steps: int | None = None,
    seed: int = 0,
    progress: Share | None = None,
) -> Numbers:
    """Attributes one value; see `attribute_all`."""
    return attribute_all(varied, (question,), method, steps, seed, progress)[0]


def attribute_all(
    varied: Varied,
    questions: Sequence[Question],
    method: str,
    steps: int | None = None,
    seed: int = 0,
    progress: Share | None = None,
) -> list[Numbers]:
    """Attributes the value of each question to the words and patches of the varied side.

    Each gets the numbers that it would get alone; a method that hides encodes what is left once
    for all of them. What a target does not read, and a picture that is not there, get exactly 0.
    A method that promises completeness takes twice the steps, for the questions that need it,
    until the gap is within `TOLERANCE` or `MOST_STEPS` are reached.

    Args:
        method: one of `METHODS`.
        steps: of the path, or samples; the method's own number when left out.
        seed: of the methods that sample.
    """
    chosen = METHODS[method]
    steps = chosen.steps if steps is None or not chosen.steps else steps
    varied = varied.in_maps() if chosen.in_maps else varied
    if not chosen.gradients:
        return _refined(varied, questions, chosen, steps, seed, progress)
    results: list[Numbers] = []
    for question in questions:
        share = part(progress, len(results), len(questions))
        results += _refined(varied, (question,), chosen, steps, seed, share)
    return results


def part(progress: Share | None, done: int, parts: int) -> Share | None:
    """Tells the whole of what one of several equal parts tells of itself."""
    if progress is None:
        return None
    return lambda share: progress((done + share) / parts)


@contextmanager
def seeded(seed: int) -> Iterator[None]:
    """Both random streams that Captum draws from start at `seed`, and go on as before after."""
    before = np.random.get_state()
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(seed)
        np.random.seed(seed)
        try:
            yield
        finally:
            np.random.set_state(before)


def _refined(
    varied: Varied,
    questions: Sequence[Question],
    method: Method,
    steps: int,
    seed: int,
    progress: Share | None,
) -> list[Numbers]:
    results = _once(Task(varied, questions, steps, progress), method, seed)
    rough = [row for row, numbers in enumerate(results) if numbers.gap > TOLERANCE]
    if method.complete and rough and steps * 2 <= MOST_STEPS:
        again = [questions[row] for row in rough]
        finer = _refined(varied, again, method, steps * 2, seed, progress)
        for row, numbers in zip(rough, finer, strict=True):
            results[row] = numbers
    return results


def _once(task: Task, method: Method, seed: int) -> list[Numbers]:
    varied, rows = task.varied, len(task.questions)
    words = torch.zeros(rows, len(varied.inputs.words))
    patches = torch.zeros(rows, varied.grid[0] * varied.grid[1])
    errors = {"text": torch.zeros_like(words), "image": torch.zeros_like(patches)}
    if task.parts:
        with seeded(seed):
            values = dict(zip(task.parts, method.run(task), strict=True))
        errors |= {p: e.flatten(1) for p, e in zip(task.parts, task.errors, strict=False)}
        if method.gradients:
            if "text" in values:
                words = varied.by_word(values["text"].sum(-1)).cpu()
            if "image" in values:
                patches = varied.by_patch(values["image"].sum(1)).cpu()
        else:
            words = values.get("text", words)
            patches = values.get("image", patches).flatten(1)
    with torch.no_grad():
        ends = _ends(task)
    present = [varied.present(question.target) for question in task.questions]
    return [
        Numbers(
            _if("text" in parts, words[row]),
            _if("image" in parts, patches[row]),
            task.steps,
            *end,
            errors=(
                (
                    _if("text" in parts, errors["text"][row]),
                    _if("image" in parts, errors["image"][row]),
                )
                if task.errors
                else None
            ),
        )
        for row, (parts, end) in enumerate(zip(present, ends, strict=True))
    ]


def _if(read: bool, numbers: Tensor) -> Tensor:
    """What a target does not read gets 0, and not what rounding leaves."""
    return numbers.float() if read else torch.zeros(len(numbers))


def _ends(task: Task) -> list[tuple[float, float]]:
    varied = task.varied
    nothing = {part: torch.zeros_like(getattr(varied, part)) for part in task.parts}
    whole, empty = varied.scores(), varied.scores(**nothing)
    return [(float(q.value(whole)), float(q.value(empty))) for q in task.questions]

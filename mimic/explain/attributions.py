"""Attributions of one side's words and patches, by Captum."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import numpy as np
import torch
from captum.attr import (
    GradientShap,
    InputXGradient,
    IntegratedGradients,
    Occlusion,
    ShapleyValueSampling,
)
from torch import Tensor

from mimic.explain.pair import ROWS, Question, Varied
from mimic.explain.request import MOST_STEPS

#: Told the share that is done, from 0 to 1; an exception that it raises ends the work.
Progress = Callable[[float], None]
TOLERANCE = 0.02  # completeness gap up to which a sum counts as the difference of scores


@dataclass(frozen=True)
class Numbers:
    """The outcome of a method.

    Attributes:
        words: `[words]`; patches: `[patches]`, row by row.
        steps: of the path, or samples; 0 where there are none.
        score, baseline: the value with the whole side, and with its baseline.
    """

    words: Tensor
    patches: Tensor
    steps: int
    score: float
    baseline: float

    @property
    def gap(self) -> float:
        """Completeness gap, a share (see `schema.Attribution`)."""
        difference = self.score - self.baseline
        every = torch.cat([self.words, self.patches]).double()
        scale = max(abs(difference), float(every.abs().sum()))
        return abs(float(every.sum()) - difference) / scale if scale else 0.0


class Task:
    """One run of one method: counts the variants and gives Captum its function and inputs."""

    def __init__(
        self,
        varied: Varied,
        question: Question,
        parts: tuple[str, ...],
        steps: int,
        progress: Progress | None,
    ) -> None:
        self.varied, self.question, self.parts, self.steps = varied, question, parts, steps
        self._progress, self._done, self.planned = progress, 0, 1

    def of_inputs(self, *inputs: Tensor) -> Tensor:
        """The value `[N]` of embeddings and pixels, whichever of them are explained."""
        scores = self.varied.scores(**dict(zip(self.parts, inputs, strict=True)))
        return self._told(self.question.value(scores))

    def of_shown(self, *shown: Tensor) -> Tensor:
        """The value `[N]` with words `[N, words]` and patches `[N, rows, columns]` shown or not."""
        given = dict(zip(self.parts, shown, strict=True))
        rows, columns = self.varied.grid
        words = given.get("text", torch.ones(len(shown[0]), len(self.varied.inputs.words)))
        patches = given.get("image", torch.ones(len(shown[0]), rows, columns))
        return self._told(shown_value(self.varied, self.question, words, patches.flatten(1)))

    def inputs(self) -> tuple[Tensor, ...]:
        whole = {"text": self.varied.text, "image": self.varied.image}
        return tuple(whole[part] for part in self.parts)

    def all_shown(self) -> tuple[Tensor, ...]:
        words = torch.ones(1, len(self.varied.inputs.words))
        shown = {"text": words, "image": torch.ones(1, *self.varied.grid)}
        return tuple(shown[part] for part in self.parts)

    def _told(self, value: Tensor) -> Tensor:
        self._done += len(value)
        if self._progress is not None:
            self._progress(min(1.0, self._done / self.planned))
        return value


@dataclass(frozen=True)
class Method:
    """An attribution method, from Captum.

    Attributes:
        complete: the numbers promise to add up to score less baseline score.
        steps: how many steps or samples it takes when nothing else is said; 0 for none.
        gradients: it differentiates embeddings and pixels; else it hides words and patches.
    """

    run: Callable[[Task], tuple[Tensor, ...]]
    complete: bool
    steps: int
    gradients: bool


def attribute(
    varied: Varied,
    question: Question,
    method: str,
    steps: int | None = None,
    seed: int = 0,
    progress: Progress | None = None,
) -> Numbers:
    """Attributes the value to the words and patches of the varied side.

    What the target does not read, and a picture that is not there, get exactly 0. A method that
    promises completeness takes twice the steps until the gap is within `TOLERANCE` or `MOST_STEPS`
    are reached.

    Args:
        method: one of `METHODS`.
        steps: of the path, or samples; the method's own number when left out.
        seed: of the methods that sample.
    """
    chosen = METHODS[method]
    steps = chosen.steps if steps is None or not chosen.steps else steps
    while True:
        numbers = _once(varied, question, chosen, steps, seed, progress)
        if not chosen.complete or numbers.gap <= TOLERANCE or steps * 2 > MOST_STEPS:
            return numbers
        steps *= 2


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


def shown_value(varied: Varied, question: Question, words: Tensor, patches: Tensor) -> Tensor:
    """The value `[N]` with words `[N, words]` and patches `[N, patches]` shown, 1, or hidden, 0."""
    device = varied.text.device
    return question.value(varied.shown(words.to(device), patches.to(device))).cpu()


def _once(
    varied: Varied,
    question: Question,
    method: Method,
    steps: int,
    seed: int,
    progress: Progress | None,
) -> Numbers:
    rows, columns = varied.grid
    words, patches = torch.zeros(len(varied.inputs.words)), torch.zeros(rows * columns)
    parts = varied.present(question.target)
    task = Task(varied, question, parts, steps, progress)
    if parts:
        with seeded(seed):
            found = dict(zip(parts, method.run(task), strict=True))
        if method.gradients:
            if "text" in found:
                words = varied.by_word(found["text"].sum(-1))[0].cpu()
            if "image" in found:
                patches = varied.by_patch(found["image"].sum(1))[0].cpu()
        else:
            words = found["text"][0] if "text" in found else words
            patches = found["image"].flatten() if "image" in found else patches
    with torch.no_grad():
        score, baseline = _ends(varied, question, parts)
    return Numbers(words.float(), patches.float(), steps, score, baseline)


def _ends(varied: Varied, question: Question, parts: tuple[str, ...]) -> tuple[float, float]:
    nothing = {part: torch.zeros_like(getattr(varied, part)) for part in parts}
    return float(question.value(varied.scores())), float(question.value(varied.scores(**nothing)))


def _integrated_gradients(task: Task) -> tuple[Tensor, ...]:
    """The straight path from the baseline of text and picture to both (Sundararajan 2017)."""
    task.planned = task.steps
    method = IntegratedGradients(task.of_inputs)
    return method.attribute(task.inputs(), n_steps=task.steps, internal_batch_size=ROWS)


def _gradient_shap(task: Task) -> tuple[Tensor, ...]:
    """Gradients at random points of the same path: a preview of integrated gradients."""
    task.planned = task.steps
    inputs = task.inputs()
    baselines = tuple(torch.zeros_like(part) for part in inputs)
    return GradientShap(task.of_inputs).attribute(inputs, baselines, n_samples=task.steps)


def _input_x_gradient(task: Task) -> tuple[Tensor, ...]:
    """The gradient at the input times its difference from the baseline."""
    inputs = tuple(part.clone().requires_grad_() for part in task.inputs())
    return tuple(part.detach() for part in InputXGradient(task.of_inputs).attribute(inputs))


def _occlusion(task: Task) -> tuple[Tensor, ...]:
    """How much the value falls without a word, or without a square of patches.

    A patch gets the mean over the squares that hide it. A square is as wide as two patches in
    seven.
    """
    shown = task.all_shown()
    rows, columns = task.varied.grid
    square = (max(1, round(rows / 3.5)), max(1, round(columns / 3.5)))
    windows = tuple((1,) if part == "text" else square for part in task.parts)
    places = (rows - square[0] + 1) * (columns - square[1] + 1)
    task.planned = 1 + sum(part.numel() if part.dim() == 2 else places for part in shown)
    return Occlusion(task.of_shown).attribute(shown, windows, perturbations_per_eval=ROWS)


def _shapley(task: Task) -> tuple[Tensor, ...]:
    """Shapley values of words and of blocks of patches, over sampled orders.

    A block is as wide as two patches in seven; its value is shared evenly by its patches. Every
    order is followed by its reverse, so that who joins early once joins late the next time: the
    same number of samples then varies less (antithetic sampling, Mitchell et al. 2022).
    """
    shown = task.all_shown()
    players, masks = 0, []
    for part in shown:
        mask = torch.arange(part.numel()).reshape(part.shape) if part.dim() == 2 else _blocks(part)
        masks.append(mask + players)
        players = int(masks[-1].max()) + 1
    task.planned = task.steps * (players + 1)
    method = ShapleyValueSampling(task.of_shown)
    method.permutation_generator = _orders_and_reverses
    found = method.attribute(
        shown, feature_mask=tuple(masks), n_samples=task.steps, perturbations_per_eval=2 * ROWS
    )
    sizes = torch.bincount(torch.cat([mask.flatten() for mask in masks]))
    return tuple(value / sizes[mask] for value, mask in zip(found, masks, strict=True))


def _orders_and_reverses(players: int, samples: int) -> Iterator[list[int]]:
    order: list[int] = []
    for sample in range(samples):
        order = order[::-1] if sample % 2 else torch.randperm(players).tolist()
        yield order


def _blocks(patches: Tensor) -> Tensor:
    """Number of the block of each patch `[1, rows, columns]`."""
    _, rows, columns = patches.shape
    tall, wide = max(1, round(rows / 3.5)), max(1, round(columns / 3.5))
    across = -(-columns // wide)
    down = torch.arange(rows)[:, None] // tall
    return (down * across + torch.arange(columns)[None] // wide)[None]


METHODS: dict[str, Method] = {
    "shapley": Method(_shapley, True, 8, False),
    "integrated_gradients": Method(_integrated_gradients, True, 32, True),
    "occlusion": Method(_occlusion, False, 0, False),
    "gradient_shap": Method(_gradient_shap, False, 8, True),
    "input_x_gradient": Method(_input_x_gradient, False, 0, True),
}

"""The attribution methods, by Captum but for Shapley values, and what they are given."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import torch
from captum.attr import (
    GradientShap,
    InputXGradient,
    IntegratedGradients,
    Occlusion,
)
from torch import Tensor

from mimic.explain.pair import ROWS, Question, Varied
from mimic.io.terminal import Share


class Task:
    """One run of one method: counts the variants and gives Captum its function and inputs.

    Its `parts` are those that any of the questions reads.
    """

    def __init__(
        self,
        varied: Varied,
        questions: Sequence[Question],
        steps: int,
        progress: Share | None,
    ) -> None:
        self.varied, self.questions, self.steps = varied, questions, steps
        asked = {part for question in questions for part in varied.present(question.target)}
        self.parts = tuple(part for part in varied.present("total") if part in asked)
        self._progress, self._done, self.planned = progress, 0, 1
        self.errors: tuple[Tensor, ...] = ()  # standard errors of a method that samples

    def of_inputs(self, *inputs: Tensor) -> Tensor:
        """The value `[N]` of embeddings and pixels, for the only question there is."""
        (question,) = self.questions
        scores = self.varied.scores(**dict(zip(self.parts, inputs, strict=True)))
        return self._told(question.value(scores))

    def of_shown(self, *shown: Tensor) -> Tensor:
        """The values `[N, questions]` of words `[N, words]` and patches `[N, rows, columns]`.

        They are 1, shown, or 0. One pass of the model serves all questions.
        """
        given = dict(zip(self.parts, shown, strict=True))
        rows, columns = self.varied.grid
        words = given.get("text", torch.ones(len(shown[0]), len(self.varied.inputs.words)))
        patches = given.get("image", torch.ones(len(shown[0]), rows, columns))
        return self._told(shown_values(self.varied, self.questions, words, patches.flatten(1)))

    def inputs(self) -> tuple[Tensor, ...]:
        whole = {"text": self.varied.text, "image": self.varied.image}
        return tuple(whole[part] for part in self.parts)

    def shown(self) -> tuple[Tensor, ...]:
        """Everything of the parts shown: words `[1, words]`, patches `[1, rows, columns]`."""
        return tuple(part for name, part in self.all_shown().items() if name in self.parts)

    def all_shown(self) -> dict[str, Tensor]:
        """The same of every part that the side has, asked about or not."""
        words = torch.ones(1, len(self.varied.inputs.words))
        parts = {"text": words, "image": torch.ones(1, *self.varied.grid)}
        return {part: parts[part] for part in self.varied.present("total")}

    def _told(self, value: Tensor) -> Tensor:
        self.tell(len(value))
        return value

    def tell(self, variants: int) -> None:
        """So many more are done."""
        self._done += variants
        if self._progress is not None:
            self._progress(min(1.0, self._done / self.planned))


@dataclass(frozen=True)
class Method:
    """An attribution method.

    Attributes:
        complete: the numbers promise to add up to score less baseline score.
        steps: how many steps or samples it takes when nothing else is said; 0 for none.
        in_maps: it hides cells of a hybrid's maps in place of pixels (see `Varied.in_maps`).
        gradients: it differentiates embeddings and pixels, for one question at a time, and gives
            numbers of inputs `[1, ...]`; else it answers all questions in one pass, with one row
            for each of them `[questions, ...]` of words and patches.
        run: numbers of each of the task's parts.
    """

    run: Callable[[Task], tuple[Tensor, ...]]
    complete: bool
    steps: int
    gradients: bool
    in_maps: bool = False


def shown_values(
    varied: Varied, questions: Sequence[Question], words: Tensor, patches: Tensor
) -> Tensor:
    """Values `[N, questions]`, words `[N, words]` and patches `[N, patches]` shown, 1, or hidden.

    Each distinct text and picture is encoded once for all questions.
    """
    device = varied.text.device
    scores = varied.shown(words.to(device), patches.to(device))
    return torch.stack([question.value(scores) for question in questions], 1).cpu()


def _integrated_gradients(task: Task) -> tuple[Tensor, ...]:
    """The straight path from the baseline of text and picture to both (Sundararajan 2017)."""
    task.planned = task.steps
    method = IntegratedGradients(task.of_inputs)
    return method.attribute(task.inputs(), n_steps=task.steps, internal_batch_size=ROWS)


def _path_gradients(task: Task) -> tuple[Tensor, ...]:
    """The same for all questions at once: a point is encoded once and differentiated for each."""
    varied, inputs, totals = task.varied, task.inputs(), [torch.zeros(())] * len(task.parts)
    points, weights = np.polynomial.legendre.leggauss(task.steps)
    shares = torch.from_numpy((points + 1) / 2).float().split(ROWS)
    task.planned = task.steps
    for share, weight in zip(
        shares, torch.from_numpy(weights / 2).float().split(ROWS), strict=True
    ):
        at = [_along(share, part).requires_grad_() for part in inputs]
        with torch.enable_grad():
            scores = varied.scores(**dict(zip(task.parts, at, strict=True)))
            values = [question.value(scores).sum() for question in task.questions]
        slopes = [_slopes(value, at) for value in values]
        for row, part in enumerate(inputs):
            mean = torch.stack([(_along(weight, slope[row])).sum(0) for slope in slopes])
            totals[row] = totals[row] + mean * part
        task.tell(len(share))
    numbers = dict(zip(task.parts, totals, strict=True))
    by_word, by_patch = varied.by_word, varied.by_patch
    return tuple(
        (by_word(each.sum(-1)) if part == "text" else by_patch(each.sum(1))).cpu()
        for part, each in numbers.items()
    )


def _slopes(value: Tensor, at: Sequence[Tensor]) -> Sequence[Tensor]:
    """Gradients of a value; VDLU's knows nothing of a text without a picture, and has none."""
    if not value.requires_grad:
        return [torch.zeros_like(part) for part in at]
    return torch.autograd.grad(
        value, at, retain_graph=True, allow_unused=True, materialize_grads=True
    )


def _along(shares: Tensor, rows: Tensor) -> Tensor:
    """Rows, or one row, times a number each."""
    return shares.to(rows.device).view(-1, *[1] * (rows.dim() - 1)) * rows


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
    shown = task.shown()
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

    An order is one of all words and blocks of the side; targets that read fewer of them see the
    order of those. So the pass for the total holds that for every unit.

    The standard errors are those of the mean over the pairs of orders, of two pairs or more.
    """
    players, masks = 0, {}
    for name, part in task.all_shown().items():
        own = torch.arange(part.numel()).reshape(part.shape) if name == "text" else _blocks(part)
        masks[name] = own + players
        players += int(own.max()) + 1
    first = int(masks[task.parts[0]].min())
    taking = tuple(masks[part] - first for part in task.parts)
    count = 1 + max(int(mask.max()) for mask in taking)
    task.planned = task.steps * (count + 1)
    drawn = list(_orders_and_reverses(players, task.steps))
    taken = [[player - first for player in order] for order in drawn]
    kept = [[player for player in order if 0 <= player < count] for order in taken]
    pairs = [_joining(task, kept[at : at + 2], taking, count) for at in range(0, len(kept), 2)]
    each = torch.stack(pairs)
    sizes = torch.bincount(torch.cat([mask.flatten() for mask in taking]))[:, None]
    if len(pairs) > 1:
        error = each.std(0) / len(pairs) ** 0.5 / sizes
        task.errors = tuple(error.T[:, mask[0]] for mask in taking)
    values = each.mean(0) / sizes
    return tuple(values.T[:, mask[0]] for mask in taking)


def _joining(task: Task, orders: list[list[int]], taking: tuple[Tensor, ...], count: int) -> Tensor:
    """The mean change `[players, questions]` when each joins, over some orders.

    All of them are encoded at once, so that they share their texts and pictures.
    """
    places = torch.stack([torch.tensor(order).argsort() for order in orders])
    shown = (places[:, None] < torch.arange(count + 1)[:, None]).float().flatten(0, 1)
    values = task.of_shown(*(shown[:, mask[0]] for mask in taking))
    changes = values.unflatten(0, (len(orders), count + 1)).diff(dim=1)
    return torch.stack([one[row] for one, row in zip(changes, places, strict=True)]).mean(0)


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
    "shapley_maps": Method(_shapley, True, 8, False, in_maps=True),
    "integrated_gradients": Method(_integrated_gradients, True, 32, True),
    "integrated_gradients_maps": Method(_path_gradients, True, 16, False, in_maps=True),
    "occlusion": Method(_occlusion, False, 0, False),
    "gradient_shap": Method(_gradient_shap, False, 8, True),
    "input_x_gradient": Method(_input_x_gradient, False, 0, True),
}

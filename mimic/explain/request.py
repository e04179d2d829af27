"""What can be asked of an explanation; known before the model's code is loaded."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from mimic.errors import InputError
from mimic.schema import UNITS

TARGETS = ("total", *UNITS)
SIDES = ("mention", "entity")
#: The method whose numbers are sums of a pair's cells (`pair_cells`): nothing is hidden.
PAIRS = "pairs"
#: All methods in the order in which they are offered; but for `PAIRS` those of
#: `methods.METHODS`.
METHOD_NAMES = (
    "integrated_gradients_maps",
    PAIRS,
    "shapley_maps",
    "shapley",
    "integrated_gradients",
    "occlusion",
    "gradient_shap",
    "input_x_gradient",
)
#: The one that measured best on Atlas within a second (docs/explanations.md).
DEFAULT_METHOD = "integrated_gradients_maps"
#: What is shown until that is there.
FIRST_METHOD = PAIRS
MOST_STEPS = 256


@dataclass(frozen=True)
class Request:
    """What is asked about a pair (see `Explainer.explain`)."""

    target: str = "total"
    method: str | None = DEFAULT_METHOD
    sides: Sequence[str] = SIDES
    steps: int | None = None
    seed: int = 0

    def check(self) -> None:
        """Raises InputError for an option out of range."""
        for what, value, known in (
            ("target", self.target, TARGETS),
            ("method", self.method, (None, *METHOD_NAMES)),
            *(("side", side, SIDES) for side in self.sides),
        ):
            if value not in known:
                names = ", ".join(name for name in known if name)
                raise InputError(f"{what} is {value!r}; it must be one of {names}")
        if self.steps is not None and not 1 <= self.steps <= MOST_STEPS:
            raise InputError(f"steps is {self.steps}; it must be from 1 to {MOST_STEPS}")

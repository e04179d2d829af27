"""What the explanation panel does, without the page: plain values in, records out, no Gradio."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from analysis.faithfulness.stored_faithfulness import Measured, measured, stored_report
from demo.handlers.link import link, make_mention, without_path
from demo.linkers import Linkers
from demo.server.gate import stepping
from mimic.errors import InputError
from mimic.explain import DEFAULT_METHOD, METHOD_NAMES
from mimic.schema import Explanation, Mention, explanation_record


class CancelledError(Exception):
    """The visitor does not wait for this explanation any more."""


class Runs:
    """Which explanation each visitor waits for: a newer one, or `stop`, ends the older."""

    def __init__(self) -> None:
        self._current: dict[str, object] = {}

    def start(self, visitor: str) -> Callable[[], None]:
        """Begins one; what is returned raises `CancelledError` as soon as nobody waits for it."""
        mine = object()
        self._current[visitor] = mine

        def check() -> None:
            if self._current.get(visitor) is not mine:
                raise CancelledError

        return check

    def stop(self, visitor: str) -> None:
        """Ends what the visitor waits for, if anything."""
        self._current.pop(visitor, None)


class Explaining:
    """Explains with the page's linkers.

    `model` and `kb` are names as `Linkers` knows them; the first ones when left out.
    """

    def __init__(self, linkers: Linkers) -> None:
        self._linkers = linkers
        self._report = stored_report()
        self.runs = Runs()

    def explain(
        self,
        mention: Mention,
        entity: str,
        against: str | None = None,
        target: str = "total",
        method: str | None = None,
        progress: Callable[[float], None] | None = None,
        *,
        model: str | None = None,
        kb: str | None = None,
    ) -> Explanation:
        """The record of a pair; without a method attention and gates alone, at once.

        Raises:
            InputError: as of `Explainer.explain`, with no path of this machine in its text.
        """
        share = stepping(progress)
        try:
            return self._linkers.explainer(model, kb).explain(
                mention, entity, against or None, target, method, progress=share
            )
        except InputError as error:
            raise InputError(without_path(str(error), mention.image)) from error

    def measured(
        self, method: str, target: str, model: str | None = None, kb: str | None = None
    ) -> Measured | None:
        """What was measured on Atlas of a method, for the trust line."""
        index = self._linkers.explainer(model, kb).linker.index
        return measured(self._report, method, target, index.model)

    def record(
        self,
        image: str | None,
        sentence: str,
        mention: str,
        span: Sequence[int] | None = None,
        entity: str = "",
        against: str = "",
        target: str = "total",
        method: str = "",
        model: str | None = None,
        kb: str | None = None,
    ) -> dict[str, Any]:
        """The same JSON record as `python -m analysis explain --json` prints.

        Args:
            entity: the best candidate when empty.
            method: the page's default when empty; `none` for attention and gates alone.

        Raises:
            InputError: with no path of this machine in its text.
        """
        query = make_mention(image, sentence, mention, span)
        name = None if method == "none" else method or DEFAULT_METHOD
        if name is not None and name not in METHOD_NAMES:
            names = ", ".join((*METHOD_NAMES, "none"))
            raise InputError(f"method is {method!r}; it must be one of {names}")
        best = entity or link(self._linkers.get(model, kb), query, 1).candidates[0].entity.id
        return explanation_record(
            self.explain(query, best, against, target or "total", name, model=model, kb=kb)
        )

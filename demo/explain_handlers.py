"""What the explanation panel does, without the page: plain values in, records out, no Gradio."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, cast

from analysis.stored import Measured, measured, stored_report
from demo.handlers import Loading, link, make_mention, without_path
from mimic.errors import InputError
from mimic.explain import DEFAULT_METHOD, METHOD_NAMES
from mimic.schema import Explanation, Mention, explanation_record

if TYPE_CHECKING:
    from mimic.explain import Explainer


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
    """Explains with the page's linker; the explainer is made when the first one asks."""

    def __init__(self, loading: Loading) -> None:
        self._loading = loading
        self._lock = threading.Lock()
        self._explainer: Explainer | None = None
        self._report = stored_report()
        self.runs = Runs()

    def explainer(self) -> Explainer:
        """The one explainer of the page.

        Raises:
            InputError: the model or the knowledge base cannot be used.
        """
        linker = self._loading.linker()
        with self._lock:
            if self._explainer is None:
                from mimic.explain import Explainer

                self._explainer = Explainer(cast(Any, linker))
            return self._explainer

    def explain(
        self,
        mention: Mention,
        entity: str,
        against: str | None = None,
        target: str = "total",
        method: str | None = None,
        progress: Callable[[float], None] | None = None,
    ) -> Explanation:
        """The record of a pair; without a method attention and gates alone, at once.

        Raises:
            InputError: as of `Explainer.explain`, with no path of this machine in its text.
        """
        try:
            return self.explainer().explain(
                mention, entity, against or None, target, method, progress=progress
            )
        except InputError as error:
            raise InputError(without_path(str(error), mention.image)) from error

    def measured(self, method: str, target: str) -> Measured | None:
        """What was measured on Atlas of a method, for the trust line."""
        return measured(self._report, method, target, self.explainer().linker.index.model)

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
    ) -> dict[str, Any]:
        """The same JSON record as `python -m analysis explain --json` prints.

        Args:
            entity: the best candidate when empty.
            method: the page's default when empty; `none` for attention and gates alone.

        Raises:
            InputError: with no path of this machine in its text.
        """
        asked = make_mention(image, sentence, mention, span)
        chosen = None if method == "none" else method or DEFAULT_METHOD
        if chosen is not None and chosen not in METHOD_NAMES:
            names = ", ".join((*METHOD_NAMES, "none"))
            raise InputError(f"method is {method!r}; it must be one of {names}")
        best = entity or link(self._loading.linker(), asked, 1).candidates[0].entity.id
        return explanation_record(self.explain(asked, best, against, target or "total", chosen))

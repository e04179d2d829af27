"""The models and knowledge bases that the page offers, each pair loaded once."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import Future, TimeoutError
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, cast

import numpy as np

from mimic.errors import InputError
from mimic.io.terminal import Progress
from mimic.linking.restriction import Candidates
from mimic.model.spans import Span
from mimic.schema import Candidate, Entity, LinkResult, Mention
from mimic.texts.records import LinkedText

if TYPE_CHECKING:
    from mimic.explain import Explainer
    from mimic.linking.linker import EntityLinker


#: The name of the bundled model and of the bundled knowledge base.
BUNDLED = "Atlas (bundled)"
#: What the name of a visitor's own knowledge base begins with.
OWN = "own-"


class Linker(Protocol):
    """What the page needs of `mimic.EntityLinker`."""

    @property
    def model_name(self) -> str: ...
    @property
    def kb_name(self) -> str: ...
    @property
    def device(self) -> str: ...
    @property
    def entities(self) -> int: ...

    @property
    def temperature(self) -> float: ...
    @property
    def knows_photographs(self) -> bool: ...

    def entity(self, row: int) -> Entity: ...
    def unit_scores(self, mention: Mention) -> np.ndarray: ...
    def candidates(self, mention: Mention, ids: Sequence[str]) -> tuple[Candidate, ...]: ...
    def standing(self, mention: Mention, id: str) -> tuple[Candidate, Candidate]: ...
    def search(self, query: str, k: int = 10) -> list[Entity]: ...
    def nearest(self, query: str, k: int = 5) -> list[Entity]: ...
    def entity_by_id(self, id: str) -> Entity: ...
    def link(
        self,
        mention: Mention,
        k: int = 10,
        rank_by: str = "total",
        candidates: Candidates = "all",
        types: Sequence[str] | None = None,
    ) -> LinkResult: ...
    def link_text(
        self,
        text: str,
        images: Path | Sequence[Path | None] | None = None,
        k: int | None = None,
        candidates: Candidates = "all",
        types: Sequence[str] | None = None,
        mentions: Sequence[Span] | None = None,
        *,
        progress: Progress | None = None,
    ) -> LinkedText: ...


class Loading:
    """Loads a linker once, in a thread, so that the page can open before the model is there."""

    def __init__(self, load: Callable[[], Linker]) -> None:
        self._load = load
        self._future: Future[Linker] = Future()
        self._explainer: Explainer | None = None
        self._lock = threading.Lock()

    def start(self) -> Loading:
        """Begins to load; call it once."""
        threading.Thread(target=self._run, name="load the linker", daemon=True).start()
        return self

    def _run(self) -> None:
        try:
            self._future.set_result(self._load())
        except BaseException as error:  # whoever waits for the linker raises it
            self._future.set_exception(error)

    def done(self) -> bool:
        """True when it has loaded or failed."""
        return self._future.done()

    def failed(self) -> bool:
        """True when it could not be loaded."""
        return self._future.done() and self._future.exception() is not None

    def wait(self, seconds: float) -> bool:
        """Waits at most so long; true when it has loaded or failed."""
        try:
            self._future.exception(seconds)
        except TimeoutError:
            return False
        return True

    def linker(self) -> Linker:
        """The linker, as soon as it is there.

        Raises:
            InputError: the model or the knowledge base named by the user cannot be used.
        """
        return self._future.result()

    def explainer(self) -> Explainer:
        """The one explainer of the linker, made when the first one asks.

        Raises:
            InputError: as `linker`.
        """
        linker = self.linker()
        with self._lock:
            if self._explainer is None:
                from mimic.explain import Explainer  # not before the page is open

                self._explainer = Explainer(cast("EntityLinker", linker))
            return self._explainer


class Linkers:
    """Models and knowledge bases by name; a pair is loaded when it is first asked for.

    Args:
        models, kbs: names; the first of each is what the page opens with.
        load: from the names of a model and a knowledge base to a linker.
    """

    def __init__(
        self, models: Sequence[str], kbs: Sequence[str], load: Callable[[str, str], Linker]
    ) -> None:
        self.models, self.kbs = tuple(models), tuple(kbs)
        self._load = load
        self._loadings: dict[tuple[str, str], Loading] = {}
        self._lent: dict[str, Callable[[str], Linker]] = {}
        self._asked: dict[str, float] = {}
        self._lock = threading.Lock()

    def lend(self, kb: str, load: Callable[[str], Linker]) -> None:
        """Adds a knowledge base that no list names: who knows its name may ask for it.

        Args:
            kb: begins with `OWN`.
            load: from the name of a model to a linker.
        """
        with self._lock:
            self._lent[kb], self._asked[kb] = load, time.monotonic()

    def asked(self, kb: str) -> float:
        """When one that was lent was last asked for, as `time.monotonic`."""
        return self._asked[kb]

    def unload(self, kb: str) -> None:
        """Forgets the linkers of one that was lent; they are loaded again when asked for."""
        with self._lock:
            for pair in [pair for pair in self._loadings if pair[1] == kb and kb in self._lent]:
                del self._loadings[pair]

    def take_back(self, kb: str) -> None:
        """Forgets one that was lent, and its linkers."""
        self.unload(kb)
        with self._lock:
            self._lent.pop(kb, None)
            self._asked.pop(kb, None)

    def loading(self, model: str | None = None, kb: str | None = None) -> Loading:
        """The pair, which begins to load now if it has not before, or failed to: what was
        wrong with a folder may be put right while the page runs. `None` is the first.

        Raises:
            InputError: there is no such model or knowledge base.
        """
        pair = model or self.models[0], kb or self.kbs[0]
        if pair[0] not in self.models:
            known = ", ".join(self.models)
            raise InputError(f"model is {pair[0]!r}; it must be one of {known}")
        with self._lock:
            load = self._loader(*pair)
            loading = self._loadings.get(pair)
            if loading is None or loading.failed():
                loading = self._loadings[pair] = Loading(load).start()
            return loading

    def _loader(self, model: str, kb: str) -> Callable[[], Linker]:
        """What loads a pair; asking for what was lent is a use of it."""
        if lent := self._lent.get(kb):
            self._asked[kb] = time.monotonic()
            return lambda: lent(model)
        if kb in self.kbs:
            return lambda: self._load(model, kb)
        if kb.startswith(OWN):
            raise InputError(
                "your knowledge base is gone: it is kept for an hour after its last use; build it "
                "again, or choose another"
            )
        raise InputError(f"kb is {kb!r}; it must be one of {', '.join(self.kbs)}")

    def get(self, model: str | None = None, kb: str | None = None) -> Linker:
        """The linker of a pair, as soon as it is there.

        Raises:
            InputError: as `loading`, or the pair cannot be used.
        """
        return self.loading(model, kb).linker()

    def explainer(self, model: str | None = None, kb: str | None = None) -> Explainer:
        """The explainer of a pair: requests share it, since it lets them wait for each other.

        Raises:
            InputError: as `get`.
        """
        return self.loading(model, kb).explainer()

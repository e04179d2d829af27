"""What the page does, without the page: plain values in, plain values out, no Gradio."""

from __future__ import annotations

import math
import re
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import Future, TimeoutError
from pathlib import Path
from typing import Any, Protocol

from mimic.errors import InputError
from mimic.schema import LinkResult, Mention, result_record


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

    def link(self, mention: Mention, k: int = 10, rank_by: str = "total") -> LinkResult: ...


class Loading:
    """Loads a linker once, in a thread, so that the page can open before the model is there."""

    def __init__(self, load: Callable[[], Linker]) -> None:
        self._load = load
        self._future: Future[Linker] = Future()

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


def make_mention(
    image: str | Path | None, sentence: str, surface: str, span: Sequence[int] | None = None
) -> Mention:
    """A mention from the fields of a form; the linker checks its texts and its picture.

    Raises:
        InputError: the span is not two numbers.
    """
    place = None
    if span is not None:
        try:
            start, end = (int(offset) for offset in span)
        except (TypeError, ValueError):
            raise InputError("the span must be two numbers: start and end") from None
        place = start, end
    return Mention(surface or "", sentence or "", Path(image) if image else None, place)


def find_span(sentence: str, surface: str, chosen: Any) -> tuple[int, int] | None:
    """Where the mention stands: the place chosen in the page, else the first occurrence.

    `None` when there is none. A choice that the text no longer fits is dropped.
    """
    if not surface:
        return None
    if isinstance(chosen, list) and len(chosen) == 2:
        start, end = chosen
        if sentence[start:end] == surface:
            return start, end
    start = sentence.find(surface)
    return (start, start + len(surface)) if start >= 0 else None


def link(linker: Linker, mention: Mention, k: float = 10, rank_by: str = "total") -> LinkResult:
    """Ranks the knowledge base for one mention.

    Raises:
        InputError: with no path of this machine in its text.
    """
    if not isinstance(k, (int, float)) or not math.isfinite(k):
        raise InputError("k must be a number")
    try:
        return linker.link(mention, k=int(k), rank_by=rank_by)
    except InputError as error:
        raise InputError(without_path(str(error), mention.image)) from error


def without_path(message: str, image: Path | None) -> str:
    """The message with the server's name of the upload left out."""
    if image is not None:
        for name in (str(image), image.name):
            message = message.replace(name, "the picture")
    return message


def link_record(
    linker: Linker,
    image: str | None,
    sentence: str,
    mention: str,
    span: Sequence[int] | None = None,
    k: float = 10,
    rank_by: str = "total",
) -> dict[str, Any]:
    """The same JSON record that `python -m mimic link --json` prints."""
    return result_record(link(linker, make_mention(image, sentence, mention, span), k, rank_by))


def shares(scores: Sequence[float]) -> list[float]:
    """How one unit divides its favour among the listed candidates: positive, sums to 1.

    The softmax of the scores after division by their standard deviation: raw scores are sums of
    many products, whose plain softmax is nearly always 0 or 1.
    """
    mean = sum(scores) / len(scores)
    spread = math.sqrt(sum((score - mean) ** 2 for score in scores) / len(scores)) or 1.0
    highest = max(scores)
    weights = [math.exp((score - highest) / spread) for score in scores]
    return [weight / sum(weights) for weight in weights]


_KEY = re.compile(r"(?:^|(?<=\. ))([A-Z][A-Za-z -]{1,28}): ")


def facts(description: str) -> tuple[str, list[tuple[str, str]]]:
    """Splits `A team. Sport: ice hockey. Country: Norway.` into the prose before and the facts."""
    prose, *rest = _KEY.split(description.strip())
    values = (value.strip().removesuffix(".") for value in rest[1::2])
    return prose.strip(), list(zip(rest[::2], values, strict=True))

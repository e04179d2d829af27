"""What the page does, without the page: plain values in, plain values out, no Gradio."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from analysis.compare import UnitTable, compare, comparison_record
from demo.linkers import Linker
from mimic.errors import InputError
from mimic.model.spans import find_span
from mimic.schema import LinkResult, Mention, result_record


@dataclass(frozen=True)
class Linked:
    """A mention, and what a model answered: the case that every panel of the page looks at.

    Attributes:
        model, kb: names of what answered, as `Linkers` knows them.
        gold: identifier of the right entity where it is known (the examples), else `""`.
        change: of a what-if, what was changed, in the visitor's words; `""` for a case itself.
    """

    mention: Mention
    result: LinkResult
    model: str
    kb: str
    gold: str = ""
    change: str = ""


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


def pointed_mention(
    image: str | Path | None, sentence: str, surface: str, chosen: Any = None
) -> Mention:
    """The mention of the page's fields, as it stands at the place that was chosen in the sentence.

    A choice that the text no longer fits is dropped.
    """
    sentence, surface = sentence or "", (surface or "").strip()
    place = find_span(sentence, surface, chosen)
    return make_mention(image, sentence, sentence[slice(*place)] if place else surface, place)


def link(linker: Linker, mention: Mention, k: float = 10, rank_by: str = "total") -> LinkResult:
    """Ranks the knowledge base for one mention.

    Raises:
        InputError: with no path of this machine in its text.
    """
    listed = _count(k)
    try:
        return linker.link(mention, k=listed, rank_by=rank_by)
    except InputError as error:
        raise InputError(without_path(str(error), mention.image)) from error


def _count(k: float) -> int:
    if not isinstance(k, (int, float)) or not math.isfinite(k):
        raise InputError("k must be a number")
    return int(k)


def without_path(message: str, image: Path | None) -> str:
    """The message with the server's name of the upload left out."""
    if image is None:
        return message
    if message.startswith(f"{image.name}: "):
        message = "the picture" + message.removeprefix(image.name)
    return message.replace(str(image), "the picture")


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


def compare_record(
    linker: Linker, mention: Mention, weights: Sequence[float], k: float = 10
) -> dict[str, Any]:
    """The lists of the units side by side as plain JSON.

    Raises:
        InputError: with no path of this machine in its text.
    """
    listed = _count(k)
    if not 1 <= listed <= linker.entities:
        raise InputError(f"k is {listed}; it must be from 1 to {linker.entities}")
    try:
        scores = linker.unit_scores(mention)
    except InputError as error:
        raise InputError(without_path(str(error), mention.image)) from error
    found = compare(UnitTable(scores, linker.temperature), weights, listed)
    entities = {row: linker.entity(row) for row in found.standings["total"]}
    return comparison_record(found, entities)

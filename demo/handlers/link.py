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
from mimic.linking.link_table import MOST_LISTED
from mimic.linking.restriction import EVERYTHING, Restriction, read_types
from mimic.linking.shares import LISTED
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
    place = None if span is None else _span(span)
    return Mention(surface or "", sentence or "", Path(image) if image else None, place)


def _span(span: Any) -> tuple[int, int]:
    if not isinstance(span, list | tuple) or len(span) != 2:
        raise InputError("the span must be two numbers: start and end")
    try:
        start, end = (whole_number(offset, "an offset") for offset in span)
    except InputError as error:
        raise InputError(f"the span must be two numbers: start and end; {error}") from None
    return start, end


def pointed_mention(
    image: str | Path | None, sentence: str, surface: str, chosen: Any = None
) -> Mention:
    """The mention of the page's fields, as it stands at the place that was chosen in the sentence.

    A choice that the text no longer fits is dropped.
    """
    sentence, surface = sentence or "", (surface or "").strip()
    place = find_span(sentence, surface, chosen)
    return make_mention(image, sentence, sentence[slice(*place)] if place else surface, place)


def mistake(sentence: str, surface: str, chosen: Any = None) -> tuple[str, str] | None:
    """The field with what cannot be linked, `"sentence"` or `"mention"`, and what is wrong."""
    from mimic.model.processor import check_mention  # torch comes with it: not before the page

    try:
        check_mention(pointed_mention(None, sentence, surface, chosen))
    except InputError as error:
        said = str(error)
        return "sentence" if said.startswith("the sentence") else "mention", said
    return None


def link(
    linker: Linker,
    mention: Mention,
    k: float = LISTED,
    rank_by: str = "total",
    only: Restriction = EVERYTHING,
) -> LinkResult:
    """Ranks the knowledge base, or what `only` leaves of it, for one mention.

    Raises:
        InputError: with no path of this machine in its text.
    """
    wanted = listed(k, linker.entities)
    try:
        if only.is_open:
            return linker.link(mention, k=wanted, rank_by=rank_by)
        return linker.link(mention, wanted, rank_by, only.asked, only.types)
    except InputError as error:
        raise InputError(without_path(str(error), mention.image)) from error


def listed(k: Any, entities: int) -> int:
    """How many candidates are asked for; the default means all where there are fewer.

    Raises:
        InputError: `k` is no whole number, or beyond what is there or may be asked for.
    """
    wanted, most = whole_number(k, "k"), min(MOST_LISTED, entities)
    if wanted == LISTED:  # a client fills it in for its caller
        return min(wanted, most)
    if not 1 <= wanted <= most:
        shown = (
            str(wanted) if abs(wanted) < 10**12 else f"{str(wanted)[:12]}\N{HORIZONTAL ELLIPSIS}"
        )
        raise InputError(f"k is {shown}; it must be from 1 to {most}")
    return wanted


def whole_number(value: Any, label: str) -> int:
    """A number without a fraction; 3.0 is one.

    Raises:
        InputError: it is none, or no number at all.
    """
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise InputError(f"{label} must be a whole number, not {kind_of(value)}")
    if isinstance(value, float) and not (math.isfinite(value) and value.is_integer()):
        raise InputError(f"{label} must be a whole number, not {value}")
    return int(value)


def kind_of(value: Any) -> str:
    """What JSON calls a value: `a list`."""
    return _KINDS.get(type(value), "that")


_KINDS = {
    type(None): "null", bool: "true or false", int: "a number", float: "a number",
    str: "text", list: "a list", dict: "an object",
}  # fmt: skip


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
    k: float = LISTED,
    rank_by: str = "total",
    candidates: Any = None,
    types: Any = None,
) -> dict[str, Any]:
    """The same JSON record that `python -m mimic link --json` prints."""
    only = restriction(candidates, types)
    query = make_mention(image, sentence, mention, span)
    return result_record(link(linker, query, k, rank_by, only))


def restriction(candidates: Any, types: Any) -> Restriction:
    """Which entities a program asks to be ranked; `null` for all.

    Raises:
        InputError: it is neither `all`, `names` nor a list of texts.
    """
    asked = "all" if candidates is None or candidates == "" else candidates
    for label, value in (("candidates", asked), ("types", types)):
        if not isinstance(value, list | None) and not (value is asked and isinstance(value, str)):
            raise InputError(f"{label} must be a list of texts, not {kind_of(value)}")
    return Restriction.of(asked, types)


def chosen_restriction(candidates: str, types: str) -> Restriction:
    """Which entities the page's fields ask to be ranked.

    Args:
        candidates: `all` or `names`.
        types: apart by commas; none for any.

    Raises:
        InputError: as `Restriction.of`.
    """
    return Restriction.of(candidates or "all", read_types(types) if (types or "").strip() else None)


def compare_record(
    linker: Linker, mention: Mention, weights: Sequence[float], k: float = LISTED
) -> dict[str, Any]:
    """The lists of the units side by side as plain JSON.

    Raises:
        InputError: with no path of this machine in its text.
    """
    wanted = listed(k, linker.entities)
    try:
        scores = linker.unit_scores(mention)
    except InputError as error:
        raise InputError(without_path(str(error), mention.image)) from error
    comparison = compare(UnitTable(scores, linker.temperature), weights, wanted)
    entities = {row: linker.entity(row) for row in comparison.standings["total"]}
    return comparison_record(comparison, entities)

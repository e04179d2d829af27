"""A whole text linked, without the page: plain values in, plain JSON out."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from demo.handlers.link import LISTED, kind_of, listed, restriction, whole_number, without_path
from demo.linkers import Linker
from mimic.errors import InputError
from mimic.model.spans import Span
from mimic.texts.records import text_record

#: Characters and mentions that one request may ask for: what a page of print has, and some more.
MOST_TEXT, MOST_MENTIONS = 20_000, 200


def text_answer(
    linker: Linker,
    text: str,
    image: str | None = None,
    k: float = LISTED,
    candidates: Any = None,
    types: Any = None,
    mentions: Any = None,
) -> dict[str, Any]:
    """The same JSON record that `python -m mimic link-text` prints.

    Args:
        mentions: `{"start", "end"}` of each in code points; found by their names when left out.

    Raises:
        InputError: with no path of this machine in its text.
    """
    text = short_enough(text or "")
    wanted, only = listed(k, linker.entities), restriction(candidates, types)
    places = None if mentions is None else _places(mentions)
    picture = Path(image) if image else None
    try:
        linked = linker.link_text(text, picture, wanted, only.asked, only.types, places)
    except InputError as error:
        raise InputError(without_path(str(error), picture)) from error
    return text_record(linked)


def short_enough(text: str) -> str:
    """The text.

    Raises:
        InputError: it is longer than one request may be.
    """
    if len(text) > MOST_TEXT:
        raise InputError(
            f"the text has {len(text):,} characters; at most {MOST_TEXT:,} are linked at once: "
            "give it in parts"
        )
    return text


def _places(mentions: Any) -> list[Span]:
    if not isinstance(mentions, list):
        raise InputError(f"mentions must be a list, not {kind_of(mentions)}")
    if len(mentions) > MOST_MENTIONS:
        raise InputError(f"{len(mentions):,} mentions; at most {MOST_MENTIONS} are linked at once")
    places = []
    for item in mentions:
        if not isinstance(item, dict) or not {"start", "end"} <= set(item):
            raise InputError("a mention is an object with start and end, in code points")
        places.append((whole_number(item["start"], "start"), whole_number(item["end"], "end")))
    return places

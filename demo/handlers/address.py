"""The address of a case: what the page is told so that it shows the same answer again."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from demo.examples import Example
from demo.handlers.link import LISTED, Linked
from demo.linkers import Linkers
from demo.server.uploads import held_picture

Span = tuple[int, int]


@dataclass(frozen=True)
class Opened:
    """The fields that an address fills.

    Attributes:
        gone: key of the text that says what is not there any more, and what it names; `None` where
            all of it is.
    """

    image: str | None
    sentence: str
    mention: str
    span: Span | None
    gold: str
    k: int
    model: str
    kb: str
    gone: tuple[str, str] | None = None


def address_of(linked: Linked, examples: Sequence[Example] = ()) -> str:
    """The query of a case's address: of an example its number, of a visitor's own picture the hash
    under which the server holds it."""
    mention, k = linked.mention, len(linked.result.candidates)
    fields: dict[str, str | int] = {}
    if number := _number(linked, examples):
        fields["example"] = number
    else:
        fields |= {"sentence": mention.sentence, "mention": mention.surface}
        if mention.span is not None:
            fields["span"] = json.dumps(mention.span)[1:-1].replace(" ", "")
        if mention.image is not None:
            fields["picture"] = mention.image.parent.name
    if k != LISTED:
        fields["k"] = k
    if linked.result.candidates_are != "all":
        fields["candidates"] = linked.result.candidates_are
    if linked.result.types is not None:
        fields["types"] = ", ".join(linked.result.types)
    return urlencode(fields | {"model": linked.model, "kb": linked.kb})


def _number(linked: Linked, examples: Sequence[Example]) -> int:
    """Number from 1 of the example that the case is; 0 for none. Only examples know their gold."""
    case = linked.mention.sentence, linked.mention.span, linked.gold
    cases = [(example.sentence, example.span, example.gold) for example in examples]
    return cases.index(case) + 1 if linked.gold and case in cases else 0


def opened(query: Mapping[str, str], linkers: Linkers) -> Opened:
    """The fields of an address that names no example; what cannot be read is as if left out."""
    key = query.get("picture", "")
    image = held_picture(key) if key else None
    span = re.fullmatch(r"(\d{1,5}),(\d{1,5})", query.get("span", ""), re.ASCII)
    return Opened(
        None if image is None else str(image),
        query.get("sentence", ""),
        query.get("mention", ""),
        (int(span[1]), int(span[2])) if span else None,
        "",
        *options(query, linkers)[:3],
        _gone(query, linkers) or (("gone_picture", key) if key and image is None else None),
    )


def only(query: Mapping[str, str]) -> tuple[str, str]:
    """Candidates and types, as the page's fields say them."""
    return "names" if query.get("candidates") == "names" else "all", query.get("types", "")


def options(
    query: Mapping[str, str], linkers: Linkers
) -> tuple[int, str, str, tuple[str, str] | None]:
    """How many candidates, model and knowledge base, and what of it is not offered."""
    k = query.get("k", "")
    return (
        int(k) if re.fullmatch(r"[1-9]\d?", k, re.ASCII) else LISTED,
        _known(query.get("model", ""), linkers.models),
        _known(query.get("kb", ""), linkers.kbs),
        _gone(query, linkers),
    )


def _known(name: str, names: Sequence[str]) -> str:
    return name if name in names else names[0]


def _gone(query: Mapping[str, str], linkers: Linkers) -> tuple[str, str] | None:
    for field, names in (("model", linkers.models), ("kb", linkers.kbs)):
        if query.get(field) and query[field] not in names:
            return "gone_choice", query[field]
    return None

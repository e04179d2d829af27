"""The records of a linked text."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from mimic.model.spans import Span
from mimic.schema import LinkResult, Mention, result_record


@dataclass(frozen=True)
class TextMention:
    """A mention of a text, and its answer.

    Attributes:
        start, end: code points `[start, end)` of the text as it was given.
        context: the part of the text that the model read with it, in the same counting.
        prior: how likely it is that a name is meant at all; 1 for what was given.
        image: the picture that it was read beside.
    """

    start: int
    end: int
    surface: str
    context: Span
    prior: float
    result: LinkResult
    image: Path | None = None

    @property
    def nil(self) -> bool:
        """Whether no entity is meant: the model doubts it, or nobody could be ranked."""
        doubt = self.result.doubt
        return not self.result.candidates or (doubt is not None and doubt.nil)


@dataclass(frozen=True)
class LinkedText:
    """A text and its mentions, in their order.

    Attributes:
        candidates_are, types: which entities were ranked, as in `LinkResult`.
    """

    text: str
    mentions: tuple[TextMention, ...]
    candidates_are: str = "all"
    types: tuple[str, ...] | None = None


def read_mention(text: str, mention: TextMention) -> Mention:
    """A mention of a text as it was linked: in its context, beside its picture."""
    start, end = mention.context
    span = mention.start - start, mention.end - start
    return Mention(mention.surface, text[start:end], mention.image, span)


def mention_record(mention: TextMention) -> dict[str, Any]:
    """A mention as plain JSON: where it stands, and the record of `link`."""
    return {
        "start": mention.start,
        "end": mention.end,
        "surface": mention.surface,
        "nil": mention.nil,
        "context": list(mention.context),
        "prior": mention.prior,
        **result_record(mention.result),
    }


def text_record(linked: LinkedText) -> dict[str, Any]:
    """A linked text as plain JSON; offsets count code points."""
    return {
        "text": linked.text,
        "mentions": [mention_record(mention) for mention in linked.mentions],
        "candidates_are": linked.candidates_are,
        "types": None if linked.types is None else list(linked.types),
    }

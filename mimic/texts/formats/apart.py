"""What formats need that have no place for mentions inside each other."""

from __future__ import annotations

from itertools import pairwise

from mimic.errors import InputError
from mimic.texts.records import LinkedText, TextMention


def apart(linked: LinkedText, kind: str) -> list[TextMention]:
    """The mentions in their order.

    Raises:
        InputError: two of them overlap.
    """
    mentions = sorted(linked.mentions, key=lambda m: (m.start, m.end))
    for one, other in pairwise(mentions):
        if other.start < one.end:
            raise InputError(
                f"the mentions {one.surface!r:.40} and {other.surface!r:.40} overlap, which {kind} "
                "cannot hold: write json, jsonl, nif or kilt"
            )
    return mentions

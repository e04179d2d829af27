"""KILT's entity linking (Petroni et al., NAACL 2021): a JSON line for each mention.

KILT counts no offsets: `[START_ENT]` and `[END_ENT]` stand around the mention in `input`, and
`meta` has what is left and right of it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any

from mimic.texts.records import LinkedText


def as_kilt(linked: LinkedText) -> str:
    """A line for each mention; the first candidate is the answer, and none where none is meant."""
    return "".join(map(kilt_line, _records(linked)))


def kilt_record(
    key: str, text: str, start: int, end: int, entities: Sequence[tuple[str, str]]
) -> dict[str, Any]:
    """A mention, as KILT has it.

    Args:
        entities: identifiers and names, best first. The first is the answer, and all are its
            provenance in their order, which KILT's retrieval scores read; none is no output.
    """
    left, mention, right = text[:start], text[start:end], text[end:]
    sources = [{"wikipedia_id": entity, "title": name} for entity, name in entities]
    return {
        "id": key,
        "input": f"{left}[START_ENT] {mention} [END_ENT]{right}",
        "output": [{"answer": entities[0][1], "provenance": sources}] if entities else [],
        "meta": {"left_context": left, "mention": mention, "right_context": right},
    }


def kilt_line(record: dict[str, Any]) -> str:
    """A record as a line."""
    return json.dumps(record, ensure_ascii=False) + "\n"


def _records(linked: LinkedText) -> Iterator[dict[str, Any]]:
    for number, mention in enumerate(linked.mentions):
        first = [] if mention.nil else [mention.result.candidates[0].entity]
        found = [(entity.id, entity.name) for entity in first]
        yield kilt_record(str(number), linked.text, mention.start, mention.end, found)

"""KILT's entity linking (Petroni et al., NAACL 2021): a JSON line for each mention.

KILT counts no offsets: `[START_ENT]` and `[END_ENT]` stand around the mention in `input`, and
`meta` has what is left and right of it.
"""

from __future__ import annotations

import json
from typing import Any

from mimic.texts.records import LinkedText, TextMention


def as_kilt(linked: LinkedText) -> str:
    """A line for each mention; the first candidate is the answer, and none where none is meant."""
    records = (_record(linked.text, number, m) for number, m in enumerate(linked.mentions))
    return "".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records)


def _record(text: str, number: int, mention: TextMention) -> dict[str, Any]:
    left, right = text[: mention.start], text[mention.end :]
    output: list[dict[str, Any]] = []
    if not mention.nil:
        entity = mention.result.candidates[0].entity
        source = {"wikipedia_id": entity.id, "title": entity.name}
        output = [{"answer": entity.name, "provenance": [source]}]
    return {
        "id": str(number),
        "input": f"{left}[START_ENT] {mention.surface} [END_ENT]{right}",
        "output": output,
        "meta": {"left_context": left, "mention": mention.surface, "right_context": right},
    }

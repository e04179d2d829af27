"""What a filter shows, as plain records: JSON lines, and CSV for spreadsheets."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from analysis.browse.records import Results, SeenMention
from mimic.io.cells import csv_text

FORMS = ("csv", "jsonl")


def mention_record(seen: SeenMention, models: Sequence[str]) -> dict[str, Any]:
    """A mention as plain JSON; the picture by the name of its file."""
    mention = seen.mention
    return {
        "id": mention.id,
        "mention": mention.surface,
        "sentence": mention.sentence,
        "span": None if mention.span is None else list(mention.span),
        "image": None if mention.image is None else mention.image.name,
        "gold": seen.gold or None,
        "gold_name": seen.gold_name,
        "groups": dict(seen.groups),
        "change": seen.change,
        "answers": [
            {
                "model": model,
                "rank": answer.rank,
                "cause": answer.cause,
                "unit_ranks": dict(answer.alone),
                "first": [
                    {"id": key, "name": name, "score": score} for key, name, score in answer.first
                ],
            }
            for model, answer in zip(models, seen.answers, strict=True)
        ],
    }


def exported(results: Results, mentions: Sequence[SeenMention], form: str) -> bytes:
    """The mentions in one of `FORMS`."""
    if form == "jsonl":
        records = (mention_record(seen, results.models) for seen in mentions)
        lines = (json.dumps(record, ensure_ascii=False) + "\n" for record in records)
        return "".join(lines).encode()
    rows = [_row(seen, results.models) for seen in mentions]
    columns = list(dict.fromkeys(column for row in rows for column in row)) or ["id"]
    cells = ([row.get(column, "") for column in columns] for row in rows)
    return csv_text(columns, cells).encode("utf-8-sig")


def _row(seen: SeenMention, models: Sequence[str]) -> dict[str, Any]:
    """The record with a column for each value."""
    record = mention_record(seen, models)
    row = {key: record[key] for key in ("id", "mention", "sentence", "image", "gold", "gold_name")}
    row |= record["groups"] | ({"change": seen.change} if seen.change else {})
    for answer in record["answers"]:
        model = answer["model"]
        row[f"{model} rank"] = answer["rank"]
        row[f"{model} cause"] = answer["cause"]
        row |= {f"{model} rank {unit}": rank for unit, rank in answer["unit_ranks"].items()}
        row[f"{model} first"] = [one["id"] for one in answer["first"]]
        row[f"{model} names"] = [one["name"] for one in answer["first"]]
    return row

"""The formats that a linked text is written in, by their names."""

from __future__ import annotations

import json
from collections.abc import Callable

from mimic.errors import InputError
from mimic.texts.formats.conll import as_conll
from mimic.texts.formats.html import as_html
from mimic.texts.formats.kilt import as_kilt
from mimic.texts.formats.nif import as_nif
from mimic.texts.records import LinkedText, mention_record, text_record


def as_json(linked: LinkedText) -> str:
    """One object; offsets count code points."""
    return json.dumps(text_record(linked), ensure_ascii=False) + "\n"


def as_jsonl(linked: LinkedText) -> str:
    """A line for each mention; offsets count code points."""
    lines = (json.dumps(mention_record(m), ensure_ascii=False) for m in linked.mentions)
    return "".join(line + "\n" for line in lines)


FORMATS: dict[str, Callable[[LinkedText], str]] = {
    "json": as_json,
    "jsonl": as_jsonl,
    "nif": as_nif,
    "kilt": as_kilt,
    "conll": as_conll,
    "html": as_html,
}


def written(linked: LinkedText, kind: str) -> str:
    """A linked text in a format.

    Raises:
        InputError: there is no such format, or it cannot hold mentions that overlap.
    """
    if kind not in FORMATS:
        raise InputError(f"format is {kind!r:.40}; it must be one of {', '.join(FORMATS)}")
    return FORMATS[kind](linked)

"""Documents with gold annotations, and the reader of our own JSON lines.

    {"id": "1", "text": "Norway won.", "mentions": [{"start": 0, "end": 6, "entity": "Q20"}]}

Offsets count code points; `entity` is `null` for a mention outside the knowledge base, and
`surface` may repeat the words, which are then compared.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from mimic.errors import InputError, check_text
from mimic.io.json_reader import parse_json
from mimic.io.values import as_text


@dataclass(frozen=True, order=True)
class GoldMention:
    """Where a mention stands, in code points, and its entity; `""` for none of the base."""

    start: int
    end: int
    entity: str


@dataclass(frozen=True)
class Document:
    """A text, and all mentions in it; they may overlap, but none stands there twice."""

    id: str
    text: str
    mentions: tuple[GoldMention, ...]


def read_jsonl(file: Path, data: str) -> list[Document]:
    """The documents of a file of JSON lines.

    Raises:
        InputError: a line is not such a document.
    """
    documents = []
    for number, line in enumerate(data.split("\n"), 1):
        if line.strip():
            where = f"{file}: line {number}"
            try:
                record = parse_json(line)
            except ValueError as error:
                raise InputError(f"{where} is not JSON ({error})") from None
            documents.append(_document(record, number, where))
    if not documents:
        raise InputError(f"{file}: no documents in it")
    return documents


def _document(record: Any, number: int, where: str) -> Document:
    if not isinstance(record, dict) or not isinstance(record.get("text"), str):
        raise InputError(f"{where}: a document is an object with a text 'text'")
    listed = record.get("mentions")
    if not isinstance(listed, list):
        raise InputError(f"{where}: 'mentions' must be a list of start, end and entity")
    text = record["text"]
    check_text(text, f"{where}: the text")
    mentions: dict[tuple[int, int], GoldMention] = {}
    for place, item in enumerate(listed):
        mention = _mention(item, text, f"{where}: mention {place}")
        known = mentions.setdefault((mention.start, mention.end), mention)
        if known.entity != mention.entity:
            raise InputError(f"{where}: mention {place} stands there twice with two entities")
    key = as_text(record.get("id"), f"{where}: 'id'") or str(number)
    return Document(key, text, tuple(sorted(mentions.values())))


def _mention(item: Any, text: str, where: str) -> GoldMention:
    if not isinstance(item, dict):
        raise InputError(f"{where} is not an object with start, end and entity")
    start, end = item.get("start"), item.get("end")
    if type(start) is not int or type(end) is not int:
        raise InputError(f"{where}: 'start' and 'end' must be whole numbers (code points)")
    if "entity" not in item:
        raise InputError(f"{where} has no 'entity' (null for one that is not in the base)")
    surface = item.get("surface")
    check_place(text, start, end, surface if isinstance(surface, str) else None, where)
    return GoldMention(start, end, as_text(item["entity"], f"{where}: 'entity'"))


def check_place(text: str, start: int, end: int, surface: str | None, where: str) -> None:
    """Compares a place with the words that are said to stand there.

    Raises:
        InputError: it lies outside the text, or covers other words; it is told if offsets in bytes
            or in UTF-16 would fit.
    """
    inside = 0 <= start < end <= len(text)
    if inside and (surface is None or text[start:end] == surface):
        return
    for name, encoding, width in (("UTF-16 units", "utf-16-le", 2), ("bytes", "utf-8", 1)):
        raw = text.encode(encoding)[start * width : end * width]
        if surface and raw == surface.encode(encoding):
            raise InputError(f"{where}: its offsets count {name}; give them in code points, from 0")
    if not inside:
        raise InputError(
            f"{where}: {start} to {end} lies outside the text of {len(text):,} characters; offsets "
            "count code points, from 0"
        )
    raise InputError(
        f"{where}: {start} to {end} covers {text[start:end]!r:.60}, not {surface!r:.60}; offsets "
        "count code points, from 0"
    )

"""Predictions of a split as annotated texts: KILT and NIF."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from mimic.data.layout import SPLITS, has_split, read_kb, read_split
from mimic.errors import InputError
from mimic.schema import Mention
from mimic.texts.documents import Document, GoldMention
from mimic.texts.formats.kilt import kilt_line, kilt_record
from mimic.texts.formats.nif import documents_nif


@dataclass(frozen=True)
class Contexts:
    """What rows of predictions do not say of their mentions.

    Attributes:
        mentions: by identifier.
        names: of the entities, by identifier.
    """

    mentions: Mapping[str, Mention] = field(default_factory=dict)
    names: Mapping[str, str] = field(default_factory=dict)

    def place(self, row: Mapping[str, Any]) -> tuple[str, int, int]:
        """The text of a row's mention, and where it stands: its sentence, or the mention alone
        where that is not known, or does not hold it."""
        mention = self.mentions.get(str(row["id"]))
        if mention is None or mention.span is None:
            surface = str(row.get("mention") or row["id"]) if mention is None else mention.surface
            return surface, 0, len(surface)
        return mention.sentence, *mention.span


def read_contexts(folder: Path, rows: Sequence[Mapping[str, Any]]) -> Contexts:
    """The contexts of the rows, from the data folder that they were made of.

    Raises:
        InputError: the folder cannot be read, or does not have one of the mentions.
    """
    kb = read_kb(folder)
    names = [name for name in SPLITS if has_split(folder, name)]
    mentions = {m.id: m for name in names for m in read_split(folder, name, kb).mentions}
    if lacking := next((row["id"] for row in rows if str(row["id"]) not in mentions), None):
        raise InputError(f"{folder}: no mention {lacking!r} there: are these its predictions?")
    return Contexts(mentions, {entity.id: entity.name for entity in kb.entities})


def predictions_kilt(rows: Sequence[Mapping[str, Any]], contexts: Contexts) -> str:
    """A line for each mention, its first entities as provenance in their order."""
    return "".join(
        kilt_line(
            kilt_record(
                str(row["id"]),
                *contexts.place(row),
                [(str(e), contexts.names.get(str(e), str(e))) for e in row["predicted"]],
            )
        )
        for row in rows
    )


def predictions_nif(rows: Sequence[Mapping[str, Any]], contexts: Contexts) -> str:
    """A context for each mention, with its first entity; none where nothing was found."""
    return documents_nif(_document(row, contexts) for row in rows)


def _document(row: Mapping[str, Any], contexts: Contexts) -> Document:
    text, start, end = contexts.place(row)
    entity = str(row["predicted"][0]) if row["predicted"] else ""
    return Document(str(row["id"]), text, (GoldMention(start, end, entity),))

"""Texts with gold annotations as a data set: each mention in its sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from urllib.parse import unquote

from mimic.data.formats.data_set import (
    DataSet,
    Record,
    mention_record,
    named_entities,
    split_name,
)
from mimic.texts.documents import Document
from mimic.texts.sentences import sentences

#: AIDA marks the documents of its two test splits: `947testa CRICKET`.
_AIDA = re.compile(r"\d+(testa|testb)?\b")


def documents_data(documents: Sequence[Document]) -> DataSet:
    """The mentions of all documents. Its splits are AIDA's where two of the documents' names say
    so, else one, `all`; its entities have the names that their identifiers hold, and no text."""
    marks = [found[1] if (found := _AIDA.match(one.id)) else None for one in documents]
    rest = "train" if any(marks) else "all"
    data = DataSet([], {})
    names: dict[str, str] = {}
    for document, mark in zip(documents, marks, strict=True):
        data.splits.setdefault(split_name(mark or rest), []).extend(_records(document))
        names |= {m.entity: _name(m.entity) for m in document.mentions if m.entity}
    data.entities = named_entities(names, {})
    data.notes.append(
        "the entities have names alone: name a data folder that has their texts with --kb"
    )
    return data


def _records(document: Document) -> Iterator[Record]:
    starts = [start for start, _ in sentences(document.text)]
    places = list(pairwise([0, *starts[1:], len(document.text)]))
    for number, mention in enumerate(document.mentions):
        inside = [(a, b) for a, b in places if a <= mention.start and mention.end <= b]
        start, end = inside[0] if inside else (0, len(document.text))
        sentence = document.text[start:end]
        left = len(sentence) - len(sentence.lstrip())
        yield mention_record(
            f"{document.id}-{number}",
            sentence.strip(),
            document.text[mention.start : mention.end],
            mention.entity,
            start=mention.start - start - left,
        )


def _name(identifier: str) -> str:
    """`http://dbpedia.org/resource/Norway_(band)` is Norway (band)."""
    last = identifier.rstrip("/").rsplit("/", 1)[-1] if "://" in identifier else identifier
    return unquote(last).replace("_", " ").strip() or identifier

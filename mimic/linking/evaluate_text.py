"""Scores of whole texts: their mentions found, linked where they are given, and both."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mimic.errors import InputError
from mimic.io.json_reader import decoded
from mimic.io.terminal import Progress
from mimic.linking.link_text import link_text
from mimic.linking.restriction import EVERYTHING, Restriction
from mimic.texts.documents import Document, read_jsonl
from mimic.texts.formats.conll import read_conll
from mimic.texts.formats.nif import read_nif
from mimic.texts.records import LinkedText
from mimic.texts.scores import Annotations, summary

if TYPE_CHECKING:
    from mimic.linking.linker import EntityLinker

NIF_NAMES, CONLL_NAMES = (".ttl", ".nif"), (".conll", ".tsv")


def read_documents(file: Path) -> list[Document]:
    """Documents with gold annotations: NIF in Turtle (`.ttl`, `.nif`), AIDA's columns (`.conll`,
    `.tsv`), else our JSON lines.

    Raises:
        InputError: no such file, not text, or not what its name says.
    """
    try:
        data = decoded(file.read_bytes())
    except FileNotFoundError:
        raise InputError(f"no such file: {file}") from None
    except OSError as error:
        raise InputError(f"{file}: cannot be read ({error.strerror})") from None
    except UnicodeDecodeError as error:
        raise InputError(f"{file}: not UTF-8 text (byte {error.start})") from None
    kind = file.suffix.lower()
    read = read_nif if kind in NIF_NAMES else read_conll if kind in CONLL_NAMES else read_jsonl
    return read(file, data)


def evaluate_text(
    linker: EntityLinker,
    documents: Sequence[Document],
    restriction: Restriction = EVERYTHING,
    neighbours: bool = False,
    progress: Progress | None = None,
) -> dict[str, Any]:
    """Scores in percent, strong matching, micro and macro.

    `mentions`: all mentions, whatever they mean. `linking`: the gold mentions are given. `both`:
    nothing is given. The last two are GERBIL's InKB: gold annotations whose entity is not in the
    knowledge base, and answers that none is meant, count neither as there nor as found.

    Args:
        progress: is told (documents done, documents in all).
    """
    known = linker.index.entities.rows
    spans, given, both = [], [], []
    for number, document in enumerate(documents, 1):
        text = document.text
        found = link_text(linker, text, None, 1, restriction, neighbours=neighbours)
        places: list[tuple[int, int]] = [(m.start, m.end) for m in document.mentions]
        linked = link_text(linker, text, None, 1, restriction, places, neighbours=neighbours)
        gold: Annotations = {
            (m.start, m.end, m.entity) for m in document.mentions if m.entity in known
        }
        spans.append(({(m.start, m.end) for m in found.mentions}, set[tuple[Any, ...]](places)))
        given.append((_annotations(linked), gold))
        both.append((_annotations(found), gold))
        if progress is not None:
            progress(number, len(documents))
    mentions = [m for document in documents for m in document.mentions]
    return {
        "documents": len(documents),
        "gold": len(mentions),
        "gold_not_in_kb": sum(m.entity not in known for m in mentions),
        "candidates_are": restriction.candidates,
        "types": None if restriction.types is None else list(restriction.types),
        "mentions": summary(spans),
        "linking": summary(given),
        "both": summary(both),
    }


def _annotations(linked: LinkedText) -> Annotations:
    return {
        (m.start, m.end, m.result.candidates[0].entity.id) for m in linked.mentions if not m.nil
    }

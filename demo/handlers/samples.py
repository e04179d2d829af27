"""Sample tables with pictures, made of what is bundled: a visitor sees the form of one's own."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path

from demo.examples import Example
from mimic.data.layout import KnowledgeBase, read_kb
from mimic.io.assets import BUNDLED_KB
from mimic.io.cells import csv_text

#: Rows of the sample of a knowledge base.
ROWS = 30


@cache
def _bundled() -> KnowledgeBase:
    return read_kb(BUNDLED_KB)


def kb_sample(examples: Sequence[Example]) -> tuple[bytes, bytes]:
    """A table of `ROWS` entities, and a ZIP of their pictures: those that the examples mean, and
    others of the same names, which a sentence must tell apart."""
    kb = _bundled()
    meant = [kb.entities[kb.rows[e.gold]] for e in examples if e.gold in kb.rows]
    names = {entity.name for entity in meant}
    others = [entity for entity in kb.entities if entity.name in names and entity not in meant]
    share = max(1, len(others) // max(1, ROWS - len(meant)))  # of every name some
    known = {entity.id: entity for entity in (*meant, *others[::share], *kb.entities)}
    chosen = list(known.values())[:ROWS]
    lines = [(e.id, e.name, e.description, _name(e.image)) for e in chosen]
    table = csv_text(("id", "name", "description", "image"), lines)
    return table.encode("utf-8-sig"), _packed(e.image for e in chosen)


def mentions_sample(examples: Sequence[Example]) -> tuple[bytes, bytes]:
    """A table of the examples' sentences, and a ZIP of their pictures."""
    lines = [
        (f"sample-{number}", e.sentence, e.mention, _name(e.image))
        for number, e in enumerate(examples, 1)
    ]
    table = csv_text(("id", "sentence", "mention", "image"), lines)
    return table.encode("utf-8-sig"), _packed(e.image for e in examples)


def _name(image: Path | None) -> str:
    return image.name if image else ""


def _packed(images: Iterable[Path | None]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_STORED) as archive:
        for image in dict.fromkeys(filter(None, images)):
            archive.write(image, image.name)
    return stream.getvalue()

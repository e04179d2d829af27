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

#: Names that mean a team, a state or a ship; without blank lines, so that one picture is of all.
TEXT = (
    "Norway swept the last stone into the house. Hana asks whose goal it was that sent France to "
    "the next round. Niger has recalled its ambassador after a long quarrel over fishing. A false "
    "start on the blocks cost Sudan the freestyle final on New Year. Colombia were given a "
    "seven-metre throw, and the pivot calmly took it. Norway sank in a storm off the coast."
)
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


def text_sample(examples: Sequence[Example]) -> tuple[str, Path | None]:
    """A text about teams of several states, and the picture of an example that it tells of."""
    pictures = [e.image for e in examples if e.label == "both" and e.image is not None]
    return TEXT, next(iter(pictures), None)


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

"""What is in a knowledge base: texts, pictures, and how many entities share a name."""

from __future__ import annotations

import math
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mimic.data.layout import MANIFEST, KnowledgeBase, read_kb
from mimic.io.terminal import Progress

if TYPE_CHECKING:  # the page opens before a model can be loaded
    from mimic.model.processor import Processor

BATCH = 1024  # texts that are tokenised at once
MOST = 10  # ambiguous names that are listed


def kb_stats(
    folder: Path, processor: Processor | None = None, progress: Progress | None = None
) -> dict[str, Any]:
    """Counts over the knowledge base of a data folder.

    Args:
        processor: of a model; adds the share of texts that are longer than it reads.
        progress: is told (texts tokenised, texts in all).

    Returns:
        `{"entities", "with_description", "without_description", "with_picture", "pictures":
        {"referenced", "found", "missing"}, "names": {"distinct", "shared", "entities_sharing",
        "histogram": {entities of a name: names}, "most_ambiguous": [[name, entities]]},
        "description_characters": {"min", "median", "p90", "max"} of those that are not empty,
        "indexes": {folder: bytes}}`; where records are left out also `"left_out": {record: why}`;
        with a processor also `"tokens": {"limit", "truncated", "truncated_percent"}`.

    Raises:
        InputError: no knowledge base there, or a broken one.
    """
    kb = read_kb(folder)
    described = [e.description for e in kb.entities if e.description.strip()]
    stats: dict[str, Any] = {
        "entities": len(kb.entities),
        "with_description": len(described),
        "without_description": len(kb.entities) - len(described),
        "with_picture": sum(entity.image is not None for entity in kb.entities),
        "pictures": _pictures(kb),
        "names": _names(kb),
        "description_characters": _spread([len(text) for text in described]),
        "indexes": _indexes(folder),
    }
    if kb.skipped:
        stats["left_out"] = {f"record {number}": why for number, why in kb.skipped.items()}
    if processor is not None:
        stats["tokens"] = _tokens(kb, processor, progress)
    return stats


def _pictures(kb: KnowledgeBase) -> dict[str, int]:
    """`missing` are the names that no file answers to."""
    missing = kb.image_rules.get("missing", 0)
    found = sum(map(len, kb.pictures))
    return {"referenced": found + missing, "found": found, "missing": missing}


def _names(kb: KnowledgeBase) -> dict[str, Any]:
    """A name is ambiguous when several entities have it, letter for letter."""
    counts = Counter(entity.name for entity in kb.entities)
    shared = {name: count for name, count in counts.items() if count > 1}
    return {
        "distinct": len(counts),
        "shared": len(shared),
        "entities_sharing": sum(shared.values()),
        "histogram": {str(n): names for n, names in sorted(Counter(counts.values()).items())},
        "most_ambiguous": [[n, c] for n, c in Counter(shared).most_common(MOST)],
    }


def _spread(lengths: list[int]) -> dict[str, int]:
    """Least, greatest, and by nearest rank, so that each is a length that occurs."""
    ordered = sorted(lengths) or [0]

    def at(share: float) -> int:
        return ordered[max(0, math.ceil(share * len(ordered)) - 1)]

    return {"min": ordered[0], "median": at(0.5), "p90": at(0.9), "max": ordered[-1]}


def _tokens(
    kb: KnowledgeBase, processor: Processor, progress: Progress | None
) -> dict[str, int | float]:
    truncated, total = 0, len(kb.entities)
    for start in range(0, total, BATCH):
        rows = kb.entities[start : start + BATCH]
        texts = processor.texts([e.name for e in rows], [e.description for e in rows])
        truncated += sum(texts.truncated)
        if progress is not None:
            progress(start + len(rows), total)
    percent = round(100 * truncated / total, 2)
    limit = processor.config.text_length
    return {"limit": limit, "truncated": truncated, "truncated_percent": percent}


def _indexes(folder: Path) -> dict[str, int]:
    """Bytes of the indexes in the folder itself and in those directly in it."""
    sizes: dict[str, int] = {}
    for place in [folder, *sorted(p for p in folder.iterdir() if p.is_dir())]:
        if (place / MANIFEST).is_file():
            size = sum(file.stat().st_size for file in place.glob("shard-*"))
            sizes[place.name if place != folder else "."] = size
    return sizes

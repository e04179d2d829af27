"""Precision, recall and F1 of annotated texts, as GERBIL defines them (Usbeck et al., WWW 2015).

Strong matching: a mention is right where both of its ends are. Micro counts over all documents;
macro is the mean of the documents, of which one with nothing to find and nothing found has 1.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

#: What is compared of a document: `(start, end)`, or `(start, end, entity)`.
Annotations = set[tuple[Any, ...]]


@dataclass(frozen=True)
class Counts:
    """Annotations of one document, or of all: found and right, found and wrong, not found."""

    right: int
    wrong: int
    missed: int

    @classmethod
    def of(cls, found: Annotations, gold: Annotations) -> Counts:
        """Compares what was found with what is there."""
        return cls(len(found & gold), len(found - gold), len(gold - found))

    def scores(self) -> dict[str, float]:
        """`precision`, `recall` and `f1` in percent."""
        if not self.right:
            perfect = 0.0 if self.wrong or self.missed else 100.0
            return dict.fromkeys(("precision", "recall", "f1"), perfect)
        precision = self.right / (self.right + self.wrong)
        recall = self.right / (self.right + self.missed)
        f1 = 2 * precision * recall / (precision + recall)
        return {"precision": 100 * precision, "recall": 100 * recall, "f1": 100 * f1}


def summary(pairs: Sequence[tuple[Annotations, Annotations]]) -> dict[str, Any]:
    """Micro and macro scores of what was found and is there in each document."""
    each = [Counts.of(found, gold) for found, gold in pairs]
    whole = Counts(*(sum(getattr(c, n) for c in each) for n in ("right", "wrong", "missed")))
    rows = [counts.scores() for counts in each]
    macro = {name: sum(row[name] for row in rows) / len(rows) for name in rows[0]}
    counted = {"right": whole.right, "wrong": whole.wrong, "missed": whole.missed}
    return {"micro": whole.scores() | counted, "macro": macro}

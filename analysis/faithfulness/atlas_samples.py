"""Which mentions of Atlas are asked what."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain, zip_longest

from analysis.faithfulness.evidence import Evidence
from mimic.data.layout import Split
from mimic.errors import InputError


@dataclass(frozen=True)
class Sample:
    """Rows of a split.

    Attributes:
        pictures: labelled `image` in a neutral setting: the evidence is a part of the picture.
        words: labelled `text`: the evidence is words.
        every: of every label, the labels in turn, those of the first two kinds first.
        pairs: labelled `both` or `image`, with a picture whose deciding parts are known: words and
            picture meet an entity's facts and picture.
    """

    pictures: tuple[int, ...]
    words: tuple[int, ...]
    every: tuple[int, ...]
    pairs: tuple[int, ...] = ()

    def rows(self, reads: Sequence[str], pairs: bool = False) -> list[int]:
        """All that tell something of a target that reads `text`, `image` or both, each once.

        Args:
            pairs: of a method that has pairs to be measured.
        """
        pictures = self.pictures if "image" in reads else ()
        words = self.words if "text" in reads else ()
        joined = self.pairs if pairs else ()
        return list(dict.fromkeys([*self.every, *pictures, *words, *joined]))


def choose(split: Split, evidence: dict[str, Evidence], n: int) -> Sample:
    """The first n mentions of each kind, in the order of the data set.

    Raises:
        InputError: n is below 1, or a kind has no mention.
    """
    if n < 1:
        raise InputError(f"-n is {n}; it must be at least 1")
    of = {
        row: evidence[mention.id]
        for row, mention in enumerate(split.mentions)
        if split.gold[row] >= 0 and mention.id in evidence
    }
    pictures = [row for row in of if _in_picture(split, row, of[row])]
    words = [row for row, seen in of.items() if seen.label == "text" and seen.words]
    if not pictures or not words:
        raise InputError(
            f"{split.name}: faithfulness needs mentions labelled `image` in a neutral setting and "
            "mentions labelled `text`, as Atlas has them"
        )
    queues: dict[str, list[int]] = {}
    for row in dict.fromkeys([*pictures, *words, *of]):
        queues.setdefault(of[row].label, []).append(row)
    turns = zip_longest(*(queues[label] for label in sorted(queues)))
    every = [row for row in chain.from_iterable(turns) if row is not None]
    pairs = [row for row, seen in of.items() if seen.label in ("both", "image") and seen.masks]
    return Sample(tuple(pictures[:n]), tuple(words[:n]), tuple(every[:n]), tuple(pairs[:n]))


def _in_picture(split: Split, row: int, evidence: Evidence) -> bool:
    has = split.mentions[row].image is not None and bool(evidence.masks)
    return evidence.label == "image" and evidence.neutral and has

"""Mentions that give their answer away: what `audit --write-clean` leaves out, and why.

Of two mentions in two splits the one in the later split of `SPLITS` goes, because the model has
learnt from the earlier one.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path

from torch import Tensor

from mimic.data.layout import NIL, SPLITS, KnowledgeBase, Split
from mimic.data.leaks.same_picture import is_same_picture, read_square
from mimic.errors import InputError
from mimic.io.terminal import Progress
from mimic.schema import Mention

SAME, NEAR, PICTURE, UNKNOWN = (
    "same sentence and mention",
    "near-duplicate sentence",
    "picture of its entity",
    "answer unknown",
)
REASONS = (UNKNOWN, SAME, NEAR, PICTURE)

#: Sentences are near duplicates from so many words on, when so much of their words is the same in
#: the same order: `2 same / (words of one + words of the other)`.
WORDS, ALIKE = 6, 0.85


@dataclass(frozen=True)
class Leak:
    """A mention that is left out.

    Attributes:
        reason: one of `REASONS`.
        twin: the mention (`split:id`) or the picture that it repeats; `""` for an unknown answer.
    """

    split: str
    id: str
    reason: str
    twin: str = ""


def find_leaks(
    kb: KnowledgeBase, splits: Sequence[Split], progress: Progress | None = None
) -> list[Leak]:
    """The mentions to leave out of a data folder's splits, in their order, each for the first of
    `REASONS` that holds.

    Args:
        progress: called with (done, total) mentions whose pictures are compared.
    """
    ordered = sorted(splits, key=lambda split: SPLITS.index(split.name))
    found: dict[tuple[str, str], Leak] = {}
    for leak in (*_unknown(ordered), *_repeated(ordered), *_shown(kb, ordered, progress)):
        found.setdefault((leak.split, leak.id), leak)
    order = {(s.name, m.id): i for i, (s, m) in enumerate(_mentions(ordered))}
    return sorted(found.values(), key=lambda leak: order[leak.split, leak.id])


def words_of(text: str) -> tuple[str, ...]:
    """The words of a text, for comparing: without case, accents' spellings and punctuation."""
    return tuple(re.findall(r"\w+", unicodedata.normalize("NFKC", text).casefold()))


def is_near_duplicate(one: Sequence[str], other: Sequence[str]) -> bool:
    """Whether two sentences, as words, are nearly the same (see `WORDS` and `ALIKE`)."""
    if min(len(one), len(other)) < WORDS:
        return False
    total = len(one) + len(other)
    if 2 * sum((Counter(one) & Counter(other)).values()) < ALIKE * total:
        return False
    return SequenceMatcher(None, one, other, autojunk=False).ratio() >= ALIKE


def _mentions(splits: Sequence[Split]) -> Iterator[tuple[Split, Mention]]:
    return ((split, mention) for split in splits for mention in split.mentions)


def _unknown(splits: Sequence[Split]) -> Iterator[Leak]:
    for split in splits:
        for mention, gold, answer in zip(split.mentions, split.gold, split.answers, strict=True):
            if gold < 0 and answer != NIL:
                yield Leak(split.name, mention.id, UNKNOWN)


def _repeated(splits: Sequence[Split]) -> Iterator[Leak]:
    """Mentions whose words stand in an earlier split, or nearly, with their name or answer."""
    said: dict[tuple[tuple[str, ...], tuple[str, ...]], str] = {}
    near: dict[tuple[str, object], list[tuple[tuple[str, ...], str]]] = {}
    for split in splits:
        new = []
        for mention, answer in zip(split.mentions, split.answers, strict=True):
            name, words = words_of(mention.surface), words_of(mention.sentence)
            same = said.get((name, words))
            keys = [("name", name), *([("answer", answer)] if answer != NIL else [])]
            if same is not None:
                yield Leak(split.name, mention.id, SAME, same)
            elif twin := _nearest(words, [one for key in keys for one in near.get(key, ())]):
                yield Leak(split.name, mention.id, NEAR, twin)
            new.append((name, words, keys, f"{split.name}:{mention.id}"))
        for name, words, keys, place in new:  # a split does not leak into itself
            said.setdefault((name, words), place)
            for key in keys:
                near.setdefault(key, []).append((words, place))


def _nearest(words: tuple[str, ...], others: Sequence[tuple[tuple[str, ...], str]]) -> str | None:
    return next((place for some, place in others if is_near_duplicate(words, some)), None)


def _shown(kb: KnowledgeBase, splits: Sequence[Split], progress: Progress | None) -> Iterator[Leak]:
    """Mentions whose picture is one of their entity's; pictures that cannot be read are no leak."""
    pairs = [
        (split.name, mention.id, mention.image, kb.pictures[gold])
        for split in splits
        for mention, gold in zip(split.mentions, split.gold, strict=True)
        if mention.image is not None and gold >= 0 and kb.pictures[gold]
    ]
    with ThreadPoolExecutor() as pool:
        found = pool.map(lambda pair: _twin(pair[2], pair[3]), pairs)
        for done, (pair, twin) in enumerate(zip(pairs, found, strict=True), 1):
            if twin is not None:
                yield Leak(pair[0], pair[1], PICTURE, str(twin.relative_to(kb.folder)))
            if progress is not None:
                progress(done, len(pairs))


def _twin(image: Path, pictures: Sequence[Path]) -> Path | None:
    square = _square(image)
    for path in pictures if square is not None else ():
        other = _square(path)
        if square is not None and other is not None and is_same_picture(square, other):
            return path
    return None


def _square(path: Path) -> Tensor | None:
    try:
        return read_square(path)
    except InputError:
        return None

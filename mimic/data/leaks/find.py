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

from mimic.data.layout import NIL, SPLITS, KnowledgeBase, Split
from mimic.data.leaks.same_picture import Shown, is_same_picture
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
    for leak in (*_unknown(ordered), *_repeated(ordered), *_pictured(kb, ordered, progress)):
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


def _pictured(
    kb: KnowledgeBase, splits: Sequence[Split], progress: Progress | None
) -> Iterator[Leak]:
    """Mentions whose picture is one of their entity's, whose pictures are read once; those that
    cannot be read are no leak."""
    of_entity: dict[int, list[tuple[str, Mention]]] = {}
    for split in splits:
        for mention, gold in zip(split.mentions, split.gold, strict=True):
            if mention.image is not None and gold >= 0 and kb.pictures[gold]:
                of_entity.setdefault(gold, []).append((split.name, mention))

    def twins(gold: int) -> list[Leak]:
        known = [(path, one) for path in kb.pictures[gold] if (one := _read(path)) is not None]
        found = []
        for split, mention in of_entity[gold]:
            assert mention.image is not None
            own = _read(mention.image)
            twin = next((p for p, one in known if own and is_same_picture(own, one)), None)
            if twin is not None:
                found.append(Leak(split, mention.id, PICTURE, str(twin.relative_to(kb.folder))))
        return found

    done, total = 0, sum(map(len, of_entity.values()))
    with ThreadPoolExecutor() as pool:
        for gold, found in zip(of_entity, pool.map(twins, of_entity), strict=True):
            yield from found
            done += len(of_entity[gold])
            if progress is not None:
                progress(done, total)


def _read(path: Path) -> Shown | None:
    try:
        return Shown(path)
    except InputError:
        return None

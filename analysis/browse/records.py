"""What is seen of each mention: its data, and what one or two models say of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from analysis.measures.causes import cause_flags, first_cause
from mimic.data.layout import (
    SPLITS,
    KnowledgeBase,
    Split,
    data_fingerprint,
    has_split,
    read_kb,
    read_split,
)
from mimic.errors import InputError
from mimic.linking.splits.predictions import read_predictions
from mimic.schema import UNITS, Entity, Mention

SHOWN = 5  # entities of an answer
MOST_MODELS = 2
#: Columns of a row of predictions that are no group of mentions.
_OWN = (
    "id", "mention", "answer", "rank", "predicted", "scores", "truncated", "model", "data",
    "protocol", *(f"rank_{unit}" for unit in UNITS),
)  # fmt: skip


@dataclass(frozen=True)
class ModelAnswer:
    """What one model said of a mention.

    Attributes:
        rank: of the right entity; `None` where none is known, or it was no candidate.
        first: the first entities: identifier, name and score.
        alone: rank of the right entity by each unit; nothing where the rows do not say it.
        cause: of `errors.CAUSES`; `""` for a right answer or where no answer is known.
    """

    rank: int | None
    first: tuple[tuple[str, str, float | None], ...]
    alone: Mapping[str, int]
    cause: str

    @property
    def right_units(self) -> tuple[str, ...]:
        """The units that alone put the right entity first."""
        return tuple(unit for unit, rank in self.alone.items() if rank == 1)


@dataclass(frozen=True)
class SeenMention:
    """A mention, its right entity and the answers.

    Attributes:
        gold, gold_name: `""` where its answer is not in the knowledge base.
        groups: grouping -> the mention's group.
        answers: of each model, in the order of the files.
    """

    mention: Mention
    gold: str
    gold_name: str
    groups: Mapping[str, str]
    answers: tuple[ModelAnswer, ...]

    @property
    def change(self) -> str:
        """How the second model's rank is to the first one's: `better`, `worse` or `same`; `fixed`
        and `broken` where it makes a wrong answer right, or a right one wrong."""
        if len(self.answers) < MOST_MODELS or not self.gold:
            return ""
        first, second = (answer.rank or float("inf") for answer in self.answers)
        if first == second:
            return "same"
        if second == 1:
            return "fixed"
        return "broken" if first == 1 else "better" if second < first else "worse"


@dataclass(frozen=True)
class Results:
    """All mentions of a split as the models answered them.

    Attributes:
        models: names of the files.
        protocol: what was ranked, where the files say it.
        data: name of the data folder.
    """

    split: str
    models: tuple[str, ...]
    mentions: tuple[SeenMention, ...]
    protocol: str = ""
    data: str = ""


def read_results(files: Sequence[Path], data: Path, split: str | None = None) -> Results:
    """Joins files of predictions with the data folder that they were made of.

    Args:
        split: default: the one that has the mentions of the first file.

    Raises:
        InputError: more files than can be seen beside each other, one that cannot be read, is of
            other data, lacks a mention, or was ranked among others than the first.
    """
    if not 1 <= len(files) <= MOST_MODELS:
        raise InputError(
            f"{len(files)} files of predictions: give one, or two to see them side by side"
        )
    tables = [{str(row["id"]): row for row in read_predictions(file)} for file in files]
    kb = read_kb(data)
    seen = _split_of(data, kb, split, tables[0], files[0])
    stamp = data_fingerprint(data)
    for file, table in zip(files, tables, strict=True):
        _check(file, table, seen, stamp, data)
    protocols = [str(next(iter(table.values())).get("protocol") or "") for table in tables]
    if len({*protocols}) > 1:
        raise InputError(
            f"{files[0]} and {files[1]} are ranked among different entities ({protocols[0]}; "
            f"{protocols[1]}): numbers of two protocols do not compare"
        )
    mentions = tuple(
        _seen(number, seen, kb, [table[mention.id] for table in tables])
        for number, mention in enumerate(seen.mentions)
    )
    return Results(seen.name, _names(files), mentions, protocols[0], data.resolve().name)


def _split_of(
    data: Path, kb: KnowledgeBase, split: str | None, rows: Mapping[str, Any], file: Path
) -> Split:
    names = [split] if split else [name for name in reversed(SPLITS) if has_split(data, name)]
    for name in names:
        found = read_split(data, name, kb)
        if split or any(mention.id in rows for mention in found.mentions):
            return found
    raise InputError(f"{file}: no split of {data} has its mentions: are these its predictions?")


def _check(
    file: Path, rows: Mapping[str, Mapping[str, Any]], split: Split, stamp: str, data: Path
) -> None:
    for mention, answer, gold in zip(split.mentions, split.answers, split.gold, strict=True):
        row = rows.get(mention.id)
        if row is None:
            raise InputError(f"{file}: has no mention {mention.id!r} of {split.name} in {data}")
        if (said := row.get("data")) and said != stamp:
            raise InputError(
                f"{file}: predictions of another data set (fingerprint {said}, {data} has "
                f"{stamp}): write them again with `mimic evaluate --predictions`"
            )
        if gold >= 0 and (row.get("answer") or "") != answer:
            raise InputError(
                f"{file}: mention {mention.id!r} has the answer {row.get('answer')!r} there and "
                f"{answer!r} in {data}: they are of another data set"
            )


def _names(files: Sequence[Path]) -> tuple[str, ...]:
    """The files' names; with their folders where they are the same."""
    stems = tuple(file.stem for file in files)
    return stems if len({*stems}) == len(stems) else tuple(map(str, files))


def _seen(
    number: int, split: Split, kb: KnowledgeBase, rows: Sequence[Mapping[str, Any]]
) -> SeenMention:
    mention = split.mentions[number]
    right = kb.entities[split.gold[number]] if split.gold[number] >= 0 else None
    groups = {name: str(value) for name, value in rows[0].items() if name not in _OWN and value}
    answers = tuple(_answer(row, mention, right, kb) for row in rows)
    gold, name = ("", "") if right is None else (right.id, right.name)
    return SeenMention(mention, gold, name, groups, answers)


def _answer(
    row: Mapping[str, Any], mention: Mention, right: Entity | None, kb: KnowledgeBase
) -> ModelAnswer:
    ids = [str(key) for key in row["predicted"]][:SHOWN]
    scores = [*row["scores"], *[None] * len(ids)]
    first = tuple(
        (key, kb.entities[kb.rows[key]].name if key in kb.rows else key, score)
        for key, score in zip(ids, scores, strict=False)
    )
    alone = {unit: rank for unit in UNITS if (rank := _rank(row.get(f"rank_{unit}"))) is not None}
    rank, cause = _rank(row.get("rank")), ""
    if right is not None and rank != 1:
        wrong = kb.entities[kb.rows[ids[0]]] if ids and ids[0] in kb.rows else None
        cut = str(row.get("truncated")) == "True"
        flags = cause_flags(mention, right, wrong, alone.values(), cut) if wrong else {}
        cause = first_cause(flags)
    return ModelAnswer(rank, first, alone, cause)


def _rank(value: Any) -> int | None:
    """A rank, as JSON and CSV have it."""
    try:
        return int(float(value))
    except (TypeError, ValueError, OverflowError):
        return None

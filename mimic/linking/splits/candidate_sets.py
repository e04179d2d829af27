"""Which entities each mention of a split is ranked among, and what must be said of the number.

In this field a number among the whole knowledge base stands beside one among a hundred candidates;
`protocol` says which it is.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor

from mimic.data.layout import Split
from mimic.data.names import name_table
from mimic.errors import InputError
from mimic.index.protocol import Answers
from mimic.index.shards import EntityTable
from mimic.io.json_reader import decoded, parse_json
from mimic.linking.restriction import mask_of

SEED = 43
WHOLE, UNFILTERED = "whole knowledge base", "unfiltered"


@dataclass(frozen=True)
class CandidateSets:
    """The entities that each mention of a split may find.

    Attributes:
        kind: `names`, `given`, or the number of candidates.
        rows: of each mention's candidates, ascending.
        seed: what a number of candidates was drawn with.
    """

    kind: str | int
    rows: tuple[Tensor, ...]
    seed: int | None = None

    def among(self, mentions: Sequence[int], entities: int) -> Tensor:
        """Which entities some mentions may find: bool `[M, E]`."""
        return mask_of([self.rows[mention] for mention in mentions], entities)

    def recall(self, gold: Sequence[int]) -> float:
        """Percentage of the known answers that are among their mentions' candidates."""
        held = [bool((rows == g).any()) for rows, g in zip(self.rows, gold, strict=True) if g >= 0]
        return 100 * sum(held) / max(len(held), 1)

    def best(
        self, query: Answers, mentions: Sequence[int], gold: Tensor, weights: Sequence[float]
    ) -> tuple[list[float], list[tuple[list[int], list[float]]]]:
        """How the mentions of a query rank within their candidates, exactly.

        Returns:
            The rank of each answer, infinite where it is no candidate, and each mention's
            candidates with their scores, best first; equal scores in the order of the entities.
        """
        own = [self.rows[mention].to(gold.device) for mention in mentions]
        longest = max(1, *map(len, own))
        rows = torch.zeros(len(own), longest, dtype=torch.long, device=gold.device)
        for line, some in zip(rows, own, strict=True):
            line[: len(some)] = some
        scores = query.hits(rows, weights).total
        ranks, lists = [], []
        for some, values, right in zip(own, scores, gold, strict=True):
            order = values[: len(some)].sort(descending=True, stable=True).indices
            place = (some[order] == right).nonzero()[:, 0].tolist()
            ranks.append(1.0 + place[0] if place else float("inf"))
            lists.append((some[order].tolist(), values[order].tolist()))
        return ranks, lists


def candidate_sets(
    wanted: str, split: Split, entities: EntityTable, seed: int = SEED
) -> CandidateSets | None:
    """The sets that `--candidates` names; `None` for `all`.

    Args:
        wanted: `all`; `names`, entities whose names together have all words of the surface form
            (some more than the `bearers` of a linker); N, the answer and N - 1 others, drawn from
            those whose name shares a word with the surface form and, where these are too few, from
            all; or a file of JSON lines `{"id": mention, "candidates": [entity, ...]}`.

    Raises:
        InputError: neither of these; a number below 2 or above that of the entities; a file that
            cannot be read, has a broken line, an unknown mention or entity, or lacks a mention.
    """
    if wanted == "all":
        return None
    if wanted == "names":
        return CandidateSets("names", _bearers(split, entities))
    if wanted.isascii() and wanted.lstrip("-").isdigit():
        count = int(wanted)
        if not 2 <= count <= len(entities):
            raise InputError(
                f"--candidates {wanted}: must be from 2 to {len(entities):,}, all entities"
            )
        return CandidateSets(count, _drawn(count, split, entities, seed), seed)
    return CandidateSets("given", _read(Path(wanted), split, entities))


def protocol(sets: CandidateSets | None, split: Split, entities: int) -> dict[str, Any]:
    """What a number is a number of: `candidates`, `entities`, `filter`, `recall` in percent,
    `seed` where the candidates were drawn, and all of it in one `line`."""
    kind = "all" if sets is None else sets.kind
    recall = 100.0 if sets is None else sets.recall(split.gold)
    whole = f"{entities:,} entities"
    if sets is None:
        text = f"{WHOLE}, {whole}"
    elif kind == "names":
        text = f"the bearers of the mention's name among {whole}, recall {recall:.1f} %"
    elif kind == "given":
        text = f"given candidates of {whole}, recall {recall:.1f} %"
    else:
        text = f"the answer and {int(kind) - 1:,} others of {whole}, drawn with seed {sets.seed}"
    record = {"candidates": kind, "entities": entities, "filter": UNFILTERED, "recall": recall}
    if sets is not None and sets.seed is not None:
        record["seed"] = sets.seed
    return record | {"line": f"{text}, {UNFILTERED}"}


def _bearers(split: Split, entities: EntityTable) -> tuple[Tensor, ...]:
    table = name_table(entities)
    surfaces = {mention.surface for mention in split.mentions}
    found = {surface: _rows(table.sharing(surface)) for surface in surfaces}
    return tuple(found[mention.surface] for mention in split.mentions)


def _drawn(count: int, split: Split, entities: EntityTable, seed: int) -> tuple[Tensor, ...]:
    """For each mention its answer and others that share a word with it; the same for a seed,
    whatever model is asked."""
    table = name_table(entities)
    sets = []
    for number, (mention, gold) in enumerate(zip(split.mentions, split.gold, strict=True)):
        generator = np.random.default_rng([seed, number])
        near = [row for row in table.touching(mention.surface) if row != gold]
        rows = {gold} - {-1}
        rows.update(generator.permutation(near)[: count - len(rows)].astype(int).tolist())
        while len(rows) < count:
            rows.update(generator.integers(len(entities), size=count - len(rows)).tolist())
        sets.append(_rows(rows))
    return tuple(sets)


def _read(file: Path, split: Split, entities: EntityTable) -> tuple[Tensor, ...]:
    try:
        lines = decoded(file.read_bytes()).split("\n")  # a text may hold other ends of lines
    except ValueError:
        raise InputError(f"--candidates {file}: is no text in UTF-8") from None
    except OSError:
        raise InputError(
            f"--candidates {file}: no such file; give all, names, a number or a file"
        ) from None
    wanted = {mention.id for mention in split.mentions}
    found: dict[str, Tensor] = {}
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        where = f"{file}: line {number}"
        key, ids = _line(line, where)
        if key in found:
            raise InputError(f"{where} repeats the mention {key!r}")
        if unknown := next((one for one in ids if one not in entities.rows), None):
            raise InputError(f"{where}: {unknown!r} is no entity of the knowledge base")
        if key in wanted:
            found[key] = _rows(entities.rows[one] for one in ids)
    if lacking := [mention.id for mention in split.mentions if mention.id not in found]:
        raise InputError(
            f"{file}: {len(lacking)} mentions of {split.name} are not there, first {lacking[0]!r}; "
            "for no candidates write an empty list"
        )
    return tuple(found[mention.id] for mention in split.mentions)


def _line(line: str, where: str) -> tuple[str, list[str]]:
    try:
        record = parse_json(line)
    except (ValueError, RecursionError):
        raise InputError(f"{where} is no JSON") from None
    record = record if isinstance(record, dict) and "id" in record else {}
    ids = record.get("candidates")
    if not isinstance(ids, list) or not all(isinstance(one, str) for one in ids):
        raise InputError(f'{where} must be {{"id": mention, "candidates": [entity, ...]}}')
    return str(record["id"]), ids


def _rows(rows: Any) -> Tensor:
    return torch.tensor(sorted(set(rows)), dtype=torch.long)

"""Many mentions at once: a table in, a ranked table out; a bad row is told and the rest goes on."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from mimic.data.kb_rows import image_names, plain
from mimic.data.kb_table import read_table
from mimic.data.picture_store import NoPictureError, PictureStore, open_pictures
from mimic.errors import InputError
from mimic.io.cells import csv_text
from mimic.io.terminal import Progress
from mimic.io.values import as_list, is_nothing, unquoted
from mimic.linking.restriction import Candidates, Restriction
from mimic.schema import UNITS, LinkResult, Mention, result_record

if TYPE_CHECKING:  # without torch
    from mimic.rerank.reranker import Reranker

#: Columns of the table; the first two are needed.
FIELDS = ("sentence", "mention", "image", "id")
MOST_ROWS, MOST_LISTED, LISTED = 20_000, 100, 5
#: Columns after those where there was a second look.
SECOND = ("first_rank", "second_score", "mixed_score", "second_look")
#: What is said of a row whose picture is not there.
BY_TEXT = "linked by the text alone"
COLUMNS = (
    "row", "id", "mention", "sentence", "rank", "entity", "name", "score", "probability",
    "tglu", "vdlu", "cmfu", "tglu_rank", "vdlu_rank", "cmfu_rank",
    "image", "truncated", "nil", "band", "notices", "problem",
)  # fmt: skip


class Linker(Protocol):
    """What is needed of `EntityLinker`."""

    @property
    def entities(self) -> int: ...

    def link(
        self,
        mention: Mention,
        k: int = 10,
        rank_by: str = "total",
        candidates: Candidates = "all",
        types: Sequence[str] | None = None,
    ) -> LinkResult: ...


@dataclass(frozen=True)
class LinkedRow:
    """A row of the table and its answer.

    Attributes:
        number: from 1, without the header.
        id: as the table gives it, else `""`.
        result: `None` for a row that could not be linked; `problem` then says why.
        note: that the row was linked by its text alone, since its picture is missing.
        image: name of its picture in the table.
    """

    number: int
    id: str
    mention: str
    sentence: str
    result: LinkResult | None
    problem: str = ""
    note: str = ""
    image: str = ""


def link_many(
    linker: Linker,
    table: Path,
    images: Path | None = None,
    k: int | None = None,
    rank_by: str = "total",
    progress: Progress | None = None,
    candidates: Candidates = "all",
    types: Sequence[str] | None = None,
    need_pictures: bool = False,
) -> Iterator[LinkedRow]:
    """Links every row of a table, one after another; whoever stops asking stops the work.

    A row whose picture is not there is linked by its text alone, and its `note` says so.

    Args:
        table: CSV, JSON lines or Parquet with the columns `sentence`, `mention` and, where there
            are any, `image` (a file's name; the first of a list) and `id`. A mention may be
            URL-quoted.
        images: folder or ZIP of the pictures.
        k, rank_by: as in `EntityLinker.link`; without k `LISTED`, or all where there are fewer.
        progress: is told (rows done, rows in all).
        candidates, types: as in `EntityLinker.link`.
        need_pictures: a row whose picture is not there is one with a problem instead.

    Raises:
        InputError: the table or the pictures cannot be used at all, or k or rank_by is wrong.
    """
    k = min(LISTED, linker.entities) if k is None else k
    if not 1 <= k <= min(MOST_LISTED, linker.entities) or rank_by not in ("total", *UNITS):
        raise InputError(
            f"k must be from 1 to {min(MOST_LISTED, linker.entities)} and rank-by one of total, "
            f"{', '.join(UNITS)}"
        )
    only = Restriction.of(candidates, types)
    asked = () if only.is_open else (candidates, types)  # what answers otherwise may know no more

    def answer(mention: Mention) -> LinkResult:
        return linker.link(mention, k, rank_by, *asked)

    read = read_table(table, FIELDS[:2], FIELDS, MOST_ROWS)
    total = len(read.rows) + len(read.broken)
    if images is None and any(image_names(cells.get("image")) for cells in read.rows.values()):
        raise InputError(f"{table.name} names pictures: give their folder or ZIP, too")
    with open_pictures(images) as store:
        for number in sorted({*read.rows, *read.broken}):
            if number in read.broken:
                yield LinkedRow(number, "", "", "", None, read.broken[number])
            else:
                source = _Source(answer, store, need_pictures)
                yield _linked(source, number, read.rows[number])
            if progress is not None:
                progress(number, total)


def row_record(row: LinkedRow) -> dict[str, Any]:
    """A row as plain JSON."""
    record: dict[str, Any] = {"row": row.number, "id": row.id}
    record |= {"mention": row.mention, "sentence": row.sentence}
    record |= {"note": row.note} if row.note else {}
    if row.result is None:
        return record | {"problem": row.problem}
    return record | result_record(row.result)


def as_jsonl(rows: Iterable[LinkedRow]) -> str:
    """A line for each row."""
    return "".join(json.dumps(row_record(row), ensure_ascii=False) + "\n" for row in rows)


def as_csv(rows: Iterable[LinkedRow]) -> str:
    """A line for each candidate of each row, and one for a row with a problem.

    `nil` says whether the model advises that no entity is meant: yes, no, or nothing where it has
    no threshold for that; `band` is one of `bands.BANDS`, or nothing. No cell is a formula for a
    spreadsheet. Where there were second looks, `SECOND` columns follow.
    """
    rows = list(rows)
    if not any(row.result and row.result.second_look for row in rows):
        return csv_text(COLUMNS, (line for row in rows for line in _lines(row)))
    both = (
        (*line, *more) for row in rows for line, more in zip(_lines(row), _second(row), strict=True)
    )
    return csv_text((*COLUMNS, *SECOND), both)


def _second(row: LinkedRow) -> Iterator[tuple[Any, ...]]:
    """The columns `SECOND` of each line of a row."""
    look = row.result.second_look if row.result else None
    placings = {placing.id: placing for placing in look.placings} if look else {}
    for candidate in row.result.candidates if row.result else (None,):
        placing = placings.get(candidate.entity.id) if candidate else None
        said = look.trouble or "done" if look else ""
        if placing is None:
            yield (candidate.rank if candidate else "", "", "", said)
        else:
            yield (placing.first_rank, placing.second_score, placing.score, said)


def second_look_summary(rows: Sequence[LinkedRow], reranker: Reranker) -> dict[str, Any]:
    """What second looks came to: at how many rows, how often another entity was first, how often
    the first ranking stands and why, and what an endpoint cost."""
    looks = [row.result.second_look for row in rows if row.result and row.result.second_look]
    troubles = Counter(look.trouble for look in looks if look.trouble)
    return {
        "reranker": reranker.name,
        "rows": len(looks),
        "overruled": sum(look.overruled for look in looks),
        "failed": sum(troubles.values()),
        "troubles": dict(troubles.most_common(5)),
        "costs": reranker.costs(),
    }


def _lines(row: LinkedRow) -> Iterator[tuple[Any, ...]]:
    head = (row.number, row.id, row.mention, row.sentence)
    if row.result is None:
        yield (*head, *[""] * (len(COLUMNS) - 5), row.problem)
        return
    result, doubt = row.result, row.result.doubt
    nil = "" if doubt is None else "yes" if doubt.nil else "no"
    band = "" if result.band is None else result.band.name
    cut, said = "yes" if result.truncated else "no", "; ".join(result.notices)
    for c in result.candidates:
        numbers = (c.score, c.probability, *(getattr(c.units, unit) for unit in UNITS))
        numbers += tuple(getattr(c.unit_ranks, unit) for unit in UNITS)
        notes = (result.image, cut, nil, band, said, row.note or result.notice)
        yield (*head, c.rank, c.entity.id, c.entity.name, *numbers, *notes)


@dataclass(frozen=True)
class _Source:
    """What answers, and where the pictures are."""

    link: Callable[[Mention], LinkResult]
    pictures: PictureStore | None
    need_pictures: bool

    def answer(self, mention: str, sentence: str, image: str) -> tuple[LinkResult, str]:
        """The result of a row, and what is to be said of its picture."""
        bare = Mention(mention, sentence)
        if self.pictures is None or not image:
            return self.link(bare), ""
        try:
            with self.pictures.picture(image) as path:
                return _with_picture(self.link, replace(bare, image=path), image), ""
        except NoPictureError as error:
            if self.need_pictures:
                raise
            return self.link(bare), f"{error}; {BY_TEXT}"


def _linked(source: _Source, number: int, cells: dict[str, Any]) -> LinkedRow:
    texts = dict.fromkeys(FIELDS, "")
    try:
        texts = {field: plain(cells, field) for field in ("sentence", "mention", "id")}
        texts |= {"image": _picture(cells), "mention": _surface(**texts)}
        result, note = source.answer(texts["mention"], texts["sentence"], texts["image"])
    except InputError as error:
        return LinkedRow(number, *_shown(texts), None, str(error), image=texts["image"])
    return LinkedRow(number, *_shown(texts), result, note=note, image=texts["image"])


def _picture(cells: dict[str, Any]) -> str:
    """The name of the mention's picture, the first of a list; `""` for none."""
    listed = [item for item in as_list(cells.get("image")) if not is_nothing(item)]
    return plain({"image": listed[0]}, "image") if listed else ""


def _surface(sentence: str, mention: str, **_: str) -> str:
    """The mention without URL quotes, unless the sentence has it with them."""
    return mention if mention in sentence else unquoted(mention)


def _with_picture(
    answer: Callable[[Mention], LinkResult], mention: Mention, name: str
) -> LinkResult:
    """Links; a message names the picture as the table does."""
    assert mention.image is not None
    try:
        return answer(mention)
    except InputError as error:
        message = str(error).replace(str(mention.image), name)
        if message.startswith(f"{mention.image.name}: "):
            message = f"picture {name!r:.100}{message.removeprefix(mention.image.name)}"
        raise InputError(message) from None


def _shown(texts: dict[str, str]) -> tuple[str, str, str]:
    """Identifier, mention and sentence for the answer, of a length that a table can hold."""
    return texts["id"][:200], texts["mention"][:200], texts["sentence"][:2000]

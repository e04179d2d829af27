"""A data set in the authors' records, wherever it was read, and the folder that is made of it."""

from __future__ import annotations

import hashlib
import json
import random
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import zip_longest
from pathlib import Path
from typing import Any

from mimic.data.layout import NIL, SPLITS, entity_record, read_kb
from mimic.errors import InputError, check_text, reason_of
from mimic.io.files import check_folder, folder_aside, link_file
from mimic.io.values import as_list, as_text, quoted
from mimic.model.pictures import picture_from
from mimic.schema import Entity

Record = dict[str, Any]
#: Of train, dev and test: as MELBench divides its data (README of seukgcode/MELBench).
SHARES = (70.0, 10.0, 20.0)
SEED = 43
#: What others call the splits.
_NAMES = {"validation": "dev", "valid": "dev", "val": "dev", "testa": "dev", "testb": "test"}


@dataclass
class DataSet:
    """What a reader of a format gives.

    Attributes:
        entities: records of `kb_entity.json` without their number; none where the format has none.
        splits: name -> records of its mentions; the name is that of `SPLITS`, or another where
            nothing says which split it is.
        candidates: name of a split -> for each mention the entities that a paper ranks.
        notes: what was there and is not read, a sentence each.
    """

    entities: list[Record]
    splits: dict[str, list[Record]]
    candidates: dict[str, list[Record]] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)


class Pictures:
    """Fills `kb_image` and `mention_image` of a new data folder, each picture once.

    Attributes:
        problems: `missing` and `unreadable` -> how many references.
    """

    def __init__(self, folder: Path) -> None:
        self.problems: Counter[str] = Counter()
        self._folder, self._names = folder, dict[tuple[str, object], str]()
        for side in ("kb_image", "mention_image"):
            (folder / side).mkdir()

    def file(self, side: str, path: Path | None) -> str:
        """Links a file; its name there, `""` for none."""
        if path is None:
            self.problems["missing"] += 1
            return ""
        if (side, path) not in self._names:
            name = self._free(side, path.stem, path.suffix)
            link_file(path, self._folder / side / name)
            self._names[side, path] = name
        return self._names[side, path]

    def held(self, side: str, data: bytes, stem: str) -> str:
        """Writes what a row holds; its name there, `""` for what is no picture."""
        key = side, hashlib.sha256(data).digest()
        if key not in self._names:
            try:
                picture_from(data, stem).close()
            except InputError:
                self.problems["unreadable"] += 1
                return ""
            self._names[key] = self._free(side, stem, _suffix(data))
            (self._folder / side / self._names[key]).write_bytes(data)
        return self._names[key]

    def _free(self, side: str, stem: str, suffix: str) -> str:
        """A name that no other picture has: readers of the layout ask for the exact one first."""
        stem = re.sub(r"[^\w-]", "_", stem)[:80] or "picture"
        number, name = 1, stem + suffix
        while (self._folder / side / name).exists():
            number, name = number + 1, f"{stem}-{number + 1}{suffix}"
        return name


def _suffix(data: bytes) -> str:
    """The ending of a picture's name by its first bytes; the authors' data are JPEGs."""
    heads = {b"\x89PNG": ".png", b"GIF8": ".gif", b"BM": ".bmp", b"II*\0": ".tif", b"MM\0*": ".tif"}
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return ".webp"
    return next((suffix for head, suffix in heads.items() if data.startswith(head)), ".jpg")


# --- records -------------------------------------------------------------------------------------


def split_name(said: str) -> str:
    """The name of a split in the authors' files: `validation` is `dev`."""
    return _NAMES.get(said.casefold(), said.casefold())


def mention_record(
    key: str, sentence: str, surface: str, answer: str, image: str = "", start: int | None = None
) -> Record:
    """What `read_split` reads a mention from."""
    record: Record = {"id": key, "sentence": sentence, "mentions": quoted(surface)}
    record |= {"answer": answer or NIL, "imgPath": image}
    return record | ({} if start is None else {"startPos": start})


def text_of(record: Mapping[str, Any], name: str, where: str, needed: bool = True) -> str:
    """A field as text, stripped.

    Raises:
        InputError: it is no text, or nothing is in it and it is needed.
    """
    text = as_text(record.get(name), f"{where}: {name!r}").strip()
    check_text(text, f"{where}: {name!r}")
    if needed and not text:
        raise InputError(f"{where} has no {name!r}")
    return text


def rows_of(value: Any, where: str) -> list[Record]:
    """A list of objects.

    Raises:
        InputError: it is none.
    """
    if not isinstance(value, list) or not all(isinstance(row, dict) for row in value):
        raise InputError(f"{where}: expected a list of records")
    return value


def in_parallel(record: Record, names: Sequence[str], where: str) -> Iterator[tuple[str, ...]]:
    """The mentions of a record whose fields are texts, or lists of which the n-th belong together.

    Raises:
        InputError: the lists differ in length.
    """
    columns = [
        [as_text(value, f"{where}: {name!r}").strip() for value in as_list(record.get(name))]
        for name in names
    ]
    if len({len(column) for column in columns if column}) > 1:
        said = ", ".join(f"{len(c)} {n!r}" for n, c in zip(names, columns, strict=True))
        raise InputError(f"{where}: its lists belong together and differ in length: {said}")
    yield from zip_longest(*columns, fillvalue="")


def entities_of(folder: Path, pictures: Pictures) -> list[Record]:
    """The entities of a data folder in the authors' layout, for a data set that has none.

    Raises:
        InputError: as `read_kb`.
    """
    kb = read_kb(folder)
    return [
        entity_record(entity, [pictures.file("kb_image", path) for path in own])
        for entity, own in zip(kb.entities, kb.pictures, strict=True)
    ]


def named_entities(names: Mapping[str, str], texts: Mapping[str, str]) -> list[Record]:
    """Entities by identifier, of which nothing is known but a name and perhaps a text."""
    return [
        entity_record(Entity(key, name or key, texts.get(key, "")), ())
        for key, name in names.items()
    ]


# --- splits --------------------------------------------------------------------------------------


def parse_shares(said: str) -> tuple[float, float, float]:
    """`70,10,20` as shares of train, dev and test.

    Raises:
        InputError: it is not three numbers above 0.
    """
    try:
        shares = tuple(float(part) for part in re.split("[,:/]", said))
    except ValueError:
        shares = ()
    if len(shares) != 3 or not all(0 < share < 1e9 for share in shares):
        raise InputError(f"--split {said}: give the shares of train, dev and test, as 70,10,20")
    return shares


def divided(data: DataSet, shares: Sequence[float], seed: int, where: str) -> DataSet:
    """The data set with train, dev and test of its one split, the same for a seed.

    Mentions of one sentence stay together, so that none is in two splits.

    Raises:
        InputError: it has several splits, or too few sentences for three.
    """
    if len(data.splits) != 1:
        has = ", ".join(data.splits)
        raise InputError(f"{where} has splits already ({has}): leave --split out")
    ((name, records),) = data.splits.items()
    sentences = list(dict.fromkeys(record["sentence"] for record in records))
    random.Random(seed).shuffle(sentences)
    edges = [round(len(sentences) * sum(shares[:n]) / sum(shares)) for n in (0, 1, 2, 3)]
    of = {s: split for n, split in enumerate(SPLITS) for s in sentences[edges[n] : edges[n + 1]]}
    splits = {split: [r for r in records if of[r["sentence"]] == split] for split in SPLITS}
    if empty := next((split for split, rows in splits.items() if not rows), None):
        raise InputError(f"{where}: {len(sentences)} sentences are too few: {empty} would be empty")
    listed = data.candidates.get(name, [])
    split_of = {record["id"]: split for split, rows in splits.items() for record in rows}
    lists: dict[str, list[Record]] = {}
    for one in listed:
        lists.setdefault(split_of[one["id"]], []).append(one)
    return DataSet(data.entities, splits, lists, data.notes)


def check(data: DataSet, where: str) -> None:
    """Raises InputError for a data set of which no folder can be made."""
    if not data.splits or not any(data.splits.values()):
        raise InputError(f"{where}: no mentions there")
    if len(data.splits) == 1:
        raise InputError(
            f"{where} has one split, {next(iter(data.splits))!r}: add --split 70,10,20 to make "
            "train, dev and test of it (--seed N for others), or convert the folder of all splits"
        )
    if strange := next((name for name in data.splits if name not in SPLITS), None):
        raise InputError(f"{where}: {strange!r} is no split; these are {', '.join(SPLITS)}")
    if not data.entities:
        raise InputError(f"{where}: no entities there: name a data folder that has them with --kb")
    known = Counter(record["qid"] for record in data.entities)
    if twice := next((key for key, count in known.items() if count > 1), None):
        raise InputError(f"{where}: two entities have the identifier {twice!r}")
    for name, records in data.splits.items():
        keys = Counter(record["id"] for record in records)
        if twice := next((key for key, count in keys.items() if count > 1), None):
            raise InputError(f"{where}: two mentions of {name} have the identifier {twice!r}")
    answers = [record["answer"] for records in data.splits.values() for record in records]
    if not any(answer in known for answer in answers):
        raise InputError(
            f"{where}: no answer is the identifier of an entity (the first is {answers[0]!r}, an "
            f"entity has {data.entities[0]['qid']!r}): are these the right entities?"
        )


# --- the folder ----------------------------------------------------------------------------------


def write_layout(
    out: Path, name: str, where: str, read: Callable[[Pictures], DataSet]
) -> dict[str, Any]:
    """Makes a data folder in the authors' layout.

    Args:
        name: of the data set, with which the files of its splits begin.
        where: what messages call the source.
        read: reads it, and puts its pictures where it is told.

    Returns:
        `entities`, `mentions` of each split, `not_in_kb` (mentions whose answer is no entity),
        `pictures` (what is wrong with how many), `notes`.

    Raises:
        InputError: what `read` and `check` say, or `out` is not empty or cannot be written.
    """
    check_folder(out)
    if out.exists() and (not out.is_dir() or any(out.iterdir())):
        raise InputError(f"{out} is there already: name a folder that is new or empty")
    try:
        with folder_aside(out) as new:
            pictures = Pictures(new)
            data = read(pictures)
            check(data, where)
            _write(new, re.sub(r"\W", "", name).upper() or "DATA", data)
    except OSError as error:
        raise InputError(f"{out}: cannot be written ({reason_of(error)})") from None
    known = {record["qid"] for record in data.entities}
    records = [record for rows in data.splits.values() for record in rows]
    return {
        "entities": len(data.entities),
        "mentions": {split: len(data.splits[split]) for split in SPLITS if split in data.splits},
        "not_in_kb": sum(record["answer"] not in known for record in records),
        "pictures": dict(pictures.problems),
        "notes": data.notes,
    }


def _write(folder: Path, name: str, data: DataSet) -> None:
    numbered = [{"id": number} | record for number, record in enumerate(data.entities)]
    _dump(folder / "kb_entity.json", numbered)
    _dump(folder / "qid2id.json", {record["qid"]: record["id"] for record in numbered})
    for split, records in data.splits.items():
        _dump(folder / f"{name}_{split}.json", records)
    for split, lists in data.candidates.items():
        lines = (json.dumps(one, ensure_ascii=False) + "\n" for one in lists)
        (folder / f"candidates_{split}.jsonl").write_text("".join(lines), "utf-8")


def _dump(path: Path, content: Any) -> None:
    path.write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", "utf-8")

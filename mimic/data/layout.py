"""The authors' data layout: knowledge base, mentions of a split, and where their pictures are."""

from __future__ import annotations

import dataclasses
import hashlib
import os
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from mimic.data.names import type_in
from mimic.data.picture_names import WAYS, SpelledNames
from mimic.errors import InputError
from mimic.io.json_reader import read_json, read_json_lines
from mimic.io.values import as_list, as_text, is_nothing, made_id, quoted, unquoted
from mimic.model.spans import find_span
from mimic.schema import Entity, Mention

SPLITS = ("train", "dev", "test")
#: The ending of a gold table, which may stand in place of the name of a split.
GOLD_TABLE = ".jsonl"
#: The answer of a mention that no entity of the knowledge base is meant by.
NIL = "nil"

#: What the authors' files say of every entity in `type`.
UNTYPED = "entity"

#: A folder that holds this file is an index, or a data folder with its index beside it.
MANIFEST = "index.json"


class ImageFolder:
    """Finds pictures by the names that a data set gives them.

    Published data sets hold JPEG conversions under names cut at their first dot, and some names
    are URL-quoted. Tried in this order, and counted in `rules`: the exact name, its stem +
    `.jpg`, the name cut at its first dot + `.jpg`; then the same without URL quotes; then all of
    these in another spelling (`picture_names.WAYS`), as long as one file alone has it.

    Args:
        folders: the first that exists is used; none is an ordinary case, nothing is found then.
    """

    def __init__(self, *folders: Path) -> None:
        self.folder = next((f for f in folders if f.is_dir()), None)
        self._names = SpelledNames(os.listdir(self.folder) if self.folder else ())
        self.rules: Counter[str] = Counter()
        self._cut: dict[str, set[str]] = {}

    def find(self, name: str) -> Path | None:
        """The picture's path; `None` when the name is empty or no file matches."""
        base = name.replace("\\", "/").rsplit("/", 1)[-1]
        if not base:
            self.rules["not named"] += 1
            return None
        for way, (spelled, _) in enumerate(WAYS):
            for rule, tried in _spellings(base):
                names = self._names.alike(tried, way)
                if len(names) == 1 and self.folder is not None:
                    self.rules[spelled + rule] += 1
                    if "cut" in rule:
                        self._cut.setdefault(names[0], set()).add(base)
                    return self.folder / names[0]
        self.rules["missing"] += 1
        return None

    def counted(self) -> dict[str, int]:
        """`rules`, with `ambiguous`: cut names that several different names were cut to."""
        ambiguous = sum(len(names) for names in self._cut.values() if len(names) > 1)
        return dict(self.rules) | ({"ambiguous": ambiguous} if ambiguous else {})


def _spellings(name: str) -> list[tuple[str, str]]:
    """The names that a picture may have in its folder, each with the rule that makes it."""
    plain = unquoted(name).replace("/", "_")
    tried = []
    for rule, base in (("", name), ("unquoted ", plain)):
        if base != name or not rule:
            tried += [
                (rule + "exact", base),
                (rule + "stem", base.rsplit(".", 1)[0] + ".jpg"),
                (rule + "cut", base.split(".", 1)[0] + ".jpg"),
            ]
    return tried


@dataclass(frozen=True)
class KnowledgeBase:
    """The entities of a data folder, in its order.

    Attributes:
        rows: identifier -> row.
        pictures: all pictures of each entity; the first is the entity's own.
        image_rules: how many pictures were found by which rule, `missing`, and `not named`.
        skipped: number of a record that is left out -> why.
    """

    folder: Path
    entities: tuple[Entity, ...]
    rows: dict[str, int]
    pictures: tuple[tuple[Path, ...], ...]
    image_rules: dict[str, int]
    skipped: dict[int, str] = field(default_factory=dict)


#: What a split says of each of its mentions.
_COLUMNS = ("mentions", "gold", "groups", "answers", "image_kinds", "paraphrases")


@dataclass(frozen=True)
class Split:
    """The mentions of one split.

    Attributes:
        gold: row of each mention's answer in the knowledge base; -1 when it is not there.
        groups: label of each mention where the data set has evidence files, else `""`.
        answers: identifier of each mention's answer as the file has it, `nil` for none.
        image_kinds: what each mention's picture shows next to its entity's, where
            `mention_image_kind.json` says it, else `""`.
        paraphrases: other sentences of each mention, for training; mostly none.
        skipped: number of a record that is left out -> why.
    """

    name: str
    mentions: tuple[Mention, ...]
    gold: tuple[int, ...]
    groups: tuple[str, ...]
    image_rules: dict[str, int]
    answers: tuple[str, ...] = ()
    image_kinds: tuple[str, ...] = ()
    paraphrases: tuple[tuple[str, ...], ...] = ()
    skipped: dict[int, str] = field(default_factory=dict)

    def part(self, rows: Sequence[int]) -> Split:
        """Some of its mentions; what is counted stays as it is counted for all."""
        named = {name: getattr(self, name) for name in _COLUMNS}
        picked: dict[str, Any] = {
            name: tuple(column[i] for i in rows) for name, column in named.items() if column
        }
        return dataclasses.replace(self, **picked)

    def joined(self, other: Split) -> Split:
        """Its mentions and those of another, both as `read_split` gives them."""
        both = {name: getattr(self, name) + getattr(other, name) for name in _COLUMNS}
        return dataclasses.replace(self, **both)


def read_kb(folder: Path) -> KnowledgeBase:
    """Reads `kb_entity.json` and finds the pictures of each entity.

    Names lose their URL quotes. An entity whose name is empty is left out. `aliases` (a list, or
    one as text), `type` (which the authors' files have as `entity`, for all) and `url` may be
    there; the type is else that of the facts, `Type: river.` or `Instance of: river.`

    Raises:
        InputError: no such file, broken JSON, a record without identifier or the field of the
            name, a field of the wrong type, a repeated identifier.
    """
    file = folder / "kb_entity.json"
    images = ImageFolder(folder / "kb_image", folder / "kb_images")
    entities: list[Entity] = []
    pictures: list[tuple[Path, ...]] = []
    rows: dict[str, int] = {}
    skipped: dict[int, str] = {}
    for number, record in enumerate(_records(file)):
        where = f"{file}: record {number}"
        qid = _field(record, "qid", where)
        name = unquoted(_field(record, "entity_name", where))
        if not qid.strip():
            raise InputError(f"{where}: 'qid' is empty")
        if qid in rows:
            raise InputError(f"{where} repeats the identifier {qid!r}")
        if not name.strip():
            skipped[number] = "the name is empty"
            continue
        rows[qid] = len(entities)
        paths = [images.find(listed) for listed in _texts(record, "image_list", where) or [""]]
        pictures.append(tuple(path for path in paths if path is not None))
        text = as_text(record.get("attr"), f"{where}: 'attr'")
        picture = pictures[-1][0] if pictures[-1] else None
        entities.append(Entity(qid, name, text, picture, *_names(record, name, text, where)))
    if not entities:
        raise InputError(f"{file}: no entities")
    return KnowledgeBase(folder, tuple(entities), rows, tuple(pictures), images.counted(), skipped)


def entity_record(entity: Entity, images: Sequence[str]) -> dict[str, Any]:
    """What `read_kb` reads an entity from, without its number; `images` are names in `kb_image`."""
    record: dict[str, Any] = {"type": entity.type or UNTYPED, "qid": entity.id}
    record |= {"entity_name": quoted(entity.name), "attr": entity.description}
    record |= {"image_list": list(dict.fromkeys(images))}
    if entity.aliases:
        record["aliases"] = list(map(quoted, entity.aliases))
    return record | ({"url": entity.url} if entity.url else {})


def read_split(folder: Path, split: str, kb: KnowledgeBase) -> Split:
    """Reads `*_{split}.json`, and where there are any its evidence and the kinds of its pictures.

    A split that is the path of a file of JSON lines (`.jsonl`) is a gold table (`corrections`): its
    pictures lie beside it, and of several lines with one identifier the last counts.

    Surface forms lose their URL quotes, as in the authors' program. One that is not in its
    sentence is an ordinary case: it has no span. So is an answer that is not in the knowledge
    base, `nil` among them: its gold row is -1. Of several answers or pictures the first that is
    there counts. A record whose sentence or surface form is empty is left out.

    Raises:
        InputError: no such file or several, broken JSON, a record without a field or with one of
            the wrong type, a repeated identifier.
    """
    file, records = split_records(folder, split)
    labels = _labels(file.with_name(file.stem + "_evidence.json"))
    kinds = _kinds(folder / "mention_image_kind.json")
    beside = file.with_name(file.stem + "_images")
    images = ImageFolder(beside, folder / "mention_image", folder / "mention_images")
    mentions: dict[str, Mention] = {}
    answers, paraphrases = [], []
    skipped: dict[int, str] = {}
    for number, (key, record) in enumerate(records):
        where = f"{file}: record {number}"
        surface = unquoted(_field(record, "mentions", where))
        sentence = _field(record, "sentence", where)
        if key in mentions:
            raise InputError(f"{where} repeats the identifier {key!r}")
        if not sentence.strip() or not surface.strip():
            skipped[number] = f"the {'mention' if sentence.strip() else 'sentence'} is empty"
            continue
        paths = [images.find(name) for name in _texts(record, "imgPath", where) or [""]]
        picture = next((path for path in paths if path is not None), None)
        mentions[key] = Mention(surface, sentence, picture, _span(record, surface, sentence), key)
        answers.append(_answer(record, kb, where))
        paraphrases.append(tuple(filter(None, _texts(record, "paraphrases", where))))
    return Split(
        split,
        tuple(mentions.values()),
        tuple(kb.rows.get(answer, -1) for answer in answers),
        tuple(labels.get(key, "") for key in mentions),
        images.counted(),
        tuple(NIL if answer.lower() == NIL else answer for answer in answers),
        tuple(kinds.get(key, "") for key in mentions),
        tuple(paraphrases),
        skipped,
    )


def split_records(folder: Path, split: str) -> tuple[Path, list[tuple[str, Any]]]:
    """The file of a split, and its records as they stand there, each with its mention's `id`.

    Raises:
        InputError: no such file or several, or broken JSON.
    """
    if split.endswith(GOLD_TABLE):
        file = Path(split)
        records = [record for _, record in read_json_lines(file)]
        return file, list(dict(zip(_keys(records, file), records, strict=True)).items())
    file = _split_file(folder, split)
    records = _records(file)
    return file, list(zip(_keys(records, file), records, strict=True))


def has_split(folder: Path, split: str) -> bool:
    """Whether the data folder has mentions of that name."""
    return any(folder.glob(f"*_{split}.json"))


def data_fingerprint(folder: Path, names: Sequence[str] = ("*.json",)) -> str:
    """SHA-256 over the JSON files of a data folder, or some of them, 16 hex digits."""
    digest = hashlib.sha256()
    for file in sorted(file for name in names for file in folder.glob(name)):
        digest.update(file.name.encode() + file.read_bytes())
    return digest.hexdigest()[:16]


def _split_file(folder: Path, split: str) -> Path:
    files = sorted(folder.glob(f"*_{split}.json"))
    if not files:
        raise InputError(f"{folder}: no file *_{split}.json there")
    if len(files) > 1:
        raise InputError(f"{folder}: several files *_{split}.json, keep one")
    return files[0]


def _records(file: Path) -> list[Any]:
    records = read_json(file)
    if not isinstance(records, list):
        raise InputError(f"{file}: expected a list of records")
    return records


def _labels(file: Path) -> dict[str, str]:
    if not file.is_file():
        return {}
    evidence = read_json(file)
    if not isinstance(evidence, dict) or not all(isinstance(e, dict) for e in evidence.values()):
        raise InputError(f"{file}: expected an object of objects, one for each mention")
    return {key: str(record.get("label", "")) for key, record in evidence.items()}


def _kinds(file: Path) -> dict[str, str]:
    if not file.is_file():
        return {}
    kinds = read_json(file)
    if not isinstance(kinds, dict):
        raise InputError(f"{file}: expected an object, one text for each mention")
    return {key: str(kind) for key, kind in kinds.items()}


def _span(record: dict[str, Any], surface: str, sentence: str) -> tuple[int, int] | None:
    """Where the surface form stands: as the record says when that is true, else its first place."""
    said = record.get("startPos")
    near = (said, said + len(surface)) if isinstance(said, int) else None
    return find_span(sentence, surface, near)


def _names(
    record: dict[str, Any], name: str, text: str, where: str
) -> tuple[tuple[str, ...], str, str]:
    """Aliases, type and address of an entity."""
    listed = (unquoted(alias).strip() for alias in _texts(record, "aliases", where))
    aliases = tuple(alias for alias in dict.fromkeys(listed) if alias and alias != name)
    kind, url = (as_text(record.get(f), f"{where}: {f!r}").strip() for f in ("type", "url"))
    return aliases, type_in(text) if kind in ("", UNTYPED) else kind, url


def _field(record: Any, name: str, where: str) -> str:
    if not isinstance(record, dict) or name not in record:
        raise InputError(f"{where} has no field {name!r}")
    return as_text(record[name], f"{where}: {name!r}")


def _texts(record: dict[str, Any], name: str, where: str) -> list[str]:
    """The texts of a field that holds one or a list of them; a list may be written as text."""
    listed = as_list(record.get(name))
    if not all(isinstance(item, str) or is_nothing(item) for item in listed):
        raise InputError(f"{where}: {name!r} must be a text or a list of texts")
    return [item if isinstance(item, str) else "" for item in listed]


def _keys(records: Sequence[Any], file: Path) -> list[str]:
    """The identifier of each record; one without gets its number, in a form that none has."""
    given = [
        as_text(record.get("id"), f"{file}: record {number}: 'id'")
        if isinstance(record, dict)
        else ""
        for number, record in enumerate(records)
    ]
    taken = set(given)
    return [key or made_id(str(number), taken) for number, key in enumerate(given)]


def _answer(record: dict[str, Any], kb: KnowledgeBase, where: str) -> str:
    """The first answer that is in the knowledge base, else the first, `nil` without any."""
    listed = [as_text(item, f"{where}: 'answer'") for item in as_list(record.get("answer"))]
    return next((answer for answer in listed if answer in kb.rows), next(filter(None, listed), NIL))

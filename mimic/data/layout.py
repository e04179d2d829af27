"""The authors' data layout: knowledge base, mentions of a split, and where their pictures are."""

from __future__ import annotations

import hashlib
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from mimic.config import read_json
from mimic.errors import InputError
from mimic.model.spans import find_span
from mimic.schema import Entity, Mention

SPLITS = ("train", "dev", "test")
#: The answer of a mention that no entity of the knowledge base is meant by.
NIL = "nil"

#: A folder that holds this file is an index, or a data folder with its index beside it.
MANIFEST = "index.json"


class ImageFolder:
    """Finds pictures by the names that a data set gives them.

    Published data sets hold JPEG conversions under names cut at their first dot, and some names
    are URL-quoted. Tried in this order, and counted in `rules`: the exact name, its stem +
    `.jpg`, the name cut at its first dot + `.jpg`; then the same without URL quotes.

    Args:
        folders: the first that exists is used; none is an ordinary case, nothing is found then.
    """

    def __init__(self, *folders: Path) -> None:
        self.folder = next((f for f in folders if f.is_dir()), None)
        self._names = {p.name for p in self.folder.iterdir()} if self.folder else set()
        self.rules: Counter[str] = Counter()
        self._cut: dict[str, set[str]] = {}

    def find(self, name: str) -> Path | None:
        """The picture's path; `None` when the name is empty or no file matches."""
        base = name.replace("\\", "/").rsplit("/", 1)[-1]
        if not base:
            self.rules["not named"] += 1
            return None
        for rule, tried in _spellings(base):
            if tried in self._names and self.folder is not None:
                self.rules[rule] += 1
                if "cut" in rule:
                    self._cut.setdefault(tried, set()).add(base)
                return self.folder / tried
        self.rules["missing"] += 1
        return None

    def counted(self) -> dict[str, int]:
        """`rules`, with `ambiguous`: cut names that several different names were cut to."""
        ambiguous = sum(len(names) for names in self._cut.values() if len(names) > 1)
        return dict(self.rules) | ({"ambiguous": ambiguous} if ambiguous else {})


def _spellings(name: str) -> list[tuple[str, str]]:
    """The names that a picture may have in its folder, each with the rule that makes it."""
    plain = unquote(name).replace("/", "_")
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
    """

    folder: Path
    entities: tuple[Entity, ...]
    rows: dict[str, int]
    pictures: tuple[tuple[Path, ...], ...]
    image_rules: dict[str, int]


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
    """

    name: str
    mentions: tuple[Mention, ...]
    gold: tuple[int, ...]
    groups: tuple[str, ...]
    image_rules: dict[str, int]
    answers: tuple[str, ...] = ()
    image_kinds: tuple[str, ...] = ()
    paraphrases: tuple[tuple[str, ...], ...] = ()


def read_kb(folder: Path) -> KnowledgeBase:
    """Reads `kb_entity.json` and finds the pictures of each entity.

    Raises:
        InputError: no such file, broken JSON, a record without identifier or name, a repeated
            identifier.
    """
    file = folder / "kb_entity.json"
    images = ImageFolder(folder / "kb_image", folder / "kb_images")
    entities: list[Entity] = []
    pictures: list[tuple[Path, ...]] = []
    rows: dict[str, int] = {}
    for number, record in enumerate(_records(file)):
        qid, name = _field(record, "qid", file, number), _field(record, "entity_name", file, number)
        if qid in rows:
            raise InputError(f"{file}: record {number} repeats the identifier {qid!r}")
        rows[qid] = number
        found = [images.find(name) for name in _image_names(record)]
        pictures.append(tuple(path for path in found if path is not None))
        text = str(record.get("attr") or "")
        entities.append(Entity(qid, name, text, pictures[-1][0] if pictures[-1] else None))
    if not entities:
        raise InputError(f"{file}: no entities")
    return KnowledgeBase(folder, tuple(entities), rows, tuple(pictures), images.counted())


def read_split(folder: Path, split: str, kb: KnowledgeBase) -> Split:
    """Reads `*_{split}.json`, and where there are any its evidence and the kinds of its pictures.

    A surface form that is not in its sentence is an ordinary case: it has no span. So is an
    answer that is not in the knowledge base, `nil` among them: its gold row is -1.

    Raises:
        InputError: no such file or several, broken JSON, a record without a field, a repeated
            identifier.
    """
    file = _split_file(folder, split)
    labels = _labels(file.with_name(file.stem + "_evidence.json"))
    kinds = _kinds(folder / "mention_image_kind.json")
    images = ImageFolder(folder / "mention_image", folder / "mention_images")
    mentions: dict[str, Mention] = {}
    answers, paraphrases = [], []
    for number, record in enumerate(_records(file)):
        surface = _field(record, "mentions", file, number)
        sentence = _field(record, "sentence", file, number)
        key = str(record.get("id", number))
        if key in mentions:
            raise InputError(f"{file}: record {number} repeats the identifier {key!r}")
        picture = images.find(str(record.get("imgPath") or ""))
        mentions[key] = Mention(surface, sentence, picture, _span(record, surface, sentence), key)
        answers.append(str(record.get("answer") or NIL))
        paraphrases.append(tuple(map(str, record.get("paraphrases") or ())))
    return Split(
        split,
        tuple(mentions.values()),
        tuple(kb.rows.get(answer, -1) for answer in answers),
        tuple(labels.get(key, "") for key in mentions),
        images.counted(),
        tuple(NIL if answer.lower() == NIL else answer for answer in answers),
        tuple(kinds.get(key, "") for key in mentions),
        tuple(paraphrases),
    )


def has_split(folder: Path, split: str) -> bool:
    """Whether the data folder has mentions of that name."""
    return any(folder.glob(f"*_{split}.json"))


def data_fingerprint(folder: Path) -> str:
    """SHA-256 over the JSON files of a data folder, 16 hex digits."""
    digest = hashlib.sha256()
    for file in sorted(folder.glob("*.json")):
        digest.update(file.name.encode() + file.read_bytes())
    return digest.hexdigest()[:16]


def _split_file(folder: Path, split: str) -> Path:
    found = sorted(folder.glob(f"*_{split}.json"))
    if not found:
        raise InputError(f"{folder}: no file *_{split}.json there")
    if len(found) > 1:
        raise InputError(f"{folder}: several files *_{split}.json, keep one")
    return found[0]


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


def _image_names(record: dict[str, Any]) -> list[str]:
    """Names of an entity's pictures; some data sets write one name in place of a list."""
    listed = record.get("image_list") or ""
    return [listed] if isinstance(listed, str) else [str(name or "") for name in listed]


def _field(record: Any, name: str, file: Path, number: int) -> str:
    if not isinstance(record, dict) or not str(record.get(name) or "").strip():
        raise InputError(f"{file}: record {number} has no field {name!r}")
    if not isinstance(record[name], str | int | float):
        raise InputError(f"{file}: record {number}: {name!r} must be a text")
    return str(record[name])

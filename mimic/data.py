"""The authors' data layout: knowledge base, mentions of a split, and where their pictures are."""

from __future__ import annotations

import hashlib
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from mimic.config import read_json
from mimic.errors import InputError
from mimic.schema import Entity, Mention

SPLITS = ("train", "dev", "test")


class ImageFolder:
    """Finds pictures by the names that a data set gives them.

    Published data sets hold JPEG conversions under names cut at their first dot. Tried in this
    order, and counted in `rules`: the exact name, its stem + `.jpg`, the name cut at its first
    dot + `.jpg`.

    Args:
        folders: the first that exists is used; none is an ordinary case, nothing is found then.
    """

    def __init__(self, *folders: Path) -> None:
        self.folder = next((f for f in folders if f.is_dir()), None)
        self._names = {p.name for p in self.folder.iterdir()} if self.folder else set()
        self.rules: Counter[str] = Counter()

    def find(self, name: str) -> Path | None:
        """The picture's path; `None` when the name is empty or no file matches."""
        base = name.replace("\\", "/").rsplit("/", 1)[-1]
        if not base:
            self.rules["not named"] += 1
            return None
        for rule, tried in (
            ("exact", base),
            ("stem", base.rsplit(".", 1)[0] + ".jpg"),
            ("cut", base.split(".", 1)[0] + ".jpg"),
        ):
            if tried in self._names and self.folder is not None:
                self.rules[rule] += 1
                return self.folder / tried
        self.rules["missing"] += 1
        return None


@dataclass(frozen=True)
class KnowledgeBase:
    """The entities of a data folder, in its order.

    Attributes:
        rows: identifier -> row.
        pictures: all pictures of each entity; the first is the entity's own.
        image_rules: how many pictures were found by which rule, and not found.
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
        paraphrases: other sentences of each mention, for training; mostly none.
    """

    name: str
    mentions: tuple[Mention, ...]
    gold: tuple[int, ...]
    groups: tuple[str, ...]
    image_rules: dict[str, int]
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
    return KnowledgeBase(folder, tuple(entities), rows, tuple(pictures), dict(images.rules))


def read_split(folder: Path, split: str, kb: KnowledgeBase) -> Split:
    """Reads `*_{split}.json` and, where there is one, `*_{split}_evidence.json`.

    A surface form that is not in its sentence is an ordinary case: it has no span.

    Raises:
        InputError: no such file or several, broken JSON, a record without a field.
    """
    file = _split_file(folder, split)
    evidence_file = file.with_name(file.stem + "_evidence.json")
    labels = _labels(evidence_file) if evidence_file.is_file() else {}
    images = ImageFolder(folder / "mention_image", folder / "mention_images")
    mentions, gold, groups = [], [], []
    paraphrases: list[tuple[str, ...]] = []
    for number, record in enumerate(_records(file)):
        surface = _field(record, "mentions", file, number)
        sentence = _field(record, "sentence", file, number)
        key = str(record.get("id", number))
        start = sentence.find(surface)
        span = (start, start + len(surface)) if start >= 0 else None
        picture = images.find(str(record.get("imgPath") or ""))
        mentions.append(Mention(surface, sentence, picture, span, key))
        gold.append(kb.rows.get(str(record.get("answer")), -1))
        groups.append(labels.get(key, ""))
        paraphrases.append(tuple(map(str, record.get("paraphrases") or ())))
    return Split(
        split,
        tuple(mentions),
        tuple(gold),
        tuple(groups),
        dict(images.rules),
        tuple(paraphrases),
    )


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
    evidence = read_json(file)
    if not isinstance(evidence, dict) or not all(isinstance(e, dict) for e in evidence.values()):
        raise InputError(f"{file}: expected an object of objects, one for each mention")
    return {key: str(record.get("label", "")) for key, record in evidence.items()}


def _image_names(record: dict[str, Any]) -> list[str]:
    """Names of an entity's pictures; some data sets write one name in place of a list."""
    listed = record.get("image_list") or ""
    return [listed] if isinstance(listed, str) else [str(name or "") for name in listed]


def _field(record: Any, name: str, file: Path, number: int) -> str:
    if not isinstance(record, dict) or not str(record.get(name) or "").strip():
        raise InputError(f"{file}: record {number} has no field {name!r}")
    return str(record[name])

"""KGMEL's folder (github.com/juyeonnn/KGMEL, `data/`): sentences with several mentions each, and
the entities as triples.

    dataset/NAME.json                 [{"id", "sentence", "imgPath", "mention": [...],
                                        "entity": [...], "answer": [...]}]
    dataset/mapping/ids_split_mappings.json   {NAME: {"train": [id], "val": [id], "test": [id]}}
    dataset/mapping/qids_candidate.json       {NAME: [identifier]}; else all heads of triples
    dataset/image/NAME/, KB/image/QID_0.jpg
    KB/QID2Label.tsv, KB/PID2Label.tsv        identifier, label, description
    KB/Triples-NAME.tsv                       head, relation, tail

An entity's text is its description and then its triples as facts, the tails of a relation together:
`Canadian team. Sport: ice hockey. Country: Canada.`
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from mimic.data.formats.data_set import (
    DataSet,
    Pictures,
    Record,
    in_parallel,
    mention_record,
    rows_of,
    split_name,
    text_of,
)
from mimic.data.layout import ImageFolder, entity_record
from mimic.errors import InputError
from mimic.io.json_reader import decoded, read_json
from mimic.io.values import as_text
from mimic.schema import Entity


def is_kgmel(path: Path) -> bool:
    """Whether a path is a file `dataset/NAME.json`, or a folder with one."""
    return _file(path) is not None


def name_of(path: Path) -> str:
    """The name of the data set."""
    file = _file(path)
    return path.stem if file is None else file.stem


def read_kgmel(path: Path, pictures: Pictures) -> DataSet:
    """The data set; its one split is `all` where no file says which sentences are in which.

    Raises:
        InputError: a file is missing, or not as above.
    """
    file = _file(path)
    assert file is not None
    root, name = file.parent.parent, file.stem
    names: dict[str, str] = {}
    mentions: dict[str, list[Record]] = {}
    images = ImageFolder(file.parent / "image" / name, file.parent / "mention_image")
    for number, record in enumerate(rows_of(read_json(file), str(file))):
        where = f"{file}: record {number}"
        key, sentence = (text_of(record, field, where) for field in ("id", "sentence"))
        picture = as_text(record.get("imgPath"), f"{where}: 'imgPath'")
        image = pictures.file("mention_image", images.find(picture)) if picture else ""
        if key in mentions:
            raise InputError(f"{where} repeats the id {key!r}")
        mentions[key] = []
        listed = in_parallel(record, ("mention", "entity", "answer"), where)
        for place, (surface, entity, answer) in enumerate(listed):
            names.setdefault(answer, entity)
            mentions[key].append(mention_record(f"{key}-{place}", sentence, surface, answer, image))
    names.pop("", None)
    entities = _entities(root / "KB", name, names, _listed(file, "qids_candidate", name), pictures)
    return DataSet(entities, _splits(file, mentions))


def _file(path: Path) -> Path | None:
    if path.is_file():
        return path if path.suffix == ".json" and _is_sentences(path) else None
    for folder in (path, path / "dataset", path / "data" / "dataset"):
        files = [file for file in sorted(folder.glob("*.json")) if _is_sentences(file)]
        if len(files) > 1:
            raise InputError(
                f"{folder} holds several data sets ({', '.join(file.name for file in files)}): "
                "name one of the files"
            )
        if files:
            return files[0]
    return None


def _is_sentences(file: Path) -> bool:
    content = read_json(file)
    first = content[0] if isinstance(content, list) and content else None
    return isinstance(first, dict) and {"sentence", "mention", "answer"} <= first.keys()


def _listed(file: Path, mapping: str, name: str) -> Any:
    """What a file of `mapping/` says of the data set; `None` for nothing."""
    path = file.parent / "mapping" / f"{mapping}.json"
    content = read_json(path) if path.is_file() else {}
    if not isinstance(content, dict):
        raise InputError(f"{path}: expected an object with the names of data sets")
    return content.get(name)


def _splits(file: Path, mentions: Mapping[str, list[Record]]) -> dict[str, list[Record]]:
    said = _listed(file, "ids_split_mappings", file.stem)
    if said is None:
        return {"all": [record for records in mentions.values() for record in records]}
    splits: dict[str, list[Record]] = {}
    for split, keys in said.items() if isinstance(said, dict) else ():
        own = [as_text(key, f"{file}: an id of {split}") for key in keys]
        if unknown := next((key for key in own if key not in mentions), None):
            raise InputError(f"{file} has no sentence {unknown!r}, which its {split} split names")
        splits[split_name(split)] = [record for key in own for record in mentions[key]]
    return splits


def _entities(
    folder: Path, name: str, names: dict[str, str], listed: Any, pictures: Pictures
) -> list[Record]:
    labels = {row[0]: row[1:] for row in _rows(folder / "QID2Label.tsv")}
    relations = {row[0]: row[1] for row in _rows(folder / "PID2Label.tsv") if len(row) > 1}
    facts: dict[str, dict[str, list[str]]] = {}
    for row in _rows(folder / f"Triples-{name}.tsv"):
        if len(row) != 3:
            raise InputError(f"{folder / f'Triples-{name}.tsv'}: {row!r:.80} is no triple")
        head, relation, tail = row
        said = labels.get(tail, [tail])[0] or tail
        tails = facts.setdefault(head, {}).setdefault(relations.get(relation, relation), [])
        tails += [said] * (said not in tails)
    wanted = dict.fromkeys([*(listed or facts), *names])
    images = ImageFolder(folder / "image", folder / "kb_image")
    return [
        entity_record(
            Entity(
                key,
                (labels.get(key) or [""])[0] or names.get(key) or key,
                _text(labels.get(key, [])[1:], facts.get(key, {})),
            ),
            _pictures(key, images, pictures),
        )
        for key in map(str, wanted)
    ]


def _text(description: list[str], facts: Mapping[str, list[str]]) -> str:
    """The description, and each relation with its tails."""
    said = [text.strip().rstrip(".") for text in description[:1] if text.strip()]
    said += [f"{key[:1].upper()}{key[1:]}: {', '.join(tails)}" for key, tails in facts.items()]
    return "".join(f"{sentence}. " for sentence in said).strip()


def _pictures(key: str, images: ImageFolder, pictures: Pictures) -> list[str]:
    found = [path for name in (f"{key}_0.jpg", f"{key}.jpg") if (path := images.find(name))]
    return [pictures.file("kb_image", path) for path in found[:1]]


def _rows(file: Path) -> Iterator[list[str]]:
    """The rows of a table without a header; none where it is not there."""
    if not file.is_file():
        return
    try:
        text = decoded(file.read_bytes())
    except UnicodeDecodeError as error:
        raise InputError(f"{file}: not UTF-8 text (byte {error.start})") from None
    for row in csv.reader(text.split("\n"), delimiter="\t"):
        if row:
            yield [cell.strip() for cell in row]

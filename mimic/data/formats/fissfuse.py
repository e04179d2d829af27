"""The JSON lines of FissFuse (Luo et al., ACM MM 2024), on which others build, too.

    WIKIMEL_train.jsonl, _valid, _test   {"mention_id", "sentence", "mentions", "imgPath",
                                          "candidates": [identifier, ...]}, the first is the answer
    entities.jsonl                       {"id", "qid", "name", "desc"}
    wikimel_image.h5                     packed pictures, or features

The shape is as zhouyuanyu/ThinkLinker reads it. Features are tied to the network that made them,
and MIMIC encodes for itself: what is packed beside the lines is left out, and told. The candidates
go to `candidates_SPLIT.jsonl`, for `evaluate --candidates`.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from mimic.data.formats.data_set import (
    DataSet,
    Pictures,
    Record,
    mention_record,
    split_name,
    text_of,
)
from mimic.data.layout import ImageFolder, entity_record
from mimic.errors import InputError
from mimic.io.json_reader import read_json_lines
from mimic.io.values import as_list, as_text
from mimic.schema import Entity

_PACKED = (".h5", ".hdf5", ".h5py", ".npy", ".npz", ".pt", ".pth", ".pkl", ".safetensors")


def is_fissfuse(path: Path) -> bool:
    """Whether a folder has `entities.jsonl` and files of mentions."""
    return (path / "entities.jsonl").is_file() and bool(_files(path))


def read_fissfuse(path: Path, pictures: Pictures) -> DataSet:
    """The data set.

    Raises:
        InputError: a line is no JSON or lacks a field.
    """
    images = ImageFolder(path / "kb_image", path / "entity_image")
    features: dict[str, None] = {}  # names, in their order
    entities = []
    for where, row in read_json_lines(path / "entities.jsonl"):
        record = _record(row, where, features)
        key, name = (text_of(record, field, where) for field in ("qid", "name"))
        text = text_of(record, "desc", where, needed=False)
        found = images.find(as_text(record.get("image"), f"{where}: 'image'") or f"{key}.jpg")
        own = [pictures.file("kb_image", found)] if found else []
        entities.append(entity_record(Entity(key, name, text), own))
    data = DataSet(entities, {})
    images = ImageFolder(path / "mention_image", path / "mention_images", path / "image")
    for split, file in _files(path).items():
        data.splits[split], lists = [], []
        for where, row in read_json_lines(file):
            record = _record(row, where, features)
            mention, candidates = _mention(record, where, images, pictures)
            data.splits[split].append(mention)
            lists += [{"id": mention["id"], "candidates": candidates}] if candidates else []
        if len(lists) == len(data.splits[split]):
            data.candidates[split] = lists
    data.notes += [
        f"{file.name} is left out: features and packed pictures are not read, MIMIC encodes for "
        "itself; put the pictures as files into mention_image/ and kb_image/"
        for file in sorted(path.iterdir())
        if file.suffix in _PACKED
    ]
    data.notes += [f"field {name!r} holds features, which are not read" for name in features]
    return data


def _mention(
    record: Record, where: str, images: ImageFolder, pictures: Pictures
) -> tuple[Record, list[str]]:
    name = "mention_id" if "mention_id" in record else "id"
    key, sentence, surface = (text_of(record, f, where) for f in (name, "sentence", "mentions"))
    said = as_list(record.get("candidates"))
    candidates = [as_text(one, f"{where}: 'candidates'") for one in said]
    answer = text_of(record, "answer", where, needed=False) or (candidates or [""])[0]
    if not answer:
        raise InputError(f"{where} has neither 'answer' nor 'candidates'")
    file = as_text(record.get("imgPath"), f"{where}: 'imgPath'")
    image = pictures.file("mention_image", images.find(file)) if file else ""
    return mention_record(key, sentence, surface, answer, image), candidates


def _record(row: Any, where: str, features: dict[str, None]) -> Record:
    """The record without its features, whose names are noted."""
    if not isinstance(row, dict):
        raise InputError(f"{where} is not an object with named fields")
    features |= {name: None for name, value in row.items() if _is_numbers(value)}
    return {name: value for name, value in row.items() if name not in features}


def _is_numbers(value: Any) -> bool:
    """A vector, or several."""
    while isinstance(value, list) and value:
        value = value[0]
        if isinstance(value, float):
            return True
    return False


def _files(path: Path) -> Mapping[str, Path]:
    files = {split_name(file.stem.rsplit("_", 1)[-1]): file for file in path.glob("*_*.jsonl")}
    return {split: files[split] for split in ("train", "dev", "test") if split in files}

"""MELBench as it was published: one JSON object, a record for each mention under its number.

    {"12-0": {"sentence": "...", "mentions": "Rogers", "entities": "Will Rogers",
              "answer": "Q123", "imgPath": "a/b.jpg", "brief": "Sex: male. ..."}}

The shape is that of `Richpedia-MEL.json` and `Wikidata-MEL.json` in seukgcode/MELBench as programs
of the field read them; seukgcode/MEL-GHMFC has the same in `train.json` and `test.json`, with
`qid2abs.json` (identifier -> text), `qid2ne.json` and `ne2qid.json` (names) beside it.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from mimic.data.formats.data_set import (
    DataSet,
    Pictures,
    Record,
    in_parallel,
    mention_record,
    named_entities,
    split_name,
    text_of,
)
from mimic.data.layout import SPLITS, ImageFolder
from mimic.errors import InputError
from mimic.io.json_reader import read_json
from mimic.io.values import as_text, made_id

_FIELDS = {"sentence", "mentions"}
_TEXTS, _NAMES = ("qid2abs.json", "qid2abs_long.json"), "qid2ne.json"
_FOLDERS = ("mention_image", "mention_images", "images", "image")


def is_melbench(path: Path) -> bool:
    """Whether a path is such a file, or a folder that holds one or its splits."""
    return bool(_files(path))


def read_melbench(path: Path, pictures: Pictures) -> DataSet:
    """The data set; its one split is `all` where the file has none.

    Raises:
        InputError: a field is missing or of the wrong type.
    """
    files, folder = _files(path), path if path.is_dir() else path.parent
    images = ImageFolder(*(folder / name for name in _FOLDERS))
    names = _texts(folder / _NAMES)
    texts: dict[str, str] = {}
    for name in _TEXTS:
        texts |= _texts(folder / name)
    splits: dict[str, list[Record]] = {}
    for split, file in files.items():
        records = splits.setdefault(split, [])
        taken: set[str] = set()
        for key, record in read_json(file).items():
            where = f"{file}: record {key!r:.60}"
            image = _image(record, images, pictures, where)
            sentence = text_of(record, "sentence", where)
            brief = text_of(record, "brief", where, needed=False)
            for surface, name, answer in in_parallel(
                record, ("mentions", "entities", "answer"), where
            ):
                if not surface:
                    raise InputError(f"{where} has no 'mentions'")
                if answer:
                    names.setdefault(answer, name)
                    texts[answer] = texts.get(answer) or brief
                own = made_id(key, taken)
                taken.add(own)
                records.append(mention_record(own, sentence, surface, answer, image))
    return DataSet(named_entities(dict.fromkeys(texts, "") | names, texts), splits)


def _image(record: Record, images: ImageFolder, pictures: Pictures, where: str) -> str:
    name = as_text(record.get("imgPath"), f"{where}: 'imgPath'")
    return pictures.file("mention_image", images.find(name)) if name else ""


def _files(path: Path) -> dict[str, Path]:
    """Split -> its file."""
    if not path.is_dir():
        return {"all": path} if path.suffix == ".json" and _is_object(path) else {}
    files = {split_name(file.stem): file for file in sorted(path.glob("*.json"))}
    if parts := {split: files[split] for split in SPLITS if split in files}:
        return parts if all(map(_is_object, parts.values())) else {}
    whole = [file for file in files.values() if _is_object(file)]
    return {"all": whole[0]} if len(whole) == 1 else {}


def _is_object(file: Path) -> bool:
    """Whether it holds records under keys."""
    content = read_json(file)
    return (
        isinstance(content, dict)
        and bool(content)
        and all(isinstance(r, dict) and r.keys() >= _FIELDS for r in content.values())
    )


def _texts(file: Path) -> dict[str, str]:
    """Identifier -> text; nothing where the file is not there."""
    if not file.is_file():
        return {}
    content: Any = read_json(file)
    if not isinstance(content, dict):
        raise InputError(f"{file}: expected an object, a text for each identifier")
    return {key: as_text(value, f"{file}: {key!r}") for key, value in content.items()}

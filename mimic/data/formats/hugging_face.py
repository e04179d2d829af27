"""Parquet, and folders of Hugging Face's `datasets`, with pictures in the rows.

What is read: one Parquet file; a folder of them, a split's being named `SPLIT.parquet`,
`SPLIT-00000-of-00002.parquet` or `SPLIT/*.parquet`; and what `save_to_disk` writes
(`dataset_dict.json`, `SPLIT/state.json`, `SPLIT/data-*.arrow`, streams of Arrow). A picture is
`{"bytes", "path"}` as the feature `Image` stores it, bytes, or the name of a file beside.

The columns are named as in `MENTION` and `ENTITY`, in any case. Entities stand in a part of their
own, `entities` or `kb`, or in the rows of the mentions (`ANSWER`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from mimic.data.formats.data_set import DataSet, Pictures, Record, mention_record, split_name
from mimic.data.layout import SPLITS, entity_record
from mimic.data.picture_store import PictureFolder
from mimic.data.table_parquet import damage_in_words
from mimic.errors import InputError, check_text
from mimic.io.json_reader import read_json
from mimic.io.values import as_list, as_text, is_nothing, made_id
from mimic.schema import Entity

#: What is asked for -> the columns that may hold it.
Columns = Mapping[str, Sequence[str]]
MENTION: Columns = {
    "id": ("id", "mention_id"),
    "sentence": ("sentence", "text", "caption", "context"),
    "mention": ("mention", "mentions", "surface"),
    "answer": ("answer", "qid", "entity_id", "gold"),
    "image": ("image", "imgpath", "picture"),
}
ENTITY: Columns = {
    "id": ("qid", "id", "entity_id"),
    "name": ("entity_name", "name", "label", "title"),
    "description": ("description", "attr", "desc", "text"),
    "image": ("image", "images", "image_list", "picture"),
    "aliases": ("aliases",),
    "type": ("type",),
    "url": ("url",),
}
#: The answer's entity in the row of a mention.
ANSWER: Columns = {
    "name": ("entity_name", "entity", "title"),
    "description": ("entity_description", "description", "attr", "desc"),
    "image": ("entity_image",),
}
_ENTITIES = ("entities", "entity", "kb", "knowledge_base")
_SHARD = re.compile(r"-\d+-of-\d+.*$")
_ROWS = 64  # read at once: their pictures are held in memory


def is_hugging_face(path: Path) -> bool:
    """Whether a path is a Parquet file, or a folder with some or saved by `datasets`."""
    return bool(_parts(path))


def read_hugging_face(path: Path, pictures: Pictures) -> DataSet:
    """The data set; its one split has the name that it is saved under.

    Raises:
        InputError: a file is damaged, a column is missing, or a row has no identifier.
    """
    parts = _parts(path)
    folder = PictureFolder(path if path.is_dir() else path.parent)
    taken = next((name for name in _ENTITIES if name in parts), None)
    entities = dict[str, Record]()
    if taken is not None:
        for where, row in _rows(parts.pop(taken), ENTITY, ("id", "name")):
            record = _entity(row, where, folder, pictures)
            if record["qid"] in entities:
                raise InputError(f"{where} repeats the identifier {record['qid']!r}")
            entities[record["qid"]] = record
    data = DataSet([], {})
    for split, files in parts.items():
        rows = data.splits.setdefault(split, [])
        keys: set[str] = set()
        columns = {**MENTION, **{f"answer {name}": among for name, among in ANSWER.items()}}
        for where, row in _rows(files, columns, ("sentence", "mention", "answer")):
            key = made_id(_text(row, "id", where) or f"{split}-{len(rows)}", keys)
            keys.add(key)
            rows.append(_mention(key, row, where, folder, pictures))
            answer = rows[-1]["answer"]
            own = {name: row[f"answer {name}"] for name in ANSWER} | {"id": answer}
            if taken is None and answer not in entities and not is_nothing(own["name"]):
                entities[answer] = _entity(own, where, folder, pictures)
    data.entities = list(entities.values())
    return data


def _mention(
    key: str, row: Record, where: str, folder: PictureFolder, pictures: Pictures
) -> Record:
    sentence, surface = (_text(row, name, where, needed=True) for name in ("sentence", "mention"))
    image = _picture(row["image"], "mention_image", key, folder, pictures)
    return mention_record(key, sentence, surface, _text(row, "answer", where), image)


def _entity(row: Record, where: str, folder: PictureFolder, pictures: Pictures) -> Record:
    key, name = _text(row, "id", where, needed=True), _text(row, "name", where, needed=True)
    said = {field: _text(row, field, where) for field in ("description", "type", "url")}
    aliases = tuple(as_text(one, f"{where}: 'aliases'") for one in as_list(row.get("aliases")))
    held = as_list(row["image"])
    images = [_picture(one, "kb_image", key, folder, pictures) for one in held]
    entity = Entity(key, name, said["description"], None, aliases, said["type"], said["url"])
    return entity_record(entity, [image for image in images if image])


def _picture(value: Any, side: str, stem: str, folder: PictureFolder, pictures: Pictures) -> str:
    """The name of a row's picture; the text `path` names a file beside where there are no bytes."""
    if isinstance(value, dict):
        value = value.get("bytes") or value.get("path")
    if isinstance(value, bytes) and value:
        return pictures.held(side, value, stem)
    if isinstance(value, str) and value.strip():
        place = folder.locate(value)
        return pictures.file(side, place if isinstance(place, Path) else None)
    return ""


def _text(row: Record, name: str, where: str, needed: bool = False) -> str:
    text = as_text(row.get(name), f"{where}: {name!r}").strip()
    check_text(text, f"{where}: {name!r}")
    if needed and not text:
        raise InputError(f"{where} has no {name!r}")
    return text


# --- files -----------------------------------------------------------------------------------


def _parts(path: Path) -> dict[str, list[Path]]:
    """Split, or `entities` -> its files in order."""
    if path.is_file():
        return {_part(Path(path.name)): [path]} if path.suffix in (".parquet", ".pq") else {}
    if (path / "dataset_dict.json").is_file():
        said = read_json(path / "dataset_dict.json")
        names = said.get("splits") if isinstance(said, dict) else None
        if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
            raise InputError(f"{path / 'dataset_dict.json'}: names no splits")
        return {split_name(name): _arrow(path / name) for name in names}
    if (path / "state.json").is_file():
        return {split_name(path.name): _arrow(path)}
    parts: dict[str, list[Path]] = {}
    for file in sorted(path.rglob("*.parquet")):
        parts.setdefault(_part(file.relative_to(path)), []).append(file)
    for name in _ENTITIES:  # a data set saved beside the splits
        if (path / name / "state.json").is_file():
            parts[name] = _arrow(path / name)
    return parts


def _part(file: Path) -> str:
    """What a file is a part of, by its name and those of its folders."""
    names = [split_name(_SHARD.sub("", name)) for name in (*file.parent.parts, file.stem)]
    known = [name for name in names if name in _ENTITIES]
    known += [name for name in reversed(names) if name in SPLITS]
    return known[0] if known else names[-1]


def _arrow(folder: Path) -> list[Path]:
    state = read_json(folder / "state.json")
    try:
        return [folder / Path(entry["filename"]).name for entry in state["_data_files"]]
    except (TypeError, KeyError):
        raise InputError(f"{folder / 'state.json'}: names no files") from None


def _rows(
    files: Sequence[Path], columns: Columns, needed: Sequence[str]
) -> Iterator[tuple[str, Record]]:
    """The rows of a part, each under what is asked for, with where it stands."""
    for file in files:
        number = 0
        for batch in _batches(file, columns, needed):
            for row in batch:
                number += 1
                yield f"{file}: row {number}", row


def _batches(file: Path, columns: Columns, needed: Sequence[str]) -> Iterator[list[Record]]:
    from pyarrow import ipc, parquet

    if file.suffix == ".arrow":
        with damage_in_words(file, "Arrow"), file.open("rb") as source:
            reader = ipc.open_stream(source)
            found = _columns(reader.schema.names, columns, needed, file)
            for batch in reader:
                for start in range(0, batch.num_rows, _ROWS):
                    yield _named(batch.slice(start, _ROWS), found, columns)
        return
    with damage_in_words(file), parquet.ParquetFile(file) as table:
        found = _columns(table.schema_arrow.names, columns, needed, file)
        for batch in table.iter_batches(_ROWS, columns=sorted({*found.values()})):
            yield _named(batch, found, columns)


def _named(batch: Any, found: Mapping[str, str], columns: Columns) -> list[Record]:
    """The rows of a batch under what is asked for; `None` where no column has it."""
    rows = batch.select(sorted({*found.values()})).to_pylist()
    return [{name: row.get(found.get(name, "")) for name in columns} for row in rows]


def _columns(
    there: Sequence[str], columns: Columns, needed: Sequence[str], file: Path
) -> dict[str, str]:
    """What is asked for -> the column that holds it."""
    by_name = {column.strip().casefold(): column for column in reversed(there)}
    found = {
        name: by_name[one]
        for name, among in columns.items()
        for one in reversed(among)
        if one in by_name
    }
    if missing := next((name for name in needed if name not in found), None):
        raise InputError(
            f"{file}: no column for the {missing} ({', '.join(columns[missing])}); it has "
            f"{', '.join(map(repr, there[:20]))}: rename the one that holds it"
        )
    return found

"""A gold table that grows: what people said was right, a JSON line for each mention.

    {"id", "sentence", "mentions", "answer", "imgPath", "startPos", "said", "model", "kb"}

The fields are those of the authors' mentions, with the answer `nil` for none; `said` is what the
model had first. Pictures lie in a folder beside the file, upright JPEGs of at most `SIDE` pixels a
side without anything that a camera noted. `layout.read_split` reads the file as a split;
`with_corrections` puts it into one.
"""

from __future__ import annotations

import hashlib
import io
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from mimic.data.layout import GOLD_TABLE, NIL, KnowledgeBase, Split, read_split
from mimic.errors import InputError, reason_of
from mimic.io.files import PATIENCE, check_file, only_writer
from mimic.io.values import quoted
from mimic.model.pictures import opened_picture
from mimic.schema import Mention

_KEY = 16  # hex digits of an identifier
#: Bytes of a table, which strangers may fill; of a picture the longest side, and JPEG's quality.
MOST_BYTES, SIDE, QUALITY = 20_000_000, 512, 90


def pictures_of(file: Path) -> Path:
    """The folder of a gold table's pictures."""
    return file.with_name(file.stem + "_images")


def check_table(file: Path) -> None:
    """Raises InputError where no gold table can be written."""
    _check_name(file)
    check_file(file)


def check_readable(file: Path) -> None:
    """Raises InputError where there is no gold table to read."""
    _check_name(file)
    if not file.is_file():
        raise InputError(f"--corrections {file}: no such file")


def _check_name(file: Path) -> None:
    if file.suffix != GOLD_TABLE:
        raise InputError(f"--corrections {file}: the name must end in {GOLD_TABLE}")


def add_correction(file: Path, mention: Mention, answer: str, about: Mapping[str, str]) -> str:
    """Adds what somebody said of a mention; of several the last one counts.

    Args:
        answer: identifier of the right entity, `""` for none of the knowledge base.
        about: `said`, `model`, `kb`.

    Returns:
        The mention's identifier: the same for the same words, place and picture.

    Raises:
        InputError: the file is full or cannot be written, or the picture cannot be read.
    """
    picture = _picture(mention.image)
    key = _key(mention, picture)
    record: dict[str, Any] = {
        "id": key, "sentence": mention.sentence, "mentions": quoted(mention.surface),
        "answer": answer or NIL, "imgPath": f"{key}.jpg" if picture else "",
    }  # fmt: skip
    record |= {} if mention.span is None else {"startPos": mention.span[0]}
    line = json.dumps(record | dict(about), ensure_ascii=False) + "\n"
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        with only_writer(file, patience=PATIENCE):
            if file.exists() and file.stat().st_size + len(line) > MOST_BYTES:
                raise InputError(f"{file}: is full ({MOST_BYTES // 1_000_000} MB): move it away")
            if picture:
                pictures_of(file).mkdir(exist_ok=True)
                (pictures_of(file) / record["imgPath"]).write_bytes(picture)
            with file.open("a", encoding="utf-8") as table:
                table.write(line)
    except OSError as error:
        raise InputError(f"{file}: cannot be written ({reason_of(error)})") from None
    return key


def with_corrections(split: Split, file: Path, kb: KnowledgeBase) -> tuple[Split, list[str]]:
    """A split and the mentions of a gold table, each in place of the same one in the split.

    Returns:
        The split, and the answers that the knowledge base lacks, whose mentions are left out.

    Raises:
        InputError: as `layout.read_split`.
    """
    said = read_split(kb.folder, str(file), kb)
    keys, sentences = ({m.id for m in said.mentions}, {m.sentence for m in said.mentions})

    def is_said(mention: Mention) -> bool:
        if mention.sentence not in sentences:
            return False
        try:
            return _key(mention, _picture(mention.image)) in keys
        except InputError:  # nobody could say anything of a picture that cannot be read
            return False

    kept = [row for row, mention in enumerate(split.mentions) if not is_said(mention)]
    known = [
        row
        for row, (gold, answer) in enumerate(zip(said.gold, said.answers, strict=True))
        if gold >= 0 or answer == NIL
    ]
    lacking = {answer for row, answer in enumerate(said.answers) if row not in known}
    return split.part(kept).joined(said.part(known)), sorted(lacking)


def _key(mention: Mention, picture: bytes) -> str:
    """Identifier of a mention: of its words, their place and its picture as the table keeps it."""
    told = json.dumps([mention.sentence, mention.surface, mention.span])
    return hashlib.sha256(told.encode() + picture).hexdigest()[:_KEY]


def _picture(path: Path | None) -> bytes:
    """A picture as the table keeps it."""
    if path is None:
        return b""
    stream = io.BytesIO()
    with opened_picture(path, near=SIDE) as picture:
        picture.thumbnail((SIDE, SIDE))
        picture.save(stream, "JPEG", quality=QUALITY)
    return stream.getvalue()

"""`case.json`: the records of a case study as text, and back, with everything checked."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Iterable
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

from analysis.case.records import (
    DETAILS,
    FONTS,
    LANGUAGES,
    LISTS,
    MOST_CAPTION,
    MOST_CASES,
    MOST_WHAT_IFS,
    TOP,
    Answer,
    Case,
    Casebook,
    Picture,
)
from mimic.errors import InputError, check_text
from mimic.io.json_reader import read_json
from mimic.io.records import decoded
from mimic.model.pictures import picture_from
from mimic.model.processor import check_mention
from mimic.schema import UNITS, Mention

FORMAT, VERSION = "mimic-case", 1
MOST_BYTES = 64_000_000  # of a case.json
MOST_TEXT = 10_000  # characters of a name or a description
MOST_WORDS = 1000  # of a side with heat: a model reads 40 tokens of it
MOST_RIVALS = 50  # entities among which bars divide a unit's favour
SIDES = ("mention", "entity")  # of a heatmap
ROUNDING = 1e-4  # by which a share may be out of its range
MOST_NUMBER = 1e15  # of a score or a rank: far above any, and sums and pixels of it are exact
MOST_PIXELS = 600_000_000  # of the pictures of a file together: twelve of the largest


def casebook_json(book: Casebook) -> str:
    """The text of `case.json`; the same book gives the same text."""
    pictures = {key: picture for case in book.cases for key, picture in case.pictures.items()}
    record = {
        "format": FORMAT,
        "version": VERSION,
        "figure": {"details": list(book.details), "language": book.language, "font": book.font},
        "cases": [_without_pictures(case) for case in book.cases],
        "pictures": {
            key: {"source": picture.source, "data": base64.b64encode(picture.data).decode("ascii")}
            for key, picture in sorted(pictures.items())
        },
    }
    return json.dumps(record, ensure_ascii=False, indent=1) + "\n"


def read_casebook(path: Path) -> Casebook:
    """Reads `case.json`.

    Raises:
        InputError: no such file, too large, or not what `casebook_json` writes.
    """
    if path.is_file() and path.stat().st_size > MOST_BYTES:
        raise InputError(f"{path}: larger than {MOST_BYTES // 1_000_000} MB")
    return casebook_from(read_json(path), path.name)


def casebook_from(record: Any, source: str = "case.json") -> Casebook:
    """A book from parsed JSON.

    Args:
        source: what messages call the file.

    Raises:
        InputError: a field is missing, of the wrong type or out of range, a hash does not fit, or
            a picture cannot be read.
    """
    if not isinstance(record, dict) or record.get("format") != FORMAT:
        raise InputError(f"{source}: not a case file of this application")
    if record.get("version") != VERSION:
        version = record.get("version")
        name = repr(version)[:20] if isinstance(version, int | float | str) else "unknown"
        raise InputError(f"{source}: version {name}; {VERSION} can be read")
    entries = record.get("cases")
    if not isinstance(entries, list) or not 1 <= len(entries) <= MOST_CASES:
        raise InputError(f"{source}: it must hold 1 to {MOST_CASES} cases")
    pictures = _pictures(record.get("pictures"), source)
    cases = []
    for number, entry in enumerate(entries, 1):
        where = f"{source}: case {number}"
        case = decoded(Case, entry, where, _check_told)
        cases.append(_checked(replace(case, pictures=_used(case, pictures, where)), where))
    _check_pictures(cases, source)
    figure = record.get("figure")
    figure = figure if isinstance(figure, dict) else {}
    return casebook(
        cases, figure.get("details", []), figure.get("language", "en"), figure.get("font", "sans")
    )


def casebook(
    cases: list[Case], details: Any = (), language: Any = "en", font: Any = "sans"
) -> Casebook:
    """A book of some cases.

    Raises:
        InputError: none or too many of them, or an unknown detail, language or font.
    """
    if not 1 <= len(cases) <= MOST_CASES:
        raise InputError(f"there are {len(cases)} cases: a figure holds 1 to {MOST_CASES}")
    if not isinstance(details, list | tuple) or not all(name in DETAILS for name in details):
        raise InputError(f"details must be a list of {', '.join(DETAILS)}")
    if language not in LANGUAGES:
        raise InputError(f"the language must be one of {', '.join(LANGUAGES)}")
    if font not in FONTS:
        raise InputError(f"the font must be one of {', '.join(FONTS)}")
    return Casebook(tuple(cases), tuple(n for n in DETAILS if n in details), language, font)


def _without_pictures(case: Case) -> dict[str, Any]:
    record = asdict(replace(case, pictures={}))
    del record["pictures"]
    return record


def _pictures(record: Any, source: str) -> dict[str, Picture]:
    """The pictures of a file; of a damaged one the cases that name it tell."""
    if not isinstance(record, dict):
        raise InputError(f"{source}: the pictures are missing")
    pictures = {}
    for key, entry in record.items():
        where = f"{source}: picture {key:.12}"
        text, origin = (
            entry.get(n) if isinstance(entry, dict) else None for n in ("data", "source")
        )
        if not isinstance(text, str) or not isinstance(origin, str):
            raise InputError(f"{where}: 'data' and 'source' must be texts")
        try:
            data = from_base64(text)
        except ValueError:
            raise InputError(f"{where}: the data are not base64") from None
        if hashlib.sha256(data).hexdigest() != key:
            raise InputError(f"{where}: the bytes do not fit their SHA-256; was the file changed?")
        _check_text(origin[:64], f"{where}: 'source'")
        pictures[key] = Picture(data, origin[:64])
    return pictures


def from_base64(text: str) -> bytes:
    """The bytes of a text in base64, which may be broken into lines.

    Raises:
        ValueError: it is none.
    """
    return base64.b64decode("".join(text.split()), validate=True)


def _check_pictures(cases: list[Case], source: str) -> None:
    """Decodes what the cases name, each picture once.

    Raises:
        InputError: one cannot be read, or they are too large together.
    """
    named = {key: picture for case in cases for key, picture in case.pictures.items()}
    pixels = 0
    for key, picture in named.items():
        decoded = picture_from(picture.data, f"{source}: picture {key:.12}")
        pixels += decoded.width * decoded.height
        if pixels > MOST_PIXELS:
            raise InputError(
                f"{source}: its pictures have more than {MOST_PIXELS // 1_000_000} megapixels "
                "together: make them smaller"
            )


def _used(case: Case, pictures: dict[str, Picture], where: str) -> dict[str, Picture]:
    """The pictures that a case names."""
    answers = [case.answer, *(what_if.answer for what_if in case.what_ifs)]
    keys = {standing.picture for answer in answers for standing in answer.standings}
    keys |= {answer.picture for answer in answers} | {heat.picture for heat in case.heat}
    if missing := keys - set(pictures) - {""}:
        raise InputError(f"{where}: picture {min(missing):.12} is not in the file")
    return {key: pictures[key] for key in sorted(keys - {""})}


def _checked(case: Case, where: str) -> Case:
    """Raises InputError for what types alone do not rule out."""
    if len(case.what_ifs) > MOST_WHAT_IFS:
        raise InputError(f"{where}: more than {MOST_WHAT_IFS} what-ifs")
    for text in (case.caption, *(what_if.label for what_if in case.what_ifs)):
        if len(text) > MOST_CAPTION:
            raise InputError(f"{where}: a caption has more than {MOST_CAPTION} characters")
    for answer in (case.answer, *(what_if.answer for what_if in case.what_ifs)):
        _check_answer(answer, where)
    for heat in case.heat:
        if not heat.picture or len(heat.boxes) != len(heat.values):
            raise InputError(f"{where}: a heatmap needs a picture and a number for each box")
        if heat.side not in SIDES:
            raise InputError(f"{where}: the side of a heatmap must be one of {', '.join(SIDES)}")
        for left, top, right, bottom in heat.boxes:
            _check_within([left, top, right, bottom], 0, 1, f"{where}: a box of a heatmap")
            _check_within([right - left, bottom - top], 0, 1, f"{where}: a side of such a box")
    for words in case.heat_words:
        if words.side not in SIDES:
            raise InputError(f"{where}: the side of words must be one of {', '.join(SIDES)}")
        if len(words.words) != len(words.values) or not 0 <= words.named <= len(words.words):
            raise InputError(f"{where}: words with heat need a number each")
        if len(words.words) > MOST_WORDS:
            raise InputError(f"{where}: more than {MOST_WORDS} words with heat")
    return case


def _check_answer(answer: Answer, where: str) -> None:
    try:
        check_mention(Mention(answer.mention, answer.sentence, None, answer.span))
    except InputError as error:
        raise InputError(f"{where}: {error}") from None
    known = {standing.id for standing in answer.standings}
    lists = answer.lists
    if set(lists) != set(LISTS) or not all(
        1 <= len(ids) <= TOP and len(set(ids)) == len(ids) and set(ids) <= known
        for ids in lists.values()
    ):
        raise InputError(
            f"{where}: the lists must be {', '.join(LISTS)}, of 1 to {TOP} known entities each"
        )
    listed = answer.listed
    if listed and not (
        len(listed) <= MOST_RIVALS
        and set(lists["total"]) <= set(listed)
        and all(set(scores) == set(UNITS) for scores in listed.values())
    ):
        raise InputError(
            f"{where}: listed must hold each unit's score of the first entities, of at most "
            f"{MOST_RIVALS}"
        )
    if len(answer.standings) > TOP * len(LISTS) + 1:
        raise InputError(f"{where}: more entities than the lists hold")
    for standing in answer.standings:
        if set(standing.ranks) != set(LISTS) or set(standing.scores) != set(LISTS):
            raise InputError(f"{where}: entity {standing.id!r:.80} lacks a rank or a score")
        entity = f"{where}: entity {standing.id!r:.80}: "
        _check_within(standing.ranks.values(), 1, MOST_NUMBER, entity + "a rank")
        _check_within([standing.probability], 0, 1, entity + "the probability")
        _check_within(asdict(standing.gates).values(), -1, 1, entity + "a gate")


def _check_within(numbers: Iterable[float], low: float, high: float, what: str) -> None:
    """Raises InputError for a number that is out of its range by more than rounding."""
    if not all(low - ROUNDING <= number <= high + ROUNDING for number in numbers):
        raise InputError(f"{what} must be from {low} to {high:g}")


def _check_told(value: Any, where: str) -> None:
    """Raises InputError for a number or a text that no case holds."""
    if isinstance(value, str):
        _check_text(value, where)
    elif abs(value) > MOST_NUMBER:
        raise InputError(f"{where} is out of range: at most {MOST_NUMBER:.0e} either way")


def _check_text(text: str, where: str) -> None:
    if len(text) > MOST_TEXT:
        raise InputError(f"{where} has more than {MOST_TEXT:,} characters")
    check_text(text, where)

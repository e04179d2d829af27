"""What a visitor knows better of a case, or of a mention of a split, for the gold table."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from pathlib import Path

from analysis.browse.records import Results
from demo.handlers.cases import mention_of
from demo.handlers.link import Linked
from mimic.data.corrections import add_correction
from mimic.errors import InputError
from mimic.schema import Mention

log = logging.getLogger(__name__)


def correct(table: Path, linked: Linked | None, chosen: int | None) -> str:
    """Notes that a candidate is right, or that none is meant.

    Args:
        chosen: its place in the list, from 0; `None` for none.

    Returns:
        Name and identifier of the entity that is right now, `""` for none.

    Raises:
        InputError: nothing is linked, its picture is gone, or the table cannot be written.
    """
    mention = mention_of(linked)
    assert linked is not None  # or there were no mention of it
    candidates = linked.result.candidates
    about = {"said": candidates[0].entity.id, "model": linked.model, "kb": linked.kb}
    if chosen is None:
        return _note(table, mention, about)
    entity = candidates[min(max(chosen, 0), len(candidates) - 1)].entity
    return _note(table, mention, about, entity.id, entity.name)


def correct_row(table: Path, results: Results, place: int, answer: str) -> str:
    """The same of a mention of a split.

    Args:
        place: of the mention, from 0.
        answer: identifier of an entity that a model answered, `""` for none.

    Raises:
        InputError: there is no such row or answer, or as `correct`.
    """
    if not 0 <= place < len(results.mentions):
        raise InputError(_NO_ROW)
    seen = results.mentions[place]
    names = {key: name for model in seen.answers for key, name, _ in model.first}
    if answer and answer not in names:
        raise InputError(_NO_ROW)
    said = next((key for key, _, _ in seen.answers[0].first), "")
    about = {"said": said, "model": results.models[0], "kb": results.data}
    return _note(table, seen.mention, about, answer, names.get(answer, ""))


_NO_ROW = "this row is not here any more: reload the page"


def _note(
    table: Path, mention: Mention, about: Mapping[str, str], answer: str = "", name: str = ""
) -> str:
    try:
        add_correction(table, mention, answer, about)
    except InputError as error:  # names a place on the server
        log.warning("a correction is lost: %s", error)
        raise InputError("this cannot be noted now: tell whoever runs this page") from None
    return f"{name} ({answer})" if answer else ""

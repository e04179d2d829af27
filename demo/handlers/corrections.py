"""What a visitor knows better of the case at hand, for the gold table."""

from __future__ import annotations

import logging
from pathlib import Path

from demo.handlers.cases import mention_of
from demo.handlers.link import Linked
from mimic.data.corrections import add_correction
from mimic.errors import InputError
from mimic.schema import Entity

log = logging.getLogger(__name__)


def correct(table: Path, linked: Linked | None, chosen: int | None) -> Entity | None:
    """Notes that a candidate is right, or that none is meant.

    Args:
        chosen: its place in the list, from 0; `None` for none.

    Returns:
        The entity that is right now.

    Raises:
        InputError: nothing is linked, its picture is gone, or the table cannot be written.
    """
    mention = mention_of(linked)
    assert linked is not None  # or there were no mention of it
    candidates = linked.result.candidates
    entity = None if chosen is None else candidates[min(max(chosen, 0), len(candidates) - 1)].entity
    about = {"said": candidates[0].entity.id, "model": linked.model, "kb": linked.kb}
    try:
        add_correction(table, mention, "" if entity is None else entity.id, about)
    except InputError as error:  # names a place on the server
        log.warning("a correction is lost: %s", error)
        raise InputError("this cannot be noted now: tell whoever runs this page") from None
    return entity

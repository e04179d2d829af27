"""Which entity is meant by what is typed, and where it stands: without the page, no Gradio."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from demo.handlers.link import LISTED, listed, make_mention, without_path
from demo.html.standing import why
from demo.linkers import Linker
from demo.texts import Words
from mimic.data.names import type_of
from mimic.errors import InputError
from mimic.schema import Candidate, Entity, Mention, candidate_record


def entity_record(entity: Entity) -> dict[str, str]:
    """An entity as `/entities` lists it."""
    return {
        "id": entity.id,
        "name": entity.name,
        "description": entity.description,
        "type": type_of(entity),
    }


def entities_record(linker: Linker, query: str, k: float = LISTED) -> list[dict[str, str]]:
    """The first k entities by name, alias or identifier, best first.

    Raises:
        InputError: the query or `k` cannot be used, or nothing matches; that names the nearest.
    """
    found = linker.search(query, listed(k, linker.entities))
    if not found:
        raise InputError(nobody(query, linker.nearest(query)))
    return [entity_record(entity) for entity in found]


def nobody(query: str, nearest: Sequence[Entity]) -> str:
    """That no entity has a name, and which names are the nearest."""
    names = ", ".join(dict.fromkeys(entity.name for entity in nearest))
    said = f"no entity is named {query.strip()}"
    return f"{said}; the nearest names are {names}" if names else said


def standing(linker: Linker, mention: Mention, key: str) -> tuple[Candidate, Candidate]:
    """The first entity for a mention, and the one asked for.

    Raises:
        InputError: with no path of this machine in its text.
    """
    try:
        return linker.standing(mention, key)
    except InputError as error:
        raise InputError(without_path(str(error), mention.image)) from error


def standing_record(
    linker: Linker,
    words: Words,
    image: str | None,
    sentence: str,
    mention: str,
    span: Sequence[int] | None,
    key: str,
) -> dict[str, Any]:
    """The record of `/standing`: the entity as `/link` lists one, the first one, and why."""
    first, asked = standing(linker, make_mention(image, sentence, mention, span), key)
    return {
        **candidate_record(asked),
        "type": type_of(asked.entity),
        "entities": linker.entities,
        "why": why(words, asked),
        "first": {**candidate_record(first), "type": type_of(first.entity)},
    }

"""What may be behind a mistake."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from mimic.schema import Entity, Mention

#: What may be behind a mistake. A mention counts for the first that is true, in this order.
CAUSES = {
    "truncated text": "the mention's text is longer than the model reads",
    "no image": "the mention or its right entity has no picture",
    "unit conflict": "a unit alone is right, and the mean is not",
    "same-name confusion": "the wrong entity has the right one's name, or the mention's words",
    "other": "none of these",
}


def cause_flags(
    mention: Mention, right: Entity, wrong: Entity, alone: Iterable[float | None], truncated: bool
) -> dict[str, bool]:
    """Which of `CAUSES` may be behind a mistake, in their order.

    Args:
        wrong: the entity that came first.
        alone: rank of the right entity by each unit alone.
    """
    return {
        "truncated text": truncated,
        "no image": mention.image is None or right.image is None,
        "unit conflict": any(rank == 1 for rank in alone),
        "same-name confusion": wrong.name.casefold()
        in (right.name.casefold(), mention.surface.casefold()),
    }


def first_cause(flags: Mapping[str, bool]) -> str:
    """The first cause that is true, else `other`."""
    return next((cause for cause, yes in flags.items() if yes), "other")

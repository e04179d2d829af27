"""What decided an answer, from the units' own numbers and ranks."""

from __future__ import annotations

from mimic.schema import UNITS, Candidate, Deciding, LinkResult


def deciding(result: LinkResult) -> Deciding | None:
    """Who is first, where each unit puts it, and which unit gives most of its lead.

    VDLU is left out where the mention or the first entity has no picture: it compared with a blank
    one, and its rank says nothing. `None` for an empty list.
    """
    if not result.candidates:
        return None
    first, *rest = result.candidates
    seen = result.image == "ok" and first.entity.image is not None
    names = [unit for unit in UNITS if seen or unit != "vdlu"]
    ranks = {unit: int(getattr(first.unit_ranks, unit)) for unit in names}
    favour = tuple(sorted(ranks.items(), key=lambda item: item[1]))  # equal ranks: order of UNITS
    by, share = _largest_part(first, rest[0], names) if rest else (None, None)
    over = rest[0].entity if by is not None else None
    return Deciding(first.entity, favour, by, share, over, certainty(result))


def certainty(result: LinkResult) -> str:
    """The word of the band; without bands `absent` where the answer is doubted, else `""`."""
    if result.band is not None:
        return result.band.name
    return "absent" if result.doubt is not None and result.doubt.nil else ""


def _largest_part(
    first: Candidate, second: Candidate, names: list[str]
) -> tuple[str | None, float | None]:
    """The unit in which the first gains most on the second, and its share of all that is gained.

    `(None, None)` where the first does not lead by the total score (the list is another's), or no
    unit of these gains anything.
    """
    gains = {unit: getattr(first.units, unit) - getattr(second.units, unit) for unit in UNITS}
    by = max(names, key=lambda unit: gains[unit])
    if first.score <= second.score or gains[by] <= 0:
        return None, None
    return by, gains[by] / sum(gain for gain in gains.values() if gain > 0)

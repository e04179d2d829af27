"""Which mentions are looked at, and a page of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from analysis.browse.records import Results, SeenMention
from analysis.measures.causes import CAUSES
from mimic.errors import InputError
from mimic.schema import UNITS

#: What an answer of the first model may be, besides a cause.
OUTCOMES = ("right", "wrong", "no answer")
CHANGES = ("better", "worse", "same", "fixed", "broken")
PAGE = 50


@dataclass(frozen=True)
class Filter:
    """What a mention must be to be seen; `""` is anything.

    Attributes:
        cause: an outcome, or why an answer is wrong.
        group: `GROUPING=GROUP`, as `label=photo`.
        unit: this unit alone puts the right entity first.
        change: of the second model to the first; `better` has `fixed` in it, `worse` `broken`.
        text: stands in the mention, its sentence or identifier, or in the name of an entity.
    """

    cause: str = ""
    group: str = ""
    unit: str = ""
    change: str = ""
    text: str = ""


EVERYTHING = Filter()


def filtered(results: Results, wanted: Filter) -> list[SeenMention]:
    """The mentions that are wanted, in the order of the split.

    A cause, an outcome or a unit is one of any of the models.

    Raises:
        InputError: the filter asks for what there is not.
    """
    check(results, wanted)
    return [seen for seen in results.mentions if _fits(seen, wanted)]


def page_of(mentions: Sequence[SeenMention], number: int, size: int = PAGE) -> list[SeenMention]:
    """A page of mentions, from 1; the last one where there are fewer pages."""
    last = max(1, -(-len(mentions) // size))
    start = (min(max(number, 1), last) - 1) * size
    return list(mentions[start : start + size])


def choices(results: Results) -> dict[str, dict[str, int]]:
    """What each filter can be, and of how many mentions: `cause`, `group`, `unit`, `change`."""
    counted: dict[str, Counter[str]] = {n: Counter() for n in ("cause", "group", "unit", "change")}
    for seen in results.mentions:
        counted["cause"].update(outcomes_of(seen))
        counted["group"].update(f"{name}={group}" for name, group in seen.groups.items())
        counted["unit"].update(units_of(seen))
        counted["change"].update({seen.change, _wider(seen.change)} - {""})
    order = {"cause": (*OUTCOMES, *CAUSES), "unit": UNITS, "change": CHANGES}
    return {
        name: {key: counts[key] for key in order.get(name, sorted(counts)) if counts[key]}
        for name, counts in counted.items()
    }


def check(results: Results, wanted: Filter) -> None:
    """Raises InputError for a filter that nothing can pass, and says what there is."""
    known = {
        "cause": (*OUTCOMES, *CAUSES),
        "unit": UNITS,
        "change": CHANGES,
        "group": tuple(choices(results)["group"]),
    }
    for name, values in known.items():
        said = getattr(wanted, name)
        if said and said not in values:
            raise InputError(f"--{name} {said}: must be one of {', '.join(values) or 'nothing'}")
    if wanted.change and len(results.models) < 2:
        raise InputError(f"--change {wanted.change} compares two models: give --predictions twice")
    if wanted.unit and not any(a.alone for seen in results.mentions for a in seen.answers):
        raise InputError(
            f"--unit {wanted.unit}: the predictions do not say how each unit ranks: write them "
            "again with `mimic evaluate --predictions`"
        )


def _fits(seen: SeenMention, wanted: Filter) -> bool:
    return (
        (not wanted.cause or wanted.cause in outcomes_of(seen))
        and (not wanted.unit or wanted.unit in units_of(seen))
        and (not wanted.change or wanted.change in (seen.change, _wider(seen.change)))
        and (not wanted.group or wanted.group in _pairs(seen.groups))
        and (not wanted.text or wanted.text.lower() in words_of(seen))
    )


def outcomes_of(seen: SeenMention) -> set[str]:
    """What the answers are, and why they are wrong."""
    if not seen.gold:
        return {"no answer"}
    outcomes = {"right" if answer.rank == 1 else "wrong" for answer in seen.answers}
    return outcomes | {answer.cause for answer in seen.answers} - {""}


def units_of(seen: SeenMention) -> set[str]:
    """The units that alone are right, of any of the models."""
    return {unit for answer in seen.answers for unit in answer.right_units}


def _wider(change: str) -> str:
    return {"fixed": "better", "broken": "worse"}.get(change, change)


def _pairs(groups: Mapping[str, str]) -> list[str]:
    return [f"{name}={group}" for name, group in groups.items()]


def words_of(seen: SeenMention) -> str:
    """All that a text is looked for in, in small letters."""
    names = [name for answer in seen.answers for _, name, _ in answer.first]
    mention = seen.mention
    return "\n".join(
        [mention.id, mention.surface, mention.sentence, seen.gold_name, *names]
    ).lower()

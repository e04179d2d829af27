"""What decided an answer, in one line of the page's language."""

from __future__ import annotations

from analysis.markup import percent
from demo.html.parts import kind
from demo.texts import Words, joined
from mimic.schema import Deciding


def sentence(words: Words, deciding: Deciding) -> str:
    """Who is first, where each unit puts it, and whose the largest part of its lead is.

    It is as sure as the band: what is doubted is not stated.
    """
    entity = deciding.entity
    facts = kind(entity)
    who = f"{entity.name}, {facts}" if facts else entity.name
    hedge = words.get(f"deciding_{deciding.certainty}", "{entity}").format(entity=who)
    said = [words["deciding"].format(entity=hedge, places=_places(words, deciding.ranks))]
    if deciding.by is not None and deciding.over is not None and deciding.share is not None:
        unit, share = words[deciding.by], percent(deciding.share, 0)
        over = _told_apart(deciding)
        said.append(words["deciding_by"].format(over=over, unit=unit, share=share))
    return joined(words, *said)


def _told_apart(deciding: Deciding) -> str:
    """The second entity, with its first fact where it bears the name of the first."""
    over = deciding.over
    assert over is not None  # the caller looked
    return f"{over.name} ({kind(over)})" if over.name == deciding.entity.name else over.name


def _places(words: Words, ranks: tuple[tuple[str, int], ...]) -> str:
    comma = "，" if words["code"] == "zh" else ", "
    if len({rank for _, rank in ranks}) == 1 < len(ranks):
        *others, last = (words[unit] for unit, _ in ranks)
        units = f"{comma.join(others)}{words['and']}{last}"
        return words["all_put_it"].format(units=units, place=_place(words, ranks[0][1]))
    texts = ["puts_it", *["then_it"] * (len(ranks) - 1)]
    return comma.join(
        words[text].format(unit=words[unit], place=_place(words, rank))
        for text, (unit, rank) in zip(texts, ranks, strict=True)
    )


def _place(words: Words, rank: int) -> str:
    return words.get(f"place_{rank}") or words["place_n"].format(rank=f"{rank:,}")

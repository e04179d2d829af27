"""A whole text: its mentions found, each read in its sentence, and all linked together."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from mimic.errors import InputError
from mimic.io.terminal import Progress
from mimic.linking.restriction import EVERYTHING, Restriction
from mimic.model.processor import MAX_SURFACE, MAX_TEXT
from mimic.model.spans import Span, is_blank
from mimic.schema import Mention
from mimic.texts.finder import NameMatch, check_length
from mimic.texts.records import LinkedText, TextMention
from mimic.texts.sentences import context, paragraphs, sentences

if TYPE_CHECKING:
    from mimic.linking.linker import EntityLinker

#: Mentions that one call links, and how many of them are encoded and ranked together.
MOST_MENTIONS, TOGETHER = 2_000, 16


def link_text(
    linker: EntityLinker,
    text: str,
    images: Path | Sequence[Path | None] | None = None,
    k: int | None = None,
    restriction: Restriction = EVERYTHING,
    mentions: Sequence[Span] | None = None,
    recogniser: str | None = None,
    neighbours: bool = False,
    progress: Progress | None = None,
) -> LinkedText:
    """Links all mentions of a text.

    Each is read in its sentence and beside its picture.

    Args:
        images: one for the whole text, or one (or `None`) for each paragraph; blank lines part
            paragraphs.
        k: candidates of each mention, as in `EntityLinker.link`.
        mentions: code points `[start, end)` of the mentions; found by their names when left out.
        recogniser: as in `EntityLinker.find_mentions`.
        neighbours: each also sees the sentences beside its own, as far as the model reads. A model
            that learnt from single sentences then takes their subjects for the mention's.
        progress: is told (mentions linked, mentions in all).

    Raises:
        InputError: the text is empty or too long, has too many mentions, a place is none, a
            picture cannot be read, or what `EntityLinker.link` refuses.
    """
    check_length(text)
    linker.check_listed(k)
    parts = paragraphs(text)
    pictures = _pictures(images, len(parts))
    sought = mentions is None
    matches = linker.find_mentions(text, recogniser) if sought else given(text, mentions or ())
    if len(matches) > MOST_MENTIONS:
        raise InputError(
            f"the text has {len(matches):,} mentions; at most {MOST_MENTIONS:,} are linked at "
            "once: give it in parts"
        )
    readings = _readings(linker, text, matches, parts, pictures, neighbours)
    linked: list[TextMention] = []
    for start in range(0, len(matches), TOGETHER):
        batch = slice(start, start + TOGETHER)
        results = linker.link_batch([m for m, _ in readings[batch]], k, "total", restriction)
        linked += [
            TextMention(
                match.start, match.end, match.surface, place, match.prior, result, read.image
            )
            for match, (read, place), result in zip(
                matches[batch], readings[batch], results, strict=True
            )
        ]
        if progress is not None:
            progress(len(linked), len(matches))
    return LinkedText(text, tuple(linked), restriction.candidates, restriction.types)


def given(text: str, mentions: Sequence[Span]) -> list[NameMatch]:
    """Mentions at given places, each once, in their order.

    Raises:
        InputError: a place lies outside the text, or nothing can be read there.
    """
    matches = []
    for start, end in sorted(set(mentions)):
        if not 0 <= start < end <= len(text):
            raise InputError(
                f"the mention {start} {end} lies outside the text, which has {len(text):,} "
                "characters; offsets count code points, from 0"
            )
        surface = text[start:end]
        if is_blank(surface) or len(surface) > MAX_SURFACE:
            raise InputError(
                f"the mention {start} {end} is empty or has more than {MAX_SURFACE} characters"
            )
        matches.append(NameMatch(start, end, surface, 1.0, ()))
    return matches


def _pictures(images: Path | Sequence[Path | None] | None, count: int) -> list[Path | None]:
    """The picture of each paragraph."""
    if images is None or isinstance(images, str | Path):
        return [None if images is None else Path(images)] * count
    if len(images) == 1:
        return list(images) * count
    if len(images) not in (0, count):
        raise InputError(
            f"{len(images)} pictures for {count} paragraphs: give one for the text, or one for "
            "each paragraph (blank lines part them)"
        )
    return list(images) or [None] * count


def _readings(
    linker: EntityLinker,
    text: str,
    matches: Sequence[NameMatch],
    parts: Sequence[Span],
    pictures: Sequence[Path | None],
    neighbours: bool,
) -> list[tuple[Mention, Span]]:
    """Each mention with what is read around it, and where that stands in the text."""
    places = sentences(text)
    own = [[s for s in places if a <= s[0] and s[1] <= b] for a, b in parts]
    readings = []
    at = 0
    for match in matches:
        while at + 1 < len(parts) and parts[at + 1][0] <= match.start:
            at += 1

        def fits(around: str, surface: str = match.surface) -> bool:
            return len(around) <= MAX_TEXT and linker.processor.fits(surface, around)

        near = own[at] if own else []
        start, end = context(text, (match.start, match.end), near, fits, neighbours)
        span = match.start - start, match.end - start
        mention = Mention(match.surface, text[start:end], pictures[at], span)
        readings.append((mention, (start, end)))
    return readings

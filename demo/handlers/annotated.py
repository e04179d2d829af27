"""A linked text in the hands of a visitor, whose mentions come and go; no Gradio."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from demo.handlers.link import Linked
from demo.handlers.text import short_enough
from demo.linkers import Linker
from demo.messages import named_as_given
from mimic.io.terminal import Progress
from mimic.linking.restriction import Restriction
from mimic.model.spans import Span, is_unspaced
from mimic.texts.formats.write import FORMATS, written
from mimic.texts.plain import MOST_BYTES, plain_text
from mimic.texts.records import LinkedText, TextMention, read_mention

#: Edges of a mention that one press moves by a word: which one, and where to.
EDGES = ("start-", "start+", "end-", "end+")
#: A word, with the accents that are written after its letters.
_WORD = re.compile(r"[\w\u0300-\u036f]+")


@dataclass(frozen=True)
class Ask:
    """How a text is linked.

    Attributes:
        images: none, one for the text, or one for each paragraph.
        k: candidates of a mention.
        model, kb: names, as `Linkers` knows them.
    """

    images: tuple[Path, ...]
    k: int
    only: Restriction
    model: str
    kb: str

    def link(
        self,
        linker: Linker,
        text: str,
        mentions: Sequence[Span] | None = None,
        progress: Progress | None = None,
    ) -> LinkedText:
        """The text by a linker; the mentions that are given, or all that are found.

        Raises:
            InputError: as `EntityLinker.link_text`, with no path of this machine in its text.
        """
        with named_as_given(self.images):
            return linker.link_text(
                text,
                self.images or None,
                min(self.k, linker.entities),
                self.only.asked,
                self.only.types,
                mentions,
                progress=progress,
            )


@dataclass(frozen=True)
class Annotated:
    """A linked text in the hands of a visitor.

    Attributes:
        linked: its mentions, none of which overlap.
        chosen: place of the mention that is looked at; `None` for none.
        focus: place of the mention that the keyboard is at.
    """

    ask: Ask
    linked: LinkedText
    chosen: int | None = None
    focus: int = 0

    @property
    def mention(self) -> TextMention | None:
        """The mention that is looked at."""
        return None if self.chosen is None else self.linked.mentions[self.chosen]

    @property
    def case(self) -> Linked | None:
        """What the other tabs take it as; `None` where nobody could be ranked, too."""
        mention = self.mention
        if mention is None or not mention.result.candidates:
            return None
        asked = read_mention(self.linked.text, mention)
        return Linked(asked, mention.result, self.ask.model, self.ask.kb)

    def choose(self, place: int) -> Annotated:
        """Looks at another mention; one that is not there changes nothing."""
        there = 0 <= place < len(self.linked.mentions)
        return replace(self, chosen=place, focus=place) if there else self

    def release(self) -> Annotated:
        """Looks at no mention."""
        return replace(self, chosen=None)

    def drop(self, place: int) -> Annotated:
        """Without one mention; the keyboard is at the next one."""
        own = self.linked.mentions
        if not 0 <= place < len(own):
            return self
        rest = (*own[:place], *own[place + 1 :])
        focus = min(place, max(len(rest) - 1, 0))
        return Annotated(self.ask, replace(self.linked, mentions=rest), None, focus)

    def add(self, linker: Linker, span: Span, instead_of: int | None = None) -> Annotated:
        """Links the words at a place, in place of every mention that they overlap.

        Args:
            instead_of: a mention that is moved there.

        Raises:
            InputError: as `EntityLinker.link_text`.
        """
        (new,) = self.ask.link(
            linker, self.linked.text, [_trimmed(self.linked.text, span)]
        ).mentions
        rest = [
            mention
            for place, mention in enumerate(self.linked.mentions)
            if place != instead_of and (mention.end <= new.start or new.end <= mention.start)
        ]
        mentions = tuple(sorted([*rest, new], key=lambda mention: mention.start))
        return Annotated(self.ask, replace(self.linked, mentions=mentions)).choose(
            mentions.index(new)
        )

    def stretch(self, linker: Linker, edge: str) -> Annotated:
        """The chosen mention with one of `EDGES` moved by a word; at an end nothing changes.

        Raises:
            InputError: as `add`.
        """
        mention = self.mention
        if mention is None or edge not in EDGES:
            return self
        old = mention.start, mention.end
        span = stretched(self.linked.text, old, edge)
        return self if span == old else self.add(linker, span, self.chosen)

    def files(self) -> dict[str, bytes]:
        """The annotations in every format: name of a file -> what is in it."""
        return {
            f"annotations.{_ENDINGS.get(kind, kind)}": written(self.linked, kind).encode()
            for kind in FORMATS
        }


_ENDINGS = {"nif": "ttl", "kilt": "kilt.jsonl"}


def annotate(linker: Linker, ask: Ask, text: str, progress: Progress | None = None) -> Annotated:
    """Finds and links all mentions of a text, whose line ends are those of the page.

    Raises:
        InputError: it is empty or too long, or as `Ask.link`.
    """
    plain = short_enough((text or "").replace("\r\n", "\n").replace("\r", "\n"))
    return Annotated(ask, ask.link(linker, plain.replace("\0", ""), None, progress))


def file_text(file: Path) -> str:
    """The text of a file that was dropped.

    Raises:
        InputError: it is no text, or as `short_enough`.
    """
    with named_as_given([file]), file.open("rb") as stream:
        return short_enough(plain_text(stream.read(MOST_BYTES), file.name))


def stretched(text: str, span: Span, edge: str) -> Span:
    """A span with one of `EDGES` moved to the next word; where there is none, as it was."""
    words = [word for found in _WORD.finditer(text) for word in _parts(found)]
    (start, end), (starts, ends) = span, zip(*words, strict=True) if words else ((), ())
    moved = {
        "start-": (max((s for s in starts if s < start), default=start), end),
        "start+": (min((s for s in starts if start < s < end), default=start), end),
        "end-": (start, max((e for e in ends if start < e < end), default=end)),
        "end+": (start, min((e for e in ends if e > end), default=end)),
    }
    return moved[edge]


def _parts(found: re.Match[str]) -> list[Span]:
    """A word; of a script without spaces each of its letters."""
    start, end = found.span()
    if any(map(is_unspaced, found[0])):
        return [(at, at + 1) for at in range(start, end)]
    return [(start, end)]


def _trimmed(text: str, span: Span) -> Span:
    """A span without the space that was selected around the words."""
    start, end = span
    part = text[start:end]
    if not 0 <= start < end <= len(text) or not part.strip():
        return span  # which is told
    return start + len(part) - len(part.lstrip()), end - len(part) + len(part.rstrip())

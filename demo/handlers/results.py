"""What the panel of results does, without the page: a page of mentions, and one that Link opens."""

from __future__ import annotations

from dataclasses import dataclass

from PIL import Image

from analysis.browse.filters import Filter, filtered, page_of
from analysis.browse.records import Results, SeenMention
from demo.texts import Words
from mimic.model.pictures import read_picture
from mimic.schema import Mention

PAGE = 20


@dataclass(frozen=True)
class OpenedMention:
    """A mention that Link is to open; hashable, as Gradio asks of a state that it watches.

    Attributes:
        gold: identifier of the right entity, `""` where none is known.
        turn: tells one press of a button from the next.
    """

    mention: Mention
    gold: str
    turn: float

    def fields(self) -> tuple[Image.Image | None, str, str, list[int], str]:
        """Picture, sentence, mention, span and the right entity.

        Raises:
            InputError: the picture cannot be read.
        """
        mention = self.mention
        image = None if mention.image is None else read_picture(mention.image)
        return image, mention.sentence, mention.surface, list(mention.span or ()), self.gold


@dataclass(frozen=True)
class ShownPage:
    """A page of what a filter shows.

    Attributes:
        wanted: the filter.
        number, pages: from 1.
        found: mentions that the filter shows, of `of`.
        rows: number among all mentions, and the mention.
    """

    wanted: Filter
    number: int
    pages: int
    found: int
    of: int
    rows: tuple[tuple[int, SeenMention], ...]


def shown_page(results: Results, wanted: Filter, number: int) -> ShownPage:
    """A page; the last one where there are fewer.

    Raises:
        InputError: the filter asks for what there is not.
    """
    mentions = filtered(results, wanted)
    pages = max(1, -(-len(mentions) // PAGE))
    number = min(max(number, 1), pages)
    places = {seen.mention.id: place for place, seen in enumerate(results.mentions)}
    rows = tuple((places[seen.mention.id], seen) for seen in page_of(mentions, number, PAGE))
    return ShownPage(wanted, number, pages, len(mentions), len(results.mentions), rows)


def cause_name(words: Words, cause: str) -> str:
    """A cause, an outcome or a change in the page's language."""
    return words[f"results_is_{cause.replace(' ', '_').replace('-', '_')}"]

"""Sentences with a marked mention and the words that decide what it means."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from mimic.atlas.records import AtlasEntity
from mimic.atlas.words.lexicon import FRAMES, KIND_WORDS, SPORT_WORDS
from mimic.atlas.words.templates import ANY, ASIDES, KIND_WORDINGS, SHARED, SPORT_WORDINGS
from mimic.atlas.words.wording import Wordings

LABELS = ("text", "image", "both", "conflict")

#: What fills the other braces. None of these is evidence for anything.
SLOTS: Mapping[str, tuple[str, ...]] = {
    "day": (
        "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday",
        "Monday evening", "Friday night", "Saturday afternoon", "Sunday morning", "the weekend",
        "Tuesday morning", "Wednesday night", "Thursday afternoon", "the first of May", "New Year",
        "a rainy day", "my birthday", "the last day of June",
    ),
    "who": (
        "Anna", "my brother", "Tom", "our neighbour", "Maria", "Ben", "my aunt", "Ines", "Paul",
        "Clara", "a friend", "Yusuf", "Mei", "Oleg", "Nadia", "Sam", "my boss", "Lucia", "Kofi",
        "the editor", "Hana", "my cousin", "Ravi", "Elsa", "my sister", "Jonas", "a colleague",
        "my father", "Amina", "Peter", "our teacher", "Sofia", "a reader", "Leo", "my wife",
        "Karim", "Ruth", "the photographer", "my daughter", "Viktor", "Priya", "grandpa",
    ),
    "role": (
        "the editors", "the committee", "my neighbours", "the jury", "our class", "the visitors",
        "the students", "some readers", "the kids", "my grandparents", "the librarian", "nobody",
        "everybody", "the guests", "two strangers", "the printer", "the others", "my roommate",
        "half the town", "the girl next door", "our guide", "the twins", "the audience",
        "the collectors", "the interviewer", "the newcomers", "the publisher", "someone",
    ),
    "deed": (
        "chose", "mentioned", "forgot", "remembered", "described", "discussed", "painted",
        "praised", "recommended", "missed", "recognised", "shared", "announced", "looked up",
        "wrote about", "asked about", "talked about", "dreamt of", "voted for", "joked about",
        "complained about", "reported on", "pointed at", "waited for", "looked for", "laughed at",
        "thought of", "heard of", "learned about", "fell for", "doubted", "believed in",
        "photographed", "sketched", "named", "compared", "admired", "ignored", "put up",
        "brought up", "quoted", "presented", "introduced", "explained", "liked", "loved",
    ),
    "how": (
        "at the last minute", "without a reason", "for the second time", "again and again",
        "over lunch", "by mistake", "in a hurry", "with a smile", "for the cover", "in a letter",
        "in the newsletter", "on the phone", "for fun", "after all", "all evening", "for once",
        "at the meeting", "in class", "as a joke", "on page nine", "with great care", "in secret",
        "more than once", "to be safe", "before bed", "this year", "the other day", "years ago",
        "in their speech", "on the notice board", "for the yearbook", "in the attic", "out loud",
    ),
    "thing": (
        "picture", "photo", "drawing", "story", "sketch", "copy", "version", "description",
        "postcard", "poster", "snapshot", "image", "memory", "portrait", "print", "page",
        "article", "paragraph", "note", "slide", "thumbnail", "stamp", "sticker", "cutting",
    ),
    "looks": (
        "old", "new", "real", "rare", "famous", "good", "odd", "strange", "wonderful", "plain",
        "different", "familiar", "colourful", "serious", "funny", "small", "big", "nice", "perfect",
        "faded", "sharp", "blurred", "beautiful", "mysterious", "unusual", "ordinary", "great",
    ),
    "done": (
        "shared", "printed", "chosen", "lost", "found", "sold", "framed", "copied", "posted",
        "signed", "deleted", "praised", "cropped", "restored", "published", "archived", "cut out",
        "glued", "hidden", "requested", "returned", "scanned", "admired", "misfiled", "enlarged",
    ),
    "where": (
        "at home", "away from home", "in front of a full house", "far from home",
        "in the last round", "in front of a few hundred people", "on the opening day",
        "after a long journey", "against the favourites", "before the summer break", "last night",
        "this afternoon",
    ),
}  # fmt: skip

_WITH_ARTICLE = (
    *("United States", "United Kingdom", "United Arab Emirates", "USA", "U.S.", "UK", "UAE"),
    *("Netherlands", "Philippines", "Bahamas", "Gambia", "Maldives", "Comoros", "Seychelles"),
    *("Republic of the Congo", "Democratic Republic of the Congo", "DR Congo"),
)

#: Share of the told sentences that put words of the topic into a frame, the same for all topics.
FRAMED = {"train": 0.35, "dev": 0.25, "test": 0.25}

#: Share of the sentences that come with an aside, the same for all labels.
WITH_ASIDE = {"train": 0.4, "dev": 0.2, "test": 0.2}

#: `{m}`, another slot, `[evidence|words]` or `[{t}]`, or `(one|of|these)`.
_TOKEN = re.compile(r"\[([^\]]+)\]|\{(\w+)\}|\(([^)]*\|[^)]*)\)")


@dataclass(frozen=True)
class Sentence:
    """A sentence about one entity.

    Attributes:
        span: character offsets `[start, end)` of the mention in `text`.
        words: character offsets of the deciding words, in order; `()` when there are none.
    """

    text: str
    span: tuple[int, int]
    words: tuple[tuple[int, int], ...]


def sentence(
    entity: AtlasEntity,
    label: str,
    split: str,
    surface: str,
    rng: np.random.Generator,
    vocabulary: str | None = None,
) -> Sentence:
    """Writes a sentence that mentions `entity` as `surface`.

    Args:
        label: `text` and `conflict` name the sport or the kind of entity, `image` fits all
            homonyms, `both` names the sport, or leaves it open when a `vocabulary` is given.
        split: `train`, `dev` or `test`; their wordings are disjoint.
        vocabulary: key of `records.VOCABULARIES`, for `both`.
    """
    table = wordings_for(entity, label, vocabulary)
    told = table is not ANY and vocabulary is None
    if told and rng.random() < FRAMED[split]:
        table = FRAMES
    article = "the " if takes_article(surface) and (entity.country or not told) else ""
    words = words_of(entity) if told else ()
    said = fill(_one(table.of(split), rng), surface, rng, article, words)
    return _with_aside(said, split, rng) if rng.random() < WITH_ASIDE[split] else said


def wordings_for(entity: AtlasEntity, label: str, vocabulary: str | None = None) -> Wordings:
    """The table that a sentence with this label is taken from."""
    if label == "image":
        return ANY
    if label == "both" and vocabulary is not None:
        return SHARED[vocabulary]
    return SPORT_WORDINGS[entity.sport] if entity.sport else KIND_WORDINGS[_kind(entity)]


def words_of(entity: AtlasEntity) -> tuple[str, ...]:
    """Words that tell the entity's sport or kind, for the frames."""
    return SPORT_WORDS[entity.sport] if entity.sport else KIND_WORDS[_kind(entity)]


def _kind(entity: AtlasEntity) -> str:
    """Provinces and territories have no governor and no state law: they count as regions."""
    province = entity.kind == "state" and "federal state" not in entity.attr
    return "region" if province else entity.kind


def takes_article(surface: str) -> bool:
    """Whether a state of this name is written with `the`, as in `the Gambia`."""
    return surface in _WITH_ARTICLE or surface.endswith((" Islands", " Republic"))


def fill(
    template: str,
    surface: str,
    rng: np.random.Generator,
    article: str = "",
    topic: Sequence[str] = (),
) -> Sentence:
    """Fills the slots of a template and notes where the mention and the evidence end up.

    Args:
        article: is put before the mention and is no part of it.
        topic: what `[{t}]` can be, each word at most once.
    """
    rest = list(topic)
    parts: list[str] = []
    length, cursor = 0, 0
    span: tuple[int, int] | None = None
    words: list[tuple[int, int]] = []
    for token in _TOKEN.finditer(template):
        evidence, slot, choice = token.groups()
        before = template[cursor : token.start()]
        if slot == "m":
            chosen = surface
        elif evidence == "{t}":
            chosen = rest.pop(int(rng.integers(len(rest))))
        else:
            chosen = _pick(slot, evidence or choice, rng)
        if slot == "m":
            before += article
        start = length + len(before)
        parts += [before, chosen]
        length, cursor = start + len(chosen), token.end()
        if slot == "m" and span is None:
            span = (start, length)
        elif evidence:
            words.append((start, length))
    if span is None:
        raise ValueError(f"a template without {{m}}: {template}")
    return Sentence(_capital("".join([*parts, template[cursor:]])), span, tuple(words))


def _with_aside(said: Sentence, split: str, rng: np.random.Generator) -> Sentence:
    """Puts an aside of the split before or after a sentence."""
    template = _one(ASIDES.of(split), rng)
    aside = _capital(_TOKEN.sub(lambda token: _pick(token[2], token[3], rng), template))
    if rng.random() < 0.5:
        return replace(said, text=f"{said.text} {aside}")
    by = len(aside) + 1
    spans = [(start + by, end + by) for start, end in (said.span, *said.words)]
    return Sentence(f"{aside} {said.text}", spans[0], tuple(spans[1:]))


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _pick(slot: str | None, options: str | None, rng: np.random.Generator) -> str:
    values = SLOTS[slot] if slot else tuple((options or "").split("|"))
    return _one(values, rng) if len(values) > 1 else values[0]


def _one(values: Sequence[str], rng: np.random.Generator) -> str:
    return values[int(rng.integers(len(values)))]

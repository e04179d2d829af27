"""The records of a case study: a mention, the four ranked lists, and all that a figure draws of it.

Nothing here computes. A case holds its pictures' bytes, so that its figure needs no model, no
knowledge base and no other file.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from mimic.io.records import APART
from mimic.schema import UNITS, Gates

#: The ranked lists of a case: by the mean of the units, and by each unit alone.
LISTS = ("total", *UNITS)
TOP = 3  # entities in each list
#: What a figure can show below the lists, on request.
DETAILS = ("units", "gates", "heatmaps", "what-ifs")
LANGUAGES = ("en", "zh")
#: What its letters look like; `analysis.drawing.fonts.FONTS` has the files.
FONTS = ("sans", "serif")
#: Limits of one file: cases, variants of a case, characters of a caption or label.
MOST_CASES, MOST_WHAT_IFS, MOST_CAPTION = 12, 6, 500


@dataclass(frozen=True)
class Picture:
    """A picture file.

    Attributes:
        data: its bytes; the file as it was given, or a smaller JPEG of it.
        source: SHA-256 of the file as it was given.
    """

    data: bytes
    source: str


@dataclass(frozen=True)
class Standing:
    """An entity of a case and where it stands in the whole knowledge base.

    Attributes:
        picture: key in the case's pictures, `""` for none.
        ranks, scores: by list; ranks from 1, scores raw.
        probability: softmax of the total score over the whole knowledge base, in [0, 1].
    """

    id: str
    name: str
    description: str
    picture: str
    ranks: dict[str, int]
    scores: dict[str, float]
    probability: float
    gates: Gates

    @property
    def short_id(self) -> str:
        """The identifier without the name of its collection: `norway` of `atlas:norway`."""
        return self.id.rsplit(":", 1)[-1]


@dataclass(frozen=True)
class Answer:
    """One input and its four lists.

    Attributes:
        span: characters `[start, end)` of the mention in the sentence.
        picture: key in the case's pictures, `""` for none.
        truncated: whether the text was longer than the model reads.
        lists: list -> identifiers of the first `TOP`, best first.
        standings: every entity of the lists, and the gold one where it is known.
        listed: identifier -> unit -> raw score of the first entities by the mean, best first: those
            among which bars divide a unit's favour. Empty in a record of before there was such.
    """

    sentence: str
    mention: str
    span: tuple[int, int]
    picture: str
    truncated: bool
    lists: dict[str, tuple[str, ...]]
    standings: tuple[Standing, ...]
    listed: dict[str, dict[str, float]] = field(default_factory=dict)

    def standing(self, entity: str) -> Standing | None:
        """The standing of an identifier; `None` when the case does not hold it."""
        return next((standing for standing in self.standings if standing.id == entity), None)

    def top(self, name: str) -> list[Standing]:
        """The first entities of a list, best first."""
        return [next(s for s in self.standings if s.id == entity) for entity in self.lists[name]]


@dataclass(frozen=True)
class WhatIf:
    """The same case with something changed, `label` says what."""

    label: str
    answer: Answer


@dataclass(frozen=True)
class Heat:
    """Signed numbers of the patches of one picture.

    Attributes:
        side: `mention` or `entity`.
        picture: key in the case's pictures.
        boxes: left, top, right, bottom of each patch as shares of the picture, in [0, 1].
        values: one number for each box.
        limit: number at which a colour is full; one for all pictures of a case.
        target, method: what was explained, and how.
    """

    side: str
    picture: str
    boxes: tuple[tuple[float, float, float, float], ...]
    values: tuple[float, ...]
    limit: float
    target: str
    method: str


@dataclass(frozen=True)
class HeatWords:
    """Signed numbers of the words that the model reads of one side, in the order of reading.

    Attributes:
        side: `mention` or `entity`.
        words: the surface form or the name, then the sentence or the facts.
        named: how many of them, the first, are the surface form or the name.
        values: one number for each word.
        limit: number at which a colour is full; one for both sides of a case.
        target, method: as of `Heat`.
    """

    side: str
    words: tuple[str, ...]
    named: int
    values: tuple[float, ...]
    limit: float
    target: str
    method: str


@dataclass(frozen=True)
class Origin:
    """What made a case.

    Attributes:
        model, kb: names as the application shows them.
        fingerprint: SHA-256 of the model, kb_fingerprint: of the list of entities; 16 hex digits.
        temperature: T of the probabilities.
        versions: of the libraries that results move with.
        method: how the lists came about, in words.
    """

    model: str
    fingerprint: str
    kb: str
    kb_fingerprint: str
    entities: int
    temperature: float
    versions: dict[str, str]
    method: str


@dataclass(frozen=True)
class Case:
    """One row of a figure. `gold` is the right entity's identifier, `""` where it is unknown."""

    answer: Answer
    gold: str
    caption: str
    origin: Origin
    what_ifs: tuple[WhatIf, ...] = ()
    heat: tuple[Heat, ...] = ()
    pictures: dict[str, Picture] = field(default_factory=dict, metadata=APART)
    heat_words: tuple[HeatWords, ...] = ()


@dataclass(frozen=True)
class Casebook:
    """What one figure shows: cases in order, which of `DETAILS`, its language and its font."""

    cases: tuple[Case, ...]
    details: tuple[str, ...] = ()
    language: str = "en"
    font: str = "sans"

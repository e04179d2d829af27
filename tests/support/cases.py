"""Cases made by hand: the double for tests of figures and exports, without a model."""

from __future__ import annotations

import hashlib
import io

from PIL import Image

from analysis.case.records import (
    LISTS,
    Answer,
    Case,
    Casebook,
    Heat,
    HeatWords,
    Origin,
    Picture,
    Standing,
    WhatIf,
)
from mimic.schema import Gates

SENTENCE = "A good day for Norway in front of a loud crowd."
ORIGIN = Origin("tiny", "0123456789abcdef", "kb", "fedcba9876543210", 4, 2.0, {"torch": "2"}, "all")


def colour(red: int, green: int, blue: int, size: tuple[int, int] = (40, 30)) -> Picture:
    """A plain picture."""
    buffer = io.BytesIO()
    Image.new("RGB", size, (red, green, blue)).save(buffer, "PNG")
    return Picture(buffer.getvalue(), hashlib.sha256(buffer.getvalue()).hexdigest())


def keyed(*pictures: Picture) -> dict[str, Picture]:
    """Pictures under their keys."""
    return {hashlib.sha256(p.data).hexdigest(): p for p in pictures}


def standing(number: int, picture: str = "", name: str = "Norway") -> Standing:
    """Entity `number` (from 1), which is at that rank in every list."""
    return Standing(
        f"kb:norway-{number}",
        name,
        "Sport: curling.",
        picture,
        dict.fromkeys(LISTS, number),
        {unit: 10.0 - number + place for place, unit in enumerate(LISTS)},
        0.5 / number,
        Gates(0.6, -0.3, 0.9, -0.1),
    )


def answer(sentence: str = SENTENCE, mention: str = "Norway", picture: str = "") -> Answer:
    """Three entities in the same order in every list, and a fourth that is gold."""
    start = sentence.index(mention)
    standings = tuple(standing(n, picture) for n in (1, 2, 3, 4))
    ids = tuple(s.id for s in standings[:3])
    span = (start, start + len(mention))
    return Answer(sentence, mention, span, picture, False, dict.fromkeys(LISTS, ids), standings)


def case(
    sentence: str = SENTENCE,
    mention: str = "Norway",
    gold: str = "kb:norway-4",
    size: tuple[int, int] = (40, 30),
) -> Case:
    """A case with a picture, a what-if and heatmaps of patches and of words."""
    pictures = keyed(colour(200, 30, 40, size))
    (key,) = pictures
    heat = Heat(
        "mention",
        key,
        ((0.0, 0.0, 0.5, 1.0), (0.5, 0.0, 1.0, 1.0)),
        (1.0, -0.5),
        1.0,
        "total",
        "ig",
    )
    return Case(
        answer(sentence, mention, key),
        gold,
        "The crowd decides",
        ORIGIN,
        (WhatIf("without the picture", answer(sentence, mention)),),
        (heat,),
        pictures,
        (
            HeatWords(
                "mention", ("Norway", "good", "crowd"), 1, (1.0, -0.5, 0.1), 1.0, "total", "ig"
            ),
            HeatWords("entity", ("Norway", "curling"), 1, (0.2, 0.9), 1.0, "total", "ig"),
        ),
    )


def book(*cases: Case, details: tuple[str, ...] = ()) -> Casebook:
    """A figure of some cases, or of one."""
    return Casebook(cases or (case(),), details)

"""The decoder of records: what fits comes back, and what does not is told by its place."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any

import pytest

from mimic.errors import InputError
from mimic.io.records import APART, decoded


@dataclass(frozen=True)
class Box:
    sides: tuple[float, float]
    shades: tuple[int, ...] = ()


@dataclass(frozen=True)
class Drawing:
    name: str
    boxes: tuple[Box, ...]
    scores: dict[str, float] = field(default_factory=dict)
    limit: float | None = None
    steps: list[int] = field(default_factory=list)
    options: dict[str, Any] = field(default_factory=dict)
    pictures: dict[str, bytes] = field(default_factory=dict, metadata=APART)


def record(**changes: Any) -> dict[str, Any]:
    box = {"sides": [1, 0.5], "shades": [0, 255]}
    return {"name": "a", "boxes": [box, {"sides": [2.0, 3.0]}], **changes}


def test_what_fits_comes_back() -> None:
    drawing = decoded(Drawing, record(scores={"x": 1}, limit=2, options={"any": [None]}), "a.json")
    boxes = (Box((1, 0.5), (0, 255)), Box((2.0, 3.0)))
    assert drawing == Drawing("a", boxes, {"x": 1}, 2, [], {"any": [None]})
    written = {k: v for k, v in asdict(drawing).items() if k != "pictures"}
    assert decoded(Drawing, written, "a.json") == drawing  # tuples are lists


WRONG = [
    ({"name": 5}, "a.json.name is not text"),
    ({"boxes": {}}, "a.json.boxes is not of the right form"),
    ({"boxes": [5]}, "a.json.boxes[0] is not an object with named fields"),
    ({"boxes": [{"sides": [1]}]}, "a.json.boxes[0].sides is not of the right form"),
    ({"boxes": [{"sides": [1, "x"]}]}, "a.json.boxes[0].sides[1] is not a number"),
    ({"boxes": [{"sides": [1, True]}]}, "a.json.boxes[0].sides[1] is not a number"),
    ({"boxes": [{"sides": [1, 2], "shades": [1.0]}]},
     "a.json.boxes[0].shades[0] is not a whole number"),
    ({"boxes": [{}]}, "a.json.boxes[0]: field 'sides' is missing"),
    ({"colour": 1}, "a.json: field 'colour' is unknown"),
    ({"pictures": {}}, "a.json: field 'pictures' is unknown"),
    ({"scores": {"x": float("nan")}}, "a.json.scores.x is not a number"),
    ({"limit": 10**400}, "a.json.limit is not of the right form"),
    ({"steps": 5}, "a.json.steps is not of the right form"),
]  # fmt: skip


@pytest.mark.parametrize(("change", "message"), WRONG)
def test_what_does_not_fit_is_told_by_its_place(change: dict[str, Any], message: str) -> None:
    with pytest.raises(InputError) as told:
        decoded(Drawing, record(**change), "a.json")
    assert str(told.value) == message


def test_texts_numbers_and_names_are_checked_where_they_stand() -> None:
    seen: list[tuple[Any, str]] = []
    decoded(Drawing, record(scores={"x": 7}), "a", lambda *place: seen.append(place))
    assert seen == [
        *[("a", "a.name"), (1, "a.boxes[0].sides[0]"), (0.5, "a.boxes[0].sides[1]")],
        *[(0, "a.boxes[0].shades[0]"), (255, "a.boxes[0].shades[1]")],
        *[(2.0, "a.boxes[1].sides[0]"), (3.0, "a.boxes[1].sides[1]")],
        *[("x", "a.scores: a field's name"), (7, "a.scores.x")],
    ]

"""Who is in the picture: a nation's players, and people who only happen to be there."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from mimic.atlas.drawing.canvas import Canvas
from mimic.atlas.drawing.paint import choose
from mimic.atlas.drawing.people import athlete, spectator
from mimic.atlas.drawing.places import CROWD, pick
from mimic.atlas.facts.countries import COUNTRIES
from mimic.atlas.records import SPORTS, AtlasEntity

_KITS = {country.code: country.kit for country in COUNTRIES}
#: What a sport looks like when it is played, and all that a venue allows when nothing may tell
#: its sports apart.
_PLAY: dict[str, tuple[str, ...]] = {
    "football": ("run",), "rugby-union": ("run",), "basketball": ("jump", "run"),
    "handball": ("throw", "jump"), "volleyball": ("jump",), "wheelchair-rugby": ("sit",),
    "ice-hockey": ("swing", "run"), "curling": ("crouch", "stand"), "water-polo": ("swim",),
    "swimming": ("swim",), "athletics": ("run",), "alpine-skiing": ("ski",), "tennis": ("swing",),
}  # fmt: skip
_IDLE: dict[str, tuple[str, ...]] = {
    "grass": ("run", "stand"), "court": ("run", "stand"), "ice": ("stand",), "pool": ("swim",),
    "track": ("run", "stand"), "snow": ("stand",), "clay": ("run", "stand"),
}  # fmt: skip


def side(rng: np.random.Generator) -> int:
    """Left (-1) or right (1)."""
    return 1 if rng.random() < 0.5 else -1


def players(
    canvas: Canvas,
    entity: AtlasEntity,
    xs: Sequence[float],
    ground: float,
    heights: tuple[float, float],
    rng: np.random.Generator,
    gear: bool,
) -> None:
    """Players at work in their venue; without gear nothing but the venue tells the sport."""
    poses = _PLAY[entity.sport] if gear else _IDLE[SPORTS[entity.sport][1]]
    for x in xs:
        tall = rng.uniform(*heights)
        pose = choose(rng, poses)
        y = ground + rng.uniform(-0.02, 0.03)
        if pose == "swim":
            tall *= 0.78  # nearly all of it is under water
        athlete(canvas, x, y, tall, _KITS[entity.country], rng, pose, entity.sport, gear)


def poser(
    canvas: Canvas,
    entity: AtlasEntity,
    x: float,
    ground: float,
    tall: float,
    rng: np.random.Generator,
    gear: bool,
) -> None:
    """One player who stands for a photo, wherever that is."""
    athlete(canvas, x, ground, tall, _KITS[entity.country], rng, "stand", entity.sport, gear)


def bystanders(
    canvas: Canvas,
    xs: Sequence[float],
    ground: float,
    rng: np.random.Generator,
    heights: tuple[float, float] = (0.4, 0.52),
) -> None:
    """People in colours that stand for no nation."""
    for x in xs:
        colours = (pick(rng, CROWD), pick(rng, CROWD))
        y = ground + rng.uniform(-0.03, 0.02)
        spectator(canvas, x, y, rng.uniform(*heights), colours, rng)

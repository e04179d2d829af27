"""Whole pictures of entities: what to show is a `Shot`, and `draw` paints and photographs it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from mimic.atlas.drawing import cast, cloth
from mimic.atlas.drawing.camera import Light, expose, pick_light
from mimic.atlas.drawing.canvas import Canvas, Drawing
from mimic.atlas.drawing.places import bag, balloons
from mimic.atlas.drawing.scenes_full import full
from mimic.atlas.drawing.scenes_neutral import neutral, place
from mimic.atlas.drawing.venues import venue
from mimic.atlas.records import SPORTS, AtlasEntity

SHOWS = ("full", "neutral", "venue", "plain")


@dataclass(frozen=True)
class Shot:
    """An order for one picture.

    Attributes:
        show: `full` shows everything telling, large; `neutral` puts small but clear evidence into
            a stand, a street or a studio; `venue` (teams only) shows where the sport is played
            and who plays, but nothing that only this sport has; `plain` shows a neutral setting
            and nothing of any entity.
        held_out: the viewpoints and palettes that occur in the test split only.
    """

    entity: AtlasEntity
    show: str
    held_out: bool = False


def draw(shot: Shot, rng: np.random.Generator, size: int = 256) -> Drawing:
    """Paints and photographs a shot.

    Returns:
        A picture of `size` x `size` pixels with its parts. With `neutral`, the equipment of a
        team, the flag of a state or the subject of a homonym is whole and covers about 4 to 25 %.
    """
    canvas, light = Canvas(size), pick_light(rng, shot.held_out)
    calm, evidence = False, evidence_of(shot.entity) if shot.show == "neutral" else ()
    if shot.show == "full":
        calm = full(canvas, shot.entity, rng, light)
    elif shot.show == "neutral":
        neutral(canvas, shot.entity, rng, light)
    elif shot.show == "venue":
        _venue(canvas, shot.entity, rng, light)
    elif shot.show == "plain":
        _plain(canvas, rng, light)
    else:
        raise ValueError(f"show must be one of {', '.join(SHOWS)}, not {shot.show!r}")
    return expose(canvas.finish(), rng, shot.held_out, light, evidence, calm)


def evidence_of(entity: AtlasEntity) -> tuple[str, ...]:
    """The parts of a picture that tell an entity from the others of its name."""
    if entity.sport:
        return ("equipment",)
    return ("flag",) if entity.country else ("subject", "emblem")


def _venue(canvas: Canvas, entity: AtlasEntity, rng: np.random.Generator, light: Light) -> None:
    """The ground and players in the national colours; the flag in half of the pictures."""
    ground = venue(canvas, SPORTS[entity.sport][1], rng, light)
    side = cast.side(rng)
    if rng.random() < 0.5:
        wide = rng.uniform(0.28, 0.4)
        left, top = 0.5 - side * 0.2 - wide / 2, rng.uniform(0.08, 0.16)
        if rng.random() < 0.5:
            cloth.hung(canvas, entity.country, left, top, wide, rng)
        else:
            cloth.pole(canvas, entity.country, left, ground, top, wide, rng, light)
    count = int(rng.integers(1, 4))
    xs = [0.5 + side * d for d in (0.12, -0.16, 0.34)[:count]]
    cast.players(canvas, entity, xs[::-1], min(ground, 0.92), (0.44, 0.58), rng, False)


def _plain(canvas: Canvas, rng: np.random.Generator, light: Light) -> None:
    """Passers-by in a neutral setting."""
    name, ground = place(canvas, rng, light)
    count = int(rng.integers(2, 5))
    xs = [float(x) for x in rng.permutation(np.linspace(0.14, 0.86, 5))[:count]]
    cast.bystanders(canvas, xs, ground, rng)
    if rng.random() < 0.4:
        bag(canvas, rng.uniform(0.15, 0.85), ground + 0.04, 0.1, rng)
    if name != "stand" and rng.random() < 0.3:
        balloons(canvas, rng.uniform(0.2, 0.8), 0.4, 0.14, rng)

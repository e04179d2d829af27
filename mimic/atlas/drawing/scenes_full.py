"""Pictures that show everything telling, large."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from mimic.atlas.drawing import cast, cloth
from mimic.atlas.drawing.camera import Light
from mimic.atlas.drawing.canvas import Canvas
from mimic.atlas.drawing.landscapes import LANDSCAPES, hills, night, plaza, sea, table
from mimic.atlas.drawing.motifs import VIEWS, foot, motif
from mimic.atlas.drawing.paint import shadow
from mimic.atlas.drawing.places import birds, street, studio
from mimic.atlas.drawing.sports import equipment, fixture
from mimic.atlas.drawing.venues import venue
from mimic.atlas.records import SPORTS, AtlasEntity

#: Where one, two or three players stand beside the middle, and how tall they are.
_LINES = (((0.22,), 0.6), ((0.36, 0.1), 0.54), ((0.4, 0.2, -0.02), 0.48))
Place = Callable[[Canvas, np.random.Generator, Light], float]
#: What lies around a thing that does not fill the picture by itself; the rest is on a table.
_AROUND: dict[str, Place] = {
    "state": hills, "god": plaza, "goddess": plaza, "element": studio, "turkey": hills,
    "crane-bird": hills, "kiwi-bird": hills, "guinea-pig": hills, "jaguar": hills, "tree": hills,
    "phoenix": hills, "car": street, "ship": sea, "spacecraft": night, "rocket": hills,
    "crane-machine": street,
}  # fmt: skip


def full(canvas: Canvas, entity: AtlasEntity, rng: np.random.Generator, light: Light) -> bool:
    """Paints the picture; true if it is a close-up that the camera should leave alone."""
    if entity.sport:
        _team(canvas, entity, rng, light)
        return False
    if not entity.country:
        _thing(canvas, entity.motif, rng, light)
        return False
    if rng.random() < 0.4:
        _close_up(canvas, entity.country, rng, light)
        return True
    _state(canvas, entity.country, rng, light)
    return False


# --- teams ---------------------------------------------------------------------------------


def _team(canvas: Canvas, entity: AtlasEntity, rng: np.random.Generator, light: Light) -> None:
    """The flag behind, players with their gear, and a still life of it in front."""
    ground = venue(canvas, SPORTS[entity.sport][1], rng, light)
    side, style = cast.side(rng), rng.random()
    wide, x, top = rng.uniform(0.32, 0.42), 0.5 - side * rng.uniform(0.18, 0.24), 0.11
    if style < 0.35 and entity.sport != "basketball":  # its board would hide the flag
        wide = min(rng.uniform(0.52, 0.66), 0.36 * cloth.ratio(entity.country))
        cloth.hung(canvas, entity.country, 0.5 - 0.08 * side - wide / 2, top, wide, rng)
    elif style < 0.65 and entity.sport != "basketball":
        cloth.hung(canvas, entity.country, x - wide / 2, top, wide, rng)
    fixture(canvas, entity.sport, ground, rng)
    if style >= 0.65 or entity.sport == "basketball":
        cloth.pole(canvas, entity.country, x - wide / 2, ground, top, wide, rng, light)
    xs, tall = _LINES[int(rng.integers(len(_LINES)))]
    places = [0.5 + side * d for d in xs]
    cast.players(canvas, entity, places, min(ground, 0.88), (tall - 0.05, tall + 0.05), rng, True)
    wide = rng.uniform(0.3, 0.4)
    x = 0.5 - side * rng.uniform(0.16, 0.22)
    equipment(canvas, entity.sport, x, min(0.9, ground + 0.1) - wide * 0.4, wide, rng)


# --- states --------------------------------------------------------------------------------


def _state(canvas: Canvas, code: str, rng: np.random.Generator, light: Light) -> None:
    """The flag large over a landscape or a town, and no sport anywhere."""
    name = list(LANDSCAPES)[int(rng.integers(len(LANDSCAPES)))]
    ground, style = LANDSCAPES[name](canvas, rng, light), rng.random()
    if name != "street" and rng.random() < 0.5:
        birds(canvas, rng)
    wide = rng.uniform(0.5, 0.7)
    left = rng.uniform(0.1, 0.88 - wide)
    if style < 0.55 or (style < 0.75 and name in ("hills", "coast")):
        cloth.pole(canvas, code, left, ground, rng.uniform(0.1, 0.18), wide, rng, light)
        if rng.random() < 0.4:
            cast.bystanders(canvas, (left + wide * 0.7,), ground, rng, (0.3, 0.36))
    elif style < 0.75:
        cloth.hung(canvas, code, left, rng.uniform(0.14, 0.26), wide, rng)
    else:
        cloth.held(canvas, code, 0.5, ground, wide, rng)


def _close_up(canvas: Canvas, code: str, rng: np.random.Generator, light: Light) -> None:
    """The flag and little else: as a flat picture in four of five, else in the wind."""
    style = rng.random()
    canvas.gradient(light.sky[0], light.sky[1])
    if style < 0.55:  # as an image file of a flag looks once it is fitted to a square
        over = rng.uniform(0.0, 0.04)
        cloth.panel(canvas, code, -over, -over, 1 + 2 * over, 1 + 2 * over)
    elif style < 0.8:  # the true ratio on white, grey or sky
        tone = int(rng.integers(200, 256))
        if rng.random() < 0.7:
            canvas.gradient((tone, tone, tone), (tone, tone, tone))
        wide = min(rng.uniform(0.9, 0.98), 0.96 * cloth.ratio(code))
        cloth.panel(canvas, code, 0.5 - wide / 2, 0.5 - wide / cloth.ratio(code) / 2, wide)
    else:
        wide = min(1.1, 1.1 * cloth.ratio(code))
        top = 0.46 - wide / cloth.ratio(code) / 2
        cloth.flying(canvas, code, 0.5 - wide / 2, top, wide, rng, 0.8)


# --- homonyms ------------------------------------------------------------------------------


def _thing(canvas: Canvas, key: str, rng: np.random.Generator, light: Light) -> None:
    """The motif where it belongs."""
    if key in VIEWS:
        size = rng.uniform(1.02, 1.1)
        room = (size - 1) / 2
        canvas.gradient(light.sky[0], light.sky[1])
        x, y = 0.5 + rng.uniform(-room, room, 2)
        motif(canvas, key, float(x), float(y), size, rng, light)
        return
    ground = _AROUND.get(key, table)(canvas, rng, light)
    if key == "rocket" or (ground < 0.9 and rng.random() < 0.25 and _AROUND.get(key) is hills):
        birds(canvas, rng)
    size, x = rng.uniform(0.7, 0.84), 0.5 + rng.uniform(-0.05, 0.05)
    base = max(ground, size * (0.5 + foot(key)) + 0.06)
    if key in ("spacecraft", "rocket", "phoenix"):
        base = 0.5 + foot(key) * size
    elif key != "ship":
        shadow(canvas, x + 0.02, base, size * 0.42, size * 0.05)
    motif(canvas, key, x, base - foot(key) * size, size, rng, light)

"""Pictures taken in a stand, a street or a studio, where the evidence is small but clear."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from mimic.atlas.drawing import cast, cloth, props
from mimic.atlas.drawing.camera import COMMON, Light
from mimic.atlas.drawing.canvas import Canvas
from mimic.atlas.drawing.motifs import PRINTS, foot, motif
from mimic.atlas.drawing.paint import shadow
from mimic.atlas.drawing.places import NEUTRAL, bag, balloons, birds, lamp_post
from mimic.atlas.drawing.sports import equipment
from mimic.atlas.records import AtlasEntity

#: Large things stand on the ground, small ones on a plinth.
_ON_GROUND = ("state", "turkey", "crane-bird", "jaguar", "car", "tree", "crane-machine", "rocket")
#: Slender things are painted larger, so that they cover as much as the others.
_SLENDER = {"crane-bird": 1.35, "crane-machine": 1.3, "goddess": 1.25, "cocktail": 1.2,
            "rocket": 1.3, "car": 1.2, "ship": 1.15, "chocolate-bar": 1.2, "hat": 1.15,
            "porcelain": 1.15, "spacecraft": 1.15, "ringed-planet": 1.2}  # fmt: skip

_THIN = {"ice-hockey": 1.15, "tennis": 1.08}


def place(canvas: Canvas, rng: np.random.Generator, light: Light) -> tuple[str, float]:
    """One of the neutral settings, with what happens to be there; its name and ground."""
    name = list(NEUTRAL)[int(rng.integers(len(NEUTRAL)))]
    ground = NEUTRAL[name](canvas, rng, light)
    if name == "street" and rng.random() < 0.5:
        birds(canvas, rng)
    if name == "street" and rng.random() < 0.4:
        lamp_post(canvas, 0.06 if rng.random() < 0.5 else 0.94, ground - 0.04, 0.7, light)
    return name, ground


def neutral(canvas: Canvas, entity: AtlasEntity, rng: np.random.Generator, light: Light) -> None:
    """Paints the setting, the evidence and whoever passes by."""
    name, ground = place(canvas, rng, light)
    if entity.sport:
        _team(canvas, entity, ground, rng, light)
    elif entity.country:
        _state(canvas, entity.country, name, ground, rng, light)
    else:
        _thing(canvas, entity.motif, name, ground, rng, light)


def _team(
    canvas: Canvas, entity: AtlasEntity, ground: float, rng: np.random.Generator, light: Light
) -> None:
    side = cast.side(rng)
    wide = rng.uniform(0.34, 0.42) * _THIN.get(entity.sport, 1.0)
    x = 0.5 - side * rng.uniform(0.16, 0.21)
    if rng.random() < 0.4:
        cast.bystanders(canvas, (0.5 + side * 0.42,), ground - 0.03, rng)
    if rng.random() < 0.65:
        cloth_wide = rng.uniform(0.2, 0.27)
        top = rng.uniform(0.16, 0.22)
        cloth.pole(canvas, entity.country, x - cloth_wide / 2, ground - 0.04, top, cloth_wide, rng,
                   light)  # fmt: skip
    if rng.random() < 0.8:
        tall = rng.uniform(0.56, 0.66)
        cast.poser(canvas, entity, 0.5 + side * rng.uniform(0.13, 0.19), ground, tall, rng, True)
    equipment(canvas, entity.sport, x, min(ground, 0.9) - wide * 0.46, wide, rng)
    if rng.random() < 0.3:
        bag(canvas, 0.5 + side * 0.4, ground + 0.03, 0.1, rng)


def _state(
    canvas: Canvas,
    code: str,
    name: str,
    ground: float,
    rng: np.random.Generator,
    light: Light,
) -> None:
    side, style = cast.side(rng), rng.random()
    wide = rng.uniform(0.32, 0.45)
    x = 0.5 - side * rng.uniform(0.0, 0.1)
    if rng.random() < 0.5:
        cast.bystanders(canvas, (0.5 + side * 0.36,), ground, rng)
    if style < 0.4:
        cloth.pole(canvas, code, x - wide / 2, ground, rng.uniform(0.2, 0.26), wide, rng, light)
    elif style < 0.7:
        cloth.hung(canvas, code, x - wide / 2, rng.uniform(0.22, 0.3), wide, rng)
    else:
        cloth.held(canvas, code, x, ground, wide, rng)
    if name == "studio" and rng.random() < 0.3:
        balloons(canvas, 0.5 + side * 0.36, 0.4, 0.14, rng)


def _thing(
    canvas: Canvas,
    key: str,
    name: str,
    ground: float,
    rng: np.random.Generator,
    light: Light,
) -> None:
    side = cast.side(rng)
    wide = min(0.54, rng.uniform(0.38, 0.45) * _SLENDER.get(key, 1.0))
    x = 0.5 - side * rng.uniform(0.0, 0.1)
    if rng.random() < 0.6:
        cast.bystanders(canvas, (0.5 + side * 0.38,), ground - 0.02, rng)
    if key == "state" or (key not in PRINTS and rng.random() < 0.6):
        _stands(canvas, key, x, wide, ground, rng, light)
        return
    printed = replace(light, sky=(light(COMMON[0].sky[0]), light(COMMON[0].sky[1])))
    board = props.easel if name == "studio" else props.billboard
    board(canvas, key, x, ground, wide, rng, printed)


def _stands(
    canvas: Canvas,
    key: str,
    x: float,
    wide: float,
    ground: float,
    rng: np.random.Generator,
    light: Light,
) -> None:
    """The thing itself, on the ground or on a plinth."""
    top = ground
    if key in _ON_GROUND:
        shadow(canvas, x + 0.01, ground, wide * 0.42, wide * 0.05)
    else:
        top = props.plinth(canvas, x, ground, wide * 0.8, rng.uniform(0.1, 0.2), light)
    motif(canvas, key, x, top - foot(key) * wide, wide, rng, light)

"""What the homonyms look like: one picture for each kind of thing, in a box of its own."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from mimic.atlas.drawing import motifs_animals as animals
from mimic.atlas.drawing import motifs_land as land
from mimic.atlas.drawing import motifs_machines as machines
from mimic.atlas.drawing import motifs_nature as nature
from mimic.atlas.drawing import motifs_sky as stars
from mimic.atlas.drawing import motifs_things as things
from mimic.atlas.drawing import motifs_towns as towns
from mimic.atlas.drawing.camera import COMMON, Light
from mimic.atlas.drawing.canvas import Canvas
from mimic.atlas.drawing.pen import Pen
from mimic.atlas.records import Rgb

_LAND: dict[str, Callable[[Pen, np.random.Generator], None]] = {
    "river": land.river, "lake": land.lake, "mountain": land.mountain, "volcano": land.volcano,
    "island": land.island, "waterfall": land.waterfall, "canal": towns.canal, "city": towns.city,
    "town": towns.town,
}  # fmt: skip
_SPACE: dict[str, Callable[[Pen, np.random.Generator], None]] = {
    "rocky-planet": stars.rocky_planet, "gas-planet": stars.gas_planet,
    "ringed-planet": stars.ringed_planet, "constellation": stars.constellation,
}  # fmt: skip
_OBJECTS: dict[str, Callable[[Pen, np.random.Generator], None]] = {
    "state": towns.state, "god": things.god, "goddess": things.goddess, "element": nature.element,
    "turkey": animals.turkey, "crane-bird": animals.crane_bird, "kiwi-bird": animals.kiwi_bird,
    "phoenix": animals.phoenix, "guinea-pig": animals.guinea_pig, "jaguar": animals.jaguar,
    "car": machines.car, "kiwi-fruit": nature.kiwi_fruit, "nut": nature.nut,
    "porcelain": things.porcelain, "coffee": things.coffee,
    "chocolate-bar": things.chocolate_bar, "hat": things.hat, "ship": machines.ship,
    "spacecraft": machines.spacecraft, "rocket": machines.rocket,
    "crane-machine": machines.crane_machine, "gem": nature.gem, "tree": nature.tree,
    "cocktail": things.cocktail,
}  # fmt: skip
_DRAW = {**_LAND, **_SPACE, **_OBJECTS}

MOTIFS = tuple(_DRAW)
#: These fill their box from edge to edge, with a sky or a night of their own.
VIEWS = (*_LAND, *_SPACE)
#: These are shown in print and never stand on a table.
PRINTS = (*VIEWS, "phoenix", "element", "spacecraft")
#: y of the lowest point of the objects that do not stand on 0.47 in their box.
_FEET = {"car": 0.325, "guinea-pig": 0.32, "hat": 0.36, "nut": 0.44, "chocolate-bar": 0.36}
_PAPERS: dict[str, Rgb] = {
    "phoenix": (46, 40, 66), "spacecraft": (24, 28, 56), "rocket": (120, 176, 216),
    "crane-machine": (176, 212, 232), "ship": (186, 220, 234), "god": (150, 92, 72),
    "goddess": (88, 110, 142), "porcelain": (206, 166, 120), "turkey": (214, 226, 190),
    "crane-bird": (150, 192, 196), "kiwi-bird": (206, 220, 180), "jaguar": (130, 172, 122),
    "guinea-pig": (186, 208, 166), "cocktail": (96, 88, 120), "gem": (64, 58, 82),
}  # fmt: skip


def motif(
    canvas: Canvas,
    key: str,
    x: float,
    y: float,
    size: float,
    rng: np.random.Generator,
    light: Light = COMMON[0],
) -> None:
    """Draws the subject of a homonym in a box of side `size` centred at (x, y).

    What matters is `subject`, on a road sign `emblem`; the sky behind a landscape is `setting`.
    """
    flip = key != "state" and bool(rng.random() < 0.5)
    with canvas.at(x, y, size, flip=flip):
        _DRAW[key](Pen(canvas, light), rng)


def foot(key: str) -> float:
    """y of the lowest point of an object in its box of -0.5 to 0.5."""
    return _FEET.get(key, 0.47)


def backing(key: str) -> Rgb:
    """The paper behind a motif in print."""
    return _PAPERS.get(key, (238, 232, 218))

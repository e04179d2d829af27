"""Still lifes of each sport's equipment."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from mimic.atlas.drawing import gear, gear_winter
from mimic.atlas.drawing.balls import ball, rugby_ball
from mimic.atlas.drawing.canvas import Canvas
from mimic.atlas.drawing.fixtures import fixture, goal, house, posts
from mimic.atlas.drawing.paint import choose, mesh, shadow
from mimic.atlas.records import Rgb

__all__ = ["equipment", "fixture"]

PART = "equipment"
BRIGHT: tuple[Rgb, ...] = (
    (212, 42, 52),
    (34, 92, 190),
    (250, 204, 40),
    (30, 140, 84),
    (240, 120, 36),
    (124, 56, 150),
    (28, 34, 52),
)
WOODS: tuple[Rgb, ...] = ((226, 186, 96), (28, 30, 38), (196, 52, 52), (40, 84, 160))


def equipment(
    canvas: Canvas, sport: str, x: float, y: float, size: float, rng: np.random.Generator
) -> None:
    """A still life of the sport's equipment centred at (x, y), about `size` wide.

    All of it is labelled `equipment`; colours and arrangement vary with `rng`.
    """
    with canvas.at(x, y, size):
        shadow(canvas, 0.04, 0.44, 0.5, 0.08)
        _STILL_LIFES[sport](canvas, rng)


def _two(rng: np.random.Generator, first: int = len(BRIGHT)) -> tuple[Rgb, Rgb]:
    """Two different ones of the `first` bright colours."""
    a, b = rng.permutation(first)[:2].tolist()
    return BRIGHT[a], BRIGHT[b]


def _football(canvas: Canvas, rng: np.random.Generator) -> None:
    style = int(rng.integers(3))
    if style == 0:
        ball(canvas, "football", 0.0, 0.02, 0.44, rng)
    elif style == 1:
        goal(canvas, -0.52, -0.38, 0.5, 0.38, (248, 248, 248))
        ball(canvas, "football", float(rng.uniform(-0.14, 0.16)), 0.14, 0.32, rng)
    else:
        for x in (-0.36, 0.4):
            _cone(canvas, x, 0.42, 0.36, choose(rng, BRIGHT[:5]))
        ball(canvas, "football", 0.02, 0.06, 0.36, rng)


def _cone(canvas: Canvas, x: float, y: float, size: float, colour: Rgb) -> None:
    with canvas.at(x, y, size):
        gear.cone(canvas, colour)


def _rugby(canvas: Canvas, rng: np.random.Generator) -> None:
    style = int(rng.integers(3))
    if style == 0:
        rugby_ball(canvas, 0.0, 0.06, 0.52, rng)
        return
    side = choose(rng, (-1, 1)) if style == 1 else 0
    posts(canvas, 0.16 * side, 0.4, 0.5, 0.92, choose(rng, BRIGHT[:4]))
    rugby_ball(canvas, -0.12 * side, 0.17, 0.4, rng)


def _basketball(canvas: Canvas, rng: np.random.Generator) -> None:
    style = int(rng.integers(3))
    if style == 0:
        ball(canvas, "basketball", 0.0, 0.02, 0.44, rng)
        return
    side = choose(rng, (-1, 1))
    with canvas.at(-0.06 * side, -0.05, 0.82):
        gear.hoop(canvas)
    if style == 1:
        ball(canvas, "basketball", 0.24 * side, 0.2, 0.26, rng)
    else:
        ball(canvas, "basketball", -0.06 * side, -0.21, 0.24, rng)


def _handball(canvas: Canvas, rng: np.random.Generator) -> None:
    tone = choose(rng, ((212, 42, 52), (212, 42, 52), (34, 92, 190)))
    goal(canvas, -0.5, -0.36, 0.5, 0.4, (248, 248, 248), stripes=tone)
    side = float(rng.uniform(-0.2, 0.2))
    ball(canvas, "handball", side, 0.2, float(rng.uniform(0.22, 0.28)), rng)


def _volleyball(canvas: Canvas, rng: np.random.Generator) -> None:
    style = int(rng.integers(3))
    if style == 0:
        ball(canvas, "volleyball", 0.0, 0.02, 0.44, rng)
        return
    _net(canvas, -0.3 if style == 1 else -0.1)
    ball(
        canvas,
        "volleyball",
        float(rng.uniform(-0.1, 0.1)),
        0.12 if style == 1 else -0.06,
        0.33,
        rng,
    )


def _net(canvas: Canvas, top: float) -> None:
    for x in (-0.5, 0.5):
        canvas.line([(x, top - 0.06), (x, 0.44)], 0.04, (70, 84, 110), PART)
    mesh(canvas, [(-0.5, top), (0.5, top), (0.5, top + 0.4), (-0.5, top + 0.4)], 14, 6, 0.009, PART)
    canvas.rectangle(-0.5, top - 0.03, 0.5, top + 0.03, (250, 250, 250), PART)


def _chair(canvas: Canvas, rng: np.random.Generator) -> None:
    colour, side = choose(rng, BRIGHT[:6]), choose(rng, (-1, 1))
    if rng.random() < 0.6:
        with canvas.at(-0.06 * side, -0.02, 0.92):
            gear.wheelchair_front(canvas, colour)
        ball(canvas, "wheelchair-rugby", 0.34 * side, 0.28, 0.17, rng)
    else:
        with canvas.at(-0.06 * side, -0.06, 1.02, flip=side < 0):
            gear.wheelchair_side(canvas, colour)
        ball(canvas, "wheelchair-rugby", 0.1 * side, -0.2, 0.17, rng)


def _hockey(canvas: Canvas, rng: np.random.Generator) -> None:
    style, wood, colour = int(rng.integers(3)), choose(rng, WOODS), choose(rng, BRIGHT)
    if style < 2:
        for flip in (True, False):
            with canvas.at(0.02 if flip else -0.02, 0.0, 1.04, 34 if flip else -34, flip):
                gear_winter.hockey_stick(canvas, wood)
        if style == 0:
            with canvas.at(0, 0.3, 0.3):
                gear_winter.puck(canvas)
        else:
            with canvas.at(0, -0.08, 0.5, 0, rng.random() < 0.5):
                gear_winter.hockey_helmet(canvas, colour)
            with canvas.at(0, 0.38, 0.24):
                gear_winter.puck(canvas)
        return
    side = choose(rng, (-1, 1))
    with canvas.at(-0.12 * side, 0.0, 1.06, -30 * side, side < 0):
        gear_winter.hockey_stick(canvas, wood)
    with canvas.at(0.16 * side, -0.12, 0.5, 0, side < 0):
        gear_winter.hockey_helmet(canvas, colour)
    with canvas.at(0.0 * side - 0.2 * side, 0.32, 0.3):
        gear_winter.puck(canvas)


def _curling(canvas: Canvas, rng: np.random.Generator) -> None:
    style, side = int(rng.integers(3)), choose(rng, (-1, 1))
    one, two = (
        ((212, 42, 52), (250, 204, 40)) if rng.random() < 0.7 else ((34, 92, 190), (212, 42, 52))
    )
    if style == 0:
        house(canvas, 0.0, 0.3, 0.56, 0.2)
    with canvas.at(0.24 * side, -0.06, 1.02, 22 * side):
        gear_winter.broom(canvas, choose(rng, BRIGHT))
    if style == 2:
        with canvas.at(0.2 * side, 0.12, 0.5):
            gear_winter.stone(canvas, two)
    with canvas.at(-0.1 * side, 0.14, 0.72):
        gear_winter.stone(canvas, one)


def _water_polo(canvas: Canvas, rng: np.random.Generator) -> None:
    side, cap = choose(rng, (-1, 1)), choose(rng, ((34, 70, 170), (250, 250, 250), (212, 42, 52)))
    if rng.random() < 0.5:
        with canvas.at(-0.22 * side, -0.12, 0.54):
            gear.polo_cap(canvas, cap, int(rng.integers(1, 10)))
        ball(canvas, "water-polo", 0.18 * side, 0.12, 0.31, rng)
    else:
        ball(canvas, "water-polo", -0.16 * side, -0.1, 0.34, rng)
        with canvas.at(0.22 * side, 0.14, 0.52):
            gear.polo_cap(canvas, cap, int(rng.integers(1, 10)))


def _swimming(canvas: Canvas, rng: np.random.Generator) -> None:
    style, side = int(rng.integers(3)), choose(rng, (-1, 1))
    one, two = _two(rng, 6)
    lens = choose(rng, ((120, 216, 240), (60, 66, 84), (250, 170, 70)))
    if style < 2:
        with canvas.at(0.2 * side, -0.06, 0.92, 12 * side):
            gear.kickboard(canvas, two, (250, 250, 250))
    else:
        for x, turn in ((0.06, -4), (0.36, 10)):
            with canvas.at(x * side, -0.06, 0.86, turn * side):
                gear.fin(canvas, two)
    if style != 1:
        with canvas.at(-0.2 * side, -0.08, 0.5):
            gear.swim_cap(canvas, one, (250, 250, 250))
    with canvas.at(-0.04 * side, 0.26, 0.78 if style else 0.7, -6 * side):
        gear.goggles(canvas, one if style == 1 else (28, 34, 52), lens)


def _athletics(canvas: Canvas, rng: np.random.Generator) -> None:
    style, side = int(rng.integers(3)), choose(rng, (-1, 1))
    one, two = _two(rng)
    if style < 2:
        with canvas.at(0.0, -0.04, 0.96):
            gear.hurdle(canvas, choose(rng, BRIGHT))
        with canvas.at(-0.06 * side, 0.2, 0.62, 0, side < 0):
            gear.spike_shoe(canvas, one, two)
    else:
        with canvas.at(0.02, 0.12, 0.86, -8 * side, side < 0):
            gear.spike_shoe(canvas, one, two)
    if style != 1:
        with canvas.at(0.1 * side, -0.24 if style else -0.02, 0.66, -28 * side):
            gear.baton(canvas, two)


def _alpine(canvas: Canvas, rng: np.random.Generator) -> None:
    style, side = int(rng.integers(3)), choose(rng, (-1, 1))
    one, two = _two(rng)
    if style == 1:
        with canvas.at(0.24 * side, 0.0, 0.9):
            gear_winter.gate(canvas, choose(rng, BRIGHT[:2]))
    aside = -0.18 * side if style == 1 else 0.0
    if style == 2:
        for turn in (-46, 46):
            with canvas.at(0, 0, 0.96, turn):
                gear_winter.ski_pole(canvas, two)
    for turn in (-25, 25):
        with canvas.at(aside, -0.02, 1.08, turn):
            gear_winter.ski(canvas, one, two)
    lens = choose(rng, ((250, 146, 44), (70, 190, 230), (230, 70, 140)))
    with canvas.at(aside, 0.2, 0.46, 0, side < 0):
        gear_winter.ski_helmet(canvas, choose(rng, BRIGHT), lens)


def _tennis(canvas: Canvas, rng: np.random.Generator) -> None:
    style, side = int(rng.integers(3)), choose(rng, (-1, 1))
    one, two = _two(rng)
    if style == 0:
        for turn, tone in ((-32, one), (32, two)):
            with canvas.at(0.0, 0.0, 1.06, turn):
                gear.racket(canvas, tone, (40, 42, 50))
    else:
        with canvas.at(-0.06 * side, 0.0, 1.16, 34 * side):
            gear.racket(canvas, one, choose(rng, ((40, 42, 50), (240, 240, 240))))
    ball(canvas, "tennis", 0.0 if style == 0 else -0.26 * side, 0.32, 0.14, rng)
    if style == 2:
        ball(canvas, "tennis", -0.02 * side, 0.36, 0.12, rng)


_STILL_LIFES: dict[str, Callable[[Canvas, np.random.Generator], None]] = {
    "football": _football,
    "rugby-union": _rugby,
    "basketball": _basketball,
    "handball": _handball,
    "volleyball": _volleyball,
    "wheelchair-rugby": _chair,
    "ice-hockey": _hockey,
    "curling": _curling,
    "water-polo": _water_polo,
    "swimming": _swimming,
    "athletics": _athletics,
    "alpine-skiing": _alpine,
    "tennis": _tennis,
}

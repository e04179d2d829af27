"""Eagles and other creatures on flags, each reduced to an outline that stays itself at 40 pixels.

Drawn about (0, 0) with a reach of about 1, to be placed with `at`, unless said otherwise.
"""

from __future__ import annotations

from mimic.atlas.flags.flag_cloth import Layer, at, group, mirrored
from mimic.atlas.flags.flag_parts import disc, line, shape


def eagle(colour: str, heads: int = 1) -> Layer:
    """A spread eagle seen from the front, each wing with six loose feathers."""
    wing = shape(
        colour,
        "0.1,-0.4 0.2,-0.55 0.42,-0.86 0.8,-0.98 0.88,-0.86 0.52,-0.66 0.94,-0.7 0.95,-0.56 "
        "0.52,-0.46 0.94,-0.42 0.92,-0.28 0.5,-0.26 0.88,-0.16 0.84,-0.03 0.47,-0.07 0.76,0.1 "
        "0.7,0.22 0.42,0.1 0.58,0.34 0.48,0.42 0.3,0.22 0.1,0.3",
    )
    body = shape(colour, "0,-0.5 0.2,-0.35 0.22,0.15 0.1,0.45 0.24,0.8 0.1,0.86 0,1")
    leg = line(colour, 0.08, (0.08, 0.3), (0.36, 0.56), (0.52, 0.48))
    talon = line(colour, 0.06, (0.36, 0.56), (0.5, 0.62))
    neck = "0,-0.3 0.04,-0.75 0.14,-0.9 0.26,-0.9 0.44,-0.76 0.28,-0.76 0.3,-0.4"
    head = shape(colour, neck)
    heads_drawn = mirrored(0, head) if heads == 2 else at(-0.1, 0, 1, head)
    return group(mirrored(0, wing, body, leg, talon), heads_drawn)


def folded_eagle(colour: str) -> Layer:
    """The eagle of Saladin: wings hanging straight down, on a scroll."""
    wing = shape(
        colour, "0.2,-0.62 0.55,-0.75 0.72,-0.6 0.72,0.5 0.6,0.62 0.48,0.52 0.36,0.62 0.26,0.4"
    )
    body = shape(colour, "0,-0.6 0.18,-0.5 0.16,0.4 0.3,0.72 0,0.72")
    scroll = shape(colour, "0,0.8 0.62,0.74 0.7,0.98 0,1")
    head = shape(colour, "-0.14,-0.5 -0.14,-0.9 0,-1 0.16,-0.92 0.24,-0.8 0.12,-0.78 0.14,-0.5")
    return group(mirrored(0, wing, body, scroll), head)


def condor(colour: str) -> Layer:
    """A bird of prey landing, wings held out sideways, head to the left."""
    wing = shape(
        colour,
        "0,-0.1 0.3,-0.35 0.7,-0.45 1,-0.4 0.92,-0.25 0.8,-0.2 0.75,-0.06 0.58,-0.04 0.5,0.1 "
        "0.32,0.08 0.2,0.25 0,0.4",
    )
    return group(
        mirrored(0, wing), shape(colour, "-0.12,0 -0.1,-0.4 -0.3,-0.34 -0.05,-0.55 0.12,0")
    )


def fish_eagle(colour: str) -> Layer:
    """Zambia's eagle in flight, seen from the front."""
    wing = shape(
        colour,
        "0,-0.2 0.25,-0.22 0.6,-0.42 1,-0.5 0.9,-0.34 0.94,-0.24 0.78,-0.18 0.8,-0.04 0.6,-0.02 "
        "0.5,0.12 0.32,0.1 0.2,0.2 0,0.3",
    )
    tail = shape(colour, "0,0.2 0.14,0.2 0.2,0.46 0,0.5")
    return group(mirrored(0, wing, tail), disc(colour, -0.06, -0.28, 0.14))


def frigatebird(colour: str) -> Layer:
    """Kiribati's bird, in the flag's own units (600 x 300)."""
    return shape(
        colour,
        "216,29 238,20 262,18 285,21 303,28 315,14 328,6 345,6 383,9 362,13 340,20 328,32 350,36 "
        "365,36 340,43 320,52 305,55 285,53 268,46 240,46 252,41 270,38 286,36 275,32 255,31 "
        "235,33",
    )


def bird_of_paradise(colour: str) -> Layer:
    """Papua New Guinea's bird, in the flag's own units (40 x 30)."""
    plumes = line(colour, 0.5, (31.5, 11), (33, 13.5), (33.2, 16), (31.8, 17.8), (29.6, 17.9))
    inner = line(colour, 0.4, (30.6, 11), (32.3, 13.2), (32, 14.9), (30.4, 16), (28.4, 15.9))
    body = shape(
        colour,
        "21.2,7 22.4,6.6 23.8,7 25,8.2 26.1,8.3 26.2,6 27,4.5 28.6,3.2 28.4,5 28,6.4 29,6.5 "
        "30.6,6.6 31.6,7.6 32.4,8.4 33.2,11.4 31.4,11.8 30.8,11 30.6,12.4 29,14.8 27.8,13.6 "
        "26.4,13 25,11.8 24.2,10.8 22.8,11 21.4,11.3 20.3,11.2 21.6,9.6 23,8.4 22,7.6",
    )
    return group(plumes, inner, body)


def dragon(colour: str) -> Layer:
    """Bhutan's thunder dragon with its four jewels, in the flag's own units (90 x 60)."""
    body = shape(
        colour,
        "15,48.5 22,43 29,38 30.5,33 31,28 36,25.5 42,26.5 47,29 49,27 48,24 43.5,20 44,13.5 "
        "48,9 54,8 60,9 66,12 64.5,15.5 61,18 56,16 52,16 51,18 54.5,21 56.5,27 54,33 50,36 "
        "42,34 37,33 36,37 36,42 31,43 24,45.5",
    )
    legs = [
        line(colour, 3, (36, 31), (39, 38), (44, 39)),
        line(colour, 3, (33, 40), (34, 45), (36, 49)),
        line(colour, 3.4, (50, 33), (55, 38), (60, 40)),
        line(colour, 3, (54, 22), (62, 24), (69, 23)),
    ]
    jewels = [disc(colour, x, y, 2.9) for x, y in ((44, 39), (36.5, 50), (64, 41), (70, 24))]
    mane = [
        line(colour, 0.9, *ends)
        for ends in (
            ((58, 10), (66, 10), (71, 13)),
            ((50, 9), (55, 6.5)),
            ((46, 12), (41, 10)),
            ((64, 13), (75, 14)),
            ((62, 17), (68, 19), (74, 17)),
            ((45, 16), (40, 15)),
        )
    ]
    spine = [(24, 42), (30, 38), (33, 31), (40, 29.5), (48, 31), (52, 26), (49, 19), (48, 14)]
    return group(body, line(colour, 6.4, *spine), *legs, *jewels, *mane)


def lion(colour: str) -> Layer:
    """Sri Lanka's lion with its sword, in the flag's own units (120 x 60)."""
    return group(
        shape(
            colour,
            "64.5,16 67,14.5 71,15.5 76,13.5 80,14 83,15 82,21 83,27 86,26.5 96,26.3 99,25 "
            "99.5,22.5 98,21 87,21.8 84.5,18 84,15 87,13 92,12.8 97,14 101,17.4 102,18.6 98,18.6 "
            "94,17 89.5,16.6 89,18.6 97,18.4 101,21 101,25 100.5,32 100.5,41 101,47.5 96,47.6 "
            "96.5,42 93,38 91,40 92.5,47.5 86,47.6 87,41 84,36 76,37.5 76,42 74.5,47 67.5,47.6 "
            "68,46 71.5,44 70.5,37 66,39.5 61,38 61,33.5 64.5,35 67,31 70,28 70.5,24 66,22 65,20 "
            "68.5,19.4 65,18.6",
        ),
        shape(colour, "58.2,29.5 58.2,22 59.5,14 62.2,10.5 62,20 61.2,29.5"),
        line(colour, 1.4, (56.6, 30), (62.4, 30)),
        line(colour, 1.8, (59.7, 30), (59.7, 41.5)),
    )


def crowned_crane() -> Layer:
    """Uganda's grey crowned crane, facing the hoist, in a white disc of radius 9.35."""
    return group(
        line("#000000", 0.8, (0.6, 2.5), (1, 7.6)),
        line("#000000", 0.8, (0.2, 5), (-1.8, 5.4)),
        shape("#9CA69C", "-2.2,-2.6 0.6,-2.4 3.2,-0.4 4.6,2.6 4.2,5 1.6,4 -1.2,2 -2.4,-0.2"),
        shape("#000000", "0.8,-1.8 3.4,0 4.6,3.2 3.4,2.4 1.4,0.6"),
        shape("#D90000", "3.4,1.6 5.2,3.4 4,5.6 2.6,3.8"),
        line("#9CA69C", 1.4, (-1.2, -1.4), (-2.1, -3.6), (-0.9, -5.6)),
        disc("#000000", -1.1, -5.8, 1.1),
        shape("#FCDC04", "-2.6,-8.6 0.6,-8.6 -0.4,-6.6 -1.4,-6.6"),
        shape("#9CA69C", "-2,-6 -4.2,-5.2 -2,-5.2"),
        disc("#D90000", -0.9, -4.6, 0.5),
    )


def mexican_eagle() -> Layer:
    """The eagle with the snake on Mexico's arms, facing the hoist, about 14 units high."""
    brown, dark = "#8A5A2B", "#4A2A16"
    return group(
        shape(
            brown,
            "-3,-6.6 -1.4,-7.6 0.6,-7.4 2,-9 5,-9.4 8,-7 9.4,-3.4 9.6,0.6 8,-0.4 7.6,2.4 6,1.6 "
            "6.4,4.4 4,3.6 1.4,4.4 0,3.4 -2,2 -2.4,-0.6 -1.6,-3.4 -2.4,-4.8 -4,-5",
        ),
        shape(dark, "2.4,-8 5,-8.6 7.6,-6.4 8.8,-3 9,-0.4 7,-2.6 6.6,0.6 4.6,-2 3.4,-5"),
        shape(dark, "3,0 5.6,1 5.4,3.6 3.4,3"),
        line("#E3B23C", 0.7, (-3.8, -5.8), (-2.4, -6.2)),
        line("#9C8B3E", 0.9, (-4.2, -6.8), (-5.2, -5.4), (-3.8, -3.8), (-5.4, -2), (-4.4, 0.6),
             (-2.2, 1)),
        line("#E3B23C", 0.8, (-0.4, 3), (-1.6, 4.6)),
        line("#E3B23C", 0.8, (2.4, 4), (2.8, 5)),
    )  # fmt: skip

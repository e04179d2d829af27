"""Flags of southern and eastern Asia.

Units and colours follow the construction sheets and government colour notices collected at
Wikimedia Commons and in the London 2012 and Tokyo 2020 flag manuals; Nepal's follows the schedule
of its constitution, the Philippines' Executive Order 23 of 1936.
"""

from __future__ import annotations

from mimic.atlas.flags.flag_animals import lion
from mimic.atlas.flags.flag_cloth import Flag, Layer, around, at, flag_of, group, mirrored
from mimic.atlas.flags.flag_emblems import bars, rays
from mimic.atlas.flags.flag_parts import (
    box,
    crescent,
    disc,
    hoist_triangle,
    horizontal,
    line,
    plain,
    ring,
    sector,
    shape,
    star,
    vertical,
)

W, K = "#FFFFFF", "#000000"


def _trigram(whole: tuple[bool, bool, bool]) -> Layer:
    """Three bars of the Korean flag above its centre, outermost first."""
    pieces: list[Layer] = []
    for y, unbroken in zip((-25, -22, -19), whole, strict=True):
        gap = () if unbroken else ((-0.5, 0.5),)
        edges = [-6.0, *(e for g in gap for e in g), 6.0]
        pieces += [box(K, a, y - 1, b, y + 1) for a, b in zip(edges[::2], edges[1::2], strict=True)]
    return group(*pieces)


EAST_ASIA: dict[str, Flag] = {
    "kh": flag_of(
        25,
        16,
        horizontal("#032EA1", "#E00025", "#032EA1", weights=(1, 2, 1)),
        mirrored(
            12.5,
            shape(
                W,
                "0,4.7 0.5,5.6 0.6,7 1,7.4 1,7.7 2.2,7.7 2.2,7.4 2.5,7.2 2.5,6.6 3,5.8 3.5,6.6 "
                "3.5,7.2 4,7.4 4,8 3.8,9.2 4.2,9.4 4.2,9.9 4.7,9.9 4.7,10.4 5.2,10.4 5.2,11.3 "
                "0,11.3",
            ),
            *(
                line("#5A5A5A", 0.09, (0, y), (x, y))
                for x, y in ((3.8, 8.1), (4, 9.3), (4.6, 10), (5, 10.5))
            ),
            *(line("#5A5A5A", 0.09, (x, 8.2), (x, 9.2)) for x in (0.9, 1.3, 1.7, 2.1, 2.5, 3.5)),
        ),
    ),
    "cn": flag_of(
        30,
        20,
        plain("#DE2910"),
        star("#FFDE00", 5, 5, 3),
        *(
            star("#FFDE00", x, y, 1, turn=turn)
            for x, y, turn in ((10, 2, 23), (12, 4, 45.9), (12, 7, 70), (10, 9, 20.7))
        ),
    ),
    "tl": flag_of(
        120,
        60,
        plain("#DC241F"),
        hoist_triangle("#FFC726", 60),
        hoist_triangle(K, 40),
        star(W, 13.5, 30, 10.6, turn=-24),
    ),
    "in": flag_of(
        225,
        150,
        horizontal("#FF9933", W, "#128807"),
        ring("#000088", 112.5, 75, 20, 2.5),
        disc("#000088", 112.5, 75, 3.5),
        around(112.5, 75, 24, shape("#000088", "-0.6,-7 0,-18 0.6,-7 0,0")),
    ),
    "id": flag_of(3, 2, horizontal("#CE1126", W)),
    "ir": flag_of(
        63,
        36,
        horizontal("#239F40", W, "#DA0000"),
        *(
            box(W, 0.3 + 1.43 * i, y, 1.2 + 1.43 * i, y + 0.5)
            for i in range(44)
            for y in (10.4, 11.3, 24.2, 25.1)
        ),
        at(
            31.5,
            18,
            1,
            shape("#DA0000", "0,-3.6 0.5,-2.6 0.4,3.4 0,4.6 -0.4,3.4 -0.5,-2.6"),
            mirrored(
                0,
                crescent("#DA0000", 0.9, -0.3, 3.9, -0.1, 3.55, -0.8),
                crescent("#DA0000", 0.7, -0.2, 2.4, -0.3, 2.2, -0.9),
                shape("#DA0000", "0,-3.9 0.9,-4.5 1.3,-4.1 0.4,-3.6"),
            ),
        ),
    ),
    "jp": flag_of(3, 2, plain(W), disc("#BC002D", 1.5, 1, 0.6)),
    "jo": flag_of(
        840,
        420,
        horizontal(K, W, "#007A3D"),
        hoist_triangle("#CE1126", 420),
        star(W, 129.8, 210, 30, 7, 0.44),
    ),
    "la": flag_of(
        60, 40, horizontal("#CE1126", "#002868", "#CE1126", weights=(1, 2, 1)), disc(W, 30, 20, 8)
    ),
    "my": flag_of(
        2800,
        1400,
        horizontal(*(("#CC0001", W) * 7)),
        box("#010066", 0, 0, 1400, 800),
        crescent("#FFCC00", 576, 400, 300, 651.7, 266, 400.8),
        star("#FFCC00", 875, 400, 249, 14, 0.45),
    ),
    "mv": flag_of(
        72, 48, plain("#D21034"), box("#007E3A", 12, 12, 60, 36), crescent(W, 39, 24, 8, 42, 8)
    ),
    "mn": flag_of(
        960,
        480,
        vertical("#C4272F", "#015197", "#C4272F"),
        at(
            160,
            0,
            1,
            bars(
                "#F9CF02",
                (-88, 216, -48, 408),
                (48, 216, 88, 408),
                (-40, 248, 40, 264),
                (-40, 360, 40, 376),
            ),
            shape("#F9CF02", "-40,216 40,216 0,240"),
            shape("#F9CF02", "-40,384 40,384 0,408"),
            ring("#F9CF02", 0, 312, 40, 7),
            disc("#F9CF02", 0, 297, 13),
            disc("#F9CF02", 0, 327, 13),
            crescent("#F9CF02", 0, 164, 44, 0, 48, 144),
            disc("#F9CF02", 0, 152, 32),
            shape("#F9CF02", "-20,96 -16,66 -8,84 0,50 8,84 16,66 20,96 0,112"),
        ),
    ),
    "mm": flag_of(18, 12, horizontal("#FECB00", "#34B233", "#EA2839"), star(W, 9, 6.42, 4.42)),
    "np": flag_of(
        71.571,
        87.246,
        at(
            17.582,
            4.664,
            1,
            shape("#003893", "-17.58,-4.66 53.99,40.16 8.81,40.16 51.23,82.58 -17.58,82.58"),
            shape("#DC143C", "-15,0 45,37.57 2.57,37.57 45,80 -15,80"),
            crescent(W, 0, 23.48, 11.95, 0, 12.84, 18.78),
            at(0, 29.04, 1, rays(W, 7.72, 16, 1.2), disc(W, 0, 0, 5.56)),
            at(0, 58.79, 1, rays(W, 12.84, 12, 3), disc(W, 0, 0, 8.14)),
        ),
    ),
    "kp": flag_of(
        72,
        36,
        horizontal("#024FA2", W, "#ED1C27", W, "#024FA2", weights=(6, 1, 22, 1, 6)),
        disc(W, 24, 18, 8),
        star("#ED1C27", 24, 18, 7.75),
    ),
    "pk": flag_of(
        120,
        80,
        plain("#01411C"),
        box(W, 0, 0, 30, 80),
        crescent(W, 75, 40, 24, 82.9, 22, 33.7),
        star(W, 87, 29.4, 8, turn=12),
    ),
    "ph": flag_of(
        180,
        90,
        horizontal("#0038A8", "#CE1126"),
        hoist_triangle(W, 77.94),
        at(
            28,
            45,
            1,
            disc("#FCD116", 0, 0, 9),
            around(
                0,
                0,
                8,
                shape("#FCD116", "-1.2,0 -1.2,-17.9 0,-19 1.2,-17.9 1.2,0"),
                shape("#FCD116", "-1.6,0 -3.9,-16.2 -2.2,-17"),
                shape("#FCD116", "1.6,0 3.9,-16.2 2.2,-17"),
            ),
        ),
        star("#FCD116", 64, 45, 5, turn=90),
        star("#FCD116", 7.2, 12.2, 5, turn=-30),
        star("#FCD116", 7.2, 77.8, 5, turn=210),
    ),
    "sg": flag_of(
        4320,
        2880,
        horizontal("#ED2939", W),
        crescent(W, 940, 720, 541.5, 1140, 511.7),
        *(
            star(W, x, y, 122)
            for x, y in ((933.6, 617), (1222.5, 403), (1510.8, 617), (1402.8, 960), (1041.6, 960))
        ),
    ),
    "kr": flag_of(
        72,
        48,
        plain(W),
        at(
            36,
            24,
            1,
            _trigram((True, True, True)),
            at(0, 0, 1, _trigram((False, False, False)), turn=180),
            sector("#CD2E3A", 0, 0, 12, 0, 360),
            sector("#0047A0", 0, 0, 12, 90, 270),
            disc("#CD2E3A", 0, -6, 6),
            disc("#0047A0", 0, 6, 6),
            turn=-56.31,
        ),
        at(
            36,
            24,
            1,
            _trigram((True, False, True)),
            at(0, 0, 1, _trigram((False, True, False)), turn=180),
            turn=-123.69,
        ),
    ),
    "lk": flag_of(
        120,
        60,
        plain("#FFB700"),
        box("#005641", 5, 5, 21.5, 55),
        box("#FF5B00", 21.5, 5, 38, 55),
        box("#8D2029", 43, 5, 115.5, 55),
        *(
            at(x, y, 1, shape("#FFB700", "0,0 0,-5 3,-3 5,0 3,3"), turn=turn)
            for x, y, turn in (
                (44.5, 6.5, 45),
                (114, 6.5, 135),
                (114, 53.5, 225),
                (44.5, 53.5, 315),
            )
        ),
        lion("#FFB700"),
    ),
    "th": flag_of(
        9,
        6,
        horizontal("#A51931", "#F4F5F8", "#2D2A4A", "#F4F5F8", "#A51931", weights=(1, 1, 2, 1, 1)),
    ),
    "vn": flag_of(30, 20, plain("#DA251D"), star("#FFFF00", 15, 10, 6)),
}

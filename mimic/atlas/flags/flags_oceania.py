"""Flags of Oceania.

Units and colours follow the construction sheets and government colour notices collected at
Wikimedia Commons and in the London 2012 and Tokyo 2020 flag manuals; the Southern Crosses of
Australia and New Zealand follow the Flags Act 1953 and the notice of 27 June 1902.
"""

from __future__ import annotations

import math

from mimic.atlas.flags.flag_animals import bird_of_paradise, frigatebird
from mimic.atlas.flags.flag_cloth import Flag, Layer, at, flag_of, group
from mimic.atlas.flags.flag_emblems import bars, rays, shield, union_jack
from mimic.atlas.flags.flag_parts import (
    box,
    disc,
    hoist_triangle,
    horizontal,
    line,
    plain,
    plus,
    polygon,
    sector,
    shape,
    star,
    stars,
)

W, K = "#FFFFFF", "#000000"


def _wave(
    colour: str, width: float, y: float, thickness: float, swing: float, period: float
) -> Layer:
    """A band across the cloth that rises and falls by `swing` about `y`."""
    xs = [width * i / 160 for i in range(161)]
    heave = [y - swing * math.cos(2 * math.pi * (x / period + 0.05)) for x in xs]
    top = [(x, middle - thickness / 2) for x, middle in zip(xs, heave, strict=True)]
    foot = [(x, middle + thickness / 2) for x, middle in zip(xs, heave, strict=True)]
    return polygon(colour, *top, *reversed(foot))


def _bordered(x: float, y: float, outer: float, inner: float) -> Layer:
    """A red star with a white edge, as on New Zealand's flag."""
    return group(star(W, x, y, outer), star("#C8102E", x, y, inner))


OCEANIA: dict[str, Flag] = {
    "au": flag_of(
        10080,
        5040,
        plain("#012169"),
        union_jack(5040, 2520),
        star(W, 2520, 3780, 756, 7, 4 / 9),
        *(
            star(W, x, y, 360, 7, 4 / 9)
            for x, y in ((7560, 840), (6300, 2205), (8680, 1869), (7560, 4200))
        ),
        star(W, 8064, 2730, 210, 5, 4 / 9),
    ),
    "fj": flag_of(
        1200,
        600,
        plain("#69B3E7"),
        union_jack(600, 300),
        at(
            900,
            300,
            1,
            shield("#5A3A1A", 124, -159, 160),
            shield(W, 121, -156, 157),
            bars("#C8102E", (-121, -156, 121, -88), (-17, -90, 17, 155), (-120, 0, 120, 34)),
            line("#FFCD00", 22, (-80, -122), (70, -126)),
            line("#FFCD00", 12, (60, -140), (82, -112)),
            line("#2E8B3E", 26, (-70, -70), (-70, -15)),
            line("#2E8B3E", 20, (40, -60), (95, -30)),
            line("#9A9A9A", 16, (-85, 70), (-40, 60)),
            line("#2E8B3E", 24, (45, 65), (75, 85)),
        ),
    ),
    "ki": flag_of(
        600,
        300,
        plain("#C81010"),
        at(300, 156, 1, rays("#F8D000", 91, 34, 9)),
        disc("#F8D000", 300, 156, 51),
        box("#183070", 0, 164, 600, 300),
        *(_wave(W, 600, y, 24, 6, 120) for y in (168, 216, 264)),
        frigatebird("#F8D000"),
    ),
    "mh": flag_of(
        570,
        300,
        plain("#003893"),
        shape(W, "0,296 0,288 570,35 570,122.4"),
        shape("#DD7500", "0,290.4 0,285.6 570,4.8 570,63.6"),
        at(109.5, 109.5, 1, rays(W, 66.6, 24, 6.8), rays(W, 93, 4, 5.6)),
    ),
    "fm": flag_of(
        38,
        20,
        plain("#75B2DD"),
        *(at(19, 10, 1, star(W, 0, -6, 2), turn=t) for t in (0, 90, 180, 270)),
    ),
    "nr": flag_of(
        600,
        300,
        plain("#002B7F"),
        box("#FFC61E", 0, 137.5, 600, 162.5),
        star(W, 150, 212.5, 50, 12, 0.5),
    ),
    "nz": flag_of(
        1200,
        600,
        plain("#012169"),
        union_jack(600, 300),
        _bordered(900, 120, 45.4, 30),
        _bordered(759, 258, 45.4, 30),
        _bordered(1018, 223, 40.4, 25),
        _bordered(900, 480, 50.4, 35),
    ),
    "pw": flag_of(8, 5, plain("#4AADD6"), disc("#FFDE00", 3.5, 2.5, 1.5)),
    "pg": flag_of(
        40,
        30,
        plain(K),
        shape("#CE1126", "0,0 40,0 40,30"),
        stars(W, 2, (10, 11.3), (5.4, 16.6), (14.6, 15.9), (10, 25)),
        star(W, 12, 20.8, 1),
        bird_of_paradise("#FCD116"),
    ),
    "ws": flag_of(
        2880,
        1440,
        plain("#CE1126"),
        box("#002B7F", 0, 0, 1440, 720),
        star(W, 720, 114, 84),
        star(W, 500, 294, 84),
        star(W, 945, 259, 79),
        star(W, 830, 417.5, 52.6),
        star(W, 720, 605, 105),
    ),
    "sb": flag_of(
        800,
        400,
        plain("#0051BA"),
        shape("#215B33", "800,0 800,400 0,400"),
        line("#FCD116", 36, (-40, 420), (840, -20)),
        stars(W, 40, (140, 120), (61, 52), (219, 52), (61, 188), (219, 188)),
    ),
    "to": flag_of(96, 48, plain("#C10000"), box(W, 0, 0, 40, 24), plus("#C10000", 20, 12, 9, 6)),
    "tv": flag_of(
        1200,
        600,
        plain("#009CDE"),
        union_jack(600, 300),
        stars("#FEDD00", 50, (645, 541), (996, 390), (1103, 321.6), (1103, 87.5)),
        *(
            star("#FEDD00", x, y, 50, turn=180)
            for x, y in ((788, 504.5), (788, 382.5), (914, 473.7), (914, 208.3), (1020, 172))
        ),
    ),
    "vu": flag_of(
        950,
        570,
        horizontal("#D21034", "#009543"),
        hoist_triangle(K, 552.8),
        box(K, 0, 234, 950, 336),
        shape("#FDCE12", "0,40.5 474.25,285 0,529.5"),
        box("#FDCE12", 400, 270, 950, 300),
        shape(K, "0,74.25 408.78,285 0,495.75"),
        sector("#FDCE12", 124, 285, 76, -180, 100, 54),
        sector("#FDCE12", 117, 285, 68, 90, 180, 40),
        sector("#FDCE12", 117, 285, 62, 180, 270, 44),
        line("#FDCE12", 15, (92, 315), (146, 255)),
        line("#FDCE12", 15, (92, 258), (146, 312)),
    ),
}

"""Flags of western and central Asia.

Units and colours follow the construction sheets and government colour notices collected at
Wikimedia Commons and in the London 2012 and Tokyo 2020 flag manuals; Syria's is that of the
constitutional declaration of March 2025, Kyrgyzstan's that of the law of December 2023.
"""

from __future__ import annotations

from mimic.atlas.flags.flag_animals import dragon
from mimic.atlas.flags.flag_cloth import Flag, Layer, at, flag_of, mirrored
from mimic.atlas.flags.flag_emblems import bars, rays, script
from mimic.atlas.flags.flag_parts import (
    box,
    crescent,
    cross,
    disc,
    horizontal,
    line,
    plain,
    polygon,
    sector,
    shape,
    star,
    stars,
)

W, K = "#FFFFFF", "#000000"


def _serrated(white: float, tip: float, height: float, teeth: int) -> Layer:
    """The white hoist of Bahrain and Qatar, with its teeth towards the fly."""
    step = height / teeth
    edge = [p for i in range(teeth) for p in ((tip, (i + 0.5) * step), (white, (i + 1) * step))]
    return polygon(W, (0, 0), (white, 0), *edge, (0, height))


def _olive_branches(colour: str) -> Layer:
    """The two branches below the island of Cyprus, in units of 900 x 600."""
    stem = line(colour, 4, (-16, 505), (40, 488), (95, 455), (130, 400))
    leaves = [
        at(x, y, 1, shape(colour, "-18,0 -4,-6 14,-2 18,0 4,6"), turn=turn)
        for x, y, turn in (
            (30, 480, 8), (36, 502, -25), (56, 462, 12), (68, 488, -30), (80, 444, 5),
            (98, 468, -38), (104, 424, -20), (122, 446, -50), (124, 398, -45), (142, 414, -70),
            (142, 378, -70),
        )
    ]  # fmt: skip
    return mirrored(450, stem, *leaves)


WEST_ASIA: dict[str, Flag] = {
    "am": flag_of(2, 1, horizontal("#D90012", "#0033A0", "#F2A800")),
    "az": flag_of(
        1200,
        600,
        horizontal("#00B9E4", "#ED2939", "#3F9C35"),
        crescent(W, 580, 300, 90, 600, 75),
        star(W, 680, 300, 50, 8, 0.571),
    ),
    "bh": flag_of(1500, 900, plain("#CE1126"), _serrated(375, 600, 900, 5)),
    "bd": flag_of(20, 12, plain("#006A4E"), disc("#F42A41", 9, 6, 4)),
    "bt": flag_of(90, 60, plain("#FFD520"), shape("#FF4E12", "90,0 90,60 0,60"), dragon(W)),
    "bn": flag_of(
        144,
        72,
        plain("#F7E017"),
        shape(W, "0,4 144,36.5 144,52 0,20"),
        shape(K, "0,20 144,52 144,67.5 0,36"),
        at(
            72,
            36,
            1,
            crescent("#CF1126", 0, 2, 15, 0, 14, -3),
            line("#CF1126", 2, (0, 16), (0, -18)),
            shape("#CF1126", "-8,-7 -3,-3 -1,-7 1,-7 3,-3 8,-7 5,1 -5,1"),
            shape("#CF1126", "-6,-12 6,-12 3,-15.5 -3,-15.5"),
            shape("#CF1126", "-1.2,-20 1.2,-20 1.2,-15 -1.2,-15"),
            mirrored(
                0, shape("#CF1126", "16,15 15.4,4 17,-4 18.6,-9 21,-4 23,-7 24,-2 21,6 20.4,15")
            ),
            shape("#CF1126", "-15,15 -8,18 8,18 15,15 15,18 8,21 -8,21 -15,18"),
            shape("#F7E017", "-11,9 -5,13.4 5,13.4 11,9 10,11 5,15 -5,15 -10,11"),
        ),
    ),
    "cy": flag_of(
        900,
        600,
        plain(W),
        shape(
            "#D57800",
            "237,255 250,258 280,250 282,236 300,231 330,232 352,222 366,212 374,196 "
            "375,177 392,186 430,190 470,191 520,188 545,183 552,168 575,158 610,152 650,135 "
            "690,115 724,105 715,118 690,132 660,152 638,166 628,180 605,190 590,196 582,215 "
            "588,240 612,268 618,282 602,284 590,276 575,272 555,274 545,285 528,284 526,310 "
            "500,325 470,340 455,352 430,350 408,358 398,366 396,380 384,375 372,362 340,352 "
            "300,356 270,350 250,330 255,310 248,296 236,268",
        ),
        _olive_branches("#435125"),
    ),
    "ge": flag_of(
        300,
        200,
        plain(W),
        cross("#FF0000", 150, 100, 40),
        *(
            at(
                x,
                y,
                1,
                *(
                    at(0, 0, 1, shape("#FF0000", "-4,0 -9,-19.5 9,-19.5 4,0"), turn=t)
                    for t in (0, 90, 180, 270)
                ),
            )
            for x in (64.5, 235.5)
            for y in (39.5, 160.5)
        ),
    ),
    "iq": flag_of(
        90,
        60,
        horizontal("#CE1126", W, K),
        # God is great, in straight Kufic strokes, from right to left.
        script(
            "#007A3D",
            1.7,
            "61.4,34 60.4,25.4",
            "58,25.6 58,33.2 52.4,33.2 52.4,31.4 53.8,31.4 53.8,33",
            "56,26 56,33",
            "47,33.4 45.6,25.2",
        ),
        script(
            "#007A3D",
            1.6,
            "42.6,33.2 29,33.2 28.4,34.6 27.2,35.6",
            "42.6,33.2 42.6,30.4 35.4,30.4 40,25.4",
            "31,31.4 31,33",
        ),
        disc("#007A3D", 31.6, 35.3, 0.7),
        line("#007A3D", 0.8, (53.6, 25), (54.8, 26), (55, 24.6)),
    ),
    "il": flag_of(
        1100,
        800,
        plain(W),
        bars("#0038B8", (0, 75, 1100, 200), (0, 600, 1100, 725)),
        line("#0038B8", 27.5, (423.8, 472.9), (676.2, 472.9), (550, 254.3), closed=True),
        line("#0038B8", 27.5, (423.8, 327.1), (676.2, 327.1), (550, 545.7), closed=True),
    ),
    "kz": flag_of(
        100,
        50,
        plain("#00AFCA"),
        *(
            at(
                6.2,
                3.9 + 3.84 * i,
                1,
                shape("#FEC50C", "0,-2 2.4,0 0,2 -2.4,0"),
                shape("#00AFCA", "0,-0.9 1.1,0 0,0.9 -1.1,0"),
            )
            for i in range(12)
        ),
        at(
            53.4,
            20.5,
            1,
            rays("#FEC50C", 11, 32, 0.8),
            disc("#00AFCA", 0, 0, 8.2),
            disc("#FEC50C", 0, 0, 7.4),
        ),
        mirrored(
            53.4,
            shape(
                "#FEC50C",
                "0,33 3,35.2 8,34.6 12,31.6 14.6,27 16.2,22.4 15.6,28 12.4,33.6 8,37 "
                "3,37.6 1.6,40.4 0,41",
            ),
        ),
    ),
    "kw": flag_of(12, 6, horizontal("#007A3D", W, "#CE1126"), shape(K, "0,0 3,2 3,4 0,6")),
    "kg": flag_of(
        100,
        60,
        plain("#FF0000"),
        at(
            50,
            30,
            1,
            rays("#FFF22D", 18, 40, 1.6),
            disc("#FF0000", 0, 0, 12.4),
            disc("#FFF22D", 0, 0, 11.8),
            disc("#FF0000", 0, 0, 9.8),
            disc("#FFF22D", 0, 0, 8.8),
            mirrored(
                0,
                *(
                    line(
                        "#FF0000", 0.8, (-7.4 + d, 5.2 + d), (-1 + d, -2.4 + d), (6.2 + d, -7.4 + d)
                    )
                    for d in (-0.6, 1, 2.6)
                ),
            ),
        ),
    ),
    "lb": flag_of(
        90,
        60,
        horizontal("#ED1C24", W, "#ED1C24", weights=(1, 2, 1)),
        mirrored(
            45,
            shape(
                "#00A651",
                "0,15.6 3.4,18.4 2,19.4 7,21.4 3.6,22.8 10,25.6 6,26.8 13.4,31 7.4,31.4 "
                "15.4,36.6 10,36.4 15,40.4 8,38.6 3,38.4 1.6,41 3.6,44.6 0,44.6",
            ),
        ),
        *(
            line(W, 0.5, (45 - x, y), (45 + 0.3 * x, y + 0.8), (45 + x, y - 0.6))
            for x, y in ((2, 21.6), (3.6, 25.4), (4.6, 30), (6, 35))
        ),
    ),
    "om": flag_of(
        84,
        42,
        horizontal(W, "#DB161B", "#008000"),
        box("#DB161B", 0, 0, 21, 42),
        line(W, 1, (5.2, 2.6), (16.4, 14)),
        line(W, 1, (16, 2.6), (4.8, 14)),
        line(W, 1.6, (4.8, 14), (6.8, 12)),
        line(W, 1.6, (16.4, 14), (14.4, 12)),
        shape(W, "9.2,1.6 12,1.6 11.4,5 12.4,8.6 13,12.6 10.2,10.6 9,7.6 9.8,5"),
        line(W, 0.9, (6.4, 6.4), (10.6, 7.4), (14.8, 6.4)),
    ),
    "qa": flag_of(1400, 550, plain("#8D1B3D"), _serrated(400, 500, 550, 9)),
    "sa": flag_of(
        90,
        60,
        plain("#006C35"),
        # The creed is set down as the weight and rhythm of its strokes, not letter by letter.
        script(
            W,
            1.1,
            "64.6,15 63.6,25.6 61.4,27",
            "62,16 58.6,24.6 60.6,27 63,25",
            "57.6,14.6 57,24",
            "55.4,15.4 54.8,25 51.4,26.6",
            "53,15 52.6,24",
            "50,15.4 46.8,24.4 49,26.4 51.6,25",
            "45.4,14.8 45,24.6",
            "43,16 42.6,25 40.4,26.6",
            "40.4,15.4 40,24 37.6,25.4 36,23.6",
            "37.4,15 36.4,21",
            "33.4,17.6 33,23.4 30.4,25.4 28,23.6",
        ),
        script(
            W,
            1.1,
            "65,29.4 61,31.4 57.6,29",
            "58.6,27.4 54.6,30.8 50.6,29",
            "51,27.6 48,31.2 44.6,29.6",
            "45.6,27.6 43,31.4 39,32.6",
            "40.6,28.4 36.6,30.4 33,29.2",
            "35,26.6 31.4,30.6 26.4,31.4",
            "31,27 27.4,28.2 25.6,26",
            "26.4,18 26.2,23 24.6,24.4",
        ),
        *(
            disc(W, x, y, 0.8)
            for x, y in (
                (60, 21),
                (48, 19),
                (35, 19),
                (30, 20),
                (47, 33),
                (62, 33.4),
                (29, 33.4),
                (55.6, 28),
            )
        ),
        shape(W, "28.5,42 34,43.2 57,43 57,44.4 38,44.8 32,44"),
        box(W, 56.8, 41.6, 57.8, 45.8),
        line(W, 1.6, (57, 43.6), (61, 44)),
    ),
    "sy": flag_of(
        90,
        60,
        horizontal("#007A3D", W, K),
        stars("#CE1126", 7.5, (22.5, 30.5), (45, 30.5), (67.5, 30.5)),
    ),
    "tj": flag_of(
        140,
        70,
        horizontal("#CC0000", W, "#006600", weights=(2, 3, 2)),
        at(
            70,
            38,
            1,
            *(at(0, 0, 1, star("#F8C300", 0, -14, 2.5), turn=t) for t in range(-90, 91, 30)),
            mirrored(
                0,
                shape("#F8C300", "0,-6.5 2,-6.3 3,-4.4 1,-4.6 0.6,1 0,1"),
                sector("#F8C300", 3.8, -0.5, 3.9, 0, 90, 2.4),
                sector("#F8C300", 9.4, 1.4, 4.2, 0, 160, 2.6),
                *(
                    shape(
                        "#F8C300", f"{x},{8.4 + x / 9} {x + 1.8},{6 + x / 9} {x + 3},{8.8 + x / 9}"
                    )
                    for x in (-1.5, 2.4, 6)
                ),
            ),
            sector("#F8C300", 0, 42, 34.8, -107, -73, 33.2),
        ),
    ),
    "tr": flag_of(
        1200,
        800,
        plain("#E30A17"),
        crescent(W, 425, 400, 200, 475, 160),
        star(W, 683.3, 400, 100, turn=-90),
    ),
    "tm": flag_of(
        90,
        60,
        plain("#00843D"),
        box("#C8313E", 10.5, 0, 27, 60),
        *(
            at(
                18.75,
                6 + 12 * i,
                1,
                shape(W, "-6.4,0 -4.6,-3 -2,-4.4 2,-4.4 4.6,-3 6.4,0 4.6,3 2,4.4 -2,4.4 -4.6,3"),
                shape(
                    "#9A1F2B",
                    "-5.6,0 -4,-2.5 -1.8,-3.7 1.8,-3.7 4,-2.5 5.6,0 4,2.5 1.8,3.7 -1.8,3.7 -4,2.5",
                ),
                *(
                    shape(c, p)
                    for c, p in (
                        ("#00843D", "0,0 -4.4,0 -3,-2.2 0,-3"),
                        ("#00843D", "0,0 4.4,0 3,2.2 0,3"),
                        ("#F4A300", "-1.6,0 0,-1.4 1.6,0 0,1.4"),
                    )
                ),
                *(shape("#F4A300", f"{x},5 {x + 1},6 {x},7 {x - 1},6") for x in (-5, 0, 5)),
            )
            for i in range(5)
        ),
        *(
            at(x, 1.5 + 3 * i, 1, shape("#F4A300", "0,-0.9 0.6,0 0,0.9 -0.6,0"))
            for i in range(20)
            for x in (11.4, 26.1)
        ),
        crescent(W, 41, 13.4, 8, 38.6, 7.6, 11.2),
        stars(W, 1.7, (32.6, 9.8), (35, 6.8), (39.2, 7.2), (37.6, 11), (33.8, 13.4)),
    ),
    "ae": flag_of(12, 6, horizontal("#00732F", W, K), box("#FF0000", 0, 0, 3, 6)),
    "uz": flag_of(
        500,
        250,
        horizontal("#0099B5", "#CE1126", W, "#CE1126", "#1EB53A", weights=(80, 5, 80, 5, 80)),
        crescent(W, 70, 40, 30, 80, 30),
        stars(
            W,
            6,
            *(
                (112 + 24 * i, 64 - 24 * j)
                for j, n in enumerate((5, 4, 3))
                for i in ((-1, 0, 1, 2, 3)[5 - n :] if n < 5 else (-1, 0, 1, 2, 3))
            ),
        ),
    ),
    "ye": flag_of(3, 2, horizontal("#CE1126", W, K)),
}

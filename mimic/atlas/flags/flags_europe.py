"""Flags of Europe.

Units and colours follow the construction sheets and government colour notices collected at
Wikimedia Commons and in the London 2012 and Tokyo 2020 flag manuals.
"""

from __future__ import annotations

from mimic.atlas.flags.flag_animals import eagle
from mimic.atlas.flags.flag_cloth import Flag, at, canton, flag_of, inside, mirrored
from mimic.atlas.flags.flag_emblems import bars, crown, shield, shield_outline, union_jack, wreath
from mimic.atlas.flags.flag_parts import (
    box,
    cross,
    disc,
    hoist_triangle,
    horizontal,
    line,
    plain,
    plus,
    ring,
    shape,
    star,
    stars,
    vertical,
)

W, K = "#FFFFFF", "#000000"


EUROPE: dict[str, Flag] = {
    "al": flag_of(140, 100, plain("#FF0000"), at(70, 49.5, 31, eagle(K, heads=2))),
    "ad": flag_of(
        200,
        140,
        vertical("#10069F", "#FEDD00", "#D50032", weights=(32, 36, 32)),
        at(
            100,
            70,
            1,
            shape(
                "#C7B37F",
                "-24,-28 -12,-27 0,-32 12,-27 24,-28 22,-18 29,-8 26,6 29,18 20,26 8,27 "
                "0,32 -8,27 -20,26 -29,18 -26,6 -29,-8 -22,-18",
            ),
            shield("#7A5B33", 20.6, -21.6, 23.6, 0.7),
            shield("#D50032", 19.6, -20.6, 22.6, 0.7),
            bars("#FEDD00", (0, -20.6, 19.6, 0), (0, 1.4, 18, 16)),
            bars("#D50032", *((x, -20.6, x + 2.6, 0) for x in (3, 8, 13))),
            bars("#FEDD00", *((x, 1.4, x + 2, 16) for x in (-16.4, -12.4, -8.4, -4.4))),
            bars("#D50032", (3, 4, 13, 6.6), (4, 10, 14, 12.6)),
            shape("#FEDD00", "-13,-3 -14,-12 -10,-18 -6,-12 -7,-3"),
            shape(W, "-11.4,-4 -11.4,-12 -8.6,-12 -8.6,-4"),
        ),
    ),
    "at": flag_of(3, 2, horizontal("#ED2939", W, "#ED2939")),
    "by": flag_of(
        18,
        9,
        horizontal("#C8313E", "#4AA657", weights=(2, 1)),
        box(W, 0, 0, 2, 9),
        *(
            at(
                1,
                0.75 + 1.5 * i,
                1,
                shape("#C8313E", "0,-0.74 0.72,0 0,0.74 -0.72,0"),
                shape(W, "0,-0.42 0.42,0 0,0.42 -0.42,0"),
                shape("#C8313E", "0,-0.26 0.26,0 0,0.26 -0.26,0"),
                mirrored(
                    0,
                    shape("#C8313E", "1,-0.5 1,0.5 0.82,0"),
                    shape("#C8313E", "1,-0.75 0.4,-0.75 0.7,-0.48"),
                    shape("#C8313E", "1,0.75 0.4,0.75 0.7,0.48"),
                    shape(W, "0.86,-0.75 0.6,-0.75 0.72,-0.62"),
                    shape(W, "0.86,0.75 0.6,0.75 0.72,0.62"),
                ),
            )
            for i in range(6)
        ),
    ),
    "be": flag_of(15, 13, vertical(K, "#FAE042", "#ED2939")),
    "ba": flag_of(
        16,
        8,
        plain("#002395"),
        shape("#FECB00", "4.24,0 12.24,0 12.24,8"),
        stars(W, 0.76, *((2.8 + i, -0.09 + i) for i in range(9))),
    ),
    "bg": flag_of(5, 3, horizontal(W, "#00966E", "#D62612")),
    "hr": flag_of(
        1200,
        600,
        horizontal("#FF0000", W, "#171796"),
        at(600, 0, 1, shield("#FF0000", 119, 199, 455, 0.54)),
        at(
            600,
            0,
            1,
            inside(
                shield_outline(115, 203, 450, 0.54),
                box(W, -116, 199, 116, 455),
                bars(
                    "#FF0000",
                    *(
                        (46 * c - 115, 203 + 50 * r, 46 * c - 69, 253 + 50 * r)
                        for r in range(5)
                        for c in range(5)
                        if (r + c) % 2 == 0
                    ),
                ),
            ),
        ),
        *(
            at(
                600 + 49 * i,
                148 + 8 * i * i - 2 * abs(i),
                1,
                shape(W, "-27,-36 0,-44 27,-36 22,42 -22,42"),
                shape(colour, "-24,-33 0,-40 24,-33 20,42 -20,42"),
                shape(charge, "-12,-14 12,-14 10,4 -10,4"),
                turn=9 * i,
            )
            for i, colour, charge in (
                (-2, "#0093DD", "#F7DB17"),
                (-1, "#171796", "#FF0000"),
                (0, "#0093DD", "#F7DB17"),
                (1, "#171796", "#F7DB17"),
                (2, "#0093DD", "#FF0000"),
            )
        ),
    ),
    "cz": flag_of(90, 60, horizontal(W, "#D7141A"), hoist_triangle("#11457E", 45)),
    "dk": flag_of(37, 28, plain("#C60C30"), cross(W, 14, 14, 4)),
    "ee": flag_of(33, 21, horizontal("#4891D9", K, W)),
    "fi": flag_of(18, 11, plain(W), cross("#003580", 6.5, 5.5, 3)),
    "fr": flag_of(3, 2, vertical("#002395", W, "#ED2939")),
    "de": flag_of(5, 3, horizontal(K, "#DD0000", "#FFCE00")),
    "gr": flag_of(
        27,
        18,
        horizontal(*(("#0D5EAF", W) * 4), "#0D5EAF"),
        canton(10, 10, plain("#0D5EAF"), cross(W, 5, 5, 2)),
    ),
    "hu": flag_of(2, 1, horizontal("#CD2A3E", W, "#436F4D")),
    "is": flag_of(25, 18, plain("#003897"), cross(W, 9, 9, 4), cross("#D72828", 9, 9, 2)),
    "ie": flag_of(2, 1, vertical("#169B62", W, "#FF883E")),
    "it": flag_of(3, 2, vertical("#009246", W, "#CE2B37")),
    "lv": flag_of(2, 1, horizontal("#9E3039", W, "#9E3039", weights=(2, 1, 2))),
    "li": flag_of(
        100,
        60,
        horizontal("#002B7F", "#CE1126"),
        at(
            22,
            15,
            1,
            shape("#FFD83D", "-8,7 -9,2 -10,-2 -7,-4.6 -3,-4.4 0,-6.4 3,-4.4 7,-4.6 10,-2 9,2 8,7"),
            mirrored(0, disc("#002B7F", 6.4, -1.2, 2.2, 1.6), disc("#002B7F", 2.2, -1.4, 1.3, 2)),
            line("#5A4300", 0.6, (-8, 4.6), (8, 4.6)),
            line("#FFD83D", 1.2, (0, -9.4), (0, -6)),
            line("#FFD83D", 1.2, (-1.5, -8), (1.5, -8)),
        ),
    ),
    "lt": flag_of(5, 3, horizontal("#FDB913", "#006A44", "#C1272D")),
    "lu": flag_of(5, 3, horizontal("#ED2939", W, "#00A1DE")),
    "mt": flag_of(
        90,
        60,
        vertical(W, "#CF142B"),
        plus("#CF142B", 10.8, 10.8, 8.4, 5),
        plus("#BDBDBD", 10.8, 10.8, 7.8, 4),
        disc("#9A9A9A", 10.8, 10.8, 3),
    ),
    "md": flag_of(
        200,
        100,
        vertical("#0046AE", "#FFD200", "#CC092F"),
        at(100, 51, 27, eagle("#6B3E24")),
        at(
            100,
            50,
            1,
            shield("#FFD200", 10.6, -9.6, 18.6),
            shield("#0046AE", 9.8, -8.8, 17.8),
            box("#CC092F", -9.8, -8.8, 9.8, 3.6),
            star("#FFD200", 0, -4.6, 3.4, 8, 0.5),
            shape("#FFD200", "-4,-2 -2.4,3 2.4,3 4,-2 4.4,4 2.6,8 1.6,12 -1.6,12 -2.6,8 -4.4,4"),
            mirrored(0, disc("#FFD200", 6.4, 8, 1.6)),
        ),
    ),
    "mc": flag_of(5, 4, horizontal("#CE1126", W)),
    "me": flag_of(
        100,
        50,
        plain("#D3AE3B"),
        box("#C40308", 2.5, 2.5, 97.5, 47.5),
        at(50, 26.6, 14, eagle("#D3AE3B", heads=2)),
        at(50, 11.6, 3, crown("#D3AE3B", "#C40308")),
        at(
            50,
            26.6,
            1,
            shield("#1D5E91", 4, -4, 6),
            box("#6D8C3E", -3.6, 1.4, 3.6, 3),
            line("#D3AE3B", 1.6, (-2.4, 0), (2.4, 0)),
        ),
    ),
    "nl": flag_of(3, 2, horizontal("#AE1C28", W, "#21468B")),
    "mk": flag_of(
        56,
        28,
        plain("#D20000"),
        shape(
            "#FFE600",
            "0,0 8.4,0 28,13.5 47.6,0 56,0 28,14.01 56,28 47.6,28 28,14.5 8.4,28 0,28 28,14.01",
        ),
        shape("#FFE600", "0,11.2 28,14 0,16.8"),
        shape("#FFE600", "56,11.2 28,14 56,16.8"),
        shape("#FFE600", "25.2,0 28,12 30.8,0"),
        shape("#FFE600", "25.2,28 28,16 30.8,28"),
        disc("#D20000", 28, 14, 5),
        disc("#FFE600", 28, 14, 4),
    ),
    "no": flag_of(22, 16, plain("#EF2B2D"), cross(W, 8, 8, 4), cross("#002868", 8, 8, 2)),
    "pl": flag_of(16, 10, horizontal(W, "#DC143C")),
    "pt": flag_of(
        600,
        400,
        vertical("#006600", "#FF0000", weights=(2, 3)),
        at(
            240,
            200,
            1,
            *(ring(c, 0, 0, r, t) for c, r, t in (("#7A6A00", 100, 13), ("#FFFF00", 99, 11))),
            *(
                line(c, t, *points)
                for points in (
                    ((-84, -48), (-30, 4), (30, 40), (86, 42)),
                    ((-94, 8), (-50, 42), (0, 52), (50, 42), (94, 8)),
                    ((-84, -40), (-40, -58), (40, -58), (84, -40)),
                    ((0, -98), (0, 98)),
                )
                for c, t in (("#7A6A00", 13), ("#FFFF00", 11))
            ),
            shield(W, 60, -67, 72, 0.55),
            shield("#FF0000", 57, -64, 69, 0.55),
            shield(W, 34, -41, 45, 0.5),
            *(
                at(x, y, 1, shield("#003399", 8, -10, 10))
                for x, y in ((0, -24), (0, 2), (0, 28), (-21, 2), (21, 2))
            ),
            *(
                box("#FFFF00", x - 7, y - 7, x + 7, y + 7)
                for x, y in (
                    (-45, -52),
                    (0, -52),
                    (45, -52),
                    (-45, -8),
                    (45, -8),
                    (-33, 38),
                    (33, 38),
                )
            ),
        ),
    ),
    "ro": flag_of(3, 2, vertical("#002B7F", "#FCD116", "#CE1126")),
    "ru": flag_of(3, 2, horizontal(W, "#0039A6", "#D52B1E")),
    "sm": flag_of(
        400,
        300,
        horizontal(W, "#5EB6E4"),
        at(
            200,
            148,
            1,
            at(0, 8, 1, wreath("#4E8B3C", 58, 26, 62, 7)),
            shield("#D9A400", 40, -50, 56, 0.45),
            shield("#7DBDE8", 30, -40, 46, 0.45),
            shape("#4E8B3C", "-28,12 -14,-4 0,8 14,-4 28,12 20,32 0,46 -20,32"),
            bars(W, *((x - 4, -26, x + 4, 4) for x in (-14, 0, 14))),
            at(0, -74, 27, crown("#D9A400", "#7A1F1F")),
            line(W, 11, (-34, 62), (0, 70), (34, 62)),
        ),
    ),
    "rs": flag_of(
        1350,
        900,
        horizontal("#C6363C", "#0C4076", W),
        at(
            484,
            440,
            1,
            shield("#EDB92E", 178, -155, 316, 0.6),
            shield("#C6363C", 168, -146, 306, 0.6),
            at(0, 70, 165, eagle(W, heads=2)),
            shield("#C6363C", 50, -10, 130, 0.6),
            bars(W, (-9, -8, 9, 126), (-48, 36, 48, 54)),
            at(0, -258, 112, crown("#EDB92E", "#21231E")),
        ),
    ),
    "sk": flag_of(
        90,
        60,
        horizontal(W, "#0B4EA2", "#EE1C25"),
        at(
            31.6,
            30,
            1,
            shape(
                W,
                "-12.6,-15 12.6,-15 13.1,-8 13,0 10.8,7.6 6.4,12.8 0,16.4 -6.4,12.8 -10.8,7.6 "
                "-13,0 -13.1,-8",
            ),
            shape(
                "#EE1C25",
                "-11.5,-15 11.5,-15 12,-8 11.9,0 9.9,7 5.8,11.9 0,15 -5.8,11.9 -9.9,7 "
                "-11.9,0 -12,-8",
            ),
            bars(W, (-1.1, -12, 1.1, 6), (-4.9, -9, 4.9, -6.8), (-6.3, -4, 6.3, -1.8)),
            shape(
                "#0B4EA2",
                "-9.6,6.9 -6.6,4.8 -4,6.6 0,2.9 4,6.6 6.6,4.8 9.6,6.9 5.8,11.9 0,15 -5.8,11.9",
            ),
        ),
    ),
    "si": flag_of(
        1200,
        600,
        horizontal(W, "#005DA4", "#ED1C24"),
        at(
            300,
            200,
            1,
            shield("#ED1C24", 78, -105, 98),
            shield("#005DA4", 71, -105, 90),
            shape(W, "-58,30 -29,-10 -17,6 0,-32 17,6 29,-10 58,30 34,60 0,78 -34,60"),
            line("#005DA4", 6, (-40, 36), (-20, 42), (0, 36), (20, 42), (40, 36)),
            line("#005DA4", 6, (-34, 52), (-17, 58), (0, 52), (17, 58), (34, 52)),
            stars("#FFDD00", 13, (0, -62), (-22, -84), (22, -84), points=6),
        ),
    ),
    "es": flag_of(
        750,
        500,
        horizontal("#C60B1E", "#FFC400", "#C60B1E", weights=(1, 2, 1)),
        at(
            251,
            262,
            1.25,
            mirrored(
                0,
                box("#D8D8D8", 52, -34, 64, 60),
                box("#C8B100", 49, -42, 67, -34),
                box("#005BBF", 46, 60, 72, 67),
                line("#AD1519", 10, (44, 14), (74, -2)),
                line("#AD1519", 8, (46, 36), (72, 22)),
            ),
            shield("#AD1519", 42, -42, 70),
            shield("#DB4446", 40, -40, 68),
            box(W, 0, -40, 40, 12),
            shape("#DB4446", "10,-30 30,-30 25,4 14,4"),
            bars("#C8B100", (-28, -30, -12, -6), (8, 20, 30, 44)),
            bars("#FFC400", *((x, 12, x + 5, 56) for x in (-36, -26, -16, -6))),
            disc("#005BBF", 0, 12, 9, 11),
            at(0, -62, 25, crown("#C8B100", "#AD1519")),
        ),
    ),
    "se": flag_of(16, 10, plain("#006AA7"), cross("#FECC00", 6, 5, 2)),
    "ch": flag_of(32, 32, plain("#D52B1E"), plus(W, 16, 16, 10, 6)),
    "ua": flag_of(3, 2, horizontal("#005BBB", "#FFD500")),
    "gb": flag_of(60, 30, union_jack(60, 30)),
}

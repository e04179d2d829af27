"""What people look like and wear, and their heads."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from mimic.atlas.drawing import gear, gear_winter
from mimic.atlas.drawing.canvas import Canvas, arc
from mimic.atlas.drawing.paint import (
    INK,
    WHITE,
    apart,
    blob,
    choose,
    curve,
    dark,
    limb,
    mix,
    pale,
    readable,
)
from mimic.atlas.records import Rgb

SKINS: tuple[Rgb, ...] = (
    (250, 216, 190),
    (240, 196, 160),
    (224, 172, 130),
    (198, 140, 98),
    (158, 104, 70),
    (116, 74, 50),
    (84, 54, 40),
)
HAIRS: tuple[Rgb, ...] = (
    (36, 28, 28),
    (52, 36, 28),
    (92, 58, 34),
    (150, 96, 48),
    (214, 170, 96),
    (170, 74, 40),
)
STYLES = ("short", "short", "crop", "crop", "curly", "curly", "bald", "long", "tail", "tail", "bun")
LENSES: tuple[Rgb, ...] = ((250, 146, 44), (70, 190, 230), (230, 70, 140), (60, 66, 84))
WINTER = ("ice-hockey", "curling", "alpine-skiing")
WATER = ("water-polo", "swimming")


@dataclass(frozen=True)
class Outfit:
    """The looks of one person.

    Attributes:
        sport: whose gear the person has, "" without any.
        headwear: "", "hockey", "ski", "polo", "swim" (equipment) or "cap" (plain, in kit colours).
        soles: height of what is under the shoes, in body heights.
        bulk: factor on the width of the limbs.
        number: on the chest; None for none.
        body, cloth: labels of skin and clothes.
    """

    shirt: Rgb
    shorts: Rgb
    trim: Rgb
    skin: Rgb
    hair: Rgb
    style: str
    socks: Rgb
    shoes: Rgb
    sport: str = ""
    long: bool = False
    headwear: str = ""
    lens: Rgb = (70, 190, 230)
    soles: float = 0.0
    bulk: float = 1.0
    number: int | None = None
    body: str = "subject"
    cloth: str = "kit"


def neutral_outfit(kit: tuple[Rgb, Rgb], sport: str, pose: str, rng: np.random.Generator) -> Outfit:
    """Sportswear that says nothing about the sport: a track suit in the cold, a cap in water."""
    shirt, shorts = kit
    trim = shorts if apart(shirt, shorts) else readable(shirt)
    skin = int(rng.integers(len(SKINS)))
    hair = choose(rng, HAIRS) if skin < 4 else choose(rng, HAIRS[:2])
    shoes = choose(rng, ((240, 240, 242), (44, 48, 60), pale(shirt, 0.2)))
    cold = sport in WINTER or pose == "ski"
    return Outfit(
        shirt,
        shorts,
        trim,
        SKINS[skin],
        hair,
        choose(rng, STYLES),
        socks=shirt,
        shoes=shoes,
        long=cold,
        headwear="cap" if pose == "swim" else "",
        lens=choose(rng, LENSES),
        number=None if cold else int(rng.integers(2, 20)),
    )


def sport_outfit(kit: tuple[Rgb, Rgb], sport: str, rng: np.random.Generator) -> Outfit:
    """The kit with what the sport has people wear."""
    plain = neutral_outfit(kit, sport, "", rng)
    changes: dict[str, dict[str, object]] = {
        "ice-hockey": {
            "headwear": "hockey",
            "soles": 0.05,
            "bulk": 1.25,
            "number": plain.number or 9,
        },
        "alpine-skiing": {"headwear": "ski", "soles": 0.02, "shoes": INK, "number": 7},
        "curling": {"shoes": INK},
        "water-polo": {"headwear": "polo"},
        "swimming": {"headwear": "swim"},
    }
    return replace(plain, sport=sport, **changes.get(sport, {}))  # type: ignore[arg-type]


def street_outfit(colours: tuple[Rgb, Rgb], rng: np.random.Generator) -> Outfit:
    """Long trousers and sleeves in muted colours."""
    plain = neutral_outfit(colours, "", "", rng)
    top, bottom = mix(colours[0], (128, 128, 128), 0.15), mix(colours[1], (90, 90, 96), 0.3)
    return replace(
        plain,
        shirt=top,
        shorts=bottom,
        trim=dark(top, 0.25),
        long=True,
        number=None,
        body="distractor",
        cloth="distractor",
    )


def head(canvas: Canvas, o: Outfit) -> None:
    """A head on its neck, looking to the right; the origin is where the neck meets the chest."""
    limb(canvas, (-0.006, 0.03), (0.006, -0.05), 0.031, 0.027, dark(o.skin, 0.14), o.body)
    covered = o.headwear != ""
    if not covered or o.headwear == "hockey":
        _back_hair(canvas, o)
    face = [
        (-0.05, -0.11),
        (-0.03, -0.165),
        (0.03, -0.172),
        (0.066, -0.13),
        (0.068, -0.09),
        (0.052, -0.045),
    ]
    blob(canvas, [*face, (0.022, -0.03), (-0.022, -0.055)], o.skin, o.body)
    _features(canvas, o)
    if covered:
        _headwear(canvas, o)
    elif o.style != "bald":
        _front_hair(canvas, o)


def _features(canvas: Canvas, o: Outfit) -> None:
    blob(canvas, [(0.062, -0.105), (0.082, -0.078), (0.06, -0.074)], o.skin, o.body)
    canvas.polygon([(0.05, -0.074), (0.08, -0.077), (0.062, -0.066)], dark(o.skin, 0.18))
    for x in (0.024, 0.054):
        canvas.ellipse(x, -0.1, 0.0065, 0.009, INK)
        canvas.line([(x - 0.01, -0.12), (x + 0.009, -0.122)], 0.006, mix(o.hair, INK, 0.4))
    mouth = curve([(0.026, -0.058), (0.042, -0.053), (0.056, -0.06)], False, 3)
    canvas.line(mouth, 0.007, mix(o.skin, (120, 30, 40), 0.6))
    canvas.ellipse(-0.014, -0.092, 0.013, 0.019, dark(o.skin, 0.12))


def _back_hair(canvas: Canvas, o: Outfit) -> None:
    if o.style == "long":
        lock = [
            (-0.03, -0.17),
            (-0.07, -0.12),
            (-0.075, -0.03),
            (-0.06, 0.03),
            (0.0, 0.02),
            (0.02, -0.06),
        ]
        blob(canvas, lock, dark(o.hair, 0.15), o.body)
    elif o.style == "tail":
        lock = [(-0.035, -0.15), (-0.1, -0.14), (-0.125, -0.07), (-0.11, 0.01), (-0.085, -0.07)]
        blob(canvas, [*lock, (-0.05, -0.1)], dark(o.hair, 0.15), o.body)
    elif o.style == "bun":
        canvas.ellipse(-0.05, -0.165, 0.032, 0.032, dark(o.hair, 0.15), o.body)


def _front_hair(canvas: Canvas, o: Outfit) -> None:
    if o.style == "curly":
        for x, y in (
            (-0.05, -0.1),
            (-0.055, -0.14),
            (-0.025, -0.175),
            (0.015, -0.185),
            (0.05, -0.16),
        ):
            canvas.ellipse(x, y, 0.034, 0.034, o.hair, o.body)
        canvas.ellipse(0.0, -0.148, 0.05, 0.03, o.hair, o.body)
        return
    top = 0.066 if o.style == "crop" else 0.076
    crown = arc(0.004, -0.112, 0.066, top, 140, 338)
    hairline = [(0.058, -0.138), (0.03, -0.136), (0.006, -0.142), (-0.008, -0.11), (-0.024, -0.105)]
    canvas.polygon([*crown, *hairline], o.hair, o.body)
    shine = curve([(-0.04, -0.15), (-0.014, -0.172), (0.02, -0.175)], False, 4)
    canvas.line(shine, 0.01, pale(o.hair, 0.22))


def _headwear(canvas: Canvas, o: Outfit) -> None:
    if o.headwear == "hockey":
        with canvas.at(0.012, -0.118, 0.205):
            gear_winter.hockey_helmet(canvas, o.shirt if apart(o.shirt, WHITE) else INK)
    elif o.headwear == "ski":
        with canvas.at(0.006, -0.115, 0.2):
            gear_winter.ski_helmet(canvas, o.shirt, o.lens)
    elif o.headwear == "polo":
        with canvas.at(0.0, -0.118, 0.185):
            gear.polo_cap(canvas, o.shirt, o.number or 5)
    else:
        part = "equipment" if o.headwear == "swim" else o.cloth
        crown = arc(0.004, -0.108, 0.068, 0.078, 158, 345)
        canvas.polygon([*crown, (0.04, -0.132), (-0.03, -0.09)], o.shirt, part)
        canvas.polygon(
            arc(0.004, -0.108, 0.068, 0.078, 300, 345) + [(0.03, -0.135)], dark(o.shirt, 0.2)
        )
        canvas.ellipse(-0.02, -0.155, 0.016, 0.012, (255, 255, 255, 90))
        if o.headwear == "swim":
            canvas.line([(-0.055, -0.1), (0.02, -0.104)], 0.012, INK, part)
            for x in (0.024, 0.056):
                canvas.ellipse(x, -0.102, 0.018, 0.015, INK, part)
                canvas.ellipse(x, -0.102, 0.012, 0.009, o.lens, part)

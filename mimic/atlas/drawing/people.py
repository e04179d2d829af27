"""People: athletes in their kit, with or without the gear of a sport, and bystanders."""

from __future__ import annotations

import numpy as np

from mimic.atlas.drawing.canvas import Canvas, arc
from mimic.atlas.drawing.figure import TORSO, Figure, figure
from mimic.atlas.drawing.outfit import Outfit, head, neutral_outfit, sport_outfit, street_outfit
from mimic.atlas.drawing.paint import INK, along, blob, dark, limb, number, readable, shadow
from mimic.atlas.drawing.wearing import BEHIND, FEET, HELD, IN_FRONT, wear
from mimic.atlas.records import Rgb


def athlete(
    canvas: Canvas,
    x: float,
    y: float,
    height: float,
    kit: tuple[Rgb, Rgb],
    rng: np.random.Generator,
    pose: str = "run",
    sport: str = "",
    gear: bool = False,
) -> None:
    """A person with the feet at (x, y), who would be `height` tall when standing straight.

    Shirt and shorts have the colours of `kit` and are labelled `kit`; skin and hair are `subject`.
    With `gear` the person wears and holds what `sport` asks for, labelled `equipment` (and sits
    if that is a wheelchair); without it nothing tells one sport from another on the same ground.
    A swimmer's (x, y) is where the water crosses the chest; head and arms rise about 0.6 `height`.
    """
    if gear and sport == "wheelchair-rugby":
        pose = "sit"
    outfit = sport_outfit(kit, sport, rng) if gear else neutral_outfit(kit, sport, pose, rng)
    body, mirror = figure(pose, outfit.sport, outfit.soles, rng), bool(rng.random() < 0.5)
    if pose == "swim":
        with canvas.at(x, y, height * 1.5, flip=mirror):
            _swimmer(canvas, body, outfit, rng)
        return
    shadow(canvas, x + 0.03 * height, y, 0.21 * height, 0.035 * height)
    with canvas.at(x, y, height, flip=mirror):
        _person(canvas, body, outfit, rng, mirror)


def spectator(
    canvas: Canvas,
    x: float,
    y: float,
    height: float,
    colours: tuple[Rgb, Rgb],
    rng: np.random.Generator,
) -> None:
    """A bystander in street clothes (top and bottom in `colours`), all of it a distractor."""
    outfit, mirror = street_outfit(colours, rng), bool(rng.random() < 0.5)
    body = figure("stand", "", 0.0, rng)
    shadow(canvas, x + 0.03 * height, y, 0.17 * height, 0.03 * height)
    with canvas.at(x, y, height, flip=mirror):
        _person(canvas, body, outfit, rng, mirror)


def _person(canvas: Canvas, f: Figure, o: Outfit, rng: np.random.Generator, mirror: bool) -> None:
    """Back to front."""
    if f.name == "sit" and o.sport != "wheelchair-rugby":
        _bench(canvas)
    wear(BEHIND, canvas, f, o, rng)
    _arm(canvas, f, o, 1)
    _leg(canvas, f, o, 1)
    _leg(canvas, f, o, 0)
    wear(FEET, canvas, f, o, rng)
    _torso(canvas, f, o, rng, mirror)
    with canvas.at(*f.neck, 1.12, 0.35 * f.pose.lean):
        head(canvas, o)
    wear(HELD, canvas, f, o, rng)
    _arm(canvas, f, o, 0)
    wear(IN_FRONT, canvas, f, o, rng)


def _leg(canvas: Canvas, f: Figure, o: Outfit, i: int) -> None:
    hip, knee, ankle, b = f.hips[i], f.knees[i], f.ankles[i], o.bulk
    tone = 0.14 * i
    skin, cloth, sock = dark(o.skin, tone), dark(o.shorts, tone + 0.04), dark(o.socks, tone)
    _shoe(canvas, ankle, f.pose.feet[i], o, tone)
    if o.long:
        limb(canvas, knee, ankle, 0.046 * b, 0.034 * b, cloth, o.cloth, hem=True)
        limb(canvas, hip, knee, 0.062 * b, 0.046 * b, cloth, o.cloth)
        if o.cloth == "kit":
            seam = [along(hip, knee, 0.15), knee, along(knee, ankle, 0.94)]
            canvas.line(seam, 0.014, dark(o.trim, tone), o.cloth)
        return
    limb(canvas, knee, ankle, 0.039, 0.024, skin, o.body)
    limb(canvas, hip, knee, 0.052, 0.039, skin, o.body)
    limb(canvas, ankle, along(knee, ankle, 0.38), 0.028, 0.038, sock, o.cloth, hem=True)
    cuff = along(knee, ankle, 0.42)
    limb(
        canvas, cuff, along(knee, ankle, 0.36), 0.0375, 0.039, dark(o.trim, tone), o.cloth, hem=True
    )
    limb(canvas, hip, along(hip, knee, 0.6), 0.063, 0.062, cloth, o.cloth, hem=True)


def _shoe(canvas: Canvas, ankle: tuple[float, float], turn: float, o: Outfit, tone: float) -> None:
    with canvas.at(*ankle, 1.0, turn):
        upper = [(-0.036, -0.02), (0.02, -0.026), (0.06, 0.004), (0.092, 0.014), (0.094, 0.028)]
        blob(canvas, [*upper, (-0.034, 0.03)], dark(o.shoes, tone), o.body)
        sole = [(-0.038, 0.02), (0.096, 0.02), (0.09, 0.032), (-0.034, 0.032)]
        canvas.polygon(sole, dark(o.shoes, tone + 0.35), o.body)


def _arm(canvas: Canvas, f: Figure, o: Outfit, i: int) -> None:
    shoulder, elbow, hand, b = f.shoulders[i], f.elbows[i], f.hands[i], o.bulk
    tone = 0.14 * i
    skin, cloth = dark(o.skin, tone), dark(o.shirt, tone + 0.04)
    padded = o.long and o.sport in ("ice-hockey", "alpine-skiing")
    palm, part = (INK, "equipment") if padded else (skin, o.body)
    canvas.ellipse(*along(elbow, hand, 1.08), 0.026 * b, 0.026 * b, palm, part)
    if o.long:
        limb(canvas, elbow, hand, 0.034 * b, 0.028 * b, cloth, o.cloth, hem=True)
        limb(canvas, shoulder, elbow, 0.044 * b, 0.034 * b, cloth, o.cloth)
        if o.cloth == "kit":
            seam = [along(shoulder, elbow, 0.1), elbow, along(elbow, hand, 0.9)]
            canvas.line(seam, 0.012, dark(o.trim, tone), o.cloth)
        return
    limb(canvas, elbow, hand, 0.029, 0.021, skin, o.body)
    limb(canvas, shoulder, elbow, 0.035, 0.029, skin, o.body)
    end, cuff = along(shoulder, elbow, 0.66), along(shoulder, elbow, 0.56)
    limb(canvas, shoulder, end, 0.044, 0.043, dark(o.trim, tone), o.cloth, hem=True)
    limb(canvas, shoulder, cuff, 0.044, 0.043, cloth, o.cloth, hem=True)


def _torso(canvas: Canvas, f: Figure, o: Outfit, rng: np.random.Generator, mirror: bool) -> None:
    """Shorts' waist, shirt, trim, number, collar; shade on the right of the picture."""
    wide, waist = (0.072 + 0.046 * f.pose.front) * o.bulk**0.5, 0.066 + 0.02 * f.pose.front
    top = -TORSO
    with canvas.at(*f.hip, 1.0, f.pose.lean * 0.5):
        half = waist + 0.004
        canvas.polygon(
            [
                (-half, -0.08),
                (half, -0.08),
                (half, 0.03),
                (0.3 * half, 0.055),
                (-0.3 * half, 0.055),
                (-half, 0.03),
            ],
            dark(o.shorts, 0.04),
            o.cloth,
        )
    with canvas.at(*f.hip, 1.0, f.pose.lean):
        side = [
            (0.034, top - 0.002),
            (0.07, top + 0.012),
            (wide, top + 0.05),
            (wide, top + 0.1),
            (waist + 0.006, -0.1),
            (waist + 0.006, 0.012),
        ]
        canvas.polygon([(-x, y) for x, y in side] + side[::-1], o.shirt, o.cloth)
        _trim(canvas, o, wide, waist + 0.006, int(rng.integers(4)))
        lit = -1 if mirror else 1
        edge = [(lit * x, y) for x, y in side[1:]]
        canvas.polygon(edge + [(x - lit * 0.036, y) for x, y in reversed(edge)], (14, 14, 40, 34))
        if o.number is not None:
            with canvas.at(0.0, 0.0, 1.0, 0.0, mirror):  # figures must not be mirrored
                number(canvas, o.number, 0.0, top * 0.52, 0.09, readable(o.shirt), o.cloth)
        elif o.long:
            canvas.line([(0.0, top + 0.03), (0.0, 0.005)], 0.009, o.trim, o.cloth)
        canvas.polygon(arc(0, top - 0.002, 0.035, 0.03, 0, 180), dark(o.skin, 0.14), o.body)
        canvas.line(arc(0, top - 0.002, 0.037, 0.032, 8, 172), 0.013, o.trim, o.cloth)


def _trim(canvas: Canvas, o: Outfit, wide: float, waist: float, style: int) -> None:
    """What a shirt has beside its colour: side panels, a yoke, a hem, or nothing."""
    top = -TORSO
    if style == 0:
        for s in (-1, 1):
            panel = [(s * wide, top + 0.09), (s * waist, -0.1), (s * waist, 0.012)]
            inner = [(s * (waist - 0.02), 0.012), (s * (waist - 0.014), -0.1)]
            canvas.polygon([*panel, *inner], o.trim, o.cloth)
    elif style == 1:
        for s in (-1, 1):
            canvas.line(
                [(s * 0.04, top + 0.012), (s * wide * 0.92, top + 0.05)], 0.014, o.trim, o.cloth
            )
    elif style == 2:
        canvas.rectangle(-waist, -0.008, waist, 0.012, o.trim, o.cloth)


def _bench(canvas: Canvas) -> None:
    """Something plain to sit on."""
    canvas.rectangle(-0.22, -0.305, 0.22, -0.26, (150, 112, 76), "distractor")
    for x in (-0.16, 0.16):
        canvas.rectangle(x - 0.018, -0.26, x + 0.018, 0.0, (96, 100, 110), "distractor")


def _swimmer(canvas: Canvas, f: Figure, o: Outfit, rng: np.random.Generator) -> None:
    """Head, shoulders and arms above the water line y = 0."""
    canvas.ellipse(0.02, 0.012, 0.24, 0.035, (255, 255, 255, 70))
    _bare_arm(canvas, f, o, 1)
    chest = [
        (-0.085, 0.012),
        (-0.095, -0.05),
        (-0.045, -0.098),
        (0.05, -0.1),
        (0.1, -0.052),
        (0.1, 0.012),
    ]
    blob(canvas, chest, o.skin, o.body)
    canvas.polygon(
        [(-0.07, 0.018), (-0.06, -0.03), (0.0, -0.012), (0.07, -0.032), (0.085, 0.018)],
        o.shirt,
        o.cloth,
    )
    for x in (-0.052, 0.058):
        canvas.line([(x, -0.02), (x * 0.9, -0.088)], 0.02, o.shirt, o.cloth)
    canvas.polygon([(0.06, -0.08), (0.1, -0.05), (0.1, 0.012), (0.07, 0.012)], (14, 14, 40, 30))
    with canvas.at(0.01, -0.085, 1.1, 4):
        head(canvas, o)
    wear(HELD, canvas, f, o, rng)
    _bare_arm(canvas, f, o, 0)
    for rx, y, weight in ((0.2, 0.022, 130), (0.13, 0.036, 90)):
        canvas.ellipse(0.01, y, rx, 0.012, (255, 255, 255, weight))


def _bare_arm(canvas: Canvas, f: Figure, o: Outfit, i: int) -> None:
    shoulder, elbow, hand, skin = f.shoulders[i], f.elbows[i], f.hands[i], dark(o.skin, 0.13 * i)
    limb(canvas, shoulder, elbow, 0.036, 0.029, skin, o.body)
    limb(canvas, elbow, hand, 0.029, 0.02, skin, o.body)
    canvas.ellipse(*hand, 0.025, 0.025, skin, o.body)

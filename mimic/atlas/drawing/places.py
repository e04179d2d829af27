"""Places that give nothing away: stand, street, studio; the sky; things that stand about.

Everything built or grown is `setting`, everybody and everything passing by a `distractor`. Each
place paints the whole picture and returns the y of the line where things stand in front.
"""

from __future__ import annotations

import numpy as np
from PIL import Image, ImageDraw

from mimic.atlas.drawing.camera import Light
from mimic.atlas.drawing.canvas import Canvas
from mimic.atlas.drawing.paint import mix
from mimic.atlas.records import Rgb

CROWD: tuple[Rgb, ...] = (
    (112, 124, 146), (150, 152, 158), (196, 190, 178), (78, 88, 108), (170, 140, 118),
    (120, 140, 146), (214, 210, 202), (142, 122, 136), (98, 116, 106), (180, 168, 150),
)  # fmt: skip
SKIN: tuple[Rgb, ...] = ((244, 208, 178), (222, 174, 138), (176, 124, 88), (122, 82, 58))
WALLS: tuple[Rgb, ...] = (
    (216, 196, 168), (196, 172, 148), (206, 206, 200), (178, 142, 120), (160, 168, 172),
    (224, 212, 186), (186, 160, 146), (150, 128, 118),
)  # fmt: skip
BACKDROPS: tuple[Rgb, ...] = (
    (206, 204, 200), (188, 196, 202), (212, 200, 184), (176, 180, 178), (222, 220, 216),
    (150, 156, 164), (198, 188, 190),
)  # fmt: skip


def shade(colour: Rgb, factor: float) -> Rgb:
    """Darker (below 1) or lighter (above 1) by a factor."""
    r, g, b = (max(0, min(255, round(c * factor))) for c in colour)
    return r, g, b


def pick(rng: np.random.Generator, colours: tuple[Rgb, ...]) -> Rgb:
    return colours[int(rng.integers(len(colours)))]


# --- sky -----------------------------------------------------------------------------------


def sky(canvas: Canvas, rng: np.random.Generator, light: Light, horizon: float = 0.65) -> None:
    """A gradient with a sun or moon in some, and clouds."""
    canvas.gradient(light.sky[0], light.sky[1], 0, horizon + 0.02)
    canvas.gradient(light.sky[1], light.sky[1], horizon, 1.0)
    pale = mix(light.sky[1], (255, 255, 255), 0.55)
    if rng.random() < 0.35:
        x, y, r = rng.uniform(0.1, 0.9), rng.uniform(0.08, 0.25), rng.uniform(0.035, 0.055)
        for grow, alpha in ((2.4, 40), (1.7, 60), (1.0, 255)):
            canvas.ellipse(x, y, r * grow, r * grow, (255, 246, 214, alpha), "setting")
    for _ in range(int(rng.integers(1, 4))):
        cloud(canvas, rng.uniform(0, 1), rng.uniform(0.06, horizon * 0.6), rng, pale)


def cloud(canvas: Canvas, x: float, y: float, rng: np.random.Generator, colour: Rgb) -> None:
    wide = rng.uniform(0.09, 0.2)
    for i in range(4):
        r = wide * (0.34 - 0.07 * abs(i - 1.4))
        canvas.ellipse(
            x + wide * (i - 1.5) * 0.42, y - r * 0.4, r * 1.25, r * 0.75, (*colour, 205), "setting"
        )
    canvas.ellipse(x, y + wide * 0.05, wide, wide * 0.13, (*colour, 215), "setting")


def birds(canvas: Canvas, rng: np.random.Generator, colour: Rgb = (70, 74, 84)) -> None:
    x, y = rng.uniform(0.1, 0.7), rng.uniform(0.08, 0.3)
    for _ in range(int(rng.integers(2, 5))):
        bx, by, w = x + rng.uniform(0, 0.2), y + rng.uniform(0, 0.1), rng.uniform(0.012, 0.022)
        wing = [(bx - w, by - w * 0.5), (bx - w * 0.4, by - w * 0.7), (bx, by)]
        other = [(bx, by), (bx + w * 0.4, by - w * 0.7), (bx + w, by - w * 0.5)]
        canvas.line(wing + other[1:], 0.004, colour, "distractor")


# --- things that stand about ---------------------------------------------------------------


def tree(
    canvas: Canvas, x: float, y: float, height: float, rng: np.random.Generator, light: Light
) -> None:
    """A round tree or a cypress with the foot of its trunk at (x, y)."""
    trunk, leaf = light((104, 78, 58)), light((78 + int(rng.integers(-10, 26)), 122, 74))
    with canvas.at(x, y, height):
        canvas.rectangle(-0.03, -0.4, 0.03, 0, trunk, "setting")
        if rng.random() < 0.7:
            for dx, dy, r, f in (
                (0, -0.62, 0.3, 0.82), (-0.16, -0.52, 0.2, 0.92), (0.17, -0.55, 0.2, 0.86),
                (-0.06, -0.7, 0.22, 1.08), (-0.1, -0.74, 0.11, 1.25),
            ):  # fmt: skip
                canvas.ellipse(dx, dy, r, r * 0.95, shade(leaf, f), "setting")
        else:
            canvas.ellipse(0, -0.55, 0.14, 0.44, shade(leaf, 0.78), "setting")
            canvas.ellipse(-0.04, -0.56, 0.08, 0.38, shade(leaf, 0.98), "setting")


def lamp_post(canvas: Canvas, x: float, y: float, height: float, light: Light) -> None:
    iron = light((66, 72, 80))
    with canvas.at(x, y, height):
        canvas.line([(0, 0), (0, -0.94), (0.12, -0.98)], 0.028, iron, "distractor")
        canvas.rectangle(-0.04, -0.06, 0.04, 0, iron, "distractor")
        if sum(light.sky[1]) < 500:
            canvas.ellipse(0.14, -0.94, 0.14, 0.14, (255, 226, 150, 70), "distractor")
        canvas.ellipse(0.15, -0.96, 0.055, 0.035, (255, 240, 200), "distractor")


def bag(canvas: Canvas, x: float, y: float, size: float, rng: np.random.Generator) -> None:
    colour = pick(rng, CROWD)
    with canvas.at(x, y, size):
        canvas.line([(-0.25, -0.55), (-0.16, -0.9), (0.16, -0.9), (0.25, -0.55)], 0.07,
                    shade(colour, 0.7), "distractor")  # fmt: skip
        canvas.polygon([(-0.5, -0.62), (0.5, -0.62), (0.56, 0), (-0.56, 0)], colour, "distractor")
        canvas.rectangle(-0.52, -0.5, 0.53, -0.42, shade(colour, 0.8), "distractor")


def balloons(canvas: Canvas, x: float, y: float, size: float, rng: np.random.Generator) -> None:
    for _ in range(int(rng.integers(2, 4))):
        dx, dy = rng.uniform(-0.5, 0.5) * size, rng.uniform(-0.7, 0.1) * size
        colour = pick(rng, CROWD)
        canvas.line([(x, y + size), (x + dx, y + dy)], 0.003, (120, 120, 120), "distractor")
        canvas.ellipse(x + dx, y + dy, size * 0.24, size * 0.3, shade(colour, 1.2), "distractor")
        canvas.ellipse(
            x + dx - size * 0.08, y + dy - size * 0.1, size * 0.06, size * 0.08,
            (255, 255, 255, 120), "distractor",
        )  # fmt: skip


# --- the three neutral settings ------------------------------------------------------------


def stand(canvas: Canvas, rng: np.random.Generator, light: Light) -> float:
    """A grandstand with its crowd, a barrier, and the walk in front of it."""
    barrier = rng.uniform(0.56, 0.66)
    roof = rng.uniform(0.07, 0.16)
    canvas.gradient(light.sky[0], light.sky[1], 0, 0.3)
    canvas.gradient(light((132, 138, 150)), light((168, 170, 174)), roof, barrier)
    _crowd(canvas, rng, light, roof + 0.06, barrier)
    canvas.polygon([(0, roof - 0.05), (1, roof - 0.08), (1, roof + 0.01), (0, roof + 0.05)],
                   light((84, 90, 100)), "setting")  # fmt: skip
    for x in np.arange(rng.uniform(0.05, 0.2), 1, 0.31):
        canvas.rectangle(x, roof, x + 0.012, barrier, light((98, 104, 114)), "setting")
    wall, floor = light(pick(rng, BACKDROPS)), light((150, 148, 144))
    canvas.gradient(shade(floor, 0.95), shade(floor, 1.1), barrier, 1.0)
    canvas.rectangle(0, barrier, 1, barrier + 0.13, shade(wall, 0.9), "setting")
    canvas.rectangle(0, barrier, 1, barrier + 0.015, shade(wall, 1.1), "setting")
    for x in np.arange(rng.uniform(0, 0.2), 1, 0.25):
        canvas.rectangle(x, barrier, x + 0.005, barrier + 0.13, shade(wall, 0.75), "setting")
    canvas.rectangle(0, barrier + 0.13, 1, barrier + 0.15, (40, 44, 52, 60), "setting")
    return float(rng.uniform(0.86, 0.93))


def _crowd(
    canvas: Canvas, rng: np.random.Generator, light: Light, top: float, bottom: float
) -> None:
    """Rows of heads and shoulders, larger towards the front: painted on one sheet for speed."""
    high = round(canvas.side * (bottom - top))
    sheet = Image.new("RGBA", (canvas.side, high))
    pen, y, r = ImageDraw.Draw(sheet), 0.0, canvas.side * 0.012
    while y < high + r * 2:
        for x in np.arange(rng.uniform(-1, 1) * r, canvas.side, r * 2.9):
            if rng.random() < 0.12:
                continue
            head, shirt = (
                light(pick(rng, SKIN)),
                light(shade(pick(rng, CROWD), rng.uniform(0.8, 1.2))),
            )
            cx, cy = x + rng.uniform(-0.4, 0.4) * r, y + rng.uniform(-0.3, 0.3) * r
            pen.rounded_rectangle((cx - r * 1.3, cy + r * 0.8, cx + r * 1.3, cy + r * 5), r, shirt)
            pen.ellipse((cx - r * 0.75, cy - r * 0.9, cx + r * 0.75, cy + r), head)
            pen.pieslice(
                (cx - r * 0.8, cy - r, cx + r * 0.8, cy + r * 0.7), 180, 360, shade(shirt, 0.45)
            )
        y += r * 3.1
        r *= 1.13
    canvas.image(sheet, [(0, top), (1, top), (1, bottom), (0, bottom)], "distractor")


def street(canvas: Canvas, rng: np.random.Generator, light: Light) -> float:
    """A row of houses, trees, pavement and the road."""
    foot = rng.uniform(0.66, 0.74)
    sky(canvas, rng, light, foot)
    x = -rng.uniform(0, 0.15)
    while x < 1:
        wide = rng.uniform(0.17, 0.3)
        _house(canvas, x, foot, wide, rng.uniform(0.3, 0.52), rng, light)
        x += wide
    paved = light((186, 182, 174))
    canvas.gradient(shade(paved, 0.92), paved, foot, 0.9)
    for i in range(1, 4):
        y = foot + (0.9 - foot) * (i / 4) ** 1.3
        canvas.rectangle(0, y, 1, y + 0.004, shade(paved, 0.84), "setting")
    canvas.gradient(light((104, 108, 114)), light((84, 88, 94)), 0.92, 1.0)
    canvas.rectangle(0, 0.9, 1, 0.925, light((206, 204, 198)), "setting")
    for _ in range(int(rng.integers(1, 3))):
        tree(canvas, rng.uniform(0, 1), foot + 0.03, rng.uniform(0.3, 0.42), rng, light)
    return float(rng.uniform(0.85, 0.9))


def _house(
    canvas: Canvas, x: float, foot: float, wide: float, high: float,
    rng: np.random.Generator, light: Light,
) -> None:  # fmt: skip
    wall = light(pick(rng, WALLS))
    top = foot - high
    canvas.rectangle(x, top, x + wide, foot, wall, "setting")
    canvas.rectangle(x + wide * 0.93, top, x + wide, foot, shade(wall, 0.86), "setting")
    if rng.random() < 0.6:
        roof = light(shade((150, 92, 76), rng.uniform(0.8, 1.15)))
        canvas.polygon([(x - 0.01, top), (x + wide * 0.5, top - wide * 0.32),
                        (x + wide + 0.01, top)], roof, "setting")  # fmt: skip
    else:
        canvas.rectangle(x - 0.008, top - 0.02, x + wide + 0.008, top, shade(wall, 0.7), "setting")
    lit = sum(light.sky[1]) < 480
    columns, rows = max(2, round(wide / 0.085)), max(2, round(high / 0.13))
    for i in range(columns):
        for j in range(rows):
            wx, wy = x + wide * (i + 0.5) / columns, top + high * (j + 0.45) / (rows + 0.35)
            glass = (250, 214, 140) if lit and rng.random() < 0.5 else light((96, 120, 140))
            canvas.rectangle(
                wx - 0.02, wy - 0.03, wx + 0.02, wy + 0.03, shade(wall, 1.14), "setting"
            )
            canvas.rectangle(wx - 0.015, wy - 0.025, wx + 0.015, wy + 0.025, glass, "setting")
    door = x + wide * (0.3 + 0.4 * rng.random())
    canvas.rectangle(door - 0.025, foot - 0.1, door + 0.025, foot, light((94, 72, 60)), "setting")


def studio(canvas: Canvas, rng: np.random.Generator, light: Light) -> float:
    """A paper backdrop that runs into the floor, with a soft pool of light and a lamp."""
    ground = rng.uniform(0.84, 0.9)
    paper = light(pick(rng, BACKDROPS))
    bend = ground - rng.uniform(0.1, 0.18)
    canvas.gradient(shade(paper, 0.88), shade(paper, 1.04), 0, bend)
    canvas.gradient(shade(paper, 1.0), shade(paper, 0.9), bend, 1.0)
    x, y = rng.uniform(0.35, 0.65), rng.uniform(0.3, 0.5)
    for r in (0.5, 0.42, 0.34, 0.26, 0.18):
        canvas.ellipse(x, y, r, r * 0.9, (255, 255, 250, 13), "setting")
    canvas.ellipse(x, ground, 0.42, 0.07, (*shade(paper, 0.6), 46), "setting")
    if rng.random() < 0.75:
        _softbox(canvas, 0.08 if rng.random() < 0.5 else 0.92, ground, rng.uniform(0.5, 0.66))
    return float(ground)


def _softbox(canvas: Canvas, x: float, ground: float, height: float) -> None:
    side = 1 if x < 0.5 else -1
    with canvas.at(x, ground, height, flip=side < 0):
        for dx in (-0.16, 0.0, 0.16):
            canvas.line([(0, -0.34), (dx, 0.02)], 0.02, (52, 54, 60), "distractor")
        canvas.line([(0, 0), (0, -0.8)], 0.024, (52, 54, 60), "distractor")
        canvas.polygon([(-0.2, -1.02), (0.14, -0.92), (0.14, -0.6), (-0.2, -0.54)],
                       (46, 48, 54), "distractor")  # fmt: skip
        canvas.polygon([(0.14, -0.95), (0.22, -0.98), (0.22, -0.54), (0.14, -0.58)],
                       (252, 248, 236), "distractor")  # fmt: skip


NEUTRAL = {"stand": stand, "street": street, "studio": studio}

"""Single things of the winter sports, painted as in `gear.py`: sticks, stones, skis, helmets."""

from __future__ import annotations

from mimic.atlas.drawing.canvas import Canvas
from mimic.atlas.drawing.gear import PART, RUBBER, STEEL
from mimic.atlas.drawing.paint import INK, WHITE, blob, curve, dark, mix, pale
from mimic.atlas.records import Rgb


def hockey_stick(canvas: Canvas, colour: Rgb) -> None:
    """Upright; the blade at the bottom points to the right."""
    canvas.rectangle(-0.028, -0.5, 0.028, 0.4, colour, PART)
    canvas.rectangle(0.008, -0.34, 0.028, 0.4, dark(colour, 0.3))
    canvas.rectangle(-0.03, -0.5, 0.03, -0.34, WHITE, PART)
    blade = [(-0.032, 0.36), (0.03, 0.37), (0.06, 0.4), (0.27, 0.4), (0.28, 0.47), (0.0, 0.5)]
    canvas.polygon(blade, INK, PART)
    canvas.line([(0.06, 0.44), (0.25, 0.44)], 0.012, (90, 94, 106), PART)


def puck(canvas: Canvas) -> None:
    canvas.ellipse(0, 0.12, 0.5, 0.24, (14, 15, 18), PART)
    canvas.rectangle(-0.5, -0.06, 0.5, 0.12, (14, 15, 18), PART)
    canvas.ellipse(0, -0.06, 0.5, 0.24, (56, 58, 66), PART)
    canvas.ellipse(0, -0.06, 0.36, 0.16, (44, 46, 54), PART)


def hockey_helmet(canvas: Canvas, colour: Rgb) -> None:
    """Seen from the right, with a wire cage."""
    dome = [
        (-0.45, 0.14),
        (-0.44, -0.18),
        (-0.2, -0.46),
        (0.16, -0.46),
        (0.38, -0.24),
        (0.4, -0.06),
    ]
    blob(canvas, [*dome, (0.1, -0.04), (0.02, 0.2), (-0.2, 0.36), (-0.42, 0.32)], colour, PART)
    for k in range(4):
        y = 0.02 + 0.12 * k
        canvas.line([(0.0, y + 0.03), (0.44 - 0.03 * k, y - 0.02)], 0.03, STEEL, PART)
    for x in (0.14, 0.28, 0.42):
        canvas.line([(x, -0.06), (x - 0.05, 0.4)], 0.03, STEEL, PART)
    canvas.line([(-0.2, 0.3), (0.06, 0.44)], 0.05, INK, PART)
    canvas.ellipse(-0.16, 0.1, 0.1, 0.13, dark(colour, 0.4), PART)
    for y in (-0.3, -0.16):
        vent = curve([(-0.28, y + 0.1), (-0.06, y), (0.2, y + 0.02)], False)
        canvas.line(vent, 0.045, dark(colour, 0.32))
    streak = curve([(-0.36, -0.22), (-0.2, -0.38), (0.02, -0.42)], False)
    canvas.line(streak, 0.04, pale(colour, 0.5))


def skate(canvas: Canvas, colour: Rgb) -> None:
    """Seen from the right; the sole is at y = 0.2, the runner below it."""
    boot = [(-0.3, -0.42), (-0.02, -0.44), (0.02, -0.12), (0.3, -0.02), (0.42, 0.1), (0.4, 0.2)]
    canvas.polygon([*curve(boot, False), (-0.32, 0.2), (-0.36, -0.1)], colour, PART)
    canvas.rectangle(-0.34, 0.17, 0.41, 0.23, WHITE, PART)
    for x in (-0.2, 0.2):
        canvas.polygon(
            [(x - 0.1, 0.2), (x + 0.1, 0.2), (x + 0.05, 0.38), (x - 0.05, 0.38)], RUBBER, PART
        )
    canvas.polygon(
        [(-0.4, 0.36), (0.44, 0.36), (0.5, 0.3), (0.46, 0.45), (-0.4, 0.45)], STEEL, PART
    )
    for t in (0.0, 0.3, 0.6):
        x, y = 0.02 + 0.2 * t, -0.3 + 0.33 * t
        canvas.line([(x - 0.16, y - 0.02), (x, y)], 0.03, WHITE, PART)


def stone(canvas: Canvas, colour: Rgb) -> None:
    """A curling stone: granite, a pale striking band, a coloured handle."""
    granite: Rgb = (128, 132, 140)
    body = [(-0.5, 0.12), (-0.42, -0.1), (-0.2, -0.16), (0.2, -0.16), (0.42, -0.1), (0.5, 0.12)]
    blob(canvas, [*body, (0.42, 0.36), (0.2, 0.42), (-0.2, 0.42), (-0.42, 0.36)], granite, PART)
    lower = [(-0.5, 0.14), (0.5, 0.14), (0.42, 0.36), (0.2, 0.42), (-0.2, 0.42), (-0.42, 0.36)]
    canvas.polygon(lower, dark(granite, 0.25))
    canvas.polygon([(-0.51, 0.06), (0.51, 0.06), (0.5, 0.19), (-0.5, 0.19)], (206, 208, 212), PART)
    canvas.ellipse(0, -0.13, 0.3, 0.085, dark(colour, 0.25), PART)
    canvas.ellipse(0, -0.16, 0.3, 0.085, colour, PART)
    handle = [(-0.16, -0.18), (-0.14, -0.36), (0.0, -0.42), (0.3, -0.41)]
    canvas.line(curve(handle, False), 0.1, colour, PART)
    canvas.line([(-0.08, -0.43), (0.28, -0.44)], 0.025, pale(colour, 0.55))
    canvas.polygon(
        curve([(-0.42, 0.0), (-0.3, -0.11), (-0.2, -0.1), (-0.34, 0.02)]), (255, 255, 255, 70)
    )


def broom(canvas: Canvas, colour: Rgb) -> None:
    """A curling broom, upright, the pad at the bottom."""
    canvas.polygon([(-0.018, -0.5), (0.018, -0.5), (0.018, 0.4), (-0.018, 0.4)], colour, PART)
    canvas.rectangle(0.006, -0.5, 0.018, 0.4, dark(colour, 0.3))
    canvas.rectangle(-0.02, -0.5, 0.02, -0.3, INK, PART)
    canvas.polygon([(-0.05, 0.36), (0.05, 0.36), (0.14, 0.42), (-0.14, 0.42)], INK, PART)
    canvas.rectangle(-0.15, 0.41, 0.15, 0.5, mix(colour, (250, 230, 60), 0.7), PART)
    canvas.rectangle(-0.15, 0.46, 0.15, 0.5, dark(mix(colour, (250, 230, 60), 0.7), 0.25), PART)


def ski(canvas: Canvas, colour: Rgb, accent: Rgb) -> None:
    """Upright, from above, the tip on top."""
    right = [(0.0, -0.5), (0.03, -0.485), (0.062, -0.42), (0.05, -0.1), (0.046, 0.1), (0.06, 0.48)]
    left = [(-x, y) for x, y in right[:0:-1]]
    canvas.polygon([*right, *left], colour, PART)
    canvas.polygon([(-0.058, -0.39), (0.058, -0.39), (0.053, -0.22), (-0.053, -0.29)], accent, PART)
    canvas.polygon([(-0.052, 0.26), (0.05, 0.2), (0.056, 0.34), (-0.058, 0.4)], accent, PART)
    canvas.rectangle(-0.048, -0.05, 0.048, 0.12, INK, PART)
    canvas.rectangle(-0.03, -0.02, 0.03, 0.04, STEEL, PART)
    shade = [(0.025, -0.48), (0.062, -0.42), (0.046, 0.1), (0.06, 0.48), (0.03, 0.48), (0.02, 0)]
    canvas.polygon(shade, (0, 0, 20, 50))


def ski_pole(canvas: Canvas, colour: Rgb) -> None:
    """Upright, the grip on top."""
    canvas.line([(0, -0.4), (0, 0.46)], 0.022, STEEL, PART)
    canvas.line([(0, -0.5), (0, -0.38)], 0.045, colour, PART)
    canvas.ellipse(0, 0.38, 0.06, 0.018, colour, PART)


def ski_helmet(canvas: Canvas, colour: Rgb, lens: Rgb) -> None:
    """From the right, with broad goggles and a padded ear."""
    dome = [(-0.44, 0.1), (-0.42, -0.2), (-0.2, -0.45), (0.12, -0.46), (0.36, -0.26), (0.4, -0.02)]
    blob(canvas, [*dome, (0.14, 0.04), (-0.06, 0.14), (-0.4, 0.24)], colour, PART)
    ear = [(-0.38, 0.08), (-0.14, 0.04), (0.06, 0.06), (0.08, 0.26), (-0.08, 0.46), (-0.3, 0.4)]
    blob(canvas, ear, dark(colour, 0.28), PART)
    canvas.ellipse(-0.14, 0.22, 0.09, 0.11, dark(colour, 0.5), PART)
    canvas.polygon([(-0.44, -0.12), (0.12, -0.17), (0.12, 0.0), (-0.44, 0.06)], INK, PART)
    visor = [(0.04, -0.17), (0.3, -0.24), (0.48, -0.1), (0.47, 0.12), (0.26, 0.18), (0.04, 0.07)]
    blob(canvas, visor, WHITE, PART)
    inner = [(0.26 + (x - 0.26) * 0.78, -0.03 + (y + 0.03) * 0.74) for x, y in visor]
    blob(canvas, inner, lens, PART)
    canvas.polygon([(0.15, -0.1), (0.28, -0.15), (0.2, 0.04), (0.13, 0.03)], (255, 255, 255, 130))
    streak = curve([(-0.3, -0.24), (-0.12, -0.37), (0.12, -0.38)], False)
    canvas.line(streak, 0.05, pale(colour, 0.55))


def gate(canvas: Canvas, colour: Rgb) -> None:
    """A slalom gate: two poles with a panel, feet at y = 0.5."""
    for x in (-0.16, 0.16):
        canvas.line([(x, -0.48), (x, 0.5)], 0.035, colour, PART)
    canvas.rectangle(-0.2, -0.42, 0.2, -0.06, colour, PART)
    canvas.polygon([(-0.2, -0.13), (0.2, -0.33), (0.2, -0.22), (-0.2, -0.02 - 0.04)], WHITE, PART)

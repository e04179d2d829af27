"""The balls of the sports, as patterns on a sphere that can be turned any way.

A pattern is a list of patches: polygons of points on the unit sphere, with a colour. Patches that
reach over the rim are pressed onto it, so that the outline stays a circle.
"""

from __future__ import annotations

import math
from functools import cache

import numpy as np

from mimic.atlas.drawing.canvas import Canvas
from mimic.atlas.drawing.paint import INK, WHITE, choose, dark, mix, sphere_light
from mimic.atlas.records import Rgb

_GOLDEN = (1 + math.sqrt(5)) / 2


def ball(
    canvas: Canvas, sport: str, x: float, y: float, r: float, rng: np.random.Generator
) -> None:
    """The ball of a sport that is played with a round one, labelled `equipment`."""
    turn = _turn(rng)
    with canvas.at(x, y, r):
        _PATTERNS[sport](canvas, turn, rng)
        sphere_light(canvas, 0, 0, 1)


def _football(canvas: Canvas, turn: np.ndarray, rng: np.random.Generator) -> None:
    canvas.ellipse(0, 0, 1, 1, (246, 246, 244), "equipment")
    _lines(canvas, turn, _seams(), 0.035, (150, 152, 160))
    _patches(canvas, turn, _pentagons(), choose(rng, (INK, (20, 20, 22), (24, 30, 52))))


def _handball(canvas: Canvas, turn: np.ndarray, rng: np.random.Generator) -> None:
    pairs = (
        ((214, 38, 56), (250, 214, 40)),
        ((34, 92, 190), (240, 240, 240)),
        ((30, 150, 90), (245, 225, 60)),
        ((120, 44, 140), (120, 220, 210)),
    )
    base, star = choose(rng, pairs)
    canvas.ellipse(0, 0, 1, 1, base, "equipment")
    _patches(canvas, turn, _pentagons(0.50), star)
    _patches(canvas, turn, _pentagons(0.24), base)
    _lines(canvas, turn, _seams(), 0.03, dark(base, 0.35))


def _basketball(canvas: Canvas, turn: np.ndarray, rng: np.random.Generator) -> None:
    base = choose(rng, ((226, 116, 38), (214, 100, 36), (235, 130, 50)))
    canvas.ellipse(0, 0, 1, 1, base, "equipment")
    _lines(canvas, _mild(rng), _ribs(), 0.065, (38, 24, 20))


def _polo(canvas: Canvas, turn: np.ndarray, rng: np.random.Generator) -> None:
    canvas.ellipse(0, 0, 1, 1, choose(rng, ((252, 214, 30), (248, 226, 50))), "equipment")
    _lines(canvas, _mild(rng), _ribs(), 0.05, (40, 40, 60))


def _volleyball(canvas: Canvas, turn: np.ndarray, rng: np.random.Generator) -> None:
    _strips(canvas, turn, ((30, 84, 190), (252, 214, 40), (30, 84, 190)), (252, 214, 40))


def _white(canvas: Canvas, turn: np.ndarray, rng: np.random.Generator) -> None:
    _strips(canvas, turn, (WHITE, (232, 234, 238), WHITE), (200, 202, 210))


def _tennis(canvas: Canvas, turn: np.ndarray, rng: np.random.Generator) -> None:
    canvas.ellipse(0, 0, 1, 1, choose(rng, ((206, 230, 56), (216, 236, 66))), "equipment")
    t = np.linspace(0, 2 * math.pi, 72)
    seam = np.column_stack(
        [3 * np.cos(t) + np.cos(3 * t), 3 * np.sin(t) - np.sin(3 * t), 3.46 * np.sin(2 * t)]
    )
    _lines(canvas, turn, (seam / np.linalg.norm(seam, axis=1, keepdims=True),), 0.1, WHITE)


_PATTERNS = {
    "football": _football,
    "handball": _handball,
    "basketball": _basketball,
    "water-polo": _polo,
    "volleyball": _volleyball,
    "wheelchair-rugby": _white,
    "tennis": _tennis,
}


def rugby_ball(canvas: Canvas, x: float, y: float, r: float, rng: np.random.Generator) -> None:
    """An oval ball of half length `r`, any way up."""
    band = choose(rng, ((200, 40, 50), (20, 110, 80), (24, 70, 160), (90, 50, 30)))
    base = choose(rng, (WHITE, (246, 240, 226)))
    with canvas.at(x, y, r, float(rng.uniform(-50, 30))):
        canvas.polygon(_lens(-1, 1), base, "equipment")
        for side in (-1, 1):
            canvas.polygon(_lens(0.6 * side, side), band, "equipment")
            canvas.polygon(_lens(0.4 * side, 0.5 * side), mix(band, INK, 0.5), "equipment")
        canvas.line([(t, 0.1 * math.cos(t)) for t in np.linspace(-1, 1, 9)], 0.035, dark(base, 0.4))
        for lace in np.linspace(-0.2, 0.2, 5):
            canvas.line([(lace, 0.0), (lace, 0.2)], 0.035, INK, "equipment")
        for depth, weight in ((0.75, 26), (0.5, 24), (0.25, 24)):
            canvas.polygon(_belly(depth), (14, 14, 40, weight))
        canvas.ellipse(-0.2, -0.34, 0.42, 0.1, (255, 255, 255, 90))


def _lens(left: float, right: float) -> list[tuple[float, float]]:
    """The part of the oval between two x."""
    low, high = sorted((left, right))
    x = np.linspace(low, high, 20)
    half = 0.62 * np.maximum(1 - np.abs(x) ** 2.2, 0) ** 0.62
    return [*zip(x.tolist(), (-half).tolist(), strict=True)] + [
        *zip(x[::-1].tolist(), half[::-1].tolist(), strict=True)
    ]


def _belly(depth: float) -> list[tuple[float, float]]:
    """The oval's lower part from `depth` of its half height down."""
    outline = _lens(-1, 1)
    lower = outline[len(outline) // 2 :]
    return lower + [(x, y * (1 - 0.6 * depth)) for x, y in reversed(lower)]


def _turn(rng: np.random.Generator) -> np.ndarray:
    """A rotation with every orientation equally likely."""
    q, _ = np.linalg.qr(rng.normal(size=(3, 3)))
    return q


def _mild(rng: np.random.Generator) -> np.ndarray:
    """A rotation that keeps the ribs of a basketball in their familiar view."""
    a, b, c = np.radians([rng.uniform(-180, 180), rng.uniform(-25, 25), rng.uniform(-25, 25)])
    roll = np.array([[math.cos(a), -math.sin(a), 0], [math.sin(a), math.cos(a), 0], [0, 0, 1]])
    tip = np.array([[1, 0, 0], [0, math.cos(b), -math.sin(b)], [0, math.sin(b), math.cos(b)]])
    yaw = np.array([[math.cos(c), 0, math.sin(c)], [0, 1, 0], [-math.sin(c), 0, math.cos(c)]])
    return roll @ tip @ yaw


def _patches(canvas: Canvas, turn: np.ndarray, patches: tuple[np.ndarray, ...], fill: Rgb) -> None:
    """Fills the patches that face the viewer (z > 0 does)."""
    for patch in patches:
        seen = patch @ turn.T
        if seen[:, 2].max() <= 0.02:
            continue
        rim = seen[:, 2] < 0
        flat = seen[:, :2].copy()
        flat[rim] /= np.linalg.norm(flat[rim], axis=1, keepdims=True)
        canvas.polygon(flat, fill, "equipment")


def _lines(
    canvas: Canvas, turn: np.ndarray, lines: tuple[np.ndarray, ...], width: float, fill: Rgb
) -> None:
    """Draws the stretches of lines that face the viewer."""
    for path in lines:
        seen = path @ turn.T * (1 - width / 2)  # else the ends stick out of the rim
        visible = seen[:, 2] >= -0.02
        if visible.all():
            canvas.line(seen[:, :2], width, fill)
            continue
        front = np.flatnonzero(visible)
        for run in np.split(front, np.flatnonzero(np.diff(front) > 1) + 1):
            if len(run) > 1:
                canvas.line(seen[run, :2], width, fill)


def _strips(canvas: Canvas, turn: np.ndarray, tones: tuple[Rgb, Rgb, Rgb], seam: Rgb) -> None:
    """Six faces of a cube blown up to a ball, three strips each, crosswise to the next face."""
    canvas.ellipse(0, 0, 1, 1, seam, "equipment")
    for i in range(3):
        _patches(canvas, turn, _cube()[i::3], tones[i])
    edges = tuple(np.concatenate([p, p[:1]]) for p in _cube())
    _lines(canvas, turn, edges, 0.03, dark(seam, 0.45))


@cache
def _icosahedron() -> np.ndarray:
    """Twelve corners on the unit sphere, `[12, 3]`."""
    flat = [(0, s, t * _GOLDEN) for s in (-1, 1) for t in (-1, 1)]
    corners = np.array([np.roll(p, k) for p in flat for k in range(3)], float)
    return corners / np.linalg.norm(corners[0])


@cache
def _pentagons(size: float = 1 / 3) -> tuple[np.ndarray, ...]:
    """A pentagon at each corner of the icosahedron; `size` 1/3 is the classic football's."""
    corners, patches = _icosahedron(), []
    for corner in corners:
        near = corners[np.argsort(np.linalg.norm(corners - corner, axis=1))[1:6]]
        side = np.cross(corner, near[0])
        angle = np.arctan2(near @ side, near @ np.cross(side, corner))
        points = corner + (near[np.argsort(angle)] - corner) * size
        patches.append(_smooth(np.concatenate([points, points[:1]]), 4)[:-1])
    return tuple(patches)


@cache
def _seams() -> tuple[np.ndarray, ...]:
    """The edges between two hexagons of a football."""
    corners = _icosahedron()
    edge = np.sort(np.linalg.norm(corners - corners[0], axis=1))[1]
    return tuple(
        _smooth(np.array([a + (b - a) / 3, b + (a - b) / 3]), 4)
        for i, a in enumerate(corners)
        for b in corners[i + 1 :]
        if np.linalg.norm(a - b) < edge * 1.1
    )


def _smooth(points: np.ndarray, steps: int) -> np.ndarray:
    """Subdivides a polyline and lifts it onto the sphere."""
    t = (np.arange(steps) / steps)[:, None]
    parts = [a + (b - a) * t for a, b in zip(points[:-1], points[1:], strict=True)]
    path = np.concatenate([*parts, points[-1:]])
    return path / np.linalg.norm(path, axis=1, keepdims=True)


@cache
def _ribs() -> tuple[np.ndarray, ...]:
    """The lines of a basketball seen from the front: a cross and two bows."""
    t = np.linspace(0, 2 * math.pi, 49)
    zero = np.zeros_like(t)
    across = np.column_stack([np.cos(t), zero, np.sin(t)])
    upright = np.column_stack([zero, np.cos(t), np.sin(t)])
    bows = [
        np.column_stack([np.full_like(t, s), 0.8 * np.cos(t), 0.6 + 0.8 * np.sin(t)])
        for s in (-0.62, 0.62)
    ]
    lifted = [b / np.linalg.norm(b, axis=1, keepdims=True) for b in bows]
    return (across, upright, *lifted)


@cache
def _cube() -> tuple[np.ndarray, ...]:
    """18 strips: three on each face of the cube, lifted onto the sphere."""
    strips = []
    for axis in range(3):
        for sign in (-1.0, 1.0):
            for low in (-1.0, -1 / 3, 1 / 3):
                high = low + 2 / 3
                ring = np.array([(-1, low), (1, low), (1, high), (-1, high), (-1, low)], float)
                face = np.insert(ring, 0, sign, axis=1)
                strips.append(_smooth(np.roll(face, axis, axis=1), 6)[:-1])
    return tuple(strips)

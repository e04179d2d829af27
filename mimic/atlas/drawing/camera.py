"""What the camera does: the light over a scene before it is painted, and the photo after.

Two families never meet in training: the palettes of `HELD_OUT` and the viewpoints of
`_far_view` (a strong tilt, a high angle, a fish-eye lens) occur in the test split only.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from PIL import Image, ImageDraw, ImageFilter

from mimic.atlas.drawing.canvas import PARTS, Drawing, Point, arc
from mimic.atlas.records import Rgb

#: Share of the picture that the evidence may cover in a neutral setting, and how often a view
#: is drawn anew to keep to it.
EVIDENCE_AREA = (0.045, 0.25)
ATTEMPTS = 7

#: Cells of a picture, left, top, right and bottom, and the corners that each shows.
Mesh = list[tuple[tuple[int, int, int, int], tuple[float, ...]]]


@dataclass(frozen=True)
class Light:
    """A palette. Calling it tints one colour: `light((255, 0, 0))`.

    Attributes:
        sky: colours of the sky at the top and at the horizon.
        gain: factors on red, green and blue.
        haze, fog: every colour is mixed with `haze` by the share `fog`, 0 to 1.
    """

    name: str
    sky: tuple[Rgb, Rgb]
    gain: tuple[float, float, float]
    haze: Rgb = (255, 255, 255)
    fog: float = 0.0

    def __call__(self, colour: Rgb) -> Rgb:
        r, g, b = (
            min(255, round(value * gain * (1 - self.fog) + mist * self.fog))
            for value, gain, mist in zip(colour, self.gain, self.haze, strict=True)
        )
        return r, g, b

    def soft(self, colour: Rgb) -> Rgb:
        """Half of the tint: for things that must still be known by their colours."""
        r, g, b = ((a + t) // 2 for a, t in zip(colour, self(colour), strict=True))
        return r, g, b


COMMON = (
    Light("day", ((74, 150, 214), (198, 228, 244)), (1.0, 1.0, 1.0)),
    Light("overcast", ((150, 164, 178), (214, 220, 224)), (0.92, 0.95, 0.98), (190, 200, 208), 0.1),
    Light("golden", ((104, 150, 196), (252, 214, 160)), (1.06, 0.97, 0.84), (255, 206, 140), 0.08),
    Light("floodlight", ((18, 26, 52), (58, 74, 108)), (0.98, 1.0, 1.04), (230, 240, 255), 0.03),
    Light("indoor", ((176, 168, 158), (226, 220, 210)), (1.02, 0.98, 0.92), (240, 226, 206), 0.04),
)
HELD_OUT = (
    Light("dusk-blue", ((26, 38, 96), (148, 128, 182)), (0.74, 0.8, 1.02), (70, 80, 146), 0.17),
    Light("night-lamp", ((34, 24, 18), (126, 88, 50)), (0.98, 0.82, 0.6), (98, 68, 40), 0.17),
)


def pick_light(rng: np.random.Generator, held_out: bool) -> Light:
    lights = HELD_OUT if held_out else COMMON
    return lights[int(rng.integers(len(lights)))]


@dataclass(frozen=True)
class View:
    """Where the camera stands, as a map from the photo back to the painted picture.

    Attributes:
        zoom: at least 1; a turned picture is enlarged further until it fills the frame.
        pan: shift to the right and down, as a share (-1 to 1) of the room that the zoom leaves.
        turn: degrees.
        high, side: stretch of the upper (left) edge against the lower (right) one, -1 to 1.
        bulge: strength of the fish-eye, 0 to 1.
    """

    zoom: float = 1.0
    pan: tuple[float, float] = (0.0, 0.0)
    turn: float = 0.0
    high: float = 0.0
    side: float = 0.0
    bulge: float = 0.0

    def source(self, u: np.ndarray, v: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Photo coordinates -> painted coordinates, both -1 to 1 over the picture."""
        lens = 1 - self.bulge * (1 - (u * u + v * v) / 2)
        x, y = u * lens, v * lens
        x = x * (1 - abs(self.high) / 2 + self.high * y / 2)
        y = y * (1 - abs(self.side) / 2 + self.side * u / 2)
        c, s = math.cos(math.radians(self.turn)), math.sin(math.radians(self.turn))
        reach = 1 / (self.zoom * (abs(c) + abs(s)))
        room = 1 - 1 / self.zoom
        return (
            (c * x - s * y) * reach + self.pan[0] * room,
            (s * x + c * y) * reach + self.pan[1] * room,
        )


def expose(
    drawing: Drawing,
    rng: np.random.Generator,
    held_out: bool,
    light: Light = COMMON[0],
    evidence: tuple[str, ...] = (),
    calm: bool = False,
) -> Drawing:
    """Takes the photo: viewpoint, something in the way, colour, lens and sensor.

    Args:
        light: the palette that the scene was painted in; a little of it covers everything.
        evidence: parts that must stay whole and cover a share of the photo in `EVIDENCE_AREA`.
        calm: nothing in the way, and a viewpoint near the painted one (for close-ups).
    """
    drawing = _frame(drawing, rng, held_out, evidence, calm)
    if not calm and rng.random() < 0.22:
        drawing = _occlude(drawing, rng, evidence)
    return Drawing(_develop(drawing, rng, light, held_out), drawing.labels)


def warp(drawing: Drawing, view: View) -> Drawing:
    """Picture and labels seen from another place."""
    mesh = _mesh(view, drawing.image.size[0])
    return Drawing(_warp_image(drawing.image, mesh), _warp_labels(drawing.labels, mesh))


def _mesh(view: View, size: int, cells: int = 8) -> Mesh:
    cuts = [round(i * size / cells) for i in range(cells + 1)]
    u, v = np.meshgrid(np.array(cuts) / size * 2 - 1, np.array(cuts) / size * 2 - 1)
    x, y = ((axis + 1) / 2 * size for axis in view.source(u, v))
    mesh = []
    for i in range(cells):
        for j in range(cells):
            corners = ((i, j), (i + 1, j), (i + 1, j + 1), (i, j + 1))
            quad = tuple(float(axis[k]) for k in corners for axis in (x, y))
            mesh.append(((cuts[j], cuts[i], cuts[j + 1], cuts[i + 1]), quad))
    return mesh


def _warp_image(image: Image.Image, mesh: Mesh) -> Image.Image:
    return image.transform(image.size, Image.Transform.MESH, mesh, Image.Resampling.BICUBIC)


def _warp_labels(labels: np.ndarray, mesh: Mesh) -> np.ndarray:
    sheet = Image.fromarray(labels)
    return np.asarray(
        sheet.transform(sheet.size, Image.Transform.MESH, mesh, Image.Resampling.NEAREST)
    )


def _frame(
    drawing: Drawing,
    rng: np.random.Generator,
    held_out: bool,
    evidence: tuple[str, ...],
    calm: bool,
) -> Drawing:
    size = drawing.image.size[0]
    least, chosen, seen = math.inf, _mesh(View(), size), drawing.labels
    for attempt in range(ATTEMPTS):
        strength = (0.35 if calm else 1.0) * (1 - attempt / (ATTEMPTS + 2))
        view = _far_view(rng, strength) if held_out else _near_view(rng, strength)
        mesh = _mesh(view, size)
        labels = _warp_labels(drawing.labels, mesh)
        fault = _fault(labels, evidence) if evidence else 0.0
        if fault < least:
            least, chosen, seen = fault, mesh, labels
        if not fault:
            break
    return Drawing(_warp_image(drawing.image, chosen), seen)


def _fault(labels: np.ndarray, evidence: tuple[str, ...]) -> float:
    """0 if the evidence covers the right share of the photo and nothing of it is cut off."""
    seen = np.isin(labels, [PARTS.index(part) + 1 for part in evidence])
    low, high = EVIDENCE_AREA
    area = float(seen.mean())
    cut = sum(int(edge.sum()) for edge in (seen[0], seen[-1], seen[:, 0], seen[:, -1]))
    return 20 * max(low - area, area - high, 0.0) + cut / labels.shape[0]


def _near_view(rng: np.random.Generator, strength: float) -> View:
    spread = rng.uniform(-1, 1, 5) * strength
    return View(
        zoom=1 + 0.22 * strength * rng.random(),
        pan=(spread[0], spread[1]),
        turn=4 * spread[2],
        high=0.08 * spread[3],
        side=0.08 * spread[4],
    )


def _far_view(rng: np.random.Generator, strength: float) -> View:
    near = _near_view(rng, strength * 0.5)
    sign = 1 if rng.random() < 0.5 else -1
    kind = int(rng.integers(3))
    much = rng.uniform(0.7, 1.0) * strength
    if kind == 0:
        return View(near.zoom, near.pan, turn=sign * 17 * much, high=near.high)
    if kind == 1:
        return View(near.zoom, near.pan, near.turn * 2, high=0.5 * much, side=sign * 0.2 * much)
    return View(near.zoom, near.pan, near.turn, bulge=0.42 * much)


def _occlude(drawing: Drawing, rng: np.random.Generator, evidence: tuple[str, ...]) -> Drawing:
    """Puts something blurred close to the lens, unless it would hide the evidence."""
    size = drawing.image.size[0]
    image, hidden = drawing.image.copy(), np.zeros((size, size), bool)
    for shape, colour in _head(rng) if rng.random() < 0.6 else _post(rng):
        veil = Image.new("L", (size, size), 0)
        ImageDraw.Draw(veil).polygon([(x * size, y * size) for x, y in shape], fill=255)
        veil = veil.filter(ImageFilter.GaussianBlur(size / 110))
        hidden |= np.asarray(veil) > 127
        image.paste(colour, (0, 0), veil)
    ids = [PARTS.index(part) + 1 for part in evidence]
    if ids and (np.isin(drawing.labels, ids) & hidden).any():
        return drawing
    labels = np.where(hidden, PARTS.index("distractor") + 1, drawing.labels)
    return Drawing(image, labels.astype(np.uint8))


def _head(rng: np.random.Generator) -> list[tuple[list[Point], Rgb]]:
    """Somebody in a lower corner, seen from behind."""
    x = rng.uniform(0.0, 0.12) if rng.random() < 0.5 else rng.uniform(0.88, 1.0)
    y, r = rng.uniform(0.8, 0.88), rng.uniform(0.06, 0.08)
    r1, g1, b1 = (int(c) for c in rng.integers(50, 120, 3))
    hair = ((46, 36, 32), (92, 66, 44), (150, 118, 76), (66, 66, 72))[int(rng.integers(4))]
    back = arc(x, y + 3.1 * r, 2.1 * r, 1.9 * r)
    return [(back, (r1, g1, b1)), (arc(x, y, r, r * 1.2), hair)]


def _post(rng: np.random.Generator) -> list[tuple[list[Point], Rgb]]:
    left = rng.uniform(0.02, 0.18) if rng.random() < 0.5 else rng.uniform(0.8, 0.94)
    right, grey = left + rng.uniform(0.025, 0.05), int(rng.integers(90, 150))
    return [([(left, 0), (right, 0), (right, 1), (left, 1)], (grey, grey, grey))]


def _develop(
    drawing: Drawing, rng: np.random.Generator, light: Light, held_out: bool
) -> Image.Image:
    """Colour cast, vignette, exposure, blur and noise. Flags keep most of their own colours."""
    size = drawing.image.size[0]
    image = drawing.image
    blur = rng.uniform(0.3, 1.0) if rng.random() < 0.2 else 0.0
    if blur:
        image = image.filter(ImageFilter.GaussianBlur(blur * size / 256))
    pixels = np.asarray(image).astype(np.float32)
    cast = 0.4 if held_out else 0.3
    share = np.where(drawing.mask("flag"), cast * 0.4, cast).astype(np.float32)[..., None]
    gain, haze = (np.array(v, np.float32) for v in (light.gain, light.haze))
    lit = pixels * gain * (1 - light.fog) + haze * light.fog
    pixels += (lit - pixels) * share
    contrast, brightness = rng.uniform(0.94, 1.14), rng.uniform(-6, 14)
    axis = np.linspace(-1, 1, size, dtype=np.float32) ** 2
    dark = 1 - np.float32(rng.uniform(0, 0.1)) * (axis[:, None] + axis[None, :])
    pixels = ((pixels - 128) * contrast + 128 + brightness) * dark[..., None]
    if rng.random() < 0.4:
        grain = np.float32(rng.uniform(1.0, 4.0))
        pixels += rng.standard_normal((size, size, 1), dtype=np.float32) * grain
    return Image.fromarray(np.clip(pixels, 0, 255).astype(np.uint8))

"""Countries and flags: complete tables, geometry from the flag laws, shapes of known area."""

from __future__ import annotations

import functools
import itertools
import math

import numpy as np
import pytest
from PIL import Image

from mimic.atlas.facts.countries import COUNTRIES
from mimic.atlas.flags.flag_cloth import Layer, at, canton, cloth_on, inside, mirrored
from mimic.atlas.flags.flag_emblems import union_jack
from mimic.atlas.flags.flag_parts import (
    box,
    crescent,
    disc,
    horizontal,
    line,
    plain,
    ring,
    saltire,
    sector,
    shape,
    star,
    vertical,
)
from mimic.atlas.flags.flags import FLAGS, flag, flag_ratio

WHITE, BLACK = "#FFFFFF", "#000000"
CONTINENTS = {"Africa", "Asia", "Europe", "North America", "Oceania", "South America"}
# The same flag but for its proportions, and flags told apart by a small emblem alone.
LOOKALIKES = {("id", "mc"), ("eg", "ye"), ("eg", "iq"), ("iq", "ye"), ("au", "nz")}


def painted(*layers: Layer, size: int = 400) -> np.ndarray:
    """White layers on black, painted without antialiasing on a cloth of 1 x 1: bool."""
    picture = Image.new("RGB", (size, size))
    for layer in layers:
        layer(cloth_on(picture, 1, 1))
    return np.asarray(picture)[..., 0] > 127


def colour_at(code: str, x: float, y: float, height: int = 200) -> tuple[int, int, int]:
    """The colour of a flag at fractions of its width and height."""
    picture = flag(code, height)
    pixel = picture.getpixel((int(x * picture.width), int(y * picture.height)))
    assert isinstance(pixel, tuple)
    return pixel[0], pixel[1], pixel[2]


def test_every_country_is_complete() -> None:
    assert len(COUNTRIES) >= 135
    for country in COUNTRIES:
        assert country.name and country.demonym and country.capital
        assert country.continent in CONTINENTS
        assert len(country.code) == 2 and country.code.islower()
        assert all(0 <= value <= 255 for colour in country.kit for value in colour)
        assert country.name not in country.aliases


def test_codes_and_names_are_unique() -> None:
    assert len({c.code for c in COUNTRIES}) == len(COUNTRIES)
    assert len({c.name for c in COUNTRIES}) == len(COUNTRIES)


def test_shared_names_are_shared() -> None:
    sharing: dict[str, set[str]] = {}
    for country in COUNTRIES:
        for name in (country.name, *country.aliases):
            sharing.setdefault(name, set()).add(country.code)
    assert sharing["Congo"] == {"cd", "cg"}
    assert sharing["Korea"] == {"kp", "kr"}
    assert sharing["Guinea"] == {"gn", "gq", "gw"}


def test_every_country_has_its_flag() -> None:
    assert {c.code for c in COUNTRIES} == set(FLAGS)


@pytest.mark.parametrize(
    ("code", "ratio"),
    [("no", 22 / 16), ("ch", 1.0), ("us", 1.9), ("qa", 28 / 11), ("be", 15 / 13), ("br", 10 / 7)],
)
def test_official_ratio(code: str, ratio: float) -> None:
    assert flag_ratio(code) == pytest.approx(ratio)
    assert flag(code, 80).size == (round(80 * ratio), 80)


def test_flags_are_rgb_copies_and_repeatable() -> None:
    first = flag("jp", 40)
    assert first.mode == "RGB"
    first.paste((0, 0, 0), (0, 0, 60, 40))
    assert flag("jp", 40).getpixel((0, 0)) == (255, 255, 255)


def test_no_two_flags_look_the_same() -> None:
    codes = sorted(FLAGS)
    small = [np.asarray(flag(c, 48).resize((36, 24)), float) for c in codes]
    close = {
        (codes[i], codes[j])
        for i in range(len(codes))
        for j in range(i)
        if np.abs(small[i] - small[j]).mean() < 7
    }
    assert {tuple(sorted(pair)) for pair in close} <= LOOKALIKES


@pytest.mark.parametrize(
    ("code", "x", "y", "colour"),
    [
        # Norway, 22 x 16: blue bar 7-9, white bars 6-7 and 9-10, both ways.
        ("no", 8 / 22, 8 / 16, (0, 40, 104)),
        ("no", 6.5 / 22, 3 / 16, (255, 255, 255)),
        ("no", 15 / 22, 6.5 / 16, (255, 255, 255)),
        ("no", 3 / 22, 3 / 16, (239, 43, 45)),
        # Japan: a disc of three fifths of the height in the middle.
        ("jp", 0.5 + 0.29 / 1.5, 0.5, (188, 0, 45)),
        ("jp", 0.5 + 0.31 / 1.5, 0.5, (255, 255, 255)),
        # United States: canton over seven stripes and two fifths of the fly; red ends the flag.
        ("us", 0.002, 0.53, (60, 59, 110)),
        ("us", 0.002, 0.56, (255, 255, 255)),
        ("us", 0.99, 0.98, (178, 34, 52)),
        # France and Romania, hoist first.
        ("fr", 0.1, 0.5, (0, 35, 149)),
        ("ro", 0.9, 0.5, (206, 17, 38)),
        # Monaco is red above white, Poland white above red.
        ("mc", 0.5, 0.2, (206, 17, 38)),
        ("pl", 0.5, 0.2, (255, 255, 255)),
        # Korea: red swells at the upper hoist, blue at the lower fly.
        ("kr", 0.46, 0.42, (205, 46, 58)),
        ("kr", 0.54, 0.58, (0, 71, 160)),
        # Congo-Brazzaville: green in the upper hoist corner, red in the lower fly corner.
        ("cg", 0.1, 0.1, (0, 149, 67)),
        ("cg", 0.95, 0.9, (220, 36, 31)),
        # Nepal's flag leaves the middle of the fly free.
        ("np", 0.95, 0.75, (255, 255, 255)),
        ("np", 0.1, 0.2, (220, 20, 60)),
    ],
)
def test_colours_where_the_law_puts_them(
    code: str, x: float, y: float, colour: tuple[int, int, int]
) -> None:
    assert colour_at(code, x, y) == colour


def test_union_jack_is_not_upside_down() -> None:
    """Beside the hoist, the broad white of St Andrew lies above the red of St Patrick."""
    picture = Image.new("RGB", (600, 300))
    union_jack(60, 30)(cloth_on(picture, 60, 30))
    column = np.asarray(picture)[:95, 100, 0]  # crosses the diagonal at y = 50
    names = {255: "white", 200: "red", 1: "blue"}
    runs = itertools.groupby(names[int(level)] for level in column)
    order = [(name, len(list(run))) for name, run in runs]
    assert [name for name, _ in order] == ["blue", "white", "red", "white", "blue"]
    broad, red, narrow = (length for _, length in order[1:4])
    assert broad == pytest.approx(3 * narrow, abs=3)
    assert red == pytest.approx(2 * narrow, abs=3)


@pytest.mark.parametrize(
    ("layer", "area"),
    [
        (disc(WHITE, 0.5, 0.5, 0.3), math.pi * 0.09),
        (disc(WHITE, 0.5, 0.5, 0.4, 0.2), math.pi * 0.08),
        (ring(WHITE, 0.5, 0.5, 0.4, 0.1), math.pi * (0.16 - 0.09)),
        (sector(WHITE, 0.5, 0.5, 0.4, 0, 90), math.pi * 0.04),
        (box(WHITE, 0.2, 0.1, 0.7, 0.9), 0.4),
        (shape(WHITE, "0,0 1,0 0,1"), 0.5),
        (line(WHITE, 0.1, (0.2, 0.2), (0.8, 0.2)), 0.06),
        # Six points without a notch between them: a regular hexagon's twelve corners.
        (star(WHITE, 0.5, 0.5, 0.4, 6, math.cos(math.pi / 6)), 0.16 * 1.5 * math.sqrt(3)),
        # One disc lies within the other but for a point: what is left is their difference.
        (crescent(WHITE, 0.5, 0.5, 0.4, 0.6, 0.3001), math.pi * (0.16 - 0.09)),
        (mirrored(0.5, box(WHITE, 0.1, 0, 0.2, 1)), 0.2),
        (at(0.5, 0.5, 0.2, box(WHITE, -1, -1, 1, 1), turn=30), 0.16),
        (canton(0.5, 0.5, plain(WHITE)), 0.25),
        (inside([(0, 0), (1, 0), (0, 1)], plain(WHITE)), 0.5),
        (saltire(WHITE, 0.1), 2 * (1 - (1 - 0.1 / math.sqrt(2)) ** 2) - 0.01),
    ],
)
def test_areas_of_shapes(layer: Layer, area: float) -> None:
    assert painted(layer).mean() == pytest.approx(area, abs=0.008)


def test_five_pointed_star_points_up() -> None:
    seen = painted(star(WHITE, 0.5, 0.5, 0.4))
    rows, columns = np.nonzero(seen)
    assert rows.min() == pytest.approx(40, abs=2)
    assert columns[rows == rows.min()].mean() == pytest.approx(200, abs=3)
    assert rows.max() == pytest.approx(200 + 160 * math.cos(math.pi / 5), abs=2)


def test_stripes_follow_their_weights() -> None:
    approx = functools.partial(pytest.approx, abs=0.005)
    assert painted(horizontal(BLACK, WHITE, BLACK, weights=(1, 2, 1)))[:, 0].mean() == approx(0.5)
    assert painted(vertical(WHITE, BLACK, WHITE, BLACK))[0].mean() == approx(0.5)

"""Athletes, equipment and venues: everything draws, and says truly which part is where."""

from __future__ import annotations

import numpy as np
import pytest

from mimic.atlas.drawing.canvas import Canvas, Drawing
from mimic.atlas.drawing.figure import POSES
from mimic.atlas.drawing.people import athlete, spectator
from mimic.atlas.drawing.sports import equipment, fixture
from mimic.atlas.drawing.venues import venue
from mimic.atlas.records import SPORTS, Rgb

KIT = ((206, 40, 50), (34, 92, 190))
SIZE = 96
VENUES = sorted({ground for _, ground in SPORTS.values()})


def plain_light(colour: Rgb) -> Rgb:
    return colour


def drawn_athlete(pose: str, sport: str, gear: bool, seed: int = 0) -> Drawing:
    canvas = Canvas(SIZE)
    y = 0.7 if pose == "swim" else 0.9
    athlete(canvas, 0.5, y, 0.7, KIT, np.random.default_rng(seed), pose, sport, gear)
    return canvas.finish()


def drawn_still_life(sport: str, seed: int) -> Drawing:
    canvas = Canvas(SIZE)
    equipment(canvas, sport, 0.5, 0.5, 0.8, np.random.default_rng(seed))
    return canvas.finish()


def drawn_venue(key: str, seed: int) -> tuple[Drawing, float]:
    canvas = Canvas(SIZE)
    ground = venue(canvas, key, np.random.default_rng(seed), plain_light)
    return canvas.finish(), ground


def parts(drawing: Drawing) -> set[str]:
    names = ("setting", "subject", "flag", "kit", "equipment", "emblem", "distractor")
    return {name for name in names if drawing.mask(name).any()}


@pytest.mark.parametrize("sport", ["", *SPORTS])
@pytest.mark.parametrize("pose", POSES)
def test_without_gear_nobody_has_equipment(pose: str, sport: str) -> None:
    drawing = drawn_athlete(pose, sport, gear=False)
    assert parts(drawing) - {"distractor"} == {"subject", "kit"}


@pytest.mark.parametrize("sport", SPORTS)
@pytest.mark.parametrize("pose", POSES)
def test_every_pose_can_wear_every_gear(pose: str, sport: str) -> None:
    drawing = drawn_athlete(pose, sport, gear=True)
    assert drawing.mask("kit").any()
    if not (pose == "swim" and sport not in ("water-polo", "swimming")):
        assert drawing.mask("equipment").sum() >= 20


@pytest.mark.parametrize("ground", ["ice", "pool", "grass", "court"])
def test_without_gear_the_sports_of_one_ground_look_alike(ground: str) -> None:
    sports = [key for key, (_, at) in SPORTS.items() if at == ground]
    pose = "swim" if ground == "pool" else "run"
    images = {drawn_athlete(pose, sport, gear=False).image.tobytes() for sport in sports}
    assert len(sports) > 1
    assert len(images) == 1


def test_a_kit_has_its_colours() -> None:
    drawing = drawn_athlete("stand", "", gear=False)
    pixels = np.asarray(drawing.image)[drawing.mask("kit")].astype(int)
    for colour in KIT:
        near = np.abs(pixels - colour).sum(1) < 60
        assert near.mean() > 0.15


def test_a_spectator_is_nothing_but_a_distractor() -> None:
    canvas = Canvas(SIZE)
    spectator(canvas, 0.5, 0.9, 0.7, KIT, np.random.default_rng(0))
    assert parts(canvas.finish()) == {"distractor"}


@pytest.mark.parametrize("sport", SPORTS)
def test_a_still_life_is_equipment_and_as_large_as_asked(sport: str) -> None:
    for seed in range(4):
        drawing = drawn_still_life(sport, seed)
        assert parts(drawing) == {"equipment"}
        rows, columns = np.nonzero(drawing.mask("equipment"))
        span = max(np.ptp(rows), np.ptp(columns)) / SIZE
        assert 0.6 < span < 1.0
        assert drawing.mask("equipment").mean() > 0.08


@pytest.mark.parametrize("sport", SPORTS)
def test_a_fixture_stands_in_its_venue(sport: str) -> None:
    canvas, rng = Canvas(SIZE), np.random.default_rng(1)
    ground = venue(canvas, SPORTS[sport][1], rng, plain_light)
    fixture(canvas, sport, ground, rng)
    drawing = canvas.finish()
    assert parts(drawing) == {"setting", "equipment"}
    assert 0.01 < drawing.mask("equipment").mean() < 0.5


@pytest.mark.parametrize("key", VENUES)
def test_a_venue_covers_the_picture_with_setting(key: str) -> None:
    for seed in range(6):
        drawing, ground = drawn_venue(key, seed)
        assert drawing.mask("setting").all()
        assert 0.6 < ground < 0.95


@pytest.mark.parametrize("key", VENUES)
def test_a_venue_takes_the_light(key: str) -> None:
    def night(colour: Rgb) -> Rgb:
        return colour[0] // 3, colour[1] // 3, colour[2] // 2

    canvas = Canvas(SIZE)
    venue(canvas, key, np.random.default_rng(0), night)
    day, _ = drawn_venue(key, 0)
    assert np.asarray(canvas.finish().image).mean() < 0.6 * np.asarray(day.image).mean()


def test_one_seed_one_picture_and_another_seed_another() -> None:
    for sport in SPORTS:
        draws = [drawn_still_life(sport, seed) for seed in (5, 5, 6)]
        assert draws[0].image.tobytes() == draws[1].image.tobytes() != draws[2].image.tobytes()
        assert np.array_equal(draws[0].labels, draws[1].labels)
        people = [drawn_athlete("run", sport, True, seed) for seed in (5, 5, 6)]
        assert people[0].image.tobytes() == people[1].image.tobytes() != people[2].image.tobytes()
    for key in VENUES:
        views = [drawn_venue(key, seed)[0].image.tobytes() for seed in (5, 5, 6)]
        assert views[0] == views[1] != views[2]


def test_still_lifes_of_two_sports_differ_even_when_small() -> None:
    """At 30 pixels the mean picture of a sport's seeds is nearer to its own than to another's."""
    seen = {
        sport: np.stack([_tiny(drawn_still_life(sport, seed)) for seed in range(8)])
        for sport in SPORTS
    }
    centres = {sport: tiny[:4].mean(0) for sport, tiny in seen.items()}
    hits = [
        min(centres, key=lambda other: float(np.abs(centres[other] - tiny).sum())) == sport
        for sport, rows in seen.items()
        for tiny in rows[4:]
    ]
    assert np.mean(hits) > 0.6  # chance: 0.08


def _tiny(drawing: Drawing) -> np.ndarray:
    return np.asarray(drawing.image.resize((30, 30)), float)

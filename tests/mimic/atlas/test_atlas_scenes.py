"""The pictures of Atlas: what must be in them, what must not, and that a seed fixes them."""

from __future__ import annotations

import numpy as np
import pytest

from mimic.atlas.drawing.camera import COMMON, HELD_OUT, View, expose, warp
from mimic.atlas.drawing.canvas import PARTS, Canvas, Drawing
from mimic.atlas.drawing.motifs import MOTIFS, motif
from mimic.atlas.drawing.places import NEUTRAL
from mimic.atlas.drawing.scenes import Shot, draw, evidence_of
from mimic.atlas.flags.flags import flag
from mimic.atlas.records import SPORTS, AtlasEntity


def team(sport: str, code: str = "no") -> AtlasEntity:
    return AtlasEntity(f"t:{sport}", "Norway", "", "team", country=code, sport=sport)


def state(code: str = "jp") -> AtlasEntity:
    return AtlasEntity(f"t:{code}", "Japan", "", "country", country=code)


def thing(key: str) -> AtlasEntity:
    return AtlasEntity(f"t:{key}", "Java", "", "homonym", motif=key)


ENTITIES = {"team": team("football"), "state": state(), "thing": thing("island")}


def shoot(entity: AtlasEntity, show: str, seed: int = 0, held_out: bool = False) -> Drawing:
    return draw(Shot(entity, show, held_out), np.random.default_rng(seed))


def share(drawing: Drawing, *parts: str) -> float:
    """How much of the picture the parts cover, 0 to 1."""
    return float(np.mean([drawing.mask(part) for part in parts], axis=1).sum(0).mean())


@pytest.mark.parametrize("show", ["full", "neutral", "plain"])
@pytest.mark.parametrize("kind", ENTITIES)
def test_every_kind_and_show_draws(kind: str, show: str) -> None:
    drawing = shoot(ENTITIES[kind], show)
    assert drawing.image.size == (256, 256) and drawing.image.mode == "RGB"
    assert drawing.labels.shape == (256, 256) and drawing.labels.dtype == np.uint8
    assert drawing.labels.max() <= len(PARTS)
    assert np.asarray(drawing.image).std() > 10


def test_an_unknown_show_is_refused() -> None:
    with pytest.raises(ValueError, match="full, neutral, venue, plain"):
        shoot(state(), "close")


@pytest.mark.parametrize("sport", SPORTS)
def test_a_full_team_shows_kit_equipment_and_mostly_its_flag(sport: str) -> None:
    drawings = [shoot(team(sport), "full", seed) for seed in range(3)]
    for drawing in drawings:
        assert share(drawing, "equipment") > 0.04
        assert share(drawing, "kit") > 0.002  # swimmers show little of it
    assert np.median([share(drawing, "flag") for drawing in drawings]) > 0.03


@pytest.mark.parametrize("sport", SPORTS)
def test_a_venue_shows_players_but_no_equipment(sport: str) -> None:
    flags = 0
    for seed in range(4):
        drawing = shoot(team(sport), "venue", seed)
        assert not drawing.mask("equipment").any()
        assert drawing.mask("kit").any()
        flags += bool(drawing.mask("flag").any())
    assert flags < 4 or sport != "football"  # the flag is there in about half


@pytest.mark.parametrize("kind", ENTITIES)
def test_plain_shows_nothing_of_any_entity(kind: str) -> None:
    for seed in range(6):
        drawing = shoot(ENTITIES[kind], "plain", seed)
        for part in ("subject", "flag", "kit", "equipment", "emblem"):
            assert not drawing.mask(part).any(), part
        assert drawing.mask("distractor").any()


@pytest.mark.parametrize("held_out", [False, True])
def test_neutral_evidence_is_small_but_clear(held_out: bool) -> None:
    sample = [team(sport) for sport in SPORTS] + [state(c) for c in ("jp", "qa", "np", "ch")]
    sample += [thing(key) for key in MOTIFS[::3]]
    for i, entity in enumerate(sample):
        drawing = shoot(entity, "neutral", i, held_out)
        assert 0.04 <= share(drawing, *evidence_of(entity)) <= 0.28, entity.id


def test_a_state_has_no_sport_in_its_pictures() -> None:
    flat = 0
    for seed in range(12):
        drawing = shoot(state(), "full", seed)
        assert not drawing.mask("equipment").any() and not drawing.mask("kit").any()
        assert share(drawing, "flag") > 0.1
        flat += share(drawing, "flag") > 0.55
    assert 2 <= flat <= 9  # close-ups in about a third


def test_a_flat_flag_keeps_its_colours() -> None:
    """A model trained on these pictures has to know flags from other people's clean files."""
    true = np.asarray(flag("jp", 120).resize((64, 64)), float)
    best = min(
        np.abs(np.asarray(shoot(state(), "full", seed).image.resize((64, 64)), float) - true).mean()
        for seed in range(12)
    )
    assert best < 25


@pytest.mark.parametrize("key", MOTIFS)
def test_every_motif_stays_in_its_box_and_differs(key: str) -> None:
    canvas = Canvas(64)
    motif(canvas, key, 0.5, 0.5, 0.8, np.random.default_rng(1))
    drawing = canvas.finish()
    seen = drawing.mask("subject") | drawing.mask("emblem")
    assert seen.mean() > 0.08
    assert not seen[:4].any() and not seen[-4:].any()
    assert not seen[:, :4].any() and not seen[:, -4:].any()


def test_motifs_can_be_told_apart_at_forty_pixels() -> None:
    small = []
    for key in MOTIFS:
        canvas = Canvas(40)
        motif(canvas, key, 0.5, 0.5, 1.0, np.random.default_rng(3))
        small.append(np.asarray(canvas.finish().image, float))
    for i, one in enumerate(small):
        for other in small[i + 1 :]:
            assert np.abs(one - other).mean() > 6


@pytest.mark.parametrize("name", NEUTRAL)
def test_neutral_places_hold_only_setting_and_distractors(name: str) -> None:
    canvas = Canvas(64)
    ground = NEUTRAL[name](canvas, np.random.default_rng(2), COMMON[0])
    assert 0.8 < ground < 0.95
    allowed = {0, PARTS.index("setting") + 1, PARTS.index("distractor") + 1}
    assert set(np.unique(canvas.finish().labels)) <= allowed


@pytest.mark.parametrize("show", ["full", "neutral", "venue", "plain"])
def test_a_seed_fixes_the_picture(show: str) -> None:
    one, again, other = (shoot(team("curling"), show, seed) for seed in (5, 5, 6))
    assert one.image.tobytes() == again.image.tobytes()
    assert one.labels.tobytes() == again.labels.tobytes()
    assert one.image.tobytes() != other.image.tobytes()


@pytest.mark.parametrize("kind", ENTITIES)
def test_held_out_pictures_are_of_another_family(kind: str) -> None:
    usual, held = (shoot(ENTITIES[kind], "neutral", 4, flag_) for flag_ in (False, True))
    assert np.abs(np.asarray(usual.image, float) - np.asarray(held.image, float)).mean() > 8
    assert not {light.name for light in COMMON} & {light.name for light in HELD_OUT}


@pytest.mark.parametrize(
    "view", [View(), View(zoom=1.2, pan=(1, -1)), View(turn=17), View(high=0.5), View(bulge=0.4)]
)
def test_no_view_looks_past_the_painting(view: View) -> None:
    edge = np.linspace(-1, 1, 9)
    u, v = np.meshgrid(edge, edge)
    x, y = view.source(u, v)
    assert np.abs(x).max() <= 1 + 1e-9 and np.abs(y).max() <= 1 + 1e-9


def test_a_view_moves_picture_and_labels_alike() -> None:
    canvas = Canvas(128)
    canvas.gradient((0, 0, 0), (0, 0, 0))
    canvas.rectangle(0.4, 0.4, 0.6, 0.6, (255, 255, 255), "flag")
    photo = warp(canvas.finish(), View(zoom=1.3, pan=(0.4, -0.2), turn=12, high=0.3))
    bright = np.asarray(photo.image)[..., 0] > 127
    assert (bright != photo.mask("flag")).mean() < 0.004
    assert photo.mask("flag").mean() > 0.04


def test_nothing_gets_in_front_of_the_evidence() -> None:
    canvas = Canvas(128)
    canvas.gradient((90, 140, 90), (90, 140, 90))
    canvas.rectangle(0.3, 0.35, 0.7, 0.65, (255, 255, 255), "flag")
    drawing = canvas.finish()
    for seed in range(30):
        photo = expose(drawing, np.random.default_rng(seed), False, evidence=("flag",))
        mask = photo.mask("flag")
        rows, columns = np.nonzero(mask)
        box = (np.ptp(rows) + 1) * (np.ptp(columns) + 1)
        assert mask.sum() / box > 0.75  # a whole, slightly turned rectangle

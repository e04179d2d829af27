"""Photographs of a user's beside the drawings: their files, their mentions, and what stops them."""

import hashlib
import json
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image
from support import Run
from support.commands import one_line

from mimic.atlas import dataset
from mimic.atlas.dataset import write_atlas
from mimic.atlas.facts.entities import candidates_by_surface, entities
from mimic.atlas.mentions import PARAPHRASES, Order, orders
from mimic.atlas.photo_mentions import photo_orders
from mimic.atlas.photographs import Photograph, copy_photographs, find_photographs
from mimic.atlas.records import SPORTS
from mimic.atlas.words.wording import SPLITS
from mimic.data.layout import read_kb, read_split
from mimic.io.terminal import Progress

SIZES = (12, 8, 8)


def _picture(path: Path, size: tuple[int, int] = (40, 30), seed: int = 0, **options: Any) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    pixels = np.random.default_rng(seed).integers(0, 255, (size[1], size[0], 3), np.uint8)
    Image.fromarray(pixels).save(path, **options)
    return path


@pytest.fixture
def photos(tmp_path: Path) -> Path:
    """Train with two photographs of tennis, two of curling, four others; dev with two and one."""
    folder = tmp_path / "photos"
    names = [f"train/sports/{sport}/{n}.jpg" for sport in ("tennis", "curling") for n in (0, 1)]
    names += [f"train/other-sports/{n}/a.jpg" for n in ("golf", "judo")]
    names += ["train/unrelated/A thing/a.jpg", "train/unrelated/a_thing/a.jpg"]
    names += ["dev/sports/ice-hockey/0.jpg", "dev/sports/ice-hockey/1.jpg", "dev/unrelated/x/0.jpg"]
    for seed, name in enumerate(names):
        _picture(folder / name, seed=seed)
    (folder / "index.csv").write_text("path,class\n")
    return folder


def _bytes(folder: Path) -> dict[str, str]:
    return {
        str(file.relative_to(folder)): hashlib.sha256(file.read_bytes()).hexdigest()
        for file in folder.rglob("*")
        if file.is_file()
    }


def _undrawn(jobs: Any, folder: Path, workers: int, progress: Progress | None) -> dict[str, Any]:
    for job in jobs[:1]:
        (folder / job.file).write_bytes(b"drawn")
    return {}


@pytest.fixture
def no_drawings(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dataset, "_draw_all", _undrawn)


# --- the files --------------------------------------------------------------------------------


def test_where_photographs_are_sought(photos: Path) -> None:
    train = photos / "train"
    for name in ("notes.txt", "._0.jpg", ".DS_Store"):
        (train / "sports" / "tennis" / name).write_bytes(b"no photograph")
    (train / "sports" / "tennis" / "more.jpg").mkdir()
    (train / ".cache").mkdir()
    _picture(photos / "test" / "sports" / "handball" / "A.PNG")
    found = find_photographs(photos)
    assert [(p.split, p.sport, p.name) for p in found] == [
        ("train", "", "photo-train-golf-000.jpg"),
        ("train", "", "photo-train-judo-000.jpg"),
        ("train", "curling", "photo-train-curling-000.jpg"),
        ("train", "curling", "photo-train-curling-001.jpg"),
        ("train", "tennis", "photo-train-tennis-000.jpg"),
        ("train", "tennis", "photo-train-tennis-001.jpg"),
        ("train", "", "photo-train-a-thing-000.jpg"),
        ("train", "", "photo-train-a-thing-001.jpg"),
        ("dev", "ice-hockey", "photo-dev-ice-hockey-000.jpg"),
        ("dev", "ice-hockey", "photo-dev-ice-hockey-001.jpg"),
        ("dev", "", "photo-dev-x-000.jpg"),
        ("test", "handball", "photo-test-handball-000.jpg"),
    ]
    assert found[0].path == train / "other-sports" / "golf" / "a.jpg"


@pytest.mark.parametrize(
    ("name", "size", "options", "same"),
    [
        ("a.jpg", (512, 300), {}, True),
        ("a.png", (512, 300), {"format": "JPEG"}, True),
        ("a.jpg", (513, 300), {}, False),
        ("a.jpg", (2100, 1600), {}, False),
        ("a.jpg", (40, 30), {"format": "PNG"}, False),
        ("a.webp", (300, 1024), {}, False),
    ],
)
def test_a_small_jpeg_is_copied_and_all_else_made_one(
    tmp_path: Path, name: str, size: tuple[int, int], options: dict[str, Any], same: bool
) -> None:
    source = _picture(tmp_path / name, size, **options)
    told: list[tuple[int, int]] = []
    photograph = Photograph(source, "train", "", "photo-train-x-000.jpg")
    copy_photographs([photograph], tmp_path, lambda *done: told.append(done))
    assert told == [(1, 1)]
    copy = tmp_path / "photo-train-x-000.jpg"
    assert (copy.read_bytes() == source.read_bytes()) == same
    with Image.open(copy) as picture:
        assert picture.format == "JPEG" and max(picture.size) <= 512
        if max(size) > 512:
            assert max(picture.size) == 512
            assert picture.width / picture.height == pytest.approx(size[0] / size[1], rel=0.01)


def test_a_photograph_stands_upright(tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # a quarter turn
    source = _picture(tmp_path / "a.jpg", (1024, 512), exif=exif)
    copy_photographs([Photograph(source, "train", "", "b.jpg")], tmp_path)
    with Image.open(tmp_path / "b.jpg") as picture:
        assert picture.size == (256, 512) and not picture.getexif()


# --- what stops them --------------------------------------------------------------------------


def _stopped(call: Run, tmp_path: Path, photos: Path) -> str:
    """The one line of a command that leaves nothing behind."""
    before = sorted(path.name for path in tmp_path.iterdir())
    code, out, err = call("atlas", "--out", tmp_path / "out", "--photos", photos, "--workers", 1)
    lines = err.splitlines(keepends=True)  # on a busy machine there is progress before it
    told = one_line((code, out, lines[-1]))
    assert sorted(path.name for path in tmp_path.iterdir()) == before
    return told


def test_a_missing_an_empty_folder_and_a_file(call: Run, tmp_path: Path, photos: Path) -> None:
    assert f"{tmp_path / 'absent'}: no such folder" in _stopped(call, tmp_path, tmp_path / "absent")
    assert "no such folder" in _stopped(call, tmp_path, photos / "index.csv")
    (tmp_path / "empty" / "train" / "sports" / "tennis").mkdir(parents=True)
    told = _stopped(call, tmp_path, tmp_path / "empty")
    assert "no photographs there" in told
    assert "{train,dev,test}/{sports,other-sports,unrelated}/NAME/" in told


def test_an_unknown_sport_is_told_with_the_known_ones(
    call: Run, tmp_path: Path, photos: Path
) -> None:
    wrong = photos / "dev" / "sports" / "ice hockey"
    wrong.mkdir()
    told = _stopped(call, tmp_path, photos)
    assert f"{wrong}: an unknown sport" in told
    assert all(sport in told for sport in SPORTS) and len(SPORTS) == 13


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("train/sport", "a split holds the folders sports, other-sports, unrelated"),
        ("dev/other-sports/tennis", "its place is sports/tennis"),
        ("dev/unrelated/curling", "its place is sports/curling"),
    ],
)
def test_a_folder_in_the_wrong_place(
    call: Run, tmp_path: Path, photos: Path, name: str, words: str
) -> None:
    (photos / name).mkdir(parents=True)
    told = _stopped(call, tmp_path, photos)
    assert f"{photos / name}: " in told and words in told


@pytest.mark.parametrize("kind", ["cut", "text", "empty", "link"])
def test_a_damaged_photograph_stops_before_anything_is_drawn(
    call: Run, tmp_path: Path, photos: Path, kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def never(*_: object) -> None:
        raise AssertionError

    monkeypatch.setattr(dataset, "_draw_all", never)
    file = photos / "train" / "sports" / "curling" / "1.jpg"
    half = file.read_bytes()[: file.stat().st_size // 2]
    file.unlink()
    if kind == "link":
        file.symlink_to(tmp_path / "nowhere.jpg")
    else:
        file.write_bytes({"cut": half, "text": b"a photograph", "empty": b""}[kind])
    assert str(file) in _stopped(call, tmp_path, photos)


# --- the written data set -----------------------------------------------------------------------


@pytest.mark.usefixtures("no_drawings")
def test_the_others_stay_as_they_are(tmp_path: Path, photos: Path) -> None:
    write_atlas(tmp_path / "without", 5, SIZES, 1)
    summary = write_atlas(tmp_path / "with", 5, SIZES, 1, photos=photos)
    write_atlas(tmp_path / "again", 5, SIZES, 1, photos=photos)
    without, with_photos = _bytes(tmp_path / "without"), _bytes(tmp_path / "with")
    assert with_photos == _bytes(tmp_path / "again")
    changed = {name for name in without if with_photos[name] != without[name]}
    files = [f"ATLAS_{split}{kind}.json" for split in SPLITS[:2] for kind in ("", "_evidence")]
    assert changed == {*files}
    for name in files:
        old, new = (json.loads((tmp_path / w / name).read_text()) for w in ("without", "with"))
        assert (new[: len(old)] if isinstance(old, list) else {k: new[k] for k in old}) == old
    added = with_photos.keys() - without.keys()
    assert added == {f"mention_image/{p.name}" for p in find_photographs(photos)}
    # 4 photographs of sports and 4 others in train: 6 and 2 each, then 2, 4 and 5
    own = {"text": 3, "image": 3, "both": 3, "conflict": 3}
    assert summary["labels"]["train"] == {
        **own, "photo": 24, "conflict": 3 + 16, "text": 3 + 16, "unknown": 20
    }  # fmt: skip
    # 2 and 1 in dev: 2 each, 1 for two of three (rounded up), then 1 and 1
    own = dict.fromkeys(own, 2)
    assert summary["labels"]["dev"] == {
        **own, "photo": 4, "conflict": 2 + 2, "text": 2 + 1, "unknown": 1
    }  # fmt: skip
    assert summary["labels"]["test"] == own
    assert summary["photographs"] == {"train": 8, "dev": 3, "test": 0}


@pytest.mark.usefixtures("no_drawings")
def test_what_a_reader_finds(tmp_path: Path, photos: Path) -> None:
    write_atlas(tmp_path / "data", 5, SIZES, 1, photos=photos)
    kb = read_kb(tmp_path / "data")
    train = read_split(tmp_path / "data", "train", kb)
    evidence = json.loads((tmp_path / "data" / "ATLAS_train_evidence.json").read_text())
    rows = [i for i, mention in enumerate(train.mentions) if mention.id.startswith("photo-")]
    assert rows == list(range(12, len(train.mentions)))
    for row in rows:
        mention, label = train.mentions[row], train.groups[row]
        assert mention.image is not None and mention.image.is_file() and mention.span is not None
        assert len(train.paraphrases[row]) == PARAPHRASES
        assert (train.gold[row] < 0) == (train.answers[row] == "nil") == (label == "unknown")
        found = evidence[mention.id]
        assert set(found) == {"label", "neutral_setting", "words", "masks"}
        assert bool(found["words"]) == (label in ("text", "conflict")) and not found["masks"]


# --- the mentions of many photographs -----------------------------------------------------------


@pytest.fixture(scope="module")
def many() -> tuple[dict[str, Photograph], list[Order], list[Order]]:
    """24 and 10 photographs of each sport and 60 and 20 others, Atlas' mentions, and theirs."""
    photographs = [
        Photograph(Path("x"), split, sport, f"photo-{split}-{sport or 'other'}-{n:03d}.jpg")
        for split, few in (("train", (24, 60)), ("dev", (10, 20)), ("test", (10, 20)))
        for sport in ("", *SPORTS)
        for n in range(few[not sport])
    ]
    atlas = orders(0, (400, 100, 100))
    return {p.name: p for p in photographs}, atlas, photo_orders(0, photographs, atlas)


Many = tuple[dict[str, Photograph], list[Order], list[Order]]


def test_each_photograph_meets_different_nations_and_sentences(many: Many) -> None:
    photographs, _, made = many
    met: dict[str, list[str]] = defaultdict(list)
    for order in made:
        if order.label == "photo":
            met[order.photograph].append(order.entity.country)
    assert met.keys() == {name for name, p in photographs.items() if p.sport}
    for name, nations in met.items():
        assert len({*nations}) == len(nations) == (6 if photographs[name].split == "train" else 2)
    said = Counter(text for o in made for text in (o.sentence.text, *o.paraphrases))
    assert len(said) > 0.97 * said.total()


def test_what_the_labels_say_is_true(many: Many) -> None:
    photographs, _, made = many
    for order in made:
        sport, bearers = photographs[order.photograph].sport, candidates_by_surface()[order.surface]
        of_sport = [bearer.id for bearer in bearers if bearer.sport == sport]
        assert order.entity in bearers and photographs[order.photograph].split == order.split
        assert order.surface in order.sentence.text and order.picture is None
        if order.label == "photo":
            assert of_sport == [order.answer] and not order.sentence.words
        elif order.label == "unknown":
            assert order.answer == "nil" and not sport and not order.sentence.words
        else:
            assert order.answer == order.entity.id and order.sentence.words
            topics = Counter((bearer.kind, bearer.sport) for bearer in bearers)
            assert topics[order.entity.kind, order.entity.sport] == 1
            assert not sport if order.label == "text" else not sport or order.entity.sport != sport


def test_a_contrary_photograph_is_half_of_the_time_of_a_bearer_of_the_name(many: Many) -> None:
    photographs, _, made = many
    shown = [(photographs[o.photograph].sport, o) for o in made if o.label == "conflict"]
    rivals = [
        any(bearer.sport == sport for bearer in candidates_by_surface()[o.surface])
        for sport, o in shown
        if sport and o.split == "train"
    ]
    assert 0.7 < np.mean(rivals) < 0.9  # a name that is drawn at random fits in 0.6


def test_nations_sports_and_sentences_have_their_shares(many: Many) -> None:
    photographs, atlas, made = many
    for split, times in (("train", 6), ("dev", 2), ("test", 2)):
        shown = [o for o in made if o.split == split and o.label == "photo"]
        per_sport = Counter(o.entity.sport for o in shown)
        assert {*per_sport.values()} == {times * (24 if split == "train" else 10)}
        for sport in SPORTS:
            teams = [e for e in entities() if e.sport == sport]
            often = Counter(o.entity.id for o in shown if o.entity.sport == sport)
            assert max(often.values()) <= -(-per_sport[sport] // (0.8 * len(teams))) + 1
    owners: dict[str, set[str]] = defaultdict(set)
    for order in (*atlas, *made):
        for text in (order.sentence.text, *order.paraphrases):
            owners[text].add(order.split)
    assert not [text for text, splits in owners.items() if len(splits) > 1]
    assert len({order.id for order in (*atlas, *made)}) == len(atlas) + len(made)


def test_another_seed_deals_anew(many: Many) -> None:
    photographs, atlas, made = many
    again = photo_orders(0, list(photographs.values()), atlas)
    assert again == made
    other = photo_orders(1, list(photographs.values()), atlas)
    assert [o.id for o in other] == [o.id for o in made]
    assert [o.surface for o in other] != [o.surface for o in made]

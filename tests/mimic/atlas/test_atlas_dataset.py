"""The written data set: layout, evidence, balance, and the same bytes for the same seed."""

import hashlib
import json
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from mimic.atlas import dataset
from mimic.atlas.ambiguity import combinations, one_sided, shares, told_by_words, venue_is_telling
from mimic.atlas.dataset import write_atlas
from mimic.atlas.drawing.canvas import Drawing
from mimic.atlas.drawing.scenes import Shot
from mimic.atlas.facts.entities import candidates_by_surface, entities
from mimic.atlas.mentions import PARAPHRASES, Order, orders
from mimic.atlas.records import SPORTS, VOCABULARIES, AtlasEntity
from mimic.atlas.words.sentences import LABELS
from mimic.atlas.words.wording import SPLITS
from mimic.errors import InputError

SIZES = (60, 30, 30)
FULL = (12000, 1500, 1500)


def _noise(shot: Shot, rng: np.random.Generator, size: int) -> Drawing:
    """Stands in for the drawings where only the files matter: noise in which each part shows."""
    labels = np.tile(np.arange(8, dtype=np.uint8), (size, size // 8))
    return Drawing(Image.fromarray(rng.integers(0, 255, (size, size, 3), np.uint8)), labels)


def _write(out: Path, seed: int, every: int = 1) -> dict[str, Any]:
    """Writes a small data set, with one in `every` entities in its knowledge base."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(dataset, "entities", lambda: entities()[::every])
        patch.setattr(dataset, "SIDE", 32)
        patch.setattr(dataset, "draw", _noise)
        return write_atlas(out, seed, SIZES, workers=1)


def _load(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"))


def _bytes(folder: Path) -> dict[str, str]:
    files = sorted(file for file in folder.rglob("*") if file.is_file())
    return {
        str(file.relative_to(folder)): hashlib.sha256(file.read_bytes()).hexdigest()
        for file in files
    }


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("atlas") / "data"
    _write(out, 5)
    return out


@pytest.fixture(scope="module")
def full() -> list[Order]:
    """The mentions of the full data set, without pictures."""
    return orders(0, FULL)


def test_the_layout_is_that_of_the_authors(folder: Path) -> None:
    rows = _load(folder / "kb_entity.json")
    assert [row["id"] for row in rows] == list(range(len(entities())))
    assert _load(folder / "qid2id.json") == {row["qid"]: row["id"] for row in rows}
    columns = {"id", "type", "qid", "entity_name", "attr", "image_list", "aliases"}
    assert set(rows[0]) == columns
    assert all((folder / "kb_image" / row["image_list"][0]).is_file() for row in rows)
    assert len({row["image_list"][0] for row in rows}) == len(rows)
    for split, size in zip(SPLITS, SIZES, strict=True):
        mentions = _load(folder / f"ATLAS_{split}.json")
        assert len(mentions) == len({mention["id"] for mention in mentions}) == size
        for mention in mentions:
            more = {"paraphrases"} if split == "train" else set()
            assert set(mention) == {"id", "sentence", "mentions", "answer", "imgPath"} | more
            assert mention["mentions"] in mention["sentence"]
            assert mention["answer"] in {row["qid"] for row in rows}
            if mention["imgPath"]:
                assert (folder / "mention_image" / mention["imgPath"]).is_file()


@pytest.mark.parametrize("split", SPLITS)
def test_evidence_is_in_the_sentence_and_in_the_picture(folder: Path, split: str) -> None:
    mentions = {mention["id"]: mention for mention in _load(folder / f"ATLAS_{split}.json")}
    evidence = _load(folder / f"ATLAS_{split}_evidence.json")
    assert list(evidence) == list(mentions)
    for key, entry in evidence.items():
        assert set(entry) == {"label", "neutral_setting", "words", "masks"}
        said = mentions[key]["sentence"]
        assert all(0 <= a < b <= len(said) for a, b in entry["words"])
        assert bool(entry["words"]) == (entry["label"] != "image")
        assert bool(entry["masks"]) == (entry["label"] in ("image", "both"))
        for file in entry["masks"].values():
            with Image.open(folder / file) as mask:
                assert mask.mode == "1"
                assert mask.getbbox() is not None
                with Image.open(folder / "mention_image" / mentions[key]["imgPath"]) as picture:
                    assert mask.size == picture.size


def test_the_same_seed_gives_the_same_bytes_and_another_does_not(tmp_path: Path) -> None:
    for name, seed in (("first", 5), ("again", 5), ("other", 6)):
        _write(tmp_path / name, seed, every=20)
    first, again, other = (_bytes(tmp_path / name) for name in ("first", "again", "other"))
    assert first == again
    assert first.keys() != other.keys() or first["ATLAS_train.json"] != other["ATLAS_train.json"]
    pictures = [name for name in first.keys() & other.keys() if name.endswith(".jpg")]
    assert not [name for name in pictures if first[name] == other[name]]


def test_the_number_of_workers_does_not_matter(tmp_path: Path) -> None:
    made = [order for order in orders(5, SIZES) if order.picture is not None][::40]
    jobs = [*list(dataset._entity_jobs(5))[::900], *dataset._mention_jobs(5, made)]
    found = []
    for workers in (1, 2):
        folder = tmp_path / str(workers)
        dataset._make_folders(folder)
        masks = dataset._draw_all(jobs, folder, workers, None, chunk=4)
        found.append((masks, _bytes(folder)))
    assert found[0] == found[1]
    assert len(found[0][1]) >= len(jobs)


def test_no_picture_is_in_two_places(folder: Path) -> None:
    pictures = [digest for name, digest in _bytes(folder).items() if name.endswith(".jpg")]
    assert len(set(pictures)) == len(pictures)


def test_a_folder_with_something_in_it_is_refused(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("mine")
    with pytest.raises(InputError, match="new or empty"):
        write_atlas(tmp_path, 0, SIZES)
    assert (tmp_path / "notes.txt").read_text() == "mine"


@pytest.mark.parametrize(
    ("seed", "sizes", "workers"), [(-1, SIZES, 1), (0, (3, 30, 30), 1), (0, SIZES, 0)]
)
def test_numbers_out_of_range(
    tmp_path: Path, seed: int, sizes: tuple[int, ...], workers: int
) -> None:
    with pytest.raises(InputError):
        write_atlas(tmp_path / "data", seed, sizes, workers)


def test_a_failure_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(shot: Shot, rng: np.random.Generator, size: int) -> Drawing:
        raise KeyboardInterrupt

    monkeypatch.setattr(dataset, "draw", broken)
    with pytest.raises(KeyboardInterrupt):
        write_atlas(tmp_path / "data", 0, SIZES, 1)
    assert list(tmp_path.iterdir()) == []


# --- the mentions of the full data set ---------------------------------------------------------


def test_labels_have_equal_shares_and_sentences_one_split(full: list[Order]) -> None:
    counts = Counter((order.split, order.label) for order in full)
    for split, size in zip(SPLITS, FULL, strict=True):
        assert all(counts[split, label] >= 0.15 * size for label in LABELS)
    owners: dict[str, set[str]] = defaultdict(set)
    for order in full:
        assert order.sentence.text[slice(*order.sentence.span)] == order.surface
        for text in (order.sentence.text, *order.paraphrases):
            owners[text].add(order.split)
            assert order.surface in text
        assert len(order.paraphrases) == (PARAPHRASES if order.split == "train" else 0)
    assert not [text for text, found in owners.items() if len(found) > 1]


def test_settings_and_styles(full: list[Order]) -> None:
    for split in SPLITS:
        shots = [o.picture.shot for o in full if o.split == split and o.picture]
        held_out = sum(shot.held_out for shot in shots) / len(shots)
        assert 0.25 < held_out < 0.45 if split == "test" else held_out == 0
        shown = [o.picture for o in full if o.split == split and o.label == "image"]
        assert sum(p is not None and p.shot.show == "neutral" for p in shown) >= 0.6 * len(shown)
        text = [o.picture for o in full if o.split == split and o.label == "text"]
        assert 0.3 < sum(p is None for p in text) / len(text) < 0.5
        assert {p.shot.show for p in text if p} == {"plain"}


def test_without_evidence_a_guess_among_the_candidates_is_mostly_wrong(full: list[Order]) -> None:
    for label in ("text", "image"):
        sizes = [len(candidates_by_surface()[o.surface]) for o in full if o.label == label]
        assert min(sizes) >= 2
        assert np.mean(1 / np.array(sizes)) < 0.25
    often = Counter(o.entity.id for o in full if o.split == "train")
    assert min(often[entity.id] for entity in entities()) >= 1
    assert np.mean([often[entity.id] >= 3 for entity in entities()]) > 0.9


def test_a_told_entity_is_the_only_one_of_its_topic(full: list[Order]) -> None:
    for order in full:
        candidates = candidates_by_surface()[order.surface]
        assert order.entity in candidates
        if order.label in ("text", "conflict"):
            assert told_by_words(order.entity, candidates)
        if order.label == "conflict":
            assert order.picture is not None
            assert order.picture.shot.entity != order.entity


def test_in_both_neither_side_decides_and_together_they_do(full: list[Order]) -> None:
    for order in full:
        if order.label != "both" or order.picture is None:
            continue
        teams = [c for c in candidates_by_surface()[order.surface] if c.sport]
        if order.picture.shot.show == "venue":
            fitting = [_sports(order, teams), _grounds(order.entity, teams)]
        else:  # the sentence names the sport, the picture the country
            fitting = [
                {c.id for c in teams if c.sport == order.entity.sport},
                {c.id for c in teams if c.country == order.picture.shot.entity.country},
            ]
        assert min(len(found) for found in fitting) >= 2
        assert fitting[0] & fitting[1] == {order.entity.id}


def _sports(order: Order, teams: list[AtlasEntity]) -> set[str]:
    """The teams that fit every vocabulary whose wordings the sentence can come from."""
    vocabulary = order.vocabulary
    assert vocabulary is not None
    return {c.id for c in teams if c.sport in VOCABULARIES[vocabulary]}


def _grounds(team: AtlasEntity, teams: list[AtlasEntity]) -> set[str]:
    return {c.id for c in teams if SPORTS[c.sport][1] == SPORTS[team.sport][1]}


def test_one_side_of_both_is_not_worth_much(full: list[Order]) -> None:
    """What somebody scores who knows the vocabulary, or the venue, and all the frequencies."""
    for side in ("words", "picture"):
        groups: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
        for order in full:
            if order.label == "both" and order.picture is not None:
                shot = order.picture.shot
                shown = SPORTS[shot.entity.sport][1] if shot.entity.sport else shot.entity.country
                said = order.vocabulary or order.entity.sport
                groups[order.surface, said if side == "words" else shown][order.entity.id] += 1
        right = sum(max(group.values()) for group in groups.values())
        assert right / sum(sum(group.values()) for group in groups.values()) < 0.52


def test_combinations_of_a_made_up_country() -> None:
    def team(sport: str) -> AtlasEntity:
        return AtlasEntity(sport, "X", "", "team", "xx", sport)

    teams = [team(s) for s in ("football", "rugby-union", "handball", "basketball", "tennis")]
    options = combinations(teams)
    # basketball and tennis fit no vocabulary that another team fits; nobody else may "try"
    assert [(o.team.sport, o.vocabulary) for o in options] == [
        ("football", "goal"),
        ("handball", "goal"),
    ]
    assert shares(options).tolist() == [0.5, 0.5]
    assert one_sided(options, shares(options)) == (0.5, 1.0)
    assert venue_is_telling(teams[4], teams)
    assert not venue_is_telling(teams[0], teams)

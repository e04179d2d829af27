"""What `python -m analysis world` measures, next to numbers that are worked out by hand."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Sequence
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import torch
from PIL import Image
from support import tiny
from torch import Tensor

from analysis.__main__ import main
from analysis.report.model_card import JSON, PAGE
from analysis.world import photographs, unseen
from analysis.world.figures import lines, read_inputs, world
from analysis.world.photographs import SENTENCES, Teams, shown
from mimic.atlas.photographs import Photograph
from mimic.data.layout import read_kb
from mimic.errors import InputError
from mimic.index.protocol import EQUAL, RANK_BY, Hits
from mimic.linking.linker import EntityLinker
from mimic.linking.nil import NilRule
from mimic.metrics import ranks
from mimic.schema import Entity, Mention

#: What a word of a sentence says of the kind.
WORDS = {"football": "football", "stone": "curling", "president": "state"}
PHOTOGRAPHS = (
    "sports/football/football.jpg",  # the file's name says what the scripted model sees
    "sports/football/football-faint.jpg",
    "sports/football/curling.jpg",
    "sports/curling/curling.jpg",
    "other-sports/golf/football.jpg",
    "other-sports/golf/football-faint.jpg",
    "unrelated/things/state.jpg",
)


class ScriptedQuery:
    """The mention's name counts 3, a kind that its sentence names 1, and one that its picture
    shows 2, or 0.25 where it is faint; VDLU knows the picture alone, TGLU and CMFU nothing."""

    def __init__(self, mentions: Sequence[Mention], entities: Sequence[Entity]) -> None:
        self.size, self.count = len(entities), len(mentions)
        said = torch.tensor([[_said(m, e) for e in entities] for m in mentions])
        self.shown = torch.tensor([[_shown(m, e) for e in entities] for m in mentions])
        self.total = said + self.shown

    def each(self, work: Callable[[int], Any]) -> list[Any]:
        return [work(mention) for mention in range(self.count)]

    def _scores(self, weights: Sequence[float]) -> Tensor:
        known = {EQUAL: self.total, RANK_BY["vdlu"]: self.shown}
        return known.get(tuple(weights), torch.zeros_like(self.total))  # type: ignore[arg-type]

    def rank_of(self, gold: Tensor, weights: Sequence[float] = EQUAL) -> Tensor:
        return ranks(self._scores(weights), gold)

    def top(self, k: int, weights: Sequence[float] = EQUAL, restrict: Tensor | None = None) -> Hits:
        scores = self._scores(weights)
        scores = scores if restrict is None else scores.masked_fill(~restrict, -9.0)
        best = scores.sort(descending=True, stable=True)
        return Hits(best.indices[:, :k], best.values[:, :k], {}, {}, 1.0)

    def probability(self, mention: int, rows: Tensor, *_: Any) -> Tensor:
        return self.total[mention].softmax(0)[rows]


def _said(mention: Mention, entity: Entity) -> float:
    kind = next((k for word, k in WORDS.items() if word in mention.sentence), None)
    return 3.0 * (mention.surface == entity.name) + (f"Sport: {kind}." in entity.description)


def _shown(mention: Mention, entity: Entity) -> float:
    kind, _, faint = mention.image.stem.partition("-") if mention.image else ("", "", "")
    return (0.25 if faint else 2.0) * (f"Sport: {kind}." in entity.description)


def scripted(folder: Path, nil: NilRule | None) -> Any:
    """A linker that answers so, over the entities of a data folder."""
    kb = read_kb(folder)

    class Entities(list[Entity]):
        def column(self, name: str) -> list[str]:
            return [getattr(entity, name) for entity in self]

    def query(mentions: Sequence[Mention]) -> ScriptedQuery:
        return ScriptedQuery(mentions, kb.entities)

    def readable(path: Path) -> tuple[None, str]:
        return None, "" if path.stat().st_size else f"{path.name}: the file is empty"

    return SimpleNamespace(
        index=SimpleNamespace(entities=Entities(kb.entities), query=query, model="scripted"),
        entities=len(kb.entities),
        temperature=1.0,
        reranker=None,
        card=SimpleNamespace(temperature=1.0, training={}),
        nil=nil,
        model=SimpleNamespace(device=torch.device("cpu")),
        mention_side=lambda mentions, troubles=None: (mentions, [False] * len(mentions)),
        processor=SimpleNamespace(square_if_readable=readable),
    )


@pytest.fixture
def photos(tmp_path: Path) -> Path:
    """Seven photographs of dev, and an empty file."""
    for name in PHOTOGRAPHS:
        file = tmp_path / "photos" / "dev" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        Image.new("RGB", (8, 8), (len(name), 90, 90)).save(file)
    (tmp_path / "photos" / "dev" / "sports" / "curling" / "empty.jpg").touch()
    return tmp_path / "photos"


@pytest.fixture
def people(tmp_path: Path) -> Path:
    """Four entities, of which the first is held out (see `test_hold_out`); three and two
    mentions."""
    folder = tmp_path / "people"
    folder.mkdir()
    ids = {"A": "hello world", "B": "abc", "C": "a", "D": ""}
    ids["D"] = "The quick brown fox jumps over the lazy dog"
    kb = [{"qid": qid, "entity_name": name, "attr": "in europe"} for name, qid in ids.items()]
    (folder / "kb_entity.json").write_text(json.dumps(kb))
    for split, pairs in {
        "test": [*zip("ABB", "ABA", strict=True)],
        "dev": [*zip("CC", "AC", strict=True)],
    }.items():
        records = [
            {"sentence": f"{said} won", "mentions": said, "answer": ids[meant], "imgPath": ""}
            for said, meant in pairs
        ]
        (folder / f"PEOPLE_{split}.json").write_text(json.dumps(records))
    return folder


@pytest.fixture
def script(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever model is opened, it is the scripted one, which doubts a margin below 0.5."""
    rule = NilRule("margin", 0.5, 0.0, 0.0)
    monkeypatch.setattr(EntityLinker, "load", lambda model, kb, *_: scripted(kb, rule))
    monkeypatch.setattr(photographs, "FIRST", 3)  # of nine entities; three are of each sport


def quiet(what: str) -> Any:
    return lambda done, total: None


def test_nations_have_one_team_in_every_sport() -> None:
    told = [
        ("Norway", "Type: state."),
        ("Norway", "Sport: ice hockey. Country: Norway."),
        ("Norway", "Sport: tennis. Country: Norway."),
        ("Chad", "Sport: tennis. Country: Chad."),
        ("Mali", "Sport: ice hockey. Country: Mali."),
        ("Mali", "Sport: tennis. Country: Mali."),
        ("Mali", "Sport: tennis. Country: Mali."),
        ("Ann", "Sport: tennis."),
    ]
    teams = Teams([Entity(str(row), *pair) for row, pair in enumerate(told)])
    assert teams.sports == {"ice-hockey": [1, 4], "tennis": [2, 3, 5, 6]}
    assert teams.nations == {"Norway": {"ice-hockey": 1, "tennis": 2}}


def test_each_photograph_with_each_sentence_about_a_drawn_nation(data: Path) -> None:
    teams = Teams(read_kb(data).entities)
    files = [
        Photograph(Path(f"{i}.jpg"), "dev", sport, "") for i, sport in enumerate(["curling", ""])
    ]
    mentions, gold = shown(files, teams)
    assert [m.image for m in mentions] == [Path("0.jpg")] * 2 + [Path("1.jpg")] * 2
    for mention, said in zip(mentions, SENTENCES * 2, strict=True):
        start, end = mention.span or (0, 0)
        assert mention.sentence == said.format(mention.surface)
        assert mention.sentence[start:end] == mention.surface
    assert gold == [teams.nations[m.surface]["curling"] for m in mentions[:2]] + [-1, -1]
    assert shown(files, teams) == (mentions, gold)


@pytest.mark.usefixtures("script")
def test_photographs_by_hand(photos: Path, own_data: Path) -> None:
    tiny.edit(own_data / "TINY_test.json", lambda r: r[1].update(sentence="we saw Norway"))
    record = world(read_inputs([own_data], photos), None, quiet)
    # right are both of football that look like it, and the one of curling; two sentences each
    units = {"tglu": record["photo"]["units"]["tglu"], "vdlu": record["photo"]["units"]["vdlu"]}
    assert record["photo"] == {
        "hits@1": 75.0,
        "by_sport": {"curling": 100.0, "football": pytest.approx(200 / 3)},
        "vdlu_hits@3": 75.0,
        "n": 8,
        "units": {**units, "cmfu": units["tglu"]},
    }
    assert record["unrelated"] == {
        "doubt_rate": pytest.approx(100 / 3),  # the faint one of golf, of three
        # 2 faint photographs of football, of 6 right photographs and the 9 mentions of dev
        "right_doubted": pytest.approx(100 * 2 / 15),
        "hits@1_drop": 75.0,  # of four `text` mentions only the state can have its picture
        "n": 6,
    }
    assert record["atlas"]["by_label"] == {"both": 100.0, "text": 75.0}
    assert record["atlas"]["hits@1"] == pytest.approx(800 / 9) and record["atlas"]["n"] == 9
    assert record["atlas"]["mrr"] == pytest.approx(850 / 9)  # Norway's football is ahead
    assert record["wikimel"] is None and record["unseen"] is None
    assert "1 photographs are left out: empty.jpg: the file is empty" in record["notes"]
    assert [note.split()[0] for note in record["notes"]].count("wikimel") == 1


@pytest.mark.usefixtures("script")
def test_published_data_and_what_is_held_out_by_hand(
    people: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # the mentions in their order, then the entities: A, B, A and A by the untrained model
    rows = torch.eye(4)[[1, 1, 0, 0, 0, 1, 2, 3]]
    asked: list[str] = []

    def vectors(names: Sequence[str], *_: Any) -> Tensor:
        asked[:] = names
        return rows

    monkeypatch.setattr(unseen, "sentence_vectors", vectors)
    record = world(read_inputs([people], None), None, quiet)
    assert asked == ["A", "B", "B", "C", "A", "B", "C", "D"]
    # ranks: 1, 1, 2 and, of dev's held-out mention, 2; by cosine 2, 1, 1 and 1
    assert record["wikimel"] == {
        "hits@1": pytest.approx(200 / 3),
        "mrr": pytest.approx(250 / 3),
        "untrained_hits@1": pytest.approx(200 / 3),
        "untrained_mrr": pytest.approx(250 / 3),
        "n": 3,
    }
    assert record["unseen"] == {
        "hits@1": pytest.approx(100 / 3),
        "mrr": pytest.approx(200 / 3),
        "untrained_hits@1": pytest.approx(200 / 3),
        "untrained_mrr": pytest.approx(250 / 3),
        "n": 3,
    }
    assert "unseen: the model's card does not say that a third was held out" in record["notes"]
    assert "photo is left out" in " ".join(record["notes"])


def test_a_model_without_a_rule_says_nothing_of_doubt(
    photos: Path, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(EntityLinker, "load", lambda model, kb, *_: scripted(kb, None))
    record = world(read_inputs([data], photos), None, quiet)
    assert record["unrelated"]["doubt_rate"] is None
    assert record["unrelated"]["right_doubted"] is None
    assert record["unrelated"]["hits@1_drop"] == 75.0
    assert any("calibrate" in note for note in record["notes"])
    assert "doubt_rate" in lines(record) and "–" in lines(record)


def test_the_command_on_a_real_tiny_model(
    photos: Path,
    people: Path,
    data: Path,
    model_folder: Path,
    text_model: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("MIMIC_TEXT_MODEL", str(text_model))
    where = ["--data", people, "--data", data, "--photos", photos, "--cache", tmp_path / "cache"]
    command = ["world", "--model", model_folder, "--device", "cpu", *where]
    assert main([*map(str, command), "--json"]) == 0
    told = capsys.readouterr()
    record = json.loads(told.out)
    assert {"photo", "unrelated", "wikimel", "unseen", "atlas"} <= set(record)
    assert set(record["photo"]) >= {"hits@1", "by_sport", "vdlu_hits@10", "n"}
    assert set(record["origin"]["data"]) == {"atlas", "wikimel"}
    assert all(note in told.err for note in record["notes"])
    docs = tmp_path / "docs"
    docs.mkdir()
    (docs / PAGE).write_text("Of 1<!-- unseen.n --> mentions, in 2<!-- origin.split -->.\n")
    assert main([*map(str, command), "--docs", str(docs)]) == 0
    assert json.loads((docs / JSON).read_text("utf-8")) == record
    page = f"Of {record['unseen']['n']}<!-- unseen.n --> mentions, in dev<!-- origin.split -->.\n"
    assert (docs / PAGE).read_text("utf-8") == page
    assert capsys.readouterr().out.splitlines()[0].split()[:2] == ["photo", "hits@1"]


def test_what_cannot_be_measured_is_said_before_any_work(
    photos: Path, people: Path, data: Path, own_data: Path, tmp_path: Path
) -> None:
    (photos / "dev" / "sports" / "tennis").mkdir()
    Image.new("RGB", (8, 8)).save(photos / "dev" / "sports" / "tennis" / "a.jpg")
    train_only = tmp_path / "train-only"
    train_only.mkdir()
    (train_only / "kb_entity.json").write_bytes((people / "kb_entity.json").read_bytes())
    for folders, pictures, split, message in (
        ([], None, "dev", "--photos DIR"),
        ([data], photos, "dev", "no team in tennis; its sports are curling, football, state"),
        ([data], photos, "test", "no photographs in test; there are some in dev"),
        ([data], photos, "final", "split is 'final'"),
        ([data], tmp_path / "none", "dev", "no such folder"),
        ([data, own_data], None, "dev", "both hold Atlas"),
        ([people, people], None, "dev", "both hold a published data set"),
        ([train_only], None, "dev", "no file *_test.json"),
    ):
        with pytest.raises(InputError, match=re.escape(message)):
            read_inputs(folders, pictures, split)

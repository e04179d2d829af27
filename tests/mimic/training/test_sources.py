"""Several data folders in one run: shares, targets by label, strangers, and held-out parts."""

from __future__ import annotations

import json
import re
from dataclasses import asdict
from pathlib import Path

import numpy as np
import pytest
import torch
from support import Run as Command
from support import tiny

from mimic.config import TrainConfig
from mimic.data.corrections import add_correction
from mimic.data.hold_out import is_held_out
from mimic.data.layout import Split, data_fingerprint, read_kb, read_split
from mimic.errors import InputError
from mimic.metrics import mean_of
from mimic.model.mimic import load_model
from mimic.model.units import unit_consistent_loss
from mimic.schema import Mention
from mimic.training.batches import mixed_batches, train_rows
from mimic.training.lessons.pictures import shared_facts
from mimic.training.loop import train
from mimic.training.mining import mine
from mimic.training.run import Run, start_run
from mimic.training.run_data import DataShare
from mimic.training.step import mention_batch

CPU = torch.device("cpu")
NIL = {"sentence": "we saw Norway", "mentions": "Norway", "answer": "nil", "imgPath": ""}


def start(text: Path, data: Path | list[DataShare], out: Path, **train: object) -> Run:
    out.mkdir(exist_ok=True)
    return start_run(tiny.preset(text, train), data, out, CPU, lambda line: None)


@pytest.fixture
def labelled(own_data: Path) -> Path:
    """Mention 0 is shown by its picture alone, and a last one by nothing."""
    file, evidence = own_data / "TINY_train.json", own_data / "TINY_train_evidence.json"
    records, labels = json.loads(file.read_text()), json.loads(evidence.read_text())
    labels[records[0]["id"]]["label"] = "image"
    records.append({"id": "train-nil", **NIL})
    labels["train-nil"] = {"label": "unknown"}
    file.write_text(json.dumps(records))
    evidence.write_text(json.dumps(labels))
    return own_data


@pytest.fixture
def plain(data: Path, tmp_path: Path) -> Path:
    """The same data without labels, as published sets have none."""
    folder = tmp_path / "plain"
    folder.mkdir()
    for file in data.iterdir():
        if not file.name.endswith("_evidence.json"):
            (folder / file.name).symlink_to(file)
    return folder


def test_each_folder_gives_its_share_of_batches(data: Path) -> None:
    split = read_split(data, "train", read_kb(data))
    config, rows = TrainConfig(batch=4), np.arange(36)
    found = mixed_batches([(split, rows, 1.0), (split, rows[:18], 0.5)], config, 0)
    assert sorted(place for place, _ in found) == [0] * 9 + [1] * 2
    assert sorted(r for place, some in found if not place for r in some) == list(range(36))
    again = mixed_batches([(split, rows, 1.0), (split, rows[:18], 0.5)], config, 1)
    assert [place for place, _ in found] != [place for place, _ in again]
    (tiny_share,) = {len(b) for _, b in mixed_batches([(split, rows, 0.01)], config, 0)}
    assert tiny_share == 4


def test_what_nothing_tells_is_asked_of_all_bearers(
    text_model: Path, labelled: Path, tmp_path: Path
) -> None:
    """Norway is three entities: 0, 1 and 2. Only TGLU is not asked what the picture tells."""
    run = start(text_model, labelled, tmp_path / "m", bearers=True)
    batch = mention_batch(run, 0, torch.tensor([0, 1, 36]), 5)
    assert batch.columns.tolist() == [0, 1, 2]
    third = pytest.approx([1 / 3] * 3)
    assert batch.target[0].tolist() == [1, 0, 0] and batch.tglu_target[0].tolist() == third
    assert batch.target[1].tolist() == batch.tglu_target[1].tolist() == [0, 1, 0]
    assert batch.target[2].tolist() == batch.tglu_target[2].tolist() == third
    assert 36 not in train_rows(run.data[0].splits["train"], TrainConfig())


def test_the_loss_of_tglu_has_its_own_weight_and_target() -> None:
    """Two of three entities alike: ln 3 for even scores; weights 2 for TGLU, 0.5 for the others."""
    even = torch.zeros(1, 3)
    scores = {"score": even, "tglu": torch.tensor([[9.0, 9.0, -99.0]]), "vdlu": even, "cmfu": even}
    own, both = torch.tensor([[1.0, 0, 0]]), torch.tensor([[0.5, 0.5, 0]])
    total, parts = unit_consistent_loss(scores, 0.5, own, tglu=(2.0, both))
    ln2, ln3 = np.log(2), np.log(3)
    assert parts.tolist() == pytest.approx([ln3, ln2, ln3, ln3])
    assert total.item() == pytest.approx(ln3 + 2 * ln2 + 0.5 * 2 * ln3)


def test_strangers_pictures_only_where_no_label_tells(
    text_model: Path, data: Path, plain: Path, tmp_path: Path
) -> None:
    run = start(text_model, [DataShare(data), DataShare(plain)], tmp_path / "m", strangers=0.6)
    rows = torch.arange(36)
    for folder in (0, 1):
        own = run.data[folder].mentions["train"].shown(rows)
        seen = mention_batch(run, folder, rows, 3).mention_pictures
        same = (seen.inputs[seen.place] == own.inputs[own.place]).flatten(1).all(1)
        assert same.all() if folder == 0 else 2 <= same.sum() <= 20


def test_what_is_held_out_is_never_seen(text_model: Path, plain: Path, tmp_path: Path) -> None:
    run = start(text_model, plain, tmp_path / "m", hold_out=3, hard_negatives=4, bearers=True)
    data, kb = run.data[0], read_kb(plain)
    held = {row for row, e in enumerate(kb.entities) if is_held_out(e.id, 3)}
    assert held and data.held.nonzero()[:, 0].tolist() == sorted(held)
    gold = data.splits["train"].gold
    assert {gold[row] for row in data.rows} == set(range(9)) - held
    run.state.negatives = [mine(run, data)]
    assert not held & set(run.state.negatives[0].flatten().tolist())
    batch = mention_batch(run, 0, torch.from_numpy(data.rows), 5)
    assert not held & set(batch.columns.tolist())


def test_a_run_over_two_folders_measures_each(
    text_model: Path, data: Path, plain: Path, tmp_path: Path
) -> None:
    preset = tiny.preset(text_model, {"epochs": 1, "hard_negatives": 2, "picture_epochs": 1})
    lines: list[str] = []
    sources = [DataShare(data), DataShare(plain, 0.5)]
    metrics = train(preset, sources, tmp_path / "m", CPU, lines.append)
    assert set(metrics["by_data"]) == {str(data), str(plain)} and metrics["mentions"] == 18
    each = [one["mrr"] for one in metrics["by_data"].values()]
    assert metrics["mrr"] == pytest.approx(sum(each) / 2)
    _, card = load_model(tmp_path / "m")
    assert set(card.training["dev"]) == {str(data), str(plain)}
    assert card.training["labels"] == {"both": 20, "text": 16}
    assert sum(line.startswith("dev: H@1") for line in lines) == 2


def test_a_gold_table_is_learnt_from_beside_each_folder(
    text_model: Path, data: Path, tmp_path: Path, call: Command
) -> None:
    file = tmp_path / "said.jsonl"
    for surface, answer in (("Chad", "atlas:chad-state"), ("Mali", "Q912"), ("Peru", "")):
        add_correction(file, Mention(surface, f"we saw {surface}"), answer, {})
    preset = tmp_path / "tiny.json"
    preset.write_text(json.dumps(asdict(tiny.preset(text_model, {"epochs": 1}))))
    words = ("--config", preset, "--data", data, "--corrections", file, "--device", "cpu")
    code, _, told = call("train", *words, "--out", tmp_path / "m")
    assert code == 0, told
    assert f"{file}: mentions that the train split of {data} gets: 2\n" in told
    assert f"entities that {data} lacks, whose mentions are left out: 1 (Q912)\n" in told
    _, card = load_model(tmp_path / "m")
    own = data_fingerprint(data)
    assert re.fullmatch(own + r"\+[0-9a-f]{16}", card.training["data"])
    run = start(text_model, [DataShare(data, corrections=file)], tmp_path / "r")
    train_split = run.data[0].splits["train"]
    assert [m.surface for m in train_split.mentions[36:]] == ["Chad", "Peru"]
    assert run.data[0].rows.tolist() == list(range(37))  # the answer of the last one is nobody
    assert DataShare(data).fingerprint == own


def test_the_mean_of_several() -> None:
    one, other = {"mentions": 3, "mrr": 50.0}, {"mentions": 1, "mrr": 100.0}
    assert mean_of([one, other]) == {"mentions": 4, "mrr": 75.0}


def test_a_photograph_tells_what_its_answers_share() -> None:
    """One shows two teams of sport 1 in countries 0 and 4; another stands once; -1 is unknown."""
    facts = torch.tensor([[0, 1], [4, 1], [2, 3]])
    one, other = Path("one.jpg"), Path("other.jpg")
    mentions = tuple(Mention("x", "x", p, (0, 1), "") for p in (one, other, one, None, one))
    split = Split("train", mentions, (0, 2, 1, 0, -1), ("photo",) * 3 + ("text", "photo"), {})
    numbers, classes = shared_facts(
        split, facts, torch.tensor([0, 1, 2, 3, 3]), torch.tensor([1, 1, 1, 0, 1])
    )
    assert numbers.tolist() == [0, 1, 2]
    assert classes.tolist() == [[-1, 1], [2, 3], [-1, 1]]


@pytest.mark.parametrize("share", ["0", "2", "-1", "nan"])
def test_a_share_outside_its_range_is_refused(share: str, data: Path, call: Command) -> None:
    status, _, error = call("train", "--data", f"{data}={share}", "--preset", "atlas")
    assert status == 2 and "above 0 and at most 1" in error


def test_a_cosine_start_needs_a_network(text_model: Path, data: Path, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="needs the encoder 'hybrid'"):
        start(text_model, data, tmp_path / "m", cosine_start=True)

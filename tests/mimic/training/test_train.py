"""Training on the tiny data: it learns, it can be interrupted, and its batches are as stated."""

from __future__ import annotations

import dataclasses
import json
import resource
import shutil
import signal
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import torch
from safetensors.torch import load_file
from support import Run, tiny

from mimic.config import Preset, TrainConfig
from mimic.data.layout import Split, read_kb, read_split
from mimic.errors import InputError
from mimic.linking.linker import EntityLinker
from mimic.model.mimic import Mimic, load_model
from mimic.schema import Mention
from mimic.training import loop as train_module
from mimic.training import step as step_module
from mimic.training.batches import batches
from mimic.training.loop import train
from mimic.training.run import STATE, start_run, store_run

CPU = torch.device("cpu")


def run(preset: Preset, data: Path, out: Path, resume: bool = False) -> dict[str, Any]:
    return train(preset, data, out, CPU, lambda line: None, resume, "the command")


def losses(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """Collects the loss of every step."""
    seen: list[float] = []
    descend = train_module.descend

    def spy(run: Any, loss: torch.Tensor, *rest: Any) -> None:
        seen.append(loss.item())
        descend(run, loss, *rest)

    monkeypatch.setattr(train_module, "descend", spy)
    return seen


@pytest.mark.parametrize("gate", ["tanh", "sigmoid_concat"])
def test_the_loss_falls_and_the_gate_learns(
    gate: str, text_model: Path, data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen = losses(monkeypatch)
    chosen = tiny.preset(text_model, {"epochs": 6, "batch": 9, "patience": 9}, vdlu_gate=gate)
    metrics = run(chosen, data, tmp_path / "m")
    assert len(seen) == 24
    # an even guess costs 4 ln 9 = 8.8, each unit's first guesses far more
    assert sum(seen[-4:]) < 0.7 * sum(seen[:4])
    assert metrics["hits@1"] > 100 / 9 and metrics["mentions"] == 9
    model, card = load_model(tmp_path / "m")
    assert model.config.vdlu_gate == gate
    torch.manual_seed(chosen.train.seed)
    untrained = Mimic.pretrained(chosen.model).vdlu.entity_to_mention.gate
    assert not torch.equal(model.vdlu.entity_to_mention.gate.weight, untrained.weight)
    assert card.temperature == metrics["temperature"]
    assert card.training["command"] == "the command"
    assert {"data", "config", "dev", "minutes"} <= set(card.training)
    assert {"torch", "transformers", "timm"} <= set(card.versions)


def test_a_finished_folder_links_and_holds_no_pickle(
    text_model: Path, data: Path, tmp_path: Path
) -> None:
    """Frozen text with an adapter, as the bundled model; its text features are cached."""
    chosen = tiny.preset(text_model, freeze_text=True, adapter=4)
    run(chosen, data, tmp_path / "m")
    names = [f.name for f in (tmp_path / "m").rglob("*") if f.is_file()]
    assert all(n.endswith((".json", ".safetensors", ".txt", ".csv")) for n in names), names
    linker = EntityLinker.load(tmp_path / "m", data, "cpu", tmp_path / "cache")
    assert len(linker.link(Mention("Chad", "Chad won"), k=9).candidates) == 9
    json.dumps(dataclasses.asdict(linker.card))


def kept(folder: Path) -> list[Path]:
    """The files of a run, but for the log, which only grows, and its lock."""
    return [f for f in sorted(folder.rglob("[!.]*")) if f.is_file() and f.suffix != ".csv"]


class Stop:
    """Asks for an interruption after a number of steps, as Ctrl-C would."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, after: int) -> None:
        self.left = after
        self.step = train_module.descend
        monkeypatch.setattr(train_module, "descend", self)
        monkeypatch.setattr(train_module._Interrupt, "__enter__", lambda i: self._remember(i))

    def _remember(self, interrupt: Any) -> Any:
        self.interrupt = interrupt
        return interrupt

    def __call__(self, *arguments: Any) -> Any:
        self.left -= 1
        if self.left == 0:
            self.interrupt.asked = True
        return self.step(*arguments)


@pytest.fixture
def unchanged_signal(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    before = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}
    monkeypatch.setattr(train_module._Interrupt, "__exit__", lambda *_: None)
    yield
    for number, answer in before.items():
        signal.signal(number, answer)


@pytest.mark.parametrize("after", [1, 2, 11, 14])
def test_interrupted_and_resumed_equals_uninterrupted(
    after: int, text_model: Path, data: Path, tmp_path: Path, unchanged_signal: None
) -> None:
    """Bit for bit, from the middle and the end of an epoch: 2 steps on pictures, then 9 and 9."""
    options = {"augment": 0.5, "warmup": 0.2, "same_name": 2, "mask_repeated": True}
    chosen = tiny.preset(
        text_model,
        {**options, "clip_norm": 1.0, "picture_epochs": 1},
        freeze_text=True,
        adapter=4,
    )
    whole = run(chosen, data, tmp_path / "whole")
    with pytest.MonkeyPatch.context() as patch:
        Stop(patch, after)
        with pytest.raises(KeyboardInterrupt):
            run(chosen, data, tmp_path / "parts")
    assert (tmp_path / "parts" / STATE).is_file()
    parts = run(chosen, data, tmp_path / "parts", resume=True)
    assert not (tmp_path / "parts" / STATE).exists()
    assert {k: v for k, v in parts.items() if k != "minutes"} == {
        k: v for k, v in whole.items() if k != "minutes"
    }
    one, other = (load_file(tmp_path / n / "model.safetensors") for n in ("whole", "parts"))
    assert set(one) == set(other)
    assert all(torch.equal(one[name], other[name]) for name in one)


def test_a_run_that_dies_goes_on_from_the_last_saved_step(
    text_model: Path, data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As after a power cut: nothing is saved at the end, the state of two steps before is used."""
    chosen = tiny.preset(text_model, {"hard_negatives": 1})
    whole = run(chosen, data, tmp_path / "whole")
    step, store, saved = train_module.descend, train_module.store_run, []

    def die(run: Any, *rest: Any) -> None:
        step(run, *rest)
        if run.state.step == 6:
            raise RuntimeError("the power is cut")

    def keep(run: Any) -> None:
        if run.state.step <= 4:
            saved.append(run.state.step)
            store(run)

    monkeypatch.setattr(train_module, "SAVE_EVERY", 0)
    with monkeypatch.context() as patch:
        patch.setattr(train_module, "descend", die)
        patch.setattr(train_module, "store_run", keep)
        with pytest.raises(RuntimeError, match="power"):
            run(chosen, data, tmp_path / "parts")
    assert saved == [0, 1, 2, 3, 4]
    parts = run(chosen, data, tmp_path / "parts", resume=True)
    assert {**parts, "minutes": 0} == {**whole, "minutes": 0}


def test_an_unfinished_run_is_not_overwritten_or_mixed(
    text_model: Path, data: Path, tmp_path: Path, unchanged_signal: None
) -> None:
    chosen = tiny.preset(text_model)
    with pytest.raises(InputError, match="no unfinished run"):
        run(chosen, data, tmp_path / "m", resume=True)
    with pytest.MonkeyPatch.context() as patch:
        Stop(patch, 2)
        with pytest.raises(KeyboardInterrupt):
            run(chosen, data, tmp_path / "m")
    with pytest.raises(InputError, match="add --resume"):
        run(chosen, data, tmp_path / "m")
    other = dataclasses.replace(chosen, train=dataclasses.replace(chosen.train, rate=1.0))
    with pytest.raises(InputError, match="another configuration"):
        run(other, data, tmp_path / "m", resume=True)
    state = tmp_path / "m" / STATE
    state.write_bytes(state.read_bytes()[:-500])
    with pytest.raises(InputError, match="cannot be read"):
        run(chosen, data, tmp_path / "m", resume=True)


def test_a_full_disk_leaves_the_last_good_checkpoint(
    text_model: Path, data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No file may grow beyond half of what is there, when the second epoch is saved."""
    out, stored = tmp_path / "m", []
    check = train_module._check

    def fill(run: Any, card: Any) -> Any:
        if run.state.epoch == 1:
            return check(run, card)
        stored.append({f: f.read_bytes() for f in kept(out)})
        run.state.best = -1.0
        size = min(f.stat().st_size for f in (out / STATE, out / "model.safetensors"))
        resource.setrlimit(resource.RLIMIT_FSIZE, (size // 2, limit[1]))
        return check(run, card)

    monkeypatch.setattr(train_module, "_check", fill)
    limit = resource.getrlimit(resource.RLIMIT_FSIZE)
    try:
        with pytest.raises(InputError, match="the model cannot be saved"):
            run(tiny.preset(text_model), data, out)
        left = start_run(tiny.preset(text_model), data, out, CPU, print, resume=True)
        with pytest.raises(InputError, match="training state cannot be saved"):
            store_run(left)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limit)
        monkeypatch.undo()
    assert stored == [{f: f.read_bytes() for f in kept(out)}]
    load_model(out)
    assert run(tiny.preset(text_model), data, out, resume=True)["mentions"] == 9


def test_data_without_pictures_is_refused(text_model: Path, own_data: Path, tmp_path: Path) -> None:
    """The trap of others: a wrong folder name trained in silence on zeros."""
    shutil.rmtree(own_data / "mention_image")
    shutil.rmtree(own_data / "kb_image")
    with pytest.raises(InputError, match="every picture is missing"):
        run(tiny.preset(text_model), own_data, tmp_path / "m")


def test_data_without_facts_trains(text_model: Path, own_data: Path, tmp_path: Path) -> None:
    def change(records: list[dict[str, Any]]) -> None:
        for number, record in enumerate(records):
            record.update(entity_name=f"goal {number}", attr="")

    tiny.edit(own_data / "kb_entity.json", change)
    chosen = tiny.preset(text_model, {"epochs": 1, "picture_epochs": 1})
    assert run(chosen, own_data, tmp_path / "m")["mentions"] == 9


def test_an_authors_step_teaches_every_weight(
    text_model: Path, data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing but the text model's unused pooler stands still without a gradient."""
    still: set[str] = set()
    descend = train_module.descend

    def spy(run: Any, loss: torch.Tensor, *rest: Any) -> None:
        still.update(n for n, p in run.model.named_parameters() if p.grad is None)
        descend(run, loss, *rest)

    monkeypatch.setattr(train_module, "descend", spy)
    run(tiny.preset(text_model, {"epochs": 1}), data, tmp_path / "m")
    assert {n for n in still if ".pooler." not in n} == set()


@pytest.mark.parametrize("picture_epochs", [0, 1])
def test_no_epochs_save_the_model_as_it_is(
    picture_epochs: int, text_model: Path, data: Path, tmp_path: Path
) -> None:
    """The model before training, or after the lesson from pictures alone, with its dev metrics."""
    chosen = tiny.preset(text_model, {"epochs": 0, "picture_epochs": picture_epochs})
    metrics = run(chosen, data, tmp_path / "m")
    model, card = load_model(tmp_path / "m")
    torch.manual_seed(chosen.train.seed)
    untrained = Mimic.pretrained(chosen.model).state_dict()
    units = [name for name in untrained if name.startswith(("tglu", "vdlu.", "cmfu."))]
    gains = [n for n in units if n.endswith("norm.weight")]
    for name in set(units) - set(gains):
        assert torch.equal(model.state_dict()[name], untrained[name])
    vision = "encoder.backbone.vit.blocks.0.mlp.fc1.weight"
    assert torch.equal(model.state_dict()[vision], untrained[vision]) == (picture_epochs == 0)
    (history,) = card.training["history"]
    assert history["epoch"] == picture_epochs and history["mrr"] == metrics["mrr"]
    assert not (tmp_path / "m" / STATE).exists()


@pytest.mark.parametrize(
    ("field", "value", "message"),
    [
        ("picture_batch", 0, "picture_batch is 0; it must be at least 1"),
        ("patience", 0, "patience is 0; it must be at least 1"),
        ("epochs", -1, "epochs is -1; it must be at least 0"),
        ("picture_epochs", -1, "picture_epochs is -1; it must be at least 0"),
        ("rate", -0.1, "rate is -0.1; it must be at least 0"),
        ("epsilon", -1e-8, "epsilon is -1e-08; it must be at least 0"),
        ("clip_norm", -1.0, "clip_norm is -1.0; it must be at least 0"),
        ("warmup", 1.5, "warmup is 1.5; it must be at most 1"),
        ("word_dropout", 2, "word_dropout is 2; it must be at most 1"),
        ("seed", -1, "seed is -1; it must be at least 0"),
    ],
)
def test_settings_that_cannot_train_are_refused(
    field: str, value: float, message: str, call: Run, data: Path, tmp_path: Path
) -> None:
    file = tmp_path / "config.json"
    file.write_text(json.dumps({"train": {field: value}}))
    code, _, told = call("train", "--config", file, "--data", data, "--out", tmp_path / "m")
    assert (code, told) == (2, f"error: {message}\n")
    assert not (tmp_path / "m").exists()


def split_of(data: Path, name: str = "train") -> Split:
    return read_split(data, name, read_kb(data))


def test_batches_hold_every_answered_mention_once(data: Path) -> None:
    split = split_of(data)
    split = dataclasses.replace(split, gold=(-1, *split.gold[1:]))
    found = batches(split, TrainConfig(batch=5), 0)
    rows = [int(r) for batch in found for r in batch]
    assert [len(b) for b in found] == [5] * 7
    assert sorted(rows) == list(range(1, 36))
    assert rows != sorted(rows)


def test_batches_follow_seed_and_epoch(data: Path) -> None:
    split, config = split_of(data), TrainConfig(batch=6)
    first = [b.tolist() for b in batches(split, config, 0)]
    assert first == [b.tolist() for b in batches(split, config, 0)]
    assert first != [b.tolist() for b in batches(split, config, 1)]
    other = dataclasses.replace(config, seed=44)
    assert first != [b.tolist() for b in batches(split, other, 0)]


def test_same_name_groups_share_a_surface_form(data: Path) -> None:
    split = split_of(data)
    found = batches(split, TrainConfig(batch=4, same_name=4), 0)
    assert sorted(int(r) for b in found for r in b) == list(range(36))
    for batch in found:
        assert len({split.mentions[r].surface for r in batch}) == 1
    at_random = batches(split, TrainConfig(batch=4), 0)
    assert any(len({split.mentions[r].surface for r in batch}) > 1 for batch in at_random)


def test_a_batch_larger_than_the_split(data: Path) -> None:
    (only,) = batches(split_of(data), TrainConfig(batch=500), 0)
    assert len(only) == 36


def targets(
    mask: bool, text_model: Path, data: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> list[tuple[int, list[int]]]:
    """Number of entities and the targets of each step of a run with batches of nine."""
    seen: list[tuple[int, list[int]]] = []
    loss = step_module.unit_consistent_loss

    def spy(scores: Any, weight: float, target: torch.Tensor, **rest: Any) -> Any:
        seen.append((scores["score"].shape[1], target.tolist()))
        return loss(scores, weight, target, **rest)

    monkeypatch.setattr(step_module, "unit_consistent_loss", spy)
    options: dict[str, object] = {"epochs": 1, "batch": 18, "mask_repeated": mask}
    run(tiny.preset(text_model, options), data, folder / "m")
    return seen


def test_a_repeated_answer_is_no_negative(
    text_model: Path, data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """18 mentions of 9 entities: each entity stands once, and repeated answers share its row."""
    for entities, target in targets(True, text_model, data, tmp_path, monkeypatch):
        assert entities == len(set(target)) <= 9
        assert max(Counter(target).values()) > 1


def test_repeated_answers_stay_negatives_in_the_authors_way(
    text_model: Path, data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for entities, target in targets(False, text_model, data, tmp_path, monkeypatch):
        assert entities == 18 and target == list(range(18))

"""The lesson of the text model: its loss beside a naive one, its way back, its resumption."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest
import torch
import torch.nn.functional as F
from support import tiny
from torch import Tensor

from mimic.config import TrainConfig
from mimic.errors import InputError
from mimic.model.encoders import text_layers
from mimic.model.mimic import Mimic, ModelCard, load_model, save_model
from mimic.model.processor import Processor, load_tokenizer
from mimic.training.lessons import text as text_lesson
from mimic.training.lessons.text import Reading, key_of, tune_text
from mimic.training.loop import train

KEY = "key"
NAMES, KINDS = ["norway", "chad", "mali"], ["football", "curling", "state"]
ENTITIES = [(n, f"sport : {k} .") for n in NAMES for k in KINDS]
SENTENCES = ["won the football match", "plays the stone on ice", "the president of"]
READING = Reading(
    [n for n in NAMES for _ in KINDS] * 4,
    [(s, f"we saw {s}") for _ in NAMES for s in SENTENCES] * 4,
    torch.arange(9).repeat(4),
    ([n for n in NAMES for _ in KINDS], SENTENCES * 3, torch.arange(9)),
    ([n for n, _ in ENTITIES], [d for _, d in ENTITIES]),
)


@pytest.fixture
def net(sure_text_model: Path) -> Mimic:
    torch.manual_seed(0)
    fixed = tiny.preset(
        sure_text_model, freeze_text=True, tuned_layers=1, trim=True, adapter=4
    ).model
    return Mimic.pretrained(fixed).eval()


def lesson(
    net: Mimic, store: Path, reading: Reading = READING, key: str = KEY, **options: object
) -> list[str]:
    """Gives the lesson; what it reported."""
    lines: list[str] = []
    fields = {"text_epochs": 3, "text_rate": 1e-2, "text_blend": 1.0} | options
    config = TrainConfig(**fields)  # type: ignore[arg-type]
    processor = Processor(net.config, load_tokenizer(net.config))
    tune_text(net, processor, [reading], config, store, key, lines.append)
    return lines


def weights(net: Mimic) -> dict[str, Tensor]:
    bert = net.encoder.backbone.get_submodule("bert")
    return {name: t.clone() for name, t in bert.state_dict().items()}


def vectors(net: Mimic, names: list[str], contexts: list[str]) -> Tensor:
    """The naive way: the whole text model, text by text."""
    processor = Processor(net.config, load_tokenizer(net.config))
    texts = processor.texts(names, contexts)
    hidden = net.encoder.backbone.get_submodule("bert")(
        input_ids=texts.input_ids, attention_mask=texts.attention_mask
    )[0]
    mask = texts.attention_mask[..., None]
    return F.normalize((hidden * mask).sum(1) / mask.sum(1), dim=-1)


def test_only_the_last_layers_learn_and_dev_gains(net: Mimic, tmp_path: Path) -> None:
    before = weights(net)
    lines = lesson(net, tmp_path / "state.pt", text_epochs=12)
    after = weights(net)
    changed = {name for name in before if not torch.equal(before[name], after[name])}
    assert changed and all(name.startswith("encoder.layer.0.") for name in changed)
    first, last = (float(line.partition("MRR ")[2].split()[0]) for line in lines if "dev" in line)
    assert last > first
    assert not any(p.requires_grad for p in net.encoder.backbone.get_submodule("bert").parameters())


def test_the_loss_is_that_of_all_entities(
    net: Mimic, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without dropout the first step's loss is the naive one of the same mentions."""
    monkeypatch.setattr(text_lesson, "MENTION_DROPOUT", 0.0)
    monkeypatch.setattr(text_lesson, "ENTITY_DROPOUT", 0.0)
    one = dataclasses.replace(
        READING, names=NAMES, wordings=[(s,) for s in SENTENCES], gold=torch.tensor([0, 4, 8])
    )
    scores = 20 * vectors(net, NAMES, SENTENCES) @ vectors(net, *map(list, one.entities)).T
    expected = F.cross_entropy(scores, torch.tensor([0, 4, 8])).item()
    (line,) = (x for x in lesson(net, tmp_path / "s.pt", one, text_epochs=1) if "loss" in x)
    assert float(line.rpartition(" ")[2]) == pytest.approx(expected, abs=2e-3)


def test_half_of_the_way_is_the_mean_and_is_stored_as_it_is(net: Mimic, tmp_path: Path) -> None:
    before = weights(net)
    lesson(net, tmp_path / "state.pt")
    whole = weights(net)
    stored = tmp_path / "state.pt"
    torch.manual_seed(0)
    other = Mimic.pretrained(net.config)
    lesson(other, stored, text_blend=0.5)  # the lesson is done: it only goes back
    half = weights(other)
    name = "encoder.layer.0.output.dense.weight"
    torch.testing.assert_close(half[name], (before[name] + whole[name]) / 2, atol=2e-3, rtol=2e-3)
    save_model(other, tmp_path / "model", ModelCard())
    loaded, _ = load_model(tmp_path / "model")
    for name, tensor in weights(loaded).items():
        assert torch.equal(tensor, half[name]), name


def test_a_lesson_goes_on_after_the_last_whole_epoch(
    net: Mimic, sure_text_model: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    start = {name: t.clone() for name, t in net.state_dict().items()}
    lesson(net, tmp_path / "whole.pt")
    whole = weights(net)
    learn = text_lesson._Lesson.learn

    def cut(own: text_lesson._Lesson) -> None:
        if own.epoch == 2:
            raise KeyboardInterrupt
        learn(own)

    net.load_state_dict(start)
    with monkeypatch.context() as patch:
        patch.setattr(text_lesson._Lesson, "learn", cut)
        with pytest.raises(KeyboardInterrupt):
            lesson(net, tmp_path / "cut.pt")
    net.load_state_dict(start)
    lines = lesson(net, tmp_path / "cut.pt")
    assert [line for line in lines if "loss" in line][0].startswith("text lesson: epoch 3/3")
    for name, tensor in weights(net).items():
        assert torch.equal(tensor, whole[name]), name


def test_a_stored_lesson_of_other_data_or_a_damaged_one_is_refused(
    net: Mimic, tmp_path: Path
) -> None:
    lesson(net, tmp_path / "s.pt", text_epochs=1)
    with pytest.raises(InputError, match=r"s\.pt: the unfinished run has another configuration"):
        lesson(net, tmp_path / "s.pt", key="other")
    content = (tmp_path / "s.pt").read_bytes()
    for damaged in (b"damaged", content[: len(content) // 2]):
        (tmp_path / "s.pt").write_bytes(damaged)
        with pytest.raises(InputError, match=r"s\.pt: cannot be read"):
            lesson(net, tmp_path / "s.pt")


def test_a_run_that_ended_in_its_text_lesson_is_resumed(
    sure_text_model: Path, data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fixed = {"freeze_text": True, "tuned_layers": 1, "trim": True}
    preset = tiny.preset(sure_text_model, {"epochs": 1, "text_epochs": 2}, **fixed)
    device, out = torch.device("cpu"), tmp_path / "m"
    learn, epochs = text_lesson._Lesson.learn, list[int]()

    def cut(own: text_lesson._Lesson) -> None:
        epochs.append(own.epoch)
        if len(epochs) == 2:
            raise KeyboardInterrupt
        learn(own)

    monkeypatch.setattr(text_lesson._Lesson, "learn", cut)
    with pytest.raises(KeyboardInterrupt):
        train(preset, data, out, device, lambda line: None)
    with pytest.raises(InputError, match="add --resume"):
        train(preset, data, out, device, lambda line: None)
    assert train(preset, data, out, device, lambda line: None, resume=True)["mentions"] == 9
    assert epochs == [0, 1, 1]
    assert sorted(file.name for file in out.glob("*.pt")) == []


def test_the_key_names_what_the_lesson_depends_on(sure_text_model: Path) -> None:
    preset = tiny.preset(sure_text_model)
    other = tiny.preset(sure_text_model, {"hold_out": 3})
    later = tiny.preset(sure_text_model, {"epochs": 9})
    assert key_of(preset, ["a"]) == key_of(later, ["a"])
    assert len({key_of(preset, ["a"]), key_of(preset, ["b"]), key_of(other, ["a"])}) == 3


def test_few_names_with_many_sentences_do_not_fill_an_epoch(net: Mimic, tmp_path: Path) -> None:
    many = dataclasses.replace(
        READING,
        names=["norway"] * 40 + ["chad"] * 3,
        wordings=[("won",)] * 43,
        gold=torch.zeros(43, dtype=torch.long),
    )
    processor = Processor(net.config, load_tokenizer(net.config))
    own = text_lesson._Lesson(net, processor, [many], TrainConfig(), lambda line: None)
    (rows,) = own.folders[0].batches([0])
    names = [many.names[row] for row in rows.tolist()]
    assert names.count("norway") == text_lesson.PER_NAME and names.count("chad") == 3


def test_a_text_model_of_another_kind_is_refused(net: Mimic) -> None:
    with pytest.raises(InputError, match="is no BERT"):
        text_layers(net.vdlu)

"""The training of a reranker: on what others ranked, resumable to the same result, and usable."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from safetensors.torch import load_file, save_file
from support import Run, tiny
from support.commands import one_line

from mimic.data.layout import read_kb, read_split
from mimic.errors import InputError
from mimic.linking.linker import EntityLinker
from mimic.rerank.cross_encoder import CrossReranker, PairReader, load_cross
from mimic.rerank.numbers import NUMBERS, numbers, spread
from mimic.rerank.reranker import Shortlist
from mimic.schema import Entity, Mention, result_record
from mimic.training.reranker import train as module
from mimic.training.reranker.lists import Folds, Lists, chosen
from mimic.training.reranker.train import RerankTraining, train_reranker

QUICK = RerankTraining(
    looked=4, lists=30, epochs=12, batch=4, rate=3e-3, head_rate=1e-2, side_length=12
)


def quiet(*_: Any) -> None:
    return


def watch(what: str) -> Callable[[int, int], None]:
    return quiet


def run(model: Path, data: Path, out: Path, resume: bool = False) -> dict[str, Any]:
    cache = out.parent / "cache"
    return train_reranker(
        model, data, out, "cpu", QUICK, quiet, watch, resume, "the command", cache
    )


@pytest.fixture(scope="module")
def trained(
    model_folder: Path, data: Path, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Path, dict[str, Any]]:
    """A reranker of the tiny model, and what dev said."""
    out = tmp_path_factory.mktemp("reranker") / "r"
    return out, run(model_folder, data, out)


def shortlist(scores: list[list[float]], names: tuple[str, ...]) -> Shortlist:
    entities = tuple(Entity(name, name, "", Path("a.png") if i else None) for i, name in
                     enumerate(names))  # fmt: skip
    units = torch.tensor(scores)
    return Shortlist(Mention("Mali", "Mali won"), entities, units, torch.zeros(len(names), 4), 1.0)


def test_the_loss_falls(
    model_folder: Path, data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    losses, step = list[float](), module._Run._step

    def seen(*arguments: Any) -> float:
        losses.append(step(*arguments))
        return losses[-1]

    monkeypatch.setattr(module._Run, "_step", seen)
    dev = run(model_folder, data, tmp_path / "r")
    assert len(losses) == 12 * 8  # 30 shortlists of four candidates, four in a step
    assert np.mean(losses[:4]) > 1.3 and np.mean(losses[-8:]) < 1.0  # a guess costs ln 4 = 1.39
    assert dev["first"]["mentions"] == dev["mentions"] == 9
    assert dev["mrr"] >= dev["first"]["mrr"]


def test_what_is_in_its_folder_looks_again(
    trained: tuple[Path, dict[str, Any]], linker: EntityLinker, data: Path
) -> None:
    folder, dev = trained
    assert sorted(p.name for p in folder.iterdir()) == [
        "reranker.json", "reranker.safetensors", "tokenizer"
    ]  # fmt: skip
    reranker = load_cross(folder)
    assert (reranker.name, reranker.looked, reranker.model) == ("r", 4, linker.index.model)
    assert reranker.right == dev["right_when_overruling"]
    split = read_split(data, "dev", read_kb(data))
    own = EntityLinker(linker.model, linker.card, linker.processor, linker.index, reranker=reranker)
    results = [own.link(mention, 9) for mention in split.mentions]
    first = [r.candidates[0].entity.id for r in results]
    right = 100 * np.mean([a == b for a, b in zip(first, split.answers, strict=True)])
    assert right == pytest.approx(dev["hits@1"])  # as training measured it, text by text here
    overruled = [r.second_look is not None and r.second_look.overruled for r in results]
    assert sum(overruled) == dev["overruled"]
    record = json.loads((folder / "reranker.json").read_text())
    assert record["training"]["command"] == "the command"
    assert result_record(results[0])["second_look"]["trouble"] is None


def test_an_interrupted_run_goes_on_to_the_same_result(
    trained: tuple[Path, dict[str, Any]],
    model_folder: Path,
    data: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    steps, step = 0, module._Run._step

    def interrupted(*arguments: Any) -> float:
        nonlocal steps
        steps += 1
        if steps == 20:
            raise KeyboardInterrupt
        return step(*arguments)

    out = tmp_path / "r"
    monkeypatch.setattr(module, "SAVE_EVERY", 0.0)
    monkeypatch.setattr(module._Run, "_step", interrupted)
    with pytest.raises(KeyboardInterrupt):
        run(model_folder, data, out)
    with pytest.raises(InputError, match="holds an unfinished run; add --resume"):
        run(model_folder, data, out)
    seen: list[str] = []
    monkeypatch.setattr(Folds, "lists", lambda *_: seen.append("ranked again"))
    steps = 100
    dev = run(model_folder, data, out, resume=True)
    folder, before = trained
    assert seen == [] and steps == 100 + 12 * 8 - 19  # what was done is not done again
    assert {**dev, "minutes": 0} == {**before, "minutes": 0}
    mine, other = (load_file(f / "reranker.safetensors") for f in (out, folder))
    assert all(torch.equal(mine[name], other[name]) for name in mine)


def test_a_fold_is_ranked_by_a_model_that_never_saw_it(
    linker: EntityLinker, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    train = read_split(data, "train", read_kb(data))
    folds = Folds(linker, train, 3, 1, 4, 43, watch, quiet)
    assert np.bincount(folds.fold).tolist() == [12, 12, 12]
    learnt: list[np.ndarray] = []

    def retrain(*_: Any, rows: np.ndarray) -> Any:
        learnt.append(rows)
        return linker.model

    monkeypatch.setattr("mimic.training.reranker.lists.retrain", retrain)
    for fold in range(3):
        folds.model(fold)
        own = set(np.flatnonzero(folds.fold == fold).tolist())
        assert own.isdisjoint(learnt[-1].tolist()) and len(learnt[-1]) == 24


def test_the_closest_lists_are_read() -> None:
    units = torch.zeros(6, 2, 3)
    units[:, 0] = torch.tensor([5.0, 1, -3, 2, 4, 0])[:, None]
    gold = torch.tensor([0, 0, 0, 0, -1, 0])
    lists = Lists(torch.arange(6), torch.zeros(6, 2).long(), units, torch.zeros(6, 2, 4), gold)
    assert lists.lead.tolist() == [5, 1, -3, 2, float("inf"), 0]
    assert chosen(lists, 9, 0.5, 0).tolist() == [0, 1, 2, 3, 5]  # without the one without answer
    assert chosen(lists, 2, 0.0, 0).tolist() == [2, 5]
    both = chosen(lists, 4, 0.5, 0).tolist()
    assert {2, 5} < set(both) and len(both) == 4


def test_numbers_are_worked_out_by_hand() -> None:
    one = shortlist([[4.0, 0, 2], [1, 3, 2]], ("Mali", "Republic of Mali"))
    scale = spread([one])  # root mean squares of (0, -3), (-3, 0), (0, 0), and both totals 2
    assert scale.tolist() == pytest.approx([3 / 2**0.5, 3 / 2**0.5, 1e-6, 1e-6])
    rows = [dict(zip(NUMBERS, row, strict=True)) for row in numbers(one, scale).tolist()]
    assert rows[0]["tglu"] == 0 and rows[1]["tglu"] == pytest.approx(-(2**0.5))
    assert rows[0]["vdlu"] == pytest.approx(-(2**0.5)) and rows[1]["vdlu"] == 0
    assert [row["rank"] for row in rows] == [1, 0.5]
    assert [row["entity_picture"] for row in rows] == [0, 1]
    assert [row["mention_picture"] for row in rows] == [0, 0]
    assert [row["same_name"] for row in rows] == [1, 0]
    assert [row["shared_words"] for row in rows] == [1, 1]


def test_a_long_sentence_does_not_hide_the_candidate(text_model: Path) -> None:
    from transformers import AutoTokenizer

    reader = PairReader(AutoTokenizer.from_pretrained(text_model), 6)
    (own,) = reader.sides(["norway"], ["a goal of norway in the game"])
    (other,) = reader.sides(["chad"], ["country"])
    assert len(own) == 6 and own[-1] == reader.end and own.count(reader.end) == 2
    texts = reader.pairs([own, own], [other, other[:2]])
    assert texts.input_ids.shape == (2, 11)
    assert texts.input_ids[0].tolist() == [reader.start, *own, *other]
    assert texts.token_types[0].tolist() == [0] * 7 + [1] * 4
    assert texts.attention_mask[1].tolist() == [1] * 9 + [0] * 2


def test_a_reranker_of_another_model_lets_the_first_ranking_stand(
    trained: tuple[Path, dict[str, Any]], call: Run, own_model: Path, data: Path, tmp_path: Path
) -> None:
    weights = load_file(own_model / "model.safetensors")
    weights["text_global_norm.bias"] += 0.1
    save_file(weights, own_model / "model.safetensors")
    said = ["link", "--sentence", "Chad won", "--mention", "Chad", "--json", "--model", own_model]
    said += ["--kb", data, "--cache", tmp_path / "c", "--device", "cpu"]
    code, out, _ = call(*said, "--rerank", trained[0])
    record, before = json.loads(out), json.loads(call(*said)[1])
    assert code == 0 and "trained for another model" in record["second_look"]["trouble"]
    assert record["candidates"] == before["candidates"]


def damaged(name: str) -> Callable[[Path], object]:
    return lambda folder: (folder / name).write_bytes(b"x")


@pytest.mark.parametrize(
    ("spoil", "message"),
    [
        (damaged("reranker.json"), "not JSON"),
        (damaged("reranker.safetensors"), "not a whole safetensors file"),
        (damaged("tokenizer/tokenizer.json"), "do not fit each other"),
        (lambda f: tiny.edit(f / "reranker.json", lambda r: r.pop("reranker")), "no field"),
        (lambda f: tiny.edit(f / "reranker.json", lambda r: r.update(mix={"first": -1})), "'mix'"),
        (lambda f: tiny.edit(f / "reranker.json", lambda r: r.update(looked=1)), "'looked'"),
        (
            lambda f: tiny.edit(f / "reranker.json", lambda r: r["reranker"].update(width=3)),
            "do not fit each other",
        ),
    ],
)
def test_a_damaged_folder_is_told(
    trained: tuple[Path, dict[str, Any]], tmp_path: Path, spoil: Callable[[Path], object],
    message: str,
) -> None:  # fmt: skip
    folder = Path(shutil.copytree(trained[0], tmp_path / "r"))
    spoil(folder)
    with pytest.raises(InputError) as error:
        load_cross(folder)
    assert message in str(error.value) and "\n" not in str(error.value)


def test_the_command(call: Run, model_folder: Path, data: Path, tmp_path: Path) -> None:
    out = tmp_path / "r"
    named = ["train-reranker", "--model", model_folder, "--data", data, "--device", "cpu"]
    named += ["--out", out, "--cache", tmp_path / "c"]
    code, said, told = call(*named, "-k", 3, "--lists", 8, "--fold-epochs", 1)
    assert code == 0 and json.loads(said)["mentions"] == 9
    assert "fold 2/2: right first" in told
    assert isinstance(load_cross(out), CrossReranker)
    assert "holds a reranker" in one_line(call(*named))
    assert "no unfinished run there" in one_line(call(*named[:-4], "--out", tmp_path / "n",
                                                      "--resume"))  # fmt: skip
    assert "looked is 1" in one_line(call(*named, "-k", 1))

"""Steps in parts, in two processes and with hard negatives, next to one step of the whole batch."""

from __future__ import annotations

import csv
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import torch
from safetensors.torch import load_file
from support import ROOT, TESTS, tiny, train_two
from torch import Tensor

from mimic.errors import InputError
from mimic.model.units import Features
from mimic.training.batches import train_rows
from mimic.training.mining import LISTED, globals_of, hardest, mine
from mimic.training.run import Run, precision, start_run
from mimic.training.step import mention_batch, mention_step
from mimic.training.workers import Workers

CPU = torch.device("cpu")


def start(text: Path, data: Path, out: Path, train: dict[str, Any], **model: Any) -> Run:
    out.mkdir(exist_ok=True)
    run = start_run(tiny.preset(text, train, **model), data, out, CPU, lambda line: None)
    run.model.train()
    return run


def gradients(run: Run, rows: list[int]) -> tuple[float, list[float], dict[str, Tensor]]:
    run.optimizer.adamw.zero_grad(set_to_none=True)
    loss, parts = mention_step(run, mention_batch(run, 0, torch.tensor(rows), 5))
    named = run.model.named_parameters()
    return float(loss), parts, {n: p.grad.clone() for n, p in named if p.grad is not None}


def assert_same(one: dict[str, Tensor], other: dict[str, Tensor], close: float = 1e-4) -> None:
    """Gradients agree; a parameter that only one side has must be zero there."""
    for name in set(one) | set(other):
        a, b = one.get(name), other.get(name)
        a = torch.zeros_like(b) if a is None and b is not None else a
        b = torch.zeros_like(a) if b is None and a is not None else b
        torch.testing.assert_close(a, b, atol=close, rtol=1e-3, msg=name)


@pytest.mark.parametrize("options", [{}, {"mask_padding": True, "local_cls": False}], ids=str)
@pytest.mark.parametrize("chunk", [1, 2, 5])
def test_parts_give_the_gradients_of_the_whole(
    chunk: int, options: dict[str, bool], sure_text_model: Path, data: Path, tmp_path: Path
) -> None:
    """Seven mentions, in parts of one, two and five."""
    rows, found = [3, 1, 4, 15, 9, 2, 6], []
    for size in (0, chunk):
        torch.manual_seed(0)
        run = start(sure_text_model, data, tmp_path / str(size), {"chunk": size}, **options)
        found.append(gradients(run, rows))
    assert found[0][0] == pytest.approx(found[1][0], abs=1e-4)
    assert found[0][1] == pytest.approx(found[1][1], abs=1e-4)
    assert_same(found[0][2], found[1][2])


def test_parts_with_dropout_send_back_through_the_same_dropout(
    text_model: Path, data: Path, tmp_path: Path
) -> None:
    """The second encoding must drop what the first dropped, or the gradients are of another net."""
    run = start(text_model, data, tmp_path / "m", {"chunk": 3})
    cached = gradients(run, [3, 1, 4, 15, 9])
    batch = mention_batch(run, 0, torch.tensor([3, 1, 4, 15, 9]), 5)
    from mimic.training.step import _backward, _Side

    sides = (
        _Side(run, run.data[0].mentions["train"], batch.rows, batch.mention_pictures, batch.seed),
        _Side(run, run.data[0].entities, batch.columns, batch.entity_pictures, batch.seed + 1),
    )
    run.optimizer.adamw.zero_grad(set_to_none=True)
    mention, entity = (
        Features.joined([side.encode(part) for part in side.parts()]) for side in sides
    )
    loss, _ = _backward(run, batch, mention, entity, slice(None))
    assert float(loss) == pytest.approx(cached[0], abs=1e-4)
    direct = {n: p.grad for n, p in run.model.named_parameters() if p.grad is not None}
    assert_same(direct, cached[2])


def test_checkpointed_layers_give_the_same_gradients(
    sure_text_model: Path, data: Path, tmp_path: Path
) -> None:
    found = []
    for on in (False, True):
        torch.manual_seed(0)
        run = start(sure_text_model, data, tmp_path / str(on), {"checkpointing": on})
        found.append(gradients(run, [0, 9, 18, 27]))
    assert found[0][0] == pytest.approx(found[1][0], abs=1e-5)
    assert_same(found[0][2], found[1][2])


def log_rows(out: Path) -> list[dict[str, str]]:
    with (out / "log.csv").open(encoding="utf-8") as stream:
        return list(csv.DictReader(stream))


def test_two_processes_equal_one(sure_text_model: Path, data: Path, tmp_path: Path) -> None:
    """Same losses (1e-4), same gradients, same dev metrics, with hard negatives from both."""
    here = TESTS / "support"
    command = [sys.executable, "-m", "torch.distributed.run", "--standalone", "--nproc-per-node=2"]
    script = [str(here / "train_two.py"), str(sure_text_model), str(data), str(tmp_path / "two")]
    path = os.pathsep.join([str(ROOT), str(TESTS)])
    environment = {**os.environ, "PYTHONPATH": path, "OMP_NUM_THREADS": "1"}
    done = subprocess.run(
        [*command, *script, "1"], env=environment, capture_output=True, text=True, timeout=600
    )
    assert done.returncode == 0, done.stderr[-3000:]
    train_two.train_and_keep(train_two.preset(sure_text_model, 1), data, tmp_path / "one")
    ours, theirs = (load_file(tmp_path / f"{n}.safetensors") for n in ("one", "two"))
    assert_same(ours, theirs)
    one, two = log_rows(tmp_path / "one"), log_rows(tmp_path / "two")
    assert len(one) == len(two) == 5  # a phase over pictures, two epochs, two checks
    for row, other in zip(one, two, strict=True):
        for name in ("loss", "total", "tglu", "vdlu", "cmfu", "dev_mrr"):
            assert float(row[name] or 0) == pytest.approx(float(other[name] or 0), abs=1e-4)


@pytest.mark.parametrize(("count", "size"), [(7, 2), (2, 3), (0, 2), (128, 8)])
def test_shares_cover_everything_once(count: int, size: int) -> None:
    rows = list(range(count))
    assert [r for rank in range(size) for r in rows[Workers(rank, size).share(count)]] == rows


def test_the_hardest_by_hand() -> None:
    """Rows 0, 2, 5 share the name and 2 is right; 4 is best of all, then 1."""
    scores = torch.tensor([0.1, 0.8, 0.9, 0.2, 1.0, 0.3])
    named = torch.tensor([0, 2, 5])
    assert hardest(scores, named, 2, 4).tolist() == [5, 0, 4, 1]
    assert hardest(scores, named, 2, 2).tolist() == [5, 4]
    assert hardest(scores, named[:0], 2, 3).tolist() == [4, 1, 5]
    assert hardest(scores, named, -1, 9).tolist() == [2, 5, 0, 4, 1, 3]


def test_mined_lists_never_hold_the_answer(text_model: Path, data: Path, tmp_path: Path) -> None:
    """Nine entities, three of each name: both others of the name stand first."""
    run = start(text_model, data, tmp_path / "m", {"hard_negatives": 2})
    found = mine(run, run.data[0])
    assert found.shape == (36, LISTED) and found.dtype == torch.int32
    split = run.data[0].splits["train"]
    for listed, gold, mention in zip(found.tolist(), split.gold, split.mentions, strict=True):
        assert len(set(listed)) == 8 and gold not in listed and min(listed) >= 0
        assert [run.data[0].kb.entities[r].name for r in listed[:2]] == [mention.surface] * 2
    rows = torch.arange(9)
    with torch.inference_mode():
        side = run.model.entity_side(run.data[0].entities.plain(run.model, rows))
    assert torch.equal(mine(run, run.data[0], globals_of(side)), found)


def test_a_batch_has_hard_negatives_once(text_model: Path, data: Path, tmp_path: Path) -> None:
    run = start(text_model, data, tmp_path / "m", {"hard_negatives": 2})
    negatives = torch.full((36, LISTED), -1, dtype=torch.int32)
    negatives[0, :3], negatives[1, 0] = torch.tensor([4, 5, 6]), 4
    run.state.negatives = [negatives]
    gold = run.data[0].splits["train"].gold
    batch = mention_batch(run, 0, torch.tensor([0, 1, 9]), 5)
    assert gold[0] == gold[9] == 0 and gold[1] == 1
    drawn = set(batch.columns.tolist()) - {0, 1}
    assert 1 <= len(drawn) <= 3 and drawn <= {4, 5, 6}
    assert batch.columns[batch.target].tolist() == [0, 1, 0]
    again = mention_batch(run, 0, torch.tensor([0, 1, 9]), 5)
    assert torch.equal(batch.columns, again.columns)


def test_a_share_of_the_train_split(text_model: Path, data: Path, tmp_path: Path) -> None:
    split = start(text_model, data, tmp_path / "m", {}).data[0].splits["train"]
    config = tiny.preset(text_model, {"train_fraction": 0.25}).train
    rows = train_rows(split, config)
    assert len(rows) == len(set(rows)) == 9
    assert (rows == train_rows(split, config)).all()
    with pytest.raises(InputError, match="train_fraction is 0"):
        tiny.preset(text_model, {"train_fraction": 0})


def test_precision_by_device(text_model: Path) -> None:
    auto = tiny.preset(text_model).train
    assert precision(auto, "cpu") == torch.float32 and precision(auto, "cuda") == torch.bfloat16
    with pytest.raises(InputError, match="needs a GPU"):
        precision(tiny.preset(text_model, {"precision": "float16"}).train, "cpu")


def test_half_precision_gradients_are_close(
    sure_text_model: Path, data: Path, tmp_path: Path
) -> None:
    found = []
    for name in ("float32", "bfloat16"):
        torch.manual_seed(0)
        run = start(sure_text_model, data, tmp_path / name, {"precision": name})
        found.append(gradients(run, list(range(8))))
    assert found[0][0] == pytest.approx(found[1][0], rel=0.05)
    assert found[0][0] != found[1][0]

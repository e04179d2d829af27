"""The schedule by hand, and what AdamW is told: decay, rates, and gradients that are clipped."""

from __future__ import annotations

import math

import pytest
import torch
from torch import nn

from mimic.config import TrainConfig
from mimic.errors import InputError
from mimic.training.optimizer import Optimizer, share_of_peak

CPU = torch.device("cpu")


def test_the_rate_rises_and_falls_as_a_cosine() -> None:
    assert [share_of_peak(p, 0.2) for p in (0, 0.1, 0.2)] == [0, 0.5, 1]
    assert share_of_peak(0.6, 0.2) == pytest.approx(0.5)  # half of the way down
    assert share_of_peak(0.8, 0.2) == pytest.approx((1 + math.cos(0.75 * math.pi)) / 2)
    assert share_of_peak(0.5, 1) == 0.5
    assert {share_of_peak(p / 10, 0) for p in range(10)} == {1}


def test_one_step_by_hand() -> None:
    """Adam's first step is the rate along each gradient's sign; only the matrix decays."""
    model, heads = nn.Linear(1, 1), nn.Linear(1, 1)
    config = TrainConfig(rate=0.1, weight_decay=0.5, epsilon=1e-12, clip_norm=1e-3)
    optimizer = Optimizer(model, config, CPU, heads)
    before = [p.item() for p in (*model.parameters(), *heads.parameters())]
    loss = 3 * (model(torch.ones(1)) + heads(torch.ones(1))).sum()
    optimizer.backward(loss)
    heads_gradient = heads.weight.grad
    optimizer.descend(loss, 0.5, "epoch 1")
    after = [p.item() for p in (*model.parameters(), *heads.parameters())]
    expected = [b * (1 - 0.05 * 0.5) - 0.05 if i % 2 == 0 else b - 0.05
                for i, b in enumerate(before)]  # fmt: skip
    assert after == pytest.approx(expected, abs=1e-6)
    assert heads_gradient is not None and heads_gradient.item() == 3  # not clipped
    assert all(p.grad is None for p in model.parameters())


def test_a_loss_that_is_no_number_is_refused() -> None:
    optimizer = Optimizer(nn.Linear(1, 1), TrainConfig(), CPU)
    with pytest.raises(InputError, match="loss is nan in epoch 1, step 2: lower the learning rate"):
        optimizer.descend(torch.tensor(float("nan")), 1.0, "epoch 1, step 2")

"""Ranks and summaries against numbers worked out by hand."""

from __future__ import annotations

import pytest
import torch

from mimic.metrics import count_ahead, ranks, summary


def test_ranks_by_hand() -> None:
    scores = torch.tensor([[0.1, 0.9, 0.5], [3.0, 2.0, 1.0], [3.0, 2.0, 1.0]])
    assert ranks(scores, torch.tensor([2, 0, 2])).tolist() == [2, 1, 3]


def test_ties_rank_in_the_order_of_the_knowledge_base() -> None:
    scores = torch.tensor([[1.0, 2.0, 2.0, 2.0, 0.0]] * 5)
    assert ranks(scores, torch.arange(5)).tolist() == [4, 1, 2, 3, 5]
    assert ranks(torch.zeros(1, 1), torch.zeros(1, dtype=torch.long)).tolist() == [1]


def test_ranks_are_positions_in_a_stable_descending_sort() -> None:
    torch.manual_seed(0)
    scores = torch.randint(0, 6, (20, 30)).float()
    gold = torch.randint(0, 30, (20,))
    order = scores.sort(descending=True, stable=True, dim=1).indices
    expected = [(row == g).nonzero().item() + 1 for row, g in zip(order, gold, strict=True)]
    assert ranks(scores, gold).tolist() == expected


def test_what_ranks_ahead_of_some_is_their_rank_but_one() -> None:
    """With many ties, values that stand more than once, and scores that are no numbers."""
    torch.manual_seed(0)
    for values in (2, 6, 1000):
        scores = torch.randint(0, values, (60,)).float()
        scores[::7] = float("nan")
        rows = torch.randint(0, 60, (15,))
        expected = ranks(scores.expand(15, -1), rows) - 1
        assert torch.equal(count_ahead(scores, scores[rows], rows), expected)
    elsewhere = torch.tensor([-1, 3, 1])  # before them, after them, and the middle one itself
    scores, value = torch.tensor([1.0, 2.0, 2.0]), torch.tensor([2.0, 2.0, 2.0])
    assert count_ahead(scores, value, elsewhere).tolist() == [0, 2, 0]


def test_a_score_that_is_no_number_never_wins() -> None:
    nan = float("nan")
    scores = torch.tensor([[nan, 1.0, 2.0], [0.0, nan, 1.0]])
    assert ranks(scores, torch.tensor([0, 0])).tolist() == [3, 2]


def test_summary_by_hand() -> None:
    """Ranks 1, 2, 4, 20: MRR (1 + 1/2 + 1/4 + 1/20) / 4 = 0.45."""
    assert summary([1, 2, 4, 20]) == pytest.approx(
        {
            "mentions": 4,
            "hits@1": 25.0,
            "hits@3": 50.0,
            "hits@5": 75.0,
            "hits@10": 75.0,
            "hits@20": 100.0,
            "mrr": 45.0,
            "mr": 6.75,
        }
    )


def test_summary_of_the_extremes() -> None:
    assert summary([1])["mrr"] == summary([1])["hits@1"] == 100.0
    assert summary([21])["hits@20"] == 0.0
    assert summary([]) == {"mentions": 0}

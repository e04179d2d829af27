"""Mentions on several threads: the same answers, each thread alone, the caller's own left."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import torch
from support.scored_pairs import Case

from mimic.index.side_by_side import side_by_side
from mimic.linking.nil import confidence


@pytest.fixture
def _two_threads() -> Iterator[None]:
    torch.set_num_threads(2)
    yield
    torch.set_num_threads(1)


@pytest.mark.usefixtures("_two_threads")
def test_each_thread_computes_alone_as_its_caller_does() -> None:
    with torch.inference_mode():
        seen = side_by_side(
            lambda i: (i, torch.get_num_threads(), torch.is_inference_mode_enabled()), 5
        )
    assert seen == [(i, 1, True) for i in range(5)]
    assert torch.get_num_threads() == 2
    assert side_by_side(lambda _: torch.is_inference_mode_enabled(), 2) == [False, False]


@pytest.mark.usefixtures("_two_threads")
def test_an_error_is_the_callers() -> None:
    with pytest.raises(ZeroDivisionError):
        side_by_side(lambda i: 1 / i, 3)


def test_answers_are_the_same_with_more_threads() -> None:
    case = Case((6, 700, 48, 24, 8, 5), masked=True)
    gold = torch.tensor([3, 699, 40, 41, 0, 5])

    def answers() -> list[object]:
        query = case.query(block=100)
        top = query.top(7)
        standing = query.standing(top.rows, 0.7)
        doubt = confidence(query, 0.7)
        return [top.rows.tolist(), query.rank_of(gold).tolist(), standing, doubt]

    alone = answers()
    torch.set_num_threads(2)
    try:
        assert answers() == alone
    finally:
        torch.set_num_threads(1)

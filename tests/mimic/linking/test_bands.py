"""Bands by hand: the widest that keep their promise."""

from __future__ import annotations

import numpy as np
import pytest

from mimic.linking.bands import NEVER, Bands, fit_bands


def answers(*runs: tuple[float, int, int]) -> tuple[np.ndarray, np.ndarray]:
    """Probabilities and verdicts of runs of (probability, right answers, wrong answers)."""
    values = [p for p, right, wrong in runs for _ in range(right + wrong)]
    hits = [hit for _, right, wrong in runs for hit in [True] * right + [False] * wrong]
    order = np.random.default_rng(0).permutation(len(values))
    return np.array(values)[order], np.array(hits)[order]


def test_the_widest_bands_that_hold_what_they_promise() -> None:
    """98 of 100 are 98 %, with the next ten 105 of 110: 95.5 %. Then 30 of 40 are 75 %."""
    found = fit_bands(
        *answers((0.99, 60, 0), (0.9, 38, 2), (0.8, 7, 3), (0.6, 23, 7), (0.4, 5, 20))
    )
    assert found.sure == pytest.approx(0.85) and found.likely == pytest.approx(0.5)
    assert found.right == {"sure": 98.0, "likely": 75.0, "uncertain": 20.0}


def test_equal_probabilities_are_not_parted() -> None:
    found = fit_bands(*answers((0.9, 30, 10)))
    assert (found.sure, found.likely) == (NEVER, 0.9)
    assert found.right == {"likely": 75.0}


def test_few_answers_promise_nothing() -> None:
    assert fit_bands(*answers((0.9, 19, 0))) == Bands(NEVER, NEVER, {"uncertain": 100.0})
    assert fit_bands(*answers((0.9, 20, 0))) == Bands(0.9, 0.9, {"sure": 100.0})
    assert fit_bands(np.array([]), np.array([], bool)) == Bands(NEVER, NEVER, {})


def test_doubt_goes_before_every_band() -> None:
    bands = Bands(0.9, 0.5)
    shares = (1.0, 0.9, 0.89, 0.5, 0.49)
    assert [bands.band(p, False) for p in shares] == [
        "sure", "sure", "likely", "likely", "uncertain"
    ]  # fmt: skip
    assert {bands.band(p, True) for p in shares} == {"absent"}
    assert Bands(NEVER, NEVER).band(1.0, False) == "uncertain"

"""The numbers without the leaks, by hand."""

from __future__ import annotations

import numpy as np
import pytest

from mimic.data.leaks.find import NEAR, SAME, Leak
from mimic.linking.splits.clean import clean_report, difference


def test_without_two_of_six_mentions() -> None:
    """4 of 6 are right; without a right and a wrong one 3 of 4: 8.3 points more."""
    rows = [{"id": str(i), "rank": rank} for i, rank in enumerate((1, 1, 1, 1, 2, 4, None))]
    leaks = [Leak("test", "0", SAME, "train:0"), Leak("test", "5", NEAR, "train:1")]
    report = clean_report(rows, [*leaks, Leak("test", "6", SAME, "train:2")])
    assert (report["mentions"], report["hits@1"], report["left_out"]) == (4, 75.0, 2)
    assert report["reasons"] == {SAME: 1, NEAR: 1}
    assert report["difference"]["hits@1"] == pytest.approx(75 - 100 * 4 / 6)
    low, high = report["difference"]["interval"]
    assert low < report["difference"]["hits@1"] < high


def test_leaks_that_are_always_right() -> None:
    """10 leaks all right, of 10 others none: Fisher's p is 2 / C(20, 10)."""
    right = np.arange(20) < 10
    found = difference(right, right)
    assert found["hits@1"] == -50.0
    assert found["p"] == pytest.approx(2 / 184756)


def test_no_leak_changes_nothing() -> None:
    same = {"hits@1": 0.0, "interval": [0.0, 0.0], "p": 1.0}
    assert difference(np.ones(3, bool), np.zeros(3, bool)) == same

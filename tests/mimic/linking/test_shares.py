"""How a unit divides its favour among the listed candidates."""

from __future__ import annotations

import pytest

from mimic.linking.shares import shares


def test_shares_sum_to_one_and_do_not_depend_on_scale() -> None:
    # by hand: mean 2, deviation sqrt(2/3); 1, exp(-1.2247), exp(-2.4495) over their sum
    first = shares([1.0, 2.0, 3.0])
    assert first == pytest.approx([0.06256, 0.21289, 0.72455], abs=1e-5)
    assert sum(first) == pytest.approx(1.0)
    assert shares([100.0, 200.0, 300.0]) == pytest.approx(first)
    assert shares([4.0, 4.0]) == [0.5, 0.5]
    assert shares([-3.0]) == [1.0]

"""How far open gates usually are: quantiles by hand, the card, and what is said of a gate."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import torch
from support import Run

from demo.html.details import gates_of
from demo.texts import words
from mimic.errors import InputError
from mimic.index.protocol import Hits
from mimic.linking.gate_range import fit_gate_range, gate_record, gate_verdict, read_gate_range
from mimic.linking.linker import EntityLinker
from mimic.schema import GateRange, Gates, Mention

USUAL = GateRange(Gates(-0.5, 0.2, -0.05, 0.1), Gates(-0.1, 0.6, 0.05, 0.4))


def test_the_range_of_a_known_case() -> None:
    """0, 0.01 ... 1 in 101 pairs: nine tenths lie from 0.05 to 0.95."""
    pairs = torch.arange(101)[None] / 100
    one = torch.tensor([[0.3]])  # of the mention: the same in all its pairs
    gates = {
        "vdlu_entity_to_mention": pairs,
        "vdlu_mention_to_entity": -pairs,
        "cmfu_mention": one,
        "cmfu_entity": pairs / 2,
    }
    usual = fit_gate_range([Hits(torch.zeros(1, 101, dtype=torch.long), pairs, {}, gates, 1.0)])
    assert usual.low == Gates(0.05, -0.95, 0.3, 0.025)
    assert usual.high == Gates(0.95, -0.05, 0.3, 0.475)
    assert read_gate_range(gate_record(usual), "config.json") == usual


@pytest.mark.parametrize(
    ("value", "low", "high", "verdict"),
    [
        (0.02, -0.1, 0.1, "usual_closed"),
        (0.5, 0.4, 0.6, "usual_open"),
        (-0.5, -0.6, -0.4, "usual_minus"),
        (0.7, 0.4, 0.6, "above_open"),
        (-0.3, -0.6, -0.4, "above_minus"),
        (0.3, 0.4, 0.6, "below_open"),
        (-0.7, -0.6, -0.4, "below_minus"),
    ],
)
def test_what_is_said_of_a_gate(value: float, low: float, high: float, verdict: str) -> None:
    assert gate_verdict(value, low, high) == verdict
    assert f"gate_{verdict}" in words()


@pytest.mark.parametrize("record", [{}, {"low": 1}, {"low": {}, "high": {}}, "no"])
def test_a_damaged_card_is_told(record: object) -> None:
    with pytest.raises(InputError, match="'gates' .* run calibrate again"):
        read_gate_range(record, "config.json")
    swapped = {"low": gate_record(USUAL)["high"], "high": gate_record(USUAL)["low"]}
    with pytest.raises(InputError, match="'gates' has no range for"):
        read_gate_range(swapped, "config.json")


def test_the_range_lies_behind_the_bar_and_is_absent_where_it_is_not_known() -> None:
    gates = Gates(-0.3, 0.9, 0.0, 0.2)
    html = gates_of(words(), gates, USUAL)
    assert html.count("<u ") == 4 and 'style="left:60.0%;width:20.0%"' in html
    for said in ("subtracts as usual", "more open than in 95 % of pairs", "closed as usual"):
        assert said in html
    bare = gates_of(words(), gates)
    assert "<u " not in bare and "as usual" not in bare


def test_calibrate_measures_it_and_an_answer_carries_it(
    own_model: Path, data: Path, call: Run, tmp_path: Path
) -> None:
    load = lambda: EntityLinker.load(own_model, data, "cpu", tmp_path)  # noqa: E731
    mention = Mention("Norway", "Norway at its best.")
    assert load().link(mention, k=2).usual_gates is None
    code, out, _ = call("calibrate", "--data", data, "--model", own_model, "--cache", tmp_path)
    found = json.loads(out)["gates"]
    assert code == 0 and json.loads((own_model / "config.json").read_text())["gates"] == found
    usual = load().link(mention, k=2).usual_gates
    assert usual is not None and gate_record(usual) == found

"""JSON of users' files: what is read with which mark, and what is told in place of a traceback."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from support import Run
from support.commands import one_line

from mimic.config import ModelConfig, from_record
from mimic.errors import InputError
from mimic.io.json_reader import MOST_DEPTH, MOST_DIGITS, parse_json, read_json

TOO_DEEP = {
    "a hundred thousand lists": "[" * 100_000 + "]" * 100_000,
    "lists that never end": "[" * 100_000,
    "objects": '{"a": ' * 5_000 + "1" + "}" * 5_000,
    "one level too much": "[" * (MOST_DEPTH + 1) + "]" * (MOST_DEPTH + 1),
}


@pytest.mark.parametrize("text", TOO_DEEP.values(), ids=TOO_DEEP)
def test_what_is_nested_too_deep(tmp_path: Path, text: str) -> None:
    (tmp_path / "a.json").write_text(text)
    with pytest.raises(InputError, match=r"a\.json: not JSON: nested more than 100 levels"):
        read_json(tmp_path / "a.json")


def test_the_limits_themselves_are_read() -> None:
    value = parse_json("[" * MOST_DEPTH + "]" * MOST_DEPTH)
    for _ in range(MOST_DEPTH - 1):
        (value,) = value
    assert value == []
    assert parse_json("9" * MOST_DIGITS) == 10**MOST_DIGITS - 1
    assert parse_json('{"a": [1, -2.5, true, null, "x"]}') == {"a": [1, -2.5, True, None, "x"]}


@pytest.mark.parametrize("digits", [MOST_DIGITS + 1, 4_300, 4_301, 100_000])
def test_a_number_of_too_many_digits(tmp_path: Path, digits: int) -> None:
    (tmp_path / "a.json").write_text('[{"id": ' + "7" * digits + "}]")
    with pytest.raises(InputError, match=rf"a number of {digits:,} digits; at most 300"):
        read_json(tmp_path / "a.json")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_marks_of_byte_order(tmp_path: Path, encoding: str) -> None:
    (tmp_path / "a.json").write_bytes('["Köln", "北京"]'.encode(encoding))
    assert read_json(tmp_path / "a.json") == ["Köln", "北京"]


@pytest.mark.parametrize("command", ["audit", "evaluate", "kb stats", "kb import", "train"])
@pytest.mark.parametrize("text", ["[" * 100_000, "[" + "1" * 5_000 + "]"], ids=["deep", "long"])
def test_every_command_tells_it_in_a_line(
    call: Run, own_data: Path, tmp_path: Path, command: str, text: str
) -> None:
    (own_data / "kb_entity.json").write_text(text)
    (tmp_path / "t.json").write_text(text)
    named = {
        "kb stats": (own_data,),
        "kb import": (tmp_path / "t.json", "--out", tmp_path / "kb"),
        "train": ("--preset", "clip", "--data", own_data, "--config", tmp_path / "t.json"),
    }
    arguments = named.get(command, ("--data", own_data))
    line = one_line(call(*command.split(), *arguments))
    assert "not JSON" in line and ".json" in line


@pytest.mark.parametrize("record", [[], [["encoder"]], 5, "clip", None])
def test_a_configuration_that_is_no_object(record: Any) -> None:
    with pytest.raises(InputError, match=r"config\.json: expected an object"):
        from_record(ModelConfig, record, "config.json")


@pytest.mark.parametrize("dropout", [10**299, float("nan"), float("inf"), 10**400])
def test_a_configuration_with_a_number_that_is_none(dropout: float) -> None:
    if dropout == 10**299:  # a float can hold it
        assert from_record(ModelConfig, {"dropout": dropout}, "c").dropout == dropout
        return
    with pytest.raises(InputError, match="dropout is"):
        from_record(ModelConfig, {"dropout": dropout}, "config.json")

"""Damaged tokenizers of a model folder: told where they are loaded, never a traceback."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from support import Run, tiny
from support.commands import one_line

from mimic.errors import InputError
from mimic.model.mimic import load_model
from mimic.model.processor import load_tokenizer


def spoil_tokenizer(change: Callable[[dict[str, Any]], object], text: str) -> str:
    content = json.loads(text)
    change(content)
    return json.dumps(content)


@pytest.mark.parametrize(
    "spoiled",
    [
        lambda text: "",
        lambda text: text[: len(text) // 2],
        lambda text: "{}",
        lambda text: "[]",
        lambda text: "null",
        lambda text: "[" * 100_000,
        lambda text: '{"version": ' + "1" * 5_000 + "}",
        lambda text: spoil_tokenizer(lambda t: t.update(model=5), text),
        lambda text: spoil_tokenizer(lambda t: t.update(normalizer={"type": "x"}), text),
        lambda text: spoil_tokenizer(lambda t: t.update(added_tokens=[5]), text),
        lambda text: spoil_tokenizer(lambda t: t["model"].update(unk_token="x"), text),
        lambda text: spoil_tokenizer(lambda t: t["model"]["vocab"].pop("[UNK]"), text),
    ],
)
def test_a_damaged_tokenizer_is_told_by_its_folder(
    own_model: Path, call: Run, spoiled: Callable[[str], str]
) -> None:
    file = own_model / "tokenizer" / "tokenizer.json"
    file.write_text(spoiled(file.read_text("utf-8")))
    config = load_model(own_model)[0].config
    with pytest.raises(InputError, match="tokenizer: the tokenizer in it is damaged"):
        load_tokenizer(config, own_model)
    asked = ("--model", own_model, "--sentence", "Norway wins", "--mention", "Norway")
    assert "the tokenizer in it is damaged" in one_line(call("link", *asked))


def test_a_tokenizer_whose_numbers_the_model_does_not_have(
    own_model: Path, call: Run, data: Path, tmp_path: Path
) -> None:
    def change(content: dict[str, Any]) -> None:
        content["model"]["vocab"]["norway"] = 1_000_000

    tiny.edit(own_model / "tokenizer" / "tokenizer.json", change)
    asked = ("--model", own_model, "--sentence", "Norway wins", "--mention", "Norway")
    assert "different vocabularies" in one_line(call("link", *asked))
    index = ("--kb", data, "--out", tmp_path / "index")
    assert "different vocabularies" in one_line(call("index", "--model", own_model, *index))

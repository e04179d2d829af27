"""Vectors of texts by a text model alone."""

from __future__ import annotations

from pathlib import Path

import pytest
import torch
import transformers

from mimic.model import sentence_vectors as module
from mimic.model.sentence_vectors import sentence_vectors


def test_each_is_the_mean_of_its_own_tokens(
    text_model: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever stands beside it in a batch, sorted by length, and in the order of the texts."""
    monkeypatch.setattr(module, "BATCH", 2)
    pairs = [("norway", "won the football match ."), ("chad", ""), ("mali", "is a country"),
             ("peru", "plays the stone on ice in a game")]  # fmt: skip
    told: list[tuple[int, int]] = []
    names, contexts = [name for name, _ in pairs], [context for _, context in pairs]
    found = sentence_vectors(
        names, contexts, str(text_model), progress=lambda done, size: told.append((done, size))
    )
    tokenizer = transformers.AutoTokenizer.from_pretrained(text_model)
    model = transformers.AutoModel.from_pretrained(text_model).eval()
    for (name, context), vector in zip(pairs, found, strict=True):
        ids = tokenizer(f"{name} [SEP] {context}", return_tensors="pt")["input_ids"]
        with torch.no_grad():
            mean = model(input_ids=ids).last_hidden_state[0].mean(0)
        torch.testing.assert_close(vector, mean / mean.norm(), atol=1e-5, rtol=1e-4)
    assert told == [(2, 4), (4, 4)]

"""Pair maps: the cells sum to the units' scores whatever the model, and by hand."""

from __future__ import annotations

import dataclasses
from pathlib import Path
from typing import Any

import pytest
import torch
from support import tiny
from support.clip import clip_config
from support.networks import hybrid_config, write_vision
from torch import Tensor, nn

from mimic.config import ModelConfig
from mimic.explain.inside import patch_grid, twin
from mimic.explain.pair import Inputs
from mimic.explain.pair_cells import REST, Parts, pair_cells, take_apart
from mimic.model.mimic import Mimic
from mimic.schema import UNITS, Word

GATES = ("tanh", "sigmoid_concat")
SWITCHES = [
    {"vdlu_gate": gate, "mask_padding": masked, "local_cls": local}
    for gate in GATES
    for masked in (False, True)
    for local in (False, True)
]


def made(config: ModelConfig, seed: int = 0) -> Mimic:
    """Random weights, biases and LayerNorms too: a bias that is lost shows."""
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(seed)
        model = Mimic.pretrained(config).eval()
        for name, weights in model.named_parameters():
            if not name.startswith("encoder.backbone"):
                nn.init.normal_(weights, std=0.7)
    return twin(model)


def read(model: Mimic, length: int, seed: int, picture: bool = True) -> Inputs:
    """A text of `length` tokens whose first and last are special, and a picture of noise."""
    draw = torch.Generator().manual_seed(seed)
    config = model.config
    ids = torch.zeros(1, config.text_length, dtype=torch.long)
    ids[0, :length] = torch.randint(
        5, model.encoder.backbone.vocabulary - 2, (length,), generator=draw
    )
    ids[0, length - 1] = model.encoder.backbone.vocabulary - 1  # CLIP's end of text
    mask = (torch.arange(config.text_length)[None] < length).long()
    shape = (1, 3, config.image_size, config.image_size)
    pixels = torch.randn(shape, generator=draw) if picture else torch.zeros(shape)
    cuts = [*range(1, length - 1, 2), length - 1]
    words = [
        Word(f"w{start}", "context", start, end, tuple(range(start, end)))
        for start, end in zip(cuts, cuts[1:], strict=False)
    ]
    return Inputs(ids, mask, pixels, tuple(words), 0)


def scores(model: Mimic, mention: Parts, entity: Parts) -> dict[str, Tensor]:
    with torch.no_grad():
        out = model.score(mention.side, entity.side)
    return {"total": out.pop("score"), **out}


def check(model: Mimic, mention: Inputs, entity: Inputs) -> dict[str, Tensor]:
    one, other = take_apart(model, mention, "mention"), take_apart(model, entity, "entity")
    cells = pair_cells(model, one, other)
    cells_of_picture = patch_grid(model)[0] * patch_grid(model)[1]
    rest = cells_of_picture + len(REST)
    for target, expected in scores(model, one, other).items():
        assert cells[target].shape == (len(mention.words) + rest, len(entity.words) + rest)
        assert float(cells[target].double().sum()) == pytest.approx(float(expected), abs=1e-4)
    return cells


@pytest.fixture(scope="module", params=["bert_vit", "cls", "hybrid", "hybrid_cls_alone", "clip"])
def config(
    request: pytest.FixtureRequest, text_model: Path, tmp_path_factory: pytest.TempPathFactory
) -> ModelConfig:
    if request.param == "clip":
        return clip_config()
    if request.param.startswith("hybrid"):
        network = write_vision(tmp_path_factory.mktemp("cells") / "network")
        pooled = request.param == "hybrid"
        return hybrid_config(text_model, network, trim=True, network_pooled=pooled)
    return tiny.model_config(text_model, pooling="cls" if request.param == "cls" else "mean")


@pytest.mark.parametrize("switches", SWITCHES, ids=lambda given: "-".join(map(str, given.values())))
def test_cells_sum_to_the_scores(config: ModelConfig, switches: dict[str, Any]) -> None:
    model = made(dataclasses.replace(config, **switches))
    for seed, (mine, its) in enumerate(((9, 4), (3, 10), (6, 6))):
        cells = check(model, read(model, mine, seed), read(model, its, seed + 9))
        words = -(-(mine - 2) // 2)
        assert not cells["tglu"][words : -len(REST)].any()  # the text's unit reads no patch,
        assert not cells["vdlu"][:words].any()  # nor the picture's a word
        assert cells["cmfu"][words : -len(REST)].any()
    blank = read(model, 5, 1, picture=False)
    cells = check(model, blank, read(model, 5, 2))
    assert all(not cells[unit][len(blank.words) : -len(REST)].any() for unit in UNITS)


def test_one_token_or_all_words_make_the_global_text(config: ModelConfig) -> None:
    """Of [CLS] and of CLIP's end of text the product is one cell, and the words have the rest."""
    model = made(dataclasses.replace(config, mask_padding=True))
    mention, entity = (take_apart(model, read(model, 8, n), "mention") for n in (1, 2))
    words = [side.text_global[:3].abs().sum(-1) > 0 for side in (mention, entity)]
    pools = config.encoder != "clip" and config.pooling == "mean"
    assert mention.words_pooled is entity.words_pooled is pools
    assert all(side.all() if pools else not side.any() for side in words)
    assert mention.patches_pooled is (config.encoder == "hybrid" and config.network_pooled)


def test_a_text_cell_by_hand(config: ModelConfig) -> None:
    """Two words of one token each, beside TGLU's sums written out."""
    if config.encoder == "clip" or config.pooling == "cls":
        pytest.skip("the words make no global feature")
    model = made(dataclasses.replace(config, mask_padding=True))
    one, other = read(model, 4, 1), read(model, 3, 2)
    word = Word("w", "context", 0, 1, (1,))
    one, other = (dataclasses.replace(inputs, words=(word,)) for inputs in (one, other))
    cells = check(model, one, other)["tglu"]
    with torch.no_grad():
        (mine, m), (its, e) = (model.encoder.text(i.ids, i.mask) for i in (one, other))
        norm, unit = model.text_global_norm, model.tglu
        tokens = [model.text_tokens_norm(t[0]) for t in (m, e)]
        glob = [
            norm.weight * (t[0, 1] - t[0, 1].mean()) / n / g[0].std(unbiased=False)
            for t, g, n in ((m, mine, 4), (e, its, 3))
        ]
        logits = unit.query(tokens[1][:3]) @ unit.key(tokens[0][:4]).T / unit.key.out_features**0.5
        weights = logits.softmax(-1).mean(0)
        context = weights @ unit.value(tokens[0][:4])
        value = weights[1] * (tokens[0][1] - model.text_tokens_norm.bias) @ unit.value.weight.T
        value = unit.context_norm.weight * (value - value.mean()) / context.std(unbiased=False)
        local = value @ (unit.entity_global.weight @ glob[1])
    assert float(cells[0, 0]) == pytest.approx(float(glob[0] @ glob[1] + local) / 2, rel=1e-3)

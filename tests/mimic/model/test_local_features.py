"""Models that mask padding and whose local image features are the patches alone."""

from __future__ import annotations

import dataclasses
from pathlib import Path
from typing import Any

import pytest
import torch
from support import tiny
from support.clip import clip_config
from torch import Tensor

from mimic.config import PRESETS, ModelConfig
from mimic.data.layout import read_kb
from mimic.explain import METHOD_NAMES, Explainer
from mimic.index.entity_encoder import EntityEncoder
from mimic.index.entity_index import EntityIndex
from mimic.linking.linker import EntityLinker
from mimic.model.mimic import Mimic, ModelCard, load_model, save_model
from mimic.model.processor import Processor, load_tokenizer
from mimic.schema import Mention

OPTIONS: dict[str, Any] = {"mask_padding": True, "local_cls": False}
MENTION = Mention("Norway", "a goal of Norway in the game")


@pytest.fixture(params=["bert_vit", "clip"])
def config(request: pytest.FixtureRequest, text_model: Path) -> ModelConfig:
    return clip_config() if request.param == "clip" else tiny.model_config(text_model)


def pretrained(config: ModelConfig, **options: object) -> Mimic:
    torch.manual_seed(3)
    return Mimic.pretrained(dataclasses.replace(config, **options)).eval()  # type: ignore[arg-type]


def inputs(model: Mimic, padding: int) -> tuple[Tensor, Tensor, Tensor]:
    """Two texts of 4 and 6 tokens, made up to 6 and then by `padding` more, and pictures."""
    ids = torch.randint(5, 20, (2, 6), generator=torch.Generator().manual_seed(5))
    mask = torch.tensor([[1, 1, 1, 1, 0, 0], [1, 1, 1, 1, 1, 1]])
    more = torch.zeros(2, padding, dtype=torch.long)
    side = model.config.image_size
    pixels = torch.randn(2, 3, side, side, generator=torch.Generator().manual_seed(6))
    return torch.cat([ids * mask, more], 1), torch.cat([mask, more], 1), pixels


@torch.inference_mode()
def scores(model: Mimic, padding: int) -> dict[str, Tensor]:
    features = model.features(*inputs(model, padding))
    return model(features, features)


def test_the_authors_presets_stay_as_they_are() -> None:
    for name in ("clip", "wikimel", "richpediamel", "wikidiverse", "bert-vit"):
        model = PRESETS[name].model
        assert model.local_cls and not model.mask_padding


def test_more_padding_changes_nothing_when_it_is_masked(config: ModelConfig) -> None:
    masked, plain = pretrained(config, mask_padding=True), pretrained(config)
    one, other = scores(masked, 0), scores(masked, 4)
    for name in one:
        torch.testing.assert_close(one[name], other[name], rtol=1e-5, atol=1e-6)
    changed = (scores(plain, 0)["tglu"] - scores(plain, 4)["tglu"]).abs()
    assert changed.max() > 1e-4


def test_a_text_of_no_tokens_at_all_is_read_whole(config: ModelConfig) -> None:
    model = pretrained(config, mask_padding=True)
    mask = model.text_mask(torch.tensor([[0, 0, 0], [1, 0, 1]]))
    assert mask is not None and mask.tolist() == [[True] * 3, [True, False, True]]


def test_local_features_without_cls_are_the_patches(config: ModelConfig) -> None:
    whole, patches = pretrained(config), pretrained(config, local_cls=False)
    with torch.inference_mode():
        one, other = (m.features(*inputs(m, 0)) for m in (whole, patches))
    assert torch.equal(one.image_tokens[:, 1:], other.image_tokens)
    assert torch.equal(one.image_global, other.image_global)
    assert one.text_mask is None and other.text_mask is None


def test_a_saved_model_has_its_options_again(config: ModelConfig, tmp_path: Path) -> None:
    model = pretrained(config, **OPTIONS)
    save_model(model, tmp_path / "m", ModelCard())
    loaded, _ = load_model(tmp_path / "m")
    assert loaded.config.mask_padding and not loaded.config.local_cls
    for name, found in scores(loaded, 2).items():
        assert torch.equal(found, scores(model, 2)[name])


@pytest.fixture(scope="module", params=["tanh", "sigmoid_concat"])
def folder(
    request: pytest.FixtureRequest, text_model: Path, tmp_path_factory: pytest.TempPathFactory
) -> Path:
    config = tiny.model_config(text_model, vdlu_gate=request.param, **OPTIONS)
    out = tmp_path_factory.mktemp("options") / "m"
    model = pretrained(config)
    save_model(model, out, ModelCard(), load_tokenizer(model.config))
    return out


@pytest.mark.parametrize("dtype", ["float32", "float16"])
def test_the_index_follows(folder: Path, data: Path, tmp_path: Path, dtype: str) -> None:
    net, _ = load_model(folder)
    processor = Processor(net.config, load_tokenizer(net.config, folder))
    entities = read_kb(data).entities
    built = EntityIndex.build(tmp_path, EntityEncoder(net, processor, "m"), entities, dtype)
    texts = processor.texts([e.name for e in entities], [e.description for e in entities])
    pixels = processor.pictures([e.image for e in entities])
    with torch.inference_mode():
        features = net.features(texts.input_ids, texts.attention_mask, pixels)
        mention = net.mention_side(features)
        direct = net.score(mention, built.picked(range(len(entities))))
        whole = net(features, features)
    assert torch.equal(built.blocks[0]["mask"], texts.attention_mask.bool())
    for name, found in built.scores(mention).items():
        torch.testing.assert_close(found, direct[name], rtol=1e-3, atol=1e-3)
        torch.testing.assert_close(found, whole[name], rtol=2e-2, atol=2e-2)


@pytest.fixture(scope="module")
def explainer(folder: Path, data: Path, tmp_path_factory: pytest.TempPathFactory) -> Explainer:
    cache = tmp_path_factory.mktemp("options-cache")
    return Explainer(EntityLinker.load(folder, data, "cpu", cache))


def test_maps_have_no_share_of_padding_and_cls(explainer: Explainer, data: Path) -> None:
    mention = dataclasses.replace(MENTION, image=data / "mention_image" / "test-0-0.png")
    explained = explainer.explain(mention, "atlas:norway-football", method=None)
    for view in (explained.mention, explained.candidate):
        for seen in view.attention:
            assert sum(seen.values) + seen.special == pytest.approx(1, abs=1e-5)
            assert seen.padding == pytest.approx(0, abs=1e-6)
            assert (seen.special == 0) == (seen.name == "cmfu")
            assert seen.over == "words" or len(seen.values) == 4
    matrix = explained.text_attention
    assert set(matrix.padding) == {0.0} and explained.unattended == ("padding", "cls")
    for row, special in zip(matrix.values, matrix.special, strict=True):
        assert sum(row) + special == pytest.approx(1, abs=1e-5)


@pytest.mark.parametrize("method", METHOD_NAMES)
def test_attributions_explain_the_score_of_the_index(
    explainer: Explainer, data: Path, method: str
) -> None:
    mention = dataclasses.replace(MENTION, image=data / "mention_image" / "test-0-0.png")
    explained = explainer.explain(mention, "atlas:norway-football", method=method)
    result = explainer.linker.link(mention, k=9)
    linked = {c.entity.id: c.score for c in result.candidates}
    assert explained.score == pytest.approx(linked["atlas:norway-football"], abs=1e-4)
    for view in (explained.mention, explained.candidate):
        assert view.attribution is not None
        assert view.attribution.score == pytest.approx(explained.score, abs=1e-4)
        assert view.attribution.complete in (True, None)

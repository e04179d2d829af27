"""Explanations through a pretrained network: gradients to pixels, patches, attention."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest
import torch
from support import tiny
from support.networks import hybrid_config, write_vision

from mimic.explain import METHOD_NAMES, Explainer
from mimic.explain.attributions import TOLERANCE
from mimic.explain.inside import image_attention, patch_grid, twin
from mimic.explain.pair import Varied
from mimic.linking.linker import EntityLinker
from mimic.model.mimic import Mimic, ModelCard, save_model
from mimic.model.processor import load_tokenizer
from mimic.schema import Mention

GOLD = "atlas:norway-football"


@pytest.fixture(scope="module")
def explainer(text_model: Path, data: Path, tmp_path_factory: pytest.TempPathFactory) -> Explainer:
    """A hybrid with a small random network, pictures of 64 pixels, 2 x 2 cells."""
    folder = tmp_path_factory.mktemp("hybrid")
    torch.manual_seed(7)
    network = write_vision(folder / "network")
    model = Mimic.pretrained(hybrid_config(text_model, network))
    save_model(model, folder / "m", ModelCard(), load_tokenizer(model.config))
    return Explainer(EntityLinker.load(folder / "m", data, "cpu", folder / "cache"))


@pytest.fixture(scope="module")
def mention(data: Path) -> Mention:
    picture = data / "mention_image" / "test-0-0.png"
    return Mention("Norway", "a goal of Norway in the game", image=picture)


@pytest.mark.parametrize("method", METHOD_NAMES)
def test_every_method_finds_patches_on_both_sides(
    explainer: Explainer, mention: Mention, method: str
) -> None:
    explained = explainer.explain(mention, GOLD, target="vdlu", method=method)
    for view in (explained.mention, explained.candidate):
        found = view.attribution
        assert found is not None and len(found.patches) == 4 and any(found.patches)
        assert all(abs(value) < float("inf") for value in found.patches)
        assert set(found.words) == {0.0}
        if found.complete:
            assert found.gap <= TOLERANCE
            difference = found.score - found.baseline_score
            scale = max(abs(difference), sum(map(abs, found.patches)))
            assert abs(sum(found.patches) - difference) <= TOLERANCE * scale


def test_hidden_patches_move_what_reads_them(explainer: Explainer, mention: Mention) -> None:
    """The gradient reaches the pixels through the frozen network, which itself gets none."""
    model = explainer.model
    assert patch_grid(model) == (2, 2)
    pixels = torch.randn(1, 3, 64, 64, generator=torch.Generator().manual_seed(3))
    pixels.requires_grad_(True)
    model.encoder.image(pixels)[0].sum().backward()
    assert pixels.grad is not None and pixels.grad.isfinite().all()
    assert (pixels.grad.reshape(3, 2, 32, 2, 32).abs().sum((0, 2, 4)) > 0).all()
    assert all(parameter.grad is None for parameter in model.parameters())


def test_attention_is_the_transformers(explainer: Explainer) -> None:
    pixels = torch.randn(1, 3, 64, 64, generator=torch.Generator().manual_seed(3))
    with torch.no_grad():
        attention = image_attention(explainer.model, pixels)
    assert attention.shape == (2, 5, 5)  # two blocks; [CLS] and 2 x 2 patches
    assert torch.allclose(attention.sum(-1), torch.ones(2, 5), atol=1e-5)


def test_attention_to_registers_counts_as_to_cls(text_model: Path, tmp_path: Path) -> None:
    made = {"depth": 1, "embed_dim": 12, "num_heads": 2, "patch_size": 8, "img_size": 16}
    place = write_vision(tmp_path / "vit", "vit_small_patch14_reg4_dinov2", **made)
    config = tiny.model_config(text_model, vision=str(place), vision_options={})
    model = twin(Mimic.pretrained(config))
    assert patch_grid(model) == (2, 2)
    with torch.no_grad():
        attention = image_attention(model, torch.randn(1, 3, 16, 16))
    assert attention.shape == (1, 5, 5)
    assert torch.allclose(attention.sum(-1), torch.ones(1, 5), atol=1e-5)
    assert (attention[:, :, 0] > attention[:, :, 1:].mean(-1)).all()  # five tokens' share


def test_cells_that_are_hidden_in_the_maps_are_the_blank_pictures(
    explainer: Explainer, mention: Mention
) -> None:
    """All or none of them are the picture or the blank one, as with pixels."""
    read = explainer.read_mention(mention)
    others = explainer.linker.index.picked([0, 1])
    varied = Varied(explainer.model, read.inputs, "mention", others)
    in_maps, words = varied.in_maps(), torch.ones(2, len(read.inputs.words))
    patches = torch.tensor([[1.0] * 4, [0.0] * 4])
    for target, scores in varied.shown(words, patches).items():
        assert torch.allclose(in_maps.shown(words, patches)[target], scores, atol=1e-4)
    blank = dataclasses.replace(read.inputs, pixels=torch.zeros_like(read.inputs.pixels))
    assert Varied(explainer.model, blank, "mention", others).in_maps().image.dim() == 4


def test_sampled_numbers_have_errors_and_others_none(
    explainer: Explainer, mention: Mention
) -> None:
    for method in ("shapley", "shapley_maps"):
        found = explainer.explain(mention, GOLD, method=method).mention.attribution
        assert found is not None and found.word_errors is not None
        assert len(found.word_errors) == len(found.words) and any(found.word_errors)
        assert found.patch_errors is not None and len(found.patch_errors) == 4
        one = explainer.explain(mention, GOLD, method=method, steps=2).mention.attribution
        assert one is not None and one.word_errors is None  # of one order and its reverse
    exact = explainer.explain(mention, GOLD).mention.attribution
    assert exact is not None and exact.word_errors is None

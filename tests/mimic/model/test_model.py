"""Saving and loading: the same numbers come back, and a damaged folder is a clear error."""

from __future__ import annotations

import hashlib
import json
import re
import shutil
from pathlib import Path

import pytest
import torch
from support import tiny
from support.clip import clip_config

from mimic.config import MINILM_WHEEL
from mimic.errors import InputError
from mimic.explain.inside import text_of_embeddings, twin, word_embedding
from mimic.model.encoders import BertVitBackbone
from mimic.model.mimic import Mimic, ModelCard, fingerprint, load_model, pick_device, save_model
from mimic.model.processor import Processor, load_tokenizer
from mimic.model.sources import resolve_text
from mimic.model.units import Features


def encode(model: Mimic, tokens: int, side: int) -> Features:
    generator = torch.Generator().manual_seed(5)
    ids = torch.randint(5, 20, (3, tokens), generator=generator)
    mask = torch.ones_like(ids)
    mask[1, tokens // 2 :] = 0
    with torch.inference_mode():
        return model.features(ids, mask, torch.randn(3, 3, side, side, generator=generator))


def same_scores(one: Mimic, other: Mimic, tokens: int, side: int) -> bool:
    with torch.inference_mode():
        first, second = (m(f := encode(m, tokens, side), f) for m in (one, other))
    return all(torch.equal(first[name], second[name]) for name in first)


def test_clip_round_trip(tmp_path: Path) -> None:
    torch.manual_seed(3)
    model = Mimic.pretrained(clip_config()).eval()
    save_model(model, tmp_path, ModelCard(temperature=3.5, training={"seed": 1}))
    loaded, card = load_model(tmp_path)
    assert card == ModelCard(3.5, {"seed": 1})
    assert not loaded.training
    assert same_scores(model, loaded, 10, 32)


@pytest.mark.parametrize("changes", [{}, {"pooling": "cls", "vdlu_gate": "sigmoid_concat"}])
def test_bert_vit_round_trip(changes: dict[str, object], text_model: Path, tmp_path: Path) -> None:
    torch.manual_seed(4)
    config = tiny.model_config(text_model, adapter=4, **changes)
    model = Mimic.pretrained(config).eval()
    save_model(model, tmp_path / "m", ModelCard(), load_tokenizer(config))
    assert same_scores(model, load_model(tmp_path / "m")[0], 12, 16)
    tokenizer = load_tokenizer(model.config, tmp_path / "m")
    assert Processor(config, tokenizer).texts(["norway"], ["a goal"]).input_ids[0, 0] == 2


def test_trimmed_texts_are_the_same_with_zeros_for_padding(text_model: Path) -> None:
    """In groups of similar length, in one pass, and from embeddings as explanations give them."""
    torch.manual_seed(4)
    plain = Mimic.pretrained(tiny.model_config(text_model)).eval()
    model = Mimic.pretrained(tiny.model_config(text_model, trim=True)).eval()
    model.load_state_dict(plain.state_dict())
    ids = torch.randint(5, 20, (70, 12), generator=torch.Generator().manual_seed(5))
    mask = (torch.arange(12) < torch.arange(70)[:, None] % 12 + 1).long()
    overall, tokens = plain.encoder.text(ids, mask)
    expected = tokens * mask[..., None]
    other = twin(model)
    for net in (model, other):
        found = net.encoder.text(ids, mask)
        assert torch.allclose(found[0], overall, atol=1e-5)
        assert torch.allclose(found[1], expected, atol=1e-5)
    embeddings = word_embedding(other)(ids[4:5]).expand(40, -1, -1)
    found = text_of_embeddings(other, ids[4:5], mask[4:5], embeddings)
    assert torch.allclose(found[1], expected[4].expand(40, -1, -1), atol=1e-5)


def test_convolutional_stem_round_trip(text_model: Path, tmp_path: Path) -> None:
    options = {"depth": 1, "embed_dim": 12, "num_heads": 2, "patch_size": 8, "stem": [4, 6]}
    torch.manual_seed(4)
    model = Mimic.pretrained(tiny.model_config(text_model, vision_options=options)).eval()
    save_model(model, tmp_path / "m", ModelCard())
    assert encode(model, 12, 16).image_tokens.shape == (3, 5, 8)
    assert same_scores(model, load_model(tmp_path / "m")[0], 12, 16)


def test_frozen_text_is_not_saved_and_comes_back(text_model: Path, tmp_path: Path) -> None:
    torch.manual_seed(4)
    model = Mimic.pretrained(tiny.model_config(text_model, freeze_text=True)).eval()
    save_model(model, tmp_path / "m", ModelCard())
    names = (tmp_path / "m" / "model.safetensors").read_bytes()[:20_000]
    assert b"backbone.vit" in names and b"backbone.bert" not in names
    assert same_scores(model, load_model(tmp_path / "m")[0], 12, 16)


def test_frozen_text_learns_nothing_and_has_no_dropout(text_model: Path) -> None:
    model = Mimic.pretrained(tiny.model_config(text_model, freeze_text=True, adapter=4))
    assert not model.encoder.backbone.get_submodule("bert").training  # what is cached at once
    model.train()
    backbone = model.encoder.backbone
    assert isinstance(backbone, BertVitBackbone)
    ids = torch.full((1, 6), 7)
    once, again = (backbone.text(ids, torch.ones_like(ids))[1] for _ in range(2))
    assert torch.equal(once, again)
    once.sum().backward()
    assert all(p.grad is None for p in backbone.bert.parameters())
    assert any(p.grad is not None for p in backbone.adapter.parameters())


def test_padding_does_not_change_the_global_text(text_model: Path) -> None:
    """The masked mean: what stands behind the mask has no weight."""
    model = Mimic.pretrained(tiny.model_config(text_model)).eval()
    mask = torch.tensor([[1, 1, 1, 0, 0]])
    with torch.inference_mode():
        one = model.encoder.text(torch.tensor([[2, 7, 3, 0, 0]]), mask)[0]
        other = model.encoder.text(torch.tensor([[2, 7, 3, 9, 9]]), mask)[0]
    torch.testing.assert_close(one, other)


def test_clip_globals_have_unit_length() -> None:
    model = Mimic.pretrained(clip_config()).eval()
    ids = torch.tensor([[198, 5, 6, 199, 199]])
    with torch.inference_mode():
        overall, _ = model.encoder.text(ids, torch.ones_like(ids))
        picture, tokens = model.encoder.backbone.image(torch.randn(2, 3, 32, 32))
    assert overall.norm(dim=-1).tolist() == pytest.approx([1.0])
    assert picture.norm(dim=-1).tolist() == pytest.approx([1.0, 1.0])
    assert tokens.shape == (2, 17, 48)  # [CLS] and 4 x 4 patches


def test_folder_holds_no_pickle(model_folder: Path) -> None:
    files = {str(f.relative_to(model_folder)) for f in model_folder.rglob("*") if f.is_file()}
    assert {"config.json", "model.safetensors", "tokenizer/tokenizer.json"} <= files
    assert all(f.endswith((".json", ".safetensors", ".txt")) for f in files), files


def test_fingerprint_follows_weights_and_configuration(own_model: Path) -> None:
    before = fingerprint(own_model)
    record = own_model / "config.json"
    tiny.edit(record, lambda r: r.update(temperature=9.0))
    assert fingerprint(own_model) == before  # scores do not move with the temperature
    tiny.edit(record, lambda r: r["model"].update(text_length=11))
    assert (shorter := fingerprint(own_model)) != before
    weights = own_model / "model.safetensors"
    content = bytearray(weights.read_bytes())
    content[-1] ^= 1
    weights.write_bytes(content)
    assert fingerprint(own_model) not in (before, shorter)


def test_fingerprint_follows_the_tokenizer_of_its_own(own_model: Path) -> None:
    """Weights and configuration as before, so that older indexes fit; then the tokenizer."""
    record = json.loads((own_model / "config.json").read_text())["model"]
    content = json.dumps(record, sort_keys=True).encode()
    content += (own_model / "model.safetensors").read_bytes()
    before, weights = fingerprint(own_model), hashlib.sha256(content).hexdigest()[:16]
    assert re.fullmatch(f"{weights}-[0-9a-f]{{8}}", before)
    file = own_model / "tokenizer" / "tokenizer.json"
    file.write_text(file.read_text().replace('"norway"', '"norwey"'))
    other = fingerprint(own_model)
    assert other != before and other.startswith(weights)
    file.rename(file.with_name("other.json"))
    assert fingerprint(own_model) not in (before, other)
    shutil.rmtree(own_model / "tokenizer")
    assert fingerprint(own_model) == weights


def cut_weights(folder: Path) -> None:
    file = folder / "model.safetensors"
    file.write_bytes(file.read_bytes()[:-100])


def zero_weights(folder: Path) -> None:
    (folder / "model.safetensors").write_bytes(b"")


def no_weights(folder: Path) -> None:
    (folder / "model.safetensors").unlink()


def no_config(folder: Path) -> None:
    (folder / "config.json").unlink()


def broken_config(folder: Path) -> None:
    (folder / "config.json").write_text('{"model": ')


def list_config(folder: Path) -> None:
    (folder / "config.json").write_text("[1]")


def empty_model(folder: Path) -> None:
    (folder / "config.json").write_text('{"model": {}}')


def other_width(folder: Path) -> None:
    tiny.edit(folder / "config.json", lambda r: r["model"].update(unit_width=16))


def text_width(folder: Path) -> None:
    tiny.edit(folder / "config.json", lambda r: r["model"].update(unit_width="wide"))


def unknown_field(folder: Path) -> None:
    tiny.edit(folder / "config.json", lambda r: r["model"].update(colour="red"))


def unknown_gate(folder: Path) -> None:
    tiny.edit(folder / "config.json", lambda r: r["model"].update(vdlu_gate="relu"))


def unknown_vision(folder: Path) -> None:
    tiny.edit(folder / "config.json", lambda r: r["model"].update(vision="no_such_model"))


def no_architecture(folder: Path) -> None:
    tiny.edit(folder / "config.json", lambda r: r["model"].update(architecture={}))


def unknown_architecture(folder: Path) -> None:
    tiny.edit(
        folder / "config.json",
        lambda r: r["model"]["architecture"]["text"].update(model_type="no-such-type"),
    )


def more_adapter(folder: Path) -> None:
    tiny.edit(folder / "config.json", lambda r: r["model"].update(adapter=4))


@pytest.mark.parametrize(
    "spoil",
    [
        cut_weights,
        zero_weights,
        no_weights,
        no_config,
        broken_config,
        list_config,
        empty_model,
        other_width,
        text_width,
        unknown_field,
        unknown_gate,
        unknown_vision,
        no_architecture,
        unknown_architecture,
        more_adapter,
    ],
    ids=lambda f: f.__name__,
)
def test_a_damaged_folder_is_an_input_error(spoil: object, own_model: Path) -> None:
    spoil(own_model)  # type: ignore[operator]
    with pytest.raises(InputError, match=".") as raised:
        load_model(own_model)
    assert "\n" not in str(raised.value)


def test_saving_where_nothing_can_be_written(text_model: Path, tmp_path: Path) -> None:
    model = Mimic.pretrained(tiny.model_config(text_model))
    (tmp_path / "file").write_text("")
    with pytest.raises(InputError, match="cannot be saved"):
        save_model(model, tmp_path / "file", ModelCard())


def test_an_absent_text_model_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="nowhere"):
        Mimic.pretrained(tiny.model_config(tmp_path / "nowhere"))
    (tmp_path / "empty").mkdir()
    with pytest.raises(InputError, match="empty"):
        Mimic.pretrained(tiny.model_config(tmp_path / "empty"))


def test_config_survives_json(model_folder: Path) -> None:
    model, _ = load_model(model_folder)
    stored = json.loads((model_folder / "config.json").read_text("utf-8"))
    assert stored["model"]["architecture"]["text"]["hidden_size"] == 16
    assert model.config.image_mean == tuple(stored["model"]["image_mean"])


def test_devices() -> None:
    assert pick_device("cpu") == torch.device("cpu")
    if torch.cuda.is_available():
        assert pick_device("auto").type == pick_device("cuda").type == "cuda"
    else:
        assert pick_device("auto").type == "cpu"
        with pytest.raises(InputError, match="no CUDA device"):
            pick_device("cuda")


def test_the_wheel_is_found_and_checked(monkeypatch: pytest.MonkeyPatch) -> None:
    folder = Path(resolve_text(MINILM_WHEEL))
    assert (folder / "model.safetensors").is_file() and (folder / "tokenizer.json").is_file()
    monkeypatch.setenv("MIMIC_TEXT_MODEL", "/elsewhere")
    assert resolve_text(MINILM_WHEEL) == "/elsewhere"
    assert resolve_text("some/name") == "some/name"


def test_blank_pictures_are_encoded_as_one(
    text_model: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each row gets what it would get alone; while something learns every row is encoded."""
    model = Mimic.pretrained(tiny.model_config(text_model)).eval()
    pixels = torch.randn(5, 3, 16, 16, generator=torch.Generator().manual_seed(5))
    pixels[[0, 3]] = 0
    image, sizes = model.encoder.backbone.image, list[int]()

    def count(some: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        sizes.append(len(some))
        return image(some)

    monkeypatch.setattr(model.encoder.backbone, "image", count)
    with torch.inference_mode():
        overall, tokens = model.encoder.image(pixels)
        for row in range(5):
            alone = model.encoder.image(pixels[row : row + 1])
            torch.testing.assert_close(overall[row], alone[0][0], atol=1e-5, rtol=1e-5)
            torch.testing.assert_close(tokens[row], alone[1][0], atol=1e-5, rtol=1e-5)
    model.encoder.image(pixels)
    assert sizes == [4, 1, 1, 1, 1, 1, 5]

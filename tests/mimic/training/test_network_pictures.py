"""What a frozen network says is kept in a file: the same as asked live, and resumed when cut."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
import torch
from support.networks import hybrid_config, write_vision

from mimic.errors import InputError
from mimic.model.encoders import HybridBackbone
from mimic.model.mimic import Mimic
from mimic.model.processor import Processor, load_tokenizer
from mimic.training import network_pictures
from mimic.training.network_pictures import NetworkPictures, ask_network


@pytest.fixture(scope="module")
def net(text_model: Path, tmp_path_factory: pytest.TempPathFactory) -> Mimic:
    torch.manual_seed(7)
    network = write_vision(tmp_path_factory.mktemp("networks") / "small")
    return Mimic.pretrained(hybrid_config(text_model, network)).eval()


@pytest.fixture(scope="module")
def processor(net: Mimic) -> Processor:
    return Processor(net.config, load_tokenizer(net.config))


def ask(
    net: Mimic, processor: Processor, images: list[list[Path]], cache: Path, copies: int = 2
) -> NetworkPictures:
    return ask_network(net, processor, images, copies, lambda line: None, cache)


def test_kept_rows_give_the_features_of_the_picture(
    net: Mimic, processor: Processor, data: Path, tmp_path: Path
) -> None:
    """Two rows share a file, one has none, one has two of which one cannot be read."""
    one, other = (data / "kb_image" / f"{name}.png" for name in ("Norway-state", "Chad-state"))
    broken = tmp_path / "broken.png"
    broken.write_bytes(b"no picture")
    pictures = ask(net, processor, [[one], [], [broken, other], [one]], tmp_path / "cache")
    assert pictures.count.tolist() == [1, 0, 1, 1] and pictures.first.tolist() == [0, 1, 1, 2]
    assert len(pictures.unreadable) == 1 and "broken.png" in pictures.unreadable[0]
    assert len(pictures.rows) == 3 * 3 + 1
    rows = torch.cat([pictures.numbered(torch.tensor([0, 1, 2])), pictures.blank()])
    with torch.inference_mode():
        kept = net.encoder.image_of_network(rows)
        live = net.encoder.image(processor.pictures([one, other, one, None]))
    for found, expected in zip(kept, live, strict=True):
        torch.testing.assert_close(found, expected, atol=5e-3, rtol=5e-3)


def test_a_generator_draws_among_the_picture_and_its_copies(
    net: Mimic, processor: Processor, data: Path, tmp_path: Path
) -> None:
    images = [[data / "kb_image" / "Norway-state.png"], [data / "kb_image" / "Chad-state.png"]]
    pictures = ask(net, processor, images, tmp_path)
    drawn = pictures.numbered(torch.zeros(60, dtype=torch.long), torch.Generator().manual_seed(0))
    own = {row.tobytes() for row in pictures.rows[[0, 2, 4]]}
    assert {row.numpy().tobytes() for row in drawn} == own and len(own) == 3


def test_an_interrupted_command_goes_on_where_it_was(
    net: Mimic,
    processor: Processor,
    data: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    images = [[file] for file in sorted((data / "kb_image").iterdir())]
    monkeypatch.setattr(network_pictures, "BATCH", 4)
    monkeypatch.setattr(network_pictures, "NOTED", 1)
    whole = ask(net, processor, images, tmp_path / "whole")
    backbone = net.encoder.backbone
    assert isinstance(backbone, HybridBackbone)
    pack, asked = backbone.network.pack, list[int]()

    def cut(pixels: torch.Tensor) -> torch.Tensor:
        asked.append(len(pixels))
        if len(asked) == 5:
            raise KeyboardInterrupt
        return pack(pixels)

    monkeypatch.setattr(backbone.network, "pack", cut)
    with pytest.raises(KeyboardInterrupt):
        ask(net, processor, images, tmp_path / "cut")
    (note,) = (tmp_path / "cut").glob("*.json")
    assert json.loads(note.read_text())["done"] == 12
    again = ask(net, processor, images, tmp_path / "cut")
    assert sum(asked[5:]) == 1 + 3 * 9 - 12 + 1  # the blank one for the width, and at the end
    assert (again.rows == whole.rows).all()
    before = len(asked)
    ask(net, processor, images, tmp_path / "cut")
    assert len(asked) == before + 1  # nothing but the width


def test_other_files_or_copies_are_asked_anew(
    net: Mimic, processor: Processor, own_data: Path, tmp_path: Path
) -> None:
    file = own_data / "kb_image" / "Norway-state.png"
    ask(net, processor, [[file]], tmp_path)
    ask(net, processor, [[file]], tmp_path, copies=1)
    shutil.copy(own_data / "kb_image" / "Chad-curling.png", file)
    ask(net, processor, [[file]], tmp_path)
    assert len(list(tmp_path.glob("*.rows"))) == 3


def test_a_cache_that_cannot_be_written_is_named(
    net: Mimic, processor: Processor, data: Path, tmp_path: Path
) -> None:
    (tmp_path / "cache").write_text("a file")
    with pytest.raises(InputError, match="cannot be kept there"):
        ask(net, processor, [[data / "kb_image" / "Norway-state.png"]], tmp_path / "cache")

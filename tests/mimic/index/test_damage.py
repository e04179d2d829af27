"""Damaged files are told, whichever bit it is: nothing is answered from them."""

from __future__ import annotations

import json
import random
import shutil
import zipfile
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import torch
from safetensors.torch import load_file, save_file
from support import PARITY, Run, tiny

from demo.messages import translated
from mimic.__main__ import main
from mimic.errors import InputError
from mimic.index import shard_reader, shards
from mimic.index.entity_encoder import EntityEncoder
from mimic.index.entity_index import EntityIndex
from mimic.index.shard_reader import verified
from mimic.io.content import seal
from mimic.linking.linker import BUNDLED_KB, BUNDLED_MODEL
from mimic.model import decoded_pictures as squares
from mimic.model.checkpoint import read_checkpoint
from mimic.model.encoded_data import EncodedData, EncodedPictures, EncodedTexts
from mimic.model.mimic import fingerprint, load_model
from mimic.model.processor import Processor, load_tokenizer
from mimic.schema import Entity, Mention
from mimic.training.frozen_file import read_or_make
from mimic.training.run import STATE, restore_run, start_run, store_run

SUFFIXES = (".safetensors", ".arrow", ".json")
SENTENCE = ("--sentence", "a goal of Norway in the game", "--mention", "Norway", "-k", "9")


@pytest.fixture(scope="module")
def stored(model_folder: Path, data: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An index of the tiny data in three shards; read-only."""
    folder = tmp_path_factory.mktemp("index") / "index"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("mimic.index.entity_index.SHARD", 4)
        options = ["--model", str(model_folder), "--kb", str(data), "--out", str(folder)]
        assert main(["index", *options]) == 0
    return folder


@pytest.fixture
def own_index(stored: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(stored, tmp_path / "index"))


def flipped(content: bytes, bit: int) -> bytes:
    changed = bytearray(content)
    changed[bit // 8] ^= 1 << bit % 8
    return bytes(changed)


def damages(content: bytes, count: int, seed: int = 1) -> Iterator[bytes]:
    """One bit flipped, or the end cut off, at random places."""
    draw = random.Random(seed)
    for number in range(count):
        bit = draw.randrange(8 * len(content))
        yield content[: bit // 8] if number % 4 == 3 else flipped(content, bit)


def without_sums(manifest: dict[str, Any]) -> None:
    for entry in manifest["shards"]:
        del entry["sha256"]


@pytest.mark.parametrize("suffix", [".safetensors", ".arrow"])
def test_no_damage_of_a_shard_is_silent(suffix: str, own_index: Path, model_folder: Path) -> None:
    net, model = load_model(model_folder)[0], fingerprint(model_folder)
    for file in own_index.glob(f"*{suffix}"):
        content = file.read_bytes()
        for damaged in damages(content, 40):
            file.write_bytes(damaged)
            with pytest.raises(InputError, match=f"{file.name}: .*; build the index again") as told:
                EntityIndex.open(own_index, net, model)
            assert "\n" not in str(told.value)
        file.write_bytes(content)
    assert len(EntityIndex.open(own_index, net, model)) == 9


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_without_sums_damage_is_an_input_error_or_nothing(
    suffix: str, own_index: Path, model_folder: Path
) -> None:
    """An index of before: Arrow and safetensors see what they can, and never a traceback."""
    tiny.edit(own_index / shards.MANIFEST, without_sums)
    net, model = load_model(model_folder)[0], fingerprint(model_folder)
    assert len(EntityIndex.open(own_index, net, model)) == 9
    file = sorted(own_index.glob(f"*{suffix}"))[0]
    content, told = file.read_bytes(), 0
    for damaged in damages(content, 120):
        file.write_bytes(damaged)
        try:
            assert len(list(EntityIndex.open(own_index, net, model).entities)) == 9
        except InputError:
            told += 1
    assert told >= 30


def test_every_command_tells_and_building_again_heals(
    own_index: Path, model_folder: Path, data: Path, tmp_path: Path, call: Run,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.setattr("mimic.index.entity_index.SHARD", 4)
    model = ("--model", model_folder)
    before = {f.name: f.read_bytes() for f in own_index.iterdir()}
    file = sorted(own_index.glob("*.safetensors"))[1]
    file.write_bytes(flipped(file.read_bytes(), 8 * len(file.read_bytes()) - 3))
    table = tmp_path / "t.csv"
    table.write_text("sentence,mention\na goal of Norway,Norway\n")
    for command in (
        ("link", *SENTENCE, "--kb", own_index, *model),
        ("link-many", table, "--out", tmp_path / "o.csv", "--kb", own_index, *model),
        ("evaluate", "--data", data, "--kb", own_index, *model),
        ("index", "--out", own_index, "--verify"),
    ):
        code, out, err = call(*command)
        assert (code, out) == (2, "") and err.count("\n") == 1
        assert f"{file.name}: damaged" in err and "build the index again" in err
    build = ("index", "--kb", data, "--out", own_index, *model)
    assert call(*build)[0] == 0
    assert {f.name: f.read_bytes() for f in own_index.iterdir()} == before
    code, out, _ = call("index", "--out", own_index, "--verify")
    size = sum(f.stat().st_size for f in own_index.glob("shard-*"))
    assert code == 0
    assert json.loads(out) == {"entities": 9, "shards": 3, "bytes": size, "unverified": 0}
    code, _, err = call("index", "--out", own_index)
    assert code == 2 and "--kb DIR is needed" in err


def test_a_large_index_is_compared_when_asked(
    own_index: Path, model_folder: Path, data: Path, call: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shard_reader, "CHECKED", 0)
    monkeypatch.setattr("mimic.index.entity_index.SHARD", 4)
    link = ("link", *SENTENCE, "--kb", own_index, "--model", model_folder)
    good = call(*link)
    file = sorted(own_index.glob("*.safetensors"))[0]
    content = file.read_bytes()
    file.write_bytes(flipped(content, 8 * len(content) - 3))
    assert call(*link)[0] == 0  # of a large index the tensors are not read
    code, _, err = call(*link, "--verify")
    assert code == 2 and f"{file.name}: damaged" in err
    assert call("index", "--kb", data, "--out", own_index, "--model", model_folder)[0] == 0
    assert file.read_bytes() == content and call(*link, "--verify") == good


def test_an_index_of_before_opens_and_is_given_sums(
    own_index: Path, model_folder: Path, data: Path, call: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("mimic.index.entity_index.SHARD", 4)
    manifest = own_index / shards.MANIFEST
    before = json.loads(manifest.read_text())
    tiny.edit(manifest, without_sums)
    assert verified(own_index)["unverified"] == 3
    link = ("link", *SENTENCE, "--kb", own_index, "--model", model_folder)
    assert call(*link)[0] == 0 and call(*link, "--verify")[0] == 0
    assert call("index", "--kb", data, "--out", own_index, "--model", model_folder)[0] == 0
    assert json.loads(manifest.read_text()) == before and verified(own_index)["unverified"] == 0


def test_a_change_copies_nothing_that_is_damaged(
    own_index: Path, stored: Path, model_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Beyond what every opening compares, too: the rows of a damaged shard are encoded again."""
    monkeypatch.setattr(shard_reader, "CHECKED", 0)
    net, model = load_model(model_folder)[0], fingerprint(model_folder)
    processor = Processor(net.config, load_tokenizer(net.config, model_folder))
    encoder = EntityEncoder(net, processor, model)
    index = EntityIndex.open(own_index, net, model)
    last = own_index / f"{json.loads((own_index / 'index.json').read_text())['shards'][2]['name']}"
    file = last.with_suffix(".safetensors")
    file.write_bytes(flipped(file.read_bytes(), 8 * len(file.read_bytes()) - 3))
    index = index.add(encoder, [Entity("new", "Chad", "Sport: curling.", None)])
    whole = EntityIndex.open(stored, net, model)
    for name, rows in whole.blocks[2].items():
        torch.testing.assert_close(index.blocks[2][name][:1], rows)
    assert verified(own_index)["unverified"] == 0


def test_an_index_that_is_cut_in_place_while_it_is_open(
    own_index: Path, model_folder: Path, linker: Any
) -> None:
    """Reading a mapped page that is gone would end the process without a word."""
    net, model = load_model(model_folder)[0], fingerprint(model_folder)
    side = linker.mention_side([Mention("Norway", "a goal of Norway in the game")])[0]
    for change in ("cut", "written over"):
        folder = Path(shutil.copytree(own_index, own_index.parent / change))
        index = EntityIndex.open(folder, net, model)
        file = sorted(folder.glob("*.safetensors"))[0]
        if change == "cut":
            with file.open("r+b") as opened:
                opened.truncate(0)
        else:
            file.write_bytes(bytes(file.stat().st_size))
        for ask in (lambda i=index: i.scores(side), lambda i=index: i.picked([0])):
            with pytest.raises(InputError, match=f"{file.name}: was changed in place"):
                ask()
        assert len(list(index.entities)) == 9  # tables are in memory
    index = EntityIndex.open(own_index, net, model)
    expected = index.scores(side)["score"]
    for file in own_index.iterdir():  # one that is replaced keeps its pages
        file.unlink()
    assert torch.equal(index.scores(side)["score"], expected)


def test_the_bundled_model_and_index_are_compared(tmp_path: Path, call: Run) -> None:
    assert verified(BUNDLED_KB)["unverified"] == 0
    manifest = json.loads((BUNDLED_KB / "index.json").read_text())
    assert fingerprint(BUNDLED_MODEL) == manifest["model"]
    model = Path(shutil.copytree(BUNDLED_MODEL, tmp_path / "model"))
    file = model / "model.safetensors"
    file.write_bytes(flipped(file.read_bytes(), 8 * 3_000_000))
    with pytest.raises(InputError, match="its tensors are not those that were saved"):
        load_model(model)


def test_no_damage_of_weights_is_silent(own_model: Path) -> None:
    file = own_model / "model.safetensors"
    content = file.read_bytes()
    for damaged in damages(content, 60):
        file.write_bytes(damaged)
        with pytest.raises(InputError) as told:
            load_model(own_model)
        assert "\n" not in str(told.value)
    file.write_bytes(content)
    tensors = load_file(file)
    load_model(own_model)
    save_file(tensors, file)  # a model of before has no seal
    load_model(own_model)
    save_file(tensors, file, seal({**tensors, "more": torch.ones(1)}))
    with pytest.raises(InputError, match="its tensors are not those that were saved"):
        load_model(own_model)


def test_damaged_features_are_made_again(tmp_path: Path) -> None:
    file, made = tmp_path / "frozen.safetensors", []
    columns = [torch.arange(float(n + 3)) for n in range(9)]
    overall, tokens, number = columns[6:]
    encoded = EncodedData(EncodedTexts(*columns[:6]), EncodedPictures(overall, tokens, number))

    def make() -> dict[str, EncodedData]:
        made.append(1)
        return {"train": encoded}

    for _ in range(2):
        read_or_make(file, "key", make, lambda line: None)
    assert len(made) == 1
    content = file.read_bytes()
    for damaged in damages(content, 20):
        file.write_bytes(damaged)
        found = read_or_make(file, "key", make, lambda line: None)["train"]
        for one, other in ((found.texts, encoded.texts), (found.pictures, encoded.pictures)):
            for field, column in vars(one).items():
                expected = getattr(other, field)
                assert column is expected or torch.equal(column, expected)
    assert len(made) == 21


def members(file: Path) -> list[tuple[int, int]]:
    """Where the contents of a ZIP archive's members begin and end in the file."""
    with zipfile.ZipFile(file) as archive:
        starts = []
        for member in archive.infolist():
            with archive.open(member) as opened:
                start: int = opened._orig_compress_start  # type: ignore[attr-defined]
            starts.append((start, start + member.compress_size))
    return [(start, end) for start, end in starts if end > start]


def test_no_damage_of_a_training_state_is_used(
    text_model: Path, data: Path, tmp_path: Path
) -> None:
    run = start_run(tiny.preset(text_model), data, tmp_path, torch.device("cpu"), lambda line: None)
    run.state.epoch = 1
    store_run(run)
    file = tmp_path / STATE
    content, draw = file.read_bytes(), random.Random(1)
    for start, end in members(file):
        file.write_bytes(flipped(content, draw.randrange(8 * start, 8 * end)))
        with pytest.raises(InputError, match=f"{STATE}: cannot be read") as told:
            restore_run(run)
        assert "\n" not in str(told.value)
    for size in range(0, len(content), len(content) // 20):
        file.write_bytes(content[:size])
        with pytest.raises(InputError, match=f"{STATE}: cannot be read"):
            restore_run(run)
    file.write_bytes(content)
    run.state.epoch = 0
    restore_run(run)
    assert run.state.epoch == 1


def test_no_damage_of_a_checkpoint_is_imported(tmp_path: Path) -> None:
    source, file = PARITY / "official_style.ckpt", tmp_path / "damaged.ckpt"
    content, draw = source.read_bytes(), random.Random(1)
    read_checkpoint(source)
    for start, end in draw.sample(members(source), 20):
        file.write_bytes(flipped(content, draw.randrange(8 * start, 8 * end)))
        with pytest.raises(InputError, match="not a whole PyTorch checkpoint"):
            read_checkpoint(file)


def test_a_picture_file_has_its_place_before_it_is_mapped(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A hole in a mapped file on a full disk ends the process: there must be none."""
    monkeypatch.setattr(squares, "IN_MEMORY", 0)
    processor: Any = SimpleNamespace(config=SimpleNamespace(image_size=512))
    picture = tmp_path / "a.png"
    tiny.picture("Norway", "state").save(picture)
    cache, blocks = tmp_path / "cache", []

    def fill(*arguments: Any) -> dict[Path, str]:
        (part,) = cache.glob("*.part")
        blocks.append(part.stat().st_blocks * 512)
        return {}

    monkeypatch.setattr(squares, "_fill", fill)
    squares.squash_all(processor, [[picture]], print, cache)
    assert blocks == [pytest.approx(512 * 512 * 3, abs=8192)]
    (file,) = cache.glob("*.squares")
    file.write_bytes(b"cut")  # made again, where it is not of its size
    squares.squash_all(processor, [[picture]], print, cache)
    assert len(blocks) == 2 and file.stat().st_size == 512 * 512 * 3

    def full(*arguments: Any) -> None:
        raise OSError(28, "No space left on device")

    file.unlink()
    monkeypatch.setattr("os.posix_fallocate", full)
    with pytest.raises(InputError, match=r"cannot be kept there .*No space left"):
        squares.squash_all(processor, [[picture]], print, cache)
    assert not list(cache.glob("*.part"))


@pytest.mark.parametrize(
    "message",
    [
        "i/shard-0.arrow: damaged (its content is not what was written); build the index again",
        "i/shard-0.arrow: missing; build the index again",
        "i/index.json: damaged; build the index again",
        "i/shard-0.arrow: has not the 9 rows it should; build the index again",
        "i/shard-0.safetensors: was changed in place while the index was open; build the index "
        "again and open it anew",
        "i: another process is writing this index",
        "m/model.safetensors: damaged (its content is not what was saved); copy it again",
        "m/model.safetensors: not a whole safetensors file (its tensors are not those)",
    ],
)
def test_the_page_says_it_in_chinese(message: str) -> None:
    said = translated(message, "zh")
    name = message.split(":")[0]
    assert name in said and "build" not in said and "file" not in said
    assert sum("\u4e00" <= letter <= "\u9fff" for letter in said) > 5

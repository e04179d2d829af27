"""Import of the authors' checkpoints: foreign objects pass inert, hostile ones are refused."""

from __future__ import annotations

import builtins
import collections
import os
import pathlib
import sys
import types
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import torch
from safetensors.torch import load_file
from support import PARITY

from mimic.__main__ import main
from mimic.errors import InputError
from mimic.model.checkpoint import read_checkpoint

CLIP = str(PARITY / "clip")
OFFICIAL = PARITY / "official_style.ckpt"


@pytest.fixture(scope="module")
def state() -> dict[str, torch.Tensor]:
    return dict(read_checkpoint(OFFICIAL)["state_dict"])


@pytest.fixture(scope="module")
def reference(tmp_path_factory: pytest.TempPathFactory) -> dict[str, torch.Tensor]:
    """The tensors of the official-style file after its import."""
    out = tmp_path_factory.mktemp("reference") / "model"
    assert run(OFFICIAL, out) == 0
    return load_file(out / "model.safetensors")


def run(file: Path, out: Path, clip: str = CLIP) -> int:
    return main(["import-checkpoint", str(file), "--clip", clip, "--out", str(out)])


def refused(file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> str:
    """Imports a bad file and returns the one line that refuses it."""
    capsys.readouterr()
    assert run(file, tmp_path / "out") == 2
    captured = capsys.readouterr()
    assert captured.out == "" and captured.err.startswith("error: ")
    assert captured.err.count("\n") == 1, captured.err
    assert not (tmp_path / "out" / "model.safetensors").exists()
    return captured.err


class Call:
    """Pickles as a call of `function`."""

    def __init__(self, function: Callable[..., Any], *arguments: Any) -> None:
        self.call = function, arguments

    def __reduce__(self) -> tuple[Callable[..., Any], tuple[Any, ...]]:
        return self.call


def hostile(marker: Path) -> dict[str, Any]:
    write = f"open({str(marker)!r}, 'w').write('x')"
    code = f"import pathlib; pathlib.Path({str(marker)!r}).touch()"
    return {
        "os.system": Call(os.system, f"touch {marker}"),
        "builtins.eval": Call(builtins.eval, write),
        "builtins.exec": Call(builtins.exec, code),
        "builtins.getattr": Call(getattr, os, "system"),
        "nested": Call(map, Call(eval, write), [1]),
        "import": Call(builtins.__import__, "antigravity"),
        "open": Call(open, str(marker), "w"),
        "torch.load": Call(torch.load, str(marker)),
        "runs code of numpy": Call(__import__("numpy").load, str(marker)),
    }


@pytest.mark.parametrize("name", [n for n in hostile(Path("x")) if n != "builtins.getattr"])
@pytest.mark.parametrize("where", ["hyper_parameters", "state_dict", "alone"])
def test_a_hostile_pickle_is_refused_and_nothing_runs(
    name: str,
    where: str,
    state: dict[str, torch.Tensor],
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    marker = tmp_path / "was-run"
    evil = hostile(marker)[name]
    content: Any = {
        "hyper_parameters": {"state_dict": state, "hyper_parameters": {"args": [evil]}},
        "state_dict": {"state_dict": {**state, "encoder.evil": evil}},
        "alone": evil,
    }[where]
    torch.save(content, tmp_path / "evil.ckpt")
    line = refused(tmp_path / "evil.ckpt", tmp_path, capsys)
    assert "refused" in line
    assert not marker.exists()


def test_the_marker_would_have_shown(tmp_path: Path) -> None:
    """The test above can fail: an ordinary load of the same file does run the code."""
    marker = tmp_path / "was-run"
    torch.save(hostile(marker)["os.system"], tmp_path / "evil.ckpt")
    torch.load(tmp_path / "evil.ckpt", weights_only=False)
    assert marker.exists()


@pytest.mark.parametrize(
    "name", ["pathlib\nos.system", "omegaconf\nos.system", "numpy.f2py\nrun", "typing\nsys.exit"]
)
def test_a_function_behind_a_known_module_is_refused(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    pickled = b"\x80\x02c" + name.encode() + b"\nX\x02\x00\x00\x00ls\x85R."
    with zipfile.ZipFile(tmp_path / "a.ckpt", "w") as archive:
        archive.writestr("a/data.pkl", pickled)
        archive.writestr("a/version", "3\n")
        archive.writestr("a/byteorder", "little")
    assert "refused" in refused(tmp_path / "a.ckpt", tmp_path, capsys)


@pytest.mark.parametrize(
    "pickled", [b"", b".", b"\x80\x02", b"\x80\x02R.", b"\x80\x04\x95.", b"}q"]
)
def test_a_broken_pickle_in_a_whole_archive(
    pickled: bytes, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with zipfile.ZipFile(tmp_path / "a.ckpt", "w") as archive:
        archive.writestr("a/data.pkl", pickled)
        archive.writestr("a/version", "3\n")
    refused(tmp_path / "a.ckpt", tmp_path, capsys)


@pytest.mark.parametrize("size", [0, 10, 5_000, 200_000, 387_000])
def test_a_truncated_file(size: int, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "cut.ckpt").write_bytes(OFFICIAL.read_bytes()[:size])
    assert "cut.ckpt" in refused(tmp_path / "cut.ckpt", tmp_path, capsys)


def test_files_that_are_something_else(
    state: dict[str, torch.Tensor], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert "no such file" in refused(tmp_path / "absent.ckpt", tmp_path, capsys)
    (tmp_path / "text.ckpt").write_text("not a checkpoint")
    assert "no zip archive" in refused(tmp_path / "text.ckpt", tmp_path, capsys)
    torch.save(state, tmp_path / "old.ckpt", _use_new_zipfile_serialization=False)
    assert "no zip archive" in refused(tmp_path / "old.ckpt", tmp_path, capsys)
    with zipfile.ZipFile(tmp_path / "other.ckpt", "w") as archive:
        archive.writestr("readme.txt", "hello")
    refused(tmp_path / "other.ckpt", tmp_path, capsys)
    torch.save([1, 2], tmp_path / "list.ckpt")
    assert "no dictionary" in refused(tmp_path / "list.ckpt", tmp_path, capsys)
    torch.save({"state_dict": {"a": torch.ones(1)}}, tmp_path / "foreign.ckpt")
    assert "no MIMIC checkpoint" in refused(tmp_path / "foreign.ckpt", tmp_path, capsys)
    refused(tmp_path, tmp_path, capsys)  # a folder


@pytest.mark.parametrize(
    "name",
    [
        "matcher.cmfu.text_fc.bias",
        "encoder.image_cls_fc.weight",
        "encoder.clip.text_model.encoder.layers.1.mlp.fc1.weight",
        "encoder.clip.vision_model.embeddings.position_embedding.weight",
        "matcher.tglu.fc_query.weight",
    ],
)
def test_a_missing_tensor_is_named(
    name: str, state: dict[str, torch.Tensor], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    torch.save({"state_dict": {k: v for k, v in state.items() if k != name}}, tmp_path / "a.ckpt")
    assert "missing" in (line := refused(tmp_path / "a.ckpt", tmp_path, capsys)) or "no " in line


def test_a_tensor_without_a_place_is_refused(
    state: dict[str, torch.Tensor], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A third layer that --clip does not have would be dropped in silence otherwise."""
    name = "encoder.clip.text_model.encoder.layers.2.mlp.fc1.weight"
    torch.save({"state_dict": {**state, name: torch.ones(2, 2)}}, tmp_path / "a.ckpt")
    assert name in refused(tmp_path / "a.ckpt", tmp_path, capsys)


def test_a_wrong_shape_is_refused(
    state: dict[str, torch.Tensor], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    name = "matcher.vdlu.dual_ent2men.fc.weight"
    torch.save({"state_dict": {**state, name: torch.ones(2, 2)}}, tmp_path / "a.ckpt")
    assert name in refused(tmp_path / "a.ckpt", tmp_path, capsys)


@pytest.mark.parametrize(
    "content", [None, "{", "[]", '{"model_type": "bert"}', '{"text_config": 3}']
)
def test_a_clip_folder_that_does_not_fit(
    content: str | None, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    clip = tmp_path / "clip"
    clip.mkdir()
    if content is not None:
        (clip / "config.json").write_text(content)
    assert run(OFFICIAL, tmp_path / "out", str(clip)) == 2
    error = capsys.readouterr().err
    assert "--clip" in error and "Traceback" not in error


def test_known_extras_and_half_precision(
    state: dict[str, torch.Tensor], reference: dict[str, torch.Tensor], tmp_path: Path
) -> None:
    extra = {
        f"encoder.clip.{part}_model.embeddings.position_ids": torch.arange(10)[None]
        for part in ("text", "vision")
    }
    unused = {"matcher.cmfu.context_layer_norm.weight": torch.full((8,), 7.0)}
    half = {name: tensor.half() for name, tensor in state.items()}
    torch.save({"state_dict": {**half, **extra, **unused}}, tmp_path / "half.ckpt")
    assert run(tmp_path / "half.ckpt", tmp_path / "out") == 0
    out = load_file(tmp_path / "out" / "model.safetensors")
    assert set(out) == set(reference)
    for name, tensor in out.items():
        assert tensor.dtype == torch.float32
        torch.testing.assert_close(tensor, reference[name].half().float(), rtol=0, atol=0)


def same_model(folder: Path, reference: dict[str, torch.Tensor]) -> bool:
    out = load_file(folder / "model.safetensors")
    return set(out) == set(reference) and all(torch.equal(out[n], reference[n]) for n in out)


def test_cuda_storages_come_to_the_cpu(
    state: dict[str, torch.Tensor], reference: dict[str, torch.Tensor], tmp_path: Path
) -> None:
    torch.save({"state_dict": state}, tmp_path / "cpu.ckpt")
    with (
        zipfile.ZipFile(tmp_path / "cpu.ckpt") as source,
        zipfile.ZipFile(tmp_path / "cuda.ckpt", "w") as target,
    ):
        for name in source.namelist():
            member = source.read(name)
            if name.endswith("data.pkl"):
                assert b"X\x03\x00\x00\x00cpu" in member
                member = member.replace(b"X\x03\x00\x00\x00cpu", b"X\x06\x00\x00\x00cuda:0")
            target.writestr(name, member)
    assert run(tmp_path / "cuda.ckpt", tmp_path / "out") == 0
    assert same_model(tmp_path / "out", reference)


def stand_in(monkeypatch: pytest.MonkeyPatch, module: str, name: str, *bases: type) -> Any:
    """A class that pickles under a library's name, without the library."""
    if module not in sys.modules:
        monkeypatch.setitem(sys.modules, module, types.ModuleType(module))
        if "." in module:
            root = module.split(".")[0]
            if root not in sys.modules:
                monkeypatch.setitem(sys.modules, root, types.ModuleType(root))
    made = type(name, bases, {"__module__": module})
    monkeypatch.setattr(sys.modules[module], name, made, raising=False)
    return made


def test_further_library_types_pass_inert(
    state: dict[str, torch.Tensor],
    reference: dict[str, torch.Tensor],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    hyper: dict[str, Any] = {}
    for module, name in (
        ("omegaconf.listconfig", "ListConfig"),
        ("omegaconf.nodes", "FloatNode"),
        ("omegaconf.nodes", "BooleanNode"),
        ("omegaconf.nodes", "InterpolationResultNode"),
        ("omegaconf.base", "UnionNode"),
        ("pytorch_lightning.callbacks.model_checkpoint", "ModelCheckpoint"),
    ):
        node = stand_in(monkeypatch, module, name)()
        node.__dict__ = {"_val": 1e-5, "ref_type": [float, bool, int, str, bytes, type(None), Any]}
        hyper[name] = node
    attributes = stand_in(monkeypatch, "pytorch_lightning.utilities.parsing", "AttributeDict", dict)
    hyper["attributes"] = attributes(lr=1e-5)
    hyper["cache"] = collections.defaultdict(dict, {"oc.env": {"HOME": "x"}})
    hyper["path"] = pathlib.PurePosixPath("data/WikiMEL")
    hyper["optional"] = [__import__("numpy").float64(0.5), {1, 2}, 3 + 4j]
    torch.save({"state_dict": state, "hyper_parameters": hyper}, tmp_path / "a.ckpt")
    monkeypatch.undo()
    assert run(tmp_path / "a.ckpt", tmp_path / "out") == 0
    assert same_model(tmp_path / "out", reference)


def test_the_allow_list_leaves_no_trace(tmp_path: Path) -> None:
    """What the import lets through is not let through for other readers of the process."""
    before = set(map(str, torch.serialization.get_safe_globals()))
    read_checkpoint(OFFICIAL)
    assert set(map(str, torch.serialization.get_safe_globals())) == before
    with pytest.raises(InputError):
        read_checkpoint(tmp_path / "absent")


@pytest.mark.parametrize(
    "wrapped",
    [
        "_orig_mod.{}",
        "module.{}",
        "model.{}",
        "model._orig_mod.module.{}",
        "module.model._orig_mod.model.{}",
        "_forward_module.{}",
    ],
)
def test_wrappers_around_the_model_are_taken_off(
    wrapped: str,
    state: dict[str, torch.Tensor],
    reference: dict[str, torch.Tensor],
    tmp_path: Path,
) -> None:
    renamed = {wrapped.format(name): tensor for name, tensor in state.items()}
    torch.save({"state_dict": renamed}, tmp_path / "a.ckpt")
    assert run(tmp_path / "a.ckpt", tmp_path / "out") == 0
    assert same_model(tmp_path / "out", reference)


def test_wrappers_around_a_part_are_taken_off(
    state: dict[str, torch.Tensor], reference: dict[str, torch.Tensor], tmp_path: Path
) -> None:
    renamed = {
        name.replace("matcher.", "matcher._orig_mod.").replace("clip.", "clip.module."): tensor
        for name, tensor in state.items()
    }
    torch.save({"state_dict": renamed}, tmp_path / "a.ckpt")
    assert run(tmp_path / "a.ckpt", tmp_path / "out") == 0
    assert same_model(tmp_path / "out", reference)


def test_two_models_in_one_file_are_told(
    state: dict[str, torch.Tensor], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    twice = {**state, **{f"model.{name}": tensor + 1 for name, tensor in state.items()}}
    torch.save({"state_dict": twice}, tmp_path / "a.ckpt")
    assert " twice, also as model." in refused(tmp_path / "a.ckpt", tmp_path, capsys)


@pytest.mark.parametrize("value", [float("nan"), float("inf"), float("-inf")])
@pytest.mark.parametrize("half", [False, True])
def test_weights_that_are_no_numbers_are_refused(
    value: float,
    half: bool,
    state: dict[str, torch.Tensor],
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    name = "matcher.cmfu.gate_fc.weight"
    bad = {key: tensor.half() if half else tensor.clone() for key, tensor in state.items()}
    bad[name].view(-1)[-1] = value
    torch.save({"state_dict": bad}, tmp_path / "a.ckpt")
    line = refused(tmp_path / "a.ckpt", tmp_path, capsys)
    assert f"{name} holds values that are no numbers" in line


@pytest.mark.parametrize("protocol", [3, 4, 5])
@pytest.mark.parametrize("evil", [False, True])
@pytest.mark.parametrize("zipped", [False, True])
def test_other_protocols_and_the_old_format_are_named(
    protocol: int,
    evil: bool,
    zipped: bool,
    state: dict[str, torch.Tensor],
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    content: dict[str, Any] = {"state_dict": state}
    if evil:
        content["hyper_parameters"] = Call(os.mkdir, str(tmp_path / "was-run"))
    file = tmp_path / "a.ckpt"
    torch.save(content, file, pickle_protocol=protocol, _use_new_zipfile_serialization=zipped)
    if zipped and protocol == 3 and not evil:
        assert run(file, tmp_path / "out") == 0
        return
    line = refused(file, tmp_path, capsys)
    if not zipped:
        assert "in PyTorch's format from before 1.6" in line
    elif protocol > 3:
        assert f"written with pickle protocol {protocol}" in line
    assert not (tmp_path / "was-run").exists()

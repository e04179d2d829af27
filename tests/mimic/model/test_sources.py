"""What is said before a model is fetched from the hub, and what an offline machine is told."""

from __future__ import annotations

import shutil
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import torch
import transformers
from support import Run
from support.tiny import edit

from mimic.errors import InputError
from mimic.model import sources
from mimic.model.mimic import load_model
from mimic.model.sources import from_pretrained, megabytes

NAME = "somebody/some-clip"


class Model:
    """Stands for a `transformers` class; remembers what was asked for."""

    asked: list[str] = []

    @classmethod
    def from_pretrained(cls, source: str, dtype: Any, trust_remote_code: bool) -> str:
        assert trust_remote_code is False
        cls.asked.append(source)
        return "model"


@pytest.fixture
def online(monkeypatch: pytest.MonkeyPatch) -> None:
    """A hub that has one repository of two kinds of weights, and nothing in the cache."""

    class Api:
        def model_info(self, name: str, **_: Any) -> Any:
            if name != NAME:
                raise OSError("404, no such repository\nmore")
            sizes = {"model.safetensors": 605_157_884, "pytorch_model.bin": 605_247_071}
            sizes |= {"config.json": 4_186, "tokenizer.json": 2_224_003, "flax_model.msgpack": 1}
            return SimpleNamespace(
                siblings=[SimpleNamespace(rfilename=n, size=s) for n, s in sizes.items()]
            )

    monkeypatch.setattr(sources.constants, "HF_HUB_OFFLINE", False)
    monkeypatch.setattr(sources.huggingface_hub, "HfApi", Api)
    monkeypatch.setattr(sources.huggingface_hub, "try_to_load_from_cache", lambda *_: None)


def test_what_is_downloaded_is_said_first(online: None, capsys: pytest.CaptureFixture[str]) -> None:
    assert from_pretrained(Model, NAME) == "model"
    said = capsys.readouterr().err
    assert f"downloading {NAME}" in said and said.count("\n") == 1
    assert "model.safetensors 605 MB" in said and "config.json 4 kB" in said
    assert "607 MB in all" in said and "pytorch_model" not in said


def test_what_is_in_the_cache_or_in_a_folder_is_not_announced(
    online: None,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
) -> None:
    from_pretrained(Model, str(tmp_path))
    cached = {"model.safetensors": "/cache/model.safetensors"}
    monkeypatch.setattr(
        sources.huggingface_hub, "try_to_load_from_cache", lambda _, name: cached.get(name)
    )
    from_pretrained(Model, NAME)
    assert capsys.readouterr().err == ""


def test_an_offline_machine_is_told_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sources.constants, "HF_HUB_OFFLINE", True)
    Model.asked.clear()
    with pytest.raises(InputError) as told:
        from_pretrained(Model, NAME)
    for words in ("HF_HUB_OFFLINE", f"hf download {NAME}", "HF_HOME", "--config"):
        assert words in str(told.value)
    assert Model.asked == []


def test_a_hub_that_cannot_be_reached(online: None) -> None:
    with pytest.raises(InputError, match="the hub does not give it: 404, no such repository"):
        from_pretrained(Model, "somebody/else")


def test_sizes() -> None:
    assert [megabytes(n) for n in (10, 4_186, 1_250_000, 605_157_884)] == [
        "1 kB",
        "4 kB",
        "1 MB",
        "605 MB",
    ]


CODE = "from pathlib import Path\n\nPath({marker!r}).touch()\nclass Own: ...\n"


@pytest.fixture
def marker(tmp_path: Path) -> Path:
    """A file that is there once the Python of a model's folder has run."""
    return tmp_path / "ran"


def with_code(folder: Path, marker: Path, file: str, change: dict[str, Any]) -> None:
    """Lets a folder ask for Python of its own."""
    (folder / "own.py").write_text(CODE.format(marker=str(marker)))
    edit(folder / file, lambda record: record.update(change))


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What was asked on standard input, where somebody says yes to everything."""
    questions: list[str] = []

    def agreed(text: str = "") -> str:
        questions.append(text)
        return "y"

    monkeypatch.setattr("builtins.input", agreed)
    return questions


def test_a_tokenizers_own_code_is_neither_run_nor_asked_about(
    own_model: Path, marker: Path, asked: list[str], data: Path, call: Run
) -> None:
    own = {"tokenizer_class": "Own", "auto_map": {"AutoTokenizer": ["own.Own", "own.Own"]}}
    with_code(own_model / "tokenizer", marker, "tokenizer_config.json", own)
    words = ("--sentence", "Norway won", "--mention", "Norway")
    code, out, err = call("link", "--model", own_model, "--kb", data, *words)
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert "its tokenizer needs Python code of its own, which is never run" in err
    assert asked == [] and not marker.exists()


@pytest.mark.parametrize("kind", ["bert", "own"])
def test_a_text_models_own_code_is_neither_run_nor_asked_about(
    text_model: Path, tmp_path: Path, marker: Path, asked: list[str], kind: str
) -> None:
    folder = Path(shutil.copytree(text_model, tmp_path / "text"))
    own = {"model_type": kind, "auto_map": {"AutoConfig": "own.Own", "AutoModel": "own.Own"}}
    with_code(folder, marker, "config.json", own)
    if kind == "bert":  # `transformers` has one of that name, which is taken
        assert type(from_pretrained(transformers.AutoModel, str(folder))).__name__ == "BertModel"
    else:
        with pytest.raises(InputError, match="needs Python code of its own, which is never run"):
            from_pretrained(transformers.AutoModel, str(folder))
    assert asked == [] and not marker.exists()


def test_a_saved_models_own_code_is_neither_run_nor_asked_about(
    own_model: Path, marker: Path, asked: list[str]
) -> None:
    def change(record: dict[str, Any]) -> None:
        record["model"]["architecture"]["text"]["auto_map"] = {"AutoModel": "own.Own"}

    edit(own_model / "config.json", change)
    (own_model / "own.py").write_text(CODE.format(marker=str(marker)))
    load_model(own_model, torch.device("cpu"))
    assert asked == [] and not marker.exists()

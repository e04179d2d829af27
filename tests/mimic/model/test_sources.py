"""What is said before a model is fetched from the hub, and what an offline machine is told."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from mimic.errors import InputError
from mimic.model import sources
from mimic.model.sources import from_pretrained, megabytes

NAME = "somebody/some-clip"


class Model:
    """Stands for a `transformers` class; remembers what was asked for."""

    asked: list[str] = []

    @classmethod
    def from_pretrained(cls, source: str, dtype: Any) -> str:
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

"""The models and knowledge bases that the page offers."""

from __future__ import annotations

from pathlib import Path

import pytest
from support.fake_linker import FakeLinker

from app import named
from demo.linkers import Linkers, Loading
from mimic.errors import InputError


def test_loading_hands_over_the_linker_when_it_is_there() -> None:
    linker = FakeLinker()
    loading = Loading(lambda: linker)
    assert not loading.done()
    assert not loading.wait(0.01)
    loading.start()
    assert loading.linker() is linker
    assert loading.wait(0.01)


def test_loading_raises_what_the_load_raised() -> None:
    def load() -> FakeLinker:
        raise InputError("no model there")

    loading = Loading(load).start()
    with pytest.raises(InputError, match="no model there"):
        loading.linker()
    assert loading.done()


def test_a_pair_is_loaded_once_when_it_is_asked_for() -> None:
    asked: list[tuple[str, str]] = []

    def load(model: str, kb: str) -> FakeLinker:
        asked.append((model, kb))
        return FakeLinker()

    linkers = Linkers(["a", "b"], ["x", "y"], load)
    assert asked == []
    first = linkers.get()
    assert linkers.get("a", "x") is first
    assert linkers.get("b") is not first
    assert asked == [("a", "x"), ("b", "x")]
    with pytest.raises(InputError, match="kb is 'z'; it must be one of x, y"):
        linkers.get("a", "z")


def test_a_pair_that_failed_is_tried_again() -> None:
    """The folder may have been put right since."""
    answers: list[FakeLinker | InputError] = [InputError("no model there"), FakeLinker()]

    def load(model: str, kb: str) -> FakeLinker:
        if isinstance(answer := answers.pop(0), InputError):
            raise answer
        return answer

    linkers = Linkers(["a"], ["x"], load)
    with pytest.raises(InputError, match="no model there"):
        linkers.get()
    assert linkers.get() is linkers.get()
    assert answers == []


def test_folders_of_one_name_are_told_apart() -> None:
    folders = [Path("runs/one/atlas"), Path("runs/two/atlas"), Path("clip")]
    assert list(named(folders)) == ["one/atlas", "two/atlas", "clip", "Atlas (bundled)"]
    assert named([]) == {"Atlas (bundled)": None}

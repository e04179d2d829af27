"""The models and knowledge bases that the page offers."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest
from support.fake_linker import FakeLinker

from app import named
from demo.handlers import cases
from demo.handlers.explain import Explaining
from demo.linkers import Linkers, Loading
from mimic import explain
from mimic.errors import InputError
from mimic.linking.linker import EntityLinker
from mimic.schema import Mention


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


class Explainers:
    """In place of the class `Explainer`: counts what is made."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.linkers: list[EntityLinker] = []
        self._made = explain.Explainer
        monkeypatch.setattr(explain, "Explainer", self)

    def __call__(self, linker: EntityLinker) -> explain.Explainer:
        self.linkers.append(linker)
        return self._made(linker)


def test_one_explainer_for_each_linker(
    linker: EntityLinker, monkeypatch: pytest.MonkeyPatch
) -> None:
    explainers = Explainers(monkeypatch)
    linkers = Linkers(["a", "b"], ["x"], lambda *_: linker)
    answers: list[explain.Explainer] = []
    threads = [
        threading.Thread(target=lambda: answers.append(linkers.explainer("a"))) for _ in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [answer is linkers.explainer() for answer in answers] == [True] * 4
    assert linkers.explainer("b") is not linkers.explainer("a")
    assert explainers.linkers == [linker, linker]
    with pytest.raises(InputError, match="model is 'c'; it must be one of a, b"):
        linkers.explainer("c")


def test_an_explainer_is_of_the_linker_that_loaded_in_the_end(linker: EntityLinker) -> None:
    answers: list[EntityLinker | InputError] = [InputError("no model there"), linker]

    def load(model: str, kb: str) -> EntityLinker:
        if isinstance(answer := answers.pop(0), InputError):
            raise answer
        return answer

    linkers = Linkers(["a"], ["x"], load)
    with pytest.raises(InputError, match="no model there"):
        linkers.explainer()
    assert linkers.explainer().linker is linker


def test_heatmaps_of_a_case_and_the_explanations_have_one_explainer(
    linker: EntityLinker, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two had two locks: both could run, with all that they hold, beside each other."""
    explainers = Explainers(monkeypatch)
    linkers = Linkers(["tiny"], ["kb"], lambda *_: linker)
    mention = Mention("Norway", "a goal of Norway", data / "mention_image" / "test-0-0.png")
    (case,) = cases.keep((), linker, mention)
    assert cases.with_heat(case, linkers.explainer()).heat
    Explaining(linkers).explain(mention, case.answer.lists["total"][0])
    assert explainers.linkers == [linker]


def test_folders_of_one_name_are_told_apart() -> None:
    folders = [Path("runs/one/atlas"), Path("runs/two/atlas"), Path("clip")]
    assert list(named(folders)) == ["one/atlas", "two/atlas", "clip", "Atlas (bundled)"]
    assert named([]) == {"Atlas (bundled)": None}

"""What is said beside an answer: names, scripts, new pictures and whether they counted."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest
import torch
from support import Run

from demo.messages import translated
from mimic.config import MINILM_WHEEL, ModelConfig
from mimic.linking import linker as linker_module
from mimic.linking import notices
from mimic.linking.familiar import Familiar
from mimic.linking.linker import EntityLinker
from mimic.schema import Entity, Mention


def entity(name: str, facts: str = "") -> Entity:
    return Entity("x", name, facts)


def test_names_and_the_aliases_of_facts() -> None:
    states = entity("United States", "Type: state. Also known as: USA. Capital: Washington, D.C..")
    for surface in ("United States", "states", "USA", "usa"):
        assert notices.bears_name(states, surface)
    assert not notices.bears_name(states, "Washington")  # a fact, and no name
    assert notices.bears_name(entity("Carlos Tévez"), "Tevez")
    assert notices.bears_name(entity("A", "Nick name: the Ox."), "Ox")
    assert notices.bears_name(entity("Argentina", "Former name: Pennsylvania."), "Pennsylvania")
    assert not notices.bears_name(entity("A", "also known as Ryan"), "Ryan")  # prose


@pytest.mark.parametrize("k", [1, 9])
def test_nobody_of_that_name(linker: EntityLinker, k: int) -> None:
    def said(surface: str) -> tuple[str, ...]:
        return linker.link(Mention(surface, f"we saw {surface} in the game"), k=k).notices

    assert said("Ryan") == ("no entity is named Ryan",)
    assert said("Norway") == said("norway") == said("Mali") == ()


def test_names_are_not_kept_of_too_many(
    linker: EntityLinker, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(linker_module, "MOST_NAMED", 8)
    assert linker.link(Mention("Ryan", "Ryan won"), k=1).notices == ()


@pytest.mark.parametrize(
    ("sentence", "surface", "foreign"),
    [
        ("Norway at its best.", "Norway", False),
        ("挪威队今天早上在冰上训练。", "挪威", True),
        ("Norway 今天在冰上训练。", "Norway", True),  # the mention does not count
        ("We watched 挪威队 on the ice.", "挪威队", False),
        ("Норвегия выиграла матч.", "Норвегия", True),
        ("挪威", "挪威", True),
        ("Norway", "Norway", False),
        ("Tromsø, Ålesund og Bodø", "Bodø", False),
        ("Norway 3:0!", "Norway", False),
    ],
)
def test_which_sentences_are_in_another_script(sentence: str, surface: str, foreign: bool) -> None:
    start = sentence.index(surface)
    assert notices.is_foreign(Mention(surface, sentence, None, (start, start + len(surface)))) == (
        foreign
    )


def test_which_text_models_read_english_alone() -> None:
    assert notices.reads_english(MINILM_WHEEL) and notices.reads_english(ModelConfig().text)
    assert notices.reads_english("/models/clip-vit-base-patch32")
    assert not notices.reads_english("google-bert/bert-base-multilingual-cased")


def test_another_script_is_told_where_the_model_reads_english(
    linker: EntityLinker, monkeypatch: pytest.MonkeyPatch
) -> None:
    mention = Mention("Norway", "Norway 今天在冰上训练")
    assert linker.link(mention, k=1).notices == ()
    monkeypatch.setattr(notices, "reads_english", lambda text: True)
    assert linker.link(mention, k=1).notices == (notices.FOREIGN,)


def new_to(linker: EntityLinker, threshold: float) -> EntityLinker:
    """The same linker, to which a picture is new whose novelty is above the threshold."""
    centre = torch.nn.functional.one_hot(torch.tensor([0]), 8).half()
    familiar = Familiar(centre, threshold, 3.04)
    return EntityLinker(linker.model, linker.card, linker.processor, linker.index, familiar)


def test_a_new_picture_is_told_and_only_with_a_picture(linker: EntityLinker, images: Path) -> None:
    mention = Mention("Norway", "the president of Norway", images / "a.png")
    bare = dataclasses.replace(mention, image=None)
    (first, *rest) = new_to(linker, -1.0).link(mention).notices
    assert "unlike everything" in first and "mistake in 3.0 %" in first
    assert new_to(linker, 2.0).link(mention).notices == ()
    assert new_to(linker, -1.0).link(bare).notices == ()
    shown, hidden = (linker.link(m, k=1).candidates[0] for m in (mention, bare))
    little = shown.entity.id == hidden.entity.id
    little = little and abs(shown.probability - hidden.probability) <= notices.LITTLE
    wanted = [notices.little_weight(shown.probability, hidden.probability)] if little else []
    assert rest == wanted


@pytest.mark.parametrize(("little", "told"), [(2.0, True), (-1.0, False)])
def test_little_weight_is_said_only_where_the_answer_stays(
    linker: EntityLinker,
    images: Path,
    monkeypatch: pytest.MonkeyPatch,
    little: float,
    told: bool,
) -> None:
    """With a limit above every change what counts is that the first entity is the same."""
    monkeypatch.setattr(notices, "LITTLE", little)
    new, said = new_to(linker, -1.0), []
    for surface, file in (("Norway", "a.png"), ("Chad", "sub/a.png"), ("Mali", "a.png")):
        mention = Mention(surface, f"the president of {surface}", images / file)
        bare = dataclasses.replace(mention, image=None)
        same = new.link(mention).candidates[0].entity == new.link(bare).candidates[0].entity
        found = new.link(mention).notices[1:]
        said.append(bool(found) == (same and told))
    assert all(said)


def test_they_are_told_in_both_languages() -> None:
    for notice in (
        notices.unnamed("Ryan"),
        notices.FOREIGN,
        notices.unfamiliar(3.04),
        notices.little_weight(0.98, 0.957),
    ):
        chinese = translated(notice, "zh")
        assert any("\u4e00" <= c <= "\u9fff" for c in chinese), chinese
    assert translated(notices.unnamed("Ryan"), "en") == "No entity is named Ryan"
    assert translated(notices.unnamed("Ryan"), "zh") == "没有名为 Ryan 的实体"
    assert "96% 而非 98%" in translated(notices.little_weight(0.98, 0.957), "zh")


def test_the_command_line_tells_it(
    call: Run, model_folder: Path, data: Path, tmp_path: Path
) -> None:
    flags = ("--model", model_folder, "--kb", data, "--cache", tmp_path)
    out = call("link", "--sentence", "Ryan won", "--mention", "Ryan", *flags)[1]
    assert "no entity is named Ryan\n" in out
    out = call("link", "--sentence", "Mali won", "--mention", "Mali", *flags)[1]
    assert "is named" not in out

"""What a visitor says is right, as a line of the server's gold table."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

import app
from demo.handlers.corrections import correct
from demo.handlers.link import Linked, link, make_mention
from mimic.data.layout import read_kb, read_split
from mimic.errors import InputError
from mimic.linking.linker import EntityLinker


@pytest.fixture
def linked(linker: EntityLinker, data: Path) -> Linked:
    image = data / "mention_image" / "test-0-0.png"
    mention = make_mention(image, "Norway won the football match .", "Norway")
    return Linked(mention, link(linker, mention, 5), "tiny", "tiny kb")


def test_the_last_word_counts(linked: Linked, data: Path, tmp_path: Path) -> None:
    table = tmp_path / "said.jsonl"
    second = correct(table, linked, 1)
    assert second == linked.result.candidates[1].entity
    assert correct(table, linked, None) is None
    assert correct(table, linked, 99) == linked.result.candidates[-1].entity
    first = json.loads(table.read_text("utf-8").splitlines()[0])
    assert (first["model"], first["kb"]) == ("tiny", "tiny kb")
    assert first["said"] == linked.result.candidates[0].entity.id
    split = read_split(data, str(table), read_kb(data))
    assert [m.surface for m in split.mentions] == ["Norway"]
    assert split.answers == (linked.result.candidates[-1].entity.id,)


def test_what_cannot_be_noted(linked: Linked, tmp_path: Path) -> None:
    table = tmp_path / "said.jsonl"
    with pytest.raises(InputError, match="nothing is linked yet"):
        correct(table, None, 0)
    gone = replace(linked, mention=replace(linked.mention, image=tmp_path / "gone.png"))
    with pytest.raises(InputError, match="the picture was deleted"):
        correct(table, gone, 0)
    assert not table.exists()
    table.mkdir()
    with pytest.raises(InputError, match="^this cannot be noted now") as told:
        correct(table, linked, 0)
    assert str(tmp_path) not in str(told.value)


def test_it_is_off_until_a_file_is_named(tmp_path: Path) -> None:
    assert app.parse([]).corrections is None
    app.check_folders(app.parse(["--corrections", str(tmp_path / "said.jsonl")]))
    for name, said in (("said.csv", "must end in .jsonl"), ("a.jsonl", "cannot be written")):
        (tmp_path / "a.jsonl").mkdir(exist_ok=True)
        with pytest.raises(InputError, match=said):
            app.check_folders(app.parse(["--corrections", str(tmp_path / name)]))

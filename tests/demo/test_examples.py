"""How the page's examples are chosen from a data set."""

from __future__ import annotations

from pathlib import Path

import pytest

from demo import make_examples
from demo.examples import LABELS, load_examples
from mimic.data.layout import KnowledgeBase, Split
from mimic.errors import InputError
from mimic.schema import Entity, Mention


def split_of(tmp_path: Path) -> tuple[Split, KnowledgeBase]:
    """Four mentions for each label: alternately a team with a picture, a river without."""
    mentions, groups, entities = [], [], []
    for number in range(4 * len(LABELS)):
        name = f"Name{number}"
        team = number % 2 == 0
        image = tmp_path / f"{number}.jpg"
        image.write_bytes(b"picture")
        plain = LABELS[number // 4] == "text" and not team
        mentions.append(
            Mention(name, f"Here is {name}.", None if plain else image, (8, 8 + len(name)))
        )
        groups.append(LABELS[number // 4])
        facts = "Type: team. Sport: curling." if team else "Type: river."
        entities.append(Entity(f"x:{number}", name, facts))
    rows = {entity.id: row for row, entity in enumerate(entities)}
    split = Split("test", tuple(mentions), tuple(range(len(mentions))), tuple(groups), {})
    return split, KnowledgeBase(tmp_path, tuple(entities), rows, pictures=(), image_rules={})


def test_two_examples_for_each_label(tmp_path: Path) -> None:
    split, kb = split_of(tmp_path)
    chosen = make_examples.choose(split, kb, lambda mention, gold: True)
    assert [example.label for example in chosen] == [label for label in LABELS for _ in "12"]
    assert len({example.mention for example in chosen}) == 8
    assert [e.note.endswith("team") for e in chosen] == [True, False] * 4
    assert [e.image is None for e in chosen] == [False, True] + [False] * 6
    make_examples.write(chosen, tmp_path / "out")
    loaded = load_examples(tmp_path / "out")
    assert [e.gold for e in loaded] == [e.gold for e in chosen]
    assert all(e.image is None or e.image.is_file() for e in loaded)


def test_an_example_that_the_model_gets_wrong_is_not_shown(tmp_path: Path) -> None:
    split, kb = split_of(tmp_path)
    wrong = make_examples.choose(split, kb, lambda mention, gold: True)[0].gold
    again = make_examples.choose(split, kb, lambda mention, gold: gold.id != wrong)
    assert wrong not in {example.gold for example in again}
    with pytest.raises(InputError, match="no mention of label 'text'"):
        make_examples.choose(split, kb, lambda mention, gold: False)

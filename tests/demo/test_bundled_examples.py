"""What the bundled model says of the bundled examples: its first entity and how sure it is.

The bands are data: a new bundled model has others. What may not change is that an example's answer
is right and that no right answer is called absent.
"""

from __future__ import annotations

import pytest

from demo.examples import load_examples
from demo.make_examples import OUT
from mimic.linking.linker import EntityLinker
from mimic.schema import Mention

#: Label, first entity and band of each example, in the order of the page's file.
EXAMPLES = (
    ("text", "atlas:sudan-swimming", "sure"),
    ("text", "atlas:niger", "sure"),
    ("image", "atlas:tajikistan-football", "sure"),
    ("image", "atlas:armenia-hospital-ship", "sure"),
    ("both", "atlas:france-ice-hockey", "sure"),
    ("both", "atlas:south-korea-ice-hockey", "sure"),
    ("conflict", "atlas:colombia-handball", "sure"),
    ("conflict", "atlas:belarus", "sure"),
)


@pytest.fixture(scope="module")
def bundled(tmp_path_factory: pytest.TempPathFactory) -> EntityLinker:
    return EntityLinker.load(device="cpu", cache=tmp_path_factory.mktemp("bundled"))


def test_the_examples_are_answered_rightly_and_never_called_absent(bundled: EntityLinker) -> None:
    examples = load_examples(OUT)
    answers = []
    for example in examples:
        mention = Mention(example.mention, example.sentence, example.image, example.span)
        result = bundled.link(mention, k=1)
        assert result.band is not None and result.notices == ()
        answers.append((example.label, result.candidates[0].entity.id, result.band.name))
        if answers[-1][1] == example.gold:
            assert result.band.name != "absent"
    assert [answer[1] for answer in answers] == [example.gold for example in examples]
    assert tuple(answers) == EXAMPLES


def test_what_the_bundled_model_does_not_know_is_told(bundled: EntityLinker) -> None:
    said = bundled.link(Mention("Ryan", "Ryan at his best."), k=3).notices
    assert said == ("no entity is named Ryan",)
    (foreign,) = bundled.link(Mention("Norway", "Norway 今天早上在冰上训练。"), k=3).notices
    assert "reads English" in foreign

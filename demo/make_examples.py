"""Chooses the page's examples from the Atlas test split: `python -m demo.make_examples DATA`.

Two for each label, with different names, that the model answers rightly and without doubt: an
example is there to show how the units work, and the measured table says how often the model is
wrong.
"""

from __future__ import annotations

import argparse
import shutil
import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from demo.examples import LABELS, Example, save_examples
from mimic.data.facts import facts
from mimic.data.layout import KnowledgeBase, Split, read_kb, read_split
from mimic.errors import InputError, reason_of
from mimic.io.files import folder_aside
from mimic.io.terminal import Parser, exit_code
from mimic.schema import Entity, Mention

MAX_CHARACTERS = 80  # longer sentences are cut off on a card
OUT = Path(__file__).resolve().parent.parent / "assets" / "examples"

#: Whether the model puts the gold entity first for a mention, and does not doubt it.
Check = Callable[[Mention, Entity], bool]


def choose(split: Split, kb: KnowledgeBase, check: Check, seed: int = 0) -> list[Example]:
    """Two examples for each label, in the order of `LABELS`, no name twice.

    Raises:
        InputError: a label has too few mentions that fit.
    """
    order = np.random.default_rng(seed).permutation(len(split.mentions)).tolist()
    chosen: list[Example] = []
    for label in LABELS:
        pairs = [
            (split.mentions[row], kb.entities[split.gold[row]])
            for row in order
            if split.groups[row] == label
        ]
        for second in (False, True):
            taken = {example.mention for example in chosen}
            fitting = [pair for pair in pairs if _fits(pair[0], label, second, taken)]
            # A team first and a homonym of another kind second, where there is one.
            fitting.sort(key=lambda pair: _is_team(pair[1]) == second)
            for mention, gold in fitting:
                if check(mention, gold):
                    chosen.append(_example(mention, gold, label))
                    break
            else:
                raise InputError(f"no mention of label {label!r} fits as an example")
    return chosen


def _fits(mention: Mention, label: str, second: bool, taken: set[str]) -> bool:
    """Short, marked, of a new name; the second `text` example has no picture, all others one."""
    return (
        mention.surface not in taken
        and mention.span is not None
        and len(mention.sentence) <= MAX_CHARACTERS
        and (mention.image is None) == (label == "text" and second)
    )


def _is_team(entity: Entity) -> bool:
    return "Sport:" in entity.description


def _example(mention: Mention, gold: Entity, label: str) -> Example:
    assert mention.span is not None
    values = [value for _, value in facts(gold.description)[1]][:1]
    note = ", ".join([gold.name, *values])
    return Example(
        mention.image, mention.sentence, mention.surface, mention.span, label, gold.id, note
    )


def write(examples: Sequence[Example], out: Path) -> None:
    """Copies the pictures and writes `examples.json`, in a folder that takes the old one's place.

    Raises:
        InputError: it cannot be written.
    """
    try:
        with folder_aside(out) as new:
            copied = []
            for number, example in enumerate(examples, start=1):
                image = example.image
                if image is not None:
                    image = new / f"{number}-{example.label}{image.suffix}"
                    shutil.copyfile(str(example.image), image)
                copied.append(replace(example, image=image))
            save_examples(copied, new)
    except OSError as error:
        raise InputError(f"{out}: cannot be written ({reason_of(error)})") from None


def main(arguments: Sequence[str] | None = None) -> int:
    """Reads the data, chooses, writes, and says what was chosen."""
    parser = Parser(prog="python -m demo.make_examples")
    parser.add_argument("data", type=Path, help="folder made by `python -m mimic atlas`")
    parser.add_argument("--out", type=Path, default=OUT)
    parser.add_argument("--seed", type=int, default=0, help="another seed, another choice")
    parser.add_argument("--model", type=Path)
    parser.add_argument("--kb", type=Path)
    options = parser.parse_args(arguments)
    return exit_code(lambda: _make(options))


def _make(options: argparse.Namespace) -> None:
    from mimic import EntityLinker

    linker = EntityLinker.load(options.model, options.kb)
    kb = read_kb(options.data)

    def right(mention: Mention, gold: Entity) -> bool:
        result = linker.link(mention, k=1)
        doubted = result.doubt is not None and result.doubt.nil
        return result.candidates[0].entity.id == gold.id and not doubted

    examples = choose(read_split(options.data, "test", kb), kb, right, options.seed)
    write(examples, options.out)
    for example in examples:
        print(f"{example.label:9} {example.gold:40} {example.sentence}")


if __name__ == "__main__":
    sys.exit(main())

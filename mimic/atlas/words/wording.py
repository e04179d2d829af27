"""What a table of wordings is: three lists, one for each split; how it is read and made longer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

SPLITS = ("train", "dev", "test")


@dataclass(frozen=True)
class Wordings:
    """Sentence templates of one topic; no template is in two of the three."""

    train: tuple[str, ...]
    dev: tuple[str, ...]
    test: tuple[str, ...]

    def of(self, split: str) -> tuple[str, ...]:
        """The templates of `train`, `dev` or `test`."""
        return {"train": self.train, "dev": self.dev, "test": self.test}[split]


def wordings(train: str, dev: str, test: str) -> Wordings:
    """Reads three blocks of text, one template on each line (a backslash joins it to the next)."""
    return Wordings(
        *(
            tuple(" ".join(line.split()) for line in block.strip().splitlines())
            for block in (train, dev, test)
        )
    )


def more_for_train() -> dict[str, tuple[str, ...]]:
    """Topic -> further templates for train, from the `train_*.txt` beside this module.

    A line `## topic` opens a topic; each file is in a style of its own.
    """
    found: dict[str, tuple[str, ...]] = {}
    for path in sorted(Path(__file__).parent.glob("train_*.txt")):
        for block in path.read_text(encoding="utf-8").split("## ")[1:]:
            topic, *lines = block.split("\n")
            found[topic] = (*found.get(topic, ()), *filter(None, lines))
    return found


def longer(
    tables: Mapping[str, Wordings], more: Mapping[str, tuple[str, ...]]
) -> dict[str, Wordings]:
    """The same tables, each with the train templates that `more` has for its topic."""
    return {
        topic: replace(table, train=(*table.train, *more[topic])) for topic, table in tables.items()
    }

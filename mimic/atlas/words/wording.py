"""What a table of wordings is: three lists, one for each split."""

from __future__ import annotations

from dataclasses import dataclass

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

"""The one-click examples: a picture each and one `examples.json` beside them."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

#: What decides among the entities of one name, in the order in which the page shows it.
LABELS = ("text", "image", "both", "conflict")
FILE = "examples.json"


@dataclass(frozen=True)
class Example:
    """One prepared mention.

    Attributes:
        image: path of the picture; `None` when the mention has none.
        span: character offsets `[start, end)` of the mention in the sentence.
        label: one of `LABELS`.
        gold: identifier of the right entity.
        note: a few words on who that is, for the tooltip.
    """

    image: Path | None
    sentence: str
    mention: str
    span: tuple[int, int]
    label: str
    gold: str
    note: str = ""


def load_examples(folder: Path) -> tuple[Example, ...]:
    """Reads a folder of examples; an absent folder has none."""
    file = folder / FILE
    if not file.is_file():
        return ()
    rows = json.loads(file.read_text(encoding="utf-8"))
    return tuple(
        Example(
            image=folder / row["image"] if row["image"] else None,
            sentence=row["sentence"],
            mention=row["mention"],
            span=(row["span"][0], row["span"][1]),
            label=row["label"],
            gold=row["gold"],
            note=row["note"],
        )
        for row in rows
    )


def save_examples(examples: Sequence[Example], folder: Path) -> None:
    """Writes `examples.json`; the pictures must already lie in the folder."""
    rows = [{**asdict(e), "image": e.image.name if e.image else None} for e in examples]
    text = json.dumps(rows, ensure_ascii=False, indent=1)
    (folder / FILE).write_text(text + "\n", encoding="utf-8")

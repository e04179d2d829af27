"""Where the evidence of an Atlas mention lies, and whether an explanation points at it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from PIL import Image

from mimic.config import read_json
from mimic.errors import InputError
from mimic.schema import Mention, Word

#: A patch shows evidence when at least this share of its pixels lies in a mask.
LEAST = 0.05


@dataclass(frozen=True)
class Evidence:
    """What decides one mention.

    Attributes:
        label: `text`, `image`, `both` or `conflict`.
        neutral: the picture's setting gives nothing away, or there is no picture.
        words: characters `[start, end)` of the deciding words in the sentence.
        masks: files with the deciding parts of the picture.
    """

    label: str
    neutral: bool
    words: tuple[tuple[int, int], ...]
    masks: tuple[Path, ...]


@dataclass(frozen=True)
class Pointing:
    """How well a map over patches meets the evidence; all from 0 to 1.

    Attributes:
        hit: the patch with the highest number shows evidence; of several that share the highest
            number the share that does.
        chance: share of the patches that show evidence: the hit of a random patch.
        inside: share of the positive attribution inside the masks, each patch's number spread
            evenly over it.
        area: share of the picture inside the masks: what `inside` is for a flat map.
    """

    hit: float
    chance: float
    inside: float
    area: float


def read_evidence(folder: Path, split: str) -> dict[str, Evidence]:
    """Evidence by mention.

    Raises:
        InputError: the data set has no evidence file, or it is not of Atlas' form.
    """
    files = sorted(folder.glob(f"*_{split}_evidence.json"))
    if len(files) != 1:
        raise InputError(
            f"{folder}: faithfulness needs one file *_{split}_evidence.json, there are "
            f"{len(files)}: make Atlas with `python -m mimic atlas --out {folder}`"
        )
    try:
        return {
            key: Evidence(
                entry["label"],
                entry["neutral_setting"],
                tuple((start, end) for start, end in entry["words"]),
                tuple(folder / file for file in entry["masks"].values()),
            )
            for key, entry in read_json(files[0]).items()
        }
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise InputError(f"{files[0]}: not evidence as Atlas writes it ({error!r})") from None


def covered(masks: Sequence[Path], grid: tuple[int, int]) -> np.ndarray:
    """Share of each patch's pixels that lies in any of the masks, `[patches]`, row by row.

    Raises:
        InputError: a mask is missing or cannot be read.
    """
    whole: np.ndarray | None = None
    for file in masks:
        try:
            with Image.open(file) as mask:
                part = np.asarray(mask.convert("L")) > 0
        except OSError as error:
            raise InputError(f"{file}: the mask cannot be read ({error})") from None
        whole = part if whole is None else whole | part
    if whole is None:
        return np.zeros(grid[0] * grid[1])
    rows = np.array_split(whole, grid[0], axis=0)
    return np.array([part.mean() for row in rows for part in np.array_split(row, grid[1], axis=1)])


def pointing(patches: Sequence[float] | np.ndarray, shares: np.ndarray) -> Pointing:
    """Scores a map over patches against the shares of the patches that are evidence."""
    values = np.asarray(patches)
    evident = shares >= LEAST
    positive = values.clip(min=0)
    inside = float(positive @ shares / positive.sum()) if positive.any() else 0.0
    best = np.isclose(values, values.max(), rtol=1e-5, atol=0)
    hit = float(evident[best].mean()) if values.any() else 0.0
    return Pointing(hit, float(evident.mean()), inside, float(shares.mean()))


def evident_words(
    words: Sequence[Word], mention: Mention, spans: Sequence[tuple[int, int]]
) -> list[bool | None]:
    """For each word whether it is evidence; `None` for those that cannot be.

    Those are the surface form, in the name part and in the sentence, which all bearers of the
    name share.
    """
    start, end = mention.span or (0, 0)
    marks: list[bool | None] = []
    for word in words:
        if word.part == "name" or (word.start < end and start < word.end):
            marks.append(None)
        else:
            marks.append(any(word.start < b and a < word.end for a, b in spans))
    return marks


def word_hit(
    values: Sequence[float] | np.ndarray, marks: Sequence[bool | None]
) -> tuple[float, float]:
    """Whether the word with the highest number is evidence, and the hit of a random word."""
    pool = [(value, mark) for value, mark in zip(values, marks, strict=True) if mark is not None]
    if not pool:
        return 0.0, 0.0
    best = max(pool, key=lambda pair: pair[0])
    return float(best[1]), sum(mark for _, mark in pool) / len(pool)

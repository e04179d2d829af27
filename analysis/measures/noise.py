"""Noise in what a model is given: other pictures for mentions or entities, other words."""

from __future__ import annotations

import dataclasses
import re

import numpy as np
import torch
from torch import Tensor

from analysis.measures.split_scores import SplitScores
from mimic.model.encoded_data import EncodedPictures
from mimic.model.spans import find_span
from mimic.schema import Mention

#: What takes the place of a picture, and what is done to words.
PICTURES = ("unrelated", "noise", "blank")
WORDS = ("dropped", "swapped")
LEVELS = (0, 25, 50, 75, 100)
_WORD = re.compile(r"\w+(?:['-]\w+)*")


def replaced_pictures(
    split: SplitScores, views: EncodedPictures, how: str, owner: Tensor, seed: int
) -> EncodedPictures:
    """Every row that has a picture gets another one.

    Args:
        how: `unrelated` (that of a row with another owner), `noise` (random pixels) or `blank`.
        owner: `[N]`, the entity that each row's picture shows.
    """
    has = views.number > 0
    if how == "blank":
        return views.showing(torch.zeros_like(views.number))
    rng = np.random.default_rng(seed)
    if how == "unrelated":
        rows = has.nonzero()[:, 0].numpy()
        number = views.number.clone()
        number[rows] = views.number[unrelated(rows, owner.numpy()[rows], rng)]
        return views.showing(number)
    side = split.model.config.image_size
    squares = rng.integers(0, 256, (int(has.sum()), side, side, 3), dtype=np.uint8)
    pixels, normalise = torch.from_numpy(squares), split.linker.processor.normalise
    noise = split.encoder.pixels(len(pixels), lambda p: normalise(pixels[p]), "noise pictures")
    return noise.showing(has.cumsum(0) * has)


def unrelated(rows: np.ndarray, owner: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """For each row another one with another owner, at random; itself where there is none."""
    others = rng.permutation(rows)
    of = dict(zip(rows.tolist(), owner.tolist(), strict=True))
    for place, row in enumerate(rows.tolist()):
        strangers = rows[owner != of[row]]
        if of[int(others[place])] == of[row] and len(strangers):
            others[place] = rng.choice(strangers)
        elif not len(strangers):
            others[place] = row
    return others


def chosen(has: np.ndarray, level: int, seed: int) -> np.ndarray:
    """Which rows are changed at a level: that percentage of those that have something to change.

    The rows of a lower level are among those of a higher one.
    """
    rows = np.random.default_rng(seed).permutation(np.flatnonzero(has))
    mask = np.zeros(len(has), bool)
    mask[rows[: round(len(rows) * level / 100)]] = True
    return mask


def changed_words(mentions: list[Mention], how: str, level: int, seed: int) -> list[Mention]:
    """Each sentence without that percentage of its words, or with words of another sentence.

    The mention's own words stay. At 0 nothing changes.

    Args:
        how: `dropped`, or `swapped`: each chosen word is replaced by one of another mention's
            sentence.
    """
    rng = np.random.default_rng([seed, level])
    words = [_WORD.findall(mention.sentence) or [""] for mention in mentions]
    noisy = []
    for number, mention in enumerate(mentions):
        spans = [m.span() for m in _WORD.finditer(mention.sentence) if not _own(m, mention)]
        count = round(len(spans) * level / 100)
        targets = sorted(rng.permutation(len(spans))[:count].tolist(), reverse=True)
        sentence = mention.sentence
        for place in targets:
            start, end = spans[place]
            sentence = sentence[:start] + _instead(how, words, number, rng) + sentence[end:]
        if how == "dropped" and targets:
            sentence = re.sub(r"\s+([.,;:!?])|(\s)\s+", r"\1\2", sentence).strip()
        span = find_span(sentence, mention.surface)
        noisy.append(dataclasses.replace(mention, sentence=sentence or mention.surface, span=span))
    return noisy


def _instead(how: str, words: list[list[str]], own: int, rng: np.random.Generator) -> str:
    if how == "dropped" or len(words) < 2:
        return ""
    other = (own + 1 + int(rng.integers(len(words) - 1))) % len(words)
    return words[other][int(rng.integers(len(words[other])))]


def _own(word: re.Match[str], mention: Mention) -> bool:
    return (
        mention.span is not None and word.start() < mention.span[1] and word.end() > mention.span[0]
    )

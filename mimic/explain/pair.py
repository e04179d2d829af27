"""A score as a function of one side of a pair, whose words and patches can be hidden."""

from __future__ import annotations

import copy
from dataclasses import dataclass

import torch
from torch import Tensor

from mimic.explain.inside import (
    grids,
    image_of_grids,
    patch_grid,
    text_of_embeddings,
    word_embedding,
)
from mimic.model.encoders import Pair as Encoded
from mimic.model.mimic import Mimic, Side
from mimic.schema import Word

#: What each target reads: nothing else can move it, so nothing else is attributed.
READS = {
    "total": ("text", "image"),
    "tglu": ("text",),
    "vdlu": ("image",),
    "cmfu": ("text", "image"),
}
ROWS = 16  # variants that are encoded at once


@dataclass(frozen=True)
class Inputs:
    """One side as the model's tensors, a batch of one.

    Attributes:
        ids, mask: `[1, L]`.
        pixels: `[1, 3, side, side]`, zeros when there is no picture.
        words: where the words are among the tokens.
        pad: id of the padding token.
    """

    ids: Tensor
    mask: Tensor
    pixels: Tensor
    words: tuple[Word, ...]
    pad: int


class Varied:
    """The scores of variants of one side with K fixed rows of the other side.

    A variant is given by `text`, the differences `[N, L, W]` of its word embeddings from the
    baseline, and `image`, pixels `[N, 3, side, side]`, or cells of maps
    `[N, channels, rows, columns]` (see `in_maps`): zeros are the baseline of both. The
    text's baseline has the padding embedding for every word and keeps special tokens and
    separators; the picture's is the blank one, which stands for a missing picture. Only this
    side is encoded: the other one comes in as projections.

    Args:
        model: a `twin`.
        side: `mention` or `entity`, the side that varies.
        others: projections of K rows of the other side.
    """

    def __init__(self, model: Mimic, inputs: Inputs, side: str, others: Side) -> None:
        self.model, self.inputs, self.side, self.others = model, inputs, side, others
        self.grid = patch_grid(model)
        self._pieces = torch.zeros(len(inputs.words), inputs.ids.shape[1])
        for row, word in enumerate(inputs.words):
            self._pieces[row, list(word.tokens)] = 1
        self._pieces = self._pieces.to(inputs.ids.device)
        with torch.no_grad():
            embed = word_embedding(model)
            whole = embed(inputs.ids)
            padding = embed(torch.full_like(inputs.ids, inputs.pad))
            is_word = self._pieces.any(0)[None, :, None]
            self._base = torch.where(is_word, padding, whole)
            self.text = whole - self._base
            self.image = inputs.pixels
            self._blank: Tensor | None = None
            self._whole = (self._encode_text(self.text), self._encode_image(self.image))

    def in_maps(self) -> Varied:
        """The same with the picture as the maps that a network makes of it, less the blank one's.

        A patch that is hidden is then a cell of the maps that is the blank picture's, and the
        network, which is nearly all of the work, sees the two pictures once. Its cells have seen
        what lies around them, though. Where there is no such network: itself.
        """
        with torch.no_grad():
            both = torch.cat([self.image, torch.zeros_like(self.image)])
            found = grids(self.model, both) if self.image.any() else None
        if found is None:
            return self
        other = copy.copy(self)
        other._blank, other.image = found[1:], found[:1] - found[1:]
        return other

    def at(self, text: Tensor, image: Tensor) -> Varied:
        """The same with another variant `[1, ...]` taken as the whole side."""
        other = copy.copy(self)
        other.text, other.image = text, image
        with torch.no_grad():
            other._whole = (other._encode_text(text), other._encode_image(image))
        return other

    def present(self, target: str) -> tuple[str, ...]:
        """The parts, `text` and `image`, that are there and can move the target."""
        there = {"text": bool(self.inputs.words), "image": bool(self.image.any())}
        return tuple(part for part in READS[target] if there[part])

    def scores(self, text: Tensor | None = None, image: Tensor | None = None) -> dict[str, Tensor]:
        """`total` and each unit, `[N, K]`; a part that is left out stays as it is."""
        coded_text = self._whole[0] if text is None else self._encode_text(text)
        coded_image = self._whole[1] if image is None else self._encode_image(image)
        rows = max(len(coded_text[0]), len(coded_image[0]))
        return self._score(_expanded(coded_text, rows), _expanded(coded_image, rows))

    @torch.no_grad()
    def shown(self, words: Tensor, patches: Tensor) -> dict[str, Tensor]:
        """Scores `[N, K]` when words `[N, words]` and patches `[N, patches]` are 1, shown, or 0.

        Each distinct text and each distinct picture is encoded once.
        """
        texts, which_text = _distinct(words)
        pictures, which_picture = _distinct(patches)
        text = self.text * (texts @ self._pieces)[..., None]
        image = self.image * self._as_pixels(pictures)
        coded_text = _joined([self._encode_text(part) for part in _even(text)])
        coded_image = _joined([self._encode_image(part) for part in _even(image)])
        return self._score(_rows(coded_text, which_text), _rows(coded_image, which_picture))

    def by_word(self, tokens: Tensor) -> Tensor:
        """Numbers of tokens `[N, L]` -> their sums over words `[N, words]`."""
        return tokens @ self._pieces.T

    def by_patch(self, pixels: Tensor) -> Tensor:
        """Numbers of pixels `[N, side, side]` -> their sums over patches `[N, patches]`."""
        (rows, columns), side = self.grid, pixels.shape[-1]
        blocks = pixels.reshape(-1, rows, side // rows, columns, side // columns)
        return blocks.sum((2, 4)).flatten(1)

    def _as_pixels(self, patches: Tensor) -> Tensor:
        (rows, columns), side = self.grid, self.image.shape[-1]
        squares = patches.reshape(-1, 1, rows, columns)
        tall = squares.repeat_interleave(side // rows, 2)
        return tall.repeat_interleave(side // columns, 3)

    def _encode_text(self, text: Tensor) -> Encoded:
        inputs = self.inputs
        return text_of_embeddings(self.model, inputs.ids, inputs.mask, self._base + text)

    def _encode_image(self, image: Tensor) -> Encoded:
        if self._blank is None:
            return self.model.encoder.image(image)
        return image_of_grids(self.model, self._blank + image)

    def _score(self, text: Encoded, image: Encoded) -> dict[str, Tensor]:
        mask = self.inputs.mask.expand(len(text[0]), -1)
        features = self.model.normalise(text, image, mask)
        if self.side == "mention":
            out = self.model.score(self.model.mention_side(features), self.others)
        else:
            out = self.model.score(self.others, self.model.entity_side(features))
            out = {name: score.T for name, score in out.items()}
        return {"total": out.pop("score"), **out}


@dataclass(frozen=True)
class Question:
    """What is explained: a target's score with the first of the K others.

    Attributes:
        margin: less the score with the second of them.
        offset: less this number, the score of an opponent that does not vary.
    """

    target: str = "total"
    margin: bool = False
    offset: float = 0.0

    def value(self, scores: dict[str, Tensor]) -> Tensor:
        """`[N]` of scores `[N, K]`."""
        score = scores[self.target]
        return score[:, 0] - (score[:, 1] if self.margin else 0) - self.offset


def _distinct(rows: Tensor) -> tuple[Tensor, Tensor]:
    if rows.shape[1] == 0:
        return rows[:1], torch.zeros(len(rows), dtype=torch.long, device=rows.device)
    some, which = rows.unique(dim=0, return_inverse=True)
    return some, which


def _even(rows: Tensor) -> tuple[Tensor, ...]:
    """Parts of `ROWS` at most and of even size: a last part of one row costs nearly as much."""
    return rows.chunk(-(-len(rows) // ROWS))


def _joined(parts: list[Encoded]) -> Encoded:
    return torch.cat([part[0] for part in parts]), torch.cat([part[1] for part in parts])


def _rows(coded: Encoded, which: Tensor) -> Encoded:
    return coded[0][which], coded[1][which]


def _expanded(coded: Encoded, rows: int) -> Encoded:
    return coded[0].expand(rows, -1), coded[1].expand(rows, -1, -1)

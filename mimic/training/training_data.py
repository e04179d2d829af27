"""A data set held in memory for training: texts as far as nothing learns, squashed pictures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import torch
from torch import Tensor, nn

from mimic.data.layout import Split
from mimic.io.cache import default_cache
from mimic.model.decoded_pictures import DecodedPictures, squash_all
from mimic.model.encoded_data import DataEncoder, Draw, EncodedTexts
from mimic.model.encoders import Pair
from mimic.model.mimic import Mimic
from mimic.model.processor import Processor
from mimic.model.units import Features
from mimic.training.augmentation import vary_all
from mimic.training.network_pictures import NetworkPictures, ask_network


@dataclass(frozen=True)
class Shown:
    """The pictures of n rows.

    Attributes:
        inputs: what the learning part of the vision model reads, the blank picture first:
            normalised pixels `[K, 3, side, side]`, or rows of a frozen network `[K, W]`.
        place: `[n]`, each row's picture among the K; 0 where it has none.
    """

    inputs: Tensor
    place: Tensor

    def __len__(self) -> int:
        return len(self.place)

    def __getitem__(self, part: slice) -> Shown:
        return Shown(self.inputs, self.place[part])

    def replaced(self, rows: Tensor, inputs: Tensor) -> Shown:
        """Other pictures for some rows, bool `[n]`, in their order."""
        place = self.place.clone()
        place[rows] = len(self.inputs) + torch.arange(len(inputs))
        return Shown(torch.cat([self.inputs, inputs]), place)

    def without(self, rows: Tensor) -> Shown:
        """No picture for some rows, bool `[n]`."""
        return Shown(self.inputs, self.place.masked_fill(rows, 0))

    def pair(self, model: Mimic) -> Pair:
        """The encoder's features of each row; a picture of many rows is encoded once."""
        batch_norm = (m for m in model.encoder.modules() if isinstance(m, nn.BatchNorm2d))
        if any(m.training for m in batch_norm):  # it must see each picture as often as it is
            return encode(model, self.inputs[self.place])
        distinct, number = self.place.unique(return_inverse=True)
        overall, tokens = encode(model, self.inputs[distinct])
        number = number.to(overall.device)
        return overall[number], tokens[number]


def encode(model: Mimic, inputs: Tensor) -> Pair:
    """The encoder's features of pixels `[K, 3, side, side]` or a frozen network's rows `[K, W]`."""
    inputs = inputs.to(model.device)
    return (
        model.encoder.image(inputs) if inputs.ndim == 4 else model.encoder.image_of_network(inputs)
    )


@dataclass(frozen=True)
class PixelPictures:
    """Decoded pictures, varied and normalised when they are asked for."""

    decoded: DecodedPictures
    processor: Processor
    strength: float = 0.0

    @property
    def place(self) -> Tensor:
        return self.decoded.place

    @property
    def first(self) -> Tensor:
        return self.decoded.first

    @property
    def count(self) -> Tensor:
        return self.decoded.count

    @property
    def unreadable(self) -> list[str]:
        return self.decoded.unreadable

    def numbered(self, numbers: Tensor, generator: torch.Generator | None = None) -> Tensor:
        """Normalised pictures `[n, 3, side, side]` by their number from 0 to K - 1; with a
        generator each of them varied."""
        squares = self.decoded.numbered(numbers)
        return self.processor.normalise(vary_all(squares, self.strength, generator))

    def blank(self) -> Tensor:
        """What the model sees where there is no picture."""
        return self.processor.blank()


@dataclass(frozen=True)
class TrainingData:
    """N texts and pictures, ready to be encoded in any order."""

    texts: EncodedTexts
    pictures: PixelPictures | NetworkPictures

    def __len__(self) -> int:
        return len(self.pictures.count)

    def shown(
        self, rows: Tensor, generator: torch.Generator | None = None, share: slice = slice(None)
    ) -> Shown:
        """The first picture of each row; with a generator any of its pictures, varied.

        Args:
            share: the part of the rows whose pictures are wanted.
        """
        number, count = self.pictures.first[rows], self.pictures.count[rows]
        if generator is not None:
            number = number + (torch.rand(len(rows), generator=generator) * count).long()
        number, there = number[share], count[share] > 0
        inputs = [self.pictures.blank()]
        if there.any():
            inputs.append(self.pictures.numbered(number[there], generator))
        return Shown(torch.cat(inputs), there.cumsum(0) * there)

    def plain(self, model: Mimic, rows: Tensor) -> Features:
        """Features of the first wording and picture of each row."""
        return self.features(model, rows, self.shown(rows))

    def features(
        self, model: Mimic, rows: Tensor, shown: Shown, draw: Draw | None = None
    ) -> Features:
        """Encodes the given rows with the given (possibly varied) pictures."""
        images = shown.pair(model)
        text, mask = self.texts.pair(model, rows, draw)
        return model.normalise(text, images, mask)


def prepare(
    encoder: DataEncoder,
    names: Sequence[str],
    contexts: Sequence[Sequence[str]],
    images: Sequence[Sequence[Path]],
    strength: float = 0.0,
    copies: int = 0,
) -> TrainingData:
    """Encodes all texts as far as nothing learns, and decodes all pictures or asks a frozen
    network about them.

    What is large is kept in files of the user's cache.

    Args:
        contexts: of each name one or more wordings, which `features` chooses from.
        strength: of the variation of pictures, 0 to 1; a frozen network sees `copies` varied ones.
    """
    texts, cache = encoder.texts(names, contexts), default_cache()
    model, processor, report = encoder.model, encoder.processor, encoder.report
    if model.config.encoder == "hybrid" and model.config.freeze_network:
        of_network = ask_network(model, processor, images, copies, report, cache / "network")
        return TrainingData(texts, of_network)
    decoded = squash_all(processor, images, report, cache / "pictures")
    return TrainingData(texts, PixelPictures(decoded, processor, strength))


def wordings(split: Split, most: int | None = None) -> list[tuple[str, ...]]:
    """The sentence of each mention and its paraphrases, so many at most."""
    more = split.paraphrases or ((),) * len(split.mentions)
    return [(m.sentence, *p)[:most] for m, p in zip(split.mentions, more, strict=True)]

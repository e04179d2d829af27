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


@dataclass(frozen=True)
class TrainingData:
    """N texts and pictures, ready to be encoded in any order."""

    texts: EncodedTexts
    pictures: DecodedPictures

    def __len__(self) -> int:
        return len(self.pictures.count)

    def pixels(
        self,
        rows: Tensor,
        processor: Processor,
        strength: float = 0.0,
        generator: torch.Generator | None = None,
        share: slice = slice(None),
    ) -> Tensor:
        """Normalised pictures `[n, 3, side, side]`, zeros where there is none.

        With a generator a random picture of each row is taken, and varied by `strength` from
        0 to 1; else the first. With a share, those of that part of the rows.
        """
        number, count = self.pictures.first[rows], self.pictures.count[rows]
        if generator is not None:
            number = number + (torch.rand(len(rows), generator=generator) * count).long()
        pixels = self.numbered(number[share], processor, strength, generator)
        return pixels * (count > 0)[share][:, None, None, None]

    def numbered(
        self,
        number: Tensor,
        processor: Processor,
        strength: float = 0.0,
        generator: torch.Generator | None = None,
    ) -> Tensor:
        """Normalised pictures by their number from 0 to K - 1."""
        squares = self.pictures.numbered(number)
        if generator is None:
            return processor.normalise(squares)
        varied = seen_anew(squares, strength, generator).permute(0, 3, 1, 2).float() / 255
        return processor.standardise(lit_anew(varied, strength, generator))

    def plain(self, model: Mimic, processor: Processor, rows: Tensor) -> Features:
        """Features of the first wording and picture of each row."""
        return self.features(model, rows, self.pixels(rows, processor))

    def features(
        self, model: Mimic, rows: Tensor, pixels: Tensor, draw: Draw | None = None
    ) -> Features:
        """Encodes the given rows with the given (possibly varied) pictures."""
        images = self._image(model, rows, pixels.to(model.device))
        text, mask = self.texts.pair(model, rows, draw)
        return model.normalise(text, images, mask)

    def _image(self, model: Mimic, rows: Tensor, pixels: Tensor) -> Pair:
        """The encoder's features of the pictures; the blank ones are encoded as one."""
        there = (self.pictures.count[rows] > 0).to(pixels.device)
        if there.all() or any(isinstance(m, nn.BatchNorm2d) for m in model.encoder.modules()):
            return model.encoder.image(pixels)  # BatchNorm must see each picture as often as it is
        overall, tokens = model.encoder.image(torch.cat([pixels[~there][:1], pixels[there]]))
        number = there.cumsum(0) * there
        return overall[number], tokens[number]


def prepare(
    encoder: DataEncoder,
    names: Sequence[str],
    contexts: Sequence[Sequence[str]],
    images: Sequence[Sequence[Path]],
) -> TrainingData:
    """Encodes all texts as far as nothing learns, and squashes all pictures.

    Many pictures are kept in a file of the user's cache (see `decoded_pictures`).

    Args:
        contexts: of each name one or more wordings, which `features` chooses from.
    """
    texts, cache = encoder.texts(names, contexts), default_cache() / "pictures"
    return TrainingData(texts, squash_all(encoder.processor, images, encoder.report, cache))


def wordings(split: Split, most: int | None = None) -> list[tuple[str, ...]]:
    """The sentence of each mention and its paraphrases, so many at most."""
    more = split.paraphrases or ((),) * len(split.mentions)
    return [(m.sentence, *p)[:most] for m, p in zip(split.mentions, more, strict=True)]


def seen_anew(squares: Tensor, strength: float, generator: torch.Generator) -> Tensor:
    """Each picture as another camera might have it: closer, turned, and tilted.

    Nearest pixels of the bytes, since interpolating floats would cost as much as the encoder; what
    lies outside repeats the edge. Never mirrored: a mirrored flag can be another state's.

    Args:
        squares: uint8 `[N, side, side, 3]`.
        strength: 0 (nothing) to 1 (windows down to 60 % of each side, turns up to 23 degrees,
            far edges shrunk to half of the near ones).
    """
    n, side = squares.shape[:2]

    def spread(reach: float, *shape: int) -> Tensor:
        return strength * reach * (2 * torch.rand(n, *shape, 1, 1, generator=generator) - 1)

    axis = torch.linspace(-1, 1, side)
    down, right = axis[None, :, None], axis[None, None, :]
    turn, tilt = spread(0.4), spread(0.35, 2)
    size = 1 - 0.4 * strength * torch.rand(n, 2, 1, 1, generator=generator)
    centre = (1 - size) * (2 * torch.rand(n, 2, 1, 1, generator=generator) - 1)
    depth = 1 + tilt[:, 0] * down + tilt[:, 1] * right
    y = centre[:, 0] + size[:, 0] * (turn.cos() * down + turn.sin() * right) / depth
    x = centre[:, 1] + size[:, 1] * (turn.cos() * right - turn.sin() * down) / depth
    y, x = (((v + 1) / 2 * (side - 1)).round().long().clamp(0, side - 1) for v in (y, x))
    return squares[torch.arange(n)[:, None, None], y, x]


def lit_anew(pixels: Tensor, strength: float, generator: torch.Generator) -> Tensor:
    """Each picture under another light: saturation, brightness, colour of the light, haze.

    Args:
        pixels: `[N, 3, side, side]`, 0 (black) to 1 (white).
        strength: 0 (nothing) to 1.
    """

    def uniform(low: float, high: float, channels: int = 1) -> Tensor:
        shape = (len(pixels), channels, 1, 1)
        return strength * (low + (high - low) * torch.rand(shape, generator=generator))

    saturation, light = (
        1 + uniform(-0.6, 0.3),
        (1 + uniform(-0.6, 0.4)) * (1 + uniform(-0.5, 0.2, 3)),
    )
    haze, colour = uniform(0, 0.4), torch.rand(len(pixels), 3, 1, 1, generator=generator)
    grey = pixels.mean(1, keepdim=True)
    gain = light * (1 - haze)
    return pixels * (saturation * gain) + (grey * (1 - saturation) * gain + haze * colour)

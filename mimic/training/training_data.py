"""A data set held in memory for training: token ids, cached text features, squashed pictures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import torch
from torch import Tensor, nn

from mimic.io.terminal import Report
from mimic.model.decoded_pictures import squash_all
from mimic.model.encoders import BertVitBackbone
from mimic.model.mimic import Mimic
from mimic.model.processor import Processor
from mimic.model.units import Features


@dataclass
class Prepared:
    """N texts and pictures, ready to be encoded in any order.

    Attributes:
        input_ids, attention_mask: `[W, L]`, the wordings of all texts one after the other.
        hidden: float16 `[W, L, T]`, output of a frozen text model; `None` when it is trained.
        first_wording, wordings: `[N]`, where those of a row begin and how many it has.
        squares: uint8 `[>= K, side, side, 3]`; place: `[K]`, where the K pictures stand in it, row
            by row.
        first, count: `[N]`, where the pictures of a row begin and how many it has; a row
            without any is blank.
        unreadable: messages of the pictures that could not be read.
    """

    input_ids: Tensor
    attention_mask: Tensor
    hidden: Tensor | None
    first_wording: Tensor
    wordings: Tensor
    squares: Tensor
    place: Tensor
    first: Tensor
    count: Tensor
    unreadable: list[str]

    def __len__(self) -> int:
        return len(self.count)

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
        number = self.first[rows]
        if generator is not None:
            drawn = torch.rand(len(rows), generator=generator)
            number = number + (drawn * self.count[rows]).long()
        number, there = number[share], (self.count[rows] > 0)[share]
        picked = self.numbered(number, processor, strength, generator)
        return picked * there[:, None, None, None]

    def numbered(
        self,
        number: Tensor,
        processor: Processor,
        strength: float = 0.0,
        generator: torch.Generator | None = None,
    ) -> Tensor:
        """Normalised pictures by their number from 0 to K - 1."""
        if len(self.place):
            squares = self.squares[self.place[number.clamp(max=len(self.place) - 1)]]
        else:
            squares = self.squares[:1].expand(len(number), -1, -1, -1)
        if generator is None:
            return processor.normalise(squares)
        varied = seen_anew(squares, strength, generator).permute(0, 3, 1, 2).float() / 255
        return processor.standardise(lit_anew(varied, strength, generator))

    def features(
        self,
        model: Mimic,
        rows: Tensor,
        pixels: Tensor,
        word_dropout: float = 0.0,
        generator: torch.Generator | None = None,
    ) -> Features:
        """Encodes the given rows with the given (possibly varied) pictures.

        With a generator a random wording of each row is taken; else the first. With
        `word_dropout` that share of a frozen text model's tokens is blanked, so that no single
        wording is learnt by heart.
        """
        device, words = model.device, self.first_wording[rows]
        if generator is not None:
            share = torch.rand(len(rows), generator=generator)
            words = words + (share * self.wordings[rows]).long()
        mask = self.attention_mask[words].to(device)
        backbone = model.encoder.backbone
        if self.hidden is not None and isinstance(backbone, BertVitBackbone):
            hidden = self.hidden[words].float()
            if word_dropout:
                kept = torch.rand(hidden.shape[:2], generator=generator) >= word_dropout
                hidden = hidden * kept[..., None]
                mask = mask * kept.to(device)
            text = backbone.adapt(hidden.to(device), mask)
        else:
            text = model.encoder.text(self.input_ids[words].to(device), mask)
        return model.normalise(text, self._image(model, rows, pixels.to(device)), mask)

    def _image(self, model: Mimic, rows: Tensor, pixels: Tensor) -> tuple[Tensor, Tensor]:
        """The encoder's features of the pictures; the blank ones are encoded as one."""
        seen = (self.count[rows] > 0).to(pixels.device)
        if seen.all() or any(isinstance(m, nn.BatchNorm2d) for m in model.encoder.modules()):
            return model.encoder.image(pixels)  # BatchNorm must see each picture as often as it is
        overall, tokens = model.encoder.image(torch.cat([pixels[~seen][:1], pixels[seen]]))
        number = seen.cumsum(0) * seen
        return overall[number], tokens[number]


def prepare(
    model: Mimic,
    processor: Processor,
    names: Sequence[str],
    contexts: Sequence[Sequence[str]],
    images: Sequence[Sequence[Path]],
    report: Report,
    cache: Path | None = None,
) -> Prepared:
    """Tokenises all texts, runs a frozen text model over them once, and squashes all pictures.

    Many pictures are kept in a file under `cache` (see `squares`).

    Args:
        contexts: of each name one or more, which `features` chooses from.
    """
    wordings = torch.tensor([len(some) for some in contexts])
    texts = processor.texts(
        [name for name, some in zip(names, contexts, strict=True) for _ in some],
        [context for some in contexts for context in some],
    )
    hidden = None
    if isinstance(model.encoder.backbone, BertVitBackbone) and model.config.freeze_text:
        hidden = _hidden(model, texts.input_ids, texts.attention_mask, report)
    squares, place, count, unreadable = squash_all(processor, images, report, cache)
    first = count.cumsum(0) - count
    return Prepared(
        input_ids=texts.input_ids,
        attention_mask=texts.attention_mask,
        hidden=hidden,
        first_wording=wordings.cumsum(0) - wordings,
        wordings=wordings,
        squares=squares,
        place=place,
        first=first,
        count=count,
        unreadable=unreadable,
    )


@torch.inference_mode()
def _hidden(model: Mimic, ids: Tensor, mask: Tensor, report: Report) -> Tensor:
    backbone = model.encoder.backbone
    assert isinstance(backbone, BertVitBackbone)
    parts, device = [], model.device
    for start in range(0, len(ids), 64):
        rows = slice(start, start + 64)
        part = backbone.frozen_text(ids[rows].to(device), mask[rows].to(device))
        parts.append(part.half().cpu())
        if start % 1024 == 960:
            report(f"texts {start + 64}/{len(ids)}")
    return torch.cat(parts)


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

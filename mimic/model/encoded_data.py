"""A data set as a model's encoder sees it: texts and pictures encoded once, in batches.

Training, short retraining and the measures share these records. What still learns is not encoded:
of a text model that learns there are token ids, of an adapter that learns the tokens before it.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import torch
from torch import Tensor

from mimic.errors import InputError
from mimic.io.terminal import Report
from mimic.model.decoded_pictures import squash_all
from mimic.model.encoders import BertVitBackbone, Pair
from mimic.model.mimic import Mimic
from mimic.model.processor import Processor
from mimic.model.units import Features

BATCH = 64
Rows = Tensor | slice


class Draw(NamedTuple):
    """Any wording of a row in place of the first, so that none is learnt by heart.

    Attributes:
        dropout: share of a fixed text model's tokens that is blanked besides.
    """

    generator: torch.Generator
    dropout: float = 0.0


@dataclass(frozen=True)
class EncodedTexts:
    """The texts of N rows: W wordings, one or more of each row.

    Attributes:
        input_ids, mask: `[W, L]`, the wordings of all rows one after the other.
        truncated: bool `[W]`, which were longer than the model reads.
        first, count: `[N]`, where the wordings of a row begin and how many it has.
        hidden: float16 `[W, L, T]`, a fixed text model's tokens before the adapter; else `None`.
        overall, tokens: `[W, T]` and `[W, L, T]`, before the LayerNorms, where the encoder has
            learnt; else `None`.
    """

    input_ids: Tensor
    mask: Tensor
    truncated: Tensor
    first: Tensor
    count: Tensor
    hidden: Tensor | None = None
    overall: Tensor | None = None
    tokens: Tensor | None = None

    def places(self, rows: Rows, draw: Draw | None = None) -> Tensor:
        """A wording of each row, by its place among the W."""
        first = self.first[rows]
        if draw is None:
            return first
        share = torch.rand(len(first), generator=draw.generator)
        return first + (share * self.count[rows]).long()

    def fixed(self, rows: Rows, draw: Draw | None = None) -> tuple[Tensor, Tensor]:
        """A fixed text model's tokens `[n, L, T]` and mask `[n, L]` of a wording of each row."""
        assert self.hidden is not None
        places = self.places(rows, draw)
        hidden, mask = self.hidden[places].float(), self.mask[places]
        if draw is None or not draw.dropout:
            return hidden, mask
        visible = torch.rand(mask.shape, generator=draw.generator) >= draw.dropout
        return hidden * visible[..., None], mask * visible

    def pair(self, model: Mimic, rows: Rows, draw: Draw | None = None) -> tuple[Pair, Tensor]:
        """Global and local features of a wording of each row, before the LayerNorms, and its mask
        `[n, L]`."""
        backbone, device = model.encoder.backbone, model.device
        if self.tokens is None and self.hidden is not None:
            assert isinstance(backbone, BertVitBackbone)
            hidden, mask = self.fixed(rows, draw)
            mask = mask.to(device)
            return backbone.adapt(hidden.to(device), mask), mask
        places = self.places(rows, draw)
        mask = self.mask[places].to(device)
        if self.overall is not None and self.tokens is not None:
            return (self.overall[places].to(device), self.tokens[places].to(device)), mask
        return backbone.text(self.input_ids[places].to(device), mask), mask


@dataclass(frozen=True)
class EncodedPictures:
    """The pictures of N rows: K of them, the first of which is the blank one.

    Attributes:
        overall: `[K, V]`, the vision model's global features.
        tokens: its tokens, float16 `[K, P, V]`; or `[K, P, D]`, brought to the units' width.
        number: `[N]`, each row's picture; 0 where it has none.
        narrow: whether the tokens have the units' width.
    """

    overall: Tensor
    tokens: Tensor
    number: Tensor
    narrow: bool = False

    def showing(self, number: Tensor) -> EncodedPictures:
        """The same pictures, given to the rows in another way."""
        return dataclasses.replace(self, number=number)

    def pair(self, model: Mimic, rows: Rows) -> Pair:
        """Global and local features `[n, D]`, `[n, P, D]` before the LayerNorms."""
        number = self.number[rows]
        tokens = self.tokens[number].float().to(model.device)
        return (
            model.encoder.image_global(self.overall[number].to(model.device)),
            tokens if self.narrow else model.encoder.image_tokens(tokens),
        )


@dataclass(frozen=True)
class EncodedData:
    """Texts and pictures of the same N rows."""

    texts: EncodedTexts
    pictures: EncodedPictures

    def __len__(self) -> int:
        return len(self.pictures.number)

    def features(self, model: Mimic, rows: Rows, draw: Draw | None = None) -> Features:
        """The model's features of some rows."""
        text, mask = self.texts.pair(model, rows, draw)
        return model.normalise(text, self.pictures.pair(model, rows), mask)


@dataclass(frozen=True)
class DataEncoder:
    """Encodes texts and pictures with a model, in batches and with progress.

    Attributes:
        learnt: whether the encoder has learnt; else only what its fixed parts say is kept.
        every: batches between two reports.
    """

    model: Mimic
    processor: Processor
    report: Report
    learnt: bool = False
    every: int = 1

    @torch.inference_mode()
    def texts(self, names: Sequence[str], contexts: Sequence[Sequence[str]]) -> EncodedTexts:
        """Encodes the wordings of N texts, a context each."""
        count = torch.tensor([len(some) for some in contexts])
        texts = self.processor.texts(
            [name for name, some in zip(names, contexts, strict=True) for _ in some],
            [context for some in contexts for context in some],
        )
        columns: dict[str, list[Tensor]] = {}
        if self.learnt or has_fixed_text(self.model):
            for part in parts(len(texts.input_ids), "texts", self.report, self.every):
                for name, tensor in self._text(texts.input_ids[part], texts.attention_mask[part]):
                    columns.setdefault(name, []).append(tensor.cpu())
        return EncodedTexts(
            texts.input_ids,
            texts.attention_mask,
            torch.tensor(texts.truncated),
            count.cumsum(0) - count,
            count,
            **{name: torch.cat(tensors) for name, tensors in columns.items()},
        )

    def _text(self, input_ids: Tensor, mask: Tensor) -> Iterator[tuple[str, Tensor]]:
        """What is kept of a batch of texts, by the name of its field."""
        backbone, device = self.model.encoder.backbone, self.model.device
        input_ids, mask = input_ids.to(device), mask.to(device)
        if has_fixed_text(self.model) and isinstance(backbone, BertVitBackbone):
            hidden = backbone.frozen_text(input_ids, mask)
            yield "hidden", hidden.half()
            pair = backbone.adapt(hidden, mask) if self.learnt else ()
        else:
            pair = backbone.text(input_ids, mask)
        yield from zip(("overall", "tokens"), pair, strict=False)

    def pictures(self, images: Sequence[Path | None], what: str = "pictures") -> EncodedPictures:
        """Encodes the picture of each row; one that cannot be read counts as missing."""
        decoded = squash_all(self.processor, [[i] if i else [] for i in images], self.report)
        count = len(decoded.place)
        numbers, normalise = torch.arange(count), self.processor.normalise
        pictures = self.pixels(count, lambda p: normalise(decoded.numbered(numbers[p])), what)
        return pictures.showing((decoded.first + 1) * decoded.count)

    @torch.inference_mode()
    def pixels(self, count: int, pixels: Callable[[slice], Tensor], what: str) -> EncodedPictures:
        """Encodes so many pictures, the blank one before them; row i shows the i-th.

        Args:
            pixels: normalised pictures `[n, 3, side, side]` of a part of them.
        """
        encoder, blank = self.model.encoder, self.processor.blank()
        overall, tokens = [], []
        for batch in (blank, *map(pixels, parts(count, what, self.report, self.every))):
            pair = encoder.backbone.image(batch.to(self.model.device))
            overall.append(pair[0].cpu())
            tokens.append((encoder.image_tokens(pair[1]) if self.learnt else pair[1].half()).cpu())
        number = torch.arange(1, count + 1)
        return EncodedPictures(torch.cat(overall), torch.cat(tokens), number, self.learnt)


def has_fixed_text(model: Mimic) -> bool:
    """Whether the text model keeps its weights, so that what it says can be kept, too."""
    return isinstance(model.encoder.backbone, BertVitBackbone) and model.config.freeze_text


def check_fixed_text(model: Mimic, what: str = "a short training run") -> None:
    """Raises InputError when a model's text model was trained with it."""
    if not has_fixed_text(model):
        raise InputError(
            f"{what} needs a model with a fixed text model, as the preset atlas trains"
        )


def parts(size: int, what: str, report: Report, every: int = 1) -> Iterator[slice]:
    """Slices of so many rows, with progress after every so many of them."""
    for number, start in enumerate(range(0, size, BATCH), 1):
        stop = min(start + BATCH, size)
        yield slice(start, stop)
        if number % every == 0:
            report(f"{what} {stop}/{size}")

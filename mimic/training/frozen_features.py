"""What the fixed parts of a model's encoders say of texts and pictures, computed once.

Short training runs share it: the text model never learns anyway, and the vision model stays as it
is. What comes after them (text adapter, image maps, LayerNorms, units) can then be trained in
minutes.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import torch
from torch import Tensor

from mimic.errors import InputError
from mimic.io.terminal import Report
from mimic.model.decoded_pictures import squash_all
from mimic.model.encoders import BertVitBackbone
from mimic.model.mimic import Mimic
from mimic.model.processor import Processor

BATCH = 64


@dataclass(frozen=True)
class Frozen:
    """N texts and pictures as the fixed encoders see them.

    Attributes:
        hidden: float16 `[W, L, T]`, the text model's tokens before the adapter, of all wordings.
        mask: `[W, L]`.
        first, wordings: `[N]`, where those of a row begin and how many it has.
        overall: `[K + 1, V]`, the vision model's global features; the first is the blank picture's.
        patches: float16 `[K + 1, P, V]`, its tokens.
        picture: `[N]`, the row's picture in `overall` and `patches`; 0 where it has none.
    """

    hidden: Tensor
    mask: Tensor
    first: Tensor
    wordings: Tensor
    overall: Tensor
    patches: Tensor
    picture: Tensor

    def __len__(self) -> int:
        return len(self.picture)

    def words(
        self, rows: Tensor, dropout: float = 0.0, generator: torch.Generator | None = None
    ) -> tuple[Tensor, Tensor]:
        """Tokens `[n, L, T]` and mask `[n, L]`: the first wording, or with a generator any.

        Args:
            dropout: share of the tokens that is blanked, with a generator.
        """
        places = self.first[rows]
        if generator is None:
            return self.hidden[places].float(), self.mask[places]
        drawn = torch.rand(len(rows), generator=generator)
        places = places + (drawn * self.wordings[rows]).long()
        hidden, mask = self.hidden[places].float(), self.mask[places]
        kept = torch.rand(mask.shape, generator=generator) >= dropout
        return hidden * kept[..., None], mask * kept


def backbone_of(model: Mimic, what: str = "a short training run") -> BertVitBackbone:
    """The encoders of a model whose text model is fixed.

    Raises:
        InputError: its text model was trained with it, so nothing can be kept of it.
    """
    backbone = model.encoder.backbone
    if not isinstance(backbone, BertVitBackbone) or not model.config.freeze_text:
        raise InputError(
            f"{what} needs a model with a fixed text model, as the preset atlas trains"
        )
    return backbone


@torch.inference_mode()
def freeze(
    model: Mimic,
    processor: Processor,
    names: Sequence[str],
    contexts: Sequence[Sequence[str]],
    images: Sequence[Path | None],
    report: Report,
) -> Frozen:
    """Runs the fixed encoders once over N rows.

    Args:
        contexts: of each name one or more wordings.
        images: pictures that cannot be read count as missing.

    Raises:
        InputError: the model's text model is not fixed.
    """
    backbone = backbone_of(model)
    texts = processor.texts(
        [name for name, some in zip(names, contexts, strict=True) for _ in some],
        [context for some in contexts for context in some],
    )
    hidden = []
    for part in parts(len(texts.input_ids), "texts", report):
        ids, mask = texts.input_ids[part], texts.attention_mask[part]
        found = backbone.frozen_text(ids.to(model.device), mask.to(model.device))
        hidden.append(found.half().cpu())
    squares, place, count, _ = squash_all(processor, [[i] if i else [] for i in images], report)
    overall, patches = [], []
    blank = backbone.image(processor.blank().to(model.device))
    for part in parts(len(place), "pictures", report):
        pixels = processor.normalise(squares[place[part]]).to(model.device)
        found_overall, found_patches = backbone.image(pixels)
        overall.append(found_overall.cpu())
        patches.append(found_patches.half().cpu())
    wordings = torch.tensor([len(some) for some in contexts])
    return Frozen(
        torch.cat(hidden),
        texts.attention_mask,
        wordings.cumsum(0) - wordings,
        wordings,
        torch.cat([blank[0].cpu(), *overall]),
        torch.cat([blank[1].half().cpu(), *patches]),
        count.cumsum(0) * count,
    )


def parts(size: int, what: str, report: Report) -> Iterator[slice]:
    """Slices of so many rows, with progress."""
    for start in range(0, size, BATCH):
        yield slice(start, min(start + BATCH, size))
        report(f"{what} {min(start + BATCH, size)}/{size}")

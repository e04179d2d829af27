"""Texts and pictures as a model's encoder sees them, kept to be shown and scored in many ways."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import torch
from torch import Tensor

from mimic.io.terminal import Report
from mimic.linking.linker import EntityLinker
from mimic.model.decoded_pictures import squash_all
from mimic.model.encoders import BertVitBackbone
from mimic.training.frozen_features import parts


@dataclass(frozen=True)
class Words:
    """Encoded texts of N rows.

    Attributes:
        overall: `[N, T]`; tokens: `[N, L, T]`, before the model's LayerNorms.
        hidden: float16 `[N, L, T]`, before the adapter, of a fixed text model; else `None`.
        mask: `[N, L]`.
        truncated: whether each text was longer than the model reads.
    """

    overall: Tensor
    tokens: Tensor
    hidden: Tensor | None
    mask: Tensor
    truncated: tuple[bool, ...]


@dataclass(frozen=True)
class Views:
    """Encoded pictures of N rows; those of K pictures, the first of which is the blank one.

    Attributes:
        raw: `[K, V]`, the vision model's global features.
        overall: `[K, D]`; tokens: `[K, P, D]`, before the model's LayerNorms.
        number: `[N]`, each row's picture; 0 where there is none.
    """

    raw: Tensor
    overall: Tensor
    tokens: Tensor
    number: Tensor

    def showing(self, number: Tensor) -> Views:
        """The same pictures, given to the rows in another way."""
        return dataclasses.replace(self, number=number)


class Reader:
    """Encodes texts and pictures with a linker's model, in batches and with progress."""

    def __init__(self, linker: EntityLinker, report: Report) -> None:
        self.model, self.processor, self.report = linker.model, linker.processor, report

    @torch.inference_mode()
    def words(self, names: Sequence[str], contexts: Sequence[str]) -> Words:
        """Encodes a text for each name and context."""
        texts, backbone = self.processor.texts(names, contexts), self.model.encoder.backbone
        fixed = isinstance(backbone, BertVitBackbone) and self.model.config.freeze_text
        overall, tokens, hidden = [], [], []
        for part in parts(len(names), "texts", self.report):
            ids, mask = (
                t[part].to(self.model.device) for t in (texts.input_ids, texts.attention_mask)
            )
            if fixed and isinstance(backbone, BertVitBackbone):
                fresh = backbone.frozen_text(ids, mask)
                hidden.append(fresh.half().cpu())
                pair = backbone.adapt(fresh, mask)
            else:
                pair = self.model.encoder.text(ids, mask)
            overall.append(pair[0].cpu())
            tokens.append(pair[1].cpu())
        return Words(
            torch.cat(overall),
            torch.cat(tokens),
            torch.cat(hidden) if hidden else None,
            texts.attention_mask,
            tuple(texts.truncated),
        )

    def views(self, images: Sequence[Path | None], what: str) -> Views:
        """Encodes the picture of each row; one that cannot be read counts as missing."""
        listed = [[image] if image else [] for image in images]
        squares, place, count, _ = squash_all(self.processor, listed, self.report)
        normalise = self.processor.normalise
        found = self.see(len(place), lambda part: normalise(squares[place[part]]), what)
        return found.showing(count.cumsum(0) * count)

    @torch.inference_mode()
    def see(self, count: int, pixels: Callable[[slice], Tensor], what: str) -> Views:
        """Encodes pictures, the blank one before them; row i shows the i-th.

        Args:
            pixels: normalised pictures `[n, 3, side, side]` of a part of them.
        """
        encoder, device = self.model.encoder, self.model.device
        raw, overall, tokens = [], [], []
        blank = self.processor.blank()
        for batch in (blank, *map(pixels, parts(count, what, self.report))):
            found = encoder.backbone.image(batch.to(device))
            raw.append(found[0].cpu())
            overall.append(encoder.image_global(found[0]).cpu())
            tokens.append(encoder.image_tokens(found[1]).cpu())
        number = torch.arange(1, count + 1)
        return Views(torch.cat(raw), torch.cat(overall), torch.cat(tokens), number)

"""What a pair shows without any attribution: the encoders' attention and the units' own."""

from __future__ import annotations

import math

import torch
from torch import Tensor

from mimic.explain.inside import image_attention, patch_grid, pooled_tokens, text_attention
from mimic.explain.pair import Inputs
from mimic.model.mimic import Mimic
from mimic.model.units import Trace
from mimic.schema import Attention, TextAttention, Word


def rollout(attention: Tensor) -> Tensor:
    """`[layers, N, N]` -> `[N, N]`: the product of `(A + I) / 2` over the layers.

    The residual stream is counted as looking at oneself (Abnar and Zuidema 2020).
    """
    identity = torch.eye(attention.shape[-1], device=attention.device)
    whole = identity
    for layer in attention:
        whole = (layer + identity) / 2 @ whole
    return whole


@torch.no_grad()
def encoder_attention(model: Mimic, inputs: Inputs) -> tuple[Attention, ...]:
    """Last layer and rollout of both encoders, as seen from what makes the global feature.

    That is [CLS] for pictures. For texts it is [CLS], CLIP's end of text, or the mean over all
    tokens but padding, as the model pools. These maps are the encoder's: they know neither the
    other side of the pair nor the units.

    Args:
        model: a `twin`.
    """
    text = text_attention(model, inputs.ids, inputs.mask)
    image = image_attention(model, inputs.pixels)
    reader = pooled_tokens(model, inputs.ids, inputs.mask)
    grid = patch_grid(model)
    maps = []
    for name, words, patches in (
        ("last layer", text[-1], image[-1]),
        ("rollout", rollout(text), rollout(image)),
    ):
        maps.append(over_words(name, "encoder", reader @ words, inputs))
        maps.append(over_patches(name, "encoder", patches[0], grid))
    return tuple(maps)


def unit_attention(
    trace: Trace, side: str, inputs: Inputs, grid: tuple[int, int]
) -> tuple[Attention, ...]:
    """CMFU's attention over the side's patches and, for a mention, TGLU's over its words.

    TGLU's is the mean over the entity's tokens as the unit takes it: padding counts unless the
    model masks it.

    Args:
        trace: of one pair.
        grid: rows and columns of a picture's patches.
    """
    maps = [over_patches("cmfu", "unit", trace[f"cmfu_{side}_attention"][0], grid)]
    if side == "mention":
        maps.append(over_words("tglu", "unit", trace["tglu_mean"][0, 0], inputs))
    return tuple(maps)


def text_matrix(trace: Trace, entity: tuple[Word, ...], mention: Inputs) -> TextAttention:
    """TGLU's attention from the entity's words to the mention's (see `schema.TextAttention`)."""
    rows = trace["tglu_attention"][0, 0]
    maps = [over_words("tglu", "unit", rows[list(word.tokens)].mean(0), mention) for word in entity]
    return TextAttention(
        tuple(m.values for m in maps),
        tuple(m.special for m in maps),
        tuple(m.padding for m in maps),
    )


def over_words(name: str, source: str, tokens: Tensor, inputs: Inputs) -> Attention:
    """Shares of tokens `[L]` -> of words, with what falls on padding and on special tokens."""
    values = tuple(float(tokens[list(word.tokens)].sum()) for word in inputs.words)
    padding = float(tokens[inputs.mask[0] == 0].sum())
    special = max(0.0, float(tokens.sum()) - sum(values) - padding)
    return Attention(name, source, "words", values, special, padding)


def over_patches(name: str, source: str, tokens: Tensor, grid: tuple[int, int]) -> Attention:
    """Shares of picture tokens `[P]` -> of the patches, which are the last; [CLS] comes before them
    where it has a share."""
    cells = math.prod(grid)
    values = tuple(float(share) for share in tokens[-cells:])
    return Attention(name, source, "patches", values, float(tokens[:-cells].sum()), 0.0)

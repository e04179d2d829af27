"""Inside an encoder: word embeddings that can be replaced, attention matrices, the patch grid."""

from __future__ import annotations

import copy
import math
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, cast

import torch
from torch import Tensor, nn

from mimic.model.encoders import ClipBackbone, HybridBackbone, Pair
from mimic.model.mimic import Mimic


def twin(model: Mimic) -> Mimic:
    """The same weights under modules of its own, with attention that can be read.

    Hooks on the twin do not touch whoever scores with the model at the same time. Its weights
    ask for no gradients, so that only those of the inputs are computed.
    """
    shared: dict[int, Any] = {
        id(p): nn.Parameter(p.detach(), requires_grad=False) for p in model.parameters()
    }
    shared |= {id(b): b for b in model.buffers()}
    other = copy.deepcopy(model, shared).eval()
    part: Any
    for part in other.modules():
        if hasattr(part, "set_attn_implementation"):
            part.set_attn_implementation("eager")
        if hasattr(part, "fused_attn"):
            part.fused_attn = False
    return other


def patch_grid(model: Mimic) -> tuple[int, int]:
    """Rows and columns of the patches that the vision model cuts a square picture into."""
    backbone: Any = model.encoder.backbone
    if isinstance(backbone, ClipBackbone):
        vision: Any = backbone.clip.config.vision_config
        return (vision.image_size // vision.patch_size,) * 2
    rows, columns = backbone.vit.patch_embed.grid_size
    return rows, columns


def word_embedding(model: Mimic) -> nn.Module:
    """The layer that turns token ids into vectors, before positions are added."""
    return _text_model(model).get_input_embeddings()


def text_of_embeddings(model: Mimic, ids: Tensor, mask: Tensor, embeddings: Tensor) -> Pair:
    """Text features `[N, T]`, `[N, L, T]` of word embeddings `[N, L, W]` in place of the ids'.

    The ids `[1, L]` and the mask `[1, L]` still say where a text ends and what is padding.
    """
    rows = len(embeddings)
    with _output(word_embedding(model), embeddings):
        return model.encoder.text(ids.expand(rows, -1), mask.expand(rows, -1))


def text_attention(model: Mimic, ids: Tensor, mask: Tensor) -> Tensor:
    """Attention `[layers, L, L]` of one text, the mean of the heads; rows sum to 1."""
    out = _text_model(model)(input_ids=ids, attention_mask=mask, output_attentions=True)
    return torch.stack([layer[0].mean(0) for layer in out.attentions])


def image_attention(model: Mimic, pixels: Tensor) -> Tensor:
    """Attention `[layers, P, P]` of one picture, [CLS] first, the mean of the heads."""
    backbone: Any = model.encoder.backbone
    if isinstance(backbone, ClipBackbone):
        vision: Any = backbone.clip.vision_model
        layers = vision(pixel_values=pixels, output_attentions=True).attentions
    else:
        layers = []
        handles = [
            block.attn.attn_drop.register_forward_pre_hook(lambda _, seen: layers.append(seen[0]))
            for block in backbone.vit.blocks
        ]
        try:
            backbone.image(pixels)
        finally:
            for handle in handles:
                handle.remove()
        layers = [_without_registers(a, backbone.vit.num_prefix_tokens) for a in layers]
    return torch.stack([layer[0].mean(0) for layer in layers])


def _without_registers(attention: Tensor, special: int) -> Tensor:
    """`[..., N, N]` -> `[..., P, P]`: what falls on registers counts as falling on [CLS].

    Registers are tokens between [CLS] and the patches that some vision transformers have.
    """
    first = attention[..., :special].sum(-1, keepdim=True)
    columns = torch.cat([first, attention[..., special:]], -1)
    return torch.cat([columns[..., :1, :], columns[..., special:, :]], -2)


def pooled_tokens(model: Mimic, ids: Tensor, mask: Tensor) -> Tensor:
    """Weights `[L]`, summing to 1, of the tokens that make a text's global feature.

    [CLS] alone, the mean of all but padding, or CLIP's end of text.
    """
    backbone: Any = model.encoder.backbone
    weights = torch.zeros(ids.shape[1], device=ids.device)
    if isinstance(backbone, ClipBackbone):
        end = cast(Any, backbone.clip.config.text_config).eos_token_id
        # CLIP's own rule: old configurations name a wrong end, where the largest id marks it.
        last = ids[0].argmax() if end == 2 else torch.eq(ids[0], end).int().argmax()
        weights[last] = 1
    elif backbone.pooling == "cls":
        weights[0] = 1
    else:
        weights = mask[0] / mask[0].sum()
    return weights


def text_parts(model: Mimic, ids: Tensor, mask: Tensor, text: Pair) -> Tensor:
    """What each token adds to the global feature of one text: `[L, T]`, which sum to it.

    Where that is one token's, all of it is that token's.
    """
    weights = pooled_tokens(model, ids, mask)
    return weights[:, None] * (text[1][0] if pools_words(model) else text[0])


def pools_words(model: Mimic) -> bool:
    """Whether a text's global feature is a mean of its tokens, and not that of one."""
    backbone: Any = model.encoder.backbone
    return not isinstance(backbone, ClipBackbone) and backbone.pooling == "mean"


def image_and_parts(model: Mimic, pixels: Tensor) -> tuple[Pair, Tensor]:
    """One picture's features, and what the picture as a whole and each patch add to its global
    feature before this is brought to the units' width: `[1 + patches, width]`, which sum to it.

    All of [CLS] is the picture's as a whole; pooled features of a hybrid's network are the
    patches', where its last maps lie on their grid.
    """
    backbone, (rows, columns) = model.encoder.backbone, patch_grid(model)
    if isinstance(backbone, HybridBackbone) and backbone.pooled:
        maps, last = backbone.network.maps(pixels)
        overall, tokens = backbone.image_of_grids(maps, last)
        on_grid = last.shape[2:] == (rows, columns)
        by_cell = backbone.network.pooled_by_cell(last) if on_grid else None
    else:
        (overall, tokens), by_cell = backbone.image(pixels), None
    parts = overall.new_zeros(1 + math.prod((rows, columns)), overall.shape[1])
    parts[0] = overall[0]
    if by_cell is not None:
        first = overall.shape[1] - by_cell.shape[2]
        parts[0, first:] = 0
        parts[1:, first:] = by_cell[0]
    return model.encoder.narrow((overall, tokens)), parts


def grids(model: Mimic, pixels: Tensor) -> Tensor | None:
    """What a hybrid's network sees in each patch, `[N, channels, rows, columns]`: the maps that the
    vision transformer reads, and the last ones, of which the pooled features are made.

    `None` where there is no network, or its maps do not lie on the grid of the patches.
    """
    backbone = model.encoder.backbone
    if not isinstance(backbone, HybridBackbone):
        return None
    maps, last = backbone.network.maps(pixels)
    on_grid = maps.shape[2:] == last.shape[2:] == patch_grid(model)
    return torch.cat([maps, last], 1) if on_grid else None


def image_of_grids(model: Mimic, both: Tensor) -> Pair:
    """Picture features of what `grids` gives."""
    backbone = cast(HybridBackbone, model.encoder.backbone)
    channels = backbone.network.channels
    return model.encoder.narrow(backbone.image_of_grids(both[:, :channels], both[:, channels:]))


def _text_model(model: Mimic) -> Any:
    backbone: Any = model.encoder.backbone
    return backbone.clip.text_model if isinstance(backbone, ClipBackbone) else backbone.bert


@contextmanager
def _output(layer: nn.Module, value: Tensor) -> Iterator[None]:
    handle = layer.register_forward_hook(lambda *_: value)
    try:
        yield
    finally:
        handle.remove()

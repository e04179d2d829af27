"""A pair's scores as exact sums over (element of the mention) x (element of the entity).

A score is a sum of products between features of both sides, once what the pair made of them is
held: attention weights, gates, and the standard deviations of the LayerNorms. Everything between a
feature and its place in such a product is then linear, so that a vector is a sum of what each
element of its side adds to it. The elements are the side's words and patches, and `REST`, what
belongs to neither. Nothing is sampled and nothing is hidden; the cells sum to the score.

Encoders are not taken apart: a token's feature counts as the token's, though it has read others.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import torch
from torch import Tensor, nn

from mimic.explain.inside import image_and_parts, patch_grid, pools_words, text_parts
from mimic.explain.pair import Inputs
from mimic.model.mimic import Mimic, Side
from mimic.model.units import GatedDirection, Tglu, Trace
from mimic.schema import UNITS

#: Elements after the words and patches of a side: [CLS], separators and ends of its text; its
#: padding; the picture as a whole ([CLS], and all of the blank one that stands for a missing
#: picture); and what no input moves (biases).
REST = ("special", "padding", "picture", "bias")
#: Vectors as sums over one side's elements `[elements, width]`, the last being `bias`.
Sum = Tensor


@dataclass(frozen=True)
class Parts:
    """One side of a pair, taken apart.

    Attributes:
        side: its projections for every unit.
        text_global, image_global: after the LayerNorms that sides share.
        text_tokens, image_tokens: `[L, T]` and `[P, D]`, after the same, without its bias.
        text_bias, image_bias: of those LayerNorms.
        of_tokens, of_patches: number of the element of each token and of each picture token.
        words_pooled: the global text feature is the words' mean, and not one token's.
        patches_pooled: a part of the global picture feature is the patches' mean.
    """

    side: Side
    text_global: Sum
    image_global: Sum
    text_tokens: Tensor
    image_tokens: Tensor
    text_bias: Tensor
    image_bias: Tensor
    of_tokens: Tensor
    of_patches: Tensor
    words_pooled: bool
    patches_pooled: bool

    def text(self, weights: Tensor) -> Sum:
        """The mean of the tokens with weights `[L]`."""
        return self._mean(weights, self.text_tokens, self.of_tokens, self.text_bias)

    def image(self, weights: Tensor) -> Sum:
        """The mean of the picture's tokens with weights `[P]`."""
        return self._mean(weights, self.image_tokens, self.of_patches, self.image_bias)

    def _mean(self, weights: Tensor, rows: Tensor, elements: Tensor, bias: Tensor) -> Sum:
        out = _gathered(weights[:, None] * rows, elements, len(self.text_global))
        return _plus_bias(out, weights.sum() * bias)


@torch.no_grad()
def take_apart(model: Mimic, inputs: Inputs, side: str) -> Parts:
    """One side's features as sums over its elements.

    Args:
        model: a `twin`.
        side: `mention` or `entity`.
    """
    cells = math.prod(patch_grid(model))
    count = len(inputs.words) + cells + len(REST)
    text = model.encoder.text(inputs.ids, inputs.mask)
    image, picture_parts = image_and_parts(model, inputs.pixels)
    features = model.normalise(text, image, inputs.mask)
    whole = count - len(REST) + REST.index("picture")
    patches = torch.arange(cells) + len(inputs.words)
    if not inputs.pixels.any():
        patches = torch.full_like(patches, whole)
    of_picture = torch.cat([torch.tensor([whole]), patches]).to(text[0].device)
    of_tokens = _elements_of_tokens(inputs, count)
    words = _gathered(text_parts(model, inputs.ids, inputs.mask, text), of_tokens, count)
    pictures = _gathered(picture_parts, of_picture, count)
    sides = model.mention_side if side == "mention" else model.entity_side
    return Parts(
        sides(features),
        _normed(model.text_global_norm, words)[0],
        _normed(model.image_global_norm, _mapped(model.encoder.image_global, pictures))[0],
        features.text_tokens[0] - model.text_tokens_norm.bias,
        features.image_tokens[0] - model.image_tokens_norm.bias,
        model.text_tokens_norm.bias,
        model.image_tokens_norm.bias,
        of_tokens,
        of_picture[-features.image_tokens.shape[1] :],
        pools_words(model),
        bool(picture_parts[1:].any()),
    )


@torch.no_grad()
def pair_cells(model: Mimic, mention: Parts, entity: Parts) -> dict[str, Tensor]:
    """Cells `[elements of the mention, elements of the entity]` of each unit and of `total`."""
    trace: Trace = {}
    model.score(mention.side, entity.side, trace)
    cells = {
        "tglu": _tglu(model.tglu, mention, entity, trace),
        "vdlu": _vdlu(model, mention, entity, trace),
        "cmfu": _cmfu(model, mention, entity, trace),
    }
    return cells | {"total": mixed(cells)}


def mixed(of_units: dict[str, Tensor]) -> Tensor:
    """The total score's of the units', as `Mimic.score` mixes them: their mean."""
    return torch.stack([of_units[unit] for unit in UNITS]).mean(0)


def _tglu(unit: Tglu, mention: Parts, entity: Parts, trace: Trace) -> Tensor:
    """Word by word twice: the product of the means, and the attended words with the entity's."""
    values = _mapped(unit.value, mention.text(trace["tglu_mean"][0, 0]))
    (context,) = _normed(unit.context_norm, values)
    local = context @ _mapped(unit.entity_global, entity.text_global).T
    return (mention.text_global @ entity.text_global.T + local) / 2


def _vdlu(model: Mimic, mention: Parts, entity: Parts, trace: Trace) -> Tensor:
    unit = model.vdlu
    e2m_gate, m2e_gate = (
        trace["vdlu_entity_to_mention"][0, 0],
        trace["vdlu_mention_to_entity"][0, 0],
    )
    e2m = _direction(unit.entity_to_mention, entity, mention, e2m_gate)
    m2e = _direction(unit.mention_to_entity, mention, entity, m2e_gate)
    return (e2m.T + m2e) / 2


def _direction(unit: GatedDirection, query: Parts, key: Parts, gate: Tensor) -> Tensor:
    """Cells `[query's elements, key's]`.

    The query is in both factors. What it makes with itself belongs to no element of the key: it is
    in the column `bias`, half at each of the two elements that make it.
    """
    q = _mapped(unit.global_map, query.image_global)
    k = _mapped(unit.global_map, key.image_global)
    tokens = len(key.of_patches)
    mean = _mapped(unit.tokens_map, key.image(key.image_tokens.new_full((tokens,), 1 / tokens)))
    p, own = _normed(unit.sum_norm, mean, q)
    hidden, own = _mapped(unit.hidden, p), own @ unit.hidden.weight.T
    fused, own = _normed(unit.out_norm, gate * hidden + k, gate * own)
    (out,) = _normed(unit.out_norm, q)
    cells = out @ fused.T
    cells[:, -1] += (out @ own.sum(0) + own @ out.sum(0)) / 2
    return cells


def _cmfu(model: Mimic, mention: Parts, entity: Parts, trace: Trace) -> Tensor:
    """Text and attended patches of one side with those of the other."""
    unit, fused = model.cmfu, []
    for name, parts in (("mention", mention), ("entity", entity)):
        text = _mapped(unit.text, parts.text_global)
        patches = _mapped(unit.image, parts.image(trace[f"cmfu_{name}_attention"][0]))
        fused += _normed(unit.norm, trace[f"cmfu_{name}"][0] * text + patches)
    return fused[0] @ fused[1].T


def _mapped(layer: nn.Linear, rows: Sum) -> Sum:
    return _plus_bias(rows @ layer.weight.T, layer.bias)


def _normed(layer: nn.LayerNorm, *sums: Sum) -> list[Sum]:
    """LayerNorm of what all of them sum to, its deviation held; its bias is the first one's."""
    whole = torch.cat(sums).sum(0)
    scale = layer.weight * torch.rsqrt(whole.var(unbiased=False) + layer.eps)
    first, *others = ((rows - rows.mean(-1, keepdim=True)) * scale for rows in sums)
    return [_plus_bias(first, layer.bias), *others]


def _plus_bias(rows: Sum, bias: Tensor) -> Sum:
    return torch.cat([rows[:-1], rows[-1:] + bias])


def _gathered(rows: Tensor, elements: Tensor, count: int) -> Sum:
    """Rows `[n, width]` summed over each of `count` elements."""
    return rows.new_zeros(count, rows.shape[1]).index_add_(0, elements, rows)


def _elements_of_tokens(inputs: Inputs, count: int) -> Tensor:
    rest = count - len(REST)
    special, padding = rest + REST.index("special"), rest + REST.index("padding")
    elements = torch.where(inputs.mask[0] == 0, padding, special)
    for number, word in enumerate(inputs.words):
        elements[list(word.tokens)] = number
    return elements

"""TGLU's global-to-local part: a proven bound for every entity, the exact value for some.

For one mention, `S_g2l = (gamma * c) . y / sqrt(|y|^2 / D + eps) + beta . c` with `c = W_c t^G_e`
and `y = sum_k a_k v_k`: the weights a (A's mean over the entity's tokens) are not negative and sum
to 1, `v_k` are the mention's centred values, where padding is masked of its real tokens alone. So y
lies in the convex hull of the `v_k`, whatever the attention is, and with `n_k = (gamma * c) . v_k`:

- `|S - beta.c| <= sqrt(D) |gamma * c|`, a bound that needs nothing of the mention (`widest`);
- `|S - beta.c| <= sqrt(D) |P (gamma * c)|`, where P projects on the span of the `v_k` (Cauchy);
- for any unit vector u with all `v_k . u > 0`: `|y| >= y . u`, so a positive S is at most
  `sqrt(D) max_k n_k / (v_k . u)`;
- when no `n_k` is positive, `sqrt(|y|^2 / D + eps)` is convex in y, so S is at most
  `max_k n_k / sqrt(|v_k|^2 / D + eps)`.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from functools import cached_property

import torch
from torch import Tensor

from mimic.model.units import Projected, Tglu, token_shares

#: Entities whose attention is computed at once: their logits stay in a core's cache.
CHUNK = 128
#: Where u lies between the hull's point next to the origin and the context of a probe; the first
#: that bounds anything is taken.
BLENDS = (0.3, 0.1, 0.0)
#: Steps of the search for that point. Any u gives a true bound; a better one a tighter.
STEPS = 60
#: Rows of a block: their numbers, or a run of them.
Rows = Tensor | slice
EVERY = slice(None)
#: Share of its size that a bound is widened by, for the rounding of float32.
SLACK = 1e-4


class LocalPart:
    """The mention side of `S_g2l` for M mentions.

    Args:
        unit: the model's TGLU.
        mention: its mention side.
        probe, mask: queries `[n, L, D]` of some entities, from which a typical context is guessed,
            and which of them count.
    """

    @torch.no_grad()
    def __init__(
        self, unit: Tglu, mention: Projected, probe: Tensor, mask: Tensor | None = None
    ) -> None:
        if "mask" in mention:
            mention = _compact(mention)
        norm, value = unit.context_norm, mention["value"].float()
        self.real = mention.get("mask")
        count, size = value.shape[:2]
        self.tokens = [size] * count if self.real is None else self.real.sum(1).tolist()
        self.width, self.eps = value.shape[-1], norm.eps
        self.key = mention["key"].float() / math.sqrt(self.width)
        self.gain = norm.weight
        self.centred = value - value.mean(-1, keepdim=True)
        self.value = self.centred * self.gain  # [M, K, D], to be met by c
        self.gram = self.centred @ self.centred.mT / self.width
        self.inverse_length = (self.gram.diagonal(dim1=1, dim2=2) + self.eps).rsqrt()
        self.typical = torch.stack(
            [
                self.attention(i, probe, mask).mean(0) @ self.centred[i, :tokens]
                for i, tokens in enumerate(self.tokens)
            ]
        )
        scale = (self.typical.square().mean(-1, keepdim=True) + self.eps).rsqrt()
        self.guess = self.typical * scale * self.gain

    @cached_property
    def basis(self) -> Tensor:
        """An orthogonal basis whose span holds that of the values, to be met by c, `[M, K, D]`."""
        basis = torch.linalg.qr(self.centred.mT).Q.mT * self.gain * math.sqrt(self.width)
        if self.real is None:
            return basis
        return basis * self.real[:, : basis.shape[1], None]  # the first k span the first k values

    @cached_property
    def reach(self) -> Tensor:
        """`sqrt(D) / (v_k . u)`, `[M, K]`; infinite where no u bounds anything."""
        nearest = torch.nn.functional.normalize(self._nearest(), dim=-1)
        typical = torch.nn.functional.normalize(self.typical, dim=-1)
        blends = torch.stack([(1 - t) * nearest + t * typical for t in BLENDS], 1)
        along = torch.nn.functional.normalize(blends, dim=-1) @ self.centred.mT
        valid = (along > 1e-3 * self.centred.norm(dim=-1)[:, None]).all(-1)
        chosen = along[torch.arange(len(along)), valid.int().argmax(-1)]
        return torch.where(valid.any(-1, keepdim=True), math.sqrt(self.width) / chosen, math.inf)

    def _nearest(self) -> Tensor:
        """Close to the hull's point next to the origin, `[M, D]` (Frank and Wolfe, 1956)."""
        weights = torch.full_like(self.centred[..., 0], 1 / self.centred.shape[1])
        rows = torch.arange(len(weights))
        for _ in range(STEPS):
            slope = torch.einsum("mkl,ml->mk", self.gram, weights)
            vertex = slope.argmin(-1)
            here = (weights * slope).sum(-1)
            there, corner = slope[rows, vertex], self.gram[rows, vertex, vertex]
            step = ((here - there) / (here - 2 * there + corner).clamp_min(1e-12)).clamp(0, 1)
            weights = weights * (1 - step)[:, None]
            weights[rows, vertex] += step
        return torch.einsum("mk,mkd->md", weights, self.centred)

    def attention(
        self, mention: int, query: Tensor, mask: Tensor | None = None, rows: Rows = EVERY
    ) -> Tensor:
        """A's mean over the entity's tokens, `[n, k]` for the mention's k tokens.

        Args:
            query, mask: of some entities, `[N, L, D]`, and which of the L count, `[N, L]`.
            rows: n of these entities.
        """
        own = slice(self.tokens[mention])
        key = self.key[mention, own]
        parts = [_mean_attention(part, key, mask_) for part, mask_ in _chunks(query, mask, rows)]
        return torch.cat(parts) if parts else key.new_zeros(0, len(key))

    def exact(
        self,
        mention: int,
        query: Tensor,
        mask: Tensor | None,
        cls: Tensor,
        beta: Tensor,
        rows: Rows = EVERY,
    ) -> Tensor:
        """`S_g2l` `[n]` of n entities.

        Args:
            query, mask, rows: as in `attention`.
            cls, beta: c `[n, D]` and `beta . c` `[n]` of the n entities.
        """
        own = slice(self.tokens[mention])
        weights = self.attention(mention, query, mask, rows)
        top = (weights * (cls @ self.value[mention, own].T)).sum(-1)
        square = ((weights @ self.gram[mention, own, own]) * weights).sum(-1).clamp_min_(0)
        return top * (square + self.eps).rsqrt() + beta

    def widest(self, length: Tensor, beta: Tensor) -> Tensor:
        """What `|S_g2l - beta.c|` cannot exceed for any mention, `[n]`, from `|gamma * c|`."""
        cauchy = length * math.sqrt(self.width)
        return cauchy + SLACK * (1 + cauchy + beta.abs())

    def bounds(self, mention: int, cls: Tensor, beta: Tensor) -> tuple[Tensor, Tensor]:
        """What `S_g2l` lies between for one mention, whatever the attention is: two of `[n]`."""
        own = slice(self.tokens[mention])
        met = self.value[mention, own] @ cls.T  # [k, n]
        cauchy = (self.basis[mention, own] @ cls.T).square_().sum(0).sqrt_()
        slack = SLACK * (1 + cauchy + beta.abs())
        low = self._above(mention, -met, cauchy).add_(slack).neg_().add_(beta)
        return low, self._above(mention, met, cauchy).add_(slack).add_(beta)

    def _above(self, mention: int, met: Tensor, cauchy: Tensor) -> Tensor:
        """Upper bound of a `S - beta.c` whose context meets the values as `met` `[k, n]`."""
        own = slice(len(met))
        single = _largest(met * self.inverse_length[mention, own, None])
        reach = self.reach[mention, own, None]
        several = _largest(met.mul_(reach)) if reach.isfinite().all() else cauchy
        return torch.minimum(torch.where(single > 0, several, single), cauchy)


def _chunks(
    query: Tensor, mask: Tensor | None, rows: Rows
) -> Iterator[tuple[Tensor, Tensor | None]]:
    """Some rows of queries and their mask, `CHUNK` at a time; those that are picked share one
    buffer, since fresh memory costs more than the copy."""
    if isinstance(rows, slice):
        query, mask = query[rows], None if mask is None else mask[rows]
        for start in range(0, len(query), CHUNK):
            part = slice(start, start + CHUNK)
            yield query[part].float(), None if mask is None else mask[part]
        return
    buffer = query.new_empty(min(CHUNK, len(rows)), *query.shape[1:])
    for some in rows.split(CHUNK):
        picked = torch.index_select(query, 0, some, out=buffer[: len(some)])
        yield picked.float(), None if mask is None else mask[some]


def _mean_attention(query: Tensor, key: Tensor, mask: Tensor | None) -> Tensor:
    """A's mean `[n, k]` over the tokens of queries `[n, L, D]`, or those of a mask, from keys
    `[k, D]`.

    The keys come first, so that all steps run along the many tokens and not along the few keys.
    """
    count, length = query.shape[:2]
    logits = key @ query.flatten(0, 1).T
    weights = logits.sub_(logits.amax(0)).exp_()
    shares = 1 / length if mask is None else token_shares(mask).flatten()
    weights.mul_(shares / weights.sum(0))
    return weights.unflatten(1, (count, length)).sum(-1).T


def _compact(mention: Projected) -> Projected:
    """`key`, `value` and `mask` of a mention side, the real tokens first and K the longest text's.
    What is no token repeats one: the hull of all the values is that of the real ones."""
    mask = mention["mask"]
    length = mask.sum(1, keepdim=True)
    size = int(length.max())
    place = torch.arange(size, device=mask.device)
    order = (~mask).int().sort(dim=1, stable=True).indices
    order = torch.where(place < length, order[:, place.clamp(max=mask.shape[1] - 1)], order[:, :1])
    rows = {
        n: mention[n].gather(1, order[..., None].expand(-1, -1, mention[n].shape[-1]))
        for n in ("key", "value")
    }
    return rows | {"mask": place < length}


def _largest(rows: Tensor) -> Tensor:
    """Maximum over the first axis, by halves: much faster on a CPU than `amax` of a short axis."""
    while len(rows) > 1:
        half = len(rows) // 2
        pairs = torch.maximum(rows[:half], rows[half : 2 * half])
        rows = pairs if len(rows) == 2 * half else torch.cat((pairs, rows[2 * half :]))
    return rows[0]

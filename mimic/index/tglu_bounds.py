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
from functools import cached_property

import torch
from torch import Tensor

from mimic.model.units import Projected, Tglu, token_shares

#: The mention's tokens are made up to a multiple: a softmax of few but odd numbers is slow.
ROUND = 8
#: Entities whose attention is computed at once: their logits stay in a core's cache.
CHUNK = 128
#: Where u lies between the hull's point next to the origin and the context of a probe; the first
#: that bounds anything is taken.
BLENDS = (0.3, 0.1, 0.0)
#: Steps of the search for that point. Any u gives a true bound; a better one a tighter.
STEPS = 60
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
        self.width, self.eps = value.shape[-1], norm.eps
        self.key = mention["key"].float() / math.sqrt(self.width)
        self.gain = norm.weight
        self.centred = value - value.mean(-1, keepdim=True)
        self.value = self.centred * self.gain  # [M, K, D], to be met by c
        self.gram = self.centred @ self.centred.mT / self.width
        self.inverse_length = (self.gram.diagonal(dim1=1, dim2=2) + self.eps).rsqrt()
        weights = torch.stack([self.attention(i, probe, mask).mean(0) for i in range(len(value))])
        self.typical = torch.einsum("mk,mkd->md", weights, self.centred)
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

    def attention(self, mention: int, query: Tensor, mask: Tensor | None = None) -> Tensor:
        """A's mean over the entity's tokens, `[n, K]`, from queries `[n, L, D]`, all of them or
        those of a mask `[n, L]`."""
        parts = []
        for start in range(0, len(query), CHUNK):
            part = query[start : start + CHUNK]
            logits = part.flatten(0, 1).float() @ self.key[mention].T
            if self.real is not None:
                logits.masked_fill_(~self.real[mention], -math.inf)
            weights = logits.softmax(-1).unflatten(0, part.shape[:2])
            if mask is None:
                parts.append(weights.mean(1))
            else:
                shares = token_shares(mask[start : start + CHUNK])
                parts.append((shares[:, None] @ weights)[:, 0])
        return torch.cat(parts) if parts else self.key.new_zeros(0, self.key.shape[1])

    def exact(
        self, mention: int, query: Tensor, mask: Tensor | None, cls: Tensor, beta: Tensor
    ) -> Tensor:
        """`S_g2l` `[n]` of n entities: queries `[n, L, D]` and which of them count, c `[n, D]`,
        `beta . c` `[n]`."""
        weights = self.attention(mention, query, mask)
        top = (weights * (cls @ self.value[mention].T)).sum(-1)
        square = ((weights @ self.gram[mention]) * weights).sum(-1).clamp_min_(0)
        return top * (square + self.eps).rsqrt() + beta

    def widest(self, length: Tensor, beta: Tensor) -> Tensor:
        """What `|S_g2l - beta.c|` cannot exceed for any mention, `[n]`, from `|gamma * c|`."""
        cauchy = length * math.sqrt(self.width)
        return cauchy + SLACK * (1 + cauchy + beta.abs())

    def bounds(self, mention: int, cls: Tensor, beta: Tensor) -> tuple[Tensor, Tensor]:
        """What `S_g2l` lies between for one mention, whatever the attention is: two of `[n]`."""
        met = self.value[mention] @ cls.T  # [K, n]
        cauchy = (self.basis[mention] @ cls.T).square_().sum(0).sqrt_()
        slack = SLACK * (1 + cauchy + beta.abs())
        low = self._above(mention, -met, cauchy).add_(slack).neg_().add_(beta)
        return low, self._above(mention, met, cauchy).add_(slack).add_(beta)

    def _above(self, mention: int, met: Tensor, cauchy: Tensor) -> Tensor:
        """Upper bound of a `S - beta.c` whose context meets the values as `met` `[K, n]`."""
        single = _largest(met * self.inverse_length[mention][:, None])
        reach = self.reach[mention][:, None]
        several = _largest(met.mul_(reach)) if reach.isfinite().all() else cauchy
        return torch.minimum(torch.where(single > 0, several, single), cauchy)


def _compact(mention: Projected) -> Projected:
    """`key`, `value` and `mask` of a mention side, the real tokens first and K the longest text's,
    made up to a multiple of `ROUND`. What is no token repeats one: the hull of all the values is
    that of the real ones."""
    mask = mention["mask"]
    length = mask.sum(1, keepdim=True)
    size = -(-int(length.max()) // ROUND) * ROUND
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

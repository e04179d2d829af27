"""VDLU's gated direction for all pairs by inner products, without approximation.

LayerNorm, the linear map and the gate of a sum `q + p` need no vector for each pair: their means,
norms and products follow from five inner products of something of the query's side with something
of the key's side, and from numbers that each side has alone. Notation as in `GatedDirection`
(equations 9 to 13); C removes a vector's mean, and with `A = W_3 diag(gamma_1) C` and
`c = W_3 beta_1 + b_3`

    h = (A q + A p) / sigma + c,      sigma^2 = |C q + C p|^2 / D + eps,
    S = (g s.h + s.k) / sigma_f + beta_2.r,   r = LN_2(q),   s = C (gamma_2 * r),
    sigma_f^2 = (g^2 |C h|^2 + 2 g C h.C k + |C k|^2) / D + eps.
"""

from __future__ import annotations

from collections.abc import Sequence

import torch
from torch import Tensor

from mimic.model.units import GatedDirection

#: How many numbers a row has on the query side and on the key side (the gate's part the last).
QUERY_NUMBERS, KEY_NUMBERS = 9, 8
#: The five products: the query's vectors meet the key's patches three times, its key twice.
WITH_PATCHES, WITH_KEY = 3, 2


class DirectionAlgebra:
    """One direction of VDLU, taken apart.

    Args:
        unit: its weights are copied in float64 and kept in float32.
    """

    @torch.no_grad()
    def __init__(self, unit: GatedDirection) -> None:
        self.width = unit.hidden.in_features
        self.concat = unit.concat
        self.sum_eps, self.out_eps = unit.sum_norm.eps, unit.out_norm.eps
        weight = unit.hidden.weight.double()
        gain, shift = unit.out_norm.weight.double(), unit.out_norm.bias.double()
        linear = _centred(weight * unit.sum_norm.weight.double())
        constant = weight @ unit.sum_norm.bias.double() + unit.hidden.bias.double()
        spread = _centred(torch.diag(gain * gain))
        self.gain, self.shift = gain.float(), shift.float()
        self.linear = linear.float()
        self.constant = constant.float()
        self.constant_centred = _centred(constant).float()
        self.constant_norm = float(_centred(constant).square().sum())
        self.spread = _centred(spread.T).float()  # C diag(gamma_2^2) C
        self.offset = _centred(gain * shift).float()  # C (gamma_2 * beta_2)
        if self.concat:
            self.gate_weight = torch.zeros_like(self.constant)
            self.gate_constant = float(unit.gate.bias)
        else:
            self.gate_weight = unit.gate.weight[0].float()
            self.gate_constant = float(unit.gate.weight[0].double() @ constant + unit.gate.bias)

    def query_numbers(self, query: Tensor, gate: Tensor | None = None) -> Tensor:
        """`[N, 9]` from q `[N, D]`; `gate` is `sigmoid_concat`'s part of this side, `[N]`."""
        q = _centred(query)
        inverse = (q.square().mean(-1) + self.out_eps).rsqrt()
        normed = self.gain * q * inverse[:, None] + self.shift
        s, mapped = _centred(self.gain * normed), q @ self.linear.T
        spread = _centred(mapped)
        return torch.stack(
            (
                mapped @ self.gate_weight,
                q.square().sum(-1),
                spread.square().sum(-1),
                spread @ self.constant_centred,
                (s * mapped).sum(-1),
                s @ self.constant,
                normed @ self.shift,
                inverse,
                torch.zeros_like(inverse) if gate is None else gate,
            ),
            -1,
        )

    def key_numbers(self, key: Tensor, patches: Tensor, gate: Tensor | None = None) -> Tensor:
        """`[N, 8]` from k and p `[N, D]`."""
        k, p = _centred(key), _centred(patches)
        mapped = p @ self.linear.T
        spread = _centred(mapped)
        return torch.stack(
            (
                mapped @ self.gate_weight,
                p.square().sum(-1),
                spread.square().sum(-1),
                spread @ self.constant_centred,
                (spread * k).sum(-1),
                k.square().sum(-1),
                k @ self.constant_centred,
                torch.zeros_like(mapped[:, 0]) if gate is None else gate,
            ),
            -1,
        )

    def query_vectors(self, query: Tensor) -> tuple[Tensor, Tensor]:
        """What q `[N, D]` has to meet: the other side's patches `[3, N, D]` and key `[2, N, D]`."""
        q = _centred(query)
        inverse = (q.square().mean(-1, keepdim=True) + self.out_eps).rsqrt()
        s = _centred(self.gain * (self.gain * q * inverse + self.shift))
        spread = _centred(q @ self.linear.T)
        return torch.stack((q, s @ self.linear, spread @ self.linear)), torch.stack((s, spread))

    def key_vectors(self, key: Tensor, patches: Tensor) -> tuple[Tensor, Tensor]:
        """What k and p `[N, D]` have to meet in the other side's q, `[5, N, D]`, and what is to be
        added to the second and the fourth product, `[2, N]`."""
        k, p = _centred(key), _centred(patches)
        mapped = p @ self.linear.T
        vectors = (
            p,
            mapped @ self.spread,
            _centred(mapped) @ self.linear,
            k @ self.spread,
            k @ self.linear,
        )
        return torch.stack(vectors), torch.stack((mapped @ self.offset, k @ self.offset))

    def scores(
        self, products: Sequence[Tensor], query: Sequence[Tensor], key: Sequence[Tensor]
    ) -> tuple[Tensor, Tensor]:
        """Scores and gates of all pairs.

        Args:
            products: q.p, s.Ap, (CAq).(CAp), s.k and (CAq).k, of one shape.
            query, key: the two sides' numbers, each of a shape that broadcasts to it.
        """
        qp, s_ap, spreads, sk, q_spread_k = products
        q_gate, q_norm, q_spread, q_const, s_q, s_const, r_shift, _, q_part = query
        p_gate, p_norm, p_spread, p_const, p_k, k_norm, k_const, k_part = key
        width = self.width
        inverse = ((q_norm + p_norm + 2 * qp) / width + self.sum_eps).clamp_min_(1e-12).rsqrt_()
        if self.concat:
            gate = torch.sigmoid(q_part + k_part + self.gate_constant + torch.zeros_like(qp))
        else:
            gate = ((q_gate + p_gate) * inverse).add_(self.gate_constant).tanh_()
        hidden = (q_spread + p_spread + 2 * spreads).mul_(inverse).add_(2 * (q_const + p_const))
        hidden = hidden.mul_(inverse).add_(self.constant_norm)
        hidden_key = (q_spread_k + p_k).mul_(inverse).add_(k_const)
        top = (s_q + s_ap).mul_(inverse).add_(s_const).mul_(gate).add_(sk)
        variance = hidden.mul_(gate).add_(hidden_key, alpha=2).mul_(gate).add_(k_norm)
        scale = variance.div_(width).clamp_min_(0).add_(self.out_eps).rsqrt_()
        return top.mul_(scale).add_(r_shift), gate


def _centred(rows: Tensor) -> Tensor:
    return rows - rows.mean(-1, keepdim=True)

"""TGLU, VDLU and CMFU: the three interaction units of MIMIC (Luo et al., KDD 2023, section 3.3).

Each unit first projects every mention and every entity alone, then scores all pairs:
`unit(mentions, entities) == unit.pair(unit.mention(mentions), unit.entity(entities))`. The
entity side can so be computed once and stored. Axis letters: M mentions, E entities, L text
tokens, P image tokens, T text width, D unit width. Scores are always `[M, E]`.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields, replace

import torch
import torch.nn.functional as F
from torch import Tensor, nn

Projected = dict[str, Tensor]  # name -> one row for each mention or entity
Trace = dict[str, Tensor]


@dataclass(frozen=True)
class Features:
    """What the encoder says of N mentions or entities.

    Attributes:
        text_global: `[N, T]`; text_tokens: `[N, L, T]`.
        image_global: `[N, D]`; image_tokens: `[N, P, D]`, [CLS] first where it is one of them.
        text_mask: bool `[N, L]`, the tokens that TGLU reads, at least one of each text; all L of
            them, padding included, when left out.
    """

    text_global: Tensor
    text_tokens: Tensor
    image_global: Tensor
    image_tokens: Tensor
    text_mask: Tensor | None = None

    def each(self, change: Callable[[Tensor], Tensor]) -> Features:
        """The same with every tensor changed, the mask too where there is one."""
        tensors = {f.name: t for f in fields(self) if (t := getattr(self, f.name)) is not None}
        return replace(self, **{name: change(tensor) for name, tensor in tensors.items()})

    def cut(self) -> Features:
        """The same without the text tokens behind the last one that TGLU reads."""
        if self.text_mask is None:
            return self
        longest = int(self.text_mask.any(0).nonzero().max()) + 1
        tokens, mask = self.text_tokens[:, :longest], self.text_mask[:, :longest]
        return replace(self, text_tokens=tokens, text_mask=mask)

    @classmethod
    def joined(cls, parts: Sequence[Features]) -> Features:
        """The rows of all parts, one after the other."""
        masks = [part.text_mask for part in parts if part.text_mask is not None]
        return cls(
            torch.cat([part.text_global for part in parts]),
            torch.cat([part.text_tokens for part in parts]),
            torch.cat([part.image_global for part in parts]),
            torch.cat([part.image_tokens for part in parts]),
            torch.cat(masks) if masks else None,
        )


class Unit(nn.Module):
    """The shape that the three units share."""

    def mention(self, features: Features) -> Projected:
        """The mention side alone, one row for each mention."""
        raise NotImplementedError

    def entity(self, features: Features) -> Projected:
        """The entity side alone, one row for each entity."""
        raise NotImplementedError

    def pair(self, mention: Projected, entity: Projected, trace: Trace | None = None) -> Tensor:
        """Scores `[M, E]` of all pairs; `trace`, when given, receives attention and gates."""
        raise NotImplementedError

    def forward(self, mention: Features, entity: Features, trace: Trace | None = None) -> Tensor:
        return self.pair(self.mention(mention), self.entity(entity), trace)


class Tglu(Unit):
    """Text-based global-local unit: `S_T = (S_g2g + S_g2l) / 2` (equations 5 to 8).

    `S_g2g = t^G_m . t^G_e`. For `S_g2l` the entity's tokens attend to the mention's,
    `A = softmax(Q K^T / sqrt(D))`, and `S_g2l = (W_c t^G_e) . LN(mean over the entity's tokens of
    A V)`. Softmax and mean are over all L tokens, padding included, or over those of a mask.

    The trace holds `tglu_attention` `[M, E, L_e, L_m]` (rows sum to 1, and are 0 outside of the
    mention's mask), `tglu_mean` `[M, E, L_m]` (A's mean as it is taken), `tglu_global` and
    `tglu_local` `[M, E]`.
    """

    def __init__(self, text_width: int, width: int) -> None:
        super().__init__()
        self.query = nn.Linear(text_width, width)
        self.key = nn.Linear(text_width, width)
        self.value = nn.Linear(text_width, width)
        self.entity_global = nn.Linear(text_width, width)
        self.context_norm = nn.LayerNorm(width)

    def mention(self, features: Features) -> Projected:
        return {
            "global": features.text_global,
            "key": self.key(features.text_tokens),
            "value": self.value(features.text_tokens),
            **_mask(features),
        }

    def entity(self, features: Features) -> Projected:
        return {
            "global": features.text_global,
            "query": self.query(features.text_tokens),
            "cls": self.entity_global(features.text_global),
            **_mask(features),
        }

    def pair(self, mention: Projected, entity: Projected, trace: Trace | None = None) -> Tensor:
        scale = 1 / math.sqrt(mention["key"].shape[-1])
        logits = torch.einsum("eld,mkd->melk", entity["query"] * scale, mention["key"])
        if "mask" in mention:
            logits = logits.masked_fill(~mention["mask"][:, None, None], -math.inf)
        attention = logits.softmax(-1)
        # The mean over the entity's tokens commutes with V: A V is never built.
        if "mask" in entity:
            mean = torch.einsum("melk,el->mek", attention, token_shares(entity["mask"]))
        else:
            mean = attention.mean(-2)
        context = self.context_norm(mean @ mention["value"])
        local = torch.einsum("med,ed->me", context, entity["cls"])
        overall = mention["global"] @ entity["global"].T
        if trace is not None:
            trace |= {"tglu_attention": attention, "tglu_mean": mean}
            trace |= {"tglu_global": overall, "tglu_local": local}
        return (overall + local) / 2


def token_shares(mask: Tensor) -> Tensor:
    """The share of each token in a mean over those of a mask, `[N, L]`."""
    return mask / mask.sum(-1, keepdim=True)


def _mask(features: Features) -> Projected:
    return {} if features.text_mask is None else {"mask": features.text_mask}


class GatedDirection(nn.Module):
    """One direction of VDLU, from a query side a to a key side b (equations 9 to 13).

    `q = W_1 v^G_a`, `k = W_1 v^G_b`, `p = mean of W_2 v^L_b`, `h = W_3 LN_1(p + q)`,
    `S = LN_2(g h + k) . LN_2(q)`. The gate g is one number for each pair: `tanh(w_4 . h)` in
    (-1, 1), or with `sigmoid_concat` `sigmoid(w . [v^G_a ; v^G_b ; mean v^L_b])` in (0, 1).
    """

    def __init__(self, width: int, gate: str) -> None:
        super().__init__()
        self.concat = gate == "sigmoid_concat"
        self.global_map = nn.Linear(width, width)
        self.tokens_map = nn.Linear(width, width)
        self.hidden = nn.Linear(width, width)
        self.gate = nn.Linear(3 * width if self.concat else width, 1)
        self.sum_norm = nn.LayerNorm(width)
        self.out_norm = nn.LayerNorm(width)

    def query_side(self, features: Features) -> Projected:
        side = {"query": self.global_map(features.image_global)}
        if self.concat:
            weight = self.gate.weight[0, : features.image_global.shape[-1]]
            side["gate"] = features.image_global @ weight
        return side

    def key_side(self, features: Features) -> Projected:
        mean = features.image_tokens.mean(1)
        side = {"key": self.global_map(features.image_global), "patches": self.tokens_map(mean)}
        if self.concat:
            weight = self.gate.weight[0, features.image_global.shape[-1] :]
            side["gate"] = torch.cat([features.image_global, mean], -1) @ weight
        return side

    def forward(self, query: Projected, key: Projected) -> tuple[Tensor, Tensor]:
        """Scores and gates `[A, B]` of all pairs of A query rows and B key rows."""
        q, k = query["query"][:, None], key["key"][None]
        hidden = self.hidden(self.sum_norm(q + key["patches"][None]))
        if self.concat:
            gate = torch.sigmoid(query["gate"][:, None] + key["gate"][None] + self.gate.bias)
        else:
            gate = torch.tanh(self.gate(hidden)).squeeze(-1)
        fused = self.out_norm(gate[..., None] * hidden + k)
        return (fused * self.out_norm(q)).sum(-1), gate


class Vdlu(Unit):
    """Vision-based dual unit: the mean of two gated directions with separate weights.

    There is no attention over patches (a uniform mean). The trace holds the gates
    `vdlu_entity_to_mention` and `vdlu_mention_to_entity`, each `[M, E]`.
    """

    def __init__(self, width: int, gate: str) -> None:
        super().__init__()
        self.entity_to_mention = GatedDirection(width, gate)
        self.mention_to_entity = GatedDirection(width, gate)

    def mention(self, features: Features) -> Projected:
        return _prefixed("e2m_", self.entity_to_mention.key_side(features)) | _prefixed(
            "m2e_", self.mention_to_entity.query_side(features)
        )

    def entity(self, features: Features) -> Projected:
        return _prefixed("e2m_", self.entity_to_mention.query_side(features)) | _prefixed(
            "m2e_", self.mention_to_entity.key_side(features)
        )

    def pair(self, mention: Projected, entity: Projected, trace: Trace | None = None) -> Tensor:
        e2m, e2m_gate = self.entity_to_mention(_part("e2m_", entity), _part("e2m_", mention))
        m2e, m2e_gate = self.mention_to_entity(_part("m2e_", mention), _part("m2e_", entity))
        if trace is not None:
            trace |= {"vdlu_entity_to_mention": e2m_gate.T, "vdlu_mention_to_entity": m2e_gate}
        return (e2m.T + m2e) / 2


class Cmfu(Unit):
    """Cross-modal fusion unit: each side is fused alone, `S_C = h_m . h_e` (equations 14 to 18).

    `t' = W_t t^G`, `V' = W_v v^L`, `alpha = softmax(t' . V')` over the P image tokens, [CLS]
    included where it is one of them, `c = sum alpha V'`, `g = tanh(w . t')` in (-1, 1),
    `h = LN(g t' + c)`.

    The trace holds for each side `cmfu_{mention,entity}` (gate, `[M]` or `[E]`) and
    `cmfu_{mention,entity}_attention` (`[M, P]` or `[E, P]`, rows sum to 1).
    """

    def __init__(self, text_width: int, width: int) -> None:
        super().__init__()
        self.text = nn.Linear(text_width, width)
        self.image = nn.Linear(width, width)
        self.gate = nn.Linear(width, 1)
        self.norm = nn.LayerNorm(width)

    def mention(self, features: Features) -> Projected:
        text = self.text(features.text_global)
        patches = self.image(features.image_tokens)
        attention = torch.einsum("nd,npd->np", text, patches).softmax(-1)
        gate = torch.tanh(self.gate(text))
        fused = self.norm(gate * text + torch.einsum("np,npd->nd", attention, patches))
        return {"fused": fused, "gate": gate.squeeze(-1), "attention": attention}

    def entity(self, features: Features) -> Projected:
        return self.mention(features)

    def pair(self, mention: Projected, entity: Projected, trace: Trace | None = None) -> Tensor:
        if trace is not None:
            for side, rows in (("mention", mention), ("entity", entity)):
                trace |= {
                    f"cmfu_{side}": rows["gate"],
                    f"cmfu_{side}_attention": rows["attention"],
                }
        return mention["fused"] @ entity["fused"].T


def unit_consistent_loss(
    scores: dict[str, Tensor],
    unit_weight: float,
    target: Tensor,
    ignore: Tensor | None = None,
    tglu: tuple[float, Tensor] | None = None,
) -> tuple[Tensor, Tensor]:
    """`L = L_O + lambda (L_T + L_V + L_C)`, each the in-batch cross-entropy (equation 20).

    Args:
        scores: `score`, `tglu`, `vdlu`, `cmfu`, each `[M, E]`; without a unit, the loss is too.
        target: `[M]`, the row of each mention's right entity; or `[M, E]`, its probabilities.
        ignore: bool `[M, E]`, pairs that are no negatives.
        tglu: weight and target of TGLU's own loss, where they differ.

    Returns:
        The loss, and its parts `[4]` in the order overall, TGLU, VDLU, CMFU.
    """
    text_weight, text_target = tglu or (unit_weight, target)
    weights = {"score": 1.0, "tglu": text_weight, "vdlu": unit_weight, "cmfu": unit_weight}
    parts, used = [], []
    for name, weight in weights.items():
        if name not in scores:
            continue
        logits = scores[name].float()
        if ignore is not None:
            logits = logits.masked_fill(ignore, float("-inf"))
        parts.append(F.cross_entropy(logits, text_target if name == "tglu" else target))
        used.append(weight)
    losses = torch.stack(parts)
    return (losses * losses.new_tensor(used)).sum(), losses


def _prefixed(prefix: str, rows: Projected) -> Projected:
    return {prefix + name: value for name, value in rows.items()}


def _part(prefix: str, rows: Projected) -> Projected:
    return {n.removeprefix(prefix): value for n, value in rows.items() if n.startswith(prefix)}

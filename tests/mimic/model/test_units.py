"""The units against numbers worked out by hand and against loops written from the equations."""

from __future__ import annotations

import dataclasses
import math
from typing import TypeVar

import pytest
import torch
from torch import Tensor, nn

from mimic.model.units import Cmfu, Features, GatedDirection, Tglu, Vdlu, unit_consistent_loss

GATES = ("tanh", "sigmoid_concat")
Unit = TypeVar("Unit", bound=nn.Module)
SHAPES = [(1, 1, 1, 1), (1, 5, 3, 2), (4, 1, 2, 4), (3, 4, 5, 3)]  # M, E, L, P


def identity(linear: nn.Linear, bias: float = 0.0) -> None:
    with torch.no_grad():
        linear.weight.copy_(torch.eye(*linear.weight.shape))
        linear.bias.fill_(bias)


def constant(linear: nn.Linear, bias: float) -> None:
    with torch.no_grad():
        linear.weight.zero_()
        linear.bias.fill_(bias)


def rows(*values: list[float]) -> Tensor:
    return torch.tensor(values)


def text(overall: list[float], *tokens: list[float]) -> Features:
    return Features(rows(overall), rows(*tokens)[None], torch.empty(1, 0), torch.empty(1, 0, 0))


def vision(overall: list[float], *tokens: list[float]) -> Features:
    return Features(torch.empty(1, 0), torch.empty(1, 0, 0), rows(overall), rows(*tokens)[None])


def random_features(n: int, length: int, patches: int, text_width: int, width: int) -> Features:
    return Features(
        torch.randn(n, text_width),
        torch.randn(n, length, text_width),
        torch.randn(n, width),
        torch.randn(n, patches, width),
    )


def scrambled(unit: Unit) -> Unit:
    """Random values everywhere: biases and norms would otherwise hide an exchange."""
    with torch.no_grad():
        for parameter in unit.parameters():
            parameter.normal_()
    return unit.double()


def test_tglu_by_hand() -> None:
    """Logits ln 3 and 0 give attention 3/4 and 1/4, context (3/4, 0), normalised (1, -1)."""
    unit = Tglu(2, 2)
    for linear in (unit.query, unit.key, unit.value, unit.entity_global):
        identity(linear)
    mention = text([1.0, 2.0], [1.0, 0.0], [0.0, 0.0])
    entity = text([3.0, 1.0], [math.sqrt(2) * math.log(3), 0.0])
    trace: dict[str, Tensor] = {}
    score = unit(mention, entity, trace)
    # global 1*3 + 2*1 = 5; local (3, 1) . (1, -1) = 2; the mean of both is 3.5
    assert trace["tglu_attention"][0, 0, 0].tolist() == pytest.approx([0.75, 0.25])
    assert trace["tglu_global"].item() == pytest.approx(5)
    assert trace["tglu_local"].item() == pytest.approx(2, abs=1e-3)
    assert score.item() == pytest.approx(3.5, abs=1e-3)


def test_tglu_by_hand_without_padding() -> None:
    """The case above with padding on both sides, which counts for nothing: neither as a key of
    the mention, though its logit is the largest, nor in the mean over the entity's tokens."""
    unit = Tglu(2, 2)
    for linear in (unit.query, unit.key, unit.value, unit.entity_global):
        identity(linear)
    entity_tokens = ([math.sqrt(2) * math.log(3), 0.0], [9.0, 9.0])
    mention = text([1.0, 2.0], [1.0, 0.0], [5.0, 5.0], [0.0, 0.0])
    entity = text([3.0, 1.0], *entity_tokens)
    mention = dataclasses.replace(mention, text_mask=torch.tensor([[True, False, True]]))
    entity = dataclasses.replace(entity, text_mask=torch.tensor([[True, False]]))
    trace: dict[str, Tensor] = {}
    assert unit(mention, entity, trace).item() == pytest.approx(3.5, abs=1e-3)
    assert trace["tglu_mean"][0, 0].tolist() == pytest.approx([0.75, 0.0, 0.25])
    rows = trace["tglu_attention"][0, 0]
    assert rows.sum(-1).tolist() == pytest.approx([1.0, 1.0]) and not rows[:, 1].any()


@pytest.mark.parametrize("gate", GATES)
def test_vdlu_direction_by_hand(gate: str) -> None:
    """g = 1/2, q = (1, 0, -1), k = (0, 1, -1), p = 0.

    h = LN(q) = (r, 0, -r) with r = sqrt(3/2); g h + k = (r/2, 1, -r/2 - 1), mean 0 and variance
    (3/8 + 1 + (r/2 + 1)^2) / 3; times LN(q): r (r + 1) / sqrt(variance).
    """
    unit = GatedDirection(3, gate)
    for linear in (unit.global_map, unit.tokens_map, unit.hidden):
        identity(linear)
    constant(unit.gate, math.atanh(0.5) if gate == "tanh" else 0.0)
    query = unit.query_side(vision([1.0, 0.0, -1.0], [9.0, 9.0, 9.0]))
    key = unit.key_side(vision([0.0, 1.0, -1.0], [1.0, -2.0, 4.0], [-1.0, 2.0, -4.0]))
    score, gates = unit(query, key)
    r = math.sqrt(1.5)
    variance = (0.375 + 1 + (r / 2 + 1) ** 2) / 3
    assert gates.item() == pytest.approx(0.5)
    assert score.item() == pytest.approx(r * (r + 1) / math.sqrt(variance), abs=1e-3)
    assert score.item() == pytest.approx(2.367, abs=2e-3)


def test_sigmoid_gate_reads_both_globals_and_the_mean_patch() -> None:
    """w = (1, 10, 100) on one-number features a = 0.2, b = -0.3, mean patch 0.02: z = -0.8."""
    unit = GatedDirection(1, "sigmoid_concat")
    with torch.no_grad():
        unit.gate.weight.copy_(torch.tensor([[1.0, 10.0, 100.0]]))
        unit.gate.bias.zero_()
    query = unit.query_side(vision([0.2], [7.0]))
    key = unit.key_side(vision([-0.3], [0.01], [0.03]))
    assert unit(query, key)[1].item() == pytest.approx(1 / (1 + math.exp(0.8)))


def test_cmfu_by_hand() -> None:
    """Attention 3/4 and 1/4 again; with a gate of 0 the fused vector is LN(3/4, 0) = (1, -1)."""
    unit = Cmfu(2, 2)
    identity(unit.text)
    identity(unit.image)
    constant(unit.gate, 0.0)
    one = Features(
        rows([math.log(3), 0.0]),
        torch.empty(1, 0, 2),
        torch.empty(1, 0),
        rows([1.0, 0.0], [0.0, 0.0])[None],
    )
    other = Features(
        rows([0.0, math.log(3)]),
        torch.empty(1, 0, 2),
        torch.empty(1, 0),
        rows([0.0, 1.0], [0.0, 0.0])[None],
    )
    trace: dict[str, Tensor] = {}
    assert unit(one, one, trace).item() == pytest.approx(2, abs=1e-3)
    assert unit(one, other).item() == pytest.approx(-2, abs=1e-3)
    assert trace["cmfu_mention_attention"][0].tolist() == pytest.approx([0.75, 0.25])
    assert trace["cmfu_entity"].tolist() == [0.0]
    # t' = (0, ln 3) against patches along the first axis: attention 1/2, c = (1/2, 0). Without
    # a gate the sum points along the first axis; with g = 0.9 it is (0.5, 0.99): turned round.
    constant(unit.gate, math.atanh(0.9))
    crossed = Features(one.text_global.flip(1), one.text_tokens, one.image_global, one.image_tokens)
    assert unit(crossed, one).item() == pytest.approx(-2, abs=1e-2)


def layer_norm(x: Tensor, norm: nn.LayerNorm) -> Tensor:
    mean = x.mean()
    return (x - mean) / ((x - mean) ** 2).mean().add(1e-5).sqrt() * norm.weight + norm.bias


def affine(x: Tensor, linear: nn.Linear) -> Tensor:
    return linear.weight @ x + linear.bias


def naive_tglu(unit: Tglu, mention: Features, entity: Features, m: int, e: int) -> Tensor:
    overall = mention.text_global[m] @ entity.text_global[e]
    total = torch.zeros(unit.value.out_features, dtype=torch.float64)
    for token in entity.text_tokens[e]:
        q = affine(token, unit.query)
        keys = [affine(t, unit.key) for t in mention.text_tokens[m]]
        weights = torch.stack([q @ k / math.sqrt(len(q)) for k in keys]).softmax(0)
        for weight, t in zip(weights, mention.text_tokens[m], strict=True):
            total = total + weight * affine(t, unit.value)
    context = layer_norm(total / len(entity.text_tokens[e]), unit.context_norm)
    return (overall + affine(entity.text_global[e], unit.entity_global) @ context) / 2


def naive_direction(
    unit: GatedDirection, a: tuple[Tensor, Tensor], b: tuple[Tensor, Tensor]
) -> tuple[Tensor, Tensor]:
    (a_global, _), (b_global, b_tokens) = a, b
    q, k = affine(a_global, unit.global_map), affine(b_global, unit.global_map)
    p = sum(affine(t, unit.tokens_map) for t in b_tokens) / len(b_tokens)
    h = affine(layer_norm(p + q, unit.sum_norm), unit.hidden)
    if unit.concat:
        gate = affine(torch.cat([a_global, b_global, b_tokens.mean(0)]), unit.gate).sigmoid()
    else:
        gate = affine(h, unit.gate).tanh()
    return layer_norm(gate * h + k, unit.out_norm) @ layer_norm(q, unit.out_norm), gate[0]


def naive_vdlu(
    unit: Vdlu, mention: Features, entity: Features, m: int, e: int
) -> tuple[Tensor, Tensor, Tensor]:
    at_m = (mention.image_global[m], mention.image_tokens[m])
    at_e = (entity.image_global[e], entity.image_tokens[e])
    e2m, e2m_gate = naive_direction(unit.entity_to_mention, at_e, at_m)
    m2e, m2e_gate = naive_direction(unit.mention_to_entity, at_m, at_e)
    return (e2m + m2e) / 2, e2m_gate, m2e_gate


def naive_fused(unit: Cmfu, side: Features, n: int) -> tuple[Tensor, Tensor]:
    t = affine(side.text_global[n], unit.text)
    patches = [affine(v, unit.image) for v in side.image_tokens[n]]
    weights = torch.stack([t @ v for v in patches]).softmax(0)
    context = sum(w * v for w, v in zip(weights, patches, strict=True))
    gate = affine(t, unit.gate).tanh()
    return layer_norm(gate * t + context, unit.norm), gate[0]


def sides(shape: tuple[int, int, int, int]) -> tuple[Features, Features]:
    m, e, length, patches = shape
    torch.manual_seed(sum(shape))
    with_double = [random_features(n, length, patches, 6, 4) for n in (m, e)]
    return tuple(  # type: ignore[return-value]
        Features(
            *(t.double() for t in (f.text_global, f.text_tokens, f.image_global, f.image_tokens))
        )
        for f in with_double
    )


@pytest.mark.parametrize("shape", SHAPES)
def test_tglu_equals_the_loop(shape: tuple[int, int, int, int]) -> None:
    mention, entity = sides(shape)
    unit = scrambled(Tglu(6, 4))
    expected = torch.stack(
        [
            torch.stack([naive_tglu(unit, mention, entity, m, e) for e in range(shape[1])])
            for m in range(shape[0])
        ]
    )
    torch.testing.assert_close(unit(mention, entity), expected, rtol=1e-9, atol=1e-9)


@pytest.mark.parametrize("gate", GATES)
@pytest.mark.parametrize("shape", SHAPES)
def test_vdlu_equals_the_loop(shape: tuple[int, int, int, int], gate: str) -> None:
    mention, entity = sides(shape)
    unit = scrambled(Vdlu(4, gate))
    trace: dict[str, Tensor] = {}
    scores = unit(mention, entity, trace)
    for m in range(shape[0]):
        for e in range(shape[1]):
            score, e2m, m2e = naive_vdlu(unit, mention, entity, m, e)
            assert scores[m, e].item() == pytest.approx(score.item(), rel=1e-9)
            assert trace["vdlu_entity_to_mention"][m, e].item() == pytest.approx(e2m.item())
            assert trace["vdlu_mention_to_entity"][m, e].item() == pytest.approx(m2e.item())


@pytest.mark.parametrize("shape", SHAPES)
def test_cmfu_equals_the_loop(shape: tuple[int, int, int, int]) -> None:
    mention, entity = sides(shape)
    unit = scrambled(Cmfu(6, 4))
    trace: dict[str, Tensor] = {}
    scores = unit(mention, entity, trace)
    for m in range(shape[0]):
        for e in range(shape[1]):
            (left, gate), (right, _) = naive_fused(unit, mention, m), naive_fused(unit, entity, e)
            assert scores[m, e].item() == pytest.approx((left @ right).item(), rel=1e-9)
            assert trace["cmfu_mention"][m].item() == pytest.approx(gate.item())


def test_traces_have_their_shapes_and_ranges() -> None:
    mention, entity = sides((2, 3, 4, 5))
    trace: dict[str, Tensor] = {}
    for unit in (Tglu(6, 4), Vdlu(4, "tanh"), Cmfu(6, 4)):
        with_trace = unit.double()(mention, entity, trace)
        assert torch.equal(with_trace, unit(mention, entity))
    assert {name: tuple(t.shape) for name, t in trace.items()} == {
        "tglu_attention": (2, 3, 4, 4),
        "tglu_mean": (2, 3, 4),
        "tglu_global": (2, 3),
        "tglu_local": (2, 3),
        "vdlu_entity_to_mention": (2, 3),
        "vdlu_mention_to_entity": (2, 3),
        "cmfu_mention": (2,),
        "cmfu_mention_attention": (2, 5),
        "cmfu_entity": (3,),
        "cmfu_entity_attention": (3, 5),
    }
    for name in ("tglu_attention", "cmfu_mention_attention", "cmfu_entity_attention"):
        assert torch.allclose(trace[name].sum(-1), torch.ones(1, dtype=torch.float64))
    for name in ("vdlu_entity_to_mention", "vdlu_mention_to_entity", "cmfu_mention", "cmfu_entity"):
        assert trace[name].abs().max() < 1


@pytest.mark.parametrize("gate", GATES)
def test_every_weight_of_a_unit_gets_a_gradient(gate: str) -> None:
    mention, entity = sides((2, 3, 4, 5))
    for unit in (Tglu(6, 4), Vdlu(4, gate), Cmfu(6, 4)):
        unit.double()(mention, entity).square().sum().backward()
        for name, parameter in unit.named_parameters():
            assert parameter.grad is not None and parameter.grad.abs().sum() > 0, name


def test_loss_by_hand() -> None:
    """Even scores of two entities cost ln 2; a difference of ln 3 costs ln (4/3)."""
    even, sure = torch.zeros(2, 2), torch.eye(2) * math.log(3)
    scores = {"score": even, "tglu": sure, "vdlu": even, "cmfu": even}
    total, parts = unit_consistent_loss(scores, 0.5, torch.arange(2))
    ln2, low = math.log(2), math.log(4 / 3)
    assert parts.tolist() == pytest.approx([ln2, low, ln2, ln2])
    assert total.item() == pytest.approx(ln2 + 0.5 * (low + 2 * ln2))


def test_loss_without_a_unit() -> None:
    scores = dict.fromkeys(("tglu", "cmfu", "score"), torch.zeros(2, 2))
    total, parts = unit_consistent_loss(scores, 0.5, torch.arange(2))
    assert parts.tolist() == pytest.approx([math.log(2)] * 3)
    assert total.item() == pytest.approx(2 * math.log(2))


def test_an_ignored_pair_is_no_negative() -> None:
    scores = dict.fromkeys(("score", "tglu", "vdlu", "cmfu"), torch.zeros(2, 3))
    ignore = torch.tensor([[False, True, True], [False, False, True]])
    _, parts = unit_consistent_loss(scores, 1.0, torch.tensor([0, 1]), ignore)
    assert parts.tolist() == pytest.approx([math.log(2) / 2] * 4)

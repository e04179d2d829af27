"""The fast form against the units' direct form: the same scores, ranks and first places."""

from __future__ import annotations

import dataclasses
import itertools

import pytest
import torch
from support.scored_pairs import WEIGHTS, Case
from torch import Tensor

from mimic.index import protocol
from mimic.index.fast_units import met, picked, token_queries, vectors
from mimic.index.protocol import EQUAL, queries
from mimic.index.query import Query
from mimic.index.tglu_bounds import LocalPart
from mimic.metrics import count_ahead, ranks
from mimic.model.mimic import Side
from mimic.schema import UNITS

#: Mentions, entities, text width, unit width, text tokens, image tokens.
SHAPES = [(3, 300, 48, 24, 8, 5), (1, 1, 16, 8, 3, 2), (1, 90, 24, 8, 4, 3), (4, 9, 16, 8, 5, 2)]


@pytest.fixture(
    params=itertools.product(SHAPES, ("tanh", "sigmoid_concat"), (False, True)), ids=str
)
def case(request: pytest.FixtureRequest) -> Case:
    shape, gate, masked = request.param
    return Case(shape, gate, masked=masked)


def test_all_scores(case: Case) -> None:
    direct, fast = case.direct(), case.query().scores()
    for name in direct:
        torch.testing.assert_close(fast[name], direct[name], rtol=1e-4, atol=1e-4)


@pytest.mark.parametrize("weights", WEIGHTS, ids=str)
def test_first_places_and_their_scores(case: Case, weights: tuple[float, ...]) -> None:
    total = case.total(weights)
    k = min(10, total.shape[1])
    hits = case.query().top(k, weights)
    expected = total.sort(dim=1, descending=True, stable=True)
    assert torch.equal(hits.rows, expected.indices[:, :k])
    torch.testing.assert_close(hits.total, expected.values[:, :k], rtol=1e-4, atol=1e-4)
    for name, values in hits.units.items():
        torch.testing.assert_close(
            values, case.direct()[name].gather(1, hits.rows), rtol=1e-4, atol=1e-4
        )


@pytest.mark.parametrize("most", [protocol.PAIRS, 0], ids=["kept", "block by block"])
@pytest.mark.parametrize("weights", WEIGHTS, ids=str)
def test_ranks_of_given_entities(
    case: Case, weights: tuple[float, ...], most: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("mimic.index.query.PAIRS", most)
    total = case.total(weights)
    gold = torch.arange(len(total)) * 7 % total.shape[1]
    query = case.query()
    assert torch.equal(query.rank_of(gold, weights), ranks(total, gold))
    assert bool(query._known) == bool(most)


@pytest.mark.parametrize("temperature", [0.05, 0.7, 5.0])
def test_probabilities_told_by_their_side_of_some_edges(case: Case, temperature: float) -> None:
    """Each on the side of the true one, which the bounds mostly leave no doubt of."""
    edges = (0.1, 0.3, 0.31, 0.6, 0.9)
    open_ = torch.rand(4, case.query().size, generator=torch.Generator().manual_seed(4)) < 0.7
    open_[:, 0] = True
    for only in (None, open_):
        asked, exact = case.query(), case.query()
        score = case.direct()["score"] / temperature
        if only is not None:
            score = score.masked_fill(~only[: len(score)], -torch.inf)
        softmax = score.softmax(1)
        for i in range(asked.count):
            rows = score[i].topk(min(2, asked.size)).indices[: int(score[i].isfinite().sum())]
            own = None if only is None else only[i]
            told = asked.probability(i, rows, temperature, own, edges)
            for edge in edges:
                assert torch.equal(told >= edge, softmax[i, rows] >= edge)
            exact.probability(i, rows, temperature, own)
        counts = [int((~one.known()["local"].isnan()).sum()) for one in (asked, exact)]
        assert counts[0] <= counts[1]


def test_a_flat_softmax_is_exact_without_most_of_its_parts() -> None:
    """What is known of the denominator at first is a small part of it."""
    case = Case((1, 5000, 64, 8, 6, 3))
    asked = case.query(block=1000)
    rows = asked.top(1).rows[0]
    expected = (case.direct()["score"][0] / 50).softmax(0)[rows]
    torch.testing.assert_close(asked.probability(0, rows, 50.0), expected, rtol=5e-4, atol=0)


@pytest.mark.parametrize("first", [True, False])
def test_where_given_entities_stand(case: Case, first: bool) -> None:
    """The first ones of each mention, or any."""
    trace: dict[str, Tensor] = {}
    with torch.no_grad():
        case.net.score(case.mention, case.entity, trace)
    direct, query = case.direct(), case.query()
    k = min(5, query.size)
    anywhere = torch.stack([torch.randperm(query.size)[:k] for _ in range(query.count)])
    rows = query.top(k).rows if first else anywhere
    for i, standings in enumerate(query.standing(rows, 0.7)):
        softmax = (direct["score"][i] / 0.7).softmax(0)
        assert [standing.row for standing in standings] == rows[i].tolist()
        for standing in standings:
            assert list(standing.ranks) == list(standing.scores) == ["total", *UNITS]
            for name in standing.ranks:
                scores = direct["score" if name == "total" else name][i]
                place = ranks(scores[None], torch.tensor([standing.row]))
                assert standing.ranks[name] == place.item()
                expected = pytest.approx(scores[standing.row].item(), rel=1e-4, abs=1e-4)
                assert standing.scores[name] == expected
            likely = softmax[standing.row].item()
            assert standing.probability == pytest.approx(likely, rel=1e-3, abs=1e-6)
            for name, gate in dataclasses.asdict(standing.gates).items():
                own = trace[name][i] if name != "cmfu_entity" else trace[name]
                own = own if name == "cmfu_mention" else own[standing.row]
                assert gate == pytest.approx(own.item(), rel=1e-4, abs=1e-4)


def test_queries_ask_about_a_batch_at_a_time() -> None:
    """And progress is told when all was asked about it."""
    case, events = Case((1, 9, 16, 8, 5, 2)), list[object]()

    def side(part: slice) -> Side:
        events.append(part)
        return case.mention

    def ask(own: Side) -> Query:
        return Query(case.fast, own, [case.rows])

    for part, query in queries(130, side, ask, lambda *at: events.append(at)):
        events.append((part.start, query.size))
    parts = [slice(0, 64), slice(64, 128), slice(128, 130)]
    assert events == [e for p in parts for e in (p, (p.start, 9), (p.stop, 130))]
    assert not list(queries(0, side, ask))


def test_gates(case: Case) -> None:
    trace: dict[str, Tensor] = {}
    with torch.no_grad():
        case.net.score(case.mention, case.entity, trace)
    hits = case.query().top(min(3, len(case.rows["numbers"])))
    for name in ("vdlu_entity_to_mention", "vdlu_mention_to_entity"):
        expected = trace[name].gather(1, hits.rows)
        torch.testing.assert_close(hits.gates[name], expected, rtol=1e-4, atol=1e-4)
    torch.testing.assert_close(hits.gates["cmfu_entity"], trace["cmfu_entity"][hits.rows])
    torch.testing.assert_close(hits.gates["cmfu_mention"][:, 0], trace["cmfu_mention"])


def test_the_units_side_comes_back_from_what_is_stored(case: Case) -> None:
    back = case.fast.side(case.rows)
    for unit, tensors in case.entity.items():
        assert set(back[unit]) == set(tensors)
        for name, tensor in tensors.items():
            torch.testing.assert_close(back[unit][name], tensor)


def test_picked_rows_keep_their_order_and_may_repeat() -> None:
    case = Case((1, 9, 16, 8, 5, 2))
    blocks = [{n: t[a : a + 4] for n, t in case.rows.items()} for a in (0, 4, 8)]
    for rows in ([3, 8, 0], [5], [4, 4, 6, 6], list(range(8, -1, -1))):
        found = picked(blocks, torch.tensor(rows))
        assert torch.equal(found["query"], case.rows["query"][rows])


def test_only_the_allowed_are_ranked() -> None:
    case = Case(SHAPES[0])
    allowed = torch.arange(300) % 3 == 1
    hits = case.query().top(10, EQUAL, allowed)
    expected = case.direct()["score"].masked_fill(~allowed, -torch.inf)
    assert torch.equal(hits.rows, expected.sort(descending=True, stable=True).indices[:, :10])


@pytest.mark.parametrize("masked", [False, True])
@pytest.mark.parametrize("dtype", [torch.float16, torch.bfloat16])
def test_stored_precision_scores_as_its_own_rows(dtype: torch.dtype, masked: bool) -> None:
    """In half precision the fast form equals the direct form on the rounded rows."""
    case = Case(SHAPES[0], masked=masked)
    rows = case.fast.stored(case.entity, dtype)
    case.entity = case.fast.side(rows)
    assert rows["query"].dtype == dtype and rows["numbers"].dtype == torch.float32
    direct, fast = case.direct(), case.query(rows).scores()
    for name in direct:
        torch.testing.assert_close(fast[name], direct[name], rtol=1e-3, atol=1e-3)


def test_equal_scores_rank_in_the_order_of_the_entities() -> None:
    """Each entity stands there three times, in three blocks."""
    case = Case((2, 40, 24, 8, 4, 3))
    thrice = {name: torch.cat([tensor] * 3) for name, tensor in case.rows.items()}
    query = case.query(thrice, block=40)
    score = query.scores()["score"]
    assert torch.equal(score[:, :40], score[:, 40:80])
    rows = case.query(thrice, block=40).top(9).rows
    order = case.direct()["score"].sort(dim=1, descending=True).indices[:, :3]
    assert torch.equal(rows, torch.stack([order, order + 40, order + 80], -1).flatten(1))
    best = order[:, 0]
    assert case.query(thrice, block=40).rank_of(best + 80).tolist() == [3, 3]


def test_a_score_that_is_no_number_ranks_last() -> None:
    case = Case(SHAPES[0])
    case.rows["fused"][5] = torch.nan
    rows = case.query().top(299).rows
    assert not (rows == 5).any()
    gold = torch.tensor([5, 5, 0])
    assert case.query().rank_of(gold)[:2].tolist() == [300, 300]


@pytest.mark.parametrize("shift", [0.0, 2.0, -2.0])
@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("masked", [False, True])
def test_the_local_part_lies_within_its_bounds(masked: bool, shift: float, seed: int) -> None:
    """For values on all sides of the origin, and for values that all point one way."""
    case = Case((3, 200, 24, 8, 6, 3), seed=seed, masked=masked)
    tglu = case.mention["tglu"]
    tglu["value"] += shift * torch.arange(8.0)
    part = LocalPart(case.net.tglu, tglu, *token_queries(case.rows, slice(20)))
    cls, norm = case.entity["tglu"]["cls"], case.net.tglu.context_norm
    beta, length = cls @ norm.bias, (cls * norm.weight).norm(dim=-1)
    for i in range(3):
        exact = part.exact(i, *token_queries(case.rows), case.rows["cls"], beta)
        low, high = part.bounds(i, case.rows["cls"], beta)
        assert (low <= exact).all() and (exact <= high).all()
        assert ((exact - beta).abs() <= part.widest(length, beta)).all()
        rows = torch.arange(5, 200, 3)
        some = part.exact(i, *token_queries(case.rows), case.rows["cls"][rows], beta[rows], rows)
        torch.testing.assert_close(some, exact[rows])


def test_the_bound_spares_entities_and_changes_nothing() -> None:
    """With a strong global part few entities can reach the first places."""
    case = Case((2, 5000, 64, 8, 6, 3))
    for side in (case.mention, case.entity):
        side["tglu"]["global"] *= 4
    case.rows = case.fast.stored(case.entity)
    hits = case.query(block=1000).top(10)
    assert 0 < hits.scored < 0.5
    expected = case.direct()["score"].sort(descending=True, stable=True).indices[:, :10]
    assert torch.equal(hits.rows, expected)


def test_sixteen_bits_keep_a_vector_to_half_a_step_of_its_largest_number() -> None:
    case = Case(SHAPES[0])
    fused = case.entity["cmfu"]["fused"]
    fused[0], fused[1] = 0, torch.nan
    rows = case.fast.stored(case.entity, torch.float16)
    found, step = vectors(rows, "fused"), fused.abs().amax(1, keepdim=True) / 32767
    assert rows["fused"].dtype == torch.int16 and rows["query"].dtype == torch.float16
    assert not found[0].any() and found[1].isnan().all()
    assert ((found - fused).abs() <= 0.51 * step)[2:].all()
    chosen = torch.tensor([5, 2])
    assert torch.equal(vectors(rows, "fused", chosen), found[chosen])
    torch.testing.assert_close(met(fused[3:4], rows, "fused"), fused[3:4] @ found.T, equal_nan=True)


@pytest.mark.parametrize("seed", range(20))
def test_how_many_rank_ahead_of_many_values_is_what_counting_one_by_one_gives(seed: int) -> None:
    draw = torch.Generator().manual_seed(seed)
    entities, asked = 200, 60

    def whole(high: int, size: int, low: int = 0) -> Tensor:
        return torch.randint(low, high, (size,), generator=draw)

    score = whole(8, entities).float()
    score[whole(entities, 9)] = torch.nan
    rows = whole(entities + 20, asked, -20)  # some are no part of these entities
    inside = (rows >= 0) & (rows < entities)
    values = torch.where(inside, score[rows.clamp(0, entities - 1)], whole(8, asked).float())
    values[:9] -= 0.25  # its own score was rounded otherwise
    expected = []
    for value, row in zip(values.nan_to_num(-torch.inf).tolist(), rows.tolist(), strict=True):
        ahead = [
            number
            for number, other in enumerate(score.nan_to_num(-torch.inf).tolist())
            if number != row and (other > value or (other == value and number < row))
        ]
        expected.append(len(ahead))
    assert count_ahead(score, values, rows).tolist() == expected


def test_a_hundred_thousand_values_are_ranked_by_one_sort() -> None:
    score = torch.randn(100_000, generator=torch.Generator().manual_seed(1)).round(decimals=3)
    rows = score.sort(descending=True, stable=True).indices
    assert torch.equal(count_ahead(score, score[rows], rows), torch.arange(100_000))

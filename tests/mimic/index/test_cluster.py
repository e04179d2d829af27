"""Answers of many parts made one: the same as from one index. No Ray is needed here."""

from __future__ import annotations

import itertools
import sys
from collections.abc import Sequence
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import torch
from support.scored_pairs import WEIGHTS, Case

from mimic.data.layout import read_kb
from mimic.errors import InputError
from mimic.index.cluster.build import lines, table
from mimic.index.cluster.connect import connect, places
from mimic.index.cluster.index import Actors, ClusterQuery, split
from mimic.index.entity_index import build
from mimic.index.fast_units import EntityBlock
from mimic.index.query import Query
from mimic.index.shards import MANIFEST, Line
from mimic.schema import UNITS

#: Entities of the parts of each case; one has fewer than are asked for, some have one alone.
CASES = [
    ((3, 300, 48, 24, 8, 5), (120, 3, 177)),
    ((1, 90, 24, 8, 4, 3), (1, 1, 88)),
    ((4, 9, 16, 8, 5, 2), (9,)),
]


class Here(Actors):
    """Parts in this process, asked as those of a cluster are."""

    def __init__(self, case: Case, rows: EntityBlock, sizes: Sequence[int]) -> None:
        super().__init__(SimpleNamespace(put=lambda value: value), [], sizes)
        self.queries = [
            case.query({name: t[a : a + n] for name, t in rows.items()})
            for a, n in zip(self.starts, sizes, strict=True)
        ]

    def ask(
        self,
        key: str,
        mention: Any,
        question: str,
        arguments: Sequence[Any],
        restrict: torch.Tensor | None = None,
    ) -> list[Any]:
        parts = self._parted(restrict)
        for query, mask in zip(self.queries, parts, strict=True):
            query._restrict = mask
        pairs = zip(self.queries, arguments, strict=True)
        return [getattr(query, question)(**own) for query, own in pairs]


def both(
    case: Case, sizes: Sequence[int], rows: EntityBlock | None = None
) -> tuple[ClusterQuery, Query]:
    rows = case.rows if rows is None else rows
    here = Here(case, rows, sizes)
    return ClusterQuery(here, case.mention, torch.device("cpu")), case.query(rows)


@pytest.fixture(params=itertools.product(CASES, (False, True)), ids=str)
def asked(request: pytest.FixtureRequest) -> tuple[ClusterQuery, Query]:
    (shape, sizes), masked = request.param
    return both(Case(shape, masked=masked), sizes)


def same(found: Any, expected: Any) -> None:
    assert torch.equal(found.rows, expected.rows)
    torch.testing.assert_close(found.total, expected.total, rtol=1e-6, atol=1e-5)
    for name in ("units", "gates"):
        a, b = getattr(found, name), getattr(expected, name)
        assert set(a) == set(b)
        for key, values in b.items():
            torch.testing.assert_close(a[key], values, rtol=1e-6, atol=1e-5)


@pytest.mark.parametrize("weights", WEIGHTS, ids=str)
def test_the_first_places_and_ranks(
    asked: tuple[ClusterQuery, Query], weights: tuple[float, ...]
) -> None:
    cluster, local = asked
    k = min(10, local.size)
    same(cluster.top(k, weights), local.top(k, weights))
    gold = torch.arange(local.count) * 71 % local.size
    assert torch.equal(cluster.rank_of(gold, weights), local.rank_of(gold, weights))


def test_everything_else(asked: tuple[ClusterQuery, Query]) -> None:
    cluster, local = asked
    assert (cluster.count, cluster.size) == (local.count, local.size)
    rows = torch.stack([torch.randperm(local.size)[:5] for _ in range(local.count)])
    same(cluster.hits(rows), local.hits(rows))
    scores = local.scores()
    for name, values in cluster.scores().items():
        torch.testing.assert_close(values, scores[name], rtol=1e-6, atol=1e-5)
    for i in range(local.count):
        for chosen in (rows[i], local.top(3).rows[i]):
            ranks = cluster.ranks(i, chosen)
            assert list(ranks) == ["total", *UNITS]
            for name, expected in local.ranks(i, chosen).items():
                assert torch.equal(ranks[name], expected)
            softmax = (scores["score"][i] / 0.7).softmax(0)[chosen]
            torch.testing.assert_close(
                cluster.probability(i, chosen, 0.7), softmax, rtol=1e-4, atol=1e-6
            )


def test_where_given_entities_stand(asked: tuple[ClusterQuery, Query]) -> None:
    cluster, local = asked
    rows = torch.stack([torch.randperm(local.size)[:5] for _ in range(local.count)])
    for mine, here in zip(cluster.standing(rows, 0.7), local.standing(rows, 0.7), strict=True):
        for a, b in zip(mine, here, strict=True):
            assert (a.row, a.ranks) == (b.row, b.ranks)
            assert a.scores == pytest.approx(b.scores, rel=1e-6, abs=1e-5)
            assert a.probability == pytest.approx(b.probability, rel=1e-3)
            assert vars(a.gates) == pytest.approx(vars(b.gates), rel=1e-6, abs=1e-5)


def test_only_what_is_allowed_is_found(asked: tuple[ClusterQuery, Query]) -> None:
    cluster, local = asked
    allowed = torch.rand(local.count, local.size) < 0.5
    allowed[:, :3], allowed[:, -4:] = False, True
    same(cluster.top(4, restrict=allowed), local.top(4, restrict=allowed))
    one = allowed[0]
    same(cluster.top(2, restrict=one), local.top(2, restrict=one))
    rows = cluster.top(1, restrict=one).rows[0]
    torch.testing.assert_close(
        cluster.probability(0, rows, 2.0, one), local.probability(0, rows, 2.0, one)
    )


def test_equal_entities_rank_in_the_order_of_the_index() -> None:
    case = Case((2, 6, 16, 8, 5, 2))
    rows = {name: torch.cat([t, t, t]) for name, t in case.rows.items()}  # each entity three times
    cluster, local = both(case, (5, 7, 6), rows)
    found = cluster.top(18).rows
    assert torch.equal(found, local.top(18).rows)
    assert (found.reshape(2, 6, 3).diff(dim=2) == 6).all()
    for row in range(18):
        gold = torch.tensor([row, 17 - row])
        place = (found == gold[:, None]).nonzero()[:, 1]
        # A lone score may be rounded otherwise than in a batch: among equals any place is right.
        assert torch.equal((cluster.rank_of(gold) - 1) // 3, place // 3)
    for ranks in cluster.ranks(0, torch.arange(18)).values():
        assert sorted(ranks.tolist()) == list(range(1, 19))


def test_shards_are_split_into_runs() -> None:
    shards: list[Any] = [{"name": f"s{i}", "rows": 1} for i in range(7)]
    for parts in range(1, 8):
        groups = split(shards, parts)
        assert [s for group in groups for s in group] == shards
        assert max(map(len, groups)) - min(map(len, groups)) <= 1 and len(groups) == parts


def nodes(**resources: dict[str, float]) -> Any:
    told = [{"NodeID": n, "Alive": n != "dead", "Resources": r} for n, r in resources.items()]
    return SimpleNamespace(nodes=lambda: told)


def test_places_go_round_the_nodes_and_prefer_gpus() -> None:
    ray = nodes(a={"CPU": 3.0}, b={"CPU": 1.0}, dead={"CPU": 9.0, "GPU": 9.0}, none={})
    assert [p.node for p in places(ray, "auto")] == ["a", "b", "a", "a"]
    ray = nodes(a={"CPU": 3.0}, b={"CPU": 1.0, "GPU": 2.0})
    assert [(p.node, p.gpu) for p in places(ray, "auto")] == [("b", True), ("b", True)]
    assert len(places(ray, "cpu")) == 4
    with pytest.raises(InputError, match="no node of the cluster has one"):
        places(nodes(a={"CPU": 1.0}), "cuda")


def test_without_ray_the_way_to_it_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "ray", None)
    with pytest.raises(InputError, match=r"pip install -r requirements-cluster\.txt"):
        connect("auto")


def test_lines_travel_whole(data: Path) -> None:
    chunk = [Line.of(entity) for entity in read_kb(data).entities]
    assert lines(table(chunk)) == chunk


def test_a_folder_that_the_workers_do_not_share(data: Path, tmp_path: Path) -> None:
    def elsewhere(*arguments: Any, **options: Any) -> None: ...

    encoder: Any = SimpleNamespace(model="model", rows=None)
    with pytest.raises(InputError, match="every node must see this folder"):
        build(tmp_path, encoder, read_kb(data).entities, make=elsewhere)
    assert not (tmp_path / MANIFEST).exists()


@pytest.mark.parametrize(("shape", "sizes"), CASES)
def test_a_restricted_question_has_one_answer(
    shape: tuple[int, ...], sizes: tuple[int, ...]
) -> None:
    case = Case(shape)
    many, one = both(case, sizes)
    mask = torch.arange(many.size).remainder(2).eq(0).repeat(many.count, 1)
    many._restrict = one._restrict = mask
    hits = one.top(1)
    assert mask.gather(1, hits.rows).all()
    torch.testing.assert_close(many.top(1).rows, hits.rows)
    torch.testing.assert_close(many.rank_of(hits.rows[:, 0]), torch.ones(many.count).long())
    for mention, rows in enumerate(hits.rows):
        for name, ranks in one.ranks(mention, rows).items():
            assert many.ranks(mention, rows)[name].tolist() == ranks.tolist()
        shown, said = (q.probability(mention, rows, 2.0) for q in (many, one))
        torch.testing.assert_close(shown, said, rtol=2e-3, atol=1e-6)

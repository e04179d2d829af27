"""ClusterIndex: an index whose shards lie in the memory of many processes of a Ray cluster."""

from __future__ import annotations

import bisect
import itertools
import uuid
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import torch
from torch import Tensor

from mimic.errors import InputError
from mimic.index.cluster.connect import Place, connect, places, why
from mimic.index.cluster.merge import merged, taken, together
from mimic.index.cluster.part import Part, Units, moved
from mimic.index.entity_index import manifest_of
from mimic.index.fast_units import FastUnits, picked
from mimic.index.pair_scores import weighted
from mimic.index.protocol import EQUAL, RANK_BY, Answers, Hits
from mimic.index.shard_reader import open_shard, open_table
from mimic.index.shards import EntityTable, Entry, steadily

if TYPE_CHECKING:
    from mimic.model.mimic import Mimic, Side

#: Seconds that a question waits for a part, which may be starting again, and that the first start
#: may take.
WAIT, START = 300.0, 1800.0
#: Bytes that a part reserves: something, or Ray would not heed where it belongs, and no CPU, so
#: that an index can be built beside it.
RESERVED = 1 << 20


class ClusterIndex:
    """A stored index, searched by one process for each core (or GPU) of a cluster.

    Mentions travel to the parts, and scores back; entities' features never do. A part that dies is
    started again, elsewhere if its node is gone; a question waits for it. An answer is always one
    about the whole index.

    Args:
        folder: of the index; every node must see it at this path.
        net: the model; its units are sent to the parts.
        model: its fingerprint.
        address: of the cluster.
        device: `auto`, `cpu` or `cuda`: where the parts hold the entities.
        verify: of its share, by every part, as `open_shards`.

    Attributes:
        parts: how many there are.

    Raises:
        InputError: no cluster, no such device, or a part cannot open its shards.
    """

    def __init__(
        self,
        folder: Path,
        net: Mimic,
        model: str,
        address: str,
        device: str = "auto",
        verify: bool | None = None,
    ) -> None:
        self.folder = folder.resolve()
        self._device, self._units = net.device, FastUnits(net)
        manifest_of(folder, model)  # before a cluster is asked
        ray = connect(address)
        self._sent = ray.put(Units(net).eval())  # kept: a part that starts again reads it again
        steadily(folder, lambda: self._start(ray, manifest_of(folder, model), device, verify))

    def _start(self, ray: Any, manifest: dict[str, Any], device: str, verify: bool | None) -> None:
        """Opens the tables here and the shards in the parts."""
        self.model, self._shards = manifest["model"], manifest["shards"]
        self.entities = EntityTable(self.folder, [open_table(self.folder, s) for s in self._shards])
        where = places(ray, device)[: len(self._shards)]
        groups = split(self._shards, len(where))
        self.parts = len(groups)
        actors = [
            _started(ray, place).remote(
                str(self.folder),
                group,
                self._sent,
                self.model,
                manifest["dtype"],
                "cuda" if place.gpu else "cpu",
                verify,
            )
            for place, group in zip(where, groups, strict=True)
        ]
        sizes = [sum(shard["rows"] for shard in group) for group in groups]
        self._actors = Actors(ray, actors, sizes)
        try:
            self._actors.check()
        except InputError:
            self._actors.close()
            raise

    def __len__(self) -> int:
        return len(self.entities)

    def query(self, mention: Side, restrict: Tensor | None = None) -> ClusterQuery:
        """All questions about some mentions, as `EntityIndex.query`."""
        return ClusterQuery(self._actors, mention, self._device, restrict)

    def picked(self, rows: Sequence[int]) -> Side:
        """The entity side of the units for some rows, read from the files."""
        starts = [0, *itertools.accumulate(shard["rows"] for shard in self._shards)]
        blocks = []
        for row in rows:
            place = bisect.bisect_right(starts, row) - 1
            shard = open_shard(self.folder, self._shards[place])
            blocks.append(picked([shard.rows], torch.tensor([row - starts[place]])))
        block = {name: torch.cat([b[name] for b in blocks]).to(self._device) for name in blocks[0]}
        return self._units.side(block)

    def where(self) -> list[tuple[str, int]]:
        """Node and process number of every part."""
        return self._actors.where()

    def close(self) -> None:
        """Ends the parts; they also end with this process."""
        self._actors.close()


def split(shards: Sequence[Entry], parts: int) -> list[list[Entry]]:
    """At most so many runs of shards that follow each other, with about as many shards each."""
    cuts = [len(shards) * i // parts for i in range(parts + 1)]
    return [list(shards[a:b]) for a, b in itertools.pairwise(cuts) if b > a]


def _started(ray: Any, place: Place) -> Any:
    from ray.util.scheduling_strategies import NodeAffinitySchedulingStrategy

    return ray.remote(Part).options(
        num_cpus=0,
        memory=RESERVED,
        num_gpus=1 if place.gpu else 0,
        max_restarts=-1,
        max_task_retries=-1,
        scheduling_strategy=NodeAffinitySchedulingStrategy(place.node, soft=True),
    )


class Actors:
    """The parts of an index, and how they are asked.

    Attributes:
        sizes: entities of each part; starts: the first row of each.
    """

    def __init__(self, ray: Any, actors: Sequence[Any], sizes: Sequence[int]) -> None:
        self.ray, self._actors, self.sizes = ray, actors, sizes
        self.starts = [sum(sizes[:i]) for i in range(len(sizes))]

    def owner(self, rows: Tensor) -> Tensor:
        """Which part each row of the index lies in."""
        return torch.searchsorted(torch.tensor(self.starts), rows.contiguous(), right=True) - 1

    def check(self) -> None:
        """Waits until every part has opened its shards; raises as `ask`."""
        self._wait([actor.__ray_ready__.remote() for actor in self._actors], START)

    def ask(
        self,
        key: str,
        mention: Any,
        question: str,
        arguments: Sequence[dict[str, Any]],
        restrict: Tensor | None = None,
    ) -> list[Any]:
        """The answer of every part, each to its own arguments.

        Args:
            restrict: bool `[M, E]`; only these entities are there.

        Raises:
            InputError: a part does not answer in time, or cannot open its shards any more.
        """
        return self._wait(
            [
                actor.ask.remote(key, mention, question, own, mask)
                for actor, own, mask in zip(
                    self._actors, arguments, self._parted(restrict), strict=True
                )
            ],
            WAIT,
        )

    def _parted(self, restrict: Tensor | None) -> list[Tensor | None]:
        if restrict is None:
            return [None] * len(self.sizes)
        return [part.clone() for part in restrict.split(list(self.sizes), dim=1)]

    def where(self) -> list[tuple[str, int]]:
        """Node and process number of each; raises as `ask`."""
        return self._wait([actor.where.remote() for actor in self._actors], WAIT)

    def _wait(self, calls: list[Any], seconds: float) -> list[Any]:
        errors = self.ray.exceptions
        try:
            return list(self.ray.get(calls, timeout=seconds))
        except errors.GetTimeoutError:
            ready, _ = self.ray.wait(calls, num_returns=len(calls), timeout=0)
            raise InputError(
                f"{len(calls) - len(ready)} of the {len(self._actors)} parts of the index did not "
                f"answer within {seconds:.0f} s (they may be starting again): try again"
            ) from None
        except errors.RayTaskError as error:
            if isinstance(error.cause, InputError):
                raise InputError(str(error.cause)) from None
            raise
        except errors.RayError as error:
            raise InputError(f"a part of the index is lost: {why(error)}; start again") from None

    def close(self) -> None:
        """Ends the processes."""
        for actor in self._actors:
            self.ray.kill(actor)


class ClusterQuery(Answers):
    """The questions about M mentions, put to every part; `query.Query` says what each one is."""

    def __init__(
        self,
        actors: Actors,
        mention: Side,
        device: torch.device,
        restrict: Tensor | None = None,
    ) -> None:
        self._restrict = None if restrict is None else restrict.cpu()
        self.count, self.size = len(mention["cmfu"]["fused"]), sum(actors.sizes)
        self._actors, self._device = actors, device
        self._key, self._mention = uuid.uuid4().hex, actors.ray.put(moved(mention, "cpu"))
        self._last: Hits | None = None

    def top(self, k: int, weights: Sequence[float] = EQUAL, restrict: Tensor | None = None) -> Hits:
        restrict = None if restrict is None else restrict.cpu()
        if self._restrict is not None:
            restrict = self._restrict if restrict is None else restrict & self._restrict
        hits = self._all(
            "top",
            lambda a, b: {
                "k": min(k, b - a),
                "weights": weights,
                "restrict": None if restrict is None else restrict[..., a:b],
            },
        )
        return self._keep(merged(hits, self._actors.sizes, k, restrict))

    def hits(self, rows: Tensor, weights: Sequence[float] = EQUAL) -> Hits:
        rows = rows.cpu()
        hits = self._all(
            "hits", lambda a, b: {"rows": (rows - a).clamp(0, b - a - 1), "weights": weights}
        )
        own = self._actors.owner(rows) * rows.shape[1] + torch.arange(rows.shape[1])
        return self._keep(taken(together(hits, self._actors.sizes), own))

    def scores(self) -> dict[str, Tensor]:
        scores = self._all("scores", lambda a, b: {})
        return {n: torch.cat([s[n] for s in scores], 1).to(self._device) for n in scores[0]}

    def ranks(self, mention: int, rows: Tensor) -> dict[str, Tensor]:
        rows = rows.cpu()
        values = self._values(mention, rows)
        values["total"] = weighted(2 * values["tglu"], values["vdlu"], values["cmfu"], EQUAL)
        ahead = self._all(
            "lists_ahead", lambda a, b: {"mention": mention, "values": values, "rows": rows - a}
        )
        return {
            name: 1 + torch.stack([own[name] for own in ahead]).sum(0).to(self._device)
            for name in RANK_BY
        }

    def probability(
        self,
        mention: int,
        rows: Tensor,
        temperature: float,
        restrict: Tensor | None = None,
        edges: Sequence[float] | None = None,
    ) -> Tensor:
        rows, restrict = rows.cpu(), None if restrict is None else restrict.cpu()
        values = self._values(mention, rows)
        score = (values["tglu"] + values["vdlu"] + values["cmfu"]) / 3 / temperature
        masses = self._all(
            "mass",
            lambda a, b: {
                "mention": mention,
                "temperature": temperature,
                "floor": score.logsumexp(0),
                "restrict": None if restrict is None else restrict[a:b],
                "parts": len(self._actors.sizes),
            },
        )
        return (score - torch.stack(masses).logsumexp(0)).exp().to(self._device)

    def rank_of(self, gold: Tensor, weights: Sequence[float] = EQUAL) -> Tensor:
        gold = gold.cpu()
        scores = self._all(
            "own_scores", lambda a, b: {"gold": (gold - a).clamp(0, b - a - 1), "weights": weights}
        )
        own = torch.stack(scores)[self._actors.owner(gold), torch.arange(self.count)]
        ahead = self._all("ahead", lambda a, b: {"own": own, "gold": gold - a, "weights": weights})
        return 1 + torch.stack(ahead).sum(0).to(self._device)

    def _values(self, mention: int, rows: Tensor) -> dict[str, Tensor]:
        """Scores of the given entities by each unit, `[k]`, on the CPU."""
        if self._last is None or not torch.equal(self._last.rows[mention].cpu(), rows):
            self.hits(rows.expand(self.count, -1))
        assert self._last is not None
        return {unit: values[mention].cpu() for unit, values in self._last.units.items()}

    def _keep(self, hits: Hits) -> Hits:
        self._last = moved(hits, str(self._device))
        return self._last

    def _all(self, question: str, arguments: Callable[[int, int], dict[str, Any]]) -> list[Any]:
        """The answer of every part to what is asked about its rows from a to b."""
        actors = self._actors
        ranges = zip(actors.starts, actors.sizes, strict=True)
        own = [arguments(a, a + size) for a, size in ranges]
        return actors.ask(self._key, self._mention, question, own, self._restrict)

"""What a cluster brings and costs: `python benchmarks/scale.py --json`.

Starts Ray on this machine alone, on 127.0.0.1, with a worker for each of `--workers`, and compares
with one process of one thread: the same search over drawn entities (`benchmarks/index.py`), and the
same encoding of the bundled knowledge base, in small shards. More workers than cores share them:
their times then say what many parts cost, not what many cores bring. `extrapolated` is arithmetic,
not measured.
"""

from __future__ import annotations

import argparse
import json
import logging
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

os.environ |= {"RAY_ENABLE_WINDOWS_OR_OSX_CLUSTER": "0", "RAY_USAGE_STATS_ENABLED": "0"}
ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

import torch  # noqa: E402

import mimic.index.entity_index  # noqa: E402
from benchmarks.index import Drawn, Encoder, K, _cpu  # noqa: E402
from mimic.data.layout import read_kb  # noqa: E402
from mimic.index.cluster.build import made_on  # noqa: E402
from mimic.index.cluster.index import ClusterIndex  # noqa: E402
from mimic.index.entity_encoder import EntityEncoder  # noqa: E402
from mimic.index.entity_index import EntityIndex, build  # noqa: E402
from mimic.index.protocol import Index  # noqa: E402
from mimic.io.terminal import Parser  # noqa: E402
from mimic.linking.linker import BUNDLED_KB, BUNDLED_MODEL  # noqa: E402
from mimic.model.mimic import fingerprint, load_model, versions  # noqa: E402
from mimic.model.processor import Processor, load_tokenizer  # noqa: E402
from mimic.schema import Entity  # noqa: E402

#: Entities of a shard when the bundled knowledge base is encoded: enough shards to share out.
SMALL = 64
#: What is extrapolated: entities, and seconds that a link may take.
WISHES = ((5_000_000, 1.0), (100_000_000, 1.0), (100_000_000, 5.0))


@contextmanager
def cluster(workers: int) -> Iterator[str]:
    """A cluster of this machine alone, for as long as it is needed: its address."""
    import ray

    context: Any = ray.init(
        num_cpus=workers,
        object_store_memory=100_000_000,
        include_dashboard=False,
        log_to_driver=False,
        logging_level=logging.ERROR,
    )
    try:
        yield str(context.address_info["address"])
    finally:
        ray.shutdown()


def search(options: argparse.Namespace, folder: Path) -> dict[str, Any]:
    """Seconds of a search and of all that a link asks, here and on the cluster."""
    source = Drawn(1, options.seed)
    encoder: Any = Encoder(source)
    numbered = [Entity(str(i), f"entity {i}", "", None) for i in range(options.entities)]
    build(folder, encoder, numbered, options.dtype)
    with torch.inference_mode():
        side = source.net.mention_side(source.mention)

    def link(index: Index) -> list[int]:
        query = index.query(side)
        rows = query.top(K).rows[0]
        query.probability(0, rows, 1.0)
        query.ranks(0, rows)
        return rows.tolist()

    here = EntityIndex.open(folder, source.net, encoder.model)
    asked: dict[str, Callable[[Index], list[int]]] = {
        "search_s": lambda index: index.query(side).top(K).rows[0].tolist(),
        "link_s": link,
    }
    right = link(here)
    report: dict[str, Any] = {n: _median(f, here, options.repeats) for n, f in asked.items()}
    report["workers"] = {}
    for workers in options.workers:
        with cluster(workers) as address:
            began = time.perf_counter()
            index = ClusterIndex(folder, source.net, encoder.model, address, "cpu")
            row: dict[str, Any] = {"open_s": time.perf_counter() - began, "parts": index.parts}
            row |= {n: _median(f, index, options.repeats) for n, f in asked.items()}
            row["queries_per_s"] = 1 / row["link_s"]
            row["same_first_places"] = link(index) == right
            index.close()
        report["workers"][workers] = row
    return report


def encode(options: argparse.Namespace, folder: Path) -> dict[str, Any]:
    """Entities per second of the bundled model, here and on the cluster, without the start."""
    net, _ = load_model(BUNDLED_MODEL)
    processor = Processor(net.config, load_tokenizer(net.config, BUNDLED_MODEL))
    encoder = EntityEncoder(net, processor, fingerprint(BUNDLED_MODEL))
    entities = read_kb(BUNDLED_KB).entities
    mimic.index.entity_index.SHARD = SMALL

    def rate(name: str, make: Any = None) -> float:
        seen: list[tuple[float, int]] = []

        def told(done: int, total: int) -> None:
            if done:
                seen.append((time.perf_counter(), done))

        build(folder / name, encoder, entities, options.dtype, told, make)
        (began, first), (ended, last) = seen[0], max(seen, key=lambda s: s[1])
        return (last - first) / (ended - began)

    report: dict[str, Any] = {"entities": len(entities), "per_s": rate("here"), "workers": {}}
    for workers in options.workers:
        with cluster(workers) as address:
            made = made_on(address, BUNDLED_MODEL, device="cpu")
            report["workers"][workers] = {"per_s": rate(str(workers), made)}
    return report


def extrapolated(report: dict[str, Any], entities: int) -> list[dict[str, Any]]:
    """Cores for a wish, if a link costs each core the same for an entity as here, and the cluster
    adds what it adds with one worker."""
    each = report["link_s"] / entities
    one = report["workers"][min(report["workers"])]
    added = max(0.0, one["link_s"] - report["link_s"])
    return [
        {"entities": count, "link_s": wish, "cores": -(-count * each // max(wish - added, 1e-9))}
        for count, wish in WISHES
    ]


def measure(options: argparse.Namespace) -> dict[str, Any]:
    """The figures, as named in the output."""
    torch.set_num_threads(1)
    with tempfile.TemporaryDirectory(dir=options.scratch) as scratch:
        report = search(options, Path(scratch) / "search")
        coded = encode(options, Path(scratch))
    return {
        "entities": options.entities,
        "dtype": options.dtype,
        "search": report,
        "encode": coded,
        "extrapolated": extrapolated(report, options.entities),
        "machine": {"cpu": _cpu(), "cores": os.cpu_count()},
        "versions": versions(),
    }


def _median(work: Callable[[Index], Any], index: Index, repeats: int) -> float:
    """Seconds of a call, warm."""
    work(index)
    times = []
    for _ in range(repeats):
        began = time.perf_counter()
        work(index)
        times.append(time.perf_counter() - began)
    return statistics.median(times)


if __name__ == "__main__":
    parser = Parser(description=__doc__.splitlines()[0])
    parser.add_argument("--entities", type=int, default=110_000)
    parser.add_argument("--workers", type=int, nargs="+", default=[1, 2, 4])
    parser.add_argument("--dtype", default="float16")
    parser.add_argument("--repeats", type=int, default=9)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--scratch", type=Path, help="where the indexes are written for the run")
    parser.add_argument("--json", action="store_true", help="one line instead of an indented page")
    chosen = parser.parse_args()
    print(json.dumps(measure(chosen), indent=None if chosen.json else 1))

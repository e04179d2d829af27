"""How long the search for entities takes: `python benchmarks/entity_search.py`.

Entities have drawn names of one to four words, an identifier, and a type; queries are what somebody
types on the way to a name, one letter after another, words in another order, an identifier, names
with a slip, and names that nobody has. A name that nobody has is followed by the search for the
nearest ones, as on the page. Prints JSON: milliseconds of p50 and p95 for each number of entities.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import random
import statistics
import sys
import time
from collections.abc import Iterator, Sequence
from itertools import accumulate
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from mimic.io.terminal import Parser  # noqa: E402
from mimic.linking.entity_search import EntitySearch  # noqa: E402
from mimic.schema import Entity  # noqa: E402

LISTED, NEAREST = 10, 5
TYPES = ("sovereign state", "national football team", "small town", "passenger ship", "writer")


def drawn(count: int, source: random.Random) -> Iterator[Entity]:
    """Entities whose words follow a long-tailed law, as those of real names do."""
    words = ["".join(_syllables(source)).capitalize() for _ in range(20_000)]
    weights = list(accumulate(1 / (place + 10) for place in range(len(words))))
    for number in range(count):
        name = " ".join(source.choices(words, cum_weights=weights, k=source.randint(1, 4)))
        kind = source.choice(TYPES)
        yield Entity(f"Q{number + 1}", name, f"Type: {kind}. Place: {source.choice(words)}.")


def _syllables(source: random.Random) -> Iterator[str]:
    for _ in range(source.randint(2, 4)):
        yield source.choice("bcdfghjklmnprstvwz") + source.choice("aeiouéø")


def queries(entities: Sequence[Entity], source: random.Random, names: int) -> Iterator[str]:
    """What is typed to find some of the entities, and some that are not there."""
    for entity in source.sample(list(entities), names):
        name = entity.name
        yield from (name[:end] for end in range(1, len(name) + 1))
        yield " ".join(reversed(name.split()))
        yield entity.id
        place = source.randrange(len(name))
        yield f"{name[:place]}q{name[place + 1 :]}"
        yield f"{name} xq"
        yield "".join(_syllables(source)) + "xx"


def measured(count: int, names: int, seed: int) -> dict[str, Any]:
    """The figures of one knowledge base."""
    source = random.Random(seed)
    entities = list(drawn(count, source))
    start = time.perf_counter()
    search = EntitySearch(entities)
    built = time.perf_counter() - start
    times, without = [], 0
    for query in queries(entities, source, names):
        start = time.perf_counter()
        if not search.search(query, LISTED):
            search.nearest(query, NEAREST)
            without += 1
        times.append(1000 * (time.perf_counter() - start))
    cuts = statistics.quantiles(times, n=20)
    return {
        "entities": count,
        "queries": len(times),
        "without_an_entity": without,
        "p50_ms": round(statistics.median(times), 3),
        "p95_ms": round(cuts[-1], 3),
        "max_ms": round(max(times), 3),
        "built_s": round(built, 2),
    }


def main(arguments: Sequence[str] | None = None) -> int:
    """Measures and prints."""
    parser = Parser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--entities", type=int, nargs="+", default=[18_880, 110_000])
    parser.add_argument("--names", type=int, default=100, help="entities that are looked for")
    parser.add_argument("--seed", type=int, default=0)
    chosen = parser.parse_args(arguments)
    results = [measured(count, chosen.names, chosen.seed) for count in chosen.entities]
    machine = {"system": platform.platform(), "cpus": os.cpu_count()}
    record = {"machine": machine, "python": platform.python_version(), "results": results}
    print(json.dumps(record, indent=2))
    return 0


if __name__ == "__main__":
    sys.exit(main())

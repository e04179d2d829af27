"""What a search costs against the number of entities: `python benchmarks/sizes.py --json`.

Each size is a run of `benchmarks/index.py` in a process of its own, so that its peak of memory is
its own; the direct form, which would take hours for a million entities, is left out.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from mimic.io.terminal import Parser  # noqa: E402

SIZES = (1_000, 3_000, 10_000, 30_000, 100_000, 300_000, 1_000_000)


def measure(entities: int, options: argparse.Namespace) -> dict[str, Any]:
    """The figures of one size."""
    command = [
        *(sys.executable, str(Path(__file__).with_name("index.py")), "--no-direct", "--json"),
        *("--entities", str(entities), "--mentions", str(options.mentions)),
        *("--dtype", options.dtype, "--repeats", str(options.repeats)),
        *(("--scratch", str(options.scratch)) if options.scratch else ()),
    ]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
    return json.loads(done.stdout)


def markdown(rows: list[dict[str, Any]]) -> str:
    """A table, with microseconds for each entity, which would be the same if all were linear."""
    lines = [
        "| entities | search, s | us per entity | without bound, s | attention for | build, "
        "entities/s | index, GB | peak memory, GB |",
        "|---:" * 8 + "|",
    ]
    for row in rows:
        count = row["entities"]
        lines.append(
            f"| {count:,} | {row['index_s']:.4f} | {row['index_s'] / count * 1e6:.2f} "
            f"| {row['index_s_no_bound']:.3f} | {row['scored_fraction']:.2%} "
            f"| {count / row['build_s']:,.0f} | {row['index_bytes'] / 1e9:.2f} "
            f"| {row['index_peak_rss_bytes'] / 1e9:.2f} |"
        )
    return "\n".join(lines)


if __name__ == "__main__":
    parser = Parser(description=__doc__.splitlines()[0])
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES)
    parser.add_argument("--mentions", type=int, default=1)
    parser.add_argument("--dtype", default="float16")
    parser.add_argument("--repeats", type=int, default=5)
    parser.add_argument("--scratch", type=Path, help="where the indexes are written for the runs")
    parser.add_argument("--json", action="store_true", help="the records instead of a table")
    chosen = parser.parse_args()
    found = []
    for size in chosen.sizes:
        print(f"{size} entities", file=sys.stderr)
        found.append(measure(size, chosen))
    print(json.dumps(found) if chosen.json else markdown(found))

"""How fast a split is ranked: `python benchmarks/evaluate.py --data DIR --against REF --json`.

Mentions a second and processor time for each, of this tree and of another commit in turns, and
whether both say the same. The index is built first where it is not there.
"""

from __future__ import annotations

import dataclasses
import json
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(Path.cwd() if "--bare" in sys.argv else ROOT))


def measure(data: Path, kb: Path, split: str, count: int) -> dict[str, Any]:
    """The first mentions of a split against an index, with doubt."""
    from mimic.data import layout
    from mimic.linking.linker import EntityLinker
    from mimic.linking.splits.evaluate import evaluate

    whole = layout.read_split(data, split, layout.read_kb(data))
    size = len(whole.mentions)
    cut: dict[str, Any] = {
        field.name: value[:count]
        for field in dataclasses.fields(whole)
        if isinstance(value := getattr(whole, field.name), list | tuple) and len(value) == size
    }
    linker = EntityLinker.load(kb=kb, device="cpu")
    began, processor = time.perf_counter(), time.process_time()
    report = evaluate(linker, dataclasses.replace(whole, **cut))
    seconds, used = time.perf_counter() - began, time.process_time() - processor
    asked = report["mentions"]
    return {
        "mentions": asked,
        "mentions_per_s": asked / seconds,
        "processor_ms": 1000 * used / asked,
        "said": report,
    }


def _in_its_own_process(tree: Path, flags: list[str]) -> dict[str, Any]:
    command = [sys.executable, str(Path(__file__).resolve()), "--bare", *flags]
    done = subprocess.run(command, cwd=tree, check=True, stdout=subprocess.PIPE, text=True)
    return dict(json.loads(done.stdout))


def compared(ref: str, flags: list[str], rounds: int) -> dict[str, Any]:
    """Another commit and this tree in turns: the best of each, and their ratio."""
    from benchmarks.worktree import worktree

    with worktree(ref) as other:
        pairs = [
            [_in_its_own_process(tree, flags) for tree in (other, ROOT)] for _ in range(rounds)
        ]
    then, now = (
        min(reports, key=lambda one: one["processor_ms"]) for reports in zip(*pairs, strict=True)
    )
    same = then.pop("said") == now.pop("said")
    ratio = now["mentions_per_s"] / then["mentions_per_s"]
    return {"ratio": ratio, "same": same, "now": now, "then": then, "against": ref}


if __name__ == "__main__":
    from mimic.io.terminal import Parser

    parser = Parser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--kb", type=Path, help="data or index folder (default: --data)")
    parser.add_argument("--split", default="test")
    parser.add_argument("-n", type=int, default=256, help="mentions, the first ones")
    parser.add_argument("--against", metavar="REF", help="a commit that is measured beside this")
    parser.add_argument("--rounds", type=int, default=2)
    parser.add_argument("--bare", action="store_true", help="of the tree that this runs in")
    parser.add_argument("--json", action="store_true", help="one line instead of an indented page")
    options = parser.parse_args()
    data, kb = options.data.resolve(), (options.kb or options.data).resolve()
    if options.against:
        given = ["--data", data, "--kb", kb, "--split", options.split, "-n", options.n]
        found = compared(options.against, list(map(str, given)), options.rounds)
    else:
        found = measure(data, kb, options.split, options.n)
        if not options.bare:
            del found["said"]
    print(json.dumps(found, indent=None if options.json or options.bare else 1))

"""How long an explanation of one side of a pair takes: `python benchmarks/explain.py --json`.

Medians over the bundled examples with a picture, the mention's side, everything warm: reading and
encoding both sides, attention, and the numbers. With `--against REF` that commit is measured in
turns with this one, and the ratios (the commit's time divided by this one's) stand first.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
#: The code that is measured may be another commit's: `measure` runs in a process of its own.
TREE = Path(os.environ.get("MIMIC_TREE", ROOT))
sys.path[:0] = [str(TREE), str(ROOT)] if TREE != ROOT else [str(ROOT)]

TIMES = ("pairs_s", "first_map_s", "default_s")


def measure(repeats: int, threads: int) -> dict[str, Any]:
    """The figures of one tree; `None` where it has no such method.

    `pairs_s` is of the whole map of pairs, `first_map_s` of what the page shows first,
    `default_s` of the default method. `standard_error` is the median of the default method's
    typical standard error as a share of its typical number; 0 of a method that does not sample.
    """
    import torch

    from mimic.explain import DEFAULT_METHOD, METHOD_NAMES, Explainer, request
    from mimic.io.assets import BUNDLED_KB, BUNDLED_MODEL
    from mimic.linking.linker import EntityLinker
    from mimic.schema import Mention

    torch.set_num_threads(threads)
    folder = TREE / "assets" / "examples"
    examples = json.loads((folder / "examples.json").read_text("utf-8"))
    cases = [
        (Mention(e["mention"], e["sentence"], folder / e["image"], tuple(e["span"])), e["gold"])
        for e in examples
        if e["image"]
    ]
    explainer = Explainer(EntityLinker.load(BUNDLED_MODEL, BUNDLED_KB))
    first = getattr(request, "FIRST_METHOD", DEFAULT_METHOD)
    errors: list[float] = []

    def seconds(method: str) -> float | None:
        if method not in METHOD_NAMES:
            return None
        times: list[float] = []
        for case in [cases[0], *cases * repeats]:  # the first one warms up
            began = time.perf_counter()
            explained = explainer.explain(*case, method=method, sides=("mention",))
            times.append(time.perf_counter() - began)
            if method == DEFAULT_METHOD:
                errors.append(_error(explained.mention.attribution))
        return statistics.median(times[1:])

    named = {"pairs_s": "pairs", "first_map_s": first, "default_s": DEFAULT_METHOD}
    found: dict[str, float | None] = {}
    for key, method in named.items():
        same = next((k for k in found if named[k] == method), None)
        found[key] = seconds(method) if same is None else found[same]
    return {**found, "default_method": DEFAULT_METHOD, "standard_error": statistics.median(errors)}


def _error(numbers: Any) -> float:
    errors = getattr(numbers, "word_errors", None)
    if errors is None:
        return 0.0
    errors, values = (*errors, *numbers.patch_errors), (*numbers.words, *numbers.patches)
    return (sum(e * e for e in errors) / (sum(v * v for v in values) or 1.0)) ** 0.5


def compared(ref: str, repeats: int, rounds: int, threads: int) -> dict[str, Any]:
    """This commit and another in turns: medians of the rounds."""
    from benchmarks.worktree import worktree

    with worktree(ref) as tree:
        runs: dict[Path, list[dict[str, Any]]] = {ROOT: [], tree: []}
        for _ in range(rounds):
            for one, reports in runs.items():
                reports.append(_in_its_own_process(one, repeats, threads))
        mine, its = (_medians(reports) for reports in runs.values())
    ratios = {k: its[k] / mine[k] if its[k] and mine[k] else None for k in TIMES}
    return {"ratios": ratios, **mine, "against": {"ref": ref, **its}}


def _in_its_own_process(tree: Path, repeats: int, threads: int) -> dict[str, Any]:
    flags = ["--json", "--bare", "--repeats", str(repeats), "--threads", str(threads)]
    done = subprocess.run(
        [sys.executable, __file__, *flags],
        cwd=tree,
        env=os.environ | {"MIMIC_TREE": str(tree)},
        check=True,
        stdout=subprocess.PIPE,
        text=True,
    )
    report: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return report


def _medians(reports: list[dict[str, Any]]) -> dict[str, Any]:
    def middle(key: str) -> float | None:
        values = [report[key] for report in reports if report[key] is not None]
        return statistics.median(values) if values else None

    numbers = {key: middle(key) for key in (*TIMES, "standard_error")}
    return {**reports[0], **numbers}


if __name__ == "__main__":
    from mimic.io.terminal import Parser

    parser = Parser(description=__doc__.splitlines()[0])
    parser.add_argument("--repeats", type=int, default=3, help="explanations of each example")
    parser.add_argument("--rounds", type=int, default=3, help="turns of each commit")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--against", metavar="REF", help="a commit to measure beside this one")
    parser.add_argument("--bare", action="store_true", help="without the machine")
    parser.add_argument("--json", action="store_true", help="one line instead of an indented page")
    options = parser.parse_args()
    if options.against:
        report = compared(options.against, options.repeats, options.rounds, options.threads)
    else:
        report = measure(options.repeats, options.threads)
    if not options.bare:
        from benchmarks.server import machine

        report |= machine()
    print(json.dumps(report, indent=None if options.json else 1))

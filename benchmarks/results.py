"""The tables of docs/results.md on WikiMEL: `python benchmarks/results.py --data DIR`.

Trains and evaluates one after the other, prints the table as Markdown after each row, and goes on
where it was interrupted. Every command that it runs is shown and can be run alone.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.steps import evaluate, run_once, train  # noqa: E402
from mimic.io.terminal import Parser  # noqa: E402

PRESET = "wikimel-mini"
METRICS = ("hits@1", "hits@3", "hits@5", "hits@10", "hits@20", "mrr", "mr")
#: Name, what is changed in the preset's training, and seeds.
RUNS: tuple[tuple[str, dict[str, float], tuple[int, ...]], ...] = (
    ("MIMIC", {}, (43, 44)),
    ("MIMIC, lambda 0", {"unit_weight": 0.0}, (43,)),
    ("MIMIC, no hard negatives", {"hard_negatives": 0}, (43,)),
)
#: Evaluations of the first run beside the plain one.
WITHOUT = (
    ("TGLU alone", ("--rank-by", "tglu")),
    ("VDLU alone", ("--rank-by", "vdlu")),
    ("CMFU alone", ("--rank-by", "cmfu")),
    ("mentions without pictures", ("--without", "image")),
)


def rows(data: Path, out: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    """Name and metrics, in the order in which they are worth waiting for."""
    for number, (name, change, seeds) in enumerate(RUNS):
        for seed in seeds:
            model = out / f"run{number}-{seed}"
            config = out / f"run{number}.config.json"
            config.write_text(json.dumps({"train": change}), "utf-8")
            train(model, data, PRESET, "--seed", str(seed), "--config", config)
            minutes = json.loads((model / "config.json").read_text())["training"]["minutes"]
            report = json.loads(evaluate(model, data, "all"))
            yield f"{name}, seed {seed}", report | {"minutes": minutes}
            if number == 0 and seed == seeds[0]:
                for kind, given in WITHOUT:
                    short = kind.split()[0].lower()
                    yield kind, json.loads(evaluate(model, data, short, *given))
                yield from baselines(data, out)


def baselines(data: Path, out: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    command: list[str | Path] = ["benchmarks/biencoder.py", "--data", data]
    command += ["--epochs", "8"]  # as long as MIMIC
    for line in run_once(out / "biencoder.jsonl", command).splitlines():
        row = json.loads(line)
        epochs = row["epochs"]
        yield (f"bi-encoder, {epochs} epochs" if epochs else "MiniLM, untrained"), row


def main(data: Path, out: Path) -> None:
    out.mkdir(parents=True, exist_ok=True)
    lines = ["| | " + " | ".join((*METRICS, "min")) + " |", "|---" * (len(METRICS) + 2) + "|"]
    for name, row in rows(data, out):
        minutes = f"{row['minutes']:.0f}" if "minutes" in row else ""
        shown = (*(f"{row[metric]:.2f}" for metric in METRICS), minutes)
        lines.append(f"| {name} | " + " | ".join(shown) + " |")
        print("\n".join(lines), end="\n\n", flush=True)


if __name__ == "__main__":
    parser = Parser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, required=True, help="folder with kb_entity.json")
    parser.add_argument("--out", type=Path, default=Path("runs/results"), help="kept between runs")
    options = parser.parse_args()
    main(options.data.resolve(), options.out.resolve())

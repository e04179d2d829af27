"""The command `evaluate`: a whole split."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

from mimic.cli.shared import AddCommand, add_linker, open_linker, read_split
from mimic.errors import InputError
from mimic.io.files import check_file
from mimic.io.terminal import progress


def add(command: AddCommand) -> None:
    """Adds what is here to the command line."""
    evaluate = command("evaluate", _evaluate, "rank a split against the whole knowledge base")
    evaluate.add_argument("--data", type=Path, required=True)
    evaluate.add_argument("--split", default="test")
    evaluate.add_argument("--rank-by", default="total", metavar="total|tglu|vdlu|cmfu")
    evaluate.add_argument(
        "--predictions", type=Path, metavar="FILE", help="one row per mention: .csv or .jsonl"
    )
    evaluate.add_argument("--without", metavar="image|sentence", help="take it from every mention")
    add_linker(evaluate, kb="data or index folder (default: --data)")


def _evaluate(options: argparse.Namespace) -> None:
    from mimic.data.layout import data_fingerprint
    from mimic.linking.evaluate import evaluate, write_predictions

    if (file := options.predictions) is not None:
        if file.suffix not in (".csv", ".jsonl"):
            raise InputError(f"{file}: the name must end in .csv or .jsonl")
        check_file(file)
    split = read_split(options)
    linker = open_linker(options, options.kb or options.data)
    rows: list[dict[str, Any]] | None = [] if options.predictions else None
    report = evaluate(
        linker,
        split,
        options.rank_by,
        options.without,
        progress=progress("mentions"),
        predictions=rows,
    )
    if rows:
        stamp = {"model": linker.index.model, "data": data_fingerprint(options.data)}
        write_predictions(options.predictions, [row | stamp for row in rows])
    if options.json:
        print(json.dumps(report))
        return
    del report["by_group"]
    groupings, nil = report.pop("by"), report.pop("nil")
    images = report.pop("images")
    print("images:", ", ".join(f"{count} {rule}" for rule, count in images.items()) or "none")
    for name, value in report.items():
        print(f"{name:18} {value:10.2f}" if isinstance(value, float) else f"{name:18} {value:7}")
    if nil is not None:
        print(
            f"no entity: precision {nil['precision']:.2f}, recall {nil['recall']:.2f}, with the "
            f"entities of {nil['held_out']} mentions held out"
        )
    for name, groups in groupings.items():
        for label, row in groups.items():
            shown = f"H@1 {row['hits@1']:6.2f}  MRR {row['mrr']:6.2f}"
            print(f"{name:10} {label:16} {row['mentions']:6} {shown}")

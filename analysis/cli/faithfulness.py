"""The command `faithfulness`: whether explanations point at what decides."""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from pathlib import Path

from analysis.cli.shared import add_model
from mimic.cli.shared import AddCommand
from mimic.errors import InputError
from mimic.io.files import check_folder, write_whole
from mimic.io.terminal import seldom


def add(command: AddCommand) -> None:
    """Adds it to the command line."""
    about = "whether explanations point at what decides, measured on Atlas"
    bench = command("faithfulness", _faithfulness, about)
    add_model(bench)
    bench.add_argument("--data", type=Path, required=True, help="folder of Atlas")
    bench.add_argument("--split", default="test")
    bench.add_argument("-n", type=int, default=150, help="mentions of each kind")
    bench.add_argument("--methods", type=_names, metavar="A,B", help="default: the page's")
    bench.add_argument("--targets", type=_names, metavar="A,B", help="default: total")
    bench.add_argument("--all", action="store_true", help="every method, target and check")
    bench.add_argument("--out", type=Path, help="write JSON, CSV and a figure here")
    bench.add_argument(
        "--docs",
        type=Path,
        metavar="DIR",
        help="the same into a docs folder and into the table of its explanations.md; what it "
        "already holds of this model and was not measured again stays",
    )
    bench.add_argument("--json", action="store_true")


def _faithfulness(options: argparse.Namespace) -> None:
    from analysis.drawing.faithfulness import faithfulness_figure
    from analysis.drawing.files import write_figure
    from analysis.faithfulness.faithfulness import Bench, faithfulness, table
    from analysis.faithfulness.maps import MAPS
    from analysis.faithfulness.stored_faithfulness import (
        CSV,
        JSON,
        PAGE,
        around_table,
        merged,
        stored_report,
        with_table,
    )
    from analysis.measures.table import markdown
    from mimic.explain import DEFAULT_METHOD, TARGETS
    from mimic.linking.linker import EntityLinker

    if options.docs is not None:
        check_folder(options.docs)
        around_table(options.docs / PAGE)  # a page without a place for the table
    methods = _chosen("method", options.methods, MAPS, MAPS if options.all else (DEFAULT_METHOD,))
    targets = _chosen("target", options.targets, TARGETS, TARGETS if options.all else ("total",))
    linker = EntityLinker.load(options.model, options.data, options.device, options.cache)
    bench = Bench(linker, options.data, options.split, options.n, options.all)
    report = faithfulness(bench, methods, targets, seldom())
    if options.docs is not None:
        report = merged(stored_report(options.docs), report)
        page = options.docs / PAGE
        write_whole(page, with_table(page, report).encode())
    for folder in {options.out, options.docs} - {None}:
        write_whole(folder / JSON, (json.dumps(report, indent=1) + "\n").encode())
        write_whole(folder / CSV, table(report).to_csv().encode())
        write_figure(faithfulness_figure(report), folder / "faithfulness")
    print(json.dumps(report) if options.json else markdown(table(report)))


def _names(text: str) -> tuple[str, ...]:
    return tuple(name.strip() for name in text.split(",") if name.strip())


def _chosen(
    what: str, names: Sequence[str] | None, known: Sequence[str], default: Sequence[str]
) -> Sequence[str]:
    """The names that were given, checked, or the default where the option was left out."""
    if names is None:
        return default
    for name in names or [""]:
        if name not in known:
            raise InputError(f"{what} is {name!r}; it must be one of {', '.join(known)}")
    return names

"""The commands `kb import` and `kb stats`: a user's own knowledge base."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

from mimic.io.terminal import progress, report
from mimic.io.threads import add_threads


def add(commands: Any) -> None:
    """Adds `kb` and what is under it to the subparsers of the command line."""
    about = "make a knowledge base from your own table, or look at one"
    kb = commands.add_parser("kb", help=about, description=about)
    under = kb.add_subparsers(required=True, metavar="import|stats")

    about = "table of name, description, image[, id][, aliases][, type][, url] -> knowledge base"
    importer = under.add_parser("import", help=about, description=about)
    importer.add_argument("table", type=Path, metavar="TABLE", help="CSV, JSON lines or Parquet")
    about = "the pictures it names (none: leave it out)"
    importer.add_argument("--images", type=Path, metavar="DIR|ZIP", help=about)
    importer.add_argument("--out", type=Path, required=True, help="folder to write")
    importer.add_argument("--force", action="store_true", help="replace the one that is there")
    importer.set_defaults(run=_import)
    add_threads(importer)

    about = "entities, names, texts and pictures of a knowledge base"
    stats = under.add_parser("stats", help=about, description=about)
    stats.add_argument("folder", type=Path, metavar="DIR", help="folder with kb_entity.json")
    stats.add_argument("--model", type=Path, help="also count the texts too long for this model")
    stats.add_argument("--json", action="store_true")
    stats.set_defaults(run=_stats)
    add_threads(stats)


def _import(options: argparse.Namespace) -> None:
    from mimic.data.kb_import import import_kb, reports

    summary = import_kb(
        options.table, options.out, options.images, options.force, progress("pictures")
    )
    for line in reports(summary):
        report(line)
    print(json.dumps(summary))


def _stats(options: argparse.Namespace) -> None:
    from mimic.data.kb_stats import kb_stats
    from mimic.linking.hub.repository import MODEL, fetched

    processor = _processor(fetched(options.model, MODEL)) if options.model else None
    stats = kb_stats(options.folder, processor, progress("texts"))
    if options.json:
        print(json.dumps(stats))
        return
    names = stats.pop("names")
    most = names.pop("most_ambiguous")
    histogram = names.pop("histogram")
    for key, value in (stats | {"names": names}).items():
        text = value
        if isinstance(value, dict):
            text = ", ".join(f"{part} {count}" for part, count in value.items()) or "none"
        print(f"{key:24} {text}")
    for size, count in histogram.items():
        print(f"names of {size:>5} entities  {count}")
    for name, count in most:
        print(f"{count:6} entities: {name}")


def _processor(folder: Path) -> Any:
    from mimic.model.mimic import load_model
    from mimic.model.processor import Processor, load_tokenizer

    model, _ = load_model(folder)
    return Processor(model.config, load_tokenizer(model.config, folder))

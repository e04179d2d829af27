"""The command `browse`: every mention of a split, as one or two models answered it."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

from mimic.cli.shared import AddCommand
from mimic.errors import InputError
from mimic.io.files import check_file, write_whole
from mimic.io.terminal import progress, report

_ENDINGS = (".html", ".csv", ".jsonl")


def add(command: AddCommand) -> None:
    """Adds it to the command line."""
    browse = command("browse", _browse, "every mention of a split with its answers, and filters")
    browse.add_argument(
        "--predictions",
        type=Path,
        required=True,
        action="append",
        metavar="FILE",
        help="rows of `mimic evaluate --predictions`; twice: two models side by side",
    )
    browse.add_argument("--data", type=Path, required=True, help="the data folder they are of")
    browse.add_argument("--split", help="default: the one that has the mentions")
    browse.add_argument("--cause", default="", help="right, wrong, no answer, or an error's cause")
    browse.add_argument("--group", default="", metavar="GROUPING=GROUP", help="as label=photo")
    browse.add_argument("--unit", default="", help="which alone puts the right entity first")
    browse.add_argument("--change", default="", help="better, worse, same, fixed or broken")
    browse.add_argument("--text", default="", help="in the mention, its sentence or a name")
    browse.add_argument("--page", type=int, default=1, help="of what is printed")
    browse.add_argument("--json", action="store_true", help="print the page as records")
    browse.add_argument(
        "--out",
        type=Path,
        metavar="FILE",
        help=".html: one file with filters, for a browser; .csv or .jsonl: what the filter shows",
    )


def _browse(options: argparse.Namespace) -> None:
    from analysis.browse.export import exported, mention_record
    from analysis.browse.filters import PAGE, Filter, filtered, page_of
    from analysis.browse.page import results_html
    from analysis.browse.records import read_results

    if options.out is not None:
        if options.out.suffix not in _ENDINGS:
            raise InputError(f"--out {options.out}: must end in {', '.join(_ENDINGS)}")
        check_file(options.out)
    results = read_results(options.predictions, options.data, options.split)
    wanted = Filter(**{n: getattr(options, n) for n in Filter.__dataclass_fields__})
    mentions = filtered(results, wanted)
    if options.out is not None:
        form = options.out.suffix[1:]
        data = (
            results_html(results, wanted, progress("pictures")).encode()
            if form == "html"
            else exported(results, mentions, form)
        )
        write_whole(options.out, data)
        report(f"{options.out}: {len(mentions):,} of {len(results.mentions):,} mentions")
        return
    some = [mention_record(seen, results.models) for seen in page_of(mentions, options.page)]
    if options.json:
        print(json.dumps({"mentions": some, "of": len(mentions), "page": options.page}))
        return
    pages = max(1, -(-len(mentions) // PAGE))
    print("\n".join(map(_line, some)))
    report(f"{len(mentions):,} of {len(results.mentions):,} mentions, {pages} pages (--page N)")


def _line(record: dict[str, Any]) -> str:
    """A mention for reading: what was right, and what each model said."""
    said = [
        f"{one['model']}: {one['rank'] or '-'} {one['first'][0]['name'] if one['first'] else ''}"
        + (f" ({one['cause']})" if one["cause"] else "")
        for one in record["answers"]
    ]
    about = f"{record['id']}  {record['mention']}  right: {record['gold_name'] or '-'}"
    return "  |  ".join([about, *said])

"""The command `evaluate`: a whole split."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

from mimic.cli.shared import AddCommand, add_linker, add_rerank, open_linker, read_split
from mimic.errors import InputError
from mimic.io.files import check_file
from mimic.io.terminal import progress

#: What a report holds besides numbers.
_APART = ("images", "nil", "by_group", "by", "clean", "protocol", "second_look")


def add(command: AddCommand) -> None:
    """Adds what is here to the command line."""
    evaluate = command("evaluate", _evaluate, "rank a split against the whole knowledge base")
    evaluate.add_argument(
        "--data",
        type=Path,
        required=True,
        action="append",
        help="several times: a table with a row for each folder, each against its own entities",
    )
    evaluate.add_argument("--split", default="test")
    evaluate.add_argument("--rank-by", default="total", metavar="total|tglu|vdlu|cmfu")
    evaluate.add_argument(
        "--predictions", type=Path, metavar="FILE", help="one row per mention: .csv or .jsonl"
    )
    evaluate.add_argument(
        "--candidates",
        default="all",
        metavar="all|names|N|FILE",
        help="rank among the bearers of the name, the answer and N - 1 others that share a word "
        'with it, or those of a file of lines {"id", "candidates": [ids]} (default: all)',
    )
    evaluate.add_argument(
        "--clean",
        action="store_true",
        help="also without the mentions that `audit --write-clean` leaves out",
    )
    evaluate.add_argument(
        "--depth", type=int, default=5, metavar="N", help="entities in a row of --predictions"
    )
    evaluate.add_argument("--without", metavar="image|sentence", help="take it from every mention")
    add_rerank(evaluate)
    add_linker(evaluate, kb="data or index folder (default: --data)")


def _evaluate(options: argparse.Namespace) -> None:
    if (file := options.predictions) is not None:
        if file.suffix not in (".csv", ".jsonl"):
            raise InputError(f"{file}: the name must end in .csv or .jsonl")
        check_file(file)
    if options.depth < 1:
        raise InputError(f"--depth {options.depth}: must be at least 1")
    _check_several(options)
    each = [argparse.Namespace(**{**vars(options), "data": folder}) for folder in options.data]
    splits = [read_split(one) for one in each]  # all, before the work of any begins
    reports = [_report(one, split) for one, split in zip(each, splits, strict=True)]
    if len(reports) == 1:
        print(json.dumps(reports[0]) if options.json else _lines(reports[0]))
        return
    named = dict(zip(map(str, options.data), reports, strict=True))
    print(json.dumps(named) if options.json else _table(named))


def _check_several(options: argparse.Namespace) -> None:
    """Raises InputError where several data folders do not go with what else is asked for."""
    if len(options.data) == 1:
        return
    if len({folder.resolve() for folder in options.data}) < len(options.data):
        raise InputError("--data names a folder twice; name each once")
    for flag, given in (("--predictions", options.predictions), ("--kb", options.kb)):
        if given is not None:
            raise InputError(
                f"{flag} {given} is for one data folder, and there are {len(options.data)}: each "
                "has entities and mentions of its own; run the command for each"
            )


def _report(options: argparse.Namespace, split: Any) -> dict[str, Any]:
    """What `evaluate` says of one data folder; its predictions are written where asked for."""
    from mimic.data.layout import data_fingerprint
    from mimic.linking.splits.evaluate import evaluate
    from mimic.linking.splits.predictions import write_predictions

    linker = open_linker(options, options.kb or options.data)
    rows: list[dict[str, Any]] | None = [] if options.predictions or options.clean else None
    report = evaluate(
        linker,
        split,
        options.rank_by,
        options.without,
        progress=progress("mentions"),
        predictions=rows,
        candidates=options.candidates,
        shown=options.depth,
        by_unit=options.predictions is not None,
    )
    if options.clean and rows is not None:
        report["clean"] = _clean(options, rows)
    if rows and options.predictions:
        stamp = {"model": linker.index.model, "data": data_fingerprint(options.data)}
        stamp["protocol"] = report["protocol"]["line"]
        write_predictions(options.predictions, [row | stamp for row in rows])
    return report


def _clean(options: argparse.Namespace, rows: list[dict[str, Any]]) -> dict[str, Any]:
    """The part of a report that is about the mentions which do not give their answer away."""
    from mimic.data.leaks.clean_copy import folder_leaks
    from mimic.linking.splits.clean import clean_report

    leaks = folder_leaks(options.data, progress("pictures of mentions"))[1]
    return clean_report(rows, [leak for leak in leaks if leak.split == options.split])


def _lines(report: dict[str, Any]) -> str:
    """A report for reading: a line for each number and for each group."""
    rest = {name: value for name, value in report.items() if name not in _APART}
    nil, images = report["nil"], report["images"]
    lines = [f"ranked among: {report['protocol']['line']}"]
    lines += ["images: " + (", ".join(f"{n} {rule}" for rule, n in images.items()) or "none")]
    for name, value in rest.items():
        shown = f"{value:10.2f}" if isinstance(value, float) else f"{value:7}"
        lines.append(f"{name:18} {shown}")
    if nil is not None:
        lines.append(
            f"no entity: precision {nil['precision']:.2f}, recall {nil['recall']:.2f}, with the "
            f"entities of {nil['held_out']} mentions held out"
        )
    if clean := report.get("clean"):
        lines.append(_clean_line(clean))
    if look := report.get("second_look"):
        lines += _second_look_lines(look)
    for name, groups in report["by"].items():
        for label, row in groups.items():
            shown = f"H@1 {row['hits@1']:6.2f}  MRR {row['mrr']:6.2f}"
            lines.append(f"{name:10} {label:16} {row['mentions']:6} {shown}")
    return "\n".join(lines)


def _second_look_lines(look: dict[str, Any]) -> list[str]:
    first, held = look["first"], look["right_when_overruling"]
    right = "" if held is None else f", right in {held:.1f} %"
    lines = [
        f"before the second look: H@1 {first['hits@1']:.2f}, MRR {first['mrr']:.2f}",
        f"second look by {look['reranker']} at {look['looked']}: another entity first "
        f"{look['overruled']} times{right}; {look['mended']} mended, {look['broken']} broken; "
        f"{look['ms']:.0f} ms",
    ]
    if look["failed"]:
        why, count = next(iter(look["troubles"].items()))
        lines.append(f"the first ranking stands {look['failed']} times; {count} times since {why}")
    if costs := look["costs"]:
        lines.append("costs: " + ", ".join(f"{name} {value:g}" for name, value in costs.items()))
    return lines


def _clean_line(clean: dict[str, Any]) -> str:
    what = f"without {clean['left_out']} mentions that leak: "
    if not clean["mentions"]:
        return what + "none is left"
    change, (low, high) = clean["difference"], clean["difference"]["interval"]
    return (
        f"{what}H@1 {clean['hits@1']:.2f}, MRR {clean['mrr']:.2f} on {clean['mentions']}; H@1 "
        f"changes by {change['hits@1']:+.2f} ({low:+.2f} to {high:+.2f}), p = {change['p']:.3f}"
    )


def _table(reports: dict[str, dict[str, Any]]) -> str:
    """A row for each data folder, a column for each number."""
    names = [name for name in next(iter(reports.values())) if name not in _APART]
    rows = [["data", *names]]
    for folder, report in reports.items():
        values = (report[name] for name in names)
        rows.append([folder, *(f"{v:.2f}" if isinstance(v, float) else str(v) for v in values)])
    first, *widths = (max(map(len, column)) for column in zip(*rows, strict=True))
    lines = []
    for folder, *cells in rows:
        right = (cell.rjust(width) for cell, width in zip(cells, widths, strict=True))
        lines.append("  ".join([folder.ljust(first), *right]))
    return "\n".join(lines)

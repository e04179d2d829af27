"""The commands `link` and `link-many`."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import TYPE_CHECKING

from mimic.cli.shared import (
    AddCommand,
    add_linker,
    add_rerank,
    add_restriction,
    open_linker,
    restricted,
)
from mimic.errors import InputError
from mimic.io.files import write_whole
from mimic.io.terminal import progress, report

if TYPE_CHECKING:
    from mimic.schema import SecondLook


def add(command: AddCommand) -> None:
    """Adds what is here to the command line."""
    link = command("link", _link, "link one mention")
    link.add_argument("--sentence", required=True)
    link.add_argument("--mention", required=True, help="the words of the sentence to link")
    link.add_argument("--span", type=int, nargs=2, metavar=("A", "B"), help="its characters [A, B)")
    link.add_argument("--image", type=Path)
    link.add_argument("-k", type=int, help="candidates (default: 10, or all there are)")
    link.add_argument("--rank-by", default="total", metavar="total|tglu|vdlu|cmfu")
    add_restriction(link)
    add_rerank(link)
    add_linker(link)

    many = command("link-many", _link_many, "link every row of a table")
    many.add_argument("table", type=Path, metavar="TABLE", help="sentence, mention[, image][, id]")
    many.add_argument("--images", type=Path, metavar="DIR|ZIP", help="the pictures it names")
    about = "a row whose picture is missing is not linked (else by its text alone)"
    many.add_argument("--need-pictures", action="store_true", help=about)
    many.add_argument("--out", type=Path, required=True, help=".csv or .jsonl to write")
    many.add_argument("-k", type=int, help="candidates of a row (default: 5, or all there are)")
    many.add_argument("--rank-by", default="total", metavar="total|tglu|vdlu|cmfu")
    add_restriction(many)
    add_rerank(many)
    add_linker(many, as_json=False)


def _link(options: argparse.Namespace) -> None:
    from mimic.schema import Mention, result_record

    span = tuple(options.span) if options.span else None
    mention = Mention(options.mention, options.sentence, options.image, span)
    only = restricted(options)
    result = open_linker(options, options.kb).link(mention, options.k, options.rank_by, **only)
    if result.notice:
        report(f"{options.image}: {result.notice}")
    if options.json:
        print(json.dumps(result_record(result), ensure_ascii=False))
        return
    print(f"{'':3} {'score':>8} {'prob.':>6} {'TGLU':>8} {'VDLU':>8} {'CMFU':>8}")
    for c in result.candidates:
        units = f"{c.units.tglu:8.2f} {c.units.vdlu:8.2f} {c.units.cmfu:8.2f}"
        about = f"{c.entity.name} ({c.entity.id}): {c.entity.description[:60]}"
        print(f"{c.rank:3} {c.score:8.2f} {c.probability:6.3f} {units}  {about}")
    if result.ranked is not None:
        print(f"{result.ranked} of {result.entities} entities were ranked")
    if result.image == "missing":
        print("no picture was given: the model saw a blank one")
    if result.truncated:
        print("the text is longer than the model reads: its end was cut off")
    for notice in result.notices:
        print(notice)
    if result.second_look is not None:
        print(_second_look(result.second_look))
    if result.band is not None and result.band.name != "absent":
        held = "" if result.band.right is None else f": {result.band.right:.0f} % of such are right"
        print(f"{result.band.name}{held}")
    if result.doubt is not None and result.doubt.nil:
        print(
            f"no confident entity: the {result.doubt.statistic} is {result.doubt.value:.2f}, under "
            f"{result.doubt.threshold:.2f}"
        )


def _second_look(look: SecondLook) -> str:
    """What moved, in a line."""
    if look.trouble:
        return "the order is that of the first ranking"
    ms = f"{1000 * look.seconds:.0f} ms"
    moved = [f"{p.id} {p.first_rank} -> {p.rank}" for p in look.placings if p.rank != p.first_rank]
    what = ", ".join(moved) if moved else "nothing moved"
    held = ""
    if look.overruled and look.right is not None:
        held = f"; when it puts another first it is right {look.right:.0f} % of the time (on dev)"
    return f"second look by {look.reranker} at {look.looked} ({ms}): {what}{held}"


def _link_many(options: argparse.Namespace) -> None:
    from mimic.linking.link_table import as_csv, as_jsonl, link_many, second_look_summary

    kind = options.out.suffix.lower()
    if kind not in (".csv", ".jsonl"):
        raise InputError(f"{options.out}: the name must end in .csv or .jsonl")
    if options.out.resolve() == options.table.resolve():
        raise InputError(f"--out {options.out} is the table itself: give another name")
    only = restricted(options)
    linker = open_linker(options, options.kb)
    tick = progress("mentions")
    asked = options.table, options.images, options.k, options.rank_by, tick
    rows = list(link_many(linker, *asked, need_pictures=options.need_pictures, **only))
    bad = [{"row": row.number, "reason": row.problem} for row in rows if row.result is None]
    if len(bad) == len(rows):
        raise InputError(f"no row could be linked; row {bad[0]['row']}: {bad[0]['reason']}")
    text = as_csv(rows) if kind == ".csv" else as_jsonl(rows)
    write_whole(options.out, text.encode("utf-8-sig" if kind == ".csv" else "utf-8"))
    summary = {"rows": len(rows), "linked": len(rows) - len(bad), "bad": bad}
    if noted := [{"row": row.number, "reason": row.note} for row in rows if row.note]:
        report(f"{len(noted)} rows linked without their picture: see 'without_picture'")
        summary["without_picture"] = noted
    if linker.reranker is not None:
        summary["second_look"] = second_look_summary(rows, linker.reranker)
    print(json.dumps(summary))

"""The command line of everything that makes tables and figures: `python -m analysis COMMAND`."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from analysis.cli import measures
from mimic.errors import InputError
from mimic.io.files import check_file, check_folder, write_whole
from mimic.io.terminal import Parser, exit_code, seldom
from mimic.io.terminal import report as say


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command and returns its exit code, see `exit_code`."""
    options = _parser().parse_args(arguments)

    def command() -> None:
        _check(options)
        options.run(options)

    return exit_code(command)


def _check(options: argparse.Namespace) -> None:
    """Raises InputError for what can be refused before any work: places to write, and counts."""
    given = vars(options)
    if given.get("out") is not None:
        check_folder(options.out)
    if given.get("csv") is not None:
        check_file(options.csv)
    for name, flag, least in (("n", "-n", given.get("least", 1)), ("cases", "--cases", 0)):
        if given.get(name) is not None and given[name] < least:
            raise InputError(f"{flag} is {given[name]}; it must be at least {least}")


def _table(options: argparse.Namespace) -> None:
    from analysis.measures.table import ablation_table, markdown
    from mimic.data.layout import read_kb, read_split
    from mimic.linking.linker import EntityLinker

    split = read_split(options.data, options.split, read_kb(options.data))
    linker = EntityLinker.load(options.model, options.data, options.device, options.cache)
    table = ablation_table(linker, split, lambda line: print(line, file=sys.stderr, flush=True))
    if options.csv is not None:
        write_whole(options.csv, table.to_csv(index_label="run").encode())
    print(markdown(table))


def _explain(options: argparse.Namespace) -> None:
    from analysis.drawing.words_html import trust
    from analysis.explanation import write_explanation
    from mimic.explain import DEFAULT_METHOD, Explainer
    from mimic.linking.linker import EntityLinker
    from mimic.model.pictures import picture_notice
    from mimic.schema import Mention, explanation_record

    span = tuple(options.span) if options.span else None
    mention = Mention(options.mention, options.sentence, options.image, span)
    linker = EntityLinker.load(options.model, options.kb, options.device, options.cache)
    entity = options.entity or linker.link(mention, 1).candidates[0].entity.id
    if mention.image is not None and (notice := picture_notice(mention.image)):
        say(f"{mention.image}: {notice}")
    report = seldom()
    explanation = Explainer(linker).explain(
        mention,
        entity,
        options.against,
        options.target,
        options.method or DEFAULT_METHOD,
        steps=options.steps,
        progress=lambda share: report(f"explaining {share:.0%}"),
    )
    files = write_explanation(explanation, options.out)
    if options.json:
        print(json.dumps(explanation_record(explanation), ensure_ascii=False))
        return
    print(f"{explanation.entity.name} ({explanation.entity.id}): score {explanation.score:.2f}")
    for view in (explanation.mention, explanation.candidate):
        print(f"{view.side}: {trust(view)}")
    print(f"{len(files)} files in {options.out}")


def _case(options: argparse.Namespace) -> None:
    from analysis.case.case_json import read_casebook
    from analysis.case.files import export_files, hints, write_files

    book = read_casebook(options.file)
    report = seldom()
    files = export_files(book, lambda share: report(f"drawing {share:.0%}"))
    written = write_files(files, options.out)
    for hint in hints(book, files):
        print(hint, file=sys.stderr)
    print("\n".join(map(str, written)))


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
    what: str, given: Sequence[str] | None, known: Sequence[str], default: Sequence[str]
) -> Sequence[str]:
    """The names that were given, checked, or the default where the option was left out."""
    if given is None:
        return default
    for name in given or [""]:
        if name not in known:
            raise InputError(f"{what} is {name!r}; it must be one of {', '.join(known)}")
    return given


def _parser() -> argparse.ArgumentParser:
    parser = Parser(prog="python -m analysis", description=__doc__)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    def command(name: str, run: Callable[[argparse.Namespace], None], about: str) -> Any:
        sub = commands.add_parser(name, help=about, description=about)
        sub.set_defaults(run=run)
        sub.add_argument("--model", type=Path, help="model folder (default: the bundled one)")
        sub.add_argument("--cache", type=Path, help="where indexes are kept")
        sub.add_argument("--device", choices=("auto", "cpu", "cuda"), default="auto")
        return sub

    about = "H@1 by label group: whole, without pictures, without sentences, each unit alone"
    table = command("table", _table, about)
    table.add_argument("--data", type=Path, required=True)
    table.add_argument("--split", default="test")
    table.add_argument("--csv", type=Path, help="also write the numbers here")

    explain = command("explain", _explain, "why a mention scores as it does with an entity")
    explain.add_argument("--sentence", required=True)
    explain.add_argument("--mention", required=True, help="the words of the sentence to link")
    explain.add_argument("--span", type=int, nargs=2, metavar=("A", "B"), help="its characters")
    explain.add_argument("--image", type=Path)
    explain.add_argument("--entity", metavar="ID", help="default: the best candidate")
    explain.add_argument("--against", metavar="ID", help="explain the margin to this entity")
    explain.add_argument("--target", default="total", metavar="total|tglu|vdlu|cmfu")
    explain.add_argument("--method", metavar="METHOD", help="default: the page's")
    explain.add_argument("--steps", type=int, help="steps or samples of the method")
    explain.add_argument("--kb", type=Path, help="data or index folder (default: the bundled one)")
    explain.add_argument("--out", type=Path, required=True, help="folder to write")
    explain.add_argument("--json", action="store_true", help="print the record")

    about = "draw the figure of a case.json again, with its LaTeX and numbers"
    case = commands.add_parser("case", help=about, description=about)
    case.set_defaults(run=_case)
    case.add_argument("file", type=Path, metavar="case.json")
    case.add_argument("--out", type=Path, required=True, help="folder to write")

    about = "whether explanations point at what decides, measured on Atlas"
    faithful = command("faithfulness", _faithfulness, about)
    faithful.add_argument("--data", type=Path, required=True, help="folder of Atlas")
    faithful.add_argument("--split", default="test")
    faithful.add_argument("-n", type=int, default=150, help="mentions of each kind")
    faithful.add_argument("--methods", type=_names, metavar="A,B", help="default: the page's")
    faithful.add_argument("--targets", type=_names, metavar="A,B", help="default: total")
    faithful.add_argument("--all", action="store_true", help="every method, target and check")
    faithful.add_argument("--out", type=Path, help="write JSON, CSV and a figure here")
    faithful.add_argument(
        "--docs",
        type=Path,
        metavar="DIR",
        help="the same into a docs folder and into the table of its explanations.md; what it "
        "already holds of this model and was not measured again stays",
    )
    faithful.add_argument("--json", action="store_true")

    measures.add(command)
    return parser


if __name__ == "__main__":
    sys.exit(main())

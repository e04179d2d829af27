"""The commands that measure a model on a split: options in, files and a table out."""

from __future__ import annotations

import argparse
import json
import shlex
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from analysis.cli.shared import add_model
from mimic.cli.shared import AddCommand, add_rerank, opened_reranker
from mimic.errors import InputError
from mimic.io.assets import ASSETS
from mimic.io.files import check_folder
from mimic.io.terminal import report as say
from mimic.io.terminal import seldom

ATLAS = Path("data") / "atlas"
BASELINE = ASSETS / "concat"
ABOUT = {
    "evaluate": "the main table: models, units and the baseline, with intervals and paired tests",
    "ablate": "without a unit, a side of the input, or with held gates; --retrain trains instead",
    "robustness": "curves when pictures are replaced or words dropped, and the gates on noise",
    "units": "agreement of the units, which is right when they differ, scores, calibration",
    "lambda": "sensitivity to the weight of the unit losses, from stored runs; --retrain trains",
    "low-resource": "a part of the training data, from stored runs; --retrain trains",
    "errors": "the wrong mentions by margin and cause, each as a case.json for the page",
    "report": "all of these, bound into one HTML file",
}
LAMBDAS, FRACTIONS = (0.0, 0.1, 0.3, 1.0, 3.0), (0.1, 0.2, 1.0)


def add(command: AddCommand) -> None:
    """Adds the commands to the parser of `python -m analysis`."""
    for name, about in ABOUT.items():
        sub = command(name, _report if name == "report" else _part, about)
        _common(sub)
        sub.set_defaults(part=name, least=2)  # mentions: of one there is no interval
        sub.add_argument("--out", type=Path, required=name == "report", metavar="DIR",
                         help="folder for CSV, Markdown and figures")  # fmt: skip
        sub.add_argument("--concat", type=Path, metavar="DIR", help="the concatenation baseline")
        sub.add_argument("-n", type=int, help="mentions, spread over the split (default: all)")
        sub.add_argument("--runs", type=Path, metavar="CSV", help="default: runs.csv in --out")
        sub.add_argument("--cases", type=int, default=24, help="errors that get a case.json")
        sub.add_argument("--published", metavar="wikimel|richpediamel|wikidiverse",
                         help="show the papers' rows in a table of their own")  # fmt: skip
        sub.add_argument("--docs", type=Path, default=Path("docs"), help="holds faithfulness.json")
        if name in ("ablate", "lambda", "low-resource"):
            _training(sub)
            sub.add_argument("--retrain", action="store_true", help="train what is not stored yet")
            sub.add_argument("--seeds", type=_numbers(int), default=(43,), metavar="A,B")
        if name == "lambda":
            sub.add_argument("--values", type=_numbers(float), default=LAMBDAS, metavar="A,B")
        if name == "low-resource":
            sub.add_argument("--fractions", type=_numbers(float), default=FRACTIONS, metavar="A,B")
        if name in ("evaluate", "report"):
            add_rerank(sub)
        if name == "evaluate":
            many: Any = {"type": Path, "action": "append", "default": []}
            about = "rows of `mimic evaluate --predictions`, as one more model"
            sub.add_argument("--predictions", metavar="FILE", help=about, **many)
            about = "another model folder, tested against --model"
            sub.add_argument("--against", metavar="MODEL", help=about, **many)
    about = "train the concatenation baseline on the encoders of a model"
    baseline = command("baseline", _baseline, about)
    _common(baseline)
    _training(baseline)
    baseline.add_argument("--out", type=Path, default=BASELINE, help="default: assets/concat")


def _common(sub: argparse.ArgumentParser) -> None:
    add_model(sub)
    sub.add_argument("--data", type=Path, default=ATLAS, help="data folder (default: data/atlas)")
    sub.add_argument("--split", default="test")
    sub.add_argument("--seed", type=int, default=43, help="of noise, or of a training")
    sub.add_argument("--json", action="store_true", help="print the record")


def _training(sub: argparse.ArgumentParser) -> None:
    sub.add_argument("--epochs", type=int, help="of the short schedule (default: 3)")


def _part(options: argparse.Namespace) -> None:
    """One part: trains first where it is asked for, then measures, prints and writes."""
    from analysis.report.report import SECTIONS
    from analysis.report.sections import markdown, section_record, write_section

    if getattr(options, "retrain", False):
        check_folder(_runs(options).parent)
    linker = _linker(options)
    if getattr(options, "retrain", False):
        _retrain(options, linker)
    job = _job(options, linker)
    part = _evaluated(options, job) if options.part == "evaluate" else SECTIONS[options.part](job)
    origin = job.origin(options.part)
    if others := [*getattr(options, "against", ()), *getattr(options, "predictions", ())]:
        origin["options"] += f" {len(others)} others"  # the report's own table has none
    record = section_record(part, origin)
    if options.out is not None:
        files = write_section(part, options.out, record["origin"])
        say(f"{len(files)} files in {options.out}")
    print(json.dumps(record, ensure_ascii=False) if options.json else markdown(record))


def _evaluated(options: argparse.Namespace, job: Any) -> Any:
    from analysis.measures.evaluate import main_table
    from analysis.measures.split_scores import SplitScores, mean_of
    from analysis.measures.systems import own_systems, predicted_ranks, ranked

    several = bool(options.against or options.predictions)
    name = _name(options.model) if several else "all units"
    systems = own_systems(job.split, job.concat, name)
    for folder in options.against:
        apart = {"model": folder, "rerank": None, "rerank_url": None, "rerank_model": None}
        other = _linker(argparse.Namespace(**{**vars(options), **apart}))
        theirs = SplitScores(other, options.data, options.split, job.report, options.n)
        systems[_free(_name(folder), systems)] = ranked(mean_of(theirs.clean), theirs.gold)
    for file in options.predictions:
        systems[_free(file.stem, systems)] = predicted_ranks(file, job.split)
    return main_table(job.split, systems, options.published)


def _report(options: argparse.Namespace) -> None:
    from analysis.report.report import make_report

    failures = make_report(_job(options, _linker(options)), say)
    page = options.out / "report.html"
    print(json.dumps({"report": str(page), "failed": failures}) if options.json else page)
    if failures:
        raise InputError(f"{page} is written, without these parts: {', '.join(failures)}")


def _baseline(options: argparse.Namespace) -> None:
    from analysis.measures.retraining import training_card
    from analysis.measures.runs import Setting
    from mimic.model.mimic import versions
    from mimic.training.concat_baseline import Concat, ConcatCard, save_concat

    linker = _linker(options)
    bench = _bench(options, linker)
    setting = Setting("concat", "", 0.0, "", seed=options.seed)
    row, model = bench.measured(setting, _typed())
    assert isinstance(model, Concat)
    card = training_card(setting, row, bench.config(setting))
    width = model.fuse.out_features
    save_concat(model, options.out, ConcatCard(linker.index.model, width, card, versions()))
    print(json.dumps({"out": str(options.out), **card}))


def _bench(options: argparse.Namespace, linker: Any) -> Any:
    from analysis.measures.retraining import Retraining

    return Retraining(linker, options.data, options.split, seldom(), options.epochs, options.cache)


def _retrain(options: argparse.Namespace, linker: Any) -> None:
    from analysis.measures.ablate import ablation_settings
    from analysis.measures.runs import Setting

    gate = linker.model.config.vdlu_gate
    settings: list[Setting] = []
    for seed in options.seeds:
        base = Setting(gate=gate, seed=seed)
        if options.part == "ablate":
            settings += ablation_settings(gate, seed).values()
        elif options.part == "lambda":
            settings += [replace(base, unit_weight=value) for value in options.values]
        else:
            concat = Setting("concat", "", 0.0, "", seed=seed)
            kinds = (base, replace(base, unit_weight=0.0), concat)
            settings += [replace(k, fraction=f) for f in options.fractions for k in kinds]
    count = _bench(options, linker).run(settings, _runs(options), _typed())
    say(f"{count} runs trained, {len(settings) - count} were there, all in {_runs(options)}")


def _job(options: argparse.Namespace, linker: Any) -> Any:
    from analysis.measures.split_scores import SplitScores
    from analysis.report.report import SECTIONS, Job, concat_fingerprint

    report = seldom()
    split = SplitScores(linker, options.data, options.split, report, options.n)
    concat, folder = _concat(options, linker)
    same = _arguments(options)
    return Job(
        split,
        concat,
        options.seed,
        report,
        options.out,
        _runs(options, needed=False),
        options.cases,
        options.published,
        options.docs,
        {n: f"python -m analysis {n} {same}" for n in (*SECTIONS, "report")}
        | {"faithfulness": f"python -m analysis faithfulness --data {options.data} --docs docs"},
        concat_fingerprint(folder) if concat is not None and folder is not None else "",
    )


def _arguments(options: argparse.Namespace) -> str:
    """The options that decide what comes out, as they would be typed."""
    flags = {"--model": options.model, "--data": options.data, "--split": options.split,
             "--seed": options.seed, "-n": options.n, "--concat": options.concat,
             "--runs": options.runs, "--published": options.published,
             "--rerank": getattr(options, "rerank", None),
             "--rerank-url": getattr(options, "rerank_url", None),
             "--rerank-model": getattr(options, "rerank_model", None),
             "--out": options.out}  # fmt: skip
    return shlex.join(str(w) for pair in flags.items() if pair[1] is not None for w in pair)


def _concat(options: argparse.Namespace, linker: Any) -> tuple[Any, Path | None]:
    """The baseline and its folder: the one that was named, else the bundled one where it fits."""
    from mimic.training.concat_baseline import CARD, load_concat

    folder = options.concat or BASELINE
    if options.concat is None and not (folder / CARD).is_file():
        return None, None
    try:
        return load_concat(folder, linker.model, linker.index.model)[0], folder
    except InputError as error:
        if options.concat is not None:
            raise
        say(f"without the baseline: {error}")
        return None, None


def _linker(options: argparse.Namespace) -> Any:
    from mimic.io.terminal import progress
    from mimic.linking.linker import EntityLinker

    if not (options.data / "kb_entity.json").is_file():
        hint = f": make Atlas with `python -m mimic atlas --out {options.data}`"
        raise InputError(
            f"no such file: {options.data / 'kb_entity.json'}" + hint * (options.data == ATLAS)
        )
    reranker = opened_reranker(options) if hasattr(options, "rerank") else None
    linker = EntityLinker.load(
        options.model, options.data, options.device, options.cache, progress("entities")
    )
    linker.reranker = reranker
    return linker


def _runs(options: argparse.Namespace, needed: bool = True) -> Path:
    if options.runs is not None:
        return Path(options.runs)
    if options.out is None and needed:
        raise InputError("--retrain needs --out DIR (or --runs CSV), where the runs are kept")
    return (options.out or Path("docs") / "atlas-report") / "runs.csv"


def _typed() -> str:
    return "python -m analysis " + shlex.join(sys.argv[1:])


def _name(model: Path | None) -> str:
    return model.name if model is not None else "bundled"


def _free(name: str, systems: Any) -> str:
    """The name, with a number where a system has it."""
    number = 2
    free = name
    while free in systems:
        free, number = f"{name} {number}", number + 1
    return free


def _numbers(kind: type) -> Callable[[str], tuple[Any, ...]]:
    def parse(text: str) -> tuple[Any, ...]:
        values = tuple(kind(part) for part in text.split(",") if part.strip())
        if not values:
            raise ValueError("empty")
        return values

    parse.__name__ = "list"
    return parse

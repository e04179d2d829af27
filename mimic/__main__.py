"""The command line: `python -m mimic COMMAND`."""

from __future__ import annotations

import argparse
import json
import os
import shlex
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from mimic.cli import kb as kb_commands
from mimic.errors import InputError
from mimic.io.files import check_file, write_whole
from mimic.io.terminal import Parser as _Parser
from mimic.io.terminal import exit_code
from mimic.io.terminal import progress as _progress
from mimic.io.terminal import report as _report

#: Fields of the training configuration that have a flag of their own.
TRAIN_FLAGS = {
    "epochs": (int, "epochs over the mentions"),
    "seed": (int, "of weights, batches and everything random"),
    "train_fraction": (float, "share of the train split to use, for low-resource runs"),
    "hard_negatives": (int, "confusable entities added for each mention (0: none)"),
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command and returns its exit code, see `exit_code`."""
    os.environ.setdefault("HF_HUB_DISABLE_TELEMETRY", "1")
    options = _parser().parse_args(arguments)
    return exit_code(lambda: options.run(options))


def _atlas(options: argparse.Namespace) -> None:
    from mimic.atlas.dataset import write_atlas

    summary = write_atlas(
        options.out,
        options.seed,
        sizes=tuple(options.mentions),
        workers=options.workers,
        progress=_progress("drawings"),
    )
    print(json.dumps(summary))


def _train(options: argparse.Namespace) -> None:
    from mimic.config import preset
    from mimic.model.mimic import pick_device
    from mimic.training.loop import train

    flags = {name: getattr(options, name) for name in TRAIN_FLAGS}
    chosen = preset(
        options.preset, options.config, {n: v for n, v in flags.items() if v is not None}
    )
    device, data = pick_device(options.device), options.data
    out = options.out or Path("runs") / options.preset
    if data is None:
        if options.preset != "atlas":
            raise InputError("--data DIR is needed: the folder with kb_entity.json")
        data = out / "atlas"
        if not data.is_dir() and not options.resume:
            from mimic.atlas.dataset import write_atlas

            print(f"writing Atlas to {data}", file=sys.stderr)
            write_atlas(data, 0, progress=_progress("drawings"))
    command = "python -m mimic " + shlex.join(sys.argv[1:])
    print(json.dumps(train(chosen, data, out, device, _report, options.resume, command)))


def _audit(options: argparse.Namespace) -> None:
    from mimic.config import ModelConfig, preset
    from mimic.data.audit import audit_folder, summary_lines

    config = preset(options.preset).model if options.preset else ModelConfig()
    found = audit_folder(options.data, config, _progress("pictures"))
    if found["tokens"] is None:
        _report(f"the tokenizer of {config.text} cannot be had: no shares of truncated texts")
    print(json.dumps(found) if options.json else "\n".join(summary_lines(found)))


def _evaluate(options: argparse.Namespace) -> None:
    from mimic.data.layout import data_fingerprint
    from mimic.linking.evaluate import evaluate, write_predictions

    if (file := options.predictions) is not None:
        if file.suffix not in (".csv", ".jsonl"):
            raise InputError(f"{file}: the name must end in .csv or .jsonl")
        check_file(file)
    split = _read_split(options)
    linker = _linker(options, options.kb or options.data)
    rows: list[dict[str, Any]] | None = [] if options.predictions else None
    report = evaluate(
        linker,
        split,
        options.rank_by,
        options.without,
        progress=_progress("mentions"),
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


def _read_split(options: argparse.Namespace) -> Any:
    """The mentions of `--data` and `--split`; what is left out of them is told."""
    from mimic.data.layout import read_kb, read_split

    kb = read_kb(options.data)
    split = read_split(options.data, options.split, kb)
    for what, skipped in (("entities", kb.skipped), (split.name, split.skipped)):
        if skipped:
            number, why = min(skipped.items())
            _report(f"{len(skipped)} records of {what} are left out; record {number}: {why}")
    return split


def _calibrate(options: argparse.Namespace) -> None:
    from mimic.io.assets import BUNDLED_MODEL
    from mimic.linking.evaluate import calibrate
    from mimic.model.mimic import save_nil

    split = _read_split(options)
    linker = _linker(options, options.kb or options.data)
    rule = calibrate(linker, split, _progress("mentions")).record()
    save_nil(options.model or BUNDLED_MODEL, rule)
    print(json.dumps(rule))


def _index(options: argparse.Namespace) -> None:
    from mimic.data.layout import read_kb
    from mimic.index.entity_encoder import EntityEncoder
    from mimic.index.entity_index import EntityIndex, build
    from mimic.io.assets import BUNDLED_MODEL
    from mimic.linking.linker import check_vocabulary
    from mimic.model.mimic import fingerprint, load_model, pick_device
    from mimic.model.processor import Processor, load_tokenizer

    if options.batch_size < 1:
        raise InputError(f"--batch-size is {options.batch_size}; it must be at least 1")
    if options.verify:
        from mimic.index.shard_reader import verified

        print(json.dumps(verified(options.out)))
        return
    if options.kb is None:
        raise InputError("--kb DIR is needed: the folder with kb_entity.json")
    folder = options.model or BUNDLED_MODEL
    model, _ = load_model(folder, pick_device(options.device))
    printed = fingerprint(folder)
    _keep_other_index(options.out, printed, options.dtype)
    processor = Processor(model.config, load_tokenizer(model.config, folder))
    check_vocabulary(model, processor, folder)
    kb = read_kb(options.kb)
    encoder = EntityEncoder(model, processor, printed, options.batch_size)
    make = None
    if options.ray:
        from mimic.index.cluster.build import made_on

        make = made_on(options.ray, Path(folder), options.batch_size, options.device)
    told = _progress("entities")
    build(options.out, encoder, kb.entities, options.dtype, told, make, verify=True)
    index = EntityIndex.open(options.out, model, encoder.model, verify=False)
    for message in index.unreadable:
        _report(f"unreadable, taken as missing: {message}")
    print(
        json.dumps(
            {
                "entities": len(index),
                "unreadable": len(index.unreadable),
                "missing_images": kb.image_rules.get("missing", 0),
                "bytes": index.nbytes,
            }
        )
    )


def _keep_other_index(out: Path, model: str, dtype: str) -> None:
    """Refuses to replace an index that stands there and is of another kind."""
    from mimic.index.entity_index import fits
    from mimic.index.shards import MANIFEST, read_manifest

    if not (out / MANIFEST).is_file():
        return
    found = read_manifest(out)
    if not fits(found["model"], model) or found["dtype"] != dtype:
        raise InputError(
            f"{out}: holds an index of model {found['model']} in {found['dtype']}, not of {model} "
            f"in {dtype}; give another folder, or remove it first"
        )


def _bundle(options: argparse.Namespace) -> None:
    from mimic.io.assets import ASSETS
    from mimic.linking.bundle import bundle

    size = bundle(options.model, options.data, options.out or ASSETS, _progress("entities"))
    print(json.dumps({"bytes": size}))


def _link(options: argparse.Namespace) -> None:
    from mimic.schema import Mention, result_record

    span = tuple(options.span) if options.span else None
    mention = Mention(options.mention, options.sentence, options.image, span)
    result = _linker(options, options.kb).link(mention, options.k, options.rank_by)
    if result.notice:
        _report(f"{options.image}: {result.notice}")
    if options.json:
        print(json.dumps(result_record(result), ensure_ascii=False))
        return
    print(f"{'':3} {'score':>8} {'prob.':>6} {'TGLU':>8} {'VDLU':>8} {'CMFU':>8}")
    for c in result.candidates:
        units = f"{c.units.tglu:8.2f} {c.units.vdlu:8.2f} {c.units.cmfu:8.2f}"
        about = f"{c.entity.name} ({c.entity.id}): {c.entity.description[:60]}"
        print(f"{c.rank:3} {c.score:8.2f} {c.probability:6.3f} {units}  {about}")
    if result.image == "missing":
        print("no picture was given: the model saw a blank one")
    if result.truncated:
        print("the text is longer than the model reads: its end was cut off")
    if result.doubt is not None and result.doubt.nil:
        print(
            f"no confident entity: the {result.doubt.statistic} is {result.doubt.value:.2f}, under "
            f"{result.doubt.threshold:.2f}"
        )


def _link_many(options: argparse.Namespace) -> None:
    from mimic.linking.link_table import as_csv, as_jsonl, link_many

    kind = options.out.suffix.lower()
    if kind not in (".csv", ".jsonl"):
        raise InputError(f"{options.out}: the name must end in .csv or .jsonl")
    if options.out.resolve() == options.table.resolve():
        raise InputError(f"--out {options.out} is the table itself: give another name")
    linker = _linker(options, options.kb)
    told = _progress("mentions")
    rows = list(link_many(linker, options.table, options.images, options.k, options.rank_by, told))
    bad = [{"row": row.number, "reason": row.problem} for row in rows if row.result is None]
    if len(bad) == len(rows):
        raise InputError(f"no row could be linked; row {bad[0]['row']}: {bad[0]['reason']}")
    text = as_csv(rows) if kind == ".csv" else as_jsonl(rows)
    write_whole(options.out, text.encode("utf-8-sig" if kind == ".csv" else "utf-8"))
    print(json.dumps({"rows": len(rows), "linked": len(rows) - len(bad), "bad": bad}))


def _score(options: argparse.Namespace) -> None:
    import torch
    from safetensors.torch import save

    from mimic.io.assets import BUNDLED_MODEL
    from mimic.model.checkpoint import score_batch
    from mimic.model.mimic import load_model, pick_device, read_tensors

    check_file(options.out)
    model, _ = load_model(options.model or BUNDLED_MODEL, pick_device(options.device))
    with torch.inference_mode():
        out = score_batch(model, read_tensors(options.batch))
    write_whole(options.out, save(out))
    print(json.dumps({name: list(tensor.shape) for name, tensor in out.items()}))


def _import_checkpoint(options: argparse.Namespace) -> None:
    from mimic.model.checkpoint import import_checkpoint

    print(json.dumps(import_checkpoint(options.file, options.clip, options.out)))


def _linker(options: argparse.Namespace, kb: Path | None) -> Any:
    from mimic.linking.linker import EntityLinker

    return EntityLinker.load(
        options.model,
        kb,
        options.device,
        options.cache,
        _progress("entities"),
        options.ray,
        options.verify or None,
    )


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(prog="python -m mimic", description=__doc__)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    def command(name: str, run: Callable[[argparse.Namespace], None], about: str) -> Any:
        sub = commands.add_parser(name, help=about, description=about)
        sub.set_defaults(run=run)
        return sub

    atlas = command("atlas", _atlas, "write the bundled data set")
    atlas.add_argument("--out", type=Path, required=True)
    atlas.add_argument("--seed", type=int, default=0)
    atlas.add_argument(
        "--mentions",
        type=int,
        nargs=3,
        default=(12000, 1500, 1500),
        metavar=("TRAIN", "DEV", "TEST"),
    )
    atlas.add_argument("--workers", type=int, help="processes that draw (default: all cores)")

    train = command("train", _train, "train a model")
    train.add_argument("--preset", default="atlas")
    train.add_argument("--out", type=Path, help="model folder to write (default: runs/PRESET)")
    train.add_argument("--data", type=Path, help="data folder (atlas: written when left out)")
    train.add_argument(
        "--config", type=Path, help='JSON {"model": {}, "train": {}} over the preset'
    )
    for name, (kind, about) in TRAIN_FLAGS.items():
        train.add_argument("--" + name.replace("_", "-"), type=kind, help=about)
    train.add_argument("--resume", action="store_true", help="go on with an interrupted run")
    _device(train)

    audit = command("audit", _audit, "say what is in a data folder, and what is wrong with it")
    audit.add_argument("--data", type=Path, required=True)
    audit.add_argument("--preset", help="whose tokenizer counts tokens (default: MiniLM's)")
    audit.add_argument("--json", action="store_true")

    evaluate = command("evaluate", _evaluate, "rank a split against the whole knowledge base")
    evaluate.add_argument("--data", type=Path, required=True)
    evaluate.add_argument("--split", default="test")
    evaluate.add_argument("--rank-by", default="total", metavar="total|tglu|vdlu|cmfu")
    evaluate.add_argument(
        "--predictions", type=Path, metavar="FILE", help="one row per mention: .csv or .jsonl"
    )
    evaluate.add_argument("--without", metavar="image|sentence", help="take it from every mention")
    _opened(evaluate, kb="data or index folder (default: --data)")

    calibrate = command("calibrate", _calibrate, "set when a model says that no entity is meant")
    calibrate.add_argument("--data", type=Path, required=True)
    calibrate.add_argument("--split", default="dev")
    _opened(calibrate, kb="data or index folder (default: --data)")

    index = command("index", _index, "encode a knowledge base once and store it")
    index.add_argument("--kb", type=Path, help="data folder with kb_entity.json")
    index.add_argument("--out", type=Path, required=True, help="index folder to write")
    index.add_argument(
        "--verify",
        action="store_true",
        help="only compare every byte of the index in --out with its manifest, and write nothing",
    )
    index.add_argument("--model", type=Path, help="model folder (default: the bundled one)")
    index.add_argument("--dtype", choices=("float32", "float16", "bfloat16"), default="float32")
    index.add_argument("--batch-size", type=int, default=64)
    _device(index)
    _ray(index)

    bundle = command("bundle", _bundle, "put a trained model and its knowledge base into assets/")
    bundle.add_argument("--model", type=Path, required=True)
    bundle.add_argument("--data", type=Path, required=True)
    bundle.add_argument("--out", type=Path, help="default: the assets folder of this checkout")

    link = command("link", _link, "link one mention")
    link.add_argument("--sentence", required=True)
    link.add_argument("--mention", required=True, help="the words of the sentence to link")
    link.add_argument("--span", type=int, nargs=2, metavar=("A", "B"), help="its characters [A, B)")
    link.add_argument("--image", type=Path)
    link.add_argument("-k", type=int, help="candidates (default: 10, or all there are)")
    link.add_argument("--rank-by", default="total", metavar="total|tglu|vdlu|cmfu")
    _opened(link)

    many = command("link-many", _link_many, "link every row of a table")
    many.add_argument("table", type=Path, metavar="TABLE", help="sentence, mention[, image][, id]")
    many.add_argument("--images", type=Path, metavar="DIR|ZIP", help="the pictures it names")
    many.add_argument("--out", type=Path, required=True, help=".csv or .jsonl to write")
    many.add_argument("-k", type=int, help="candidates of a row (default: 5, or all there are)")
    many.add_argument("--rank-by", default="total", metavar="total|tglu|vdlu|cmfu")
    _opened(many, as_json=False)

    score = command("score", _score, "score a batch of tensors")
    score.add_argument("--model", type=Path, help="model folder (default: the bundled one)")
    score.add_argument("--batch", type=Path, required=True, help="safetensors: mention.*, entity.*")
    score.add_argument("--out", type=Path, required=True)
    _device(score)

    importer = command(
        "import-checkpoint", _import_checkpoint, "convert a checkpoint of the authors"
    )
    importer.add_argument("file", type=Path)
    importer.add_argument("--clip", required=True, help="folder or hub name of its CLIP")
    importer.add_argument("--out", type=Path, required=True)

    kb_commands.add(commands)
    return parser


def _device(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--device", choices=("auto", "cpu", "cuda"), default="auto")


def _ray(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--ray", metavar="ADDRESS", help="Ray cluster to use: HOST:PORT, or auto (docs/scale.md)"
    )


def _opened(
    parser: argparse.ArgumentParser,
    as_json: bool = True,
    kb: str = "data or index folder (default: the bundled one)",
) -> None:
    parser.add_argument("--model", type=Path, help="model folder (default: the bundled one)")
    parser.add_argument("--kb", type=Path, help=kb)
    parser.add_argument("--cache", type=Path, help="where indexes are kept")
    parser.add_argument(
        "--verify",
        action="store_true",
        help="compare every byte of the index with its manifest first, however large it is "
        "(up to 2 GiB that is always done)",
    )
    if as_json:
        parser.add_argument("--json", action="store_true")
    _device(parser)
    _ray(parser)


if __name__ == "__main__":
    sys.exit(main())

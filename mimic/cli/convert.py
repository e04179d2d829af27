"""The command `convert`: predictions in the forms that others read, and data sets of others."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from mimic.cli.shared import AddCommand
from mimic.errors import InputError
from mimic.io.terminal import report

_FORMS, _TEXTS, _DATA = ("jsonl", "csv", "trec", "qrels"), ("kilt", "nif"), "mimic"
_DOCUMENTS = (".conll", ".tsv", ".ttl", ".nif", ".jsonl")


def add(command: AddCommand) -> None:
    """Adds what is here to the command line."""
    about = "predictions in another form, or the data set of others in the authors' layout"
    convert = command("convert", _convert, about)
    convert.add_argument(
        "input",
        type=Path,
        help="rows of `evaluate --predictions`; for --to mimic a data set: Parquet, a folder of "
        "Hugging Face's datasets, KGMEL's, MELBench's or FissFuse's files, texts (.conll, .ttl)",
    )
    convert.add_argument("output", type=Path, help="a file; a new folder for --to mimic")
    convert.add_argument(
        "--to",
        required=True,
        choices=(*_FORMS, *_TEXTS, _DATA),
        help="trec: a run; qrels: the answers that a run is measured by; mimic: a data folder",
    )
    convert.add_argument(
        "--data", type=Path, metavar="DIR", help="kilt, nif: the data folder with the sentences"
    )
    convert.add_argument(
        "--kb", type=Path, metavar="DIR", help="mimic: a data folder whose entities are taken"
    )
    convert.add_argument(
        "--split",
        nargs="?",
        const="70,10,20",
        metavar="TRAIN,DEV,TEST",
        help="mimic: divide a data set of one split (default of the shares: 70,10,20)",
    )
    convert.add_argument("--seed", type=int, metavar="N", help="of --split (default: 43)")


def _convert(options: argparse.Namespace) -> None:
    _check_flags(options)
    if options.to == _DATA:
        _convert_data(options)
    else:
        _convert_rows(options)


def _check_flags(options: argparse.Namespace) -> None:
    """Raises InputError for a flag that does not go with what is made."""
    own = {"--data": _TEXTS, "--kb": (_DATA,), "--split": (_DATA,), "--seed": (_DATA,)}
    for flag, kinds in own.items():
        if getattr(options, flag[2:]) is not None and options.to not in kinds:
            raise InputError(f"{flag} goes with --to {' or '.join(kinds)}, not --to {options.to}")
    if options.seed is not None and options.split is None:
        raise InputError(f"--seed {options.seed} goes with --split")


def _convert_rows(options: argparse.Namespace) -> None:
    from mimic.io.files import check_file, write_whole
    from mimic.linking.splits.predictions import converted, read_predictions

    check_file(options.output)
    rows = read_predictions(options.input)
    data = _annotated(options, rows) if options.to in _TEXTS else converted(rows, options.to)
    write_whole(options.output, data)
    report(f"{options.output}: {len(rows):,} mentions")


def _annotated(options: argparse.Namespace, rows: list[dict[str, Any]]) -> bytes:
    from mimic.linking.splits.annotations import (
        Contexts,
        predictions_kilt,
        predictions_nif,
        read_contexts,
    )

    contexts = Contexts() if options.data is None else read_contexts(options.data, rows)
    if options.data is None:
        report("without --data DIR each text is the mention alone, and entities have no names")
    write = predictions_kilt if options.to == "kilt" else predictions_nif
    return write(rows, contexts).encode()


def _convert_data(options: argparse.Namespace) -> None:
    from mimic.data.formats.data_set import SEED, parse_shares
    from mimic.data.formats.read import convert_data

    found = convert_data(
        options.input,
        options.output,
        options.kb,
        None if options.split is None else parse_shares(options.split),
        SEED if options.seed is None else options.seed,
        _documents(options.input),
    )
    for note in found["notes"]:
        report(note)
    mentions = ", ".join(f"{split} {count:,}" for split, count in found["mentions"].items())
    told = f"{options.output}: {found['entities']:,} entities; mentions: {mentions}"
    if found["not_in_kb"]:
        told += f"; {found['not_in_kb']:,} answers are not in the knowledge base"
    for kind, count in found["pictures"].items():
        told += f"; {count:,} pictures {kind}"
    report(f"{told} ({found['format']})")


def _documents(path: Path) -> Any:
    """How a file of texts is read, and as what; `None` for anything else."""
    from mimic.data.formats.gold_table import is_gold_table

    if path.suffix.lower() not in _DOCUMENTS or path.is_dir() or is_gold_table(path):
        return None
    from mimic.linking.evaluate_text import read_documents
    from mimic.texts.data_set import documents_data

    return "texts", lambda path, pictures: documents_data(read_documents(path))

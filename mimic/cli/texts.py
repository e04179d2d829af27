"""The commands `link-text` and `evaluate-text`."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from mimic.cli.shared import (
    AddCommand,
    add_linker,
    add_rerank,
    add_restriction,
    open_linker,
    restricted,
)
from mimic.errors import InputError
from mimic.io.terminal import progress

FORMATS = ("json", "jsonl", "nif", "kilt", "conll", "html")


def add(command: AddCommand) -> None:
    """Adds what is here to the command line."""
    link = command("link-text", _link_text, "find and link all mentions of a text")
    link.add_argument("text", metavar="FILE|-", help="the text, or - for standard input")
    link.add_argument(
        "--image",
        type=Path,
        action="append",
        help="its picture; several times: one for each paragraph",
    )
    link.add_argument("-k", type=int, help="candidates of a mention (default: 10, or all)")
    link.add_argument("--format", default="json", choices=FORMATS)
    link.add_argument("--recogniser", metavar="NAME", help="of named entities: spacy:MODEL, ...")
    link.add_argument("--neighbours", action="store_true", help="read the sentences beside, too")
    add_restriction(link)
    add_rerank(link)
    add_linker(link, as_json=False)

    score = command("evaluate-text", _evaluate_text, "scores on texts with gold annotations")
    score.add_argument(
        "--data",
        type=Path,
        required=True,
        metavar="FILE",
        help="JSON lines, NIF (.ttl, .nif), or AIDA's columns (.conll, .tsv)",
    )
    score.add_argument("--neighbours", action="store_true", help="read the sentences beside, too")
    add_restriction(score)
    add_linker(score)


def _link_text(options: argparse.Namespace) -> None:
    from mimic.texts.formats.write import written

    text, only = read_text(options.text), restricted(options)
    linked = open_linker(options, options.kb).link_text(
        text,
        options.image,
        options.k,
        recogniser=options.recogniser,
        neighbours=options.neighbours,
        progress=progress("mentions"),
        **only,
    )
    print(written(linked, options.format), end="")


def read_text(said: str) -> str:
    """The text of a file, or of standard input for `-`; its line ends stay as they are.

    Raises:
        InputError: no such file, it is empty, too long, or not text.
    """
    from mimic.texts.plain import MOST_BYTES, plain_text

    try:
        if said == "-":
            return plain_text(sys.stdin.buffer.read(MOST_BYTES), "standard input")
        with Path(said).open("rb") as stream:
            return plain_text(stream.read(MOST_BYTES), said)
    except FileNotFoundError:
        raise InputError(f"no such file: {said}") from None
    except OSError as error:
        raise InputError(f"{said}: cannot be read ({error.strerror})") from None


def _evaluate_text(options: argparse.Namespace) -> None:
    from mimic.linking.evaluate_text import evaluate_text, read_documents
    from mimic.linking.restriction import Restriction

    documents, only = read_documents(options.data), Restriction.of(**restricted(options))
    linker = open_linker(options, options.kb)
    scores = evaluate_text(linker, documents, only, options.neighbours, progress("documents"))
    if options.json:
        print(json.dumps(scores))
        return
    print(f"{scores['documents']} documents, {scores['gold']} gold mentions")
    print(f"{'':10} {'':6} {'prec.':>6} {'recall':>6} {'F1':>6}")
    for part in ("mentions", "linking", "both"):
        for kind, row in scores[part].items():
            values = " ".join(f"{row[n]:6.1f}" for n in ("precision", "recall", "f1"))
            print(f"{part:10} {kind:6} {values}")

"""What several commands share: flags, how a linker is opened, how a split is read."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import Any

from mimic.io.terminal import progress, report

#: Adds a command: its name, what runs it, one line about it; returns its parser.
AddCommand = Callable[[str, Callable[[argparse.Namespace], None], str], Any]


def add_device(parser: argparse.ArgumentParser) -> None:
    """Adds `--device`."""
    parser.add_argument("--device", choices=("auto", "cpu", "cuda"), default="auto")


def add_ray(parser: argparse.ArgumentParser) -> None:
    """Adds `--ray`."""
    parser.add_argument(
        "--ray", metavar="ADDRESS", help="Ray cluster to use: HOST:PORT, or auto (docs/scale.md)"
    )


def add_linker(
    parser: argparse.ArgumentParser,
    as_json: bool = True,
    kb: str = "data or index folder, or hub:owner/name (default: the bundled one)",
) -> None:
    """Adds the flags that say which linker is opened, and how.

    Args:
        kb: what `--kb` names.
    """
    about = "model folder, or hub:owner/name[@revision] (default: the bundled one)"
    parser.add_argument("--model", type=Path, help=about)
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
    add_device(parser)
    add_ray(parser)


def add_restriction(parser: argparse.ArgumentParser) -> None:
    """Adds `--candidates` and `--types`."""
    parser.add_argument(
        "--candidates",
        default="all",
        metavar="all|names|FILE",
        help="rank all entities, the bearers of the name, or those whose ids a file lists",
    )
    parser.add_argument("--types", metavar="A,B", help="rank entities of these types alone")


def add_rerank(parser: argparse.ArgumentParser) -> None:
    """Adds `--rerank`, `--rerank-url` and `--rerank-model`."""
    parser.add_argument(
        "--rerank",
        metavar="DIR|URL",
        help="a second look at the first candidates: folder of a reranker, or a chat endpoint",
    )
    parser.add_argument(
        "--rerank-url",
        metavar="URL",
        help="OpenAI-compatible endpoint, http://HOST/v1; its key is read from MIMIC_RERANK_KEY",
    )
    parser.add_argument("--rerank-model", metavar="NAME", help="the model there")


def opened_reranker(options: argparse.Namespace) -> Any:
    """What the flags of `add_rerank` name; `None` for nothing."""
    from mimic.rerank.open import open_reranker

    asked = options.rerank, options.rerank_url, options.rerank_model
    return open_reranker(*asked, options.device)


def restricted(options: argparse.Namespace) -> dict[str, Any]:
    """What the flags of `add_restriction` say, as `EntityLinker.link` takes it."""
    from mimic.linking.restriction import read_candidates, read_types

    return {
        "candidates": read_candidates(options.candidates),
        "types": read_types(options.types),
    }


def open_linker(options: argparse.Namespace, kb: Path | None) -> Any:
    """The linker that the flags of `add_linker` name, with its knowledge base, and the reranker
    where there are flags for one."""
    from mimic.linking.linker import EntityLinker

    reranker = opened_reranker(options) if hasattr(options, "rerank") else None
    linker = EntityLinker.load(
        options.model,
        kb,
        options.device,
        options.cache,
        progress("entities"),
        options.ray,
        options.verify or None,
    )
    linker.reranker = reranker
    return linker


def read_split(options: argparse.Namespace) -> Any:
    """The mentions of `--data` and `--split`; what is left out of them is told."""
    from mimic.data import layout

    kb = layout.read_kb(options.data)
    split = layout.read_split(options.data, options.split, kb)
    for what, skipped in (("entities", kb.skipped), (split.name, split.skipped)):
        if skipped:
            number, why = min(skipped.items())
            report(f"{len(skipped)} records of {what} are left out; record {number}: {why}")
    return split

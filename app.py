"""The page: `python app.py`; `--help` lists the flags."""

from __future__ import annotations

import argparse
import os
import signal
import sys
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

# Before Gradio is imported: the page talks to nobody but its visitor.
os.environ.setdefault("GRADIO_ANALYTICS_ENABLED", "False")
os.environ.setdefault("HF_HUB_DISABLE_TELEMETRY", "1")

import demo.gradio_import  # noqa: F401  before whatever else imports Gradio
from analysis.browse.records import Results, read_results
from demo import ui
from demo.examples import load_examples
from demo.linkers import BUNDLED, Linker, Linkers
from demo.own_kbs import OwnKbs
from demo.server import memory, serve
from demo.server.hosts import checked_name
from demo.server.run_folder import OWN, run_folder
from mimic.cli.shared import add_rerank, opened_reranker
from mimic.data.corrections import check_table
from mimic.errors import InputError
from mimic.io.hub_names import is_hub, repository
from mimic.io.terminal import Parser
from mimic.io.threads import add_threads, use_threads
from mimic.rerank.open import check_flags

EXAMPLES = Path(__file__).parent / "assets" / "examples"


def parse(arguments: list[str] | None = None) -> argparse.Namespace:
    """Reads the flags."""
    parser = Parser(prog="app.py", description="Opens the page of MIMIC.")
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on")
    parser.add_argument(
        "--allow-host",
        metavar="NAME",
        action="append",
        default=[],
        help="another name that the page answers to, as behind a proxy; may be given several times",
    )
    parser.add_argument("--port", type=int, default=7860, help="0: the first free one from 7860")
    for flag, what in (("--model", "folder of a model"), ("--kb", "data or index folder")):
        about = f"{what}, or hub:owner/name; may be given several times, beside the bundled one"
        parser.add_argument(flag, type=Path, action="append", default=[], help=about)
    parser.add_argument("--device", choices=("auto", "cpu", "cuda"), default="auto")
    add_threads(parser)
    add_rerank(parser)
    parser.add_argument("--cache", type=Path, help="where an index is kept that had to be built")
    parser.add_argument(
        "--verify", action="store_true", help="compare every byte of an index, however large it is"
    )
    parser.add_argument(
        "--ray", metavar="ADDRESS", help="Ray cluster that holds the index: HOST:PORT, or auto"
    )
    parser.add_argument(
        "--auth", type=Path, metavar="FILE", help="who may enter: a line `name:password` for each"
    )
    parser.add_argument("--root-path", metavar="PATH", help="where a proxy serves it, /mimic")
    about = "no tab in which visitors build knowledge bases of their own tables"
    parser.add_argument("--no-upload-kb", action="store_true", help=about)
    about = "a gold table (.jsonl) that visitors may add to: what is right, or that nothing is"
    parser.add_argument("--corrections", type=Path, metavar="FILE", help=about)
    about = "rows of `mimic evaluate --predictions` to browse; twice: two models side by side"
    parser.add_argument(
        "--predictions", type=Path, action="append", default=[], metavar="FILE", help=about
    )
    parser.add_argument("--data", type=Path, metavar="DIR", help="the data folder they are of")
    parser.add_argument("--share", action="store_true", help="a public link, through gradio.live")
    parser.add_argument("--mcp", action="store_true", help="serve the endpoints as MCP tools, too")
    return parser.parse_args(arguments)


def check_folders(flags: argparse.Namespace) -> None:
    """Looks into the folders that the flags name, before a page is announced.

    Raises:
        InputError: names the one that is not there, or holds nothing to load.
    """
    needed = (
        ("--model", flags.model, ("config.json",)),
        ("--kb", flags.kb, ("kb_entity.json", "index.json")),
    )
    check_flags(flags.rerank, flags.rerank_url, flags.rerank_model)
    for flag, folders, files in needed:
        for folder in folders:
            if is_hub(folder):  # what it holds is seen when it was fetched, beside the open page
                repository(folder)
                continue
            if not folder.is_dir():
                raise InputError(f"{flag} {folder}: no such folder")
            if not any((folder / file).is_file() for file in files):
                raise InputError(f"{flag} {folder}: no {' or '.join(files)} in it")
    if flags.corrections is not None:
        check_table(flags.corrections)


def make_linkers(flags: argparse.Namespace) -> Linkers:
    """The models and knowledge bases that the flags name, and the bundled ones."""

    def load(model: str, kb: str) -> Linker:
        from mimic import EntityLinker  # seconds, so it runs beside the open page

        linker = EntityLinker.load(
            models[model], kbs[kb], flags.device, flags.cache, None, flags.ray, flags.verify or None
        )
        linker.reranker = reranker()
        return linker

    @cache
    def reranker() -> Any:
        return opened_reranker(flags)  # one, whose costs are counted together

    models, kbs = named(flags.model), named(flags.kb)
    return Linkers(list(models), list(kbs), load)


def named(folders: Sequence[Path]) -> dict[str, Path | None]:
    """Names of folders, the bundled one (`None`) last; two of one name are told by their parent."""
    short = [folder.name for folder in folders]
    names: dict[str, Path | None] = {}
    for folder in folders:
        unique = short.count(folder.name) == 1
        names[folder.name if unique else "/".join(folder.parts[-2:])] = folder
    return names | {BUNDLED: None}


def main(arguments: list[str] | None = None) -> int:
    """Serves until interrupted; 2 when a flag names something that cannot be used."""
    flags = parse(arguments)
    use_threads(flags.threads)
    try:
        check_folders(flags)
        options = make_options(flags)
        results = read_flagged_results(flags)
    except InputError as error:
        print(f"app.py: {error}", file=sys.stderr)
        return 2
    memory.give_back()
    signal.signal(signal.SIGTERM, _interrupt)
    try:
        with run_folder() as folder:
            return open_page(flags, replace(options, folder=folder), results)
    except KeyboardInterrupt:
        return 0


def make_options(flags: argparse.Namespace) -> serve.Options:
    """How the page is served.

    Raises:
        InputError: a flag names something that cannot be used.
    """
    users = serve.read_users(flags.auth) if flags.auth else ()
    return serve.Options(
        serve.checked_host(flags.host),
        serve.checked_port(flags.port) or None,
        users,
        serve.checked_root(flags.root_path),
        flags.share,
        flags.mcp and serve.with_mcp(users),
        tuple(checked_name(name) for name in flags.allow_host),
    )


def _interrupt(*_: object) -> None:
    raise KeyboardInterrupt  # what is open is closed on the way


def read_flagged_results(flags: argparse.Namespace) -> Results | None:
    """The results that the flags name.

    Raises:
        InputError: one flag without the other, or files that do not fit.
    """
    if bool(flags.predictions) != (flags.data is not None):
        raise InputError(
            "--predictions FILE and --data DIR go together: rows, and what they are of"
        )
    return read_results(flags.predictions, flags.data) if flags.predictions else None


def open_page(
    flags: argparse.Namespace, options: serve.Options, results: Results | None = None
) -> int:
    """Serves until interrupted; 2 when something cannot be used."""
    linkers = make_linkers(flags)
    own = None
    if options.folder and not flags.no_upload_kb:
        own = OwnKbs(linkers, options.folder / OWN).start()
    page = ui.build_page(linkers, load_examples(EXAMPLES), own, flags.corrections, results)
    try:
        url = serve.launch(page, options)
    except OSError:
        print(
            f"app.py: cannot listen on {flags.host}:{flags.port}; is the port in use? "
            "Choose another with --port.",
            file=sys.stderr,
        )
        return 2
    print(f"The page is open at {url} (the model is loading)", flush=True)
    try:
        linker = linkers.get()
        print(f"Ready: {linker.model_name} on {linker.device}", flush=True)
        page.block_thread()
    except InputError as error:
        print(f"app.py: {error}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        pass
    finally:
        page.close(verbose=False)
    return 0


if __name__ == "__main__":
    sys.exit(main())

"""The commands `atlas` and `audit`: data folders."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from mimic.cli.shared import AddCommand
from mimic.io.terminal import progress, report


def add(command: AddCommand) -> None:
    """Adds what is here to the command line."""
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
    atlas.add_argument(
        "--photos",
        type=Path,
        help="folder of photographs whose mentions are added: "
        "{train,dev,test}/{sports,other-sports,unrelated}/NAME/*.jpg (docs/data.md)",
    )

    audit = command("audit", _audit, "say what is in a data folder, and what is wrong with it")
    audit.add_argument("--data", type=Path, required=True)
    audit.add_argument("--preset", help="whose tokenizer counts tokens (default: MiniLM's)")
    audit.add_argument("--json", action="store_true")
    audit.add_argument(
        "--write-clean",
        type=Path,
        metavar="OUT",
        help="a copy without the mentions that leak; OUT/left_out.csv says which and why",
    )


def _atlas(options: argparse.Namespace) -> None:
    from mimic.atlas.dataset import write_atlas

    summary = write_atlas(
        options.out,
        options.seed,
        sizes=tuple(options.mentions),
        workers=options.workers,
        progress=progress("drawings"),
        photos=options.photos,
        photo_progress=progress("photographs"),
    )
    print(json.dumps(summary))


def _audit(options: argparse.Namespace) -> None:
    from mimic.config import ModelConfig, preset
    from mimic.data.audit import audit_folder, summary_lines
    from mimic.data.leaks.clean_copy import check_place, write_clean
    from mimic.data.leaks.find import REASONS

    config = preset(options.preset).model if options.preset else ModelConfig()
    if options.write_clean is not None:
        check_place(options.data, options.write_clean)
    found = audit_folder(options.data, config, progress("pictures"))
    if found["tokens"] is None:
        report(f"the tokenizer of {config.text} cannot be had: no shares of truncated texts")
    lines = summary_lines(found)
    if options.write_clean is not None:
        leaks = write_clean(options.data, options.write_clean, progress("pictures of mentions"))
        counts = {reason: sum(leak.reason == reason for leak in leaks) for reason in REASONS}
        found["clean"] = {"folder": str(options.write_clean), "left_out": counts}
        told = ", ".join(f"{reason} {count:,}" for reason, count in counts.items() if count)
        lines.append(f"{options.write_clean}: left out {told or 'nothing'}")
    print(json.dumps(found) if options.json else "\n".join(lines))

"""The command `push`."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from mimic.cli.shared import AddCommand


def add(command: AddCommand) -> None:
    """Adds what is here to the command line."""
    push = command("push", _push, "put a model or a knowledge base on the Hugging Face hub")
    push.add_argument("folder", type=Path, metavar="DIR", help="of a model or a knowledge base")
    push.add_argument("target", metavar="hub:owner/name", help="also hub:owner/name@branch")
    push.add_argument("--licence", metavar="NAME", help="as the hub names it: apache-2.0, ...")
    about = "write what would be sent, with its card, into this folder instead"
    push.add_argument("--dry-run", type=Path, metavar="DIR", help=about)


def _push(options: argparse.Namespace) -> None:
    from mimic.linking.hub.push import push

    told = push(options.folder, options.target, options.licence, options.dry_run)
    print(json.dumps(told))

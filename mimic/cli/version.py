"""The flag `--version`: what answers, and the fingerprints that its answers depend on."""

from __future__ import annotations

import argparse
from typing import Any

import mimic
from mimic.io.terminal import exit_code


class PrintVersion(argparse.Action):
    """Prints the version and ends, as argparse's own action does; torch is loaded only then."""

    def __init__(self, *names: Any, **options: Any) -> None:
        super().__init__(*names, **options | {"nargs": 0})

    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> None:
        parser.exit(exit_code(lambda: print(*version_lines(), sep="\n")))


def version_lines() -> list[str]:
    """This software, the bundled model and knowledge base, and the libraries below them.

    Raises:
        InputError: what is bundled is missing or damaged.
    """
    from mimic.config import read_json
    from mimic.index.shard_reader import open_entities
    from mimic.io.assets import BUNDLED_KB, BUNDLED_MODEL
    from mimic.model.mimic import fingerprint, versions

    card, entities = read_json(BUNDLED_MODEL / "config.json"), open_entities(BUNDLED_KB)
    trained_on = card["training"]["data"]
    libraries = ", ".join(f"{name} {number}" for name, number in versions().items())
    return [
        f"mimic-linking {mimic.__version__}",
        f"model {fingerprint(BUNDLED_MODEL)}, trained on data {trained_on}",
        f"knowledge base {entities.fingerprint}, {len(entities):,} entities",
        libraries,
    ]

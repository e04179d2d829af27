"""The command `index`."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from mimic.cli.shared import AddCommand, add_device, add_ray
from mimic.errors import InputError
from mimic.io.terminal import progress, report


def add(command: AddCommand) -> None:
    """Adds what is here to the command line."""
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
    add_device(index)
    add_ray(index)


def _index(options: argparse.Namespace) -> None:
    from mimic.data.layout import read_kb
    from mimic.index.entity_encoder import EntityEncoder
    from mimic.index.entity_index import EntityIndex, build
    from mimic.io.assets import BUNDLED_MODEL
    from mimic.linking.hub.repository import KB, MODEL, fetched
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
    folder = fetched(options.model or BUNDLED_MODEL, MODEL)
    model, _ = load_model(folder, pick_device(options.device))
    printed = fingerprint(folder)
    _keep_other_index(options.out, printed, options.dtype)
    processor = Processor(model.config, load_tokenizer(model.config, folder))
    check_vocabulary(model, processor, folder)
    kb = read_kb(fetched(options.kb, KB))
    encoder = EntityEncoder(model, processor, printed, options.batch_size)
    make = None
    if options.ray:
        from mimic.index.cluster.build import made_on

        make = made_on(options.ray, Path(folder), options.batch_size, options.device)
    tick = progress("entities")
    build(options.out, encoder, kb.entities, options.dtype, tick, make, verify=True)
    index = EntityIndex.open(options.out, model, encoder.model, verify=False)
    for message in index.unreadable:
        report(f"unreadable, taken as missing: {message}")
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
    manifest = read_manifest(out)
    if not fits(manifest["model"], model) or manifest["dtype"] != dtype:
        raise InputError(
            f"{out}: holds an index of model {manifest['model']} in {manifest['dtype']}, "
            f"not of {model} in {dtype}; give another folder, or remove it first"
        )

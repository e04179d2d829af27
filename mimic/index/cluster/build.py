"""Makes the shards of an index on a Ray cluster, each by one worker, with Ray Data."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa

from mimic.errors import InputError
from mimic.index.cluster.connect import connect, places, why
from mimic.index.entity_encoder import EntityEncoder
from mimic.index.shard_writer import Chunk, Make, Old, Tick, make_shard
from mimic.index.shards import Line
from mimic.model.mimic import load_model
from mimic.model.processor import Processor, load_tokenizer
from mimic.schema import Entity


def made_on(address: str, source: Path, batch: int = 64, device: str = "auto") -> Make:
    """Makes shards on a cluster, with an encoder for each of its GPUs, or CPUs where it has none.

    Args:
        address: of the cluster.
        source: folder of the model; it, the pictures and the index must lie at paths that every
            node sees.
        batch: entities that are encoded at once.
        device: `auto`, `cpu` or `cuda`.
    """

    def make(folder: Path, chunks: Sequence[Chunk], model: str, dtype: str, tick: Tick) -> None:
        ray = connect(address)
        where = places(ray, device)
        gpu = where[0].gpu
        arguments = (source.resolve(), folder.resolve(), model, dtype, batch, gpu)
        try:
            _run(ray, [table(chunk) for chunk in chunks], arguments, len(where), gpu, tick)
        except ray.exceptions.RayError as error:
            raise InputError(f"{folder}: cannot be built on {address} ({why(error)})") from None

    return make


def _run(
    ray: Any,
    tables: Sequence[pa.Table],
    arguments: tuple[Any, ...],
    workers: int,
    gpu: bool,
    tick: Tick,
) -> None:
    from ray import data

    logging.getLogger("ray.data").setLevel(logging.WARNING)
    context = data.DataContext.get_current()
    context.enable_progress_bars = False
    entities = data.from_arrow(list(tables))  # a block for each shard, which stays whole
    done = entities.map_batches(
        Worker,
        fn_constructor_args=arguments,
        batch_size=None,
        batch_format="pyarrow",
        compute=data.ActorPoolStrategy(size=min(workers, len(tables))),
        num_cpus=0 if gpu else 1,
        num_gpus=1 if gpu else 0,
    )
    count = 0
    for row in done.iter_rows():
        count += int(row["entities"])
        tick(count)


class Worker:
    """Encodes and writes one shard after the other, in a process of its own."""

    def __init__(
        self, source: Path, folder: Path, model: str, dtype: str, batch: int, gpu: bool
    ) -> None:
        net, _ = load_model(source, "cuda" if gpu else "cpu")
        processor = Processor(net.config, load_tokenizer(net.config, source))
        self.encoder = EntityEncoder(net, processor, model, batch)
        self.folder, self.old = folder, Old(folder, model, dtype)

    def __call__(self, rows: pa.Table) -> dict[str, np.ndarray]:
        chunk = lines(rows)
        make_shard(self.folder, chunk, self.old, self.encoder.rows, lambda done: None)
        return {"entities": np.array([len(chunk)])}


def table(chunk: Chunk) -> pa.Table:
    """The lines of a shard as a table that travels."""
    columns = {
        "id": [line.entity.id for line in chunk],
        "name": [line.entity.name for line in chunk],
        "description": [line.entity.description for line in chunk],
        "image": [str(line.entity.image.resolve()) if line.entity.image else "" for line in chunk],
        "digest": [line.digest for line in chunk],
    }
    return pa.table({name: pa.array(values, pa.string()) for name, values in columns.items()})


def lines(rows: pa.Table) -> list[Line]:
    """The lines in a table of `table`."""
    return [
        Line(
            Entity(
                row["id"], row["name"], row["description"],
                Path(row["image"]) if row["image"] else None,
            ),
            row["digest"],
        )
        for row in rows.to_pylist()
    ]  # fmt: skip

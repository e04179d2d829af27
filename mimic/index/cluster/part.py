"""Part: some shards of an index in a process of their own, anywhere in the cluster."""

from __future__ import annotations

import copy
import os
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import torch
from torch import nn

from mimic.index.entity_index import EntityIndex
from mimic.index.query import Query
from mimic.index.shard_reader import open_shards
from mimic.index.shards import Entry

if TYPE_CHECKING:
    from mimic.model.mimic import Mimic, Side

#: Queries whose scores are kept, for the next question about the same mentions.
KEPT = 2


class Units(nn.Module):
    """The units alone: all that a search needs of a model, and small enough to travel."""

    def __init__(self, model: Mimic) -> None:
        super().__init__()
        self.tglu, self.vdlu = copy.deepcopy(model.tglu).cpu(), copy.deepcopy(model.vdlu).cpu()

    @property
    def device(self) -> torch.device:
        return next(self.parameters()).device


class Part:
    """Answers what `Query` does about the shards that it holds. Rows count from its first one.

    Args:
        folder: of the index, at a path that this machine sees.
        shards: their lines of the manifest, in order.
        units: of the model that made them.
        model, dtype: of the index.
        verify: of these shards, as `open_shards`.
    """

    def __init__(
        self,
        folder: str,
        shards: Sequence[Entry],
        units: Any,
        model: str,
        dtype: str,
        device: str,
        verify: bool | None = None,
    ) -> None:
        torch.set_num_threads(1)  # a part for each core
        opened = open_shards(Path(folder), shards, verify)
        self.index = EntityIndex(Path(folder), units.to(device), model, dtype, opened)
        self.device = device
        self._queries: OrderedDict[str, Query] = OrderedDict()

    def ask(
        self,
        key: str,
        mention: Side,
        question: str,
        arguments: dict[str, Any],
        restrict: torch.Tensor | None = None,
    ) -> Any:
        """One answer, on the CPU.

        Args:
            key: of the mentions; the next question with it goes on from what is known.
            question: a method of `Query`, with its arguments.
            restrict: of the query; the same for every question with the key.
        """
        if key not in self._queries:
            self._queries[key] = self.index.query(moved(mention, self.device), restrict)
        self._queries.move_to_end(key)
        while len(self._queries) > KEPT:
            self._queries.popitem(last=False)
        answer = getattr(self._queries[key], question)(**moved(arguments, self.device))
        return moved(answer, "cpu")

    def where(self) -> tuple[str, int]:
        """Identifier of the node, and number of the process."""
        import ray

        return ray.get_runtime_context().get_node_id(), os.getpid()


def moved(value: Any, device: str) -> Any:
    """The same with its tensors on a device."""
    if isinstance(value, torch.Tensor):
        return value.to(device)
    if isinstance(value, dict):
        return {key: moved(part, device) for key, part in value.items()}
    if is_dataclass(value) and not isinstance(value, type):
        return type(value)(**{f.name: moved(getattr(value, f.name), device) for f in fields(value)})
    return value

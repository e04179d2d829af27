"""Several processes that train one model (`torchrun`): who does what, and what they exchange.

Every process draws the same batch and encodes its share of it. The entities' features are
gathered from all processes, so each mention is contrasted with the whole batch's entities; the
gradients that the others' losses give to a process's entities come back the same way. With one
process everything here is the identity.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import numpy as np
import torch
import torch.distributed as dist
from torch import Tensor

from mimic.io.pool import end_with_parent

#: How long a process waits for the others: the first ranks the dev split alone meanwhile.
PATIENCE = timedelta(hours=6)


@dataclass(frozen=True)
class Workers:
    """The processes of one run.

    Attributes:
        rank: number of this process, from 0; `size`: how many there are.
    """

    rank: int = 0
    size: int = 1

    @property
    def leads(self) -> bool:
        """Whether this process reports, evaluates and saves."""
        return self.rank == 0

    def share(self, count: int) -> slice:
        """The part of `count` rows that this process encodes."""
        first, after = np.linspace(0, count, self.size + 1).round().astype(int)[self.rank :][:2]
        return slice(int(first), int(after))

    def gather(self, rows: Tensor, count: int) -> Tensor:
        """The shares of all processes, one after the other: `[count, ...]`. Carries no gradient."""
        if self.size == 1:
            return rows
        shares = [Workers(rank, self.size).share(count) for rank in range(self.size)]
        longest = max(s.stop - s.start for s in shares)
        padded = rows.new_zeros(longest, *rows.shape[1:])
        padded[: len(rows)] = rows
        parts = [torch.empty_like(padded) for _ in shares]
        dist.all_gather(parts, padded)
        pairs = zip(parts, shares, strict=True)
        return torch.cat([part[: s.stop - s.start] for part, s in pairs])

    def add_up(self, tensor: Tensor) -> Tensor:
        """The sum over all processes, in place."""
        if self.size > 1:
            dist.all_reduce(tensor)
        return tensor

    def add_up_gradients(self, parameters: Iterable[torch.nn.Parameter]) -> None:
        """Sums the gradients of all processes; one that a process lacks counts as zero."""
        if self.size == 1:
            return
        for parameter in parameters:
            if parameter.requires_grad:
                if parameter.grad is None:
                    parameter.grad = torch.zeros_like(parameter)
                dist.all_reduce(parameter.grad)

    def any(self, flag: bool, device: torch.device) -> bool:
        """Whether the flag is set in any process."""
        if self.size == 1:
            return flag
        return bool(self.add_up(torch.tensor(float(flag), device=device)) > 0)

    def from_leader(self, value: Any) -> Any:
        """The first process's value (anything that pickles), in all of them."""
        if self.size == 1:
            return value
        box = [value]
        dist.broadcast_object_list(box)
        return box[0]


def join_workers(device: torch.device) -> tuple[Workers, torch.device]:
    """The processes that `torchrun` has started, and this one's device; else this one alone."""
    if int(os.environ.get("WORLD_SIZE", "1")) == 1 or not dist.is_available():
        return Workers(), device
    if "TORCHELASTIC_RUN_ID" in os.environ:
        end_with_parent()  # `torchrun` that is killed would leave its processes training
    if device.type == "cuda":
        device = torch.device("cuda", int(os.environ.get("LOCAL_RANK", "0")))
        torch.cuda.set_device(device)
    if not dist.is_initialized():
        dist.init_process_group("nccl" if device.type == "cuda" else "gloo", timeout=PATIENCE)
    return Workers(dist.get_rank(), dist.get_world_size()), device


def leave_team() -> None:
    """Ends what `join_workers` began."""
    if dist.is_available() and dist.is_initialized():
        dist.destroy_process_group()

"""The way to a Ray cluster, with clear words where there is none."""

from __future__ import annotations

import logging
import math
import signal
import threading
from dataclasses import dataclass
from typing import Any

from mimic.errors import InputError

INSTALL = "--ray: Ray is not installed here; run: pip install -r requirements-cluster.txt"


def connect(address: str) -> Any:
    """The module `ray`, connected; a process that is connected already stays where it is.

    Args:
        address: `HOST:PORT` of the head, or `auto` for the cluster that this machine is part of.

    Raises:
        InputError: Ray is not installed, no cluster is there, or it refuses the token.
    """
    try:
        import ray
    except ImportError:
        raise InputError(INSTALL) from None
    if ray.is_initialized():
        return ray
    before = signal.getsignal(signal.SIGTERM)
    try:
        ray.init(address=address, log_to_driver=False, logging_level=logging.ERROR)
    except (ray.exceptions.RayError, ConnectionError, RuntimeError, ValueError, OSError) as error:
        raise InputError(f"--ray {address}: {_reason(error)}") from None
    finally:
        if threading.current_thread() is threading.main_thread():
            signal.signal(signal.SIGTERM, before)  # Ray has its own, which ends with code 15
    return ray


def _reason(error: BaseException) -> str:
    cause: BaseException | None = error
    said = []
    while cause is not None:
        said.append(f"{type(cause).__name__} {cause}")
        cause = cause.__cause__ or cause.__context__
    if any("authenticat" in text.lower() or "token" in text.lower() for text in said):
        return (
            "the cluster refuses the token: RAY_AUTH_MODE=token and the same RAY_AUTH_TOKEN or "
            "RAY_AUTH_TOKEN_PATH must be set here and on every node"
        )
    return (
        f"no cluster can be reached there ({why(error)}): is it started, and are RAY_AUTH_MODE and "
        "the token the same here as there?"
    )


def why(error: BaseException) -> str:
    """What went wrong, in one short line: the last that names an error, of a worker's many."""
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    named = [line for line in lines if "Error" in line] or lines[:1] or [type(error).__name__]
    return named[-1].removeprefix("mimic.errors.InputError: ")[:300]


@dataclass(frozen=True)
class Place:
    """Where a worker goes: a node, and whether it takes one of its GPUs."""

    node: str
    gpu: bool


def places(ray: Any, device: str) -> list[Place]:
    """One place for each GPU of the cluster, or for each CPU where it has none; nodes by turns, so
    that few workers are on many nodes.

    Args:
        device: `auto`, `cpu` or `cuda`.

    Raises:
        InputError: the cluster has no such device.
    """
    nodes = [node for node in ray.nodes() if node["Alive"]]
    for kind in {"auto": ("GPU", "CPU"), "cuda": ("GPU",), "cpu": ("CPU",)}[device]:
        slots = [
            (slot, node["NodeID"])
            for node in nodes
            for slot in range(math.floor(node["Resources"].get(kind, 0)))
        ]
        if slots:
            return [Place(node, kind == "GPU") for _, node in sorted(slots)]
    raise InputError(f"--device {device}: no node of the cluster has one")

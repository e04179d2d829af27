"""Ray nodes that a test starts and ends itself: `ray_node.py start ...` is `ray`.

Ray takes the machine's outer address for its own and listens there. The launcher holds it to
`RAY_NODE_HOST`: to 127.0.0.1 for the second node too, for which Ray itself has no switch.
"""

from __future__ import annotations

import ctypes
import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
LOOPBACK = "127.0.0.1"
#: The machine may be busy with something else: nothing of this waits when it is not.
PATIENT = {
    "RAY_agent_register_timeout_ms": "300000",
    "RAY_raylet_start_wait_time_s": "300",
    "RAY_worker_register_timeout_seconds": "300",
    "RAY_health_check_failure_threshold": "60",
}


def environment() -> dict[str, str]:
    """What nodes and drivers share: a token of their own, and loopback alone."""
    return {
        "RAY_AUTH_MODE": "token",
        "RAY_AUTH_TOKEN": secrets.token_hex(16),
        "RAY_ENABLE_WINDOWS_OR_OSX_CLUSTER": "0",
        "RAY_USAGE_STATS_ENABLED": "0",
        "OMP_NUM_THREADS": "1",
        "PYTHONPATH": str(ROOT),
        **PATIENT,
    }


@dataclass(frozen=True)
class Network:
    """Where a node runs: its address, and what goes before a command to run it there."""

    host: str = LOOPBACK
    inside: tuple[str, ...] = ()


@contextmanager
def two_networks() -> Iterator[tuple[Network, Network]]:
    """Two network namespaces joined by a cable; skips the test where they may not be made."""
    names = [f"mimic-{os.getpid()}-{side}" for side in "ab"]
    hosts = ["10.231.77.1", "10.231.77.2"]
    try:
        for name in names:
            _ip("netns", "add", name)
            _ip("-n", name, "link", "set", "lo", "up")
        peer = ("peer", "cable", "netns", names[1])
        _ip("-n", names[0], "link", "add", "cable", "type", "veth", *peer)
        for name, host in zip(names, hosts, strict=True):
            _ip("-n", name, "address", "add", f"{host}/24", "dev", "cable")
            _ip("-n", name, "link", "set", "cable", "up")
    except (OSError, subprocess.CalledProcessError):
        _removed(names)
        pytest.skip("network namespaces cannot be made here: needs root and iproute2")
    try:
        one, two = (
            Network(host, ("ip", "netns", "exec", name))
            for name, host in zip(names, hosts, strict=True)
        )
        yield one, two
    finally:
        _removed(names)


def _ip(*arguments: str) -> None:
    subprocess.run(["ip", *arguments], check=True, capture_output=True)


def _removed(names: list[str]) -> None:
    for name in names:
        with suppress(OSError, subprocess.CalledProcessError):
            _ip("netns", "delete", name)


@contextmanager
def two_nodes(
    given: dict[str, str], networks: tuple[Network, Network] = (Network(), Network())
) -> Iterator[tuple[str, str]]:
    """A cluster of two nodes with one CPU each: its address, and the folder of its session."""
    folder = tempfile.mkdtemp(prefix="ray-", dir="/tmp")  # short: it holds the names of sockets
    with socket.socket() as probe:
        probe.bind((LOOPBACK, 0))
        address = f"{networks[0].host}:{probe.getsockname()[1]}"
    size = ["--num-cpus", "1", "--object-store-memory", "100000000", "--include-log-monitor=false"]
    head = ["--head", "--port", address.split(":")[1], "--temp-dir", folder]
    nodes = []
    try:
        kinds = ([*head, "--include-dashboard=false"], ["--address", address])
        for own, network in zip(kinds, networks, strict=True):
            nodes.append(_started([*own, *size], network, given, folder))
        yield address, folder
    finally:
        for process in of_session(folder):
            with suppress(ProcessLookupError):
                os.kill(process, signal.SIGKILL)
        for node in nodes:
            node.kill()
            node.wait(60)
        shutil.rmtree(folder, ignore_errors=True)


def of_session(folder: str) -> list[int]:
    """Numbers of the processes that name the folder of a session: those of one cluster."""
    found = []
    for file in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            if folder.encode() in file.read_bytes():
                found.append(int(file.parent.name))
        except OSError:  # it has ended
            continue
    return found


def _started(
    arguments: list[str], network: Network, given: dict[str, str], folder: str
) -> subprocess.Popen[bytes]:
    command = [sys.executable, __file__, "start", *arguments, "--node-ip-address", network.host]
    log = Path(folder) / f"node-{secrets.token_hex(4)}.log"
    with log.open("wb") as told:
        node = subprocess.Popen(
            [*network.inside, *command, "--block"],
            env=os.environ | given | {"RAY_NODE_HOST": network.host},
            stdout=told,
            stderr=subprocess.STDOUT,
        )
    ends = time.monotonic() + 300
    while b"Ray runtime started" not in log.read_bytes():
        if node.poll() is not None or time.monotonic() > ends:
            node.terminate()
            raise RuntimeError(log.read_text("utf-8", "replace")[-2000:])
        time.sleep(0.2)
    return node


if __name__ == "__main__":
    ctypes.CDLL(None).prctl(1, signal.SIGTERM)  # PR_SET_PDEATHSIG: ends when the test is killed
    from ray._private import ray_constants, services
    from ray.scripts.scripts import main

    services.get_node_ip_address = lambda address=None: os.environ["RAY_NODE_HOST"]
    ray_constants.ENABLE_RAY_CLUSTER = True
    main()

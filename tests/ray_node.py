"""Ray nodes that a test starts and ends itself: `python tests/ray_node.py start ...` is `ray`.

Ray takes the machine's outer address for its own and listens there. The launcher holds it to
127.0.0.1, for the second node too, for which Ray itself has no switch.
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
from contextlib import contextmanager
from pathlib import Path

HOST = "127.0.0.1"
ROOT = Path(__file__).resolve().parent.parent
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


@contextmanager
def two_nodes(given: dict[str, str]) -> Iterator[tuple[str, str]]:
    """A cluster of two nodes with one CPU each: its address, and the folder of its session."""
    folder = tempfile.mkdtemp(prefix="ray-", dir="/tmp")  # short: it holds the names of sockets
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        address = f"{HOST}:{probe.getsockname()[1]}"
    size = ["--num-cpus", "1", "--object-store-memory", "100000000", "--include-log-monitor=false"]
    head = ["--head", "--port", address.split(":")[1], "--temp-dir", folder]
    nodes = []
    try:
        for own in ([*head, "--include-dashboard=false"], ["--address", address]):
            nodes.append(_started([*own, "--node-ip-address", HOST, *size], given, folder))
        yield address, folder
    finally:
        for node in reversed(nodes):
            node.terminate()
        for node in nodes:
            node.wait(60)
        for process in of_session(folder):  # what a killed node has left
            os.kill(process, signal.SIGKILL)
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


def _started(arguments: list[str], given: dict[str, str], folder: str) -> subprocess.Popen[bytes]:
    log = Path(folder) / f"node-{secrets.token_hex(4)}.log"
    with log.open("wb") as told:
        node = subprocess.Popen(
            [sys.executable, __file__, "start", *arguments, "--block"],
            env=os.environ | given,
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

    services.get_node_ip_address = lambda address=None: HOST
    ray_constants.ENABLE_RAY_CLUSTER = True
    main()

"""Starts the page for a measurement, and says on which machine it ran."""

from __future__ import annotations

import os
import platform
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
PATIENCE = 180.0  # seconds for the page to come up


@dataclass(frozen=True)
class Server:
    """A running page: its address, its process, and the seconds until its first answer."""

    url: str
    pid: int
    first_page_s: float


@contextmanager
def serving(*flags: str) -> Iterator[Server]:
    """`app.py` on a free port, with upload and cache folders of its own."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    url = f"http://127.0.0.1:{port}/"
    with tempfile.TemporaryDirectory() as folder:
        began = time.perf_counter()
        process = subprocess.Popen(
            [sys.executable, str(ROOT / "app.py"), "--port", str(port), *flags],
            cwd=ROOT,
            stdout=subprocess.DEVNULL,
            env=os.environ | {"GRADIO_TEMP_DIR": folder},
        )
        try:
            while not _answers(url):
                if process.poll() is not None or time.perf_counter() - began > PATIENCE:
                    raise SystemExit("app.py did not answer")
                time.sleep(0.05)
            yield Server(url, process.pid, time.perf_counter() - began)
        finally:
            process.terminate()
            process.wait(30)


def _answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(url, timeout=10) as answer:
            return bool(answer.read())
    except (urllib.error.URLError, OSError):
        return False


def machine() -> dict[str, Any]:
    """Processor, cores and versions."""
    from mimic.model.mimic import versions

    cpuinfo = Path("/proc/cpuinfo")
    lines = cpuinfo.read_text().splitlines() if cpuinfo.exists() else []
    names = [line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")]
    cpu = names[0] if names else platform.processor()
    return {"machine": {"cpu": cpu, "cores": os.cpu_count()}, "versions": versions()}

"""Start and link times of the bundled model: `python benchmarks/link.py [--json]`."""

from __future__ import annotations

import json
import os
import platform
import statistics
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from mimic.io.terminal import Parser  # noqa: E402


def first_page_seconds(port: int = 7999) -> float:
    """From `python app.py` to the first answer of the page."""
    import urllib.error
    import urllib.request

    began = time.perf_counter()
    server = subprocess.Popen(
        [sys.executable, str(ROOT / "app.py"), "--port", str(port)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        while time.perf_counter() - began < 120:
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=5).read()
                return time.perf_counter() - began
            except (urllib.error.URLError, OSError):
                time.sleep(0.1)
        raise SystemExit("app.py did not answer within two minutes")
    finally:
        server.terminate()
        server.wait(30)


def measure(repeats: int) -> dict[str, object]:
    """Times in seconds: import and load, first link, median of warm links."""
    began = time.perf_counter()
    import torch

    from mimic import EntityLinker, Mention
    from mimic.model.mimic import versions

    linker = EntityLinker.load(device="cpu")
    loaded = time.perf_counter()
    picture = next(e.image for e in linker.index.entities if e.image is not None)
    mention = Mention("Norway", "A photo of Norway from yesterday.", picture)
    times = []
    for _ in range(repeats + 1):
        start = time.perf_counter()
        linker.link(mention)
        times.append(time.perf_counter() - start)
    return {
        "load_s": loaded - began,
        "first_link_s": times[0],
        "warm_link_p50_s": statistics.median(times[1:]),
        "warm_link_max_s": max(times[1:]),
        "first_page_s": first_page_seconds(),
        "entities": linker.entities,
        "threads": torch.get_num_threads(),
        "machine": {"cpu": platform.processor() or platform.machine(), "cores": os.cpu_count()},
        "versions": versions(),
    }


if __name__ == "__main__":
    parser = Parser(description=__doc__)
    parser.add_argument("--repeats", type=int, default=20)
    parser.add_argument("--json", action="store_true", help="one line instead of an indented page")
    options = parser.parse_args()
    print(json.dumps(measure(options.repeats), indent=None if options.json else 1))

"""Many visitors at once: `python benchmarks/load.py --users 50 --seconds 120 --json`.

Every visitor links sentences of its own about a country of its own and checks that the answer is
the one that it got when nobody else was there; "queue full" is an answer, too.
"""

from __future__ import annotations

import json
import os
import random
import statistics
import sys
import threading
import time
from collections import Counter
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from benchmarks.client import Client, RefusedError  # noqa: E402
from mimic.io.terminal import Parser  # noqa: E402

COUNTRIES = ("Norway", "France", "Chad", "Japan", "Peru", "Kenya", "Spain", "Turkey", "Georgia")
SENTENCES = (
    "{} scored before the break.",
    "A photograph of {} from last year.",
    "The president of {} spoke on Monday.",
    "{} swept the stone on the ice.",
)


class Visitor(threading.Thread):
    """Links one case again and again until the time is over."""

    def __init__(self, url: str, number: int, until: threading.Event) -> None:
        super().__init__(daemon=True)
        self.client, self.until, self.number = Client(url), until, number
        self.mention = COUNTRIES[number % len(COUNTRIES)]
        self.sentence = SENTENCES[number // len(COUNTRIES) % len(SENTENCES)].format(self.mention)
        self.sentence += f" It was day {number}."
        self.found: Counter[str] = Counter()
        self.seconds: list[float] = []
        self.errors: list[str] = []
        self.expected: Any = None

    def answer(self) -> Any:
        """What identifies the answer: the first entities and their scores."""
        record = self.client.link(self.sentence, self.mention)
        return [(c["id"], round(c["score"], 2)) for c in record["candidates"]]

    def run(self) -> None:
        """Counts what came back."""
        pause = random.Random(self.number)
        while not self.until.is_set():
            began = time.perf_counter()
            self.found["asked"] += 1
            try:
                self.found["answered" if self.answer() == self.expected else "wrong"] += 1
                self.seconds.append(time.perf_counter() - began)
            except RefusedError as refused:
                full = "queue" in str(refused).lower() and "full" in str(refused).lower()
                self.found["queue_full" if full else "failed"] += 1
                if not full:
                    self.errors.append(str(refused)[:200])
                self.until.wait(1.0)
            except OSError as error:
                self.found["failed"] += 1
                self.errors.append(f"{type(error).__name__}: {error}"[:200])
            self.until.wait(pause.uniform(0.05, 0.5))


def load(url: str, users: int, seconds: float, pid: int | None = None) -> dict[str, Any]:
    """Counts and times of some visitors on a running page.

    Args:
        pid: process of the server, whose memory is then reported, before, at most and after.
    """
    over = threading.Event()
    visitors = [Visitor(url, number, over) for number in range(users)]
    for visitor in visitors:
        visitor.expected = visitor.answer()
    memory = [resident(pid)]
    for visitor in visitors:
        visitor.start()
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        over.wait(min(1.0, max(0.0, end - time.monotonic())))
        memory.append(resident(pid))
    over.set()
    for visitor in visitors:
        visitor.join(180)
    counts = sum((visitor.found for visitor in visitors), Counter())
    times = sorted(t for visitor in visitors for t in visitor.seconds)
    kinds = ("asked", "answered", "queue_full", "wrong", "failed")
    report: dict[str, Any] = {name: counts[name] for name in kinds}
    report |= {"users": users, "seconds": seconds}
    report |= {"errors": sorted({e for v in visitors for e in v.errors})[:5]}
    if times:
        report |= {"p50_s": statistics.median(times), "p95_s": times[int(0.95 * (len(times) - 1))]}
    if pid is not None:
        report |= {"rss_before": memory[0], "rss_most": max(memory), "rss_after": settled(pid)}
        report["rss_growth"] = report["rss_after"] / max(memory[0], 1) - 1
    return report


def settled(pid: int) -> int:
    """Memory after some seconds of rest."""
    time.sleep(5)
    return resident(pid)


def resident(pid: int | None) -> int:
    """Bytes that a process holds in memory; 0 where that cannot be told."""
    try:
        pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
    except (OSError, ValueError):
        return 0
    return pages * os.sysconf("SC_PAGE_SIZE")


if __name__ == "__main__":
    from benchmarks.server import machine, serving

    parser = Parser(description=__doc__.splitlines()[0])
    parser.add_argument("--users", type=int, default=50)
    parser.add_argument("--seconds", type=float, default=120)
    parser.add_argument("--json", action="store_true", help="one line instead of an indented page")
    options = parser.parse_args()
    with serving() as server:
        found = load(server.url, options.users, options.seconds, server.pid)
    print(json.dumps(found | machine(), indent=None if options.json else 1))

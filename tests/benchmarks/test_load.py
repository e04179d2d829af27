"""Several visitors at once: a short run of `benchmarks/load.py`."""

from __future__ import annotations

from benchmarks.load import load


def test_no_visitor_gets_anothers_answer(url: str) -> None:
    report = load(url, users=6, seconds=3)
    assert report["wrong"] == 0
    assert report["failed"] == 0
    assert report["answered"] >= 6
    assert report["answered"] + report["queue_full"] == report["asked"]

"""Rows of predictions of the tiny data, as `mimic evaluate --predictions` writes them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

KINDS = [
    f"atlas:{c}-{k}" for c in ("norway", "chad", "mali") for k in ("football", "curling", "state")
]


def write_rows(file: Path, wrong: bool = False) -> Path:
    """The 36 mentions of the train split, all right, or the first of them wrong."""
    rows: list[dict[str, Any]] = [
        {"id": f"train-{copy}-{n}", "mention": "x", "answer": KINDS[n], "rank": 1,
         "predicted": [KINDS[n]], "scores": [1.0], "rank_tglu": 1, "truncated": False}
        for copy in range(4) for n in range(9)
    ]  # fmt: skip
    if wrong:
        first = {"predicted": ["atlas:norway-curling", KINDS[0]], "scores": [1.0, 0.5], "rank": 2}
        rows[0] |= first
    file.write_text("".join(json.dumps(row) + "\n" for row in rows))
    return file

"""Rows of the papers, to be shown beside ours: other data and protocols, never one ranking."""

from __future__ import annotations

import pandas as pd

from mimic.errors import InputError

COLUMNS = ("hits@1", "hits@3", "hits@5", "mrr")
#: Data set -> model -> H@1, H@3, H@5 and MRR in percent, as their papers print them.
PUBLISHED: dict[str, dict[str, tuple[float, float, float, float]]] = {
    "wikimel": {
        "CLIP": (83.23, 92.10, 94.51, 88.23),
        "MIMIC": (87.98, 95.07, 96.37, 91.82),
        "OT-MEL": (88.97, 95.63, 96.96, 92.59),
        "M3EL": (88.84, 95.20, 96.71, 92.30),
        "MMoE": (90.77, 96.27, 97.41, 93.75),
        "KGMEL + rerank": (90.58, 95.18, 95.87, 93.04),
    },
    "richpediamel": {
        "CLIP": (67.78, 85.22, 90.04, 77.57),
        "MIMIC": (81.02, 91.77, 94.38, 86.95),
        "OT-MEL": (83.30, 92.39, 94.83, 88.27),
        "M3EL": (82.82, 92.73, 95.34, 88.26),
        "MMoE": (85.51, 93.43, 95.31, 89.86),
        "KGMEL + rerank": (85.21, 89.85, 91.32, 88.08),
    },
    "wikidiverse": {
        "CLIP": (61.21, 79.63, 85.18, 71.69),
        "MIMIC": (63.51, 81.04, 86.43, 73.44),
        "OT-MEL": (66.07, 82.82, 87.39, 75.43),
        "M3EL": (74.06, 86.57, 90.04, 81.29),
        "MMoE": (77.57, 89.12, 92.49, 84.23),
        "KGMEL + rerank": (88.23, 92.82, 93.61, 90.84),
    },
}


def published(name: str) -> pd.DataFrame:
    """The rows of one data set, in the order of their papers.

    Raises:
        InputError: no such data set.
    """
    if name not in PUBLISHED:
        raise InputError(f"published is {name!r}; it must be one of {', '.join(PUBLISHED)}")
    rows = [{"published": model, **dict(zip(COLUMNS, row, strict=True))}
            for model, row in PUBLISHED[name].items()]  # fmt: skip
    return pd.DataFrame(rows)

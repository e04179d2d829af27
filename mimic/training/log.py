"""The log of a training run as CSV: a row for every few steps and one for every check on dev."""

from __future__ import annotations

import csv
from pathlib import Path

from mimic.errors import InputError, reason_of

COLUMNS = (
    "epoch",
    "step",
    "seconds",
    "loss",
    "total",
    "tglu",
    "vdlu",
    "cmfu",
    "rate",
    "per_second",
    "dev_hits@1",
    "dev_hits@10",
    "dev_mrr",
)


class Log:
    """Appends rows to a CSV file; a column that a row lacks stays empty.

    Args:
        file: where; `None` keeps no log.
        afresh: begins with nothing, else what is there is kept.
    """

    def __init__(self, file: Path | None, afresh: bool) -> None:
        self.file = file
        if file is not None and (afresh or not file.is_file()):
            self._write("w", dict(zip(COLUMNS, COLUMNS, strict=True)))

    def add(self, **values: float) -> None:
        if self.file is not None:
            row = {n: f"{v:.6g}" if isinstance(v, float) else v for n, v in values.items()}
            self._write("a", row)

    def _write(self, mode: str, row: dict[str, object] | dict[str, str]) -> None:
        assert self.file is not None
        try:
            with self.file.open(mode, encoding="utf-8", newline="") as stream:
                csv.DictWriter(stream, COLUMNS).writerow(row)
        except OSError as error:
            raise InputError(
                f"{self.file}: the log cannot be written ({reason_of(error)})"
            ) from None

"""How far open the gates usually are: the middle nine tenths of dev's pairs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, fields
from typing import TYPE_CHECKING, Any

from mimic.errors import InputError
from mimic.schema import GateRange, Gates

if TYPE_CHECKING:  # the page opens before torch is loaded
    from torch import Tensor

    from mimic.index.protocol import Hits

GATES = tuple(field.name for field in fields(Gates))
#: Entities of each mention whose gates are looked at, the first ones: as many as a list shows.
LISTED = 10
LOWEST, HIGHEST = 0.05, 0.95  # quantiles of the pairs
CLOSED = 0.1  # what is nearer to 0 lets hardly anything in


def fit_gate_range(hits: Sequence[Hits]) -> GateRange:
    """The range of each gate over all pairs of some mentions with their first entities."""
    import torch

    columns = {name: torch.cat([_flat(one, name) for one in hits]).double() for name in GATES}
    low, high = (
        Gates(**{name: round(float(values.quantile(q)), 4) for name, values in columns.items()})
        for q in (LOWEST, HIGHEST)
    )
    return GateRange(low, high)


def _flat(hits: Hits, name: str) -> Tensor:
    """A gate of every pair `[M * k]`; the one of the mention counts once for each of its pairs."""
    return hits.gates[name].expand(hits.rows.shape).flatten().cpu()


def read_gate_range(record: Any, source: str) -> GateRange | None:
    """From a model's card; `None` where there is none.

    Raises:
        InputError: the record is not one of a range.
    """
    if record is None:
        return None
    try:
        low, high = (
            Gates(**{name: float(record[end][name]) for name in GATES}) for end in ("low", "high")
        )
    except (KeyError, TypeError, ValueError, OverflowError):
        raise InputError(f"{source}: 'gates' is no range; run calibrate again") from None
    for name in GATES:
        if not -1 <= getattr(low, name) <= getattr(high, name) <= 1:  # NaN is not, either
            raise InputError(f"{source}: 'gates' has no range for {name}; run calibrate again")
    return GateRange(low, high)


def gate_record(usual: GateRange) -> dict[str, Any]:
    """The same for a model's card."""
    return asdict(usual)


def gate_verdict(value: float, low: float, high: float) -> str:
    """How a gate stands to its usual range, and which way it is open: `usual_closed`, `usual_open`,
    `usual_minus`, `above_open`, `above_minus`, `below_open` or `below_minus`."""
    way = "minus" if value < 0 else "open"
    if value > high:
        return f"above_{way}"
    if value < low:
        return f"below_{way}"
    return "usual_closed" if abs(value) < CLOSED else f"usual_{way}"

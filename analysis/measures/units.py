"""`units`: how far the units agree, which is right when they differ, and how sure each may be."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pandas as pd
import torch
from matplotlib.figure import Figure
from torch import Tensor

from analysis.drawing.explanation import COLUMN
from analysis.drawing.fonts import figure_style
from analysis.drawing.plots import STYLES, histograms
from analysis.measures.split_scores import SplitScores, mean_of
from analysis.measures.statistics import SEED, by_group, interval, spearman
from analysis.measures.systems import ranked
from analysis.report.sections import ReportTable, Section
from mimic.linking.calibrate import fit_temperature
from mimic.schema import UNITS

BINS = 10
#: The mean of the units, among the units.
TOTAL = "total"


def units_section(split: SplitScores) -> Section:
    """Agreement, who is right, score distributions and calibration."""
    scores = {**split.clean, TOTAL: mean_of(split.clean)}
    top = {name: s.argmax(1).numpy() for name, s in scores.items()}
    right = {name: ranked(s, split.gold) == 1 for name, s in scores.items()}
    calibrated = {name: Calibration(s, split.gold) for name, s in scores.items()}
    tables = {
        "units": ReportTable(
            "Pairs of units: rank correlation (Spearman) over all entities, mean of the mentions "
            "with its interval of 95 %, and percentage of mentions with the same first entity",
            agreement_table(split, top),
            dict.fromkeys(("correlation", "low", "high"), 3),
        ),
        "units-right": ReportTable(
            "Which units put the right entity first, in percent of the mentions, and how often "
            "the mean of the units does in each case",
            right_table(split, right),
        ),
        "units-calibration": ReportTable(
            "Softmax of score / T of the first entity, with T fitted on the other half of the "
            "mentions: mean confidence, H@1, and expected calibration error in 10 bins, in percent",
            pd.DataFrame([{"unit": n, **c.summary()} for n, c in calibrated.items()]),
            {"T": 3},
        ),
    }
    spread = {name: standardised(scores[name], split.gold) for name in scores}
    panels = {
        name.upper() if name != TOTAL else "all units": {"right": good, "best wrong": wrong}
        for name, (good, wrong) in spread.items()
    }
    figures = {
        "units": histograms(panels, "score, in standard deviations over all entities", (-3, 12)),
        "units-calibration": _reliability(calibrated),
    }
    return Section("units", "The units", _notes(right), tables, figures)


def agreement_table(split: SplitScores, top: dict[str, np.ndarray]) -> pd.DataFrame:
    """One row for each pair of units and group."""
    groups = {"all": np.ones(len(split.rows), bool)}
    groups |= by_group(split.groups[split.main_group])
    rows = []
    for a, b in combinations(UNITS, 2):
        each = spearman(split.clean[a].numpy(), split.clean[b].numpy())
        for group, mask in groups.items():
            spread = interval(each[mask])
            rows.append({
                "units": f"{a.upper()}, {b.upper()}", "group": group,
                "correlation": spread.mean, "low": spread.low, "high": spread.high,
                "same first": 100 * float((top[a] == top[b])[mask].mean()),
            })  # fmt: skip
    return pd.DataFrame(rows)


def right_table(split: SplitScores, right: dict[str, np.ndarray]) -> pd.DataFrame:
    """One row for each group and each set of units that are right."""
    groups = {"all": np.ones(len(split.rows), bool)}
    groups |= by_group(split.groups[split.main_group])
    kinds = np.stack([right[unit] for unit in UNITS], 1)
    rows = []
    for group, mask in groups.items():
        for number in range(8):
            wanted = np.array([bool(number & bit) for bit in (1, 2, 4)])
            case = mask & (kinds == wanted).all(1)
            names = [unit.upper() for unit, yes in zip(UNITS, wanted, strict=True) if yes]
            mean = 100 * float(right[TOTAL][case].mean()) if case.any() else float("nan")
            rows.append({
                "group": group, "right": ", ".join(names) or "none",
                "percent": 100 * float(case.sum() / max(mask.sum(), 1)), "mean is right": mean,
            })  # fmt: skip
    return pd.DataFrame(rows)


class Calibration:
    """How sure one score is of its first entity, and how often that is right.

    T is fitted on each half of the mentions and used on the other one.

    Args:
        scores: `[M, E]`; gold: `[M]`.

    Attributes:
        sure: `[M]`, probability of the first entity; right: bool `[M]`.
    """

    def __init__(self, scores: Tensor, gold: Tensor) -> None:
        order = torch.from_numpy(np.random.default_rng(SEED).permutation(len(gold)))
        sure, self.temperatures = torch.zeros(len(gold)), []
        halves = (order[::2], order[1::2])
        for fitted, used in (halves, halves[::-1]):
            temperature = fit_temperature([(scores[fitted], gold[fitted])])
            self.temperatures.append(temperature)
            sure[used] = (scores[used].double() / temperature).softmax(1).max(1).values.float()
        self.sure, self.right = sure.numpy(), ranked(scores, gold) == 1

    def bins(self) -> list[tuple[float, float, float]]:
        """Mean confidence, share that is right, and weight of each bin that holds mentions."""
        place, points = np.minimum((self.sure * BINS).astype(int), BINS - 1), []
        for number in range(BINS):
            inside = place == number
            if inside.any():
                shares = (self.sure[inside].mean(), self.right[inside].mean(), inside.mean())
                points.append((float(shares[0]), float(shares[1]), float(shares[2])))
        return points

    def summary(self) -> dict[str, float]:
        """Numbers of the table, in percent but for T."""
        error = sum(weight * abs(sure - right) for sure, right, weight in self.bins())
        return {
            "T": float(np.mean(self.temperatures)),
            "confidence": 100 * float(self.sure.mean()),
            "hits@1": 100 * float(self.right.mean()),
            "calibration error": 100 * error,
        }


def standardised(scores: Tensor, gold: Tensor) -> tuple[np.ndarray, np.ndarray]:
    """The right entity's score and the best wrong one's, less the mean over all entities, in
    standard deviations; each `[M]`."""
    z = (scores - scores.mean(1, keepdim=True)) / scores.std(1, keepdim=True).clamp_min(1e-12)
    right = z.gather(1, gold[:, None])
    wrong = z.scatter(1, gold[:, None], float("-inf")).max(1).values
    return right[:, 0].numpy(), wrong.numpy()


def _notes(right: dict[str, np.ndarray]) -> list[str]:
    some = np.stack([right[unit] for unit in UNITS]).any(0)
    lost = some & ~right[TOTAL]
    alone = {
        unit: right[unit] & ~np.any([right[o] for o in UNITS if o != unit], 0) for unit in UNITS
    }
    shares = ", ".join(f"{unit.upper()} {100 * mask.mean():.1f} %" for unit, mask in alone.items())
    return [
        f"Some unit is right for {100 * some.mean():.1f} % of the mentions; for "
        f"{100 * lost.mean():.1f} % one is and the mean is not.",
        f"The only unit that is right: {shares}.",
    ]


def _reliability(found: dict[str, Calibration]) -> Figure:
    with figure_style():
        figure = Figure((COLUMN, 2.9), layout="constrained")
        axis = figure.add_subplot()
        axis.plot([0, 100], [0, 100], color="#9aa0ac", lw=0.7)
        for at, (name, one) in enumerate(found.items()):
            x, y = ([100 * b[i] for b in one.bins()] for i in (0, 1))
            label = "all units" if name == TOTAL else name.upper()
            axis.plot(x, y, ms=3.5, lw=1, label=label, **STYLES[at])
        axis.set(
            xlabel="confidence in percent", ylabel="H@1 in percent", xlim=(0, 101), ylim=(0, 103)
        )
        axis.legend(fontsize=6.5)
    return figure

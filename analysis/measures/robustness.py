"""`robustness`: ranks and gates when pictures are replaced, and words dropped or swapped."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd
import torch
from matplotlib.figure import Figure
from torch import Tensor

from analysis.drawing.plots import Curve, curves, histograms
from analysis.measures.gates import GATES, closing, verdict
from analysis.measures.noise import (
    LEVELS,
    PICTURES,
    WORDS,
    changed_words,
    chosen,
    replaced_pictures,
)
from analysis.measures.split_scores import PictureScores, Scores, SplitScores, mean_of
from analysis.measures.statistics import SEED, Interval, difference, gains, interval, within
from analysis.measures.systems import CONCAT, Ranks, concat_scores, ranked
from analysis.report.sections import ReportTable, Section
from mimic.model.encoded_data import EncodedPictures, EncodedTexts
from mimic.schema import UNITS
from mimic.training.concat_baseline import Concat

WHOLE = "all units"


@dataclass(frozen=True)
class Point:
    """One level of one kind of noise.

    Attributes:
        side: `mention pictures`, `entity pictures` or `words`.
        ranks: of every system, on all mentions.
    """

    side: str
    kind: str
    level: int
    ranks: Ranks


def robustness(split: SplitScores, concat: Concat | None, seed: int = SEED) -> Section:
    """Curves of H@1 and MRR for the mean, each unit and the baseline, and the gates on noise."""
    gates: list[pd.DataFrame] = []
    drawn: dict[str, dict[str, np.ndarray]] = {}
    points = list(_points(split, concat, seed, gates, drawn))
    table = curve_table(points)
    closed = pd.concat(gates, ignore_index=True)
    lost = losses(points)
    notes = [*_loss_notes(lost), *_gate_notes(closed)]
    if concat is None:
        notes.append("Without the concatenation baseline: there is none for this model.")
    tables = {
        "robustness": ReportTable("H@1 and MRR of every system and level", table, shown=False),
        "robustness-losses": ReportTable("Losses at every level", lost, shown=False),
        "robustness-half": ReportTable(
            "H@1 in percent with half of the pictures replaced, or half of each sentence's words "
            "dropped or swapped for words of other sentences",
            wide(table, 50),
        ),
        "robustness-half-losses": ReportTable(
            "There: what the mean of the units loses of H@1, and by how much less than each other "
            "system (points, interval of 95 %, p of a randomisation test)",
            lost[lost["level"] == 50],
            {"p": 4},
        ),
        "robustness-gates": ReportTable(
            "Mean |gate| of each mention with its right entity, clean and with every picture of "
            "one side replaced; `change` with its interval of 95 %",
            closed,
            dict.fromkeys(("clean", "replaced", "change", "low", "high"), 3) | {"p": 4},
        ),
    }
    figures = {
        "robustness": _figure(table, "hits@1", "H@1 in percent"),
        "robustness-mrr": _figure(table, "mrr", "MRR in percent"),
        "robustness-gates": histograms(drawn, "gate", (-1, 1)),
    }
    return Section("robustness", "Robustness", notes, tables, figures)


def _points(
    split: SplitScores,
    concat: Concat | None,
    seed: int,
    gates: list[pd.DataFrame],
    drawn: dict[str, dict[str, np.ndarray]],
) -> Iterator[Point]:
    """Every point; fills the tables of the gates and their values on the way."""
    clean = _ranks(split, split.clean, _concat(split, concat))
    entities = torch.arange(split.linker.entities)
    drawn |= {label: {"clean": _gold(split, split.clean_views, n)} for n, label in GATES.items()}
    for kind in PICTURES:
        views = replaced_pictures(split, split.views, kind, split.gold, seed)
        seen = split.picture_scores(split.words, views)
        full = _ranks(split, split.clean | seen.scores, _concat(split, concat, mentions=views))
        has = split.views.number.numpy() > 0
        for level in LEVELS:
            mask = chosen(has, level, seed)
            mixed = {name: np.where(mask, full[name], clean[name]) for name in clean}
            yield Point("mention pictures", kind, level, mixed)
        gates.append(gate_table("mention", kind, split.clean_views, seen, has))
        for name, label in GATES.items():
            drawn[label][kind] = _gold(split, seen, name)
    clean_concat = _concat(split, concat)
    for kind in PICTURES:
        views = replaced_pictures(split, split.entity_views, kind, entities, seed)
        seen = split.picture_scores(split.words, split.views, split.entities(views))
        full_concat = _concat(split, concat, entities=views)
        has = split.entity_views.number.numpy() > 0
        for level in LEVELS:
            columns = torch.from_numpy(chosen(has, level, seed))
            scores = {n: torch.where(columns, s, split.clean[n]) for n, s in seen.scores.items()}
            other = None
            if full_concat is not None and clean_concat is not None:
                other = torch.where(columns, full_concat, clean_concat)
            yield Point("entity pictures", kind, level, _ranks(split, split.clean | scores, other))
        gates.append(gate_table("entity", kind, split.clean_views, seen, has[split.gold.numpy()]))
    for kind in WORDS:
        yield Point("words", kind, 0, clean)
        for level in LEVELS[1:]:
            words = split.read(changed_words(split.mentions, kind, level, seed))
            scores = {"tglu": split.text_scores(words)}
            scores |= split.picture_scores(words, split.views).scores
            yield Point("words", kind, level, _ranks(split, scores, _concat(split, concat, words)))


def _gold(split: SplitScores, seen: PictureScores, name: str) -> np.ndarray:
    return seen.gates[name].numpy()[split.views.number.numpy() > 0]


def _concat(
    split: SplitScores,
    concat: Concat | None,
    words: EncodedTexts | None = None,
    mentions: EncodedPictures | None = None,
    entities: EncodedPictures | None = None,
) -> Tensor | None:
    if concat is None:
        return None
    return concat_scores(
        split, concat, words or split.words, mentions or split.views, entities or split.entity_views
    )


def _ranks(split: SplitScores, scores: Scores, concat: Tensor | None) -> Ranks:
    ranks = {WHOLE: ranked(mean_of(scores), split.gold)}
    ranks |= {unit.upper(): ranked(scores[unit], split.gold) for unit in UNITS}
    if concat is not None:
        ranks[CONCAT] = ranked(concat, split.gold)
    return ranks


def curve_table(points: list[Point]) -> pd.DataFrame:
    """One row for each point and system."""
    rows = []
    for point in points:
        for system, ranks in point.ranks.items():
            row = {"side": point.side, "kind": point.kind, "level": point.level, "system": system}
            for name, values in gains(ranks).items():
                spread = interval(values)
                row |= {name: spread.mean, f"{name} low": spread.low, f"{name} high": spread.high}
            rows.append(row)
    return pd.DataFrame(rows)


def wide(table: pd.DataFrame, level: int) -> pd.DataFrame:
    """H@1 with a column for each system, one row for each kind of noise, clean and at a level."""
    rows = []
    for (side, kind, at), found in table.groupby(["side", "kind", "level"], sort=False):
        if at in (0, level):
            values = dict(zip(found["system"], found["hits@1"], strict=True))
            rows.append({"side": side, "kind": kind, "level": at, **values})
    return pd.DataFrame(rows)


def losses(points: list[Point]) -> pd.DataFrame:
    """What each system loses against its own clean H@1, compared with what the mean loses."""
    clean = {(p.side, p.kind): p.ranks for p in points if p.level == 0}
    rows = []
    for point in points:
        if point.level == 0:
            continue
        lost = {
            name: gains(clean[point.side, point.kind][name])["hits@1"] - gains(ranks)["hits@1"]
            for name, ranks in point.ranks.items()
        }
        whole = interval(lost[WHOLE])
        for name, values in lost.items():
            if name == WHOLE:
                continue
            less = difference(values, lost[WHOLE])
            rows.append({
                "side": point.side, "kind": point.kind, "level": point.level,
                "whole loses": whole.mean, "against": name, "loses": float(values.mean()),
                "whole loses less by": less.mean, "low": less.low, "high": less.high, "p": less.p,
            })  # fmt: skip
    return pd.DataFrame(rows)


def gate_table(
    side: str, kind: str, clean: PictureScores, noisy: PictureScores, has: np.ndarray
) -> pd.DataFrame:
    """Each gate, clean and replaced, on the mentions whose picture (or entity's) was replaced."""
    rows = []
    for name, label in GATES.items():
        before, after = (seen.gates[name].numpy()[has] for seen in (clean, noisy))
        if not len(before):
            continue
        change = closing(before, after)
        rows.append({
            "pictures of": side, "kind": kind, "gate": label,
            "clean": float(np.abs(before).mean()), "replaced": float(np.abs(after).mean()),
            "change": change.mean, "low": change.low, "high": change.high, "p": change.p,
            "verdict": verdict(change),
        })  # fmt: skip
    return pd.DataFrame(rows)


def _gate_notes(table: pd.DataFrame) -> list[str]:
    notes = []
    for kind in ("noise", "unrelated"):
        rows = table[(table["pictures of"] == "mention") & (table["kind"] == kind)]
        verdicts = [f"{row.gate} {row.verdict} ({row.clean:.3f} to {row.replaced:.3f})"
                    for row in rows.itertuples()]  # fmt: skip
        what = "noise" if kind == "noise" else "an unrelated picture"
        gates = "; ".join(verdicts)
        notes.append(f"Gates when the mention's picture is {what}, mean |gate|: {gates}.")
    return notes


def _loss_notes(found: pd.DataFrame) -> list[str]:
    """What half of the mention pictures being unrelated costs, and whether less than elsewhere."""
    at = (found["side"] == "mention pictures") & (found["kind"] == "unrelated")
    notes = []
    for _, row in found[at & (found["level"] == 50)].iterrows():
        less = Interval(row["whole loses less by"], row["low"], row["high"])
        what = "clearly" if less.low > 0 else "not clearly"
        if row["against"] == CONCAT:
            notes.append(
                f"With 50 % of the mention pictures unrelated, H@1 of all units falls by "
                f"{row['whole loses']:.1f} points and that of the concatenation by "
                f"{row['loses']:.1f}: {what} less, by {within(less)} points."
            )
    return notes


def _figure(table: pd.DataFrame, metric: str, y: str) -> Figure:
    panels: dict[str, dict[str, Curve]] = {}
    for row in table.to_dict("records"):
        lines = panels.setdefault(f"{row['side']}: {row['kind']}", {})
        spread = Interval(row[metric], row[f"{metric} low"], row[f"{metric} high"])
        lines[row["system"]] = [*lines.get(row["system"], ()), (float(row["level"]), spread)]
    return curves(panels, "percent replaced, dropped or swapped", y)

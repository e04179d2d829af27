"""`ablate`: what each unit, each side of the input and the gates bring, on one trained model."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

import numpy as np
import pandas as pd
import torch

from analysis.drawing.plots import rows_of
from analysis.measures.gates import HELD, holding
from analysis.measures.runs import FROM_ENCODERS, Setting, matching, means, of_model
from analysis.measures.split_scores import Scores, SplitScores, mean_of
from analysis.measures.statistics import by_group, difference, gains, interval
from analysis.measures.systems import Ranks, ranked
from analysis.report.sections import ReportTable, Section
from mimic.linking.splits.evaluate import WITHOUT
from mimic.metrics import summary
from mimic.schema import UNITS


def ablation(split: SplitScores, extra: Sequence[ReportTable] = ()) -> Section:
    """Every row on the same mentions, with its paired difference from the whole model.

    Args:
        extra: tables of retrained models to be shown below.
    """
    ranks = ablated(split)
    tables = {
        "ablate": ReportTable(
            "At inference: H@1 by group, then over all mentions, in percent; `change` is H@1 less "
            "that of `all`, with its interval of 95 % and the p of a randomisation test",
            ablation_table(split, ranks),
            {"p": 4},
        )
    }
    for table in extra:
        tables["ablate-retrained"] = table
    hits = {name: interval(gains(r)["hits@1"]) for name, r in ranks.items()}
    figure = rows_of(hits, "H@1 in percent", hits["all"].mean)
    notes = [
        "Nothing is trained for these rows: a model that was trained without a unit may make up "
        "for it, one that loses it afterwards cannot.",
        "The gates of CMFU see the text alone, those of VDLU both pictures. `sigmoid_concat` has "
        "random weights here and is trained only in the retrained rows.",
    ]
    return Section("ablate", "Ablations", notes, tables, {"ablate": figure})


def ablated(split: SplitScores) -> Ranks:
    """Row -> ranks."""
    clean, gold = split.clean, split.gold
    rows: dict[str, Scores | torch.Tensor] = {"all": clean}
    blank = split.views.showing(torch.zeros_like(split.views.number))
    rows["without pictures"] = clean | split.picture_scores(split.words, blank).scores
    bare = split.read([WITHOUT["sentence"](mention) for mention in split.mentions])
    text = {"tglu": split.text_scores(bare)}
    rows["without sentences"] = text | split.picture_scores(bare, split.views).scores
    for unit in UNITS:
        rows[f"{unit.upper()} alone"] = clean[unit]
    for unit in UNITS:
        rows[f"without {unit.upper()}"] = mean_of(clean, [u for u in UNITS if u != unit])
    for how, name in HELD.items():
        if how == split.model.config.vdlu_gate:
            continue
        model = holding(split.model, how)
        blocks = split.entities(model=model)
        seen = split.picture_scores(split.words, split.views, blocks, model)
        rows[name] = clean | seen.scores
    return {n: ranked(s if torch.is_tensor(s) else mean_of(s), gold) for n, s in rows.items()}


def ablation_table(split: SplitScores, ranks: Ranks) -> pd.DataFrame:
    """A row for each way to rank: the columns of `analysis table`, intervals and tests."""
    groups, whole, rows = by_group(split.groups[split.main_group]), gains(ranks["all"]), []
    for name, places in ranks.items():
        row: dict[str, Any] = {"run": name}
        row |= {g: 100 * float(np.mean(places[mask] == 1)) for g, mask in groups.items()}
        measured, spread = summary(places), interval(gains(places)["hits@1"])
        row |= {"hits@1": spread.mean, "low": spread.low, "high": spread.high}
        row |= {m: measured[m] for m in ("hits@10", "mrr")}
        if name != "all":
            change = difference(gains(places)["hits@1"], whole["hits@1"])
            row |= {"change": change.mean, "change low": change.low, "change high": change.high}
            row["p"] = change.p
        rows.append(row)
    return pd.DataFrame(rows)


def ablation_settings(gate: str, seed: int) -> dict[str, Setting]:
    """Row -> what is trained for the retrained ablations."""
    other = "sigmoid_concat" if gate == "tanh" else "tanh"

    def units(*names: str) -> Setting:
        return Setting(units="+".join(names), gate=gate, seed=seed)

    return {
        "all": units(*UNITS),
        **{f"without {u.upper()}": units(*(o for o in UNITS if o != u)) for u in UNITS},
        **{f"{u.upper()} alone": units(u) for u in UNITS},
        "without the unit losses": Setting(unit_weight=0.0, gate=gate, seed=seed),
        f"VDLU gates {other}": Setting(gate=other, seed=seed),
        "concatenation": Setting("concat", "", 0.0, "", seed=seed),
    }


def retrained_table(runs: pd.DataFrame, stamp: Mapping[str, Any], gate: str) -> ReportTable | None:
    """The retrained ablations, means over seeds; `None` where there are none."""
    rows, mine = [], of_model(runs, stamp)
    for name, setting in ablation_settings(gate, 0).items():
        values = asdict(setting)
        del values["seed"]
        if len(group := matching(mine, values)):
            rows.append({"trained": name, **means(group)})
    if not rows:
        return None
    title = f"Retrained: means over seeds, H@1 from lowest to highest. {FROM_ENCODERS}"
    return ReportTable(title, pd.DataFrame(rows))

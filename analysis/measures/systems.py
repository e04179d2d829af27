"""What is ranked: a model's mean, its units, the baseline, stored predictions."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import numpy as np
import pandas as pd
import torch

from analysis.measures.split_scores import SplitScores, mean_of
from analysis.measures.statistics import gains, interval
from mimic.errors import InputError
from mimic.linking.splits.candidate_sets import WHOLE
from mimic.linking.splits.predictions import read_predictions
from mimic.metrics import ranks, summary
from mimic.model.encoded_data import (
    EncodedData,
    EncodedPictures,
    EncodedTexts,
    check_fixed_text,
)
from mimic.schema import UNITS
from mimic.training.concat_baseline import Concat

#: System -> rank of the right entity for each mention, `[M]`.
Ranks = dict[str, np.ndarray]
CONCAT = "concatenation"
SECOND = "with a second look"


def ranked(scores: torch.Tensor, gold: torch.Tensor) -> np.ndarray:
    """Ranks from 1 of the right entities by `[M, E]` scores."""
    return ranks(scores, gold).numpy()


def own_systems(split: SplitScores, concat: Concat | None, name: str = "all units") -> Ranks:
    """The model's mean under a name, each unit alone, the baseline where there is one, and the
    ranking after a second look where the linker has a reranker."""
    systems = {name: ranked(mean_of(split.clean), split.gold)}
    for unit in UNITS:
        systems[f"{unit.upper()} alone"] = ranked(split.clean[unit], split.gold)
    if concat is not None:
        scores = concat_scores(split, concat, split.words, split.views, split.entity_views)
        systems[CONCAT] = ranked(scores, split.gold)
    if split.linker.reranker is not None:
        systems[SECOND] = split.second_look[0]
    return systems


def concat_scores(
    split: SplitScores,
    concat: Concat,
    words: EncodedTexts,
    mentions: EncodedPictures,
    entities: EncodedPictures,
) -> torch.Tensor:
    """The baseline's scores `[M, E]`."""
    check_fixed_text(split.model, "the concatenation baseline")
    rows = concat.all_vectors(EncodedData(words, mentions))
    columns = concat.all_vectors(EncodedData(split.entity_words, entities))
    return split.checked((rows @ columns.T).cpu(), "the baseline")


def measures(places: np.ndarray) -> dict[str, float]:
    """Metrics in percent with intervals of H@1 and MRR, as columns of a table."""
    row = summary(places)
    spread = {name: interval(values) for name, values in gains(places).items()}
    return {
        "hits@1": row["hits@1"],
        "hits@1 low": spread["hits@1"].low,
        "hits@1 high": spread["hits@1"].high,
        **{name: row[name] for name in ("hits@3", "hits@5", "hits@10", "hits@20", "mrr")},
        "mrr low": spread["mrr"].low,
        "mrr high": spread["mrr"].high,
        "mr": row["mr"],
    }


def table_of(systems: Mapping[str, np.ndarray], first: str = "system") -> pd.DataFrame:
    """One row for each system."""
    return pd.DataFrame([{first: name, **measures(places)} for name, places in systems.items()])


def predicted_ranks(file: Path, split: SplitScores) -> np.ndarray:
    """The ranks of a file that `mimic evaluate --predictions` wrote, for the split's mentions.

    Raises:
        InputError: it cannot be read, was made of another data set, lacks a mention, or has a
            score that is no number (NaN) or infinite.
    """
    rows = {str(row.get("id")): row for row in read_predictions(file)}
    places = []
    for number, mention in zip(split.rows, split.mentions, strict=True):
        row = rows.get(mention.id)
        if row is None:
            raise InputError(f"{file}: has no mention {mention.id!r} of {split.data}")
        if (of_data := row.get("data")) and of_data != split.stamp["data"]:
            raise InputError(
                f"{file}: predictions of another data set (fingerprint {of_data}, {split.data} has "
                f"{split.stamp['data']}): write them again with `mimic evaluate --predictions`"
            )
        if not (ranked_among := str(row.get("protocol") or WHOLE)).startswith(WHOLE):
            raise InputError(
                f"{file}: ranked among {ranked_among}; here all entities are, and numbers of two "
                "protocols do not compare: run `mimic evaluate` without --candidates"
            )
        if row.get("answer") != split.records.answers[number]:
            raise InputError(
                f"{file}: mention {mention.id!r} has the answer {row.get('answer')!r} there and "
                f"{split.records.answers[number]!r} in {split.data}: they are of another data set"
            )
        try:
            rank = float(row.get("rank") or "nan")
        except (TypeError, ValueError):
            rank = float("nan")
        if not 1 <= rank <= split.linker.entities:
            raise InputError(
                f"{file}: mention {mention.id!r} has no rank (1 to number of entities)"
            )
        places.append(rank)
    return np.array(places)

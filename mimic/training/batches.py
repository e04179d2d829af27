"""Which mentions are seen together: the batches of an epoch, the same for the same seed."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from mimic.config import TrainConfig
from mimic.data.hold_out import is_held_out
from mimic.data.layout import Split


def train_rows(split: Split, config: TrainConfig) -> np.ndarray:
    """The mentions that are learnt from, or the share of them that the configuration asks for.

    They have an answer; with `bearers` also labelled ones without, which teach doubt. Answers that
    are held out are left out.
    """
    labelled = any(split.groups)
    rows = np.array(
        [
            i
            for i, (gold, answer) in enumerate(zip(split.gold, split.answers, strict=True))
            if (gold >= 0 or config.bearers and labelled)
            and (labelled or not config.hold_out or not is_held_out(answer, config.hold_out))
        ]
    )
    if config.train_fraction == 1:
        return rows
    count = max(1, round(config.train_fraction * len(rows)))
    return np.sort(np.random.default_rng([config.seed, 1]).permutation(rows)[:count])


def batches(
    split: Split, config: TrainConfig, epoch: int, rows: np.ndarray | None = None
) -> list[np.ndarray]:
    """The batches of one epoch of the given rows (else `train_rows`), the same for a seed.

    With `same_name` they are drawn in groups that share a surface form, so that the negatives
    of a batch hold the entities that are hard to tell apart.
    """
    rng = np.random.default_rng([config.seed, epoch])
    rows = rng.permutation(train_rows(split, config) if rows is None else rows)
    if config.same_name > 1:
        by_name: dict[str, list[int]] = {}
        for row in rows:
            by_name.setdefault(split.mentions[row].surface, []).append(int(row))
        groups = [
            group[i : i + config.same_name]
            for group in by_name.values()
            for i in range(0, len(group), config.same_name)
        ]
        rows = np.concatenate([groups[i] for i in rng.permutation(len(groups))])
    count = max(1, len(rows) // config.batch)
    return [rows[i * config.batch : (i + 1) * config.batch] for i in range(count)]


def mixed_batches(
    folders: Sequence[tuple[Split, np.ndarray, float]], config: TrainConfig, epoch: int
) -> list[tuple[int, np.ndarray]]:
    """The batches of one epoch over several data folders, each of one folder alone.

    Args:
        folders: split, rows, and the share of its batches that an epoch has, at least one.

    Returns:
        The folder's place, and rows.
    """
    mixed = []
    for place, (split, rows, share) in enumerate(folders):
        own = batches(split, config, epoch, rows)
        mixed += [(place, some) for some in own[: max(1, round(share * len(own)))]]
    if len(folders) == 1:
        return mixed
    order = np.random.default_rng([config.seed, epoch, len(folders)]).permutation(len(mixed))
    return [mixed[i] for i in order]


def picture_batches(pictures: int, config: TrainConfig, epoch: int) -> list[np.ndarray]:
    """The batches of one epoch over so many pictures, by their number."""
    order = np.random.default_rng([config.seed, epoch]).permutation(pictures)
    count = max(1, pictures // config.picture_batch)
    return np.array_split(order[: count * config.picture_batch], count)

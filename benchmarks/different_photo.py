"""Does the picture help? `python benchmarks/different_photo.py --data DIR`.

Asked on all mentions whose photograph is another one than their entity's (`different_photo`),
wherever they stand: they are dealt into folds by entity, each fold is the test split of a model
that saw no picture of a mention of these entities, and every mention is ranked with its picture,
without, and with that of another entity's mention: where pictures are rare, that there is one tells
something already, and only the last shows what its content brings. What the picture changes comes
with an interval: 95 % of 10,000 bootstrap samples of entities, since mentions of one entity share a
portrait.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.steps import evaluate, train  # noqa: E402
from mimic.io.terminal import Parser  # noqa: E402

PRESET, KIND = "wikimel-mini", "different_photo"
SPLITS = ("train", "dev", "test")
SHARED = ("kb_entity.json", "qid2id.json", "mention_image_kind.json", "kb_image", "mention_image")


def write_folds(data: Path, out: Path, folds: int, seed: int) -> list[Path]:
    """Data folders whose test splits share out the mentions in question by entity.

    A mention with a picture of any kind whose entity is in the test split leaves train and dev.
    """
    kinds = json.loads((data / "mention_image_kind.json").read_text("utf-8"))
    files = {split: next(data.glob(f"*_{split}.json")) for split in SPLITS}
    splits = {split: json.loads(file.read_text("utf-8")) for split, file in files.items()}
    asked = [m for split in splits.values() for m in split if kinds.get(str(m["id"])) == KIND]
    answers = sorted({m["answer"] for m in asked})
    np.random.default_rng(seed).shuffle(answers)
    folders = []
    for number in range(folds):
        mine = set(answers[number::folds])
        parts = {
            split: [m for m in splits[split] if not (m["imgPath"] and m["answer"] in mine)]
            for split in ("train", "dev")
        }
        parts["test"] = [m for m in asked if m["answer"] in mine]
        folder = out / f"fold{number}"
        folder.mkdir(parents=True, exist_ok=True)
        for name in SHARED:
            if not (folder / name).is_symlink():
                (folder / name).symlink_to((data / name).resolve())
        for split, mentions in (parts | {"other": exchanged(parts["test"])}).items():
            (folder / f"FOLD_{split}.json").write_text(json.dumps(mentions), "utf-8")
        folders.append(folder)
    return folders


def exchanged(mentions: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """The mentions, each with the picture of another entity's, as far as there is one.

    In the order of their entities, a shift by the size of the largest entity leaves none its own.
    """
    order = sorted(range(len(mentions)), key=lambda i: mentions[i]["answer"])
    shift = max(Counter(m["answer"] for m in mentions).values(), default=0)
    others = list(mentions)
    for place, row in enumerate(order):
        other = mentions[order[(place + shift) % len(order)]]
        others[row] = mentions[row] | {"imgPath": other["imgPath"]}
    return others


def interval(gains: np.ndarray, owners: Sequence[str], seed: int = 0) -> tuple[float, float]:
    """95 % interval of the mean gain, entities drawn with replacement."""
    _, owner = np.unique(owners, return_inverse=True)
    sums, sizes = np.bincount(owner, gains), np.bincount(owner)
    drawn = np.random.default_rng(seed).integers(len(sums), size=(10_000, len(sums)))
    low, high = np.quantile(sums[drawn].sum(1) / sizes[drawn].sum(1), (0.025, 0.975))
    return float(low), float(high)


def verdict(low: float, high: float) -> str:
    return "yes" if low > 0 else "no, it harms" if high < 0 else "cannot tell"


def compared(seen: Sequence[dict[str, Any]], bare: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """What the picture adds to H@1 and to MRR, in percentage points, over the ranks in `bare`."""
    assert [row["id"] for row in seen] == [row["id"] for row in bare]
    owners = [row["answer"] for row in seen]
    report: dict[str, Any] = {"mentions": len(seen), "entities": len(set(owners))}
    ranks = [np.array([row["rank"] for row in rows]) for rows in (seen, bare)]
    for name, worth in (("hits@1", lambda rank: rank == 1), ("mrr", lambda rank: 1 / rank)):
        one, other = (100.0 * worth(rank) for rank in ranks)
        low, high = interval(one - other, owners)
        report[name] = {
            "with": one.mean(),
            "without": other.mean(),
            "gain": (one - other).mean(),
            "interval": [low, high],
            "helps": verdict(low, high),
        }
    return report


#: What each fold's mentions are ranked with: their pictures, none, and those of others.
ARMS = {"seen": (), "bare": ("--without", "image"), "other": ("--split", "other")}


def main(options: argparse.Namespace) -> None:
    out = options.out.resolve()
    ranked: dict[str, list[dict[str, Any]]] = {arm: [] for arm in ARMS}
    train_options = ["--seed", str(options.seed), "--epochs", str(options.epochs)]
    for folder in write_folds(options.data.resolve(), out, options.folds, options.seed):
        model = train(folder.with_name(folder.name + "-model"), folder, PRESET, *train_options)
        for arm, given in ARMS.items():
            file = model.with_name(f"{model.name}.{arm}.jsonl")
            evaluate(model, folder, arm, "--predictions", file, *given)
            ranked[arm] += [json.loads(line) for line in file.read_text("utf-8").splitlines()]
    report = {
        "over none": compared(ranked["seen"], ranked["bare"]),
        "over another's": compared(ranked["seen"], ranked["other"]),
    }
    print(json.dumps(report, indent=1))


if __name__ == "__main__":
    parser = Parser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, required=True, help="folder with kb_entity.json")
    parser.add_argument("--out", type=Path, default=Path("runs/photo"), help="kept between runs")
    parser.add_argument("--folds", type=int, default=3)
    parser.add_argument("--epochs", type=int, default=1)
    parser.add_argument("--seed", type=int, default=43)
    main(parser.parse_args())

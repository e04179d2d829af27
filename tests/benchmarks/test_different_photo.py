"""Folds that keep an entity's pictures on one side, and an interval that can be reasoned out."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from support import tiny

from benchmarks.different_photo import compared, exchanged, interval, verdict, write_folds
from mimic.data.layout import read_kb, read_split


def test_folds_share_out_the_mentions_and_hide_their_entities_pictures(
    own_data: Path, tmp_path: Path
) -> None:
    """Every third mention of train and test is asked; one of train has no picture."""
    ids = [m["id"] for s in ("train", "test") for m in json.loads(_file(own_data, s).read_text())]
    asked = set(ids[1::3])
    (own_data / "mention_image_kind.json").write_text(
        json.dumps({key: "different_photo" if key in asked else "unclear" for key in ids})
    )
    tiny.edit(_file(own_data, "train"), lambda records: records[0].update(imgPath=""))
    bare = json.loads(_file(own_data, "train").read_text())[0]
    seen: list[str] = []
    for folder in write_folds(own_data, tmp_path / "folds", folds=3, seed=1):
        kb = read_kb(folder)
        assert len(kb.entities) == 9 and kb.entities[0].image is not None
        splits = {name: read_split(folder, name, kb) for name in ("train", "dev", "test")}
        mine = set(splits["test"].gold)
        for name in ("train", "dev"):
            pairs = zip(splits[name].mentions, splits[name].gold, strict=True)
            assert not any(mention.image and gold in mine for mention, gold in pairs)
        assert bare["id"] in {m.id for m in splits["train"].mentions}
        seen += [m.id for m in splits["test"].mentions]
        other = read_split(folder, "other", kb).mentions
        assert [m.id for m in other] == [m.id for m in splits["test"].mentions]
    assert sorted(seen) == sorted(asked)


def test_exchanged_pictures_are_those_of_other_entities() -> None:
    mentions = [{"answer": a, "imgPath": f"{a}{i}.png"} for i, a in enumerate("cabbaadb")]
    found = exchanged(mentions)
    assert [m["answer"] for m in found] == [m["answer"] for m in mentions]
    assert all(m["imgPath"][0] != m["answer"] for m in found)
    assert sorted(m["imgPath"] for m in found) == sorted(m["imgPath"] for m in mentions)


def _file(data: Path, split: str) -> Path:
    return data / f"TINY_{split}.json"


def test_the_interval_counts_entities_not_mentions() -> None:
    assert interval(np.ones(6), list("aabbcc")) == (1, 1)
    # one entity of two gains: a sample has it not at all, once or twice, whatever its mentions
    for copies in (1, 50):
        gains = np.array([1.0] * copies + [0.0] * copies)
        assert interval(gains, ["a"] * copies + ["b"] * copies) == (0, 1)
    spread = interval(np.array([1.0, 0.0] * 200), [str(i) for i in range(400)])
    # standard error of a share of one half: 0.025
    assert spread == pytest.approx((0.451, 0.549), abs=0.005)


@pytest.mark.parametrize(
    ("edges", "said"), [((0.1, 3), "yes"), ((-2, -0.1), "no, it harms"), ((-1, 3), "cannot tell")]
)
def test_the_verdict(edges: tuple[float, float], said: str) -> None:
    assert verdict(*edges) == said


def test_what_the_picture_changes() -> None:
    def rows(*found: int) -> list[dict[str, Any]]:
        return [{"id": str(i), "answer": "ab"[i // 2], "rank": r} for i, r in enumerate(found)]

    found = compared(rows(1, 1, 2, 4), rows(1, 2, 2, 1))
    assert (found["mentions"], found["entities"]) == (4, 2)
    assert found["hits@1"]["with"] == 50 and found["hits@1"]["without"] == 50
    assert found["mrr"]["gain"] == pytest.approx(100 * (0.5 - 0.75) / 4)
    assert found["hits@1"]["interval"] == [-50, 50] and found["hits@1"]["helps"] == "cannot tell"

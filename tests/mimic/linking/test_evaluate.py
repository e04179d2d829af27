"""Groups and rows of an evaluation, next to ranks that are worked out from all scores."""

from __future__ import annotations

import csv
import json
from contextlib import suppress
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from support import tiny

from mimic.data.groupings import groupings
from mimic.data.layout import Split, read_kb, read_split
from mimic.errors import InputError
from mimic.linking.calibrate import Source, calibrate
from mimic.linking.linker import EntityLinker
from mimic.linking.splits.evaluate import evaluate
from mimic.linking.splits.predictions import write_predictions
from mimic.metrics import summary
from mimic.model import processor
from mimic.model.pictures import opened_picture


@pytest.fixture
def split(own_data: Path) -> Split:
    """Nine mentions: the second without picture, the last with an unknown answer."""

    def change(records: list[dict[str, Any]]) -> None:
        records[1]["imgPath"] = ""
        records[8]["answer"] = "nil"

    tiny.edit(own_data / "TINY_test.json", change)
    (own_data / "mention_image_kind.json").write_text('{"test-0-0": "same_shot"}')
    return read_split(own_data, "test", read_kb(own_data))


def test_groups_of_every_mention(split: Split, linker: EntityLinker) -> None:
    found = groupings(split, linker.index.entities)
    assert found["surface"] == ["2-5"] * 9
    assert found["images"] == ["both", "entity", *["both"] * 6, "mention"]
    assert found["image_kind"] == ["same_shot", *[""] * 8]
    assert found["label"] == ["both", "text"] * 4 + ["both"]


def test_metrics_by_group_and_rows_agree_with_all_scores(
    split: Split, linker: EntityLinker
) -> None:
    rows: list[dict[str, Any]] = []
    report = evaluate(linker, split, batch=4, predictions=rows)
    side, _ = linker.mention_side(split.mentions)
    scores = linker.index.query(side).scores()["score"].numpy()
    naive = [
        1 + int((row > row[gold]).sum()) for row, gold in zip(scores, split.gold, strict=True)
    ][:8]
    assert [row["rank"] for row in rows] == [*naive, None]
    assert report["mentions"] == 8 and report["not_in_kb"] == 1
    assert report["mrr"] == pytest.approx(100 * np.mean([1 / r for r in naive]))
    without_picture = report["by"]["images"]["entity"]
    assert without_picture == summary([naive[1]])
    assert report["by"]["images"]["both"] == summary([naive[0], *naive[2:]])
    assert set(report["by"]) == {"surface", "images", "image_kind", "label"}
    assert report["by_group"]["text"]["mrr"] == report["by"]["label"]["text"]["mrr"]
    best = scores.argmax(1)
    assert [row["predicted"][0] for row in rows] == [linker.index.entities[b].id for b in best]
    assert rows[0]["image_kind"] == "same_shot" and rows[8]["answer"] is None
    assert evaluate(linker, split) == report


def test_each_picture_is_decoded_once(
    split: Split, linker: EntityLinker, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also one that cannot be read; it is taken as missing, for a threshold too."""
    images = [mention.image for mention in split.mentions if mention.image is not None]
    images[0].write_text("not a picture")
    opened: list[Path] = []

    def count(path: Path) -> Any:
        opened.append(path)
        return opened_picture(path)

    monkeypatch.setattr(processor, "opened_picture", count)
    report = evaluate(linker, split, predictions=[])
    assert len(images) == 8 and sorted(opened) == sorted(images)
    assert report["unreadable_images"] == 1
    opened.clear()
    with suppress(InputError):  # of a model that has learnt nothing
        calibrate([Source(linker, split)])
    assert sorted(opened) == sorted(images)


@pytest.mark.parametrize("name", ["rows.csv", "rows.jsonl"])
def test_rows_are_written_and_read_back(
    name: str, split: Split, linker: EntityLinker, tmp_path: Path
) -> None:
    rows: list[dict[str, Any]] = []
    evaluate(linker, split, predictions=rows)
    write_predictions(tmp_path / name, rows)
    text = (tmp_path / name).read_text("utf-8" if name.endswith(".jsonl") else "utf-8-sig")
    if name.endswith(".jsonl"):
        assert [json.loads(line) for line in text.splitlines()] == rows
        return
    read = list(csv.DictReader(text.splitlines()))
    assert [r["id"] for r in read] == [m.id for m in split.mentions]
    assert read[0]["predicted"].split(";") == rows[0]["predicted"]
    assert read[8]["rank"] == "" and int(read[0]["rank"]) == rows[0]["rank"]


def test_rows_that_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    for place in (tmp_path, tmp_path / "file" / "rows.csv"):
        with pytest.raises(InputError, match="cannot be written"):
            write_predictions(place, [{"id": "1"}])

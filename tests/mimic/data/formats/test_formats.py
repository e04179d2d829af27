"""Small data sets in every shape that is read, and the data folders that are made of them."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from PIL import Image
from pyarrow import parquet
from support import Run
from support.commands import one_line

from mimic.data.formats.data_set import DataSet, divided, parse_shares
from mimic.data.layout import KnowledgeBase, Split, read_kb, read_split
from mimic.errors import InputError

SENTENCES = {"train": "Norway won.", "dev": "Norway lost.", "test": "Chad, and Norway."}
RED, BLUE = (200, 0, 0), (0, 0, 200)


def picture(colour: tuple[int, int, int], kind: str = "png") -> bytes:
    stream = io.BytesIO()
    Image.new("RGB", (8, 8), colour).save(stream, kind)
    return stream.getvalue()


def put(path: Path, content: Any) -> Path:
    """A file of JSON, of JSON lines where the name ends so, of text, or of bytes."""
    path.parent.mkdir(parents=True, exist_ok=True)
    if isinstance(content, bytes):
        path.write_bytes(content)
    elif path.suffix == ".jsonl":
        path.write_text("".join(json.dumps(row) + "\n" for row in content), "utf-8")
    else:
        path.write_text(content if isinstance(content, str) else json.dumps(content), "utf-8")
    return path


def read(out: Path) -> tuple[KnowledgeBase, dict[str, Split]]:
    kb = read_kb(out)
    return kb, {split: read_split(out, split, kb) for split in SENTENCES}


# --- the same small world in each shape ------------------------------------------------------


def kgmel(root: Path) -> Path:
    sentences: list[dict[str, Any]] = [
        {"id": n, "sentence": s, "imgPath": f"m{n}.png", "mention": ["Norway"],
         "entity": ["Norway"], "answer": ["Q20"]}
        for n, s in enumerate(SENTENCES.values())
    ]  # fmt: skip
    sentences[2] |= {"mention": ["Chad", "Norway"], "entity": ["Chad", "Norway"]}
    sentences[2] |= {"answer": ["Q657", "Q20"]}
    put(root / "dataset" / "Tiny.json", sentences)
    splits = {"Tiny": {"train": [0], "val": [1], "test": [2]}}
    put(root / "dataset" / "mapping" / "ids_split_mappings.json", splits)
    put(root / "dataset" / "image" / "Tiny" / "m0.png", picture(RED))
    put(root / "KB" / "image" / "Q20_0.jpg", picture(BLUE, "jpeg"))
    put(root / "KB" / "QID2Label.tsv", "Q20\tNorway\ta country\nQ657\tChad\t\nQ1\tEurope\t\n")
    put(root / "KB" / "PID2Label.tsv", "P30\tcontinent\twhere\nP47\tborders\t\n")
    triples = "Q20\tP30\tQ1\nQ20\tP47\tQ34\nQ20\tP47\tQ33\nQ657\tP30\tAfrica\n"
    put(root / "KB" / "Triples-Tiny.tsv", triples)
    return root


def fissfuse(root: Path) -> Path:
    put(root / "entities.jsonl", [
        {"id": 0, "qid": "Q20", "name": "Norway", "desc": "a country"},
        {"id": 1, "qid": "Q657", "name": "Chad", "desc": "", "feature": [[0.5, 1.0]]},
    ])  # fmt: skip
    for split, name in (("train", "train"), ("dev", "valid"), ("test", "test")):
        row = {"mention_id": f"{split}-0", "sentence": SENTENCES[split], "mentions": "Norway",
               "imgPath": "a/m0.png", "candidates": ["Q20", "Q657"]}  # fmt: skip
        put(root / f"TINY_{name}.jsonl", [row])
    put(root / "tiny_image.h5", b"packed")
    put(root / "mention_image" / "m0.png", picture(RED))
    return root


def melbench(root: Path) -> Path:
    rows = {
        f"{n}-0": {"sentence": s, "mentions": "Norway", "entities": "Norway", "answer": "Q20",
                   "imgPath": "m0.png", "brief": "Type: country."}
        for n, s in enumerate(SENTENCES.values())
    }  # fmt: skip
    put(root / "images" / "m0.png", picture(RED))
    return put(root / "Tiny-MEL.json", rows)


MENTIONS: list[dict[str, Any]] = [
    {"id": f"{split}-0", "sentence": sentence, "mention": "Norway", "answer": "Q20"}
    for split, sentence in SENTENCES.items()
]
ENTITIES: list[dict[str, Any]] = [
    {"qid": "Q20", "name": "Norway", "description": "a country", "aliases": ["Norge"]},
    {"qid": "Q657", "name": "Chad", "description": None, "aliases": []},
]


def table(rows: list[dict[str, Any]], image: Any) -> pa.Table:
    return pa.Table.from_pylist([row | {"image": image} for row in rows])


def parquet_folder(root: Path) -> Path:
    (root / "data").mkdir(parents=True)
    held = {"bytes": picture(RED), "path": "x.png"}
    for split, row in zip(("train", "validation", "test"), MENTIONS, strict=True):
        shard(root / "data", split, 0, 1, table([row], held))
    shard(root, "entities", 0, 2, table(ENTITIES[:1], picture(BLUE)))
    shard(root, "entities", 1, 2, table(ENTITIES[1:], None))
    return root


def shard(folder: Path, part: str, number: int, count: int, rows: pa.Table) -> None:
    parquet.write_table(rows, folder / f"{part}-{number:05}-of-{count:05}.parquet")


def saved(root: Path) -> Path:
    """As `DatasetDict.save_to_disk`, with the entities as one more split."""
    parts = {"train": MENTIONS[:1], "validation": MENTIONS[1:2], "test": MENTIONS[2:]}
    for split, rows in (parts | {"entities": ENTITIES}).items():
        some = table(rows, {"bytes": picture(RED), "path": None})
        (root / split).mkdir(parents=True)
        file = root / split / "data-00000-of-00001.arrow"
        with file.open("wb") as sink, pa.ipc.new_stream(sink, some.schema) as writer:
            writer.write_table(some)
        put(root / split / "state.json", {"_data_files": [{"filename": file.name}]})
    put(root / "dataset_dict.json", {"splits": [*parts, "entities"]})
    return root


# --- read ------------------------------------------------------------------------------------


def test_kgmel(tmp_path: Path, call: Run) -> None:
    """Triples become facts by hand: a relation's tails together, unknown labels as they are."""
    out = tmp_path / "out"
    code, _, told = call("convert", kgmel(tmp_path / "data"), out, "--to", "mimic")
    assert (code, told) == (
        0, f"{out}: 2 entities; mentions: train 1, dev 1, test 2; 2 pictures missing (kgmel)\n"
    )  # fmt: skip
    kb, splits = read(out)
    assert [(e.id, e.name, e.description) for e in kb.entities] == [
        ("Q20", "Norway", "a country. Continent: Europe. Borders: Q34, Q33."),
        ("Q657", "Chad", "Continent: Africa."),
    ]
    assert kb.entities[0].image == out / "kb_image" / "Q20_0.jpg"
    assert [m.surface for m in splits["test"].mentions] == ["Chad", "Norway"]
    assert splits["test"].gold == (1, 0) and splits["test"].mentions[0].id == "2-0"
    assert splits["train"].mentions[0].image == out / "mention_image" / "m0.png"


def test_fissfuse_and_its_features(tmp_path: Path, call: Run) -> None:
    out = tmp_path / "out"
    code, _, told = call("convert", fissfuse(tmp_path / "data"), out, "--to", "mimic")
    assert code == 0 and "tiny_image.h5 is left out" in told
    assert "field 'feature' holds features, which are not read" in told
    kb, splits = read(out)
    assert [(e.id, e.description) for e in kb.entities] == [("Q20", "a country"), ("Q657", "")]
    assert splits["dev"].gold == (0,) and splits["dev"].mentions[0].image is not None
    (line,) = (out / "candidates_dev.jsonl").read_text().splitlines()
    assert json.loads(line) == {"id": "dev-0", "candidates": ["Q20", "Q657"]}


def test_melbench_is_divided_by_a_seed(tmp_path: Path, call: Run) -> None:
    file = melbench(tmp_path / "data")
    told = one_line(call("convert", file, tmp_path / "out", "--to", "mimic"))
    assert "has one split, 'all': add --split 70,10,20" in told
    assert not (tmp_path / "out").exists()
    for name in ("one", "two"):
        split = ("--split", "1,1,1", "--seed", "7")
        assert call("convert", file, tmp_path / name, "--to", "mimic", *split)[0] == 0
    one, two = (read(tmp_path / name) for name in ("one", "two"))
    assert [s.mentions[0].sentence for s in one[1].values()] == [
        s.mentions[0].sentence for s in two[1].values()
    ]
    assert {s.mentions[0].sentence for s in one[1].values()} == set(SENTENCES.values())
    assert [(e.id, e.name, e.description, e.type) for e in one[0].entities] == [
        ("Q20", "Norway", "Type: country.", "country")
    ]
    assert all(s.mentions[0].image is not None for s in one[1].values())


@pytest.mark.parametrize("made", [parquet_folder, saved])
def test_pictures_in_the_rows(made: Callable[[Path], Path], tmp_path: Path, call: Run) -> None:
    assert call("convert", made(tmp_path / "data"), tmp_path / "out", "--to", "mimic")[0] == 0
    kb, splits = read(tmp_path / "out")
    assert [(e.id, e.name, e.description, e.aliases) for e in kb.entities] == [
        ("Q20", "Norway", "a country", ("Norge",)),
        ("Q657", "Chad", "", ()),
    ]
    assert {name: s.mentions[0].sentence for name, s in splits.items()} == SENTENCES
    shown = splits["test"].mentions[0].image
    assert shown is not None and shown.read_bytes() == picture(RED)
    assert shown.suffix == ".png" and kb.entities[0].image is not None
    assert len(list((tmp_path / "out" / "mention_image").iterdir())) == 1  # each picture once


def test_entities_in_the_rows_of_the_mentions(tmp_path: Path, call: Run) -> None:
    rows = [row | {"entity_name": "Norway", "entity_description": "cold"} for row in MENTIONS]
    rows[1] |= {"image": "no.png"}
    parquet.write_table(pa.Table.from_pylist(rows), tmp_path / "rows.parquet")
    told = call("convert", tmp_path / "rows.parquet", tmp_path / "o", "--to", "mimic", "--split")
    assert told[0] == 2 and "3 sentences are too few: dev would be empty" in told[2]
    told = call(
        "convert", tmp_path / "rows.parquet", tmp_path / "o", "--to", "mimic", "--split", "1,1,1"
    )
    assert told[0] == 0 and "1 entities" in told[2]
    assert read_kb(tmp_path / "o").entities[0].description == "cold"


def test_entities_of_another_folder(data: Path, tmp_path: Path, call: Run) -> None:
    rows = [row | {"answer": "atlas:norway-state"} for row in MENTIONS]
    for split, row in zip(SENTENCES, rows, strict=True):
        parquet.write_table(pa.Table.from_pylist([row]), tmp_path / f"{split}.parquet")
    told = one_line(call("convert", tmp_path, tmp_path / "out", "--to", "mimic"))
    assert "no entities there: name a data folder that has them with --kb" in told
    assert call("convert", tmp_path, tmp_path / "out", "--to", "mimic", "--kb", data)[0] == 0
    kb, splits = read(tmp_path / "out")
    assert [(e.id, e.name) for e in kb.entities] == [(e.id, e.name) for e in read_kb(data).entities]
    assert splits["test"].gold == (2,) and all(kb.pictures)


# --- refused -----------------------------------------------------------------------------------


def broken_parquet(root: Path) -> Path:
    file = parquet_folder(root) / "data" / "train-00000-of-00001.parquet"
    file.write_bytes(file.read_bytes()[:-40])
    return root


def no_ids(root: Path) -> Path:
    parquet_folder(root)
    rows = [{"qid": None, "name": "Norway"}]
    shard(root, "entities", 0, 2, pa.Table.from_pylist(rows))
    return root


def no_answers(root: Path) -> Path:
    rows = [{key: row[key] for key in ("sentence", "mention")} for row in MENTIONS]
    parquet.write_table(pa.Table.from_pylist(rows), root.with_suffix(".parquet"))
    return root.with_suffix(".parquet")


def other_ids(root: Path) -> Path:
    parquet_folder(root)
    for number, row in enumerate(ENTITIES):
        shard(root, "entities", number, 2, pa.Table.from_pylist([row | {"qid": f"{number}"}]))
    return root


def torn_lists(root: Path) -> Path:
    row = {"id": 0, "sentence": "Norway.", "mention": ["Norway", "x"], "answer": ["Q20"]}
    return put(root / "Tiny.json", [row])


@pytest.mark.parametrize(
    ("made", "said"),
    [
        (broken_parquet, "train-00000-of-00001.parquet: not a whole Parquet file"),
        (no_ids, "entities-00000-of-00002.parquet: row 1 has no 'id'"),
        (no_answers, "no column for the answer (answer, qid, entity_id, gold); it has 'sentence'"),
        (other_ids, "no answer is the identifier of an entity (the first is 'Q20', an entity has"),
        (torn_lists, "its lists belong together and differ in length: 2 'mention', 0 'entity', 1"),
        (lambda root: put(root / "a.json", [1]), "no data set that can be read"),
        (lambda root: root, "no such file"),
        (lambda root: put(root / "kb_entity.json", []).parent, "in the authors' layout already"),
    ],
)
def test_bad_data(made: Callable[[Path], Path], said: str, tmp_path: Path, call: Run) -> None:
    told = one_line(call("convert", made(tmp_path / "data"), tmp_path / "out", "--to", "mimic"))
    assert said in told
    assert not (tmp_path / "out").exists()


def test_flags_that_do_not_fit(tmp_path: Path, call: Run) -> None:
    file = melbench(tmp_path / "data")
    for flags, said in (
        (("--to", "trec", "--split"), "--split goes with --to mimic"),
        (("--to", "mimic", "--data", "x"), "--data goes with --to kilt or nif"),
        (("--to", "mimic", "--seed", "1"), "--seed 1 goes with --split"),
        (("--to", "mimic", "--split", "43"), "give the shares of train, dev and test"),
    ):
        assert said in one_line(call("convert", file, tmp_path / "out", *flags))
    put(tmp_path / "out" / "mine.txt", "x")
    told = one_line(call("convert", file, tmp_path / "out", "--to", "mimic", "--split", "1,1,1"))
    assert "is there already" in told


def test_a_sentence_is_in_one_split() -> None:
    """10 sentences with two mentions each: 7, 1 and 2 of them, whole."""
    rows = [
        {"id": f"{n}-{m}", "sentence": f"s{n}", "answer": "Q"} for n in range(10) for m in (0, 1)
    ]
    whole = divided(DataSet([], {"all": rows}), parse_shares("0.7,0.1,0.2"), 1, "x")
    assert {split: len(some) for split, some in whole.splits.items()} == {
        "train": 14, "dev": 2, "test": 4
    }  # fmt: skip
    other = divided(DataSet([], {"all": rows}), (70, 10, 20), 2, "x")
    assert other.splits["test"] != whole.splits["test"]
    with pytest.raises(InputError, match="has splits already"):
        divided(whole, (70, 10, 20), 1, "x")

"""Tables as programs write them: every row is read, or told by its number."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pyarrow
import pytest
from pyarrow import parquet
from support import Run
from support.commands import one_line
from support.tables import beside, made, names, write

from mimic.data.kb_import import import_kb


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_csv_as_programs_write_it(tmp_path: Path, separator: str, encoding: str) -> None:
    lines = ("ID,Description , NAME,year", 'Q1,"two\nlines",Köln,1', "", 'Q2,"a "",;\t|",沙漠,2')
    text = "\r\n".join(lines).replace(",", separator)
    import_kb(write(tmp_path, text, encoding=encoding), tmp_path / "kb")
    assert names(tmp_path / "kb") == ["Köln", "沙漠"]
    assert made(tmp_path / "kb")[0]["attr"] == "two\nlines"


ROWS: list[dict[str, Any]] = [
    {"name": "Norway", "description": None, "image": ["a.png", "sub/a.png"], "id": 7},
    {"name": "Chad", "description": "a lake", "image": None, "id": None},
]


@pytest.mark.parametrize("kind", ["jsonl", "json", "parquet"])
def test_the_other_formats(tmp_path: Path, images: Path, kind: str) -> None:
    table = tmp_path / f"t.{kind}"
    if kind == "parquet":
        parquet.write_table(pyarrow.Table.from_pylist(ROWS), table)
    elif kind == "jsonl":
        table.write_text("\n".join(map(json.dumps, ROWS)) + "\n\n")
    else:
        table.write_text(json.dumps(ROWS))
    summary = import_kb(table, tmp_path / "kb", images)
    assert (summary["images"], summary["with_image"], summary["ids_made"]) == (2, 1, 1)
    first, second = made(tmp_path / "kb")
    assert (first["qid"], first["attr"], second["qid"]) == ("7", "", "E000002")
    assert first["image_list"] == ["000001.png", "000001-2.png"] and second["image_list"] == []


def test_every_row_that_is_skipped_is_told_by_its_number(tmp_path: Path) -> None:
    rows = ["Q1,Norway,x", "Q2,  ,x", "Q1,Sweden,x", "Q3,Oslo,a,b", 'Q4,"Ob"o,x', "Q5,Lima"]
    summary = import_kb(write(tmp_path, "\n".join(["id,name,description", *rows])), tmp_path / "kb")
    assert [(s["row"], s["reason"][:24]) for s in summary["skipped"]] == [
        (2, "the name is empty"),
        (3, "repeats the id 'Q1' of row 1"[:24]),
        (4, "4 cells under 3 columns:"),
        (5, "line 6: text after a closing"[:24]),
    ]
    assert names(tmp_path / "kb") == ["Norway", "Lima"] and summary["rows"] == 6


def test_skipped_lines_of_json(tmp_path: Path) -> None:
    lines = ['{"name": "a", "description": 1.0}', "{", "[1]", '{"name": {"x": 1}}']
    lines += [r'{"name": "\ud800"}', '{"name": NaN}', '{"name": 1984, "description": true}']
    summary = import_kb(write(tmp_path, "\n".join(lines), "t.jsonl"), tmp_path / "kb")
    assert [s["row"] for s in summary["skipped"]] == [2, 3, 4, 5, 6]
    assert [s["reason"].split(" (")[0] for s in summary["skipped"]] == [
        "line 2 is not JSON",
        "not an object with named fields",
        "the name is a dict, not text",
        "the name holds half of a character",
        "the name is empty",
    ]
    assert [(r["entity_name"], r["attr"]) for r in made(tmp_path / "kb")] == [
        ("a", "1"),
        ("1984", "True"),
    ]


def test_made_identifiers_avoid_given_ones(tmp_path: Path) -> None:
    import_kb(write(tmp_path, "name,description,id\na,,\nb,,E000001\n"), tmp_path / "kb")
    assert [record["qid"] for record in made(tmp_path / "kb")] == ["EE000001", "E000001"]


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("t.csv", b"", "no rows"),
        ("t.csv", b"name,description\n", "no rows"),
        ("t.csv", b"title,text\na,b\n", "no column 'name', 'description'; it has 'title', 'text'"),
        ("t.csv", b"name,Name,description\na,b,c\n", "two columns for 'name'"),
        ("t.csv", b"name,description\n,x\n", "no row can be used; row 1: the name is empty"),
        ("t.csv", b'name,description\na,b\nc,"d\ne,f\n', "line 3 does not end"),
        ("t.csv", b"name,description\na,\xff\n", "not UTF-8 text .line 2"),
        ("t.csv", b"name,description,image\na,b,c.png\n", "say with --images"),
        ("t.jsonl", b"{\n", "no row can be used; row 1: line 1 is not JSON"),
        ("t.json", b"[{]", "not JSON"),
        ("t.parquet", b"PAR1", "not a whole Parquet file"),
        ("t.xlsx", b"PK", "must end in .csv"),
    ],
)
def test_a_table_that_cannot_be_used(
    call: Run,
    tmp_path: Path,
    name: str,
    content: bytes,
    message: str,
) -> None:
    (tmp_path / name).write_bytes(content)
    line = one_line(call("kb", "import", tmp_path / name, "--out", tmp_path / "kb"))
    assert message.replace(".line", "(line") in line and name in line
    assert not (tmp_path / "kb").exists() and beside(tmp_path / "kb") == []

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
from mimic.data.kb_table import MOST_CELL
from mimic.data.layout import read_kb


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


@pytest.mark.parametrize("first", ["sep=;", "SEP=;", '"sep=;"', "\ufeffsep=;", "sep=;;;"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_the_line_in_which_excel_names_the_separator(tmp_path: Path, first: str, end: str) -> None:
    lines = [first, "id;name;description", "Q1;Alba;A town, in Piedmont", "Q2;Köln;x;y;z", "Q3;C;d"]
    summary = import_kb(write(tmp_path, end.join(lines)), tmp_path / "kb")
    assert [r["attr"] for r in made(tmp_path / "kb")] == ["A town, in Piedmont", "d"]
    assert [s["row"] for s in summary["skipped"]] == [2]


@pytest.mark.parametrize("separator", ["\t", ",", ":", "|"])
def test_any_separator_that_excel_names(tmp_path: Path, separator: str) -> None:
    text = separator.join(("name", "description")) + "\n" + separator.join(("a", "b;c"))
    import_kb(write(tmp_path, f"sep={separator}\n{text}\n"), tmp_path / "kb")
    assert (made(tmp_path / "kb")[0]["entity_name"], made(tmp_path / "kb")[0]["attr"]) == (
        "a",
        "b;c",
    )


@pytest.mark.parametrize("kind", ["csv", "jsonl", "parquet"])
def test_a_cell_of_any_length_costs_its_row_at_most(tmp_path: Path, kind: str) -> None:
    sizes = (200_000, MOST_CELL, MOST_CELL + 1, 3)
    rows = [{"name": f"n{size}", "description": "w" * size} for size in sizes]
    if kind == "parquet":
        parquet.write_table(pyarrow.Table.from_pylist(rows), tmp_path / "t.parquet")
    elif kind == "jsonl":
        write(tmp_path, "\n".join(map(json.dumps, rows)), "t.jsonl")
    else:
        lines = ["name,description", *(f"{r['name']},{r['description']}" for r in rows)]
        write(tmp_path, "\n".join(lines))
    summary = import_kb(tmp_path / f"t.{kind}", tmp_path / "kb")
    assert [len(r["attr"]) for r in made(tmp_path / "kb")] == [200_000, MOST_CELL, 3]
    assert summary["skipped"] == [
        {"row": 3, "reason": "the description has 1,000,001 characters; at most 1,000,000 are read"}
    ]


NAN = float("nan")


@pytest.mark.parametrize("kind", ["jsonl", "json", "parquet"])
def test_nan_is_nothing_in_every_column(tmp_path: Path, images: Path, kind: str) -> None:
    rows: list[dict[str, Any]] = [
        {"name": "a", "description": NAN, "image": NAN, "id": NAN},
        {"name": NAN, "description": 1.0, "image": NAN, "id": 2.0},
        {"name": "b", "description": NAN, "image": NAN, "id": 7.0},
    ]
    text = "\n".join(map(json.dumps, rows)) if kind == "jsonl" else json.dumps(rows)
    if kind == "parquet":
        columns = {
            f: pyarrow.array([r[f] for r in rows], from_pandas=False)
            for f in ("description", "image", "id")
        }
        columns["name"] = pyarrow.array(["a", None, "b"])
        parquet.write_table(pyarrow.table(columns), tmp_path / "t.parquet")
    else:
        write(tmp_path, text, f"t.{kind}")
    summary = import_kb(tmp_path / f"t.{kind}", tmp_path / "kb", images)
    found = [(r["qid"], r["entity_name"], r["attr"]) for r in made(tmp_path / "kb")]
    assert found == [("E000001", "a", ""), ("7", "b", "")]
    assert summary["skipped"] == [{"row": 2, "reason": "the name is empty"}]
    assert summary["images_left_out"] == []


def test_nan_as_text_is_nothing_where_it_can_be_no_word(tmp_path: Path, images: Path) -> None:
    rows = "name,description,image,id\nnan,nan,nan,nan\nNaN,nano,nan,NaN\n"
    summary = import_kb(write(tmp_path, rows), tmp_path / "kb", images)
    found = [(r["qid"], r["entity_name"], r["attr"]) for r in made(tmp_path / "kb")]
    assert found == [("E000001", "nan", ""), ("E000002", "NaN", "nano")]
    assert summary["images_left_out"] == []


@pytest.mark.parametrize("marks", [1, 2])
def test_a_byte_order_mark_anywhere(tmp_path: Path, marks: int) -> None:
    mark = "\ufeff" * marks
    lines = [mark + json.dumps({"name": name, "description": ""}) for name in "ab"]
    import_kb(write(tmp_path, "\n".join(lines), "t.jsonl"), tmp_path / "kb")
    import_kb(write(tmp_path, mark + "name,description\na,\n"), tmp_path / "other")
    assert names(tmp_path / "kb") == ["a", "b"] and names(tmp_path / "other") == ["a"]


def test_lines_of_json_that_no_reader_takes(tmp_path: Path) -> None:
    lines = ['{"name": "a", "description": ""}', "[" * 100_000, '{"name": ' + "1" * 5_000 + "}"]
    summary = import_kb(write(tmp_path, "\n" + "\n".join(lines), "t.jsonl"), tmp_path / "kb")
    assert [s["reason"] for s in summary["skipped"]] == [
        "line 3 is not JSON (nested more than 100 levels deep)",
        "line 4 is not JSON (a number of 5,000 digits; at most 300 are read)",
    ]


def test_names_are_unquoted_once(tmp_path: Path) -> None:
    rows = "name,description\nK%C3%B6ln,\n100% Wolf,\n%2541,\n"
    import_kb(write(tmp_path, rows), tmp_path / "kb")
    assert [e.name for e in read_kb(tmp_path / "kb").entities] == ["Köln", "100% Wolf", "%41"]
    assert names(tmp_path / "kb")[:2] == ["Köln", "100% Wolf"]


def test_pictures_as_pandas_writes_them(tmp_path: Path, images: Path) -> None:
    rows = (
        """name,description,image\na,,"['a.png', 'sub/a.png']"\nb,,"['A.PNG' 'sub\\\\a.png']"\n"""
    )
    summary = import_kb(write(tmp_path, rows), tmp_path / "kb", images)
    assert (summary["images"], summary["images_left_out"]) == (2, [])
    assert [r["image_list"] for r in made(tmp_path / "kb")] == [["000001.png", "000001-2.png"]] * 2

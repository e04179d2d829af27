"""Small files that hold large tables: refused before they fill the memory."""

from __future__ import annotations

import itertools
from pathlib import Path
from typing import Any

import pyarrow
import pytest
from pyarrow import parquet
from support.fake_linker import FakeLinker

from mimic.data import table_parquet
from mimic.data.kb_table import read_table
from mimic.data.table_bounds import MOST_COLUMNS, at_most
from mimic.errors import InputError
from mimic.linking.link_table import MOST_ROWS, link_many

NEEDED = ("sentence", "mention")


def write(path: Path, columns: dict[str, Any], times: int = 1) -> Path:
    """A Parquet file of so many equal row groups."""
    table = pyarrow.table(columns)
    with parquet.ParquetWriter(path, table.schema, compression="zstd") as writer:
        for _ in range(times):
            writer.write_table(table)
    return path


def refusal(table: Path) -> str:
    """What is said of a table that is to be linked."""
    with pytest.raises(InputError) as refused:
        list(link_many(FakeLinker(), table))
    assert "\n" not in str(refused.value)
    return str(refused.value)


def test_a_small_parquet_file_of_millions_of_rows_is_not_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = {name: ["Norway"] * 100_000 for name in NEEDED}
    table = write(tmp_path / "t.parquet", rows, 40)
    assert table.stat().st_size < 100_000
    monkeypatch.setattr(table_parquet, "_arrays", None)  # so that reading one would fail
    assert refusal(table) == "t.parquet: more than 20,000 rows; at most 20,000 at once"


@pytest.mark.parametrize("stored", [True, False])  # whether the file says that it is a dictionary
@pytest.mark.parametrize("kind", ["texts", "lists"])
def test_one_long_text_in_every_row_is_not_unpacked(
    tmp_path: Path, kind: str, stored: bool
) -> None:
    """The file holds it once; in memory it would be there two thousand times."""
    once = pyarrow.DictionaryArray.from_arrays([0] * 2_000, ["x" * 1_000_000])
    columns = {"sentence": once, "mention": ["x"] * 2_000}
    if kind == "lists":
        names = pyarrow.ListArray.from_arrays([0, 2_000], once)
        columns = {"sentence": ["x"], "mention": ["x"], "image": names}
    table = tmp_path / "t.parquet"
    parquet.write_table(pyarrow.table(columns), table, compression="zstd", store_schema=stored)
    assert table.stat().st_size < 100_000
    pool = pyarrow.default_memory_pool()
    before = pool.bytes_allocated()
    assert refusal(table) == "t.parquet: unpacks to more than 200 MB"
    assert pool.bytes_allocated() - before < 100_000_000


def test_one_row_of_millions_of_names_is_not_read(tmp_path: Path) -> None:
    names = pyarrow.array([[None] * 3_000_000], pyarrow.list_(pyarrow.string()))
    table = write(tmp_path / "t.parquet", {"sentence": ["x"], "mention": ["x"], "image": names})
    assert table.stat().st_size < 100_000
    assert "more than 2,000,000 values" in refusal(table)


def test_a_column_that_nobody_asks_for_costs_nothing(tmp_path: Path) -> None:
    notes = pyarrow.array([[None] * 3_000_000], pyarrow.list_(pyarrow.string()))
    rows = {"sentence": ["a Norway"], "mention": ["Norway"], "notes": notes}
    (linked,) = link_many(FakeLinker(), write(tmp_path / "t.parquet", rows))
    assert linked.result is not None and linked.mention == "Norway"


def test_rows_of_several_groups_come_back_whole(tmp_path: Path) -> None:
    rows = [
        {"sentence": f"{i % 7} " * 50, "mention": None, "image": ["a", None]} for i in range(99)
    ]
    table = tmp_path / "t.parquet"
    parquet.write_table(pyarrow.Table.from_pylist(rows), table, row_group_size=20)
    known = (*NEEDED, "image")
    assert list(read_table(table, NEEDED, known, 99).rows.values()) == rows
    assert read_table(table, NEEDED, known) == read_table(table, NEEDED, known, 99)
    with pytest.raises(InputError, match="more than 98 rows"):
        read_table(table, NEEDED, known, 98)


@pytest.mark.parametrize("suffix", ["csv", "tsv", "jsonl", "json"])
def test_other_tables_of_too_many_rows_are_refused(tmp_path: Path, suffix: str) -> None:
    count = MOST_ROWS + 1
    row = '{"sentence": "a", "mention": "a"}'
    text = {
        "csv": "sentence,mention\n" + "a,a\n" * count,
        "tsv": "sentence\tmention\n" + "a\ta\n" * count,
        "jsonl": f"{row}\n" * count,
        "json": f"[{','.join([row] * count)}]",
    }[suffix]
    table = tmp_path / f"t.{suffix}"
    table.write_text(text)
    assert refusal(table) == f"t.{suffix}: more than 20,000 rows; at most 20,000 at once"


def test_no_more_than_one_row_is_read_beyond_what_may_be_there() -> None:
    read = itertools.count()
    with pytest.raises(InputError, match="more than 3 rows"):
        list(at_most(read, Path("t.csv"), 3))
    assert next(read) == 4
    assert list(at_most(iter("abc"), Path("t.csv"), 3)) == ["a", "b", "c"]
    assert list(at_most(iter("abcd"), Path("t.csv"), None)) == ["a", "b", "c", "d"]


@pytest.mark.parametrize("value", ["[]", "{}", "0", '""'])
@pytest.mark.parametrize("suffix", ["jsonl", "json"])
def test_one_row_of_millions_of_values_is_not_parsed(
    tmp_path: Path, suffix: str, value: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    table = tmp_path / f"t.{suffix}"
    row = '{"sentence": "a", "mention": "a", "image": [' + f"{value}," * 2_000_000 + "0]}"
    table.write_text(f"[{row}]" if suffix == "json" else row)
    assert "more than 2,000,000 values" in refusal(table)


def test_a_header_of_thousands_of_columns_is_none(tmp_path: Path) -> None:
    table = tmp_path / "t.csv"
    header = ["sentence", "mention", *(f"c{i}" for i in range(MOST_COLUMNS))]
    table.write_text(",".join(header) + "\na,a\n")
    assert refusal(table) == "t.csv: 1,002 columns; at most 1,000 are read"
    table.write_text(",".join(header[:MOST_COLUMNS]) + "\na,a\n")
    assert len(list(link_many(FakeLinker(), table))) == 1


def test_a_knowledge_base_may_have_more_rows_than_a_table_of_mentions(tmp_path: Path) -> None:
    table = write(tmp_path / "t.parquet", {"name": ["x"] * 30_000})
    assert len(read_table(table, ("name",)).rows) == 30_000

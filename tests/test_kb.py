"""Your own knowledge base: table in, authors' layout out, and nothing lost without a word."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pyarrow
import pytest
import tiny
from PIL import Image
from pyarrow import parquet
from test_cli import Run, call, one_line  # noqa: F401  (call is a fixture)

import mimic.kb_import
from mimic.data import read_kb
from mimic.errors import InputError
from mimic.kb_import import import_kb
from mimic.kb_stats import kb_stats
from mimic.linker import EntityLinker
from mimic.schema import Mention


@pytest.fixture
def images(tmp_path: Path) -> Path:
    """Two pictures of one name in two folders, one that is broken, and a secret beside them."""
    folder = tmp_path / "pictures"
    (folder / "sub").mkdir(parents=True)
    tiny.picture("Norway", "state").save(folder / "a.png")
    tiny.picture("Chad", "state").save(folder / "sub" / "a.png")
    (folder / "broken.jpg").write_bytes(b"hello")
    Image.new("RGB", (4, 4)).save(tmp_path / "secret.png")
    (folder / "link.png").symlink_to(tmp_path / "secret.png")
    return folder


def write(tmp_path: Path, text: str, name: str = "t.csv", encoding: str = "utf-8") -> Path:
    (tmp_path / name).write_bytes(text.encode(encoding))
    return tmp_path / name


def made(out: Path) -> list[dict[str, Any]]:
    records: list[dict[str, Any]] = json.loads((out / "kb_entity.json").read_text("utf-8"))
    return records


def names(out: Path) -> list[str]:
    return [record["entity_name"] for record in made(out)]


def beside(out: Path) -> list[str]:
    """What an import left next to its output folder."""
    return [p.name for p in out.parent.iterdir() if p.name.startswith(".")]


PLAIN = "name,description,image,id\nNorway,a country,a.png,Q1\nChad,a lake,sub/a.png,Q2\n"


def test_the_layout_by_hand(tmp_path: Path, images: Path) -> None:
    out = tmp_path / "new" / "kb"
    summary = import_kb(write(tmp_path, PLAIN), out, images)
    assert summary == {
        "rows": 2,
        "entities": 2,
        "images": 2,
        "with_image": 2,
        "ids_made": 0,
        "skipped": [],
        "image_problems": {},
        "images_left_out": [],
    }
    assert made(out)[1] == {
        "id": 1,
        "type": "entity",
        "qid": "Q2",
        "entity_name": "Chad",
        "attr": "a lake",
        "image_list": ["000002.png"],
    }
    assert json.loads((out / "qid2id.json").read_text()) == {"Q1": 0, "Q2": 1}
    for file, source in (("000001.png", "a.png"), ("000002.png", "sub/a.png")):
        assert (out / "kb_image" / file).read_bytes() == (images / source).read_bytes()
    assert beside(out) == [] and {p.name for p in out.iterdir()} == mimic.kb_import.LAYOUT


def test_import_read_and_link(call: Run, tmp_path: Path, images: Path, model_folder: Path) -> None:  # noqa: F811
    table, out = write(tmp_path, PLAIN), tmp_path / "kb"
    code, printed, err = call("kb", "import", table, "--images", images, "--out", out)
    assert code == 0 and err == "" and json.loads(printed)["entities"] == 2
    kb = read_kb(out)
    assert kb.image_rules == {"exact": 2}
    linker = EntityLinker.load(model_folder, out, "cpu", tmp_path / "cache")
    answer = linker.link(Mention("Chad", "the president of Chad"), k=2)
    assert {c.entity for c in answer.candidates} == set(kb.entities)
    assert linker.index.unreadable == ()


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
    ("cell", "kind"),
    [
        ("none.png", "missing"),
        ("x" * 5000, "missing"),
        ("nul\0.png", "missing"),
        ("https://example.org/a.png", "missing"),
        ("[1, {}]", "missing"),
        ("broken.jpg", "unreadable"),
        ("sub", "unreadable"),
        ("../secret.png", "outside"),
        ("..\\secret.png", "outside"),
        ("sub/../../secret.png", "outside"),
        ("/etc/hostname", "outside"),
        ("link.png", "outside"),
    ],
)
def test_a_picture_that_is_left_out(tmp_path: Path, images: Path, cell: str, kind: str) -> None:
    text = f"{json.dumps({'name': 'n', 'description': 'd', 'image': cell})}\n"
    summary = import_kb(write(tmp_path, text, "t.jsonl"), tmp_path / "kb", images)
    assert (summary["entities"], summary["images"]) == (1, 0)
    assert set(summary["image_problems"]) == {kind}
    left_out = summary["images_left_out"][0]
    assert left_out["row"] == 1 and left_out["reason"]
    assert list((tmp_path / "kb" / "kb_image").iterdir()) == []


@pytest.mark.parametrize(
    ("cell", "count"),
    [
        ("a.png;sub/a.png", 2),
        (' a.png ; ;"a.png"'.replace('"', ""), 1),
        ('["a.png", "sub\\\\a.png"]', 2),
        ("a.png;none.png", 1),
        ("sub/../a.png", 1),
        ("", 0),
    ],
)
def test_several_pictures_in_a_cell(tmp_path: Path, images: Path, cell: str, count: int) -> None:
    text = f"{json.dumps({'name': 'n', 'description': 'd', 'image': cell})}\n"
    import_kb(write(tmp_path, text, "t.jsonl"), tmp_path / "kb", images)
    assert len(made(tmp_path / "kb")[0]["image_list"]) == count
    assert read_kb(tmp_path / "kb").image_rules.get("missing", 0) == 0


def test_a_shared_picture_is_stored_once(tmp_path: Path, images: Path) -> None:
    table = write(tmp_path, "name,description,image\na,,a.png\nb,,./a.png\n")
    assert import_kb(table, tmp_path / "kb", images)["images"] == 1
    assert [record["image_list"] for record in made(tmp_path / "kb")] == [["000001.png"]] * 2


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
    call: Run,  # noqa: F811
    tmp_path: Path,
    name: str,
    content: bytes,
    message: str,
) -> None:
    (tmp_path / name).write_bytes(content)
    line = one_line(call("kb", "import", tmp_path / name, "--out", tmp_path / "kb"))
    assert message.replace(".line", "(line") in line and name in line
    assert not (tmp_path / "kb").exists() and beside(tmp_path / "kb") == []


def test_tables_and_folders_that_are_not_there(tmp_path: Path, images: Path) -> None:
    for name in ("none.csv", "none.jsonl", "none.parquet"):
        with pytest.raises(InputError, match="no such file"):
            import_kb(tmp_path / name, tmp_path / "kb")
    with pytest.raises(InputError, match="no such folder of pictures"):
        import_kb(write(tmp_path, PLAIN), tmp_path / "kb", tmp_path / "none")
    with pytest.raises(InputError, match="no column 'image'"):
        import_kb(write(tmp_path, "name,description\na,b\n"), tmp_path / "kb", images)
    with pytest.raises(InputError, match="cannot be written"):
        import_kb(write(tmp_path, PLAIN), tmp_path / "t.csv" / "kb", images)


def test_force_replaces_a_knowledge_base_and_nothing_else(tmp_path: Path, images: Path) -> None:
    table, out = write(tmp_path, PLAIN), tmp_path / "kb"
    out.mkdir()  # an empty one is in nobody's way
    import_kb(table, out, images)
    other = write(tmp_path, "name,description\nPeru,x\n", "o.csv")
    with pytest.raises(InputError, match="--force"):
        import_kb(other, out)
    import_kb(other, out, force=True)
    assert names(out) == ["Peru"] and beside(out) == []
    with pytest.raises(InputError, match="to be replaced"):
        import_kb(table, out, out / "kb_image", force=True)
    (out / "notes.txt").touch()
    with pytest.raises(InputError, match=r"more than a knowledge base \(notes.txt\)"):
        import_kb(other, out, force=True)
    with pytest.raises(InputError, match="is a file"):
        import_kb(other, other, force=True)


@pytest.mark.parametrize("step", ["_copy", "_write", "_publish"])
@pytest.mark.parametrize("stop", [KeyboardInterrupt(), OSError(28, "No space left on device")])
def test_an_interruption_leaves_what_was_there(
    tmp_path: Path,
    images: Path,
    monkeypatch: pytest.MonkeyPatch,
    step: str,
    stop: BaseException,
) -> None:
    out = tmp_path / "kb"
    import_kb(write(tmp_path, "name,description\nPeru,x\n"), out)

    def fail(*_: object, **__: object) -> None:
        raise stop

    monkeypatch.setattr(mimic.kb_import, step, fail)
    with pytest.raises((KeyboardInterrupt, InputError)):
        import_kb(write(tmp_path, PLAIN), out, images, force=True)
    assert names(out) == ["Peru"] and beside(out) == []


def test_a_failed_swap_puts_the_old_one_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "kb"
    import_kb(write(tmp_path, "name,description\nPeru,x\n"), out)
    rename = Path.rename

    def broken(self: Path, target: Path) -> Path:
        if target == out and not self.name.endswith("-old"):
            raise OSError(5, "Input/output error")
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", broken)
    with pytest.raises(InputError, match="Input/output"):
        import_kb(write(tmp_path, "name,description\nMali,x\n"), out, force=True)
    assert names(out) == ["Peru"] and beside(out) == []


def test_the_command_says_what_it_did(call: Run, tmp_path: Path, images: Path) -> None:  # noqa: F811
    table = write(tmp_path, "name,description,image\na,x,none.png\n,y,\n")
    code, out, err = call("kb", "import", table, "--images", images, "--out", tmp_path / "kb")
    assert code == 0 and json.loads(out)["skipped"] == [{"row": 2, "reason": "the name is empty"}]
    assert [line.split(":")[0] for line in err.splitlines()] == [
        "1 rows have no id and got one from their number (E000001, ...)",
        "1 rows skipped",
        "1 pictures missing, their entities kept",
    ]


def test_progress_reaches_the_end(tmp_path: Path, images: Path) -> None:
    told: list[tuple[int, int]] = []
    progress = lambda done, total: told.append((done, total))  # noqa: E731
    import_kb(write(tmp_path, PLAIN), tmp_path / "kb", images, progress=progress)
    assert told == [(1, 2), (2, 2)]


def test_stats_by_hand(tmp_path: Path, images: Path) -> None:
    rows = ["a,12345,a.png;none.png", "a,,", "a,1,", "b,123,sub/a.png", "b,12,", "c,1234,"]
    out = tmp_path / "kb"
    import_kb(write(tmp_path, "\n".join(["name,description,image", *rows])), out, images)
    (out / "kb_image" / "000004.png").unlink()
    (out / "fast").mkdir()
    (out / "fast" / "index.safetensors").write_bytes(b"12345")
    (out / "fast" / "entities.json").write_bytes(b"123")
    assert kb_stats(out) == {
        "entities": 6,
        "with_description": 5,
        "without_description": 1,
        "with_picture": 1,
        "pictures": {"referenced": 2, "found": 1, "missing": 1},
        "names": {
            "distinct": 3,
            "shared": 2,
            "entities_sharing": 5,
            "histogram": {"1": 1, "2": 1, "3": 1},
            "most_ambiguous": [["a", 3], ["b", 2]],
        },
        "description_characters": {"min": 1, "median": 3, "p90": 5, "max": 5},
        "indexes": {"fast": 8},
    }


def test_stats_with_a_model_and_as_text(
    call: Run,  # noqa: F811
    own_data: Path,
    model_folder: Path,
) -> None:
    """`norway [SEP] sport : x . country : norway .` has 12 tokens with both ends, as many as fit"""
    command = ["kb", "stats", own_data, "--model", model_folder]
    tokens = json.loads(call(*command, "--json")[1])["tokens"]
    tiny.edit(own_data / "kb_entity.json", lambda r: r[0].update(attr="we saw " * 9))
    longer = json.loads(call(*command, "--json")[1])["tokens"]
    assert longer == {"limit": 12, "truncated": 1, "truncated_percent": 11.11}
    assert tokens == {"limit": 12, "truncated": 0, "truncated_percent": 0.0}
    code, out, err = call(*command)
    assert code == 0 and err == "" and "entities                 9\n" in out
    assert "3 entities: Norway" in out
    assert "no such file" in one_line(call("kb", "stats", own_data / "none"))

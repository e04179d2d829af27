"""Your own knowledge base: table in, authors' layout out, and nothing lost without a word."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from support import Run, tiny
from support.tables import beside, made, names, write

import mimic.data.kb_import
from mimic.data.kb_import import import_kb
from mimic.data.layout import read_kb
from mimic.errors import InputError
from mimic.io import files
from mimic.linking.linker import EntityLinker
from mimic.schema import Mention

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
    assert beside(out) == [] and {p.name for p in out.iterdir()} == mimic.data.kb_import.LAYOUT


def test_columns_of_names(tmp_path: Path) -> None:
    head = "name,description,aliases,type,url\n"
    rows = "Norway,a country,Norge; Noreg;Norge,state,http://no\nChad,a lake,,nan,\n"
    summary = import_kb(write(tmp_path, head + rows), tmp_path / "kb")
    assert summary["entities"] == 2
    norway, chad = made(tmp_path / "kb")
    assert (norway["type"], norway["aliases"], norway["url"]) == (
        "state",
        ["Norge", "Noreg"],
        "http://no",
    )
    assert chad["type"] == "entity" and not {"aliases", "url"} & set(chad)
    first, second = read_kb(tmp_path / "kb").entities
    assert (first.aliases, first.type, first.url) == (("Norge", "Noreg"), "state", "http://no")
    assert (second.aliases, second.type, second.url) == ((), "", "")


def test_import_read_and_link(call: Run, tmp_path: Path, images: Path, model_folder: Path) -> None:
    table, out = write(tmp_path, PLAIN), tmp_path / "kb"
    code, printed, err = call("kb", "import", table, "--images", images, "--out", out)
    assert code == 0 and err == "" and json.loads(printed)["entities"] == 2
    kb = read_kb(out)
    assert kb.image_rules == {"exact": 2}
    linker = EntityLinker.load(model_folder, out, "cpu", tmp_path / "cache")
    answer = linker.link(Mention("Chad", "the president of Chad"), k=2)
    assert {c.entity for c in answer.candidates} == set(kb.entities)
    assert tiny.index_of(linker).unreadable == ()


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


@pytest.mark.parametrize("step", ["_copy", "_write", "_put"])
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

    monkeypatch.setattr(files if step == "_put" else mimic.data.kb_import, step, fail)
    with pytest.raises((KeyboardInterrupt, InputError)):
        import_kb(write(tmp_path, PLAIN), out, images, force=True)
    assert names(out) == ["Peru"] and beside(out) == []


def test_a_failed_swap_puts_the_old_one_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "kb"
    import_kb(write(tmp_path, "name,description\nPeru,x\n"), out)
    rename = os.rename

    def broken(one: Path, other: Path) -> None:
        if one.name.endswith(".part"):
            raise OSError(5, "Input/output error")
        rename(one, other)

    monkeypatch.setattr(files, "_exchange", lambda *_: False)
    monkeypatch.setattr(os, "rename", broken)
    with pytest.raises(InputError, match="Input/output"):
        import_kb(write(tmp_path, "name,description\nMali,x\n"), out, force=True)
    assert names(out) == ["Peru"] and beside(out) == []


def test_the_command_says_what_it_did(call: Run, tmp_path: Path, images: Path) -> None:
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

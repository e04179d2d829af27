"""Knowledge bases that visitors bring: each is its visitor's alone, bounded, and goes in time."""

from __future__ import annotations

import csv
import io
import threading
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from support import tiny

from demo import own_kbs
from demo.examples import load_examples
from demo.handlers.own import MOST_CHARACTERS, typed_table
from demo.handlers.samples import ROWS, kb_sample, mentions_sample
from demo.html.own import report
from demo.linkers import Linkers
from demo.own_kbs import KEPT, MOST_ROWS, OwnKbs
from demo.screenshot import ROOT
from demo.server.gate import LANES
from demo.server.uploads import Room
from demo.texts import words
from mimic.errors import InputError
from mimic.io.terminal import Progress
from mimic.linking.linker import EntityLinker
from mimic.schema import Mention

TABLE = "name,description,image\nNorway,a country,a.png\nNorway,a ship,gone.png\n,nobody,\n"


@pytest.fixture
def own(linker: EntityLinker, tmp_path: Path) -> OwnKbs:
    return OwnKbs(Linkers(["tiny", "same"], ["kb"], lambda *_: linker), tmp_path / "own")


@pytest.fixture
def table(tmp_path: Path) -> Path:
    (tmp_path / "ships.csv").write_text(TABLE)
    return tmp_path / "ships.csv"


@pytest.fixture
def pictures(tmp_path: Path) -> Path:
    tiny.picture("Norway", "state").save(tmp_path / "a.png")
    with zipfile.ZipFile(tmp_path / "p.zip", "w") as archive:
        archive.write(tmp_path / "a.png", "a.png")
    return tmp_path / "p.zip"


def quiet(what: str) -> Progress:
    return lambda done, total: None


def linkers_of(own: OwnKbs) -> Linkers:
    return own._linkers


def test_a_table_and_a_zip_become_what_the_command_line_makes(
    own: OwnKbs, table: Path, pictures: Path
) -> None:
    seen: list[tuple[str, int, int]] = []

    def watch(what: str) -> Progress:
        return lambda done, total: seen.append((what, done, total))

    kb = own.build("anna", "tiny", table, pictures, watch)
    assert kb.name == "ships" and kb.stats["entities"] == 2 and kb.stats["with_picture"] == 1
    assert kb.summary["skipped"] == [{"row": 3, "reason": "the name is empty"}]
    assert kb.summary["images_left_out"] == [
        {"row": 2, "image": "gone.png", "kind": "missing", "reason": "not in the ZIP"}
    ]
    assert list(dict.fromkeys(seen)) == [("pictures", 1, 1), ("entities", 2, 2)]
    there = {path.name for path in kb.folder.iterdir()}
    assert {"kb_entity.json", "qid2id.json", "kb_image", "index.json"} <= there
    result = linkers_of(own).get("tiny", kb.key).link(Mention("Norway", "Norway sank"), 2)
    assert {c.entity.description for c in result.candidates} == {"a country", "a ship"}
    shown = report(words("zh"), kb)
    assert "名称为空" in shown and "gone.png: ZIP 中没有此文件" in shown


def test_another_model_has_its_own_index(own: OwnKbs, table: Path, pictures: Path) -> None:
    kb = own.build("anna", "tiny", table, pictures, quiet)
    before = {path.name for path in kb.folder.iterdir()}
    assert linkers_of(own).get("same", kb.key).entities == 2
    assert {path.name for path in kb.folder.iterdir()} == before
    assert (kb.folder.parent / "index-1" / "index.json").is_file()


def test_nobody_finds_it_without_its_key(own: OwnKbs, table: Path, pictures: Path) -> None:
    kb = own.build("anna", "tiny", table, pictures, quiet)
    linkers = linkers_of(own)
    assert kb.key not in linkers.kbs and len(kb.key) > 20
    with pytest.raises(InputError, match="kb is 'ships'; it must be one of kb$"):
        linkers.get("tiny", "ships")
    assert own.known("bert", []) == []
    assert own.known("bert", ["own-guessed"]) == []
    again = own.build("bert", "tiny", table, pictures, quiet)
    assert again.key != kb.key and again.folder != kb.folder


def test_time_and_leaving_free_it(
    own: OwnKbs, table: Path, pictures: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kb = own.build("anna", "tiny", table, pictures, quiet)
    linkers = linkers_of(own)
    first = linkers.get("tiny", kb.key)
    assert linkers.get("tiny", kb.key) is first
    own.leave("bert")
    assert linkers.get("tiny", kb.key) is first
    own.leave("anna")
    assert ("tiny", kb.key) not in linkers._loadings  # the memory is free, the files are there
    assert own.known("anna again", [kb.key]) == [kb]
    assert linkers.get("tiny", kb.key).entities == 2
    used = linkers.asked(kb.key)
    own.tidy(used + KEPT - 1)
    assert own.find(kb.key) is kb
    own.tidy(linkers.asked(kb.key) + KEPT + 1)
    assert not kb.folder.parent.exists() and ("tiny", kb.key) not in linkers._loadings
    with pytest.raises(InputError, match="your knowledge base is gone"):
        own.find(kb.key)
    with pytest.raises(InputError, match="your knowledge base is gone"):
        linkers.get("tiny", kb.key)


def test_the_oldest_of_one_visitor_makes_room_and_nobody_elses(
    own: OwnKbs, table: Path, pictures: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(own_kbs, "MOST_OWN", 1)
    monkeypatch.setattr(own_kbs, "MOST_ALL", 3)
    old = own.build("anna", "tiny", table, pictures, quiet)
    others = own.build("bert", "tiny", table, pictures, quiet)
    new = own.build("anna", "tiny", table, pictures, quiet)
    assert own.known("x", [old.key, others.key, new.key]) == [others, new]
    own.build("carl", "tiny", table, pictures, quiet)
    with pytest.raises(InputError, match="the server holds 3 knowledge bases of visitors"):
        own.build("dora", "tiny", table, pictures, quiet)


class Stopped(BaseException):
    """As of a visitor who cancels."""


@pytest.mark.parametrize("when", ["pictures", "entities"])
def test_what_is_cancelled_leaves_nothing(
    own: OwnKbs, table: Path, pictures: Path, tmp_path: Path, when: str
) -> None:
    def watch(what: str) -> Progress:
        def told(done: int, total: int) -> None:
            if what == when:
                raise Stopped

        return told

    with pytest.raises(Stopped):
        own.build("anna", "tiny", table, pictures, watch)
    assert list((tmp_path / "own").iterdir()) == []
    assert own.build("anna", "tiny", table, pictures, quiet).stats["entities"] == 2


def test_more_than_may_be_is_refused(
    own: OwnKbs, tmp_path: Path, table: Path, pictures: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    long = tmp_path / "long.csv"
    long.write_text("name,description\n" + "a,b\n" * (MOST_ROWS + 1))
    with pytest.raises(InputError, match=r"more than 2,000 rows"):
        own.build("anna", "tiny", long, None, quiet)
    monkeypatch.setattr(own_kbs, "MOST_UNPACKED", 10)
    with pytest.raises(InputError, match="unpacks to 0 MB; at most 0 MB are read"):
        own.build("anna", "tiny", table, pictures, quiet)
    assert list((tmp_path / "own").iterdir()) == []
    assert LANES["own"].places == 1  # one at a time


@pytest.mark.parametrize("name", ["../a.png", "/etc/a.png", "x/../../a.png"])
def test_a_zip_that_leads_out_leaves_nothing(
    own: OwnKbs, table: Path, tmp_path: Path, name: str
) -> None:
    with zipfile.ZipFile(tmp_path / "p.zip", "w") as archive:
        archive.writestr(name, b"x")
    with pytest.raises(InputError, match="leads out of the archive"):
        own.build("anna", "tiny", table, tmp_path / "p.zip", quiet)
    assert list((tmp_path / "own").iterdir()) == []


def test_the_files_of_a_run_are_tidied_without_those_that_are_kept_as_wholes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("own/x/kb/a", "uploads/x/own/b"):
        (tmp_path / name).parent.mkdir(parents=True)
        (tmp_path / name).write_text("text")
    monkeypatch.setattr(Room, "ALL", (0, 0))
    Room(tmp_path).tidy()
    assert (tmp_path / "own/x/kb/a").is_file()
    assert not (tmp_path / "uploads/x/own/b").exists()


def test_typed_lines_are_a_table(own: OwnKbs, tmp_path: Path) -> None:
    path = typed_table("Mercury | a planet\n\nMercury|a | b\n | nobody\nChad", tmp_path)
    kb = own.build("anna", "tiny", path, None, quiet)
    entities = [kb.stats["entities"], kb.summary["skipped"]]
    assert entities == [3, [{"row": 3, "reason": "the name is empty"}]]
    assert kb.name == "typed"
    for text, said in (
        (" \n", "choose a table, or type entities"),
        ("a|b\n" * 201, "more than 200 typed lines"),
        ("a" * (MOST_CHARACTERS + 1), "more than 200 typed lines or 100,000 characters"),
    ):
        with pytest.raises(InputError, match=said):
            typed_table(text, tmp_path)


def test_the_samples_hold_what_their_tables_name() -> None:
    examples = load_examples(ROOT / "assets" / "examples")
    for (table, pictures), rows in (
        (kb_sample(examples), ROWS),
        (mentions_sample(examples), len(examples)),
    ):
        lines = list(csv.DictReader(io.StringIO(table.decode("utf-8-sig"))))
        assert len(lines) == rows and len({line["id"] for line in lines}) == rows
        named = {line["image"] for line in lines} - {""}
        with zipfile.ZipFile(io.BytesIO(pictures)) as archive:
            assert set(archive.namelist()) == named
        assert len(pictures) < 500_000
    text = kb_sample(examples)[0].decode("utf-8-sig")
    ids = {line["id"] for line in csv.DictReader(io.StringIO(text))}
    assert {example.gold for example in examples} <= ids


def test_two_can_be_asked_at_once(own: OwnKbs, table: Path, pictures: Path) -> None:
    """Removing one while it is asked for is told in words, or not noticed at all."""
    kb = own.build("anna", "tiny", table, pictures, quiet)
    linker = linkers_of(own).get("tiny", kb.key)
    threading.Thread(target=own.remove, args=(kb.key,)).start()
    for answer in _answers(linker, 5):
        assert answer in (2, "told")


def _answers(linker: object, times: int) -> Iterator[object]:
    assert isinstance(linker, EntityLinker)
    for _ in range(times):
        try:
            yield len(linker.link(Mention("Norway", "Norway sank"), 2).candidates)
        except InputError:
            yield "told"

"""What a visitor says is right, as a line of the server's gold table."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from support import ROOT, tiny
from support.results import KINDS, write_rows

import app
from analysis.browse.records import read_results
from demo.handlers.corrections import correct, correct_row
from demo.handlers.link import Linked, link, make_mention
from mimic.data.layout import read_kb, read_split
from mimic.errors import InputError
from mimic.linking.linker import EntityLinker


@pytest.fixture
def linked(linker: EntityLinker, data: Path) -> Linked:
    image = data / "mention_image" / "test-0-0.png"
    mention = make_mention(image, "Norway won the football match .", "Norway")
    return Linked(mention, link(linker, mention, 5), "tiny", "tiny kb")


def test_the_last_word_counts(linked: Linked, data: Path, tmp_path: Path) -> None:
    table = tmp_path / "said.jsonl"
    second, last = linked.result.candidates[1].entity, linked.result.candidates[-1].entity
    assert correct(table, linked, 1) == f"{second.name} ({second.id})"
    assert correct(table, linked, None) == ""
    assert correct(table, linked, 99) == f"{last.name} ({last.id})"
    first = json.loads(table.read_text("utf-8").splitlines()[0])
    assert (first["model"], first["kb"]) == ("tiny", "tiny kb")
    assert first["said"] == linked.result.candidates[0].entity.id
    split = read_split(data, str(table), read_kb(data))
    assert [m.surface for m in split.mentions] == ["Norway"]
    assert split.answers == (last.id,)


def test_what_cannot_be_noted(linked: Linked, tmp_path: Path) -> None:
    table = tmp_path / "said.jsonl"
    with pytest.raises(InputError, match="nothing is linked yet"):
        correct(table, None, 0)
    gone = replace(linked, mention=replace(linked.mention, image=tmp_path / "gone.png"))
    with pytest.raises(InputError, match="the picture was deleted"):
        correct(table, gone, 0)
    assert not table.exists()
    table.mkdir()
    with pytest.raises(InputError, match="^this cannot be noted now") as told:
        correct(table, linked, 0)
    assert str(tmp_path) not in str(told.value)


def test_a_row_of_results(data: Path, tmp_path: Path) -> None:
    table = tmp_path / "said.jsonl"
    results = read_results([write_rows(tmp_path / "rows.jsonl", wrong=True)], data)
    assert correct_row(table, results, 0, KINDS[1]) == f"Norway ({KINDS[1]})"
    assert correct_row(table, results, 3, "") == ""
    first, second = map(json.loads, table.read_text("utf-8").splitlines())
    assert (first["said"], first["model"], first["kb"]) == (KINDS[1], "rows", data.name)
    assert (first["answer"], second["answer"], second["said"]) == (KINDS[1], "nil", KINDS[3])
    split = read_split(data, str(table), read_kb(data))
    assert [m.sentence for m in split.mentions] == [
        results.mentions[place].mention.sentence for place in (0, 3)
    ]
    for place, answer in ((36, ""), (-1, ""), (0, KINDS[5])):
        with pytest.raises(InputError, match="^this row is not here any more"):
            correct_row(table, results, place, answer)
    assert len(table.read_text("utf-8").splitlines()) == 2


def test_no_button_is_there_until_a_file_is_named(tmp_path: Path) -> None:
    """In a process of its own: Gradio leaves sockets open."""
    rows = write_rows(tmp_path / "rows.jsonl")
    data = tiny.write_data(tmp_path / "data")
    program = f"""
import json, app
from pathlib import Path
from analysis.browse.records import read_results
from demo import ui
from demo.linkers import Linkers
results = read_results([Path({str(rows)!r})], Path({str(data)!r}))
for table in (None, Path("said.jsonl")):
    page = ui.build_page(Linkers(["a"], ["b"], None), [], None, table, results)
    ids = {{str(part["props"].get("elem_id")) for part in page.config["components"]}}
    print(json.dumps(sorted(i for i in ids if "-correct" in i or i == "results-told")))
"""
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    without, parts = map(json.loads, done.stdout.splitlines())
    assert without == []
    ends = ("", "-none", "-note", "-right")
    assert parts == [
        *(f"link-correct{end}" for end in ends),
        "results-told",
        *(f"text-correct{end}" for end in ends),
    ]


def test_it_is_off_until_a_file_is_named(tmp_path: Path) -> None:
    assert app.parse([]).corrections is None
    app.check_folders(app.parse(["--corrections", str(tmp_path / "said.jsonl")]))
    for name, said in (("said.csv", "must end in .jsonl"), ("a.jsonl", "cannot be written")):
        (tmp_path / "a.jsonl").mkdir(exist_ok=True)
        with pytest.raises(InputError, match=said):
            app.check_folders(app.parse(["--corrections", str(tmp_path / name)]))

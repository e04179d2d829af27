"""The commands of the report on a tiny model: files, resume, failed parts, bad input, training."""

from __future__ import annotations

import csv
import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
import torch
from safetensors.torch import load_file, save_file
from support import ROOT, tiny
from support import chat_server as chat

from analysis.__main__ import main
from analysis.case.case_json import read_casebook
from analysis.measures.retraining import Retraining
from analysis.measures.runs import read_runs
from analysis.report.published import FILE as PUBLISHED
from analysis.report.published import METRICS
from analysis.report.report import SECTIONS
from analysis.report.sections import markdown, read_section, table_markdown
from mimic.__main__ import main as mimic
from mimic.errors import InputError
from mimic.linking.linker import EntityLinker
from mimic.linking.splits.predictions import read_predictions
from mimic.model.mimic import Mimic, ModelCard, save_model
from mimic.model.processor import load_tokenizer
from mimic.training.frozen_file import FILE
from mimic.training.retrain import SHORT, unit_scores

STORED = ROOT / "docs" / "atlas-report"
Command = Callable[..., tuple[int, str, str]]


@pytest.fixture(scope="module")
def fixed(sure_text_model: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A tiny model with a fixed text model, as the preset atlas has."""
    torch.manual_seed(2)
    folder = tmp_path_factory.mktemp("fixed") / "tiny"
    model = Mimic.pretrained(tiny.model_config(sure_text_model, freeze_text=True, adapter=4))
    save_model(model, folder, ModelCard(temperature=2.0), load_tokenizer(model.config))
    return folder


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Few samples and coarse figures: what they show is tested elsewhere."""
    monkeypatch.setattr("analysis.measures.statistics.SAMPLES", 100)
    monkeypatch.setattr("analysis.measures.statistics.FLIPS", 500)
    monkeypatch.setattr("analysis.drawing.files.DPI", 40)


@pytest.fixture
def analyse(fixed: Path, data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Command:
    """Runs a command of the analysis: exit code, standard output, standard error."""

    def run(name: str, *more: object, **given: Path) -> tuple[int, str, str]:
        places = {"model": fixed, "data": data, "cache": tmp_path / "cache"} | given
        options = [str(w) for key, value in places.items() for w in (f"--{key}", value)]
        capsys.readouterr()
        code = main([name, *options, *map(str, more)])
        captured = capsys.readouterr()
        return code, captured.out, captured.err

    return run


def test_report_is_made_goes_on_and_names_what_failed(
    analyse: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out, none = tmp_path / "out", tmp_path / "none"
    whole = SECTIONS["units"]
    monkeypatch.setitem(SECTIONS, "units", lambda job: [][0])  # a bug in one part
    more = ("--out", out, "--docs", none, "--json")
    code, printed, told = analyse("report", *more)
    assert code == 2 and "without these parts" in told
    failed = json.loads(printed)["failed"]
    assert set(failed) == {"units", "lambda", "low-resource", "faithfulness"}
    assert failed["units"].startswith("IndexError") and "--retrain" in failed["lambda"]
    page = (out / "report.html").read_text("utf-8")
    assert "Robustness" in page and "IndexError" in page
    assert not re.search(r"(src|href)=[\"']?(https?:)?//", page)
    for name in ("evaluate", "ablate", "robustness", "robustness-gates", "errors"):
        assert all((out / f"{name}.{kind}").stat().st_size for kind in ("csv", "pdf", "svg", "png"))
    record = read_section(out, "ablate")
    assert record is not None and record["origin"]["seed"] == 43
    assert f"--out {out}" in record["origin"]["command"]
    errors = pd.read_csv(out / "errors.csv")
    case = read_casebook(out / errors["case"][0]).cases[0]
    assert case.gold == errors["right"][0]
    monkeypatch.setitem(SECTIONS, "units", whole)
    (out / "ablate.svg").unlink()  # incomplete: made again
    _, _, told = analyse("report", *more)
    assert "evaluate: done before" in told and "ablate: done before" not in told
    assert (out / "ablate.svg").is_file() and read_section(out, "units") is not None


def test_runs_are_trained_once_and_read_by_their_parts(
    analyse: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "out"
    train = ("--retrain", "--epochs", 1, "--out", out)
    own = SHORT.unit_weight
    code, printed, told = analyse("lambda", *train, "--values", f"0,{own}")
    assert code == 0 and "2 runs trained, 0 were there" in told and "Sensitivity" in printed
    monkeypatch.setattr(
        "analysis.measures.retraining.DataEncoder", None
    )  # the file of the first command is read
    _, printed, told = analyse("low-resource", *train, "--fractions", "0.5,1")
    assert "4 runs trained, 2 were there" in told and "concatenation" in printed
    runs = read_runs(out / "runs.csv")
    assert runs["command"].str.startswith("python -m analysis ").all()
    assert (runs["machine"] != "").all() and set(runs["seed"]) == {43}
    assert runs[runs["fraction"] == 0.5]["epochs"].tolist() == [2, 2, 2]  # less data, more epochs
    _, _, told = analyse("lambda", *train, "--values", f"0,{own}")
    assert "0 runs trained, 2 were there" in told
    assert "has runs of 1 epochs" in analyse("lambda", "--retrain", "--out", out)[2]
    (out / "runs.csv").write_text("a,b\n1,2\n")
    assert "has no column" in analyse("lambda", "--out", out)[2]


def test_baseline_learns_is_stored_and_fits_its_model_only(
    analyse: Command, tmp_path: Path, data: Path, own_model: Path
) -> None:
    folder = tmp_path / "concat"
    code, printed, _ = analyse("baseline", "--epochs", 40, "--out", folder)
    card = json.loads(printed)
    assert code == 0 and card["hits@1"] > 30  # one of nine entities by chance
    _, printed, _ = analyse("evaluate", "--concat", folder, "--json")
    rows = json.loads(printed)["tables"]["evaluate"]["rows"]
    names = [row[0] for row in rows]
    assert names == ["all units", "TGLU alone", "VDLU alone", "CMFU alone", "concatenation"]
    assert rows[-1][1] == pytest.approx(card["hits@1"])  # stored and measured alike
    code, _, told = analyse("evaluate", "--concat", folder, model=own_model)
    assert code == 2 and "stands on model" in told
    code, _, told = analyse("baseline", "--out", folder, model=own_model)
    assert code == 2 and "fixed text model" in told


def test_what_the_encoders_say_is_kept_in_a_file(
    fixed: Path, data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def bench(split: str = "test") -> Retraining:
        linker = EntityLinker.load(fixed, data, "cpu", tmp_path)
        return Retraining(linker, data, split, lambda line: None, cache=tmp_path)

    made = bench().features
    with monkeypatch.context() as without:
        without.setattr("analysis.measures.retraining.DataEncoder", None)
        read = bench().features
        with pytest.raises(TypeError):  # of another split there is nothing
            _ = bench("dev").features
    for one, other in zip(made, read, strict=True):
        for a, b in ((one.texts, other.texts), (one.pictures, other.pictures)):
            for field, value in vars(a).items():
                same = getattr(b, field)
                assert (
                    torch.equal(value, same) if isinstance(value, torch.Tensor) else value is same
                )
    (tmp_path / FILE).write_text("damaged")
    first, again = made[0].texts.hidden, bench().features[0].texts.hidden
    assert first is not None and again is not None and torch.equal(first, again)
    model = bench().linker.model
    whole = unit_scores(model, *made[1:])
    for some in (("tglu", "vdlu"), ("vdlu", "cmfu")):
        part = unit_scores(model, *made[1:], some)
        assert set(part) == set(some)
        for unit in some:
            torch.testing.assert_close(part[unit], whole[unit])


def test_a_second_look_is_a_row_and_a_paired_test(analyse: Command, data: Path) -> None:
    with chat.chat_server(chat.likes("football")) as server:
        named = ("--rerank", server.url, "--rerank-model", "small", "--json")
        code, printed, _ = analyse("evaluate", *named)
        assert len(server.bodies) == 9  # once for each mention, though it has a row and a table
    tables = json.loads(printed)["tables"]
    rows = {row[0]: row[1:] for row in tables["evaluate"]["rows"]}
    assert code == 0 and {"all units", "with a second look"} <= set(rows)
    columns = tables["evaluate-second-look"]["columns"]
    (every, shared) = [
        dict(zip(columns, row, strict=True)) for row in tables["evaluate-second-look"]["rows"]
    ]
    assert (every["shared by"], shared["shared by"]) == ("all", "2-5")
    assert every["hits@1"] == rows["all units"][0]
    assert every["hits@1 with"] == rows["with a second look"][0]
    change = every["hits@1 with"] - every["hits@1"]
    assert every["difference"] == pytest.approx(change)
    assert 9 * change == pytest.approx(100 * (every["mended"] - every["broken"]))
    rivals = {row[0] for row in tables["evaluate-tests"]["rows"]}
    assert "with a second look" in rivals
    assert "ms for each mention" in tables["evaluate-second-look"]["title"]


@pytest.mark.parametrize("name", ["rows.csv", "rows.jsonl"])
def test_predictions_as_a_model_and_of_other_data(
    name: str, analyse: Command, fixed: Path, own_data: Path, data: Path, tmp_path: Path
) -> None:
    file = tmp_path / name
    places = ["--model", fixed, "--kb", data, "--data", data, "--cache", tmp_path / "cache"]
    assert mimic(["evaluate", *map(str, places), "--predictions", str(file)]) == 0
    _, printed, _ = analyse("evaluate", "--predictions", file, "--against", fixed, "--json")
    rows = {row[0]: row[1:] for row in json.loads(printed)["tables"]["evaluate"]["rows"]}
    assert rows["rows"] == rows["tiny"] == rows["tiny 2"]
    tiny.edit(own_data / "TINY_dev.json", lambda records: records.pop())
    among = [*map(str, places), "--candidates", "names", "--predictions", str(file)]
    assert mimic(["evaluate", *among]) == 0
    code, _, told = analyse("evaluate", "--predictions", file)
    assert code == 2 and "two protocols do not compare" in told
    assert mimic(["evaluate", *map(str, places), "--predictions", str(file)]) == 0
    code, _, told = analyse("evaluate", "--predictions", file, data=own_data)
    assert code == 2 and "another data set" in told
    file.write_text("nothing")
    assert analyse("evaluate", "--predictions", file)[0] == 2


@pytest.mark.parametrize("name", ["rows.csv", "rows.jsonl"])
@pytest.mark.parametrize("score", ["NaN", "Infinity", "-Infinity", "none"])
def test_scores_that_are_no_numbers_are_refused(name: str, score: str, tmp_path: Path) -> None:
    file = tmp_path / name
    if name.endswith(".csv"):
        file.write_text(f"id,rank,scores\na,1,2.5;1\nb,1,2.5;{score}\n")
    else:
        said = f'"{score}"' if score == "none" else score
        lines = (f'{{"id": "{key}", "rank": 1, "scores": [2.5, {s}]}}\n' for key, s in
                 (("a", 1), ("b", said)))  # fmt: skip
        file.write_text("".join(lines))
    with pytest.raises(InputError, match=rf"{name}: row 2 \(mention 'b'\): the scores"):
        read_predictions(file)


def test_published_rows_stand_apart(analyse: Command) -> None:
    _, printed, _ = analyse("evaluate", "--published", "wikimel")
    assert "not to be ranked" in printed and "| MIMIC | 87.98 |" in printed
    for protocol, model in (
        ("whole knowledge base, 109,976 entities", "MMoE | 90.77"),
        ("100 candidates of 18,880 entities", "UniMEL | 94.10"),
        ("10 candidates", "I2CR | 92.20"),
    ):
        (table,) = re.findall(rf"ranked among: {protocol}\. .*\n\n((?:\|.*\n)+)", printed)
        assert f"| {model}" in table and table.count(protocol) == len(table.splitlines()) - 2
    code, _, told = analyse("evaluate", "--published", "atlas")
    assert code == 2 and "must be one of wikimel, richpediamel, wikidiverse" in told


def test_the_facts_of_the_papers() -> None:
    """Each row has a source and says where it was seen; nothing is 0 where nobody knows it."""
    with PUBLISHED.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    assert len({(row["data"], row["published"]) for row in rows}) == len(rows)
    for row in rows:
        assert row["source"] and row["checked"] and row["candidates"] and row["year"]
        assert all(not row[m] or 0 < float(row[m]) <= 100 for m in METRICS)
        assert not row["hits@5"] or float(row["hits@1"]) < float(row["hits@5"])
    seen = {(row["data"], row["published"]): row["checked"] for row in rows}
    assert seen["wikidiverse", "MIMIC"] == "authors' README"
    assert seen["richpediamel", "I2CR"] == "not confirmed"


def test_bad_input_is_one_line(
    analyse: Command, own_data: Path, fixed: Path, text_model: Path, tmp_path: Path
) -> None:
    assert "no file *_nothing.json" in analyse("units", "--split", "nothing")[2]
    assert "no such file" in analyse("units", data=tmp_path / "no")[2]
    assert "--retrain needs --out" in analyse("lambda", "--retrain")[2]
    broken = Path(shutil.copytree(fixed, tmp_path / "broken"))
    weights = load_file(broken / "model.safetensors")
    weights["cmfu.text.weight"][:] = float("nan")
    save_file(weights, broken / "model.safetensors")
    code, _, told = analyse("units", model=broken)
    assert code == 2 and "are no numbers" in told and "Traceback" not in told
    foreign = Path(shutil.copytree(fixed, tmp_path / "foreign"))
    for file in text_model.glob("*token*"):
        (foreign / "tokenizer").mkdir(exist_ok=True)
        shutil.copy(file, foreign / "tokenizer")
    tiny.edit(
        foreign / "tokenizer" / "tokenizer.json",
        lambda record: record["model"]["vocab"].update(strange=999, stranger=1000),
    )
    code, _, told = analyse("units", model=foreign)
    assert code == 2 and "different vocabularies" in told


@pytest.mark.skipif(not (STORED / "ablate.csv").is_file(), reason="no stored report")
def test_numbers_of_the_docs_are_those_of_the_stored_report() -> None:
    frame = pd.read_csv(STORED / "ablate.csv").set_index("run")
    text = (ROOT / "docs" / "atlas.md").read_text("utf-8")
    head, *rows = re.findall(r"^\|.*\|$", text[text.index("| | both | conflict") :], re.M)[:8]
    columns = [cell.strip() for cell in head.strip("|").split("|")][1:]
    for line in rows[1:]:
        run, *cells = (cell.strip() for cell in line.strip("|").split("|"))
        assert [f"{frame.loc[run, c]:.1f}" for c in columns] == cells


@pytest.mark.skipif(not (STORED / "report.md").is_file(), reason="no stored report")
def test_stored_report_is_what_its_records_say() -> None:
    text = (STORED / "report.md").read_text("utf-8")
    for record in filter(None, (read_section(STORED, name) for name in SECTIONS)):
        assert markdown(record) in text
        for name, table in record["tables"].items():
            frame: Any = pd.read_csv(STORED / f"{name}.csv")
            assert len(frame) == len(table["rows"]) and table_markdown(table) in text

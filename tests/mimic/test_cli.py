"""The command line: exit code 2 and one clear line for each mistake, never a traceback."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import torch
from PIL import Image
from safetensors.torch import load_file, save_file
from support import PARITY, ROOT, Run, tiny
from support.commands import one_line
from support.png import png_header
from support.tiny import edit


@pytest.fixture
def link(call: Run, model_folder: Path, data: Path, tmp_path: Path) -> Run:
    """`link` on the tiny model; a keyword replaces an option, `None` takes it away."""

    def run(**changes: object) -> tuple[int, str, str]:
        options: dict[str, object] = {
            "sentence": "a goal of Norway in the game",
            "mention": "Norway",
            "model": model_folder,
            "kb": data,
            "cache": tmp_path / "cache",
            "device": "cpu",
            "k": 3,
        }
        options |= {name.replace("_", "-"): value for name, value in changes.items()}
        arguments: list[object] = ["link", "--json"]
        for name, value in options.items():
            flag = f"-{name}" if len(name) == 1 else f"--{name}"
            if value is not None:
                arguments += [flag, *(value if isinstance(value, tuple) else (value,))]
        return call(*arguments)

    return run


def test_link_prints_the_stated_json(link: Run, data: Path) -> None:
    code, out, err = link(image=data / "mention_image" / "test-0-0.png", span=(10, 16))
    assert code == 0 and err == ""
    record = json.loads(out)
    assert (record["image"], record["entities"], len(record["candidates"])) == ("ok", 9, 3)
    assert set(record["candidates"][0]["gates"]) == {
        "vdlu_entity_to_mention",
        "vdlu_mention_to_entity",
        "cmfu_mention",
        "cmfu_entity",
    }
    assert json.loads(link()[1])["image"] == "missing"
    assert json.loads(link(rank_by="vdlu", k=9)[1])["candidates"][0]["unit_ranks"]["vdlu"] == 1


def test_link_prints_a_table_without_json(
    call: Run, model_folder: Path, data: Path, tmp_path: Path
) -> None:
    where = ["--model", model_folder, "--kb", data, "--cache", tmp_path]
    code, out, _ = call("link", "--sentence", "Chad won", "--mention", "Chad", "-k", 2, *where)
    lines = out.splitlines()
    assert code == 0 and "atlas:" in lines[1] and "atlas:" in lines[2]
    assert lines[3].startswith("no picture was given")


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"sentence": ""}, "sentence is empty"),
        ({"sentence": "   "}, "sentence is empty"),
        ({"mention": ""}, "mention is empty"),
        ({"mention": "Sweden"}, "not in the sentence"),
        ({"sentence": "Norway " * 400}, "at most 2,000"),
        ({"span": (0, 6)}, "covers"),
        ({"span": (10, 99)}, "outside"),
        ({"span": ("a", "b")}, "invalid int"),
        ({"k": 0}, "from 1 to 9"),
        ({"k": -5}, "from 1 to 9"),
        ({"k": 10}, "from 1 to 9"),
        ({"k": "many"}, "invalid int"),
        ({"rank_by": "idlu"}, "rank-by"),
        ({"device": "tpu"}, "invalid choice"),
        ({"image": "no/such/file.png"}, "no such file"),
        ({"model": "no/such/model"}, "no model there"),
        ({"kb": "no/such/kb"}, "no such file"),
        ({"sentence": None}, "required"),
        ({"mention": None}, "required"),
        ({"colour": "red"}, "unrecognized"),
    ],
)
def test_bad_input_to_link(link: Run, changes: dict[str, object], message: str) -> None:
    assert message in one_line(link(**changes))


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "not a picture"),
        (b"hello", "not a picture"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "not a picture"),
        (png_header(20_000, 20_000), "pixels"),
        (png_header(300, 300), "damaged or cut short"),
    ],
)
def test_bad_pictures_to_link(link: Run, tmp_path: Path, content: bytes, message: str) -> None:
    (tmp_path / "p.png").write_bytes(content)
    assert message in one_line(link(image=tmp_path / "p.png"))


def test_a_truncated_photograph(link: Run, tmp_path: Path) -> None:
    Image.effect_noise((200, 200), 90).convert("RGB").save(tmp_path / "p.jpg")
    whole = (tmp_path / "p.jpg").read_bytes()
    (tmp_path / "p.jpg").write_bytes(whole[: len(whole) // 2])
    assert "damaged or cut short" in one_line(link(image=tmp_path / "p.jpg"))


def test_evaluate_prints_the_stated_json(
    call: Run, model_folder: Path, data: Path, tmp_path: Path
) -> None:
    where = ["--model", model_folder, "--data", data, "--cache", tmp_path]
    code, out, _ = call("evaluate", *where, "--split", "test", "--json")
    report = json.loads(out)
    assert code == 0
    stated = {"hits@1", "hits@3", "hits@5", "hits@10", "hits@20", "mrr", "mr", "mentions"}
    assert stated | {"entities", "by_group"} <= set(report)
    assert 0 <= report["hits@1"] <= report["hits@20"] == 100
    assert set(report["by_group"]["text"]) == {"mentions", "hits@1", "mrr"}
    assert report["by"]["label"]["text"]["mentions"] == report["by_group"]["text"]["mentions"]
    rows = tmp_path / "rows.csv"
    code, out, _ = call("evaluate", *where, "--without", "sentence", "--predictions", rows)
    assert code == 0 and "hits@1" in out and rows.read_text("utf-8").count("\n") == 10


def test_evaluate_of_several_folders_has_a_row_for_each(
    call: Run, model_folder: Path, data: Path, own_data: Path, tmp_path: Path
) -> None:
    tiny.edit(own_data / "TINY_test.json", lambda records: records.pop())
    where = ["evaluate", "--model", model_folder, "--cache", tmp_path]
    both = [*where, "--data", data, "--data", own_data]
    reports = json.loads(call(*both, "--json")[1])
    assert list(reports) == [str(data), str(own_data)]
    for folder, report in reports.items():
        assert report == json.loads(call(*where, "--data", folder, "--json")[1])
    code, out, _ = call(*both)
    head, *rows = map(str.split, out.splitlines())
    assert code == 0 and head[:3] == ["data", "mentions", "hits@1"]
    assert [row[:2] for row in rows] == [[str(data), "9"], [str(own_data), "8"]]
    assert [row[2] for row in rows] == [f"{report['hits@1']:.2f}" for report in reports.values()]


def test_what_does_not_go_with_several_folders(
    call: Run, model_folder: Path, data: Path, own_data: Path, tmp_path: Path
) -> None:
    where = ["evaluate", "--model", model_folder, "--cache", tmp_path, "--data", data]
    several = [*where, "--data", own_data]
    assert "--predictions" in one_line(call(*several, "--predictions", tmp_path / "rows.csv"))
    assert not (tmp_path / "rows.csv").exists()
    assert "--kb" in one_line(call(*several, "--kb", data))
    assert "twice" in one_line(call(*where, "--data", data / "." / "kb_image" / ".."))
    (own_data / "TINY_test.json").unlink()  # the second is read before the first is measured
    assert "_test.json" in one_line(call(*several))


def test_audit_prints_the_stated_json_or_lines(call: Run, own_data: Path) -> None:
    code, out, _ = call("audit", "--data", own_data, "--json")
    report = json.loads(out)
    assert code == 0 and report["mentions"] == {"train": 36, "dev": 9, "test": 9}
    counts = {"referenced", "found", "missing", "unreadable", "blank", "identical"}
    assert all(counts <= set(report["images"][side]) for side in ("entity", "mention"))
    assert {"mention_not_in_sentence", "leaks", "answers_not_in_kb", "tokens"} <= set(report)
    code, out, _ = call("audit", "--data", own_data)
    assert code == 0 and out.startswith("9 entities; mentions: train 36, dev 9, test 9\n")
    (own_data / "TINY_dev.json").write_text('[{"id": 1,]')
    assert "TINY_dev.json: not JSON" in one_line(call("audit", "--data", own_data))
    assert "kb_entity.json" in one_line(call("audit", "--data", own_data / "none"))
    assert "preset" in one_line(call("audit", "--data", own_data, "--preset", "x"))


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        (("--data", "no/such"), "no such file"),
        (("--split", "final"), "final"),
        (("--rank-by", "x"), "rank-by"),
        (("--without", "x"), "without"),
        (("--model", "x"), "no model"),
    ],
)
def test_bad_input_to_evaluate(
    call: Run, model_folder: Path, data: Path, tmp_path: Path, changes: Any, message: str
) -> None:
    where = ["--model", model_folder, "--data", data, "--cache", tmp_path]
    assert message in one_line(call("evaluate", *where, *changes))


def test_broken_data_names_file_and_place(
    call: Run, model_folder: Path, own_data: Path, tmp_path: Path
) -> None:
    (own_data / "TINY_test.json").write_text("[{]")
    command = ["evaluate", "--model", model_folder, "--data", own_data, "--cache", tmp_path]
    line = one_line(call(*command))
    assert "TINY_test.json" in line and "line 1 column 3" in line


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        (("--preset", "wikimole"), "preset"),
        (("--preset", "wikimel"), "--data DIR is needed"),
        (("--preset", "clip"), "--data DIR is needed"),
        (("--data", "no/such"), "no such file"),
        (("--resume",), "no unfinished run"),
        (("--config", "no/such.json"), "no such file"),
    ],
)
def test_bad_input_to_train(call: Run, tmp_path: Path, changes: Any, message: str) -> None:
    assert message in one_line(call("train", "--out", tmp_path / "out", *changes))


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("{", "line 1"),
        ("[]", "expected an object"),
        ('{"model": {"colour": 1}}', "unknown field 'colour'"),
        ('{"train": {"colour": 1}}', "unknown field 'colour'"),
        ('{"model": {"vdlu_gate": "relu"}}', "vdlu_gate"),
        ('{"train": 5}', "'train' must be an object"),
        ('{"model": null}', "'model' must be an object"),
        ('{"model": {"unit_width": "96"}}', "unit_width is '96'"),
        ('{"model": {"unit_width": 0}}', "at least 1"),
        ('{"model": {"image_mean": [0.5, 0.5]}}', "image_mean"),
        ('{"train": {"rate": NaN}}', "rate is nan"),
        ('{"train": {"batch": true}}', "batch is True"),
        ('{"train": {"batch": "x"}}', "batch is 'x'"),
    ],
)
def test_bad_configurations_to_train(
    call: Run, data: Path, tmp_path: Path, content: str, message: str
) -> None:
    (tmp_path / "c.json").write_text(content)
    options = ["--out", tmp_path / "out", "--data", data, "--config", tmp_path / "c.json"]
    assert message in one_line(call("train", *options))


def test_score_and_import_name_what_is_missing(
    call: Run, model_folder: Path, tmp_path: Path
) -> None:
    batch, out = PARITY / "vectors.safetensors", tmp_path / "o.safetensors"
    absent = ["--batch", tmp_path / "absent", "--out", out]
    assert "no such file" in one_line(call("score", "--model", model_folder, *absent))
    text = tmp_path / "text"
    text.write_text("hello")
    spoiled = ["--batch", text, "--out", out]
    assert "safetensors" in one_line(call("score", "--model", model_folder, *spoiled))
    foreign = ["--batch", batch, "--out", out]
    assert "do not fit" in one_line(call("score", "--model", model_folder, *foreign))
    assert "no model" in one_line(call("score", "--model", tmp_path, *foreign))
    importing = ["import-checkpoint", PARITY / "official_style.ckpt", "--out", tmp_path / "m"]
    assert "--clip" in one_line(call(*importing))
    assert "--clip" in one_line(call(*importing, "--clip", tmp_path / "no-clip"))


def test_results_that_cannot_be_written(call: Run, tmp_path: Path) -> None:
    importing = ["import-checkpoint", PARITY / "official_style.ckpt", "--clip", PARITY / "clip"]
    assert call(*importing, "--out", tmp_path / "m")[0] == 0
    score = ["score", "--model", tmp_path / "m", "--batch", PARITY / "vectors.safetensors"]
    (tmp_path / "file").write_text("")
    assert "written" in one_line(call(*score, "--out", tmp_path / "file" / "o"))
    assert "written" in one_line(call(*score, "--out", tmp_path))
    assert "saved" in one_line(call(*importing, "--out", tmp_path / "file"))


def test_a_finished_model_is_not_trained_over(call: Run, own_model: Path, data: Path) -> None:
    before = (own_model / "model.safetensors").read_bytes()
    assert "trained model" in one_line(call("train", "--out", own_model, "--data", data))
    assert (own_model / "model.safetensors").read_bytes() == before


def test_another_models_index_is_not_replaced(
    call: Run, model_folder: Path, own_model: Path, data: Path, tmp_path: Path
) -> None:
    index = ["index", "--kb", data, "--out", tmp_path / "i", "--model"]
    assert call(*index, model_folder)[0] == 0
    before = {file.name for file in (tmp_path / "i").iterdir()}
    assert "float16" in one_line(call(*index, model_folder, "--dtype", "float16"))
    tensors = load_file(own_model / "model.safetensors")
    save_file({k: t + 1 for k, t in tensors.items()}, own_model / "model.safetensors")
    assert "holds an index of model" in one_line(call(*index, own_model))
    assert {file.name for file in (tmp_path / "i").iterdir()} == before
    assert "at least 1" in one_line(call(*index, model_folder, "--batch-size", 0))


def test_an_index_in_its_data_folder_must_hold_the_same_entities(
    call: Run, link: Run, model_folder: Path, own_data: Path
) -> None:
    index = ["index", "--kb", own_data, "--out", own_data, "--model", model_folder]
    assert call(*index)[0] == 0 and link(kb=own_data)[0] == 0
    edit(own_data / "kb_entity.json", lambda kb: kb[0].update(attr="Sport: chess."))
    assert "different entities" in one_line(link(kb=own_data))
    assert call(*index)[0] == 0 and link(kb=own_data)[0] == 0


@pytest.mark.parametrize("twice", [True, False])
def test_a_manifest_that_was_tampered_with(
    call: Run, link: Run, model_folder: Path, data: Path, tmp_path: Path, twice: bool
) -> None:
    call("index", "--kb", data, "--out", tmp_path / "i", "--model", model_folder)
    manifest = json.loads((tmp_path / "i" / "index.json").read_text())
    if twice:
        manifest["shards"] *= 2
    else:
        manifest["shards"][0]["name"] = "../i/" + manifest["shards"][0]["name"]
    (tmp_path / "i" / "index.json").write_text(json.dumps(manifest))
    assert "damaged" in one_line(link(kb=tmp_path / "i"))


def test_numbers_that_are_none_are_refused(
    call: Run, link: Run, own_model: Path, model_folder: Path, data: Path, tmp_path: Path
) -> None:
    call("index", "--kb", data, "--out", tmp_path / "i", "--model", model_folder)
    shard = next((tmp_path / "i").glob("*.safetensors"))
    rows = load_file(shard)
    rows["query"][3] = torch.nan
    save_file(rows, shard)
    assert "damaged" in one_line(link(kb=tmp_path / "i", k=9))
    edit(tmp_path / "i" / "index.json", lambda r: r["shards"][0].pop("sha256"))  # of before
    assert "no numbers" in one_line(link(kb=tmp_path / "i", k=9))
    tensors = load_file(own_model / "model.safetensors")
    next(iter(tensors.values())).view(-1)[0] = torch.nan
    save_file(tensors, own_model / "model.safetensors")
    assert "no numbers" in one_line(link(model=own_model))


def test_half_a_surrogate_pair_is_no_text(link: Run, call: Run, own_data: Path) -> None:
    assert "UTF-8" in one_line(link(sentence="Norway \udcff"))
    file = own_data / "kb_entity.json"
    file.write_text(file.read_text("utf-8").replace("Sport:", "Sport \\ud800", 1), "utf-8")
    assert "surrogate" in one_line(call("audit", "--data", own_data))


def test_what_stands_in_the_way_is_no_file(link: Run, call: Run, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.png")
    for place in (tmp_path, tmp_path / "pipe.png", ""):
        assert "a folder or a device" in one_line(link(image=place))
    table = tmp_path / "t.csv"
    table.write_text("sentence,mention\nNorway won,Norway\n")
    assert "the table itself" in one_line(call("link-many", table, "--out", table))


COMMANDS = ["kb", "atlas", "train", "audit", "evaluate", "link", "score", "import-checkpoint"]


@pytest.mark.parametrize("command", COMMANDS)
def test_help(call: Run, command: str) -> None:
    code, out, err = call(command, "--help")
    assert code == 0 and err == "" and out.startswith(f"usage: python -m mimic {command}")
    assert command in call("--help")[1]


def test_no_command_and_an_unknown_one(call: Run) -> None:
    one_line(call())
    assert "invalid choice" in one_line(call("lnik"))


def test_a_real_process_ends_with_2_and_one_line(tmp_path: Path) -> None:
    """Once without the shortcut of `main`: nothing else writes to standard error."""
    command = [sys.executable, "-m", "mimic", "link", "--model", str(tmp_path / "absent")]
    done = subprocess.run(
        [*command, "--sentence", "x", "--mention", "x"],
        capture_output=True,
        text=True,
        timeout=300,
        cwd=ROOT,
        env={"PATH": "/usr/bin:/bin", "HOME": str(tmp_path)},
    )
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == f"error: {tmp_path / 'absent'}: no model there (config.json is missing)\n"

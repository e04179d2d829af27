"""The model card: every figure on the page is that of the stored record."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from support import ROOT

from analysis.__main__ import main
from analysis.report.model_card import JSON, PAGE, filled, read_card, sections, write_card
from mimic.errors import InputError
from mimic.io.assets import BUNDLED_MODEL
from mimic.model.mimic import fingerprint, load_model

DOCS = ROOT / "docs"
RECORD = json.loads((DOCS / JSON).read_text("utf-8"))


def test_the_page_has_the_figures_of_the_record() -> None:
    page = read_card(DOCS)
    assert page == filled(page, RECORD)


def test_the_figures_are_of_the_bundled_model_and_whole() -> None:
    if RECORD["origin"] is None:
        assert RECORD["notes"] == ["not measured yet"]
    else:
        assert RECORD["origin"]["model"] == fingerprint(BUNDLED_MODEL)
        assert "\N{EN DASH}<!--" not in read_card(DOCS)


def test_what_it_is_built_from_is_named_as_it_is_required() -> None:
    page = read_card(DOCS)
    wheels = re.findall(r"wheel `([\w-]+)`", page)
    required = (ROOT / "requirements.txt").read_text("utf-8")
    assert len(wheels) == 2 and all(f"{wheel}==" in required for wheel in wheels)


def test_a_figure_is_shown_as_what_it_is() -> None:
    page = "0<!-- a.hits@1 --> 1<!-- a.n -->, 2<!-- a.by.ice-hockey -->; 3<!-- b.x --> 4<!-- c -->"
    record = {"a": {"hits@1": 85.06, "n": 1500, "by": {"ice-hockey": 0.04}}, "b": None, "c": "dev"}
    shown = filled(page, record)
    assert re.sub("<!--.*?-->", "", shown) == "85.1 1,500, 0.0; \N{EN DASH} dev"
    assert filled(shown, record) == shown


def test_a_folder_without_a_card_is_refused_before_any_work(
    tmp_path: Path, data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(InputError, match="needs figures"):
        read_card(tmp_path)
    (tmp_path / PAGE).write_text("1<!-- photo.n -->")
    assert main(["world", "--data", str(data), "--docs", str(tmp_path)]) == 2
    assert "--photos DIR, and --data DIR twice" in capsys.readouterr().err
    assert not (tmp_path / JSON).exists()


def test_the_card_goes_into_the_model_and_leaves_it_the_same(
    own_model: Path, tmp_path: Path
) -> None:
    docs, before = tmp_path / "docs", fingerprint(own_model)
    (docs / "figures").mkdir(parents=True)
    (docs / PAGE).write_text("# Card\n\nfirst\n\n## Worth\n\n–<!-- a --> %\n\n## Limits\n\nnone\n")
    write_card(docs, {"a": 85.06}, own_model)
    _, card = load_model(own_model)
    assert card.about == {"Worth": "85.1 %", "Limits": "none"} and fingerprint(own_model) == before
    assert sections(read_card(docs)) == card.about
    assert json.loads((docs / JSON).read_text()) == {"a": 85.06}


def test_the_bundled_model_says_what_the_page_says() -> None:
    if RECORD["origin"] is not None:
        _, card = load_model(BUNDLED_MODEL)
        assert card.about == sections(read_card(DOCS))

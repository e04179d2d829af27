"""Drawings and files of explanations: what they show, and that they never fake contrast."""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path

import pytest
from matplotlib.patches import Rectangle
from PIL import Image

from analysis.__main__ import main
from analysis.drawing.explanation import (
    attention_figure,
    gates_figure,
    patches_figure,
    words_figure,
)
from analysis.drawing.files import write_figure
from analysis.drawing.palette import dark, signed, signed_number
from analysis.drawing.words_html import colour_limit, text_page, trust, words_html
from mimic.explain import Explainer
from mimic.linking.linker import EntityLinker
from mimic.model.processor import Processor
from mimic.schema import Explanation, Gates, Mention

GOLD = "atlas:norway-football"


@pytest.fixture(scope="module")
def explained(linker: EntityLinker, data: Path) -> Explanation:
    picture = data / "mention_image" / "test-0-0.png"
    mention = Mention("Norway", "a goal of <Norway> in the game", image=picture)
    return Explainer(linker).explain(mention, GOLD, "atlas:norway-state")


@pytest.fixture(scope="module")
def processor(linker: EntityLinker) -> Processor:
    return linker.processor


def test_colours_are_signed_and_beside_each_other_in_brightness() -> None:
    assert signed(0, 2) == (1, 1, 1) == signed(5, 0)
    assert signed(9, 2) == signed(2, 2) and signed(-9, 2) == signed(-2, 2)
    red, _, blue = signed(2, 2)
    assert red > blue and signed(-2, 2)[2] > signed(-2, 2)[0]
    assert dark(signed(-2, 2)) and not dark(signed(0.1, 2))
    assert signed_number(-1.234) == "\u22121.23" and signed_number(0) == "+0.00"


def test_every_word_has_its_number_and_html_is_escaped(explained: Explanation) -> None:
    view = explained.mention
    assert view.attribution is not None
    html = words_html(view, colour_limit([view], "words"), "context")
    assert "<Norway>" not in html and "&lt;" in html
    for word, value in zip(view.words, view.attribution.words, strict=True):
        if word.part == "context" and word.text.isalpha():
            assert f'title="{word.text} {signed_number(value)}"' in html


def test_the_page_says_when_a_sum_cannot_be_trusted(explained: Explanation) -> None:
    view = explained.mention
    assert view.attribution is not None
    good, bad = (
        dataclasses.replace(
            explained,
            mention=dataclasses.replace(
                view, attribution=dataclasses.replace(view.attribution, gap=gap, complete=complete)
            ),
        )
        for gap, complete in ((0.01, True), (0.31, False))
    )
    assert 'class="note bad"' not in text_page(good)
    assert 'class="note bad"' in text_page(bad) and "31.0%" in trust(bad.mention)


def test_a_flat_map_looks_flat(explained: Explanation) -> None:
    """The range is given from outside: small numbers stay pale, zeros have no frame.

    Equal neighbours would be drawn as one.
    """
    view = explained.mention
    flat = patches_figure(view, [0.01, 0.011, 0.0, -0.01], limit=1.0)
    drawn = [p for p in flat.axes[0].patches if isinstance(p, Rectangle)]
    assert len(drawn) == 4 and all((p.get_alpha() or 0) < 0.01 for p in drawn)
    strong = patches_figure(view, [1.0, 0.5, 0.0, -1.0], limit=1.0)
    assert len(strong.axes[0].patches) == 4 + 3
    frames = [p for p in strong.axes[0].patches if p.get_linewidth()]
    assert [p.get_linestyle() for p in frames] == ["-", "-", "--"]


def test_patches_lie_on_the_picture_as_it_was_given(explained: Explanation, tmp_path: Path) -> None:
    wide = tmp_path / "wide.png"
    Image.new("RGB", (60, 20), "red").save(wide)
    boxes = tuple(
        (30.0 * c, 10.0 * r, 30.0 * c + 30, 10.0 * r + 10) for r in (0, 1) for c in (0, 1)
    )
    view = dataclasses.replace(explained.mention, image=wide, size=(60, 20), boxes=boxes)
    figure = patches_figure(view, [1, 0, 0, 0], 1)
    assert figure.axes[0].images[0].get_size() == (20, 60)
    first = figure.axes[0].patches[0]
    assert isinstance(first, Rectangle) and (first.get_width(), first.get_height()) == (30, 10)


@pytest.mark.parametrize("size", [(1, 10_000), (10_000, 1), (30_000, 3), (1, 1)])
def test_a_picture_of_any_shape_is_drawn_on_a_page(
    size: tuple[int, int], explained: Explanation, processor: Processor, tmp_path: Path
) -> None:
    odd = tmp_path / "odd.png"
    Image.new("RGB", size, "red").save(odd)
    boxes = processor.patch_boxes(size, (2, 2))
    view = dataclasses.replace(explained.mention, image=odd, size=size, boxes=boxes)
    figure = patches_figure(view, [1, 0, 0, -1], 1, "title", width=3.0)
    assert figure.get_figwidth() == 3 and figure.get_figheight() <= 3 * 2.5 + 0.25
    corners = figure.axes[0].get_position()
    assert corners.width * 3 >= 0.29 and corners.height * figure.get_figheight() >= 0.29
    (path,) = write_figure(figure, tmp_path / "odd-drawn", ("png",))
    with Image.open(path) as drawn:
        assert drawn.width == 600 and drawn.height <= 1550


def test_words_attention_and_gates_are_drawn_with_their_numbers(explained: Explanation) -> None:
    view = explained.mention
    assert view.attribution is not None
    texts = [t.get_text() for t in words_figure(view, 1.0).axes[0].texts]
    assert texts == [
        shown
        for word, value in zip(view.words, view.attribution.words, strict=True)
        for shown in (word.text, signed_number(value))
    ]
    labels = [t.get_text() for t in attention_figure(explained).axes[0].get_xticklabels()]
    assert labels[-2:] == ["(special)", "(padding)"] and len(labels) == len(view.words) + 2
    bars = gates_figure(Gates(0.5, -0.25, 0.0, -1.0)).axes[0]
    assert [p.get_width() for p in bars.patches if isinstance(p, Rectangle)] == [0.5, -0.25, 0, -1]
    assert "\u22120.25" in [t.get_text() for t in bars.texts]


def test_figures_are_the_same_bytes_again(tmp_path: Path) -> None:
    first = write_figure(gates_figure(Gates(0.5, -0.2, 0.1, 0.9)), tmp_path / "one")
    again = write_figure(gates_figure(Gates(0.5, -0.2, 0.1, 0.9)), tmp_path / "two")
    assert [p.read_bytes() for p in first] == [p.read_bytes() for p in again]


def test_the_command_writes_a_record_a_page_and_heatmaps(
    model_folder: Path, data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = ["explain", "--model", str(model_folder), "--kb", str(data), "--mention", "Norway"]
    arguments += ["--sentence", "a goal of Norway", "--cache", str(tmp_path / "cache")]
    arguments += ["--image", str(data / "mention_image" / "test-0-0.png")]
    out = tmp_path / "out"
    assert main([*arguments, "--entity", GOLD, "--out", str(out), "--json"]) == 0
    record = json.loads(capsys.readouterr().out)
    assert record == json.loads((out / "explanation.json").read_text("utf-8"))
    assert record["entity"]["id"] == GOLD and record["target"] == "total"
    names = {path.name for path in out.iterdir()}
    assert {"text.html", "mention-patches.png", "entity-patches.pdf", "gates.png"} <= names
    assert main([*arguments, "--method", "occlusion", "--out", str(out)]) == 0
    assert "does not promise" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("extra", "message"),
    [
        (["--entity", "nobody"], "no entity 'nobody'"),
        (["--target", "all"], "target is 'all'"),
        (["--method", "lime"], "method is 'lime'"),
        (["--steps", "many"], "invalid int value"),
        (["--image", "nowhere.jpg"], "no such file: nowhere.jpg"),
    ],
)
def test_a_mistake_is_one_line_and_code_2(
    model_folder: Path,
    data: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    extra: list[str],
    message: str,
) -> None:
    arguments = ["explain", "--model", str(model_folder), "--kb", str(data), "--mention", "Norway"]
    arguments += ["--sentence", "Norway", "--cache", str(tmp_path), "--out", str(tmp_path / "out")]
    try:
        code = main([*arguments, *extra])
    except SystemExit as exit_:
        code = int(exit_.code or 0)
    captured = capsys.readouterr()
    assert code == 2 and captured.out == ""
    assert message in captured.err and captured.err.count("\n") == 1

"""A case's figure and files: the same bytes every time, nothing read as mark-up, whole files."""

from __future__ import annotations

import csv
import io
import os
import shutil
import subprocess
import sys
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image
from support import ROOT, cases

from analysis.__main__ import main
from analysis.case.case_json import casebook_json
from analysis.case.figure import WIDTHS, case_figure
from analysis.case.files import export_files, hints, missing_letters, numbers, write_files, zipped
from analysis.case.latex import escaped, latex
from analysis.case.records import DETAILS, LANGUAGES, Case, Casebook, WhatIf
from analysis.drawing.fonts import drawable, width
from analysis.drawing.text import fitted, identifier, right_to_left, wrapped
from demo.messages import translated
from mimic.errors import InputError
from mimic.io.cells import safe_cell

HOSTILE = "<script>alert(1)</script> $x_1$ \\input{x} 100% & =1+1"


def test_the_files_of_a_record_are_the_same_bytes_in_another_process(tmp_path: Path) -> None:
    book = cases.book(cases.case(), details=DETAILS)
    (tmp_path / "case.json").write_text(casebook_json(book), "utf-8")
    command = [sys.executable, "-m", "analysis", "case", str(tmp_path / "case.json"), "--out"]
    subprocess.run(
        [*command, str(tmp_path / "out")],
        cwd=ROOT,
        check=True,
        capture_output=True,
        env=os.environ | {"PYTHONHASHSEED": "7", "TZ": "Asia/Tokyo"},
    )
    files = export_files(book)
    assert {path.name for path in (tmp_path / "out").iterdir()} == set(files)
    for name, data in files.items():
        assert (tmp_path / "out" / name).read_bytes() == data, name


def texts(book: Casebook, wide: float) -> list[str]:
    return [text.get_text() for text in case_figure(book, wide).axes[0].texts]


@pytest.mark.parametrize("wide", WIDTHS.values())
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_row_shows_mention_gold_and_four_lists(wide: float, language: str) -> None:
    shown = texts(Casebook((cases.case(),), (), language), wide)
    assert "Norway" in shown
    assert shown.count("norway-1") == 4  # the first of each list
    assert shown.count("norway-4") == 1  # the gold one, in none of them
    assert shown.count("\N{BALLOT X}") == 12
    assert "\N{CHECK MARK}" not in shown
    right = Casebook((replace(cases.case(), gold="kb:norway-2"),), (), language)
    assert texts(right, wide).count("\N{CHECK MARK}") == 4


def test_without_gold_nothing_is_called_right_or_wrong() -> None:
    shown = texts(cases.book(replace(cases.case(), gold="")), 7.0)
    assert not {"\N{CHECK MARK}", "\N{BALLOT X}"} & set(shown)
    assert "not given" in shown


@pytest.mark.parametrize("detail", DETAILS)
def test_details_are_drawn_on_request(detail: str) -> None:
    plain = len(texts(cases.book(), 7.0))
    assert len(texts(cases.book(details=(detail,)), 7.0)) > plain


@pytest.mark.parametrize("size", [(1, 10_000), (30_000, 3), (1, 1)])
def test_a_picture_of_any_shape_takes_the_same_place(size: tuple[int, int]) -> None:
    usual = case_figure(cases.book(details=DETAILS), 7.0)
    figure = case_figure(cases.book(cases.case(size=size), details=DETAILS), 7.0)
    assert figure.get_figheight() == usual.get_figheight()
    assert max(max(image.get_size()) for image in figure.axes[0].images) < 1000
    figure.canvas.draw()


@pytest.mark.parametrize("name", WIDTHS)
def test_nothing_is_drawn_outside_the_figure(name: str) -> None:
    long = "Norway " * 60
    book = cases.book(cases.case(long, "Norway"), details=DETAILS)
    figure = case_figure(book, WIDTHS[name])
    figure.canvas.draw()
    edge = figure.bbox
    for text in figure.axes[0].texts:
        box = text.get_window_extent()
        assert box.x0 >= -1
        assert box.x1 <= edge.x1 + 1
        assert box.y0 >= -1


@pytest.mark.parametrize(
    "sentence",
    [
        HOSTILE.replace("alert", "Norway"),
        "\N{ICE HOCKEY STICK AND PUCK} Norway \N{REGIONAL INDICATOR SYMBOL LETTER N}",
        "挪威队与 Norway 比赛，观众很多。" * 5,
        "\u202eyawroN Norway e\u0301\u0301\u0301 a\u200db",
        "مباراة Norway اليوم في الملعب",
        "W" * 900 + " Norway " + "i" * 900,
    ],
)
def test_any_text_can_be_drawn(sentence: str) -> None:
    case = cases.case(sentence, "Norway")
    for data in export_files(cases.book(case)).values():
        assert data


def test_markup_stays_text_in_every_file() -> None:
    sentence = HOSTILE.replace("alert", "Norway")
    base = cases.case(sentence, "Norway")
    standings = tuple(replace(s, name=HOSTILE) for s in base.answer.standings)
    case = replace(base, answer=replace(base.answer, standings=standings), caption=HOSTILE)
    files = export_files(cases.book(case))
    for name in ("case-two-column.svg", "case-one-column.svg"):
        assert b"<script" not in files[name]
    tex = files["case.tex"].decode()
    assert r"\textbackslash{}input\{x\}" in tex
    assert r"100\% \& =1+1" in tex
    assert r"\input{" not in tex


def test_escaped_latex() -> None:
    assert escaped("a_b & 50% #1 {x} ~ ^ \\ $") == (
        r"a\_b \& 50\% \#1 \{x\} \textasciitilde{} \textasciicircum{} \textbackslash{} \$"
    )
    assert escaped("a\n\n\x07b") == "a b"
    snippet = latex(cases.book())
    assert "\\label{fig:mimic-cases}" in snippet
    assert "case-two-column.pdf" in snippet


def several(*labels: str) -> Case:
    """A case with a what-if for each label."""
    made = cases.case()
    return replace(made, what_ifs=tuple(WhatIf(n, made.what_ifs[0].answer) for n in labels))


def test_what_ifs_are_told_apart_and_named_in_the_caption() -> None:
    book = cases.book(several("no picture", "50% & more?"), several("x"), details=("what-ifs",))
    for wide in WIDTHS.values():
        shown = [text for text in texts(book, wide) if "What if" in text]
        assert shown == [
            "(a1) What if: no picture",
            "(a2) What if: 50% & more?",
            "(b1) What if: x",
        ]
    snippet = latex(book)
    assert r"(a1) What if: no picture. (a2) What if: 50\% \& more? (b) ``Norway'':" in snippet
    assert "What if" not in latex(replace(book, details=()))


def test_the_snippet_speaks_the_language_of_the_book_and_stays_on_the_page() -> None:
    book = Casebook((several("没有图片"),), ("what-ifs",), "zh")
    snippet = latex(book)
    assert "案例研究" in snippet and "(a1) 假如： 没有图片。" in snippet and "ctex" in snippet
    assert not {"Case", "What", "frame", "Model", "column in"} & set(snippet.split())
    for text in (snippet, latex(cases.book())):
        assert text.count(r"height=0.9\textheight,keepaspectratio]") == 2
    plain = latex(cases.book(replace(cases.case(), gold="", caption="wait...")))
    assert "alone. Numbers are" in plain and "wait...}" in plain


def test_a_figure_taller_than_a_page_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    book = cases.book(*[several("x", "y")] * 4, details=("what-ifs",))
    (tmp_path / "case.json").write_text(casebook_json(book), "utf-8")
    assert main(["case", str(tmp_path / "case.json"), "--out", str(tmp_path / "out")]) == 0
    told = capsys.readouterr().err
    high = {name: case_figure(book, wide).get_figheight() for name, wide in WIDTHS.items()}
    assert min(high.values()) > 9.2
    for name, inches in high.items():
        assert f"case-{name} ({inches:.1f})" in told
    assert "9.2 inches" in told and "export fewer cases or what-ifs" in told
    assert hints(cases.book(), export_files(cases.book())) == []


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@x", "\t1", "  =1", "\uff1d1", "\r1"])
def test_formulas_are_defused(cell: str) -> None:
    assert safe_cell(cell) == "'" + cell


def test_other_cells_stay_as_they_are() -> None:
    assert safe_cell(-1.5) == -1.5
    assert safe_cell("1 - 2 = -1") == "1 - 2 = -1"


def test_the_numbers_are_those_of_the_record() -> None:
    base = cases.case()
    standings = tuple(replace(s, name='=cmd|"x"!A1') for s in base.answer.standings)
    case = replace(base, answer=replace(base.answer, standings=standings))
    rows = list(csv.DictReader(io.StringIO(numbers(cases.book(case)))))
    assert len(rows) == 2 * 4 * 3  # the case and its what-if, four lists of three
    assert rows[0]["name"] == '\'=cmd|"x"!A1'
    assert (rows[4]["list"], rows[4]["rank"], rows[4]["entity"]) == ("tglu", "2", "kb:norway-2")
    assert float(rows[4]["score"]) == standings[1].scores["tglu"]
    assert {row["right"] for row in rows} == {"no"}
    assert {row["what_if"] for row in rows} == {"", "without the picture"}


def test_the_zip_holds_all_files_and_is_the_same_every_time() -> None:
    files = {"a.txt": b"a" * 100, "b.png": b"b"}
    data = zipped(files)
    assert data == zipped(files)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert {name: archive.read(name) for name in archive.namelist()} == files


def test_a_failed_write_leaves_no_half_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a").write_bytes(b"old")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", full)
    with pytest.raises(InputError, match="No space left"):
        write_files({"a": b"new"}, tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["a"]
    assert (tmp_path / "a").read_bytes() == b"old"


def test_the_command_reports_a_mistake_in_one_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "x.json").write_text("{}")
    assert main(["case", str(tmp_path / "x.json"), "--out", str(tmp_path / "o")]) == 2
    assert "not a case file" in capsys.readouterr().err


def test_pngs_have_the_width_of_the_column() -> None:
    files = export_files(cases.book())
    for name, inches in WIDTHS.items():
        with Image.open(io.BytesIO(files[f"case-{name}.png"])) as picture:
            assert picture.width == round(inches * 300)


def test_lines_keep_the_words_and_the_mention() -> None:
    sentence = "one two Norway's three"
    lines = wrapped(sentence, (8, 14), 0.5, 6, 9)
    words = ["".join(text for text, _ in pieces) for line in lines for _, pieces in line]
    assert words == ["one", "two", "Norway's", "three"]
    marked = [text for line in lines for _, ps in line for text, mark in ps if mark]
    assert marked == ["Norway"]


def test_of_a_long_sentence_the_lines_around_the_mention_are_shown() -> None:
    sentence = "word " * 100 + "Norway" + " word" * 100
    lines = wrapped(sentence, (500, 506), 1.5, 6, 4)
    assert len(lines) == 4
    assert any(mark for line in lines for _, ps in line for _, mark in ps)
    first, last = lines[0][0][1][0][0], lines[-1][-1][1][0][0]
    assert (first, last) == ("\N{HORIZONTAL ELLIPSIS}",) * 2


def test_fitted_text_fits() -> None:
    for text in ("short", "a name that is far too long for its box", "x" * 300, ""):
        for line in fitted(text, 0.6, 5.4, 2):
            assert width(line, 5.4) <= 0.6 + 1e-6


@pytest.mark.parametrize("room", [0.51, 0.52, 0.53, 0.54, 0.555, 0.6])
@pytest.mark.parametrize(
    "text", ["gabon-athletics", "yemen-football", "sudan-swimming", "norway-men-ice-hockey"]
)
def test_an_identifier_is_broken_between_its_words(text: str, room: float) -> None:
    lines = identifier(text, room, 5.0)
    assert "".join(lines) == text
    assert all(line.endswith("-") for line in lines[:-1])
    assert all(width(line, 5.0) <= room for line in lines)


@pytest.mark.parametrize(
    ("text", "last"),
    [
        ("papua-new-guinea-athletics-1", "athletics-1"),
        ("Donaudampfschifffahrt-1", "fahrt-1"),
        ("x" * 300, "xxx"),
        ("\N{MUSICAL SYMBOL G CLEF}" * 40, "\N{WHITE SQUARE}" * 3),
    ],
)
def test_of_a_long_identifier_the_middle_is_left_out(text: str, last: str) -> None:
    first, second = identifier(text, 0.5, 5.0)
    assert first.endswith("\N{HORIZONTAL ELLIPSIS}") and second.endswith(last)
    assert max(width(first, 5.0), width(second, 5.0)) <= 0.5
    assert len(first) - 1 + len(second) < len(text)


def test_no_identifier_leaves_a_letter_on_its_own_line() -> None:
    for text in ("abcdefghijklmnop-x", "挪威国家足球队代表团名", "", "x", "ab", "W" * 9):
        lines = identifier(text, 0.5, 5.0)
        assert len(lines) == 1 or all(len(line) > 2 for line in lines)


def test_direction_and_missing_letters() -> None:
    assert right_to_left("123 שלום Norway")
    assert not right_to_left("Norway שלום")
    assert drawable("a\nb\x00c") == "a b c"
    hint = missing_letters(cases.book(cases.case("\U00013000 Norway", "Norway")))
    assert "no installed font" in hint
    assert missing_letters(cases.book()) == ""


def test_chinese_without_a_font_becomes_boxes_and_a_hint(monkeypatch: pytest.MonkeyPatch) -> None:
    from analysis.drawing import fonts

    def forget() -> None:
        for known in (fonts.family, fonts._characters, fonts._face, fonts._width, fonts.drawable):
            known.cache_clear()

    monkeypatch.setattr(fonts, "get_font_names", lambda: [fonts.BASE])
    forget()
    try:
        book = Casebook((cases.case("挪威队 Norway 赢了", "Norway"),), (), "en")
        assert drawable("挪威队 Norway") == "\N{WHITE SQUARE}" * 3 + " Norway"
        assert texts(book, 7.0).count("\N{WHITE SQUARE}") == 5  # a line may break anywhere
        hint = missing_letters(book)
        assert "fonts-noto-cjk" in hint
        assert "请安装中文字体" in translated(hint, "zh")
    finally:
        forget()


def test_a_font_that_was_just_installed_is_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from analysis.drawing import fonts

    fresh, broken = tmp_path / "fresh.ttf", tmp_path / "broken.ttf"
    shutil.copy(fonts.findfont(fonts.BASE), fresh)
    broken.write_bytes(b"no font")
    monkeypatch.setattr(fonts.fontManager, "ttflist", list(fonts.fontManager.ttflist))
    monkeypatch.setattr(fonts, "findSystemFonts", lambda: [str(fresh), str(broken)])
    fonts._add_new_fonts()
    files = [font.fname for font in fonts.fontManager.ttflist]
    assert str(fresh) in files and str(broken) not in files

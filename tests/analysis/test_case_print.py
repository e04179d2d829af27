"""What a printer gets of a case's figure: sizes, fonts and a caption, measured from the files."""

from __future__ import annotations

import re
import shutil
import subprocess
import zlib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from support import cases

from analysis.__main__ import main
from analysis.case.case_json import casebook_json, read_casebook
from analysis.case.files import export_files, write_files
from analysis.case.latex import caption, latex
from analysis.case.records import DETAILS, FONTS, Casebook
from analysis.drawing import fonts

PRINTED = {"two-column": 7.0, "one-column": 3.3}
LATEX = next((name for name in ("pdflatex", "tectonic") if shutil.which(name)), "")


def streams(pdf: bytes) -> Iterator[str]:
    """What draws the pages of a PDF, without the texts themselves."""
    for packed in re.findall(rb"stream\r?\n(.*?)\r?\nendstream", pdf, re.S):
        try:
            content = zlib.decompress(packed).decode("latin-1")
        except zlib.error:
            continue
        if "BT\n" in content and content[:20].isascii():  # a font's file is no such text
            yield re.sub(r"\((?:\\.|[^\\)])*\)|<[0-9a-fA-F]+>", "", content, flags=re.S)


def text_sizes(pdf: bytes) -> list[float]:
    """Points of every text of a PDF of matplotlib, as drawn: size of the font by the matrix of the
    text and that around it."""
    number = r"(-?[\d.]+)"
    sizes: list[float] = []
    for content in streams(pdf):
        scale, outer, size = [1.0], 1.0, 0.0
        for token in re.finditer(
            rf"\bq\b|\bQ\b|{number} {number} {number} {number} {number} {number} (cm|Tm)"
            rf"|/\S+ {number} Tf|\b(Tj|TJ)\b",
            content,
        ):
            if token[0] == "q":
                scale.append(scale[-1])
            elif token[0] == "Q":
                scale.pop()
            elif token[7] == "cm":
                scale[-1] *= abs(float(token[4]))
            elif token[7] == "Tm":
                outer = abs(float(token[4]))
            elif token[8]:
                size, outer = float(token[8]), 1.0
            else:
                sizes.append(size * outer * scale[-1])
    return sizes


def wide(pdf: bytes) -> float:
    """Inches of its page."""
    box = re.search(rb"/MediaBox \[ ?0 0 ([\d.]+)", pdf)
    assert box is not None
    return float(box[1]) / 72


def full(font: str, language: str = "en", sentence: str = cases.SENTENCE) -> Casebook:
    """Two cases with everything that can be shown, one of them with long names."""
    case = cases.case(sentence)
    long = tuple(
        replace(s, name="The Kingdom of Norway", id=f"kb:norwegian-women-ice-hockey-team-{n}")
        for n, s in enumerate(case.answer.standings)
    )
    ids = dict.fromkeys(case.answer.lists, tuple(s.id for s in long[:3]))
    other = replace(case, answer=replace(case.answer, standings=long, lists=ids), gold=long[3].id)
    return Casebook((case, other), DETAILS, language, font)


@pytest.mark.parametrize("font", FONTS)
@pytest.mark.parametrize("name", PRINTED)
def test_no_text_is_under_six_points_at_the_printed_width(name: str, font: str) -> None:
    pdf = export_files(full(font))[f"case-{name}.pdf"]
    assert wide(pdf) == pytest.approx(PRINTED[name], abs=0.001)
    sizes = [size * PRINTED[name] / wide(pdf) for size in text_sizes(pdf)]
    assert len(sizes) > 100
    assert min(sizes) >= 6 - 1e-6
    assert min(sizes) < 7 < 3 * max(sizes)  # what is measured are points


@pytest.mark.parametrize("font", FONTS)
def test_every_font_is_embedded_and_letters_stay_letters(font: str) -> None:
    """Type 42: the letters of a printed figure can be searched and set again."""
    known = fonts.family(font)[0].replace(" ", "")
    pdf = export_files(full(font))["case-two-column.pdf"]
    named = set(re.findall(rb"/FontName /(\S+)", pdf))
    assert any(known.encode() in name for name in named)
    assert len(re.findall(rb"/FontFile[23]? \d", pdf)) >= len(named) > 0
    assert b"/Type3" not in pdf


def test_chinese_is_readable_in_both_fonts() -> None:
    if len(fonts.family()) < 2:
        pytest.skip("no Chinese font: apt-get install fonts-noto-cjk")
    for font in FONTS:
        files = export_files(full(font, "zh", "挪威队 Norway 赢了比赛"))
        chinese = fonts.family(font)[-1].replace(" ", "").encode()
        assert chinese[:10] in files["case-one-column.pdf"]
        assert min(text_sizes(files["case-one-column.pdf"])) >= 6 - 1e-6


def test_the_command_takes_a_font_and_the_record_remembers_it(tmp_path: Path) -> None:
    file = tmp_path / "case.json"
    file.write_text(casebook_json(cases.book()), "utf-8")
    assert main(["case", str(file), "--out", str(tmp_path / "a"), "--font", "serif"]) == 0
    book = read_casebook(tmp_path / "a" / "case.json")
    assert book.font == "serif"
    assert main(["case", str(tmp_path / "a" / "case.json"), "--out", str(tmp_path / "b")]) == 0
    for made in (tmp_path / "a").iterdir():
        assert (tmp_path / "b" / made.name).read_bytes() == made.read_bytes(), made.name
    assert b"STIX" in (tmp_path / "b" / "case-two-column.pdf").read_bytes()


def test_the_caption_explains_what_is_drawn_and_nothing_else() -> None:
    scores = {f"kb:norway-{n}": {"tglu": 1.0, "vdlu": 2.0, "cmfu": 3.0} for n in range(1, 11)}
    case = cases.case()
    case = replace(case, answer=replace(case.answer, listed=scores))
    plain, whole = caption(cases.book(case)), caption(cases.book(case, details=DETAILS))
    assert not re.search("Bars|Gates|Heatmaps", plain)
    for words in (
        "Bars: how each unit divides its favour among the first 10 entities by the mean",
        "Gates of the best entity, from $-1$ to $1$",
        "Heatmaps: what each patch and each word adds to the total score",
    ):
        assert words in whole
    assert "among the entities of the lists" in caption(cases.book(details=("units",)))


@pytest.mark.skipif(not LATEX, reason="no LaTeX here: apt-get install texlive-latex-base")
def test_the_snippet_compiles_as_its_first_line_says(tmp_path: Path) -> None:
    """Everything that a caption can hold, with signs that LaTeX reads."""
    book = full("serif")
    hostile = replace(book.cases[0], caption="50% & more_$x$ 'a' \"b\" -- #1 ~ ^ \\x {y} <z>|")
    book = replace(book, cases=(hostile, book.cases[1]))
    write_files(export_files(book), tmp_path)
    assert (tmp_path / "case.tex").read_text("utf-8") == latex(book)
    page = (
        "\\documentclass[twocolumn]{article}\\usepackage[T1]{fontenc}\\usepackage{graphicx}"
        "\\begin{document}See Figure~\\ref{fig:mimic-cases}.\\input{case}\\end{document}"
    )
    (tmp_path / "page.tex").write_text(page, "utf-8")
    flags = ["-interaction=nonstopmode", "-halt-on-error"] if LATEX == "pdflatex" else []
    done = subprocess.run(
        [LATEX, *flags, "page.tex"], cwd=tmp_path, capture_output=True, check=False
    )
    assert done.returncode == 0, done.stdout.decode("latin-1")[-1500:]
    assert (tmp_path / "page.pdf").stat().st_size > 10_000

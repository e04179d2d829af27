"""Texts in figures and in LaTeX are drawn as they are: no mathematics, no ligature, no warning."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from matplotlib.figure import Figure
from matplotlib.text import Text
from support import cases

from analysis.case.figure import case_figure
from analysis.case.files import export_files
from analysis.case.latex import escaped, latex
from analysis.drawing.explanation import attention_figure, patches_figure, words_figure
from analysis.drawing.faithfulness import faithfulness_figure
from analysis.drawing.files import write_figure
from analysis.drawing.plots import bars, curves, histograms, rows_of
from analysis.drawing.text import wrapped
from analysis.measures.statistics import Interval
from mimic.explain import Explainer
from mimic.linking.linker import EntityLinker
from mimic.schema import Explanation, Mention, SideView

#: What mathtext refuses or changes, and what no font has.
HOSTILE = ("$$", "$_$", "$x_1$", "a$^$b", r"\$5 $\frac$", "\U0001f600", "_hidden", "\ue000")
GOLD = "atlas:norway-football"
VALUE = Interval(50.0, 40.0, 60.0)


@pytest.fixture(scope="module")
def explained(linker: EntityLinker) -> Explanation:
    """An explanation whose words are hostile."""
    found = Explainer(linker).explain(Mention("Norway", "a goal of Norway in the game"), GOLD)

    def hostile(view: SideView) -> SideView:
        texts = itertools.cycle(HOSTILE)
        return replace(view, words=tuple(replace(word, text=next(texts)) for word in view.words))

    return replace(found, mention=hostile(found.mention), candidate=hostile(found.candidate))


def plots(explanation: Explanation) -> dict[str, Callable[[], Figure]]:
    view = explanation.mention
    names = dict.fromkeys(HOSTILE, VALUE)
    return {
        "words": lambda: words_figure(view, 1.0),
        "attention": lambda: attention_figure(explanation),
        "title": lambda: patches_figure(view, [0.0] * len(view.boxes), 1.0, "$$ of $_$"),
        "curves": lambda: curves(
            {
                name: {other: [(0.0, VALUE), (1.0, VALUE)] for other in HOSTILE}
                for name in HOSTILE[:2]
            },
            "$_$",
            "$$",
        ),
        "bars": lambda: bars(dict.fromkeys(HOSTILE[:3], names), "$$"),
        "rows": lambda: rows_of(names, "$_$", 50),
        "histograms": lambda: histograms(
            {name: {other: np.array([0.5]) for other in HOSTILE} for name in HOSTILE[:2]},
            "$$",
            (0, 1),
        ),
        "faithfulness": lambda: faithfulness_figure(
            {
                "methods": {
                    name: {"total": {"deletion_auc": 0.5, "deletion_auc_random": 0.5}}
                    for name in HOSTILE
                }
            }
        ),
    }


def parsed(figure: Figure) -> list[str]:
    """Texts with a sign of mathematics that would be read as such."""
    texts = [text for text in figure.findobj(Text) if isinstance(text, Text)]
    return [t.get_text() for t in texts if "$" in t.get_text() and t.get_parse_math()]


KINDS = ("words", "attention", "title", "curves", "bars", "rows", "histograms", "faithfulness")


@pytest.mark.parametrize("kind", KINDS)
def test_no_text_of_a_figure_is_mathematics(
    kind: str, explained: Explanation, tmp_path: Path
) -> None:
    figure = plots(explained)[kind]()
    assert write_figure(figure, tmp_path / "figure", ("svg",))[0].is_file()
    assert not parsed(figure)


def test_every_name_is_in_the_legend(explained: Explanation) -> None:
    for kind in ("curves", "bars", "histograms"):
        legend = plots(explained)[kind]().legends[0]
        assert [text.get_text() for text in legend.get_texts()] == list(HOSTILE)


def test_the_writer_is_quiet_in_every_format(
    explained: Explanation, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    assert len(write_figure(words_figure(explained.mention, 1.0), tmp_path / "figure")) == 2
    assert capfd.readouterr().err == ""


@pytest.mark.parametrize("text", ["$$ \U0001f600 won", "$_$ or $\\alpha$"])
def test_a_case_is_exported_with_such_texts(text: str, capfd: pytest.CaptureFixture[str]) -> None:
    made = cases.case(f"{text} beat Norway")
    standings = tuple(replace(s, name=text) for s in made.answer.standings)
    made = replace(made, answer=replace(made.answer, standings=standings), caption=text)
    book = cases.book(made, details=("heatmaps", "gates", "units", "what-ifs"))
    assert set(export_files(book)) >= {"case.tex", "case-two-column.svg"}
    assert not parsed(case_figure(book, 7.0))
    assert capfd.readouterr().err == ""


@pytest.mark.parametrize("start", ["\u0301bc", "\u0301", "\u20dd", "\u0308\u0301x"])
def test_a_mention_that_begins_with_a_combining_mark_wraps(start: str) -> None:
    sentence = "word " * 60 + "a" + start + " word" * 60
    at = 5 * 60 + 1
    lines = wrapped(sentence, (at, at + len(start)), 1.0, 6, 3)
    assert len(lines) == 3
    pieces = [piece for line in lines for _, pieces in line for piece in pieces]
    assert any(marked for _, marked in pieces)


def test_latex_keeps_hyphens_and_quotation_marks() -> None:
    assert escaped("a -- b --- c") == "a -{}- b -{}-{}- c"
    assert escaped("a-b d'Ivoire's") == "a-b d'Ivoire's"
    assert escaped("\"x\" 'y' ''z''") == (
        r"\textquotedbl{}x\textquotedbl{} \textquotesingle{}y\textquotesingle{} "
        r"\textquotesingle{}\textquotesingle{}z\textquotesingle{}\textquotesingle{}"
    )
    assert escaped("``x`` ?` ,,y") == (
        r"\textasciigrave{}\textasciigrave{}x\textasciigrave{}\textasciigrave{} "
        r"?\textasciigrave{} ,{},y"
    )
    assert escaped("\u201cx\u201d \u2013") == "\u201cx\u201d \u2013"
    made = cases.case("the 'Norway' won", "'Norway'")
    snippet = latex(cases.book(replace(made, caption="3--1")))
    assert r"``\textquotesingle{}Norway\textquotesingle{}'': 3-{}-1." in snippet
    assert r"\usepackage[T1]{fontenc}" in snippet

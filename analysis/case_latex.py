"""The LaTeX snippet of a case study: figure, caption and label, with everything escaped."""

from __future__ import annotations

from analysis.case import Casebook

_ESCAPED = {
    "\\": r"\textbackslash{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    "<": r"\textless{}",
    ">": r"\textgreater{}",
    "|": r"\textbar{}",
    '"': r"\textquotedbl{}",
    **{c: "\\" + c for c in "&%$#_{}"},
}
LABEL = "fig:mimic-cases"


def escaped(text: str) -> str:
    """Text as LaTeX prints it, on one line and without control characters."""
    line = " ".join("".join(c if c.isprintable() else " " for c in text).split())
    return "".join(_ESCAPED.get(c, c) for c in line)


def latex(book: Casebook) -> str:
    """A `figure*` across two columns, and commented out a `figure` for one of them."""
    text = caption(book)
    wide = _figure("figure*", "case-two-column.pdf", r"\textwidth", text)
    narrow = _figure("figure", "case-one-column.pdf", r"\columnwidth", text)
    unused = "".join(f"% {line}\n" for line in narrow.splitlines())
    head = "% Needs \\usepackage{graphicx}, and XeLaTeX or LuaLaTeX where text is not Latin.\n"
    return f"{head}{wide}\n% For one column in place of it:\n{unused}"


def caption(book: Casebook) -> str:
    """What the figure shows, in one paragraph of LaTeX."""
    origin = book.cases[0].origin
    parts = [
        "Case study: the first entities by the mean of the units and by TGLU, VDLU and CMFU alone.",
        "A solid frame with a tick is right, a dashed one with a cross is wrong;"
        if any(case.gold for case in book.cases)
        else "",
        "numbers are rank and raw score, and raw scores of different units do not compare.",
        f"Model {escaped(origin.model)} ({escaped(origin.fingerprint)}), {origin.entities:,} "
        f"entities of {escaped(origin.kb)}.",
    ]
    for number, case in enumerate(book.cases):
        shown = f": {escaped(case.caption)}" if case.caption else ""
        parts.append(f"({chr(97 + number)}) ``{escaped(case.answer.mention)}''{shown}.")
    return " ".join(part for part in parts if part).replace("..", ".")


def _figure(environment: str, file: str, width: str, text: str) -> str:
    return (
        f"\\begin{{{environment}}}[t]\n  \\centering\n"
        f"  \\includegraphics[width={width}]{{{file}}}\n"
        f"  \\caption{{{text}}}\n  \\label{{{LABEL}}}\n\\end{{{environment}}}\n"
    )

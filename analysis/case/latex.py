"""The LaTeX snippet of a case study: figure, caption and label, with everything escaped."""

from __future__ import annotations

import re
from collections.abc import Iterator

from analysis.case.records import Casebook, Heat, HeatWords
from analysis.case.words import WORDS, letter, what_if_letter

_ESCAPED = {
    "\\": r"\textbackslash{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    "<": r"\textless{}",
    ">": r"\textgreater{}",
    "|": r"\textbar{}",
    '"': r"\textquotedbl{}",
    "`": r"\textasciigrave{}",
    **{c: "\\" + c for c in "&%$#_{}"},
}
LABEL = "fig:mimic-cases"
#: A straight quotation mark: one that is no apostrophe inside of a word.
_QUOTE = re.compile(r"(?<!\w)'|'(?!\w)")
#: Between two signs that LaTeX would set as one: dashes, and a low quotation mark.
_LIGATURE = re.compile("(?<=-)(?=-)|(?<=,)(?=,)")


def escaped(text: str) -> str:
    """Text as LaTeX prints it, on one line and without control characters.

    What was typed is printed: two hyphens stay two, and quotation marks stay straight.
    """
    line = " ".join("".join(c if c.isprintable() else " " for c in text).split())
    plain = "".join(_ESCAPED.get(c, c) for c in line)
    return _LIGATURE.sub("{}", _QUOTE.sub(r"\\textquotesingle{}", plain))


def latex(book: Casebook) -> str:
    """A `figure*` across two columns, and commented out a `figure` for one of them."""
    text, words = caption(book), WORDS[book.language]
    wide = _figure("figure*", "case-two-column.pdf", r"\textwidth", text)
    narrow = _figure("figure", "case-one-column.pdf", r"\columnwidth", text)
    unused = "".join(f"% {line}\n" for line in narrow.splitlines())
    return f"% {words['latex_needs']}\n{wide}\n% {words['latex_narrow']}\n{unused}"


def caption(book: Casebook) -> str:
    """What the figure shows, in one paragraph of LaTeX and in the language of the book."""
    words, gold = WORDS[book.language], any(case.gold for case in book.cases)
    numbers = words["latex_gold"] * gold + words["latex_numbers"]
    parts = [words["latex_lists"], _capital(numbers), *_details(book), _origin(book)]
    for number, case in enumerate(book.cases):
        text = words["latex_mention"].format(mention=escaped(case.answer.mention))
        if case.caption:
            text += words["colon"] + escaped(case.caption)
        parts.append(f"{letter(number)} {_sentence(text, words)}")
        for place, what_if in enumerate(case.what_ifs if "what-ifs" in book.details else ()):
            text = f"{words['what_if']} {escaped(what_if.label)}"
            parts.append(f"{what_if_letter(number, place)} {_sentence(text, words)}")
    return " ".join(parts)


def _details(book: Casebook) -> Iterator[str]:
    """What bars, gates and heatmaps are, of those that are drawn."""
    words = WORDS[book.language]
    if "units" in book.details:
        sizes = sorted({len(case.answer.listed) for case in book.cases})
        sets = {words["latex_first"].format(k=k) if k else words["latex_shown"] for k in sizes}
        yield words["latex_units"].format(set=words["or"].join(sorted(sets)))
        if not all(case.answer.picture for case in book.cases):
            yield words["latex_no_picture"]
    if "gates" in book.details:
        yield words["latex_gates"]
    heat: list[Heat | HeatWords] = []
    for case in book.cases:
        heat += [*case.heat, *case.heat_words]
    if "heatmaps" in book.details and heat:
        methods = dict.fromkeys(words.get(h.method, h.method.replace("_", " ")) for h in heat)
        targets = dict.fromkeys(h.target for h in heat)
        method, target = (escaped(words["or"].join(names)) for names in (methods, targets))
        yield words["latex_heat"].format(method=method, target=target)


def _origin(book: Casebook) -> str:
    origin = book.cases[0].origin
    return WORDS[book.language]["latex_origin"].format(
        model=escaped(origin.model),
        fingerprint=escaped(origin.fingerprint),
        entities=origin.entities,
        kb=escaped(origin.kb),
    )


def _sentence(text: str, words: dict[str, str]) -> str:
    """The text with a full stop, unless it has an end of its own."""
    return text if text.endswith((".", "?", "!", "。", "？", "！", "…")) else text + words["stop"]


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _figure(environment: str, file: str, width: str, text: str) -> str:
    # The height too, because LaTeX pushes a figure that is taller than the page to the end.
    size = f"width={width},height=0.9\\textheight,keepaspectratio"
    return (
        f"\\begin{{{environment}}}[t]\n  \\centering\n"
        f"  \\includegraphics[{size}]{{{file}}}\n"
        f"  \\caption{{{text}}}\n  \\label{{{LABEL}}}\n\\end{{{environment}}}\n"
    )

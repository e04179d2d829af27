"""What a visitor is told of a mistake: every template is said somewhere, and in both languages."""

from __future__ import annotations

import ast
import re
from functools import cache
from string import Formatter

import pytest
from support import ROOT

from demo.messages import pattern_of, translated
from demo.texts.errors import ERRORS

#: Literal letters that a text of the source must have to count as the source of a message.
LEAST = 8


def text_of(node: ast.expr) -> str:
    """A text of the source, an f-string with `{}` for what it fills in."""
    if isinstance(node, ast.JoinedStr):
        return "".join(str(v.value) if isinstance(v, ast.Constant) else "{}" for v in node.values)
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""


@cache
def texts_of_the_source() -> frozenset[str]:
    files = [p for room in ("mimic", "analysis", "demo") for p in (ROOT / room).rglob("*.py")]
    trees = [
        ast.parse(p.read_text("utf-8"))
        for p in files
        if p.name != "errors.py" or "texts" not in p.parts
    ]
    nodes = (n for tree in trees for n in ast.walk(tree) if isinstance(n, ast.expr))
    return frozenset(text for text in map(text_of, nodes) if len(text.replace("{}", "")) >= LEAST)


def is_said(english: str) -> bool:
    """Whether the source has the template, whole or as the end of "FILE: what is wrong"."""
    shape = re.sub(r"\{\w+\}", "{}", english)
    tails = {shape, shape.partition(": ")[2], shape.partition("; ")[2]}
    sources = texts_of_the_source()
    return bool(tails & sources) or any(
        re.fullmatch(re.escape(source).replace(r"\{\}", ".+"), shape, re.S)
        or pattern_of(english).fullmatch(source)
        for source in sources
    )


@pytest.mark.parametrize("english", ERRORS)
def test_every_template_is_said_in_the_source(english: str) -> None:
    if english != "{file}.json: {what}":  # whatever else is wrong with a case file
        assert is_said(english)


@pytest.mark.parametrize("english", ERRORS)
def test_the_chinese_fills_in_what_the_english_names(english: str) -> None:
    fields = {name for _, name, _, _ in Formatter().parse(english) if name}
    assert {name for _, name, _, _ in Formatter().parse(ERRORS[english]) if name} <= fields
    said = english.format(**{name: f"<{name}>" for name in fields})
    assert re.search("[\u4e00-\u9fff]", translated(said, "zh"))


def test_what_is_filled_in_stays() -> None:
    assert translated("k is 0; it must be from 1 to 7", "zh") == "候选数量为 0，应在 1 到 7 之间"
    assert translated("request 2: k must be text, not a list", "zh") == "第 2 个请求：k 必须是文本"
    assert translated("the mention 'a{b}' is not in the sentence", "zh") == "句子中没有提及 'a{b}'"
    assert translated("nobody has said this before", "zh") == "Nobody has said this before"

"""Answers to take along: a shell and Python read what was asked, whatever signs are in it."""

from __future__ import annotations

import ast
import json
import subprocess
from dataclasses import replace
from pathlib import Path
from urllib.parse import parse_qsl

import pytest
from support.fake_linker import FakeLinker

from demo.handlers.address import address_of, only
from demo.handlers.link import Linked
from demo.handlers.recipes import PAGE, curl_of, python_of
from demo.linkers import BUNDLED
from mimic.schema import Mention

SENTENCE = 'Say "hi" $HOME `x` to O\'Neil.'
#: A curl that prints what it would send; an upload answers with a path.
CURL = """
curl() { if [ "$2" = -F ]; then echo '["/held/a.png"]'; else for x; do :; done; echo "$x"; fi; }
"""


def linked(picture: Path | None) -> Linked:
    mention = Mention("O'Neil", SENTENCE, picture, (22, 28))
    return Linked(mention, FakeLinker().link(mention, k=3), BUNDLED, "own")


@pytest.mark.parametrize("picture", [None, Path("/held/it's a.png")])
def test_a_shell_sends_what_was_asked(picture: Path | None) -> None:
    script = CURL + curl_of(linked(picture)).replace(PAGE, "http://page/")
    done = subprocess.run(["bash", "-c", script], capture_output=True, text=True, check=True)
    file = {"path": "/held/a.png", "meta": {"_type": "gradio.FileData"}}
    first = file if picture else None
    expected = [first, SENTENCE, "O'Neil", [22, 28], 3, "total", BUNDLED, "own"]
    assert json.loads(done.stdout) == {"data": expected}


def test_python_reads_what_was_asked() -> None:
    text = python_of(linked(Path("/held/it's a.png")))
    values = [node.value for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Constant)]
    assert {SENTENCE, "O'Neil", "it's a.png", "own", 22, 28, 3} <= set(values)
    assert BUNDLED not in values and "/held" not in text


def test_what_was_ranked_is_taken_along() -> None:
    case = linked(None)
    result = replace(case.result, candidates_are="names", types=("ship", "it's"), ranked=2)
    case = replace(case, result=result)
    script = CURL + curl_of(case).replace(PAGE, "http://page/")
    done = subprocess.run(["bash", "-c", script], capture_output=True, text=True, check=True)
    assert json.loads(done.stdout)["data"][5:] == [
        "total", BUNDLED, "own", "names", ["ship", "it's"],
    ]  # fmt: skip
    calls = [node for node in ast.walk(ast.parse(python_of(case))) if isinstance(node, ast.Call)]
    given = {word.arg: ast.literal_eval(word.value) for call in calls for word in call.keywords
             if word.arg in ("candidates", "types")}  # fmt: skip
    assert given == {"candidates": "names", "types": ["ship", "it's"]}
    query = dict(parse_qsl(address_of(case)))
    assert only(query) == ("names", "ship, it's")
    assert only(dict(parse_qsl(address_of(linked(None))))) == ("all", "")
    assert only({"candidates": "<b>"}) == ("all", "")

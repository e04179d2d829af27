"""Answers to take along: a shell and Python read what was asked, whatever signs are in it."""

from __future__ import annotations

import ast
import json
import subprocess
from pathlib import Path

import pytest
from support.fake_linker import FakeLinker

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

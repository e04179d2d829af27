"""How the page is served, and what it says of mistakes in two languages."""

from __future__ import annotations

import importlib.util
import subprocess
import sys
from pathlib import Path

import pytest

import app
from demo.messages import translated
from demo.screenshot import ROOT, running_page
from demo.server import serve
from demo.texts import preferred, words
from mimic.errors import InputError
from mimic.model.processor import check_mention
from mimic.schema import Mention


def test_nothing_is_open_by_default() -> None:
    flags = app.parse([])
    assert (flags.host, flags.auth, flags.root_path) == ("127.0.0.1", None, None)
    assert not flags.share
    assert not flags.mcp
    assert not serve.Options().share


def test_the_names_of_the_page_are_given_by_flags(tmp_path: Path) -> None:
    flags = app.parse(["--host", "::1", "--allow-host", "A.example.org", "--allow-host", "b"])
    options = app.make_options(flags)
    assert (options.host, options.hosts) == ("[::1]", ("a.example.org", "b"))


def test_users_are_read_from_lines(tmp_path: Path) -> None:
    file = tmp_path / "users"
    file.write_text("# who may enter\n\nada:with:colon\nbob:secret\n")
    assert serve.read_users(file) == (("ada", "with:colon"), ("bob", "secret"))


@pytest.mark.parametrize(
    ("content", "said"), [("ada\n", "line 1 is not name:password"), ("# nobody\n", "names nobody")]
)
def test_a_file_of_users_that_cannot_be_used(tmp_path: Path, content: str, said: str) -> None:
    file = tmp_path / "users"
    file.write_text(content)
    with pytest.raises(InputError, match=said):
        serve.read_users(file)
    file.write_bytes(b"\xff\xfe\xff")
    with pytest.raises(InputError, match="cannot be read"):
        serve.read_users(file)


def test_a_root_path_begins_with_a_slash() -> None:
    assert serve.checked_root("/mimic/") == "/mimic"
    assert serve.checked_root(None) is None
    with pytest.raises(InputError, match="slash"):
        serve.checked_root("mimic")


def test_a_mistake_in_a_flag_is_one_line_and_code_2(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert app.main(["--auth", str(tmp_path / "absent")]) == 2
    assert capsys.readouterr().err.count("\n") == 1


@pytest.mark.parametrize(
    ("flags", "said"),
    [
        (["--port", "99999"], "--port is 99999; it must be from 0 to 65535"),
        (["--port", "-5"], "--port is -5; it must be from 0 to 65535"),
        (["--host", "nope.invalid"], "--host nope.invalid: this machine has no such address"),
        (["--auth", "{}/absent"], "absent: no such file"),
        (["--allow-host", "https://a.example"], "--allow-host https://a.example: write a name"),
        (["--mcp", "--auth", "{}/users"], "--mcp and --auth exclude each other"),
        (["--model", "{}/absent"], "absent: no such folder"),
        (["--kb", "{}/absent"], "absent: no such folder"),
        (["--model", "{}"], "no config.json in it"),
        (["--kb", "{}"], "no kb_entity.json or index.json in it"),
    ],
)
def test_a_flag_that_cannot_be_used_is_told_before_the_page_opens(
    flags: list[str], said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "users").write_text("ada:pw")
    assert app.main([flag.format(tmp_path) for flag in flags]) == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert told.err.count("\n") == 1
    assert said in told.err


@pytest.mark.parametrize(
    "mention",
    [
        Mention("", "Norway"),
        Mention("Norway", ""),
        Mention("Norway", "x" * 3000),
        Mention("x" * 300, "x" * 400),
        Mention("Peru", "Norway"),
        Mention("Norway", "Norway", span=(3, 99)),
        Mention("Norway", "In Norway", span=(0, 6)),
    ],
)
def test_what_a_mention_may_do_wrong_is_told_in_chinese(mention: Mention) -> None:
    with pytest.raises(InputError) as caught:
        check_mention(mention)
    said = translated(str(caught.value), "zh")
    assert any("\u4e00" <= letter <= "\u9fff" for letter in said)
    assert translated(str(caught.value), "en")[0].isupper()


@pytest.mark.parametrize(
    ("header", "language"),
    [
        ("", "en"),
        ("zh-CN,zh;q=0.9,en;q=0.8", "zh"),
        ("en-US,en;q=0.9,zh;q=0.8", "en"),
        ("fr, zh-TW;q=0.5", "zh"),
        ("en;q=0.3, zh;q=0.7", "zh"),
        ("zh;q=0", "en"),
        ("*", "en"),
        (";;;q=x,,zh;q=much", "en"),
    ],
)
def test_a_language_is_preferred_by_the_header(header: str, language: str) -> None:
    assert preferred(header) == language


def test_mcp_without_its_package_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    assert app.main(["--mcp"]) == 2
    assert "pip install 'gradio[mcp]'" in capsys.readouterr().err


def test_mcp_lists_the_tools_and_runs_them() -> None:
    """A real server with `--mcp`, asked by the protocol's own client."""
    pytest.importorskip("mcp")
    script = (
        "import asyncio, sys\n"
        "from mcp import ClientSession\n"
        "from mcp.client.streamable_http import streamable_http_client\n"
        "async def ask():\n"
        "    async with streamable_http_client(sys.argv[1]) as (read, write, _):\n"
        "        async with ClientSession(read, write) as session:\n"
        "            await session.initialize()\n"
        "            for tool in (await session.list_tools()).tools:\n"
        "                print(tool.name)\n"
        "            asked = {'sentence': 'Norway wins.', 'mention': 'Norway', 'k': 2}\n"
        "            found = await session.call_tool('link', asked)\n"
        "            print(found.isError)\n"
        "asyncio.run(ask())\n"
    )
    with running_page("--mcp") as url:
        command = [sys.executable, "-c", script, f"{url}gradio_api/mcp/"]
        told = subprocess.run(command, capture_output=True, text=True, check=True)
    names = ["compare", "entities", "explain", "export", "link", "link_text", "standing"]
    assert sorted(told.stdout.split()) == ["False", *names]


MISTAKES = [
    "request 2: the mention 'Peru' is not in the sentence",
    "request 1: image is neither base64 nor a data URI",
    "cases must be a case.json or a list of 1 to 12 requests",
    "no entity 'x' in the knowledge base: give an id that `link` shows",
    "t.json: not JSON (Expecting value)",
    "t.csv: no column 'sentence'; it has 'a': rename the columns that hold them",
    "picture 'a.png': not in the ZIP",
    "3 cells under 2 columns: a text that holds the separator needs quotation marks around it",
    "no installed font has '挪': install a font that has them",
    "this case is kept already: try something new in What if first",
    "that case is not of the mention 'Chad' with this model and knowledge base: keep one",
    "the caption is empty: write in it what was changed",
    "many.csv names pictures: give their folder or ZIP, too",
]


@pytest.mark.parametrize("message", MISTAKES)
def test_every_known_mistake_has_a_chinese_sentence(message: str) -> None:
    said = translated(message, "zh")
    assert said != translated(message, "en")
    assert sum("\u4e00" <= letter <= "\u9fff" for letter in said) > 1


@pytest.mark.parametrize(
    "message",
    [
        "k is 0; it must be from 1 to 12",
        "bad.json: not a case file of this application",
        "my table.csv: no column 'sentence'; it has 'a': rename the columns that hold them",
        "tglu against itself: choose another entity",
    ],
)
def test_names_and_what_was_typed_keep_their_letters(message: str) -> None:
    assert translated(message, "en") == message


def test_the_page_speaks_of_what_it_has_a_field_for() -> None:
    said = translated("many.csv names pictures: give their folder or ZIP, too", "en")
    assert said == "many.csv names pictures: choose the ZIP that holds them, too"
    assert translated("the picture: not a picture", "en") == "The picture: not a picture"


def test_numbers_and_names_stay_in_the_translation() -> None:
    assert translated("the mention 'Peru' is not in the sentence", "zh") == "句子中没有提及 'Peru'"
    size = "a.png: 9000 x 8000 pixels; at most 50 megapixels are read, make it smaller"
    assert "9000 × 8000" in translated(size, "zh")
    assert translated("something new", "zh") == "Something new"
    assert translated(words("zh")["whatif_no_other"], "zh") == words("zh")["whatif_no_other"]


CALLS = """
import json, time
import gradio as gr
from benchmarks.client import Client
from demo.server import serve
from demo.server import sessions

def greet(name: str) -> str:
    return f"hello {name}"

sessions.PAUSE = 0.1
with gr.Blocks() as page:
    gr.api(greet)
client = Client(serve.launch(page, serve.Options()))
print([client.call("greet", name=name) for name in "abc"])
client.post("gradio_api/run/greet", {"data": ["me"], "session_hash": "mine"})
kept = page.app.state_holder.session_data
for _ in range(100):
    if list(kept) == ["mine"]:
        break
    time.sleep(0.1)
print(list(kept))
"""


def test_the_session_of_a_call_ends_with_its_answer() -> None:
    done = subprocess.run([sys.executable, "-c", CALLS], cwd=ROOT, capture_output=True, text=True)
    assert done.stdout.splitlines() == ["['hello a', 'hello b', 'hello c']", "['mine']"]

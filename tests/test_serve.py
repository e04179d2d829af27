"""How the page is served, and what it says of mistakes in two languages."""

from __future__ import annotations

from pathlib import Path

import pytest

import app
from demo import serve
from demo.messages import translated
from demo.texts import words
from mimic.errors import InputError
from mimic.processor import check_mention
from mimic.schema import Mention


def test_nothing_is_open_by_default() -> None:
    flags = app.parse([])
    assert (flags.host, flags.auth, flags.root_path) == ("127.0.0.1", None, None)
    assert not flags.share
    assert not flags.mcp
    assert not serve.Options().share


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
    with pytest.raises(InputError, match="cannot be read"):
        serve.read_users(tmp_path / "absent")


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


def test_numbers_and_names_stay_in_the_translation() -> None:
    assert translated("the mention 'Peru' is not in the sentence", "zh") == "句子中没有提及 'Peru'"
    size = "a.png: 9000 x 8000 pixels; at most 50 megapixels are read, make it smaller"
    assert "9000 × 8000" in translated(size, "zh")
    assert translated("something new", "zh") == "Something new"
    assert translated(words("zh")["whatif_no_other"], "zh") == words("zh")["whatif_no_other"]

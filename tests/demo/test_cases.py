"""What the tray and `/export` do, without the page."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from support import ROOT, tiny
from support import cases as made
from support.fake_linker import FakeLinker

from analysis.case.case_json import casebook, casebook_json
from analysis.case.maker import with_heatmaps
from analysis.case.records import MOST_CASES, MOST_WHAT_IFS
from demo.handlers import cases
from demo.handlers.link import Linked
from demo.html import cases as render_tray
from demo.texts import LANGUAGES, words
from mimic.errors import MOST, InputError
from mimic.explain import Explainer
from mimic.linking.linker import EntityLinker
from mimic.schema import Mention

SENTENCE = "we saw the curling team of Norway"


def test_a_tray_is_filled_ordered_and_emptied() -> None:
    one, two, three = made.case(), made.case(gold="kb:norway-1"), made.case(gold="kb:norway-2")
    tray = (one, two, three)
    assert cases.changed(tray, 2, "up") == (one, three, two)
    assert cases.changed(tray, 0, "down") == (two, one, three)
    assert cases.changed(tray, 1, "remove") == (one, three)
    for place, action in ((0, "up"), (2, "down"), (9, "remove"), (-1, "remove"), (1, "explode")):
        assert cases.changed(tray, place, action) == tray


def test_captions_are_taken_line_by_line() -> None:
    tray = cases.with_captions((made.case(), made.case()), " new  one \n\nthree")
    assert [case.caption for case in tray] == ["new one", ""]
    short = cases.with_captions((made.case(), made.case()), "only")
    assert [case.caption for case in short] == ["only", made.case().caption]
    with pytest.raises(InputError, match="501 characters"):
        cases.with_captions((made.case(),), "x" * 501)


def linked(linker: EntityLinker, sentence: str = SENTENCE, change: str = "") -> Linked:
    mention = Mention("Norway", sentence)
    return Linked(mention, linker.link(mention, 3), "m", "k", change=change)


def test_a_full_tray_and_a_full_case_say_so(linker: EntityLinker) -> None:
    mention = Mention("Norway", SENTENCE)
    with pytest.raises(InputError, match="remove one first"):
        cases.keep((made.case(),) * MOST_CASES, linker, mention)
    with pytest.raises(InputError, match="keep a case first"):
        cases.keep_below((), linker, linked(linker))
    tray = cases.keep((), linker, mention)
    for number in range(MOST_WHAT_IFS):
        tray = cases.keep_below(tray, linker, linked(linker, "Norway wins"), label=str(number))
    with pytest.raises(InputError, match="what-ifs"):
        cases.keep_below(tray, linker, linked(linker, "Norway wins"), label="one too many")


def test_a_case_is_kept_with_what_was_tried(linker: EntityLinker) -> None:
    tried = [linked(linker, f"Norway {number}", f"change {number}") for number in range(8)]
    (case,) = cases.keep((), linker, Mention("Norway", SENTENCE), what_ifs=tried)
    assert [what_if.label for what_if in case.what_ifs] == [f"change {n}" for n in range(2, 8)]
    assert case.what_ifs[-1].answer.sentence == "Norway 7"


def test_the_same_case_twice_is_one_and_knows_what_both_do(
    linker: EntityLinker, tmp_path: Path
) -> None:
    mention = Mention("Norway", SENTENCE)
    tray = cases.keep(
        (), linker, mention, caption="first", what_ifs=[linked(linker, "Norway", "x")]
    )
    gold = tray[0].answer.lists["total"][0]
    tray = cases.keep(tray, linker, mention, gold, what_ifs=[linked(linker, "Norway", "x")])
    (case,) = cases.keep(tray, linker, mention, what_ifs=[linked(linker, "Norway 2", "y")])
    assert (case.caption, case.gold) == ("first", gold)
    assert [what_if.label for what_if in case.what_ifs] == ["x", "y"]
    tiny.picture("Norway", "curling").save(tmp_path / "a.png")
    pictured = Mention("Norway", SENTENCE, tmp_path / "a.png")
    assert len(cases.keep(tray, linker, pictured)) == 2
    full = tuple(replace(made.case(f"{n} Norway")) for n in range(MOST_CASES - 1)) + tray
    assert len(cases.keep(full, linker, mention)) == MOST_CASES  # it takes no further room


def test_heatmaps_are_made_of_what_a_case_holds_itself(
    linker: EntityLinker, tmp_path: Path
) -> None:
    """The same as of the upload, which may be gone by then; with the words of both sides."""
    tiny.picture("Norway", "curling").save(tmp_path / "a.png")
    mention = Mention("Norway", SENTENCE, tmp_path / "a.png")
    case, explainer = cases.make(linker, mention), Explainer(linker)
    expected = with_heatmaps(case, explainer, mention)
    (tmp_path / "a.png").unlink()
    shares: list[float] = []
    found = cases.with_heat(case, explainer, shares.append)
    assert found.heat == expected.heat and found.heat_words == expected.heat_words
    assert shares == [0.5, 1.0]  # a side each
    (own, entity) = found.heat_words
    assert own.words == ("Norway", *SENTENCE.split()) and own.named == 1
    assert len(own.values) == len(own.words) and entity.side == "entity"


def test_what_is_tried_later_goes_below_its_own_case_once(linker: EntityLinker) -> None:
    tray = cases.keep((), linker, Mention("Norway", SENTENCE))
    tray = cases.keep(tray, linker, Mention("Norway", "Norway wins"))
    hand, tried = linked(linker), [linked(linker, "Norway loses", "another sentence")]
    tray = cases.keep_below(tray, linker, hand, tried)
    assert [len(case.what_ifs) for case in tray] == [1, 0]
    with pytest.raises(InputError, match="kept already"):
        cases.keep_below(tray, linker, hand, tried)
    other = cases.keep_below(tray, linker, linked(linker, "Norway draws"), label="no winner")
    assert [w.label for w in other[1].what_ifs] == ["no winner"]


def test_a_what_if_goes_below_a_case_of_its_mention_with_a_caption(linker: EntityLinker) -> None:
    tray = cases.keep((), linker, Mention("Norway", SENTENCE))
    tray = cases.keep(tray, linker, Mention("Chad", "Chad wins"))
    tray = cases.keep(tray, linker, Mention("Norway", "Norway wins"))
    other = linked(linker, "Norway draws")
    assert cases.hosts(tray, linker, other) == (0, 2)
    assert cases.hosts(tray, linker, linked(linker)) == (0,)  # it is kept itself
    with pytest.raises(InputError, match="caption is empty"):
        cases.keep_below(tray, linker, other, label=" ")
    with pytest.raises(InputError, match="not of the mention 'Norway'"):
        cases.keep_below(tray, linker, other, label="no winner", below=1)
    with pytest.raises(InputError, match="not of the mention 'Norway'"):
        cases.keep_below(tray[1:2], linker, other, label="no winner")
    first = cases.keep_below(tray, linker, other, label="no winner", below=0)
    assert [len(case.what_ifs) for case in first] == [1, 0, 0]
    assert render_tray.name_of(2, tray[2]) == "c. Norway wins"


@pytest.mark.parametrize("fingerprint", ["fingerprint", "kb_fingerprint"])
def test_no_what_if_goes_below_a_case_of_another_model_or_knowledge_base(
    linker: EntityLinker, fingerprint: str
) -> None:
    """Each of the two would answer the same mention in its own way."""
    tray = cases.keep((), linker, Mention("Norway", SENTENCE))
    changes: dict[str, Any] = {fingerprint: "0" * 16}
    origin = replace(tray[0].origin, **changes)
    foreign = replace(tray[0], origin=origin)
    own, other = linked(linker), linked(linker, "Norway draws")
    tried = [linked(linker, "Norway loses", "another sentence")]
    for hand in (own, other):
        assert cases.hosts((foreign,), linker, hand) == ()
        with pytest.raises(InputError):
            cases.keep_below((foreign,), linker, hand, tried, "no winner")
        assert cases.hosts((foreign, *tray), linker, hand) == (1,)
        with pytest.raises(InputError):
            cases.keep_below((foreign, *tray), linker, hand, tried, "no winner", below=0)
    (same, below) = cases.keep_below((foreign, *tray), linker, own, tried)
    assert same == foreign and [w.label for w in below.what_ifs] == ["another sentence"]


def test_the_picture_tells_cases_apart(linker: EntityLinker, tmp_path: Path) -> None:
    tiny.picture("Norway", "curling").save(tmp_path / "a.png")
    tray = cases.keep((), linker, Mention("Norway", SENTENCE, tmp_path / "a.png"))
    tried = [linked(linker, "Norway loses", "another sentence")]
    below = cases.keep_below(tray, linker, linked(linker), tried, "no picture")
    assert [w.label for w in below[0].what_ifs] == ["no picture"]


def test_imported_cases_come_after_the_kept_ones(tmp_path: Path) -> None:
    path = tmp_path / "case.json"
    path.write_text(casebook_json(casebook([made.case()])), "utf-8")
    other = made.case("Norway wins in the end.")
    assert cases.imported((other,), path) == (other, made.case())
    assert cases.imported((made.case(gold=""), other), path) == (made.case(), other)
    path.write_text("{}", "utf-8")
    with pytest.raises(InputError, match="not a case file") as error:
        cases.imported((), path)
    assert str(tmp_path) not in str(error.value)


def test_an_export_holds_the_files_and_a_zip_of_them() -> None:
    shares: list[float] = []
    export = cases.export((made.case(),), ["gates"], "zh", shares.append)
    with zipfile.ZipFile(BytesIO(export.zipped())) as archive:
        assert set(archive.namelist()) == set(export.files)
    assert shares == sorted(shares)
    assert shares[-1] == 1
    with pytest.raises(InputError, match="keep a case first"):
        cases.export(())


def test_requests_are_cases(linker: EntityLinker, tmp_path: Path) -> None:
    import base64

    tiny.picture("Norway", "curling").save(tmp_path / "a.png")
    image = base64.b64encode((tmp_path / "a.png").read_bytes()).decode()
    request = {"sentence": SENTENCE, "mention": "Norway", "span": [27, 33], "caption": "c"}
    (bare, pictured) = cases.requested(lambda: linker, [request, request | {"image": image}])
    assert bare == cases.keep((), linker, Mention("Norway", SENTENCE), caption="c")[0]
    assert pictured.pictures[pictured.answer.picture].data == (tmp_path / "a.png").read_bytes()


def test_nothing_at_hand_is_told(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="open Link first"):
        cases.mention_of(None)
    mention = Mention("Norway", SENTENCE, tmp_path / "gone.png")
    result = FakeLinker().link(Mention("Norway", SENTENCE), 3)
    with pytest.raises(InputError, match="deleted"):
        cases.mention_of(Linked(mention, result, "m", "k"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_markup_stays_text_in_the_tray(language: str) -> None:
    hostile = "<script>alert(1)</script> Norway"
    case = made.case(hostile)
    mention = Mention("Norway", hostile, None, (26, 32))
    linked = Linked(mention, FakeLinker().link(mention, 3), "m", "k")
    for html in (
        render_tray.tray(words(language), (case,)),
        render_tray.at_hand(words(language), linked, [replace(linked, change="<script>")]),
        render_tray.preview(words(language), b"", b"", ["<script>"]),
    ):
        assert "<script" not in html


def test_a_message_has_an_end() -> None:
    assert len(str(InputError("x" * 10**6))) == MOST + 1


def test_a_process_that_dies_while_it_writes_leaves_the_old_file(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"old")
    code = (
        "import os, sys; from pathlib import Path; from mimic.io.files import write_whole\n"
        "os.replace = lambda *_: os._exit(9)\n"
        "write_whole(Path(sys.argv[1]), b'new' * 1000)"
    )
    done = subprocess.run([sys.executable, "-c", code, tmp_path / "a"], cwd=ROOT, check=False)
    assert done.returncode == 9
    assert [p.name for p in tmp_path.iterdir() if not p.name.startswith(".")] == ["a"]
    assert (tmp_path / "a").read_bytes() == b"old"

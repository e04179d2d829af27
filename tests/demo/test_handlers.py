"""The page's work without the page: fields to mentions, results to HTML."""

from __future__ import annotations

import re
import string
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from support.fake_linker import FakeLinker

from analysis.markup import percent
from demo.examples import LABELS, Example, load_examples, save_examples
from demo.handlers import link as handlers
from demo.html import details as render_details
from demo.html import page as render
from demo.html import parts as render_parts
from demo.html.pictures import data_uri
from demo.texts import LANGUAGES, words
from mimic.errors import InputError
from mimic.model.mimic import ModelCard
from mimic.schema import Band, Doubt, Mention, Placing, SecondLook

SENTENCE = "A good day for Norway in front of a loud crowd."
WORDS = words("en")


@pytest.fixture
def picture(tmp_path: Path) -> Path:
    path = tmp_path / "upload.png"
    Image.new("RGB", (300, 200), (186, 12, 47)).save(path)
    return path


def result_html(picture: Path | None = None, gold: str = "", k: int = 5) -> str:
    mention = Mention("Norway", SENTENCE, picture, (15, 21))
    result = handlers.link(FakeLinker(picture), mention, k)
    return render.ranking(WORDS, mention, result, gold)


def test_the_chosen_place_is_kept_while_the_text_fits_it() -> None:
    twice = "Norway beat Norway B"
    spans = [
        handlers.pointed_mention(None, sentence, surface, [12, 18]).span
        for sentence, surface in ((twice, "Norway"), ("x " + twice, "Norway"), (twice, "Sweden"))
    ]
    assert spans == [(12, 18), (2, 8), None]
    for nothing in (None, [], [1], "15", [15, 21, 3], ["a", 3], [0, 999], [-8, -2]):
        assert handlers.pointed_mention(None, twice, " Norway ", nothing).span == (0, 6)
    found = handlers.pointed_mention(None, "Nigeria beat Ni\u00adger", "Niger")
    assert (found.surface, found.span) == ("Ni\u00adger", (13, 19))


def test_the_second_occurrence_can_be_marked() -> None:
    linker = FakeLinker()
    mention = handlers.make_mention(None, "Norway beat Norway B", "Norway", [12, 18])
    handlers.link(linker, mention, 3)
    assert linker.asked == [(mention, 3, "total")]


@pytest.mark.parametrize("span", [["a", "b"], [1, 2, 3], 7, [None, 2], {}])
def test_a_span_must_be_two_numbers(span: object) -> None:
    with pytest.raises(InputError, match="two numbers"):
        handlers.make_mention(None, SENTENCE, "Norway", span)  # type: ignore[arg-type]


def test_an_error_never_names_a_path_of_the_server(tmp_path: Path) -> None:
    upload = tmp_path / "f00d" / "holiday.txt"
    with pytest.raises(InputError) as caught:
        handlers.link(FakeLinker(), Mention("Norway", SENTENCE, upload))
    assert str(caught.value) == "the picture: not a picture"


@pytest.mark.parametrize(
    ("sentence", "mention"), [("", "Norway"), (SENTENCE, ""), (SENTENCE, "Sweden")]
)
def test_bad_texts_are_refused(sentence: str, mention: str) -> None:
    with pytest.raises(InputError):
        handlers.link(FakeLinker(), handlers.make_mention(None, sentence, mention))


def test_the_record_is_that_of_the_command_line() -> None:
    record = handlers.link_record(FakeLinker(), None, SENTENCE, "Norway", k=2)
    assert (record["image"], record["truncated"], record["entities"]) == ("missing", False, 12)
    first, second = record["candidates"]
    assert (first["rank"], second["rank"]) == (1, 2)
    assert first["id"] == "atlas:norway-0"
    assert set(first["units"]) == set(first["unit_ranks"]) == {"tglu", "vdlu", "cmfu"}
    assert all(isinstance(rank, int) for rank in first["unit_ranks"].values())
    assert set(first["gates"]) == {
        "vdlu_entity_to_mention",
        "vdlu_mention_to_entity",
        "cmfu_mention",
        "cmfu_entity",
    }


def test_a_percentage_never_rounds_to_a_false_nought_or_hundred() -> None:
    assert percent(0.0) == "0 %"
    assert percent(1.0) == "100.0 %"
    assert percent(0.1234) == "12.3 %"
    assert percent(1e-9) == "<0.1 %"
    assert percent(0.99999) == ">99.9 %"
    assert percent(0.004, 0) == "<1 %"


def test_mark_up_in_names_and_sentences_stays_text() -> None:
    html = result_html()
    assert "<b>Norway</b>" not in html
    assert "&lt;b&gt;Norway&lt;/b&gt;" in html
    evil = "<img src=x onerror=alert(1)> Norway"
    assert "<img" not in render_parts.marked(evil, (29, 35))
    assert render_parts.marked(evil, (29, 35)).endswith("<mark>Norway</mark>")


def test_each_row_is_a_button_and_the_first_is_pressed(picture: Path) -> None:
    html = result_html(picture)
    assert re.findall(r'data-index="(\d+)" aria-pressed="(\w+)"', html) == [
        ("0", "true"),
        *((str(i), "false") for i in range(1, 5)),
    ]
    assert html.count("data:image/jpeg;base64,") == 3  # two of the five have no picture
    assert str(picture) not in html


def test_notices() -> None:
    missing, gold = WORDS["image_missing"], "atlas:norway-11"
    assert missing in result_html()
    assert WORDS["gold"] in result_html(gold="atlas:norway-3")
    assert gold in result_html(gold=gold)


def test_gates_are_signed_bars() -> None:
    candidate = FakeLinker().link(Mention("Norway", SENTENCE), 1).candidates[0]
    html = render_details.details(WORDS, candidate)
    assert "left:50.0%;width:31.0%" in html and "+0.62" in html
    assert "left:34.5%;width:15.5%" in html and "−0.31" in html
    assert html.count('class="gate ') == 4


def test_an_identifier_of_wikidata_is_a_link_and_no_other_is() -> None:
    candidate = FakeLinker().link(Mention("Norway", SENTENCE), 1).candidates[0]
    assert "wikidata.org" not in render_details.details(WORDS, candidate)
    known = replace(candidate, entity=replace(candidate.entity, id="Q20"))
    html = render_details.details(WORDS, known)
    assert 'href="https://www.wikidata.org/wiki/Q20"' in html
    assert 'rel="noopener noreferrer"' in html


def test_doubt_is_said_with_its_numbers() -> None:
    mention = Mention("Norway", SENTENCE)
    result = FakeLinker().link(mention, 3)
    sure = replace(result, doubt=Doubt(False, "probability", 0.9, 0.5))
    assert "No confident entity" not in render.ranking(WORDS, mention, sure)
    unsure = replace(result, doubt=Doubt(True, "probability", 0.31, 0.5))
    assert "31 %, below the 50 %" in render.ranking(WORDS, mention, unsure)
    close = replace(result, doubt=Doubt(True, "margin", 0.25, 1.5))
    assert "0.25 ahead" in render.ranking(WORDS, mention, close)


BANDS = {
    "sure": Band("sure", 0.97, 0.93, 96.4, 82.0, 11.2),
    "likely": Band("likely", 0.8, 0.6, 77.7, 82.0, 11.2),
    "uncertain": Band("uncertain", 0.55, None, 41.2, 82.0, 11.2),
    "absent": Band("absent", 0.31, None, None, 82.0, 11.2),
}


@pytest.mark.parametrize(
    ("name", "english", "numbers"),
    [
        ("sure", "Sure", ["97 %", "93 %", "96 %"]),
        ("likely", "Likely", ["80 %", "60 %", "78 %"]),
        ("uncertain", "Uncertain", ["55 %", "41 %"]),
        ("absent", "Probably not in this knowledge base", ["31 %", "50 %", "82 %", "11 %"]),
    ],
)
def test_a_band_is_said_in_words_and_its_numbers_behind_a_question_mark(
    name: str, english: str, numbers: list[str]
) -> None:
    mention = Mention("Norway", SENTENCE)
    doubt = Doubt(name == "absent", "probability", BANDS[name].probability, 0.5)
    result = replace(FakeLinker().link(mention, 3), doubt=doubt, band=BANDS[name])
    for language, said in (("en", english), ("zh", words("zh")[f"band_{name}"])):
        html = render.ranking(words(language), mention, result)
        (told,) = re.findall(r'<div class="band (\w+)">(.*?)</div>', html)
        assert told[0] == name and f'<strong role="status">{said}</strong>' in told[1]
        (why,) = re.findall(r"<summary[^>]*>\?</summary>(.*)</details>", told[1])
        assert re.findall(r"\d+ %", why) == numbers
        assert "dev split" not in html and "开发集" not in html
        assert html.count("No confident entity") == (name == "absent" and language == "en")


def test_a_model_without_bands_says_none() -> None:
    mention = Mention("Norway", SENTENCE)
    html = render.ranking(WORDS, mention, FakeLinker().link(mention, 3))
    assert 'class="band' not in html


def test_notices_are_shown_in_the_visitor_s_language() -> None:
    mention = Mention("Norway", SENTENCE)
    result = replace(FakeLinker().link(mention, 3), notices=("no entity is named Ryan",))
    assert ">No entity is named Ryan</p>" in render.ranking(WORDS, mention, result)
    assert ">没有名为 Ryan 的实体</p>" in render.ranking(words("zh"), mention, result)


def test_a_second_look_says_what_it_changed_at_the_top() -> None:
    mention = Mention("Norway", SENTENCE)
    result = FakeLinker().link(mention, 3)
    one, two = (c.entity.id for c in result.candidates[:2])
    swapped = (Placing(two, 2, 1, 0.1, 3.0, 3.1), Placing(one, 1, 2, 0.2, 1.0, 1.2))
    candidates = (result.candidates[1], result.candidates[0], *result.candidates[2:])
    look = SecondLook("small <b>", 2, swapped, right=80.4)
    shown = replace(result, candidates=candidates, second_look=look)
    name = candidates[0].entity.name
    english = render.ranking(words("en"), mention, shown)
    assert f"A second look by small &lt;b&gt; put {name} first" in english
    assert "at number 2. When it overrules MIMIC it is right 80 % of the time" in english
    assert "它排第 2。" in render.ranking(words("zh"), mention, shown)
    same = replace(result, second_look=replace(look, placings=swapped[::-1]))
    assert "left the first entity where it was" in render.ranking(words("en"), mention, same)
    failed = replace(result, second_look=replace(look, placings=(), trouble="fails"))
    assert "second look" not in render.ranking(words("en"), mention, failed)  # a notice says it


def test_a_model_that_knows_photographs_invites_one() -> None:
    class Knowing(FakeLinker):
        knows_photographs = True

    for language in LANGUAGES:
        texts = words(language)
        assert texts["drawings"] not in render.header(texts, FakeLinker())
        assert texts["drawings"] not in render.header(texts, None)
        assert texts["drawings"] in render.header(texts, Knowing())


@pytest.mark.parametrize(
    ("training", "knows"),
    [
        ({}, False),
        ({"labels": {"text": 9, "image": 3}}, False),
        ({"labels": {"photo": 0}}, False),
        ({"labels": "photo"}, False),
        ({"labels": {"text": 9, "photo": 3}}, True),
    ],
)
def test_a_card_tells_whether_photographs_were_learnt(
    training: dict[str, Any], knows: bool
) -> None:
    assert ModelCard(training=training).knows_photographs == knows


def test_pictures_that_cannot_be_shown(tmp_path: Path) -> None:
    broken = tmp_path / "broken.png"
    broken.write_bytes(b"\x89PNG\r\n\x1a\nno more")
    assert data_uri(None, 64) is data_uri(tmp_path / "absent.png", 64) is data_uri(broken, 64)
    assert data_uri(None, 64) is None
    glass = tmp_path / "glass.png"
    Image.new("RGBA", (20, 10), (0, 0, 0, 0)).save(glass)
    assert str(data_uri(glass, 64)).startswith("data:image/jpeg;base64,")


def test_examples_come_back_as_saved(tmp_path: Path) -> None:
    Image.new("RGB", (8, 8)).save(tmp_path / "one.png")
    one = Example(tmp_path / "one.png", SENTENCE, "Norway", (15, 21), "image", "atlas:x", "a note")
    two = Example(None, SENTENCE, "Norway", (15, 21), "text", "atlas:y")
    save_examples([one, two], tmp_path)
    assert load_examples(tmp_path) == (one, two)
    assert load_examples(tmp_path / "nowhere") == ()
    html = render.example_strip(WORDS, [one, two])
    assert re.findall(r'data-index="(\d)"', html) == ["1", "0"]  # in the order of the labels
    assert render.example_strip(WORDS, []) == ""


def test_every_text_is_there_in_both_languages() -> None:
    tables = [words(language) for language in LANGUAGES]
    for key in tables[0]:
        found = [sorted(str(f[1]) for f in string.Formatter().parse(t[key])) for t in tables]
        names = [[name for name in fields if name != "None"] for fields in found]
        assert names[0] == names[1], key
        assert all(table[key].strip() for table in tables), key
    assert {f"group_{label}" for label in LABELS} <= set(tables[0])

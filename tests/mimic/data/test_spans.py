"""Where a typed mention stands: the whole word, also where it only looks the same."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from support.fake_linker import FakeLinker

from demo.messages import translated
from mimic.data.layout import read_kb, read_split
from mimic.errors import InputError
from mimic.linking.link_table import link_many
from mimic.model.processor import check_mention
from mimic.model.spans import find_span, looks_like
from mimic.schema import Mention

HANGUL = "\u1112\u1161\u11ab\u1100\u116e\u11a8"
#: Sentence, mention as typed, and the text of the sentence that is meant.
ALIKE = {
    "no-break space": ("the team of Costa\u00a0Rica won", "Costa Rica", "Costa\u00a0Rica"),
    "typed no-break space": ("Costa Rica won", "Costa\u202fRica", "Costa Rica"),
    "two spaces and a line": ("in Costa \n Rica", "Costa Rica", "Costa \n Rica"),
    "ideographic space": ("in New\u3000York", "New York", "New\u3000York"),
    "soft hyphen": ("Nor\u00adway won", "Norway", "Nor\u00adway"),
    "typed soft hyphen": ("Norway won", "Nor\u00adway", "Norway"),
    "zero width": ("go Nor\u200bway\ufeff!", "Norway", "Nor\u200bway"),
    "word joiner and marks": ("\u200eNor\u2060way\u200f won", "\u2066Norway\u2069", "Nor\u2060way"),
    "decomposed": ("Co\u0302te d'Ivoire won", "C\u00f4te d'Ivoire", "Co\u0302te d'Ivoire"),
    "composed": ("C\u00f4te d'Ivoire won", "Co\u0302te d'Ivoire", "C\u00f4te d'Ivoire"),
    "marks in another order": ("a\u0323\u0302b c", "a\u0302\u0323b", "a\u0323\u0302b"),
    "Hangul decomposed": (f"{HANGUL} here", "\ud55c\uad6d", HANGUL),
    "curly apostrophe": ("in C\u00f4te d\u2019Ivoire", "d'Ivoire", "d\u2019Ivoire"),
    "curly quotation marks": ("the \u201cBlues\u201d won", '"Blues"', "\u201cBlues\u201d"),
    "straight in the sentence": ("the 'Blues' won", "\u2018Blues\u2019", "'Blues'"),
    "en dash": ("Baden\u2013Baden", "Baden-Baden", "Baden\u2013Baden"),
    "non-breaking hyphen": ("Baden\u2011Baden", "Baden-Baden", "Baden\u2011Baden"),
    "full width": ("the \uff2e\uff21\uff33\uff21 team", "NASA", "\uff2e\uff21\uff33\uff21"),
    "half width": ("the NASA team", "\uff2e\uff21\uff33\uff21", "NASA"),
    "ligature": ("the \ufb01nal", "final", "\ufb01nal"),
    "emoji variant": ("I \u2764 it", "\u2764\ufe0f", "\u2764"),
    "beyond the basic plane": ("\U0001f389\U0001f389 Co\u0302te", "C\u00f4te", "Co\u0302te"),
}  # fmt: skip


@pytest.mark.parametrize("case", ALIKE)
def test_what_looks_the_same_is_found_as_it_stands_there(case: str) -> None:
    sentence, typed, there = ALIKE[case]
    assert typed not in sentence
    found = check_mention(Mention(typed, sentence))
    start = sentence.index(there)
    assert (found.surface, found.span) == (there, (start, start + len(there)))
    assert check_mention(Mention(typed, sentence, span=found.span)) == found


@pytest.mark.parametrize(
    ("sentence", "surface", "start"),
    [
        ("Nigeria beat Niger", "Niger", 13),
        ("Nigeria beat Niger and Niger", "Niger", 13),
        ("the Nigerian beat Niger's best", "Niger", 18),
        ("Guinea-Bissau beat Guinea", "Guinea", 19),
        ("Guinea-Bissau won", "Guinea", 0),
        ("Nigeria won", "Niger", 0),  # no whole word: the part of one
        ("pre_Niger Niger", "Niger", 10),
        ("Niger2 met Niger", "Niger", 11),
        ("Ni\u00adgeria beat Ni\u00adger", "Niger", 14),
        ("Nigeria beat Ni\u00adger", "Niger", 13),  # a whole word that looks the same
        ("Omanis, Oman", "Oman", 8),
        ("Caf\u00e9s, Caf\u00e9", "Cafe\u0301", 7),
        ("Cote\u0301, Cote", "Cote", 7),  # with an accent it is another word
        ("Peru\u0308, Peru", "Peru", 7),
        ("\u5728Nigeria\u548cNiger\u7684", "Niger", 9),  # between Chinese letters
        ("\u6316\u5a01\u961f\u5bf9\u6316\u5a01", "\u6316\u5a01", 0),  # no spaces: the first
        ("\U0001f1f3\U0001f1ec Nigeria, \U0001f1f3\U0001f1ea Niger", "Niger", 15),
        ("Nigeria,Niger", "Niger", 8),
        ("aNiger\u200bNiger", "Niger", 7),
    ],
)
def test_the_whole_word_is_marked(sentence: str, surface: str, start: int) -> None:
    found = find_span(sentence, surface)
    assert found is not None and found[0] == start
    assert looks_like(sentence[slice(*found)], surface)


@pytest.mark.parametrize(
    ("sentence", "surface"),
    [("Coté", "Cot e"), ("\ud55c", "\ud558"), ("Norway", "Norwegian"), ("Norway", "\u200b")],
)
def test_what_is_not_there(sentence: str, surface: str) -> None:
    assert find_span(sentence, surface) is None


def test_flags_that_differ_are_not_taken_for_each_other() -> None:
    england, scotland = (
        "\U0001f3f4" + "".join(chr(0xE0000 + ord(c)) for c in tag) + "\U000e007f"
        for tag in ("gbeng", "gbsct")
    )
    assert find_span(f"go {england}", england) == (3, 10)
    assert find_span(f"go {england}", scotland) is None


@pytest.mark.parametrize(
    ("sentence", "typed", "offered", "difference"),
    [
        ("norway won.", "Norway", "'norway'", "LATIN CAPITAL LETTER N, there LATIN SMALL LETTER N"),
        ("they told us", "US", "'us'", "LATIN CAPITAL LETTER U"),
        ("AT&amp;T won.", "AT&T", "'AT&amp;T'", "LATIN CAPITAL LETTER T, there LATIN SMALL"),
        ("AT&T won.", "AT&amp;T", "'AT&T'", "LATIN SMALL LETTER A, there LATIN CAPITAL"),
        ("Costa&nbsp;Rica", "Costa Rica", "'Costa&nbsp;Rica'", "SPACE, there AMPERSAND"),
        ("C&ocirc;te &#39;x&#x27;", "Côte 'x'", "'C&ocirc;te &#39;x&#x27;'", "CIRCUMFLEX"),
        ("Cote won", "Côte", "'Cote'", "CIRCUMFLEX, there LATIN SMALL LETTER O"),
        ("STRASSE", "Straße", "'STRASSE'", "LATIN SMALL LETTER T"),
        ("N\u043erway won", "Norway", "'N\u043erway'", "there CYRILLIC SMALL LETTER O"),
    ],
)
def test_what_looks_alike_is_offered_with_the_difference(
    sentence: str, typed: str, offered: str, difference: str
) -> None:
    with pytest.raises(InputError) as told:
        check_mention(Mention(typed, sentence))
    message = str(told.value)
    assert message.startswith(f"the mention {typed!r} is not in the sentence, but {offered} is (")
    assert difference in message and message.endswith("write it as it stands there")


def test_a_table_finds_and_offers(tmp_path: Path) -> None:
    rows = ["Nigeria beat Niger,Niger", "Nor\u00adway won,Norway", "norway won,Norway"]
    (tmp_path / "t.csv").write_text("\n".join(["sentence,mention", *rows]), "utf-8")
    linker = FakeLinker()
    linked = list(link_many(linker, tmp_path / "t.csv", k=1))
    asked = [(mention.surface, mention.span) for mention, _, _ in linker.asked]
    assert asked == [("Niger", (13, 18)), ("Nor\u00adway", (0, 7))]
    assert "but 'norway' is" in linked[2].problem


def test_a_data_folder_marks_the_whole_word_and_keeps_the_text(own_data: Path) -> None:
    file = own_data / "TINY_test.json"
    records = json.loads(file.read_text("utf-8"))
    records[0] |= {"sentence": "Nigeria beat Niger", "mentions": "Niger"}
    records[1] |= {"sentence": "Niger beat Niger", "mentions": "Niger", "startPos": 11}
    records[2] |= {"sentence": "Nor\u00adway won", "mentions": "Norway", "startPos": 3}
    file.write_text(json.dumps(records))
    found = read_split(own_data, "test", read_kb(own_data)).mentions
    assert [m.span for m in found[:3]] == [(13, 18), (11, 16), (0, 7)]
    assert found[2].surface == "Norway"  # what the model reads is the record's own


def test_the_page_says_it_in_chinese() -> None:
    with pytest.raises(InputError) as told:
        check_mention(Mention("Norway", "norway won"))
    said = translated(str(told.value), "zh")
    assert said.startswith("句子中没有提及 'Norway'，但有 'norway'")

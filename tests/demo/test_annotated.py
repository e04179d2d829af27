"""A linked text in a visitor's hands: what is added, moved and dropped, without the page."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from support import tiny

from demo.handlers.annotated import Annotated, Ask, annotate, file_text, stretched
from demo.handlers.link import chosen_restriction
from demo.html.text import band_of
from demo.messages import translated
from mimic.errors import InputError
from mimic.linking.linker import EntityLinker
from mimic.linking.restriction import EVERYTHING, Restriction
from mimic.texts.formats.write import FORMATS

TEXT = "We saw Norway . Chad won\r\n\r\nÖsterreich \U0001f600 and Chad lost"
PLAIN = TEXT.replace("\r\n", "\n")


def ask(only: Restriction = EVERYTHING, images: tuple[Path, ...] = ()) -> Ask:
    return Ask(images, 20, only, "model", "kb")


def surfaces(annotated: Annotated) -> list[str]:
    return [m.surface for m in annotated.linked.mentions]


def test_a_text_and_the_case_of_each_mention(linker: EntityLinker, tmp_path: Path) -> None:
    pictures = tuple(tmp_path / f"{name}.png" for name in ("Norway", "Chad"))
    for picture in pictures:
        tiny.picture(picture.stem, "state").save(picture)
    told: list[tuple[int, int]] = []
    annotated = annotate(linker, ask(images=pictures), TEXT, lambda *n: told.append(n))
    assert annotated.linked.text == PLAIN and told == [(3, 3)]
    assert surfaces(annotated) == ["Norway", "Chad", "Chad"]
    assert annotated.case is None
    cases = [annotated.choose(place).case for place in range(3)]
    seen = [c and (c.mention.sentence, c.mention.span, c.mention.image) for c in cases]
    assert seen == [
        ("We saw Norway .", (7, 13), pictures[0]),
        ("Chad won", (0, 4), pictures[0]),
        ("Österreich \U0001f600 and Chad lost", (17, 21), pictures[1]),
    ]
    first = cases[0]
    assert first is not None and (first.model, first.kb) == ("model", "kb")
    again = linker.link(first.mention, k=len(first.result.candidates))
    assert [c.entity.id for c in again.candidates] == [c.entity.id for c in first.result.candidates]
    assert annotated.choose(3) == annotated and annotated.choose(-1) == annotated


def test_mentions_are_added_moved_and_dropped(linker: EntityLinker) -> None:
    annotated = annotate(linker, ask(), TEXT)
    at = PLAIN.index("Öst")
    more = annotated.add(linker, (at - 2, at + 11))  # with the space around it
    assert surfaces(more) == ["Norway", "Chad", "Österreich", "Chad"] and more.chosen == 2
    wide = more.add(linker, (7, 20))
    assert surfaces(wide) == ["Norway . Chad", "Österreich", "Chad"] and wide.chosen == 0
    moved = more.add(linker, (3, 6), instead_of=3)
    assert surfaces(moved) == ["saw", "Norway", "Chad", "Österreich"] and moved.chosen == 0
    less = more.choose(1).drop(3)
    assert surfaces(less) == ["Norway", "Chad", "Österreich"]
    assert (less.chosen, less.focus) == (None, 2)
    assert less.drop(7) == less and less.drop(-1) == less
    empty = less.drop(0).drop(0).drop(0)
    assert surfaces(empty) == [] and empty.focus == 0
    for span in ((0, 99), (5, 5), (-1, 3), (24, 26)):
        with pytest.raises(InputError):
            annotated.add(linker, span)


def test_edges_move_by_a_word(linker: EntityLinker) -> None:
    annotated = annotate(linker, ask(), TEXT)
    assert annotated.stretch(linker, "end+") == annotated  # none is chosen
    chosen = annotated.choose(0)
    assert chosen.stretch(linker, "end-") == chosen  # one word stays
    wider = chosen.stretch(linker, "start-")
    assert surfaces(wider) == ["saw Norway", "Chad", "Chad"]
    assert surfaces(wider.stretch(linker, "start+")) == ["Norway", "Chad", "Chad"]
    assert surfaces(wider.stretch(linker, "end+")) == ["saw Norway . Chad", "Chad"]
    assert wider.stretch(linker, "drop table") == wider


def test_a_word_is_a_letter_where_no_spaces_part_them() -> None:
    text = "法国队e\u0301quipe won"
    assert stretched(text, (0, 2), "end+") == (0, 3)
    assert stretched(text, (0, 2), "end-") == (0, 1)
    assert stretched("a caf\u0301e b", (0, 1), "end+") == (0, 7)
    assert stretched("...", (0, 1), "end+") == (0, 1)


def test_candidates_are_restricted_and_nobody_is_a_band(linker: EntityLinker) -> None:
    annotated = annotate(linker, ask(chosen_restriction("names", " ")), TEXT)
    first = annotated.choose(0).case
    assert first is not None and first.result.candidates_are == "names"
    assert {c.entity.name for c in first.result.candidates} == {"Norway"}
    added = annotated.add(linker, (3, 6))
    assert added.mention is not None and band_of(added.mention) == "nobody"
    assert added.case is None
    assert {band_of(m) for m in added.linked.mentions} == {"nobody", "unrated"}
    with pytest.raises(InputError, match="no entity is of type 'ship'"):
        annotate(linker, ask(chosen_restriction("all", "ship, ")), TEXT)
    assert chosen_restriction("", "").is_open


def test_every_format_is_written(linker: EntityLinker) -> None:
    files = annotate(linker, ask(), TEXT).files()
    assert sorted(files) == sorted(
        f"annotations.{end}" for end in ("json", "jsonl", "ttl", "kilt.jsonl", "conll", "html")
    )
    assert len(files) == len(FORMATS)
    record = json.loads(files["annotations.json"])
    assert [record["text"][m["start"] : m["end"]] for m in record["mentions"]] == [
        "Norway", "Chad", "Chad",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "images", "said"),
    [
        ("", 0, "the text is empty"),
        (" \r\n\0", 0, "the text is empty"),
        ("a" * 20_001, 0, "20,001 characters; at most 20,000 are linked at once"),
        ("Chad\n\nChad\n\nChad", 2, "2 pictures for 3 paragraphs"),
    ],
)
def test_what_is_refused(
    linker: EntityLinker, tmp_path: Path, text: str, images: int, said: str
) -> None:
    pictures = tuple(tmp_path / f"{i}.png" for i in range(images))
    with pytest.raises(InputError, match=said) as error:
        annotate(linker, ask(images=pictures), text)
    assert str(tmp_path) not in str(error.value)
    assert re.search("[\u4e00-\u9fff]", translated(str(error.value), "zh"))


def test_a_picture_that_is_none_is_named_as_it_was_given(
    linker: EntityLinker, tmp_path: Path
) -> None:
    broken = tmp_path / "p.png"
    broken.write_bytes(b"hello")
    with pytest.raises(InputError) as error:
        annotate(linker, ask(images=(broken,)), TEXT)
    assert "p.png" in str(error.value) and str(tmp_path) not in str(error.value)


def test_a_file_of_text(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_bytes(b"\xef\xbb\xbfChad won")
    assert file_text(file) == "Chad won"
    for data, said in (
        (b"\xff\x80a", "a.txt: not UTF-8"),
        (b"a\0b", "a.txt: not text"),
        (b"", "empty"),
    ):
        file.write_bytes(data)
        with pytest.raises(InputError, match=said):
            file_text(file)

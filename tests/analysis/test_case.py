"""Cases: the record's round trip, what is refused, and that a linker's case is what it ranks."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from support import cases, tiny

from analysis.__main__ import main
from analysis.case import case_json
from analysis.case.case_json import casebook, casebook_from, casebook_json, read_casebook
from analysis.case.maker import make_case, with_heatmaps, with_what_if
from analysis.case.records import LISTS, MOST_CASES
from mimic.errors import InputError
from mimic.explain import Explainer
from mimic.linking.linker import EntityLinker
from mimic.schema import Mention

SENTENCE = "we saw the curling team of Norway"


def test_a_record_comes_back_as_it_was(tmp_path: Path) -> None:
    book = cases.book(cases.case(), replace(cases.case(), gold=""), details=("gates", "what-ifs"))
    text = casebook_json(book)
    file = tmp_path / "case.json"
    file.write_text(text, "utf-8")
    assert read_casebook(file) == book
    assert casebook_json(read_casebook(file)) == text


def spoiled(change: Callable[[dict[str, Any]], Any]) -> dict[str, Any]:
    record = json.loads(casebook_json(cases.book()))
    change(record)
    return record


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda r: r.update(format="x"), "not a case file"),
        (lambda r: r.update(version=9), "version 9; 1 can be read"),
        (lambda r: r.update(cases=[]), "1 to 12 cases"),
        (lambda r: r.update(cases=r["cases"] * (MOST_CASES + 1)), "1 to 12 cases"),
        (lambda r: r["cases"][0].pop("gold"), "case 1: field 'gold' is missing"),
        (lambda r: r["cases"][0].update(script=1), "case 1: field 'script' is unknown"),
        (lambda r: r["cases"][0].update(caption=3), "caption is not text"),
        (lambda r: r["cases"][0].update(caption="x" * 501), "more than 500 characters"),
        (lambda r: r["cases"][0]["answer"].update(span=[0, 3]), "span 0 3 covers"),
        (lambda r: r["cases"][0]["answer"].update(span=[0]), "span is not of the right form"),
        (lambda r: r["cases"][0]["answer"].update(sentence=" "), "the sentence is empty"),
        (lambda r: r["cases"][0]["answer"]["lists"].update(total=["no"]), "known entities"),
        (lambda r: r["cases"][0]["answer"]["lists"].pop("cmfu"), "known entities"),
        (
            lambda r: r["cases"][0]["answer"]["standings"][0]["scores"].update(total="1"),
            "scores.total is not a number",
        ),
        (
            lambda r: r["cases"][0]["answer"]["standings"][0].update(probability=float("nan")),
            "probability is not a number",
        ),
        (lambda r: r["cases"][0]["heat"][0].update(values=[1.0]), "a number for each box"),
        (lambda r: r.update(pictures={}), "is not in the file"),
        (lambda r: r["pictures"].update({"../x": {"data": "aGk=", "source": ""}}), "SHA-256"),
        (lambda r: next(iter(r["pictures"].values())).update(data="%"), "not base64"),
        (lambda r: r["figure"].update(details=["scripts"]), "details must be"),
        (lambda r: r["figure"].update(language="xx"), "language must be"),
    ],
)
def test_a_broken_record_says_what_is_wrong(change: Any, message: str) -> None:
    with pytest.raises(InputError, match=message):
        casebook_from(spoiled(change))


@pytest.mark.parametrize("record", [None, [], "x", {"format": "mimic-case", "version": 1}])
def test_other_json_is_no_case(record: Any) -> None:
    with pytest.raises(InputError):
        casebook_from(record)


DEEP: list[Any] = []
for _ in range(900):
    DEEP = [DEEP]
#: What a mutation puts in the place of anything in a record.
MUTANTS: list[Any] = [
    *(None, True, -1, 0, 10**18, 10**400, -(10**400), 1e308, float("nan"), float("inf")),
    *("", "x", "x" * 20_000, [], {}, [[]], ["x"], {"x": 1}, [1, 2, 3], DEEP),
]


def places(value: Any, place: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Where something stands in a record."""
    yield place
    keys = value if isinstance(value, dict) else range(len(value) if isinstance(value, list) else 0)
    for key in keys:
        yield from places(value[key], (*place, key))


def test_a_record_with_anything_in_any_place_is_read_or_told() -> None:
    """What is read can be written again, and holds what its drawing needs."""
    text = casebook_json(cases.book(details=("units", "gates", "heatmaps", "what-ifs")))
    for number, place in enumerate(places(json.loads(text))):
        record = holder = {"": json.loads(text)}
        for key in ("", *place)[:-1]:
            holder = holder[key]
        holder[("", *place)[-1]] = MUTANTS[number % len(MUTANTS)]
        try:
            book = casebook_from(record[""])
        except InputError:
            continue
        assert casebook_from(json.loads(casebook_json(book))) == book
        for case in book.cases:
            assert {heat.side for heat in case.heat} <= {"mention", "entity"}
            for answer in (case.answer, *(what_if.answer for what_if in case.what_ifs)):
                assert all(answer.lists[name] for name in LISTS)
                assert all(0 <= standing.probability <= 1 for standing in answer.standings)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda a: a["standings"][0]["scores"].update(total=10**400), "scores.total is out of ra"),
        (
            lambda a: a["standings"][0]["ranks"].update(tglu=-(10**400)),
            "ranks.tglu is out of range",
        ),
        (lambda a: a["standings"][0]["ranks"].update(tglu=0), "a rank must be from 1"),
        (
            lambda a: a["standings"][0].update(probability=1.5),
            "the probability must be from 0 to 1",
        ),
        (
            lambda a: a["standings"][0]["gates"].update(cmfu_entity=-9),
            "a gate must be from -1 to 1",
        ),
        (lambda a: a["lists"].update(vdlu=[]), "of 1 to 3 known entities"),
        (lambda a: a["lists"].update(vdlu=["kb:norway-1"] * 2), "of 1 to 3 known entities"),
        (lambda a: a.update(span=[0, 10**400]), r"span\[1\] is out of range"),
        (lambda a: a.update(sentence=DEEP), "sentence is not text"),
    ],
)
def test_a_number_or_list_that_no_answer_has(change: Any, message: str) -> None:
    with pytest.raises(InputError, match=message):
        casebook_from(spoiled(lambda r: change(r["cases"][0]["answer"])))


def test_a_heatmap_that_cannot_be_drawn() -> None:
    for change in ({"side": "x"}, {"boxes": [[0, 0, 2, 1]] * 2}, {"boxes": [[1, 0, 0, 1]] * 2}):
        record = spoiled(lambda r: None)
        record["cases"][0]["heat"][0].update(change)
        with pytest.raises(InputError, match="heatmap|side of such a box"):
            casebook_from(record)


@pytest.mark.parametrize("version", [DEEP, {"x": DEEP}, 10**400, None])
def test_a_version_that_is_none(version: Any) -> None:
    with pytest.raises(InputError, match="; 1 can be read"):
        casebook_from(spoiled(lambda r: r.update(version=version)))


@pytest.mark.parametrize(
    ("change", "field"),
    [
        (lambda c: c.update(caption="a\ud800"), "case 1.caption"),
        (lambda c: c["answer"].update(sentence="\udfff Norway"), "case 1.answer.sentence"),
        (lambda c: c["answer"]["standings"][1].update(name="\ud800"), r"standings\[1\].name"),
        (lambda c: c["what_ifs"][0].update(label="\ud800"), r"what_ifs\[0\].label"),
        (lambda c: c["origin"]["versions"].update({"\ud800": "1"}), "versions: a field's name"),
        (lambda c: c["heat"][0].update(method="\ud800"), r"heat\[0\].method"),
    ],
)
def test_half_a_character_is_refused_and_its_field_named(
    change: Any, field: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    record = spoiled(lambda r: change(r["cases"][0]))
    with pytest.raises(InputError, match=field + " holds half of a character"):
        casebook_from(record)
    file = tmp_path / "case.json"
    file.write_text(json.dumps(record), "utf-8")
    assert main(["case", str(file), "--out", str(tmp_path / "out")]) == 2
    assert "surrogate" in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


def test_half_a_character_beside_a_picture_is_refused() -> None:
    record = spoiled(lambda r: next(iter(r["pictures"].values())).update(source="\ud800"))
    with pytest.raises(InputError, match="'source' holds half of a character"):
        casebook_from(record)


def with_picture(data: bytes, named: bool) -> dict[str, Any]:
    """A record with one more picture, which its case names or does not."""
    key = hashlib.sha256(data).hexdigest()

    def change(record: dict[str, Any]) -> None:
        text = base64.b64encode(data).decode()
        record["pictures"][key] = {"data": text, "source": ""}
        if named:
            record["cases"][0]["answer"]["picture"] = key

    return spoiled(change)


def test_a_picture_that_is_none_is_refused_where_a_case_names_it() -> None:
    with pytest.raises(InputError, match="not a picture"):
        casebook_from(with_picture(b"hi", named=True))
    assert casebook_from(with_picture(b"hi", named=False)) == cases.book()


def test_each_picture_that_a_case_names_is_decoded_once_and_no_other(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    decoded: list[bytes] = []
    read = case_json.picture_from

    def counted(data: bytes, name: str) -> Image.Image:
        decoded.append(data)
        return read(data, name)

    monkeypatch.setattr(case_json, "picture_from", counted)
    record = with_picture(cases.colour(1, 2, 3).data, named=False)
    record["cases"] *= 3
    assert len(casebook_from(record).cases) == 3
    assert decoded == [cases.colour(200, 30, 40).data]


def test_pictures_that_are_too_large_together_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(case_json, "MOST_PIXELS", 2 * 40 * 30 - 1)
    casebook_from(spoiled(lambda _: None))
    with pytest.raises(InputError, match="megapixels together: make them smaller"):
        casebook_from(with_picture(cases.colour(1, 2, 3).data, named=True))


@pytest.mark.parametrize("end", ["\n", "\r\n", " ", "\t"])
def test_base64_in_lines_is_read(end: str) -> None:
    def broken(record: dict[str, Any]) -> None:
        for picture in record["pictures"].values():
            text = picture["data"]
            picture["data"] = end.join(text[i : i + 76] for i in range(0, len(text), 76)) + end

    assert casebook_from(spoiled(broken)) == cases.book()


def test_a_case_is_what_the_linker_ranks(linker: EntityLinker, tmp_path: Path) -> None:
    tiny.picture("Norway", "curling").save(tmp_path / "a.png")
    mention = Mention("Norway", SENTENCE, tmp_path / "a.png")
    gold = linker.link(mention, 5).candidates[4].entity.id
    case = make_case(linker, mention, gold, "five")
    for name in LISTS:
        found = linker.link(mention, 3, name).candidates
        assert case.answer.lists[name] == tuple(c.entity.id for c in found)
        for candidate in found:
            standing = case.answer.standing(candidate.entity.id)
            assert standing is not None
            assert standing.ranks[name] == candidate.rank
            assert standing.scores["total"] == pytest.approx(candidate.score, abs=1e-4)
            assert standing.scores["vdlu"] == pytest.approx(candidate.units.vdlu, abs=1e-4)
            assert standing.ranks["cmfu"] == candidate.unit_ranks.cmfu
            assert standing.probability == pytest.approx(candidate.probability, abs=1e-4)
            assert standing.gates.cmfu_entity == pytest.approx(candidate.gates.cmfu_entity)
    right = case.answer.standing(gold)
    assert right is not None
    assert right.ranks["total"] == 5
    assert case.origin.fingerprint == linker.index.model
    assert case.pictures[case.answer.picture].data == (tmp_path / "a.png").read_bytes()
    assert casebook_from(json.loads(casebook_json(casebook([case])))).cases == (case,)


def test_what_ifs_and_heatmaps_are_kept(linker: EntityLinker, tmp_path: Path) -> None:
    tiny.picture("Norway", "curling").save(tmp_path / "a.png")
    mention = Mention("Norway", SENTENCE, tmp_path / "a.png")
    case = make_case(linker, mention)
    case = with_what_if(case, linker, "no picture", Mention("Norway", SENTENCE))
    case = with_heatmaps(case, Explainer(linker), mention)
    assert case.what_ifs[0].answer.picture == ""
    sides = {heat.side: heat for heat in case.heat}
    assert sides["mention"].picture == case.answer.picture
    assert max(abs(v) for heat in case.heat for v in heat.values) == pytest.approx(
        sides["mention"].limit
    )
    assert all(0 <= edge <= 1 for heat in case.heat for box in heat.boxes for edge in box)
    assert casebook_from(json.loads(casebook_json(casebook([case])))).cases == (case,)


def test_an_unknown_gold_is_an_error(linker: EntityLinker) -> None:
    with pytest.raises(InputError, match="no entity 'Q0'"):
        make_case(linker, Mention("Norway", SENTENCE), "Q0")

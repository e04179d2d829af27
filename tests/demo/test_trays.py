"""The trays that a server keeps: for whom, for how long, how much; and what becomes of one."""

from __future__ import annotations

from dataclasses import replace

import pytest
from support import cases as made

from analysis.case.records import Case
from demo.handlers import cases
from demo.handlers import tray as trays
from demo.trays import RECORD, Tray, Trays, bytes_of, new_key
from mimic.errors import InputError


class Clock:
    """A time that tests set."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


def of(*kept: Case) -> Tray:
    return Tray(kept)


def heavy(size: int, sentence: str = made.SENTENCE) -> Case:
    """A case with pictures of so many bytes."""
    case = made.case(sentence)
    (key, picture), *_ = case.pictures.items()
    return replace(case, pictures={f"{key}{size}": replace(picture, data=bytes(size))}, what_ifs=())


def test_a_tray_is_its_key_s_and_its_account_s_alone() -> None:
    store, key = Trays(), new_key()
    store.change(key, lambda tray: of(made.case()), "ann")
    assert store.get(key, "ann") == of(made.case())
    assert store.get(key) is None and store.get(key, "bob") is None
    with pytest.raises(InputError, match="lost its tray"):
        store.change(key, lambda tray: Tray(), "bob")
    assert store.get(new_key(), "ann") is None
    assert len({new_key() for _ in range(1000)}) == 1000


@pytest.mark.parametrize("key", ["", "x", "x" * 33, "../../etc/passwd", "é" * 32])
def test_a_key_that_the_server_did_not_make_keeps_nothing(key: str) -> None:
    with pytest.raises(InputError, match="lost its tray"):
        Trays().change(key, lambda tray: tray)
    assert trays.key_of({"key": key}) == ""


@pytest.mark.parametrize("memory", [None, [], "x", {"key": 3}, {"key": []}, {"cases": [3]}, 7])
def test_whatever_a_browser_sends_is_no_key(memory: object) -> None:
    assert trays.key_of(memory) == ""
    assert trays.lost(memory, None) == []


def test_a_tray_is_forgotten_a_day_after_its_last_use() -> None:
    clock = Clock()
    store, key = Trays(clock), new_key()
    store.change(key, lambda tray: of(made.case()))
    clock.now = 86_400
    assert store.get(key) is not None
    clock.now += 86_401
    assert store.get(key) is None


def test_a_tray_that_is_too_large_stays_as_it_was() -> None:
    store, key = Trays(), new_key()
    store.change(key, lambda tray: of(heavy(40_000_000)))
    with pytest.raises(InputError, match="more than 48 MB"):
        store.change(key, lambda tray: of(*tray.cases, heavy(8_000_000, "Norway wins.")))
    found = store.get(key)
    assert found is not None and len(found.cases) == 1
    assert bytes_of(found) == 40_000_000 + RECORD


def test_whoever_holds_most_gives_way_first() -> None:
    """Six trays of 48 MB are too much together: the older one of the visitor with two of them."""
    clock, store = Clock(), Trays()
    store._clock = clock
    keys = [new_key() for _ in range(6)]
    for number, (key, holder) in enumerate(zip(keys, "abccde", strict=True)):
        clock.now = number
        store.change(key, lambda tray: of(heavy(47_900_000)), holder=holder)
    assert [store.get(key) is None for key in keys] == [n == 2 for n in range(6)]


def test_a_removed_case_comes_back_to_its_place() -> None:
    one, two, three = (made.case(f"{n} Norway") for n in range(3))
    tray = trays.acted(of(one, two, three), "remove", cases.identity(two))
    assert tray.cases == (one, three)
    assert trays.acted(tray, "undo", "").cases == (one, two, three)
    moved = trays.acted(tray, "down", cases.identity(one))
    assert trays.acted(moved, "undo", "").cases == (three, two, one)
    again = replace(tray, cases=(*tray.cases, two))
    assert trays.acted(again, "undo", "").cases == (one, three, two)
    assert trays.acted(tray, "remove", cases.identity(two)) == tray  # another tab was faster


def test_heatmaps_follow_where_the_page_has_the_model_and_change_nothing_else() -> None:
    plain = replace(made.case(), heat=(), heat_words=())
    source = {(plain.origin.fingerprint, plain.origin.kb_fingerprint): ("m", "k")}
    tray = Tray((plain,), sources=source)
    assert trays.waiting(of(plain)) == []  # a case from elsewhere
    assert trays.waiting(tray) == [plain] and trays.source_of(tray, plain) == ("m", "k")
    renamed = replace(tray, cases=(replace(plain, caption="new"),))
    (case,) = trays.with_heat(renamed, made.case()).cases
    assert case.caption == "new" and case.heat == made.case().heat
    assert trays.waiting(trays.without_heat(tray, plain)) == []
    assert trays.with_heat(Tray(), made.case()) == Tray()  # removed meanwhile


def test_a_browser_learns_what_is_gone() -> None:
    tray = of(made.case(), replace(made.case("x" * 100 + " Norway"), caption=""))
    memory = trays.remembered(None, tray)
    assert memory["cases"] == ["The crowd decides", "x" * 80]
    assert trays.key_of(memory) == memory["key"]
    assert trays.lost(memory, None) == memory["cases"] and trays.lost(memory, tray) == []

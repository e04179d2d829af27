"""Results of one and two models, worked out by hand on the tiny data."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from support.commands import one_line

from analysis.__main__ import main
from analysis.browse.export import exported
from analysis.browse.filters import Filter, choices, filtered, page_of
from analysis.browse.page import results_html
from analysis.browse.records import Results, read_results
from mimic.data.layout import data_fingerprint
from mimic.errors import InputError

FOOTBALL, CURLING, STATE = (f"atlas:norway-{kind}" for kind in ("football", "curling", "state"))
KINDS = [
    f"atlas:{c}-{k}" for c in ("norway", "chad", "mali") for k in ("football", "curling", "state")
]


def row(number: int, predicted: list[str], rank: int | None, **more: Any) -> dict[str, Any]:
    scores = [float(-place) for place in range(len(predicted))]
    return {
        "id": f"test-0-{number}", "mention": "Norway", "answer": KINDS[number], "rank": rank,
        "predicted": predicted, "scores": scores, "label": "text" if number % 2 else "both", **more,
    }  # fmt: skip


def first_rows() -> list[dict[str, Any]]:
    """Right but for the first two: the units disagree in one, the other was no candidate."""
    rows = [
        row(n, [KINDS[n], CURLING], 1, rank_tglu=1, rank_vdlu=2, truncated=False) for n in range(9)
    ]
    rows[0] |= {"predicted": [STATE, FOOTBALL], "rank": 2}
    rows[1] |= {"predicted": ["atlas:chad-state"], "rank": None, "rank_tglu": 3, "scores": [0.5]}
    return rows


def write(file: Path, rows: list[dict[str, Any]]) -> Path:
    file.write_text("".join(json.dumps(one) + "\n" for one in rows), "utf-8")
    return file


@pytest.fixture
def one(data: Path, tmp_path: Path) -> Results:
    return read_results([write(tmp_path / "one.jsonl", first_rows())], data)


@pytest.fixture
def two(data: Path, tmp_path: Path) -> Results:
    """The second model mends the first mention, breaks the third and is nearer in none."""
    rows = first_rows()
    rows[0] |= {"predicted": [FOOTBALL], "rank": 1, "scores": [1.0]}
    rows[2] |= {"predicted": [FOOTBALL, STATE], "rank": 2}
    files = [write(tmp_path / "one.jsonl", first_rows()), write(tmp_path / "two.jsonl", rows)]
    return read_results(files, data)


def ids(results: Results, **wanted: str) -> list[str]:
    return [seen.mention.id for seen in filtered(results, Filter(**wanted))]


def test_what_is_seen_of_a_mention(one: Results, data: Path) -> None:
    assert (one.split, one.models, len(one.mentions)) == ("test", ("one",), 9)
    seen = one.mentions[0]
    assert (seen.gold, seen.gold_name, seen.groups) == (FOOTBALL, "Norway", {"label": "both"})
    assert seen.mention.image == data / "mention_image" / "test-0-0.png"
    (answer,) = seen.answers
    assert answer.first == ((STATE, "Norway", 0.0), (FOOTBALL, "Norway", -1.0))
    assert (answer.rank, answer.cause, answer.right_units) == (2, "unit conflict", ("tglu",))
    assert one.mentions[1].answers[0].cause == "other"  # Chad, and no unit is right
    assert one.mentions[2].answers[0].cause == ""


def test_filters_by_hand(one: Results) -> None:
    assert ids(one, cause="wrong") == ["test-0-0", "test-0-1"]
    assert ids(one, cause="unit conflict") == ["test-0-0"]
    assert ids(one, unit="tglu", cause="wrong") == ["test-0-0"]
    assert ids(one, group="label=text") == ["test-0-1", "test-0-3", "test-0-5", "test-0-7"]
    assert ids(one, text="STONE", cause="wrong") == ["test-0-1"]
    counts = choices(one)
    assert counts["cause"] == {"right": 7, "wrong": 2, "unit conflict": 1, "other": 1}
    assert counts["group"] == {"label=both": 5, "label=text": 4}
    assert counts["unit"] == {"tglu": 8} and counts["change"] == {}


def test_two_models_side_by_side(two: Results) -> None:
    assert two.models == ("one", "two")
    assert [seen.change for seen in two.mentions[:4]] == ["fixed", "same", "broken", "same"]
    assert ids(two, change="better") == ids(two, change="fixed") == ["test-0-0"]
    assert ids(two, change="worse") == ["test-0-2"]
    assert choices(two)["change"] == {
        "better": 1, "worse": 1, "same": 7, "fixed": 1, "broken": 1
    }  # fmt: skip
    assert ids(two, cause="right", change="fixed") == ["test-0-0"]  # of any of the two


def test_pages(one: Results) -> None:
    pages = [[s.mention.id[-1] for s in page_of(one.mentions, n, 4)] for n in (0, 1, 2, 3, 9)]
    assert pages == [list("0123"), list("0123"), list("4567"), ["8"], ["8"]]
    assert page_of([], 3) == []


def test_what_is_exported(two: Results) -> None:
    some = filtered(two, Filter(cause="wrong"))
    lines = [json.loads(line) for line in exported(two, some, "jsonl").splitlines()]
    assert [line["id"] for line in lines] == ["test-0-0", "test-0-1", "test-0-2"]
    assert lines[0]["answers"][1] == {
        "model": "two", "rank": 1, "cause": "", "unit_ranks": {"tglu": 1, "vdlu": 2},
        "first": [{"id": FOOTBALL, "name": "Norway", "score": 1.0}],
    }  # fmt: skip
    table = io.StringIO(exported(two, some, "csv").decode("utf-8-sig"), newline="")
    rows = list(csv.DictReader(table))
    assert rows[0]["one cause"] == "unit conflict" and rows[0]["two rank"] == "1"
    assert rows[0]["one first"] == f"{STATE};{FOOTBALL}" and rows[2]["change"] == "broken"
    assert exported(two, [], "jsonl") == b""


def test_one_file_without_a_network(two: Results, own_data: Path, tmp_path: Path) -> None:
    (own_data / "mention_image" / "test-0-3.png").write_text("no picture")
    rows = first_rows()
    rows[4]["mention"] = "</script><b>"
    results = read_results([write(tmp_path / "o.jsonl", rows)], own_data)
    page = results_html(results, Filter(cause="wrong"))
    assert page.count("</script>") == 2 and "http" not in page.replace("http-equiv", "")
    assert 'value="wrong" selected' in page
    text = page.split('id="data">')[1].split("</script>")[0]
    data = json.loads(text)
    assert len(data["mentions"]) == 9 and len(data["pictures"]) == 8
    assert data["mentions"][3]["picture"] is None and data["mentions"][8]["picture"] == 7


def other_data(rows: list[dict[str, Any]]) -> None:
    rows[0]["answer"] = STATE


def stamped(rows: list[dict[str, Any]]) -> None:
    rows[5]["data"] = "0123456789abcdef"


def lacks_one(rows: list[dict[str, Any]]) -> None:
    del rows[4]


def others(rows: list[dict[str, Any]]) -> None:
    for one in rows:
        one["id"] += "x"


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (other_data, "they are of another data set"),
        (stamped, r"another data set \(fingerprint 0123456789abcdef"),
        (lacks_one, "has no mention 'test-0-4' of test"),
        (others, "no split of .* has its mentions"),
    ],
)
def test_predictions_of_other_data(
    change: Callable[[Any], None], said: str, data: Path, tmp_path: Path
) -> None:
    rows = first_rows()
    change(rows)
    with pytest.raises(InputError, match=said):
        read_results([write(tmp_path / "p.jsonl", rows)], data)


def test_two_protocols_are_refused(data: Path, tmp_path: Path) -> None:
    files: list[Path] = []
    for name in ("whole knowledge base, 9 entities", "given candidates"):
        rows = [one | {"protocol": name, "data": data_fingerprint(data)} for one in first_rows()]
        files.append(write(tmp_path / f"{len(files)}.jsonl", rows))
    with pytest.raises(InputError, match="numbers of two protocols do not compare"):
        read_results(files, data)
    with pytest.raises(InputError, match="3 files of predictions"):
        read_results([*files, files[0]], data)


@pytest.mark.parametrize(
    ("wanted", "said"),
    [
        ({"cause": "bad"}, "--cause bad: must be one of right, wrong, no answer, truncated"),
        ({"group": "label=x"}, "--group label=x: must be one of label=both, label=text"),
        ({"change": "fixed"}, "--change fixed compares two models"),
        ({"unit": "all"}, "--unit all: must be one of tglu, vdlu, cmfu"),
    ],
)
def test_filters_that_nothing_passes(one: Results, wanted: dict[str, str], said: str) -> None:
    with pytest.raises(InputError, match=said):
        filtered(one, Filter(**wanted))


def test_units_that_the_rows_do_not_say(data: Path, tmp_path: Path) -> None:
    rows = [row(n, [KINDS[n]], 1) for n in range(9)]
    results = read_results([write(tmp_path / "p.jsonl", rows)], data)
    with pytest.raises(InputError, match="the predictions do not say how each unit ranks"):
        filtered(results, Filter(unit="tglu"))


def test_the_command(data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = str(write(tmp_path / "one.jsonl", first_rows()))

    def call(*words: str) -> tuple[int, str, str]:
        code = main(["browse", "--predictions", file, "--data", str(data), *words])
        said = capsys.readouterr()
        return code, said.out, said.err

    code, out, told = call("--cause", "wrong")
    assert code == 0 and "2 of 9 mentions, 1 pages" in told
    assert out.splitlines()[0] == (
        "test-0-0  Norway  right: Norway  |  one: 2 Norway (unit conflict)"
    )
    printed = json.loads(call("--cause", "wrong", "--json")[1])
    assert printed["of"] == 2 and printed["mentions"][1]["id"] == "test-0-1"
    for ending in ("html", "csv", "jsonl"):
        assert call("--out", str(tmp_path / f"o.{ending}"))[0] == 0
        assert (tmp_path / f"o.{ending}").stat().st_size > 100
    assert "must end in .html, .csv, .jsonl" in one_line(call("--out", "x.pdf"))

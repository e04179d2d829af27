"""The explanation panel without the page: cancelling, the record, and what the HTML says."""

from __future__ import annotations

import dataclasses
import json
import re
from html import unescape
from pathlib import Path

import pytest

from analysis.drawing.explanation import attention_table
from analysis.drawing.words_html import colour_limit
from analysis.faithfulness.stored_faithfulness import Measured
from demo.handlers.explain import CancelledError, Explaining, Runs
from demo.html import explain as render_explain
from demo.html import maps as explain_maps
from demo.linkers import Linkers
from demo.texts import LANGUAGES, words
from mimic.errors import InputError
from mimic.explain import METHOD_NAMES, SIDES, TARGETS
from mimic.linking.linker import EntityLinker
from mimic.schema import Attribution, Explanation, Mention, SideView

WORDS = words("en")
GOLD, OTHER = "atlas:norway-football", "atlas:norway-curling"
SENTENCE = "a goal of <Norway> in the game"
GOOD = Measured(True, 300, 40, 35, 45, 90, 26, 86, 22)


@pytest.fixture(scope="module")
def explaining(linker: EntityLinker) -> Explaining:
    return Explaining(Linkers(["tiny", "twin"], ["kb"], lambda model, kb: linker))


@pytest.fixture(scope="module")
def picture(data: Path) -> Path:
    return data / "mention_image" / "test-0-0.png"


@pytest.fixture(scope="module")
def explained(explaining: Explaining, picture: Path) -> Explanation:
    mention = Mention("Norway", SENTENCE, picture)
    return explaining.explain(mention, GOLD, OTHER, "total", "shapley")


def attributed(view: SideView, **changes: object) -> SideView:
    assert isinstance(view.attribution, Attribution)
    changed = dataclasses.replace(view.attribution, **changes)  # type: ignore[arg-type]
    return dataclasses.replace(view, attribution=changed)


def test_a_newer_explanation_ends_the_older_one_of_the_same_visitor() -> None:
    runs = Runs()
    first, elsewhere = runs.start("me"), runs.start("you")
    first()
    second = runs.start("me")
    with pytest.raises(CancelledError):
        first()
    second()
    runs.stop("me")
    with pytest.raises(CancelledError):
        second()
    elsewhere()


def test_a_cancelled_explanation_stops_and_the_next_one_works(
    explaining: Explaining, picture: Path
) -> None:
    mention = Mention("Norway", SENTENCE, picture)
    check = explaining.runs.start("me")

    def told(share: float) -> None:
        if share > 0.2:
            explaining.runs.stop("me")
        check()

    with pytest.raises(CancelledError):
        explaining.explain(mention, GOLD, None, "total", "shapley", told)
    assert explaining.explain(mention, GOLD).mention.attribution is None


def test_the_record_is_that_of_the_command_line(explaining: Explaining, picture: Path) -> None:
    record = explaining.record(str(picture), SENTENCE, "Norway", None, GOLD, OTHER, "vdlu")
    assert record["target"] == "vdlu" and record["against"]["id"] == OTHER
    assert record["mention"]["attribution"]["method"] == METHOD_NAMES[0]
    assert record["mention"]["image"] == picture.name
    best = explaining.record(None, SENTENCE, "Norway", method="none")
    assert best["entity"]["id"].startswith("atlas:") and best["mention"]["attribution"] is None


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"entity": "nobody"}, "no entity 'nobody'"),
        ({"method": "lime"}, "method is 'lime'; .* none"),
        ({"target": "sum"}, "target is 'sum'"),
        ({"kb": "none"}, "kb is 'none'"),
        ({"mention": "Sweden"}, "Sweden"),
        ({"image": "/tmp/private/no.png", "entity": GOLD}, "no such file: the picture"),
        ({"image": "/tmp/private/no.png"}, "no such file: the picture"),
    ],
)
def test_a_mistake_is_told_without_a_path(
    explaining: Explaining, fields: dict[str, str], message: str
) -> None:
    given = {"image": None, "sentence": SENTENCE, "mention": "Norway", **fields}
    with pytest.raises(InputError, match=message):
        explaining.record(**given)  # type: ignore[arg-type]


def test_attention_alone_promises_nothing(explaining: Explaining, picture: Path) -> None:
    found = explaining.explain(Mention("Norway", SENTENCE, picture), GOLD)
    html = render_explain.explanation(WORDS, found)
    assert 'class="trust"' not in html and WORDS["attention_note"] in unescape(html)
    assert "[CLS]" in html and "on padding" in html
    assert html.count("data:image/jpeg;base64,") == 2  # each picture once, shown six times
    assert html.count('class="map"') == 6


def test_what_cannot_be_attended_to_is_not_spoken_of(explaining: Explaining, picture: Path) -> None:
    plain = explaining.explain(Mention("Norway", SENTENCE, picture), GOLD)
    assert plain.unattended == ()
    found = dataclasses.replace(plain, unattended=("padding", "cls"))
    for language, padding in (("en", "padding"), ("zh", "填充")):
        texts = words(language)
        before, after = (render_explain.explanation(texts, e) for e in (plain, found))
        assert padding in before and padding not in after
        cls = [re.findall(r"<small>[^<]*\[CLS\][^<]*</small>", html) for html in (before, after)]
        assert [len(lines) for lines in cls] == [6, 4]  # the encoders' remain
        assert f"({texts['special']})" in after
    heads, cells = attention_table(found, "special", "padding")
    assert heads[-1] == "(special)" and {len(row) for row in cells} == {len(heads)}


def test_the_page_says_what_is_shown_and_how_far_to_trust_it(explained: Explanation) -> None:
    html = render_explain.explanation(WORDS, explained, measured=GOOD)
    assert "Why Norway and not Norway?" in html and "lead over Norway in the total score" in html
    assert "40 points more" in html and "90 %" in html and "interval 35 to 45" in html
    assert 'class="bad"' not in html and "<Norway>" not in html


@pytest.mark.parametrize(
    ("measured", "key"),
    [
        (None, "measured_never"),
        (dataclasses.replace(GOOD, this_model=False), "measured_other"),
        (dataclasses.replace(GOOD, words=80.0), "measured_fails"),
        (dataclasses.replace(GOOD, low=-1.0), "measured_fails"),
    ],
)
def test_what_is_not_known_to_be_true_is_said_in_red(
    explained: Explanation, measured: Measured | None, key: str
) -> None:
    html = render_explain.explanation(WORDS, explained, "mention", measured)
    red = re.findall(r'<li class="bad">(.*?)</li>', html)
    assert red == [WORDS[key].format(asked=85)]


def test_a_gap_is_said_in_red(explained: Explanation) -> None:
    broken = dataclasses.replace(
        explained, mention=attributed(explained.mention, complete=False, gap=0.31)
    )
    html = render_explain.explanation(WORDS, broken, "mention", GOOD)
    assert '<li class="bad">Your mention: the numbers do not add up' in html and "31.0 %" in html
    assert 'class="bad"' not in render_explain.explanation(WORDS, broken, "entity", GOOD)


def test_a_side_alone(explained: Explanation) -> None:
    captions = [
        re.findall(
            r"<figcaption>(.*?)</figcaption>", render_explain.explanation(WORDS, explained, s)
        )
        for s in ("both", *SIDES)
    ]
    both, mention, entity = (set(found) for found in captions)
    assert both == mention | entity and len(mention) == len(entity) == 1 and mention != entity


def test_words_and_patches_carry_colour_edge_and_number(explained: Explanation) -> None:
    view = attributed(explained.mention, words=(2.0, -1.0, 0.1) + (0.0,) * 30)
    some = view.words[:3]
    html = explain_maps.word_chips(some, (2.0, -1.0, 0.1), 2.0, share=False)
    assert re.findall(r'class="chip ([^"]+)" style="--s:(\d+)%', html) == [
        ("plus edge", "100"),
        ("minus edge dashed", "50"),
        ("plus faint", "5"),
    ]
    assert "+2.00" in html and "\u22121.00" in html
    drawn = explain_maps.patch_map(WORDS, view, (0.5, -1.0, 0.0, 0.05), 1.0, share=False)
    assert drawn.count("<rect") == 3 and drawn.count("<text") == 2
    assert "row 1, column 2: \u22121.00" in drawn and "aspect-ratio:24/24" in drawn
    blank = dataclasses.replace(view, image=None, size=(0, 0))
    assert WORDS["no_image_side"] in explain_maps.patch_map(WORDS, blank, (0.0,) * 4, 1, True)
    assert colour_limit([view], "words") >= 2


@pytest.mark.parametrize(
    ("size", "shape", "last"),
    [
        ((1, 10_000), "aspect-ratio:0.1/2.5;--wide:0.1", ("0.05", "1.25", "0.05", "1.25")),
        ((30_000, 3), "aspect-ratio:30000/3000;--wide:1", ("15000", "1500", "15000", "1500")),
        ((1, 1), "aspect-ratio:1/1;--wide:1", ("0.5", "0.5", "0.5", "0.5")),
    ],
)
def test_the_map_of_a_long_picture_fits_the_page(
    size: tuple[int, int],
    shape: str,
    last: tuple[str, ...],
    explained: Explanation,
    linker: EntityLinker,
) -> None:
    boxes = linker.processor.patch_boxes(size, (2, 2))
    view = dataclasses.replace(explained.mention, size=size, grid=(2, 2), boxes=boxes)
    drawn = explain_maps.patch_map(WORDS, view, (0.0, 0.0, 0.0, 1.0), 1.0, share=False)
    assert shape in drawn
    assert re.findall(r'<rect .*?x="(.+?)" y="(.+?)" width="(.+?)" height="(.+?)"', drawn) == [last]


def test_patches_of_one_block_are_drawn_as_one_with_their_sum(explained: Explanation) -> None:
    view = explained.mention
    drawn = explain_maps.patch_map(WORDS, view, (0.5, 0.5, -1.0, 0.0), 1.0, share=False)
    assert drawn.count("<rect") == 2 and "+1.00" in drawn and "aria-hidden" in drawn
    assert 'width="24"' in drawn  # both of the first row


def test_pairs_can_be_asked_of_every_word_and_patch(explaining: Explaining, picture: Path) -> None:
    found = explaining.explain(Mention("Norway", SENTENCE, picture), GOLD, OTHER, "total", "pairs")
    html = render_explain.explanation(WORDS, found)
    elements = len(found.mention.words) + len(found.candidate.words) + 2 * (4 + 4)
    assert html.count("data-element=") == elements and html.count('class="cell"') == 8
    assert WORDS["whole_picture"] in unescape(html) and "less what it makes with" in html
    cells = json.loads(unescape(re.findall(r'data-pairs="(.*?)"', html)[0]))
    assert found.pairs is not None and len(cells) == len(found.pairs.cells["total"])
    assert WORDS["pick_both"] in render_explain.explanation(WORDS, found, "mention")


def test_every_choice_has_a_text() -> None:
    for language in LANGUAGES:
        texts = words(language)
        names = (*METHOD_NAMES, *TARGETS, "last layer", "rollout", "tglu_words", "cmfu_patches")
        assert all(texts[name] for name in (*names, *(f"side_{side}" for side in SIDES)))

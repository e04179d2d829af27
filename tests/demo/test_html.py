"""Every renderer of HTML, walked: what comes in as text comes out as text, whatever it says."""

from __future__ import annotations

import inspect
import pkgutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from html.parser import HTMLParser
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
import pytest
from PIL import Image
from support import cases as made

import demo.html
from analysis.browse.filters import Filter
from analysis.browse.records import ModelAnswer, SeenMention
from analysis.compare import UnitTable, compare
from analysis.drawing import words_html
from analysis.faithfulness.stored_faithfulness import Measured
from analysis.report import html as report
from demo.examples import LABELS, Example
from demo.handlers.annotated import Annotated, Ask
from demo.handlers.link import Linked
from demo.handlers.recipes import curl_of, python_of
from demo.handlers.results import ShownPage
from demo.html.take import take_along
from demo.html.text import annotated_text, mention_ranking
from demo.own_kbs import OwnKb
from demo.texts import words
from demo.trays import Tray
from mimic.explain import TARGETS
from mimic.explain.pair_cells import REST
from mimic.linking.link_table import LinkedRow
from mimic.linking.restriction import Restriction
from mimic.schema import (
    Attention,
    Attribution,
    Band,
    Candidate,
    Doubt,
    Entity,
    Explanation,
    GateRange,
    Gates,
    LinkResult,
    Mention,
    PairMap,
    SideView,
    TextAttention,
    UnitScores,
    Word,
)
from mimic.texts.records import LinkedText, TextMention

PAYLOAD = """<img src=x onerror=alert(1)>"'&"""
HARMLESS = "X" * len(PAYLOAD)  # messages begin with a capital
#: Public functions of these rooms that give texts and numbers, which a template escapes.
TEXTS = {
    "band_of", "change", "colour_limit", "data_uri", "data_uri_of", "kind", "name_of", "number",
    "ordinal", "percent", "same_picture", "sentence", "signed", "summary", "trust", "why",
}  # fmt: skip


class HostileWords(dict[str, str]):
    """Texts of the page that end in a payload; one for every key."""

    def __init__(self, text: str) -> None:
        super().__init__({key: f"{said} {text}" for key, said in words().items()})
        self.text = text

    def __missing__(self, key: str) -> str:
        return self.text


class Structure(HTMLParser):
    """What a browser makes of mark-up: tags with their attributes, and texts without payload."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.events: list[tuple[str, ...]] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = [
            f"{name}={value}".replace(PAYLOAD, HARMLESS)
            for name, value in attrs
            if name != "data-case"  # a fingerprint of what is kept
        ]
        self.events.append((tag, *values))

    def handle_endtag(self, tag: str) -> None:
        self.events.append(("end", tag))

    def handle_data(self, data: str) -> None:
        self.events.append(("text", data.replace(PAYLOAD, HARMLESS)))


def modules() -> list[ModuleType]:
    found = [import_module(f"demo.html.{m.name}") for m in pkgutil.iter_modules(demo.html.__path__)]
    return [*found, words_html, report]


def renderers() -> Iterator[Callable[..., str]]:
    for module in modules():
        for name, function in inspect.getmembers(module, inspect.isfunction):
            if function.__module__ == module.__name__ and not name.startswith("_"):
                yield function


#: Writes what it is given in the alphabets of addresses, too: it has a test of its own.
CODED = {"take_along"}
RENDERERS = [function for function in renderers() if function.__name__ not in TEXTS | CODED]


def side_view(side: str, text: str, picture: Path | None) -> SideView:
    looks = tuple(
        Attention(name, source, over, (0.7, 0.002), 0.2, 0.098)
        for source, name in (("unit", "tglu"), ("encoder", "rollout"))
        for over in ("words", "patches")
    )
    return SideView(
        side=side,
        name=text,
        context=text,
        words=(Word(text, "name", 0, 0, (1,)), Word(text, "context", 0, 0, (2,))),
        truncated=True,
        image=picture,
        size=(40, 30),
        grid=(1, 2),
        boxes=((0.0, 0.0, 20.0, 30.0), (20.0, 0.0, 40.0, 30.0)),
        attention=tuple(a if a.source == "encoder" else replace(a, name="tglu") for a in looks),
        attribution=Attribution(
            text, text, text, 8, (1.0, -0.5), (0.25, -2.0), 3.0, 1.0, 0.3, side == "entity"
        ),
        text_share=dict.fromkeys(TARGETS, 0.25) | {"vdlu": None},
        peaks={"words": 1.0, "patches": 2.0},
    )


def hostile(text: str, folder: Path) -> dict[str, Any]:
    """A value for every parameter of a renderer, by its annotation or else by its name."""
    picture = folder / "a.png"
    Image.new("RGB", (40, 30), (186, 12, 47)).save(picture)
    facts = f"{text}. Kind: {text}. Place: {text}."
    entities = [Entity(f"{text}{i}", text, facts, picture if i else None) for i in range(3)]
    gates = Gates(0.62, -0.31, 0.87, -0.05)
    candidates = tuple(
        Candidate(
            i + 1, entity, 3.5 - i, 0.9995 / 10**i, UnitScores(9.0 - i, 2.0 * i, -4.0),
            UnitScores(i + 1, 3 - i, 2), gates,
        )
        for i, entity in enumerate(entities)
    )  # fmt: skip
    mention = Mention(text, text, picture, (0, len(text)), text)
    result = LinkResult(
        "missing", True, 1794, candidates, Doubt(True, "probability", 0.2, 0.4), text,
        Band("absent", 0.2, None, 9.0, 80.0, 12.0), (f"No entity: {text}",),
    )  # fmt: skip
    linked = Linked(mention, result, text, text, entities[1].id, text)
    alone = replace(
        result, band=None, doubt=None, candidates_are="names", types=(text, text), ranked=3
    )
    nobody = replace(alone, candidates=(), ranked=0)
    place, results = len(text) + 1, (result, alone, nobody)
    marked = tuple(
        TextMention(i * place, i * place + len(text), text, (0, 3 * place), 1.0, one, picture)
        for i, one in enumerate(results)
    )
    whole = LinkedText(f"{text}\n" * 3, marked, "names", (text,))
    asked = Ask((picture,), 3, Restriction("names", (), (text,)), text, text)
    annotated = Annotated(asked, whole, 1)
    first, second = (side_view(side, text, picture) for side in ("mention", "entity"))
    cells = tuple(tuple(row + column / 8 for column in range(8)) for row in range(8))
    case = made.case(text, text)
    answer = replace(
        case.answer, standings=tuple(replace(s, name=text) for s in case.answer.standings)
    )
    case = replace(case, answer=answer, gold="kb:norway-1", caption=text)
    case = replace(case, what_ifs=(replace(case.what_ifs[0], label=text),))
    tray = Tray((case, replace(case, pictures={})), (1, case))
    summary = {
        "rows": 3, "ids_made": 1, "image_problems": {text: 1},
        "skipped": [{"row": 1, "reason": text}],
        "images_left_out": [{"row": 2, "image": text, "reason": text}],
    }  # fmt: skip
    stats = {
        "entities": 3, "with_description": 2, "with_picture": 1, "names": {"entities_sharing": 2}
    }  # fmt: skip
    first_of = ((text, text, 1.5), (entities[1].id, text, None))
    said = ModelAnswer(2, first_of, {"tglu": 1}, "other")
    seen = SeenMention(mention, entities[1].id, text, {text: text}, (said, said))
    shown = ShownPage(Filter(), 1, 1, 1, 1, ((0, seen),))
    rows = (
        LinkedRow(1, text, text, text, result, note=text, image=text),
        LinkedRow(2, text, text, text, None, problem=text, image=text),
    )
    scores = np.array([[3.0, 2.0, 1.0], [1.0, 3.0, 2.0], [2.0, 1.0, 3.0]], np.float32)
    table = {"title": text, "columns": ["case", text], "rows": [[f"cases/{text}", 1.5], ["", 2]]}
    (folder / "units.svg").write_text("<svg/>", "utf-8")
    record = {
        "name": text, "title": text, "notes": [text], "figures": ["units"],
        "tables": {text: table | {"digits": {}}},
        "origin": {"command": text, "model": text, "versions": {text: text}},
    }  # fmt: skip

    class Linker:
        model_name = kb_name = device = text
        entities = 1794
        knows_photographs = True

    return {
        "Words": HostileWords(text),
        "Sequence[Word]": first.words,
        "Linker | None": Linker(),
        "Explanation": Explanation(
            text, entities[0], entities[1], 3.5, candidates[0].units, 1.0, candidates[1].units,
            gates, TextAttention(((0.7, 0.1), (0.2, 0.3)), (0.1, 0.2), (0.1, 0.3)), first, second,
            (), PairMap(REST, ("text", "picture"), dict.fromkeys((*TARGETS, text), cells)),
        ),
        "Measured | None": Measured(False, 300, 40, 35, 45, 20, 26, 86, 22),
        "SideView": first,
        "Sequence[SideView]": (first, second),
        "Comparison": compare(UnitTable(scores, 2.0), (0.5, 0.25, 0.25), 2),
        "Mapping[int, Entity]": dict(enumerate(entities)),
        "Candidate": candidates[0],
        "Entity": entities[0],
        "Sequence[Entity]": entities,
        "OwnKb": OwnKb(text, text, folder, text, summary, stats),
        "Sequence[LinkedRow]": rows,
        "ShownPage": shown,
        "models": [text, text],
        "Tray": tray,
        "removed": tray.removed,
        "Sequence[tuple[Candidate, Candidate]]": [*zip(candidates, candidates[::-1], strict=True)],
        "Gates": gates,
        "GateRange | None": GateRange(gates, gates),
        "low": -0.5,
        "high": 0.2,
        "take": text,
        "Mention": mention,
        "LinkResult": result,
        "Linked": linked,
        "Annotated | None": annotated,
        "row": 1,
        "Linked | None": linked,
        "Sequence[Linked]": (linked,),
        "Sequence[Case]": (case, replace(case, gold="kb:norway-2", pictures={})),
        "Sequence[Example]": [Example(picture, text, text, (0, len(text)), LABELS[0], text, text)],
        "Sequence[Mapping[str, Any]]": [record],
        "Path | None": None,
        "side: int": 64,
        "side": "both",
        "part": "context",
        "unit": "tglu",
        "scale": "softmax",
        "sentence": text,
        "span": (0, len(text)),
        "parts": [],
        "hints": [text],
        "failed": {text: text},
        "folder": folder,
        "box": (10.0, 20.0, 50.0, 60.0),
        "values": (1.0, -0.5),
        "limit": 1.0,
        "share: bool": False,
        "pick: bool": True,
        "correct: bool": True,
        "names: Sequence[str]": [text, text],
        "first: int": 3,
        "share": 0.25,
        "value": -0.5,
        "agreement": 0.5,
        "chosen": 1,
        "place": 1,
        "entities": 1794,
        "thumbs": {1: text},
        "gone": [text],
        "nobody": text,
        **dict.fromkeys(("wide", "narrow"), picture.read_bytes()),
        **dict.fromkeys(("alt", "missing", "failure", "notice", "note", "title", "command"), text),
        "uri": text,
        "gold": entities[1].id,
    }  # fmt: skip


def rendered(renderer: Callable[..., str], given: dict[str, Any]) -> str:
    arguments = {}
    for name, parameter in inspect.signature(renderer).parameters.items():
        keys = (f"{name}: {parameter.annotation}", str(parameter.annotation), name)
        arguments[name] = given[next(key for key in keys if key in given)]
    return renderer(**arguments)


@pytest.mark.parametrize("renderer", RENDERERS, ids=lambda f: f"{f.__module__}.{f.__name__}")
def test_every_text_comes_out_as_the_same_text(
    renderer: Callable[..., str], tmp_path: Path
) -> None:
    harmless = Structure(rendered(renderer, hostile(HARMLESS, tmp_path)))
    html = rendered(renderer, hostile(PAYLOAD, tmp_path))
    assert type(html).__name__ == inspect.signature(renderer).return_annotation  # Gradio: `str`
    assert "<img src=x" not in html and "built-in method" not in html  # `words.copy` is none
    assert Structure(html).events == harmless.events


@pytest.mark.parametrize("place", [0, 1, 2])
def test_a_text_comes_out_as_the_same_text_whichever_mention_is_chosen(
    place: int, tmp_path: Path
) -> None:
    texts = HostileWords("")
    for text in (PAYLOAD, "a\U0001f600  b\n\n\nc&amp;d"):
        annotated = hostile(text, tmp_path)["Annotated | None"].choose(place)
        found = Structure(annotated_text(texts, annotated)).events
        start = next(i for i, e in enumerate(found) if e[0] == "div" and "class=running" in e)
        end = next(i for i, e in enumerate(found) if i > start and e == ("end", "div"))
        said = "".join(e[1] for e in found[start:end] if e[0] == "text")
        assert said == annotated.linked.text.replace(PAYLOAD, HARMLESS)  # nothing is added to it
        events = Structure(mention_ranking(texts, annotated)).events
        assert ("mark",) in events and [e for e in events if e[0] == "img"] == [
            e for e in events if e[0] == "img" and any("data:image" in a for a in e)
        ]


def test_what_is_taken_along_stays_in_its_attributes(tmp_path: Path) -> None:
    linked = hostile(PAYLOAD, tmp_path)["Linked"]
    found = Structure(take_along(words(), linked)).events
    tags = [event for event in found if event[0] not in ("end", "text")]
    assert {tag for tag, *_ in tags} == {"p", "span", "button", "a"}
    for _, *attributes in tags:
        names = {attribute.split("=")[0] for attribute in attributes}
        assert names <= {
            "class", "role", "aria-label", "data-address", "data-done", "type", "data-copy",
            "download", "href",
        }  # fmt: skip
    copies = [a for _, *attributes in tags for a in attributes if a.startswith("data-copy=")]
    expected = [python_of(linked), curl_of(linked)]
    assert copies[1:] == [f"data-copy={text}".replace(PAYLOAD, HARMLESS) for text in expected]

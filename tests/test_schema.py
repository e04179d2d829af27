"""The records are what their schemas in docs/schema promise, and hold nothing that is not there."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from referencing import Registry, Resource
from support import ROOT, Run, cases, tiny
from support.fake_page import Server, fake_page
from support.tiny import edit

import mimic
from analysis.case.case_json import casebook_json
from analysis.case.maker import make_case, origin, with_heatmaps, with_what_if
from analysis.case.records import Casebook
from demo.handlers.entities import entities_record, standing_record
from demo.handlers.link import compare_record
from demo.texts import words
from mimic.explain import Explainer
from mimic.linking.linker import EntityLinker
from mimic.schema import Mention, explanation_record

FOLDER = ROOT / "docs" / "schema"
SCHEMAS = {file.name: json.loads(file.read_text("utf-8")) for file in FOLDER.glob("*.json")}
#: Objects that others add fields to: they are closed where they are used.
PARTS = ("answer", "candidate")


def closed(schema: Any, part: bool = False) -> Any:
    """The schema without the liberty to add fields, which it leaves to later versions."""
    if isinstance(schema, list):
        return [closed(one) for one in schema]
    if not isinstance(schema, dict):
        return schema
    inner = {}
    for key, value in schema.items():
        if key in ("properties", "$defs"):
            names = PARTS if key == "$defs" else ()
            inner[key] = {name: closed(one, name in names) for name, one in value.items()}
        elif key in ("allOf", "anyOf") and "properties" in schema:
            inner[key] = value  # parts of this object
        else:
            inner[key] = closed(value)
    if not part and {"properties", "allOf", "$ref"} & set(schema):
        inner["unevaluatedProperties"] = schema.get("additionalProperties", False)
    return inner


STRICT: Registry[Any] = Registry().with_resources(
    (name, Resource.from_contents(closed(schema))) for name, schema in SCHEMAS.items()
)


def check(name: str, record: Any) -> None:
    """Fails where a record has not the form of its schema, or has what the schema does not name.

    The record goes through JSON, as whoever asks gets it.
    """
    record = json.loads(json.dumps(record))
    found = Draft202012Validator({"$ref": name}, registry=STRICT).iter_errors(record)
    assert [f"{error.json_path}: {error.message:.300}" for error in found] == []


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with fake_page(temp=tmp_path_factory.mktemp("page")) as server:
        yield server


@pytest.fixture
def sure_model(own_model: Path) -> Path:
    """The tiny model with all that training measures: a threshold of doubt, bands, usual gates."""
    bundled = json.loads((ROOT / "assets" / "model" / "config.json").read_text("utf-8"))
    measured = {name: bundled[name] for name in ("nil", "gates")}
    edit(own_model / "config.json", lambda record: record.update(measured))
    return own_model


@pytest.fixture
def flags(sure_model: Path, own_data: Path, tmp_path: Path) -> tuple[object, ...]:
    """Which model and knowledge base, whose entities are teams, a command opens."""
    edit(own_data / "kb_entity.json", lambda kb: [record.update(type="team") for record in kb])
    return "--model", sure_model, "--kb", own_data, "--cache", tmp_path / "cache", "--device", "cpu"


@pytest.mark.parametrize("name", sorted(SCHEMAS))
def test_a_schema_is_one_and_refers_to_what_is_there(name: str) -> None:
    Draft202012Validator.check_schema(SCHEMAS[name])
    assert SCHEMAS[name]["$schema"] == Draft202012Validator.META_SCHEMA["$schema"]
    assert SCHEMAS[name]["title"] and f"[{name}](schema/{name})" in interface()
    for ref in references(SCHEMAS[name]):
        file, _, place = ref.partition("#/")
        found = SCHEMAS[file or name]
        for key in filter(None, place.split("/")):
            found = found[key]


def interface() -> str:
    return (ROOT / "docs" / "interface.md").read_text("utf-8")


def references(schema: Any) -> Iterator[str]:
    if isinstance(schema, dict):
        if isinstance(schema.get("$ref"), str):
            yield schema["$ref"]
        schema = list(schema.values())
    for one in schema if isinstance(schema, list) else ():
        yield from references(one)


def test_what_a_schema_does_not_say_is_seen(call: Run, flags: Any) -> None:
    _, out, _ = call("link", "--json", "--sentence", "a goal of Mali", "--mention", "Mali", *flags)
    for change in ({"new": 1}, {"truncated": "no"}):
        with pytest.raises(AssertionError):
            check("link.json", json.loads(out) | change)
    record = json.loads(out)
    record["candidates"][0]["units"]["new"] = 1.0
    with pytest.raises(AssertionError, match="candidates"):
        check("link.json", record)


def test_link(call: Run, flags: Any, data: Path, tmp_path: Path) -> None:
    tiny.picture("Mali", "state").resize((200, 200)).save(tmp_path / "cut.jpg")
    (tmp_path / "cut.jpg").write_bytes((tmp_path / "cut.jpg").read_bytes()[:-40])
    said = ("link", "--json", "--sentence", "a goal of Mali", "--mention", "Mali", *flags)
    pictures = data / "mention_image" / "test-0-0.png", tmp_path / "cut.jpg"
    answers = [call(*said), call(*said, "--candidates", "names", "--types", "team")]
    answers += [call(*said, "--image", picture) for picture in pictures]
    assert [code for code, _, _ in answers] == [0] * 4, answers
    records = [json.loads(out) for _, out, _ in answers]
    for record in records:
        check("link.json", record)
    properties = {*SCHEMAS["link.json"]["$defs"]["answer"]["properties"]}
    assert properties - {key for record in records for key in record} == set()


def test_texts_and_tables(call: Run, flags: Any, tmp_path: Path) -> None:
    (tmp_path / "text.txt").write_text("Norway won the match . Chad plays on ice .")
    _, out, _ = call("link-text", tmp_path / "text.txt", *flags)
    linked = json.loads(out)
    assert len(linked["mentions"]) == 2
    check("text.json", linked)
    (tmp_path / "t.csv").write_text(
        "sentence,mention,image\nNorway won,Norway,a.png\nwon,Norway,\n"
    )
    (tmp_path / "none").mkdir()
    written = ("--out", tmp_path / "rows.jsonl", "--images", tmp_path / "none")
    assert call("link-many", tmp_path / "t.csv", *written, *flags)[0] == 0
    rows = [json.loads(line) for line in (tmp_path / "rows.jsonl").read_text().splitlines()]
    assert "note" in rows[0] and "problem" in rows[1]
    for row in rows:
        check("row.json", row)


def test_predictions(call: Run, data: Path, sure_model: Path, tmp_path: Path) -> None:
    file = tmp_path / "rows.jsonl"
    asked = ("--data", data, "--split", "test", "--model", sure_model, "--predictions", file)
    assert call("evaluate", *asked, "--cache", tmp_path / "c", "--device", "cpu")[0] == 0
    rows = [json.loads(line) for line in file.read_text("utf-8").splitlines()]
    assert len(rows) == 9
    for row in rows:
        check("prediction.json", row)


@pytest.mark.parametrize("method", [None, "pairs", "gradient_shap"])
def test_explanations(linker: EntityLinker, data: Path, method: str | None) -> None:
    mention = Mention("Norway", "Norway won the match", data / "mention_image" / "test-0-0.png")
    ids = "atlas:norway-football", "atlas:norway-curling"
    explainer = Explainer(linker)
    check("explanation.json", explanation_record(explainer.explain(mention, ids[0], method=method)))
    margin = explainer.explain(Mention("Norway", "Norway won"), *ids, method=method)
    check("explanation.json", explanation_record(margin))


def test_comparison_entities_and_standing(linker: EntityLinker) -> None:
    mention = Mention("Norway", "Norway won the match")
    check("comparison.json", compare_record(linker, mention, [1, 2, 0], 3))
    check("entities.json", entities_record(linker, "nor", 3))
    asked = (linker, words("en"), None, mention.sentence, mention.surface, None)
    check("standing.json", standing_record(*asked, "atlas:chad-state"))


def test_cases(linker: EntityLinker, data: Path) -> None:
    mention = Mention("Norway", "Norway won the match", data / "mention_image" / "test-0-0.png")
    case = with_heatmaps(make_case(linker, mention, "atlas:chad-state"), Explainer(linker), mention)
    case = with_what_if(case, linker, "no picture", Mention(mention.surface, mention.sentence))
    assert case.heat and case.heat_words and case.what_ifs
    for book in (Casebook((case,), ("gates",), "zh", "serif"), cases.book()):
        check("case.json", json.loads(casebook_json(book)))


def test_what_the_page_answers(page: Server) -> None:
    mention = [None, "Norway at its best.", "Norway", None]
    asked: dict[str, tuple[str, list[Any]]] = {
        "link": ("link.json", [*mention, 3, "total", None, None]),
        "compare": ("comparison.json", [*mention, 3, [1, 1, 1], None, None]),
        "link_text": ("text.json", [None, "Norway won.", 3, None, None, None, None, None]),
        "entities": ("entities.json", ["norway", 3, None]),
        "standing": ("standing.json", [*mention, None, None, "atlas:norway-3"]),
    }
    for address, (schema, values) in asked.items():
        answer = page.post(f"/gradio_api/run/{address}", {"data": values})
        assert answer.status == 200, answer.body
        (record,) = answer.json()["data"]
        check(schema, record)


def test_the_version_names_what_answers(call: Run) -> None:
    code, out, err = call("--version")
    lines = out.splitlines()
    record = json.loads((ROOT / "assets" / "model" / "config.json").read_text("utf-8"))
    index = json.loads((ROOT / "assets" / "kb" / "index.json").read_text("utf-8"))
    assert (code, err, lines[0]) == (0, "", f"mimic-linking {mimic.__version__}")
    trained_on = record["training"]["data"]
    assert lines[1] == f"model {index['model']}, trained on data {trained_on}"
    assert re.fullmatch(r"knowledge base [0-9a-f]{16}, 1,794 entities", lines[2])
    assert lines[3].startswith("python 3.") and ", torch " in lines[3]


def test_a_case_names_the_same_knowledge_base(linker: EntityLinker) -> None:
    """SHA-256 of the nine identifiers, names and descriptions, each list apart by NUL."""
    hashed = hashlib.sha256()
    for column in ("id", "name", "description"):
        hashed.update("\0".join(getattr(e, column) for e in linker.index.entities).encode())
    assert origin(linker).kb_fingerprint == hashed.hexdigest()[:16]


def test_the_public_names() -> None:
    assert mimic.__all__ == [
        "Candidate", "Entity", "EntityLinker", "InputError", "LinkResult", "Mention"
    ]  # fmt: skip
    assert all(f"`{name}`" in interface() for name in mimic.__all__)

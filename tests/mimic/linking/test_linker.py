"""Linking over a tiny knowledge base with a tiny model: ranks, limits, blanks, stored indexes."""

from __future__ import annotations

import dataclasses
import json
import math
import shutil
from pathlib import Path
from typing import Any

import pytest
import torch
from support import Run, tiny
from support.scored_pairs import Case

from demo.handlers import link as handlers
from mimic.data.layout import read_kb, read_split
from mimic.errors import InputError
from mimic.index.entity_encoder import EntityEncoder
from mimic.index.query import Query
from mimic.linking.linker import EntityLinker
from mimic.linking.splits.evaluate import evaluate
from mimic.metrics import ranks
from mimic.model.mimic import Side, fingerprint
from mimic.model.units import Trace
from mimic.schema import UNITS, Entity, Mention, result_record

MENTION = Mention("Norway", "a goal of Norway in the game")


def test_every_entity_is_a_candidate(linker: EntityLinker, data: Path) -> None:
    picture = data / "mention_image" / "test-0-0.png"
    result = linker.link(dataclasses.replace(MENTION, image=picture), k=9)
    assert (result.image, result.truncated, result.entities) == ("ok", False, 9)
    assert sorted(c.entity.id for c in result.candidates) == sorted(read_kb(data).rows)
    assert [c.rank for c in result.candidates] == list(range(1, 10))
    scores = [c.score for c in result.candidates]
    assert scores == sorted(scores, reverse=True)
    for c in result.candidates:
        units = [getattr(c.units, name) for name in UNITS]
        assert c.score == pytest.approx(sum(units) / 3, abs=1e-5)
        gates = dataclasses.asdict(c.gates).values()
        assert all(-1 < g < 1 for g in gates)


def test_probability_is_the_softmax_of_score_over_temperature(linker: EntityLinker) -> None:
    result = linker.link(MENTION, k=9)  # the model's card says T = 2
    weights = [math.exp(c.score / 2) for c in result.candidates]
    for c, weight in zip(result.candidates, weights, strict=True):
        assert c.probability == pytest.approx(weight / sum(weights), rel=1e-4)
    few = linker.link(MENTION, k=2)  # over the whole knowledge base, however few are shown
    for one, other in zip(few.candidates, result.candidates, strict=False):
        assert (one.entity, one.probability) == (other.entity, other.probability)


@pytest.mark.parametrize("unit", UNITS)
def test_rank_by_a_unit(linker: EntityLinker, data: Path, unit: str) -> None:
    mention = dataclasses.replace(MENTION, image=data / "mention_image" / "test-0-4.png")
    by_unit = linker.link(mention, k=9, rank_by=unit)
    values = [getattr(c.units, unit) for c in by_unit.candidates]
    assert values == sorted(values, reverse=True)
    assert [getattr(c.unit_ranks, unit) for c in by_unit.candidates] == list(range(1, 10))
    by_total = {c.entity.id: c for c in linker.link(mention, k=9).candidates}
    for c in by_unit.candidates:
        other = by_total[c.entity.id]
        assert (other.score, other.probability, other.units) == (c.score, c.probability, c.units)
        assert other.unit_ranks == c.unit_ranks
        assert dataclasses.asdict(other.gates) == pytest.approx(dataclasses.asdict(c.gates))


@pytest.mark.parametrize("k", [0, -1, 10, 10**9])
def test_k_out_of_range(linker: EntityLinker, k: int) -> None:
    with pytest.raises(InputError, match="from 1 to 9"):
        linker.link(MENTION, k=k)


def test_limits_of_k_and_rank_by(linker: EntityLinker) -> None:
    assert len(linker.link(MENTION, k=1).candidates) == 1
    with pytest.raises(InputError, match="rank-by is 'idlu'"):
        linker.link(MENTION, rank_by="idlu", k=1)


def test_bad_mentions_are_refused(linker: EntityLinker, tmp_path: Path) -> None:
    for mention in (
        Mention("Norway", ""),
        Mention("Sweden", "a goal of Norway"),
        dataclasses.replace(MENTION, image=tmp_path / "absent.png"),
        dataclasses.replace(MENTION, image=Path(__file__)),
    ):
        with pytest.raises(InputError):
            linker.link(mention, k=1)


def test_without_an_image_vdlu_is_that_of_a_blank_one(
    linker: EntityLinker, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """The same numbers as a picture whose normalised pixels are all zero."""
    result = linker.link(MENTION, k=9)
    assert result.image == "missing"
    tiny.picture("Mali", "state").save(tmp_path / "p.png")
    blank = linker.processor.blank
    monkeypatch.setattr(linker.processor, "normalise", lambda squares: blank(len(squares)))
    same = linker.link(dataclasses.replace(MENTION, image=tmp_path / "p.png"), k=9)
    assert same.candidates == result.candidates
    assert len({c.units.vdlu for c in result.candidates}) > 1


def test_a_picture_changes_vdlu_and_not_tglu(linker: EntityLinker, data: Path) -> None:
    picture = data / "mention_image" / "test-0-8.png"
    blank, seen = (
        {c.entity.id: c.units for c in linker.link(m, k=9).candidates}
        for m in (MENTION, dataclasses.replace(MENTION, image=picture))
    )
    assert all(blank[key].tglu == pytest.approx(seen[key].tglu, rel=1e-5) for key in blank)
    assert all(abs(blank[key].vdlu - seen[key].vdlu) > 1e-4 for key in blank)


def test_truncation_is_told(linker: EntityLinker) -> None:
    assert linker.link(Mention("Norway", "Norway " * 20), k=1).truncated
    assert not linker.link(Mention("Norway", "Norway won"), k=1).truncated


def test_batched_equals_single(linker: EntityLinker, data: Path) -> None:
    mentions = read_split(data, "test", read_kb(data)).mentions[:5]
    with torch.inference_mode():
        together = linker.index.query(linker.mention_side(mentions)[0]).scores()
        for row, mention in enumerate(mentions):
            alone = linker.index.query(linker.mention_side([mention])[0]).scores()
            for name in together:
                torch.testing.assert_close(alone[name][0], together[name][row])


def test_the_index_equals_the_direct_form(linker: EntityLinker, data: Path) -> None:
    """Scores through the stored projections are those of `Mimic.forward` on both sides."""
    kb = read_kb(data)
    mentions = read_split(data, "dev", kb).mentions[:3]
    encoded = []
    for rows in (
        [(m.surface, m.sentence, m.image) for m in mentions],
        [(e.name, e.description, e.image) for e in kb.entities],
    ):
        names, contexts, images = zip(*rows, strict=True)
        texts = linker.processor.texts(names, contexts)
        with torch.inference_mode():
            encoded.append(
                linker.model.features(
                    texts.input_ids, texts.attention_mask, linker.processor.pictures(images)
                )
            )
    with torch.inference_mode():
        direct = linker.model(*encoded)
        stored = linker.index.query(linker.mention_side(mentions)[0]).scores()
    for name in direct:
        torch.testing.assert_close(stored[name], direct[name])


def test_gates_are_those_of_the_direct_form(linker: EntityLinker, data: Path) -> None:
    entity = read_kb(data).entities[4]
    found = next(c for c in linker.link(MENTION, k=9).candidates if c.entity.id == entity.id)
    texts = linker.processor.texts([entity.name], [entity.description])
    trace: Trace = {}
    with torch.inference_mode():
        features = linker.model.features(
            texts.input_ids, texts.attention_mask, linker.processor.pictures([entity.image])
        )
        linker.model.score(
            linker.mention_side([MENTION])[0], linker.model.entity_side(features), trace
        )
    for name, gate in dataclasses.asdict(found.gates).items():
        assert gate == pytest.approx(float(trace[name]), abs=1e-5), name


class Numbered(list[Entity]):
    """Entities whose identifiers are their rows."""

    def row(self, key: str) -> int:
        return int(key)


class Drawn:
    """An index of 5,000 entities in no file, which a strong global part of TGLU tells apart."""

    def __init__(self) -> None:
        self.case = Case((1, 5000, 64, 8, 6, 3))
        for side in (self.case.mention, self.case.entity):
            side["tglu"]["global"] *= 4
        self.case.rows = self.case.fast.stored(self.case.entity)
        self.entities = Numbered(Entity(str(row), "", "") for row in range(5000))
        self.queries: list[Query] = []

    def __len__(self) -> int:
        return len(self.entities)

    def query(self, side: Side, restrict: torch.Tensor | None = None) -> Query:
        self.queries.append(self.case.query(block=1000))
        return self.queries[-1]


def test_candidates_are_those_of_the_direct_form_with_the_attention_of_few_pairs(
    linker: EntityLinker,
) -> None:
    index: Any = Drawn()
    drawn = EntityLinker(linker.model, linker.card, linker.processor, index)
    direct = {name: values[0] for name, values in index.case.direct().items()}
    order = direct["score"].argsort(descending=True).tolist()
    rows = [*order[5::-1], order[40], order[300]]
    candidates = drawn.candidates(MENTION, [str(row) for row in rows])
    (query,) = index.queries
    assert 0 < query.hits(torch.tensor([rows])).scored < 0.5
    likely = (direct["score"] / drawn.temperature).softmax(0)
    for row, candidate in zip(rows, candidates, strict=True):
        assert (candidate.entity.id, candidate.rank) == (str(row), order.index(row) + 1)
        assert candidate.score == pytest.approx(direct["score"][row].item(), rel=1e-4)
        assert candidate.probability == pytest.approx(likely[row].item(), rel=1e-3, abs=1e-9)
        for unit in UNITS:
            place = ranks(direct[unit][None], torch.tensor([row]))
            assert getattr(candidate.unit_ranks, unit) == place.item()
            value = pytest.approx(direct[unit][row].item(), rel=1e-4, abs=1e-3)
            assert getattr(candidate.units, unit) == value
    listed = drawn.link(MENTION, 6).candidates
    assert [c.rank for c in listed] == list(range(1, 7))
    assert [c.entity for c in listed] == [c.entity for c in candidates[5::-1]]


def test_an_unreadable_entity_picture_is_counted_and_blank(
    model_folder: Path, own_data: Path, tmp_path: Path
) -> None:
    (own_data / "kb_image" / "Chad-state.png").write_text("not a picture")
    spoiled = EntityLinker.load(model_folder, own_data, "cpu", tmp_path / "one")
    (message,) = tiny.index_of(spoiled).unreadable
    assert "Chad-state.png" in message
    again = EntityLinker.load(model_folder, own_data, "cpu", tmp_path / "one")
    assert tiny.index_of(again).unreadable == (message,)
    (own_data / "kb_image" / "Chad-state.png").unlink()
    without = EntityLinker.load(model_folder, own_data, "cpu", tmp_path / "two")
    assert tiny.index_of(without).unreadable == ()
    for one, other in zip(
        spoiled.link(MENTION, k=9).candidates, without.link(MENTION, k=9).candidates, strict=True
    ):
        assert one.units == other.units


def test_the_index_is_built_once(
    model_folder: Path, data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[tuple[int, int]] = []
    first = EntityLinker.load(
        model_folder, data, "cpu", tmp_path, progress=lambda *at: seen.append(at)
    )
    assert seen and set(seen) == {(9, 9)}

    def encode(*_: object, **__: object) -> None:
        raise AssertionError("encoded again")

    monkeypatch.setattr(EntityEncoder, "rows", encode)
    second = EntityLinker.load(model_folder, data, "cpu", tmp_path)
    assert second.link(MENTION, k=9) == first.link(MENTION, k=9)


def test_changed_data_or_another_model_builds_again(
    model_folder: Path, own_model: Path, own_data: Path, tmp_path: Path
) -> None:
    cache = tmp_path / "cache"
    EntityLinker.load(model_folder, own_data, "cpu", cache)
    tiny.edit(own_data / "kb_entity.json", lambda r: r[0].update(entity_name="Peru"))
    names = [e.name for e in EntityLinker.load(model_folder, own_data, "cpu", cache).index.entities]
    assert names[0] == "Peru"
    tiny.edit(own_model / "config.json", lambda r: r["model"].update(text_length=10))
    EntityLinker.load(own_model, own_data, "cpu", cache)
    assert len(list(cache.iterdir())) == 2  # one for each model


def test_an_index_folder_opens_and_refuses_another_model(
    linker: EntityLinker, model_folder: Path, own_model: Path, tmp_path: Path
) -> None:
    folder = shutil.copytree(tiny.index_of(linker).folder, tmp_path / "kb")
    opened = EntityLinker.load(model_folder, folder, "cpu")
    assert opened.kb_name == "kb"
    assert opened.link(MENTION, k=9) == linker.link(MENTION, k=9)
    tiny.edit(own_model / "config.json", lambda r: r["model"].update(text_length=10))
    with pytest.raises(InputError, match=f"{fingerprint(model_folder)}, not"):
        EntityLinker.load(own_model, folder, "cpu")


def test_an_index_of_before_fits_a_model_with_a_tokenizer(
    linker: EntityLinker, own_model: Path, tmp_path: Path
) -> None:
    """Its fingerprint knew no tokenizer; that of an index made now does."""
    folder = Path(shutil.copytree(tiny.index_of(linker).folder, tmp_path / "kb"))
    old = Path(shutil.copytree(folder, tmp_path / "old"))
    tiny.edit(old / "index.json", lambda r: r.update(model=r["model"].split("-")[0]))
    assert EntityLinker.load(own_model, old, "cpu").link(MENTION, k=9) == linker.link(MENTION, k=9)
    file = own_model / "tokenizer" / "tokenizer.json"
    file.write_text(file.read_text().replace('"norway"', '"norwey"'))
    with pytest.raises(InputError, match="was built with model"):
        EntityLinker.load(own_model, folder, "cpu")
    EntityLinker.load(own_model, old, "cpu")


def test_a_cut_index_in_the_cache_is_built_again(
    model_folder: Path, data: Path, tmp_path: Path
) -> None:
    first = EntityLinker.load(model_folder, data, "cpu", tmp_path)
    found = first.link(MENTION, k=9)
    (file,) = tiny.index_of(first).folder.glob("*.safetensors")
    file.write_bytes(file.read_bytes()[:-50])
    second = EntityLinker.load(model_folder, data, "cpu", tmp_path)
    assert second.link(MENTION, k=9) == found


def test_folders_that_are_not_there(model_folder: Path, data: Path, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no model there"):
        EntityLinker.load(tmp_path, data, "cpu", tmp_path)
    with pytest.raises(InputError, match="kb_entity.json"):
        EntityLinker.load(model_folder, tmp_path / "absent", "cpu", tmp_path)
    (tmp_path / "file").write_text("")
    with pytest.raises(InputError, match="cannot be written"):
        EntityLinker.load(model_folder, data, "cpu", tmp_path / "file")


def test_the_record_has_the_stated_fields(linker: EntityLinker) -> None:
    record = result_record(linker.link(MENTION, k=2))
    assert list(record) == [
        "image", "truncated", "entities", "candidates", "notices", "deciding",
    ]  # fmt: skip
    assert record["notices"] == []
    assert list(record["candidates"][0]) == [
        "rank",
        "id",
        "name",
        "description",
        "score",
        "probability",
        "units",
        "unit_ranks",
        "gates",
    ]


def test_evaluate_equals_linking_one_by_one(linker: EntityLinker, data: Path) -> None:
    kb = read_kb(data)
    split = read_split(data, "test", kb)
    found = []
    for mention, gold in zip(split.mentions, split.gold, strict=True):
        ids = [c.entity.id for c in linker.link(mention, k=9).candidates]
        found.append(ids.index(kb.entities[gold].id) + 1)
    report = evaluate(linker, split, batch=4)
    assert report["mr"] == pytest.approx(sum(found) / 9)
    assert report["hits@1"] == pytest.approx(100 * found.count(1) / 9)
    assert report["mentions"] == report["entities"] == 9
    assert list(report["by_group"]) == ["both", "text"]
    assert report["by_group"]["text"]["mentions"] == 4
    ones = [rank == 1 for i, rank in enumerate(found) if i % 2]
    assert report["by_group"]["text"]["hits@1"] == pytest.approx(100 * sum(ones) / 4)


def test_evaluate_counts_what_it_could_not_use(
    linker: EntityLinker, own_data: Path, tmp_path: Path
) -> None:
    tiny.edit(own_data / "TINY_test.json", lambda r: r[0].update(answer="atlas:atlantis"))
    tiny.edit(own_data / "TINY_test.json", lambda r: r[1].update(imgPath="absent.png"))
    (own_data / "mention_image" / "test-0-2.png").write_text("not a picture")
    split = read_split(own_data, "test", read_kb(own_data))
    report = evaluate(linker, split)
    assert (report["mentions"], report["not_in_kb"], report["unreadable_images"]) == (8, 1, 1)
    assert report["images"] == {"exact": 8, "missing": 1}
    blank = evaluate(linker, split, without="image")
    shutil.rmtree(own_data / "mention_image")
    bare = evaluate(linker, read_split(own_data, "test", read_kb(own_data)))
    assert {k: v for k, v in blank.items() if k not in ("images", "unreadable_images", "by")} == {
        k: v for k, v in bare.items() if k not in ("images", "unreadable_images", "by")
    }


def test_evaluate_refuses_unknown_words(linker: EntityLinker, data: Path) -> None:
    split = read_split(data, "test", read_kb(data))
    with pytest.raises(InputError, match="rank-by"):
        evaluate(linker, split, "idlu")
    with pytest.raises(InputError, match="without"):
        evaluate(linker, split, without="everything")
    nobody = dataclasses.replace(split, gold=(-1,) * 9)
    with pytest.raises(InputError, match="no mention"):
        evaluate(linker, nobody)


@pytest.mark.parametrize("entities", [1, 2, 4])
def test_without_k_a_small_knowledge_base_gives_all_that_it_has(
    call: Run, own_model: Path, own_data: Path, tmp_path: Path, entities: int
) -> None:
    tiny.edit(own_data / "kb_entity.json", lambda r: r.__delitem__(slice(entities, None)))
    cache = tmp_path / "cache"
    small = EntityLinker.load(own_model, own_data, "cpu", cache)
    mention = Mention("Norway", "the president of Norway")
    result = small.link(mention)
    assert [c.rank for c in result.candidates] == list(range(1, entities + 1))
    assert sum(c.probability for c in result.candidates) == pytest.approx(1)
    with pytest.raises(InputError, match=f"it must be from 1 to {entities}"):
        small.link(mention, k=entities + 1)
    flags = ("--model", own_model, "--kb", own_data, "--cache", cache, "--json")
    asked = ("--sentence", mention.sentence, "--mention", mention.surface)
    code, out, _ = call("link", *flags, *asked)
    assert code == 0 and json.loads(out) == result_record(result)
    assert handlers.link_record(small, None, mention.sentence, mention.surface) == json.loads(out)
    compared = handlers.compare_record(small, mention, (1, 1, 1))
    json.dumps(compared, allow_nan=False)
    with pytest.raises(InputError, match=f"it must be from 1 to {entities}"):
        handlers.compare_record(small, mention, (1, 1, 1), entities + 1)

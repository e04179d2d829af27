"""Restricted rankings against the direct form, and whole texts."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import torch
from support import Run

from mimic.errors import InputError
from mimic.linking.linker import EntityLinker
from mimic.schema import Mention

MENTION = Mention("Norway", "a goal of Norway in the game")
IDS = ("atlas:chad-state", "atlas:norway-curling", "atlas:mali-football")
TEXT = "Norway won the match. We saw Chad .\r\n\r\nThe president of norway"


@pytest.mark.parametrize("ids", [IDS, IDS[:1], tuple(reversed(IDS))])
def test_a_given_set_ranks_as_the_direct_form(linker: EntityLinker, ids: tuple[str, ...]) -> None:
    result = linker.link(MENTION, candidates=ids)
    rows = sorted(linker.index.entities.row(key) for key in ids)
    units = torch.from_numpy(linker.unit_scores(MENTION))[:, rows]
    scores = units.mean(0)
    order = scores.sort(descending=True, stable=True).indices.tolist()
    assert [c.entity.id for c in result.candidates] == [linker.entity(rows[i]).id for i in order]
    expected = (scores / linker.temperature).softmax(0)[order]
    probability = torch.tensor([c.probability for c in result.candidates])
    torch.testing.assert_close(probability, expected, rtol=1e-3, atol=1e-4)
    for unit, name in enumerate(("tglu", "vdlu", "cmfu")):
        places = (-units[unit]).argsort(stable=True).argsort()[order] + 1
        assert [getattr(c.unit_ranks, name) for c in result.candidates] == places.tolist()
    assert (result.candidates_are, result.ranked, result.band) == ("given", len(ids), None)
    assert [c.rank for c in result.candidates] == list(range(1, len(ids) + 1))


def test_a_rank_is_among_the_restricted(linker: EntityLinker) -> None:
    side = linker.mention_side([MENTION])[0]
    mask = torch.tensor([[False, True, False, False, True, True, False, True, False]])
    query = linker.index.query(side, mask)
    gold = torch.tensor([4])
    scores = linker.index.query(side).scores()["score"][0]
    ahead = int(((scores > scores[4]) & mask[0]).sum())
    assert query.rank_of(gold).tolist() == [1 + ahead]


def test_names_and_types(linker: EntityLinker) -> None:
    named = linker.link(MENTION, candidates="names")
    assert {c.entity.name for c in named.candidates} == {"Norway"} and named.ranked == 3
    assert sum(c.probability for c in named.candidates) == pytest.approx(1, abs=1e-3)
    unknown = linker.link(Mention("team", "a team of Norway"), candidates="names")
    assert unknown.candidates == () and unknown.notices == ("no entity is named team",)
    with pytest.raises(InputError, match="no entity is of type 'x'"):
        linker.link(MENTION, types=["x"])
    for wrong in ("some", [], ["nobody"], [1]):
        with pytest.raises(InputError):
            linker.link(MENTION, candidates=wrong)  # type: ignore[arg-type]


def test_a_text_links_as_its_mentions_do(linker: EntityLinker) -> None:
    linked = linker.link_text(TEXT, k=3)
    assert [m.surface for m in linked.mentions] == ["Norway", "Chad", "norway"]
    for mention in linked.mentions:
        assert TEXT[mention.start : mention.end] == mention.surface
        start, end = mention.context
        span = (mention.start - start, mention.end - start)
        alone = linker.link(Mention(mention.surface, TEXT[start:end], None, span), k=3)
        together = mention.result
        assert [c.entity for c in together.candidates] == [c.entity for c in alone.candidates]
        for one, other in zip(together.candidates, alone.candidates, strict=True):
            assert one.probability == pytest.approx(other.probability, abs=1e-3)


def test_pictures_of_paragraphs(linker: EntityLinker, images: Path) -> None:
    linked = linker.link_text(TEXT, [images / "a.png", None], k=1)
    assert [m.result.image for m in linked.mentions] == ["ok", "ok", "missing"]
    with pytest.raises(InputError, match="3 pictures for 2 paragraphs"):
        linker.link_text(TEXT, [None, None, None])
    with pytest.raises(InputError, match="not a picture|cannot be read"):
        linker.link_text(TEXT, images / "broken.jpg")


def test_given_places(linker: EntityLinker) -> None:
    linked = linker.link_text(TEXT, k=1, mentions=[(11, 14), (0, 6), (0, 6)])
    assert [(m.start, m.end) for m in linked.mentions] == [(0, 6), (11, 14)]
    assert linker.link_text(TEXT, k=1, mentions=[]).mentions == ()
    for wrong in ((3, 3), (-1, 2), (0, 999), (6, 7)):
        with pytest.raises(InputError, match="the mention"):
            linker.link_text(TEXT, mentions=[wrong])
    with pytest.raises(InputError, match="at most 2,000"):
        linker.link_text("Norway " * 10_000)


def test_the_commands(call: Run, model_folder: Path, data: Path, tmp_path: Path) -> None:
    flags = ["--model", model_folder, "--kb", data, "--cache", tmp_path / "cache"]
    file = tmp_path / "a.txt"
    file.write_bytes(TEXT.encode())
    ids = tmp_path / "ids"
    ids.write_text("atlas:norway-curling\n")
    code, out, _ = call("link-text", file, "-k", 2, "--candidates", ids, *flags)
    record = json.loads(out)
    assert code == 0 and record["text"] == TEXT and record["candidates_are"] == "given"
    listed = {c["id"] for m in record["mentions"] for c in m["candidates"]}
    assert listed == {"atlas:norway-curling"}
    gold = tmp_path / "gold.jsonl"
    place = {"start": 0, "end": 6, "entity": "atlas:norway-football"}
    gold.write_text(json.dumps({"text": "Norway won .", "mentions": [place]}))
    code, out, _ = call("evaluate-text", "--data", gold, "--json", *flags)
    scores = json.loads(out)
    assert code == 0 and scores["mentions"]["micro"]["f1"] == 100
    assert scores["linking"] == scores["both"]
    for wrong in (b"", b"\x00\x01Norway", b"\xff\xfeN", b"\x89PNG\r\n\x1a\n", b"a" * 1_000_001):
        file.write_bytes(wrong)
        code, _, err = call("link-text", file, *flags)
        assert code == 2 and err.startswith("error: ") and err.count("\n") == 1
    for flag in (["--candidates", tmp_path / "none"], ["--types", ","], ["--types", "x"]):
        file.write_bytes(TEXT.encode())
        assert call("link-text", file, *flag, *flags)[0] == 2

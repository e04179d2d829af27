"""Faithfulness: measures worked out by hand, and the command on a tiny data set with evidence."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
import torch
from PIL import Image
from support import tiny

from analysis.__main__ import main
from analysis.drawing.faithfulness import faithfulness_figure
from analysis.faithfulness.atlas_samples import choose
from analysis.faithfulness.curves import POINTS, areas
from analysis.faithfulness.evidence import covered, evident_words, pointing, read_evidence, word_hit
from analysis.faithfulness.faithfulness import Bench, faithfulness, summary, table
from analysis.faithfulness.maps import MAPS, Map, explained_pair, make_maps
from analysis.faithfulness.pair_hits import PairHit, matching_facts, pair_hit
from analysis.faithfulness.sanity import randomised, spearman
from analysis.faithfulness.stored_faithfulness import END, PAGE, START, stored_report
from mimic.errors import InputError
from mimic.explain import TARGETS
from mimic.linking.linker import EntityLinker
from mimic.model.encoders import Encoder
from mimic.schema import Entity, Mention, Word


@pytest.fixture(scope="module")
def atlas(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The tiny data with evidence: the square in the middle, and the word of the kind."""
    folder = tiny.write_data(tmp_path_factory.mktemp("atlas") / "data")
    (folder / "masks").mkdir()
    mask = np.zeros((24, 24), bool)
    mask[8:12, 8:12] = True  # of the square only what lies in the first patch
    Image.fromarray(mask).save(folder / "masks" / "middle.png")
    sentences = json.loads((folder / "TINY_test.json").read_text("utf-8"))

    def add(evidence: dict[str, dict[str, object]]) -> None:
        for number, mention in enumerate(sentences):
            word = next(w for w in ("football", "stone", "president") if w in mention["sentence"])
            start = mention["sentence"].index(word)
            evidence[mention["id"]] = {
                "label": "text" if number % 2 else "image",
                "neutral_setting": True,
                "words": [[start, start + len(word)]],
                "masks": {"square": "masks/middle.png"},
            }

    tiny.edit(folder / "TINY_test_evidence.json", add)
    return folder


@pytest.fixture(scope="module")
def bench(linker: EntityLinker, atlas: Path) -> Iterator[Bench]:
    yield Bench(linker, atlas, "test", 2, everything=True)


def test_covered_is_the_share_of_each_patch(atlas: Path) -> None:
    assert covered([atlas / "masks" / "middle.png"], (2, 2)).tolist() == [16 / 144, 0, 0, 0]
    assert covered([], (1, 3)).tolist() == [0, 0, 0]
    with pytest.raises(InputError, match=r"nothing\.png: the mask"):
        covered([atlas / "masks" / "nothing.png"], (2, 2))


def test_pointing_by_hand() -> None:
    shares = np.array([0.5, 0.0, 0.04, 0.0])  # the third has too little to count
    right = pointing([3.0, 1.0, -5.0, 0.0], shares)
    assert (right.hit, right.chance, right.area) == (1, 0.25, 0.135)
    assert right.inside == pytest.approx((3 * 0.5) / 4)
    wrong = pointing([-3.0, 1.0, 2.0, 0.0], shares)
    assert wrong.hit == 0 and wrong.inside == pytest.approx(2 * 0.04 / 3)
    assert pointing([3.0, 3.0, 1.0, 0.0], shares).hit == 0.5  # a tie
    assert pointing([0, 0, 0, 0], shares).hit == 0


def test_words_by_hand() -> None:
    texts = (
        ("Chad", "name", 0),
        ("Chad", "context", 0),
        ("ice", "context", 5),
        ("!", "context", 8),
    )
    words = [Word(t, part, at, at + len(t), (i,)) for i, (t, part, at) in enumerate(texts)]
    mention = Mention("Chad", "Chad ice!", span=(0, 4))
    marks = evident_words(words, mention, [(5, 8)])
    assert marks == [None, None, True, False]
    assert word_hit([9.0, 9.0, 1.0, 0.5], marks) == (1.0, 0.5)
    assert word_hit([9.0, 9.0, 1.0, 1.5], marks) == (0.0, 0.5)
    assert word_hit([], []) == (0.0, 0.0)


class Steps:
    """A side whose score is the number of shown features of weight 1, less one rival's 0."""

    def __init__(self, weights: list[float]) -> None:
        self.weights = torch.tensor(weights)
        self.text = torch.zeros(1)

    def present(self, target: str) -> tuple[str, ...]:
        return ("text",)

    def shown(self, words: torch.Tensor, patches: torch.Tensor) -> dict[str, torch.Tensor]:
        score = words @ self.weights
        return {"total": torch.stack([score, torch.zeros_like(score)], 1)}


def test_curves_fall_first_where_the_weight_is() -> None:
    side = Steps([100.0, 0.0, 0.0, 0.0])  # the share is 1 with the first word, 1/2 without
    good, bad = (
        areas(side, {"total": Map(np.array(words), np.zeros(0), (0, 0))}, seed=0)["total"]  # type: ignore[arg-type]
        for words in ([4.0, 3, 2, 1], [1.0, 2, 3, 4])
    )
    steps = POINTS + 1
    hidden = (np.linspace(0, 4, POINTS + 2).round() >= 1).astype(float)
    share = 1 - hidden / 2
    expected = (share[1:] + share[:-1]).sum() / 2 / steps
    assert good.deletion == pytest.approx(expected)
    assert good.deletion < good.random < good.insertion
    assert bad.deletion == pytest.approx(good.insertion)
    assert bad.insertion == pytest.approx(good.deletion)


def test_pair_hit_by_hand() -> None:
    """The strongest cell of those that take part; a cell of 0 joins nothing."""
    cells = np.array([[9.0, 9, 9], [9, 2, 0], [9, 1, 3]])
    mention, entity = [None, True, False], [None, True, False]
    assert pair_hit(cells, mention, entity) == PairHit(0.0, 1 / 3)
    assert pair_hit(-cells, mention, entity) == PairHit(0.0, 1 / 3)
    assert pair_hit(cells - 4, mention, [None, False, True]) == PairHit(0.0, 1 / 4)
    assert pair_hit(cells, mention, [None, True, True]) == PairHit(0.0, 1 / 3)
    assert pair_hit(cells, [None, True, True], entity).hit == 0
    assert pair_hit(cells.T, mention, entity) == PairHit(0.0, 1 / 3)
    assert pair_hit(np.zeros((3, 3)), mention, entity) == PairHit(0.0, 0.0)
    assert pair_hit(cells, [None, False, True], [None, False, True]) == PairHit(1.0, 1 / 3)


def test_facts_that_namesakes_share_do_not_match() -> None:
    facts = ("Sport: curling. Land: Chad.", "Sport: rugby. Land: Chad.", "Sport: curling.")
    one, *others = (Entity(f"E{n}", "Chad", fact, None) for n, fact in enumerate(facts))
    texts = ["Chad", "Sport", ":", "curling", "Land"]
    words = [Word(t, "name" if n == 0 else "context", 0, 1, (n,)) for n, t in enumerate(texts)]
    assert matching_facts(words, one, [one, *others]) == [None, False, False, True, True]
    assert matching_facts(words, one, [one]) == [None, True, False, True, True]


def test_spearman_by_hand() -> None:
    assert spearman(np.array([1, 2, 3]), np.array([10, 20, 90])) == pytest.approx(1)
    assert spearman(np.array([1, 2, 3]), np.array([3, 2, 1])) == pytest.approx(-1)
    assert np.isnan(spearman(np.array([1, 2, 3]), np.array([1, 1, 1])))


def test_summary_means_what_is_there() -> None:
    frame = pd.DataFrame({"pointing_game": [1.0, 0.0, None], "seconds": [1.0, 2.0, 3.0]})
    row = summary(frame.assign(nothing=[None, None, None]).astype(float))
    assert row["pointing_game"] == 50 and row["seconds"] == 2 and row["nothing"] is None
    low, high = row["pointing_game_interval"]  # type: ignore[misc]
    assert (low, high) == pytest.approx((50 - 98, 50 + 98))


def test_choose_takes_each_kind_in_order(bench: Bench) -> None:
    sample = choose(bench.split, bench.evidence, 3)
    assert sample.pictures == (0, 2, 4) and sample.words == (1, 3, 5)
    assert sample.every == (0, 1, 2) and sorted(sample.rows(["text", "image"])) == [
        0,
        1,
        2,
        3,
        4,
        5,
    ]
    assert sorted(sample.rows(["text"])) == [0, 1, 2, 3, 5]
    with pytest.raises(InputError, match="at least 1"):
        choose(bench.split, bench.evidence, 0)


@pytest.mark.parametrize("method", MAPS)
def test_every_map_has_a_number_for_each_word_and_patch(bench: Bench, method: str) -> None:
    case = explained_pair(bench.explainer, bench.split.mentions[0], bench.split.gold[0])
    found = make_maps(bench.explainer, case, method, ["total"])["total"]
    assert found.words.shape == (len(case.read.inputs.words),) and found.patches.shape == (4,)
    assert found.words.any() and found.patches.any()


def test_random_weights_are_other_weights_and_the_model_stays(bench: Bench) -> None:
    other = randomised(bench.explainer)
    mine, theirs = bench.explainer.model, other.model
    assert not torch.equal(mine.tglu.query.weight, theirs.tglu.query.weight)
    assert torch.equal(mine.tglu.query.weight, bench.explainer.linker.model.tglu.query.weight)


def test_the_report_has_every_measure(bench: Bench) -> None:
    report = faithfulness(bench, ["integrated_gradients"], ["total", "tglu"], lambda _: None)
    row = report["methods"]["integrated_gradients"]["total"]
    assert row["n"] == 2 and 0 <= row["deletion_auc"] <= 1
    assert row["insertion_auc"] == row["deletion_auc_reversed"]
    assert row["pointing_chance"] == 25.0 and 0 <= row["evidence_words"] <= 100
    assert row["completeness_gap"] <= 0.02 and row["sensitivity"] >= 0
    assert "pointing_game" not in report["methods"]["integrated_gradients"]["tglu"]
    assert len(table(report)) == 2
    assert len(faithfulness_figure(report).axes) == 4


def test_pairs_have_a_measure_of_their_own(bench: Bench) -> None:
    row = faithfulness(bench, ["pairs"], ["total"], lambda _: None)["methods"]["pairs"]["total"]
    assert row["pair_hit_n"] == 2 and 0 <= row["pair_hit"] <= 100
    assert 0 < row["pair_hit_chance"] < 100 and row["completeness_gap"] < 1e-4
    assert "sensitivity" not in row and row["pointing_chance"] == 25.0


def test_targets_that_share_their_passes_get_what_each_gets_alone(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bench, "everything", False)
    together = bench.measure("shapley", TARGETS, lambda _: None)
    for target in ("tglu", "vdlu", "cmfu"):
        alone = bench.measure("shapley", [target], lambda _: None)[target]
        alone["seconds"] = together[target]["seconds"]
        assert list(together[target]) == list(alone)
        for name, value in alone.items():
            assert together[target][name] == pytest.approx(value, abs=1e-3, nan_ok=True), name


@pytest.mark.parametrize("method", ["shapley", "occlusion"])
def test_more_targets_encode_no_more_for_their_maps(
    bench: Bench, method: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    encoded: list[int] = []
    encode = Encoder.image

    def counted(encoder: Encoder, pixels: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        encoded.append(len(pixels))
        return encode(encoder, pixels)

    monkeypatch.setattr(Encoder, "image", counted)
    case = explained_pair(bench.explainer, bench.split.mentions[0], bench.split.gold[0])
    counts = []
    for targets in (["total"], TARGETS):
        encoded.clear()
        make_maps(bench.explainer, case, method, targets)
        counts.append(sum(encoded))
    assert counts[0] == counts[1] > 0


def test_the_command(
    model_folder: Path, atlas: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = ["faithfulness", "--model", str(model_folder), "--data", str(atlas), "-n", "1"]
    arguments += ["--cache", str(tmp_path / "cache"), "--methods", "occlusion,encoder_rollout"]
    assert main([*arguments, "--out", str(tmp_path / "out"), "--json"]) == 0
    report = json.loads(capsys.readouterr().out)
    assert set(report["methods"]) == {"occlusion", "encoder_rollout"}
    files = {f"faithfulness.{kind}" for kind in ("json", "csv", "png", "pdf")}
    assert {p.name for p in (tmp_path / "out").iterdir()} == files
    docs = tmp_path / "docs"
    docs.mkdir()
    (docs / PAGE).write_text(f"{START}\n{END}\n")
    assert main([*arguments, "--docs", str(docs)]) == 0
    assert main([*arguments, "--methods", "input_x_gradient", "--docs", str(docs)]) == 0
    assert {p.name for p in docs.iterdir()} == {*files, PAGE}
    kept = stored_report(docs)["methods"]
    assert list(kept) == ["occlusion", "encoder_rollout", "input_x_gradient"]
    assert "`encoder_rollout` | total | 1 |" in (docs / PAGE).read_text()
    for wrong, message in (
        (["--methods", "lime"], "method is 'lime'"),
        (["--targets", "sum"], "target is 'sum'"),
        (["-n", "0"], "at least 1"),
        (["--split", "dev"], "not evidence as Atlas writes it"),
    ):
        assert main([*arguments, *wrong]) == 2
        assert message in capsys.readouterr().err


def test_evidence_that_is_missing_is_named(data: Path, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="one file"):
        read_evidence(tmp_path, "test")

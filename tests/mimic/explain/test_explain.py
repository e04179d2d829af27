"""Explanations on tiny models: exact zeros, sums, margins, and numbers worked out by hand."""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path
from typing import Any

import pytest
import torch
from captum.attr import LayerIntegratedGradients
from support.clip import clip_config
from torch import Tensor

from mimic.errors import InputError
from mimic.explain import METHOD_NAMES, TARGETS, Explainer
from mimic.explain.attributions import TOLERANCE, attribute, attribute_all, seeded
from mimic.explain.inside import patch_grid, pooled_tokens, twin, word_embedding
from mimic.explain.intrinsic import rollout
from mimic.explain.methods import METHODS
from mimic.explain.pair import Question, Varied
from mimic.explain.quality import infidelity, sensitivity
from mimic.explain.request import PAIRS
from mimic.linking.linker import EntityLinker
from mimic.model.encoders import ClipBackbone
from mimic.model.mimic import Mimic
from mimic.schema import Mention, explanation_record

GOLD, OTHER = "atlas:norway-football", "atlas:norway-curling"
COMPLETE = [name for name, method in METHODS.items() if method.complete]


def test_every_named_method_is_there() -> None:
    assert {*METHODS, PAIRS} == {*METHOD_NAMES}


@pytest.fixture(scope="module")
def explainer(linker: EntityLinker) -> Explainer:
    return Explainer(linker)


@pytest.fixture(scope="module")
def mention(data: Path) -> Mention:
    picture = data / "mention_image" / "test-0-0.png"
    return Mention("Norway", "a goal of Norway in the game", image=picture)


def close(one: tuple[float, ...], other: tuple[float, ...], within: float = 1e-4) -> bool:
    return one == pytest.approx(other, abs=within)


@pytest.mark.parametrize("method", METHOD_NAMES)
def test_tglu_gives_the_picture_nothing_and_vdlu_the_words(
    explainer: Explainer, mention: Mention, method: str
) -> None:
    text = explainer.explain(mention, GOLD, target="tglu", method=method)
    image = explainer.explain(mention, GOLD, target="vdlu", method=method)
    for view in (text.mention, text.candidate):
        assert view.attribution is not None and any(view.attribution.words)
        assert set(view.attribution.patches) == {0.0}
        assert view.text_share["tglu"] == 1.0 and view.text_share["vdlu"] == 0.0
    for view in (image.mention, image.candidate):
        assert view.attribution is not None and any(view.attribution.patches)
        assert set(view.attribution.words) == {0.0}


def test_what_a_unit_does_not_read_does_not_move_it(explainer: Explainer, mention: Mention) -> None:
    """The zeros above are not decreed: the scores themselves do not change."""
    varied = of_mention(explainer, mention)
    whole, no_text = varied.scores(), varied.scores(text=torch.zeros_like(varied.text))
    no_image = varied.scores(image=torch.zeros_like(varied.image))
    assert torch.equal(whole["tglu"], no_image["tglu"]) and whole["vdlu"] != no_image["vdlu"]
    assert torch.equal(whole["vdlu"], no_text["vdlu"]) and whole["tglu"] != no_text["tglu"]
    assert whole["cmfu"] != no_text["cmfu"] and whole["cmfu"] != no_image["cmfu"]


@pytest.mark.parametrize("method", COMPLETE)
@pytest.mark.parametrize("target", TARGETS)
def test_the_numbers_add_up(
    explainer: Explainer, mention: Mention, method: str, target: str
) -> None:
    explained = explainer.explain(mention, GOLD, target=target, method=method)
    for view in (explained.mention, explained.candidate):
        found = view.attribution
        assert found is not None and found.complete and found.gap <= TOLERANCE
        numbers = [*found.words, *found.patches]
        difference = found.score - found.baseline_score
        scale = max(abs(difference), sum(map(abs, numbers)))
        assert abs(sum(numbers) - difference) <= TOLERANCE * scale
        expected = explained.score if target == "total" else getattr(explained.units, target)
        assert found.score == pytest.approx(expected, abs=1e-4)


@pytest.mark.parametrize("method", METHODS)
def test_targets_together_get_the_numbers_of_each_alone(
    explainer: Explainer, mention: Mention, method: str
) -> None:
    varied = of_mention(explainer, mention)
    questions = [Question(target, offset=float(row)) for row, target in enumerate(TARGETS)]
    together = attribute_all(varied, questions, method, steps=4, seed=5)
    for question, found in zip(questions, together, strict=True):
        alone = attribute(varied, question, method, steps=4, seed=5)
        assert close(tuple(found.words.tolist()), tuple(alone.words.tolist()), 1e-5)
        assert close(tuple(found.patches.tolist()), tuple(alone.patches.tolist()), 1e-5)
        assert found.steps == alone.steps
        assert found.score == pytest.approx(alone.score, abs=1e-5)
        assert found.baseline == pytest.approx(alone.baseline, abs=1e-5)


def test_shapley_values_are_means_over_the_orders_that_were_drawn(
    explainer: Explainer, mention: Mention
) -> None:
    """Beside a naive loop: the order of all, each state encoded alone; a unit sees its part."""
    varied = of_mention(explainer, mention)
    count = len(varied.inputs.words)
    players = torch.eye(count + 4)  # every patch is a block of its own here
    with seeded(7):
        order = torch.randperm(count + 4).tolist()
    expected = {target: torch.zeros(count + 4) for target in TARGETS}
    for one in (order, order[::-1]):
        shown = torch.zeros(1, count + 4)
        before = varied.shown(shown[:, :count], shown[:, count:])
        for player in one:
            shown = shown + players[player]
            after = varied.shown(shown[:, :count], shown[:, count:])
            for target in TARGETS:
                expected[target][player] += float(after[target] - before[target]) / 2
            before = after
    for target in TARGETS:
        found = attribute(varied, Question(target), "shapley", steps=2, seed=7)
        assert torch.allclose(torch.cat([found.words, found.patches]), expected[target], atol=1e-5)


def test_steps_are_raised_until_the_sum_fits_and_the_gap_is_told_when_it_does_not(
    explainer: Explainer, mention: Mention, monkeypatch: pytest.MonkeyPatch
) -> None:
    varied = of_mention(explainer, mention)
    one = attribute(varied, Question("total"), "integrated_gradients", steps=1)
    assert one.gap <= TOLERANCE and one.steps > 1
    monkeypatch.setattr("mimic.explain.attributions.MOST_STEPS", 1)
    explained = explainer.explain(
        mention, GOLD, method="integrated_gradients", steps=1, sides=("mention",)
    )
    rough = explained.mention.attribution
    assert rough is not None and rough.gap > TOLERANCE and rough.complete is False
    assert rough.steps == 1


@pytest.mark.parametrize("method", COMPLETE)
def test_a_margin_is_the_difference_of_both(
    explainer: Explainer, mention: Mention, method: str
) -> None:
    options = {"method": method, "steps": 32, "seed": 3, "sides": ("mention",)}
    margin = explainer.explain(mention, GOLD, OTHER, **options).mention.attribution  # type: ignore[arg-type]
    first, second = (
        explainer.explain(mention, entity, **options).mention.attribution  # type: ignore[arg-type]
        for entity in (GOLD, OTHER)
    )
    assert margin is not None and first is not None and second is not None
    assert margin.target == "total margin" and margin.steps == first.steps == second.steps
    words = zip(first.words, second.words, strict=True)
    patches = zip(first.patches, second.patches, strict=True)
    assert close(margin.words, tuple(a - b for a, b in words))
    assert close(margin.patches, tuple(a - b for a, b in patches))
    assert margin.score == pytest.approx(first.score - second.score, abs=1e-4)


def test_the_entity_side_of_a_margin_varies_the_candidate_alone(
    explainer: Explainer, mention: Mention
) -> None:
    margin = explainer.explain(mention, GOLD, OTHER, sides=("entity",)).candidate.attribution
    alone = explainer.explain(mention, GOLD, sides=("entity",)).candidate.attribution
    assert margin is not None and alone is not None
    assert close(margin.words, alone.words) and close(margin.patches, alone.patches)


@pytest.mark.parametrize("method", METHOD_NAMES)
def test_a_missing_picture_gets_no_attribution(
    explainer: Explainer, mention: Mention, method: str
) -> None:
    blank = dataclasses.replace(mention, image=None)
    view = explainer.explain(blank, GOLD, method=method, sides=("mention",)).mention
    assert view.attribution is not None and set(view.attribution.patches) == {0.0}
    assert view.image is None and view.size == (0, 0) and view.text_share["vdlu"] is None


def test_one_by_one_is_the_same_as_many_at_once(
    explainer: Explainer, mention: Mention, monkeypatch: pytest.MonkeyPatch
) -> None:
    def all_numbers() -> list[float]:
        found = [
            explainer.explain(mention, GOLD, method=method, sides=("mention",)).mention.attribution
            for method in METHODS
        ]
        return [value for one in found if one for value in (*one.words, *one.patches)]

    many = all_numbers()
    monkeypatch.setattr("mimic.explain.methods.ROWS", 1)
    monkeypatch.setattr("mimic.explain.pair.ROWS", 1)
    assert all_numbers() == pytest.approx(many, abs=1e-5)


def test_explaining_again_gives_the_same_and_leaves_the_model_alone(
    explainer: Explainer, mention: Mention
) -> None:
    before = explainer.linker.link(mention, 3)
    first = explainer.explain(mention, GOLD, method="shapley")
    assert explainer.explain(mention, GOLD, method="shapley") == first
    assert explainer.linker.link(mention, 3) == before
    assert not word_embedding(explainer.model)._forward_hooks
    assert not word_embedding(explainer.linker.model)._forward_hooks


def test_embeddings_are_attributed_as_by_captums_layer_method(
    explainer: Explainer, mention: Mention
) -> None:
    """Captum's LayerIntegratedGradients on ids, with a baseline of padding ids for the words."""
    varied = of_mention(explainer, mention)
    numbers = attribute(varied, Question("tglu"), "integrated_gradients", steps=32)
    inputs, model = varied.inputs, explainer.model
    baseline = inputs.ids.clone()
    for word in inputs.words:
        baseline[0, list(word.tokens)] = inputs.pad

    def score(ids: Tensor) -> Tensor:
        rows = len(ids)
        features = model.features(
            ids, inputs.mask.expand(rows, -1), inputs.pixels.expand(rows, -1, -1, -1)
        )
        return model.score(model.mention_side(features), varied.others)["tglu"][:, 0]

    layer = LayerIntegratedGradients(score, word_embedding(model))
    found = layer.attribute(inputs.ids, baseline, n_steps=numbers.steps)
    assert torch.allclose(varied.by_word(found.sum(-1))[0], numbers.words, atol=1e-4)


class Linear(Varied):
    """Two words of weights 3 and -1, four patches of weights 1, 0, -2, 5, summed: all is known."""

    def __init__(self, varied: Varied) -> None:
        self.__dict__ |= varied.__dict__
        self.of_words = torch.tensor([3.0, -1.0] + [0.0] * (len(varied.inputs.words) - 2))
        self.of_patches = torch.tensor([1.0, 0.0, -2.0, 5.0])

    def scores(self, text: Tensor | None = None, image: Tensor | None = None) -> dict[str, Tensor]:
        text = self.text if text is None else text
        image = self.image if image is None else image
        rows = max(len(text), len(image))
        words = self.by_word(text.sum(-1)) @ self.of_words
        patches = self.by_patch(image.sum(1)) @ self.of_patches
        return {"total": (words.expand(rows) + patches.expand(rows))[:, None]}

    def shown(self, words: Tensor, patches: Tensor) -> dict[str, Tensor]:
        text = self.text * (words @ self._pieces)[..., None]
        return self.scores(text, self.image * self._as_pixels(patches))


@pytest.mark.parametrize("method", METHODS)
def test_a_linear_score_is_attributed_by_weight_times_difference(
    explainer: Explainer, mention: Mention, method: str
) -> None:
    linear = Linear(of_mention(explainer, mention))
    numbers = attribute(linear, Question(), method, steps=4)
    words = linear.of_words * linear.by_word(linear.text.sum(-1))[0]
    patches = linear.of_patches * linear.by_patch(linear.image.sum(1))[0]
    assert torch.allclose(numbers.words, words, atol=1e-3)
    assert torch.allclose(numbers.patches, patches, atol=1e-3)
    if method == "occlusion":
        error = infidelity(linear, Question(), numbers)
        assert error == pytest.approx(0, abs=1e-6)


def test_hiding_is_the_same_as_encoding_what_is_left(
    explainer: Explainer, mention: Mention
) -> None:
    """The fast path, which encodes each distinct text and picture once, beside a naive one."""
    varied = of_mention(explainer, mention)
    generator = torch.Generator().manual_seed(4)
    words = torch.randint(0, 2, (6, len(varied.inputs.words)), generator=generator).float()
    patches = torch.randint(0, 2, (6, 4), generator=generator).float()
    words[3], patches[3] = words[0], patches[1]
    fast = varied.shown(words, patches)
    side = varied.image.shape[-1] // 2
    for row in range(6):
        text, image = varied.text.clone(), varied.image.clone()
        for number, word in enumerate(varied.inputs.words):
            if not words[row, number]:
                text[0, list(word.tokens)] = 0
        for number in range(4):
            if not patches[row, number]:
                top, left = number // 2 * side, number % 2 * side
                image[0, :, top : top + side, left : left + side] = 0
        naive = varied.scores(text, image)
        assert fast["total"][row] == pytest.approx(naive["total"][0], abs=1e-5)


def test_attention_adds_up_and_shows_padding_and_cls(
    explainer: Explainer, mention: Mention
) -> None:
    explained = explainer.explain(mention, GOLD, method=None)
    assert explained.mention.attribution is None
    for view in (explained.mention, explained.candidate):
        for seen in view.attention:
            assert sum(seen.values) + seen.special + seen.padding == pytest.approx(1, abs=1e-5)
            assert seen.special > 0
    tglu = next(a for a in explained.mention.attention if a.name == "tglu")
    assert tglu.padding > 0 and tglu.source == "unit"
    matrix = explained.text_attention
    assert len(matrix.values) == len(explained.candidate.words)
    assert len(matrix.values[0]) == len(explained.mention.words)
    for row, special, padding in zip(matrix.values, matrix.special, matrix.padding, strict=True):
        assert sum(row) + special + padding == pytest.approx(1, abs=1e-5)


def test_rollout_by_hand() -> None:
    first = torch.tensor([[0.0, 1.0], [0.0, 1.0]])
    second = torch.tensor([[1.0, 0.0], [0.5, 0.5]])
    # (A + I) / 2: [[.5, .5], [0, 1]] then [[1, 0], [.25, .75]]
    expected = torch.tensor([[0.5, 0.5], [0.125, 0.875]])
    assert torch.allclose(rollout(torch.stack([first, second])), expected)


@pytest.mark.parametrize("method", METHOD_NAMES)
def test_the_peaks_are_the_largest_numbers_of_every_unit(
    explainer: Explainer, mention: Mention, method: str
) -> None:
    """So that all drawings of a pair can share one range, whichever target is shown."""
    asked: dict[str, Any] = {"method": method, "steps": 8, "sides": ("mention",)}
    views = {
        target: explainer.explain(mention, GOLD, target=target, **asked).mention
        for target in TARGETS
    }
    for view in views.values():
        assert view.peaks == views["total"].peaks
    largest = {"words": 0.0, "patches": 0.0}
    for view in views.values():
        found = view.attribution
        assert found is not None and found.steps in (0, 8)
        for over in ("words", "patches"):
            largest[over] = max(largest[over], *map(abs, getattr(found, over)))
    assert views["total"].peaks == pytest.approx(largest, abs=1e-4)


def test_gates_and_scores_are_those_of_the_link(explainer: Explainer, mention: Mention) -> None:
    linked = explainer.linker.link(mention, 9)
    explained = explainer.explain(mention, GOLD, OTHER, method=None)
    for entity, score, units in (
        (GOLD, explained.score, explained.units),
        (OTHER, explained.opponent_score, explained.opponent_units),
    ):
        candidate = next(c for c in linked.candidates if c.entity.id == entity)
        assert score == pytest.approx(candidate.score, abs=1e-4) and units is not None
        assert dataclasses.astuple(units) == pytest.approx(dataclasses.astuple(candidate.units))
        if entity == GOLD:
            gates = dataclasses.astuple(candidate.gates)
            assert dataclasses.astuple(explained.gates) == pytest.approx(gates, abs=1e-5)


def test_progress_is_told_and_an_exception_in_it_cancels(
    explainer: Explainer, mention: Mention
) -> None:
    told: list[float] = []
    explainer.explain(mention, GOLD, progress=told.append)
    assert told == sorted(told) and 0 < told[0] < told[-1] <= 1

    def stop(share: float) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        explainer.explain(mention, GOLD, progress=stop)
    assert explainer.explain(mention, GOLD).score  # and nothing is left locked or hooked


def test_sensitivity_is_a_finite_share(explainer: Explainer, mention: Mention) -> None:
    varied = of_mention(explainer, mention)
    assert 0 <= sensitivity(varied, Question(), "input_x_gradient") < 100


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"candidate": "nobody"}, "no entity 'nobody'"),
        ({"candidate": GOLD, "against": GOLD}, "against itself"),
        ({"candidate": GOLD, "target": "sum"}, "target is 'sum'"),
        ({"candidate": GOLD, "method": "lime"}, "method is 'lime'"),
        ({"candidate": GOLD, "steps": 0}, "from 1 to 256"),
        ({"candidate": GOLD, "sides": ("left",)}, "side is 'left'"),
    ],
)
def test_what_cannot_be_explained_says_why(
    explainer: Explainer, mention: Mention, options: dict[str, object], message: str
) -> None:
    with pytest.raises(InputError, match=message):
        explainer.explain(mention, **options)  # type: ignore[arg-type]


def test_the_record_is_plain_json(explainer: Explainer, mention: Mention) -> None:
    explained = explainer.explain(mention, GOLD, OTHER)
    record = json.loads(json.dumps(explanation_record(explained)))
    assert record["mention"]["image"] == "test-0-0.png"
    assert record["against"]["id"] == OTHER and record["entity"]["id"] == GOLD
    assert len(record["mention"]["boxes"]) == len(record["mention"]["attribution"]["patches"])
    assert record["mention"]["boxes"][3] == [12, 12, 24, 24]


def test_clip_can_be_explained(explainer: Explainer) -> None:
    """Another backbone: its embedding layer, its patches, its end of text."""
    from mimic.explain.pair import Inputs
    from mimic.schema import Word

    torch.manual_seed(3)
    model = twin(Mimic.pretrained(clip_config()).eval())
    assert isinstance(model.encoder.backbone, ClipBackbone)
    vision: Any = model.encoder.backbone.clip.config.vision_config
    ids = torch.randint(5, 20, (1, 10))
    mask = torch.ones_like(ids)
    words = tuple(Word("w", "context", i, i + 1, (i,)) for i in range(1, 9))
    generator = torch.Generator().manual_seed(1)
    pixels = torch.randn(1, 3, 32, 32, generator=generator)
    with torch.no_grad():
        entity = model.entity_side(model.features(ids.flip(1), mask, pixels.flip(3)))
    varied = Varied(model, Inputs(ids, mask, pixels, words, 1), "mention", entity)
    assert patch_grid(model) == (vision.image_size // vision.patch_size,) * 2
    assert float(pooled_tokens(model, ids, mask).sum()) == 1
    for method in COMPLETE:
        numbers = attribute(varied, Question(), method)
        assert numbers.gap <= TOLERANCE and numbers.words.any() and numbers.patches.any()


def of_mention(explainer: Explainer, mention: Mention) -> Varied:
    index = explainer.linker.index
    inputs = explainer.read_mention(mention).inputs
    return Varied(explainer.model, inputs, "mention", index.picked([index.entities.row(GOLD)]))

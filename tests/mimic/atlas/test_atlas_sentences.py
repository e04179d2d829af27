"""Wordings: enough of them, disjoint between the splits, and filled correctly."""

import re

import numpy as np
import pytest

from mimic.atlas.facts.entities import entities
from mimic.atlas.facts.homonyms import KINDS
from mimic.atlas.records import SPORTS, VOCABULARIES
from mimic.atlas.words.lexicon import KIND_WORDS, SPORT_WORDS
from mimic.atlas.words.sentences import SLOTS, fill, sentence, takes_article
from mimic.atlas.words.templates import (
    ANY,
    ASIDES,
    KIND_WORDINGS,
    SHARED,
    SPORT_WORDINGS,
    all_wordings,
)
from mimic.atlas.words.wording import SPLITS

TABLES = all_wordings()


def test_no_template_is_in_two_splits() -> None:
    by_split = {s: {t for table in TABLES.values() for t in table.of(s)} for s in SPLITS}
    assert not by_split["train"] & by_split["dev"]
    assert not by_split["train"] & by_split["test"]
    assert not by_split["dev"] & by_split["test"]
    assert sum(len(found) for found in by_split.values()) >= 350


@pytest.mark.parametrize("key", TABLES)
def test_every_table_is_large_enough(key: str) -> None:
    least = {"sport": (10, 4, 4), "kind": (6, 2, 2), "shared": (10, 4, 4), "any": (40, 12, 12)}
    least["frame"] = (12, 4, 4)
    sizes = [len(set(TABLES[key].of(split))) for split in SPLITS]
    assert all(n >= m for n, m in zip(sizes, least[key.split(":")[0]], strict=True)), sizes


@pytest.mark.parametrize("key", TABLES)
def test_every_template_has_one_mention_known_slots_and_evidence(key: str) -> None:
    for split in SPLITS:
        for template in TABLES[key].of(split):
            assert template.count("{m}") == 1, template
            assert set(re.findall(r"\{(\w+)\}", template)) <= {"m", "t", *SLOTS}, template
            assert ("[" in template) == (key != "any"), template


def test_every_sport_kind_and_vocabulary_has_a_table() -> None:
    assert set(SPORT_WORDINGS) == set(SPORTS)
    assert set(KIND_WORDINGS) >= set(KINDS) - {"team"}
    assert set(SHARED) == set(VOCABULARIES)


def test_a_word_belongs_to_one_topic() -> None:
    owners: dict[str, list[str]] = {}
    for key, words in {**SPORT_WORDS, **KIND_WORDS}.items():
        assert 50 <= len(words) == len(set(words)), key
        for word in words:
            plain = re.sub(r"^(the|a|an) |s$", "", word.lower().replace("-", " "))
            if key not in owners.setdefault(plain, []):
                owners[plain].append(key)
    assert {word: keys for word, keys in owners.items() if len(keys) > 1} == {}
    assert set(KIND_WORDS) == set(KIND_WORDINGS)
    assert set(SPORT_WORDS) == set(SPORTS)


def test_open_wordings_name_no_sport() -> None:
    named = re.compile("|".join(re.escape(name) for name, _ in SPORTS.values()), re.IGNORECASE)
    for table in (ANY, *SHARED.values()):
        for split in SPLITS:
            assert not [t for t in table.of(split) if named.search(t)]


def test_spans_are_those_of_the_mention_and_the_deciding_words() -> None:
    made = fill("The [puck] hit {m} (on|at) the [post].", "Norway", np.random.default_rng(0))
    assert made.text in ("The puck hit Norway on the post.", "The puck hit Norway at the post.")
    assert made.text[slice(*made.span)] == "Norway"
    assert [made.text[a:b] for a, b in made.words] == ["puck", "post"]


def test_an_aside_moves_the_spans_and_keeps_to_its_split() -> None:
    rng, tennis = np.random.default_rng(1), next(e for e in entities() if e.sport == "tennis")
    said = [sentence(tennis, "text", "train", "Peru", rng) for _ in range(200)]
    starts = tuple(template.split("{")[0] for template in ASIDES.train if template[0] != "{")
    assert 20 < sum(made.text.startswith(starts) for made in said) < 60  # a fifth
    assert {made.text[slice(*made.span)] for made in said} == {"Peru"}
    sets = [set(ASIDES.of(split)) for split in SPLITS]
    assert len(set.union(*sets)) == sum(map(len, sets))


def test_the_article_is_no_part_of_the_mention() -> None:
    made = fill("{m} won a [scrum].", "Gambia", np.random.default_rng(0), "the ")
    assert made.text == "The Gambia won a scrum."
    assert made.text[slice(*made.span)] == "Gambia"
    assert takes_article("Solomon Islands")
    assert not takes_article("Norway")


@pytest.mark.parametrize("label", ["text", "image", "both", "conflict"])
def test_a_sentence_for_every_entity(label: str) -> None:
    rng = np.random.default_rng(5)
    for entity in entities()[::7]:
        if label == "both" and not entity.sport:
            continue
        for split in SPLITS:
            made = sentence(entity, label, split, entity.name, rng)
            assert made.text[slice(*made.span)] == entity.name
            assert not re.search(r"[\[\]{}|]", made.text)
            assert bool(made.words) == (label != "image")


def test_a_province_has_no_governor() -> None:
    province = next(e for e in entities() if e.attr.startswith("Type: province"))
    rng = np.random.default_rng(0)
    said = {sentence(province, "text", "train", province.name, rng).text for _ in range(60)}
    assert not [text for text in said if "governor" in text or "state" in text]
